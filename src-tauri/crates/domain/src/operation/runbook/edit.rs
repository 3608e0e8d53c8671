//! Changing the text of a runbook step by step: what is not touched stays as it was written, comments and all.

use super::{Fault, Finding, Step, Who, parse};
use crate::text::{fold, nfc};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

/// Longest id made of a title, characters.
const LONGEST_ID: usize = 40;

/// Why a text was not changed.
#[derive(Debug, Clone, PartialEq)]
pub enum NotChanged {
    /// It cannot be read.
    Unreadable(Finding<Fault>),
    /// It has no such step.
    NoStep(String),
    /// Its steps are not written as `[[steps]]`, so there is no place to put one.
    NotInTables,
}

impl From<Finding<Fault>> for NotChanged {
    fn from(fault: Finding<Fault>) -> Self {
        Self::Unreadable(fault)
    }
}

/// The text with a step put in the place of the one with the id `was`, or behind the last one. What the step needs to be measured
/// is not changed: a new one needs nothing.
///
/// # Errors
/// See [`NotChanged`].
pub fn put_step(text: &str, was: Option<&str>, step: &Step) -> Result<String, NotChanged> {
    let text = nfc(text);
    let runbook = parse(&text)?;
    change(&text, |steps| {
        let Some(was) = was else {
            let mut table = Table::new();
            for (key, new) in fields(step) {
                set(&mut table, key, new);
            }
            steps.push(table);
            return Ok(());
        };
        let missing = || NotChanged::NoStep(was.to_owned());
        let at = runbook.steps.iter().position(|s| s.id == was).ok_or_else(missing)?;
        let table = steps.get_mut(at).ok_or_else(missing)?;
        for ((key, old), (_, new)) in fields(&runbook.steps[at]).into_iter().zip(fields(step)) {
            if said(old.as_ref()) != said(new.as_ref()) {
                set(table, key, new);
            }
        }
        Ok(())
    })
}

/// The text without a step.
///
/// # Errors
/// See [`NotChanged`].
pub fn drop_step(text: &str, id: &str) -> Result<String, NotChanged> {
    let text = nfc(text);
    let runbook = parse(&text)?;
    let at =
        runbook.steps.iter().position(|s| s.id == id).ok_or_else(|| NotChanged::NoStep(id.to_owned()))?;
    change(&text, |steps| {
        steps.remove(at);
        Ok(())
    })
}

