//! The list of alerts, and what other rooms show of them.

use super::{
    book::Book,
    calls::last_run_out,
    words::{broken, effects, lasts, tone},
};
use crate::{
    App,
    checklist::Who,
    incidents::Clocks,
    messages,
    people::Actor,
    wire::{
        AlertMuteView, AlertRow, AlertSaid, AlertState, AlertsArgs, AlertsView, AttentionItem, FreshState,
        PartyName, Target, TopAlertView, WireError,
    },
    words,
};
use pvhcc_domain::{
    act::Said,
    observation::SourceId,
    operation::{
        alert::{Alert, Handling, Mute},
        incident::Severity,
    },
    party::PartyState,
    roles::Permission,
    text::fold,
    time::Ms,
};
use std::sync::Arc;

const DAY_MS: i64 = 86_400_000;

/// Everything that rows are made from, read once.
pub(super) struct Shown {
    pub(super) book: Arc<Book>,
    pub(super) handling: Handling,
    pub(super) who: Who,
    pub(super) parties: Vec<PartyState>,
    pub(super) clocks: Clocks,
    pub(super) now: Ms,
}

impl Shown {
    pub(super) fn said(&self, said: &Said, text: Option<String>) -> AlertSaid {
        AlertSaid { who: self.who.person(&said.by, said.role), at: said.at.0, text }
    }

    pub(super) fn party(&self, id: &str) -> PartyName {
        let party = self.parties.iter().find(|p| p.party.id == id);
        let name = |of: fn(&PartyState) -> &String| party.map_or_else(|| id.to_owned(), |p| of(p).clone());
        PartyName { id: id.to_owned(), short: name(|p| &p.party.short), name: name(|p| &p.party.name) }
    }
}

impl App {
    pub(super) async fn alerts_shown(&self) -> Result<Shown, WireError> {
        Ok(Shown {
            book: self.alert_book().await?,
            handling: self.alert_handling().await?,
            who: self.who().await?,
            parties: self.party_states().await?,
            clocks: self.clocks().await?,
            now: self.now(),
        })
    }

    pub(crate) async fn alerts(
        &self,
        actor: Option<&Actor>,
        args: AlertsArgs,
    ) -> Result<AlertsView, WireError> {
        let shown = self.alerts_shown().await?;
        let to = args.to.map_or(shown.now, Ms).min(shown.now);
        let from = args.from.map_or(to.plus(-DAY_MS), Ms);
        if from > to {
            return Err(messages::invalid("from", "Khoảng thời gian phải bắt đầu trước khi kết thúc."));
        }
        let firing: Vec<AlertRow> =
            shown.book.history.firing().into_iter().map(|alert| self.alert_row(alert, &shown)).collect();
        let within = |alert: &&Alert| alert.raised <= to && alert.ended().is_some_and(|end| end >= from);
        let past = shown.book.history.all().into_iter().filter(within);
        let blind = self.blind().await?;
        Ok(AlertsView {
            now: shown.now.0,
            headline: headline(&firing, blind.as_deref()),
            past: past.map(|alert| self.alert_row(alert, &shown)).collect(),
            firing,
            from: from.0,
            to: to.0,
            blind,
            parties: shown.parties.iter().map(|p| shown.party(&p.party.id)).collect(),
            can_act: actor.is_some_and(|a| a.may(Permission::RunDuty)),
            can_escalate: actor.is_some_and(|a| a.may(Permission::Report)),
            longest_mute_hours: u32::try_from(self.0.alerts.rules.settings().longest_mute / 3_600_000)
                .unwrap_or(0),
        })
    }

    pub(super) fn alert_row(&self, alert: &Alert, shown: &Shown) -> AlertRow {
        let desk = &self.0.alerts;
        let handled = shown.handling.of(&alert.id);
        let state = match (&alert.folded, alert.cleared) {
            (_, Some(_)) => AlertState::Over,
            (Some(_), None) => AlertState::Folded,
            (None, None) if handled.acknowledged.is_some() => AlertState::Acknowledged,
            (None, None) if shown.handling.muted(&alert.key, shown.now).is_some() => AlertState::Muted,
            (None, None) => AlertState::Firing,
        };
        let acknowledged = handled.acknowledged.map(|(said, remark)| shown.said(&said, remark));
        let timing = shown.clocks.timing();
        let minutes = timing.severities.at(alert.raised).of(alert.severity).acknowledge;
        let due = timing.after(alert.severity, alert.raised, minutes);
        let waits = matches!(state, AlertState::Firing | AlertState::Muted);
        let mute = self.mute_shown(alert, shown);
        let state_text = match (state, &acknowledged) {
            (AlertState::Acknowledged, Some(said)) => {
                format!("{} nhận lúc {}", said.who, words::moment(Ms(said.at), shown.now))
            }
            (AlertState::Over, _) => format!(
                "hết lúc {}{}",
                words::moment(alert.cleared.unwrap_or(shown.now), shown.now),
                if alert.dropped { " (quy tắc hết hiệu lực)" } else { "" }
            ),
            (AlertState::Folded, _) => "đã gộp vào nguyên nhân".to_owned(),
            (AlertState::Muted, _) => {
                format!("tắt tiếng {}", mute.as_ref().map_or("", |mute| mute.text.as_str()))
            }
            _ if due > shown.now => {
                format!("chưa ai nhận, còn {}", words::span(due.0 - shown.now.0))
            }
            _ => format!("chưa ai nhận, quá hạn {}", words::span(shown.now.0 - due.0)),
        };
        let rung = shown.book.rung(&alert.id);
        let turn = desk.rules.ladder().rungs().get(rung).filter(|_| waits);
        let node_name = desk.graph.name(&alert.key.node).to_owned();
        let effects_text = effects(&desk.graph, alert);
        let broken = broken(alert);
        AlertRow {
            search: fold(&[alert.title.as_str(), &alert.detail, &node_name].join(" ")),
            severity_text: self.alert_severity(alert.severity),
            tone: if alert.firing() { tone(alert.severity) } else { "info" }.to_owned(),
            state,
            state_text,
            late: waits && due <= shown.now,
            lasts: lasts(alert, shown.now),
            effects: u32::try_from(broken.len()).unwrap_or(u32::MAX),
            effects_text,
            turn: turn.map(|rung| rung.title.clone()).unwrap_or_default(),
            node_name,
            acknowledged,
            mute,
            id: alert.id.clone(),
            rule: alert.key.rule.clone(),
            node: alert.key.node.clone(),
            severity: alert.severity,
            title: alert.title.clone(),
            detail: alert.detail.clone(),
            since: alert.since.0,
            raised: alert.raised.0,
            ended: alert.ended().map(|at| at.0),
            easing: alert.firing() && alert.good_since.is_some(),
            flapping: alert.flapping,
            last_event: handled.last_event,
        }
    }

