//! The register of obstacles ("khó khăn, vướng mắc"): who must answer what, and how long it takes (document 002 IV, XI.9).

use crate::{
    act::{Act, Event},
    task::undone,
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    /// The last answer that stands.
    pub answered: Option<Reply>,
    /// The resolution that stands.
    pub resolved: Option<Reply>,
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

    /// From being put to the party to the first answer that stands (or the resolution), ms; `None` while waiting.
    #[must_use]
    pub fn response_ms(&self) -> Option<i64> {
        let reply = self.answered.as_ref().or(self.resolved.as_ref())?;
        Some((reply.on.0 - self.obstacle.raised_at.0).max(0))
    }
}

/// Folds the events of one obstacle, in journal order; `None` when the raising itself was taken back.
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
                        last_event: event.id.clone(),
                    });
                }
                (Act::ObstacleChanged { obstacle }, Some(s)) => s.obstacle.clone_from(obstacle),
                (Act::ObstacleAnswered { on, text }, Some(s)) => s.answered = Some(reply(*on, text)),
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

/// Median of durations (mean of the middle two), ms; `None` of nothing.
#[must_use]
pub fn median(durations: &[i64]) -> Option<i64> {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(i64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}
