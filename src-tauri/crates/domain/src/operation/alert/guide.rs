//! What to do about an alert (`assets/operation/guides.toml`): every rule has a guide, and every guide belongs to a rule.

use super::{DataError, Rules};
use crate::{party::Party, tables::Source, text::nfc};
use serde::{Deserialize, Serialize};

const GUIDES: Source<'_> = Source {
    name: "assets/operation/guides.toml",
    text: include_str!("../../../../../../assets/operation/guides.toml"),
};

/// What to do about alerts of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Id, as rules name it.
    pub id: String,
    /// What it means.
    pub meaning: String,
    /// What to look at first, in order.
    pub check: Vec<String>,
    /// What keeps people served meanwhile.
    pub mitigate: Vec<String>,
    /// When and how to go back.
    pub rollback: String,
    /// Ids of the parties to call, in order.
    pub call: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    guide: Vec<Guide>,
}

/// All guides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guides(Vec<Guide>);

impl Guides {
    /// Those shipped with the product.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin(rules: &Rules, parties: &[Party]) -> Result<Self, DataError> {
        Self::parse(GUIDES, rules, parties)
    }

    /// Reads guides from TOML of the shipped form.
    ///
    /// # Errors
    /// The parser's error with its line; a guide that stands twice, is empty where it must not be, or belongs to no rule; a rule
    /// without its guide; a party that there is not.
    pub fn parse(file: Source<'_>, rules: &Rules, parties: &[Party]) -> Result<Self, DataError> {
        let name = || file.name.to_owned();
        let syntax = |reason: String| DataError::Syntax { file: name(), reason };
        let read: File = toml::from_str(file.text).map_err(|e| syntax(e.to_string()))?;
        let mut guides: Vec<Guide> = Vec::new();
        for guide in read.guide {
            if guides.iter().any(|g| g.id == guide.id) {
                return Err(DataError::Twice { file: name(), what: "guide", id: guide.id });
            }
            if !rules.all().iter().any(|rule| rule.guide == guide.id) {
                return Err(DataError::Orphan { file: name(), id: guide.id });
            }
            let texts =
                [&guide.meaning, &guide.rollback].into_iter().chain(&guide.check).chain(&guide.mitigate);
            let lists = [&guide.check, &guide.mitigate, &guide.call];
            if texts.into_iter().any(|text| text.trim().is_empty())
                || lists.iter().any(|list| list.is_empty())
            {
                return Err(syntax(format!("guide `{}`: something is empty", guide.id)));
            }
            if let Some(id) = guide.call.iter().find(|id| !parties.iter().any(|p| p.id == **id)) {
                let place = format!("guide {}", guide.id);
                return Err(DataError::Unknown { file: name(), place, what: "party", id: id.clone() });
            }
            let clean = |texts: &[String]| texts.iter().map(|text| nfc(text)).collect();
            guides.push(Guide {
                meaning: nfc(&guide.meaning),
                check: clean(&guide.check),
                mitigate: clean(&guide.mitigate),
                rollback: nfc(&guide.rollback),
                ..guide
            });
        }
        for rule in rules.all() {
            if !guides.iter().any(|g| g.id == rule.guide) {
                let place = format!("rule {}", rule.id);
                return Err(DataError::Unknown {
                    file: name(),
                    place,
                    what: "guide",
                    id: rule.guide.clone(),
                });
            }
        }
        Ok(Self(guides))
    }

    /// A guide by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Guide> {
        self.0.iter().find(|guide| guide.id == id)
    }
}
