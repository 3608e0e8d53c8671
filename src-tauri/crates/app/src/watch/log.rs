//! What was observed over a span, for the log of a night: changes of state, gaps, and figures that changed.

use super::{
    WATCH,
    timeline::{SOURCE, change, source_node},
    words as say,
};
use crate::{
    App, messages,
    wire::{ReplayKind, ReplayLine, ReplayOrigin, Target, WireError},
    words,
};
use pvhcc_domain::{
    observation::{FeeTotals, PetitionCounts, ProbeState, SourceId, SyncQueue},
    operation::watch::gaps,
    text::number,
    time::Ms,
};
use pvhcc_store::Reported;
use std::collections::BTreeMap;

impl App {
    /// Lines of `from..=to`, in no order.
    pub(crate) async fn watch_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let mut lines = self.state_lines(from, to).await?;
        lines.extend(self.probe_lines(from, to).await?);
        lines.extend(self.gap_lines(from, to).await?);
        lines.extend(self.figure_lines(from, to).await?);
        Ok(lines)
    }

    /// Sources, flows and APIs. The first state known of a thing is no change, unless it is a bad one.
    async fn state_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let failed = |e| messages::store(&e);
        let mut steps = self.0.store.transitions_under(WATCH, from, to).await.map_err(failed)?;
        steps.extend(self.0.store.transitions_under(SOURCE, from, to).await.map_err(failed)?);
        let told = steps.iter().filter_map(|step| {
            let change = change(&self.0.checklist, step)?;
            if step.from.is_none() && !matches!(change.tone.as_str(), "bad" | "warn") {
                return None;
            }
            let origin =
                if change.kind == "source" { ReplayOrigin::Observed } else { ReplayOrigin::Concluded };
            let target = match change.node.strip_prefix("api:") {
                Some(api) => format!("live?api={api}"),
                None => "live".to_owned(),
            };
            Some(ReplayLine {
                tone: change.tone,
                text: format!("{}: {}", change.title, change.text),
                target: Some(Target::operations(&target)),
                ..ReplayLine::new(step.id.clone(), step.at, ReplayKind::Watch, origin).of(Ms(change.since))
            })
        });
        Ok(told.collect())
    }

    /// Systems around that a probe found in another state than before.
    async fn probe_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let failed = |e| messages::store(&e);
        let before = self.0.store.probe_states(Some(from.plus(-1))).await.map_err(failed)?;
        let mut states: BTreeMap<String, ProbeState> =
            before.into_iter().map(|(id, result)| (id, result.state)).collect();
        let mut lines = Vec::new();
        for result in self.0.store.probe_series(None, from, to).await.map_err(failed)? {
            let was = states.insert(result.probe.clone(), result.state);
            let (tone, text) = match (was, result.state) {
                (Some(was), now) if was == now => continue,
                (None, ProbeState::Up) => continue,
                (_, ProbeState::Up) => ("good", "chạy lại"),
                (_, ProbeState::Down) => ("bad", "không chạy"),
                (_, ProbeState::Unknown) => {
                    ("unknown", "không quan sát được: máy này hoặc mạng không hỏi được")
                }
            };
            let id = format!("probe:{}:{}", result.probe, result.asked_at.0);
            let line = ReplayLine::new(id, result.asked_at, ReplayKind::Watch, ReplayOrigin::Observed);
            let name = self.0.alerts.graph().name(&format!("probe:{}", result.probe)).to_owned();
            lines.push(ReplayLine {
                tone: tone.to_owned(),
                text: format!("{name}: {text}"),
                detail: result.error.as_deref().map(say::error).unwrap_or_default(),
                target: Some(Target::operations("live")),
                ..line
            });
        }
        Ok(lines)
    }

    async fn gap_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let mut lines = Vec::new();
        for id in self.watched_sources() {
            let limit = self.limit(id).await?;
            for gap in gaps(&self.answers_of(id, limit, from, to).await?, limit, from, to) {
                let mut push = |at: Ms, tone: &str, text: String| {
                    let name = format!("gap:{}:{}", source_node(id), at.0);
                    let line = ReplayLine::new(
                        format!("{name}:{}", id.as_str()),
                        at,
                        ReplayKind::Gap,
                        ReplayOrigin::Observed,
                    );
                    lines.push(ReplayLine {
                        tone: tone.to_owned(),
                        text: format!("{}: {text}", words::source(id)),
                        target: Some(Target::operations("live?view=timeline")),
                        ..line
                    });
                };
                push(gap.from, "unknown", "không quan sát được".to_owned());
                if gap.to < to {
                    let lasted = words::span(gap.to.0 - gap.from.0);
                    push(gap.to, "good", format!("quan sát lại được, sau {lasted}"));
                }
            }
        }
        Ok(lines)
    }

    /// Figures that were reported otherwise than before.
    async fn figure_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let failed = |e| messages::store(&e);
        let (store, before) = (&self.0.store, Some(from.plus(-1)));
        let mut lines = Vec::new();
        changed(
            &mut lines,
            "queue",
            store.sync_queue(before).await.map_err(failed)?,
            store.sync_series(from, to).await.map_err(failed)?,
            |q: &SyncQueue| vec![("chờ", q.waiting), ("bỏ dở", q.failed)],
            words::source(SourceId::GatewaySync),
        );
        changed(
            &mut lines,
            "fees",
            store.fee_totals(before).await.map_err(failed)?,
            store.fee_series(from, to).await.map_err(failed)?,
            |f: &FeeTotals| vec![("hồ sơ chưa thanh toán", f.dossiers), ("đồng", f.amount)],
            words::source(SourceId::GatewayFees),
        );
        changed(
            &mut lines,
            "petitions",
            store.petitions(before).await.map_err(failed)?,
            store.petition_series(from, to).await.map_err(failed)?,
            |p: &PetitionCounts| {
                vec![("đang xử lý", p.processing), ("quá hạn", p.overdue), ("đã trả lời", p.answered)]
            },
            words::source(SourceId::GatewayPetitions),
        );
        Ok(lines)
    }
}

/// A line for each report whose figures are not those of the one before: `chờ 1.181 (+12), bỏ dở 3`.
fn changed<T>(
    lines: &mut Vec<ReplayLine>,
    node: &str,
    before: Option<Reported<T>>,
    reports: Vec<Reported<T>>,
    figures: impl Fn(&T) -> Vec<(&'static str, u64)>,
    title: &str,
) {
    let mut last = before.map(|reported| figures(&reported.value));
    for reported in reports {
        let now = figures(&reported.value);
        if last.as_ref() == Some(&now) {
            continue;
        }
        let told = now.iter().enumerate().map(|(n, (name, value))| {
            let by = last.as_ref().map_or(0, |last| value.cast_signed() - last[n].1.cast_signed());
            let by = match by {
                0 => String::new(),
                more @ 1.. => format!(" (+{})", number(more)),
                less => format!(" (−{})", number(-less)),
            };
            format!("{name} {}{by}", number(value.cast_signed()))
        });
        let text = format!("{title}: {}", told.collect::<Vec<_>>().join(", "));
        let id = format!("{node}:{}", reported.fetched_at.0);
        let line = ReplayLine::new(id, reported.fetched_at, ReplayKind::Figures, ReplayOrigin::Observed);
        lines.push(ReplayLine { text, target: Some(Target::operations("live")), ..line.of(reported.as_of) });
        last = Some(now);
    }
}
