//! The report: its figures frozen, its words, who did what with it, past days, its form.

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

/// Freeze the figures.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportFreezeArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Why, where figures were frozen before.
    #[serde(default)]
    pub reason: Option<String>,
    /// `lastEvent` as the user saw it.
    #[serde(default)]
    pub based_on: Option<String>,
}

/// Write the words of a report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportWriteArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// The freeze they are written on.
    pub freeze: String,
    /// The words.
    pub words: Words,
    /// `lastEvent` as the user saw it.
    #[serde(default)]
    pub based_on: Option<String>,
}

/// Find a report good.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportReviewArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Remark.
    #[serde(default)]
    pub remark: Option<String>,
    /// `lastEvent` as the user saw it.
    #[serde(default)]
    pub based_on: Option<String>,
}

/// Give a report back, or say why it is late.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportReasonArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Why.
    pub reason: String,
    /// `lastEvent` as the user saw it.
    #[serde(default)]
    pub based_on: Option<String>,
}

/// Sign a report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportSignArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Number of the office's register: `05`.
    pub number: String,
    /// ISO day on it; today without one.
    #[serde(default)]
    pub signed_on: Option<String>,
    /// `lastEvent` as the user saw it.
    #[serde(default)]
    pub based_on: Option<String>,
}

/// Attach the signed and stamped copy.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportAttachArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// The file.
    pub file: FileInput,
}

/// Record that a report was sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportSendArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// When; none is now.
    #[serde(default)]
    pub at: Option<i64>,
    /// How.
    pub how: String,
    /// To whom; the form's addressees without.
    #[serde(default)]
    pub to: Option<String>,
}

/// A file of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// To be edited.
    Docx,
    /// To be read and printed.
    Pdf,
    /// Annexes as tables.
    Xlsx,
}

impl FileFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Docx, Self::Pdf, Self::Xlsx];

    /// Extension of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Which file of which report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportFileArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Of an earlier freeze; none is the one in use.
    #[serde(default)]
    #[ts(optional)]
    pub freeze: Option<String>,
    /// Which.
    pub format: FileFormat,
}

/// A file of a report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportFileView {
    /// Name.
    pub name: String,
    /// Its bytes, base64 with padding.
    pub bytes: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// It is one of the files that were signed.
    pub signed: bool,
}

/// Which files to save.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportSaveArgs {
    /// Which report.
    #[serde(flatten)]
    #[ts(flatten)]
    pub of: ReportArgs,
    /// Of an earlier freeze; none is the one in use.
    #[serde(default)]
    #[ts(optional)]
    pub freeze: Option<String>,
    /// Which; none is all.
    #[serde(default)]
    pub formats: Vec<FileFormat>,
}

/// Files that were saved.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportSavedView {
    /// Where, in the order of the formats.
    pub paths: Vec<String>,
    /// SHA-256 of each.
    pub sha256: Vec<String>,
    /// They are those that were signed.
    pub signed: bool,
}

/// A month of reports.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportCalendarArgs {
    /// `2026-05`.
    pub month: String,
}

/// One day of the calendar of reports.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportDay {
    /// ISO day.
    pub day: String,
    /// What became of it.
    #[ts(type = "ReportVerdict")]
    pub verdict: Verdict,
    /// In words.
    pub verdict_text: String,
    /// How far its report got.
    #[ts(type = "ReportStage")]
    pub stage: Stage,
    /// When it was first sent.
    pub sent_at: Option<i64>,
    /// Why it is late or missing.
    pub reason: Option<String>,
    /// It is late or missing, and nobody has said why.
    pub asks_reason: bool,
    /// Numbers of what was signed, in order; a correction has its own.
    pub numbers: Vec<String>,
    /// How many freezes there are.
    pub freezes: u32,
    /// A working day.
    pub working: bool,
}

/// Past days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportCalendarView {
    /// `2026-05`.
    pub month: String,
    /// The finding: `Tháng 5/2026: 27 ngày đúng hạn, 1 trễ, 1 thiếu`.
    pub title: String,
    /// ISO day from which on reports are due; none while the profile was not used.
    pub since: Option<String>,
    /// All days of the month.
    pub days: Vec<ReportDay>,
    /// How far the report of the month got.
    #[ts(type = "ReportStage")]
    pub monthly: Stage,
}

/// The form of the report; see `Form` of the domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportForm {
    /// Cơ quan chủ quản.
    pub parent: String,
    /// Cơ quan ban hành.
    pub agency: String,
    /// Symbol behind the number.
    pub symbol: String,
    /// Địa danh.
    pub place: String,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Lines above the signature.
    pub signature: Vec<String>,
    /// Lines above the signature of who signs in the leader's place.
    pub deputy_signature: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
}

/// The form in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportFormView {
    /// It.
    pub form: ReportForm,
    /// What it still needs before anybody can sign.
    pub missing: Vec<String>,
    /// In force since; none is the built-in form.
    pub since: Option<i64>,
    /// Who set it.
    pub who: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Set the form from now on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportFormArgs {
    /// It.
    pub form: ReportForm,
    /// Why, or the document it rests on.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Where today's report stands, and which days before ask for a reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportStatusView {
    /// ISO day of today.
    pub day: String,
    /// One is due today.
    pub due: bool,
    /// Its deadline.
    pub deadline: i64,
    /// What became of it so far.
    #[ts(type = "ReportVerdict")]
    pub verdict: Verdict,
    /// How far it got.
    #[ts(type = "ReportStage")]
    pub stage: Stage,
    /// In one sentence.
    pub text: String,
    /// Somebody said why it is not sent.
    pub excused: bool,
    /// ISO days before that ask for a reason, the latest first.
    pub asked: Vec<String>,
}

/// A reminder that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportReminder {
    /// ISO day of the report.
    pub day: String,
    /// When it was due: `14:30`.
    pub time: String,
    /// How loud: 1 to 4.
    pub level: u8,
    /// Vietnamese.
    pub text: String,
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

impl From<Form> for ReportForm {
    fn from(f: Form) -> Self {
        let Form { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients } = f;
        Self { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients }
    }
}

impl From<ReportForm> for Form {
    fn from(f: ReportForm) -> Self {
        let ReportForm { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients } =
            f;
        Self { parent, agency, symbol, place, addressees, signature, deputy_signature, recipients }
    }
}
