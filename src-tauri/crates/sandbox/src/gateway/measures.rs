//! Traffic of the APIs in buckets of five minutes: a pure function of seed, API and bucket.
//!
//! Office hours, lunch, night, week-ends and the Monday peak; an API has traffic from a few days after its task was done,
//! whatever the gateway says of the task; the incidents of the scenario lower the success rate and slow the answers. A night that is
//! played has its own traffic and troubles instead.

use super::{Gateway, Incident};
use crate::{
    history,
    noise::{bits, share, unit, word},
    scenario::Night,
};
use chrono::{Datelike, Days, Timelike, Weekday};
use pvhcc_domain::{
    observation::{ApiMeasure, LATENCY_BOUNDS_MS},
    time::Ms,
};
use serde::Serialize;
use std::sync::Arc;

/// Length of a bucket.
pub(super) const BUCKET_MS: i64 = 300_000;

/// One row of `/v1/apis/measures`: [`ApiMeasure`] with its instant in the contract's spelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct MeasureRow {
    api: String,
    from: String,
    ok: u64,
    client_error: u64,
    server_error: u64,
    timeout: u64,
    latency: Vec<u64>,
    last_error: Option<String>,
}

/// What the traffic of one API looks like.
struct Profile<'a> {
    api: &'a str,
    key: u64,
    /// Calls in five minutes at an ordinary office hour.
    calls: f64,
    /// Median duration in milliseconds.
    median: f64,
    since: Ms,
}

impl Gateway {
    /// Buckets with calls whose start lies in [from, to) and that are over at `now`, by bucket, then API.
    pub(super) fn measures(&self, night: Option<&Night>, from: Ms, to: Ms, now: Ms) -> Vec<MeasureRow> {
        let profiles = self.profiles(now);
        let first = (from.0 + BUCKET_MS - 1).div_euclid(BUCKET_MS) * BUCKET_MS;
        let mut rows = Vec::new();
        let mut start = Ms(first);
        while start < to && start.plus(BUCKET_MS) <= now {
            rows.extend(profiles.iter().filter_map(|p| self.bucket(p, start, night)).map(spell));
            start = start.plus(BUCKET_MS);
        }
        rows
    }

    fn profiles(&self, now: Ms) -> Vec<Profile<'_>> {
        self.checklist
            .apis()
            .filter(|(api, _)| !self.scenario.silent.iter().any(|silent| silent == api))
            .filter_map(|(api, row)| {
                let key = word(api);
                let first = 1 + bits(self.seed, &[key, 6]) % 5;
                let day = self.done_on(&row.no, now)?.checked_add_days(Days::new(first))?;
                let set = self.scenario.traffic.get(api).or_else(|| self.scenario.rare.get(api));
                Some(Profile {
                    api,
                    key,
                    calls: set.copied().unwrap_or_else(|| 1.0 + 11.0 * unit(self.seed, &[key, 1])),
                    median: 120.0 + 330.0 * unit(self.seed, &[key, 2]),
                    since: Ms::at(day, 0, 0),
                })
            })
            .collect()
    }

    fn bucket(&self, profile: &Profile<'_>, from: Ms, night: Option<&Night>) -> Option<ApiMeasure> {
        if from < profile.since {
            return None;
        }
        let draw = |purpose: u64| unit(self.seed, &[profile.key, from.0 as u64, purpose]);
        let end = from.plus(BUCKET_MS);
        let times = night.map_or(1.0, |n| n.traffic(profile.api, from, end));
        let expected = profile.calls * rhythm(from) * (0.8 + 0.4 * draw(1)) * times;
        let calls = (expected + draw(2)) as u64;
        if calls == 0 {
            return None;
        }
        let played = night.and_then(|n| n.calls(profile.api, from, end));
        let ordinary = night.is_none_or(|n| !n.is_on(from));
        let incident =
            self.scenario.incidents.iter().find(|i| ordinary && i.api == profile.api && i.covers(from));
        let mut measure = ApiMeasure {
            api: profile.api.to_owned(),
            from,
            ok: calls,
            client_error: 0,
            server_error: 0,
            timeout: 0,
            latency: Vec::new(),
            last_error: None,
        };
        if let Some(incident) = incident {
            measure.timeout = (calls as f64 * (1.0 - incident.success) + draw(3)) as u64;
            measure.last_error = (measure.timeout > 0).then(|| incident.error.clone());
        } else if let Some(wrong) = played.filter(|p| p.success < 1.0) {
            measure.server_error = ((calls as f64 * (1.0 - wrong.success) + draw(3)) as u64).min(calls);
            let failed = measure.server_error > 0;
            measure.last_error = wrong.error.filter(|_| failed).map(str::to_owned);
        } else {
            // Four calls in a thousand fail on an ordinary day, mostly for what the caller sent.
            let failed = ((calls as f64 * 0.004 + draw(3)) as u64).min(calls);
            let (count, code) = match (draw(4) * 10.0) as u64 {
                0..6 => (&mut measure.client_error, "HTTP_400"),
                6..9 => (&mut measure.server_error, "HTTP_503"),
                _ => (&mut measure.timeout, "TIMEOUT"),
            };
            *count = failed;
            measure.last_error = (failed > 0).then(|| code.to_owned());
        }
        measure.ok = calls - measure.client_error - measure.server_error - measure.timeout;
        let slower = incident.map_or(1.0, |i| i.slower) * played.map_or(1.0, |p| p.slower);
        let median = profile.median * slower * (0.9 + 0.2 * draw(5));
        measure.latency = histogram(calls - measure.timeout, median);
        if let Some(above) = measure.latency.last_mut() {
            *above += measure.timeout;
        }
        Some(measure)
    }
}

