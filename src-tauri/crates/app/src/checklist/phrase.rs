//! Acts in words: what was done, and the particulars.

use super::vn;
use crate::{App, words};
use pvhcc_domain::{
    act::{Act, Event},
    evidence::{Evidence, TestResult},
    rag::{Rag, RagOverride},
};

impl App {
    /// `Báo xong ngày 18/03/2026`, and remark, on behalf of whom, how it was learned. `all` are the events it may speak of.
    pub(crate) fn phrase(&self, event: &Event, all: &[Event]) -> (String, String) {
        let of = |id: &str| all.iter().find(|e| e.id == id);
        match &event.act {
            Act::TaskStatusSet { status, done_on, note, on_behalf_of, learned, without_evidence } => {
                let day = done_on.map(|d| format!(" ngày {}", vn(d))).unwrap_or_default();
                let mut detail: Vec<String> = Vec::new();
                detail.extend(on_behalf_of.as_ref().map(|u| format!("thay {}", self.unit_view(u).short)));
                detail.extend(learned.map(|l| words::learned(l).to_owned()));
                detail.extend(note.clone());
                detail.extend(without_evidence.as_ref().map(|w| format!("chưa có minh chứng: {w}")));
                (format!("{}{day}", capital(words::status(*status))), detail.join(" · "))
            }
            Act::TaskNoteAdded { note } => ("Ghi chú".to_owned(), note.clone()),
            Act::TaskDueChanged { due, document } => {
                (format!("Đổi hạn thành {}", vn(*due)), format!("theo {document}"))
            }
            Act::TaskExpectedSet { expected, note } => (
                expected.map_or_else(|| "Bỏ ngày dự kiến".to_owned(), |d| format!("Dự kiến xong {}", vn(d))),
                note.clone().unwrap_or_default(),
            ),
            Act::EvidenceAdded { evidence } => {
                (format!("Thêm minh chứng: {}", evidence_kind(evidence)), evidence_text(evidence))
            }
            Act::EvidenceRevoked { evidence_id, reason } => {
                let what = of(evidence_id).map(|e| self.phrase(e, &[])).map(|(_, text)| text);
                (
                    "Rút minh chứng".to_owned(),
                    what.into_iter().chain([reason.clone()]).collect::<Vec<_>>().join(" · "),
                )
            }
            Act::RagOverridden { rag, reason, until } => {
                (format!("Đặt mức cảnh báo «{}» đến hết ngày {}", rag_word(*rag), vn(*until)), reason.clone())
            }
            Act::RagOverrideEnded {} => ("Bỏ mức cảnh báo đặt tay".to_owned(), String::new()),
            Act::ConflictSettled { kept, .. } => {
                let what = of(kept).map(|e| format!("giữ: {}", self.phrase(e, &[]).0));
                ("Giải quyết mâu thuẫn".to_owned(), what.unwrap_or_default())
            }
            Act::ActUndone { event_id } => {
                let target = of(event_id);
                match target.map(|e| &e.act) {
                    Some(Act::ActUndone { event_id: first }) => {
                        ("Làm lại".to_owned(), of(first).map(|e| self.phrase(e, &[]).0).unwrap_or_default())
                    }
                    _ => ("Hoàn tác".to_owned(), target.map(|e| self.phrase(e, &[]).0).unwrap_or_default()),
                }
            }
            Act::TaskTextSet { column, text } => {
                let title = self.column_title(&event.entity, column);
                let text_is = if text.is_empty() { "Trả lại nguyên văn cột" } else { "Ghi cột" };
                (format!("{text_is} “{title}”"), text.clone())
            }
            Act::TaskMeasured { measure, value, as_of, source } => {
                let row = event.entity.strip_prefix("task:").and_then(|key| self.row(key));
                let measure = row.as_ref().and_then(|r| r.measure(measure)).map_or_else(
                    || format!("{measure}: {}", number(*value)),
                    |m| format!("{}: {}", m.title, amount(*value, &m.unit)),
                );
                (format!("Số liệu {measure}"), format!("tính đến {} · {source}", vn(*as_of)))
            }
            other => thing_phrase(other),
        }
    }
}

