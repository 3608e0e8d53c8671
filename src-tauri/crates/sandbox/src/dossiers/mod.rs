//! The dossiers of the province's and the ministries' systems, computed from their number when asked for.
//!
//! Counted by their dates they give the portal's figures exactly; only the ministries' direct dossiers, which those leave
//! out of done and pending, are here like all others: the 129 by which the published figures do not add up. After the
//! published months they go on to the end of the year.

mod axis;
mod catalogue;
mod fates;
mod groups;
mod plan;
mod planted;
mod record;

use crate::portal;
use axis::Axis;
use catalogue::Choices;
pub(crate) use catalogue::{Procedure, procedures};
use groups::{Group, Life};
use plan::Stream;
use planted::Place;
pub use planted::{Planted, PlantedFault};
use pvhcc_domain::time::Ms;
pub(crate) use record::Record;
use std::collections::HashMap;

#[derive(Debug)]
pub(crate) struct Dossiers {
    seed: u64,
    axis: Axis,
    /// Segments that have published figures.
    published: usize,
    streams: Vec<Stream>,
    /// By stream.
    choices: Vec<Choices>,
    groups: Vec<Group>,
    /// Faults by the number of the dossier.
    spoilt: HashMap<u64, PlantedFault>,
    /// Records beside the dossiers; their numbers follow on those.
    extras: Vec<Place>,
}

/// Some records of one system.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) records: Vec<Record>,
    /// Number of the next one, when there is one.
    pub(crate) next: Option<u64>,
}

/// Which changes are asked for: of one system, after `since` (`None` is ever), up to and including `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) system: String,
    pub(crate) since: Option<Ms>,
    pub(crate) until: Ms,
}

impl Dossiers {
    pub(crate) fn new(seed: u64) -> Self {
        let figures = portal::table(seed);
        let mut months: Vec<_> = figures.iter().map(|f| (f.from, f.to)).collect();
        months.sort_unstable();
        months.dedup();
        let axis = Axis::new(seed, &months);
        let streams = plan::streams(seed, &axis, &figures);
        let choices = streams.iter().map(|s| Choices::of(seed, &s.system, &s.field)).collect();
        let groups = groups::groups(&axis, &streams);
        let published = months.len();
        let (spoilt, extras) = Default::default();
        let mut dossiers = Self { seed, axis, published, streams, choices, groups, spoilt, extras };
        let (extras, spoilt): (Vec<Place>, Vec<Place>) =
            planted::places(&dossiers).into_iter().partition(|place| place.fault.is_extra());
        dossiers.extras = extras;
        dossiers.spoilt = spoilt.into_iter().map(|place| (place.number, place.fault)).collect();
        dossiers
    }

    /// Which data these are: a cursor of others means nothing here.
    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// Up to `limit` records of a span, each as it stands at the span's end, from the number `from` on.
    pub(crate) fn page(&self, span: &Span, from: u64, limit: usize) -> Page {
        let mut records = Vec::with_capacity(limit.min(1000));
        let numbers = self.touched(span, from).map(|number| (number, self.record(number, span.until)));
        for (number, record) in numbers {
            let wanted = |r: &Record| span.since.is_none_or(|since| r.changed_at > since);
            let Some(record) = record.filter(wanted) else { continue };
            if records.len() == limit {
                return Page { records, next: Some(number) };
            }
            records.push(record);
        }
        Page { records, next: None }
    }

    /// Numbers of the records that may have changed in a span, in order.
    fn touched<'a>(&'a self, span: &'a Span, from: u64) -> impl Iterator<Item = u64> + 'a {
        let first = self.groups.partition_point(|g| g.start + g.len <= from);
        let groups = self.groups[first..].iter().filter(|g| self.streams[g.stream].system == span.system);
        let dossiers = groups.flat_map(|g| {
            let ranges = g.touched(self.seed, &self.axis, span.since, span.until);
            ranges.into_iter().flatten().map(move |i| g.start + i)
        });
        let extras =
            (self.len()..).zip(&self.extras).filter(|(_, place)| self.system(place.number) == span.system);
        dossiers.chain(extras.map(|(number, _)| number)).filter(move |number| *number >= from)
    }

    /// Dossiers to the end of the year, without extra records.
    fn len(&self) -> u64 {
        self.groups.last().map_or(0, |g| g.start + g.len)
    }

    /// Group and place in it.
    fn find(&self, number: u64) -> (&Group, u64) {
        let group = &self.groups[self.groups.partition_point(|g| g.start + g.len <= number)];
        (group, number - group.start)
    }

    fn system(&self, number: u64) -> &str {
        &self.streams[self.find(number).0.stream].system
    }

    fn choices(&self, number: u64) -> &Choices {
        &self.choices[self.find(number).0.stream]
    }

    /// The record as it should be.
    fn right(&self, group: &Group, i: u64, life: &Life, now: Ms) -> Option<Record> {
        let about = (&self.streams[group.stream], &self.choices[group.stream]);
        record::record(self.seed, about, group, i, life, now)
    }

    /// The record with this number as the gateway tells it at `now`.
    fn record(&self, number: u64, now: Ms) -> Option<Record> {
        let extra = number.checked_sub(self.len()).map(|k| self.extras[k as usize]);
        let (group, i) = self.find(extra.map_or(number, |place| place.number));
        let life = group.life(self.seed, &self.axis, i);
        let mut record = self.right(group, i, &life, now)?;
        if let Some(place) = extra {
            record.id = format!("{}-{number:07}", record.system);
            if place.fault != PlantedFault::DuplicateCode {
                let stem = record.code.rfind('-').unwrap_or_default();
                record.code.truncate(stem);
                record.code += &format!("-{number:07}");
            }
        }
        let fault = extra.map(|place| place.fault).or_else(|| self.spoilt.get(&number).copied());
        if let Some(fault) = fault.filter(|fault| fault.since(&life) <= now) {
            fault.spoil(&mut record, self, number);
        }
        Some(record)
    }

    /// What is planted, by fault, system and number, whether it shows yet or not.
    pub(crate) fn planted(&self) -> Vec<Planted> {
        let extras =
            (self.len()..).zip(&self.extras).map(|(number, place)| (number, place.fault, place.number));
        let spoilt = self.spoilt.iter().map(|(number, fault)| (*number, *fault, *number));
        let mut all: Vec<(u64, Planted)> = extras
            .chain(spoilt)
            .filter_map(|(number, fault, like)| {
                let (group, i) = self.find(like);
                let since = fault.since(&group.life(self.seed, &self.axis, i));
                let record = self.record(number, Ms(i64::MAX))?;
                Some((
                    number,
                    Planted { fault, system: record.system, id: record.id, code: record.code, since },
                ))
            })
            .collect();
        all.sort_by(|(a, x), (b, y)| (x.fault, &y.system, a).cmp(&(y.fault, &x.system, b)));
        all.into_iter().map(|(_, planted)| planted).collect()
    }
}

/// The faults planted in the records of a seed, by kind, the province's first.
#[must_use]
pub fn planted(seed: u64) -> Vec<Planted> {
    Dossiers::new(seed).planted()
}

#[cfg(test)]
mod tests;
