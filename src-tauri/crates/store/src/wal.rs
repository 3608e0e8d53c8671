//! SQLite's write-ahead log, read as bytes (<https://sqlite.org/fileformat2.html#the_write_ahead_log>).
//!
//! SQLite takes a log up to its first bad frame and forgets the rest without a word. That is right for what a power cut
//! left half written, and wrong for a log that was damaged later. It must not know what is on the pages.

use crate::{error::StoreError, files};
use std::path::Path;

const HEADER: usize = 32;
const FRAME: usize = 24;
/// Frames behind a bad one prove damage when they end this many transactions: the last of a log may be half written, the
/// one before it was synced first.
const PROOF: usize = 2;

/// One page as a transaction wrote it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'a> {
    /// Number of the page, from 1.
    pub(crate) page: u32,
    /// The page's bytes.
    pub(crate) image: &'a [u8],
    /// It ends a transaction.
    commit: bool,
    /// Its checksum and those of all frames before it are right.
    sound: bool,
}

/// Frames of the log's present generation up to the last that ends a transaction, sound or not.
pub(crate) fn frames(log: &[u8], page_size: usize) -> Vec<Frame<'_>> {
    let (Some(header), Some(body)) = (log.get(..HEADER), log.get(HEADER..)) else { return Vec::new() };
    let little = word(header, 0) == 0x377f_0682;
    let mut sum = checksum((0, 0), &header[..24], little);
    let mut sound = sum == (word(header, 24), word(header, 28)) && word(header, 8) as usize == page_size;
    // Without a good header the first frame says which generation it is.
    let salts = if sound { &header[16..24] } else { body.get(8..16).unwrap_or_default() };
    let mut found = Vec::new();
    for frame in body.chunks_exact(FRAME + page_size) {
        let (head, image) = frame.split_at(FRAME);
        sum = checksum(checksum(sum, &head[..8], little), image, little);
        let ours = &head[8..16] == salts;
        sound = sound && ours && sum == (word(head, 16), word(head, 20));
        if ours && word(head, 0) > 0 {
            found.push(Frame { page: word(head, 0), image, commit: word(head, 4) > 0, sound });
        }
    }
    found.truncate(found.iter().rposition(|f| f.commit).map_or(0, |last| last + 1));
    found
}

/// Refuses a database whose log was damaged after it had been acknowledged. Call before SQLite opens the file.
pub(crate) fn examine(db: &Path) -> Result<(), StoreError> {
    let path = files::with_suffix(db, "-wal");
    let log = match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let bad = frames(&log, crate::carve::PAGE).iter().filter(|f| f.commit && !f.sound).count();
    if bad < PROOF {
        return Ok(());
    }
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Err(StoreError::Corrupt { file, detail: format!("{bad} transactions stand behind a bad frame") })
}

/// A big-endian number of four bytes; 0 beyond the end.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// The log's running checksum.
fn checksum((mut a, mut b): (u32, u32), bytes: &[u8], little: bool) -> (u32, u32) {
    let number = |b: &[u8]| {
        let bytes = b.try_into().unwrap_or_default();
        if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    };
    for pair in bytes.chunks_exact(8) {
        a = a.wrapping_add(number(&pair[..4])).wrapping_add(b);
        b = b.wrapping_add(number(&pair[4..])).wrapping_add(a);
    }
    (a, b)
}
