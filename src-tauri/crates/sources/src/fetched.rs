//! A good answer: rows kept, records put aside, and where it came from.

use pvhcc_domain::time::Ms;

/// One record that did not follow the contract; the rest of the answer was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Where in the answer, as `tasks[3].state`.
    pub place: String,
    /// What is wrong, English, without values.
    pub reason: String,
    /// The record with its values masked.
    pub masked: String,
    /// SHA-256 of the record's original text.
    pub sha256: String,
}

/// A good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched<T> {
    /// The source's own time. Never after the moment of fetching: a time more than five minutes ahead is
    /// noted in `quarantined` under `as_of`.
    pub as_of: Ms,
    /// Entity tag to send next time.
    pub etag: Option<String>,
    /// 304: the last rows still hold, `rows` is empty.
    pub not_modified: bool,
    /// What was said.
    pub rows: T,
    /// Records put aside.
    pub quarantined: Vec<Quarantined>,
    /// SHA-256 of the body.
    pub payload_sha256: String,
    /// Size of the body after decompression.
    pub bytes: usize,
}

impl<T> Fetched<T> {
    /// The same answer with something else made of its rows.
    #[must_use]
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Fetched<U> {
        Fetched {
            as_of: self.as_of,
            etag: self.etag,
            not_modified: self.not_modified,
            rows: make(self.rows),
            quarantined: self.quarantined,
            payload_sha256: self.payload_sha256,
            bytes: self.bytes,
        }
    }
}
