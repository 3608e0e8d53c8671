//! How far a run got, folded from its events. Whatever order the events of two seats come in, the state is the same; an act that
//! says what holds already (a step begun twice) changes nothing.

use super::{Decision, Mode, RUN, RunAct, SecondPerson, StepEnd, Vote};
use crate::{
    act::{Act, Event, Said},
    evidence::FileRef,
    time::Ms,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Who, when.
    pub said: Said,
    /// How.
    pub end: StepEnd,
    /// What the validation showed, or why it failed or was left out.
    pub text: Option<String>,
    /// Files that show it.
    pub files: Vec<FileRef>,
}

/// One try at a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Try {
    /// Who began it and when; none of a step that was left out without being begun.
    pub started: Option<Said>,
    /// Why it was begun though gates did not allow it.
    pub despite: Option<String>,
    /// How it ended; none while it goes on.
    pub ended: Option<Ended>,
    /// Why it is to be done again.
    pub reopened: Option<(Said, String)>,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not begun, or to be done again.
    Waiting,
    /// Begun.
    Running,
    /// Its validation holds.
    Done,
    /// It failed; it may be begun again.
    Failed,
    /// It was left out.
    Skipped,
}

impl Stage {
    /// All.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Skipped];

    /// Whether those after it may go on.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Skipped)
    }
}

/// A step in a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepState {
    /// Pseudonym of the owner in this run.
    pub owner: Option<String>,
    /// Pseudonym of the backup in this run.
    pub backup: Option<String>,
    /// Its tries, the last is the one that counts.
    pub tries: Vec<Try>,
}

impl StepState {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self.tries.last() {
            None => Stage::Waiting,
            Some(t) if t.reopened.is_some() => Stage::Waiting,
            Some(Try { ended: None, .. }) => Stage::Running,
            Some(Try { ended: Some(ended), .. }) => match ended.end {
                StepEnd::Done => Stage::Done,
                StepEnd::Failed => Stage::Failed,
                StepEnd::Skipped => Stage::Skipped,
            },
        }
    }

    /// The try that counts; none while it waits.
    #[must_use]
    pub fn current(&self) -> Option<&Try> {
        self.tries.last().filter(|t| t.reopened.is_none())
    }

    /// When the try that counts began.
    #[must_use]
    pub fn started(&self) -> Option<Ms> {
        self.current()?.started.as_ref().map(|s| s.at)
    }

    /// When the try that counts ended.
    #[must_use]
    pub fn ended(&self) -> Option<Ms> {
        self.current()?.ended.as_ref().map(|e| e.said.at)
    }
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voted {
    /// Who, when.
    pub said: Said,
    /// The vote.
    pub vote: Vote,
    /// Why.
    pub reason: Option<String>,
}

/// A decision at a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Who, when.
    pub said: Said,
    /// The decision.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// What each criterion showed, by its id.
    pub shown: BTreeMap<String, String>,
}

/// That there is no way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReturn {
    /// The first person, and when.
    pub said: Said,
    /// The step that marks it.
    pub step: String,
    /// The second person.
    pub second: SecondPerson,
    /// Why.
    pub reason: Option<String>,
}

/// A pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Who, when.
    pub said: Said,
    /// Why.
    pub reason: String,
    /// When it went on.
    pub resumed: Option<Said>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunState {
    /// Id.
    pub id: String,
    /// Id of the runbook.
    pub runbook: String,
    /// SHA-256 of the version it follows.
    pub sha256: String,
    /// Practice or the real thing.
    pub mode: Mode,
    /// When its first step is planned.
    pub starts: Ms,
    /// Id of the run that it rolls back.
    pub rolls_back: Option<String>,
    /// Who opened it, and when.
    pub opened: Said,
    /// Pauses, in order.
    pub pauses: Vec<Pause>,
    /// Who ended it, when, and how it went.
    pub ended: Option<(Said, String)>,
    /// Steps that something was said of.
    pub steps: BTreeMap<String, StepState>,
    /// Votes by gate and criterion: each person's last.
    pub votes: BTreeMap<(String, String), Vec<Voted>>,
    /// Decisions by gate, in order.
    pub decisions: BTreeMap<String, Vec<Decided>>,
    /// That there is no way back.
    pub no_return: Option<NoReturn>,
    /// Id of the last event: base of the next act.
    pub last_event: String,
}

impl RunState {
    /// A step's state; one that nothing was said of waits.
    #[must_use]
    pub fn step(&self, id: &str) -> StepState {
        self.steps.get(id).cloned().unwrap_or_default()
    }

    /// Where a step stands.
    #[must_use]
    pub fn stage(&self, id: &str) -> Stage {
        self.steps.get(id).map_or(Stage::Waiting, StepState::stage)
    }

    /// The pause that goes on.
    #[must_use]
    pub fn pause(&self) -> Option<&Pause> {
        self.pauses.last().filter(|p| p.resumed.is_none())
    }

    /// The decision at a gate that stands.
    #[must_use]
    pub fn decision(&self, gate: &str) -> Option<&Decided> {
        self.decisions.get(gate)?.last()
    }

