//! The words of alerts on the screen.

use crate::words::span;
use pvhcc_domain::{
    operation::{
        alert::{Alert, Graph, Kind, NodeKind, Rule, Side, quantity},
        incident::Severity,
        signal::Metric,
    },
    time::Ms,
};
use std::collections::BTreeSet;

/// What an alert broke; of one that is over, what it had broken.
pub(super) fn broken(alert: &Alert) -> BTreeSet<&str> {
    let effects = alert.effects.iter().filter(|effect| !alert.firing() || effect.ended.is_none());
    effects.map(|effect| effect.key.node.as_str()).filter(|node| *node != alert.key.node).collect()
}

/// `5 luồng, 53 API`; empty without effects. Of one that is over, those that it had.
pub(crate) fn effects(graph: &Graph, alert: &Alert) -> String {
    let nodes = broken(alert);
    let count = |kinds: &[NodeKind]| {
        nodes.iter().filter(|node| graph.node(node).is_some_and(|n| kinds.contains(&n.kind))).count()
    };
    let parts = [
        (count(&[NodeKind::System, NodeKind::Own, NodeKind::Probe]), "hệ thống"),
        (count(&[NodeKind::Flow]), "luồng"),
        (count(&[NodeKind::Api]), "API"),
        (count(&[NodeKind::Figure]), "số liệu"),
    ];
    let parts = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// What is measured.
pub(crate) fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Up => "Tình trạng",
        Metric::SuccessRate => "Tỷ lệ thành công",
        Metric::P95 => "Thời gian p95",
        Metric::Calls => "Lượt gọi mỗi phút",
        Metric::CallsAgainstUsual => "Lượt gọi so với thường lệ",
        Metric::Age => "Tuổi số liệu",
        Metric::Waiting => "Số bản ghi chờ",
        Metric::Failed => "Số bản ghi bỏ dở",
        Metric::Unpaid => "Hồ sơ chưa thanh toán",
    }
}

/// How many times the unit shown is in the metric's own.
pub(crate) fn scale(metric: Metric) -> f64 {
    if matches!(metric, Metric::SuccessRate | Metric::CallsAgainstUsual) { 100.0 } else { 1.0 }
}

/// The unit that its values are shown in; empty for one that is either so or not.
pub(crate) fn unit(metric: Metric) -> &'static str {
    match metric {
        Metric::SuccessRate | Metric::CallsAgainstUsual => "%",
        Metric::P95 => "ms",
        Metric::Age => "giây",
        Metric::Calls => "lượt/phút",
        Metric::Waiting | Metric::Failed => "bản ghi",
        Metric::Unpaid => "hồ sơ",
        Metric::Up => "",
    }
}

/// The code of a failure as people say it; what the other side calls its errors stays as it says.
pub(crate) fn fault(code: &str) -> &str {
    match code {
        "dns" => "không tìm thấy máy chủ",
        "refused" => "máy chủ từ chối kết nối",
        "timeout" | "TIMEOUT" => "không trả lời trong thời hạn",
        "reset" => "kết nối bị ngắt giữa chừng",
        "tls" => "chứng thư không hợp lệ",
        "unauthorized" => "từ chối tài khoản (401)",
        "forbidden" => "không có quyền (403)",
        "not_found" => "không có địa chỉ này (404)",
        "gone" => "không còn nhận vị trí đọc tiếp (410)",
        "rate_limited" => "yêu cầu gọi chậm lại (429)",
        "server" => "máy chủ lỗi (5xx)",
        "too_large" => "trả lời quá lớn",
        "bad_envelope" => "trả lời sai cấu trúc",
        "bad_schema" => "trả lời không theo hợp đồng",
        "session" => "phiên làm việc không hợp lệ",
        "redirect" => "chuyển hướng sang nơi khác",
        "breaker_open" => "tạm ngừng hỏi sau nhiều lần lỗi",
        "budget_spent" => "đã hết lượt thử lại",
        "config" => "cấu hình chưa đúng",
        "unexpected" => "trang trả về không đúng nội dung",
        other => other,
    }
}

