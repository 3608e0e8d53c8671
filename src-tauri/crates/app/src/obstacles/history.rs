//! The history of one obstacle, in words.

use super::entity;
use crate::{
    App,
    checklist::{instant, vn},
    people::Actor,
    wire::{HistoryLine, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    obstacle::Obstacle,
    party::PartyState,
};

impl App {
    /// Newest first.
    pub(super) async fn obstacle_history(
        &self,
        id: &str,
        actor: Option<&Actor>,
    ) -> Result<Vec<HistoryLine>, WireError> {
        let events = self.events_of(&entity(id)).await?;
        let parties = self.party_states().await?;
        let line = self.lines_of(&events, actor).await?;
        let mut before: Option<&Obstacle> = None;
        let mut lines = Vec::with_capacity(events.len());
        for event in &events {
            let line = line(event, self.obstacle_phrase(event, &events, before, &parties));
            if let (false, Act::ObstacleRaised { obstacle } | Act::ObstacleChanged { obstacle }) =
                (line.undone, &event.act)
            {
                before = Some(obstacle);
            }
            lines.push(line);
        }
        lines.reverse();
        Ok(lines)
    }

    fn obstacle_phrase(
        &self,
        event: &Event,
        all: &[Event],
        before: Option<&Obstacle>,
        parties: &[PartyState],
    ) -> (String, String) {
        let name = |id: &str| {
            parties.iter().find(|p| p.party.id == id).map_or_else(|| id.to_owned(), |p| p.party.short.clone())
        };
        match &event.act {
            Act::ObstacleRaised { obstacle: o } => {
                let due = o.answer_due.map(|d| format!(" · hạn trả lời {}", vn(d))).unwrap_or_default();
                (
                    format!("Nêu vướng mắc với {}", name(&o.party)),
                    format!("gửi lúc {}{due}", instant(o.raised_at)),
                )
            }
            Act::ObstacleChanged { obstacle: o } => match before {
                Some(b) if b.party != o.party => {
                    (format!("Chuyển cho {}", name(&o.party)), format!("gửi lúc {}", instant(o.raised_at)))
                }
                Some(b) => ("Sửa vướng mắc".to_owned(), differences(b, o).join(" · ")),
                None => ("Sửa vướng mắc".to_owned(), String::new()),
            },
            Act::ObstacleAnswered { on, text } => {
                ("Được trả lời".to_owned(), format!("{} · {text}", instant(*on)))
            }
            Act::ObstacleResolved { on, text } => {
                ("Gỡ xong".to_owned(), format!("{} · {text}", instant(*on)))
            }
            Act::ObstacleReopened { reason } => ("Mở lại".to_owned(), reason.clone()),
            _ => self.phrase(event, all),
        }
    }
}

/// What a change changed.
fn differences(before: &Obstacle, now: &Obstacle) -> Vec<String> {
    let mut said = Vec::new();
    if before.title != now.title {
        said.push(format!("tên: {} → {}", before.title, now.title));
    }
    if before.detail != now.detail {
        said.push("nội dung".to_owned());
    }
    if before.group != now.group {
        said.push("nhóm".to_owned());
    }
    if before.raised_at != now.raised_at {
        said.push(format!("lúc gửi: {} → {}", instant(before.raised_at), instant(now.raised_at)));
    }
    if before.answer_due != now.answer_due {
        let day = |d: Option<chrono::NaiveDate>| d.map_or_else(|| "không có".to_owned(), vn);
        said.push(format!("hạn trả lời: {} → {}", day(before.answer_due), day(now.answer_due)));
    }
    if before.tasks != now.tasks {
        let list =
            |tasks: &[String]| if tasks.is_empty() { "không có".to_owned() } else { tasks.join(", ") };
        said.push(format!("nhiệm vụ: {} → {}", list(&before.tasks), list(&now.tasks)));
    }
    if before.systems != now.systems {
        said.push(format!("hệ thống: {}", now.systems.join(", ")));
    }
    if before.units != now.units {
        said.push("đơn vị".to_owned());
    }
    said
}
