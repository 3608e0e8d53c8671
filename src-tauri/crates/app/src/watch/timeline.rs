//! What changed when: of sources, flows and APIs, over any span. Read from what was concluded; spans in which the gateway was
//! not asked or did not answer are told as not observed.

use super::{WATCH, api_entity, entity_of, read::Watched, words as say};
use crate::{
    App, messages,
    wire::{WatchChange, WatchLane, WatchStretch, WatchTimelineArgs, WatchTimelineView, WireError},
    words,
};
use pvhcc_domain::{
    checklist::Checklist,
    observation::{Flow, ProbeState, SourceId, Stage},
    operation::{
        signal::{api_node, flow_node},
        watch::{FlowStanding, Health, Span, gaps},
    },
    text::number,
    time::Ms,
};
use pvhcc_store::Transition;

/// Longest span, ms.
const LONGEST_MS: i64 = 92 * 86_400_000;
pub(super) const SOURCE: &str = "source:";

impl App {
    pub(crate) async fn watch_timeline(
        &self,
        args: WatchTimelineArgs,
    ) -> Result<WatchTimelineView, WireError> {
        let watched = self.watched().await?;
        let (from, to) = span(args.from, args.to, watched.at, LONGEST_MS)?;
        let mut lanes = Vec::new();
        let mut gaps_of = Vec::new();
        for id in self.watched_sources() {
            let (lane, missing) = self.source_lane(&watched, id, from, to).await?;
            lanes.push(lane);
            gaps_of.push((id, missing));
        }
        lanes.extend(self.probe_lanes(&watched, from, to).await?);
        let missing = |id: SourceId| {
            gaps_of.iter().find(|(of, _)| *of == id).map_or(&[][..], |(_, gaps)| gaps.as_slice())
        };
        let mut flows: Vec<_> =
            watched.flows.iter().filter(|f| watched.standing(f) != FlowStanding::Absent).collect();
        flows.sort_by_key(|f| (f.flow, f.phase, f.stage));
        for flow in flows.into_iter().filter(|f| f.stage == Stage::Test) {
            let title = format!("{} · GĐ{}", words::flow(flow.flow), flow.phase);
            let stretches = stretches(&watched, &entity_of(flow), from, to, missing(SourceId::GatewayFlows));
            lanes.push(WatchLane { kind: "flow".to_owned(), node: flow_node(flow.flow), title, stretches });
        }
        for (api, seen) in &watched.apis {
            let entity = api_entity(api);
            let changed = watched.log.by_entity.get(&entity).is_some_and(|steps| {
                let mut known = steps.iter().skip(1).filter(|step| step.at <= watched.at);
                known.any(|step| step.since >= from && step.since <= to)
            });
            if changed || matches!(seen.health, Health::Failing | Health::Slow) {
                let stretches = stretches(&watched, &entity, from, to, missing(SourceId::GatewayApis));
                lanes.push(WatchLane {
                    kind: "api".to_owned(),
                    node: api_node(api),
                    title: api_title(&self.0.checklist, api),
                    stretches,
                });
            }
        }
        let changes = self.watch_changes(&watched, from, to).await?;
        let bad = changes.iter().filter(|c| c.tone == "bad").count();
        let unseen: i64 = missing(SourceId::GatewayApis).iter().map(|gap| gap.to.0 - gap.from.0).sum();
        let mut headline = match changes.len() {
            0 => "Không có thay đổi trạng thái nào".to_owned(),
            n => format!("{} lần đổi trạng thái, {} lần sang lỗi", number(n as i64), number(bad as i64)),
        };
        if unseen > 0 {
            headline += &format!("; {} không quan sát được số đo API", words::span(unseen));
        }
        Ok(WatchTimelineView { from: from.0, to: to.0, headline, lanes, changes })
    }

    /// Surrounding systems by what their probes said; what lies farther apart than the limit was not observed between.
    async fn probe_lanes(&self, watched: &Watched, from: Ms, to: Ms) -> Result<Vec<WatchLane>, WireError> {
        let limit = watched.source(SourceId::Probes).limit;
        let mut lanes = Vec::new();
        for (id, title) in &self.0.watch.probes {
            let series = self.0.store.probe_series(Some(id), from.plus(-limit), to).await;
            let series = series.map_err(|e| messages::store(&e))?;
            let mut stretches = Vec::new();
            let mut known = from;
            for (n, result) in series.iter().enumerate() {
                let next = series.get(n + 1).map_or(to, |next| next.asked_at);
                let (begin, end) = (result.asked_at.max(from), next.min(result.asked_at.plus(limit)).min(to));
                push(&mut stretches, known, begin, "unknown", "không quan sát được");
                let (tone, text) = match result.state {
                    ProbeState::Up => ("good", "chạy"),
                    ProbeState::Down => ("bad", "không chạy"),
                    ProbeState::Unknown => ("unknown", "không quan sát được"),
                };
                push(&mut stretches, begin, end, tone, text);
                known = end.max(known);
            }
            push(&mut stretches, known, to, "unknown", "không quan sát được");
            let (kind, node) = ("probe".to_owned(), format!("probe:{id}"));
            lanes.push(WatchLane { kind, node, title: title.clone(), stretches });
        }
        Ok(lanes)
    }

