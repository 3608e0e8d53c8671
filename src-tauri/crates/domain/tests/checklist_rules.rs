//! The checklist's counts, our reading of it, its oddities, and how it is printed.

use pvhcc_domain::{
    checklist::{AnomalyKind, Checklist, Row},
    observation::{Flow, Stage},
    tables::Source,
    units::Units,
};
use std::collections::BTreeSet;

fn builtin() -> Checklist {
    Checklist::builtin().expect("shipped files are right")
}

fn units() -> Units {
    Units::builtin().expect("shipped files are right")
}

#[test]
fn there_are_92_rows_90_tasks_53_apis_and_5_flows() {
    let checklist = builtin();
    assert_eq!(checklist.rows().len(), 92);
    assert_eq!(checklist.tasks().count(), 90);
    let flows: BTreeSet<Flow> = checklist.tasks().filter_map(|task| task.flow).collect();
    assert!(flows.iter().copied().eq(Flow::ALL));
    let expected = [("dvcqg", 19), ("province", 15), ("petition", 13), ("catalogue", 6)]
        .into_iter()
        .flat_map(|(block, n)| (1..=n).map(move |i| format!("{block}.{i:02}")));
    let apis: Vec<_> = checklist.apis().map(|(api, _)| api.to_owned()).collect();
    assert_eq!(apis.len(), 53);
    assert!(expected.eq(apis.iter().cloned()));
    let rows: Vec<_> = checklist.apis().map(|(_, row)| row.no.parse::<u32>().expect("number")).collect();
    assert!((11..=63).eq(rows));
}

#[test]
fn an_api_ordinal_in_the_source_equals_the_number_of_its_id() {
    for (api, row) in builtin().apis() {
        let Some((ordinal, _)) = row.requirement.strip_prefix('(').and_then(|r| r.split_once(')')) else {
            assert!(api.starts_with("catalogue."), "{api} has no ordinal");
            continue;
        };
        assert_eq!(format!("{:02}", ordinal.parse::<u32>().expect("ordinal")), api[api.len() - 2..]);
    }
    assert_eq!(builtin().api_name("dvcqg.02"), Some("API Khởi tạo hồ sơ bộ, ngành"));
    assert_eq!(builtin().api_name("catalogue.06"), Some("API Tìm kiếm dịch vụ công"));
    assert_eq!(builtin().api_name("dvcqg.20"), None);
}

#[test]
fn phase_1_declares_and_tests_five_flows_and_phase_2_declares_four() {
    let checklist = builtin();
    let cells = |phase, stage| -> Vec<Flow> {
        let matching = |row: &&Row| row.phase == Some(phase) && row.stage == Some(stage);
        checklist.tasks().filter(matching).filter_map(|row| row.flow).collect()
    };
    assert_eq!(cells(1, Stage::Declare), Flow::ALL);
    assert_eq!(cells(1, Stage::Test), Flow::ALL);
    assert_eq!(cells(2, Stage::Declare), Flow::ALL[1..]);
    assert_eq!(cells(2, Stage::Test), Flow::ALL);
    // The stage follows from the decision's own words.
    for row in checklist.tasks() {
        let said = if row.title.starts_with("Khai báo Luồng") {
            Some(Stage::Declare)
        } else if row.title.starts_with("Kiểm thử Luồng") {
            Some(Stage::Test)
        } else {
            None
        };
        assert_eq!(row.stage, said, "row {}", row.no);
    }
}

#[test]
fn no_predecessor_falls_due_after_its_successor() {
    let checklist = builtin();
    for row in checklist.tasks() {
        for before in &row.predecessors {
            let before = checklist.get(before).expect("known");
            assert!(before.due <= row.due, "{} is due after {}", before.no, row.no);
        }
    }
}

#[test]
fn the_rules_of_the_reading_hold() {
    let checklist = builtin();
    let waits_for = |no: &str| checklist.get(no).expect("row").predecessors.clone();
    assert_eq!(waits_for("9"), ["10"]);
    for no in 12..=29 {
        assert_eq!(waits_for(&no.to_string()), ["11"]);
    }
    for no in 31..=44 {
        assert_eq!(waits_for(&no.to_string()), ["30"]);
    }
    for test in checklist.tasks().filter(|row| row.stage == Some(Stage::Test)) {
        let declares = checklist
            .tasks()
            .find(|row| (row.flow, row.phase, row.stage) == (test.flow, test.phase, Some(Stage::Declare)));
        if let Some(declares) = declares {
            assert!(test.predecessors.contains(&declares.no), "{} before {}", declares.no, test.no);
        }
    }
    assert_eq!(
        checklist.successors("80").map(|row| row.no.as_str()).collect::<Vec<_>>(),
        ["82", "82a", "83", "84", "86"]
    );
}

#[test]
fn the_oddities_of_the_source_are_listed() {
    let found = builtin().anomalies();
    let of = |kind| -> Vec<Vec<String>> {
        found.iter().filter(|a| a.kind == kind).map(|a| a.rows.clone()).collect()
    };
    assert_eq!(of(AnomalyKind::NumberedHeading), [["81"], ["85"]]);
    assert_eq!(of(AnomalyKind::UnnumberedTask), [["78a"], ["82a"]]);
    assert_eq!(of(AnomalyKind::RepeatedSection).len(), 1);
    assert_eq!(of(AnomalyKind::WeekendDue), [vec!["3"], vec!["68", "69", "70", "71", "72"], vec!["79"]]);
    assert_eq!(of(AnomalyKind::DateSpelling), [["64"]]);
    assert_eq!(of(AnomalyKind::TestedUndeclared), [["86"]]);
    assert!(found.iter().any(|a| a.text == "Mục IV xuất hiện 2 lần; gọi là IV.1, IV.2"));
    assert!(found.iter().any(|a| a.text == "TT 64 ghi ngày “13/3/2026”, khác cách ghi “13/03/2026”"));
}

