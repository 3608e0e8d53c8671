//! The PDF as poppler sees it.

use super::{
    days,
    fixture::{full, stamp},
    paper,
    tools::{POINTS, assert_margins, pages, places, poppler},
};

#[test]
fn text_keeps_to_the_margins_and_numbers_begin_on_the_second_page() {
    for (name, freeze) in days() {
        let pages = places(&paper(&freeze).pdf().expect("PDF"));
        assert!(pages.len() > 6, "{name}");
        assert_margins(&pages, freeze.training);
        let numbers: Vec<Option<u32>> = pages
            .iter()
            .map(|page| {
                page.words.iter().find(|w| w.bottom < 20.0 * POINTS).and_then(|w| w.text.parse().ok())
            })
            .collect();
        // The report and each annex are counted from 1, and no first page has its number.
        let mut expected = 1;
        for (at, number) in numbers.iter().enumerate() {
            let begins = pages[at].words.iter().take(2).map(|w| w.text.as_str()).eq(["Phụ", "lục"]);
            expected = if begins || at == 0 { 1 } else { expected + 1 };
            assert_eq!(*number, (expected > 1).then_some(expected), "{name}, page {at}");
        }
        assert_eq!(numbers.iter().filter(|n| n.is_none()).count(), 5, "{name}: the report and four annexes");
    }
}

#[test]
fn its_typeface_is_in_it_and_every_text_can_be_copied() {
    let pdf = paper(&full()).pdf().expect("PDF");
    let fonts = poppler("pdffonts", &[], &pdf);
    let lines: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(lines.len() >= 4, "upright, bold, italic, bold italic: {fonts}");
    for line in &lines {
        // …emb sub uni object ID
        let columns: Vec<&str> = line.split_whitespace().rev().collect();
        assert_eq!(columns[2..5], ["yes", "yes", "yes"], "embedded, subset, mapped to Unicode: {line}");
        assert!(line.contains("Tinos") || line.contains("SourceSans"), "{line}");
    }
}

#[test]
fn it_is_tagged_and_carries_its_title_language_and_the_time_of_the_freeze() {
    let pdf = paper(&full()).pdf().expect("PDF");
    let info = poppler("pdfinfo", &["-isodates"], &pdf);
    for said in [
        "Tagged:          yes",
        "CreationDate:    2026-05-29T07:00:00Z",
        "Title:           Báo cáo kết quả triển khai",
    ] {
        assert!(info.contains(said), "{said}\n{info}");
    }
    let tags = poppler("pdfinfo", &["-struct"], &pdf);
    for tag in ["H1", "H2", "Table", "TH", "TD", "Figure"] {
        assert!(tags.lines().any(|line| line.trim_start().starts_with(tag)), "{tag}");
    }
}

#[test]
fn marks_of_the_alphabet_come_out_as_they_went_in() {
    let all = pages(&paper(&full()).pdf().expect("PDF")).join(" ");
    for said in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nguyễn Văn Ưỡng",
        "Xã Đak Đoa",
        "Phường Quy Nhơn",
        "Khai báo Luồng",
    ] {
        assert!(all.contains(said), "{said}");
    }
}

#[test]
fn every_task_unit_and_api_stands_in_the_annexes_with_its_figures() {
    let freeze = full();
    let pages = pages(&paper(&freeze).pdf().expect("PDF"));
    let first = pages.iter().position(|page| page.starts_with("Phụ lục I ")).expect("the first annex");
    let annexes = pages[first..].join(" ");
    for row in freeze.tasks.rows.iter().filter(|row| !row.heading) {
        assert!(annexes.contains(&format!("{} ", row.no)), "{}", row.no);
    }
    for unit in &freeze.dossiers.units {
        let received = pvhcc_domain::text::number(unit.counts.received.expect("known") as i64);
        assert!(annexes.contains(&received), "{}: {received}", unit.name);
    }
    for api in &freeze.exchange.apis {
        assert!(annexes.contains(&api.api), "{}", api.api);
    }
    // What it rests on is on every page of them.
    for page in &pages[first..] {
        for said in [&stamp().head, &stamp().freeze, &stamp().freeze_sha256] {
            assert!(page.contains(said), "{said}: {page}");
        }
    }
    // The headings of a table that runs over pages are on each of them.
    let second = pages.iter().position(|page| page.starts_with("Phụ lục II ")).expect("the second annex");
    for page in &pages[first..second] {
        assert!(page.contains("Đơn vị chủ trì") && page.contains("Minh chứng"), "{page}");
    }
}
