//! Vietnamese text at the boundary: composing, folding for search, collation, and how figures and dates are written.
//!
//! Knows nothing of screens or files. Rules: design §7 (numbers `338.923` and `68,73%`, dates `29/05/2026`).

use crate::time::Ms;
use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Text composed to NFC, as everything from outside is before it is kept or compared.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Text folded for search: lower case, without tones and marks (`đ` is `d`), white space squeezed to single blanks.
/// Folding twice changes nothing, and composed and decomposed input fold alike.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // Lower-casing may itself produce marks (İ), so marks are stripped after it as well as before.
        folded.extend(
            word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).nfd().filter_map(
                |c| match c {
                    'đ' => Some('d'),
                    c if is_combining_mark(c) => None,
                    c => Some(c),
                },
            ),
        );
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Sort key of Vietnamese text: letters of the whole text first (a ă â b c d đ e ê …), then tones
/// (ngang, huyền, hỏi, ngã, sắc, nặng), then the text itself, so that different texts never compare equal.
/// Case counts only in that last step. Letters outside the alphabet sort by code point after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CollateKey {
    letters: Vec<(u32, u8)>,
    tones: Vec<u8>,
    text: String,
}

/// The [`CollateKey`] of a text.
#[must_use]
pub fn collate_key(text: &str) -> CollateKey {
    let mut letters: Vec<(u32, u8)> = Vec::with_capacity(text.len());
    let mut tones = Vec::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase).nfd() {
        // Huyền, hỏi, ngã, sắc, nặng: the order of the tones in dictionaries.
        let tone = match c {
            '\u{300}' => 1,
            '\u{309}' => 2,
            '\u{303}' => 3,
            '\u{301}' => 4,
            '\u{323}' => 5,
            _ => 0,
        };
        // Breve, circumflex and horn make letters of their own, right after the bare letter.
        let shape = match c {
            '\u{306}' => 1,
            '\u{302}' => 2,
            '\u{31b}' => 3,
            _ => 0,
        };
        if tone > 0 {
            if let Some(last) = tones.last_mut() {
                *last = tone;
            }
        } else if shape > 0 {
            if let Some(last) = letters.last_mut() {
                last.1 = shape;
            }
        } else {
            letters.push(if c == 'đ' { ('d'.into(), 1) } else { (c.into(), 0) });
            tones.push(0);
        }
    }
    CollateKey { letters, tones, text: nfc(text) }
}

/// A count with points between the thousands: `338.923`.
#[must_use]
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        grouped.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// A fraction as a percentage with a decimal comma, rounded to at most `decimals` places without trailing
/// zeros: `0.6873` → `68,73%`, `0.73` → `73%`. Not finite: `–`.
#[must_use]
pub fn percent(fraction: f64, decimals: usize) -> String {
    if !fraction.is_finite() {
        return "–".to_owned();
    }
    let mut text = format!("{:.decimals$}", fraction * 100.0);
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0%".to_owned() } else { format!("{}%", text.replace('.', ",")) }
}

/// A share as a percentage with at most two decimals; `–` when `whole` is 0 (domain.md §3.1).
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    percent(part as f64 / whole as f64, 2)
}

/// As within a sentence: with a small first letter, but for names in capitals such as `API` and `VNeID`.
#[must_use]
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (None, _) => String::new(),
        (_, Some(second)) if second.is_uppercase() || second.is_numeric() => text.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(letters).collect(),
    }
}

/// A day as `29/05/2026`.
#[must_use]
pub fn date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// An instant in the province's zone as `22:00 29/05/2026`.
#[must_use]
pub fn instant(at: Ms) -> String {
    at.local().format("%H:%M %d/%m/%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn searching_without_diacritics_finds_the_title() {
        assert!(fold("(2) API Khởi tạo hồ sơ bộ, ngành").contains("khoi tao ho so"));
        assert_eq!(fold("  ĐƯỜNG   dẫn\u{a0}URL "), "duong dan url");
    }

    #[test]
    fn names_in_capitals_stay_so_within_a_sentence() {
        for (text, within) in [
            ("Cổng không trả lời", "cổng không trả lời"),
            ("Ý kiến của Sở Y tế", "ý kiến của Sở Y tế"),
            ("Đã ký", "đã ký"),
            ("API đạt 99,7%", "API đạt 99,7%"),
            ("SSO qua VNeID chậm", "SSO qua VNeID chậm"),
            ("D1 trống", "D1 trống"),
            ("Ở", "ở"),
            ("", ""),
        ] {
            assert_eq!(lower_first(text), within);
        }
    }

    #[test]
    fn the_letters_and_tones_sort_as_in_a_vietnamese_dictionary() {
        let in_order = [
            "a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẵ", "â", "ấ", "b", "d", "đ", "e", "ê", "o", "ô", "ơ",
            "u", "ư", "y",
        ];
        let mut shuffled = in_order;
        shuffled.reverse();
        shuffled.sort_by_key(|text| collate_key(text));
        assert_eq!(shuffled, in_order);
    }

    #[test]
    fn letters_decide_before_tones_and_tones_before_case() {
        let mut names =
            ["Xã Đak Đoa", "xã Bình An", "Xã Bình An", "Xã Bỉnh Ấn", "Xã Dun", "Xã Bình Ân", "Xã Bình"];
        names.sort_by_key(|text| collate_key(text));
        assert_eq!(
            names,
            ["Xã Bình", "Xã Bình An", "xã Bình An", "Xã Bình Ân", "Xã Bỉnh Ấn", "Xã Dun", "Xã Đak Đoa"]
        );
    }

    #[test]
    fn figures_and_dates_are_written_the_vietnamese_way() {
        assert_eq!(number(338_923), "338.923");
        assert_eq!(number(-1_000), "-1.000");
        assert_eq!(number(999), "999");
        assert_eq!(percent(0.6873, 2), "68,73%");
        assert_eq!(percent(0.73, 2), "73%");
        assert_eq!(percent(1.0, 0), "100%");
        assert_eq!(percent(-0.000_001, 2), "0%");
        assert_eq!(share(0, 0), "–");
        assert_eq!(share(1, 3), "33,33%");
        let day = NaiveDate::from_ymd_opt(2026, 5, 29).expect("valid");
        assert_eq!(date(day), "29/05/2026");
        assert_eq!(instant(Ms::at(day, 22, 0)), "22:00 29/05/2026");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn composed_and_decomposed_text_fold_and_sort_alike(text in "\\PC*") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&decomposed), fold(&text));
            prop_assert_eq!(collate_key(&decomposed), collate_key(&text));
        }

        #[test]
        fn folded_vietnamese_is_plain_lower_case_ascii(text in "[a-zA-ZàảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĐƠƯẾỘ ]*") {
            let folded = fold(&text);
            prop_assert!(folded.chars().all(|c| c == ' ' || c.is_ascii_lowercase()), "{}", folded);
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
        }

        #[test]
        fn a_written_number_reads_back(value in any::<i64>()) {
            prop_assert_eq!(number(value).replace('.', "").parse::<i64>(), Ok(value));
        }

        #[test]
        fn different_texts_never_collate_equal(a in "[a-cA-Câăáàđ ]{0,6}", b in "[a-cA-Câăáàđ ]{0,6}") {
            prop_assert_eq!(collate_key(&a) == collate_key(&b), nfc(&a) == nfc(&b));
        }
    }
}
