//! Sync queue, unpaid fees and petitions: pure functions of seed and moment, changed by the night that is played.

use super::{Gateway, measures::rhythm};
use crate::{
    noise::{unit, word},
    scenario::Night,
};
use chrono::{Datelike, NaiveDate, Timelike, Weekday};
use pvhcc_domain::{time::Ms, units::Units};
use serde::Serialize;
use std::sync::LazyLock;

/// A batch begins this often.
const BATCH_MS: i64 = 120_000;
/// A batch that was paused for longer than this is not looked for.
const LOOKED_BACK: i64 = 120;
/// How long a petition waits for its answer.
const ANSWER_MS: i64 = 6 * 86_400_000;

/// What `/v1/sync` says besides its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct SyncRow {
    pub(super) waiting: u64,
    pub(super) failed: u64,
    pub(super) oldest_waiting_at: Option<String>,
    pub(super) last_batch: Option<BatchRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct BatchRow {
    pub(super) started_at: String,
    pub(super) finished_at: Option<String>,
    pub(super) sent: u64,
    pub(super) accepted: u64,
    pub(super) refused: u64,
}

/// One row of `/v1/fees`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FeeRow {
    pub(super) unit: String,
    pub(super) dossiers: u64,
    pub(super) amount: u64,
    pub(super) oldest_at: String,
}

/// What `/v1/petitions` says besides its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PetitionsRow {
    pub(super) received: u64,
    pub(super) processing: u64,
    pub(super) answered: u64,
    pub(super) overdue: u64,
}

/// The scored units, by code, each with how many dossiers wait for their fee on an ordinary day.
static PAYERS: LazyLock<Vec<(String, f64)>> = LazyLock::new(|| {
    let units = Units::builtin().unwrap_or_else(|e| unreachable!("built-in units: {e}"));
    let agencies = units.organisations().iter().filter(|u| u.scored);
    let agencies = agencies.filter_map(|u| Some((u.dvcqg_code.clone()?, 14.0)));
    let communes = units.communes().iter();
    let communes = communes.map(|c| (c.dvcqg_code.clone(), if c.kind == "phường" { 13.0 } else { 6.5 }));
    let mut all: Vec<(String, f64)> = agencies.chain(communes).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
});

impl Gateway {
    pub(super) fn sync(&self, night: Option<&Night>, now: Ms) -> SyncRow {
        let draw = |purpose: u64, at: i64| unit(self.seed, &[word("sync"), purpose, at as u64]);
        let (minute, hour) = (now.0.div_euclid(60_000), now.0.div_euclid(3_600_000));
        let usual = || (60.0 * rhythm(now) * (0.5 + draw(1, minute)), 5.0 * draw(2, hour));
        let (waiting, failed) = night.and_then(|n| n.queue(now)).unwrap_or_else(usual);
        let waiting = (waiting + 4.0 * draw(3, minute)) as u64;
        // What stands behind many waits long.
        let age = 20.0 + 60.0 * draw(4, minute) + 1.5 * waiting as f64;
        let oldest = (waiting > 0).then(|| now.plus(-(age * 1000.0) as i64).to_rfc3339());
        SyncRow {
            waiting,
            failed: failed as u64,
            oldest_waiting_at: oldest,
            last_batch: self.batch(night, now),
        }
    }

    fn batch(&self, night: Option<&Night>, now: Ms) -> Option<BatchRow> {
        let slot = now.0.div_euclid(BATCH_MS);
        let runs = |slot: &i64| night.is_none_or(|n| n.batches(Ms(slot * BATCH_MS)));
        let slot = (slot - LOOKED_BACK..=slot).rev().find(runs)?;
        let draw = |purpose: u64| unit(self.seed, &[word("batch"), purpose, slot as u64]);
        let started = Ms(slot * BATCH_MS);
        let finished = started.plus(15_000 + (30_000.0 * draw(1)) as i64);
        let over = finished <= now;
        let busy = rhythm(started).max(night.and_then(|n| n.queue(started)).map_or(0.0, |_| 0.5));
        let sent = 8 + (90.0 * busy * (0.5 + draw(2))) as u64;
        let refused = u64::from(draw(3) < 0.1);
        Some(BatchRow {
            started_at: started.to_rfc3339(),
            finished_at: over.then(|| finished.to_rfc3339()),
            sent,
            accepted: if over { sent - refused } else { sent / 2 },
            refused: if over { refused } else { 0 },
        })
    }

    /// Every unit with an unpaid fee, by code.
    pub(super) fn fees(&self, night: Option<&Night>, now: Ms) -> Vec<FeeRow> {
        let share = night.and_then(|n| Some((n.unpaid(now)?, n.start())));
        // In a night what was asked for at its start is paid, and nothing new is asked for.
        let (share, of) = share.unwrap_or((1.0, now));
        let hour = of.0.div_euclid(3_600_000) as u64;
        let row = |(code, usual): &(String, f64)| {
            let key = word(code);
            let draw = |purpose: u64, at: u64| unit(self.seed, &[word("fees"), key, purpose, at]);
            let waiting = usual * (0.6 + 0.6 * draw(1, 0) + 0.1 * draw(2, hour));
            // The same draw whatever the share: what is paid stays paid.
            let dossiers = (waiting * share + draw(3, 0)) as u64;
            let fee = 1000 * (12 + (80.0 * draw(4, 0)) as u64);
            let days = 1 + (9.0 * draw(5, 0)) as i64;
            let oldest = Ms::at(of.day(), 8, 0).plus(-days * 86_400_000);
            (dossiers > 0).then(|| FeeRow {
                unit: code.clone(),
                dossiers,
                amount: dossiers * fee,
                oldest_at: oldest.to_rfc3339(),
            })
        };
        PAYERS.iter().filter_map(row).collect()
    }

