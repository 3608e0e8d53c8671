//! The store as its callers see it, on real files.

// Helpers of tests are tests, but clippy does not see it.
#![allow(clippy::unwrap_used)]

mod batch;
mod conclusions;
mod contacts;
mod damage;
mod dossiers;
mod dossiers_property;
mod indicators;
mod journal;
mod kill;
mod local;
mod observed;
mod operation;
mod past;
mod property;
mod refusal;
mod salvage;
mod watched;

use chrono::NaiveDate;
use pvhcc_domain::{
    act::Act,
    roles::{Auth, Role},
    task::TaskStatus,
    time::{ManualClock, Ms},
};
use pvhcc_store::{NewEvent, OpenReport, Store};
use std::{path::Path, sync::Arc};

/// 29/05/2026 14:00 in the province.
const START: Ms = Ms(1_780_038_000_000);

fn clock() -> ManualClock {
    ManualClock::new(START)
}

async fn open(dir: &Path, clock: &ManualClock) -> (Store, OpenReport) {
    Store::open(dir, Arc::new(clock.clone())).await.expect("the profile opens")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn act(entity: &str, act: Act) -> NewEvent {
    NewEvent {
        actor: "p-1".into(),
        role: Role::Staff,
        auth: Auth::Online,
        entity: entity.into(),
        based_on: None,
        act,
        said_at: None,
    }
}

fn note(text: &str) -> NewEvent {
    act("task:17", Act::TaskNoteAdded { note: text.into() })
}

fn status(entity: &str, status: TaskStatus) -> NewEvent {
    let done_on = (status == TaskStatus::Done).then(|| day("2026-05-28"));
    act(
        entity,
        Act::TaskStatusSet {
            status,
            done_on,
            note: Some("ghi".into()),
            on_behalf_of: None,
            learned: None,
            without_evidence: None,
        },
    )
}

/// A connection past the store, as someone with a database tool has it.
async fn raw(dir: &Path, file: &str) -> sqlx::SqliteConnection {
    use sqlx::{ConnectOptions, Connection};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(dir.join(file))
        .pragma("recursive_triggers", "ON")
        .disable_statement_logging();
    sqlx::SqliteConnection::connect_with(&options).await.expect("the file opens")
}
