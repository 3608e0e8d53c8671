//! One API: its curve, its past, and what hangs on it.

use super::{api_entity, timeline, words as say};
use crate::{
    App, messages,
    proof::{Known, bar_text},
    wire::{ErrorCode, TaskLink, WatchApiArgs, WatchApiView, WatchPoint, WireError},
    words,
};
use pvhcc_domain::{
    observation::{ApiMeasure, Stage},
    operation::watch::share,
    proof::{BUCKET_MS, percentile},
    time::Ms,
};

const HOUR_MS: i64 = 3_600_000;
/// Most points of a curve: beyond, a point is wider.
const POINTS: i64 = 288;

impl App {
    pub(crate) async fn watch_api(&self, args: WatchApiArgs) -> Result<WatchApiView, WireError> {
        let hours = args.hours.unwrap_or(24);
        if !(2..=48).contains(&hours) {
            return Err(messages::invalid("hours", "Đồ thị của một API xem được từ 2 đến 48 giờ."));
        }
        let watched = self.watched().await?;
        let Some((api, seen)) = watched.apis.iter().find(|(api, _)| *api == args.api) else {
            let message = format!("Không có API “{}” trong danh mục.", args.api);
            return Err(WireError::new(ErrorCode::NotFound, message));
        };
        let failed = |e| messages::store(&e);
        let span = i64::from(hours) * HOUR_MS;
        let step = (span / POINTS).max(BUCKET_MS);
        let end = watched.to.unwrap_or(seen.to);
        let buckets = self.0.store.api_measures(Some(api), end.plus(-span), end).await.map_err(failed)?;
        let known = Known::read(&self.0.store).await.map_err(failed)?;
        let observed = |from: Ms, to: Ms| known.as_ref().is_some_and(|known| known.covers(from, to));
        let bar = watched.bars.of(api);
        let entity = api_entity(api);
        let steps =
            self.0.store.transitions_under(&entity, Ms(i64::MIN), watched.at).await.map_err(failed)?;
        let mut changes: Vec<_> = (steps.iter().filter(|step| step.entity == entity))
            .filter_map(|step| timeline::change(&self.0.checklist, step))
            .collect();
        changes.reverse();
        let flow = self.flow_of(api);
        let rests = self.0.checklist.tasks().filter(|row| {
            row.api.as_deref() == Some(api)
                || (flow.is_some() && row.flow == flow && row.stage == Some(Stage::Test))
        });
        let states = self.task_states().await?;
        let tasks = rests
            .map(|row| TaskLink {
                no: row.no.clone(),
                title: row.title.clone(),
                status: states.get(&row.no).map(|s| s.status).unwrap_or_default(),
            })
            .collect();
        Ok(WatchApiView {
            tile: self.api_tile(&watched, api, seen),
            flow_title: flow.map(|flow| words::flow(flow).to_owned()),
            bar: bar_text(&bar),
            bar_success: bar.success,
            verdict_text: say::verdict(watched.verdict(seen)).to_owned(),
            measured: say::measured(seen, watched.at),
            points: points(&buckets, end.plus(-span), end, step, &observed),
            step,
            changes,
            tasks,
        })
    }
}

fn points(
    buckets: &[ApiMeasure],
    from: Ms,
    to: Ms,
    step: i64,
    observed: &dyn Fn(Ms, Ms) -> bool,
) -> Vec<WatchPoint> {
    let starts = (0..).map(|n| from.plus(n * step)).take_while(|start| *start < to);
    starts
        .map(|start| {
            let end = start.plus(step).min(to);
            let first = buckets.partition_point(|m| m.from < start);
            let last = buckets.partition_point(|m| m.from < end);
            let inside = &buckets[first..last];
            let (ok, calls) = inside.iter().fold((0, 0), |(ok, n), m| (ok + m.ok, n + m.calls()));
            WatchPoint {
                at: start.0,
                calls: u32::try_from(calls).unwrap_or(u32::MAX),
                rate: share(ok, calls),
                p95_ms: (calls > 0).then(|| percentile(inside, 0.95).unwrap_or(0)),
                observed: observed(start, end),
            }
        })
        .collect()
}
