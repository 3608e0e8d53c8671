//! Vietnamese words for what is found in runbooks and said in runs.

use crate::{App, alerts, words};
use pvhcc_domain::{
    operation::{
        alert::quantity,
        run::{
            Decision, Mode, StepEnd, Vote,
            gate::{Hindrance, Shown},
            startable::Reason,
            state::Stage,
        },
        runbook::{Compare, Condition, Fault, Figure, Finding, Measured, Runbook, Warning, Who},
        signal::Metric,
    },
    text::{self, lower_first},
    time::Ms,
};

pub(crate) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Rehearsal => "Diễn tập",
        Mode::Live => "Thực hiện",
    }
}

pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Waiting => "chưa làm",
        Stage::Running => "đang làm",
        Stage::Done => "xong",
        Stage::Failed => "không đạt",
        Stage::Skipped => "bỏ qua",
    }
}

pub(super) fn step_end(end: StepEnd) -> &'static str {
    match end {
        StepEnd::Done => "Xong",
        StepEnd::Failed => "Không đạt",
        StepEnd::Skipped => "Bỏ qua",
    }
}

pub(super) fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Go => "Tiếp tục",
        Decision::Hold => "Tạm dừng, xem lại",
        Decision::RollBack => "Quay lui",
    }
}

pub(super) fn vote(vote: Vote) -> &'static str {
    match vote {
        Vote::Go => "Đạt",
        Vote::NoGo => "Không đạt",
    }
}

pub(super) fn shown(shown: Shown) -> &'static str {
    match shown {
        Shown::Met => "đạt",
        Shown::NotMet => "không đạt",
        Shown::Building => "đạt, chưa đủ lâu",
        Shown::Unsaid => "chưa có ý kiến",
        Shown::Unobserved => "không quan sát được",
    }
}

/// `trễ 12 phút`, `sớm 3 phút`, `đúng giờ`.
pub(super) fn slip(ms: i64) -> String {
    match ms / 60_000 {
        0 => "đúng giờ".to_owned(),
        late @ 1.. => format!("trễ {}", minutes(late)),
        early => format!("sớm {}", minutes(-early)),
    }
}

/// `12 phút`, `1 giờ 05 phút`.
pub(super) fn minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} phút"),
        (hours, 0) => format!("{hours} giờ"),
        (hours, minutes) => format!("{hours} giờ {minutes:02} phút"),
    }
}

pub(super) fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::ApisProved => "Số API đạt mức",
        Figure::ApisFailed => "Số API dưới mức",
        Figure::ApisUnobserved => "Số API không quan sát được",
        Figure::ObstaclesOpen => "Số vướng mắc chưa gỡ",
    }
}

fn compare(is: Compare) -> &'static str {
    match is {
        Compare::AtLeast => "≥",
        Compare::AtMost => "≤",
        Compare::Above => ">",
        Compare::Below => "<",
    }
}

/// A measured number with its unit; figures are counts.
#[allow(clippy::cast_possible_truncation)] // Saturates; counts are far below.
fn number(value: f64, metric: Option<Metric>) -> String {
    metric.map_or_else(|| text::number(value.round() as i64), |metric| quantity(metric, value))
}

/// A measured value, or that there is none.
pub(super) fn value(condition: &Condition, value: Option<f64>) -> String {
    match (value, condition.metric) {
        (None, _) => "không quan sát được".to_owned(),
        (Some(value), Some(Metric::Up)) => {
            if value >= 1.0 { "hoạt động" } else { "không hoạt động" }.to_owned()
        }
        (Some(value), metric) => number(value, metric),
    }
}

impl App {
    /// `Luồng SSO qua VNeID: tỷ lệ thành công ≥ 98%, giữ 10 phút`.
    pub(super) fn condition_words(&self, condition: &Condition) -> String {
        let bound = number(condition.value, condition.metric);
        let is = compare(condition.is);
        let what = match condition.measured() {
            Some(Measured::Signal(node, Metric::Up)) => {
                let up = matches!(condition.is, Compare::AtLeast | Compare::Above);
                format!(
                    "{}: {}",
                    self.0.alerts.graph().name(node),
                    if up { "hoạt động" } else { "không hoạt động" }
                )
            }
            Some(Measured::Signal(node, of)) => {
                let metric = lower_first(alerts::metric(of));
                format!("{}: {metric} {is} {bound}", self.0.alerts.graph().name(node))
            }
            Some(Measured::Figure(of)) => format!("{} {is} {bound}", figure(of)),
            None => String::new(),
        };
        if condition.minutes > 0 { format!("{what}, giữ {}", minutes(condition.minutes)) } else { what }
    }

