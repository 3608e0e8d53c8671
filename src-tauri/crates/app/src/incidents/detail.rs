//! One incident in full.

use super::checks::mays;
use crate::{
    App,
    people::Actor,
    wire::{IncidentAlert, IncidentArgs, IncidentDetailView, WireError},
};

impl App {
    pub(crate) async fn incident(
        &self,
        actor: Option<&Actor>,
        args: IncidentArgs,
    ) -> Result<IncidentDetailView, WireError> {
        let register = self.incident_register().await?;
        let state = register.find(&args.id)?;
        let known = self.alert_faces().await?;
        let alerts: Vec<IncidentAlert> =
            state.alerts.iter().filter_map(|id| known.get(id)).cloned().collect();
        let lasts = |alert: &&IncidentAlert| alert.cleared.is_none() && !state.alerts.contains(&alert.id);
        Ok(IncidentDetailView {
            row: self.incident_row(state, &register, actor),
            text: state.text.clone().unwrap_or_default(),
            how: state.resolved.as_ref().map(|r| r.how.clone()),
            lesson: state.lesson.clone(),
            timeline: self.timeline(&register, state, &alerts).await?,
            linkable: known.values().filter(lasts).cloned().collect(),
            follow_ups: self.follow_up_views(state).await?,
            may: mays(actor, state, register.now),
            alerts,
        })
    }
}
