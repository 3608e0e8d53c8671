//! Rules of alerts (`assets/operation/alerts.toml`), and what an administrator set of them.

use super::{DataError, Graph, Ladder, ladder::Rung};
use crate::{
    operation::{incident::Severity, signal::Metric},
    party::Party,
    tables::Source,
    text::nfc,
    time::Ms,
};
use serde::{Deserialize, Serialize};

const ALERTS: Source<'_> = Source {
    name: "assets/operation/alerts.toml",
    text: include_str!("../../../../../../assets/operation/alerts.toml"),
};
const MINUTE: i64 = 60_000;
/// Longest time of a rule, seconds: a day.
pub(super) const LONGEST_SECONDS: u32 = 86_400;

/// How a rule finds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Beyond the limit once.
    Threshold,
    /// Beyond the limit for a while.
    Duration,
    /// Changed by more than the limit within a window.
    Rate,
    /// Not observed for a while.
    Absence,
}

/// Which side of the limit is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// A limit with hysteresis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// Which side is bad.
    pub side: Side,
    /// Beyond this it is bad; in the metric's unit, of a rate its change within the window.
    pub bad: f64,
    /// From here on it is good again; between the two nothing changes.
    pub good: f64,
}

/// What a rule's finding does to what depends on the node; a cause explains what is not worse than itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// It works worse.
    Degraded,
    /// It does not work.
    Down,
}

/// When something that comes and goes counts as flapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flap {
    /// So many times …
    pub times: u32,
    /// … within so many minutes;
    pub within_minutes: u32,
    /// then it is over only after so many minutes of good.
    pub quiet_minutes: u32,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// None or two where there must be one; one where there must be none; not finite, or outside the metric's range.
    #[error("needs exactly one of `above` and `below`, in the metric's range; an absence has none")]
    Limit,
    /// The good side lies beyond the bad one.
    #[error("`clear` must be on the good side of the limit")]
    Clear,
    /// A duration or absence without a time, a threshold with one, or longer than a day.
    #[error("`for_seconds` must be 1 to 86400 for a duration or an absence, and 0 for the others")]
    Hold,
    /// Longer than a day.
    #[error("`clear_seconds` must be at most 86400")]
    ClearHold,
    /// A rate without a window, or another with one.
    #[error("`window_seconds` must be 60 to 86400 for a rate, and 0 for the others")]
    Window,
    /// Something is 0.
    #[error("`flap` needs at least 2 times, and minutes above 0")]
    Flap,
    /// Not RFC 3339, or the end before the begin.
    #[error("`from` and `to` must be RFC 3339, `from` before `to`")]
    Validity,
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// Nodes or patterns, of `dependencies.toml`.
    pub nodes: Vec<String>,
    /// What it looks at.
    pub metric: Metric,
    /// How.
    pub kind: Kind,
    /// `None` exactly for an absence.
    pub limit: Option<Limit>,
    /// Of a rate: change within so many ms; 0 otherwise.
    pub window: i64,
    /// It must be bad so long before it is raised, ms.
    pub hold: i64,
    /// It must be good so long before it is over, ms.
    pub clear_hold: i64,
    /// What a cause broke is found this long after it, ms, in place of [`Settings::settle`].
    pub settle: Option<i64>,
    /// How bad.
    pub severity: Severity,
    /// What it does to what depends on the node.
    pub strength: Strength,
    /// When it is flapping.
    pub flap: Flap,
    /// In force from.
    pub from: Option<Ms>,
    /// In force until.
    pub to: Option<Ms>,
    /// Title, with places to fill in.
    pub title: String,
    /// A sentence or two, with places to fill in.
    pub detail: String,
    /// Id of its guide.
    pub guide: String,
}

/// What an administrator set of a rule, in place of what is shipped; what is `None` stays as shipped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tuning {
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
    pub severity: Option<Severity>,
}

