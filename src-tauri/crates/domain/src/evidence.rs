//! Evidence of a task: what shows that something claimed is so (design §1.1).
//!
//! Knows the shapes and what makes them complete; whether evidence is enough is [`crate::proof`]'s affair.

use crate::time::Ms;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Largest file taken as evidence, bytes (20 MiB).
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;

/// A file kept as a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits: its name among the blobs.
    pub sha256: String,
    /// The name it came with, without folders.
    pub name: String,
    /// Media type (`application/pdf`), from the name's extension.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
}

/// What the gateway had measured of an API's real traffic when it was kept as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiCheck {
    /// `dvcqg.01` … `catalogue.06`.
    pub api: String,
    /// Begin of the span measured.
    pub from: Ms,
    /// End of the span: the source's own time.
    pub to: Ms,
    /// Calls in the span.
    pub calls: u64,
    /// Of these, successful.
    pub ok: u64,
    /// 95th percentile in ms, upper bound of its bucket; `None` without calls or above the last bound.
    pub p95_ms: Option<u32>,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestResult {
    /// Đạt.
    Passed,
    /// Đạt một phần: below its bar all the same.
    Partly,
    /// Không đạt.
    Failed,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Evidence {
    /// A remark: somebody's word, which proves nothing by itself.
    Note {
        /// The remark.
        text: String,
    },
    /// An address (http or https).
    Link {
        /// The address.
        url: String,
        /// What it is.
        title: Option<String>,
    },
    /// A file.
    File {
        /// The file.
        file: FileRef,
    },
    /// The gateway's measure of real traffic at a moment.
    LiveCheck {
        /// The measure.
        check: ApiCheck,
    },
    /// A recorded test run.
    TestRun {
        /// The day of the test.
        on: NaiveDate,
        /// Who tested: unit or party, not a person's name.
        by: String,
        /// What was tried.
        tried: String,
        /// How it ended.
        result: TestResult,
        /// The minutes, attached.
        minutes: Option<FileRef>,
    },
}

impl Evidence {
    /// The file it brings, if any.
    #[must_use]
    pub fn file(&self) -> Option<&FileRef> {
        match self {
            Self::File { file } => Some(file),
            Self::TestRun { minutes, .. } => minutes.as_ref(),
            Self::Note { .. } | Self::Link { .. } | Self::LiveCheck { .. } => None,
        }
    }
}

/// Evidence of a task as it stands; its id is the id of the event that added it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceItem {
    /// Id of the event.
    pub id: String,
    /// When it was added.
    pub added_at: Ms,
    /// Who added it (pseudonym).
    pub actor: String,
    /// What it is.
    pub evidence: Evidence,
    /// Set once it was revoked; it stays listed.
    pub revoked: Option<Revoked>,
}

/// That evidence no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// When.
    pub at: Ms,
    /// By whom (pseudonym).
    pub actor: String,
    /// Why.
    pub reason: String,
}

/// What is missing or wrong in evidence before it may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// A note, or what was tried, without words.
    #[error("the text is empty")]
    Empty,
    /// Not an http or https address.
    #[error("the address must begin with http:// or https://")]
    NotAnAddress,
    /// Larger than [`LARGEST_FILE`] or empty.
    #[error("the file is empty or too large")]
    Size,
    /// A test in the future.
    #[error("the test lies in the future")]
    TestInFuture,
    /// A test without saying who tested.
    #[error("who tested is missing")]
    NobodyTested,
}

/// Checks evidence before it is written. `today` is the province's day.
///
/// # Errors
/// The first rule broken.
pub fn check(evidence: &Evidence, today: NaiveDate) -> Result<(), EvidenceError> {
    let empty = |text: &str| text.trim().is_empty();
    if evidence.file().is_some_and(|f| f.size == 0 || f.size > LARGEST_FILE) {
        return Err(EvidenceError::Size);
    }
    match evidence {
        Evidence::Note { text } if empty(text) => Err(EvidenceError::Empty),
        Evidence::Link { url, .. } if !is_web_address(url) => Err(EvidenceError::NotAnAddress),
        Evidence::TestRun { on, .. } if *on > today => Err(EvidenceError::TestInFuture),
        Evidence::TestRun { by, .. } if empty(by) => Err(EvidenceError::NobodyTested),
        Evidence::TestRun { tried, .. } if empty(tried) => Err(EvidenceError::Empty),
        _ => Ok(()),
    }
}

fn is_web_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-05-29".parse().expect("date")
    }

    #[test]
    fn only_web_addresses_are_links() {
        for (url, fine) in [
            ("https://quantricong.dichvucong.gov.vn/bien-ban", true),
            ("http://x", true),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("https:///x", false),
            ("https://a b", false),
        ] {
            let link = Evidence::Link { url: url.into(), title: None };
            assert_eq!(check(&link, today()).is_ok(), fine, "{url}");
        }
    }

    #[test]
    fn a_test_run_says_who_tried_what_and_not_tomorrow() {
        let run = |on: &str, by: &str, tried: &str| Evidence::TestRun {
            on: on.parse().expect("date"),
            by: by.into(),
            tried: tried.into(),
            result: TestResult::Passed,
            minutes: None,
        };
        assert_eq!(check(&run("2026-05-29", "VNPT", "Đăng nhập"), today()), Ok(()));
        assert_eq!(check(&run("2026-05-30", "VNPT", "x"), today()), Err(EvidenceError::TestInFuture));
        assert_eq!(check(&run("2026-05-29", " ", "x"), today()), Err(EvidenceError::NobodyTested));
        assert_eq!(check(&run("2026-05-29", "VNPT", ""), today()), Err(EvidenceError::Empty));
    }

    #[test]
    fn an_empty_or_oversized_file_is_refused() {
        let file = |size| Evidence::File {
            file: FileRef {
                sha256: "0".repeat(64),
                name: "a.pdf".into(),
                media_type: "application/pdf".into(),
                size,
            },
        };
        assert_eq!(check(&file(0), today()), Err(EvidenceError::Size));
        assert_eq!(check(&file(LARGEST_FILE), today()), Ok(()));
        assert_eq!(check(&file(LARGEST_FILE + 1), today()), Err(EvidenceError::Size));
    }
}
