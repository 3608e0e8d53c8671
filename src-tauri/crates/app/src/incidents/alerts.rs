//! Alerts as incidents need them: what each says, when it began and ended.

use super::{owner_name, stage_words, standing::part};
use crate::{
    App,
    wire::{IncidentAlert, NamedView, StandingPart, TouchedInput, WireError},
    words,
};
use pvhcc_domain::{
    observation::Flow,
    operation::{
        alert::{Alert, Mute},
        incident::IncidentState,
        signal::flow_node,
    },
    time::Ms,
};
use std::collections::{BTreeMap, BTreeSet};

const DAY_MS: i64 = 24 * 3_600_000;

impl App {
    /// Every alert that was ever raised, by id.
    pub(super) async fn alert_faces(&self) -> Result<BTreeMap<String, IncidentAlert>, WireError> {
        let book = self.alert_book().await?;
        Ok(book.history.all().into_iter().map(|alert| (alert.id.clone(), face(alert))).collect())
    }

    /// Alerts that last or ended within a day, newest first.
    pub(super) async fn recent_alerts(&self, now: Ms) -> Result<Vec<IncidentAlert>, WireError> {
        let recent = |alert: &IncidentAlert| alert.cleared.is_none_or(|at| now.0 - at <= DAY_MS);
        let mut alerts: Vec<IncidentAlert> = self.alert_faces().await?.into_values().filter(recent).collect();
        alerts.sort_by_key(|alert| std::cmp::Reverse(alert.raised));
        Ok(alerts)
    }

    /// Incidents that an alert belongs to, with how far they got; open ones first.
    pub(crate) async fn incidents_of_alert(&self, alert: &str) -> Result<Vec<NamedView>, WireError> {
        let mut states = self.incident_states().await?;
        states.retain(|state| state.alerts.iter().any(|id| id == alert));
        states.sort_by_key(|state| (!state.is_open(), state.detected));
        let named = |state: IncidentState| NamedView {
            name: format!("{} · {}", state.title, stage_words(state.stage()).to_lowercase()),
            id: state.id,
        };
        Ok(states.into_iter().map(named).collect())
    }

    /// Alerts that last, and mutes that hold with their ends.
    pub(super) async fn alert_parts(&self) -> Result<Vec<StandingPart>, WireError> {
        let (book, handling, now) = (self.alert_book().await?, self.alert_handling().await?, self.now());
        let who = self.who().await?;
        let firing = book.history.firing().into_iter().map(|alert| {
            let taken = handling.of(&alert.id).acknowledged;
            let taken = taken.map(|(said, _)| format!(", {} đã nhận", who.person(&said.by, said.role)));
            format!(
                "{}: {}, từ {}{}",
                alert.severity.code(),
                alert.title,
                words::moment(alert.raised, now),
                taken.unwrap_or_else(|| ", chưa ai nhận".to_owned())
            )
        });
        let mut mutes: Vec<(Ms, String)> = handling
            .muted_keys()
            .filter_map(|key| handling.muted(key, now).map(|mute| (key, mute)))
            .map(|(key, mute): (_, &Mute)| {
                let by = owner_name(&who, &mute.said.by);
                let until = words::moment(mute.end(), now);
                (mute.end(), format!("{key}: tắt đến {until}, {by}: {}", mute.reason))
            })
            .collect();
        mutes.sort();
        Ok(vec![
            part("Cảnh báo đang có", firing.collect(), "Không có cảnh báo."),
            part("Cảnh báo đang tắt tiếng", mutes.into_iter().map(|(_, said)| said).collect(), "Không có."),
        ])
    }
}

fn face(alert: &Alert) -> IncidentAlert {
    let nodes: BTreeSet<&str> = std::iter::once(alert.key.node.as_str())
        .chain(alert.standing_effects().map(|effect| effect.key.node.as_str()))
        .collect();
    let apis = nodes.iter().filter_map(|node| node.strip_prefix("api:")).map(str::to_owned);
    IncidentAlert {
        id: alert.id.clone(),
        text: alert.title.clone(),
        severity: alert.severity,
        touched: TouchedInput {
            flows: Flow::ALL.into_iter().filter(|flow| nodes.contains(flow_node(*flow).as_str())).collect(),
            apis: apis.collect(),
            ..TouchedInput::default()
        },
        raised: alert.raised.0,
        cleared: alert.ended().map(|at| at.0),
    }
}