/// A value as people read it; what is not observed is said.
pub(super) fn value(metric: Metric, value: Option<f64>) -> String {
    value.map_or_else(|| "không quan sát được".to_owned(), |value| quantity(metric, value))
}

/// `dưới 50% trong 4 phút`, `tăng quá 300 trong 15 phút`, `không quan sát được trong 15 phút`.
pub(super) fn finds(rule: &Rule) -> String {
    let hold = if rule.hold > 0 { format!(" trong {}", time(rule.hold)) } else { String::new() };
    match (rule.kind, rule.limit) {
        (Kind::Absence, _) | (_, None) => format!("không quan sát được{hold}"),
        (_, Some(_)) if rule.metric == Metric::Up => format!("không chạy{hold}"),
        (Kind::Rate, Some(limit)) => {
            let way = if limit.side == Side::Above { "tăng" } else { "giảm" };
            let by = quantity(rule.metric, limit.bad.abs());
            format!("{way} quá {by} trong {}", time(rule.window))
        }
        (Kind::Threshold | Kind::Duration, Some(limit)) => {
            let side = if limit.side == Side::Above { "trên" } else { "dưới" };
            format!("{side} {}{hold}", quantity(rule.metric, limit.bad))
        }
    }
}

/// When it is over: `từ 90% trong 5 phút`.
pub(super) fn clears(rule: &Rule) -> String {
    let hold = if rule.clear_hold > 0 { format!(" trong {}", time(rule.clear_hold)) } else { String::new() };
    match (rule.kind, rule.limit) {
        (Kind::Absence, _) | (_, None) => format!("quan sát lại được{hold}"),
        (_, Some(_)) if rule.metric == Metric::Up => format!("chạy lại{hold}"),
        (Kind::Rate, Some(limit)) => {
            format!("đổi không quá {}{hold}", quantity(rule.metric, limit.good.abs()))
        }
        (Kind::Threshold | Kind::Duration, Some(limit)) => {
            let side = if limit.side == Side::Above { "không quá" } else { "từ" };
            format!("{side} {}{hold}", quantity(rule.metric, limit.good))
        }
    }
}

/// `45 giây`, `15 phút`, `1 giờ 30 phút`.
pub(super) fn time(ms: i64) -> String {
    let (minutes, rest) = (ms / 60_000, ms % 60_000);
    match (minutes, rest) {
        (0, _) => format!("{} giây", ms / 1000),
        (60.., 0) if minutes % 60 == 0 => format!("{} giờ", minutes / 60),
        (60.., _) => format!("{} giờ {} phút", minutes / 60, minutes % 60),
        (_, 0) => format!("{minutes} phút"),
        _ => format!("{minutes} phút {} giây", rest / 1000),
    }
}

/// Tone of a severity on the screen.
pub(super) fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::S1 | Severity::S2 => "bad",
        Severity::S3 => "warn",
        Severity::S4 => "info",
    }
}

/// How long it stands, or stood: `12 phút`, `đã hết sau 8 phút`.
pub(super) fn lasts(alert: &Alert, now: Ms) -> String {
    match (alert.ended(), &alert.folded) {
        (None, _) => span(now.0 - alert.since.0),
        (Some(at), Some(_)) => format!("gộp vào nguyên nhân sau {}", span(at.0 - alert.since.0)),
        (Some(at), None) => format!("hết sau {}", span(at.0 - alert.since.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_the_largest_units_that_fit() {
        for (ms, said) in [
            (45_000, "45 giây"),
            (60_000, "1 phút"),
            (90_000, "1 phút 30 giây"),
            (3_600_000, "1 giờ"),
            (5_400_000, "1 giờ 30 phút"),
        ] {
            assert_eq!(time(ms), said);
        }
    }
}
