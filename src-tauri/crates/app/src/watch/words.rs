//! The words of the watch.

use super::read::Watched;
use crate::words;
use pvhcc_domain::{
    checklist::Checklist,
    observation::FlowState,
    operation::watch::{FlowStanding, Health, Seen, Verdict},
    text::{number, percent},
    time::Ms,
};

/// Name of an API among APIs: without its ordinal and the word itself.
pub(super) fn api<'a>(checklist: &'a Checklist, api: &'a str) -> &'a str {
    let name = checklist.api_name(api).unwrap_or(api);
    name.strip_prefix("API ").unwrap_or(name)
}

pub(super) fn health(health: Health) -> &'static str {
    match health {
        Health::Failing => "lỗi",
        Health::Slow => "chậm",
        Health::Unsure => "chưa rõ",
        Health::NotObserved => "không quan sát được",
        Health::Quiet => "không có lượt gọi",
        Health::Good => "đạt",
    }
}

pub(super) fn standing(standing: FlowStanding) -> &'static str {
    match standing {
        FlowStanding::Failing => "lỗi",
        FlowStanding::Weak => "yếu",
        FlowStanding::NotObserved => "không quan sát được",
        FlowStanding::NotStarted => "chưa làm",
        FlowStanding::Absent => "không có",
        FlowStanding::Good => "đạt",
    }
}

/// Where the fault lies, in a sentence about one API.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::OwnMachine => "Lỗi ở máy này: chưa hỏi được Trục tích hợp",
        Verdict::OwnNetwork => "Lỗi ở mạng của đơn vị: chưa tới được Trục tích hợp",
        Verdict::Gateway => "Lỗi ở Trục tích hợp",
        Verdict::Api => "Lỗi ở riêng API này; các API khác vẫn đáp ứng",
        Verdict::NotObserved => "Không quan sát được: chưa kết luận",
        Verdict::Unclear => "Chưa đủ lượt gọi để kết luận",
        Verdict::Fine => "Hoạt động bình thường",
    }
}

/// A duration measured in classes, as their upper bound: `400 ms`, `4 s`; above the last class `trên 15 s`.
pub(super) fn bound(ms: Option<u32>) -> String {
    match ms {
        None => "trên 15 s".to_owned(),
        Some(ms) if ms < 1000 => format!("{ms} ms"),
        Some(ms) if ms % 1000 == 0 => format!("{} s", ms / 1000),
        Some(ms) => format!("{},{} s", ms / 1000, ms % 1000 / 100),
    }
}

/// The code of an error as people say it: `503`, `quá hạn`.
pub(super) fn error(code: &str) -> String {
    match code {
        "TIMEOUT" => "quá thời hạn".to_owned(),
        _ => code.strip_prefix("HTTP_").unwrap_or(code).to_owned(),
    }
}

/// What stands on a tile beside its number.
pub(super) fn tile(seen: &Seen) -> String {
    match seen.health {
        Health::NotObserved => "không rõ".to_owned(),
        Health::Quiet => "–".to_owned(),
        // A status is short and says more than a rate; other codes are told in full elsewhere.
        Health::Failing => match seen.last_error.as_deref().and_then(|code| code.strip_prefix("HTTP_")) {
            Some(status) => status.to_owned(),
            None => rate(seen.ok, seen.calls),
        },
        Health::Unsure => rate(seen.ok, seen.calls),
        Health::Slow | Health::Good => bound(seen.p95_ms),
    }
}

pub(super) fn rate(ok: u64, calls: u64) -> String {
    pvhcc_domain::operation::watch::share(ok, calls).map_or_else(|| "–".to_owned(), |r| percent(r, 1))
}

pub(super) fn count(n: u64) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// What was measured, in a sentence: `Thành công 98,2% của 54 lượt gọi từ 22:05 đến 22:10; p50 ≤ 200 ms, p95 ≤ 400 ms`.
pub(super) fn measured(seen: &Seen, at: Ms) -> String {
    let (from, to) = (words::moment(seen.from, at), words::moment(seen.to, at));
    if seen.calls == 0 {
        return format!("Không có lượt gọi nào từ {from} đến {to}");
    }
    format!(
        "Thành công {} của {} lượt gọi từ {from} đến {to}; p50 {}, p95 {}",
        rate(seen.ok, seen.calls),
        count(seen.calls),
        at_most(seen.p50_ms),
        at_most(seen.p95_ms),
    )
}

fn at_most(ms: Option<u32>) -> String {
    match ms {
        Some(_) => format!("≤ {}", bound(ms)),
        None => bound(ms),
    }
}

/// What stands in a cell of the flow matrix.
pub(super) fn cell(watched: &Watched, flow: &FlowState) -> String {
    let moment = |at: Ms| words::moment(at, watched.at);
    let declared = flow.stage == pvhcc_domain::observation::Stage::Declare;
    match watched.standing(flow) {
        FlowStanding::Good if declared => "xong".to_owned(),
        FlowStanding::Good => flow.last_success_at.map_or_else(|| "đạt".to_owned(), moment),
        FlowStanding::Weak => match flow.success_rate {
            Some(rate) if rate < watched.flow_bar => format!("yếu {}", percent(rate, 1)),
            _ => format!("lặng {}", flow.last_success_at.map_or_else(|| "chưa rõ".to_owned(), moment)),
        },
        FlowStanding::Failing => match watched.flow_since(flow) {
            Some(since) => format!("lỗi {}", moment(since)),
            None => "lỗi".to_owned(),
        },
        FlowStanding::NotObserved => "không rõ".to_owned(),
        other => standing(other).to_owned(),
    }
}

/// The whole story of a cell, line by line.
pub(super) fn cell_detail(watched: &Watched, flow: &FlowState) -> String {
    let moment = |at: Ms| words::moment(at, watched.at);
    let state = watched.standing(flow);
    let mut lines = vec![format!(
        "{}, {}: {}",
        words::flow(flow.flow),
        words::stage(flow.stage, flow.phase),
        standing(state)
    )];
    if state == FlowStanding::Absent {
        return lines.remove(0);
    }
    if let Some(since) = watched.flow_since(flow) {
        lines.push(format!("Như vậy từ {}", moment(since)));
    }
    lines.push(match flow.last_success_at {
        Some(at) => format!("Lần thành công gần nhất {} ({})", moment(at), watched.ago(at)),
        None => "Chưa có lần thành công nào".to_owned(),
    });
    if let Some(success) = flow.success_rate {
        lines.push(format!("Thành công {} của {} lượt trong 24 giờ", percent(success, 1), count(flow.calls)));
    }
    if let Some(code) = &flow.error {
        lines.push(format!("Lỗi gần nhất: {}", error(code)));
    }
    lines.join("\n")
}
