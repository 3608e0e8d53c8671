//! The identities of stated figures as a person checks them: both sides in full, the difference, and whom to ask.

use super::{names::Names, reports::Joined};
use crate::wire::{BrokenView, CheckState, CheckView, FigureId, SidePart};
use pvhcc_domain::{
    figures::{
        Check, Counts, ReportKind,
        cell::Dimension,
        statement::{Rule, StatedRate, Statement, check_carried_over},
    },
    text::{number, percent},
};

/// One statement to be checked, with the one before it where it is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Checked {
    /// Who states it, as it stands in a sentence.
    pub(crate) who: String,
    /// Whom to ask about it.
    pub(crate) ask: String,
    pub(crate) statement: Statement,
    pub(crate) kind: ReportKind,
    /// What the same cell stated for the period before.
    pub(crate) before: Option<Statement>,
    /// How many dossiers of it have no place among done and pending; only records tell.
    pub(crate) unplaced: u64,
}

/// Every identity, in the order shown.
pub(crate) const RULES: [Rule; 11] = [
    Rule::Channels,
    Rule::Total,
    Rule::Handled,
    Rule::Balance,
    Rule::DoneSplit,
    Rule::PendingSplit,
    Rule::OnTimeRate,
    Rule::LateRate,
    Rule::WithinDeadlineRate,
    Rule::OverdueRate,
    Rule::CarriedOver,
];

impl Checked {
    /// A statement of a system.
    pub(crate) fn stated(joined: &Joined, before: Option<Statement>, names: &Names) -> Self {
        let system = joined.cell.get(Dimension::System).unwrap_or_default();
        Self {
            who: names.systems.name(system).to_owned(),
            ask: ask(system, names),
            statement: joined.statement,
            kind: joined.kind,
            before,
            unplaced: 0,
        }
    }

    pub(crate) fn result(&self, rule: Rule) -> Check {
        match rule {
            Rule::CarriedOver => {
                let before = self.before.as_ref();
                before.map_or(Check::NotEnoughData, |before| check_carried_over(before, &self.statement))
            }
            rule => self.statement.check(rule, self.kind),
        }
    }

    /// One identity with both its sides.
    pub(crate) fn view(&self, rule: Rule) -> CheckView {
        let result = self.result(rule);
        let (left, right) = self.sides(rule);
        let (state, sums, verdict) = match result {
            Check::Holds => (CheckState::Holds, None, "khớp".to_owned()),
            Check::NotEnoughData => (CheckState::Unknown, None, "chưa đủ dữ liệu".to_owned()),
            Check::Broken { whole, parts } => (
                CheckState::Broken,
                Some((value(rule, whole), value(rule, parts))),
                verdict(rule, result.difference()),
            ),
        };
        let (left_sum, right_sum) = sums.unzip();
        let broken = state == CheckState::Broken;
        CheckView {
            title: name(rule).to_owned(),
            system: self.who.clone(),
            state,
            left,
            right,
            left_sum,
            right_sum,
            verdict,
            hint: broken.then(|| self.hint(rule, result.difference())).flatten(),
            ask: broken.then(|| self.ask.clone()),
        }
    }

    /// The identity as a mark on figures, when it does not hold.
    pub(crate) fn broken(&self, rule: Rule) -> Option<BrokenView> {
        let result = self.result(rule);
        let Check::Broken { whole, parts } = result else { return None };
        Some(BrokenView {
            rule: id(rule),
            figures: figures(rule).to_vec(),
            difference: result.difference(),
            text: format!(
                "{}, {}.",
                equation(rule, whole, parts, self.statement.counts.carried_over.is_some_and(|c| c > 0)),
                verdict(rule, result.difference())
            ),
            ask: self.ask.clone(),
        })
    }

