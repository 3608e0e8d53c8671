//! Which spans there are to play: the night that is on or was last, runs, the cutover night, the last hours.

use crate::{
    App, messages,
    runs::mode_words,
    wire::{ReplaySpan, WireError},
};
use pvhcc_domain::milestones;

/// The milestone of the switch.
const SWITCH: &str = "portal_moves";
/// Longest span, ms: two weeks.
pub(super) const LONGEST_MS: i64 = 14 * 86_400_000;
const HOUR_MS: i64 = 3_600_000;
/// The night around the switch: from three hours before it until five after.
const BEFORE_MS: i64 = 3 * HOUR_MS;
const AFTER_MS: i64 = 5 * HOUR_MS;
/// Hours of the last span.
const LAST_HOURS: i64 = 8;

impl App {
    /// Spans that have begun, that which is on now or began last first; the last hours at the end.
    pub(super) async fn replay_spans(&self) -> Result<Vec<ReplaySpan>, WireError> {
        let now = self.now();
        let mut spans: Vec<ReplaySpan> = Vec::new();
        for night in self.rehearsals().await?.nights {
            if let (Some(from), Some(to)) = (night.from, night.to) {
                spans.push(ReplaySpan { title: format!("Diễn tập: {}", night.title), from, to });
            }
        }
        for run in self.run_states().await?.0 {
            let book = self.runbook_of(&run).await?;
            let mode = mode_words(run.mode);
            let end = run.ended.as_ref().map_or_else(|| book.window_ends(run.starts), |(said, _)| said.at);
            spans.push(ReplaySpan {
                title: format!("{mode}: {}", book.title),
                from: run.opened.at.min(run.starts).0,
                to: end.max(run.opened.at.plus(HOUR_MS)).0,
            });
        }
        let milestones = milestones::builtin().map_err(|e| messages::builtin(&e))?;
        if let Some(switch) = milestones.iter().find(|m| m.id == SWITCH).and_then(|m| m.at) {
            spans.push(ReplaySpan {
                title: format!("Đêm chuyển đổi {}", switch.local().format("%d/%m/%Y")),
                from: switch.plus(-BEFORE_MS).0,
                to: switch.plus(AFTER_MS).0,
            });
        }
        spans.retain(|span| span.from < now.0 && span.to - span.from <= LONGEST_MS);
        let on = |span: &ReplaySpan| span.to > now.0;
        spans.sort_by_key(|span| (!on(span), std::cmp::Reverse(span.from)));
        for span in &mut spans {
            span.to = span.to.min(now.0);
        }
        spans.dedup_by(|a, b| (a.from, a.to) == (b.from, b.to));
        spans.push(ReplaySpan {
            title: format!("{LAST_HOURS} giờ gần nhất"),
            from: now.plus(-LAST_HOURS * HOUR_MS).0,
            to: now.0,
        });
        Ok(spans)
    }
}
