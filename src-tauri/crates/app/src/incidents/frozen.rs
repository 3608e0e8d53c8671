//! Incidents as a freeze of the report keeps them: those that are open, and those that began or ended in the period.

use super::{Register, owner_name, phrase, stage_words};
use crate::{App, wire::WireError};
use chrono::NaiveDate;
use pvhcc_domain::{
    operation::incident::IncidentState, report::freeze::IncidentLine, text::instant, time::Ms,
};

impl App {
    pub(crate) async fn frozen_incidents(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<IncidentLine>, WireError> {
        let register = self.incident_register().await?;
        let within = |at: Ms| (from..=to).contains(&at.day());
        let mut told: Vec<&IncidentState> = (register.states.iter())
            .filter(|s| {
                s.is_open() || within(s.detected) || s.resolved.as_ref().is_some_and(|r| within(r.at))
            })
            .collect();
        told.sort_by_key(|s| (s.severity, s.detected));
        Ok(told.into_iter().map(|state| line(state, &register)).collect())
    }
}

fn line(state: &IncidentState, register: &Register) -> IncidentLine {
    let mut said = vec![stage_words(state.stage()).to_owned()];
    let acknowledged = state.acknowledged.map(|at| format!("tiếp nhận lúc {}", phrase::at(at, register)));
    said.push(acknowledged.unwrap_or_else(|| "chưa có người tiếp nhận".into()));
    said.extend(state.cause.as_ref().map(|cause| format!("nguyên nhân: {cause}")));
    said.extend(state.mitigated.as_ref().map(|m| format!("cách làm tạm: {}", m.workaround)));
    said.extend(state.resolved.as_ref().map(|r| format!("khắc phục: {}", r.how)));
    said.extend(state.reopened.last().map(|(back, why)| format!("mở lại lúc {}: {why}", instant(back.at))));
    IncidentLine {
        id: state.id.clone(),
        severity: state.severity.code().to_owned(),
        title: state.title.clone(),
        began: state.detected,
        ended: state.resolved.as_ref().map(|r| r.at),
        owner: state.owner.as_deref().map_or_else(|| "chưa có".to_owned(), |o| owner_name(&register.who, o)),
        state: said.join("; "),
    }
}
