//! The live view: what stands how, the matrix of flows, the wall of APIs, and what changed last.

use super::{
    read::{CURVE_MS, Watched},
    words as say,
};
use crate::{
    App,
    wire::{ApiTile, FlowCell, FlowLine, HealthCount, WatchSource, WatchView, WireError},
    words,
};
use pvhcc_domain::{
    observation::{ApiMeasure, Flow, FlowState},
    operation::watch::{Health, Seen, Verdict, WINDOW_BUCKETS, share},
    proof::BUCKET_MS,
    time::Ms,
};

/// Changes shown beside the matrix.
const CHANGES: usize = 12;
/// How far back they are looked for, ms.
const CHANGES_MS: i64 = 24 * 3_600_000;

impl App {
    pub(crate) async fn watch(&self) -> Result<WatchView, WireError> {
        let watched = self.watched().await?;
        let tiles: Vec<ApiTile> =
            watched.apis.iter().map(|(api, seen)| self.api_tile(&watched, api, seen)).collect();
        let counts = Health::ALL.into_iter().filter_map(|health| {
            let count = tiles.iter().filter(|t| t.health == health).count();
            (count > 0).then(|| HealthCount {
                health,
                state: say::health(health).to_owned(),
                count: small(count),
            })
        });
        let counts: Vec<HealthCount> = counts.collect();
        let sync = self.sync_calls(&watched);
        let mut changes = self.watch_changes(&watched, watched.at.plus(-CHANGES_MS), watched.at).await?;
        changes.truncate(CHANGES);
        let verdict = overall(&watched);
        Ok(WatchView {
            at: watched.at.0,
            past: watched.past,
            verdict,
            headline: headline(&watched, verdict, &counts, tiles.len()),
            sources: self.watched_sources().map(|id| source(&watched, id)).collect(),
            measured_to: watched.to.map(|to| to.0),
            good: counts.iter().find(|c| c.health == Health::Good).map_or(0, |c| c.count),
            counts,
            sync_rate: sync.and_then(|(ok, calls)| share(ok, calls)),
            sync_calls: sync.map_or(0, |(_, calls)| u32::try_from(calls).unwrap_or(u32::MAX)),
            sync_bar: watched.flow_bar,
            around: self.around(&watched).await?,
            flows: Flow::ALL.into_iter().map(|flow| self.flow_line(&watched, flow)).collect(),
            apis: tiles,
            changes,
        })
    }

    /// Flow of an API.
    pub(super) fn flow_of(&self, api: &str) -> Option<Flow> {
        self.0.checklist.apis().find(|(id, _)| *id == api).and_then(|(_, row)| row.flow)
    }

    /// Successes and calls of the last half hour of what carries dossiers and their states; `None` while nobody can tell.
    fn sync_calls(&self, watched: &Watched) -> Option<(u64, u64)> {
        let to = watched.to.filter(|_| watched.measures().current)?;
        let from = to.plus(-WINDOW_BUCKETS * BUCKET_MS);
        let carried = watched
            .buckets
            .iter()
            .filter(|(api, _)| matches!(self.flow_of(api), Some(Flow::DossierSync | Flow::StatusReturn)));
        let counted = carried.flat_map(|(_, buckets)| buckets.iter().filter(|m| m.from >= from));
        Some(counted.fold((0, 0), |(ok, calls), m| (ok + m.ok, calls + m.calls())))
    }

    fn flow_line(&self, watched: &Watched, flow: Flow) -> FlowLine {
        let of_flow: Vec<&Seen> = watched
            .apis
            .iter()
            .filter(|(api, _)| self.flow_of(api) == Some(flow))
            .map(|(_, seen)| seen)
            .collect();
        let mut cells: Vec<&FlowState> = watched.flows.iter().filter(|state| state.flow == flow).collect();
        cells.sort_by_key(|state| (state.phase, state.stage));
        FlowLine {
            flow,
            title: words::flow(flow).to_owned(),
            cells: cells.into_iter().map(|state| cell(watched, state)).collect(),
            apis_good: small(of_flow.iter().filter(|seen| seen.health == Health::Good).count()),
            apis: small(of_flow.len()),
            worst: of_flow.iter().map(|seen| seen.health).min(),
        }
    }

