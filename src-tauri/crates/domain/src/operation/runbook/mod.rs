//! Runbooks as data: ordered steps with owners, gates with criteria, triggers of the way back (domain.md §5.1). Read from TOML, in
//! which they are also edited and passed on; the text is kept as it was written.
//!
//! Knows nothing of who carries one out: that is [`crate::operation::run`].

mod check;
pub mod condition;
mod edit;
mod read;
#[cfg(test)]
mod tests;

pub use check::{Fault, Finding, Known, Warning};
pub use condition::{Compare, Condition, Figure, Measured, Seen, Watched};
pub use edit::{NotChanged, Part, drop_part, part_id, put_head, put_part};
pub use read::{Read, parse, read};

use crate::{roles::Role, time::Ms};
use serde::{Deserialize, Serialize};

/// Runbooks shipped with the product: id and text.
pub const BUILTIN: [(&str, &str); 2] = [
    ("cutover-2026-05-29", include_str!("../../../../../../assets/runbooks/cutover-2026-05-29.toml")),
    ("rollback-2026-05-29", include_str!("../../../../../../assets/runbooks/rollback-2026-05-29.toml")),
];

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// Who: a role at a unit, not a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// Id of the unit.
    pub unit: String,
    /// The role; none is any role of the unit.
    #[serde(default)]
    pub role: Option<Role>,
    /// Which post at the unit (`kỹ thuật hạ tầng`): two posts of a unit can work at the same time.
    #[serde(default)]
    pub post: Option<String>,
}

impl Who {
    /// Whether somebody of this unit and role is meant. A deputy stands in for a leader.
    #[must_use]
    pub fn is(&self, role: Role, unit: &str, deputy: bool) -> bool {
        let of_role = match self.role {
            None => true,
            Some(named) => named == role || (named == Role::Leader && deputy),
        };
        of_role && self.unit == unit
    }
}

/// A line of work that goes on beside others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Id, unique in the runbook.
    pub id: String,
    /// Id of its stream.
    pub stream: String,
    /// In one line.
    pub title: String,
    /// How it is done.
    #[serde(default)]
    pub detail: String,
    /// Who does it.
    pub owner: Who,
    /// Who steps in.
    #[serde(default)]
    pub backup: Option<Who>,
    /// Planned start, minutes from the start of the run.
    pub start: i64,
    /// Planned duration, minutes.
    pub minutes: i64,
    /// It never begins before its planned start: the hour is set by somebody else.
    #[serde(default)]
    pub not_before: bool,
    /// Ids of the steps that must be done before.
    #[serde(default)]
    pub after: Vec<String>,
    /// Ids of the gates that must have been decided with "go".
    #[serde(default)]
    pub gates: Vec<String>,
    /// What must be measured before it may begin.
    #[serde(default)]
    pub needs: Vec<Condition>,
    /// How one sees that it worked.
    pub validation: String,
    /// Id of the step of the rollback runbook that takes it back.
    #[serde(default)]
    pub rollback: Option<String>,
    /// What must be attached to show it; none where the words are enough.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Once it begins there is no way back: two persons say so first.
    #[serde(default)]
    pub no_return: bool,
}

/// How much a criterion weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Without it there is no "go".
    Must,
    /// It is weighed.
    Should,
}

/// One criterion of a gate: measured, or somebody's word, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Id, unique in the gate.
    pub id: String,
    /// In one line.
    pub text: String,
    /// How much it weighs.
    pub level: Level,
    /// What must be measured.
    #[serde(default)]
    pub measure: Option<Condition>,
    /// Whose word it takes. Where it is measured too, their "no" counts against the measure, their "yes" does not replace it.
    #[serde(default)]
    pub word: Option<Who>,
}

/// A go/no-go gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Id, unique in the runbook.
    pub id: String,
    /// In one line.
    pub title: String,
    /// When the decision is planned, minutes from the start of the run.
    pub at: i64,
    /// Who decides.
    pub decides: Who,
    /// Ids of the steps that must be done before "go".
    #[serde(default)]
    pub after: Vec<String>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