/// The traffic of the training province without a server, to write its past from.
#[derive(Debug)]
pub struct Traffic(Gateway);

impl Traffic {
    /// The traffic of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Gateway::new(seed, Arc::new(history::history(seed))))
    }

    /// When an API got its first traffic, as known at `now`; `None` when it has none yet.
    #[must_use]
    pub fn begins(&self, api: &str, now: Ms) -> Option<Ms> {
        self.0.profiles(now).iter().find(|p| p.api == api).map(|p| p.since)
    }

    /// Buckets of one API that begin in `from..to` and are over at `to`, oldest first.
    #[must_use]
    pub fn of(&self, api: &str, from: Ms, to: Ms) -> Vec<ApiMeasure> {
        let profiles = self.0.profiles(to);
        let Some(profile) = profiles.iter().find(|p| p.api == api) else { return Vec::new() };
        let first = (from.0.max(profile.since.0) + BUCKET_MS - 1).div_euclid(BUCKET_MS) * BUCKET_MS;
        let starts = (0..).map(|i| Ms(first + i * BUCKET_MS)).take_while(|start| start.plus(BUCKET_MS) <= to);
        starts.filter_map(|start| self.0.bucket(profile, start, None)).collect()
    }
}

impl Incident {
    fn covers(&self, at: Ms) -> bool {
        let instant = |text: &str| Ms::parse_rfc3339(text).ok();
        instant(&self.from).is_some_and(|from| from <= at)
            && self.to.as_deref().and_then(instant).is_none_or(|to| at < to)
    }
}

fn spell(measure: ApiMeasure) -> MeasureRow {
    MeasureRow {
        api: measure.api,
        from: measure.from.to_rfc3339(),
        ok: measure.ok,
        client_error: measure.client_error,
        server_error: measure.server_error,
        timeout: measure.timeout,
        latency: measure.latency,
        last_error: measure.last_error,
    }
}

/// How busy the offices are, against an ordinary office hour.
pub(super) fn rhythm(at: Ms) -> f64 {
    let local = at.local();
    let hour = f64::from(local.hour()) + f64::from(local.minute()) / 60.0;
    let of_day = match hour {
        h if h < 6.0 => 0.03,
        h if h < 7.0 => 0.3,
        h if h < 11.5 => 1.1,
        h if h < 13.5 => 0.35,
        h if h < 17.0 => 1.0,
        h if h < 22.0 => 0.22,
        _ => 0.08,
    };
    let of_week = match local.weekday() {
        Weekday::Mon => 1.3,
        Weekday::Sat => 0.3,
        Weekday::Sun => 0.15,
        _ => 1.0,
    };
    of_day * of_week
}

