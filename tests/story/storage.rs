//! A data folder that takes nothing: the message says which and what to do, nothing that was written or typed is lost, and
//! the work goes on once there is room again. Each case is a process of its own: with an ordinary user's rights, under a
//! limit, on a small disk.

use pvhcc_app::{App, wire::WireError};
use pvhcc_tests::{open, run, sign_in};
use serde_json::{Value, json};
use std::{
    fs::{self, Permissions},
    io::Write as _,
    os::unix::{fs::PermissionsExt as _, fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Output},
};

const FOLDER: &str = "PVHCC_TEST_FOLDER";
/// `nobody` on every Linux.
const NOBODY: u32 = 65_534;
/// Nearly the longest remark, so that a few of them need new pages.
const LONG: usize = 1200;
/// Printed by a case that went through.
const DONE: &str = "CASE DONE";

fn folder() -> PathBuf {
    PathBuf::from(std::env::var_os(FOLDER).expect("started by another test"))
}

fn done() {
    writeln!(std::io::stdout(), "{DONE}").expect("said");
}

/// A command line that runs one of the ignored tests below on `folder`.
fn case(name: &str, folder: &Path) -> Vec<String> {
    let program = std::env::current_exe().expect("this program");
    let folder = format!("{FOLDER}={}", folder.display());
    let program = program.display().to_string();
    ["env", &folder, &program, &format!("storage::{name}"), "--exact", "--ignored", "--nocapture"]
        .map(str::to_owned)
        .to_vec()
}

fn went_through(output: &Output) {
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(DONE), "{said}{errors}");
}

/// The message names the folder and says what to do.
fn tells(error: &WireError, folder: &Path, what: &str) {
    assert_eq!(serde_json::to_value(error.code).expect("code"), "storage", "{}", error.message);
    assert_eq!(error.details.get("folder").map(PathBuf::from).as_deref(), Some(folder), "{}", error.message);
    for part in [&folder.display().to_string(), what] {
        assert!(error.message.contains(part), "{part}: {}", error.message);
    }
}

async fn note(app: &App, text: &str) -> Result<Value, WireError> {
    let based_on = run(app, "task", json!({"no": "17"})).await["row"]["lastEvent"].clone();
    app.dispatch("task_add_note", json!({"no": "17", "note": text, "basedOn": based_on})).await
}

async fn type_in(app: &App, text: &str) {
    let draft = json!({"entity": "task:17", "field": "note", "text": text});
    run(app, "draft_put", draft).await;
}

async fn typed(app: &App) -> Value {
    run(app, "drafts", json!({})).await["drafts"][0]["text"].clone()
}

/// How many events the chain has, which must hold.
async fn events(app: &App) -> i64 {
    app.store().verify(None).await.expect("the chain holds").events
}

/// Says long remarks until one is refused; how many were kept, and the refusal.
async fn until_refused(app: &App) -> (i64, WireError) {
    for kept in 0..2000 {
        if let Err(refused) = note(app, &format!("{kept} {}", "đầy".repeat(LONG))).await {
            return (kept, refused);
        }
    }
    panic!("the disk never filled up");
}

/// What holds in every case: refused with a clear message, the draft stays, the chain holds, the sources are asked all the
/// same; with room again the same remark is taken, and a restart has everything.
async fn refused_and_then_taken(fill: impl AsyncFnOnce(), free: impl AsyncFnOnce(), what: &str) {
    let folder = folder().join("profile");
    let app = open(&folder, "staff", false).await.expect("opens");
    sign_in(&app).await;
    note(&app, "trước").await.expect("there is room");
    type_in(&app, "đang gõ dở").await;
    let before = events(&app).await;
    fill().await;
    let (kept, refused) = until_refused(&app).await;
    tells(&refused, &folder, what);
    assert!(refused.message.contains("bấm lưu lại; nội dung đang nhập vẫn còn"), "{}", refused.message);
    assert_eq!(typed(&app).await, "đang gõ dở");
    assert_eq!(events(&app).await, before + kept);
    let report = app.poll_once().await.expect("a full disk is no failure of the program");
    let refused: Vec<&str> = report.sources.iter().filter_map(|s| s.error.as_deref()).collect();
    assert!(refused.iter().all(|text| text.contains("chưa ghi được")), "{refused:?}");
    assert!(!refused.is_empty(), "nothing was kept, and it says so");

    free().await;
    note(&app, "sau").await.expect("goes on without a restart");
    assert!(app.poll_once().await.expect("polls").all_answered());
    app.shutdown().await;
    drop(app);
    let app = open(&folder, "staff", false).await.expect("opens");
    let history = run(&app, "task", json!({"no": "17"})).await["history"].to_string();
    assert!(history.contains("trước") && history.contains("sau"), "{kept} remarks between");
    assert_eq!(events(&app).await, before + kept + 1);
    assert_eq!(run(&app, "frame", json!({})).await["notices"], json!([]), "nothing was lost");
    sign_in(&app).await;
    assert_eq!(typed(&app).await, "đang gõ dở");
    app.shutdown().await;
    done();
}