    pub(super) fn api_tile(&self, watched: &Watched, api: &str, seen: &Seen) -> ApiTile {
        let row = self.0.checklist.apis().find(|(id, _)| *id == api).map(|(_, row)| row);
        let buckets = watched.of(api);
        let end = |m: &ApiMeasure| m.from.plus(BUCKET_MS);
        let curve_from = seen.to.plus(-CURVE_MS);
        let recent = || buckets.iter().rev().filter(|m| m.from >= curve_from);
        let failed = recent().find_map(|m| Some((say::error(m.last_error.as_deref()?), end(m))));
        let since = watched.since(api, seen);
        let verdict = watched.verdict(seen);
        let mut detail = vec![say::measured(seen, watched.at)];
        if let Some((code, at)) = &failed {
            detail.push(format!("Lỗi gần nhất: {code}, lúc {}", words::moment(*at, watched.at)));
        }
        if verdict != Verdict::Fine {
            detail.push(say::verdict(verdict).to_owned());
        }
        ApiTile {
            api: api.to_owned(),
            no: row.map(|r| r.no.clone()).unwrap_or_default(),
            title: say::api(&self.0.checklist, api).to_owned(),
            flow: row.and_then(|r| r.flow),
            health: seen.health,
            state: say::health(seen.health).to_owned(),
            verdict,
            value: say::tile(seen),
            calls: u32::try_from(seen.calls).unwrap_or(u32::MAX),
            rate: seen.rate(),
            p50_ms: seen.p50_ms,
            p95_ms: seen.p95_ms,
            since: since.map(|at| at.0),
            last_error_at: failed.as_ref().map(|(_, at)| at.0),
            last_error: failed.map(|(code, _)| code),
            last_success_at: recent().find(|m| m.ok > 0).map(|m| end(m).0),
            curve: curve(buckets, curve_from, seen.to),
            detail: detail.join("\n"),
        }
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn source(watched: &Watched, id: pvhcc_domain::observation::SourceId) -> WatchSource {
    let stand = watched.source(id);
    WatchSource {
        id: id.as_str().to_owned(),
        title: words::source(id).to_owned(),
        state: stand.state,
        text: stand.text.clone(),
        problem: stand.failing.as_ref().map(|(_, _, detail)| detail.clone()),
        fetched_at: stand.fetched.map(|at| at.0),
    }
}

fn cell(watched: &Watched, flow: &FlowState) -> FlowCell {
    FlowCell {
        phase: flow.phase,
        stage: flow.stage,
        standing: watched.standing(flow),
        text: say::cell(watched, flow),
        detail: say::cell_detail(watched, flow),
        since: watched.flow_since(flow).map(|at| at.0),
        last_success_at: flow.last_success_at.map(|at| at.0),
        rate: flow.success_rate,
        calls: u32::try_from(flow.calls).unwrap_or(u32::MAX),
        error: flow.error.as_deref().map(say::error),
    }
}

/// Success by bucket; a bucket without calls is a gap.
fn curve(buckets: &[ApiMeasure], from: Ms, to: Ms) -> Vec<Option<f64>> {
    let starts = (0..).map(|n| from.plus(n * BUCKET_MS)).take_while(|start| *start < to);
    starts
        .map(|start| {
            let at = buckets.binary_search_by_key(&start, |m| m.from).ok()?;
            share(buckets[at].ok, buckets[at].calls())
        })
        .collect()
}

/// Where the fault lies as a whole: the worst that is said of any API, for the places above it are common to all.
fn overall(watched: &Watched) -> Verdict {
    let verdicts = watched.apis.iter().map(|(_, seen)| watched.verdict(seen));
    verdicts.filter(|v| *v != Verdict::Unclear).min().unwrap_or(Verdict::Unclear)
}

fn headline(watched: &Watched, verdict: Verdict, counts: &[HealthCount], total: usize) -> String {
    let count = |health| counts.iter().find(|c| c.health == health).map_or(0, |c| c.count);
    let (failing, slow, good) = (count(Health::Failing), count(Health::Slow), count(Health::Good));
    let since =
        |at: Option<Ms>| at.map(|at| format!(" từ {}", words::moment(at, watched.at))).unwrap_or_default();
    let failed = watched.measures().failing.as_ref();
    match verdict {
        Verdict::OwnMachine => format!("Máy này không hỏi được Trục tích hợp{}", since(failed.map(|f| f.0))),
        Verdict::OwnNetwork => {
            format!("Mạng của đơn vị không tới được Trục tích hợp{}", since(failed.map(|f| f.0)))
        }
        Verdict::Gateway if failed.is_some() => {
            format!("Trục tích hợp không đáp ứng{}", since(failed.map(|f| f.0)))
        }
        Verdict::Gateway => format!("{failing} API cùng lỗi: nguyên nhân chung ở Trục tích hợp"),
        Verdict::NotObserved if watched.silent => {
            format!("Số đo của Trục đứng yên{}: dữ liệu cũ mang ngày giờ mới", since(watched.newest))
        }
        Verdict::NotObserved => match watched.measures().fetched {
            Some(at) => format!("Không quan sát được các API từ {}", words::moment(at, watched.at)),
            None => "Chưa có số đo API nào từ Trục tích hợp".to_owned(),
        },
        Verdict::Api => {
            let mut parts = Vec::new();
            if failing > 0 {
                parts.push(format!("{failing} API lỗi"));
            }
            if slow > 0 {
                parts.push(format!("{slow} API chậm"));
            }
            format!("{}; {good} trên {total} API đạt mức", parts.join(", "))
        }
        Verdict::Unclear | Verdict::Fine => format!("{good} trên {total} API đạt mức, không API nào lỗi"),
    }
}
