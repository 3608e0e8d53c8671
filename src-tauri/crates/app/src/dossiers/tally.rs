//! Sums of figures that keep what is not known apart from 0, and how they are shown.

use crate::wire::{FigureId, FiguresView, MissingFigure};
use pvhcc_domain::{
    dossier::CellFigures,
    figures::{Counts, statement::Statement},
};

/// The figures of a row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Tally {
    pub(crate) statement: Statement,
    /// Only records tell.
    pub(crate) early: Option<u64>,
    /// Only records tell.
    pub(crate) unplaced: Option<u64>,
}

/// No dossier at all, as far as records tell.
pub(crate) fn nothing() -> Tally {
    let zero = Some(0);
    let counts = Counts {
        received: zero,
        received_online: zero,
        received_direct: zero,
        carried_over: zero,
        done: zero,
        on_time: zero,
        late: zero,
        pending: zero,
        within_deadline: zero,
        overdue: zero,
    };
    Tally { statement: counts.into(), early: zero, unplaced: zero }
}

impl From<CellFigures> for Tally {
    fn from(CellFigures { counts, early, unplaced }: CellFigures) -> Self {
        Self { statement: counts.into(), early: Some(early), unplaced: Some(unplaced) }
    }
}

impl From<Statement> for Tally {
    fn from(statement: Statement) -> Self {
        Self { statement, early: None, unplaced: None }
    }
}

/// The sum of both; not known where either is not.
fn plus(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a?.saturating_add(b?))
}

impl Tally {
    pub(crate) fn counts(&self) -> &Counts {
        &self.statement.counts
    }

    /// Cells of one period together. What only one cell can state of itself (a printed rate) is not known of the sum.
    pub(crate) fn sum(tallies: impl IntoIterator<Item = Self>) -> Option<Self> {
        tallies.into_iter().reduce(|a, b| Self {
            statement: Statement {
                counts: Counts::sum([*a.counts(), *b.counts()]).unwrap_or_default(),
                total: plus(a.statement.total, b.statement.total),
                ..Statement::default()
            },
            early: plus(a.early, b.early),
            unplaced: plus(a.unplaced, b.unplaced),
        })
    }

    /// Whether there is anything in it.
    pub(crate) fn is_nothing(&self) -> bool {
        let c = self.counts();
        [c.received, c.carried_over, c.done, c.pending, self.unplaced].iter().all(|n| n.unwrap_or(0) == 0)
    }

    /// A figure; rates as fractions.
    pub(crate) fn value(&self, figure: FigureId) -> Option<f64> {
        use FigureId as F;
        let (s, c) = (&self.statement, self.counts());
        let stated = |computed: Option<f64>, stated: Option<pvhcc_domain::figures::statement::StatedRate>| {
            computed.or(stated.map(|r| r.fraction))
        };
        match figure {
            F::DoneOnTimeRate => stated(c.on_time_rate(), s.on_time_rate),
            F::DoneLateRate => stated(c.late_rate(), s.late_rate),
            F::PendingInTimeRate => stated(c.within_deadline_rate(), s.within_deadline_rate),
            F::PendingOverdueRate => stated(c.overdue_rate(), s.overdue_rate),
            figure => self.count(figure).map(|n| n as f64),
        }
    }

    /// A count; rates have none.
    pub(crate) fn count(&self, figure: FigureId) -> Option<u64> {
        use FigureId as F;
        let c = self.counts();
        match figure {
            F::Received => c.received,
            F::ReceivedOnline => c.received_online,
            F::ReceivedDirect => c.received_direct,
            F::CarriedOver => c.carried_over,
            F::Total => self.statement.total.or(c.total()),
            F::Done => c.done,
            F::DoneOnTime => c.on_time,
            F::DoneLate => c.late,
            F::Pending => c.pending,
            F::PendingInTime => c.within_deadline,
            F::PendingOverdue => c.overdue,
            F::DoneEarly => self.early,
            F::Unplaced => self.unplaced,
            F::DoneOnTimeRate | F::DoneLateRate | F::PendingInTimeRate | F::PendingOverdueRate => None,
        }
    }

