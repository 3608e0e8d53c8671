//! What the rules and the rates make of every record that is present: counted at the first question, kept true by what
//! changed since, given back when nobody asks any more.

use crate::{App, messages, wire::WireError};
use chrono::NaiveDate;
use pvhcc_domain::{
    calendar::Calendar,
    dossier::DossierId,
    indicators::{Facts, Gathered, Weekdays},
    quality::{Judge, Judged, Known, Part, PartId, Parts, Report, Rule},
    time::Ms,
};
use pvhcc_store::KeptRecord;
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// After so long without a question the memory is given back; real time.
const IDLE: Duration = Duration::from_secs(5 * 60);
/// Dossiers read at a time.
const PIECE: u32 = 5000;

/// Where the scan is kept.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    kept: Arc<Mutex<Option<(Scan, Instant)>>>,
    /// Somebody looks whether it is still asked for.
    watched: Arc<AtomicBool>,
}

/// What all is judged by; with another of these all is judged anew.
#[derive(Debug, Clone, PartialEq)]
struct Basis {
    today: NaiveDate,
    known: Known,
    calendar: Calendar,
}

/// One record as it was counted.
#[derive(Debug, Clone, Copy)]
struct Entry {
    dossier: DossierId,
    ordinal: u32,
    part: PartId,
    judged: Judged,
    facts: Facts,
}

/// Every present record, judged and counted.
#[derive(Debug)]
pub(crate) struct Scan {
    basis: Basis,
    judge: Judge,
    days: Weekdays,
    /// The newest round that is in it.
    round: i64,
    pub(crate) parts: Parts,
    pub(crate) report: Report,
    pub(crate) gathered: Gathered,
    /// By dossier and ordinal.
    entries: Vec<Entry>,
}

impl Scan {
    fn new(basis: Basis, round: i64) -> Self {
        Self {
            judge: Judge::new(basis.known.clone(), Ms::at(basis.today, 12, 0)),
            days: Weekdays::of(&basis.calendar),
            basis,
            round,
            parts: Parts::default(),
            report: Report::default(),
            gathered: Gathered::default(),
            entries: Vec::new(),
        }
    }

    /// Counts records of whole dossiers, in order.
    fn count(&mut self, records: &[KeptRecord]) -> Vec<Entry> {
        let mut before = None;
        let mut entries = Vec::with_capacity(records.len());
        for kept in records {
            // The first present record of a code counts; others repeat it.
            let repeats = before == Some(kept.dossier);
            before = Some(kept.dossier);
            let part = self.parts.of(&kept.record);
            let judged = self.judge.judge(&kept.record, repeats);
            let facts = match repeats {
                true => Facts::default(),
                false => Facts::of(&kept.record, &self.basis.calendar, &self.days),
            };
            self.report.add(part, judged);
            self.gathered.add(part, facts);
            entries.push(Entry { dossier: kept.dossier, ordinal: kept.ordinal, part, judged, facts });
        }
        entries
    }

    /// Takes out what was counted of these dossiers, which are in order.
    fn take_out(&mut self, dossiers: &[DossierId]) {
        let (report, gathered) = (&mut self.report, &mut self.gathered);
        self.entries.retain(|entry| {
            let gone = dossiers.binary_search(&entry.dossier).is_ok();
            if gone {
                report.remove(entry.part, entry.judged);
                gathered.remove(entry.part, entry.facts);
            }
            !gone
        });
    }

    /// Puts in what was counted of dossiers that are not in it.
    fn put_in(&mut self, entries: Vec<Entry>) {
        let key = |e: &Entry| (e.dossier, e.ordinal);
        // New dossiers have the greatest numbers; only older ones that changed need another place.
        let in_order = self.entries.last().map(key) < entries.first().map(key);
        self.entries.extend(entries);
        if !in_order {
            self.entries.sort_by_key(key);
        }
    }

    /// The records at fault among the parts that are wanted, by dossier; those of one rule, or all.
    pub(crate) fn found(
        &self,
        wanted: &dyn Fn(&Part) -> bool,
        rule: Option<Rule>,
    ) -> Vec<(DossierId, u32, Judged)> {
        let taken: Vec<bool> = self.parts.iter().map(|(_, part)| wanted(part)).collect();
        self.entries
            .iter()
            .filter(|e| match rule {
                Some(rule) => e.judged.found.contains(rule),
                None => !e.judged.found.is_empty(),
            })
            .filter(|e| taken.get(e.part.index()).copied().unwrap_or(false))
            .map(|e| (e.dossier, e.ordinal, e.judged))
            .collect()
    }

