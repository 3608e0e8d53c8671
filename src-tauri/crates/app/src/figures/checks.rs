//! The identities of the dossier figures as a person checks them: both sides in full, the difference, and whom to ask.

use super::dossiers::{Dossiers, count, system};
use crate::{
    frame::Fresh,
    wire::{CheckState, CheckView, ChecksView, SidePart},
};
use pvhcc_domain::{
    figures::{Check, Counts, Identity, ReportKind, check},
    observation::DossierSystem,
    time::Ms,
};

/// Every identity of both systems over the year so far, the broken ones first.
pub(crate) fn checks(dossiers: &Dossiers, portal: &Fresh) -> ChecksView {
    let mut checks: Vec<CheckView> = (dossiers.year_so_far.iter())
        .flat_map(|cell| Identity::ALL.map(|identity| view(cell.system, identity, &Counts::from(cell))))
        .collect();
    checks.sort_by_key(|c| c.state != CheckState::Broken);
    let first = dossiers.year_so_far.iter().map(|c| c.from).min();
    let period = first
        .zip(dossiers.until)
        .map(|(from, to)| format!("từ {} đến {}", from.format("%d/%m"), to.format("%d/%m/%Y")));
    let moment = |at: Option<Ms>| {
        at.map_or_else(|| "–".to_owned(), |m| m.local().format("%H:%M %d/%m/%Y").to_string())
    };
    ChecksView {
        period: period.unwrap_or_default(),
        checks,
        source: format!(
            "Nguồn: Cổng DVCQG, số liệu tại {}, lấy lúc {}.",
            moment(dossiers.as_of),
            moment(portal.fetched)
        ),
        age: portal.text.clone(),
        state: portal.state,
    }
}

fn view(of: DossierSystem, identity: Identity, c: &Counts) -> CheckView {
    let part = |name: &str, value: Option<u64>| SidePart {
        name: name.to_owned(),
        value: value.map_or_else(|| "chưa báo".to_owned(), count),
    };
    let carried = c.carried_over.filter(|v| *v > 0).map(|v| part("tồn kỳ trước", Some(v)));
    let received = part("tiếp nhận", c.received);
    let (title, left, right) = match identity {
        Identity::Channels => (
            "Tiếp nhận theo kênh",
            vec![received],
            vec![part("trực tuyến", c.received_online), part("trực tiếp", c.received_direct)],
        ),
        Identity::Balance => (
            "Tiếp nhận và xử lý",
            std::iter::once(received).chain(carried).collect(),
            vec![part("đã xử lý", c.done), part("đang xử lý", c.pending)],
        ),
        Identity::DoneSplit => (
            "Đã xử lý",
            vec![part("đã xử lý", c.done)],
            vec![part("đúng hẹn", c.on_time), part("trễ hẹn", c.late)],
        ),
        Identity::PendingSplit => (
            "Đang xử lý",
            vec![part("đang xử lý", c.pending)],
            vec![part("trong hạn", c.within_deadline), part("quá hạn", c.overdue)],
        ),
    };
    let result = check(identity, c, ReportKind::Cumulative);
    let (state, sums, verdict) = match result {
        Check::Holds => (CheckState::Holds, None, "khớp".to_owned()),
        Check::NotEnoughData => (CheckState::Unknown, None, "chưa đủ dữ liệu".to_owned()),
        Check::Broken { whole, parts } => (
            CheckState::Broken,
            Some((count(whole), count(parts))),
            format!("chênh {} hồ sơ", difference(result)),
        ),
    };
    let (left_sum, right_sum) = sums.unzip();
    let broken = state == CheckState::Broken;
    CheckView {
        title: title.to_owned(),
        system: system(of).to_owned(),
        state,
        left,
        right,
        left_sum,
        right_sum,
        verdict,
        hint: broken.then(|| hint(result, c)).flatten(),
        ask: broken.then(|| ask(of).to_owned()),
    }
}

fn difference(result: Check) -> String {
    count(result.difference().unsigned_abs())
}

/// The difference is often one of the figures, left out or counted twice; saying which is half the answer.
fn hint(result: Check, c: &Counts) -> Option<String> {
    let named = [
        ("nhận trực tiếp", c.received_direct),
        ("tồn kỳ trước", c.carried_over),
        ("xử lý trễ hẹn", c.late),
        ("quá hạn", c.overdue),
    ];
    let (name, _) = named.into_iter().find(|(_, v)| *v == Some(result.difference().unsigned_abs()))?;
    let word =
        if result.difference() > 0 { "chưa được tính vào" } else { "được tính hai lần trong" };
    Some(format!(
        "Phần chênh đúng bằng số hồ sơ {name} ({}): có thể số này {word} vế phải.",
        difference(result)
    ))
}

/// Who can say why the figures of a system do not add up.
fn ask(of: DossierSystem) -> &'static str {
    match of {
        DossierSystem::Province => "đơn vị vận hành hệ thống giải quyết TTHC của tỉnh",
        DossierSystem::Ministry => "đầu mối Cổng DVCQG (C12), đơn vị công bố số liệu của hệ thống cấp bộ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ministry() -> Counts {
        Counts {
            received: Some(100),
            received_online: Some(93),
            received_direct: Some(7),
            done: Some(60),
            pending: Some(33),
            ..Counts::default()
        }
    }

    #[test]
    fn a_broken_identity_shows_both_sides_the_difference_whom_to_ask_and_what_it_equals() {
        let seen = view(DossierSystem::Ministry, Identity::Balance, &ministry());
        assert_eq!(seen.state, CheckState::Broken);
        assert_eq!((seen.left_sum.as_deref(), seen.right_sum.as_deref()), (Some("100"), Some("93")));
        assert_eq!(seen.verdict, "chênh 7 hồ sơ");
        assert!(seen.hint.is_some_and(|h| h.contains("nhận trực tiếp (7)")));
        assert!(seen.ask.is_some());
    }

    #[test]
    fn what_was_not_reported_is_never_said_to_add_up() {
        let seen = view(DossierSystem::Ministry, Identity::DoneSplit, &ministry());
        assert_eq!((seen.state, seen.verdict.as_str()), (CheckState::Unknown, "chưa đủ dữ liệu"));
        assert!(seen.ask.is_none());
        let channels = view(DossierSystem::Ministry, Identity::Channels, &ministry());
        assert_eq!(channels.state, CheckState::Holds);
    }
}