impl Rule {
    /// The rule as somebody set it; `Tuning::off` is not looked at here.
    ///
    /// # Errors
    /// The first rule of the form broken.
    pub fn tuned(&self, tuning: &Tuning) -> Result<Self, RuleError> {
        if self.limit.is_none() && (tuning.limit.is_some() || tuning.clear.is_some()) {
            return Err(RuleError::Limit);
        }
        let limit = self.limit.map(|limit| Limit {
            bad: tuning.limit.unwrap_or(limit.bad),
            good: tuning.clear.unwrap_or(limit.good),
            ..limit
        });
        let ms = |seconds: Option<u32>, shipped: i64| seconds.map_or(shipped, |s| i64::from(s) * 1000);
        let tuned = Self {
            limit,
            hold: ms(tuning.hold_seconds, self.hold),
            clear_hold: ms(tuning.clear_seconds, self.clear_hold),
            severity: tuning.severity.unwrap_or(self.severity),
            ..self.clone()
        };
        tuned.check().map(|()| tuned)
    }

    /// In force at a moment.
    #[must_use]
    pub fn in_force(&self, at: Ms) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }

    fn check(&self) -> Result<(), RuleError> {
        match (self.kind, self.limit) {
            (Kind::Absence, None) => {}
            (Kind::Absence, Some(_)) | (_, None) => return Err(RuleError::Limit),
            (kind, Some(limit)) => {
                let (low, high) = range(self.metric);
                let low = if kind == Kind::Rate { -high } else { low };
                if !(low..=high).contains(&limit.bad) || !(low..=high).contains(&limit.good) {
                    return Err(RuleError::Limit);
                }
                let wrong = match limit.side {
                    Side::Above => limit.good > limit.bad,
                    Side::Below => limit.good < limit.bad,
                };
                if wrong {
                    return Err(RuleError::Clear);
                }
            }
        }
        let longest = i64::from(LONGEST_SECONDS) * 1000;
        let held = match self.kind {
            Kind::Duration | Kind::Absence => (1000..=longest).contains(&self.hold),
            Kind::Threshold | Kind::Rate => self.hold == 0,
        };
        let windowed = match self.kind {
            Kind::Rate => (60_000..=longest).contains(&self.window),
            _ => self.window == 0,
        };
        let flap = self.flap;
        match () {
            () if !held => Err(RuleError::Hold),
            () if !(0..=longest).contains(&self.clear_hold) => Err(RuleError::ClearHold),
            () if !windowed => Err(RuleError::Window),
            () if flap.times < 2 || flap.within_minutes == 0 || flap.quiet_minutes == 0 => {
                Err(RuleError::Flap)
            }
            () if self.from.is_some_and(|from| self.to.is_some_and(|to| to <= from)) => {
                Err(RuleError::Validity)
            }
            () => Ok(()),
        }
    }
}

/// The values that a metric can take.
fn range(metric: Metric) -> (f64, f64) {
    match metric {
        Metric::Up | Metric::SuccessRate => (0.0, 1.0),
        Metric::P95 => (0.0, 600_000.0),
        Metric::CallsAgainstUsual => (0.0, 1000.0),
        Metric::Calls | Metric::Age | Metric::Waiting | Metric::Failed | Metric::Unpaid => (0.0, 1e9),
    }
}

/// What holds for all rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What a cause broke raises nothing of its own so long after the cause, ms.
    pub settle: i64,
    /// A rule waits at most this long for a cause that is being watched, ms.
    pub patience: i64,
    /// A cause takes over what began at most this long before it, ms.
    pub takeover: i64,
    /// Longest mute, ms.
    pub longest_mute: i64,
    /// A mute is spoken of this long before its end, ms.
    pub mute_reminder: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    settings: FileSettings,
    ladder: Vec<Rung>,
    rule: Vec<FileRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSettings {
    settle_minutes: u32,
    patience_seconds: u32,
    takeover_minutes: u32,
    mute_hours: u32,
    mute_reminder_minutes: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    id: String,
    nodes: Vec<String>,
    metric: Metric,
    kind: Kind,
    above: Option<f64>,
    below: Option<f64>,
    #[serde(default)]
    window_seconds: u32,
    #[serde(default)]
    for_seconds: u32,
    clear: Option<f64>,
    clear_seconds: u32,
    settle_minutes: Option<u32>,
    severity: Severity,
    effect: Strength,
    flap: Flap,
    from: Option<String>,
    to: Option<String>,
    title: String,
    detail: String,
    guide: String,
}