impl App {
    /// Title of a column of words of a task's list.
    pub(crate) fn column_title(&self, entity: &str, column: &str) -> String {
        let lists = self.checklists();
        let list = entity.strip_prefix("task:").and_then(|key| lists.of_key(key));
        list.and_then(|l| l.column(column)).map_or_else(|| column.to_owned(), |c| c.title.clone())
    }
}

/// Acts that need nobody else's words.
fn thing_phrase(act: &Act) -> (String, String) {
    let (text, detail) = match act {
        Act::BatchClosed { events, about } => {
            (about.clone(), format!("{} thao tác ghi cùng lúc", events.len()))
        }
        Act::ObstacleRaised { .. } => ("Nêu vướng mắc".to_owned(), String::new()),
        Act::ObstacleChanged { .. } => ("Sửa vướng mắc".to_owned(), String::new()),
        Act::ObstacleAnswered { text, .. } => ("Vướng mắc được trả lời".to_owned(), text.clone()),
        Act::ObstacleResolved { text, .. } => ("Gỡ xong vướng mắc".to_owned(), text.clone()),
        Act::ObstacleReopened { reason } => ("Mở lại vướng mắc".to_owned(), reason.clone()),
        Act::DossiersImported { file, .. } => ("Nhập số liệu hồ sơ".to_owned(), file.clone()),
        other => (other.kind().to_owned(), String::new()),
    };
    (text, detail)
}

/// `tệp`, `đường dẫn`, …
pub(crate) fn evidence_kind(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Note { .. } => "ghi chú",
        Evidence::Link { .. } => "đường dẫn",
        Evidence::File { .. } => "tệp",
        Evidence::LiveCheck { .. } => "số đo API",
        Evidence::TestRun { .. } => "lượt kiểm thử",
    }
}

/// What the evidence is, in one line.
pub(crate) fn evidence_text(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Note { text } => text.clone(),
        Evidence::Link { url, title } => {
            title.as_ref().map_or_else(|| url.clone(), |t| format!("{t} ({url})"))
        }
        Evidence::File { file } => file.name.clone(),
        Evidence::LiveCheck { check } => {
            format!("{}: {}/{} lượt gọi thành công", check.api, check.ok, check.calls)
        }
        Evidence::TestRun { on, by, tried, result, minutes } => {
            let result = match result {
                TestResult::Passed => "đạt",
                TestResult::Partly => "đạt một phần",
                TestResult::Failed => "không đạt",
            };
            let minutes = minutes.as_ref().map(|f| format!(" · {}", f.name)).unwrap_or_default();
            format!("{tried}: {result} · {by}, {}{minutes}", vn(*on))
        }
    }
}

/// `cần xử lý`, `cần để ý`, …: the words of the panel.
pub(crate) fn rag_word(rag: Rag) -> &'static str {
    match rag {
        Rag::None => "không áp dụng",
        Rag::Done => "xong",
        Rag::Green => "đúng tiến độ",
        Rag::Amber => "cần để ý",
        Rag::Red => "cần xử lý",
    }
}

/// `cần để ý đến hết ngày 05/06/2026: chờ công văn`.
pub(crate) fn phrase_rag(rag: &RagOverride) -> String {
    format!("{} đến hết ngày {}: {}", rag_word(rag.rag), vn(rag.until), rag.reason)
}

/// A figure with points between the thousands, a comma for decimals and no needless zeros: `1.234,5`.
pub(crate) fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), pvhcc_domain::text::number);
    if part.is_empty() { whole } else { format!("{whole},{part}") }
}

/// A figure with its unit: `2.273 TTHC`, `68,73%`.
pub(crate) fn amount(value: f64, unit: &str) -> String {
    let gap = if unit.is_empty() || unit == "%" { "" } else { " " };
    format!("{}{gap}{unit}", number(value))
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_the_administration_writes_them() {
        for (value, unit, text) in [
            (68.73, "%", "68,73%"),
            (2273.0, "TTHC", "2.273 TTHC"),
            (1_234_567.5, "", "1.234.567,5"),
            (0.05, "ngày", "0,05 ngày"),
        ] {
            assert_eq!(amount(value, unit), text);
        }
    }
}
