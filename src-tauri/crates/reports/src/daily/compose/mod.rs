//! A freeze and what people wrote, as sentences and tables: what is stale, unobserved or broken is said where it counts and
//! once more at the beginning, and never left out.

mod annexes;
mod caveats;
mod operation;
pub(super) mod phrases;
mod results;
mod troubles;

use super::{
    ChartKind, Picture, Stamp, changes,
    paper::{Block, End, Lead, Paper},
    wording::WORDING,
};
pub use caveats::caveats;
use chrono::Datelike as _;
use phrases::{long_day, moment, paragraphs, period, unit};
use pvhcc_domain::{
    report::{
        freeze::Freeze,
        words::{Form, Words},
    },
    text,
};

/// Room that is left to be written by hand.
const ROOM: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// Mark of the training profile, on every page.
pub(crate) const MARK: &str = "TẬP HUẤN – SỐ LIỆU KHÔNG CÓ THẬT, VĂN BẢN KHÔNG CÓ GIÁ TRỊ BÁO CÁO";

/// The report. `before` is the freeze of the report before, for the changes where nobody wrote them; `pictures` gives a
/// chart, or `None` where there is nothing to draw.
#[must_use]
pub fn compose(
    today: &Freeze,
    before: Option<&Freeze>,
    words: &Words,
    form: &Form,
    stamp: &Stamp,
    pictures: &dyn Fn(ChartKind) -> Option<Picture>,
) -> Paper {
    let on = period(today);
    let mut body = opening(today);
    body.push(Block::part("I. KẾT QUẢ TRIỂN KHAI"));
    let changed =
        if words.changes.trim().is_empty() { changes(today, before) } else { words.changes.clone() };
    body.extend(results::part(today, &changed, pictures));
    body.extend(written(&words.results));
    body.push(Block::part("II. TÌNH HÌNH VẬN HÀNH VÀ HỒ SƠ"));
    body.extend(operation::part(today, pictures));
    body.extend(written(&words.operation));
    body.push(Block::part("III. SỰ CỐ, KHÓ KHĂN, VƯỚNG MẮC"));
    body.extend(troubles::part(today));
    body.extend(written(&words.troubles));
    body.push(Block::part("IV. ĐỀ XUẤT, KIẾN NGHỊ"));
    if words.proposals.trim().is_empty() {
        body.push(Block::text("Không có đề xuất, kiến nghị."));
    }
    body.extend(written(&words.proposals));
    body.push(Block::text(format!("Trên đây là báo cáo kết quả triển khai {on}./.")));

    number_charts(&mut body);
    let lead = lead(today, form, stamp);
    let with = with(form, stamp);
    Paper {
        title: format!("Báo cáo {} {on}", text::lower_first(&WORDING.subject)),
        at: today.at,
        mark: today.training.then(|| MARK.to_owned()),
        lead,
        body,
        end: end(form, stamp),
        annexes: annexes::all(today, &with),
        foot: foot(today, stamp),
        foot_short: vec![format!("Chốt số liệu {}", stamp.freeze), format!("Đầu nhật ký {}", stamp.head)],
        about: annexes::about(today, stamp),
    }
}

/// `Biểu đồ 1. …`: the charts are counted as they stand.
fn number_charts(body: &mut [Block]) {
    let charts = body.iter_mut().filter_map(|block| match block {
        Block::Chart { text, .. } => Some(text),
        _ => None,
    });
    for (number, text) in (1..).zip(charts) {
        *text = format!("Biểu đồ {number}. {text}");
    }
}

/// The sentence that begins the report, and what limits its figures.
fn opening(today: &Freeze) -> Vec<Block> {
    let mut blocks = vec![Block::text(format!(
        "{}, tình hình và kết quả triển khai {} (số liệu chốt lúc {}) như sau:",
        WORDING.basis,
        period(today),
        moment(today.at)
    ))];
    let said = caveats(today);
    if !said.is_empty() {
        blocks.push(Block::note("Lưu ý về số liệu trong báo cáo:"));
        blocks.extend(said.into_iter().map(Block::item));
    }
    blocks
}

/// What people wrote, a paragraph a line; a line that begins with a dash is one of a list.
pub(crate) fn written(words: &str) -> impl Iterator<Item = Block> {
    paragraphs(words).map(|line| match line.strip_prefix(['-', '–', '+', '•']) {
        Some(item) => Block::item(item.trim_start()),
        None => Block::text(line),
    })
}

fn lead(today: &Freeze, form: &Form, stamp: &Stamp) -> Lead {
    let subject = lines(&WORDING.subject, SUBJECT_LINE).into_iter().chain([period(today)]).collect();
    head(form, stamp, today.to.year(), "BÁO CÁO", subject)
}

/// The head of a document of this office; without a day in the stamp, room for one of `year`.
pub(crate) fn head(form: &Form, stamp: &Stamp, year: i32, kind: &str, subject: Vec<String>) -> Lead {
    let place = match stamp.date {
        Some(day) => long_day(day),
        None => format!("ngày{ROOM}tháng{ROOM}năm {year}"),
    };
    Lead {
        parent: lines(&form.parent, PARENT_LINE),
        agency: lines(&form.agency, AGENCY_LINE),
        number: format!("Số: {}", number(form, stamp)),
        place: format!("{}, {place}", form.place.trim()),
        kind: kind.into(),
        subject,
        addressees: form.addressees.iter().map(|a| tidy(a)).filter(|a| !a.is_empty()).collect(),
    }
}