    /// What stands on the left and on the right.
    pub(crate) fn sides(&self, rule: Rule) -> (Vec<SidePart>, Vec<SidePart>) {
        let Counts { received, received_online, received_direct, carried_over, .. } = self.statement.counts;
        let Counts { done, on_time, late, pending, within_deadline, overdue, .. } = self.statement.counts;
        let count = |name: &str, value: Option<u64>| part(name, value.map(count));
        let carried = || match (carried_over, self.kind) {
            // Nothing was carried over into what counts from the start.
            (None | Some(0), ReportKind::Cumulative) => None,
            (carried, _) => Some(count("tồn kỳ trước", carried)),
        };
        let with_carried = || std::iter::once(count("tiếp nhận", received)).chain(carried()).collect();
        let handled = || vec![count("đã xử lý", done), count("đang xử lý", pending)];
        let rate = |name: &str, stated: Option<StatedRate>, computed: Option<f64>, of: &str| {
            let stated = stated.map(|r| percent(r.fraction, usize::from(r.digits)));
            (vec![part(name, stated)], vec![part(of, computed.map(|r| percent(r, 2)))])
        };
        let (s, c) = (&self.statement, &self.statement.counts);
        match rule {
            Rule::Channels => (
                vec![count("tiếp nhận", received)],
                vec![count("trực tuyến", received_online), count("trực tiếp", received_direct)],
            ),
            Rule::Total => (vec![count("tổng phải xử lý", s.total)], with_carried()),
            Rule::Handled => (vec![count("tổng phải xử lý", s.total)], handled()),
            Rule::Balance => (with_carried(), handled()),
            Rule::DoneSplit => {
                (vec![count("đã xử lý", done)], vec![count("đúng hẹn", on_time), count("trễ hẹn", late)])
            }
            Rule::PendingSplit => (
                vec![count("đang xử lý", pending)],
                vec![count("trong hạn", within_deadline), count("quá hạn", overdue)],
            ),
            Rule::OnTimeRate => {
                rate("tỷ lệ đúng hẹn báo cáo", s.on_time_rate, c.on_time_rate(), "đúng hẹn ÷ đã xử lý")
            }
            Rule::LateRate => rate("tỷ lệ trễ hẹn báo cáo", s.late_rate, c.late_rate(), "trễ hẹn ÷ đã xử lý"),
            Rule::WithinDeadlineRate => rate(
                "tỷ lệ trong hạn báo cáo",
                s.within_deadline_rate,
                c.within_deadline_rate(),
                "trong hạn ÷ đang xử lý",
            ),
            Rule::OverdueRate => {
                rate("tỷ lệ quá hạn báo cáo", s.overdue_rate, c.overdue_rate(), "quá hạn ÷ đang xử lý")
            }
            Rule::CarriedOver => (
                vec![count("tồn kỳ trước chuyển sang", carried_over)],
                vec![count("đang xử lý cuối kỳ trước", self.before.as_ref().and_then(|b| b.counts.pending))],
            ),
        }
    }

    /// The difference is often one of the figures, left out or counted twice; saying which is half the answer.
    pub(crate) fn hint(&self, rule: Rule, difference: i64) -> Option<String> {
        let c = &self.statement.counts;
        if self.unplaced > 0 && difference.unsigned_abs() == self.unplaced {
            return Some(format!(
                "Đúng bằng {} hồ sơ chưa xếp được vào đã xử lý hay đang xử lý: ghi đã kết thúc mà không có ngày, ngày kết thúc \
                 trước ngày tiếp nhận, hoặc trạng thái không đọc được.",
                count(self.unplaced)
            ));
        }
        let named = [
            ("nhận trực tiếp", c.received_direct),
            ("tồn kỳ trước", c.carried_over),
            ("xử lý trễ hẹn", c.late),
            ("quá hạn", c.overdue),
        ];
        let size = difference.unsigned_abs();
        let (name, _) = named.into_iter().find(|(_, v)| !rule.is_rate() && *v == Some(size))?;
        let word =
            if difference > 0 { "chưa được tính vào" } else { "được tính hai lần trong" };
        Some(format!("Phần chênh đúng bằng số hồ sơ {name} ({}): có thể số này {word} vế phải.", count(size)))
    }
}

fn part(name: &str, value: Option<String>) -> SidePart {
    SidePart { name: name.to_owned(), value: value.unwrap_or_else(|| "chưa báo".to_owned()) }
}

