//! One alert with its cause, effects, measures, guide, ladder and history.

use super::{
    view::Shown,
    words::{clears, finds, metric, value},
};
use crate::{
    App, said,
    wire::{
        AlertArgs, AlertDetailView, AlertEffectView, AlertGuideView, AlertLink, AlertMeasure, AlertPathStep,
        AlertRung, HistoryLine, WireError,
    },
    words,
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::alert::{ALERT, Alert, AlertAct, Effect, MUTE, Rule, State},
    roles::Auth,
    time::Ms,
};
use std::collections::BTreeMap;

/// Who concludes by itself.
const SYSTEM: &str = "Hệ thống";

impl App {
    pub(crate) async fn alert(&self, args: AlertArgs) -> Result<AlertDetailView, WireError> {
        self.alert_detail(&args.id).await
    }

    pub(super) async fn alert_detail(&self, id: &str) -> Result<AlertDetailView, WireError> {
        let alert = self.known_alert(id).await?;
        let shown = self.alerts_shown().await?;
        let desk = &self.0.alerts;
        let rules = self.alert_rules_at(shown.now).await?;
        let rule = rules.iter().find(|r| r.id == alert.key.rule).or_else(|| desk.rules.get(&alert.key.rule));
        let owner = desk.graph.node(&alert.key.node).map_or("", |node| node.party.as_str());
        // Another rule at the same node is no other place.
        let mut effects: Vec<&Effect> =
            alert.effects.iter().filter(|e| e.key.node != alert.key.node).collect();
        effects.sort_by_key(|e| (e.ended.is_some(), e.path.len(), e.since));
        let link = |id: &String| {
            let title = shown.book.history.get(id).map_or_else(|| id.clone(), |a| a.title.clone());
            AlertLink { id: id.clone(), title }
        };
        let measures = match rule {
            Some(rule) => vec![self.alert_measure(&alert, rule).await?],
            None => Vec::new(),
        };
        Ok(AlertDetailView {
            row: self.alert_row(&alert, &shown),
            owner: shown.party(owner).name,
            effects: effects.into_iter().map(|effect| self.alert_effect(effect, &rules)).collect(),
            cause: alert.folded.as_ref().map(|(_, cause)| link(cause)),
            takes: alert.takes.iter().map(link).collect(),
            incidents: self.incidents_of_alert(id).await?,
            measures,
            guide: self.alert_guide(rule, &shown),
            ladder: self.alert_ladder(&alert, owner, &shown),
            history: self.alert_history(&alert, &shown).await?,
        })
    }

    fn alert_effect(&self, effect: &Effect, rules: &[Rule]) -> AlertEffectView {
        let (graph, shipped) = (&self.0.alerts.graph, &self.0.alerts.rules);
        let rule = rules.iter().find(|r| r.id == effect.key.rule).or_else(|| shipped.get(&effect.key.rule));
        let before = std::iter::once(None).chain(effect.path.iter().map(Some));
        let path = effect.path.iter().zip(before).map(|(node, before)| AlertPathStep {
            node: node.clone(),
            name: graph.name(node).to_owned(),
            why: before.and_then(|from| graph.why(from, node)).unwrap_or_default().to_owned(),
        });
        AlertEffectView {
            node: effect.key.node.clone(),
            name: graph.name(&effect.key.node).to_owned(),
            finding: rule.map(|r| format!("{}: {}", metric(r.metric), finds(r))).unwrap_or_default(),
            severity: rule.map(|r| r.severity.code().to_owned()).unwrap_or_default(),
            since: effect.since.0,
            ended: effect.ended.map(|at| at.0),
            path: path.collect(),
            alert: effect.alert.clone(),
        }
    }

    async fn alert_measure(&self, alert: &Alert, rule: &Rule) -> Result<AlertMeasure, WireError> {
        let signals = self.alert_signals().await?;
        let now = signals.iter().filter(|s| s.node == alert.key.node && s.metric == rule.metric);
        let now = now.max_by_key(|s| s.as_of);
        // Of a rate the value itself is shown now, not its change.
        Ok(AlertMeasure {
            name: metric(rule.metric).to_owned(),
            then: value(rule.metric, alert.value),
            then_at: alert.as_of.map(|at| at.0),
            now: value(rule.metric, now.and_then(|s| s.value)),
            now_at: now.map(|s| s.as_of.0),
            bad: finds(rule),
            good: clears(rule),
            note: now.and_then(|s| s.note.clone()).or_else(|| alert.note.clone()),
        })
    }

    fn alert_guide(&self, rule: Option<&Rule>, shown: &Shown) -> AlertGuideView {
        match rule.and_then(|rule| self.0.alerts.guides.get(&rule.guide)) {
            Some(guide) => AlertGuideView {
                meaning: guide.meaning.clone(),
                check: guide.check.clone(),
                mitigate: guide.mitigate.clone(),
                rollback: guide.rollback.clone(),
                call: guide.call.iter().map(|id| shown.party(id)).collect(),
            },
            // A rule of an earlier version.
            None => AlertGuideView {
                meaning: "Quy tắc này không còn trong chương trình.".to_owned(),
                check: Vec::new(),
                mitigate: Vec::new(),
                rollback: String::new(),
                call: Vec::new(),
            },
        }
    }