    fn mute_shown(&self, alert: &Alert, shown: &Shown) -> Option<AlertMuteView> {
        let view = |mute: &Mute, holds: bool| {
            let end = mute.end();
            let text = if holds {
                format!("đến {} (còn {})", words::moment(end, shown.now), words::span(end.0 - shown.now.0))
            } else {
                format!("đã hết lúc {}", words::moment(end, shown.now))
            };
            AlertMuteView {
                said: shown.said(&mute.said, Some(mute.reason.clone())),
                until: end.0,
                holds,
                text,
            }
        };
        match shown.handling.muted(&alert.key, shown.now) {
            Some(mute) if alert.firing() => Some(view(mute, true)),
            _ => last_run_out(&shown.handling, &alert.key, alert.raised, alert.ended().unwrap_or(shown.now))
                .map(|mute| view(mute, false)),
        }
    }

    /// `S1 Nghiêm trọng`.
    pub(super) fn alert_severity(&self, severity: Severity) -> String {
        format!("{} {}", severity.code(), self.0.alerts.severities.of(severity).label)
    }

    /// Why an empty list says nothing, in words; `None` while the gateway is seen.
    async fn blind(&self) -> Result<Option<String>, WireError> {
        let fresh = self.freshness_of(SourceId::GatewayFlows).await?;
        let seen = fresh.state == FreshState::Fresh;
        Ok((!seen).then(|| {
            format!(
                "Trục tích hợp {}: không có cảnh báo mới không có nghĩa là mọi thứ chạy tốt.",
                fresh.brief
            )
        }))
    }

    /// The alert that stands worst, for tiles.
    pub(crate) async fn alert_top(&self) -> Result<TopAlertView, WireError> {
        let shown = self.alerts_shown().await?;
        let firing: Vec<AlertRow> =
            shown.book.history.firing().into_iter().map(|alert| self.alert_row(alert, &shown)).collect();
        let effects: u32 = firing.iter().map(|row| row.effects).sum();
        let label = match firing.len() {
            0 => "Cảnh báo".to_owned(),
            n => format!("Cảnh báo · {n} nguyên nhân, {effects} ảnh hưởng"),
        };
        Ok(TopAlertView { label, alert: firing.into_iter().next(), blind: self.blind().await? })
    }

    /// Causes that stand, for the navigation.
    pub(crate) async fn firing_alerts(&self) -> Result<u32, WireError> {
        let firing = self.alert_book().await?.history.firing().len();
        Ok(u32::try_from(firing).unwrap_or(u32::MAX))
    }

    /// Lines of "cần chú ý" with their ranks: causes that stand.
    pub(crate) async fn alert_lines(&self) -> Result<Vec<(i64, AttentionItem)>, WireError> {
        if self.alert_book().await?.history.firing().is_empty() {
            return Ok(Vec::new());
        }
        let shown = self.alerts_shown().await?;
        let line = |alert: &Alert| {
            let row = self.alert_row(alert, &shown);
            let rank = match alert.severity {
                Severity::S1 => 2000,
                Severity::S2 => 1500,
                Severity::S3 => 800,
                Severity::S4 => 300,
            };
            let effects = Some(row.effects_text).filter(|text| !text.is_empty());
            let detail = [Some(row.state_text), effects.map(|text| format!("ảnh hưởng {text}"))];
            let item = AttentionItem {
                badge: format!("Cảnh báo {}", alert.severity.code()),
                tone: row.tone,
                title: row.title,
                detail: detail.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                action: "Mở".into(),
                target: Target {
                    screen: "operations".into(),
                    task: None,
                    filter: Some(format!("alerts?id={}", alert.id)),
                },
            };
            (rank, item)
        };
        Ok(shown.book.history.firing().into_iter().map(line).collect())
    }
}

fn headline(firing: &[AlertRow], blind: Option<&str>) -> String {
    let effects: u32 = firing.iter().map(|row| row.effects).sum();
    let open = firing.iter().filter(|row| row.state == AlertState::Firing).count();
    let muted = firing.iter().filter(|row| row.state == AlertState::Muted).count();
    if firing.is_empty() {
        return blind.map_or_else(|| "Không có cảnh báo nào đang báo".to_owned(), ToOwned::to_owned);
    }
    let mut parts = vec![format!("{} nguyên nhân đang báo, {effects} ảnh hưởng", firing.len())];
    parts.extend((open > 0).then(|| format!("{open} chưa ai nhận")));
    parts.extend((muted > 0).then(|| format!("{muted} đang tắt tiếng")));
    parts.join("; ")
}
