//! An hour beside the same hour of earlier days like it, and the day's hours beside what is usual.

use super::words as say;
use crate::{
    App, messages,
    proof::Known,
    wire::{PeakApi, PeakDay, PeakHour, WatchPeakArgs, WatchPeakView, WireError},
    words,
};
use chrono::{NaiveDate, Timelike as _};
use pvhcc_domain::{
    calendar::Calendar,
    observation::ApiMeasure,
    operation::watch::{comparable_days, share},
    proof::percentile,
    response::median,
    text::{date, percent},
    time::Ms,
};
use std::collections::BTreeMap;

const HOUR_MS: i64 = 3_600_000;
/// Earlier days that one is compared with.
const DAYS: usize = 5;
/// Farthest back that they lie, days.
const FARTHEST: u64 = 42;
/// Fewer earlier days than this are no custom.
const LEAST_DAYS: usize = 2;
/// APIs shown.
const APIS: usize = 10;

/// A span of one day, added up by API.
struct Counted {
    day: NaiveDate,
    apis: BTreeMap<String, ApiMeasure>,
}

impl Counted {
    fn calls(&self) -> u64 {
        self.apis.values().map(ApiMeasure::calls).sum()
    }

    fn of(&self, api: &str) -> u64 {
        self.apis.get(api).map_or(0, ApiMeasure::calls)
    }
}

impl App {
    /// Calls of every API in the same part of earlier days like this one: for each day that is wholly known, the newest first.
    pub(super) async fn calls_on_days_like(
        &self,
        calendar: &Calendar,
        from: Ms,
        to: Ms,
        histograms: bool,
    ) -> Result<Vec<(NaiveDate, BTreeMap<String, ApiMeasure>)>, WireError> {
        let failed = |e| messages::store(&e);
        let known = Known::read(&self.0.store).await.map_err(failed)?;
        let mut found = Vec::new();
        for day in comparable_days(calendar, from.day(), DAYS, FARTHEST) {
            let back = (from.day() - day).num_days() * 86_400_000;
            let (from, to) = (from.plus(-back), to.plus(-back));
            if from < to && known.as_ref().is_some_and(|known| known.covers(from, to)) {
                let slots =
                    self.0.store.api_slots(from, to, to.0 - from.0, histograms).await.map_err(failed)?;
                found.push((day, slots.into_iter().map(|m| (m.api.clone(), m)).collect()));
            }
        }
        Ok(found)
    }

    pub(crate) async fn watch_peak(&self, args: WatchPeakArgs) -> Result<WatchPeakView, WireError> {
        let failed = |e| messages::store(&e);
        let watched = self.watched().await?;
        let told = watched.to.unwrap_or(watched.at);
        let asked = match args.hour {
            Some(hour) => self.moment(hour.min(watched.at.0), "hour")?,
            // The newest hour of which anything is known.
            None => told.plus(-1),
        };
        let hour = Ms(asked.0.div_euclid(HOUR_MS) * HOUR_MS);
        let end = hour.plus(HOUR_MS);
        let until = end.min(told).max(hour);
        let calendar = self.calendar_said_by(watched.at).await?;
        let known = Known::read(&self.0.store).await.map_err(failed)?;
        let covered =
            |from: Ms, to: Ms| from < to && known.as_ref().is_some_and(|known| known.covers(from, to));
        let present = match covered(hour, until) {
            true => {
                let slots = self.0.store.api_slots(hour, until, HOUR_MS, true).await.map_err(failed)?;
                Some(Counted {
                    day: hour.day(),
                    apis: slots.into_iter().map(|m| (m.api.clone(), m)).collect(),
                })
            }
            false => None,
        };
        let earlier: Vec<Counted> =
            (self.calls_on_days_like(&calendar, hour, until, true).await?.into_iter())
                .map(|(day, apis)| Counted { day, apis })
                .collect();
        let usual = usual(earlier.iter().map(Counted::calls));
        let mut days = vec![match &present {
            Some(counted) => peak_day(counted),
            None => PeakDay { day: hour.day().to_string(), calls: None, rate: None, p95_ms: None },
        }];
        days.extend(earlier.iter().map(peak_day));
        Ok(WatchPeakView {
            hour: hour.0,
            until: (until < end).then_some(until.0),
            headline: headline(hour, until, present.as_ref(), usual, &earlier),
            compared: compared(&calendar, hour, &earlier),
            days,
            usual: usual.map(small),
            hours: self.peak_hours(&calendar, hour.day(), told, &covered).await?,
            apis: present.as_ref().map(|present| self.peak_apis(present, &earlier)).unwrap_or_default(),
        })
    }

