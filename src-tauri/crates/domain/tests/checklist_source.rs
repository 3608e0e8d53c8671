//! The checklist against the text of the decision: every word of the annex is accounted for, in order.

use pvhcc_domain::checklist::{Checklist, Kind};

const DOCUMENT: &str = include_str!("../../../../tests/fixtures/document-000.txt");
/// Printed at the top of each page of the annex.
const PAGE_HEAD: &str = "TT Nội dung Yêu cầu kết quả Đơn vị chủ trì Ngày hoàn thành";
/// How the annex spells its owner cells, and the units it means by them.
const OWNER_CELLS: [(&str, &[&str]); 6] = [
    ("Cục C12", &["c12"]),
    ("Trung tâm Phục vụ hành chính công tỉnh", &["tt_pvhcc"]),
    ("Trung tâm Phục vụ hành chính công tỉnh; VNPT – Gia Lai", &["tt_pvhcc", "vnpt"]),
    ("VNPT- Gia Lai", &["vnpt"]),
    ("Trung tâm Chuyển đổi số (SKHCN)", &["tt_cds"]),
    ("Trung tâm Chuyển đổi số (SKHCN); VNPT – Gia Lai", &["tt_cds", "vnpt"]),
];

/// Puts right the letters that the text layer broke, and makes white space single.
fn repair(text: &str) -> String {
    let repaired = text
        .replace('\u{36f}', "ủ")
        .replace('\u{32b}', "ả")
        .replace("phzng", "phòng")
        .replace("Phzng", "Phòng");
    repaired.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes `expected` off the front of the text.
fn take<'a>(rest: &'a str, expected: &str, what: &str) -> Result<&'a str, String> {
    let seen: String = rest.chars().take(expected.chars().count() + 20).collect();
    let after = rest
        .strip_prefix(expected)
        .ok_or(format!("{what}: expected `{expected}`, the source has `{seen}`"))?;
    match after.strip_prefix(' ') {
        Some(after) => Ok(after),
        None if after.is_empty() => Ok(after),
        None => Err(format!("{what}: `{expected}` ends inside a word, the source has `{seen}`")),
    }
}

/// Reads the annex along the checklist. The owner of a row is the text between its requirement and its date; where
/// that is empty the cell above is merged down.
fn compare(document: &str, checklist: &Checklist) -> Result<usize, String> {
    let document = repair(document);
    let start = document.find(PAGE_HEAD).ok_or("the annex has no head")?;
    let annex = document[start..].replace(PAGE_HEAD, "");
    let annex = annex.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = annex.as_str();
    let (mut section, mut group, mut owner): (&str, &str, &[&str]) = ("", "", &[]);
    for row in checklist.rows() {
        let what = format!("row {}", row.no);
        if row.section != section {
            let found = checklist.sections().iter().find(|s| s.id == row.section).ok_or(&what)?;
            rest = take(rest, &format!("{} {}", found.number, found.title), &what)?;
            section = &row.section;
        }
        if let Some(number) = &row.number {
            rest = take(rest, number, &what)?;
        }
        // A new group is a new cell; the group of a row without requirement is its own cell in any case.
        if row.group != group || row.requirement.is_empty() {
            rest = take(rest, &row.group, &what)?;
            group = &row.group;
        }
        if !row.requirement.is_empty() {
            rest = take(rest, &row.requirement, &what)?;
        }
        if row.kind == Kind::Heading {
            continue;
        }
        let date_at = rest.find(&row.due_text).ok_or(format!("{what}: no date {}", row.due_text))?;
        let cell = rest[..date_at].trim();
        if !cell.is_empty() {
            let known = OWNER_CELLS.iter().find(|(text, _)| *text == cell);
            owner = known.ok_or(format!("{what}: `{cell}` is no owner cell"))?.1;
        }
        if row.lead_units != owner {
            return Err(format!("{what}: the source names {owner:?}, the checklist {:?}", row.lead_units));
        }
        rest = take(&rest[date_at..], &row.due_text, &what)?;
    }
    if rest.is_empty() {
        Ok(checklist.rows().len())
    } else {
        Err(format!("left over in the source: `{rest}`"))
    }
}

fn builtin() -> Checklist {
    Checklist::builtin().expect("shipped files are right")
}

#[test]
fn every_word_of_the_annex_is_in_the_checklist_in_order() {
    assert_eq!(compare(DOCUMENT, &builtin()), Ok(92));
}

#[test]
fn the_comparison_notices_any_change_of_the_source() {
    for (from, to) in [
        ("API Tải file", "API Tải tệp"),
        ("(17) API Bổ sung hồ sơ", "(18) API Bổ sung hồ sơ"),
        ("10.0.17.14", "10.0.17.15"),
        ("13/3/2026", "14/3/2026"),
        ("Cài đặt AgentNode Cục C12", "Cài đặt AgentNode VNPT- Gia Lai"),
        (
            "Admin Địa phương thực hiện khai báo tài khoản cho cán bộ Trung tâm Phục vụ hành chính công tỉnh",
            "Admin Địa phương thực hiện khai báo tài khoản cho cán bộ",
        ),
        ("89 Kiểm thử", "91 Kiểm thử"),
        ("Cấu hình thông mạng", "Cấu hình thông mạng Cục C12"),
        ("II Về Dữ liệu", "II Dữ liệu"),
    ] {
        let whole = repair(DOCUMENT);
        let changed = whole.replacen(from, to, 1);
        assert_ne!(whole, changed, "`{from}` is in the source");
        assert!(compare(&changed, &builtin()).is_err(), "`{from}` → `{to}` went unnoticed");
    }
}

#[test]
fn the_broken_letters_of_the_source_are_repaired() {
    let repaired = repair(DOCUMENT);
    assert!(repaired.contains("của Văn phòng Trung ương Đảng về việc chỉ đạo triển khai một số giải pháp"));
    assert!(repaired.contains("Hệ thống giải quyết thủ tục hành chính của Bộ, ngành, địa phương"));
    assert!(!repaired.chars().any(unicode_normalization::char::is_combining_mark));
}
