//! Alerts: the list, one of them with its cause and effects, what people do about it, and its rules.

use super::NamedView;
use crate::wire::{HistoryLine, PartyName};
use pvhcc_domain::operation::incident::Severity;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an alert stands for whoever looks at the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// It stands, and nobody took it.
    Firing,
    /// It stands without sound and calls for a while; nobody took it.
    Muted,
    /// It stands, and somebody takes care of it.
    Acknowledged,
    /// It turned out to be an effect of another.
    Folded,
    /// It is over.
    Over,
}

/// Who said something about an alert.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertSaid {
    /// `Trực 02 · TT PVHCC tỉnh`.
    pub who: String,
    /// When.
    pub at: i64,
    /// What.
    pub text: Option<String>,
}

/// A mute.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertMuteView {
    /// Who, when and why.
    pub said: AlertSaid,
    /// Until when; of an earlier end that one.
    pub until: i64,
    /// It holds now; else it ran out or was ended.
    pub holds: bool,
    /// `đến 23:30 (còn 40 phút)`, `đã hết lúc 22:30`.
    pub text: String,
}

/// One alert of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertRow {
    /// Id.
    pub id: String,
    /// Id of its rule.
    pub rule: String,
    /// Id of its node.
    pub node: String,
    /// Name of its node.
    pub node_name: String,
    /// How bad, with its effects.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// `S1 Nghiêm trọng`.
    pub severity_text: String,
    /// `bad`, `warn`, `info`.
    pub tone: String,
    /// Title.
    pub title: String,
    /// A sentence or two.
    pub detail: String,
    /// How it stands.
    pub state: AlertState,
    /// In words: `chưa ai nhận, còn 4 phút`, `Trực 02 nhận lúc 22:14`, `hết lúc 22:31`.
    pub state_text: String,
    /// The time to acknowledge has run out.
    pub late: bool,
    /// Since when it is bad.
    pub since: i64,
    /// When it was raised.
    pub raised: i64,
    /// When it ended.
    pub ended: Option<i64>,
    /// `12 phút`, `hết sau 8 phút`.
    pub lasts: String,
    /// It is good again, but not yet for long enough.
    pub easing: bool,
    /// It comes and goes.
    pub flapping: bool,
    /// Number of nodes that it broke.
    pub effects: u32,
    /// `5 luồng, 53 API`; empty without any.
    pub effects_text: String,
    /// Who takes care of it.
    pub acknowledged: Option<AlertSaid>,
    /// The mute that holds, or the last one that ran out while it stood.
    pub mute: Option<AlertMuteView>,
    /// Whose turn it is on the ladder; empty once somebody took it or it is over.
    pub turn: String,
    /// Base of the next act.
    pub last_event: Option<String>,
    /// Folded text for searching.
    pub search: String,
}

/// Which span of past alerts to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AlertsArgs {
    /// Those that stood after this; none is a day ago.
    pub from: Option<i64>,
    /// And before this; none is now.
    pub to: Option<i64>,
    /// The moment to look at; none is now.
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// The alerts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertsView {
    /// Domain time.
    pub now: i64,
    /// The finding: `2 nguyên nhân đang báo, 58 ảnh hưởng; 1 chưa ai nhận`.
    pub headline: String,
    /// Those that stand, the worst first.
    pub firing: Vec<AlertRow>,
    /// Those that ended and stood within the span, the newest first.
    pub past: Vec<AlertRow>,
    /// Begin of the span.
    pub from: i64,
    /// End of the span.
    pub to: i64,
    /// The gateway was not seen lately: that nothing is listed says nothing. Why, in words.
    pub blind: Option<String>,
    /// Parties to pass an alert on to.
    pub parties: Vec<PartyName>,
    /// The person at the window may acknowledge and mute.
    pub can_act: bool,
    /// May pass on.
    pub can_escalate: bool,
    /// Longest mute, hours.
    pub longest_mute_hours: u32,
}

/// The alert that stands worst, for tiles.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TopAlertView {
    /// `Cảnh báo · 1 nguyên nhân, 4 ảnh hưởng`.
    pub label: String,
    /// The worst of those that stand; none when none does.
    pub alert: Option<AlertRow>,
    /// That nothing stands says nothing: why, in words.
    pub blind: Option<String>,
}

/// Which alert.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertArgs {
    /// Id.
    pub id: String,
    /// The moment to look at; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<i64>,
}

/// One node on the way from a cause to what it broke.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertPathStep {
    /// Id of the node.
    pub node: String,
    /// Its name.
    pub name: String,
    /// Why it does not work without the one before; empty of the first.
    pub why: String,
}

/// What a cause broke.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertEffectView {
    /// Id of the node.
    pub node: String,
    /// Its name.
    pub name: String,
    /// What was found there: `dưới 50% trong 4 phút`.
    pub finding: String,
    /// How bad by itself: `S3`.
    pub severity: String,
    /// Since when.
    pub since: i64,
    /// When it was good again or no longer an effect.
    pub ended: Option<i64>,
    /// The way from the cause.
    pub path: Vec<AlertPathStep>,
    /// Id of the alert that it was until the cause was found.
    pub alert: Option<String>,
}

