//! What records change: which are new, which say something else than before, which say the same.
//!
//! A record of the gateway is known by its id, and stays the same one under another code. A file's row is known by its code
//! alone: what it calls an id is not the gateway's. Two records of the gateway with one code are two of one dossier.

use super::{
    codes::{CodeId, Numbers},
    content::{self, Content},
    rows,
};
use crate::error::StoreError;
use pvhcc_domain::{
    dossier::{DossierId, Record},
    time::Ms,
};
use rustc_hash::FxHashMap;
use sqlx::SqliteConnection;
use std::{borrow::Cow, collections::hash_map::Entry, sync::Arc};

/// One round that brings records, in pieces.
pub(super) struct Taking {
    pub(super) round: i64,
    as_of: Ms,
    origin: Origin,
    /// Greatest number given to a dossier.
    last: DossierId,
    pub(super) counts: Counts,
}

/// What brings the records.
enum Origin {
    Gateway,
    File {
        /// When the gateway last told all it knew of a system; what it has not changed since, it still says.
        walked: FxHashMap<CodeId, i64>,
        /// Dossiers told so far, a bit each.
        told: Vec<u64>,
        /// Records told so far.
        rows: u64,
    },
}

/// What became of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) new: u64,
    pub(super) changed: u64,
    pub(super) unchanged: u64,
    pub(super) older: u64,
    pub(super) repeated: Vec<u64>,
}

/// A record as it is looked up and written.
pub(super) struct Telling<'a> {
    /// System without what stands after its first dot.
    pub(super) system: CodeId,
    pub(super) code: &'a str,
    /// Empty when the source names none.
    pub(super) record: &'a str,
    content: Content,
    pub(super) body: Arc<str>,
    pub(super) changed_at: Option<Ms>,
}

/// A version by its key: dossier, ordinal, round.
pub(super) type Key = (DossierId, u32, i64);

/// A version to write.
pub(super) struct Fresh<'a> {
    pub(super) key: Key,
    /// Shared: the driver keeps its own hold of every text it is given, and a copy of each costs more than SQLite's part.
    pub(super) body: Arc<str>,
    /// The gateway's id of the record, where it was ever told.
    pub(super) record: Option<Cow<'a, str>>,
    pub(super) changed_at: Option<Ms>,
}

/// A present version that was said again.
pub(super) struct Confirmed<'a> {
    pub(super) key: Key,
    pub(super) record: Option<&'a str>,
    pub(super) changed_at: Option<Ms>,
    /// A file says so, which may be taken out again: it is noted and changes nothing.
    pub(super) by_file: bool,
    /// It is to be noted: a file says so, or said it first.
    pub(super) noted: bool,
}

