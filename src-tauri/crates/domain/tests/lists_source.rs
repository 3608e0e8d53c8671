//! The other checklists against the texts they are taken from: nothing added, nothing lost, nothing reworded.

use pvhcc_domain::{
    lists::{Checklists, List},
    tables::Source,
    text,
    units::Units,
};
use std::sync::Arc;

const ANNEX: &str = include_str!("../../../../tests/fixtures/document-004.txt");
const TRAINING: &str = include_str!("../../../../tests/fixtures/document-002-training.txt");
/// The heading of the annex stands in the middle of the text, where a page begins.
const HEADING: [&str; 2] = [
    "PHỤ LỤC BÁO CÁO NHIỆM VỤ ĐỀ ÁN 06 CẦN TRIỂN KHAI THỰC HIỆN CÁC THÁNG CUỐI NĂM 2025",
    "(Kèm theo văn bản số: /VPUBND-PVHCC ngày /10/2025 của Văn phòng Ủy ban nhân dân tỉnh)",
];

fn list(id: &str) -> Arc<List> {
    Arc::clone(Checklists::builtin().expect("shipped lists are right").get(id).expect("shipped"))
}

/// White space made single; the one name that the width of a column breaks after its hyphen put together.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("VNPT- iGate", "VNPT-iGate")
}

/// The annex written from the list.
fn annex(list: &List) -> String {
    let rows = list.checklist.rows().iter().map(|row| {
        let cell = |column: &str| row.texts.get(column).map_or("", String::as_str);
        format!(
            "{} (1) Kết quả thực hiện: {} (2) Nhiệm vụ thời gian tới: {} {} {}",
            row.title,
            cell("result"),
            cell("next"),
            cell("effect"),
            cell("obstacles")
        )
    });
    flat(&rows.collect::<Vec<_>>().join(" "))
}

fn source() -> String {
    let mut whole = flat(ANNEX);
    for heading in HEADING {
        assert!(whole.contains(heading), "{heading}");
        whole = whole.replace(heading, "");
    }
    flat(&whole)
}

#[test]
fn every_word_of_the_annex_of_de_an_06_is_in_the_list_in_order() {
    let list = list("da06");
    assert_eq!(list.checklist.rows().len(), 6);
    assert_eq!(annex(&list), source());
}

#[test]
fn every_figure_of_the_annex_quotes_the_words_that_give_it() {
    let list = list("da06");
    let mut given = 0;
    for row in list.checklist.rows() {
        for measure in &row.measures {
            let Some(value) = measure.value else {
                assert!(measure.quote.is_none(), "{}", measure.id);
                continue;
            };
            given += 1;
            let quote = measure.quote.as_deref().unwrap_or_default();
            let words = row.texts.values().find(|cell| cell.contains(quote));
            assert!(!quote.is_empty() && words.is_some(), "{}: `{quote}` is not in the row", measure.id);
            // A completed whole is said in words.
            let printed = format!("{value}").replace('.', ",");
            let grouped = text::number(value as i64);
            assert!(
                quote.contains(&printed) || quote.contains(&grouped) || quote.starts_with("Hoàn thành"),
                "{}: `{quote}` does not say {printed}",
                measure.id
            );
            assert!(measure.total.is_none_or(|total| value <= total), "{}", measure.id);
        }
    }
    assert_eq!(given, 9);
    let migration = list.checklist.get("da06/6").and_then(|row| row.measure("dossiers")).expect("migration");
    assert_eq!(
        (migration.value, migration.total),
        (None, Some(100.0)),
        "not said by the annex: unknown, not 0"
    );
}

#[test]
fn the_training_plan_has_whom_and_what_the_report_names_and_nothing_else() {
    let list = list("tap_huan");
    let of = |section: &str| -> Vec<String> {
        list.checklist.rows().iter().filter(|r| r.section == section).map(|r| r.requirement.clone()).collect()
    };
    let sentence = |lead: &str, items: &[String]| {
        let (last, before) = items.split_last().expect("items");
        format!("{lead} {} và {last}.", before.join(", "))
    };
    let whom = sentence("Tổ chức tập huấn, hướng dẫn cho", &of("IX.4"));
    let what = sentence("Bổ sung yêu cầu đào tạo, tập huấn, hỗ trợ vận hành thống nhất, gồm:", &of("XI.12"));
    let report = flat(TRAINING);
    assert!(report.contains(&whom), "{whom}");
    assert!(report.contains(&what), "{what}");
}

#[test]
fn keys_of_rows_tell_their_list_and_those_of_the_main_list_are_plain() {
    let lists = Checklists::builtin().expect("lists");
    assert_eq!(lists.all().count(), 3);
    assert_eq!(lists.main().checklist.tasks().count(), 90);
    for list in lists.all() {
        for row in list.checklist.rows() {
            assert_eq!(lists.row(&row.no).map(|r| &r.no), Some(&row.no));
            assert_eq!(lists.of_key(&row.no).map(|l| &l.id), Some(&list.id));
            assert_eq!(row.no.contains('/'), list.id != lists.main().id, "{}", row.no);
        }
        for task in list.checklist.tasks() {
            assert!(!task.lead_units.is_empty(), "somebody leads {}", task.no);
        }
    }
    assert!(lists.row("qd90/1").is_none(), "the main list has one key for each row");
    assert!(lists.row("da06/99").is_none() && lists.row("x/1").is_none());
}

#[test]
fn a_list_reads_back_from_its_own_form() {
    let units = Units::builtin().expect("units");
    for id in ["da06", "tap_huan"] {
        let list = list(id);
        let text = list.to_toml().expect("prints");
        let back = List::parse(Source { name: "list.toml", text: &text }).expect("reads");
        assert_eq!(back, *list);
        let unknown = list.anomalies(&units).into_iter().any(|a| a.text.contains("không biết đơn vị"));
        assert!(!unknown, "shipped lists name units of the tables");
    }
}

#[test]
fn a_list_with_a_fault_is_refused_with_the_fault_named() {
    let good = list("da06").to_toml().expect("prints");
    for (from, to, expected) in [
        ("id = \"da06\"", "id = \"Đề án\"", "is no id"),
        ("no = \"2\"", "no = \"1\"", "occurs twice"),
        ("section = \"I\"", "section = \"X\"", "is not a section"),
        ("id = \"effect\"", "id = \"impact\"", "is not a column"),
        ("id = \"full\"", "id = \"online\"", "occurs twice"),
        ("title = \"Đề án 06\"", "titel = \"Đề án 06\"", "unknown field"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from}");
        let error = List::parse(Source { name: "list.toml", text: &bad }).expect_err(to).to_string();
        assert!(error.contains("list.toml") && error.contains(expected), "{error}");
    }
}
