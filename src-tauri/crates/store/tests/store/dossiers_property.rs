//! Dossiers against a slow model: whatever comes in whatever order, what is kept is what the tellings that counted add up
//! to, and a file taken out leaves what there would be without it.

use super::{
    dossiers::{file, import, page, told},
    *,
};
use proptest::prelude::*;
use pvhcc_domain::dossier::{Record, Status, Version};
use pvhcc_store::{Piece, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// What is done next. Codes of the gateway alone move between records and are told twice; those that files tell too each
/// belong to one record.
#[derive(Debug, Clone)]
enum Step {
    /// Records (which, under which code, saying what).
    Page(Vec<(u8, u8, u8)>),
    /// Rows (which code, saying what) as of some minutes ago.
    File(Vec<(u8, u8)>, u8),
    /// A file that is not read to its end.
    Unfinished(Vec<(u8, u8)>),
    Undo(prop::sample::Index),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let rows = || prop::collection::vec((0..5_u8, 0..3_u8), 0..5);
    prop_oneof![
        5 => prop::collection::vec((0..8_u8, 0..4_u8, 0..3_u8), 0..6).prop_map(Step::Page),
        4 => (rows(), 0..4_u8).prop_map(|(rows, ago)| Step::File(rows, ago)),
        1 => rows().prop_map(Step::Unfinished),
        3 => any::<prop::sample::Index>().prop_map(Step::Undo),
        1 => Just(Step::Restart),
    ]
}

/// A record of the gateway: the first four take any of four codes, the others have one of their own.
fn of_gateway((which, code, says): (u8, u8, u8)) -> Record {
    let code = if which < 4 { format!("M{code}") } else { format!("F{}", which - 4) };
    told(&format!("r{which}"), &code, says)
}

fn of_file((which, says): (u8, u8)) -> Record {
    Record { record: String::new(), ..told("", &format!("F{which}"), says) }
}

/// What somebody told that counted.
#[derive(Debug, Clone)]
struct Telling {
    round: i64,
    as_of: Ms,
    file: bool,
    record: Record,
    /// It was written as a version, and stays one whatever is taken out.
    wrote: bool,
}

/// From which round, up to which, what was said, and whether a file said it first.
type Said = (i64, Option<i64>, u8, bool);

/// What one record told of a dossier.
#[derive(Debug, Clone, Default)]
struct Told {
    id: Option<String>,
    said: Vec<Said>,
    /// Of the present one.
    as_of: Ms,
}

impl Told {
    fn present(&self) -> Option<&Said> {
        self.said.last().filter(|said| said.1.is_none())
    }

    fn end(&mut self, round: i64) {
        self.said.last_mut().expect("present").1 = Some(round);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    New,
    Changed,
    Unchanged,
    Older,
    Repeated,
}

/// Everything told, worked out from the beginning each time.
#[derive(Debug, Default)]
struct Model {
    by_code: BTreeMap<String, Vec<Told>>,
    /// The newest walk, which says again all that it did not tell.
    walked: Ms,
    /// Round and code of what files told.
    rows: BTreeSet<(i64, String)>,
}

impl Model {
    fn of(log: &mut Vec<Telling>, walks: &BTreeMap<i64, Ms>) -> Self {
        let mut model = Self::default();
        log.retain_mut(|t| {
            model.walked = walks.range(..t.round).map(|(_, at)| *at).max().unwrap_or_default();
            let outcome = model.tell(t);
            t.wrote |= outcome <= Outcome::Changed;
            outcome <= Outcome::Unchanged
        });
        model
    }

    /// Code and place of the record that an id stands for at present.
    fn holder(&self, id: &str) -> Option<(String, usize)> {
        self.by_code.iter().find_map(|(code, all)| {
            let at = all.iter().position(|o| o.id.as_deref() == Some(id) && o.present().is_some())?;
            Some((code.clone(), at))
        })
    }

    fn tell(&mut self, t: &Telling) -> Outcome {
        let code = t.record.code.clone();
        let says = t.record.status_code.unwrap_or_default();
        let id = Some(t.record.record.clone()).filter(|_| !t.file);
        let again = t.file && !self.rows.insert((t.round, code.clone()));
        let before = id.as_deref().and_then(|id| self.holder(id));
        let mut outcome = Outcome::New;
        if let Some((other, at)) = before.as_ref().filter(|(other, _)| *other != code) {
            let old = &mut self.by_code.get_mut(other).expect("found")[*at];
            if old.as_of > t.as_of && !t.wrote {
                return Outcome::Older;
            }
            old.end(t.round);
            outcome = Outcome::Changed;
        }
        let walked = self.walked;
        let there = self.by_code.entry(code.clone()).or_default();
        let at = match &id {
            Some(id) => before
                .filter(|(same, _)| *same == code)
                .map(|(_, at)| at)
                .or_else(|| there.iter().position(|o| o.id.as_ref() == Some(id)))
                .or_else(|| there.iter().position(|o| o.id.is_none() && o.present().is_some())),
            None => there.iter().position(|o| o.present().is_some()).or(there.first().map(|_| 0)),
        };
        let at = at.unwrap_or_else(|| {
            there.push(Told::default());
            there.len() - 1
        });
        let one = &mut there[at];
        match one.present().copied() {
            Some((_, _, said, _)) if said == says && !t.wrote => outcome = Outcome::Unchanged,
            Some((round, ..)) if again || round == t.round => return Outcome::Repeated,
            Some((.., by_file)) => {
                let last = if t.file && !by_file { one.as_of.max(walked) } else { one.as_of };
                if last > t.as_of && !t.wrote {
                    return Outcome::Older;
                }
                one.end(t.round);
                outcome = Outcome::Changed;
            }
            None => {}
        }
        if outcome != Outcome::Unchanged {
            one.said.push((t.round, None, says, t.file));
            one.as_of = Ms(0);
        }
        one.as_of = one.as_of.max(t.as_of);
        one.id = id.or(one.id.take());
        outcome
    }

    /// What is said, from when and up to when, by code and record.
    fn said(&self, moment: impl Fn(i64) -> Ms) -> BTreeMap<String, Vec<Spans>> {
        let spans = |told: &Told| {
            merged(told.said.iter().map(|(from, to, says, _)| (moment(*from), to.map(&moment), *says)))
        };
        let all = self.by_code.iter().map(|(code, all)| {
            (code.clone(), all.iter().map(spans).filter(|s: &Spans| !s.is_empty()).collect())
        });
        all.filter(|(_, all): &(_, Vec<Spans>)| !all.is_empty()).collect()
    }
}

type Spans = Vec<(Ms, Option<Ms>, u8)>;

/// Neighbours that say the same are one: it is so when what stood between them was taken out.
fn merged(said: impl Iterator<Item = (Ms, Option<Ms>, u8)>) -> Spans {
    let mut kept = Spans::new();
    for one in said {
        match kept.last_mut() {
            Some(last) if last.1 == Some(one.0) && last.2 == one.2 => last.1 = one.1,
            _ => kept.push(one),
        }
    }
    kept
}

/// What is kept, as [`Model::said`] tells it.
async fn kept(store: &Store) -> BTreeMap<String, Vec<Spans>> {
    let mut all: BTreeMap<String, Vec<Spans>> = BTreeMap::new();
    let mut after = None;
    loop {
        let piece = store.dossiers_after(after, 3).await.unwrap();
        let Some(last) = piece.last() else { return all };
        after = Some(last.dossier);
        for dossier in piece {
            for record in &dossier.records {
                let says = |v: &Version| v.status.map_or(0, Status::code);
                let spans = merged(record.iter().map(|v| (v.valid_from, v.valid_to, says(v))));
                all.entry(record[0].code.clone()).or_default().push(spans);
            }
        }
    }
}

/// How many records had each outcome.
fn counted(outcomes: &[Outcome]) -> [u64; 5] {
    [Outcome::New, Outcome::Changed, Outcome::Unchanged, Outcome::Older, Outcome::Repeated]
        .map(|one| outcomes.iter().filter(|o| **o == one).count() as u64)
}

async fn check(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (mut store, _) = open(dir.path(), &clock).await;
    let mut log: Vec<Telling> = Vec::new();
    let (mut walks, mut moments): (BTreeMap<i64, Ms>, BTreeMap<i64, Ms>) = Default::default();
    let mut standing: Vec<(i64, i64)> = Vec::new();
    for (n, step) in (1_i64..).zip(steps) {
        let now = START.plus(n * 60_000);
        let mut model = Model::of(&mut log, &walks);
        model.walked = walks.values().max().copied().unwrap_or_default();
        let mut tell = |round: i64, as_of: Ms, file: bool, records: &[Record]| {
            let outcomes: Vec<Outcome> = records
                .iter()
                .map(|record| {
                    let telling = Telling { round, as_of, file, record: record.clone(), wrote: false };
                    let outcome = model.tell(&telling);
                    if outcome <= Outcome::Unchanged {
                        log.push(Telling { wrote: outcome <= Outcome::Changed, ..telling });
                    }
                    outcome
                })
                .collect();
            counted(&outcomes)
        };
        match step {
            Step::Page(mut rows) => {
                rows.sort_by_key(|row| row.0);
                rows.dedup_by_key(|row| row.0);
                let records: Vec<Record> = rows.into_iter().map(of_gateway).collect();
                let k = store.keep_dossier_page(&page(&records, now, false)).await.unwrap();
                let seen = [k.new, k.changed, k.unchanged, k.older, k.repeated];
                prop_assert_eq!(seen, tell(k.round, now, false, &records));
                walks.insert(k.round, now);
                moments.insert(k.round, now);
            }
            Step::File(rows, ago) => {
                let records: Vec<Record> = rows.into_iter().map(of_file).collect();
                let as_of = now.plus(-60_000 * i64::from(ago));
                let head = file(&format!("f{n}"), as_of, now);
                let (first, rest) = records.split_at(records.len() / 2);
                let pieces = vec![Piece::Records(first.to_vec()), Piece::Records(rest.to_vec()), Piece::End];
                let k = import(&store, &head, pieces).await.unwrap();
                let seen = [k.new, k.changed, k.unchanged, k.older, k.repeated.len() as u64];
                prop_assert_eq!(seen, tell(k.round, as_of, true, &records));
                moments.insert(k.round, now);
                standing.push((k.import, k.round));
            }
            Step::Unfinished(rows) => {
                let records = rows.into_iter().map(of_file).collect();
                let head = file(&format!("f{n}"), now, now);
                let refused = import(&store, &head, vec![Piece::Records(records)]).await;
                prop_assert!(matches!(refused, Err(StoreError::Refused(_))));
            }
            Step::Undo(which) if !standing.is_empty() => {
                let (import, round) = standing.remove(which.index(standing.len()));
                store.undo_import(import, now).await.unwrap();
                log.retain(|t| t.round != round);
            }
            Step::Undo(_) => {}
            Step::Restart => {
                store.close().await;
                store = open(dir.path(), &clock).await.0;
            }
        }
        let expected = Model::of(&mut log, &walks).said(|round| moments[&round]);
        prop_assert_eq!(kept(&store).await, expected);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn what_is_kept_is_what_the_tellings_that_count_add_up_to(steps in prop::collection::vec(step(), 1..20)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(check(steps))?;
    }
}