    /// For the window: `why` tells why a count is not known; what follows from that says so.
    pub(crate) fn view(&self, why: impl Fn(FigureId) -> &'static str) -> FiguresView {
        let mut missing: Vec<MissingFigure> = Vec::new();
        for figure in FIGURES.into_iter().filter(|f| self.value(*f).is_none()) {
            let reason = self.reason(figure, &why);
            match missing.iter_mut().find(|m| m.reason == reason) {
                Some(known) => known.figures.push(figure),
                None => missing.push(MissingFigure { figures: vec![figure], reason: reason.to_owned() }),
            }
        }
        use FigureId as F;
        FiguresView {
            received: self.count(F::Received),
            received_online: self.count(F::ReceivedOnline),
            received_direct: self.count(F::ReceivedDirect),
            carried_over: self.count(F::CarriedOver),
            total: self.count(F::Total),
            done: self.count(F::Done),
            done_on_time: self.count(F::DoneOnTime),
            done_on_time_rate: self.value(F::DoneOnTimeRate),
            done_late: self.count(F::DoneLate),
            done_late_rate: self.value(F::DoneLateRate),
            pending: self.count(F::Pending),
            pending_in_time: self.count(F::PendingInTime),
            pending_in_time_rate: self.value(F::PendingInTimeRate),
            pending_overdue: self.count(F::PendingOverdue),
            pending_overdue_rate: self.value(F::PendingOverdueRate),
            done_early: self.count(F::DoneEarly),
            unplaced: self.count(F::Unplaced),
            missing,
        }
    }

    fn reason(&self, figure: FigureId, why: impl Fn(FigureId) -> &'static str) -> &'static str {
        use FigureId as F;
        let (part, whole) = match figure {
            F::Total => {
                let missing = [F::Received, F::CarriedOver].into_iter().find(|f| self.count(*f).is_none());
                return missing.map_or("chưa đủ dữ liệu", why);
            }
            F::DoneOnTimeRate => (F::DoneOnTime, F::Done),
            F::DoneLateRate => (F::DoneLate, F::Done),
            F::PendingInTimeRate => (F::PendingInTime, F::Pending),
            F::PendingOverdueRate => (F::PendingOverdue, F::Pending),
            figure => return why(figure),
        };
        match (self.count(whole), self.count(part)) {
            (Some(0), _) => "mẫu số bằng 0",
            (None, _) => why(whole),
            (_, None) => why(part),
            _ => "chưa đủ dữ liệu",
        }
    }
}

/// Every figure, in the order shown.
pub(crate) const FIGURES: [FigureId; 17] = [
    FigureId::Received,
    FigureId::ReceivedOnline,
    FigureId::ReceivedDirect,
    FigureId::CarriedOver,
    FigureId::Total,
    FigureId::Done,
    FigureId::DoneOnTime,
    FigureId::DoneOnTimeRate,
    FigureId::DoneLate,
    FigureId::DoneLateRate,
    FigureId::Pending,
    FigureId::PendingInTime,
    FigureId::PendingInTimeRate,
    FigureId::PendingOverdue,
    FigureId::PendingOverdueRate,
    FigureId::DoneEarly,
    FigureId::Unplaced,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(received: Option<u64>, done: Option<u64>, on_time: Option<u64>) -> Tally {
        Tally::from(Statement::from(Counts { received, done, on_time, ..Counts::default() }))
    }

    #[test]
    fn what_is_not_known_is_null_with_its_reason_and_never_0() {
        let view = of(Some(5), Some(0), Some(0)).view(|_| "báo cáo không nêu");
        assert_eq!((view.received, view.carried_over, view.total), (Some(5), None, None));
        let reason =
            |figure| view.missing.iter().find(|m| m.figures.contains(&figure)).map(|m| m.reason.as_str());
        assert_eq!(reason(FigureId::DoneOnTimeRate), Some("mẫu số bằng 0"));
        assert_eq!(reason(FigureId::Total), Some("báo cáo không nêu"));
        assert_eq!(reason(FigureId::PendingOverdueRate), Some("báo cáo không nêu"));
        assert_eq!(reason(FigureId::Received), None);
    }

    proptest! {
        #[test]
        fn a_sum_is_known_exactly_where_every_part_is(parts in proptest::collection::vec(proptest::option::of(0u64..1000), 1..8)) {
            let sum = Tally::sum(parts.iter().map(|n| of(*n, Some(1), None))).expect("parts");
            prop_assert_eq!(sum.count(FigureId::Received), parts.iter().copied().sum::<Option<u64>>());
            prop_assert_eq!(sum.count(FigureId::Done), Some(parts.len() as u64));
            prop_assert_eq!(sum.count(FigureId::DoneOnTime), None);
        }

        #[test]
        fn whatever_is_null_says_why(received in proptest::option::of(0u64..9), done in proptest::option::of(0u64..9), on_time in proptest::option::of(0u64..9)) {
            let tally = of(received, done, on_time);
            let view = tally.view(|_| "vì thế");
            for figure in FIGURES {
                let told = view.missing.iter().filter(|m| m.figures.contains(&figure)).count();
                prop_assert_eq!(told, usize::from(tally.value(figure).is_none()));
            }
        }
    }
}
