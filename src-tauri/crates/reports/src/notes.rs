//! Documents of the duty crew: the note after an incident, and the bulletin on how things work, in the layout of Nghị định
//! 30/2020/NĐ-CP as the daily report. The same contents give the same bytes.

use crate::{
    ReportError,
    daily::{
        Stamp,
        compose::{MARK, SUBJECT_LINE, end, head, lines, written},
        paper::{Block, Column, Grid, Line, Paper},
    },
    table::Datum,
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{report::Form, time::Ms};

/// What happened, when, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Ms,
    /// What.
    pub text: String,
    /// Who.
    pub who: String,
}

/// Something to do after an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDo {
    /// What.
    pub text: String,
    /// Who does it.
    pub unit: String,
    /// By when.
    pub due: NaiveDate,
}

/// What the note after an incident is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentNote {
    /// What went wrong, in one line.
    pub title: String,
    /// As of when: its last event. The file carries no other time.
    pub at: Ms,
    /// Of the training profile.
    pub training: bool,
    /// It is not over: the note is no last word.
    pub open: bool,
    /// Name and value, in order.
    pub facts: Vec<(String, String)>,
    /// What was seen; may be empty.
    pub text: String,
    /// Oldest first.
    pub timeline: Vec<Happening>,
    /// What caused it; empty while it is not known.
    pub cause: String,
    /// The workaround; empty without.
    pub workaround: String,
    /// How it ended; empty while it did not.
    pub how: String,
    /// What was learned; empty without.
    pub lesson: String,
    /// What is to be done after it.
    pub to_do: Vec<ToDo>,
}

/// What the bulletin is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bulletin {
    /// Title.
    pub title: String,
    /// As of when.
    pub at: Ms,
    /// Of the training profile.
    pub training: bool,
    /// The opening sentence.
    pub opening: String,
    /// Each part: its title, and its lines.
    pub parts: Vec<(String, Vec<String>)>,
    /// The closing sentence: when the next one comes.
    pub closing: String,
}

/// The note as DOCX, on the form of the report.
///
/// # Errors
/// When a part cannot be packed.
pub fn incident_docx(note: &IncidentNote, form: &Form) -> Result<Vec<u8>, ReportError> {
    let mut body = Vec::new();
    if note.open {
        body.push(Block::note(
            "Sự cố chưa kết thúc: văn bản này ghi lại tình hình đến lúc lập, chưa phải kết luận.",
        ));
    }
    body.push(Block::part("I. THÔNG TIN CHUNG"));
    body.extend(written(&note.text));
    body.push(Block::Grid(facts(&note.facts)));
    body.push(Block::part("II. DIỄN BIẾN"));
    body.push(Block::Grid(timeline(&note.timeline)));
    body.push(Block::part("III. NGUYÊN NHÂN VÀ XỬ LÝ"));
    for (name, said, none) in [
        ("1. Nguyên nhân", &note.cause, "Chưa xác định."),
        ("2. Cách làm tạm", &note.workaround, "Không áp dụng."),
        ("3. Khắc phục", &note.how, "Chưa khắc phục xong."),
        ("4. Rút kinh nghiệm", &note.lesson, "Chưa có ý kiến."),
    ] {
        body.push(Block::clause(name));
        if said.trim().is_empty() {
            body.push(Block::text(none));
        }
        body.extend(written(said));
    }
    body.push(Block::part("IV. VIỆC CẦN LÀM SAU SỰ CỐ"));
    if note.to_do.is_empty() {
        body.push(Block::text("Không có việc cần làm thêm."));
    } else {
        body.push(Block::Grid(to_do(&note.to_do)));
    }
    body.push(Block::text("Trên đây là báo cáo về sự cố./."));
    let mut subject = vec!["Sự cố trong vận hành kết nối Cổng Dịch vụ công quốc gia".to_owned()];
    subject.extend(lines(&note.title, SUBJECT_LINE));
    let title = format!("Báo cáo sự cố: {}", note.title);
    paper(title, note.at, note.training, ("BÁO CÁO", subject), body, form).docx()
}

/// The bulletin as DOCX, on the form of the report.
///
/// # Errors
/// When a part cannot be packed.
pub fn bulletin_docx(bulletin: &Bulletin, form: &Form) -> Result<Vec<u8>, ReportError> {
    let mut body = vec![Block::text(&bulletin.opening)];
    for (title, said) in &bulletin.parts {
        body.push(Block::clause(title));
        body.extend(said.iter().map(Block::item));
    }
    body.push(Block::text(format!("{}/.", bulletin.closing)));
    let subject = lines(&bulletin.title, SUBJECT_LINE);
    let head = ("THÔNG BÁO", subject);
    paper(bulletin.title.clone(), bulletin.at, bulletin.training, head, body, form).docx()
}

fn paper(
    title: String,
    at: Ms,
    training: bool,
    (kind, subject): (&str, Vec<String>),
    body: Vec<Block>,
    form: &Form,
) -> Paper {
    let stamp = Stamp::default();
    Paper {
        lead: head(form, &stamp, at.day().year(), kind, subject),
        end: end(form, &stamp),
        mark: training.then(|| MARK.to_owned()),
        title,
        at,
        body,
        annexes: Vec::new(),
        foot: Vec::new(),
        foot_short: Vec::new(),
        about: Vec::new(),
    }
}

fn facts(facts: &[(String, String)]) -> Grid {
    let row = |(name, value): &(String, String)| {
        Line::plain(vec![Datum::Text(name.clone()), Datum::Text(value.clone())])
    };
    Grid {
        columns: vec![Column::new("Nội dung", 28.0), Column::new("Chi tiết", 72.0)],
        rows: facts.iter().map(row).collect(),
    }
}

fn timeline(happened: &[Happening]) -> Grid {
    let row = |line: &Happening| {
        Line::plain(vec![
            Datum::Instant(Some(line.at)),
            Datum::Text(line.text.clone()),
            Datum::Text(line.who.clone()),
        ])
    };
    Grid {
        columns: vec![
            Column::middle("Thời điểm", 20.0),
            Column::new("Sự việc", 55.0),
            Column::new("Người ghi", 25.0),
        ],
        rows: happened.iter().map(row).collect(),
    }
}

fn to_do(all: &[ToDo]) -> Grid {
    let row = |(number, line): (usize, &ToDo)| {
        Line::plain(vec![
            Datum::Text((number + 1).to_string()),
            Datum::Text(line.text.clone()),
            Datum::Text(line.unit.clone()),
            Datum::Day(Some(line.due)),
        ])
    };
    Grid {
        columns: vec![
            Column::middle("TT", 6.0),
            Column::new("Việc", 54.0),
            Column::new("Đơn vị thực hiện", 24.0),
            Column::middle("Hạn", 16.0),
        ],
        rows: all.iter().enumerate().map(row).collect(),
    }
}
