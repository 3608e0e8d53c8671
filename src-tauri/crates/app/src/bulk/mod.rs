//! Work on many tasks: tried first, then done as one act that one undo takes back.

mod lines;

use crate::{
    App,
    checklist::{StatusWords, due_act, entity, expected_act, note_act},
    messages,
    people::Actor,
    proof::{Proof, check_shown},
    wire::{AppEvent, BulkArgs, BulkChange, BulkDone, BulkLine, BulkPreview, BulkTask, ErrorCode, WireError},
};
use lines::{about, act_words, changes_nothing, state_words};
use pvhcc_domain::{act::Act, checklist::Row, task::TaskState};
use pvhcc_store::NewEvent;
use std::collections::{BTreeMap, BTreeSet};

/// Most tasks in one act; the longest checklist is far below.
const MOST: usize = 10_000;

impl App {
    /// What would happen; nothing is written.
    pub(crate) async fn bulk_preview(&self, actor: &Actor, args: BulkArgs) -> Result<BulkPreview, WireError> {
        let tried = self.attempt(actor, &args).await?;
        let lines: Vec<BulkLine> = tried.into_iter().map(|t| t.line).collect();
        let count = |refused: bool| lines.iter().filter(|l| l.refused.is_some() == refused).count();
        let (changes, refused) = (count(false), count(true));
        let mut text = format!("{} cho {changes} nhiệm vụ", about(&args.change));
        if refused > 0 {
            text.push_str(&format!("; {refused} nhiệm vụ không ghi được hoặc không đổi"));
        }
        Ok(BulkPreview { lines, changes: number(changes), refused: number(refused), text })
    }

    /// Does it, for every task that can be changed, as one act.
    ///
    /// # Errors
    /// `Conflict` when a task changed after the person looked: nothing is written, and the preview is to be looked at again.
    pub(crate) async fn bulk_apply(&self, actor: &Actor, args: BulkArgs) -> Result<BulkDone, WireError> {
        let tried: Vec<Tried> =
            self.attempt(actor, &args).await?.into_iter().filter(|t| t.line.refused.is_none()).collect();
        if let Some(moved) = tried.iter().find(|t| t.line.moved) {
            return Err(WireError::new(
                ErrorCode::Conflict,
                format!(
                    "Nhiệm vụ {} vừa được người khác cập nhật. Chưa ghi gì; hãy xem lại rồi ghi.",
                    moved.line.no
                ),
            ));
        }
        let nos: Vec<String> = tried.iter().map(|t| t.line.no.clone()).collect();
        let news: Vec<NewEvent> = tried.into_iter().filter_map(|t| t.new).collect();
        if news.is_empty() {
            return Err(messages::invalid("tasks", "Không có nhiệm vụ nào thay đổi; chưa ghi gì."));
        }
        let changes = news.len();
        let what = format!("{} cho {changes} nhiệm vụ", about(&args.change));
        let events = self.0.store.append_batch(news, &what).await.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::TasksChanged { nos });
        Ok(BulkDone {
            event_id: events.last().map(|e| e.id.clone()).unwrap_or_default(),
            changes: number(changes),
            message: format!("Đã xong: {what}."),
        })
    }

    /// Every chosen task with what would be written, in the decision's order.
    async fn attempt(&self, actor: &Actor, args: &BulkArgs) -> Result<Vec<Tried>, WireError> {
        if args.tasks.is_empty() || args.tasks.len() > MOST {
            return Err(messages::invalid("tasks", "Hãy chọn ít nhất một nhiệm vụ."));
        }
        // What is wrong with the change itself is said once, not for every task.
        if let Some(wrong) = self.wrong(&args.change) {
            return Err(wrong);
        }
        let states = self.0.store.task_states().await.map_err(|e| messages::store(&e))?;
        let proofs = self.proofs().await?;
        let chosen: BTreeMap<&str, &BulkTask> = args.tasks.iter().map(|t| (t.no.as_str(), t)).collect();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut tried = Vec::with_capacity(chosen.len());
        let lists = self.checklists();
        for row in lists.all().flat_map(|list| list.checklist.rows()) {
            let Some(task) = chosen.get(row.no.as_str()) else { continue };
            known.insert(&row.no);
            let state = states.get(&row.no).cloned().unwrap_or_default();
            tried.push(self.try_one(actor, row, &state, proofs.get(&row.no), task, &args.change));
        }
        match chosen.keys().find(|no| !known.contains(*no)) {
            Some(no) => {
                Err(WireError::new(ErrorCode::NotFound, format!("Không có nhiệm vụ số {no} trong danh mục.")))
            }
            None => Ok(tried),
        }
    }

    fn try_one(
        &self,
        actor: &Actor,
        row: &Row,
        state: &TaskState,
        proof: Option<&Proof>,
        task: &BulkTask,
        change: &BulkChange,
    ) -> Tried {
        // Said for the first lead unit when it is not one's own task.
        let behalf = row.lead_units.first().filter(|_| !row.lead_units.contains(&actor.unit)).cloned();
        let act = self
            .editable(actor, &row.no)
            .and_then(|row| self.act_of(actor, &row, change, behalf.clone()))
            .and_then(|act| check_shown(&row.no, state, proof, &act).map(|()| act))
            .map_err(|e| e.message);
        let (new, refused) = match act {
            Ok(act) if changes_nothing(state, &act) => (None, Some("Đã như vậy, không đổi.".to_owned())),
            Ok(act) => (Some(act), None),
            Err(message) => (None, Some(message)),
        };
        Tried {
            line: BulkLine {
                no: row.no.clone(),
                title: row.title.clone(),
                old: state_words(row, state, change),
                new: new.as_ref().map(act_words).unwrap_or_default(),
                behalf: behalf.as_deref().map(|unit| self.unit_view(unit).short),
                refused,
                moved: task.based_on.as_deref() != Some(state.base()),
            },
            new: new.map(|act| NewEvent {
                actor: actor.person.clone(),
                role: actor.role,
                auth: actor.auth,
                entity: entity(&row.no),
                based_on: task.based_on.clone(),
                act,
                said_at: None,
            }),
        }
    }

    fn act_of(
        &self,
        actor: &Actor,
        row: &Row,
        change: &BulkChange,
        on_behalf_of: Option<String>,
    ) -> Result<Act, WireError> {
        match change.clone() {
            BulkChange::Status { status, done_on, note, learned, without_evidence } => {
                let words = StatusWords { status, done_on, note, on_behalf_of, learned, without_evidence };
                self.status_act(actor, row, words)
            }
            BulkChange::Note { note } => note_act(&note),
            BulkChange::Due { due, document } => due_act(&due, &document),
            BulkChange::Expected { expected, note } => expected_act(expected.as_deref(), note.as_deref()),
        }
    }

    /// What is wrong with a change whichever task it is for.
    fn wrong(&self, change: &BulkChange) -> Option<WireError> {
        let checked = match change.clone() {
            BulkChange::Status { status, done_on, note, .. } => {
                self.check_status(status, done_on, note).map(|_| ())
            }
            BulkChange::Note { note } => note_act(&note).map(|_| ()),
            BulkChange::Due { due, document } => due_act(&due, &document).map(|_| ()),
            BulkChange::Expected { expected, note } => {
                expected_act(expected.as_deref(), note.as_deref()).map(|_| ())
            }
        };
        checked.err()
    }
}

/// One task, and the event that would be written.
struct Tried {
    line: BulkLine,
    new: Option<NewEvent>,
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
