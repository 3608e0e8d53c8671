//! Dossier figures as systems state them: by month, and the year so far.

use crate::{
    App,
    dossiers::{Joined, Names, Reports, ask, concerns, equation, verdict},
    wire::{FigureId, WireError},
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{
    dossier::Period,
    figures::{
        Counts,
        breaks::{Break, BreakFinding},
        cell::{Cell, Dimension},
    },
    time::Ms,
};
use std::collections::BTreeMap;

/// What the overview needs of the stated figures.
pub(crate) struct Dossiers {
    /// The year so far, all systems; `None` until each stated its own.
    pub(crate) total: Option<Counts>,
    /// By month (first day), all systems together, with the last day covered.
    pub(crate) months: BTreeMap<NaiveDate, (NaiveDate, Counts)>,
    /// The year so far of each system that stated it.
    pub(crate) year_so_far: Vec<Joined>,
    /// What does not add up in the year so far, one a break.
    pub(crate) findings: Vec<BreakFinding>,
    /// From when the year so far counts.
    pub(crate) since: Option<NaiveDate>,
    /// Last day the figures cover.
    pub(crate) until: Option<NaiveDate>,
    /// The source's own time.
    pub(crate) as_of: Option<Ms>,
    pub(crate) names: Names,
}

impl App {
    pub(crate) async fn dossiers(&self) -> Result<Dossiers, WireError> {
        let (names, reports) = (self.names().await?, self.reports(None).await?);
        Ok(Dossiers::of(&reports, names))
    }
}

impl Dossiers {
    fn of(reports: &Reports, names: Names) -> Self {
        let totals = || reports.all().iter().filter(|r| r.cell.dimensions() == [Dimension::System].into());
        let until = totals().map(|r| r.period.to).max();
        let of_year = || totals().filter(|r| Some(r.period.from.year()) == until.map(|until| until.year()));
        let since = of_year().map(|r| r.period.from).min();
        let year = since.zip(until).map(|(from, to)| Period { from, to });
        let mut systems: Vec<&Cell> = of_year().map(|r| &r.cell).collect();
        systems.dedup();
        let year_so_far: Vec<Joined> = year
            .iter()
            .flat_map(|year| systems.iter().filter_map(|cell| reports.joined(cell, *year)))
            .collect();
        let mut months: BTreeMap<NaiveDate, (NaiveDate, Option<Counts>)> = BTreeMap::new();
        for report in of_year().filter(|r| r.period.from.month() == r.period.to.month()) {
            let (to, sum) = months.entry(report.period.from).or_insert((report.period.to, None));
            // The first system of a month stands alone; others are added to it.
            *sum = Counts::sum(sum.iter().copied().chain([report.statement.counts]));
            *to = report.period.to.max(*to);
        }
        let everyone = !systems.is_empty() && year_so_far.len() == systems.len();
        Self {
            total: everyone.then(|| Counts::sum(year_so_far.iter().map(|j| j.statement.counts))).flatten(),
            months: months.into_iter().filter_map(|(from, (to, sum))| Some((from, (to, sum?)))).collect(),
            findings: year.map(|year| reports.findings(year, None)).unwrap_or_default(),
            as_of: year_so_far.iter().map(|j| j.as_of).max(),
            year_so_far,
            since,
            until,
            names,
        }
    }

    /// What does not add up among some figures of the year so far, each with the difference and whom to ask.
    pub(crate) fn marks(&self, figures: &[FigureId]) -> Vec<String> {
        let concerned = |found: &&BreakFinding| concerns(found.at.rule).iter().any(|f| figures.contains(f));
        let text = |found: &BreakFinding| {
            let at = &found.at;
            let ask = ask(at.cell.get(Dimension::System).unwrap_or_default(), &self.names);
            let verdict = verdict(at.rule, at.difference);
            format!("Không khớp ở {}: {}, {verdict}. Hỏi: {ask}.", self.system(at), self.equation(at))
        };
        self.findings.iter().filter(concerned).map(text).collect()
    }

    /// The system of a break as it stands in a sentence.
    pub(crate) fn system<'a>(&'a self, at: &'a Break) -> &'a str {
        self.names.systems.name(at.cell.get(Dimension::System).unwrap_or_default())
    }

    /// The same for narrow places.
    pub(crate) fn system_short<'a>(&'a self, at: &'a Break) -> &'a str {
        self.names.systems.short_name(at.cell.get(Dimension::System).unwrap_or_default())
    }

    /// `38.885 nhận ≠ 38.756 xong + đang xử lý`.
    pub(crate) fn equation(&self, at: &Break) -> String {
        let carried = self.year_so_far.iter().find(|j| j.cell == at.cell);
        let carried = carried.and_then(|j| j.statement.counts.carried_over).is_some_and(|c| c > 0);
        equation(at.rule, at.whole, at.parts, carried)
    }
}
