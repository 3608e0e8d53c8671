//! What people do with a report, and its files.

use super::*;

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
