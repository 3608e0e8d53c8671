//! kill -9 at moments the writer does not choose: what was acknowledged is there, and the chain verifies.

use super::*;
use pvhcc_store::DossierPage;
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

const FOLDER: &str = "PVHCC_STORE_KILL_TEST";

/// The writer, run as a process of its own by the test below.
#[tokio::test]
#[ignore = "the writer of the kill test, which starts it"]
async fn writer_process() {
    let dir = std::env::var_os(FOLDER).expect("started by the kill test");
    let (store, _) = open(Path::new(&dir), &clock()).await;
    let mut out = std::io::stdout();
    for i in 0.. {
        let event = store.append(note(&format!("việc {i}"))).await.unwrap();
        writeln!(out, "ACK {}", event.id).unwrap();
        out.flush().unwrap();
    }
}

#[tokio::test]
async fn no_acknowledged_event_is_lost_when_the_writer_is_killed() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let mut acknowledged = Vec::new();
    for round in 0..12 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::writer_process", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Killed after another number of acknowledgements each time, while the next one is being written.
        let mut wanted = round * 7 % 11 + 1;
        while wanted > 0 {
            let line = lines.next().expect("the writer runs").unwrap();
            if let Some((_, id)) = line.split_once("ACK ") {
                acknowledged.push(id.to_owned());
                wanted -= 1;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said between the last line read and its end counts too.
        acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| {
            line.split_once("ACK ").filter(|(_, id)| id.len() == 36).map(|(_, id)| id.to_owned())
        }));
        let (store, report) = open(dir.path(), &clock).await;
        assert_eq!(report.journal_recovered, None);
        let verified = store.verify(None).await.unwrap();
        assert!(verified.events >= i64::try_from(acknowledged.len()).unwrap());
        for id in &acknowledged {
            assert!(store.event(id).await.unwrap().is_some(), "round {round}: {id} was acknowledged");
        }
        let newest = store.events(None, verified.events - 1, 1).await.unwrap()[0].id.clone();
        assert_eq!(store.task_states().await.unwrap()["17"].last_event, Some(newest));
        store.close().await;
    }
}

/// Records of one page.
const PAGE: u32 = 40;

/// The walker, run as a process of its own by the test below.
#[tokio::test]
#[ignore = "the walker of the kill test, which starts it"]
async fn walker_process() {
    let dir = std::env::var_os(FOLDER).expect("started by the kill test");
    let (store, _) = open(Path::new(&dir), &clock()).await;
    let mut out = std::io::stdout();
    let kept = store.walks().await.unwrap();
    let first: u32 = kept.first().map_or(0, |walk| walk.next.parse().expect("a page"));
    for n in first.. {
        let records: Vec<_> = (0..PAGE)
            .map(|i| super::dossiers::told(&format!("r{}", n * PAGE + i), &format!("C{}", n * PAGE + i), 4))
            .collect();
        let next = (n + 1).to_string();
        let page = DossierPage { next: &next, ..super::dossiers::page(&records, START, true) };
        store.keep_dossier_page(&page).await.unwrap();
        writeln!(out, "ACK {next}").unwrap();
        out.flush().unwrap();
    }
}

#[tokio::test]
async fn a_walk_that_is_killed_goes_on_behind_its_last_page_and_no_page_is_half_kept() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    for round in 0..6 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::walker_process", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut acknowledged, mut wanted) = (0, round * 5 % 7 + 1);
        while wanted > 0 {
            let line = lines.next().expect("the walker runs").unwrap();
            if let Some((_, next)) = line.split_once("ACK ") {
                acknowledged = next.parse().unwrap();
                wanted -= 1;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (store, report) = open(dir.path(), &clock).await;
        assert!(!report.observations_recovered);
        let walk = store.walks().await.unwrap().remove(0);
        let pages: u32 = walk.next.parse().unwrap();
        assert!(pages >= acknowledged, "round {round}: page {acknowledged} was acknowledged");
        assert_eq!(walk.taken, pages * PAGE);
        assert_eq!(store.dossier_count().await.unwrap(), pages * PAGE, "pages are kept whole, and once");
        assert_eq!(store.records_after(None, u32::MAX).await.unwrap().len() as u32, pages * PAGE);
        store.close().await;
    }
}