async fn limit(bytes: &str) {
    let limit = format!("--fsize={bytes}:unlimited");
    let pid = std::process::id().to_string();
    let set = tokio::process::Command::new("prlimit").args(["--pid", &pid, &limit]).status().await;
    assert!(set.expect("util-linux is there").success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test of the same matter below, with the signal of the limit ignored"]
async fn case_no_byte_more() {
    refused_and_then_taken(
        // Nothing may be written behind this in any file, as with a quota.
        async || limit("0").await,
        async || limit("unlimited").await,
        "Hãy kiểm tra ổ đĩa",
    )
    .await;
}

#[test]
fn under_a_quota_an_act_is_refused_with_the_folder_and_taken_when_there_is_room_again() {
    let folder = tempfile::tempdir().expect("folder");
    // What the system sends a program that goes over its limit would end it; an error is what a quota gives.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"])
        .args(case("case_no_byte_more", folder.path()))
        .output();
    went_through(&output.expect("runs"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test of the same matter below, on a disk of its own"]
async fn case_full_disk() {
    let filler = folder().join("filler");
    refused_and_then_taken(
        async || {
            let mut file = fs::File::create(&filler).expect("room for a name");
            let full = std::iter::repeat_with(|| file.write_all(&[1; 4096])).find_map(Result::err);
            assert_eq!(full.map(|e| e.kind()), Some(std::io::ErrorKind::StorageFull));
        },
        async || fs::remove_file(&filler).expect("removed"),
        "Ổ đĩa đã đầy",
    )
    .await;
}

/// A disk of 64 MiB in memory needs a mount, which some systems leave to the administrator.
#[test]
fn on_a_full_disk_an_act_is_refused_with_the_folder_and_taken_when_there_is_room_again() {
    let folder = tempfile::tempdir().expect("folder");
    let mount = "mount -t tmpfs -o size=64m tmpfs \"$1\"";
    let in_own_mounts = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]).arg(folder.path());
        command
    };
    if !in_own_mounts(mount).output().is_ok_and(|o| o.status.success()) {
        let said =
            "no disk of its own may be mounted here; a full disk was tried by the store's own tests only";
        return writeln!(std::io::stderr(), "{said}").expect("said");
    }
    let script = format!("{mount} && shift && exec \"$@\"");
    let output = in_own_mounts(&script).args(case("case_full_disk", folder.path())).output();
    went_through(&output.expect("runs"));
}

/// Takes the right to write from a folder and all in it, or gives it back.
fn writable(folder: &Path, yes: bool) {
    let (dir, file) = if yes { (0o755, 0o644) } else { (0o555, 0o444) };
    if yes {
        fs::set_permissions(folder, Permissions::from_mode(dir)).expect("own folder");
    }
    for entry in fs::read_dir(folder).expect("folder").filter_map(Result::ok) {
        if entry.path().is_dir() {
            writable(&entry.path(), yes);
        } else {
            fs::set_permissions(entry.path(), Permissions::from_mode(file)).expect("own file");
        }
    }
    fs::set_permissions(folder, Permissions::from_mode(dir)).expect("own folder");
}

fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("folder").filter_map(Result::ok) {
        if entry.path().is_dir() {
            all.extend(contents(&entry.path()));
        } else {
            all.push((entry.path(), fs::read(entry.path()).expect("readable")));
        }
    }
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test of the same matter below, as an ordinary user"]
async fn case_read_only_folder() {
    let above = folder().join("above");
    fs::create_dir(&above).expect("folder");
    writable(&above, false);
    let within = above.join("profile");
    let refused = open(&within, "staff", false).await.err().expect("no folder can be made");
    tells(&refused, &within, "không có quyền ghi. Hãy cấp quyền ghi");

    let profile = folder().join("profile");
    let app = open(&profile, "staff", false).await.expect("opens");
    sign_in(&app).await;
    note(&app, "trước").await.expect("written");
    type_in(&app, "đang gõ dở").await;
    app.shutdown().await;
    drop(app);
    writable(&profile, false);
    let before = contents(&profile);
    let refused = open(&profile, "staff", false).await.err().expect("nothing could be kept");
    tells(&refused, &profile, "Hãy cấp quyền ghi");
    assert_eq!(contents(&profile), before, "and nothing is changed");

    writable(&profile, true);
    // The program's own files may be taken one by one, too.
    let journal = profile.join("journal.db");
    fs::set_permissions(&journal, Permissions::from_mode(0o444)).expect("own file");
    let refused = open(&profile, "staff", false).await.err().expect("nothing could be kept");
    tells(&refused, &profile, "Hãy cấp quyền ghi");
    assert!(
        fs::read_dir(&profile)
            .expect("folder")
            .filter_map(Result::ok)
            .all(|e| { !e.file_name().to_string_lossy().contains(".hong-") }),
        "a file that may not be written is not a damaged one"
    );
    fs::set_permissions(&journal, Permissions::from_mode(0o644)).expect("own file");

    let app = open(&profile, "staff", false).await.expect("opens again");
    assert!(run(&app, "task", json!({"no": "17"})).await["history"].to_string().contains("trước"));
    sign_in(&app).await;
    assert_eq!(typed(&app).await, "đang gõ dở");
    note(&app, "sau").await.expect("written");
    app.shutdown().await;
    done();
}

#[test]
fn a_folder_without_the_right_to_write_is_named_left_alone_and_used_once_it_has_it() {
    let folder = tempfile::tempdir().expect("folder");
    let mut command = Command::new("env");
    let mut line = case("case_read_only_folder", folder.path());
    // The administrator may write everywhere, so the case runs as somebody else; the program must be where they can read.
    if fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0) {
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("own folder");
        let (program, own) = (folder.path().join("program"), folder.path().join("own"));
        fs::copy(&line[2], &program).expect("copied");
        fs::create_dir(&own).expect("folder");
        chown(&own, Some(NOBODY), Some(NOBODY)).expect("given");
        line = case("case_read_only_folder", &own);
        line[2] = program.display().to_string();
        command.uid(NOBODY).gid(NOBODY).current_dir(&own).env("HOME", &own);
    }
    went_through(&command.args(&line[1..]).output().expect("runs"));
}
