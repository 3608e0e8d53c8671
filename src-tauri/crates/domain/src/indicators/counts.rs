//! Rates counted from dossier records: what one record adds to which month, and the sums by part of the records.

use crate::{
    calendar::Calendar,
    dossier::{Channel, Life, Outcome, Payment, Record, ServiceLevel, State},
    quality::PartId,
    time::Ms,
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// A month of the years 2000 to 2179.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u16);

impl Month {
    /// The month of a day; `None` outside the range.
    #[must_use]
    pub fn of(day: NaiveDate) -> Option<Self> {
        let months = (day.year() - 2000) * 12 + day.month0() as i32;
        u16::try_from(months).ok().filter(|m| *m < 180 * 12).map(Self)
    }
}

/// Working days since a fixed day, so that many spans are counted quickly.
#[derive(Debug, Clone)]
pub struct Weekdays {
    first: NaiveDate,
    /// Working days from the first up to and including each day.
    until: Vec<u32>,
}

impl Weekdays {
    /// Those of a calendar from 2015 to 2040.
    #[must_use]
    pub fn of(calendar: &Calendar) -> Self {
        let first = NaiveDate::from_ymd_opt(2015, 1, 1).unwrap_or_default();
        let mut sum = 0;
        let until = first
            .iter_days()
            .take_while(|day| day.year() <= 2040)
            .map(|day| {
                sum += u32::from(calendar.is_working(day));
                sum
            })
            .collect();
        Self { first, until }
    }

    /// Working days after `from` up to and including `to` (the first day is not counted); `None` outside the range.
    #[must_use]
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> Option<u32> {
        let at = |day: NaiveDate| {
            usize::try_from((day - self.first).num_days()).ok().and_then(|i| self.until.get(i))
        };
        Some(at(to)?.saturating_sub(*at(from)?))
    }
}

/// What one record adds to the sums; small, since it is kept for each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Facts {
    received: Option<Month>,
    done: Option<Month>,
    bits: u8,
    result: Option<bool>,
    days: u16,
}

const ONLINE: u8 = 1;
const FULL: u8 = 1 << 1;
const DIGITISED: u8 = 1 << 2;
const REUSED: u8 = 1 << 3;
const FEE: u8 = 1 << 4;
const PAID_ONLINE: u8 = 1 << 5;
const ON_TIME: u8 = 1 << 6;

impl Facts {
    /// What a record adds. Nothing when it is in no figure, as with [`Life::known_at`]; one that repeats the code of another
    /// should not be asked for.
    #[must_use]
    pub fn of(record: &Record, calendar: &Calendar, days: &Weekdays) -> Self {
        let versions = [record.version(Ms(i64::MIN), None)];
        let Some((_, life)) = Life::known_at(&versions, Ms(0), calendar) else { return Self::default() };
        let received = life.received();
        let done = match life.state_on(NaiveDate::MAX) {
            State::Done(outcome) => record.finished_at.map(|at| (at.day(), outcome)),
            _ => None,
        };
        let mut bits = 0;
        let mut set = |bit, holds| bits |= if holds { bit } else { 0 };
        let online = record.channel() == Some(Channel::Online);
        set(ONLINE, online);
        set(FULL, online && record.service_level == Some(ServiceLevel::Full));
        set(DIGITISED, record.digitised == Some(true));
        set(REUSED, record.reused == Some(true));
        let fee = record.fee.is_some_and(|fee| fee > 0);
        set(FEE, fee);
        set(PAID_ONLINE, fee && matches!(record.payment, Some(Payment::Portal | Payment::Own)));
        set(ON_TIME, done.is_some_and(|(_, outcome)| outcome != Outcome::Late));
        let taken = done.and_then(|(end, _)| days.between(received, end));
        Self {
            received: Month::of(received),
            done: done.and_then(|(end, _)| Month::of(end)),
            bits,
            result: record.electronic_result.filter(|_| done.is_some()),
            days: taken.map_or(0, |n| u16::try_from(n).unwrap_or(u16::MAX)),
        }
    }

    fn has(self, bit: u8) -> u64 {
        u64::from(self.bits & bit != 0)
    }
}

