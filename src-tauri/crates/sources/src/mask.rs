//! Evidence without content: values become type and length, so that nothing personal is kept (design §3).
//!
//! Names of fields are kept when the contracts know them, else they are masked too. Values are kept only for a few
//! fields that name things of the contract itself, and only while they look like such a name.

use crate::error::Evidence;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// Fields whose names may be kept.
const KNOWN_KEYS: &[&str] = &[
    "access_token",
    "api",
    "apis",
    "as_of",
    "bucket_seconds",
    "calls",
    "changed_at",
    "channel",
    "client_error",
    "code",
    "digitised",
    "done_on",
    "dossiers",
    "due_at",
    "electronic_result",
    "error",
    "error_code",
    "expires_in",
    "fee",
    "field",
    "field_name",
    "finished_at",
    "flow",
    "flows",
    "from",
    "id",
    "last_error",
    "last_success_at",
    "latency",
    "latency_bounds_ms",
    "measures",
    "message",
    "ministry",
    "more",
    "next",
    "no",
    "note",
    "ok",
    "online_payment",
    "phase",
    "procedure",
    "procedure_name",
    "received_at",
    "result",
    "returned_at",
    "reused",
    "server_error",
    "service_level",
    "session",
    "stage",
    "state",
    "status",
    "submitted_at",
    "success_rate",
    "supplements",
    "system",
    "tasks",
    "timeout",
    "to",
    "token_type",
    "unit",
    "updated_at",
    "HE_THONG",
    "MALINHVUC",
    "TENLINHVUC",
    "TU_NGAY",
    "DEN_NGAY",
    "NHAN_TRONG_KY",
    "NHAN_TRUC_TUYEN",
    "NHAN_TRUC_TIEP",
    "TON_KY_TRUOC",
    "DA_XU_LY",
    "DUNG_HEN",
    "TRE_HEN",
    "CHUA_XU_LY",
    "TRONG_HAN",
    "QUA_HAN",
    "THOI_DIEM",
];

/// Fields whose values may be kept.
const KEPT_VALUES: &[&str] = &["api", "error_code", "flow", "no", "phase", "stage", "state", "HE_THONG"];

/// Longest array kept in evidence; the rest is counted.
const LONGEST_ARRAY: usize = 20;
/// Longest evidence in bytes.
const LONGEST_TEXT: usize = 16 * 1024;

/// SHA-256, lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The value with its content replaced by types and lengths (lengths of text in characters).
#[must_use]
pub fn mask(value: &Value) -> Value {
    masked(None, value)
}

/// Masked text and hash of a body, which need not be JSON.
#[must_use]
pub fn evidence(body: &[u8]) -> Evidence {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => cut(mask(&value).to_string()),
        Err(_) if body.is_empty() => "empty".to_owned(),
        Err(_) => format!("{}({} bytes)", sort_of_text(body), body.len()),
    };
    Evidence { masked: text, sha256: sha256_hex(body) }
}

pub(crate) fn masked_text(value: &Value) -> String {
    cut(mask(value).to_string())
}

/// Masked text is ASCII but for kept names, which are ASCII too, so any byte is a boundary.
fn cut(mut text: String) -> String {
    if text.len() > LONGEST_TEXT {
        text.truncate(LONGEST_TEXT);
        text.push_str("...");
    }
    text
}

fn sort_of_text(body: &[u8]) -> &'static str {
    let start = body.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    match &body[start..] {
        [b'<', ..] => "markup",
        [b'{' | b'[', ..] => "broken json",
        _ if std::str::from_utf8(body).is_ok() => "text",
        _ => "binary",
    }
}

fn masked(key: Option<&str>, value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Array(items) => {
            let mut kept: Vec<Value> = items.iter().take(LONGEST_ARRAY).map(|v| masked(None, v)).collect();
            if items.len() > LONGEST_ARRAY {
                kept.push(Value::from(format!("and {} more", items.len() - LONGEST_ARRAY)));
            }
            Value::Array(kept)
        }
        Value::Object(fields) => {
            let mut kept = Map::new();
            for (n, (name, value)) in fields.iter().enumerate() {
                let shown = if KNOWN_KEYS.contains(&name.as_str()) {
                    name.clone()
                } else {
                    format!("field {n}({})", name.chars().count())
                };
                kept.insert(shown, masked(Some(name), value));
            }
            Value::Object(kept)
        }
        scalar if key.is_some_and(|k| KEPT_VALUES.contains(&k)) && is_name(scalar) => scalar.clone(),
        Value::Bool(_) => Value::from("bool"),
        Value::Number(n) => Value::from(format!("number({})", n.to_string().len())),
        Value::String(s) => Value::from(format!("string({})", s.chars().count())),
    }
}

/// Short, ASCII, and with fewer digits than a telephone or identity number.
fn is_name(value: &Value) -> bool {
    let text = match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        _ => return false,
    };
    (1..=20).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-'))
        && text.bytes().filter(u8::is_ascii_digit).count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// Any JSON whose names and texts each contain a mark that masking could not produce.
    fn marked_json() -> impl Strategy<Value = Value> {
        let text = "[ -~àếĐ]{0,12}".prop_map(|s| format!("{s}ZQZ{s}"));
        let key = prop_oneof![text.clone(), proptest::sample::select(KNOWN_KEYS).prop_map(str::to_owned)];
        let leaf = prop_oneof![
            text.prop_map(Value::from),
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (777_770_000_000_i64..777_779_999_999).prop_map(Value::from),
            (777_770_000_000_i64..777_779_999_999).prop_map(|n| Value::from(n.to_string())),
        ];
        leaf.prop_recursive(5, 64, 30, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..30).prop_map(Value::Array),
                proptest::collection::btree_map(key.clone(), inner, 0..8)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn masked_evidence_contains_no_value_of_the_original(value in marked_json()) {
            let body = value.to_string();
            let shown = evidence(body.as_bytes()).masked;
            prop_assert!(!shown.contains("ZQZ") && !shown.contains("77777"), "{shown}");
        }

        #[test]
        fn a_body_cut_anywhere_shows_nothing(value in marked_json(), at in 0_usize..200) {
            let body = value.to_string();
            let shown = evidence(&body.as_bytes()[..at.min(body.len())]).masked;
            prop_assert!(!shown.contains("ZQZ") && !shown.contains("77777"), "{shown}");
        }
    }

    #[test]
    fn names_of_the_contract_are_kept_and_the_rest_is_type_and_length() {
        let value = json!({"no": "78a", "note": "Bà A", "hoTen": "B", "state": "0912345678", "calls": 120, "ok": null});
        assert_eq!(
            mask(&value),
            json!({"no": "78a", "note": "string(4)", "field 1(5)": "string(1)", "state": "string(10)",
                   "calls": "number(3)", "ok": null})
            .as_object()
            .map(|o| {
                let n = value.as_object().and_then(|v| v.keys().position(|k| k == "hoTen")).unwrap_or(9);
                let mut o = o.clone();
                let b = o.remove("field 1(5)").unwrap_or_default();
                o.insert(format!("field {n}(5)"), b);
                Value::Object(o)
            })
            .unwrap_or_default()
        );
    }

    #[test]
    fn a_page_in_place_of_an_answer_is_only_measured() {
        assert_eq!(evidence(b" <html>").masked, "markup(7 bytes)");
        assert_eq!(evidence(b"").masked, "empty");
    }
}