/// What is to be written of a piece.
#[derive(Default)]
pub(super) struct Plan<'a> {
    /// Number, system and code.
    pub(super) dossiers: Vec<(DossierId, CodeId, &'a str)>,
    /// System and id of a record, and where it is told of now.
    pub(super) records: Vec<(CodeId, &'a str, DossierId, u32)>,
    pub(super) fresh: Vec<Fresh<'a>>,
    pub(super) ended: Vec<Key>,
    pub(super) confirmed: Vec<Confirmed<'a>>,
}

/// One record of a dossier.
struct Ordinal {
    ordinal: u32,
    /// The gateway's id, where it was told.
    record: Option<String>,
    present: Present,
}

enum Present {
    /// Not told any more.
    None,
    Kept {
        round: i64,
        as_of: i64,
        body: String,
        by: Source,
    },
    /// Told in this piece: which of [`Plan::fresh`].
    Fresh(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    New,
    Changed,
    Unchanged,
    Older,
    Repeated,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Gateway,
    File,
}

/// What is known of the records of a piece.
#[derive(Default)]
struct Known<'a> {
    records: FxHashMap<(CodeId, &'a str), (DossierId, u32)>,
    codes: FxHashMap<(CodeId, &'a str), DossierId>,
    dossiers: FxHashMap<DossierId, Vec<Ordinal>>,
}

impl Taking {
    /// Records of the gateway.
    pub(super) async fn page(
        connection: &mut SqliteConnection,
        round: i64,
        as_of: Ms,
    ) -> Result<Self, StoreError> {
        Self::new(connection, round, as_of, Origin::Gateway).await
    }

    /// Rows of a file.
    pub(super) async fn file(
        connection: &mut SqliteConnection,
        round: i64,
        as_of: Ms,
    ) -> Result<Self, StoreError> {
        let walked: Vec<(CodeId, i64)> = sqlx::query_as(
            "SELECT c.id, w.as_of FROM dossier_walks AS w JOIN codes AS c ON c.code = w.system \
             WHERE w.as_of IS NOT NULL",
        )
        .fetch_all(&mut *connection)
        .await?;
        let origin = Origin::File { walked: walked.into_iter().collect(), told: Vec::new(), rows: 0 };
        Self::new(connection, round, as_of, origin).await
    }

    async fn new(
        connection: &mut SqliteConnection,
        round: i64,
        as_of: Ms,
        origin: Origin,
    ) -> Result<Self, StoreError> {
        let last: DossierId =
            sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM dossiers").fetch_one(connection).await?;
        Ok(Self { round, as_of, origin, last, counts: Counts::default() })
    }

    /// Takes a piece into the transaction under way.
    pub(super) async fn take(
        &mut self,
        connection: &mut SqliteConnection,
        numbers: &mut Numbers,
        records: &[Record],
    ) -> Result<(), StoreError> {
        let told = tellings(connection, numbers, records).await?;
        let mut known = self.look(connection, &told).await?;
        let plan = self.plan(told, &mut known)?;
        rows::write(connection, &plan, self.round, self.as_of).await
    }

    async fn look<'a>(
        &self,
        connection: &mut SqliteConnection,
        told: &[Telling<'a>],
    ) -> Result<Known<'a>, StoreError> {
        let mut known = Known::default();
        let by_id = matches!(self.origin, Origin::Gateway);
        for found in rows::look_up(connection, told, by_id).await? {
            let t = &told[found.row];
            if let Some(place) = found.record {
                known.records.insert((t.system, t.record), place);
            }
            if let Some(dossier) = found.dossier {
                known.codes.insert((t.system, t.code), dossier);
            }
        }
        let mut dossiers: Vec<DossierId> =
            known.records.values().map(|(d, _)| *d).chain(known.codes.values().copied()).collect();
        dossiers.sort_unstable();
        dossiers.dedup();
        for v in rows::versions(connection, &dossiers).await? {
            let ordinals = known.dossiers.entry(v.dossier).or_default();
            if ordinals.last().is_none_or(|o| o.ordinal != v.ordinal) {
                ordinals.push(Ordinal { ordinal: v.ordinal, record: None, present: Present::None });
            }
            if let Some(last) = ordinals.last_mut() {
                last.record = v.record.or(last.record.take());
                if let Some(body) = v.body {
                    let by = if v.of_file { Source::File } else { Source::Gateway };
                    last.present = Present::Kept { round: v.round, as_of: v.as_of, body, by };
                }
            }
        }
        Ok(known)
    }

    fn plan<'a>(&mut self, told: Vec<Telling<'a>>, known: &mut Known<'a>) -> Result<Plan<'a>, StoreError> {
        let mut plan = Plan::default();
        for t in told {
            let outcome = self.one(&mut plan, known, t)?;
            let row = match &mut self.origin {
                Origin::Gateway => 0,
                Origin::File { rows, .. } => std::mem::replace(rows, *rows + 1),
            };
            match outcome {
                Outcome::New => self.counts.new += 1,
                Outcome::Changed => self.counts.changed += 1,
                Outcome::Unchanged => self.counts.unchanged += 1,
                Outcome::Older => self.counts.older += 1,
                Outcome::Repeated => self.counts.repeated.push(row),
            }
        }
        Ok(plan)
    }

    fn one<'a>(
        &mut self,
        plan: &mut Plan<'a>,
        known: &mut Known<'a>,
        t: Telling<'a>,
    ) -> Result<Outcome, StoreError> {
        let id = match self.origin {
            Origin::Gateway => Some(t.record).filter(|id| !id.is_empty()),
            Origin::File { .. } => None,
        };
        let dossier = match known.codes.entry((t.system, t.code)) {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(new) => {
                self.last += 1;
                plan.dossiers.push((self.last, t.system, t.code));
                *new.insert(self.last)
            }
        };
        let before = id.and_then(|id| known.records.get(&(t.system, id)).copied());
        // Under another code than before: there its version ends.
        let moved = before.filter(|(from, _)| *from != dossier);
        if let Some((from, ordinal)) = moved {
            let old =
                known.dossiers.get_mut(&from).and_then(|all| all.iter_mut().find(|o| o.ordinal == ordinal));
            if let Some(old) = old {
                match old.present {
                    Present::Kept { round, .. } if round == self.round => return Ok(Outcome::Repeated),
                    Present::Kept { as_of, .. } if as_of > self.as_of.0 => return Ok(Outcome::Older),
                    Present::Kept { round, .. } => plan.ended.push((from, ordinal, round)),
                    Present::Fresh(_) => return Ok(Outcome::Repeated),
                    Present::None => {}
                }
                old.present = Present::None;
            }
        }
        let ordinals = known.dossiers.entry(dossier).or_default();
        let at = place(ordinals, before.filter(|_| moved.is_none()), id);
        let there = &mut ordinals[at];
        if let Some(id) = id.filter(|_| before != Some((dossier, there.ordinal))) {
            plan.records.push((t.system, id, dossier, there.ordinal));
            known.records.insert((t.system, id), (dossier, there.ordinal));
            there.record = Some(id.to_owned());
        }
        let outcome = self.tell(plan, there, dossier, id, t)?;
        Ok(if moved.is_some() && outcome == Outcome::New { Outcome::Changed } else { outcome })
    }

    /// Compares what is told with what was said before at its place.
    fn tell<'a>(
        &mut self,
        plan: &mut Plan<'a>,
        there: &mut Ordinal,
        dossier: DossierId,
        id: Option<&'a str>,
        mut t: Telling<'a>,
    ) -> Result<Outcome, StoreError> {
        let again = self.told_before(dossier);
        let outcome = match &there.present {
            Present::Fresh(at) if plan.fresh[*at].body == t.body => return Ok(Outcome::Unchanged),
            Present::Fresh(_) => return Ok(Outcome::Repeated),
            Present::Kept { round, as_of, body, by } => {
                let kept = Content::parse(body)?;
                if self.is_file() && t.content.system() == t.system && kept.system() != t.system {
                    // A file that says no more than `bo` does not take the ministry away.
                    t.body = t.content.with_system(kept.system()).text()?.into();
                }
                let key = (dossier, there.ordinal, *round);
                if **body == *t.body {
                    let by_file = self.is_file();
                    let noted = (by_file || *by == Source::File) && *round != self.round;
                    let changed_at = t.changed_at;
                    plan.confirmed.push(Confirmed { key, record: id, changed_at, by_file, noted });
                    return Ok(Outcome::Unchanged);
                }
                if again || *round == self.round {
                    return Ok(Outcome::Repeated);
                }
                if self.last_said(t.system, *as_of, *by) > self.as_of.0 {
                    return Ok(Outcome::Older);
                }
                plan.ended.push(key);
                Outcome::Changed
            }
            Present::None => Outcome::New,
        };
        let record = match id {
            Some(id) => Some(Cow::Borrowed(id)),
            None => there.record.clone().map(Cow::Owned),
        };
        there.present = Present::Fresh(plan.fresh.len());
        let key = (dossier, there.ordinal, self.round);
        plan.fresh.push(Fresh { key, body: t.body, record, changed_at: t.changed_at });
        Ok(outcome)
    }

    fn is_file(&self) -> bool {
        matches!(self.origin, Origin::File { .. })
    }

    /// The source's own time when it last said what is kept. The gateway tells what changed, and says the rest by silence.
    fn last_said(&self, system: CodeId, as_of: i64, by: Source) -> i64 {
        match (&self.origin, by) {
            (Origin::File { walked, .. }, Source::Gateway) => {
                walked.get(&system).map_or(as_of, |walked| as_of.max(*walked))
            }
            _ => as_of,
        }
    }

    /// Whether a row of this file told of the dossier before; from now on one did.
    fn told_before(&mut self, dossier: DossierId) -> bool {
        let Origin::File { told, .. } = &mut self.origin else { return false };
        let (word, bit) = (dossier as usize / 64, 1_u64 << (dossier % 64));
        if told.len() <= word {
            told.resize(word + 1, 0);
        }
        let before = told[word] & bit != 0;
        told[word] |= bit;
        before
    }
}

