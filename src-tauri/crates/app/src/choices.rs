//! What a person chose for their own work: saved views, columns and widths, note templates. Kept with the profile so
//! that it comes along with it; no journal event, for it changes no figure.

use crate::{
    App, messages,
    people::Actor,
    wire::{ChoiceArgs, ChoiceView, ChoicesView, NoResult, WireError},
};
use pvhcc_domain::text::nfc;

/// Longest value, bytes: a page of templates, not a file.
const LONGEST_VALUE: usize = 64 * 1024;
/// Longest key, bytes.
const LONGEST_KEY: usize = 120;
/// Most choices of one person.
const MOST: usize = 300;

fn prefix(actor: &Actor) -> String {
    format!("choice:{}:", actor.person)
}

impl App {
    /// The choices of the person at the window; none without one.
    pub(crate) async fn choices(&self, actor: Option<&Actor>) -> Result<ChoicesView, WireError> {
        let Some(actor) = actor else { return Ok(ChoicesView { choices: Vec::new() }) };
        let prefix = prefix(actor);
        let kept = self.0.store.settings(&prefix).await.map_err(|e| messages::store(&e))?;
        let choices = kept
            .into_iter()
            .map(|(key, value)| ChoiceView { key: key[prefix.len()..].to_owned(), value })
            .collect();
        Ok(ChoicesView { choices })
    }

    /// Keeps a choice, or drops it.
    ///
    /// # Errors
    /// `Invalid` when it is too long or there are too many.
    pub(crate) async fn choice_put(&self, actor: &Actor, args: ChoiceArgs) -> Result<NoResult, WireError> {
        let key = format!("{}{}", prefix(actor), args.key);
        let store = &self.0.store;
        let Some(value) = args.value else {
            store.remove_setting(&key).await.map_err(|e| messages::store(&e))?;
            return Ok(NoResult {});
        };
        if args.key.is_empty() || args.key.len() > LONGEST_KEY || args.key.chars().any(char::is_control) {
            return Err(messages::invalid("key", "Tên lựa chọn trống hoặc quá dài."));
        }
        if value.len() > LONGEST_VALUE {
            return Err(messages::invalid("value", "Nội dung quá dài (trên 64 KB). Hãy rút gọn."));
        }
        let kept = store.settings(&prefix(actor)).await.map_err(|e| messages::store(&e))?;
        if kept.len() >= MOST && !kept.iter().any(|(k, _)| *k == key) {
            return Err(messages::invalid(
                "key",
                "Đã lưu quá 300 lựa chọn. Hãy xóa bớt chế độ xem hoặc mẫu ghi chú không dùng.",
            ));
        }
        store.put_setting(&key, &nfc(&value)).await.map_err(|e| messages::store(&e))?;
        Ok(NoResult {})
    }
}