    /// Whether there is a catalogue of procedures to compare with.
    pub(crate) fn has_catalogue(&self) -> bool {
        self.basis.known.procedures.is_some()
    }

    /// The day they were judged for.
    pub(crate) fn today(&self) -> NaiveDate {
        self.basis.today
    }
}

impl App {
    /// Asks the judged and counted records. `ask` runs on a thread of its own.
    ///
    /// # Errors
    /// Failures of the store.
    pub(crate) async fn scanned<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Scan) -> T + Send + 'static,
    ) -> Result<T, WireError> {
        let basis = self.basis().await?;
        let desk = &self.0.quality;
        let mut kept = Arc::clone(&desk.kept).lock_owned().await;
        let before = kept.take().map(|(scan, _)| scan).filter(|scan| scan.basis == basis);
        let scan = match before {
            Some(scan) => match self.rejudged(scan).await? {
                Some(scan) => scan,
                None => self.scan(basis).await?,
            },
            None => self.scan(basis).await?,
        };
        let (scan, answer) = blocking(move || {
            let answer = ask(&scan);
            (scan, answer)
        })
        .await?;
        *kept = Some((scan, Instant::now()));
        drop(kept);
        desk.watch();
        Ok(answer)
    }

    async fn basis(&self) -> Result<Basis, WireError> {
        let procedures = self.0.store.procedures().await.map_err(|e| messages::store(&e))?;
        // An empty list is no list: nobody told one yet.
        let procedures: HashSet<String> = procedures.into_iter().map(|p| p.code).collect();
        let units = &self.0.units;
        let agencies = units.organisations().iter().filter_map(|unit| unit.dvcqg_code.clone());
        let communes = units.communes().iter().map(|commune| commune.dvcqg_code.clone());
        Ok(Basis {
            today: self.now().day(),
            known: Known {
                units: Some(agencies.chain(communes).collect()),
                procedures: Some(procedures).filter(|known| !known.is_empty()),
            },
            calendar: self.calendar_said_by(Ms(i64::MAX)).await?,
        })
    }

    async fn scan(&self, basis: Basis) -> Result<Scan, WireError> {
        let store = &self.0.store;
        let failed = |e| messages::store(&e);
        // Read before the records: what changes meanwhile is taken in once more, which does no harm.
        let round = store.dossier_round().await.map_err(failed)?;
        let mut scan = Scan::new(basis, round);
        let mut piece = store.records_after(None, PIECE).await.map_err(failed)?;
        while let Some(last) = piece.last().map(|kept| kept.dossier) {
            // The next piece is read while this one is judged.
            let judged = blocking(move || {
                let entries = scan.count(&piece);
                scan.put_in(entries);
                scan
            });
            let (judged, next) = tokio::join!(judged, store.records_after(Some(last), PIECE));
            (scan, piece) = (judged?, next.map_err(failed)?);
        }
        tracing::debug!(records = scan.entries.len(), "records judged");
        Ok(scan)
    }

    /// With what changed since; `None` when all must be read anew.
    async fn rejudged(&self, mut scan: Scan) -> Result<Option<Scan>, WireError> {
        let store = &self.0.store;
        let failed = |e| messages::store(&e);
        let changed = store.dossiers_changed_since(scan.round).await.map_err(failed)?;
        let Some(dossiers) = changed.dossiers else { return Ok(None) };
        if dossiers.is_empty() {
            return Ok(Some(scan));
        }
        scan.take_out(&dossiers);
        let mut all = Vec::with_capacity(dossiers.len());
        for some in dossiers.chunks(PIECE as usize) {
            let records = store.records_of(some, None).await.map_err(failed)?;
            let (back, entries) = blocking(move || {
                let entries = scan.count(&records);
                (scan, entries)
            })
            .await?;
            scan = back;
            all.extend(entries);
        }
        scan.put_in(all);
        scan.round = changed.round;
        Ok(Some(scan))
    }
}

impl Desk {
    /// Gives the memory back once nobody asks any more.
    fn watch(&self) {
        if self.watched.swap(true, Ordering::AcqRel) {
            return;
        }
        let (kept, watched) = (Arc::clone(&self.kept), Arc::clone(&self.watched));
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(IDLE / 5);
            loop {
                tick.tick().await;
                let mut kept = kept.lock().await;
                if kept.as_ref().is_none_or(|(_, asked)| asked.elapsed() >= IDLE) {
                    *kept = None;
                    // Under the lock: whoever asks next watches again.
                    watched.store(false, Ordering::Release);
                    return;
                }
            }
        });
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WireError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| messages::builtin(&e))
}
