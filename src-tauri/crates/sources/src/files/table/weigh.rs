//! A workbook looked into before it is read: what an archive says of its own sizes may be a lie, and what reads it holds
//! whole texts in memory.

use super::{Input, MOST_ROW_BYTES, MOST_SHARED_TEXTS, TableError};
use std::io::{Read, SeekFrom};

/// Unpacks everything that is read into nothing, counting: sheets, and the rest, which is held in memory.
pub(in crate::files) fn weigh(
    input: &mut dyn Input,
    most_sheets: u64,
    most_shared: u64,
) -> Result<(), TableError> {
    input.seek(SeekFrom::Start(0))?;
    let mut archive = zip::ZipArchive::new(input).map_err(damaged)?;
    let holds = |archive: &zip::ZipArchive<_>, name: &str| archive.index_for_name(name).is_some();
    if !holds(&archive, "xl/workbook.xml") && !holds(&archive, "_rels/.rels") {
        let is_document = holds(&archive, "content.xml") || holds(&archive, "mimetype");
        return Err(TableError::Foreign(if is_document { "ODS/ODT" } else { "tệp nén ZIP" }));
    }
    if holds(&archive, "xl/workbook.bin") {
        return Err(TableError::Foreign("XLSB"));
    }
    if holds(&archive, "word/document.xml") {
        return Err(TableError::Foreign("DOCX"));
    }
    let (mut sheets, mut shared) = (most_sheets, most_shared);
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.to_lowercase();
        // Pictures and the like are never unpacked.
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let left = if name.contains("worksheets/") { &mut sheets } else { &mut shared };
        let mut scan = Scan::default();
        let mut block = vec![0; 64 * 1024];
        loop {
            let read = entry.read(&mut block).map_err(damaged)?;
            if read == 0 {
                break;
            }
            *left = left.checked_sub(read as u64).ok_or(TableError::Bomb)?;
            scan.see(&block[..read])?;
        }
    }
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> TableError {
    TableError::Damaged(error.to_string())
}

/// Longest tag name that is told apart, with what may stand before it.
const TAG: usize = 24;

/// Follows the tags of a part: no text, tag or cell may be longer than a row, nor may there be texts without number.
#[derive(Default)]
struct Scan {
    /// Bytes since the last `<`.
    gap: u64,
    /// Bytes of the text (`<is>`, `<si>`) we are in.
    text: Option<u64>,
    texts: u64,
    /// The beginning of the tag we are in, as far as it is looked at.
    tag: Vec<u8>,
    in_tag: bool,
    /// The attributes of the list of texts, while we are in its tag.
    claims: Option<Vec<u8>>,
}

impl Scan {
    fn see(&mut self, bytes: &[u8]) -> Result<(), TableError> {
        let mut rest = bytes;
        loop {
            if self.in_tag {
                let wanted = TAG - self.tag.len();
                let end = rest
                    .iter()
                    .take(wanted)
                    .position(|b| matches!(b, b' ' | b'>' | b'/' | b'\t' | b'\n' | b'\r'));
                // `</si>` begins with what ends others.
                let end = if self.tag.is_empty() && rest.first() == Some(&b'/') {
                    rest.iter().skip(1).take(wanted).position(|b| matches!(b, b' ' | b'>')).map(|at| at + 1)
                } else {
                    end
                };
                let taken = end.unwrap_or(rest.len().min(wanted));
                self.tag.extend_from_slice(&rest[..taken]);
                if end.is_none() && self.tag.len() < TAG && taken == rest.len() {
                    return self.grow(rest.len());
                }
                self.in_tag = false;
                self.named()?;
            }
            let next = rest.iter().position(|b| *b == b'<');
            if let Some(claims) = &mut self.claims {
                claims.extend_from_slice(&rest[..next.unwrap_or(rest.len())]);
            }
            match next {
                Some(at) => {
                    self.claimed()?;
                    self.grow(at + 1)?;
                    self.gap = 0;
                    self.in_tag = true;
                    self.tag.clear();
                    rest = &rest[at + 1..];
                }
                None => return self.grow(rest.len()),
            }
        }
    }

    fn grow(&mut self, bytes: usize) -> Result<(), TableError> {
        self.gap += bytes as u64;
        if let Some(text) = &mut self.text {
            *text += bytes as u64;
        }
        let most = self.gap.max(self.text.unwrap_or(0));
        if most > MOST_ROW_BYTES { Err(TableError::Bomb) } else { Ok(()) }
    }

    /// Room is made for as many texts as the list says it has: a number that is a lie would end the program.
    fn claimed(&mut self) -> Result<(), TableError> {
        let Some(claims) = self.claims.take() else { return Ok(()) };
        let claims = String::from_utf8_lossy(&claims);
        let number = |rest: &str| {
            let digits: String =
                rest.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
            digits.parse::<u64>().unwrap_or(u64::MAX)
        };
        let most = claims.match_indices("ount").map(|(at, found)| number(&claims[at + found.len()..])).max();
        if most.is_some_and(|most| most > 4 * MOST_SHARED_TEXTS) { Err(TableError::Bomb) } else { Ok(()) }
    }

    fn named(&mut self) -> Result<(), TableError> {
        let (ends, name) = match self.tag.strip_prefix(b"/") {
            Some(name) => (true, name),
            None => (false, self.tag.as_slice()),
        };
        let name = name.rsplit(|b| *b == b':').next().unwrap_or(name);
        if name == b"sst" && !ends {
            self.claims = Some(Vec::new());
        }
        if matches!(name, b"si" | b"is") {
            self.text = if ends { None } else { Some(0) };
            self.texts += u64::from(!ends && name == b"si");
            if self.texts > MOST_SHARED_TEXTS {
                return Err(TableError::Bomb);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str, piece: usize) -> Result<u64, TableError> {
        let mut scan = Scan::default();
        for part in text.as_bytes().chunks(piece) {
            scan.see(part)?;
        }
        Ok(scan.texts)
    }

    #[test]
    fn long_texts_and_cells_of_many_pieces_are_refused_however_the_bytes_come() {
        let long = format!("<c><v>{}</v></c>", " ".repeat(1_100_000));
        let pieces = format!("<c><is>{}</is></c>", "<t>abc</t>".repeat(110_000));
        let many = format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(1000));
        let rows = format!("<sheetData>{}</sheetData>", "<row><c><v>1</v></c></row>".repeat(60_000));
        for piece in [7, 64 * 1024] {
            assert!(matches!(scan(&long, piece), Err(TableError::Bomb)));
            assert!(matches!(scan(&pieces, piece), Err(TableError::Bomb)));
            assert_eq!(scan(&many, piece).ok(), Some(1000));
            assert_eq!(scan(&rows, piece).ok(), Some(0));
        }
    }
}