/// Which record of a dossier is told of: the one known by this id; else one that no id was told of yet; else a new one.
/// Without an id: the first that is told at present, else the first that ever was.
fn place(ordinals: &mut Vec<Ordinal>, before: Option<(DossierId, u32)>, id: Option<&str>) -> usize {
    let is_present = |o: &Ordinal| !matches!(o.present, Present::None);
    let found = match (before, id) {
        (Some((_, ordinal)), _) => ordinals.iter().position(|o| o.ordinal == ordinal),
        (None, Some(id)) => {
            let known = ordinals.iter().position(|o| o.record.as_deref() == Some(id));
            known.or_else(|| ordinals.iter().position(|o| o.record.is_none() && is_present(o)))
        }
        (None, None) => ordinals.iter().position(is_present).or_else(|| (!ordinals.is_empty()).then_some(0)),
    };
    found.unwrap_or_else(|| {
        let ordinal = ordinals.iter().map(|o| o.ordinal + 1).max().unwrap_or(0);
        ordinals.push(Ordinal { ordinal, record: None, present: Present::None });
        ordinals.len() - 1
    })
}

/// Codes as numbers, content as text.
async fn tellings<'a>(
    connection: &mut SqliteConnection,
    numbers: &mut Numbers,
    records: &'a [Record],
) -> Result<Vec<Telling<'a>>, StoreError> {
    let all = records.iter().flat_map(|r| content::codes(r).into_iter().flatten().chain([system(r)]));
    let unknown = numbers.unknown(all);
    numbers.learn(connection, &unknown).await?;
    let number = |code: &str| {
        let missing = || StoreError::Unreadable { what: "code", detail: "it was not kept".to_owned() };
        numbers.get(code).ok_or_else(missing)
    };
    records
        .iter()
        .map(|r| {
            let mut ids = [None; 4];
            for (id, code) in ids.iter_mut().zip(content::codes(r)) {
                *id = code.map(number).transpose()?;
            }
            let content = Content::of(r, ids);
            Ok(Telling {
                system: number(system(r))?,
                code: &r.code,
                record: &r.record,
                body: content.text()?.into(),
                content,
                changed_at: r.changed_at,
            })
        })
        .collect()
}

/// The system that dossiers are numbered in: `bo` of `bo.byt`.
fn system(record: &Record) -> &str {
    record.system.split('.').next().unwrap_or_default()
}
