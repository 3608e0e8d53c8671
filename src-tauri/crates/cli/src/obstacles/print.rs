//! The register as text: tables to read, CSV to hand on, JSON for programs.

use super::Format;
use crate::text;
use pvhcc_app::wire::{
    ErrorCode, ObstacleDetailView, ObstacleEdited, ObstacleRow, ObstaclesView, ResponseRow, WireError,
};
use pvhcc_domain::{
    obstacle::ObstacleStage,
    text::{date, instant},
    time::Ms,
};
use serde::Serialize;
use std::fmt::Write as _;

fn stage(row: &ObstacleRow) -> &'static str {
    match row.stage {
        _ if row.overdue => "quá hạn trả lời",
        ObstacleStage::Raised => "chờ trả lời",
        ObstacleStage::Answered => "đã trả lời",
        ObstacleStage::Resolved => "đã gỡ",
    }
}

fn due(row: &ObstacleRow) -> String {
    row.answer_due.as_deref().and_then(|d| d.parse().ok()).map(date).unwrap_or_default()
}

pub(super) fn done(edited: ObstacleEdited) -> Result<String, WireError> {
    Ok(format!("{} Mã {}\n", edited.message, edited.id))
}

pub(super) fn list(headline: &str, rows: &[&ObstacleRow], format: Format) -> Result<String, WireError> {
    let heads = ["Mã", "Vướng mắc", "Bên phải trả lời", "Hạn trả lời", "Tình trạng", "Thời gian", "Nhiệm vụ"];
    let lines = rows.iter().map(|r| {
        let tasks: Vec<&str> = r.tasks.iter().map(|t| t.no.as_str()).collect();
        vec![
            r.id.clone(),
            r.title.clone(),
            r.party_name.clone(),
            due(r),
            stage(r).to_owned(),
            r.timing.clone(),
            tasks.join(", "),
        ]
    });
    table(headline, &heads, lines.collect(), rows, format)
}

pub(super) fn stats(view: &ObstaclesView, format: Format) -> Result<String, WireError> {
    let heads = [
        "Bên phải trả lời",
        "Chưa gỡ",
        "Chờ trả lời",
        "Quá hạn",
        "Đã trả lời",
        "Đã gỡ",
        "Trung vị, ngày làm việc",
        "Trung vị, giờ",
        "Số lần trả lời",
    ];
    let rows: Vec<&ResponseRow> = view.responses.iter().chain([&view.overall]).collect();
    let lines = rows.iter().map(|r| {
        let mut cells = vec![r.name.clone()];
        cells.extend([r.open, r.waiting, r.overdue, r.answered, r.resolved].map(|n| n.to_string()));
        cells.push(r.median_days_text.clone());
        cells.push(r.median_text.trim_end_matches(" giờ").to_owned());
        cells.push(r.responses.to_string());
        cells
    });
    table(&view.response_title, &heads, lines.collect(), rows, format)
}

pub(super) fn detail(view: &ObstacleDetailView, format: Format) -> Result<String, WireError> {
    if matches!(format, Format::Json) {
        return text::json(view);
    }
    let r = &view.row;
    let tasks: Vec<&str> = r.tasks.iter().map(|t| t.no.as_str()).collect();
    let units: Vec<&str> = r.units.iter().map(|u| u.short.as_str()).collect();
    let fields = [
        ("Mã", r.id.clone()),
        ("Tình trạng", format!("{}, {}", stage(r), r.timing)),
        ("Bên phải trả lời", r.party_name.clone()),
        ("Gửi lúc", instant(Ms(r.raised_at))),
        ("Hạn trả lời", due(r)),
        ("Nhiệm vụ", tasks.join(", ")),
        ("Hệ thống", r.systems.join("; ")),
        ("Đơn vị", units.join("; ")),
        ("Nội dung", r.detail.clone()),
        ("Trả lời", r.answer.clone().unwrap_or_default()),
        ("Gỡ xong", r.resolution.clone().unwrap_or_default()),
    ];
    if matches!(format, Format::Csv) {
        let lines = fields.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
        return csv_text(&["Mục", "Nội dung"], lines);
    }
    let mut text = format!("# {}\n\n", r.title);
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "- {name}: {value}");
    }
    text.push_str("\n## Diễn biến\n\n");
    for line in view.history.iter().rev() {
        let undone = if line.undone { " (đã hoàn tác)" } else { "" };
        let detail = if line.detail.is_empty() { String::new() } else { format!(": {}", line.detail) };
        let _ = writeln!(text, "- {} · {}{undone}{detail} · {}", instant(Ms(line.at)), line.text, line.who);
    }
    Ok(text)
}

fn table<T: Serialize>(
    title: &str,
    heads: &[&str],
    lines: Vec<Vec<String>>,
    data: T,
    format: Format,
) -> Result<String, WireError> {
    match format {
        Format::Json => text::json(&data),
        Format::Csv => csv_text(heads, lines),
        Format::Md => Ok(format!("{title}\n\n{}", text::table(heads, lines))),
    }
}

fn csv_text(heads: &[&str], lines: Vec<Vec<String>>) -> Result<String, WireError> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(heads).map_err(|e| unprintable(&e))?;
    for line in lines {
        out.write_record(&line).map_err(|e| unprintable(&e))?;
    }
    let bytes = out.into_inner().map_err(|e| unprintable(&e))?;
    String::from_utf8(bytes).map_err(|e| unprintable(&e))
}

fn unprintable(e: &dyn std::fmt::Display) -> WireError {
    WireError::new(ErrorCode::Internal, format!("Không in được kết quả: {e}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_or_a_line_break_in_a_title_does_not_break_the_file() {
        let lines = vec![vec!["a|b\nc".to_owned()]];
        assert_eq!(table("t", &["h"], lines, 0, Format::Csv).expect("text"), "h\n\"a|b\nc\"\n");
    }
}
