//! How fast an incident of each severity must be acknowledged, spoken of and fixed (domain.md §5.2): data.

use super::{ClockKind, Severity};
use crate::{
    tables::{Source, TableError},
    time::Ms,
};
use serde::{Deserialize, Serialize};

const BUILTIN: Source<'_> = Source {
    name: "assets/operation/severities.toml",
    text: include_str!("../../../../../../assets/operation/severities.toml"),
};

/// What holds for one severity. Times are minutes: of the clock where [`around_the_clock`](Self::around_the_clock), else of
/// working time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityRule {
    /// Which.
    pub id: Severity,
    /// `Nghiêm trọng`.
    pub label: String,
    /// What counts as such.
    pub meaning: String,
    /// Its clocks run day and night; else in working hours alone.
    pub around_the_clock: bool,
    /// From detection until somebody takes care of it.
    pub acknowledge: u32,
    /// From one word on it to the next.
    pub update: u32,
    /// From detection until it is over; `None` is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<u32>,
}

impl SeverityRule {
    /// It would have to be over before anybody had to take care of it.
    #[must_use]
    pub fn hopeless(&self) -> bool {
        self.fix.is_some_and(|fix| fix < self.acknowledge)
    }
}

/// The four severities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Severities {
    severity: Vec<SeverityRule>,
}

impl Severities {
    /// Those shipped with the product.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        Self::parse(BUILTIN)
    }

    /// Reads them from TOML of the shipped form.
    ///
    /// # Errors
    /// Not this form; not each severity once and in order; a clock of no time; a fix that is to be there before somebody takes
    /// care of it.
    pub fn parse(file: Source<'_>) -> Result<Self, TableError> {
        let wrong = |reason: String| TableError::Syntax { file: file.name.to_owned(), reason };
        let read: Self = toml::from_str(file.text).map_err(|e| wrong(e.to_string()))?;
        let ids: Vec<Severity> = read.severity.iter().map(|rule| rule.id).collect();
        if ids != Severity::ALL {
            return Err(wrong("expected s1, s2, s3 and s4, each once and in this order".into()));
        }
        for rule in &read.severity {
            let code = rule.id.code();
            if rule.acknowledge == 0 || rule.update == 0 || rule.fix == Some(0) {
                return Err(wrong(format!("{code}: a clock needs at least one minute")));
            }
            if rule.hopeless() {
                return Err(wrong(format!("{code}: `fix` comes before `acknowledge`")));
            }
        }
        Ok(read)
    }

    /// The same with one clock of a severity set to `minutes`. What is planned, without a fix, stays so.
    #[must_use]
    pub fn with(&self, severity: Severity, clock: ClockKind, minutes: u32) -> Self {
        let mut set = self.clone();
        let rule = &mut set.severity[severity as usize];
        match clock {
            ClockKind::Acknowledge => rule.acknowledge = minutes,
            ClockKind::Update => rule.update = minutes,
            ClockKind::Fix => rule.fix = rule.fix.map(|_| minutes),
        }
        set
    }

    /// What holds for a severity.
    #[must_use]
    pub fn of(&self, severity: Severity) -> &SeverityRule {
        &self.severity[severity as usize]
    }

    /// All, the worst first.
    #[must_use]
    pub fn all(&self) -> &[SeverityRule] {
        &self.severity
    }
}

/// The severities as they were set over time: what was found under one table is measured by it, whatever is set later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityCourse {
    shipped: Severities,
    set: Vec<(Ms, Severities)>,
}

impl SeverityCourse {
    /// What is shipped, and whole tables in the order in which they were set, each with the moment from which it holds.
    #[must_use]
    pub fn new(shipped: Severities, set: Vec<(Ms, Severities)>) -> Self {
        Self { shipped, set }
    }

    /// What holds for what is found at a moment.
    #[must_use]
    pub fn at(&self, at: Ms) -> &Severities {
        self.set.iter().rfind(|(from, _)| *from <= at).map_or(&self.shipped, |(_, table)| table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_under_one_table_is_measured_by_it() {
        let shipped = Severities::builtin().expect("valid");
        let quick = shipped.with(Severity::S1, ClockKind::Acknowledge, 5);
        let quicker = quick.with(Severity::S1, ClockKind::Fix, 60).with(Severity::S4, ClockKind::Fix, 60);
        let course = SeverityCourse::new(shipped, vec![(Ms(100), quick), (Ms(200), quicker)]);
        let s1 = |at| {
            let rule = course.at(Ms(at)).of(Severity::S1);
            (rule.acknowledge, rule.fix)
        };
        assert_eq!(
            [99, 100, 199, 200].map(s1),
            [(15, Some(120)), (5, Some(120)), (5, Some(120)), (5, Some(60))]
        );
        assert_eq!(course.at(Ms(200)).of(Severity::S4).fix, None, "what is planned stays planned");
    }

    #[test]
    fn the_shipped_table_is_that_of_the_domain_page() {
        let table = Severities::builtin().expect("valid");
        let minutes = |severity| {
            let rule = table.of(severity);
            (rule.around_the_clock, rule.acknowledge, rule.update, rule.fix)
        };
        assert_eq!(minutes(Severity::S1), (true, 15, 30, Some(120)));
        assert_eq!(minutes(Severity::S2), (true, 30, 60, Some(480)));
        assert_eq!(minutes(Severity::S3), (false, 240, 480, Some(2 * 480)));
        assert_eq!(minutes(Severity::S4), (false, 480, 5 * 480, None));
        assert_eq!(table.of(Severity::S1).label, "Nghiêm trọng");
    }

    #[test]
    fn a_table_that_cannot_be_kept_is_refused_with_the_reason() {
        let good = BUILTIN.text;
        for (text, reason) in [
            (good.replace("id = \"s4\"", "id = \"s3\""), "each once"),
            (good.replace("acknowledge = 15", "acknowledge = 0"), "S1: a clock needs"),
            (good.replace("fix = 480", "fix = 20"), "S2: `fix`"),
            (good.replace("update = 30", "update = -30"), "update"),
            (good.replace("label = \"Cao\"", "label = \"Cao\"\ncolour = \"red\""), "colour"),
            (String::new(), "severity"),
        ] {
            let refused = Severities::parse(Source { name: "s.toml", text: &text }).expect_err("wrong");
            assert!(refused.to_string().contains(reason), "{refused}");
        }
    }
}
