//! A walk beside its taker: rows go on in batches while the file is read, a few batches at a time.

use super::{
    pass::{Ended, Item, Pass, Sinks, Told},
    plan::{Plan, World},
    uploads::Upload,
    words,
};
use crate::{
    App, messages,
    wire::{AppEvent, ErrorCode, WireError},
};
use pvhcc_domain::import::{Contradicted, Evidence, Target};
use pvhcc_store::{ImportKept, ImportKind, Name, NameKind, NewImport, Piece};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// Rows of a batch.
const BATCH: usize = 5_000;
/// Batches on their way.
const BATCHES: usize = 2;
/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_millis(150);

/// What a walk needs.
#[derive(Clone)]
pub(super) struct Walk {
    pub(super) upload: Arc<Upload>,
    pub(super) plan: Arc<Plan>,
    pub(super) world: Arc<World>,
    pub(super) evidence: Arc<BTreeMap<usize, Evidence>>,
    pub(super) contradicted: Arc<Contradicted>,
    /// Which walk of how many, for progress.
    pub(super) turn: (u64, u64),
}

/// What is done with the pieces that a walk makes.
pub(super) enum Taker {
    /// Nothing.
    Nobody,
    /// They are counted against what is kept, and not kept.
    Compare,
    /// They are kept.
    Keep,
}

impl App {
    /// Walks through a file. Rows go to the store as `taker` says.
    pub(super) async fn walk(
        &self,
        walk: Walk,
        taker: Taker,
        import: &NewImport,
    ) -> Result<(Told, Option<ImportKept>), WireError> {
        let (send, mut pieces) = mpsc::channel(BATCHES);
        let last = match taker {
            Taker::Nobody => None,
            Taker::Compare => Some(Piece::Forget),
            Taker::Keep => Some(Piece::End),
        };
        let name = walk.upload.name.clone();
        let app = self.clone();
        let reader = tokio::task::spawn_blocking(move || app.read(&walk, last.map(|last| (send, last))));
        let kept = match taker {
            Taker::Nobody => None,
            Taker::Compare | Taker::Keep => Some(self.0.store.keep_import(import, &mut pieces).await),
        };
        drop(pieces);
        let told = reader.await.map_err(|_| {
            // The reader gave up on what no program writes.
            words::refused(&name, &pvhcc_sources::files::table::TableError::Damaged("unreadable".into()))
        })?;
        match (told, kept) {
            // A file that fails or is stopped is the cause of what the store says then.
            (Err(Ended::Stopped), _) => {
                Err(WireError::new(ErrorCode::Cancelled, format!("Đã dừng đọc tệp «{name}»; chưa giữ gì.")))
            }
            (Err(Ended::Gone(e)), _) => Err(e),
            (Err(Ended::Failed(e)), _) => Err(words::refused(&name, &e)),
            (_, Some(Err(e))) => Err(messages::store(&e)),
            (Ok(told), Some(Ok(kept))) => Ok((told, Some(kept))),
            (Ok(told), None) => Ok((told, None)),
            (Err(Ended::Closed), _) => Err(messages::builtin(&"the taker of rows is gone")),
        }
    }

    fn read(&self, walk: &Walk, to: Option<(mpsc::Sender<Piece>, Piece)>) -> Result<Told, Ended> {
        let input = walk.upload.open().map_err(Ended::Gone)?;
        let pass = Pass {
            plan: &walk.plan,
            world: &walk.world,
            evidence: &walk.evidence,
            contradicted: &walk.contradicted,
            stop: &walk.upload.stop,
            learning: to.is_none(),
        };
        let progress = self.progress(&walk.upload.key, walk.turn);
        let Some((send, last)) = to else {
            let mut sinks = Sinks { take: &mut |_, _| Ok(()), reject: &mut |_| Ok(()), progress: &progress };
            return pass.run(input, &mut sinks);
        };
        let give = |piece| send.blocking_send(piece).map_err(|_| Ended::Closed);
        let (mut records, mut figures) = (Vec::new(), Vec::new());
        let told = pass.run(
            input,
            &mut Sinks {
                take: &mut |item, _| {
                    match item {
                        Item::Record(record) => records.push(record),
                        Item::Figures(row) => figures.push(row),
                    }
                    if records.len() >= BATCH {
                        give(Piece::Records(std::mem::take(&mut records)))?;
                    }
                    if figures.len() >= BATCH {
                        give(Piece::Figures(std::mem::take(&mut figures)))?;
                    }
                    Ok(())
                },
                reject: &mut |_| Ok(()),
                progress: &progress,
            },
        )?;
        if !records.is_empty() {
            give(Piece::Records(records))?;
        }
        if !figures.is_empty() {
            give(Piece::Figures(figures))?;
        }
        let names: Vec<Name> = told
            .learned
            .iter()
            .map(|called| Name {
                kind: if called.of == Target::Field { NameKind::Field } else { NameKind::Procedure },
                code: called.code.clone(),
                name: called.name.clone(),
            })
            .collect();
        if !names.is_empty() {
            give(Piece::Names(names))?;
        }
        give(last)?;
        Ok(told)
    }

    /// Tells the window how far a walk is, not too often.
    pub(super) fn progress(
        &self,
        upload: &str,
        (turn, of_turns): (u64, u64),
    ) -> impl Fn(u64, Option<u64>) + 'static {
        let (app, id) = (self.clone(), upload.to_owned());
        let told: Mutex<Option<Instant>> = Mutex::default();
        move |rows, of| {
            let mut last = told.lock().unwrap_or_else(PoisonError::into_inner);
            if last.is_some_and(|last| last.elapsed() < TELL_EVERY) {
                return;
            }
            *last = Some(Instant::now());
            let of = of.map(|of| of.max(rows));
            app.emit(AppEvent::ImportProgress {
                id: id.clone(),
                rows: of.map_or(rows, |of| of * turn + rows),
                of: of.map(|of| of * of_turns),
            });
        }
    }
}

/// What the store calls rows of a sort.
pub(super) fn kind(plan: &Plan) -> ImportKind {
    match plan.what {
        pvhcc_domain::import::What::Figures => ImportKind::Figures,
        pvhcc_domain::import::What::Dossiers => ImportKind::Records,
    }
}

/// The head of an import, of the act `event`.
pub(super) fn head(app: &App, upload: &Upload, plan: &Plan, event: &str) -> Result<NewImport, WireError> {
    Ok(NewImport {
        sha256: upload.sha256()?,
        name: upload.name.clone(),
        kind: kind(plan),
        // Empty where the rows tell it.
        system: plan.system.clone().unwrap_or_default(),
        as_of: plan.as_of,
        taken_at: app.now(),
        event: event.to_owned(),
    })
}
