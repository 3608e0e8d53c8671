//! The script of a night as it stands in `assets/sandbox/scenarios/`; checked whole before it is played.

use crate::faults::Fault;
use pvhcc_domain::{
    observation::{Flow, FlowHealth},
    time::Ms,
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::sync::LazyLock;

static SCRIPTS: LazyLock<Vec<Script>> = LazyLock::new(|| {
    let all = [include_str!("../../../../../assets/sandbox/scenarios/cutover-night.toml")];
    all.iter()
        .map(|text| Script::parse(text).unwrap_or_else(|e| unreachable!("built-in scenario: {e}")))
        .collect()
});

/// All scripts that the sandbox can play.
pub(crate) fn scripts() -> &'static [Script] {
    &SCRIPTS
}

/// Milliseconds since the midnight before the night begins. Written as a time of the day; what lies before noon belongs to the
/// next morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hour(pub(crate) i64);

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let part = |text: &str, below: i64| text.parse::<i64>().ok().filter(|n| (0..below).contains(n));
        let read = text.split_once(':').and_then(|(h, m)| part(h, 24).zip(part(m, 60)));
        let Some((hour, minute)) = read else {
            return Err(D::Error::custom(format!("“{text}” is no time")));
        };
        let next_morning = if hour < 12 { 24 } else { 0 };
        Ok(Self(((hour + next_morning) * 60 + minute) * 60_000))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Script {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(deserialize_with = "instant")]
    pub(crate) start: Ms,
    #[serde(deserialize_with = "instant")]
    pub(crate) end: Ms,
    /// Sandbox time per real time that a rehearsal runs at.
    pub(crate) speed: f64,
    pub(crate) traffic: Vec<Traffic>,
    pub(crate) api: Vec<ApiFault>,
    pub(crate) flow: Vec<FlowWord>,
    pub(crate) request: Vec<RequestFault>,
    pub(crate) old: Vec<Old>,
    pub(crate) batches: Vec<Pause>,
    pub(crate) fees: Fees,
    pub(crate) queue: Queue,
    pub(crate) truth: Vec<Truth>,
    pub(crate) verdict: Vec<Verdict>,
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ms, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ms::parse_rfc3339(&text).map_err(D::Error::custom)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Traffic {
    pub(crate) apis: Vec<String>,
    pub(crate) from: Hour,
    pub(crate) to: Hour,
    pub(crate) times: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiFault {
    pub(crate) apis: Vec<String>,
    pub(crate) from: Hour,
    pub(crate) to: Hour,
    /// Share of the calls that succeed.
    #[serde(default = "one")]
    pub(crate) success: f64,
    #[serde(default)]
    pub(crate) error: Option<String>,
    /// Times the usual duration.
    #[serde(default = "one")]
    pub(crate) slower: f64,
}

fn one() -> f64 {
    1.0
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlowWord {
    pub(crate) flow: Flow,
    pub(crate) phase: u8,
    pub(crate) from: Hour,
    pub(crate) to: Hour,
    pub(crate) state: FlowHealth,
    #[serde(default)]
    pub(crate) error: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RequestFault {
    pub(crate) path: String,
    pub(crate) from: Hour,
    pub(crate) to: Hour,
    /// Minutes from burst to burst.
    #[serde(default)]
    pub(crate) every: Option<i64>,
    /// Minutes of a burst.
    #[serde(default)]
    pub(crate) lasts: Option<i64>,
    #[serde(flatten)]
    pub(crate) fault: Fault,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Old {
    pub(crate) path: String,
    pub(crate) from: Hour,
    pub(crate) to: Hour,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pause {
    pub(crate) from: Hour,
    pub(crate) to: Hour,
}

/// A figure by the clock, straight in between, level before the first and after the last.
pub(crate) type Curve = Vec<(Hour, f64)>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fees {
    pub(crate) points: Curve,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Queue {
    pub(crate) waiting: Curve,
    pub(crate) failed: Curve,
}

/// What must come of something planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// One alert, by the rule named.
    Alert,
    /// Nothing: it is no fault.
    None,
    /// Nothing is known of the node, and that is said.
    Unobserved,
}

/// One thing planted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Truth {
    pub(crate) id: String,
    pub(crate) node: String,
    pub(crate) kind: String,
    pub(crate) from: Hour,
    pub(crate) to: Hour,
    pub(crate) expect: Expect,
    #[serde(default)]
    pub(crate) rule: Option<String>,
    #[serde(default)]
    pub(crate) severity: Option<String>,
    #[serde(default)]
    pub(crate) explains: Vec<String>,
    pub(crate) note: String,
}

/// Where the fault lies as a whole at a moment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verdict {
    pub(crate) at: Hour,
    pub(crate) is: String,
}

impl Script {
    fn parse(text: &str) -> Result<Self, String> {
        let script: Self = toml::from_str(text).map_err(|e| e.to_string())?;
        script.check()?;
        Ok(script)
    }

    /// When the midnight before was.
    pub(crate) fn midnight(&self) -> Ms {
        Ms::at(self.start.day(), 0, 0)
    }

    fn check(&self) -> Result<(), String> {
        let spans = (self.traffic.iter().map(|t| (t.from, t.to)))
            .chain(self.api.iter().map(|a| (a.from, a.to)))
            .chain(self.flow.iter().map(|f| (f.from, f.to)))
            .chain(self.request.iter().map(|r| (r.from, r.to)))
            .chain(self.old.iter().map(|o| (o.from, o.to)))
            .chain(self.batches.iter().map(|b| (b.from, b.to)))
            .chain(self.truth.iter().map(|t| (t.from, t.to)));
        let (start, end) = (self.start.0 - self.midnight().0, self.end.0 - self.midnight().0);
        for (from, to) in spans {
            if !(start <= from.0 && from < to && to.0 <= end) {
                return Err(format!("{from:?}–{to:?} is no span of the night"));
            }
        }
        if let Some(outside) = self.verdict.iter().find(|v| !(start..=end).contains(&v.at.0)) {
            return Err(format!("{:?} is no moment of the night", outside.at));
        }
        if self.request.iter().any(|r| match (r.every, r.lasts) {
            (None, None) => false,
            (Some(every), Some(lasts)) => !(0 < lasts && lasts < every),
            _ => true,
        }) {
            return Err("bursts need every and lasts, the second shorter".to_owned());
        }
        for curve in [&self.fees.points, &self.queue.waiting, &self.queue.failed] {
            if curve.is_empty() || !curve.is_sorted_by(|a, b| a.0 < b.0) {
                return Err("a curve goes forward in time".to_owned());
            }
        }
        for truth in &self.truth {
            if (truth.expect == Expect::Alert) != (truth.rule.is_some() && truth.severity.is_some()) {
                return Err(format!("{}: an alert names its rule and severity, nothing else does", truth.id));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = include_str!("../../../../../assets/sandbox/scenarios/cutover-night.toml");

    #[test]
    fn the_shipped_script_is_read_and_a_wrong_one_is_refused_by_its_place() {
        let script = Script::parse(SCRIPT).expect("reads");
        assert_eq!((script.id.as_str(), script.end.0 - script.start.0), ("cutover-night", 8 * 3_600_000));
        let mut ids: Vec<&str> = script.truth.iter().map(|t| t.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), script.truth.len(), "each fault is planted once");
        for (right, wrong, told) in [
            ("to = \"21:42\"", "to = \"25:42\"", "no time"),
            ("to = \"21:42\"", "to = \"21:20\"", "no span"),
            ("to = \"21:42\"", "to = \"04:00\"", "no span"),
            ("lasts = 3\n", "lasts = 6\n", "bursts"),
            ("rule = \"gateway_down\"\n", "", "gateway_outage"),
            ("times = 8", "time = 8", "unknown field"),
            ("[\"19:30\", 0.45]", "[\"18:30\", 0.45]", "forward"),
        ] {
            let error = Script::parse(&SCRIPT.replace(right, wrong)).expect_err(wrong);
            assert!(error.contains(told), "{wrong}: {error}");
        }
    }
}