/// An id for a new step, made of its title: `Sao lưu dữ liệu` is `sao-luu-du-lieu`, and `sao-luu-du-lieu-2` where that is taken.
#[must_use]
pub fn step_id(title: &str, taken: impl Fn(&str) -> bool) -> String {
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
    let id = if id.is_empty() { "buoc".to_owned() } else { id };
    let numbered = (2_u32..).map(|n| format!("{id}-{n}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(id)
}

fn change(
    text: &str,
    act: impl FnOnce(&mut ArrayOfTables) -> Result<(), NotChanged>,
) -> Result<String, NotChanged> {
    let syntax = |e: &toml_edit::TomlError| Finding {
        line: 1,
        of: String::new(),
        what: Fault::Syntax(e.message().to_owned()),
    };
    let mut document: DocumentMut = text.parse().map_err(|e| NotChanged::Unreadable(syntax(&e)))?;
    let steps = document.entry("steps").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    act(steps.as_array_of_tables_mut().ok_or(NotChanged::NotInTables)?)?;
    Ok(document.to_string())
}

/// What a step says, in the order in which it is written; none is not written.
fn fields(step: &Step) -> [(&'static str, Option<Value>); 15] {
    let text =
        |text: &str| Some(nfc(text).trim().to_owned()).filter(|text| !text.is_empty()).map(Value::from);
    let flag = |flag: bool| flag.then(|| Value::from(true));
    let ids = |ids: &[String]| (!ids.is_empty()).then(|| Value::from(Array::from_iter(ids)));
    [
        ("id", text(&step.id)),
        ("stream", text(&step.stream)),
        ("title", text(&step.title)),
        ("detail", text(&step.detail)),
        ("owner", Some(who(&step.owner))),
        ("backup", step.backup.as_ref().map(who)),
        ("start", Some(Value::from(step.start))),
        ("minutes", Some(Value::from(step.minutes))),
        ("not_before", flag(step.not_before)),
        ("after", ids(&step.after)),
        ("gates", ids(&step.gates)),
        ("validation", text(&step.validation)),
        ("rollback", step.rollback.as_deref().and_then(text)),
        ("evidence", step.evidence.as_deref().and_then(text)),
        ("no_return", flag(step.no_return)),
    ]
}

fn who(who: &Who) -> Value {
    let mut table = InlineTable::new();
    table.insert("unit", who.unit.as_str().into());
    if let Some(serde_json::Value::String(role)) = who.role.and_then(|role| serde_json::to_value(role).ok()) {
        table.insert("role", role.into());
    }
    if let Some(post) = who.post.as_deref().map(str::trim).filter(|post| !post.is_empty()) {
        table.insert("post", nfc(post).into());
    }
    Value::from(table)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::runbook::BUILTIN;

    fn night() -> &'static str {
        BUILTIN[0].1
    }

    #[test]
    fn a_step_put_back_as_it_is_changes_no_byte() {
        for (_, text) in BUILTIN {
            for step in parse(text).unwrap().steps {
                assert_eq!(put_step(text, Some(&step.id), &step).unwrap(), text, "{}", step.id);
            }
        }
    }

    #[test]
    fn only_the_lines_of_what_changed_are_others() {
        let before = parse(night()).unwrap();
        for (at, step) in before.steps.iter().enumerate() {
            let changed =
                Step { title: format!("{} (sửa)", step.title), minutes: step.minutes + 5, ..step.clone() };
            let text = put_step(night(), Some(&step.id), &changed).unwrap();
            let other = night().lines().zip(text.lines()).filter(|(a, b)| a != b).count();
            assert_eq!((other, text.lines().count()), (2, night().lines().count()), "{}", step.id);
            let mut wanted = before.clone();
            wanted.steps[at] = changed;
            assert_eq!(parse(&text).unwrap(), wanted);
        }
    }

    #[test]
    fn every_field_can_be_set_and_taken_away() {
        let runbook = parse(night()).unwrap();
        let full = Step {
            id: "kiem-thu".to_owned(),
            stream: runbook.streams[1].id.clone(),
            title: "Kiểm thử".to_owned(),
            detail: "Dòng một\ncó \"ngoặc\" và # dấu".to_owned(),
            owner: Who { unit: "vnpt".to_owned(), role: None, post: Some("hạ tầng".to_owned()) },
            backup: Some(Who {
                unit: "vp_ubnd".to_owned(),
                role: Some(crate::roles::Role::Leader),
                post: None,
            }),
            start: 15,
            minutes: 30,
            not_before: true,
            after: vec![runbook.steps[0].id.clone(), runbook.steps[1].id.clone()],
            gates: vec![runbook.gates[0].id.clone()],
            needs: Vec::new(),
            validation: "Đạt".to_owned(),
            rollback: Some("quay-lai".to_owned()),
            evidence: Some("Biên bản".to_owned()),
            no_return: true,
        };
        let added = put_step(night(), None, &full).unwrap();
        let read = parse(&added).unwrap();
        assert_eq!(read.steps.last(), Some(&full));
        assert_eq!(read.steps.len(), runbook.steps.len() + 1);
        assert_eq!((&read.gates, &read.triggers), (&runbook.gates, &runbook.triggers));
        let least = Step {
            detail: String::new(),
            backup: None,
            not_before: false,
            after: Vec::new(),
            gates: Vec::new(),
            rollback: None,
            evidence: None,
            no_return: false,
            ..full.clone()
        };
        let bare = put_step(&added, Some(&full.id), &least).unwrap();
        assert_eq!(parse(&bare).unwrap().steps.last(), Some(&least));
        assert_eq!(parse(&drop_step(&bare, &full.id).unwrap()).unwrap(), runbook);
        let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(comments(&bare), comments(night()));
    }

    #[test]
    fn what_cannot_be_changed_is_refused() {
        let step = parse(night()).unwrap().steps.remove(0);
        assert!(matches!(put_step("id = ", None, &step), Err(NotChanged::Unreadable(_))));
        assert_eq!(drop_step(night(), "khong"), Err(NotChanged::NoStep("khong".to_owned())));
        assert_eq!(put_step(night(), Some("khong"), &step), Err(NotChanged::NoStep("khong".to_owned())));
        let inline = "id = \"x\"\ntitle = \"X\"\nbasis = []\nstarts = \"2026-05-29T16:00:00+07:00\"\nwindow_minutes = 60\nsteps = []\n";
        assert_eq!(put_step(inline, None, &step), Err(NotChanged::NotInTables));
        let without = inline.replace("steps = []\n", "");
        assert_eq!(parse(&put_step(&without, None, &step).unwrap()).unwrap().steps.len(), 1);
    }

    #[test]
    fn ids_are_made_of_titles() {
        assert_eq!(step_id("Sao lưu dữ liệu, thử khôi phục", |_| false), "sao-luu-du-lieu-thu-khoi-phuc");
        assert_eq!(step_id("Đổi DNS", |id| id == "doi-dns"), "doi-dns-2");
        assert_eq!(step_id("???", |_| false), "buoc");
        assert!(step_id(&"rất dài ".repeat(40), |_| false).len() <= LONGEST_ID);
    }
}