/// `05/BC-TTPVHCC`: a number below 10 has a 0 before it.
fn number(form: &Form, stamp: &Stamp) -> String {
    let number = stamp.number.as_deref().map(str::trim).filter(|n| !n.is_empty());
    let number = match number {
        Some(digit) if digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit() => format!("0{digit}"),
        Some(number) => number.to_owned(),
        None => ROOM.to_owned(),
    };
    format!("{number}/{}", form.symbol.trim())
}

/// What the annexes came with (Nghị định 30/2020, phụ lục).
fn with(form: &Form, stamp: &Stamp) -> String {
    let day = stamp.date.map_or_else(|| format!("ngày{ROOM}tháng{ROOM}năm{ROOM}"), long_day);
    let of = WORDING.agency(&form.agency).map(|name| format!(" của {name}")).unwrap_or_default();
    format!("(Kèm theo Báo cáo số {} {day}{of})", number(form, stamp))
}

/// Signature and recipients.
pub(crate) fn end(form: &Form, stamp: &Stamp) -> End {
    let filled = |lines: &[String]| -> Vec<String> {
        lines.iter().map(|line| tidy(line)).filter(|line| !line.is_empty()).collect()
    };
    let recipients = filled(&form.recipients);
    let last = recipients.len().saturating_sub(1);
    let listed = recipients.iter().enumerate().map(|(at, line)| {
        format!("- {}{}", line.trim_end_matches([';', '.']), if at == last { "." } else { ";" })
    });
    End {
        signature: filled(&form.signature),
        signer: stamp.signer.as_deref().map(tidy).unwrap_or_default(),
        recipients: listed.collect(),
    }
}

/// A line without what lists are begun with, and with single blanks.
fn tidy(line: &str) -> String {
    let line = line.trim().trim_start_matches(['-', '–', '•']);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Foot of the annexes: with it, a copy on paper can be laid beside the journal.
fn foot(today: &Freeze, stamp: &Stamp) -> Vec<String> {
    vec![
        format!(
            "Chốt số liệu {} lúc {}; SHA-256 {}",
            stamp.freeze,
            text::instant(today.at),
            stamp.freeze_sha256
        ),
        format!("Đầu nhật ký {}; lập bằng {}", stamp.head, stamp.program),
    ]
}

/// Letters that fit on a line of the head: 62 mm of capitals of 12 points, upright and bold; and of the title.
const PARENT_LINE: usize = 24;
const AGENCY_LINE: usize = 23;
pub(crate) const SUBJECT_LINE: usize = 62;

/// A text broken where people broke it, and where a line is too long into lines of about the same length.
pub(crate) fn lines(text: &str, most: usize) -> Vec<String> {
    text.lines().flat_map(|line| balanced(line, most)).collect()
}

fn balanced(line: &str, most: usize) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let length = words.iter().map(|w| w.chars().count() + 1).sum::<usize>().saturating_sub(1);
    let wanted = length.div_ceil(length.div_ceil(most).max(1));
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let letters = word.chars().count();
        match lines.last_mut() {
            Some(last)
                if last.chars().count() + letters / 2 < wanted
                    && last.chars().count() + 1 + letters <= most =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `ngày` or `tháng`, for the headings of a report of this cadence.
fn of(today: &Freeze) -> &'static str {
    unit(today.cadence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_into_lines_of_about_the_same_length() {
        assert_eq!(
            lines("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", AGENCY_LINE),
            ["TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"]
        );
        assert_eq!(lines("VĂN PHÒNG UBND TỈNH", PARENT_LINE), ["VĂN PHÒNG UBND TỈNH"]);
        assert_eq!(lines("ỦY BAN NHÂN DÂN\nTỈNH GIA LAI", AGENCY_LINE), ["ỦY BAN NHÂN DÂN", "TỈNH GIA LAI"]);
        assert!(lines("", AGENCY_LINE).is_empty());
    }

    #[test]
    fn a_number_below_ten_has_a_nought_and_a_draft_has_room() {
        let form = Form { symbol: "BC-X".into(), ..Form::default() };
        let stamp = |n: &str| Stamp { number: Some(n.into()), ..Stamp::default() };
        assert_eq!(number(&form, &stamp("5")), "05/BC-X");
        assert_eq!(number(&form, &stamp("125")), "125/BC-X");
        assert_eq!(number(&form, &stamp("05")), "05/BC-X");
        assert_eq!(number(&form, &Stamp::default()), format!("{ROOM}/BC-X"));
    }

    #[test]
    fn recipients_end_with_semicolons_and_the_last_with_a_stop_whatever_was_typed() {
        let form = Form {
            recipients: vec!["- Như trên;".into(), "  ".into(), "CVP".into(), "Lưu: VT, TTPVHCC".into()],
            ..Form::default()
        };
        assert_eq!(
            end(&form, &Stamp::default()).recipients,
            ["- Như trên;", "- CVP;", "- Lưu: VT, TTPVHCC."]
        );
    }
}
