//! Heat map of the APIs over time. What the gateway did not tell of is a gap, never a zero.

use super::{timeline::span, words as say};
use crate::{
    App, messages,
    proof::Known,
    wire::{HeatLine, HeatMetric, WatchHeatArgs, WatchHeatView, WireError},
    words,
};
use pvhcc_domain::{
    observation::ApiMeasure,
    operation::watch::share,
    proof::{Bar, percentile},
    time::{Ms, PROVINCE_OFFSET_SECONDS},
};

/// Widths of a column that may be asked for, minutes.
const STEPS: [u32; 5] = [5, 15, 60, 360, 1440];
/// Most columns of a map.
const COLUMNS: i64 = 192;
const LONGEST_MS: i64 = 92 * 86_400_000;
const MINUTE_MS: i64 = 60_000;

impl App {
    pub(crate) async fn watch_heat(&self, args: WatchHeatArgs) -> Result<WatchHeatView, WireError> {
        let watched = self.watched().await?;
        let (from, to) = span(args.from, args.to, watched.at, LONGEST_MS)?;
        let fits = |step: u32| (to.0 - from.0) / (i64::from(step) * MINUTE_MS) < COLUMNS;
        let step = match args.step {
            None => STEPS.into_iter().find(|step| fits(*step)).unwrap_or(STEPS[STEPS.len() - 1]),
            Some(step) if !STEPS.contains(&step) => {
                return Err(messages::invalid("step", "Độ rộng một cột là 5, 15, 60, 360 hoặc 1440 phút."));
            }
            Some(step) if !fits(step) => {
                return Err(messages::invalid(
                    "step",
                    "Khoảng thời gian quá dài cho độ rộng cột này. Hãy chọn cột rộng hơn.",
                ));
            }
            Some(step) => step,
        };
        let width = i64::from(step) * MINUTE_MS;
        let metric = args.metric.unwrap_or_default();
        // Columns begin at whole steps of the province's day.
        let offset = i64::from(PROVINCE_OFFSET_SECONDS) * 1000;
        let first = Ms((from.0 + offset).div_euclid(width) * width - offset);
        let failed = |e| messages::store(&e);
        let store = &self.0.store;
        let known = Known::read(store).await.map_err(failed)?;
        // Nothing is known beyond what the gateway had told by then.
        let end = watched.to.unwrap_or(first).min(to);
        let slots =
            store.api_slots(first, end.max(first), width, metric == HeatMetric::P95).await.map_err(failed)?;
        // What the gateway will tell of next is no gap yet.
        let stop = if watched.measures().current { end } else { to };
        let columns: Vec<Ms> =
            (0..).map(|n| first.plus(n * width)).take_while(|start| *start < stop).collect();
        let observed: Vec<bool> = (columns.iter())
            .map(|start| {
                let until = start.plus(width).min(end);
                *start < end && known.as_ref().is_some_and(|known| known.covers(*start, until))
            })
            .collect();
        let mut worst: Option<(f64, String)> = None;
        let mut rows = Vec::new();
        for (api, row) in self.0.checklist.apis() {
            let bar = watched.bars.of(api);
            let own: Vec<&ApiMeasure> = slots.iter().filter(|m| m.api == api).collect();
            let mut line = HeatLine {
                api: api.to_owned(),
                no: row.no.clone(),
                title: say::api(&self.0.checklist, api).to_owned(),
                bar: if metric == HeatMetric::Success { bar.success } else { f64::from(bar.p95_ms) },
                calls: Vec::new(),
                values: Vec::new(),
            };
            for (start, observed) in columns.iter().zip(&observed) {
                let slot = own.iter().find(|m| m.from == *start).copied();
                let calls = slot.map_or(0, ApiMeasure::calls);
                let value = slot.and_then(|slot| value(slot, metric));
                line.calls.push(observed.then(|| u32::try_from(calls).unwrap_or(u32::MAX)));
                line.values.push(value.filter(|_| *observed));
                let beyond = slot
                    .filter(|_| *observed && calls >= bar.min_calls)
                    .and_then(|s| beyond(s, &bar, metric));
                if let Some((by, said)) = beyond
                    && worst.as_ref().is_none_or(|(most, _)| by > *most)
                {
                    let at = words::moment(*start, watched.at);
                    worst = Some((by, format!("Kém nhất: TT {} lúc {at}, {said}", row.no)));
                }
            }
            rows.push(line);
        }
        let fine = || "Không ô nào dưới mức với đủ lượt gọi".to_owned();
        let gaps = observed.iter().filter(|seen| !**seen).count();
        let mut headline = worst.map_or_else(fine, |(_, said)| said);
        if gaps > 0 {
            headline += &format!("; {gaps} trên {} cột không quan sát được", columns.len());
        }
        let columns = columns.into_iter().map(|start| start.0).collect();
        Ok(WatchHeatView { columns, step, metric, headline, rows })
    }
}

fn value(slot: &ApiMeasure, metric: HeatMetric) -> Option<f64> {
    match metric {
        HeatMetric::Success => share(slot.ok, slot.calls()),
        HeatMetric::P95 => (slot.calls() > 0).then(|| f64::from(percentile([slot], 0.95).unwrap_or(0))),
    }
}

/// How far beyond its bar a slot is, to compare by, and in words.
fn beyond(slot: &ApiMeasure, bar: &Bar, metric: HeatMetric) -> Option<(f64, String)> {
    match metric {
        HeatMetric::Success => {
            let rate = share(slot.ok, slot.calls())?;
            (rate < bar.success).then(|| (1.0 - rate, say::rate(slot.ok, slot.calls())))
        }
        HeatMetric::P95 => {
            let p95 = percentile([slot], 0.95);
            let late = p95.is_none_or(|p95| p95 > bar.p95_ms);
            late.then(|| (p95.map_or(f64::MAX, f64::from), format!("p95 {}", say::bound(p95))))
        }
    }
}