/// Who can say why the figures of a system do not add up.
pub(crate) fn ask(system: &str, names: &Names) -> String {
    names.systems.ask(system).unwrap_or("đơn vị lập số liệu").to_owned()
}

/// The stable name used in files and on the command line.
pub(crate) fn id(rule: Rule) -> String {
    serde_json::to_value(rule).ok().and_then(|v| v.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}

/// What people call it.
pub(crate) fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Channels => "Tiếp nhận theo kênh",
        Rule::Total => "Tổng phải xử lý",
        Rule::Handled => "Tổng và kết quả xử lý",
        Rule::Balance => "Tiếp nhận và xử lý",
        Rule::DoneSplit => "Đã xử lý",
        Rule::PendingSplit => "Đang xử lý",
        Rule::OnTimeRate => "Tỷ lệ đúng hẹn",
        Rule::LateRate => "Tỷ lệ trễ hẹn",
        Rule::WithinDeadlineRate => "Tỷ lệ trong hạn",
        Rule::OverdueRate => "Tỷ lệ quá hạn",
        Rule::CarriedOver => "Tồn chuyển kỳ",
    }
}

/// Figures that it ties together, the one to open first.
pub(crate) fn figures(rule: Rule) -> &'static [FigureId] {
    use FigureId as F;
    match rule {
        Rule::Channels => &[F::Received, F::ReceivedOnline, F::ReceivedDirect],
        Rule::Total => &[F::Total, F::Received, F::CarriedOver],
        Rule::Handled => &[F::Total, F::Done, F::Pending],
        Rule::Balance => &[F::Received, F::CarriedOver, F::Done, F::Pending],
        Rule::DoneSplit => &[F::Done, F::DoneOnTime, F::DoneLate],
        Rule::PendingSplit => &[F::Pending, F::PendingInTime, F::PendingOverdue],
        Rule::OnTimeRate => &[F::DoneOnTimeRate, F::DoneOnTime, F::Done],
        Rule::LateRate => &[F::DoneLateRate, F::DoneLate, F::Done],
        Rule::WithinDeadlineRate => &[F::PendingInTimeRate, F::PendingInTime, F::Pending],
        Rule::OverdueRate => &[F::PendingOverdueRate, F::PendingOverdue, F::Pending],
        Rule::CarriedOver => &[F::CarriedOver],
    }
}

/// `38.885 nhận ≠ 38.756 xong + đang xử lý`; `carried` when what was carried over stands on the left too.
pub(crate) fn equation(rule: Rule, whole: u64, parts: u64, carried: bool) -> String {
    let (left, right) = match rule {
        Rule::Channels => ("nhận", "trực tuyến + trực tiếp"),
        Rule::Total => ("tổng", "nhận + tồn kỳ trước"),
        Rule::Handled => ("tổng", "xong + đang xử lý"),
        Rule::Balance if carried => ("nhận + tồn kỳ trước", "xong + đang xử lý"),
        Rule::Balance => ("nhận", "xong + đang xử lý"),
        Rule::DoneSplit => ("xong", "đúng hẹn + trễ hẹn"),
        Rule::PendingSplit => ("đang xử lý", "trong hạn + quá hạn"),
        Rule::OnTimeRate => ("đúng hẹn báo cáo", "đúng hẹn ÷ xong"),
        Rule::LateRate => ("trễ hẹn báo cáo", "trễ hẹn ÷ xong"),
        Rule::WithinDeadlineRate => ("trong hạn báo cáo", "trong hạn ÷ đang xử lý"),
        Rule::OverdueRate => ("quá hạn báo cáo", "quá hạn ÷ đang xử lý"),
        Rule::CarriedOver => ("tồn kỳ trước", "đang xử lý cuối kỳ trước"),
    };
    format!("{} {left} ≠ {} {right}", value(rule, whole), value(rule, parts))
}

/// `chênh 129 hồ sơ`, `chênh 0,4 điểm phần trăm`.
pub(crate) fn verdict(rule: Rule, difference: i64) -> String {
    let size = difference.unsigned_abs();
    if rule.is_rate() {
        return format!("chênh {} điểm phần trăm", percent(size as f64 / 1e6, 2).trim_end_matches('%'));
    }
    format!("chênh {} hồ sơ", count(size))
}