    /// `VNPT Gia Lai · kỹ thuật hạ tầng`, `TT PVHCC tỉnh · Trực`.
    pub(super) fn who_words(&self, who: &Who) -> String {
        let unit = self.unit_view(&who.unit).short;
        match (&who.post, who.role) {
            (Some(post), _) => format!("{unit} · {post}"),
            (None, Some(role)) => format!("{unit} · {}", words::role(role)),
            (None, None) => unit,
        }
    }

    /// Why a step may not begin, in words.
    pub(super) fn reason_words(&self, runbook: &Runbook, index: usize, reason: &Reason, now: Ms) -> String {
        let title = |id: &str| runbook.step(id).map_or_else(|| id.to_owned(), |s| s.title.clone());
        let gate = |id: &str| runbook.gate(id).map_or_else(|| id.to_owned(), |g| g.title.clone());
        match reason {
            Reason::RunEnded => "Lần chạy đã kết thúc.".to_owned(),
            Reason::Paused => "Lần chạy đang tạm dừng.".to_owned(),
            Reason::Running => "Bước đang được làm.".to_owned(),
            Reason::Over(over) => format!("Bước đã {}.", stage(*over)),
            Reason::Predecessor { step, stage: at } => {
                format!("Chờ bước «{}» ({}).", title(step), stage(*at))
            }
            Reason::Gate { gate: id, decision: None } => format!("Chờ quyết định «{}».", gate(id)),
            Reason::Gate { gate: id, decision: Some(d) } => {
                format!("Quyết định «{}» là {}.", gate(id), decision(*d).to_lowercase())
            }
            Reason::GoingBack { gate: id } => format!("Đã quyết định quay lui ở «{}».", gate(id)),
            Reason::NoReturn => "Chờ hai người xác nhận điểm không thể quay lui.".to_owned(),
            Reason::PastNoReturn => "Lần chạy chính đã qua điểm không thể quay lui.".to_owned(),
            Reason::TooEarly { until } => format!("Chưa tới giờ: từ {}.", words::moment(*until, now)),
            Reason::Machine { index: need, .. } => {
                let condition = runbook.steps.get(index).and_then(|s| s.needs.get(*need));
                let what = condition.map(|c| self.condition_words(c)).unwrap_or_default();
                format!("Cổng máy đo chưa cho: {what}.")
            }
        }
    }

    /// What keeps "go" from being decided, in words.
    pub(super) fn hindrance_words(&self, runbook: &Runbook, gate: &str, hindrance: &Hindrance) -> String {
        match hindrance {
            Hindrance::Step { step } => {
                let title = runbook.step(step).map_or(step.as_str(), |s| s.title.as_str());
                format!("Bước «{title}» chưa xong.")
            }
            Hindrance::Must { criterion, shown: at, .. } => {
                let found = runbook.gate(gate).and_then(|g| g.criterion(criterion));
                let text = found.map_or(criterion.as_str(), |c| c.text.as_str());
                format!("Tiêu chí bắt buộc «{text}»: {}.", shown(*at))
            }
        }
    }
}

/// What is wrong, with what to do.
pub(super) fn fault(finding: &Finding<Fault>) -> String {
    let of = &finding.of;
    let text = match &finding.what {
        Fault::Syntax(parser) => syntax(parser),
        Fault::Empty("steps") => "kịch bản không có bước nào; hãy thêm [[steps]]".to_owned(),
        Fault::Empty("criteria") => format!("cổng «{of}» không có tiêu chí; hãy thêm [[gates.criteria]]"),
        Fault::Empty(field) => format!("«{field}» của «{of}» để trống; hãy điền"),
        Fault::BadId(id) => {
            format!("mã «{id}» chỉ được gồm chữ thường không dấu, chữ số và dấu gạch nối, dài tới 60")
        }
        Fault::Duplicate(id) => format!("mã «{id}» đã dùng ở trên; hãy đặt mã khác"),
        Fault::NotAnInstant => "«starts» phải có dạng 2026-05-29T16:00:00+07:00".to_owned(),
        Fault::BadMinutes(field) => {
            format!(
                "«{field}» của «{of}» phải là số phút không âm, thời lượng thì lớn hơn 0 và không quá 14 ngày"
            )
        }
        Fault::UnknownStream(id) => format!("bước «{of}» thuộc nhánh «{id}» không có trong [[streams]]"),
        Fault::UnknownStep(id) => format!("«{of}» chờ bước «{id}» không có trong kịch bản"),
        Fault::UnknownGate(id) => format!("bước «{of}» chờ cổng «{id}» không có trong [[gates]]"),
        Fault::UnknownUnit(id) => format!("đơn vị «{id}» của «{of}» không có trong danh mục đơn vị"),
        Fault::UnknownNode(id) => format!("nút đo «{id}» của «{of}» không có trong sơ đồ phụ thuộc"),
        Fault::UnknownRunbook(id) => format!("chưa có kịch bản quay lui «{id}»; hãy nhập kịch bản đó trước"),
        Fault::UnknownRollbackStep(id) => {
            format!("bước quay lui «{id}» của «{of}» không có trong kịch bản quay lui")
        }
        Fault::ConditionOfNothing => {
            format!("điều kiện của «{of}» cần node và metric, hoặc figure, không phải cả hai")
        }
        Fault::BadValue => format!("giá trị so sánh của «{of}» phải là số không âm, tỷ lệ thì từ 0 đến 1"),
        Fault::CriterionOfNothing(id) => {
            format!("tiêu chí «{id}» của cổng «{of}» cần measure (máy đo) hoặc word (ý kiến của ai)")
        }
        Fault::Cycle(way) => format!("các bước chờ nhau thành vòng: {}", way.join(" → ")),
        Fault::SecondNoReturn(first) => {
            format!("chỉ một bước được đánh dấu no_return; «{first}» đã là điểm không thể quay lui")
        }
        Fault::HalfARollback => "rollback và worst_rollback_minutes phải có cùng nhau".to_owned(),
        Fault::NoSafeMoment => {
            "worst_rollback_minutes dài hơn window_minutes: không có lúc nào quay lui kịp".to_owned()
        }
    };
    format!("Dòng {}: {text}.", finding.line)
}