macro_rules! totals {
    ($($(#[doc = $doc:literal])* $name:ident),* $(,)?) => {
        /// Dossiers of some months; those received by the month of receipt, those done by the month of their end.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Totals {
            $($(#[doc = $doc])* pub $name: u64,)*
        }

        impl Totals {
            /// Adds other sums.
            pub fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)*
            }

            fn take(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_sub(other.$name);)*
            }
        }
    };
}

totals! {
    /// Received.
    received,
    /// Of these, online.
    online,
    /// Of these, of procedures that are wholly online.
    fully_online,
    /// Of those received, with papers digitised.
    digitised,
    /// Of those received, with papers used again.
    reused,
    /// Of those received, with fees.
    with_fee,
    /// Of these, paid online.
    paid_online,
    /// Done.
    done,
    /// Of these, on time.
    on_time,
    /// Of those done, with a word on whether the result is electronic.
    result_told,
    /// Of these, with an electronic one.
    electronic_result,
    /// Working days that those done took, together.
    handling_days,
}

/// A rate that is counted from records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedRate {
    /// On time ÷ done.
    OnTime,
    /// Online ÷ received.
    Online,
    /// Wholly online ÷ received.
    FullyOnline,
    /// Digitised ÷ received.
    Digitised,
    /// With an electronic result ÷ done.
    ElectronicResult,
    /// Reused ÷ received.
    Reused,
    /// Paid online ÷ with fees.
    OnlinePayment,
    /// Working days ÷ done: an average, not a share.
    HandlingDays,
}

impl Totals {
    /// Above and below the line.
    #[must_use]
    pub fn rate(&self, rate: CountedRate) -> (u64, u64) {
        match rate {
            CountedRate::OnTime => (self.on_time, self.done),
            CountedRate::Online => (self.online, self.received),
            CountedRate::FullyOnline => (self.fully_online, self.received),
            CountedRate::Digitised => (self.digitised, self.received),
            CountedRate::ElectronicResult => (self.electronic_result, self.result_told),
            CountedRate::Reused => (self.reused, self.received),
            CountedRate::OnlinePayment => (self.paid_online, self.with_fee),
            CountedRate::HandlingDays => (self.handling_days, self.done),
        }
    }
}

/// Sums by part and month. A record that changed is taken out as it was and put in as it is.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    by_part: Vec<BTreeMap<Month, Totals>>,
}

impl Gathered {
    /// Adds a record.
    pub fn add(&mut self, part: PartId, facts: Facts) {
        self.change(part, facts, Totals::add);
    }

    /// Takes a record out.
    pub fn remove(&mut self, part: PartId, facts: Facts) {
        self.change(part, facts, Totals::take);
    }

    fn change(&mut self, part: PartId, facts: Facts, by: impl Fn(&mut Totals, &Totals)) {
        if self.by_part.len() <= part.index() {
            self.by_part.resize(part.index() + 1, BTreeMap::new());
        }
        let months = &mut self.by_part[part.index()];
        if let Some(month) = facts.received {
            let came = Totals {
                received: 1,
                online: facts.has(ONLINE),
                fully_online: facts.has(FULL),
                digitised: facts.has(DIGITISED),
                reused: facts.has(REUSED),
                with_fee: facts.has(FEE),
                paid_online: facts.has(PAID_ONLINE),
                ..Totals::default()
            };
            by(months.entry(month).or_default(), &came);
        }
        if let Some(month) = facts.done {
            let went = Totals {
                done: 1,
                on_time: facts.has(ON_TIME),
                result_told: u64::from(facts.result.is_some()),
                electronic_result: u64::from(facts.result == Some(true)),
                handling_days: facts.days.into(),
                ..Totals::default()
            };
            by(months.entry(month).or_default(), &went);
        }
    }

    /// The sums of a part over the months that touch a span of days.
    #[must_use]
    pub fn totals(&self, part: PartId, from: NaiveDate, to: NaiveDate) -> Totals {
        let mut sum = Totals::default();
        let span = Month::of(from).zip(Month::of(to)).filter(|(from, to)| from <= to);
        let months = self.by_part.get(part.index());
        if let Some((months, (from, to))) = months.zip(span) {
            for (_, month) in months.range(from..=to) {
                sum.add(month);
            }
        }
        sum
    }
}
