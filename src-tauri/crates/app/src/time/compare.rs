//! Two moments of the checklist compared: every changed field with its old and new value, who made it so and when.

use crate::{
    App,
    checklist::{Present, Who, capital, evidence_kind, evidence_text, number, phrase_rag, vn},
    messages,
    proof::{ProofLog, proof_step},
    wire::{ChangeView, CompareArgs, CompareView, ComparedTask, TaskRow, WireError},
    words,
};
use pvhcc_domain::{
    act::Event,
    checklist::Row,
    compare::{Change, Field, Moment, Value, compare, known_at, said_by},
    lists::List,
    obstacle::{self, ObstacleStage},
    proof::ProofState,
    text::instant,
    time::Ms,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Who made a change that nobody said.
const PROGRAM: &str = "tự động";

impl App {
    /// Compares the checklist at two moments.
    pub(crate) async fn tasks_compare(&self, args: CompareArgs) -> Result<CompareView, WireError> {
        let from = self.moment(args.from, "from")?;
        let to = args.to.map_or(Ok(self.now()), |to| self.moment(to, "to"))?;
        if to < from {
            return Err(messages::invalid(
                "to",
                &format!("{} đứng trước {}. Hãy đổi chỗ hai thời điểm.", instant(to), instant(from)),
            ));
        }
        let list = self.list(args.list.as_deref())?;
        let sides = self.sides(&list, from, to).await?;
        let tasks: Vec<ComparedTask> =
            list.checklist.rows().iter().filter_map(|row| self.compared(&list, row, &sides)).collect();
        let summary = summary(&tasks, from, to);
        Ok(CompareView { from: from.0, to: to.0, tasks, summary })
    }

    /// Reads what both moments are made of, once.
    async fn sides(&self, list: &List, from: Ms, to: Ms) -> Result<Sides, WireError> {
        let failed = |e| messages::store(&e);
        let store = &self.0.store;
        let arrived = store.first_said_after(from).await.map_err(failed)?.unwrap_or(i64::MAX);
        let moment = Moment { at: from, arrived };
        let mut obstacles: BTreeMap<String, Vec<ChangeView>> = BTreeMap::new();
        let who = self.who().await?;
        if from < to {
            let mut by_id: BTreeMap<String, Vec<Event>> = BTreeMap::new();
            for event in store.events_under("obstacle:").await.map_err(failed)? {
                by_id.entry(event.entity.clone()).or_default().push(event);
            }
            for (id, events) in &by_id {
                for (task, change) in obstacle_changes(id, events, moment, to, &who) {
                    obstacles.entry(task).or_default().push(change);
                }
            }
        }
        let rows = |present: &Present| -> BTreeMap<String, TaskRow> {
            list.checklist.rows().iter().map(|r| (r.no.clone(), self.task_row(r, present, None))).collect()
        };
        Ok(Sides {
            from: moment,
            to,
            said: self.task_events().await?,
            concluded: Arc::clone(&self.proofs().await?.log),
            obstacles,
            old_rows: rows(&self.present_at(from).await?),
            new_rows: rows(&self.present_at(to).await?),
            who,
        })
    }

    fn compared(&self, list: &List, row: &Row, sides: &Sides) -> Option<ComparedTask> {
        let key = &row.no;
        let events = sides.said.get(key).map_or(&[][..], Vec::as_slice);
        let mut changes: Vec<ChangeView> = compare(events, sides.from, sides.to)
            .into_iter()
            .map(|change| self.change_view(change, events, list, row, &sides.who))
            .collect();
        changes.extend(sides.obstacles.get(key).into_iter().flatten().cloned());
        changes.extend(proof_change(&sides.concluded, key, sides.from.at, sides.to));
        if let (Some(old), Some(new)) = (sides.old_rows.get(key), sides.new_rows.get(key)) {
            changes.extend(colour_change(old, new));
        }
        let units: Vec<String> = row.lead_units.iter().map(|u| self.unit_view(u).short).collect();
        (!changes.is_empty()).then(|| ComparedTask {
            no: key.clone(),
            label: row.label().to_owned(),
            title: row.title.clone(),
            section: row.section.clone(),
            units: units.join(", "),
            changes,
        })
    }

    fn change_view(&self, change: Change, events: &[Event], list: &List, row: &Row, who: &Who) -> ChangeView {
        let cause = change.event.as_ref().and_then(|id| events.iter().find(|e| e.id == *id));
        let (field, title) = field_title(&change.field, list, row);
        let words = |value: Option<Value>| value.map(|v| self.value_words(v));
        // Where nothing was said, the document's own words hold.
        let document = match &change.field {
            Field::Due => row.due.map(|due| format!("{} (quyết định)", vn(due))),
            Field::Text(column) => row.texts.get(column).cloned(),
            _ => None,
        };
        ChangeView {
            field: field.to_owned(),
            title,
            old: words(change.old).or_else(|| document.clone()),
            new: words(change.new).or(document),
            who: cause.map_or_else(|| PROGRAM.to_owned(), |e| who.of(e)),
            at: cause.map(|e| e.said_at.0),
            late: change.late,
        }
    }

    fn value_words(&self, value: Value) -> String {
        match value {
            Value::Status(status) => capital(words::status(status)),
            Value::Day(day) => vn(day),
            Value::Words(text) => self.0.units.get(&text).map_or(text, |u| u.short_name.clone()),
            Value::Learned(learned) => words::learned(learned).to_owned(),
            Value::Due(due, document) => format!("{} theo {document}", vn(due)),
            Value::Rag(rag) => phrase_rag(&rag),
            Value::Evidence(item) => {
                let what =
                    format!("{}: {}", capital(evidence_kind(&item.evidence)), evidence_text(&item.evidence));
                match item.revoked {
                    Some(revoked) => format!("{what} (đã rút: {})", revoked.reason),
                    None => what,
                }
            }
            Value::Measure(m) => format!("{} (tính đến {}, {})", number(m.value), vn(m.as_of), m.source),
        }
    }
}

/// What both moments are made of.
struct Sides {
    from: Moment,
    to: Ms,
    said: BTreeMap<String, Vec<Event>>,
    concluded: Arc<ProofLog>,
    /// Changes of the register, by the tasks it touches.
    obstacles: BTreeMap<String, Vec<ChangeView>>,
    old_rows: BTreeMap<String, TaskRow>,
    new_rows: BTreeMap<String, TaskRow>,
    who: Who,
}

fn field_title(field: &Field, list: &List, row: &Row) -> (&'static str, String) {
    let (name, title) = match field {
        Field::Status => ("status", "Trạng thái"),
        Field::DoneOn => ("done_on", "Ngày xong"),
        Field::Note => ("note", "Ghi chú trạng thái"),
        Field::OnBehalfOf => ("on_behalf_of", "Ghi thay"),
        Field::Learned => ("learned", "Biết qua"),
        Field::WithoutEvidence => ("without_evidence", "Lý do chưa có minh chứng"),
        Field::Due => ("due", "Hạn"),
        Field::Expected => ("expected", "Dự kiến xong"),
        Field::Rag => ("rag", "Mức cảnh báo đặt tay"),
        Field::Evidence(_) => ("evidence", "Minh chứng"),
        Field::Remark(_) => ("remark", "Ghi chú"),
        Field::Text(id) => {
            return ("text", list.column(id).map_or_else(|| id.clone(), |column| column.title.clone()));
        }
        Field::Measure(id) => {
            return (
                "measure",
                row.measure(id).map_or_else(|| id.clone(), |m| format!("{} ({})", m.title, m.unit)),
            );
        }
    };
    (name, title.to_owned())
}

/// The proof that stood at both moments, when it differs.
fn proof_change(log: &ProofLog, key: &str, from: Ms, to: Ms) -> Option<ChangeView> {
    let steps = log.of(key);
    let at = |moment: Ms| steps.iter().rposition(|s| s.since <= moment);
    let words = |place: usize| {
        let lost = steps[..place].iter().any(|s| s.state == ProofState::Proved);
        proof_step(&steps[place], lost).text
    };
    let (old, new) = (at(from), at(to)?);
    if old.is_some_and(|old| steps[old].state == steps[new].state) {
        return None;
    }
    Some(ChangeView {
        field: "proof".to_owned(),
        title: "Kết luận minh chứng".to_owned(),
        old: old.map(words),
        new: Some(words(new)),
        who: PROGRAM.to_owned(),
        at: Some(steps[new].since.0),
        late: false,
    })
}

/// The colour that the calendar, the rules and everything said made of it, with nobody saying so.
fn colour_change(old: &TaskRow, new: &TaskRow) -> Option<ChangeView> {
    let words = |row: &TaskRow| match row.rag.reasons.as_slice() {
        _ if row.rag.by_hand.is_some() => format!("{} (đặt tay)", row.rag.text),
        [] => row.rag.text.clone(),
        reasons => format!("{}: {}", row.rag.text, reasons.join("; ")),
    };
    (!new.heading && old.rag.rag != new.rag.rag).then(|| ChangeView {
        field: "colour".to_owned(),
        title: "Mức cảnh báo".to_owned(),
        old: Some(words(old)),
        new: Some(words(new)),
        who: PROGRAM.to_owned(),
        at: None,
        late: false,
    })
}

/// What became of one obstacle, for each task it touches at either moment.
fn obstacle_changes(
    id: &str,
    events: &[Event],
    from: Moment,
    to: Ms,
    who: &Who,
) -> Vec<(String, ChangeView)> {
    let (before, after) = (known_at(events, from), said_by(events, to));
    let (old, new) = (obstacle::project(id, &before), obstacle::project(id, &after));
    let words =
        |state: &obstacle::ObstacleState| format!("{}: {}", state.obstacle.title, stage_words(state.stage()));
    let (old_words, new_words) = (old.as_ref().map(words), new.as_ref().map(words));
    let Some(cause) = after.iter().rfind(|e| e.position >= from.arrived).filter(|_| old_words != new_words)
    else {
        return Vec::new();
    };
    let tasks: BTreeSet<String> =
        [&old, &new].into_iter().flatten().flat_map(|s| s.obstacle.tasks.iter().cloned()).collect();
    let change = ChangeView {
        field: "obstacle".to_owned(),
        title: "Khó khăn, vướng mắc".to_owned(),
        old: old_words,
        new: new_words,
        who: who.of(cause),
        at: Some(cause.said_at.0),
        late: cause.said_at <= from.at,
    };
    tasks.into_iter().map(|task| (task, change.clone())).collect()
}

fn stage_words(stage: ObstacleStage) -> &'static str {
    match stage {
        ObstacleStage::Raised => "chờ trả lời",
        ObstacleStage::Answered => "đã trả lời",
        ObstacleStage::Resolved => "đã gỡ",
    }
}

fn summary(tasks: &[ComparedTask], from: Ms, to: Ms) -> String {
    let late = tasks.iter().flat_map(|t| &t.changes).filter(|c| c.late).count();
    let span = format!("từ {} đến {}", instant(from), instant(to));
    let mut text = match tasks.len() {
        0 => format!("Không có thay đổi {span}"),
        n => format!("{n} nhiệm vụ thay đổi {span}"),
    };
    if late > 0 {
        text.push_str(&format!(" · {late} thay đổi đến sau"));
    }
    text
}