    /// The decision to go back, if one stands.
    #[must_use]
    pub fn going_back(&self) -> Option<(&str, &Decided)> {
        let mut last = self.decisions.iter().filter_map(|(gate, all)| Some((gate.as_str(), all.last()?)));
        last.find(|(_, d)| d.decision == Decision::RollBack)
    }

    /// Votes on a criterion.
    #[must_use]
    pub fn votes_on(&self, gate: &str, criterion: &str) -> &[Voted] {
        self.votes.get(&(gate.to_owned(), criterion.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn apply(&mut self, event: &Event, act: &RunAct) {
        let said = || Said::of(event);
        match act {
            RunAct::Opened { .. } => {}
            RunAct::Paused { reason } => {
                if self.pause().is_none() {
                    self.pauses.push(Pause { said: said(), reason: reason.clone(), resumed: None });
                }
            }
            RunAct::Resumed {} => {
                if let Some(pause) = self.pauses.last_mut().filter(|p| p.resumed.is_none()) {
                    pause.resumed = Some(said());
                }
            }
            RunAct::Ended { text } => self.ended = Some((said(), text.clone())),
            RunAct::StepAssigned { step, owner, backup } => {
                let step = self.steps.entry(step.clone()).or_default();
                (step.owner, step.backup) = (owner.clone(), backup.clone());
            }
            RunAct::StepStarted { step, despite } => {
                let step = self.steps.entry(step.clone()).or_default();
                if matches!(step.stage(), Stage::Waiting | Stage::Failed) {
                    let despite = despite.clone();
                    step.tries.push(Try { started: Some(said()), despite, ..Try::default() });
                }
            }
            RunAct::StepEnded { step, end, text, files } => {
                let step = self.steps.entry(step.clone()).or_default();
                let (text, files) = (text.clone(), files.clone());
                let ended = Some(Ended { said: said(), end: *end, text, files });
                match step.stage() {
                    Stage::Running => {
                        if let Some(last) = step.tries.last_mut() {
                            last.ended = ended;
                        }
                    }
                    Stage::Waiting | Stage::Failed if *end == StepEnd::Skipped => {
                        step.tries.push(Try { ended, ..Try::default() });
                    }
                    _ => {}
                }
            }
            RunAct::StepReopened { step, reason } => {
                let step = self.steps.entry(step.clone()).or_default();
                let over = step.stage().is_over() || step.stage() == Stage::Failed;
                if let Some(last) = step.tries.last_mut().filter(|_| over) {
                    last.reopened = Some((said(), reason.clone()));
                }
            }
            RunAct::Voted { gate, criterion, vote, reason } => {
                let votes = self.votes.entry((gate.clone(), criterion.clone())).or_default();
                votes.retain(|v| v.said.by != event.actor);
                votes.push(Voted { said: said(), vote: *vote, reason: reason.clone() });
            }
            RunAct::GateDecided { gate, decision, reason, shown } => {
                self.decisions.entry(gate.clone()).or_default().push(Decided {
                    said: said(),
                    decision: *decision,
                    reason: reason.clone(),
                    shown: shown.clone(),
                });
            }
            RunAct::NoReturnPassed { step, second, reason } => {
                if self.no_return.is_none() {
                    self.no_return = Some(NoReturn {
                        said: said(),
                        step: step.clone(),
                        second: second.clone(),
                        reason: reason.clone(),
                    });
                }
            }
        }
    }
}

/// All runs that `events` tell of, the one opened last first. What was said of a run after its end does not count.
#[must_use]
pub fn project_all(events: &[Event]) -> Vec<RunState> {
    let mut ordered: Vec<&Event> = events.iter().collect();
    ordered.sort_by(|a, b| (a.said_at, &a.device, a.device_seq).cmp(&(b.said_at, &b.device, b.device_seq)));
    let mut runs: BTreeMap<&str, RunState> = BTreeMap::new();
    for event in ordered {
        let Some(id) = event.entity.strip_prefix(RUN) else { continue };
        let Act::Run(act) = &event.act else { continue };
        if let RunAct::Opened { runbook, sha256, mode, starts, rolls_back } = act
            && !runs.contains_key(id)
        {
            let run = RunState {
                id: id.to_owned(),
                runbook: runbook.clone(),
                sha256: sha256.clone(),
                mode: *mode,
                starts: *starts,
                rolls_back: rolls_back.clone(),
                opened: Said::of(event),
                pauses: Vec::new(),
                ended: None,
                steps: BTreeMap::new(),
                votes: BTreeMap::new(),
                decisions: BTreeMap::new(),
                no_return: None,
                last_event: event.id.clone(),
            };
            runs.insert(id, run);
        } else if let Some(run) = runs.get_mut(id).filter(|run| run.ended.is_none()) {
            run.apply(event, act);
            run.last_event.clone_from(&event.id);
        }
    }
    let mut runs: Vec<RunState> = runs.into_values().collect();
    runs.sort_by(|a, b| (b.opened.at, &b.id).cmp(&(a.opened.at, &a.id)));
    runs
}
