//! What is to be done after incidents, as a checklist of its own: each follow-up is a row, and its status is set, proved and
//! exported like that of every other task.

use crate::{
    App, messages,
    wire::{FollowUpView, NamedView, TaskLink, WireError},
};
use pvhcc_domain::{
    checklist::{Checklist, Kind, Row, Section},
    lists::{Column, List},
    operation::incident::{FollowUp, IncidentState, Severity},
    text::{date, instant},
};
use std::collections::BTreeMap;

/// Id of the list.
const LIST: &str = "su_co";
/// Title of the list.
pub(super) const TITLE: &str = "Việc sau sự cố";
/// The column that names the incident.
const COLUMN: &str = "incident";

/// Key of a follow-up's row. It is made of its event alone, so that what another seat sends later changes no key: the day, and
/// the last six signs of the event's id.
fn key(follow_up: &FollowUp) -> String {
    let id = &follow_up.said.event;
    format!("{LIST}/{}-{}", follow_up.said.at.day().format("%d%m"), &id[id.len().saturating_sub(6)..])
}

fn row(state: &IncidentState, follow_up: &FollowUp) -> Row {
    let of = format!("{} · {} · phát hiện {}", state.severity.code(), state.title, instant(state.detected));
    Row {
        no: key(follow_up),
        number: None,
        section: state.severity.code().to_owned(),
        title: follow_up.text.clone(),
        group: follow_up.text.clone(),
        requirement: String::new(),
        lead_units: vec![follow_up.unit.clone()],
        due: Some(follow_up.due),
        due_text: date(follow_up.due),
        kind: Kind::Task,
        texts: BTreeMap::from([(COLUMN.to_owned(), of)]),
        measures: Vec::new(),
        flow: None,
        phase: None,
        stage: None,
        api: None,
        predecessors: Vec::new(),
    }
}

impl App {
    /// The list of all follow-ups by severity; `None` while there is none.
    pub(crate) async fn follow_up_list(&self) -> Result<Option<List>, WireError> {
        let states = self.incident_states().await?;
        let severities = pvhcc_domain::operation::incident::Severities::builtin();
        let severities = severities.map_err(|e| messages::builtin(&e))?;
        let (mut sections, mut rows) = (Vec::new(), Vec::new());
        for severity in Severity::ALL {
            let of = states.iter().filter(|s| s.severity == severity);
            let mut found: Vec<(&IncidentState, &FollowUp)> =
                of.flat_map(|s| s.follow_ups.iter().map(move |f| (s, f))).collect();
            if found.is_empty() {
                continue;
            }
            found.sort_by(|(_, a), (_, b)| (a.said.at, &a.said.event).cmp(&(b.said.at, &b.said.event)));
            let (code, label) = (severity.code(), &severities.of(severity).label);
            let title = format!("Sau sự cố mức {}", label.to_lowercase());
            sections.push(Section { id: code.into(), number: code.into(), title });
            rows.extend(found.into_iter().map(|(state, follow_up)| row(state, follow_up)));
        }
        Ok((!rows.is_empty()).then(|| List {
            id: LIST.into(),
            title: TITLE.into(),
            document: "Sổ sự cố của ca trực".into(),
            dated: String::new(),
            columns: vec![Column { id: COLUMN.into(), title: "Sự cố".into() }],
            imported: false,
            checklist: Checklist::new(sections, rows),
        }))
    }

    /// The incident that a task is to be done after; `None` of a task of another list.
    pub(crate) async fn incident_of(&self, task: &str) -> Result<Option<NamedView>, WireError> {
        if task.split_once('/').is_none_or(|(list, _)| list != LIST) {
            return Ok(None);
        }
        let states = self.incident_states().await?;
        let of = states.into_iter().find(|state| state.follow_ups.iter().any(|f| key(f) == task));
        Ok(of.map(|state| NamedView {
            id: state.id,
            name: format!("{} {}", state.severity.code(), state.title),
        }))
    }

    pub(super) async fn follow_up_views(
        &self,
        state: &IncidentState,
    ) -> Result<Vec<FollowUpView>, WireError> {
        let tasks = self.task_states().await?;
        let view = |follow_up: &FollowUp| {
            let no = key(follow_up);
            let status = tasks.get(&no).map(|s| s.status).unwrap_or_default();
            FollowUpView {
                task: TaskLink { no, title: follow_up.text.clone(), status },
                unit: self.unit_view(&follow_up.unit),
                due: follow_up.due.to_string(),
            }
        };
        Ok(state.follow_ups.iter().map(view).collect())
    }
}
