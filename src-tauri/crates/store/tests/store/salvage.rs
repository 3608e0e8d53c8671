//! What comes back of a damaged journal, and that what does not come back is told: kept and missing make up all that was
//! said.

use super::*;
use proptest::prelude::*;
use pvhcc_store::{Gap, NewTransition, Recovery, backups_dir};
use std::{fs, path::PathBuf};

const SAID: i64 = 300;
const PAGE: usize = 4096;

/// 300 events, one a minute, the first `backed_up` of them in a backup; closed, in one file.
async fn profile(dir: &Path, clock: &ManualClock, backed_up: i64) {
    let (store, _) = open(dir, clock).await;
    store.put_name("r-1", "Tên cũ").await.unwrap();
    for i in 1..=SAID {
        clock.advance(60_000);
        store.append(note(&text(i))).await.unwrap();
        if i == backed_up {
            store.backup(&backups_dir(dir)).await.unwrap();
            store.erase_name("r-1").await.unwrap();
            store.put_name("r-2", "Tên mới").await.unwrap();
            store.draft_put("p-1", "task:17", "note", "đang gõ").await.unwrap();
            store.append_transition(transition()).await.unwrap();
        }
    }
    store.close().await;
}

fn text(i: i64) -> String {
    format!("việc {i} {}", "x".repeat(200))
}

/// When event `i` of [`profile`] was said.
fn said(i: i64) -> Ms {
    START.plus(i * 60_000)
}

fn transition() -> NewTransition {
    NewTransition {
        entity: "source:gateway_tasks".into(),
        from: None,
        to: "fresh".into(),
        rule: "freshness".into(),
        rule_version: 1,
        basis: serde_json::json!({"rows": 90}),
        at: START,
    }
}

fn fill(path: &Path, pages: impl IntoIterator<Item = usize>, byte: u8) {
    let mut bytes = fs::read(path).unwrap();
    for page in pages {
        bytes[page * PAGE..(page + 1) * PAGE].fill(byte);
    }
    fs::write(path, bytes).unwrap();
}

/// Opens what was damaged; the chain holds and the numbers agree.
async fn recovered(dir: &Path, clock: &ManualClock) -> (Store, Recovery) {
    let (store, report) = open(dir, clock).await;
    let recovery = report.journal_recovered.expect("told");
    assert_eq!(store.verify(None).await.unwrap().events, recovery.events);
    assert_eq!(recovery.events, recovery.events_from_backup + recovery.salvaged);
    (store, recovery)
}

fn missing(recovery: &Recovery) -> i64 {
    recovery.missing.iter().map(|gap| gap.events).sum()
}

#[tokio::test]
async fn without_its_first_pages_a_journal_comes_back_whole() {
    // The first alone; and all that stand before the tree that lists the events by hash.
    for (lost, byte) in [(0..1, 0), (0..1, 0xa5), (0..5, 0)] {
        let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
        profile(dir.path(), &clock, 100).await;
        fill(&dir.path().join("journal.db"), lost.clone(), byte);
        let (store, recovery) = recovered(dir.path(), &clock).await;
        assert_eq!((recovery.events, recovery.rechained, recovery.refused), (SAID, 0, 0), "{lost:?}");
        assert_eq!(recovery.missing, [], "{lost:?}");
        assert_eq!(recovery.backup_at, Some(said(100)));
        assert!(!recovery.local_from_backup);
        let names: Vec<_> = store.names().await.unwrap().into_values().collect();
        assert_eq!(names, ["Tên mới"], "a name erased after the backup stays erased");
        let draft = store.draft_get("p-1", "task:17", "note").await.unwrap().expect("kept");
        assert_eq!(draft.text, "đang gõ", "what was typed after the backup is there");
        assert_eq!(store.transitions(Some("source:gateway_tasks"), START).await.unwrap().len(), 1);
        assert_eq!(fs::metadata(recovery.moved_to.unwrap()).unwrap().len() % 4096, 0, "the file is kept");
    }
}

