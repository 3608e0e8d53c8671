//! What people write into a report, and the form it is written on. The figures come from a freeze, never from here.

use crate::tables::{Source, TableError};
use serde::{Deserialize, Serialize};

/// The parts of a report that people write; what was generated stands here too once somebody looked at it, for it may be
/// edited before signing. One paragraph a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Changes since the report before, in words.
    pub changes: String,
    /// A remark on part I, results.
    pub results: String,
    /// A remark on part II, operation and dossiers.
    pub operation: String,
    /// A remark on part III, incidents and obstacles.
    pub troubles: String,
    /// Part IV, proposals; carried over from the report before.
    pub proposals: String,
}

/// The form of Nghị định 30/2020/NĐ-CP (domain.md §4): everything on a report that is not its content. Data: another province,
/// another office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Cơ quan chủ quản, upright capitals; may be empty.
    pub parent: String,
    /// Cơ quan ban hành, bold capitals.
    pub agency: String,
    /// Symbol behind the number: `BC-TTPVHCC`.
    pub symbol: String,
    /// Địa danh: `Gia Lai`.
    pub place: String,
    /// Kính gửi, one a line; empty leaves the lines out.
    pub addressees: Vec<String>,
    /// Lines above the signature: `GIÁM ĐỐC`.
    pub signature: Vec<String>,
    /// Lines above the signature of who signs in the leader's place: `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputy_signature: Vec<String>,
    /// Nơi nhận, one a line; the last is the archive: `Lưu: VT, TTPVHCC.`
    pub recipients: Vec<String>,
}

const BUILTIN: Source<'_> =
    Source { name: "assets/report/form.toml", text: include_str!("../../../../../assets/report/form.toml") };

impl Form {
    /// The form that came with the program, until another is set.
    ///
    /// # Errors
    /// What is wrong in `assets/report/form.toml`, by line: a defect of the data.
    pub fn builtin() -> Result<Self, TableError> {
        toml::from_str(BUILTIN.text)
            .map_err(|e| TableError::Syntax { file: BUILTIN.name.to_owned(), reason: e.to_string() })
    }

    /// The form as somebody signs on it: a deputy has lines of their own.
    #[must_use]
    pub fn signed_by(&self, deputy: bool) -> Self {
        let mut form = self.clone();
        if deputy {
            form.signature.clone_from(&form.deputy_signature);
        }
        form
    }

    /// Names of what is missing for a report to be signed, Vietnamese, in the order of the form.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let blank = |lines: &[String]| lines.iter().all(|line| line.trim().is_empty());
        [
            (self.agency.trim().is_empty(), "cơ quan ban hành"),
            (self.symbol.trim().is_empty(), "ký hiệu văn bản"),
            (self.place.trim().is_empty(), "địa danh"),
            (blank(&self.signature), "chức vụ người ký"),
            (blank(&self.recipients), "nơi nhận"),
        ]
        .into_iter()
        .filter_map(|(missing, name)| missing.then_some(name))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_came_with_the_program_can_be_signed_by_leader_and_deputy() {
        let form = Form::builtin().expect("reads");
        assert_eq!(form.missing(), Vec::<&str>::new());
        let deputy = form.signed_by(true);
        assert_eq!(deputy.missing(), Vec::<&str>::new());
        assert!(deputy.signature[0].starts_with("KT. "), "{:?}", deputy.signature);
        assert_eq!(Form { signature: form.signature.clone(), ..deputy }, form, "and nothing else differs");
    }

    #[test]
    fn what_is_missing_is_named_in_the_order_of_the_form() {
        let bare = Form { recipients: vec!["  ".into()], ..Form::default() };
        assert_eq!(
            bare.missing(),
            ["cơ quan ban hành", "ký hiệu văn bản", "địa danh", "chức vụ người ký", "nơi nhận"]
        );
    }
}
