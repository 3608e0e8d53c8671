//! One dossier in twelve bytes, laid out for counting.

use super::{
    Channel, Day, Life, Outcome, Span,
    life::{Dates, End},
    view::step,
};

/// A combination of values of all dimensions; from [`super::Cube::group`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Group(pub(crate) u32);

/// The group of a dossier and its [`Dates`], packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) group: Group,
    pub(crate) received: Day,
    /// The day it stopped being pending: done, or (unplaced) the day it was received.
    pub(crate) end: Day,
    /// First day after the term, or the end if that comes first.
    overdue_from: Day,
    /// [`End`] in the low three bits, the channel's code (0: not told) in the next two, then whether it ever waited.
    bits: u8,
}

const _: () = assert!(size_of::<Row>() == 12, "a row should stay small");

impl Row {
    /// The place of a dossier that is not counted.
    pub(crate) const VACANT: Self = Self {
        group: Group(u32::MAX),
        received: Day::NEVER,
        end: Day::NEVER,
        overdue_from: Day::NEVER,
        bits: 0,
    };
    const WAITED: u8 = 1 << 5;

    pub(crate) fn new(group: Group, life: &Life) -> Self {
        let Dates { received, end, overdue_from, how, channel } = life.dates;
        let how = match how {
            End::Pending => 0,
            End::Unplaced => 1,
            End::Done(Outcome::Early) => 2,
            End::Done(Outcome::OnDay) => 3,
            End::Done(Outcome::Late) => 4,
        };
        let channel = channel.map_or(0, Channel::code);
        let waited = if life.waiting.is_empty() { 0 } else { Self::WAITED };
        let overdue_from = overdue_from.max(received).min(end);
        Self { group, received, end, overdue_from, bits: how | channel << 3 | waited }
    }

    pub(crate) fn is_vacant(&self) -> bool {
        self.group == Self::VACANT.group
    }

    pub(crate) fn waited(&self) -> bool {
        self.bits & Self::WAITED != 0
    }

    pub(crate) fn dates(&self) -> Dates {
        let how = match self.how() {
            0 => End::Pending,
            1 => End::Unplaced,
            2 => End::Done(Outcome::Early),
            3 => End::Done(Outcome::OnDay),
            _ => End::Done(Outcome::Late),
        };
        let channel = Channel::from_code(self.channel() as u8);
        Dates { received: self.received, end: self.end, overdue_from: self.overdue_from, how, channel }
    }

    /// The column its receipt is counted in.
    #[inline]
    pub(crate) fn received_column(&self) -> usize {
        [step::CHANNEL_NOT_TOLD, step::DIRECT, step::ONLINE, step::DIRECT][self.channel()]
    }

    /// The column its end is counted in; any while it is pending, because that end lies after every period.
    #[inline]
    pub(crate) fn end_column(&self) -> usize {
        [
            step::UNPLACED,
            step::UNPLACED,
            step::EARLY,
            step::ON_DAY,
            step::LATE,
            step::UNPLACED,
            step::UNPLACED,
            step::UNPLACED,
        ][self.how()]
    }

    /// When its term was over and it was not; empty unless it is late.
    #[inline]
    pub(crate) fn overdue(&self) -> Span {
        Span { from: self.overdue_from, to: self.end }
    }

    #[inline]
    fn how(&self) -> usize {
        usize::from(self.bits & 0b111)
    }

    #[inline]
    fn channel(&self) -> usize {
        usize::from(self.bits >> 3 & 0b11)
    }
}
