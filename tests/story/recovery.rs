//! A damaged journal: what can be read comes back, the file is kept, and the window says what is missing since when.

use pvhcc_app::App;
use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};
use std::{fs, path::Path};

const PAGE: usize = 4096;

async fn note(app: &App, text: &str) {
    let task = run(app, "task", json!({"no": "17"})).await;
    let base = &task["row"]["lastEvent"];
    run(app, "task_add_note", json!({"no": "17", "note": text, "basedOn": base})).await;
}

async fn history(app: &App) -> String {
    run(app, "task", json!({"no": "17"})).await["history"].to_string()
}

/// The window's notices: level and text.
async fn notices(app: &App) -> Vec<(String, String)> {
    let all = run(app, "frame", json!({})).await["notices"].clone();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    all.as_array().into_iter().flatten().map(|n| (text(&n["level"]), text(&n["message"]))).collect()
}

/// A closed profile with a remark before its backup and one after it.
async fn profile(folder: &Path) {
    let app = open(folder, "staff", false).await.expect("opens");
    sign_in(&app).await;
    note(&app, "trước bản sao lưu").await;
    run(&app, "backup_now", json!({})).await;
    note(&app, "sau bản sao lưu").await;
    assert_eq!(notices(&app).await, [], "nothing to tell yet");
    app.shutdown().await;
}

/// Overwrites the page of the journal that holds `text`, or its first one.
fn damage(folder: &Path, text: Option<&str>) {
    let file = folder.join("journal.db");
    let mut bytes = fs::read(&file).expect("the file is there");
    let at = text.map_or(0, |t| {
        bytes.windows(t.len()).position(|w| w == t.as_bytes()).expect("the text is in the file")
    });
    let page = at / PAGE * PAGE;
    bytes[page..page + PAGE].fill(0xA5);
    fs::write(file, bytes).expect("writes");
}

/// The files moved aside.
fn set_aside(folder: &Path) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder).expect("folder").filter_map(Result::ok);
    let aside = files.filter(|e| e.file_name().to_string_lossy().starts_with("journal.db.hong-"));
    aside.map(|e| fs::read(e.path()).expect("readable")).collect()
}

/// Opens the damaged profile, which must work on; returns the one notice.
async fn told(folder: &Path, kept: &[&str], lost: &[&str]) -> (String, String) {
    let app = open(folder, "staff", false).await.expect("opens all the same");
    let told = notices(&app).await;
    let [notice] = told.as_slice() else { panic!("one notice: {told:?}") };
    let history = history(&app).await;
    for text in kept {
        assert!(history.contains(text), "{text}: {}; {history}", notice.1);
    }
    for text in lost {
        assert!(!history.contains(text), "{text}: {}; {history}", notice.1);
    }
    assert_eq!(run(&app, "journal_verify", json!({})).await["ok"], true);
    sign_in(&app).await;
    note(&app, "sau khi khôi phục").await;
    app.shutdown().await;
    let again = open(folder, "staff", false).await.expect("opens");
    assert_eq!(notices(&again).await, [], "told once, not for ever");
    assert!(self::history(&again).await.contains("sau khi khôi phục"));
    again.shutdown().await;
    notice.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_pages_that_the_rest_makes_up_for_cost_nothing_and_the_notice_says_so() {
    for page in [None, Some("20 giao dịch thử")] {
        let folder = tempfile::tempdir().expect("folder");
        profile(folder.path()).await;
        damage(folder.path(), page);
        let (level, said) = told(folder.path(), &["trước bản sao lưu", "sau bản sao lưu"], &[]).await;
        assert_eq!(level, "warn", "{said}");
        assert!(said.starts_with("Nhật ký bị hỏng hoặc thiếu, phát hiện lúc 29/05/2026 14:0"), "{said}");
        assert!(said.contains("từ bản sao lưu lúc 29/05/2026 14:0"), "from when the backup is: {said}");
        assert!(said.contains("Không thiếu thao tác nào."), "{said}");
        let aside = set_aside(folder.path());
        assert!(aside.iter().any(|f| f.chunks(PAGE).any(|page| page == [0xA5; PAGE])), "the file is kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_told_with_its_number_and_the_moment_from_which_on() {
    for bytes in [&b""[..], b"rac"] {
        let folder = tempfile::tempdir().expect("folder");
        profile(folder.path()).await;
        fs::write(folder.path().join("journal.db"), bytes).expect("writes");
        let (level, said) = told(folder.path(), &["trước bản sao lưu"], &["sau bản sao lưu"]).await;
        assert_eq!(level, "bad", "{said}");
        assert!(said.contains("Thiếu ít nhất 1 thao tác từ 29/05/2026 14:0"), "{said}");
        assert!(said.contains("đến lúc phát hiện. Hãy đối chiếu và nhập lại"), "what to do: {said}");
        assert_eq!(set_aside(folder.path()), [bytes]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_gone_after_a_crash_is_told_although_the_file_looks_whole() {
    let folder = tempfile::tempdir().expect("folder");
    let (lived, left) = (folder.path().join("a"), folder.path().join("b"));
    profile(&lived).await;
    let app = open(&lived, "staff", false).await.expect("opens");
    sign_in(&app).await;
    note(&app, "chỉ có trong nhật ký ghi trước").await;
    // As the end of the process leaves it, but for the log.
    fs::create_dir(&left).expect("folder");
    for entry in fs::read_dir(&lived).expect("folder").filter_map(Result::ok) {
        let name = entry.file_name();
        if entry.path().is_file() && name != "journal.db-wal" && name != "journal.db-shm" {
            fs::copy(entry.path(), left.join(&name)).expect("copied");
        }
    }
    copy_folder(&lived.join("sandbox"), &left.join("sandbox"));
    app.shutdown().await;

    let kept = ["trước bản sao lưu", "sau bản sao lưu"];
    let (level, said) = told(&left, &kept, &["chỉ có trong nhật ký ghi trước"]).await;
    assert_eq!(level, "bad", "{said}");
    assert!(said.contains("Thiếu ít nhất 1 thao tác từ 29/05/2026 14:0"), "{said}");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder").filter_map(Result::ok) {
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
        }
    }
}
