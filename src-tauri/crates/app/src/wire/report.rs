//! The report: its figures frozen, its words, who did what with it, past days, its form.

mod acts;
mod days;
mod form;

pub use acts::*;
pub use days::*;
pub use form::*;

use super::FileInput;
use pvhcc_domain::report::{self, Cadence, Form, deadline::Verdict, state::Stage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which report.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReportArgs {
    /// Of a day, unless said otherwise.
    #[serde(default)]
    #[ts(type = "Cadence", optional)]
    pub cadence: Option<Cadence>,
    /// ISO day, of a month any; today without one.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
}

/// The words people write into a report; one paragraph a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Words {
    /// Changes since the report before.
    pub changes: String,
    /// Remark on part I, results.
    pub results: String,
    /// Remark on part II, operation and dossiers.
    pub operation: String,
    /// Remark on part III, incidents and obstacles.
    pub troubles: String,
    /// Part IV, proposals.
    pub proposals: String,
}

/// One freeze.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportFreezeLine {
    /// Id.
    pub id: String,
    /// As of when its figures stand.
    pub at: i64,
    /// Who made it.
    pub by: String,
    /// Why, of the second on.
    pub reason: Option<String>,
    /// SHA-256 of the figures.
    pub sha256: String,
    /// This version of the program reads it.
    pub schema_ok: bool,
    /// How many signed reports were made from it.
    pub signed: u32,
}

/// A review.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportReview {
    /// Who.
    pub by: String,
    /// When.
    pub at: i64,
    /// Remark; empty without.
    pub remark: String,
}

/// Why a report was given back, is late or missing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportReason {
    /// Who.
    pub by: String,
    /// When.
    pub at: i64,
    /// Why.
    pub reason: String,
}

/// A file that was signed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportFileLine {
    /// Which.
    pub format: FileFormat,
    /// Name.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

/// How a report was sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportSentView {
    /// Who recorded it.
    pub by: String,
    /// When it was sent.
    pub at: i64,
    /// How.
    pub how: String,
    /// To whom.
    pub to: String,
}

/// A signed report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportSignedView {
    /// Id of the signing.
    pub id: String,
    /// The freeze it was made from.
    pub freeze: String,
    /// Who signed.
    pub by: String,
    /// When.
    pub at: i64,
    /// Number with its symbol: `05/BC-TTPVHCC`.
    pub number: String,
    /// ISO day on it.
    pub signed_on: String,
    /// In the leader's place.
    pub deputy: bool,
    /// Version of the program that made the files.
    pub program: String,
    /// Its files, kept as they were signed.
    pub files: Vec<ReportFileLine>,
    /// Name of the signed and stamped copy, where one was attached.
    pub copy: Option<String>,
    /// How it was sent.
    pub sent: Option<ReportSentView>,
}

/// Whether the person at the window may do something with the report as it stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReportMay {
    /// They may.
    pub ok: bool,
    /// Why not; empty when they may.
    pub why: String,
}

/// What the person at the window may do with the report as it stands.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReportMays {
    /// Freeze the figures.
    pub freeze: ReportMay,
    /// Write words.
    pub write: ReportMay,
    /// Review it or give it back.
    pub review: ReportMay,
    /// Sign it.
    pub sign: ReportMay,
    /// Attach the signed copy.
    pub attach: ReportMay,
    /// Record that it was sent.
    pub send: ReportMay,
    /// Say why it is late or missing.
    pub excuse: ReportMay,
}

/// A report as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportView {
    /// Of a day or of a month.
    #[ts(type = "Cadence")]
    pub cadence: Cadence,
    /// ISO day; of a month its first.
    pub day: String,
    /// `Báo cáo ngày 29/05/2026`.
    pub title: String,
    /// How far it got.
    #[ts(type = "ReportStage")]
    pub stage: Stage,
    /// How far it got in words: `Đã chốt số liệu lúc 14:20, chưa rà soát`.
    pub stage_text: String,
    /// Its deadline; none of a month.
    pub deadline: Option<i64>,
    /// What became of the day.
    #[ts(type = "ReportVerdict")]
    pub verdict: Verdict,
    /// In words: `Đúng hạn`, `Chưa gửi, quá hạn`.
    pub verdict_text: String,
    /// It is late or missing, and nobody has said why.
    pub asks_reason: bool,
    /// Its freezes, the newest first.
    pub freezes: Vec<ReportFreezeLine>,
    /// The freeze in use.
    pub freeze: Option<String>,
    /// Words as they stand: written on this freeze, or taken over to be gone through.
    pub words: Words,
    /// They were written on this freeze.
    pub words_written: bool,
    /// Who wrote them last.
    pub words_by: Option<String>,
    /// When.
    pub words_at: Option<i64>,
    /// Changes since the report before, as generated.
    pub generated_changes: String,
    /// ISO day of the report before, that changes are counted from; none without one.
    pub before: Option<String>,
    /// Review of what stands.
    pub reviewed: Option<ReportReview>,
    /// Why what stands was given back.
    pub returned: Option<ReportReason>,
    /// What was signed of this version.
    pub signed: Option<ReportSignedView>,
    /// What was signed before a correction, newest first.
    pub earlier: Vec<ReportSignedView>,
    /// How it was last sent.
    pub sent: Option<ReportSentView>,
    /// Why it is late or missing.
    pub excused: Option<ReportReason>,
    /// What the form still needs before anybody can sign.
    pub missing: Vec<String>,
    /// What the report has to say about its own figures: stale, unobserved, broken.
    pub caveats: Vec<String>,
    /// What the person at the window may do.
    pub may: ReportMays,
    /// Base of the next act.
    pub last_event: Option<String>,
    /// What has to be said of what was just done: who did something meanwhile; mostly none.
    pub notice: Option<String>,
}

impl From<report::Words> for Words {
    fn from(w: report::Words) -> Self {
        let report::Words { changes, results, operation, troubles, proposals } = w;
        Self { changes, results, operation, troubles, proposals }
    }
}

impl From<Words> for report::Words {
    fn from(w: Words) -> Self {
        let Words { changes, results, operation, troubles, proposals } = w;
        Self { changes, results, operation, troubles, proposals }
    }
}
