//! Lines of "Cần chú ý" on sources. Sources that are silent for one cause are one line: the host is what needs someone, not
//! each of its addresses.

use super::attention::to_sources;
use crate::wire::{AttentionItem, FreshState, SourceView};

/// What a cause is told apart by: the state, where it lies, and what is wrong where that alone makes it one cause.
type Cause<'a> = (FreshState, &'a str, &'a str);

/// One line a cause, with its rank.
pub(super) fn lines(sources: &[SourceView]) -> Vec<(i64, AttentionItem)> {
    let mut causes: Vec<(Cause<'_>, Vec<&SourceView>)> = Vec::new();
    for source in sources.iter().filter(|s| s.state != FreshState::Fresh) {
        let cause = cause(source, sources);
        match causes.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, of)) => of.push(source),
            None => causes.push((cause, vec![source])),
        }
    }
    causes.into_iter().map(|((state, at, _), of)| line(state, at, &of)).collect()
}

/// Where it lies: at the host, when none of its addresses answers; else as the verdict on the failure says (`Mạng của đơn vị:
/// không tìm thấy máy chủ`). Addresses of a host that fail alike while others answer are one cause, too.
fn cause<'a>(source: &'a SourceView, all: &[SourceView]) -> Cause<'a> {
    let host = split(&source.title).0;
    if source.state != FreshState::Failing {
        return (source.state, host, "");
    }
    let (verdict, what) = split(source.problem.as_deref().unwrap_or_default());
    if verdict != crate::messages::ONE_ADDRESS {
        return (source.state, if verdict.is_empty() { host } else { verdict }, "");
    }
    let of_host = || all.iter().filter(|s| split(&s.title).0 == host);
    let down = of_host().count() > 1 && of_host().all(|s| s.state == FreshState::Failing);
    (source.state, host, if down { "" } else { what })
}

/// The parts of `place: the rest`.
fn split(text: &str) -> (&str, &str) {
    text.split_once(": ").unwrap_or((text, ""))
}

