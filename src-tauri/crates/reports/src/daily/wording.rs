//! Words of the report that are of this province and its decision: data, for another province has others.

use serde::Deserialize;
use std::sync::LazyLock;

/// `assets/report/wording.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wording {
    /// What the report is on, lower case at the start of nothing: `Kết quả triển khai …`.
    pub(crate) subject: String,
    /// The documents that ask for it: `Thực hiện …`.
    pub(crate) basis: String,
    /// The lists of tasks as the decision names it.
    pub(crate) checklist: String,
    /// Agencies as they are written inside a sentence; their capitals stand in the form.
    pub(crate) agencies: Vec<String>,
}

/// The words that came with the program.
pub(crate) static WORDING: LazyLock<Wording> = LazyLock::new(|| read(TEXT).unwrap_or_default());

const TEXT: &str = include_str!("../../../../../assets/report/wording.toml");

fn read(text: &str) -> Result<Wording, toml::de::Error> {
    toml::from_str(text)
}

impl Wording {
    /// An agency as it is written inside a sentence, from its capitals; `None` when its name is not known.
    pub(crate) fn agency(&self, capitals: &str) -> Option<&str> {
        let capitals = capitals.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = self.agencies.iter().filter(|name| name.to_uppercase().starts_with(&capitals));
        known.map(String::as_str).next().filter(|_| !capitals.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_came_with_the_program_are_read_and_none_is_empty() {
        let words = read(TEXT).expect("assets/report/wording.toml");
        for text in [&words.subject, &words.basis, &words.checklist] {
            assert!(!text.trim().is_empty());
        }
        assert!(!words.agencies.is_empty());
    }

    #[test]
    fn an_agency_in_capitals_is_found_and_another_is_not_guessed() {
        let words = read(TEXT).expect("assets/report/wording.toml");
        let name = &words.agencies[0];
        assert_eq!(words.agency(&name.to_uppercase()), Some(name.as_str()));
        assert_eq!(words.agency("SỞ KHÔNG CÓ TRONG DANH SÁCH"), None);
        assert_eq!(words.agency(" "), None);
    }
}