/// The parser's words in Vietnamese, where they are known.
fn syntax(parser: &str) -> String {
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let first = parser.lines().next().unwrap_or_default();
    if first.starts_with("unknown field") {
        format!("không có trường «{}»; hãy xem lại tên trường", quoted(first))
    } else if first.starts_with("missing field") {
        format!("thiếu trường «{}»", quoted(first))
    } else if first.starts_with("unknown variant") {
        format!("không nhận giá trị «{}»; các giá trị có thể dùng: {}", quoted(first), options(first))
    } else if first.starts_with("duplicate key") {
        "trường này đã có ở trên".to_owned()
    } else if first.starts_with("invalid type") {
        format!("kiểu dữ liệu không đúng ({first})")
    } else {
        format!("không đúng cú pháp TOML ({first})")
    }
}

fn options(parser: &str) -> String {
    parser.split_once("expected").map_or_else(String::new, |(_, rest)| {
        rest.trim().trim_start_matches("one of").replace('`', "").replace(" or ", ", ").trim().to_owned()
    })
}

/// What somebody should look at.
pub(super) fn warning(finding: &Finding<Warning>) -> String {
    let of = &finding.of;
    let text = match &finding.what {
        Warning::OwnerBusy { other } => {
            format!(
                "bước «{of}» trùng giờ với «{other}» của cùng người phụ trách; ghi post khác nhau nếu là hai người"
            )
        }
        Warning::BeforePredecessor { other } => {
            format!("bước «{of}» dự kiến bắt đầu khi «{other}» chưa xong")
        }
        Warning::NoMust => format!("cổng «{of}» không có tiêu chí bắt buộc"),
        Warning::GateUnused => format!("không bước nào chờ cổng «{of}»"),
    };
    format!("Dòng {}: {text}.", finding.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_values_read_as_people_say_them() {
        assert_eq!([0, 59_000, -59_000].map(slip), ["đúng giờ"; 3].map(str::to_owned));
        assert_eq!(slip(12 * 60_000), "trễ 12 phút");
        assert_eq!(slip(-65 * 60_000), "sớm 1 giờ 05 phút");
        let condition = |metric| Condition {
            node: Some("flow:sso".into()),
            metric: Some(metric),
            figure: None,
            is: Compare::AtLeast,
            value: 0.98,
            minutes: 0,
        };
        assert_eq!(value(&condition(Metric::SuccessRate), Some(0.964)), "96,4%");
        assert_eq!(value(&condition(Metric::SuccessRate), Some(1.0)), "100%");
        assert_eq!(value(&condition(Metric::Up), Some(0.0)), "không hoạt động");
        assert_eq!(value(&condition(Metric::Waiting), Some(1181.0)), "1.181");
        assert_eq!(value(&condition(Metric::Waiting), None), "không quan sát được");
    }

    #[test]
    fn the_parsers_words_are_told_in_vietnamese() {
        assert_eq!(syntax("missing field `title`"), "thiếu trường «title»");
        assert_eq!(
            syntax("unknown variant `may`, expected `must` or `should`"),
            "không nhận giá trị «may»; các giá trị có thể dùng: must, should"
        );
    }
}