/// `calls` over the bounds, with durations spread log-logistically around `median` milliseconds.
fn histogram(calls: u64, median: f64) -> Vec<u64> {
    let below = |bound: u32| 1.0 / (1.0 + (median / f64::from(bound)).powf(3.6));
    let mut weights = Vec::with_capacity(LATENCY_BOUNDS_MS.len() + 1);
    let mut before = 0.0;
    for bound in LATENCY_BOUNDS_MS {
        weights.push(below(bound) - before);
        before = below(bound);
    }
    weights.push(0.0); // What takes longer than the last bound has timed out.
    share(calls, &weights, &vec![calls; weights.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{history, training_start};

    fn gateway(seed: u64) -> Gateway {
        Gateway::new(seed, Arc::new(history(seed)))
    }

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(text).expect("instant")
    }

    fn success(rows: &[MeasureRow], api: &str) -> (u64, f64) {
        let of_api: Vec<&MeasureRow> = rows.iter().filter(|r| r.api == api).collect();
        let ok: u64 = of_api.iter().map(|r| r.ok).sum();
        let calls: u64 = of_api.iter().map(|r| r.latency.iter().sum::<u64>()).sum();
        (calls, ok as f64 / calls as f64)
    }

    #[test]
    fn payment_sync_falls_to_91_percent_at_13_40_and_was_fine_before() {
        let gateway = gateway(1);
        let now = at("2026-05-29T14:10:00+07:00");
        let (_, before) = success(
            &gateway.measures(None, at("2026-05-29T12:00:00+07:00"), at("2026-05-29T13:40:00+07:00"), now),
            "dvcqg.07",
        );
        let (calls, after) =
            success(&gateway.measures(None, at("2026-05-29T13:40:00+07:00"), now, now), "dvcqg.07");
        assert!(before > 0.98, "{before}");
        assert!((0.90..0.925).contains(&after), "{after}");
        assert!((350..600).contains(&calls), "{calls}");
    }

    #[test]
    fn only_finished_buckets_of_working_apis_are_told_and_their_counts_add_up() {
        let now = training_start().plus(123_456);
        let rows = gateway(1).measures(None, now.plus(-24 * 3_600_000), now.plus(3_600_000), now);
        assert!(rows.len() > 3000);
        for row in &rows {
            let start = at(&row.from);
            assert!(start.plus(BUCKET_MS) <= now && start.0 % BUCKET_MS == 0);
            assert_eq!(row.latency.len(), 13);
            let calls = row.ok + row.client_error + row.server_error + row.timeout;
            assert_eq!(row.latency.iter().sum::<u64>(), calls);
            assert_eq!(row.last_error.is_some(), calls > row.ok);
        }
        assert!(rows.iter().all(|r| r.api != "dvcqg.09" && r.api != "province.10"), "not built yet");
        assert!(rows.iter().filter(|r| r.api == "dvcqg.18").count() < 30, "a rare one");
    }

    #[test]
    fn a_bucket_is_the_same_however_it_is_asked_for_and_differs_by_seed() {
        let now = training_start();
        let (from, to) = (at("2026-05-29T09:00:00+07:00"), at("2026-05-29T09:05:00+07:00"));
        let wide = gateway(1).measures(None, from.plus(-3_600_000), now, now);
        let narrow = gateway(1).measures(None, from, to, now);
        assert!(!narrow.is_empty() && narrow.iter().all(|r| wide.contains(r)));
        assert_ne!(narrow, gateway(2).measures(None, from, to, now));
    }

    #[test]
    fn mondays_are_busiest_and_nights_quiet() {
        let gateway = gateway(1);
        let calls = |day: &str, from: &str, to: &str| -> u64 {
            let at = |time: &str| at(&format!("{day}T{time}:00+07:00"));
            let rows = gateway.measures(None, at(from), at(to), training_start());
            rows.iter().map(|r| r.latency.iter().sum::<u64>()).sum()
        };
        let monday = calls("2026-05-25", "08:00", "11:00");
        assert!(monday > calls("2026-05-26", "08:00", "11:00"));
        assert!(monday > 20 * calls("2026-05-25", "01:00", "04:00"));
    }
}
