//! Reading the rows of a SQLite file page by page, without SQLite (<https://sqlite.org/fileformat2.html>).
//!
//! SQLite reads nothing of a file whose first page is gone, and nothing below a bad page of a tree. Rows stand on leaves,
//! and every leaf says by itself what is on it. Nothing read here is to be trusted: an event proves itself by its hash, a
//! table is taken only when its whole tree could be walked. It must not know what the rows mean.

use crate::{files, wal};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Bytes of a page in files of this product: SQLite's default, never changed, and without reserved bytes.
pub(crate) const PAGE: usize = 4096;
/// The file's header stands before the first page's own.
const FILE_HEADER: usize = 100;

/// One stored value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    /// A number with a fraction or bytes; the journal has none.
    Other,
}

/// One row as it stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Of tables with one; an INTEGER PRIMARY KEY is NULL among the values and stands here.
    pub(crate) rowid: Option<i64>,
    pub(crate) values: Vec<Value>,
}

/// What is left of a database and its log.
#[derive(Debug)]
pub(crate) struct Remains {
    file: Vec<u8>,
    log: Vec<u8>,
}

impl Remains {
    /// Reads both files; what is missing is empty.
    pub(crate) fn read(db: &Path) -> std::io::Result<Self> {
        let read = |suffix| match std::fs::read(files::with_suffix(db, suffix)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            other => other,
        };
        Ok(Self { file: read("")?, log: read("-wal")? })
    }

    /// Its pages.
    pub(crate) fn pages(&self) -> Pages<'_> {
        let mut latest: BTreeMap<u32, &[u8]> = (1..).zip(self.file.chunks_exact(PAGE)).collect();
        let mut older = Vec::new();
        for frame in wal::frames(&self.log, PAGE) {
            older.extend(latest.insert(frame.page, frame.image).map(|image| (frame.page, image)));
        }
        let mut pages = Pages { latest, older, roots: BTreeMap::new() };
        pages.roots = pages.schema();
        pages
    }
}

/// Every image of every page.
#[derive(Debug)]
pub(crate) struct Pages<'a> {
    latest: BTreeMap<u32, &'a [u8]>,
    /// Images of which the log holds later ones; those may be the damaged ones.
    older: Vec<(u32, &'a [u8])>,
    /// Where the tree of each table and index begins, as far as the schema can be read.
    roots: BTreeMap<String, u32>,
}

/// One page of a tree.
struct Node {
    table: bool,
    rows: Vec<Row>,
    children: Vec<u32>,
    /// Every cell could be read.
    whole: bool,
}

impl Pages<'_> {
    /// Every row that can be read on any leaf of any table with row ids, whatever table it is; rows may come repeatedly.
    pub(crate) fn scan(&self) -> impl Iterator<Item = Row> {
        let latest = self.latest.iter().map(|(number, image)| (*number, *image));
        let images = self.older.iter().copied().chain(latest);
        images.filter_map(|(number, image)| self.node(number, image)).filter(|n| n.table).flat_map(|n| n.rows)
    }

    /// All rows of a table or an index, or nothing when anything of it cannot be read.
    pub(crate) fn tree(&self, name: &str) -> Option<Vec<Row>> {
        let mut rows = Vec::new();
        let (mut open, mut seen) = (vec![*self.roots.get(name)?], BTreeSet::new());
        while let Some(number) = open.pop() {
            let node = self.node(number, self.latest.get(&number)?)?;
            if !node.whole || !seen.insert(number) {
                return None;
            }
            rows.extend(node.rows);
            open.extend(node.children);
        }
        Some(rows)
    }

    /// The schema is a table too, whose leaves lie beyond the first page once it is longer than one page.
    fn schema(&self) -> BTreeMap<String, u32> {
        let mut roots = BTreeMap::new();
        for row in self.latest.iter().filter_map(|(n, image)| self.node(*n, image)).flat_map(|node| node.rows)
        {
            if let [Value::Text(_), Value::Text(name), Value::Text(_), Value::Int(root), _] =
                row.values.as_slice()
                && let Ok(root @ 2..) = u32::try_from(*root)
            {
                roots.insert(name.clone(), root);
            }
        }
        roots
    }

    fn node(&self, number: u32, image: &[u8]) -> Option<Node> {
        let start = if number == 1 { FILE_HEADER } else { 0 };
        let (table, interior) = match image.get(start)? {
            0x0d => (true, false),
            0x05 => (true, true),
            0x0a => (false, false),
            0x02 => (false, true),
            _ => return None,
        };
        let count = short(image, start + 3)?;
        let cells = start + if interior { 12 } else { 8 };
        if cells + 2 * count > PAGE {
            return None;
        }
        let mut node = Node { table, rows: Vec::new(), children: Vec::new(), whole: true };
        for i in 0..count {
            let mut at = short(image, cells + 2 * i)?;
            if interior {
                node.children.extend(long(image, at));
                at += 4;
            }
            if interior && table {
                continue;
            }
            match self.row(image, at, table) {
                Some(row) => node.rows.push(row),
                None => node.whole = false,
            }
        }
        if interior {
            node.children.extend(long(image, start + 8));
            node.whole &= node.children.len() == count + 1;
        }
        Some(node)
    }

    fn row(&self, image: &[u8], mut at: usize, table: bool) -> Option<Row> {
        let length = usize::try_from(varint(image, &mut at)?).ok()?;
        let rowid = if table { Some(varint(image, &mut at)?) } else { None };
        // How much stands on the page itself, by the format's own rule.
        let most = if table { PAGE - 35 } else { (PAGE - 12) * 64 / 255 - 23 };
        let least = (PAGE - 12) * 32 / 255 - 23;
        if length <= most {
            return Some(Row { rowid, values: record(image.get(at..at + length)?)? });
        }
        if length > self.latest.len() * PAGE {
            return None;
        }
        let even = least + (length - least) % (PAGE - 4);
        let here = if even <= most { even } else { least };
        let mut payload = image.get(at..at + here)?.to_vec();
        let mut next = long(image, at + here)?;
        while payload.len() < length {
            let page = self.latest.get(&next)?;
            payload.extend_from_slice(page.get(4..4 + (length - payload.len()).min(PAGE - 4))?);
            next = long(page, 0)?;
        }
        Some(Row { rowid, values: record(&payload)? })
    }
}

fn record(payload: &[u8]) -> Option<Vec<Value>> {
    let mut at = 0;
    let header = usize::try_from(varint(payload, &mut at)?).ok()?;
    let mut data = header;
    let mut values = Vec::new();
    while at < header {
        let kind = varint(payload, &mut at)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            _ => return None,
        };
        let bytes = payload.get(data..data.checked_add(length)?)?;
        data += length;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Int(0),
            9 => Value::Int(1),
            1..=6 => {
                let negative = bytes.first().is_some_and(|b| *b > 0x7f);
                Value::Int(bytes.iter().fold(if negative { -1 } else { 0 }, |n, b| n << 8 | i64::from(*b)))
            }
            13.. if kind % 2 == 1 => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
            _ => Value::Other,
        });
    }
    (at == header && data == payload.len()).then_some(values)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// One to nine bytes, seven bits each, the ninth with eight.
fn varint(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let mut value = 0_i64;
    for i in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if i == 8 {
            return Some(value << 8 | i64::from(byte));
        }
        value = value << 7 | i64::from(byte & 0x7f);
        if byte < 0x80 {
            break;
        }
    }
    Some(value)
}