    pub(super) fn petitions(&self, now: Ms) -> PetitionsRow {
        let received = self.petitions_by(now, now);
        let answered = self.petitions_by(now, now.plus(-ANSWER_MS)).min(received);
        let processing = received - answered;
        let day = now.day().num_days_from_ce() as u64;
        let overdue = 2 + (4.0 * unit(self.seed, &[word("petitions"), 2, day])) as u64;
        PetitionsRow { received, processing, answered, overdue: overdue.min(processing) }
    }

    /// Petitions taken in the year of `now` until `at`.
    fn petitions_by(&self, now: Ms, at: Ms) -> u64 {
        let Some(first) = NaiveDate::from_ymd_opt(now.day().year(), 1, 1) else { return 0 };
        let of_day = |day: NaiveDate| {
            let draw = unit(self.seed, &[word("petitions"), 1, day.num_days_from_ce() as u64]);
            match day.weekday() {
                Weekday::Sat | Weekday::Sun => (3.0 * draw) as u64,
                _ => 4 + (9.0 * draw) as u64,
            }
        };
        let today = at.day();
        let before: u64 = first.iter_days().take_while(|day| *day < today).map(of_day).sum();
        let local = at.local();
        let hour = f64::from(local.hour()) + f64::from(local.minute()) / 60.0;
        let so_far = ((hour - 7.0) / 12.0).clamp(0.0, 1.0);
        if today < first { 0 } else { before + (of_day(today) as f64 * so_far) as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history;
    use std::sync::Arc;

    fn gateway() -> Gateway {
        Gateway::new(1, Arc::new(history(1)))
    }

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(&format!("{text}:00+07:00")).expect("instant")
    }

    fn night() -> Night {
        Night::next("cutover-night", at("2026-05-29T14:00"), false).expect("known")
    }

    #[test]
    fn fees_fall_until_20_00_then_stand_and_nobody_owes_more_than_before() {
        let (gateway, night) = (gateway(), night());
        let total =
            |when: &str| -> u64 { gateway.fees(Some(&night), at(when)).iter().map(|row| row.dossiers).sum() };
        let all: Vec<u64> =
            ["19:00", "19:20", "19:40", "20:00"].map(|time| total(&format!("2026-05-29T{time}"))).into();
        assert!(all[0] > 1000 && all.is_sorted_by(|a, b| a > b), "{all:?}");
        assert!((1..120).contains(&all[3]), "{all:?}");
        for later in ["2026-05-29T22:00", "2026-05-30T02:00", "2026-05-31T09:00"] {
            assert_eq!(total(later), all[3], "{later}");
        }
        let (before, after) = (
            gateway.fees(Some(&night), at("2026-05-29T19:10")),
            gateway.fees(Some(&night), at("2026-05-29T19:50")),
        );
        for row in after {
            let first = before.iter().find(|b| b.unit == row.unit).expect("it owed before");
            assert!(row.dossiers <= first.dossiers && row.amount <= first.amount, "{}", row.unit);
        }
        assert_eq!(
            gateway.fees(Some(&night), at("2026-05-29T18:00")),
            gateway.fees(None, at("2026-05-29T18:00"))
        );
    }

    #[test]
    fn a_batch_runs_every_two_minutes_but_for_the_switch_and_the_queue_grows_and_drains() {
        let (gateway, night) = (gateway(), night());
        let sync = |when: &str| gateway.sync(Some(&night), at(when));
        let started = |when: &str| at_of(&sync(when).last_batch.expect("a batch").started_at);
        assert_eq!(started("2026-05-29T21:59"), at("2026-05-29T21:58"));
        assert_eq!(started("2026-05-29T22:07"), at("2026-05-29T21:58"));
        assert_eq!(started("2026-05-29T22:09"), at("2026-05-29T22:08"));
        let waiting = |when: &str| sync(when).waiting;
        assert!(waiting("2026-05-29T22:50") > 900 && waiting("2026-05-30T00:30") < 100);
        for minute in 0..480 {
            let now = at("2026-05-29T19:00").plus(minute * 60_000 + 7_000);
            let row = gateway.sync(Some(&night), now);
            let batch = row.last_batch.expect("a batch");
            assert!(batch.accepted + batch.refused <= batch.sent);
            assert_eq!(row.oldest_waiting_at.is_some(), row.waiting > 0);
            assert!(at_of(&batch.started_at) <= now);
        }
    }

    fn at_of(text: &str) -> Ms {
        Ms::parse_rfc3339(text).expect("instant")
    }

    #[test]
    fn petitions_add_up_and_never_fall_within_a_year() {
        let gateway = gateway();
        let mut last = 0;
        for day in 0..150 {
            let row = gateway.petitions(at("2026-01-01T12:00").plus(day * 86_400_000));
            assert_eq!(row.received, row.processing + row.answered);
            assert!(row.overdue <= row.processing && row.received >= last);
            last = row.received;
        }
        assert!(last > 600, "{last}");
    }
}
