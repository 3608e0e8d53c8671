//! Changing the text of a runbook part by part: what is not touched stays as it was written, comments and all.

mod head;
mod parts;
#[cfg(test)]
mod tests;

pub use head::put_head;
pub use parts::Part;

use super::{Fault, Finding, parse};
use crate::text::{fold, nfc};
use parts::Written;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// Longest id made of a title, characters.
const LONGEST_ID: usize = 40;

/// Why a text was not changed.
#[derive(Debug, Clone, PartialEq)]
pub enum NotChanged {
    /// It cannot be read.
    Unreadable(Finding<Fault>),
    /// It has no such part.
    Missing(String),
    /// These parts are not written as tables of their own (`[[steps]]`), so there is no place to put one.
    NotInTables(&'static str),
}

impl From<Finding<Fault>> for NotChanged {
    fn from(fault: Finding<Fault>) -> Self {
        Self::Unreadable(fault)
    }
}

/// What a part says by its keys, in the order in which they are written; none is not written.
pub(super) type Fields = Vec<(&'static str, Option<Value>)>;

/// The text with a part put in the place of the one with the id `was`, or behind the last of its kind.
///
/// # Errors
/// See [`NotChanged`].
pub fn put_part<P: Part>(text: &str, was: Option<&str>, part: &P) -> Result<String, NotChanged> {
    let text = nfc(text);
    let runbook = parse(&text)?;
    let mut document = document(&text)?;
    let tables = tables(document.as_table_mut(), P::TABLES)?;
    if let Some(was) = was {
        let missing = || NotChanged::Missing(was.to_owned());
        let at = P::all(&runbook).iter().position(|p| p.id() == was).ok_or_else(missing)?;
        let table = tables.get_mut(at).ok_or_else(missing)?;
        rewrite(table, Some(&P::all(&runbook)[at]), part)?;
    } else {
        let mut table = Table::new();
        rewrite(&mut table, None, part)?;
        tables.push(table);
    }
    Ok(document.to_string())
}

/// The text without a part.
///
/// # Errors
/// See [`NotChanged`].
pub fn drop_part<P: Part>(text: &str, id: &str) -> Result<String, NotChanged> {
    let text = nfc(text);
    let runbook = parse(&text)?;
    let missing = || NotChanged::Missing(id.to_owned());
    let at = P::all(&runbook).iter().position(|p| p.id() == id).ok_or_else(missing)?;
    let mut document = document(&text)?;
    tables(document.as_table_mut(), P::TABLES)?.remove(at);
    Ok(document.to_string())
}

/// An id for a new part, made of its title: `Sao lưu dữ liệu` is `sao-luu-du-lieu`, and `sao-luu-du-lieu-2` where that is taken.
#[must_use]
pub fn part_id(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let folded = fold(title);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut id = String::new();
    for word in words.take_while(|word| word.len() <= LONGEST_ID) {
        if id.len() + word.len() >= LONGEST_ID {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    let id = if id.is_empty() { "muc".to_owned() } else { id };
    let numbered = (2_u32..).map(|n| format!("{id}-{n}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(id)
}

fn document(text: &str) -> Result<DocumentMut, NotChanged> {
    let syntax = |e: &toml_edit::TomlError| Finding {
        line: 1,
        of: String::new(),
        what: Fault::Syntax(e.message().to_owned()),
    };
    text.parse().map_err(|e| NotChanged::Unreadable(syntax(&e)))
}

fn tables<'a>(within: &'a mut Table, name: &'static str) -> Result<&'a mut ArrayOfTables, NotChanged> {
    let item = within.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut().ok_or(NotChanged::NotInTables(name))
}

/// Writes what a part says over what it said before.
fn rewrite<P: Written>(table: &mut Table, was: Option<&P>, part: &P) -> Result<(), NotChanged> {
    set_changed(table, was.map(Written::fields), part.fields());
    part.rewrite_within(was, table)
}

/// Writes parts of a list over those before, by their ids: what stays keeps its place, what is new comes behind it.
fn rewrite_list<P: Written>(
    within: &mut Table,
    name: &'static str,
    was: &[P],
    now: &[P],
) -> Result<(), NotChanged> {
    if was == now {
        return Ok(());
    }
    let tables = tables(within, name)?;
    let stays = |old: &P| now.iter().any(|new| new.id() == old.id());
    for at in (0..was.len()).rev().filter(|at| !stays(&was[*at])) {
        tables.remove(at);
    }
    let left: Vec<&P> = was.iter().filter(|old| stays(old)).collect();
    for new in now {
        match left.iter().position(|old| old.id() == new.id()) {
            Some(at) => {
                let table = tables.get_mut(at).ok_or_else(|| NotChanged::Missing(new.id().to_owned()))?;
                rewrite(table, Some(left[at]), new)?;
            }
            None => {
                let mut table = Table::new();
                rewrite(&mut table, None, new)?;
                tables.push(table);
            }
        }
    }
    Ok(())
}

/// Sets what is said otherwise than before; everything, where nothing was said.
fn set_changed(table: &mut Table, before: Option<Fields>, now: Fields) {
    let mut before = before.map(Vec::into_iter);
    for (key, new) in now {
        let old = before.as_mut().and_then(Iterator::next).and_then(|(_, old)| old);
        if said(old.as_ref()) != said(new.as_ref()) {
            set(table, key, new);
        }
    }
}

fn said(value: Option<&Value>) -> Option<String> {
    value.map(Value::to_string)
}

/// Sets a value where it stands, with the comment behind it.
fn set(table: &mut Table, key: &str, new: Option<Value>) {
    match (new, table.get_mut(key).and_then(Item::as_value_mut)) {
        (None, _) => {
            table.remove(key);
        }
        (Some(mut new), Some(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (Some(new), None) => {
            table.insert(key, value(new));
        }
    }
}

/// A text as a value; an empty one is not written.
fn text(text: &str) -> Option<Value> {
    Some(nfc(text).trim().to_owned()).filter(|text| !text.is_empty()).map(Value::from)
}