#[tokio::test]
async fn a_bad_page_in_the_middle_is_told_as_that_many_acts_between_two_moments() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    profile(dir.path(), &clock, 100).await;
    let path = dir.path().join("journal.db");
    let needle = "việc 249 xxxx".as_bytes();
    let at = fs::read(&path).unwrap().windows(needle.len()).position(|w| w == needle).expect("event 249");
    fill(&path, [at / PAGE], 0xa5);
    let (_, recovery) = recovered(dir.path(), &clock).await;
    let [gap] = recovery.missing.as_slice() else { panic!("{recovery:?}") };
    assert_eq!(gap.events + recovery.events, SAID);
    let (after, until) = (gap.after.unwrap(), gap.until.unwrap());
    assert!(after < said(249) && until > said(249), "{gap:?}");
    assert_eq!(until.0 - after.0, (gap.events + 1) * 60_000);
}

#[tokio::test]
async fn a_file_cut_short_is_told_with_how_many_acts_from_which_moment_on() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    profile(dir.path(), &clock, 100).await;
    let path = dir.path().join("journal.db");
    let length = fs::metadata(&path).unwrap().len();
    fs::File::options().write(true).open(&path).unwrap().set_len(length * 2 / 3 + 1000).unwrap();
    let (_, recovery) = recovered(dir.path(), &clock).await;
    assert!(recovery.salvaged > 0, "{recovery:?}");
    assert_eq!(recovery.events + missing(&recovery), SAID, "{recovery:?}");
    let last = recovery.missing.last().unwrap();
    assert_eq!((last.after, last.until), (Some(said(SAID - last.events)), None));
}

#[tokio::test]
async fn what_is_gone_with_the_whole_file_is_counted_from_the_backup_on() {
    for (backed_up, rest) in [(50, None), (0, Some(&b""[..])), (50, Some(b"rac")), (50, Some(&[0; 9000]))] {
        let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
        profile(dir.path(), &clock, backed_up).await;
        let path = dir.path().join("journal.db");
        match rest {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let (_, recovery) = recovered(dir.path(), &clock).await;
        let after = (backed_up > 0).then(|| said(backed_up));
        assert_eq!(recovery.missing, [Gap { after, until: None, events: SAID - backed_up }]);
        assert_eq!((recovery.events, recovery.backup_at), (backed_up, after));
        assert!(recovery.local_from_backup);
    }
}

#[tokio::test]
async fn without_a_note_of_the_end_nothing_is_promised_beyond_what_was_found() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    profile(dir.path(), &clock, 50).await;
    fs::remove_file(dir.path().join("journal.head")).unwrap();
    fs::write(dir.path().join("journal.db"), b"").unwrap();
    let (_, recovery) = recovered(dir.path(), &clock).await;
    assert_eq!(recovery.missing, [Gap { after: Some(said(50)), until: None, events: 0 }]);
}

/// The profile with 20 events as the end of the process leaves it, with the log beside the file.
async fn killed(clock: &ManualClock, in_the_file: i64) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = open(&dir.path().join("a"), clock).await;
    for i in 1..=20 {
        clock.advance(60_000);
        store.append(note(&text(i))).await.unwrap();
        if i == in_the_file {
            store.close().await;
            store = open(&dir.path().join("a"), clock).await.0;
        }
    }
    let to = dir.path().join("b");
    fs::create_dir(&to).unwrap();
    for file in ["journal.db", "journal.db-wal", "journal.head", "device.json"] {
        fs::copy(dir.path().join("a").join(file), to.join(file)).unwrap();
    }
    store.close().await;
    (dir, to)
}

#[tokio::test]
async fn a_lost_log_is_noticed_although_the_file_looks_whole() {
    for in_the_file in [0, 5] {
        let clock = clock();
        let (_dir, to) = killed(&clock, in_the_file).await;
        fs::remove_file(to.join("journal.db-wal")).unwrap();
        let (_, recovery) = recovered(&to, &clock).await;
        let after = (in_the_file > 0).then(|| said(in_the_file));
        assert_eq!(recovery.missing, [Gap { after, until: None, events: 20 - in_the_file }]);
        assert_eq!(recovery.events, in_the_file);
    }
}

#[tokio::test]
async fn a_log_damaged_in_its_middle_gives_back_what_stands_behind_the_bad_frame() {
    let clock = clock();
    let (_dir, to) = killed(&clock, 5).await;
    let log = to.join("journal.db-wal");
    let mut bytes = fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0xa5);
    fs::write(&log, bytes).unwrap();
    let (_, recovery) = recovered(&to, &clock).await;
    assert_eq!(recovery.events + missing(&recovery), 20, "{recovery:?}");
    assert!(recovery.events >= 19, "a later image of the page holds its events: {recovery:?}");
}

