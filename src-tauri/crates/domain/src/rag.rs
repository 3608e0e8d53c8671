//! The colour of a task, computed from facts, with its reasons (domain.md §5.3). Words are for the screens.

use crate::{lateness::Lateness, proof::ProofState, task::TaskStatus, time::Ms};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Red, amber, green, and two more: done, and set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rag {
    /// Không áp dụng: no colour.
    None,
    /// Xong.
    Done,
    /// Đúng tiến độ.
    Green,
    /// Cần để ý.
    Amber,
    /// Cần xử lý.
    Red,
}

/// Why a task has its colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum RagReason {
    /// Past the date that binds.
    Overdue {
        /// Calendar days.
        days: i64,
    },
    /// Somebody said it is blocked.
    Blocked,
    /// An open obstacle of the register touches it.
    Obstacle {
        /// Ids of the obstacles.
        ids: Vec<String>,
    },
    /// Said to be done, but the proof is below its bar.
    ProofFailed,
    /// Due within two working days.
    DueSoon {
        /// Working days left, 0 is today.
        working_days: i64,
    },
    /// Something that must come first is late.
    PredecessorLate {
        /// Their numbers.
        nos: Vec<String>,
    },
}

/// A colour set by hand, for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RagOverride {
    /// The colour.
    pub rag: Rag,
    /// Why.
    pub reason: String,
    /// Last day it holds.
    pub until: NaiveDate,
    /// When it was set.
    pub at: Ms,
    /// By whom (pseudonym).
    pub actor: String,
}

/// What the colour is computed from.
#[derive(Debug, Clone)]
pub struct RagInput<'a> {
    /// What people said.
    pub status: TaskStatus,
    /// How late.
    pub lateness: Lateness,
    /// Numbers of predecessors that are overdue.
    pub late_predecessors: &'a [String],
    /// Ids of open obstacles that touch the task.
    pub obstacles: &'a [String],
    /// The proof's state.
    pub proof: ProofState,
    /// A colour set by hand.
    pub set_by_hand: Option<&'a RagOverride>,
    /// The province's day.
    pub today: NaiveDate,
}

/// The colour of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RagView {
    /// The colour that counts.
    pub rag: Rag,
    /// What the rules say; differs from `rag` only while set by hand.
    pub computed: Rag,
    /// Every reason for the computed colour, the gravest first.
    pub reasons: Vec<RagReason>,
    /// It is set by hand.
    pub by_hand: bool,
}

/// Computes the colour. A hand-set colour holds through its last day; the computed one is kept beside it.
#[must_use]
pub fn rag(input: &RagInput<'_>) -> RagView {
    let mut red = Vec::new();
    let mut amber = Vec::new();
    let open = !matches!(input.status, TaskStatus::Done | TaskStatus::NotApplicable);
    if open {
        if input.lateness.overdue {
            let days = input.lateness.late_changed.or(input.lateness.late_decision).unwrap_or(0);
            red.push(RagReason::Overdue { days });
        }
        if input.status == TaskStatus::Blocked {
            red.push(RagReason::Blocked);
        }
        if !input.obstacles.is_empty() {
            red.push(RagReason::Obstacle { ids: input.obstacles.to_vec() });
        }
        if let Some(working_days) = input.lateness.working_days_left.filter(|_| input.lateness.due_soon) {
            amber.push(RagReason::DueSoon { working_days });
        }
        if !input.late_predecessors.is_empty() {
            amber.push(RagReason::PredecessorLate { nos: input.late_predecessors.to_vec() });
        }
    } else if input.status == TaskStatus::Done && input.proof == ProofState::Failed {
        red.push(RagReason::ProofFailed);
    }
    let computed = match input.status {
        TaskStatus::NotApplicable => Rag::None,
        _ if !red.is_empty() => Rag::Red,
        TaskStatus::Done => Rag::Done,
        _ if !amber.is_empty() => Rag::Amber,
        _ => Rag::Green,
    };
    red.append(&mut amber);
    let by_hand = input.set_by_hand.filter(|o| input.today <= o.until);
    RagView { rag: by_hand.map_or(computed, |o| o.rag), computed, reasons: red, by_hand: by_hand.is_some() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::Calendar,
        lateness::{TaskDates, lateness},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("date")
    }

    fn look(
        status: TaskStatus,
        due: &str,
        today: &str,
        late: &[String],
        by_hand: Option<&RagOverride>,
    ) -> RagView {
        let dates = TaskDates {
            decision_due: Some(day(due)),
            status,
            done_on: (status == TaskStatus::Done).then(|| day(due)),
            ..TaskDates::default()
        };
        let calendar = Calendar::builtin().expect("valid");
        rag(&RagInput {
            status,
            lateness: lateness(&dates, day(today), &calendar),
            late_predecessors: late,
            obstacles: &[],
            proof: ProofState::Unobserved,
            set_by_hand: by_hand,
            today: day(today),
        })
    }

    #[test]
    fn the_rules_of_the_colours_hold_at_their_borders() {
        use TaskStatus::{Blocked, Done, InProgress, NotApplicable};
        // 24/04 + 2 working days is Wed 29/04 (domain.md §7.2): Mon 27/04 is off.
        for (status, due, today, late, expected) in [
            (InProgress, "2026-04-29", "2026-04-23", false, Rag::Green),
            (InProgress, "2026-04-29", "2026-04-24", false, Rag::Amber),
            (InProgress, "2026-04-29", "2026-04-23", true, Rag::Amber),
            (InProgress, "2026-04-29", "2026-04-29", false, Rag::Amber),
            (InProgress, "2026-04-29", "2026-04-30", false, Rag::Red),
            (Blocked, "2026-04-29", "2026-04-01", false, Rag::Red),
            (Done, "2026-04-29", "2026-06-30", true, Rag::Done),
            (NotApplicable, "2026-04-29", "2026-06-30", true, Rag::None),
        ] {
            let late = if late { vec!["9".to_owned()] } else { Vec::new() };
            let seen = look(status, due, today, &late, None);
            assert_eq!(seen.rag, expected, "{status:?} due {due} on {today}");
            assert_eq!(seen.reasons.is_empty(), !matches!(expected, Rag::Amber | Rag::Red));
        }
    }

    #[test]
    fn a_colour_set_by_hand_ends_after_its_last_day_and_keeps_the_computed_one_beside_it() {
        let hand = RagOverride {
            rag: Rag::Green,
            reason: "chờ công văn".into(),
            until: day("2026-05-05"),
            at: Ms(0),
            actor: "x".into(),
        };
        let on = look(TaskStatus::InProgress, "2026-04-20", "2026-05-05", &[], Some(&hand));
        assert_eq!((on.rag, on.computed, on.by_hand), (Rag::Green, Rag::Red, true));
        let after = look(TaskStatus::InProgress, "2026-04-20", "2026-05-06", &[], Some(&hand));
        assert_eq!((after.rag, after.by_hand), (Rag::Red, false));
    }
}
