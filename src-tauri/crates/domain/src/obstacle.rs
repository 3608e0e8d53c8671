//! The register of obstacles ("khó khăn, vướng mắc"): who must answer what, and how long it takes (document 002 IV, XI.9).

use crate::{
    act::{Act, Event, by_entity},
    task::undone,
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Entities of obstacles begin with this; the rest is the obstacle's id.
pub const ENTITY: &str = "obstacle:";

/// The six groups of document 002 IV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObstacleGroup {
    /// Đăng nhập, tài khoản, phân quyền.
    Access,
    /// Tiếp nhận hồ sơ, cấu hình quy trình.
    Intake,
    /// Tích hợp, đồng bộ.
    Integration,
    /// Trình ký số, thanh toán, số hóa, trả kết quả điện tử.
    Signing,
    /// Tra cứu trạng thái, thống kê, báo cáo.
    Statistics,
    /// Bảo mật, hiệu năng, dự phòng.
    Security,
}

impl ObstacleGroup {
    /// All six, in the document's order.
    pub const ALL: [Self; 6] =
        [Self::Access, Self::Intake, Self::Integration, Self::Signing, Self::Statistics, Self::Security];
}

/// What an obstacle says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// Its group.
    pub group: ObstacleGroup,
    /// In one line.
    pub title: String,
    /// In full.
    pub detail: String,
    /// Names of the systems it touches.
    pub systems: Vec<String>,
    /// Ids of the units it touches.
    pub units: Vec<String>,
    /// Keys of the tasks it touches.
    pub tasks: Vec<String>,
    /// Id of the party that must answer (`assets/parties.toml`).
    pub party: String,
    /// When it was put to the party, as the person says.
    pub raised_at: Ms,
    /// Last day for the answer, where one was set.
    pub answer_due: Option<NaiveDate>,
}

/// How far it got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObstacleStage {
    /// Nobody answered.
    Raised,
    /// Answered, not yet out of the way.
    Answered,
    /// Out of the way.
    Resolved,
}

/// An answer or a resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// When it came, as the person says.
    pub on: Ms,
    /// In words.
    pub text: String,
    /// When it was recorded.
    pub recorded: Ms,
    /// By whom (pseudonym).
    pub actor: String,
}

/// One party asked for an answer. An obstacle passed on to another party begins another turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Id of the party.
    pub party: String,
    /// When it was put to the party.
    pub asked: Ms,
    /// Its first answer.
    pub answered: Option<Ms>,
}

/// An obstacle as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObstacleState {
    /// Its id.
    pub id: String,
    /// What it says now.
    pub obstacle: Obstacle,
    /// When it was recorded.
    pub recorded_at: Ms,
    /// By whom (pseudonym).
    pub recorded_by: String,
    /// The last answer of the party that must answer now.
    pub answered: Option<Reply>,
    /// The resolution that stands.
    pub resolved: Option<Reply>,
    /// Who was asked, in order; the last is the party that must answer now.
    pub turns: Vec<Turn>,
    /// Last event; the base of the next edit.
    pub last_event: String,
}

impl ObstacleState {
    /// How far it got.
    #[must_use]
    pub fn stage(&self) -> ObstacleStage {
        match (&self.answered, &self.resolved) {
            (_, Some(_)) => ObstacleStage::Resolved,
            (Some(_), None) => ObstacleStage::Answered,
            (None, None) => ObstacleStage::Raised,
        }
    }

    /// Still in the way.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }

    /// The answer is due, and the day has passed without one. A resolution without an answer counts as one.
    #[must_use]
    pub fn answer_overdue(&self, today: NaiveDate) -> bool {
        self.stage() == ObstacleStage::Raised && self.obstacle.answer_due.is_some_and(|due| today > due)
    }

    /// Every answered turn: the party, when it was asked, when it first answered. For the last turn a resolution counts as an
    /// answer where none was recorded. Turns passed on unanswered are no responses.
    pub fn responses(&self) -> impl Iterator<Item = (&str, Ms, Ms)> {
        let last = self.turns.len().saturating_sub(1);
        let resolved = self.resolved.as_ref().map(|r| r.on);
        self.turns.iter().enumerate().filter_map(move |(i, turn)| {
            let answered = turn.answered.or(resolved.filter(|_| i == last))?;
            Some((turn.party.as_str(), turn.asked, answered.max(turn.asked)))
        })
    }

    fn change(&mut self, obstacle: &Obstacle) {
        let (party, asked) = (obstacle.party.clone(), obstacle.raised_at);
        match self.turns.last_mut() {
            Some(turn) if turn.party == party => turn.asked = asked,
            _ => {
                self.turns.push(Turn { party, asked, answered: None });
                self.answered = None;
            }
        }
        self.obstacle.clone_from(obstacle);
    }

    fn answer(&mut self, reply: Reply) {
        if let Some(turn) = self.turns.last_mut() {
            turn.answered = Some(turn.answered.map_or(reply.on, |first| first.min(reply.on)));
        }
        self.answered = Some(reply);
    }
}

/// Folds the events of one obstacle, in journal order; `None` when the raising itself was taken back. Undone events count as
/// if they had not happened.
#[must_use]
pub fn project(id: &str, events: &[Event]) -> Option<ObstacleState> {
    let undone = undone(events);
    let mut state: Option<ObstacleState> = None;
    for event in events {
        if !undone.contains(event.id.as_str()) {
            let reply = |on: Ms, text: &str| Reply {
                on,
                text: text.to_owned(),
                recorded: event.said_at,
                actor: event.actor.clone(),
            };
            match (&event.act, &mut state) {
                (Act::ObstacleRaised { obstacle }, None) => {
                    state = Some(ObstacleState {
                        id: id.to_owned(),
                        obstacle: obstacle.clone(),
                        recorded_at: event.said_at,
                        recorded_by: event.actor.clone(),
                        answered: None,
                        resolved: None,
                        turns: vec![Turn {
                            party: obstacle.party.clone(),
                            asked: obstacle.raised_at,
                            answered: None,
                        }],
                        last_event: event.id.clone(),
                    });
                }
                (Act::ObstacleChanged { obstacle }, Some(s)) => s.change(obstacle),
                (Act::ObstacleAnswered { on, text }, Some(s)) => s.answer(reply(*on, text)),
                (Act::ObstacleResolved { on, text }, Some(s)) => s.resolved = Some(reply(*on, text)),
                (Act::ObstacleReopened { .. }, Some(s)) => s.resolved = None,
                _ => {}
            }
        }
        if let Some(s) = &mut state {
            s.last_event.clone_from(&event.id);
        }
    }
    state
}

/// Folds many obstacles: `events` of all of them, in journal order. In the order of their ids.
#[must_use]
pub fn project_all(events: &[Event]) -> Vec<ObstacleState> {
    by_entity(events, ENTITY).into_iter().filter_map(|(id, events)| project(id, &events)).collect()
}

#[cfg(test)]
#[path = "obstacle_tests.rs"]
mod tests;