#[test]
fn the_csv_reads_back_as_the_rows() {
    let (checklist, units) = (builtin(), units());
    let text = checklist.to_csv(&units);
    assert!(text.starts_with(
        "no,section,group,title,requirement,lead_units,due_date,kind,flow,phase,stage,api,predecessors\n"
    ));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("valid CSV");
    assert_eq!(records.len(), 92);
    for (record, row) in records.iter().zip(checklist.rows()) {
        assert_eq!(&record[0], row.no);
        assert_eq!(&record[2], row.group);
        assert_eq!(&record[3], row.title);
        assert_eq!(record[6].parse().ok(), row.due);
        assert_eq!(record[12].split("; ").filter(|p| !p.is_empty()).collect::<Vec<_>>(), row.predecessors);
    }
    let line = |no: &str| text.lines().find(|l| l.starts_with(&format!("{no},"))).expect("row").to_owned();
    assert_eq!(
        line("12"),
        "12,III,API triển khai trên DVCQG. Địa phương tích hợp api để gọi đồng bộ thông tin lên Cổng DVCQG,\
         \"(2) API Khởi tạo hồ sơ bộ, ngành\",\"(2) API Khởi tạo hồ sơ bộ, ngành\",VNPT – Gia Lai,2026-03-13,task,\
         dossier_sync,,,dvcqg.02,11"
    );
    assert_eq!(
        line("81"),
        "81,IV.2,Tích hợp trên product qua Agent Node,Tích hợp trên product qua Agent Node,,,,heading,,2,,,"
    );
    assert_eq!(
        line("83"),
        "83,IV.2,Khai báo Luồng tích hợp phản ánh kiến nghị,Khai báo Luồng tích hợp phản ánh kiến nghị,,\
         Trung tâm Chuyển đổi số (SKHCN); VNPT – Gia Lai,2026-04-15,task,petition,2,declare,,76; 80"
    );
}

#[test]
fn json_and_markdown_carry_every_row() {
    let (checklist, units) = (builtin(), units());
    let json: serde_json::Value =
        serde_json::from_str(&checklist.to_json(&units).expect("prints")).expect("valid JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(92));
    assert_eq!(
        json[3]["lead_units"],
        serde_json::json!(["Trung tâm Phục vụ hành chính công tỉnh", "VNPT – Gia Lai"])
    );
    assert_eq!(json[81]["due_date"], serde_json::Value::Null);
    let md = checklist.to_md(&units);
    assert_eq!(md.matches("\n## ").count() + 1, 5);
    for row in checklist.rows() {
        assert!(md.contains(&format!("\n| {} | ", row.no)), "row {}", row.no);
    }
}

const SECTIONS: &str = "id,number,title\nI,I,Một\n";
const SOURCE_HEAD: &str = "no,number,section,kind,group,requirement,lead_units,due_date\n";
const READING_HEAD: &str = "no,api,flow,phase,stage,predecessors\n";

fn parse(source: &str, reading: &str) -> Result<Checklist, String> {
    let (source, reading) = (format!("{SOURCE_HEAD}{source}"), format!("{READING_HEAD}{reading}"));
    Checklist::parse(
        Source { name: "sections", text: SECTIONS },
        Source { name: "source", text: &source },
        Source { name: "reading", text: &reading },
        &units(),
    )
    .map_err(|e| e.to_string())
}

#[test]
fn a_wrong_checklist_is_refused_at_its_place() {
    let two = "1,1,I,task,A,,c12,01/03/2026\n2,2,I,task,B,,vnpt,02/03/2026\n";
    assert_eq!(parse(two, "1,,,,,\n2,,,,,1\n").map(|c| c.rows().len()), Ok(2));
    for (source, reading, message) in [
        (two, "1,,,,,2\n2,,,,,1\n", "reading, line 2, column predecessors: form a cycle"),
        (two, "1,,,,,1\n2,,,,,\n", "reading, line 2, column predecessors: form a cycle"),
        (two, "1,,,,,\n2,,,,,9\n", "reading, line 3, column predecessors: `9` is not a task"),
        (two, "1,a.1,,,,\n2,a.1,,,,\n", "reading, line 3, column api: `a.1` occurs twice"),
        (two, "1,,,3,,\n2,,,,,\n", "reading, line 2, column phase: `3` is wrong: expected 1 or 2"),
        (two, "2,,,,,\n1,,,,,\n", "reading, line 2, column no: `2` is not row 1 of the source"),
        (two, "1,,,,,\n", "reading: row `2` of the source is missing"),
        (
            "1,1,V,task,A,,c12,01/03/2026\n",
            "1,,,,,\n",
            "source, line 2, column section: `V` is not a section",
        ),
        (
            "1,1,I,task,A,,c13,01/03/2026\n",
            "1,,,,,\n",
            "source, line 2, column lead_units: `c13` is not a unit",
        ),
        (
            "1,1,I,task,A,,c12,\n",
            "1,,,,,\n",
            "source, line 2, column due_date: a task needs one, a heading has none",
        ),
        (
            "1,1,I,task,A,,c12,31/02/2026\n",
            "1,,,,,\n",
            "source, line 2, column due_date: `31/02/2026` is wrong: input is out of range",
        ),
        (
            "1,1,I,task,A,,c12,01/03/2026\n1,1,I,task,A,,c12,01/03/2026\n",
            "1,,,,,\n",
            "source, line 3, column no: `1` occurs twice",
        ),
    ] {
        assert_eq!(parse(source, reading).map(|_| ()), Err(message.to_owned()));
    }
}