/// A measured reason to go back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Id, unique in the runbook.
    pub id: String,
    /// In one line.
    pub text: String,
    /// Id of the step after which it counts.
    pub after: String,
    /// What is measured when it is time to go back.
    pub when: Condition,
}

/// A runbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Runbook {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Documents it comes from.
    pub basis: Vec<String>,
    /// When its first step is planned.
    pub starts: Ms,
    /// Length of the window in which the change, or the way back, must be over, minutes from the start; steps of watching over it
    /// may go on longer.
    pub window_minutes: i64,
    /// Id of the runbook that leads back.
    pub rollback: Option<String>,
    /// How long the way back takes at worst, minutes.
    pub worst_rollback_minutes: Option<i64>,
    /// Lines of work, in order.
    pub streams: Vec<Stream>,
    /// Steps, in order.
    pub steps: Vec<Step>,
    /// Gates, in order.
    pub gates: Vec<Gate>,
    /// Reasons to go back.
    pub triggers: Vec<Trigger>,
}

impl Runbook {
    /// A step by id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == id)
    }

    /// A gate by id.
    #[must_use]
    pub fn gate(&self, id: &str) -> Option<&Gate> {
        self.gates.iter().find(|g| g.id == id)
    }

    /// The step that begins where there is no way back.
    #[must_use]
    pub fn no_return(&self) -> Option<&Step> {
        self.steps.iter().find(|s| s.no_return)
    }

    /// Ids of the steps that must be done before `step`: its own predecessors and those of its gates.
    #[must_use]
    pub fn before<'a>(&'a self, step: &'a Step) -> Vec<&'a str> {
        let mut before: Vec<&str> = step.after.iter().map(String::as_str).collect();
        for gate in step.gates.iter().filter_map(|id| self.gate(id)) {
            before.extend(gate.after.iter().map(String::as_str));
        }
        before.sort_unstable();
        before.dedup();
        before
    }

    /// Ids of all steps that lead to `id`, directly or by others.
    #[must_use]
    pub fn ancestors<'a>(&'a self, id: &str) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = self.step(id).map(|s| self.before(s)).unwrap_or_default();
        while let Some(next) = open.pop() {
            if !found.contains(&next) {
                found.push(next);
                open.extend(self.step(next).map(|s| self.before(s)).unwrap_or_default());
            }
        }
        found
    }

    /// The last moment from which the way back still ends within the window, for a run that starts at `starts`; none without a
    /// runbook that leads back.
    #[must_use]
    pub fn last_safe(&self, starts: Ms) -> Option<Ms> {
        self.worst_rollback_minutes.map(|minutes| starts.plus((self.window_minutes - minutes) * MINUTE))
    }

    /// Planned end of the window.
    #[must_use]
    pub fn window_ends(&self, starts: Ms) -> Ms {
        starts.plus(self.window_minutes * MINUTE)
    }

    /// Planned end of the last step.
    #[must_use]
    pub fn planned_end(&self, starts: Ms) -> Ms {
        self.steps.iter().map(|s| s.planned(starts).1).max().unwrap_or(starts)
    }
}

impl Step {
    /// Planned start and end in a run that starts at `starts`.
    #[must_use]
    pub fn planned(&self, starts: Ms) -> (Ms, Ms) {
        let from = starts.plus(self.start * MINUTE);
        (from, from.plus(self.length()))
    }

    /// Planned duration, ms.
    #[must_use]
    pub fn length(&self) -> i64 {
        self.minutes * MINUTE
    }
}

impl Gate {
    /// When its decision is planned in a run that starts at `starts`.
    #[must_use]
    pub fn planned(&self, starts: Ms) -> Ms {
        starts.plus(self.at * MINUTE)
    }

    /// A criterion by id.
    #[must_use]
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|c| c.id == id)
    }
}
