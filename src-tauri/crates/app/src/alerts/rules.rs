//! Rules of alerts shown and set, each from a day on and for a reason.

use super::words::{clears, finds, metric, scale, unit};
use crate::{
    App,
    checklist::{Who, note},
    messages,
    people::Actor,
    rules,
    wire::{
        AlertRuleArgs, AlertRuleComing, AlertRuleRow, AlertRulesView, AlertTuning, AppEvent, ErrorCode,
        WireError,
    },
};
use pvhcc_domain::{
    act::{Act, Event},
    operation::{
        alert::{Kind, Rule, RuleError, Tuning},
        signal::Metric,
    },
    roles::Permission,
    text::instant,
    time::Ms,
};
use std::collections::BTreeMap;

const RULES_ENTITY: &str = "rules";
/// Names of these rules begin with this; the rest is the rule's id.
const RULE: &str = "alert.";

type Set = rules::Set<Tuning>;

/// What was set, by rule.
fn all_set(events: &[Event]) -> BTreeMap<&str, Vec<Set>> {
    rules::all_set(
        events,
        RULE,
        |id| id,
        |value| serde_json::from_str::<Option<Tuning>>(value).ok().flatten(),
    )
}

/// What is in force at a moment; `None` is what is shipped.
fn in_force(sets: Option<&Vec<Set>>, at: Ms) -> Option<&Set> {
    sets?.iter().rfind(|set| set.from <= at).filter(|set| set.value.is_some())
}

impl App {
    /// Rules as they are set at a moment, without those that are off. What is set and no longer fits is as shipped.
    pub(super) async fn alert_rules_at(&self, at: Ms) -> Result<Vec<Rule>, WireError> {
        let events = self.events_of(RULES_ENTITY).await?;
        let sets = all_set(&events);
        let rules = self.0.alerts.rules.all().iter().filter_map(|rule| {
            match in_force(sets.get(rule.id.as_str()), at).and_then(|set| set.value.as_ref()) {
                Some(tuning) if tuning.off => None,
                Some(tuning) => Some(rule.tuned(tuning).unwrap_or_else(|_| rule.clone())),
                None => Some(rule.clone()),
            }
        });
        Ok(rules.collect())
    }

    pub(crate) async fn alert_rules(&self, actor: Option<&Actor>) -> Result<AlertRulesView, WireError> {
        let (events, now, who) = (self.events_of(RULES_ENTITY).await?, self.now(), self.who().await?);
        let sets = all_set(&events);
        let row = |rule: &Rule| self.alert_rule_row(rule, sets.get(rule.id.as_str()), &who, now);
        Ok(AlertRulesView {
            rules: self.0.alerts.rules.all().iter().map(row).collect(),
            can_set: actor.is_some_and(|a| a.may(Permission::Configure)),
        })
    }

    fn alert_rule_row(&self, rule: &Rule, sets: Option<&Vec<Set>>, who: &Who, now: Ms) -> AlertRuleRow {
        let desk = &self.0.alerts;
        let set = in_force(sets, now);
        let tuning = set.and_then(|set| set.value.clone()).unwrap_or_default();
        let tuned = rule.tuned(&tuning).unwrap_or_else(|_| rule.clone());
        let mut nodes: Vec<String> = rule.nodes.iter().flat_map(|p| desk.graph.matching(p)).collect();
        nodes.dedup();
        let name = nodes.first().map(|id| desk.graph.name(id).to_owned()).unwrap_or_default();
        let about = match nodes.len() {
            0 => "chưa có nơi nào trong cấu hình".to_owned(),
            1 => name,
            n => format!("{name} và {} nơi khác", n - 1),
        };
        let coming = sets.into_iter().flatten().filter(|set| set.from > now).map(|set| AlertRuleComing {
            from: set.from.0,
            text: match &set.value {
                None => "trở về mức sẵn có".to_owned(),
                Some(tuning) if tuning.off => "tạm ngừng".to_owned(),
                Some(tuning) => rule.tuned(tuning).map(|rule| finds(&rule)).unwrap_or_default(),
            },
            reason: set.reason.clone(),
            who: who.name(&set.actor).map(ToOwned::to_owned),
        });
        let valid = match (rule.from, rule.to) {
            (None, None) => None,
            (Some(from), None) => Some(format!("từ {}", instant(from))),
            (None, Some(to)) => Some(format!("đến {}", instant(to))),
            (Some(from), Some(to)) => Some(format!("{} đến {}", instant(from), instant(to))),
        };
        AlertRuleRow {
            id: rule.id.clone(),
            about,
            metric: metric(rule.metric).to_owned(),
            bad: finds(&tuned),
            good: clears(&tuned),
            severity: tuned.severity,
            severity_text: self.alert_severity(tuned.severity),
            off: tuning.off,
            valid,
            unit: rule.limit.filter(|_| rule.metric != Metric::Up).map(|_| unit(rule.metric).to_owned()),
            holds: matches!(rule.kind, Kind::Duration | Kind::Absence),
            set: shown(&tuned, tuning.off),
            shipped: shown(rule, false),
            since: set.map(|set| set.from.0),
            reason: set.and_then(|set| set.reason.clone()),
            who: set.and_then(|set| who.name(&set.actor).map(ToOwned::to_owned)),
            coming: coming.collect(),
            meaning: desk.guides.get(&rule.guide).map(|g| g.meaning.clone()).unwrap_or_default(),
        }
    }