/// One side of an identity.
pub(crate) fn value(rule: Rule, side: u64) -> String {
    if rule.is_rate() { percent(side as f64 / 1e6, 2) } else { count(side) }
}

/// `338.923`.
pub(crate) fn count(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossiers::names::UnitNames;
    use pvhcc_domain::{dossier::systems::Systems, figures::cell::Cell, time::Ms, units::Units};
    use std::{collections::BTreeMap, sync::Arc};

    fn names() -> Names {
        let units = UnitNames::of(&Units::builtin().expect("units"));
        let systems = Systems::builtin().expect("systems");
        Names::new(Arc::new(systems), Arc::new(units), BTreeMap::new(), BTreeMap::new())
    }

    fn ministry() -> Statement {
        Statement::from(Counts {
            received: Some(100),
            received_online: Some(93),
            received_direct: Some(7),
            done: Some(60),
            pending: Some(33),
            ..Counts::default()
        })
    }

    fn checked(statement: Statement) -> Checked {
        let cell = Cell::default().with(Dimension::System, "bo");
        let kind = ReportKind::Cumulative;
        let joined = Joined { cell, kind, statement, as_of: Ms(0), fetched: Ms(0), import: None };
        Checked::stated(&joined, None, &names())
    }

    #[test]
    fn a_broken_identity_shows_both_sides_the_difference_whom_to_ask_and_what_it_equals() {
        let seen = checked(ministry()).view(Rule::Balance);
        assert_eq!(seen.state, CheckState::Broken);
        assert_eq!((seen.left_sum.as_deref(), seen.right_sum.as_deref()), (Some("100"), Some("93")));
        assert_eq!(seen.verdict, "chênh 7 hồ sơ");
        assert!(seen.hint.is_some_and(|h| h.contains("nhận trực tiếp (7)")));
        assert!(seen.ask.is_some_and(|ask| ask.contains("C12")));
        let mark = checked(ministry()).broken(Rule::Balance).expect("marked");
        assert_eq!((mark.rule.as_str(), mark.difference), ("balance", 7));
        assert_eq!(mark.text, "100 nhận ≠ 93 xong + đang xử lý, chênh 7 hồ sơ.", "whom to ask may follow");
    }

    #[test]
    fn what_was_not_reported_is_never_said_to_add_up() {
        for rule in RULES {
            let seen = checked(ministry()).view(rule);
            match rule {
                Rule::Channels => assert_eq!(seen.state, CheckState::Holds),
                Rule::Balance => assert_eq!(seen.state, CheckState::Broken),
                _ => {
                    assert_eq!((seen.state, seen.verdict.as_str()), (CheckState::Unknown, "chưa đủ dữ liệu"))
                }
            }
        }
    }

    #[test]
    fn a_rate_is_compared_in_points_with_what_the_counts_give() {
        let counts = Counts { done: Some(8), on_time: Some(7), late: Some(1), ..Counts::default() };
        let on_time_rate = Some(StatedRate { fraction: 0.9, digits: 1 });
        let statement = Statement { on_time_rate, ..counts.into() };
        let seen = checked(statement).view(Rule::OnTimeRate);
        assert_eq!(seen.verdict, "chênh 2,5 điểm phần trăm");
        assert_eq!((seen.left[0].value.as_str(), seen.right[0].value.as_str()), ("90%", "87,5%"));
        assert!(seen.hint.is_none());
    }

    #[test]
    fn what_is_carried_over_is_held_against_what_the_period_before_left() {
        let before = Statement::from(Counts { pending: Some(12), ..Counts::default() });
        let statement = Statement::from(Counts { carried_over: Some(10), ..Counts::default() });
        let checked = Checked { before: Some(before), kind: ReportKind::Periodic, ..checked(statement) };
        let seen = checked.view(Rule::CarriedOver);
        assert_eq!((seen.state, seen.verdict.as_str()), (CheckState::Broken, "chênh 2 hồ sơ"));
    }
}