    fn alert_ladder(&self, alert: &Alert, owner: &str, shown: &Shown) -> Vec<AlertRung> {
        let ladder = self.0.alerts.rules.ladder();
        let timing = shown.clocks.timing();
        let called = shown.book.called.get(&alert.id);
        let rungs = ladder.rungs().iter().enumerate().map(|(n, rung)| {
            let party = shown.party(rung.party_of(owner));
            let was = called.into_iter().flatten().find(|(_, rung)| *rung >= n).map(|(at, _)| *at);
            let due = ladder.asked_at(timing, alert.severity, alert.raised, n);
            AlertRung {
                title: rung.title.clone(),
                party: party.id,
                name: party.short,
                at: if n == 0 { Some(alert.raised.0) } else { was.or(due).map(|at| at.0) },
                called: n == 0 || was.is_some(),
            }
        });
        rungs.collect()
    }

    /// What was concluded of an alert, in no order.
    pub(super) fn alert_course(&self, alert: &Alert, shown: &Shown) -> Vec<HistoryLine> {
        let mut lines: Vec<HistoryLine> = Vec::new();
        let mut concluded = |at: Ms, text: String, detail: String| {
            lines.push(said::concluded(format!("{}:{text}", at.0), at, text, detail, SYSTEM));
        };
        let mut before: Option<&State> = None;
        for (at, state) in &alert.course {
            let severity = |s| self.alert_severity(s);
            let (text, detail) = match (before, state) {
                (None, State::Raised(s)) => {
                    let quiet = if alert.quiet {
                        "Không báo lại: đã báo ở cảnh báo được gộp vào."
                    } else {
                        ""
                    };
                    (format!("Phát cảnh báo mức {}", severity(*s)), quiet.to_owned())
                }
                (Some(State::Easing(_)), State::Raised(_)) => {
                    ("Lại xấu đi trước khi hết".to_owned(), String::new())
                }
                (_, State::Raised(s)) => (format!("Nâng lên mức {}", severity(*s)), String::new()),
                (_, State::Easing(_)) => ("Số đo tốt trở lại, đang chờ ổn định".to_owned(), String::new()),
                (_, State::Effect(cause)) => {
                    let title = shown.book.history.get(cause).map_or(cause.as_str(), |a| a.title.as_str());
                    ("Gộp vào nguyên nhân tìm thấy sau".to_owned(), title.to_owned())
                }
                (_, State::Calm) if alert.dropped => {
                    ("Hết vì quy tắc không còn hiệu lực".to_owned(), String::new())
                }
                (_, State::Calm | State::Pending) => ("Hết cảnh báo".to_owned(), String::new()),
            };
            concluded(*at, text, detail);
            before = Some(state);
        }
        let mut told: BTreeMap<Ms, Vec<&str>> = BTreeMap::new();
        for effect in alert.effects.iter().filter(|e| e.key.node != alert.key.node) {
            told.entry(effect.told).or_default().push(self.0.alerts.graph.name(&effect.key.node));
        }
        for (at, mut names) in told {
            names.sort_unstable();
            names.dedup();
            let some: Vec<&str> = names.iter().take(4).copied().collect();
            let more =
                if names.len() > 4 { format!(" và {} nơi khác", names.len() - 4) } else { String::new() };
            concluded(
                at,
                format!("Giải thích {} ảnh hưởng", names.len()),
                format!("{}{more}", some.join(", ")),
            );
        }
        for (at, rung) in shown.book.called.get(&alert.id).into_iter().flatten() {
            let title = self.0.alerts.rules.ladder().rungs().get(*rung).map_or("", |r| r.title.as_str());
            concluded(*at, format!("Chưa ai nhận: cần báo {title}"), String::new());
        }
        lines
    }

    /// Everything that happened to an alert, the newest first.
    async fn alert_history(&self, alert: &Alert, shown: &Shown) -> Result<Vec<HistoryLine>, WireError> {
        let mut lines = self.alert_course(alert, shown);
        let (own, mute) = (format!("{ALERT}{}", alert.id), format!("{MUTE}{}", alert.key));
        let until = alert.ended().unwrap_or(shown.now);
        for event in self.alert_events().await? {
            let about = event.entity == own
                || (event.entity == mute && event.said_at >= alert.raised && event.said_at <= until);
            if let (true, Act::Alert(act)) = (about, &event.act) {
                lines.push(act_line(&event, act, shown));
            }
        }
        lines.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.automatic.cmp(&b.automatic)));
        Ok(lines)
    }
}

/// An act in words, and what goes with it.
pub(super) fn act_words(event: &Event, act: &AlertAct, shown: &Shown) -> (String, String) {
    let (text, detail) = match act {
        AlertAct::Acknowledged { remark } => ("Nhận cảnh báo".to_owned(), remark.clone()),
        AlertAct::Escalated { party, how, remark } => {
            (format!("Báo {} qua {how}", shown.party(party).short), remark.clone())
        }
        AlertAct::Muted { until, reason, .. } => {
            (format!("Tắt tiếng đến {}", words::moment(*until, event.said_at)), Some(reason.clone()))
        }
        AlertAct::Unmuted { reason } => ("Bật tiếng lại".to_owned(), reason.clone()),
    };
    (text, detail.unwrap_or_default())
}

fn act_line(event: &Event, act: &AlertAct, shown: &Shown) -> HistoryLine {
    let (text, detail) = act_words(event, act, shown);
    HistoryLine {
        who: shown.who.of(event),
        offline: event.auth == Auth::Offline,
        told: event.auth == Auth::CommandLine,
        automatic: false,
        ..said::concluded(event.id.clone(), event.said_at, text, detail, SYSTEM)
    }
}