    /// Sets a rule from a day on, or returns to what is shipped.
    pub(crate) async fn alert_rule_set(
        &self,
        actor: &Actor,
        args: AlertRuleArgs,
    ) -> Result<AlertRulesView, WireError> {
        let unknown = || WireError::new(ErrorCode::NotFound, format!("Không có quy tắc “{}”.", args.rule));
        let rule = self.0.alerts.rules.get(&args.rule).ok_or_else(unknown)?;
        let value = match &args.tuning {
            None => "null".to_owned(),
            Some(typed) => {
                let tuning = meant(rule, typed);
                rule.tuned(&tuning).map_err(problem)?;
                serde_json::to_string(&tuning).map_err(|e| messages::builtin(&e))?
            }
        };
        let from = self.valid_from(args.from.as_deref())?;
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do, hoặc văn bản làm căn cứ."));
        };
        let act = Act::RuleSet { rule: format!("{RULE}{}", rule.id), value, from, reason: Some(reason) };
        self.say(actor, RULES_ENTITY, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.conclude_alerts().await?;
        self.alert_rules(Some(actor)).await
    }
}

/// Every value of a rule, in the units shown.
fn shown(rule: &Rule, off: bool) -> AlertTuning {
    let scaled = |value: f64| (value * scale(rule.metric) * 100.0).round() / 100.0;
    let seconds = |ms: i64| u32::try_from(ms / 1000).ok();
    AlertTuning {
        off,
        limit: rule.limit.map(|limit| scaled(limit.bad)),
        clear: rule.limit.map(|limit| scaled(limit.good)),
        hold_seconds: seconds(rule.hold),
        clear_seconds: seconds(rule.clear_hold),
        severity: Some(rule.severity),
    }
}

fn meant(rule: &Rule, typed: &AlertTuning) -> Tuning {
    let scaled = |value: Option<f64>| value.map(|value| value / scale(rule.metric));
    Tuning {
        off: typed.off,
        limit: scaled(typed.limit),
        clear: scaled(typed.clear),
        hold_seconds: typed.hold_seconds,
        clear_seconds: typed.clear_seconds,
        severity: typed.severity,
    }
}

fn problem(error: RuleError) -> WireError {
    let (field, message) = match error {
        RuleError::Limit => ("limit", "Ngưỡng không nằm trong khoảng mà số đo này có thể có."),
        RuleError::Clear => ("clear", "Mức hết cảnh báo phải ở phía tốt của ngưỡng."),
        RuleError::Hold => ("holdSeconds", "Thời gian kéo dài cần từ 1 giây đến 24 giờ."),
        RuleError::ClearHold => ("clearSeconds", "Thời gian chờ ổn định nhiều nhất 24 giờ."),
        RuleError::Window | RuleError::Flap | RuleError::Validity => {
            ("limit", "Quy tắc này không đặt được như vậy.")
        }
    };
    messages::invalid(field, message)
}