impl FileRule {
    fn read(self) -> Result<Rule, RuleError> {
        let limit = match (self.above, self.below, self.clear) {
            (None, None, None) => None,
            (Some(bad), None, Some(good)) => Some(Limit { side: Side::Above, bad, good }),
            (None, Some(bad), Some(good)) => Some(Limit { side: Side::Below, bad, good }),
            _ => return Err(RuleError::Limit),
        };
        let moment = |text: Option<String>| {
            text.map(|text| Ms::parse_rfc3339(&text).map_err(|_| RuleError::Validity)).transpose()
        };
        let rule = Rule {
            id: self.id,
            nodes: self.nodes,
            metric: self.metric,
            kind: self.kind,
            limit,
            window: i64::from(self.window_seconds) * 1000,
            hold: i64::from(self.for_seconds) * 1000,
            clear_hold: i64::from(self.clear_seconds) * 1000,
            settle: self.settle_minutes.map(|minutes| i64::from(minutes) * MINUTE),
            severity: self.severity,
            strength: self.effect,
            flap: self.flap,
            from: moment(self.from)?,
            to: moment(self.to)?,
            title: nfc(&self.title),
            detail: nfc(&self.detail),
            guide: self.guide,
        };
        rule.check().map(|()| rule)
    }
}

/// All rules with what holds for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    rules: Vec<Rule>,
    settings: Settings,
    ladder: Ladder,
}

impl Rules {
    /// Those shipped with the product.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin(graph: &Graph, parties: &[Party]) -> Result<Self, DataError> {
        Self::parse(ALERTS, graph, parties)
    }

    /// Reads rules from TOML of the shipped form.
    ///
    /// # Errors
    /// The parser's error with its line (an unknown metric, kind or field among them); a rule that stands twice, names a node that
    /// there is not, or breaks the form; a rung of the ladder that names no party.
    pub fn parse(file: Source<'_>, graph: &Graph, parties: &[Party]) -> Result<Self, DataError> {
        let name = || file.name.to_owned();
        let read: File = toml::from_str(file.text)
            .map_err(|e| DataError::Syntax { file: name(), reason: e.to_string() })?;
        let mut rules: Vec<Rule> = Vec::new();
        for rule in read.rule {
            let id = rule.id.clone();
            if rules.iter().any(|r| r.id == id) {
                return Err(DataError::Twice { file: name(), what: "rule", id });
            }
            let unknown = rule.nodes.iter().find(|id| !graph.may_stand(id));
            if let Some(node) = unknown {
                let place = format!("rule {id}");
                return Err(DataError::Unknown { file: name(), place, what: "node", id: node.clone() });
            }
            rules.push(rule.read().map_err(|error| DataError::Rule { file: name(), rule: id, error })?);
        }
        let ladder = Ladder::new(read.ladder, parties).map_err(|(place, id)| DataError::Unknown {
            file: name(),
            place,
            what: "party",
            id,
        })?;
        let s = read.settings;
        let settings = Settings {
            settle: i64::from(s.settle_minutes) * MINUTE,
            patience: i64::from(s.patience_seconds) * 1000,
            takeover: i64::from(s.takeover_minutes) * MINUTE,
            longest_mute: i64::from(s.mute_hours) * 60 * MINUTE,
            mute_reminder: i64::from(s.mute_reminder_minutes) * MINUTE,
        };
        Ok(Self { rules, settings, ladder })
    }

    /// All rules, in the order of the file: of two at one node that are equally strong, the earlier one explains the later.
    #[must_use]
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// What holds for all rules.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Who is asked, one after the other.
    #[must_use]
    pub fn ladder(&self) -> &Ladder {
        &self.ladder
    }
}
