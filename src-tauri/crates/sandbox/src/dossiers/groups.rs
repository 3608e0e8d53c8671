//! Dossiers of one fate as a numbered row: when the i-th is received, worked on, finished, returned.
//!
//! Every moment rises with i, so that what happened in a span of time is found without looking at each.

use super::{
    axis::Axis,
    fates::{Fate, fates},
    plan::{Cell, Stream},
};
use crate::noise::{bits, share, unit};
use pvhcc_domain::time::Ms;
use std::ops::Range;

/// Working days between receipt and end, of what is finished in the segment of its receipt.
const LAGS: [f64; 4] = [0.05, 0.6, 2.0, 5.0];
/// Working days from receipt to the first step, and from the end to handing over, at most.
const TO_START: f64 = 0.15;
const TO_RETURN: f64 = 0.4;
/// The part of the time to the end after which a dossier waits for its citizen, and until when.
const PAUSE: (f64, f64) = (0.35, 0.6);
/// How many of the slow ones wait so.
const PAUSED: f64 = 0.08;

#[derive(Debug, Clone, Copy)]
enum End {
    Never,
    /// So many working days after receipt.
    After(f64),
    Within(f64, f64),
}

#[derive(Debug)]
pub(super) struct Group {
    /// Number of the first dossier among all.
    pub(super) start: u64,
    pub(super) len: u64,
    pub(super) stream: usize,
    pub(super) fate: Fate,
    /// Place of the first dossier among those its stream receives in that segment.
    place: u64,
    /// Counts of that stream and segment.
    cell: Cell,
    received: (f64, f64),
    end: End,
}

/// What happens to a dossier, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) received: Ms,
    pub(super) started: Ms,
    /// From, to: waiting for the citizen.
    pub(super) paused: Option<(Ms, Ms)>,
    pub(super) finished: Option<Ms>,
    pub(super) returned: Option<Ms>,
    /// Close of the day on which it is due.
    pub(super) due: Ms,
}

/// All groups, by segment of receipt, then stream.
pub(super) fn groups(axis: &Axis, streams: &[Stream]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (stream, cells) in streams.iter().map(|s| &s.cells).enumerate() {
        let lags = lag_shares(axis, cells);
        for (fate, n) in fates(cells) {
            let same = fate.finished == Some(fate.received) && fate.missed.is_none();
            let parts = if same { share(n, &lags, &[n; 4]) } else { vec![n] };
            for (lag, len) in LAGS.into_iter().zip(parts).filter(|(_, len)| *len > 0) {
                let cell = cells[fate.received];
                let (received, end) = windows(axis, fate, lag, n as f64 / cell.received as f64);
                groups.push(Group { start: 0, len, stream, fate, place: 0, cell, received, end });
            }
        }
    }
    groups.sort_by_key(|g| (g.fate.received, g.stream));
    let (mut start, mut place, mut before) = (0, 0, None);
    for group in &mut groups {
        let of = Some((group.fate.received, group.stream));
        place = if before == of { place } else { 0 };
        (group.start, group.place, before) = (start, place, of);
        start += group.len;
        place += group.len;
    }
    groups
}

/// How quick a stream is, by how many days of intake it has pending.
fn lag_shares(axis: &Axis, cells: &[Cell]) -> [f64; 4] {
    let sum = |figure: fn(&Cell) -> u64| cells.iter().map(figure).sum::<u64>() as f64;
    let days: usize = axis.segments.iter().map(|s| s.end - s.first).sum();
    let pending = sum(|c| c.pending) / cells.len() as f64;
    match pending * days as f64 / sum(|c| c.received).max(1.0) {
        x if x < 0.7 => [0.70, 0.27, 0.03, 0.0],
        x if x < 3.0 => [0.25, 0.45, 0.25, 0.05],
        _ => [0.08, 0.22, 0.40, 0.30],
    }
}

/// Between which positions dossiers of a fate are received, and when they end.
fn windows(axis: &Axis, fate: Fate, lag: f64, part: f64) -> ((f64, f64), End) {
    let (from, to) = axis.bounds(fate.received);
    let length = to - from;
    let tail = to - length * (2.0 * part).clamp(0.1, 1.0);
    match fate {
        // Late, and never seen overdue at an end: two whole days lie between receipt and end.
        Fate { received, finished: Some(f), missed: Some(d) } if f == d && f == received => {
            let lag = (length * 0.3).max(3.0);
            ((from, to - lag), End::After(lag))
        }
        Fate { received, finished: Some(f), missed: None } if f == received => {
            ((from, to - lag), End::After(lag))
        }
        Fate { received, finished, missed } => {
            // What is missed in the segment of its receipt came in early.
            let window = if missed == Some(received) { (from, from + length * 0.6) } else { (tail, to) };
            let end = finished.map_or(End::Never, |f| {
                let (from, to) = axis.bounds(f);
                let soon = from + (to - from) * (3.0 * part).clamp(0.3, 1.0);
                match missed {
                    Some(d) if d == f => End::Within(from + 2.8, to),
                    Some(_) => End::Within(from, to),
                    None if f == received + 1 => End::Within(from, soon),
                    None => End::Within(from, to),
                }
            });
            (window, end)
        }
    }
}