#[tokio::test]
async fn a_transaction_half_written_by_a_power_cut_is_no_damage() {
    let clock = clock();
    let (dir, to) = killed(&clock, 5).await;
    // The last act was not acknowledged: the note is that of the act before.
    let head = fs::read_to_string(to.join("journal.head")).unwrap();
    let (store, _) = open(&dir.path().join("a"), &clock).await;
    let all = store.events(None, 0, 100).await.unwrap();
    let mut lines = Vec::new();
    store.export_jsonl(&mut lines).await.unwrap();
    let before: serde_json::Value =
        serde_json::from_slice(lines.split(|b| *b == b'\n').nth(18).unwrap()).unwrap();
    let noted = format!("{:>20} {} {:>20}\n", 19, before["hash"].as_str().unwrap(), all[18].said_at.0);
    assert_eq!(head.len(), noted.len());
    fs::write(to.join("journal.head"), noted).unwrap();
    let log = to.join("journal.db-wal");
    let mut bytes = fs::read(&log).unwrap();
    let last = bytes.len() - 2 * (PAGE + 24);
    bytes[last..last + 100].fill(0);
    fs::write(&log, bytes).unwrap();

    let (store, report) = open(&to, &clock).await;
    assert_eq!(report.journal_recovered, None);
    assert_eq!(store.verify(None).await.unwrap().events, 19);
}

#[tokio::test]
async fn an_older_copy_put_in_place_of_the_journal_is_noticed() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.append(note("một")).await.unwrap();
    store.close().await;
    let older = fs::read(dir.path().join("journal.db")).unwrap();
    let (store, _) = open(dir.path(), &clock).await;
    for text in ["hai", "ba"] {
        store.append(note(text)).await.unwrap();
    }
    store.backup(&backups_dir(dir.path())).await.unwrap();
    store.append(note("bốn")).await.unwrap();
    store.close().await;
    fs::write(dir.path().join("journal.db"), older).unwrap();

    let (_, recovery) = recovered(dir.path(), &clock).await;
    assert_eq!((recovery.events_from_backup, recovery.events), (3, 3));
    assert_eq!(missing(&recovery), 1);
}

#[tokio::test]
async fn a_recovery_is_told_by_every_opening_until_somebody_says_that_it_was_seen() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    profile(dir.path(), &clock, 50).await;
    fill(&dir.path().join("journal.db"), [0], 0);
    let (store, recovery) = recovered(dir.path(), &clock).await;
    store.close().await;
    clock.advance(60_000);
    let (store, report) = open(dir.path(), &clock).await;
    assert_eq!(report.journal_recovered, Some(recovery));
    store.recovery_told().await.unwrap();
    store.close().await;
    assert_eq!(open(dir.path(), &clock).await.1.journal_recovered, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Events of any size, any pages of the file overwritten.
    #[test]
    fn kept_and_missing_make_up_all_that_was_said(
        sizes in prop::collection::vec(prop_oneof![0..300_usize, 3000..14_000_usize], 30..60),
        bad in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        byte in any::<u8>(), backed_up in any::<prop::sample::Index>(),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
            let (store, _) = open(dir.path(), &clock).await;
            let mut written = Vec::new();
            let backed_up = backed_up.index(sizes.len());
            for (i, size) in sizes.iter().enumerate() {
                if i == backed_up {
                    store.backup(&backups_dir(dir.path())).await.unwrap();
                }
                clock.advance(1);
                written.push(store.append(note(&format!("{i} {}", "đ".repeat(*size)))).await.unwrap());
            }
            store.close().await;
            let path = dir.path().join("journal.db");
            let pages = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap() / PAGE;
            fill(&path, bad.iter().map(|at| at.index(pages)), byte);

            let (store, report) = open(dir.path(), &clock).await;
            let kept = store.events(None, 0, 1000).await.unwrap();
            store.verify(None).await.unwrap();
            let lost = report.journal_recovered.as_ref().map_or(0, missing);
            assert_eq!(kept.len() + usize::try_from(lost).unwrap(), written.len(), "{report:?}");
            for event in kept {
                let was = written.iter().find(|w| w.id == event.id).expect("nothing is invented");
                assert_eq!((&was.act, was.said_at, was.device_seq), (&event.act, event.said_at, event.device_seq));
            }
        });
    }
}