fn line(state: FreshState, at: &str, of: &[&SourceView]) -> (i64, AttentionItem) {
    let (badge, tone, rank) = match state {
        FreshState::Fresh | FreshState::Stale => ("Số liệu cũ", "unknown", 650),
        FreshState::Failing => ("Nguồn lỗi", "bad", 800),
        FreshState::NotObserved => ("Chưa quan sát", "unknown", 450),
    };
    // The one that is silent for longest speaks for all.
    let oldest = of.iter().min_by_key(|s| (s.fetched_at, s.failing_since));
    let text = oldest.map(|s| s.text.as_str()).unwrap_or_default();
    let (title, detail) = match of {
        [one] => (format!("{} {text}", one.title), one.problem.clone().unwrap_or_default()),
        all => {
            let host = all.iter().all(|s| split(&s.title).0 == at);
            // What is said of the host need not be repeated at each of its addresses.
            let problem = |s: &SourceView| -> Option<String> {
                let problem = s.problem.as_deref()?;
                Some(if host { split(problem).1 } else { problem }.to_owned())
            };
            let mut detail: Vec<String> = all.iter().filter_map(|s| problem(s)).collect();
            detail.sort_unstable();
            detail.dedup();
            // That the program stopped asking follows from what it met before.
            if detail.len() > 1 {
                detail.retain(|p| !p.ends_with(crate::messages::NOT_ASKED));
            }
            let names: Vec<&str> = all.iter().map(|s| split(&s.title).1).collect();
            detail.push(names.join(", "));
            let whose = if host { format!(" của {at}") } else { String::new() };
            (format!("{} nguồn{whose} {text}", all.len()), detail.join(" · "))
        }
    };
    let (badge, tone, action) = (badge.into(), tone.into(), "Xem".into());
    (rank, AttentionItem { badge, tone, title, detail, action, target: to_sources() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(title: &str, state: FreshState, text: &str, problem: Option<&str>) -> SourceView {
        SourceView {
            id: String::new(),
            title: title.into(),
            state,
            text: text.into(),
            as_of: None,
            fetched_at: None,
            last_try: None,
            next_due: None,
            rows: 0,
            quarantined: 0,
            problem: problem.map(Into::into),
            failing_since: Some(1),
            every_seconds: 60,
            limit_seconds: 180,
        }
    }

    fn told(sources: &[SourceView]) -> Vec<(String, String, String)> {
        lines(sources).into_iter().map(|(_, l)| (l.badge, l.title, l.detail)).collect()
    }

    fn line(badge: &str, title: &str, detail: &str) -> (String, String, String) {
        (badge.into(), title.into(), detail.into())
    }

    #[test]
    fn sources_of_a_host_that_fails_are_one_line_with_its_cause_and_their_names() {
        let failing = |name: &str, what: &str| {
            let problem = format!("Trục tích hợp: {what}");
            source(&format!("Trục tích hợp: {name}"), FreshState::Failing, "lỗi từ 14:05", Some(&problem))
        };
        let refused = "máy chủ từ chối kết nối";
        let mut sources = vec![
            failing("trạng thái nhiệm vụ", refused),
            failing("luồng tích hợp", refused),
            failing("số đo API", crate::messages::NOT_ASKED),
            source("Cổng DVCQG: số liệu hồ sơ", FreshState::Fresh, "2 phút trước", None),
        ];
        let expected = line(
            "Nguồn lỗi",
            "3 nguồn của Trục tích hợp lỗi từ 14:05",
            "máy chủ từ chối kết nối · trạng thái nhiệm vụ, luồng tích hợp, số đo API",
        );
        assert_eq!(told(&sources), [expected]);

        let other = Some("Cổng DVCQG: máy chủ lỗi (502)");
        sources[3] = source("Cổng DVCQG: số liệu hồ sơ", FreshState::Failing, "lỗi từ 14:06", other);
        assert_eq!(told(&sources).len(), 2, "another host is another cause");

        for failing in &mut sources {
            failing.problem = Some("Mạng của đơn vị: không tìm thấy máy chủ".into());
        }
        let told = told(&sources);
        assert_eq!(told.len(), 1, "the own network is one cause for all hosts: {told:?}");
        assert_eq!(told[0].1, "4 nguồn lỗi từ 14:05");
        assert!(told[0].2.starts_with("Mạng của đơn vị: không tìm thấy máy chủ · trạng thái"), "{told:?}");
    }

    #[test]
    fn addresses_that_fail_alike_are_one_line_and_what_was_never_seen_is_no_failure() {
        let alone = |name: &str, what: &str| {
            let problem = format!("{}: {what}", crate::messages::ONE_ADDRESS);
            source(&format!("Trục tích hợp: {name}"), FreshState::Failing, "lỗi từ 14:05", Some(&problem))
        };
        let fresh = source("Trục tích hợp: số đo API", FreshState::Fresh, "2 phút trước", None);
        let never = |title: &str| source(title, FreshState::NotObserved, "chưa quan sát", None);
        let (a, b) = ("máy chủ lỗi (500)", "trả lời quá lớn");
        let flows = alone("luồng tích hợp", a);
        let (title, own) = ("Trục tích hợp: luồng tích hợp lỗi từ 14:05", format!("Riêng địa chỉ này: {a}"));
        assert_eq!(told(&[flows.clone(), fresh.clone()]), [line("Nguồn lỗi", title, &own)]);
        let both = [flows.clone(), alone("trạng thái nhiệm vụ", a), fresh.clone()];
        let names = "luồng tích hợp, trạng thái nhiệm vụ";
        let title = "2 nguồn của Trục tích hợp lỗi từ 14:05";
        assert_eq!(told(&both), [line("Nguồn lỗi", title, &format!("{a} · {names}"))]);
        let differently = [flows.clone(), alone("trạng thái nhiệm vụ", b), fresh];
        assert_eq!(told(&differently).len(), 2, "something answers, and these two fail in ways of their own");
        let down = [flows, alone("trạng thái nhiệm vụ", b)];
        assert_eq!(
            told(&down),
            [line("Nguồn lỗi", title, &format!("{a} · {b} · {names}"))],
            "nothing answers"
        );
        assert_eq!(
            told(&[never("Trục tích hợp: luồng tích hợp"), never("Trục tích hợp: số đo API")]),
            [line("Chưa quan sát", "2 nguồn của Trục tích hợp chưa quan sát", "luồng tích hợp, số đo API")]
        );
        assert_eq!(told(&[]), []);
    }
}
