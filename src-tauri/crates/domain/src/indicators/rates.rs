//! The rates beside the indicators, from `assets/indicators/rates.toml`: what each is, and what it is counted from.

use super::CountedRate;
use crate::{
    observation::Flow,
    tables::{Source, TableError},
    text::nfc,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::HashSet;

const FILE: Source<'_> = Source {
    name: "assets/indicators/rates.toml",
    text: include_str!("../../../../../assets/indicators/rates.toml"),
};

/// What a rate is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RateFrom {
    /// Dossier records.
    Records(CountedRate),
    /// The portal's numbers for a component.
    Indicator(String),
    /// What the gateway says of a flow.
    Flow(Flow),
    /// Measured traffic of the APIs: errors of the other side ÷ calls.
    ApiErrors,
    /// Measured traffic of the APIs: duration at the busiest hour, an amount and no share.
    ApiPeak,
    /// The register of obstacles, an amount and no share.
    Obstacles,
    /// Records without a finding.
    Quality,
    /// No source gives it yet.
    Nothing,
}

/// What a document states.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// In percent.
    pub value: f64,
    /// Where it stands.
    pub source: String,
}

/// One rate.
#[derive(Debug, Clone, PartialEq)]
pub struct RateRule {
    /// Stable id.
    pub id: String,
    /// In Vietnamese.
    pub name: String,
    /// How it is counted.
    pub formula: String,
    /// From what.
    pub from: RateFrom,
    /// The component that the portal scores from the same.
    pub indicator: Option<String>,
    /// What a document states.
    pub published: Option<Published>,
    /// The document that asks for it.
    pub document: Option<String>,
    /// Less is better.
    pub lower_is_better: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rate: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    formula: String,
    from: String,
    what: Option<String>,
    indicator: Option<String>,
    published: Option<Published>,
    document: Option<String>,
    #[serde(default)]
    lower_is_better: bool,
}

/// The rates shipped with the product, in the order shown.
///
/// # Errors
/// When the shipped file is wrong; a test keeps that from happening.
pub fn rates() -> Result<Vec<RateRule>, TableError> {
    parse(FILE)
}

fn parse(file: Source<'_>) -> Result<Vec<RateRule>, TableError> {
    let wrong = |reason: String| TableError::Syntax { file: file.name.to_owned(), reason };
    let read: File = toml::from_str(file.text).map_err(|e| wrong(e.to_string()))?;
    let mut ids = HashSet::new();
    let mut rules = Vec::new();
    for entry in read.rate {
        let of = |reason: &str| wrong(format!("rate `{}`: {reason}", entry.id));
        if !ids.insert(entry.id.clone()) {
            return Err(of("stands twice"));
        }
        let what = entry.what.as_deref().unwrap_or_default();
        let from = match (entry.from.as_str(), what) {
            ("records", what) => RateFrom::Records(named(what).ok_or_else(|| of("no such count"))?),
            ("indicator", code) if !code.is_empty() => RateFrom::Indicator(code.to_owned()),
            ("flow", what) => RateFrom::Flow(named(what).ok_or_else(|| of("no such flow"))?),
            ("apis", "errors") => RateFrom::ApiErrors,
            ("apis", "peak") => RateFrom::ApiPeak,
            ("obstacles", "median") => RateFrom::Obstacles,
            ("quality", "clean") => RateFrom::Quality,
            ("none", "") => RateFrom::Nothing,
            _ => return Err(of("`from` and `what` do not fit")),
        };
        rules.push(RateRule {
            name: nfc(&entry.name),
            formula: nfc(&entry.formula),
            from,
            indicator: entry.indicator,
            published: entry.published,
            document: entry.document,
            lower_is_better: entry.lower_is_better,
            id: entry.id,
        });
    }
    Ok(rules)
}

fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}
