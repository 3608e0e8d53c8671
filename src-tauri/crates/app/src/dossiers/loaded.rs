//! The cube of all dossiers as known at one moment, with the views asked of it, kept true change by change.
//!
//! Must not know where versions come from.

use chrono::{Months, NaiveDate};
use pvhcc_domain::{
    calendar::Calendar,
    dossier::{Cube, DossierId, Life, Period, Version, View, systems::outermost},
    figures::cell::{Dimension, Dimensions},
    time::Ms,
};
use std::collections::{BTreeMap, BTreeSet};

/// Views kept true; one that was not asked for longest gives way.
const VIEWS: usize = 16;
/// Fewer than one in so many of a system's records do not make a month one of those it has records of: they are mistyped
/// years.
const MISTYPED: u64 = 1000;
/// Months looked at for when records begin.
const FIRST_YEAR: i32 = 2015;
const LAST_YEAR: i32 = 2040;

/// All dossiers as known at one moment.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// `None` is the present.
    at: Option<Ms>,
    calendar: Calendar,
    cube: Cube,
    views: Vec<Held>,
    asked: u64,
}

#[derive(Debug)]
struct Held {
    by: Dimensions,
    view: View,
    asked: u64,
}

/// A view with its cube, to be read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) cube: &'a Cube,
    pub(crate) view: &'a View,
}

impl Loaded {
    pub(crate) fn new(at: Option<Ms>, calendar: Calendar, dossiers: usize) -> Self {
        Self { at, calendar, cube: Cube::with_capacity(dossiers), views: Vec::new(), asked: 0 }
    }

    /// Whether it is this one.
    pub(crate) fn is_of(&self, at: Option<Ms>, calendar: &Calendar) -> bool {
        self.at == at && self.calendar == *calendar
    }

    /// As known at; `None` is the present.
    pub(crate) fn at(&self) -> Option<Ms> {
        self.at
    }

    /// Dossiers counted.
    pub(crate) fn len(&self) -> usize {
        self.cube.len()
    }

    /// The moment whose knowledge counts.
    pub(crate) fn moment(&self) -> Ms {
        self.at.unwrap_or(Ms(i64::MAX))
    }

    /// Puts what is known of a dossier in the place of what was known; no versions take it out.
    pub(crate) fn set(&mut self, dossier: DossierId, versions: &[Version]) {
        let known = Life::known_at(versions, self.moment(), &self.calendar);
        let known = known.map(|(version, life)| (self.cube.group(version), life));
        let change = self.cube.set(dossier, known);
        if !change.is_empty() {
            for held in &mut self.views {
                held.view.apply(&self.cube, &change);
            }
        }
    }