    /// Calls by hour of a day, and what is usual.
    async fn peak_hours(
        &self,
        calendar: &Calendar,
        day: NaiveDate,
        told: Ms,
        covered: &(dyn Fn(Ms, Ms) -> bool + Sync),
    ) -> Result<Vec<PeakHour>, WireError> {
        let failed = |e| messages::store(&e);
        let (from, to) = (Ms::at(day, 0, 0), Ms::at(day, 0, 0).plus(24 * HOUR_MS));
        let mut earlier: Vec<[u64; 24]> = Vec::new();
        for other in comparable_days(calendar, day, DAYS, FARTHEST) {
            let from = Ms::at(other, 0, 0);
            if covered(from, from.plus(24 * HOUR_MS)) {
                let hours =
                    self.0.store.calls_by_hour(from, from.plus(24 * HOUR_MS)).await.map_err(failed)?;
                earlier.push(by_hour(&hours));
            }
        }
        let present = by_hour(&self.0.store.calls_by_hour(from, to.min(told)).await.map_err(failed)?);
        let hours = (0u32..24).map(|hour| {
            let (at, n) = (from.plus(i64::from(hour) * HOUR_MS), hour as usize);
            let end = at.plus(HOUR_MS);
            let seen = at < told && covered(at, end.min(told));
            PeakHour {
                hour,
                calls: seen.then(|| small(present[n])),
                partial: seen && told < end,
                usual: usual(earlier.iter().map(|hours| hours[n])).map(small),
            }
        });
        Ok(hours.collect())
    }

    fn peak_apis(&self, present: &Counted, earlier: &[Counted]) -> Vec<PeakApi> {
        if earlier.len() < LEAST_DAYS {
            return Vec::new();
        }
        let mut rows: Vec<PeakApi> = (self.0.checklist.apis())
            .filter_map(|(api, row)| {
                let calls = present.of(api);
                let usual = usual(earlier.iter().map(|day| day.of(api)))?;
                let own = present.apis.get(api);
                let before = earlier.iter().filter_map(|day| day.apis.get(api));
                let (ok, all) = before.fold((0, 0), |(ok, all), m| (ok + m.ok, all + m.calls()));
                Some(PeakApi {
                    api: api.to_owned(),
                    no: row.no.clone(),
                    title: say::api(&self.0.checklist, api).to_owned(),
                    calls: small(calls),
                    usual: small(usual),
                    rate: own.and_then(|m| share(m.ok, m.calls())),
                    usual_rate: share(ok, all),
                })
            })
            .filter(|row| row.calls != row.usual)
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.calls.abs_diff(row.usual)));
        rows.truncate(APIS);
        rows
    }
}

/// The median of what earlier days had; `None` when they are too few.
pub(super) fn usual(calls: impl Iterator<Item = u64>) -> Option<u64> {
    let calls: Vec<i64> = calls.map(|n| i64::try_from(n).unwrap_or(i64::MAX)).collect();
    median(&calls).filter(|_| calls.len() >= LEAST_DAYS).and_then(|n| u64::try_from(n).ok())
}

fn by_hour(hours: &[pvhcc_store::HourOfCalls]) -> [u64; 24] {
    let mut calls = [0; 24];
    for hour in hours {
        calls[hour.from.local().hour() as usize % 24] += hour.calls;
    }
    calls
}

fn small(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn peak_day(counted: &Counted) -> PeakDay {
    let (ok, calls) = counted.apis.values().fold((0, 0), |(ok, n), m| (ok + m.ok, n + m.calls()));
    PeakDay {
        day: counted.day.to_string(),
        calls: Some(small(calls)),
        rate: share(ok, calls),
        p95_ms: (calls > 0).then(|| percentile(counted.apis.values(), 0.95).unwrap_or(0)),
    }
}

fn clock(at: Ms) -> String {
    at.local().format("%H:%M").to_string()
}

fn headline(
    hour: Ms,
    until: Ms,
    present: Option<&Counted>,
    usual: Option<u64>,
    earlier: &[Counted],
) -> String {
    let span = format!("{}–{}", clock(hour), clock(until));
    let Some(present) = present else { return format!("{}: không quan sát được", clock(hour)) };
    let calls = present.calls();
    let mut text = format!("{span}: {} lượt gọi", say::count(calls));
    match usual {
        None => text += "; chưa đủ ngày trước để so sánh",
        Some(0) => text += ", thường lệ không có lượt nào",
        #[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
        Some(usual) => {
            let times = calls as f64 / usual as f64;
            text += &format!(", bằng {} thường lệ ({})", percent(times, 0), say::count(usual));
        }
    }
    let sum = |days: &mut dyn Iterator<Item = &ApiMeasure>| {
        days.fold((0, 0), |(ok, n), m| (ok + m.ok, n + m.calls()))
    };
    let (ok, all) = sum(&mut present.apis.values());
    let (ok_before, before) = sum(&mut earlier.iter().flat_map(|day| day.apis.values()));
    if all > 0 {
        text += &format!("; thành công {}", say::rate(ok, all));
        if before > 0 {
            text += &format!(", các ngày trước {}", say::rate(ok_before, before));
        }
    }
    text
}

fn compared(calendar: &Calendar, hour: Ms, earlier: &[Counted]) -> String {
    if earlier.is_empty() {
        return "Chưa có ngày tương tự nào được lưu đủ số đo".to_owned();
    }
    let kind = match calendar.is_working(hour.day()) {
        true => "ngày làm việc".to_owned(),
        false => format!("{} là ngày nghỉ", words::weekday(hour)),
    };
    let days: Vec<String> = earlier.iter().map(|day| date(day.day)).collect();
    format!("So với {} {kind} gần nhất: {}", days.len(), days.join(", "))
}
