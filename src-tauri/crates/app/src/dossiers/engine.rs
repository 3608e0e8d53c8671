//! The cubes of dossiers: loaded from the store at the first question, kept true by what changed since, given back when
//! nobody asks any more.

use super::loaded::Loaded;
use crate::{App, messages, wire::WireError};
use pvhcc_domain::{calendar::Calendar, dossier::DossierId, time::Ms};
use pvhcc_store::DossierVersions;
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// After so long without a question a cube's memory is given back; real time.
const IDLE: Duration = Duration::from_secs(5 * 60);
/// The present and one moment of the past.
const MOMENTS: usize = 2;
/// Dossiers read at a time.
const PIECE: u32 = 5000;

/// What is loaded.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    kept: Arc<Mutex<Vec<Kept>>>,
    /// Somebody looks whether cubes are still asked for.
    watched: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Kept {
    loaded: Loaded,
    /// The newest round that is in it.
    round: i64,
    asked: Instant,
}

impl App {
    /// Asks the dossiers as known at `at` (`None` is now). `ask` runs on a thread of its own and should only count.
    ///
    /// # Errors
    /// Failures of the store.
    pub(crate) async fn of_records<T: Send + 'static>(
        &self,
        at: Option<Ms>,
        ask: impl FnOnce(&mut Loaded) -> T + Send + 'static,
    ) -> Result<T, WireError> {
        let calendar = self.calendar_said_by(at.unwrap_or(Ms(i64::MAX))).await?;
        let engine = &self.0.dossiers.engine;
        let mut kept = Arc::clone(&engine.kept).lock_owned().await;
        let place = kept.iter().position(|one| one.loaded.is_of(at, &calendar));
        let mut one = match place {
            Some(place) => kept.remove(place),
            None => self.load(at, calendar.clone()).await?,
        };
        one = match self.caught_up(one).await? {
            Some(one) => one,
            None => self.load(at, calendar).await?,
        };
        one.asked = Instant::now();
        let (one, answer) = blocking(move || {
            let answer = ask(&mut one.loaded);
            (one, answer)
        })
        .await?;
        kept.retain(|other| other.loaded.at() != at);
        kept.push(one);
        let surplus = kept.len().saturating_sub(MOMENTS);
        kept.drain(..surplus);
        drop(kept);
        engine.watch();
        Ok(answer)
    }

    async fn load(&self, at: Option<Ms>, calendar: Calendar) -> Result<Kept, WireError> {
        let store = &self.0.store;
        // Read before the dossiers: what changes meanwhile is taken in once more, which does no harm.
        let round = store.dossier_round().await.map_err(|e| messages::store(&e))?;
        let most = store.dossier_count().await.map_err(|e| messages::store(&e))?;
        let mut loaded = Loaded::new(at, calendar, most as usize + 1);
        let mut after: Option<DossierId> = None;
        loop {
            let piece = store.dossiers_after(after, PIECE).await.map_err(|e| messages::store(&e))?;
            let Some(last) = piece.last().map(|d| d.dossier) else { break };
            after = Some(last);
            loaded = blocking(move || {
                set(&mut loaded, &piece);
                loaded
            })
            .await?;
        }
        tracing::debug!(dossiers = loaded.len(), "dossiers loaded");
        Ok(Kept { loaded, round, asked: Instant::now() })
    }

    /// With what changed since; `None` when all must be read anew.
    async fn caught_up(&self, mut one: Kept) -> Result<Option<Kept>, WireError> {
        let store = &self.0.store;
        let changed = store.dossiers_changed_since(one.round).await.map_err(|e| messages::store(&e))?;
        let Some(dossiers) = changed.dossiers else { return Ok(None) };
        for some in dossiers.chunks(PIECE as usize) {
            let known = store.dossiers_numbered(some).await.map_err(|e| messages::store(&e))?;
            let there: HashSet<DossierId> = known.iter().map(|d| d.dossier).collect();
            for gone in some.iter().filter(|id| !there.contains(id)) {
                one.loaded.set(*gone, &[]);
            }
            one = blocking(move || {
                set(&mut one.loaded, &known);
                one
            })
            .await?;
        }
        one.round = changed.round;
        Ok(Some(one))
    }
}

/// Takes in what is known of some dossiers.
fn set(loaded: &mut Loaded, dossiers: &[DossierVersions]) {
    for known in dossiers {
        loaded.set(known.dossier, known.counted_at(loaded.moment()).unwrap_or_default());
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WireError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| messages::builtin(&e))
}

impl Engine {
    /// Gives cubes back once they are idle.
    fn watch(&self) {
        if self.watched.swap(true, Ordering::SeqCst) {
            return;
        }
        let (kept, watched) = (Arc::clone(&self.kept), Arc::clone(&self.watched));
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(IDLE / 5);
            loop {
                tick.tick().await;
                let mut kept = kept.lock().await;
                retire(&mut kept, Instant::now());
                if kept.is_empty() {
                    // Under the lock: whoever asks next watches again.
                    watched.store(false, Ordering::SeqCst);
                    return;
                }
            }
        });
    }
}

/// Drops what nobody asked for in a while.
fn retire(kept: &mut Vec<Kept>, now: Instant) {
    kept.retain(|one| now.saturating_duration_since(one.asked) < IDLE);
    kept.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cube_that_nobody_asks_for_is_given_back() {
        let asked = Instant::now();
        let one = |at| Kept { loaded: Loaded::new(at, Calendar::default(), 0), round: 0, asked };
        let mut kept = vec![one(None), Kept { asked: asked + IDLE / 2, ..one(Some(Ms(0))) }];
        retire(&mut kept, asked + IDLE / 2);
        assert_eq!(kept.len(), 2);
        retire(&mut kept, asked + IDLE);
        assert_eq!(kept.iter().map(|k| k.loaded.at()).collect::<Vec<_>>(), [Some(Ms(0))]);
        retire(&mut kept, asked + IDLE * 2);
        assert!(kept.is_empty());
    }
}
