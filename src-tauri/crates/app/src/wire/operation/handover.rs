//! How it stands, in words: the note at the change of a shift, and the bulletin.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of how things stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandingPart {
    /// `Sự cố đang mở`.
    pub title: String,
    /// One a line; empty only with `unknown`.
    pub lines: Vec<String>,
    /// Nothing is known of it.
    pub unknown: bool,
}

/// A note at the change of a shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverNote {
    /// Id.
    pub id: String,
    /// As of when.
    pub at: i64,
    /// Who wrote it.
    pub by: String,
    /// How things stood then, put together by the program.
    pub state: String,
    /// The person's own words.
    pub note: String,
    /// Who took it over; none while nobody did.
    pub taken_by: Option<String>,
    /// When.
    pub taken_at: Option<i64>,
    /// The person at the window may take it over.
    pub can_take: bool,
}

/// Hand-over: how things stand, and the notes so far.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HandoverView {
    /// Domain time of this answer.
    pub now: i64,
    /// How things stand now.
    pub parts: Vec<StandingPart>,
    /// Newest first, at most twenty.
    pub notes: Vec<HandoverNote>,
    /// The person at the window may write one.
    pub can_write: bool,
}

/// Write a note at the change of a shift.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandoverWriteArgs {
    /// What to watch, in own words.
    pub note: String,
}

/// Take a note over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandoverTakeArgs {
    /// Its id.
    pub id: String,
}

/// The bulletin asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields)]
pub struct BulletinArgs {
    /// As of which moment; `None` is now.
    pub as_of: Option<i64>,
    /// When the next one comes; none is the next clock of an open incident, or in an hour.
    pub next: Option<i64>,
}

/// A form of the bulletin as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BulletinFormat {
    /// Plain text.
    Txt,
    /// In the layout of Nghị định 30/2020.
    Docx,
}

/// Save the bulletin.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulletinSaveArgs {
    /// As of which moment; `None` is now.
    #[serde(default)]
    #[ts(optional)]
    pub as_of: Option<i64>,
    /// When the next one comes.
    #[serde(default)]
    #[ts(optional)]
    pub next: Option<i64>,
    /// As what.
    pub format: BulletinFormat,
}

/// A status text from the live state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BulletinView {
    /// As of when.
    pub at: i64,
    /// When the next one comes.
    pub next: i64,
    /// Title.
    pub title: String,
    /// The whole text, to copy.
    pub text: String,
}
