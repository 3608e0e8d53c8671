//! Obstacles that are open, or were answered or settled in the period.

use super::day;
use crate::{
    App,
    wire::{ObstacleRow, WireError},
    words,
};
use chrono::NaiveDate;
use pvhcc_domain::{obstacle::ObstacleStage, report::freeze::ObstacleLine, time::Ms};

impl App {
    pub(super) async fn frozen_obstacles(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<ObstacleLine>, WireError> {
        let within = |at: Option<i64>| at.is_some_and(|at| (from..=to).contains(&Ms(at).day()));
        let rows = self.obstacles(None).await?.rows.into_iter();
        Ok(rows
            .filter(|row| {
                row.stage != ObstacleStage::Resolved || within(row.answered_at) || within(row.resolved_at)
            })
            .map(line)
            .collect())
    }
}

fn line(row: ObstacleRow) -> ObstacleLine {
    let stage = match row.stage {
        ObstacleStage::Raised => "chờ trả lời",
        ObstacleStage::Answered => "đã trả lời",
        ObstacleStage::Resolved => "đã xử lý",
    };
    ObstacleLine {
        id: row.id,
        group: words::obstacle_group(row.group).to_owned(),
        text: if row.detail.is_empty() { row.title } else { format!("{}: {}", row.title, row.detail) },
        tasks: row.tasks.into_iter().map(|task| task.no).collect(),
        party: row.party_name,
        raised: Ms(row.raised_at),
        // The day is the last for the answer, to its end.
        answer_due: day(row.answer_due.as_ref()).map(|due| Ms::at(due, 23, 59)),
        state: state(stage, &row.timing),
        answer: row.resolution.or(row.answer).unwrap_or_default(),
        overdue: row.overdue,
        open: row.stage != ObstacleStage::Resolved,
    }
}

/// `chờ trả lời đã 2,5 ngày làm việc`, `chờ trả lời, quá hạn trả lời 2 ngày`, `đã xử lý sau 3 giờ làm việc`.
fn state(stage: &str, timing: &str) -> String {
    let waited = timing.strip_prefix("chờ ").map(|span| format!("{stage} đã {span}"));
    let took = || timing.split_once(" sau ").map(|(_, span)| format!("{stage} sau {span}"));
    match waited.or_else(took) {
        Some(state) => state,
        None if timing.is_empty() => stage.to_owned(),
        None => format!("{stage}, {timing}"),
    }
}
