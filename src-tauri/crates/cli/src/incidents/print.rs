//! The register as text to read, or JSON for programs.

use super::Format;
use crate::text::{json, table};
use pvhcc_app::wire::{
    HandoverView, IncidentDetailView, IncidentEdited, IncidentRow, IncidentsView, WireError,
};
use pvhcc_domain::{text::instant, time::Ms};
use std::fmt::Write as _;

pub(super) fn done(edited: IncidentEdited) -> Result<String, WireError> {
    Ok(format!("{} Mã {}\n", edited.message, edited.id))
}

fn next(row: &IncidentRow) -> String {
    row.next.as_ref().map(|clock| clock.text.clone()).unwrap_or_default()
}

pub(super) fn list(headline: &str, rows: &[&IncidentRow], format: Format) -> Result<String, WireError> {
    if matches!(format, Format::Json) {
        return json(&rows);
    }
    let lines = rows.iter().map(|r| {
        vec![
            r.id.clone(),
            r.severity_text.clone(),
            r.title.clone(),
            r.stage_text.clone(),
            instant(Ms(r.detected)),
            r.owner.clone().unwrap_or_else(|| "chưa có".to_owned()),
            next(r),
        ]
    });
    let heads = ["Mã", "Mức", "Sự cố", "Tình trạng", "Phát hiện", "Đầu mối", "Đồng hồ"];
    Ok(format!("{headline}\n\n{}", table(&heads, lines)))
}

pub(super) fn stats(view: &IncidentsView, format: Format) -> Result<String, WireError> {
    if matches!(format, Format::Json) {
        return json(&view.figures);
    }
    let lines = view.figures.iter().map(|f| {
        let mut cells = vec![f.name.clone(), f.over.to_string(), f.open.to_string()];
        cells.extend(f.texts.iter().cloned());
        cells
    });
    let heads =
        ["Mức", "Đã xong", "Đang mở", "MTTA trung bình", "MTTA trung vị", "MTTR trung bình", "MTTR trung vị"];
    Ok(format!("Sự cố phát hiện từ {} đến {}\n\n{}", view.from, view.to, table(&heads, lines)))
}

pub(super) fn detail(view: &IncidentDetailView, format: Format) -> Result<String, WireError> {
    if matches!(format, Format::Json) {
        return json(view);
    }
    let r = &view.row;
    let touches: Vec<&str> = r.touches.iter().map(|t| t.name.as_str()).collect();
    let clocks: Vec<&str> = r.clocks.iter().map(|c| c.text.as_str()).collect();
    let mut text = format!("# {}\n\n", r.title);
    for (name, value) in [
        ("Mã", r.id.clone()),
        ("Mức", r.severity_text.clone()),
        ("Tình trạng", r.stage_text.clone()),
        ("Phát hiện", instant(Ms(r.detected))),
        ("Đồng hồ", clocks.join("; ")),
        ("Đầu mối", r.owner.clone().unwrap_or_default()),
        ("Ảnh hưởng", touches.join("; ")),
        ("Biểu hiện", view.text.clone()),
        ("Cách làm tạm", r.workaround.clone().unwrap_or_default()),
        ("Nguyên nhân", r.cause.clone().unwrap_or_default()),
        ("Khắc phục", view.how.clone().unwrap_or_default()),
        ("Rút kinh nghiệm", view.lesson.clone().unwrap_or_default()),
    ] {
        if !value.is_empty() {
            let _ = writeln!(text, "- {name}: {value}");
        }
    }
    for f in &view.follow_ups {
        let _ = writeln!(
            text,
            "- Việc sau sự cố: {} · {} · hạn {} · {}",
            f.task.title,
            f.unit.short,
            f.due,
            f.task.status.words()
        );
    }
    text.push_str("\n## Diễn biến\n\n");
    for line in &view.timeline {
        let idle = if line.idle { " (không có tác dụng)" } else { "" };
        let detail = if line.detail.is_empty() { String::new() } else { format!(": {}", line.detail) };
        let _ = writeln!(text, "- {} · {}{idle}{detail} · {}", instant(Ms(line.at)), line.text, line.who);
    }
    Ok(text)
}

pub(super) fn handover(view: &HandoverView, format: Format) -> Result<String, WireError> {
    if matches!(format, Format::Json) {
        return json(view);
    }
    let mut text = format!("# Tình hình lúc {}\n", instant(Ms(view.now)));
    for part in &view.parts {
        let _ = writeln!(text, "\n## {}\n", part.title);
        for line in &part.lines {
            let _ = writeln!(text, "- {line}");
        }
    }
    text.push_str("\n# Các bản bàn giao\n");
    if view.notes.is_empty() {
        text.push_str("\nChưa có.\n");
    }
    for note in &view.notes {
        let taken = match (&note.taken_by, note.taken_at) {
            (Some(by), Some(at)) => format!("{by} nhận lúc {}", instant(Ms(at))),
            _ => "chưa ai nhận".to_owned(),
        };
        let _ = writeln!(
            text,
            "\n- {} · {} · {taken} · mã {}\n  {}",
            instant(Ms(note.at)),
            note.by,
            note.id,
            note.note
        );
    }
    Ok(text)
}
