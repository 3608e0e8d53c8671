//! What a runbook says of itself as a whole: its title, times, the way back, and its streams.

use super::{Fields, NotChanged, document, rewrite_list, set_changed, text};
use crate::{
    operation::runbook::{Runbook, parse},
    text::nfc,
};
use chrono::SecondsFormat;
use toml_edit::{Array, Value};

/// The text with the head of `runbook`; its steps, gates and reasons to go back stay those of the text. Streams that stay keep their
/// order, new ones come behind them.
///
/// # Errors
/// See [`NotChanged`].
pub fn put_head(text: &str, runbook: &Runbook) -> Result<String, NotChanged> {
    let text = nfc(text);
    let was = parse(&text)?;
    let mut document = document(&text)?;
    set_changed(document.as_table_mut(), Some(fields(&was)), fields(runbook));
    rewrite_list(document.as_table_mut(), "streams", &was.streams, &runbook.streams)?;
    Ok(document.to_string())
}

fn fields(runbook: &Runbook) -> Fields {
    vec![
        ("id", text(&runbook.id)),
        ("title", text(&runbook.title)),
        ("basis", Some(basis(&runbook.basis))),
        ("starts", Some(Value::from(runbook.starts.local().to_rfc3339_opts(SecondsFormat::Secs, false)))),
        ("window_minutes", Some(Value::from(runbook.window_minutes))),
        ("rollback", runbook.rollback.as_deref().and_then(text)),
        ("worst_rollback_minutes", runbook.worst_rollback_minutes.map(Value::from)),
    ]
}

/// Several documents stand in lines of their own.
fn basis(documents: &[String]) -> Value {
    let mut array: Array =
        documents.iter().map(|d| nfc(d).trim().to_owned()).filter(|d| !d.is_empty()).collect();
    if array.len() > 1 {
        for value in array.iter_mut() {
            value.decor_mut().set_prefix("\n    ");
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    Value::from(array)
}