impl Group {
    /// How far the i-th is in its row, from 0 to below 1.
    fn quantile(&self, seed: u64, i: u64) -> f64 {
        (i as f64 + 0.999 * unit(seed, &[self.start + i, 60])) / self.len as f64
    }

    fn received_x(&self, q: f64) -> f64 {
        self.received.0 + (self.received.1 - self.received.0) * q
    }

    fn end_x(&self, q: f64) -> Option<f64> {
        match self.end {
            End::Never => None,
            End::After(lag) => Some(self.received_x(q) + lag),
            End::Within(from, to) => Some(from + (to - from) * q),
        }
    }

    /// Each moment of a dossier's life as a position, by its number.
    fn moment(&self, q: f64, kind: usize) -> Option<f64> {
        let received = self.received_x(q);
        let between = |part: f64| Some(received + (self.end_x(q)? - received) * part);
        match kind {
            0 => Some(received),
            1 => match self.end {
                End::After(lag) => Some(received + TO_START.min(lag * 0.3)),
                _ => Some(received + TO_START),
            },
            2 => between(PAUSE.0).filter(|_| self.may_pause()),
            3 => between(PAUSE.1).filter(|_| self.may_pause()),
            4 => self.end_x(q),
            _ => Some(self.end_x(q)? + TO_RETURN),
        }
    }

    /// Only what is finished in time waits, so that waiting makes nothing late.
    fn may_pause(&self) -> bool {
        self.fate.missed.is_none()
            && match self.end {
                End::Never => false,
                End::After(lag) => lag >= 2.0,
                End::Within(..) => true,
            }
    }

    pub(super) fn life(&self, seed: u64, axis: &Axis, i: u64) -> Life {
        let q = self.quantile(seed, i);
        let at = |kind| self.moment(q, kind).map(|x| axis.at(x));
        let waits = unit(seed, &[self.start + i, 61]) < PAUSED;
        let received = axis.at(self.received_x(q));
        Life {
            received,
            started: at(1).unwrap_or(received),
            paused: at(2).zip(at(3)).filter(|_| waits),
            finished: at(4),
            returned: at(5),
            due: axis.close(self.due(seed, axis, i, q)),
        }
    }

    /// The working day on which the i-th is due.
    fn due(&self, seed: u64, axis: &Axis, i: u64, q: f64) -> usize {
        let draw = |n: u64| (bits(seed, &[self.start + i, 62]) % n.max(1)) as usize;
        let received = axis.day(self.received_x(q));
        let end = self.end_x(q).map(|x| axis.day(x));
        match (self.fate.missed, end) {
            (Some(d), end) => {
                let first = axis.segments[d].first.max(received + 1);
                let last = match end {
                    Some(end) if self.fate.finished == Some(d) => end - 1,
                    _ => axis.last_due(d),
                };
                debug_assert!(first <= last, "{:?}: due in {first}..={last}", self.fate);
                first + draw((last + 1).saturating_sub(first) as u64)
            }
            (None, Some(end)) => end + draw(2 + (end - received) as u64 / 2),
            // Not before the year is over.
            (None, None) => axis.segments.last().map_or(0, |s| s.end) + draw(20),
        }
    }

    /// Whether the i-th was not handed in online: exactly as many of a segment as its figures say, evenly spread.
    pub(super) fn is_direct(&self, i: u64) -> bool {
        let upto = |place: u64| place * self.cell.direct / self.cell.received.max(1);
        upto(self.place + i + 1) > upto(self.place + i)
    }

    /// Numbers of the dossiers to which something may have happened after `since` (`None` is ever) and not after
    /// `until`: few more than those to which it did.
    pub(super) fn touched(&self, seed: u64, axis: &Axis, since: Option<Ms>, until: Ms) -> Vec<Range<u64>> {
        let before = |kind: usize, t: Ms| {
            let happened =
                |i: u64| self.moment(self.quantile(seed, i), kind).is_some_and(|x| axis.at(x) <= t);
            let (mut low, mut high) = (0, self.len);
            while low < high {
                let middle = low + (high - low) / 2;
                if happened(middle) { low = middle + 1 } else { high = middle }
            }
            low
        };
        if self.after_all(axis) <= since || axis.at(self.received.0) > until {
            return Vec::new();
        }
        // Who asks for all finds it by its receipt.
        let kinds = if since.is_some() { 6 } else { 1 };
        let span = |kind| since.map_or(0, |since| before(kind, since))..before(kind, until);
        let mut ranges: Vec<Range<u64>> = (0..kinds).map(span).filter(|r| !r.is_empty()).collect();
        ranges.sort_unstable_by_key(|r| r.start);
        ranges.dedup_by(|b, a| {
            let joined = b.start <= a.end;
            a.end = if joined { a.end.max(b.end) } else { a.end };
            joined
        });
        ranges
    }

    /// A moment after which nothing happens any more.
    fn after_all(&self, axis: &Axis) -> Option<Ms> {
        self.moment(1.0, 5).or(self.moment(1.0, 1)).map(|x| axis.at(x))
    }
}
