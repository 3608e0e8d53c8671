//! A runbook's text by its parts: what each says, what it may name, and putting one in or taking it out.

use super::NamedView;
use crate::wire::UnitView;
use pvhcc_domain::{
    operation::{
        runbook::{Compare, Figure, Level},
        signal::Metric,
    },
    roles::Role,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who: a role at a unit, not a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunbookWho {
    /// Id of the unit.
    pub unit: String,
    /// The role; none is any of the unit.
    #[ts(type = "Role | null")]
    pub role: Option<Role>,
    /// Which post at the unit.
    pub post: Option<String>,
}

/// A machine condition: a metric of a node, or a figure, compared with a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunbookCondition {
    /// Id of the node; with `metric`.
    pub node: Option<String>,
    /// What is measured of it.
    #[ts(type = "Metric | null")]
    pub metric: Option<Metric>,
    /// Or a figure.
    #[ts(type = "RunbookFigure | null")]
    pub figure: Option<Figure>,
    /// How it is compared.
    #[ts(type = "Compare")]
    pub is: Compare,
    /// With what, in the unit that the metric is shown in: shares in per cent.
    pub value: f64,
    /// For how long without a break, minutes; 0 is at this moment.
    pub minutes: i64,
}

/// What a step says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookStep {
    /// Id; empty for a new one, whose id is made of its title.
    pub id: String,
    /// Id of its stream.
    pub stream: String,
    /// In one line.
    pub title: String,
    /// How it is done.
    pub detail: String,
    /// Who does it.
    pub owner: RunbookWho,
    /// Who steps in.
    pub backup: Option<RunbookWho>,
    /// Planned start, minutes from the start of the run.
    pub start: i64,
    /// Planned duration, minutes.
    pub minutes: i64,
    /// It never begins before its planned start.
    pub not_before: bool,
    /// Ids of the steps before it.
    pub after: Vec<String>,
    /// Ids of the gates before it.
    pub gates: Vec<String>,
    /// What must be measured before it begins.
    pub needs: Vec<RunbookCondition>,
    /// How one sees that it worked.
    pub validation: String,
    /// Id of the step that takes it back.
    pub rollback: Option<String>,
    /// What must be attached.
    pub evidence: Option<String>,
    /// There is no way back from it.
    pub no_return: bool,
}

/// One criterion of a gate: measured, or somebody's word, or both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunbookCriterion {
    /// Id; empty for a new one, whose id is made of its text.
    pub id: String,
    /// In one line.
    pub text: String,
    /// How much it weighs.
    #[ts(type = "CriterionLevel")]
    pub level: Level,
    /// What must be measured.
    pub measure: Option<RunbookCondition>,
    /// Whose word it takes.
    pub word: Option<RunbookWho>,
}

/// A go/no-go gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunbookGate {
    /// Id; empty for a new one, whose id is made of its title.
    pub id: String,
    /// In one line.
    pub title: String,
    /// When the decision is planned, minutes from the start of the run.
    pub at: i64,
    /// Who decides.
    pub decides: RunbookWho,
    /// Ids of the steps that must be done before "go".
    pub after: Vec<String>,
    /// The criteria.
    pub criteria: Vec<RunbookCriterion>,
}

/// A measured reason to go back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RunbookTrigger {
    /// Id; empty for a new one, whose id is made of its text.
    pub id: String,
    /// In one line.
    pub text: String,
    /// Id of the step after which it counts.
    pub after: String,
    /// What is measured when it is time to go back.
    pub when: RunbookCondition,
}

/// What a runbook says of itself as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunbookHead {
    /// Id. Another one is another runbook.
    pub id: String,
    /// Title.
    pub title: String,
    /// Documents it comes from.
    pub basis: Vec<String>,
    /// When its first step is planned.
    pub starts: i64,
    /// Length of the window in which the change, or the way back, must be over, minutes.
    pub window_minutes: i64,
    /// Id of the runbook that leads back.
    pub rollback: Option<String>,
    /// How long the way back takes at worst, minutes.
    pub worst_rollback_minutes: Option<i64>,
    /// Lines of work; the id of a new one is empty and is made of its name.
    pub streams: Vec<NamedView>,
}

/// A step of a text, with words for what its ids mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookStepRow {
    /// Place in the runbook, from 1.
    pub no: u32,
    /// What it says.
    pub step: RunbookStep,
    /// Who does it, in words.
    pub owner: String,
    /// Numbers of the steps before it: `3, 5`.
    pub after: String,
    /// What must be measured before it begins, in words.
    pub needs: Vec<String>,
}

/// A gate of a text, with words for what its ids mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookGateRow {
    /// What it says.
    pub gate: RunbookGate,
    /// Who decides, in words.
    pub decides: String,
    /// Numbers of the steps before it.
    pub after: String,
    /// Of each criterion what is asked, in words.
    pub criteria: Vec<String>,
}

/// A reason to go back of a text, with words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookTriggerRow {
    /// What it says.
    pub trigger: RunbookTrigger,
    /// What is measured, in words.
    pub when: String,
    /// The step after which it counts: its number and title.
    pub after: String,
}

/// What is measured of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MetricChoice {
    /// Which.
    #[ts(type = "Metric")]
    pub id: Metric,
    /// In words.
    pub name: String,
    /// Unit of its values; empty for one that is either so or not.
    pub unit: String,
}

/// A node that conditions may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NodeChoice {
    /// Id.
    pub id: String,
    /// As people see it.
    pub name: String,
    /// What is measured of it.
    pub metrics: Vec<MetricChoice>,
}

/// A figure that conditions may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FigureChoice {
    /// Which.
    #[ts(type = "RunbookFigure")]
    pub id: Figure,
    /// In words.
    pub name: String,
}

/// The parts of a text and what they may name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookPartsView {
    /// What it says of itself.
    pub head: RunbookHead,
    /// Steps, in the order of the text.
    pub rows: Vec<RunbookStepRow>,
    /// Gates, in the order of the text.
    pub gates: Vec<RunbookGateRow>,
    /// Reasons to go back, in the order of the text.
    pub triggers: Vec<RunbookTriggerRow>,
    /// Runbooks that may lead back.
    pub books: Vec<NamedView>,
    /// Steps of the runbook that takes this one back.
    pub rollback: Vec<NamedView>,
    /// Units that may be named.
    pub units: Vec<UnitView>,
    /// Nodes that conditions may read.
    pub nodes: Vec<NodeChoice>,
    /// Figures that conditions may read.
    pub figures: Vec<FigureChoice>,
}

/// A part to be put into a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunbookPart {
    /// What it says of itself; `was` has no meaning.
    Head(RunbookHead),
    /// A step.
    Step(Box<RunbookStep>),
    /// A gate.
    Gate(RunbookGate),
    /// A reason to go back.
    Trigger(RunbookTrigger),
}

/// Put a part into a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookPartPutArgs {
    /// TOML.
    pub text: String,
    /// Id of the one whose place it takes; none puts it behind the last of its kind.
    pub was: Option<String>,
    /// The part.
    pub part: RunbookPart,
}

/// Which kind of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunbookPartKind {
    /// A step.
    Step,
    /// A gate.
    Gate,
    /// A reason to go back.
    Trigger,
}

/// Take a part out of a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookPartDropArgs {
    /// TOML.
    pub text: String,
    /// Which kind.
    pub kind: RunbookPartKind,
    /// Id of the part.
    pub id: String,
}

/// A text after a change; it is not kept yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunbookTextView {
    /// TOML.
    pub text: String,
}
