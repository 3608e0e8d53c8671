//! What a runbook says of itself as a whole: its title, times, the way back, and its streams.

use super::{Fields, NotChanged, document, rewrite_list, set_changed, text};
use crate::{
    operation::runbook::{Runbook, Stream, parse},
    text::nfc,
    time::Ms,
};
use chrono::SecondsFormat;
use toml_edit::{Array, Value};

/// The head of a runbook; what each says is said at [`Runbook`].
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Documents it comes from.
    pub basis: Vec<String>,
    /// When its first step is planned.
    pub starts: Ms,
    /// Length of the window, minutes.
    pub window_minutes: i64,
    /// Id of the runbook that leads back.
    pub rollback: Option<String>,
    /// How long the way back takes at worst, minutes.
    pub worst_rollback_minutes: Option<i64>,
    /// Lines of work. Those that stay keep their order, new ones come behind them.
    pub streams: Vec<Stream>,
}

impl Head {
    /// The head of a runbook.
    #[must_use]
    pub fn of(runbook: &Runbook) -> Self {
        Self {
            id: runbook.id.clone(),
            title: runbook.title.clone(),
            basis: runbook.basis.clone(),
            starts: runbook.starts,
            window_minutes: runbook.window_minutes,
            rollback: runbook.rollback.clone(),
            worst_rollback_minutes: runbook.worst_rollback_minutes,
            streams: runbook.streams.clone(),
        }
    }

    fn fields(&self) -> Fields {
        vec![
            ("id", text(&self.id)),
            ("title", text(&self.title)),
            ("basis", Some(basis(&self.basis))),
            ("starts", Some(Value::from(self.starts.local().to_rfc3339_opts(SecondsFormat::Secs, false)))),
            ("window_minutes", Some(Value::from(self.window_minutes))),
            ("rollback", self.rollback.as_deref().and_then(text)),
            ("worst_rollback_minutes", self.worst_rollback_minutes.map(Value::from)),
        ]
    }
}

/// The text with another head.
///
/// # Errors
/// See [`NotChanged`].
pub fn put_head(text: &str, head: &Head) -> Result<String, NotChanged> {
    let text = nfc(text);
    let was = Head::of(&parse(&text)?);
    let mut document = document(&text)?;
    set_changed(document.as_table_mut(), Some(was.fields()), head.fields());
    rewrite_list(document.as_table_mut(), "streams", &was.streams, &head.streams)?;
    Ok(document.to_string())
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
