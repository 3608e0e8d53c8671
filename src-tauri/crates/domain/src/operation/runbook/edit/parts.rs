//! The parts of a runbook that stand in tables of their own, and how each is written.

use super::{Fields, NotChanged, rewrite_list, text};
use crate::{
    operation::runbook::{Condition, Criterion, Gate, Runbook, Step, Stream, Trigger, Who},
    text::nfc,
};
use serde::Serialize;
use toml_edit::{Array, InlineTable, Table, Value};

/// A part of a runbook that stands in a table of its own.
pub trait Part: Written {
    /// The name of these tables.
    const TABLES: &'static str;

    /// All of a runbook, in its order.
    fn all(runbook: &Runbook) -> &[Self];
}

/// What is written in a table.
pub trait Written: Sized + PartialEq {
    /// Id, unique among its kind.
    fn id(&self) -> &str;

    /// What it says, in the order in which it is written; none is not written.
    fn fields(&self) -> Fields;

    /// Writes what stands in tables within its own.
    ///
    /// # Errors
    /// They are not written as tables.
    fn rewrite_within(&self, _was: Option<&Self>, _table: &mut Table) -> Result<(), NotChanged> {
        Ok(())
    }
}

impl Written for Stream {
    fn id(&self) -> &str {
        &self.id
    }

    fn fields(&self) -> Fields {
        vec![("id", text(&self.id)), ("name", text(&self.name))]
    }
}

impl Part for Step {
    const TABLES: &'static str = "steps";

    fn all(runbook: &Runbook) -> &[Self] {
        &runbook.steps
    }
}

impl Written for Step {
    fn id(&self) -> &str {
        &self.id
    }

    fn fields(&self) -> Fields {
        let flag = |flag: bool| flag.then(|| Value::from(true));
        let needs = self.needs.iter().map(condition);
        vec![
            ("id", text(&self.id)),
            ("stream", text(&self.stream)),
            ("title", text(&self.title)),
            ("detail", text(&self.detail)),
            ("owner", Some(who(&self.owner))),
            ("backup", self.backup.as_ref().map(who)),
            ("start", Some(Value::from(self.start))),
            ("minutes", Some(Value::from(self.minutes))),
            ("not_before", flag(self.not_before)),
            ("after", ids(&self.after)),
            ("gates", ids(&self.gates)),
            ("needs", (!self.needs.is_empty()).then(|| Value::from(needs.collect::<Array>()))),
            ("validation", text(&self.validation)),
            ("rollback", self.rollback.as_deref().and_then(text)),
            ("evidence", self.evidence.as_deref().and_then(text)),
            ("no_return", flag(self.no_return)),
        ]
    }
}

impl Part for Gate {
    const TABLES: &'static str = "gates";

    fn all(runbook: &Runbook) -> &[Self] {
        &runbook.gates
    }
}

impl Written for Gate {
    fn id(&self) -> &str {
        &self.id
    }

    fn fields(&self) -> Fields {
        vec![
            ("id", text(&self.id)),
            ("title", text(&self.title)),
            ("at", Some(Value::from(self.at))),
            ("decides", Some(who(&self.decides))),
            ("after", ids(&self.after)),
        ]
    }

    fn rewrite_within(&self, was: Option<&Self>, table: &mut Table) -> Result<(), NotChanged> {
        rewrite_list(table, "criteria", was.map_or(&[], |gate| &gate.criteria), &self.criteria)
    }
}

impl Written for Criterion {
    fn id(&self) -> &str {
        &self.id
    }

    fn fields(&self) -> Fields {
        vec![
            ("id", text(&self.id)),
            ("text", text(&self.text)),
            ("level", named(&self.level).map(Value::from)),
            ("measure", self.measure.as_ref().map(condition)),
            ("word", self.word.as_ref().map(who)),
        ]
    }
}

impl Part for Trigger {
    const TABLES: &'static str = "triggers";

    fn all(runbook: &Runbook) -> &[Self] {
        &runbook.triggers
    }
}

impl Written for Trigger {
    fn id(&self) -> &str {
        &self.id
    }

    fn fields(&self) -> Fields {
        vec![
            ("id", text(&self.id)),
            ("text", text(&self.text)),
            ("after", text(&self.after)),
            ("when", Some(condition(&self.when))),
        ]
    }
}

fn ids(ids: &[String]) -> Option<Value> {
    (!ids.is_empty()).then(|| Value::from(Array::from_iter(ids)))
}

fn who(who: &Who) -> Value {
    let mut table = InlineTable::new();
    table.insert("unit", who.unit.as_str().into());
    if let Some(role) = who.role.and_then(|role| named(&role)) {
        table.insert("role", role.into());
    }
    if let Some(post) = who.post.as_deref().map(str::trim).filter(|post| !post.is_empty()) {
        table.insert("post", nfc(post).into());
    }
    Value::from(table)
}

fn condition(condition: &Condition) -> Value {
    let mut table = InlineTable::new();
    let texts = [
        ("node", condition.node.clone()),
        ("metric", condition.metric.and_then(|metric| named(&metric))),
        ("figure", condition.figure.and_then(|figure| named(&figure))),
        ("is", named(&condition.is)),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            table.insert(key, text.into());
        }
    }
    // As people write it: 5, not 5.0.
    #[allow(clippy::cast_possible_truncation)] // Whole and far below.
    let value = if condition.value.fract() == 0.0 && condition.value.abs() < 1e15 {
        Value::from(condition.value as i64)
    } else {
        Value::from(condition.value)
    };
    table.insert("value", value);
    if condition.minutes != 0 {
        table.insert("minutes", condition.minutes.into());
    }
    Value::from(table)
}

/// The name that a value has in the text.
fn named(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