    async fn source_lane(
        &self,
        watched: &Watched,
        id: SourceId,
        from: Ms,
        to: Ms,
    ) -> Result<(WatchLane, Vec<Span>), WireError> {
        let limit = watched.source(id).limit;
        let missing = gaps(&self.answers_of(id, limit, from, to).await?, limit, from, to);
        let mut stretches = Vec::new();
        let mut seen = from;
        for gap in &missing {
            push(&mut stretches, seen, gap.from, "good", "trả lời");
            push(&mut stretches, gap.from, gap.to, "unknown", "không quan sát được");
            seen = gap.to;
        }
        push(&mut stretches, seen, to, "good", "trả lời");
        let lane = WatchLane {
            kind: "source".to_owned(),
            node: source_node(id).to_owned(),
            title: words::source(id).to_owned(),
            stretches,
        };
        Ok((lane, missing))
    }

    /// When a source answered in a span and, for what that says of its begin, at most `limit` ms before it.
    pub(super) async fn answers_of(
        &self,
        id: SourceId,
        limit: i64,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<Ms>, WireError> {
        let store = &self.0.store;
        let answers = match id {
            // Probes are no rounds: each says when it was sent.
            SourceId::Probes => {
                let series = store.probe_series(None, from.plus(-limit), to).await;
                series.map(|results| results.into_iter().map(|result| result.asked_at).collect())
            }
            _ => store.answers(id, from, to).await,
        };
        answers.map_err(|e| messages::store(&e))
    }

    /// Changes of state that began in the span, newest first. The first state known of a thing is no change.
    pub(super) async fn watch_changes(
        &self,
        watched: &Watched,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<WatchChange>, WireError> {
        let failed = |e| messages::store(&e);
        let mut found = self.0.store.transitions_under(WATCH, from, watched.at).await.map_err(failed)?;
        found.extend(self.0.store.transitions_under(SOURCE, from, watched.at).await.map_err(failed)?);
        let known = found.iter().filter(|step| step.from.is_some());
        let mut changes: Vec<WatchChange> = known
            .filter_map(|step| change(&self.0.checklist, step))
            .filter(|change| (from.0..=to.0).contains(&change.since))
            .collect();
        changes.sort_by_key(|change| std::cmp::Reverse((change.since, change.at)));
        Ok(changes)
    }
}

/// A span that was asked for: in order, not longer than `longest` ms, cut off at what has come.
pub(super) fn span(from: i64, to: i64, at: Ms, longest: i64) -> Result<(Ms, Ms), WireError> {
    let to = to.min(at.0);
    if from >= to {
        return Err(messages::invalid(
            "from",
            "Khoảng thời gian phải bắt đầu trước khi kết thúc và đã bắt đầu.",
        ));
    }
    if to.saturating_sub(from) > longest {
        let days = longest / 86_400_000;
        return Err(messages::invalid(
            "from",
            &format!("Khoảng thời gian dài nhất xem được là {days} ngày."),
        ));
    }
    Ok((Ms(from), Ms(to)))
}

/// A stretch, or more of the last one.
fn push(stretches: &mut Vec<WatchStretch>, from: Ms, to: Ms, tone: &str, text: &str) {
    if from >= to {
        return;
    }
    match stretches.last_mut() {
        Some(last) if last.to == from.0 && last.tone == tone && last.text == text => last.to = to.0,
        _ => stretches.push(WatchStretch {
            from: from.0,
            to: to.0,
            tone: tone.to_owned(),
            text: text.to_owned(),
        }),
    }
}

/// What was concluded of an entity, with what was not observed laid over it. Before the first conclusion nothing is known.
fn stretches(watched: &Watched, entity: &str, from: Ms, to: Ms, missing: &[Span]) -> Vec<WatchStretch> {
    let steps = watched.log.by_entity.get(entity).map_or(&[][..], Vec::as_slice);
    let mut known = Vec::new();
    for (n, step) in steps.iter().enumerate().filter(|(_, step)| step.at <= watched.at) {
        let end = steps.get(n + 1).filter(|next| next.at <= watched.at).map_or(to, |next| next.since);
        let (tone, text) = tone_of(entity, &step.to);
        known.push((step.since.max(from), end.min(to), tone, text));
    }
    let mut found = Vec::new();
    for (start, end, tone, text) in known {
        let mut seen = start;
        for gap in missing.iter().filter(|gap| gap.to > start && gap.from < end) {
            push(&mut found, seen, gap.from, tone, text);
            push(&mut found, gap.from.max(start), gap.to.min(end), "unknown", "không quan sát được");
            seen = gap.to;
        }
        push(&mut found, seen, end, tone, text);
    }
    found
}

fn tone_of(entity: &str, state: &str) -> (&'static str, &'static str) {
    if entity.starts_with("watch:api:") {
        return match Health::parse(state) {
            Some(Health::Failing) => ("bad", say::health(Health::Failing)),
            Some(Health::Slow) => ("warn", say::health(Health::Slow)),
            Some(Health::Good) => ("good", say::health(Health::Good)),
            _ => ("unknown", "không rõ"),
        };
    }
    match FlowStanding::parse(state) {
        Some(FlowStanding::Failing) => ("bad", say::standing(FlowStanding::Failing)),
        Some(FlowStanding::Weak) => ("warn", say::standing(FlowStanding::Weak)),
        Some(FlowStanding::Good) => ("good", say::standing(FlowStanding::Good)),
        Some(FlowStanding::NotStarted) => ("none", say::standing(FlowStanding::NotStarted)),
        _ => ("unknown", "không rõ"),
    }
}

pub(super) fn source_node(id: SourceId) -> &'static str {
    match id {
        SourceId::PortalStatistics => "portal",
        SourceId::GatewaySync => "queue",
        SourceId::GatewayFees => "fees",
        SourceId::GatewayPetitions => "petitions",
        SourceId::Probes => "probe",
        _ => "gateway",
    }
}

/// `TT 17 · Đồng bộ thông tin thanh toán`.
fn api_title(checklist: &Checklist, api: &str) -> String {
    let row = checklist.apis().find(|(id, _)| *id == api).map(|(_, row)| row);
    row.map_or_else(|| api.to_owned(), |row| format!("TT {} · {}", row.no, say::api(checklist, api)))
}

/// A kept conclusion in words; `None` for what the watch does not know.
pub(super) fn change(checklist: &Checklist, step: &Transition) -> Option<WatchChange> {
    let since = step.basis.get("since").and_then(serde_json::Value::as_i64).unwrap_or(step.at.0);
    let error = step.basis.get("error").and_then(serde_json::Value::as_str).map(say::error);
    let (kind, node, title, tone, text) = if let Some(source) = step.entity.strip_prefix(SOURCE) {
        let id = SourceId::ALL.into_iter().find(|id| id.as_str() == source)?;
        let (tone, text) = match step.to.as_str() {
            "failing" => ("bad", "không đáp ứng"),
            _ => ("good", "đáp ứng lại"),
        };
        ("source", source_node(id).to_owned(), words::source(id).to_owned(), tone, text.to_owned())
    } else if let Some(api) = step.entity.strip_prefix("watch:api:") {
        let (tone, text) = tone_of(&step.entity, &step.to);
        let text = match (tone, error) {
            ("good", _) => "đạt lại".to_owned(),
            ("bad", Some(code)) => format!("{text} {code}"),
            ("warn", _) => {
                let p95 = step.basis.get("p95_ms").and_then(serde_json::Value::as_u64);
                let p95 = p95.and_then(|ms| u32::try_from(ms).ok());
                format!("{text}: p95 {}", say::bound(p95))
            }
            _ => text.to_owned(),
        };
        ("api", api_node(api), api_title(checklist, api), tone, text)
    } else {
        let mut parts = step.entity.strip_prefix("watch:flow:")?.split(':');
        let flow = Flow::ALL.into_iter().find(|flow| {
            parts.clone().next().is_some_and(|name| flow_node(*flow).strip_prefix("flow:") == Some(name))
        })?;
        let phase = parts.nth(1)?.parse().ok()?;
        let stage = if parts.next() == Some("test") { Stage::Test } else { Stage::Declare };
        let (tone, text) = tone_of(&step.entity, &step.to);
        let text = match (tone, error) {
            ("good", _) => "đạt lại".to_owned(),
            ("bad", Some(code)) => format!("{text} {code}"),
            _ => text.to_owned(),
        };
        let title = format!("{}, {}", words::flow(flow), words::stage(stage, phase));
        ("flow", flow_node(flow), title, tone, text)
    };
    Some(WatchChange {
        since,
        at: step.at.0,
        kind: kind.to_owned(),
        node,
        title,
        tone: tone.to_owned(),
        text,
    })
}
