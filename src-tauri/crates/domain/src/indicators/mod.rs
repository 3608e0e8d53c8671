//! Indicators of service quality: the blocks and components of QĐ 766 as data, what a unit scores, where it stands among others,
//! what would move its score most; and the rates that are counted from dossier records (domain.md §3.4).
//!
//! What is not told stays unknown: no denominator, no score. Knows neither sources nor screens.

mod card;
mod counts;
mod points;
mod rates;
mod scheme;

pub use card::{BlockCard, Card, ComponentCard, Move, PeriodSheets, Place, Reading, Sheet, places};
pub use counts::{CountedRate, Facts, Gathered, Month, Totals, Weekdays};
pub use points::Points;
pub use rates::{Published, RateFrom, RateRule, rates};
pub use scheme::{Band, Block, Component, Scheme, Schemes};

#[cfg(test)]
mod tests;
