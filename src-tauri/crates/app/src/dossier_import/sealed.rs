//! A file that came in pieces, on the disk but for nobody to read: sealed block by block with a key that is in memory alone,
//! in a file without a name that goes with its handle. Exports hold personal data, of which nothing may be written.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write as _},
    path::Path,
    sync::Arc,
};

/// Bytes of the file in one block.
const BLOCK: usize = 64 * 1024;
/// The same sealed.
const SEALED: usize = BLOCK + 16;

fn broken() -> io::Error {
    io::Error::other("a sealed block does not open")
}

/// A block is sealed once, so its number is a nonce.
fn nonce(block: u64) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[..8].copy_from_slice(&block.to_le_bytes());
    Nonce::assume_unique_for_key(bytes)
}

/// A file being written.
pub(super) struct Sealing {
    key: LessSafeKey,
    file: File,
    blocks: u64,
    open: Vec<u8>,
}

impl Sealing {
    /// An empty file in `folder`.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let secret: [u8; 32] = rand::random();
        let key = UnboundKey::new(&CHACHA20_POLY1305, &secret).map_err(|_| broken())?;
        let file = tempfile::tempfile_in(folder)?;
        Ok(Self { key: LessSafeKey::new(key), file, blocks: 0, open: Vec::with_capacity(SEALED) })
    }

    /// Adds bytes to the end.
    pub(super) fn add(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.open.len()));
            self.open.extend_from_slice(now);
            bytes = later;
            if self.open.len() == BLOCK {
                self.seal()?;
            }
        }
        Ok(())
    }

    fn seal(&mut self) -> io::Result<()> {
        self.key
            .seal_in_place_append_tag(nonce(self.blocks), Aad::empty(), &mut self.open)
            .map_err(|_| broken())?;
        self.file.write_all(&self.open)?;
        self.open.clear();
        self.blocks += 1;
        Ok(())
    }

    /// The file is whole.
    pub(super) fn finish(mut self) -> io::Result<Sealed> {
        let size = self.blocks * BLOCK as u64 + self.open.len() as u64;
        if !self.open.is_empty() {
            self.seal()?;
        }
        Ok(Sealed(Arc::new(Parts { key: self.key, file: self.file, size })))
    }
}

struct Parts {
    key: LessSafeKey,
    file: File,
    size: u64,
}

/// A whole file, to be read by one at a time.
#[derive(Clone)]
pub(super) struct Sealed(Arc<Parts>);

impl Sealed {
    pub(super) fn open(&self) -> Opened {
        Opened { of: self.clone(), at: 0, block: None, plain: Vec::new() }
    }
}

/// Reads a sealed file.
pub(super) struct Opened {
    of: Sealed,
    at: u64,
    /// Which block is open.
    block: Option<u64>,
    plain: Vec<u8>,
}

impl Read for Opened {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let parts = &self.of.0;
        if self.at >= parts.size || to.is_empty() {
            return Ok(0);
        }
        let block = self.at / BLOCK as u64;
        if self.block != Some(block) {
            self.block = None;
            let left = parts.size - block * BLOCK as u64;
            let sealed = usize::try_from(left).unwrap_or(usize::MAX).min(BLOCK) + (SEALED - BLOCK);
            self.plain.resize(sealed, 0);
            let mut file = &parts.file;
            file.seek(SeekFrom::Start(block * SEALED as u64))?;
            file.read_exact(&mut self.plain)?;
            let length = parts
                .key
                .open_in_place(nonce(block), Aad::empty(), &mut self.plain)
                .map_err(|_| broken())?
                .len();
            self.plain.truncate(length);
            self.block = Some(block);
        }
        let from = usize::try_from(self.at % BLOCK as u64).unwrap_or(0);
        let count = (self.plain.len() - from).min(to.len());
        to[..count].copy_from_slice(&self.plain[from..from + count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.of.0.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_of_a_file_stands_on_the_disk_in_the_clear() {
        let folder = tempfile::tempdir().expect("folder");
        let mut sealing = Sealing::new(folder.path()).expect("made");
        sealing.add("Nguyễn Văn A;052099001234\n".repeat(10_000).as_bytes()).expect("written");
        let sealed = sealing.finish().expect("whole");
        assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 0, "it has no name");
        let mut raw = Vec::new();
        let mut file = &sealed.0.file;
        file.seek(SeekFrom::Start(0)).expect("start");
        file.read_to_end(&mut raw).expect("read");
        assert!(raw.len() > 200_000 && !raw.windows(12).any(|part| part == b"052099001234"));
        let mut text = String::new();
        sealed.open().read_to_string(&mut text).expect("opens");
        assert!(text.starts_with("Nguyễn Văn A;"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn a_file_comes_back_whole_and_from_any_place(
            size in 0_usize..300_000,
            piece in 1_usize..100_000,
            place in 0_usize..300_000,
        ) {
            let bytes: Vec<u8> = (0..size).map(|i| (i * 31 % 251) as u8).collect();
            let folder = tempfile::tempdir().expect("folder");
            let mut sealing = Sealing::new(folder.path()).expect("made");
            bytes.chunks(piece).for_each(|piece| sealing.add(piece).expect("written"));
            let mut opened = sealing.finish().expect("whole").open();
            let mut read = Vec::new();
            opened.read_to_end(&mut read).expect("read");
            prop_assert!(read == bytes);
            let place = place.min(size);
            opened.seek(SeekFrom::Start(place as u64)).expect("inside");
            read.clear();
            opened.read_to_end(&mut read).expect("read");
            prop_assert!(read == bytes[place..]);
        }
    }
}
