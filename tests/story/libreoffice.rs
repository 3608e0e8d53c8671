//! Files that left the program, opened and saved by LibreOffice Calc, which many offices use; and what it saves, taken
//! back. Needs the Debian package `libreoffice-calc-nogui`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_app::{
    App,
    wire::{TableFormat, TasksExportArgs},
};
use pvhcc_domain::annex::{Cell, Grid};
use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// A comma between cells, quotes around texts, UTF-8.
const CSV: &str = "44,34,76";
/// Vietnamese as the language of what is read: days before months.
const VIETNAMESE: u32 = 1066;

/// What Calc makes of a file, as bytes. Its own profile stands in the folder, so that nobody's settings count.
fn calc(folder: &Path, file: &str, to: &str, extension: &str, read_as: Option<&str>) -> Vec<u8> {
    let mut command = Command::new("soffice");
    command
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder.join("out"));
    command.args(read_as.map(|how| format!("--infilter={how}"))).arg(folder.join(file));
    let output = match command.output() {
        Ok(output) => output,
        Err(e) => panic!("soffice is needed (Debian: libreoffice-calc-nogui): {e}"),
    };
    let made = folder.join("out").join(file).with_extension(extension);
    std::fs::read(&made)
        .unwrap_or_else(|e| panic!("{}: {e}; {}", made.display(), String::from_utf8_lossy(&output.stderr)))
}

fn sheet(bytes: &[u8]) -> Grid {
    pvhcc_sources::files::read(bytes).expect("reads").remove(0)
}

/// Rows without the empty cells at their ends, and no empty rows at the end.
fn cells(grid: &Grid) -> Vec<Vec<Cell>> {
    let bare = |row: &Vec<Cell>| {
        let end = row.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
        row[..end].to_vec()
    };
    let mut rows: Vec<Vec<Cell>> = grid.rows.iter().map(bare).collect();
    rows.truncate(rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1));
    rows
}

async fn exported(app: &App, list: Option<&str>, format: TableFormat) -> Vec<u8> {
    let args = TasksExportArgs { list: list.map(str::to_owned), format };
    app.tasks_file(&args).await.expect("exports")
}

async fn preview(app: &App, list: Option<&str>, bytes: &[u8]) -> Value {
    let file = json!({"name": "từ LibreOffice.xlsx", "content": STANDARD.encode(bytes)});
    run(app, "import_preview", json!({"list": list, "file": file, "learned": null})).await
}

/// Words that a careless format would change.
async fn say_awkward_things(app: &App) {
    let view = run(app, "tasks", json!({})).await;
    let rows = view["rows"].as_array().expect("rows");
    let base = &rows.iter().find(|row| row["no"] == "86").expect("row")["lastEvent"];
    let note = "=chờ \"Bộ\", rồi\n+84 Ưỡng ệ";
    let blocked = json!({"no": "86", "status": "blocked", "note": note, "basedOn": base});
    run(app, "task_set_status", blocked).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calc_shows_an_exported_workbook_as_it_was_meant_and_what_it_saves_changes_nothing() {
    let (data, folder) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    let app = open(data.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    say_awkward_things(&app).await;
    for list in [None, Some("da06"), Some("tap_huan")] {
        let ours = exported(&app, list, TableFormat::Xlsx).await;
        std::fs::write(folder.path().join("danh-muc.xlsx"), &ours).expect("writes");

        // As it is shown: the words of our own CSV, cell by cell, below the title.
        let shown = calc(
            folder.path(),
            "danh-muc.xlsx",
            &format!("csv:Text - txt - csv (StarCalc):{CSV},1,,0,false,true"),
            "csv",
            None,
        );
        let words = |grid: &Grid| -> Vec<Vec<String>> {
            cells(grid).iter().map(|row| row.iter().map(Cell::text).collect()).collect()
        };
        let (mut shown, meant) =
            (words(&sheet(&shown)), words(&sheet(&exported(&app, list, TableFormat::Csv).await)));
        let head = shown.iter().position(|row| row.first() == meant[0].first()).expect("headings");
        shown.drain(..head);
        assert_eq!(shown, meant, "{list:?}");

        // As it is kept: texts are texts, days are days, numbers numbers, and no formula.
        let kept = calc(folder.path(), "danh-muc.xlsx", "xlsx", "xlsx", None);
        let (ours, theirs) = (cells(&sheet(&ours)), cells(&sheet(&kept)));
        assert_eq!(theirs, ours, "{list:?}");
        if list.is_none() {
            let all = || theirs.iter().flatten();
            assert!(all().filter(|cell| matches!(cell, Cell::Day(_))).count() > 90, "due days are days");
            assert!(all().any(|cell| matches!(cell, Cell::Text(t) if t.starts_with("=chờ \"Bộ\""))));
        }

        let preview = preview(&app, list, &kept).await;
        assert_eq!((&preview["lines"], &preview["faults"]), (&json!([]), &json!([])), "{list:?}");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_that_calc_made_of_an_exported_csv_is_taken_without_faults() {
    let (data, folder) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    let app = open(data.path(), "staff", false).await.expect("opens");
    sign_in(&app).await;
    for list in [None, Some("da06"), Some("tap_huan")] {
        let ours = exported(&app, list, TableFormat::Csv).await;
        std::fs::write(folder.path().join("danh-muc.csv"), &ours).expect("writes");
        let how = format!("CSV:{CSV},1,,{VIETNAMESE},false,true");
        let made = calc(folder.path(), "danh-muc.csv", "xlsx", "xlsx", Some(&how));
        let preview = preview(&app, list, &made).await;
        assert_eq!((&preview["lines"], &preview["faults"]), (&json!([]), &json!([])), "{list:?}");
    }
    app.shutdown().await;
}
