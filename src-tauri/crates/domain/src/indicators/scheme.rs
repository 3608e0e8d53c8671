//! The blocks, components, targets and rank bands of the indicators, from `assets/indicators/qd766.toml`.

use super::Points;
use crate::{
    tables::{Source, TableError},
    text::nfc,
};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::HashSet;

const FILE: Source<'_> = Source {
    name: "assets/indicators/qd766.toml",
    text: include_str!("../../../../../assets/indicators/qd766.toml"),
};

/// One component of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Code on the portal (`DOSSIER_SYNC`).
    pub code: String,
    /// In Vietnamese.
    pub name: String,
    /// Points at the target or above; 0 only explains.
    pub max: Points,
    /// Rate from which it has all points, in hundredths of a percent, 1..=10000.
    pub target: u32,
    /// What its numbers count, in few words: `hồ sơ`, `TTHC`.
    pub counts: String,
    /// What is counted above the line.
    pub numerator: String,
    /// What is counted below it.
    pub denominator: String,
    /// Target and formula are known from more than hearsay.
    pub verified: bool,
}

impl Component {
    /// Points for a rate: all of them from the target on, below it in proportion, to two decimals. `None` without a
    /// denominator, and for a component that only explains.
    #[must_use]
    pub fn score(&self, numerator: u64, denominator: u64) -> Option<Points> {
        let max = self.max.in_hundredths();
        if denominator == 0 || max == 0 {
            return None;
        }
        let whole = u128::from(denominator) * u128::from(self.target);
        let part = u128::from(numerator) * u128::from(max) * 10_000;
        let rounded = (part * 2 + whole) / (whole * 2);
        Some(Points::hundredths(u32::try_from(rounded).unwrap_or(max).min(max)))
    }

    /// How many more must count above the line for the target to be met.
    #[must_use]
    pub fn missing(&self, numerator: u64, denominator: u64) -> u64 {
        let wanted = (u128::from(denominator) * u128::from(self.target)).div_ceil(10_000);
        u64::try_from(wanted).unwrap_or(u64::MAX).saturating_sub(numerator)
    }
}

/// A block of components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Code on the portal (`CKMB`).
    pub code: String,
    /// In Vietnamese.
    pub name: String,
    /// Its components, in the order shown.
    pub components: Vec<Component>,
}

impl Block {
    /// The points of all its components.
    #[must_use]
    pub fn max(&self) -> Points {
        self.components.iter().map(|c| c.max).sum()
    }
}

/// A band of total scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Lowest total.
    pub from: Points,
    /// `Khá`.
    pub name: String,
    /// Stands in a document that we have seen.
    pub verified: bool,
}

/// The indicators as they hold from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Stable id; also the code under which a source states the total.
    pub id: String,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// Name.
    pub title: String,
    /// The decision.
    pub document: String,
    /// Its blocks, in the order shown.
    pub blocks: Vec<Block>,
    /// Rank bands, the best first.
    pub bands: Vec<Band>,
}

impl Scheme {
    /// All points.
    #[must_use]
    pub fn max(&self) -> Points {
        self.blocks.iter().map(Block::max).sum()
    }

    /// The component with this code.
    #[must_use]
    pub fn component(&self, code: &str) -> Option<&Component> {
        self.blocks.iter().flat_map(|b| &b.components).find(|c| c.code == code)
    }

    /// The band of a total.
    #[must_use]
    pub fn band(&self, total: Points) -> Option<&Band> {
        self.bands.iter().find(|band| band.from <= total)
    }
}

/// Every edition of the indicators, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schemes(Vec<Scheme>);

impl Schemes {
    /// Those shipped with the product.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        Self::parse(FILE)
    }

    /// Reads editions from TOML.
    ///
    /// # Errors
    /// The parser's words with the line; no edition, a code twice, a target outside 0 < x ≤ 100, points or bands that
    /// are no numbers of points, editions that begin on one day.
    pub fn parse(file: Source<'_>) -> Result<Self, TableError> {
        let wrong = |reason: String| TableError::Syntax { file: file.name.to_owned(), reason };
        let read: File = toml::from_str(file.text).map_err(|e| wrong(e.to_string()))?;
        let mut schemes = Vec::new();
        for edition in read.edition {
            let from = edition.valid_from;
            schemes.push(edition.scheme().map_err(|reason| wrong(format!("edition of {from}: {reason}")))?);
        }
        schemes.sort_by_key(|scheme: &Scheme| std::cmp::Reverse(scheme.valid_from));
        if schemes.is_empty() {
            return Err(wrong("no edition".to_owned()));
        }
        if let Some(two) = schemes.windows(2).find(|two| two[0].valid_from == two[1].valid_from) {
            return Err(wrong(format!("two editions begin on {}", two[0].valid_from)));
        }
        Ok(Self(schemes))
    }

    /// The edition that holds on a day; before the first one, the first.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &Scheme {
        let found = self.0.iter().find(|scheme| scheme.valid_from <= day);
        // Parsing leaves no list empty.
        found.unwrap_or(&self.0[self.0.len() - 1])
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    edition: Vec<EditionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionEntry {
    id: String,
    valid_from: NaiveDate,
    title: String,
    document: String,
    block: Vec<BlockEntry>,
    band: Vec<BandEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockEntry {
    code: String,
    name: String,
    components: Vec<ComponentEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComponentEntry {
    code: String,
    name: String,
    max: f64,
    target: f64,
    counts: String,
    numerator: String,
    denominator: String,
    verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BandEntry {
    from: f64,
    name: String,
    verified: bool,
}

impl EditionEntry {
    fn scheme(self) -> Result<Scheme, String> {
        let mut codes = HashSet::from([self.id.clone()]);
        let mut once = |code: String| {
            if codes.insert(code.clone()) { Ok(code) } else { Err(format!("code `{code}` stands twice")) }
        };
        let mut blocks = Vec::new();
        for block in self.block {
            let mut components = Vec::new();
            for c in block.components {
                let code = once(c.code)?;
                let max = Points::from_number(c.max)
                    .ok_or_else(|| format!("{code}: max is no number of points"))?;
                if !(c.target > 0.0 && c.target <= 100.0) {
                    return Err(format!("{code}: target must be above 0 and at most 100"));
                }
                components.push(Component {
                    code,
                    name: nfc(&c.name),
                    max,
                    target: ((c.target * 100.0).round() as u32).max(1),
                    counts: nfc(&c.counts),
                    numerator: nfc(&c.numerator),
                    denominator: nfc(&c.denominator),
                    verified: c.verified,
                });
            }
            blocks.push(Block { code: once(block.code)?, name: nfc(&block.name), components });
        }
        let mut bands = Vec::new();
        for band in self.band {
            let from = Points::from_number(band.from)
                .ok_or_else(|| format!("band `{}`: from is no number of points", band.name))?;
            bands.push(Band { from, name: nfc(&band.name), verified: band.verified });
        }
        bands.sort_by_key(|band| std::cmp::Reverse(band.from));
        Ok(Scheme {
            id: self.id,
            valid_from: self.valid_from,
            title: nfc(&self.title),
            document: nfc(&self.document),
            blocks,
            bands,
        })
    }
}