    /// The figures of these periods by these dimensions: counted at the first question, kept true from then on.
    pub(crate) fn view(&mut self, by: Dimensions, periods: &[Period]) -> Seen<'_> {
        self.asked += 1;
        let asked = self.asked;
        let found = self.views.iter().position(|held| held.by == by && held.view.periods() == periods);
        let at = found.unwrap_or_else(|| {
            if self.views.len() >= VIEWS
                && let Some(oldest) = (0..self.views.len()).min_by_key(|i| self.views[*i].asked)
            {
                self.views.swap_remove(oldest);
            }
            let view = self.cube.view(by, periods);
            self.views.push(Held { by, view, asked });
            self.views.len() - 1
        });
        self.views[at].asked = asked;
        Seen { cube: &self.cube, view: &self.views[at].view }
    }

    /// The first month that each outermost system has records of, mistyped years apart.
    pub(crate) fn first_months(&mut self) -> BTreeMap<String, NaiveDate> {
        let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or_default();
        let months: Vec<NaiveDate> = (0..(LAST_YEAR - FIRST_YEAR) as u32 * 12)
            .filter_map(|n| first.checked_add_months(Months::new(n)))
            .collect();
        let period = |month: &NaiveDate| {
            let next = month.checked_add_months(Months::new(1)).unwrap_or(*month);
            Period { from: *month, to: next.pred_opt().unwrap_or(*month) }
        };
        let periods: Vec<Period> = months.iter().map(period).collect();
        let seen = self.view([Dimension::System].into(), &periods);
        let mut received: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (i, cell) in seen.view.cells().iter().enumerate() {
            let system = outermost(cell.get(Dimension::System).unwrap_or_default()).to_owned();
            let sums = received.entry(system).or_insert_with(|| vec![0; months.len()]);
            for (sum, figures) in sums.iter_mut().zip(seen.view.figures(i)) {
                *sum += figures.counts.received.unwrap_or(0);
            }
        }
        let begins = |sums: &[u64]| {
            let all: u64 = sums.iter().sum();
            let mut upto = 0;
            let place = sums.iter().position(|n| {
                upto += n;
                upto > all / MISTYPED
            });
            place.map(|i| months[i])
        };
        received.into_iter().filter_map(|(system, sums)| Some((system, begins(&sums)?))).collect()
    }

    /// The values of a dimension that any dossier has.
    pub(crate) fn values(&mut self, dimension: Dimension) -> BTreeSet<String> {
        let cells = self.view([dimension].into(), &[]).view.cells();
        cells.iter().filter_map(|cell| cell.get(dimension).map(ToOwned::to_owned)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::dossier::{Channel, Status};

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(&format!("{text}T09:00:00+07:00")).expect("a day")
    }

    fn version(system: &str, received: &str, finished: Option<&str>) -> Version {
        Version {
            system: system.into(),
            code: "H21-260101-0001".into(),
            procedure: None,
            field: None,
            unit: None,
            channel: Some(Channel::Online),
            received_at: Some(at(received)),
            due_at: None,
            finished_at: finished.map(at),
            status: Some(if finished.is_some() { Status::Finished } else { Status::Processing }),
            valid_from: at("2026-05-01"),
            valid_to: None,
        }
    }

    fn loaded(moment: Option<Ms>) -> Loaded {
        Loaded::new(moment, Calendar::builtin().expect("calendar"), 0)
    }

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().expect("a day"), to: to.parse().expect("a day") }
    }

    #[test]
    fn a_view_asked_for_again_is_the_one_kept_true_since() {
        let mut loaded = loaded(None);
        let may = [period("2026-05-01", "2026-05-31")];
        loaded.set(1, &[version("tinh", "2026-05-04", None)]);
        let pending = |loaded: &mut Loaded| {
            let seen = loaded.view([Dimension::System].into(), &may);
            seen.view.figures(0).first().map(|f| (f.counts.pending, f.counts.done))
        };
        assert_eq!(pending(&mut loaded), Some((Some(1), Some(0))));
        loaded.set(1, &[version("tinh", "2026-05-04", Some("2026-05-06"))]);
        loaded.set(2, &[version("tinh", "2026-05-05", None)]);
        assert_eq!(pending(&mut loaded), Some((Some(1), Some(1))));
        assert_eq!(loaded.views.len(), 1);
        loaded.set(2, &[]);
        assert_eq!((pending(&mut loaded), loaded.len()), (Some((Some(0), Some(1))), 1));
    }

    #[test]
    fn views_beyond_the_limit_give_way_and_come_back_right() {
        let mut loaded = loaded(None);
        loaded.set(1, &[version("tinh", "2026-05-04", None)]);
        for day in 1..=28 {
            let day = NaiveDate::from_ymd_opt(2026, 5, day).expect("a day");
            let seen = loaded.view(Dimensions::default(), &[Period { from: day, to: day }]);
            let received = seen.view.figures(0)[0].counts.received;
            assert_eq!(received, Some(u64::from(day.to_string() == "2026-05-04")));
        }
        assert_eq!(loaded.views.len(), VIEWS);
    }

    #[test]
    fn what_was_known_at_a_moment_has_no_version_of_later() {
        let mut then = loaded(Some(at("2026-05-02")));
        let mut early = version("tinh", "2026-04-30", None);
        early.valid_to = Some(at("2026-05-10"));
        let late =
            Version { valid_from: at("2026-05-10"), ..version("tinh", "2026-04-30", Some("2026-05-08")) };
        then.set(1, &[early, late.clone()]);
        then.set(2, &[late]);
        let seen = then.view(Dimensions::default(), &[period("2026-05-01", "2026-05-31")]);
        let counts = seen.view.figures(0)[0].counts;
        assert_eq!((counts.pending, counts.done), (Some(1), Some(0)));
    }

    #[test]
    fn a_mistyped_year_does_not_make_records_begin_there() {
        let mut loaded = loaded(None);
        loaded.set(0, &[version("tinh", "2016-05-04", None)]);
        for n in 1..=1500 {
            loaded.set(n, &[version("tinh", "2026-02-04", None)]);
        }
        loaded.set(2000, &[version("bo.byt", "2026-03-04", None)]);
        let first = loaded.first_months();
        let months: Vec<(&str, String)> = first.iter().map(|(s, m)| (s.as_str(), m.to_string())).collect();
        assert_eq!(months, [("bo", "2026-03-01".to_owned()), ("tinh", "2026-02-01".to_owned())]);
        assert_eq!(loaded.values(Dimension::System), ["bo.byt", "tinh"].map(str::to_owned).into());
    }
}
