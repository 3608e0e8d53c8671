//! Runbooks and their runs: the text as data with versions, steps that are begun and ended, gates that are voted on and decided,
//! the point of no return by two persons, and the measured reasons to go back.
//!
//! A run follows the version it was opened with. Folded on demand: a night has some hundred events.

mod acts;
mod books;
mod edit;
mod gates;
mod history;
mod log;
mod look;
mod measures;
mod no_return;
mod steps;
mod triggers;
mod view;
mod words;

use crate::{
    App, messages,
    people::Actor,
    wire::{AppEvent, ErrorCode, WireError},
};
pub(crate) use history::RunHistory;
use measures::Readings;
use pvhcc_domain::{
    act::{Act, Event},
    operation::{
        run::{
            RUN, RunAct,
            startable::Around,
            state::{RunState, project_all},
        },
        runbook::{Condition, Runbook, Watched, parse},
    },
    roles::Role,
    time::Ms,
};
use pvhcc_store::NewEvent;
use std::collections::BTreeMap;
pub(crate) use words::mode as mode_words;

/// Tries against others who write of the same run.
const TRIES: usize = 10;

/// What is kept in memory between commands.
#[derive(Default)]
pub(crate) struct Desk {
    conditions: tokio::sync::Mutex<measures::Conditions>,
    second: tokio::sync::Mutex<no_return::Second>,
}

/// A run with all that its acts are judged by.
pub(super) struct Scene {
    pub(super) run: RunState,
    pub(super) runbook: Runbook,
    /// Last event of the run in this journal: whoever writes next must have seen it.
    pub(super) seen: String,
    pub(super) readings: Readings,
    pub(super) parent_past_no_return: bool,
    pub(super) now: Ms,
}

/// What a run's runbook and steps are called.
pub(crate) struct Titles {
    pub(crate) runbook: String,
    steps: BTreeMap<String, String>,
}

impl Titles {
    pub(crate) fn step<'a>(&'a self, id: &'a str) -> &'a str {
        self.steps.get(id).map_or(id, String::as_str)
    }
}

impl Scene {
    /// What is true around the run, for the rules.
    pub(super) fn with_around<T>(&self, ask: impl FnOnce(&Around<'_>) -> T) -> T {
        let watched = |condition: &Condition| self.watched(condition);
        let parent_past_no_return = self.parent_past_no_return;
        ask(&Around { now: self.now, watched: &watched, parent_past_no_return })
    }

    pub(super) fn watched(&self, condition: &Condition) -> Watched {
        self.readings.watched(&self.run.id, condition, self.now)
    }

    /// The step, refused when the runbook has none of this id.
    pub(super) fn step(
        &self,
        id: &str,
    ) -> Result<(usize, &pvhcc_domain::operation::runbook::Step), WireError> {
        let found = self.runbook.steps.iter().enumerate().find(|(_, s)| s.id == id);
        found.ok_or_else(|| WireError::new(ErrorCode::NotFound, format!("Kịch bản không có bước «{id}».")))
    }
}

/// Entity of a run's events.
fn entity(id: &str) -> String {
    format!("{RUN}{id}")
}

fn not_found(id: &str) -> WireError {
    WireError::new(ErrorCode::NotFound, format!("Không có lần chạy «{id}». Hãy xem lại danh sách."))
}

/// Refused because of how the run stands.
fn conflict(message: impl Into<String>) -> WireError {
    WireError::new(ErrorCode::Conflict, message)
}

impl App {
    /// Every run, the one opened last first, and the last event of each in this journal.
    pub(crate) async fn run_states(&self) -> Result<(Vec<RunState>, BTreeMap<String, String>), WireError> {
        let events = self.events_under(RUN).await?;
        let last = |event: &Event| Some((event.entity.strip_prefix(RUN)?.to_owned(), event.id.clone()));
        Ok((project_all(&events), events.iter().filter_map(last).collect()))
    }

    /// The runbook that a run follows, as it was when the run was opened.
    pub(crate) async fn runbook_of(&self, run: &RunState) -> Result<Runbook, WireError> {
        let bytes = self.0.store.get_blob(&run.sha256).await.map_err(|e| messages::store(&e))?;
        let text = String::from_utf8_lossy(&bytes);
        parse(&text).map_err(|fault| {
            WireError::new(
                ErrorCode::Storage,
                format!(
                    "Kịch bản «{}» của lần chạy này không đọc được. {}",
                    run.runbook,
                    words::fault(&fault)
                ),
            )
        })
    }

    /// What a run's runbook and steps are called. Where the runbook cannot be read the ids stand for their names, for what is told
    /// of the run beside other things must not fail with it.
    pub(crate) async fn titles_of(&self, run: &RunState) -> Titles {
        match self.runbook_of(run).await {
            Ok(book) => Titles {
                steps: book.steps.into_iter().map(|step| (step.id, step.title)).collect(),
                runbook: book.title,
            },
            Err(e) => {
                tracing::warn!(error = %e.message, run = run.id, "the runbook of a run was not read");
                Titles { runbook: run.runbook.clone(), steps: BTreeMap::new() }
            }
        }
    }

    /// A run as it stands at this moment, its conditions looked at.
    pub(super) async fn run_scene(&self, id: &str) -> Result<Scene, WireError> {
        let (runs, mut last) = self.run_states().await?;
        let parent_past_no_return = runs
            .iter()
            .find(|r| r.id == id)
            .and_then(|r| r.rolls_back.as_ref())
            .and_then(|parent| runs.iter().find(|r| &r.id == parent))
            .is_some_and(|parent| parent.no_return.is_some());
        let run = runs.into_iter().find(|r| r.id == id).ok_or_else(|| not_found(id))?;
        let runbook = self.runbook_of(&run).await?;
        let readings = self.look(&[(&run, &runbook)]).await?;
        let seen = last.remove(id).unwrap_or_default();
        Ok(Scene { run, runbook, seen, readings, parent_past_no_return, now: self.now() })
    }

    /// Writes what `check` allows in the run as it stands. When somebody else writes of the run meanwhile it is looked at anew,
    /// so that nothing is written twice and who comes second is told.
    pub(super) async fn say_in_run(
        &self,
        actor: &Actor,
        id: &str,
        check: impl Fn(&Scene) -> Result<RunAct, WireError>,
    ) -> Result<Event, WireError> {
        for _ in 0..TRIES {
            let scene = self.run_scene(id).await?;
            if scene.run.ended.is_some() {
                return Err(conflict("Lần chạy đã kết thúc. Chưa ghi gì."));
            }
            let new = NewEvent {
                actor: actor.person.clone(),
                role: actor.role,
                auth: actor.auth,
                entity: entity(id),
                based_on: Some(scene.run.last_event.clone()),
                act: Act::Run(check(&scene)?),
                said_at: None,
            };
            let kept = self.0.store.append_next(new, Some(&scene.seen)).await;
            if let Some(event) = kept.map_err(|e| messages::store(&e))? {
                self.runs_changed();
                return Ok(event);
            }
        }
        Err(WireError::new(ErrorCode::Busy, "Nhiều người đang ghi cùng lúc. Chưa ghi gì; hãy bấm lại."))
    }

    fn runs_changed(&self) {
        self.emit(AppEvent::OperationsChanged { part: "runs".to_owned() });
    }

    /// `Trực 02 · TT PVHCC tỉnh lúc 22:03`.
    pub(super) async fn said_words(&self, person: &str, role: Role, at: Ms) -> Result<String, WireError> {
        let who = self.who().await?.person(person, role);
        Ok(format!("{who} lúc {}", crate::words::moment(at, self.now())))
    }
}