/// A measure that an alert rests on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertMeasure {
    /// What is measured.
    pub name: String,
    /// The value when it was raised.
    pub then: String,
    /// The moment that it speaks of.
    pub then_at: Option<i64>,
    /// The value now.
    pub now: String,
    /// The moment that it speaks of; none when nothing is said of it now.
    pub now_at: Option<i64>,
    /// What the rule asks: `dưới 50% trong 4 phút`.
    pub bad: String,
    /// When it is over: `từ 90% trong 5 phút`.
    pub good: String,
    /// Code of the last error.
    pub note: Option<String>,
}

/// What to do about it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertGuideView {
    /// What it means.
    pub meaning: String,
    /// What to look at first.
    pub check: Vec<String>,
    /// What keeps people served meanwhile.
    pub mitigate: Vec<String>,
    /// When and how to go back.
    pub rollback: String,
    /// Whom to call, in order.
    pub call: Vec<PartyName>,
}

/// A rung of the ladder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertRung {
    /// Who.
    pub title: String,
    /// Id of the party.
    pub party: String,
    /// Its short name.
    pub name: String,
    /// When its turn comes, or came.
    pub at: Option<i64>,
    /// It was called.
    pub called: bool,
}

/// Another alert, by id and title.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertLink {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// One alert with everything about it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertDetailView {
    /// As in the list.
    pub row: AlertRow,
    /// The party that answers for the node.
    pub owner: String,
    /// What it broke, those that last first.
    pub effects: Vec<AlertEffectView>,
    /// The alert that it turned out to be an effect of.
    pub cause: Option<AlertLink>,
    /// Alerts that turned out to be effects of it.
    pub takes: Vec<AlertLink>,
    /// Incidents that it belongs to: title and how far they got.
    pub incidents: Vec<NamedView>,
    /// What it rests on.
    pub measures: Vec<AlertMeasure>,
    /// What to do.
    pub guide: AlertGuideView,
    /// Who is called, one after the other.
    pub ladder: Vec<AlertRung>,
    /// Everything that happened to it, the newest first.
    pub history: Vec<HistoryLine>,
}

/// Somebody takes care of an alert.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertAckArgs {
    /// Id.
    pub id: String,
    /// Remark.
    pub remark: Option<String>,
}

/// No sound and no call for a while.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertMuteArgs {
    /// Id.
    pub id: String,
    /// Until when; there is none without an end.
    pub until: Option<i64>,
    /// Why.
    pub reason: String,
}

/// A mute ends early.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertUnmuteArgs {
    /// Id.
    pub id: String,
    /// Why.
    pub reason: Option<String>,
}

/// An alert is passed on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertEscalateArgs {
    /// Id.
    pub id: String,
    /// Id of the party.
    pub party: String,
    /// By which channel.
    pub how: String,
    /// What was said.
    pub remark: Option<String>,
}

/// An act was kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertEdited {
    /// What was done, Vietnamese.
    pub message: String,
    /// The alert as it stands now.
    pub alert: AlertDetailView,
}

/// What an administrator sets of a rule; what is none is as shipped. Limits in the unit shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AlertTuning {
    /// The rule is not looked at.
    pub off: bool,
    /// Limit.
    pub limit: Option<f64>,
    /// From here on it is good again.
    pub clear: Option<f64>,
    /// Bad so long, seconds.
    pub hold_seconds: Option<u32>,
    /// Good so long, seconds.
    pub clear_seconds: Option<u32>,
    /// How bad.
    #[ts(type = "Severity | null")]
    pub severity: Option<Severity>,
}

/// A value that is set for later.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertRuleComing {
    /// From when.
    pub from: i64,
    /// What will hold.
    pub text: String,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub who: Option<String>,
}

/// One rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertRuleRow {
    /// Id.
    pub id: String,
    /// What it looks at: `Luồng đồng bộ hồ sơ lên Cổng và 3 nút khác`.
    pub about: String,
    /// What is measured.
    pub metric: String,
    /// What is bad: `dưới 50% trong 4 phút`.
    pub bad: String,
    /// When it is over.
    pub good: String,
    /// How bad.
    #[ts(type = "Severity")]
    pub severity: Severity,
    /// `S1 Nghiêm trọng`.
    pub severity_text: String,
    /// It is not looked at.
    pub off: bool,
    /// When it is in force, where not always: `18:00 29/05/2026 đến 22:00 29/05/2026`.
    pub valid: Option<String>,
    /// Unit of the limits: `%`, `ms`, `bản ghi`; none when there is no limit to set.
    pub unit: Option<String>,
    /// A time that it must be bad can be set.
    pub holds: bool,
    /// What is in force, every value.
    pub set: AlertTuning,
    /// What is shipped, every value.
    pub shipped: AlertTuning,
    /// It differs from what is shipped: since when.
    pub since: Option<i64>,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub who: Option<String>,
    /// What is set for later.
    pub coming: Vec<AlertRuleComing>,
    /// What it means, from its guide.
    pub meaning: String,
}

/// All rules.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertRulesView {
    /// In the order looked at.
    pub rules: Vec<AlertRuleRow>,
    /// The person at the window may set them.
    pub can_set: bool,
}

/// A rule is set from a day on, or returns to what is shipped.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlertRuleArgs {
    /// Id.
    pub rule: String,
    /// What holds; none is what is shipped.
    pub tuning: Option<AlertTuning>,
    /// ISO day; none or today is now.
    pub from: Option<String>,
    /// Why, or the document.
    pub reason: String,
}
