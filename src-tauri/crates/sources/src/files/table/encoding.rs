//! How the letters of a text are written, and the text as UTF-8 whatever that is.

use super::{Input, MOST_ROW_BYTES, TableError};
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1258};
use pvhcc_domain::import::{known_words, legacy};
use std::{
    cell::Cell,
    io::{self, Read, SeekFrom},
    rc::Rc,
};

/// How much of a text is looked at for its words.
const SAMPLE: usize = 256 * 1024;
const BLOCK: usize = 64 * 1024;
/// How much of a text tells how wide its letters are.
const FIRST: usize = 1024;

/// How letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1258: Vietnamese with marks of their own.
    Windows1258,
}

impl Encoding {
    /// All that are read.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1258];

    /// The name used in mappings and on the screen.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1258 => "windows-1258",
        }
    }

    /// The encoding of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.as_str().eq_ignore_ascii_case(name.trim()))
    }

    fn decoder(self) -> Option<Decoder> {
        match self {
            // Read as it stands: what reads the text refuses what is none.
            Self::Utf8 => None,
            Self::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Self::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
            Self::Windows1258 => Some(WINDOWS_1258.new_decoder_without_bom_handling()),
        }
    }
}

/// Finds out how a text is written, reading all of it.
pub(super) fn detect(input: &mut dyn Input) -> Result<Encoding, TableError> {
    input.seek(SeekFrom::Start(0))?;
    let mut block = vec![0; BLOCK];
    let mut filled = 0;
    while filled < FIRST {
        match input.read(&mut block[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    if let Some(encoding) = by_first_bytes(&block[..filled])? {
        return Ok(encoding);
    }
    // Line of the first byte of the block.
    let mut line = 1_u64;
    loop {
        let bytes = &block[..filled];
        if bytes.contains(&0) {
            return Err(TableError::Unknown);
        }
        let valid = match std::str::from_utf8(bytes) {
            Ok(_) => filled,
            // A letter that the block cuts in two.
            Err(e) if e.error_len().is_none() => e.valid_up_to(),
            Err(e) => return strange(bytes, e.valid_up_to(), line, input),
        };
        line += count_lines(&bytes[..valid]);
        block.copy_within(valid..filled, 0);
        filled -= valid;
        match input.read(&mut block[filled..])? {
            0 if filled == 0 => return Ok(Encoding::Utf8),
            0 => return strange(&block[..filled], 0, line, input),
            read => filled += read,
        }
    }
}

/// Tells by the words around the first byte that is not of UTF-8, its own line from the beginning.
fn strange(bytes: &[u8], at: usize, line: u64, input: &mut dyn Input) -> Result<Encoding, TableError> {
    let before = &bytes[..at];
    let from = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let mut sample = bytes[from..].to_vec();
    input.take(SAMPLE as u64).read_to_end(&mut sample)?;
    by_words(&sample, line + count_lines(before))
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

/// By a byte order mark, or by zeros where letters of Western words have none.
fn by_first_bytes(bytes: &[u8]) -> Result<Option<Encoding>, TableError> {
    match bytes {
        [0xff, 0xfe, ..] => return Ok(Some(Encoding::Utf16Le)),
        [0xfe, 0xff, ..] => return Ok(Some(Encoding::Utf16Be)),
        _ => {}
    }
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd == 0 {
        return Ok(None);
    }
    let half = bytes.len() / 2;
    match (even, odd) {
        (0, odd) if odd * 3 > half => Ok(Some(Encoding::Utf16Le)),
        (even, 0) if even * 3 > half => Ok(Some(Encoding::Utf16Be)),
        _ => Err(TableError::Unknown),
    }
}

/// One byte a letter: which script makes words of it.
fn by_words(sample: &[u8], line: u64) -> Result<Encoding, TableError> {
    let western: String = sample.iter().map(|b| char::from(*b)).collect();
    if let Some(script) = legacy(&western) {
        return Err(TableError::Legacy(script));
    }
    let (text, broken) = WINDOWS_1258.decode_without_bom_handling(sample);
    if !broken && known_words(&text) > 0 {
        Ok(Encoding::Windows1258)
    } else {
        Err(TableError::Encoding { line })
    }
}

/// The first characters of a text.
pub(super) fn head(input: &mut dyn Input, encoding: Encoding) -> Result<String, TableError> {
    let mut bytes = Vec::with_capacity(BLOCK);
    Decoded::new(input, encoding)?.take(BLOCK as u64).read_to_end(&mut bytes)?;
    let whole = match std::str::from_utf8(&bytes) {
        Err(e) if e.error_len().is_none() => e.valid_up_to(),
        _ => bytes.len(),
    };
    Ok(String::from_utf8_lossy(&bytes[..whole]).into_owned())
}

/// How much of a row may still be read, and how much was read of the file.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    left: Rc<Cell<u64>>,
    read: Rc<Cell<u64>>,
}

impl Meter {
    /// A row ends: the next may be as long as any.
    pub(super) fn row(&self) {
        self.left.set(MOST_ROW_BYTES);
    }

    /// The row was longer than any may be.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// How many rows there will be, if they go on as those before `row`.
    pub(super) fn of(&self, row: u64, size: u64) -> Option<u64> {
        let read = self.read.get();
        (read > 0).then(|| (u128::from(row) * u128::from(size) / u128::from(read)) as u64)
    }
}

/// A text as UTF-8 from its beginning, without a byte order mark. No more than [`MOST_ROW_BYTES`] of a row.
pub(super) struct Decoded<'a> {
    input: &'a mut dyn Input,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_from: usize,
    ended: bool,
    out: Vec<u8>,
    out_from: usize,
    meter: Meter,
}

impl<'a> Decoded<'a> {
    pub(super) fn new(input: &'a mut dyn Input, encoding: Encoding) -> Result<Self, TableError> {
        input.seek(SeekFrom::Start(0))?;
        let meter = Meter { left: Rc::new(Cell::new(MOST_ROW_BYTES)), read: Rc::default() };
        let mut decoded = Self {
            input,
            decoder: encoding.decoder(),
            raw: Vec::new(),
            raw_from: 0,
            ended: false,
            out: Vec::new(),
            out_from: 0,
            meter,
        };
        if encoding == Encoding::Utf8 {
            decoded.fill()?;
            if decoded.out.starts_with(b"\xef\xbb\xbf") {
                decoded.out_from = 3;
            }
        }
        Ok(decoded)
    }

    pub(super) fn meter(&self) -> Meter {
        self.meter.clone()
    }

    /// Reads and decodes another block.
    fn fill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.out_from = 0;
        while self.out.is_empty() && !self.ended {
            if self.raw_from == self.raw.len() {
                self.raw.resize(BLOCK, 0);
                self.raw_from = 0;
                let mut read = 0;
                // The mark at the beginning is looked for in the first block, which therefore is not cut short.
                while read < 3 {
                    match self.input.read(&mut self.raw[read..])? {
                        0 => break,
                        n => read += n,
                    }
                }
                self.raw.truncate(read);
                self.meter.read.set(self.meter.read.get() + read as u64);
            }
            let last = self.raw.is_empty();
            match &mut self.decoder {
                None => {
                    std::mem::swap(&mut self.raw, &mut self.out);
                    self.raw.clear();
                    self.raw_from = 0;
                    self.ended = last;
                }
                Some(decoder) => {
                    self.out.resize(BLOCK * 2, 0);
                    let (result, read, written, broken) =
                        decoder.decode_to_utf8(&self.raw[self.raw_from..], &mut self.out, last);
                    self.out.truncate(written);
                    self.raw_from += read;
                    if broken {
                        return Err(io::Error::from(io::ErrorKind::InvalidData));
                    }
                    self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
                }
            }
        }
        Ok(())
    }
}

impl Read for Decoded<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.out_from == self.out.len() {
            self.fill()?;
        }
        let left = usize::try_from(self.meter.left.get()).unwrap_or(usize::MAX);
        let ready = &self.out[self.out_from..];
        if left == 0 && !ready.is_empty() {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let count = ready.len().min(to.len()).min(left);
        to[..count].copy_from_slice(&ready[..count]);
        self.out_from += count;
        self.meter.left.set((left - count) as u64);
        Ok(count)
    }
}
