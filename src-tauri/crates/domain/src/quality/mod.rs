//! Quality of dossier data: what is wrong with which record, and which figure that breaks (domain.md §1.7).
//!
//! A rule looks at one record at a time; a rule that has nothing to look at says so and is never "good". One fault is one
//! finding: a rule does not look where another tells the cause. Knows no personal data and not where records are kept.

mod judge;
mod report;
mod rule;

pub use judge::{Judge, Judged, Known, looks_like_a_code};
pub use report::{Part, PartId, Parts, Report, Standing, Tally};
pub use rule::{About, Mender, Rule, Rules};

#[cfg(test)]
mod tests;
