//! What a unit scores: the source's numbers beside what the formulas make of them, its place among others, and what would
//! move its score most.

use super::{Component, Points, Scheme};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, collections::HashMap};

/// What a source states of one component, block or total. `None` is "not stated", never 0.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Code of the component or block; the id of the scheme for the total.
    pub code: String,
    /// Its name, as the source has it.
    pub name: String,
    /// Counted above the line.
    pub numerator: Option<u64>,
    /// Counted below it.
    pub denominator: Option<u64>,
    /// Rate as a fraction.
    pub ratio: Option<f64>,
    /// Points.
    pub score: Option<Points>,
    /// Points at most.
    pub max_score: Option<Points>,
    /// What the source says of the quality of its numbers (`NO_NATIONAL_REPORT_DATA`).
    pub flags: Vec<String>,
}

impl Reading {
    /// Both counts, where both are stated.
    #[must_use]
    pub fn counts(&self) -> Option<(u64, u64)> {
        self.numerator.zip(self.denominator)
    }
}

/// What a source states of one unit in one period.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Code of the unit on the portal; that of the province for the whole.
    pub unit: String,
    /// Components, blocks and total, in any order.
    pub readings: Vec<Reading>,
}

/// What a source states of one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodSheets {
    /// As the contract writes it: `2026-05`, `2026-Q2`, `2026`.
    pub period: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
    /// One a unit.
    pub sheets: Vec<Sheet>,
}

/// One component on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentCard<'a> {
    /// How it is scored.
    pub component: &'a Component,
    /// What the source states of it; `None` when it says nothing.
    pub stated: Option<&'a Reading>,
    /// Points that the stated counts give.
    pub computed: Option<Points>,
}

impl ComponentCard<'_> {
    /// The points that count: those stated.
    #[must_use]
    pub fn score(&self) -> Option<Points> {
        self.stated.and_then(|r| r.score)
    }

    /// What was stated and what the counts give, where these differ by more than rounding.
    #[must_use]
    pub fn difference(&self) -> Option<(Points, Points)> {
        let (stated, computed) = self.score().zip(self.computed)?;
        (stated.in_hundredths().abs_diff(computed.in_hundredths()) > 1).then_some((stated, computed))
    }
}

/// One block on a card.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockCard<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Points at most.
    pub max: Points,
    /// Points as stated.
    pub stated: Option<Points>,
    /// Points of the components that have any; `None` when none has.
    pub sum: Option<Points>,
    /// Its components.
    pub components: Vec<ComponentCard<'a>>,
}

/// What a unit scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Card<'a> {
    /// Blocks, in the order shown.
    pub blocks: Vec<BlockCard<'a>>,
    /// Total as stated.
    pub stated: Option<Points>,
    /// Total of the components that have points; `None` when none has.
    pub sum: Option<Points>,
    /// Stated under codes that the scheme does not know.
    pub unknown: Vec<&'a Reading>,
}

/// What meeting one target would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move<'a> {
    /// Which component.
    pub component: &'a Component,
    /// Points it would bring.
    pub gain: Points,
    /// How many more must count above the line.
    pub cases: u64,
}

impl<'a> Card<'a> {
    /// The card of a sheet.
    #[must_use]
    pub fn of(scheme: &'a Scheme, sheet: &'a Sheet) -> Self {
        let by_code: HashMap<&str, &Reading> = sheet.readings.iter().map(|r| (&*r.code, r)).collect();
        let stated = |code: &str| by_code.get(code).and_then(|r| r.score);
        let blocks: Vec<BlockCard<'a>> = (scheme.blocks.iter())
            .map(|block| {
                let components: Vec<ComponentCard<'a>> = (block.components.iter())
                    .map(|component| {
                        let stated = by_code.get(&*component.code).copied();
                        let computed =
                            stated.and_then(Reading::counts).and_then(|(n, d)| component.score(n, d));
                        ComponentCard { component, stated, computed }
                    })
                    .collect();
                BlockCard {
                    code: &block.code,
                    name: &block.name,
                    max: block.max(),
                    stated: stated(&block.code),
                    sum: sum(components.iter().map(ComponentCard::score)),
                    components,
                }
            })
            .collect();
        let known = |code: &str| {
            code == scheme.id
                || scheme.blocks.iter().any(|b| b.code == code)
                || scheme.component(code).is_some()
        };
        Self {
            stated: stated(&scheme.id),
            sum: sum(blocks.iter().map(|b| b.sum)),
            unknown: sheet.readings.iter().filter(|r| !known(&r.code)).collect(),
            blocks,
        }
    }

    /// The total that counts: as stated, else the sum of its components.
    #[must_use]
    pub fn total(&self) -> Option<Points> {
        self.stated.or(self.sum)
    }

    /// Every component of every block.
    pub fn components(&self) -> impl Iterator<Item = &ComponentCard<'a>> {
        self.blocks.iter().flat_map(|b| &b.components)
    }

    /// What each component would bring if it met its target: the greatest gain first, of equal ones the one for fewer
    /// cases. One without points or counts is left out, since nothing is known of it.
    #[must_use]
    pub fn moves(&self) -> Vec<Move<'a>> {
        let mut moves: Vec<Move<'a>> = self
            .components()
            .filter_map(|c| {
                let (numerator, denominator) = c.stated.and_then(Reading::counts)?;
                let gain = c.score()?.up_to(c.component.max);
                let cases = c.component.missing(numerator, denominator);
                (gain > Points::default()).then_some(Move { component: c.component, gain, cases })
            })
            .collect();
        moves.sort_by_key(|m| (Reverse(m.gain), m.cases, m.component.code.as_str()));
        moves
    }
}

/// The sum of those that are known; `None` when none is.
fn sum(points: impl Iterator<Item = Option<Points>>) -> Option<Points> {
    points.flatten().fold(None, |sum, p| Some([sum.unwrap_or_default(), p].into_iter().sum()))
}

/// Where a unit stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1; units with equal scores share a place, and the next one comes after all of them.
    pub place: usize,
    /// How many have a score.
    pub of: usize,
}

/// The places of units by their scores, in the order given; one without a score has none.
#[must_use]
pub fn places(scores: &[Option<Points>]) -> Vec<Option<Place>> {
    let mut sorted: Vec<Points> = scores.iter().copied().flatten().collect();
    sorted.sort_unstable_by_key(|p| Reverse(*p));
    let of = sorted.len();
    let place = |score: Points| sorted.partition_point(|p| *p > score) + 1;
    scores.iter().map(|score| score.map(|score| Place { place: place(score), of })).collect()
}
