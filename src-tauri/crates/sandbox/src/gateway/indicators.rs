//! Indicators of QĐ 766, computed from seed, unit and month: months add up to quarters and the year, units to the province, and
//! scores follow from the counts. Numbers grow day by day while a month lasts.

use super::Gateway;
use crate::noise::{unit, word};
use chrono::{Datelike, Days, Months, NaiveDate};
use pvhcc_domain::{
    indicators::{Component, Points, Scheme, Schemes},
    time::Ms,
    units::Units,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

const SCENARIO: &str = include_str!("../../../../../assets/sandbox/indicators.json");
/// Code of the province on the portal.
const PROVINCE: &str = "H21";
/// First year with numbers.
const FIRST_YEAR: i32 = 2026;
/// The portal computes at six in the morning what there was up to the day before.
const COMPUTED_AT_MS: i64 = 6 * 3_600_000;

#[derive(Deserialize)]
struct Scenario {
    counts: HashMap<String, Count>,
    components: Vec<Rate>,
}

/// What a denominator counts: how much a unit of each kind has, a month when it flows.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Count {
    agency: f64,
    ward: f64,
    commune: f64,
    flow: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct Rate {
    code: String,
    of: String,
    rate: f64,
    spread: f64,
    slope: f64,
    flag: Option<String>,
}

/// Kinds of units that have different amounts.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Agency,
    Ward,
    Commune,
}

/// One row of `/v1/indicators`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct IndicatorRow {
    unit: String,
    code: String,
    name: String,
    numerator: Option<u64>,
    denominator: Option<u64>,
    ratio: Option<f64>,
    score: Option<Points>,
    max_score: Option<Points>,
    flags: Vec<String>,
}

/// A period with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Answer {
    as_of: String,
    period: String,
    from: NaiveDate,
    to: NaiveDate,
    indicators: Vec<IndicatorRow>,
}

/// What was asked wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Period,
    Units,
}

/// First and last day of a period as the contract writes it.
fn span(period: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (year, rest) = period.split_at_checked(4)?;
    let year: i32 = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse().ok())??;
    let (month, months) = match rest.as_bytes() {
        [] => (1, 12),
        [b'-', b'Q', quarter @ b'1'..=b'4'] => (u32::from(quarter - b'1') * 3 + 1, 3),
        [b'-', a @ b'0'..=b'1', b @ b'0'..=b'9'] => (u32::from(a - b'0') * 10 + u32::from(b - b'0'), 1),
        _ => return None,
    };
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    let to = from.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
    Some((from, to))
}

impl Gateway {
    /// The rows of a period for some units, or for all.
    pub(super) fn indicators(&self, period: &str, units: Option<&str>, now: Ms) -> Result<Answer, Wrong> {
        let as_of = now.plus(-COMPUTED_AT_MS).day();
        let (from, to) = span(period)
            .filter(|(from, _)| from.year() >= FIRST_YEAR && *from <= as_of)
            .ok_or(Wrong::Period)?;
        let scenario: Scenario =
            serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in indicators: {e}"));
        let schemes = Schemes::builtin().unwrap_or_else(|e| unreachable!("built-in indicators: {e}"));
        let scheme = schemes.on(to.min(as_of));
        let all = scored();
        let wanted: Option<Vec<&str>> = units.map(|list| list.split(',').collect());
        let known = |code: &&str| *code == PROVINCE || all.iter().any(|(unit, _)| unit == code);
        if wanted.iter().flatten().any(|code| !known(code)) {
            return Err(Wrong::Units);
        }
        let shown = |code: &str| wanted.as_ref().is_none_or(|list| list.contains(&code));
        let mut rows = Vec::new();
        let mut whole: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (code, kind) in &all {
            let mut counts = BTreeMap::new();
            for rate in &scenario.components {
                let Some(count) = scenario.counts.get(&rate.of) else { continue };
                let (n, d) = self.counted(code, *kind, rate, *count, (from, to), as_of);
                let sum = whole.entry(&rate.code).or_default();
                *sum = (sum.0 + n, sum.1 + d);
                counts.insert(rate.code.as_str(), (n, d));
            }
            if shown(code) {
                rows.extend(card(scheme, code, &counts, &scenario.components, to >= as_of));
            }
        }
        if shown(PROVINCE) {
            rows.extend(card(scheme, PROVINCE, &whole, &scenario.components, to >= as_of));
        }
        let as_of = Ms::at(as_of, 6, 0).to_rfc3339();
        Ok(Answer { as_of, period: period.to_owned(), from, to, indicators: rows })
    }

    /// Above and below the line of one component, for a unit and the days up to `as_of`.
    fn counted(
        &self,
        code: &str,
        kind: Kind,
        rate: &Rate,
        count: Count,
        (from, to): (NaiveDate, NaiveDate),
        as_of: NaiveDate,
    ) -> (u64, u64) {
        let (unit_key, rate_key, count_key) = (word(code), word(&rate.code), word(&rate.of));
        let amount = match kind {
            Kind::Agency => count.agency,
            Kind::Ward => count.ward,
            Kind::Commune => count.commune,
        };
        // How large the unit is and how well it works, the same in every month.
        let size = 0.5 + unit(self.seed, &[unit_key, 90]);
        let good = unit(self.seed, &[unit_key, 91]) + unit(self.seed, &[unit_key, rate_key, 92]) - 1.0;
        let month = |first: NaiveDate| {
            let n = u64::from(first.month0()) + 12 * (first.year() - FIRST_YEAR).unsigned_abs() as u64;
            let draw = |key: u64, purpose: u64| unit(self.seed, &[unit_key, key, n, purpose]);
            let end = first.checked_add_months(Months::new(1)).unwrap_or(first);
            let past = (end.min(as_of) - first).num_days().max(0) as f64 / (end - first).num_days() as f64;
            let whole =
                if count.flow { amount * size * (0.85 + 0.3 * draw(count_key, 93)) * past } else { amount };
            let denominator = (whole + draw(count_key, 94)) as u64 * u64::from(amount > 0.0);
            let share =
                rate.rate + rate.spread * good + rate.slope * n as f64 + 0.04 * (draw(rate_key, 95) - 0.5);
            let numerator = denominator as f64 * share.clamp(0.0, 1.0) + draw(rate_key, 96);
            ((numerator as u64).min(denominator), denominator)
        };
        let months = std::iter::successors(Some(from), |day| day.checked_add_months(Months::new(1)))
            .take_while(|day| *day <= to && *day <= as_of)
            .map(month);
        if count.flow {
            months.fold((0, 0), |sum, m| (sum.0 + m.0, sum.1 + m.1))
        } else {
            months.last().unwrap_or_default()
        }
    }
}

/// Codes of the scored units with their kinds.
fn scored() -> Vec<(String, Kind)> {
    let units = Units::builtin().unwrap_or_else(|e| unreachable!("built-in units: {e}"));
    let agencies = units.organisations().iter().filter(|u| u.scored);
    let agencies = agencies.filter_map(|u| Some((u.dvcqg_code.clone()?, Kind::Agency)));
    let kind = |kind: &str| if kind == "phường" { Kind::Ward } else { Kind::Commune };
    let communes = units.communes().iter().map(|c| (c.dvcqg_code.clone(), kind(&c.kind)));
    agencies.chain(communes).collect()
}

/// The rows of one unit: components, blocks, total. `running`: the period is not over.
fn card(
    scheme: &Scheme,
    code: &str,
    counts: &BTreeMap<&str, (u64, u64)>,
    rates: &[Rate],
    running: bool,
) -> Vec<IndicatorRow> {
    let mut rows = Vec::new();
    let mut total = None;
    let plus = |a: Option<Points>, b: Option<Points>| match (a, b) {
        (Some(a), Some(b)) => Some([a, b].into_iter().sum()),
        (a, b) => a.or(b),
    };
    let sum = |code: &str, of: &str, name: &str, score, max| IndicatorRow {
        unit: code.to_owned(),
        code: of.to_owned(),
        name: name.to_owned(),
        numerator: None,
        denominator: None,
        ratio: None,
        score,
        max_score: Some(max),
        flags: Vec::new(),
    };
    for block in &scheme.blocks {
        let mut points = None;
        for component in &block.components {
            let rate = rates.iter().find(|r| r.code == component.code);
            let row = component_row(code, component, counts.get(&*component.code).copied(), rate, running);
            points = plus(points, row.score);
            rows.push(row);
        }
        total = plus(total, points);
        rows.push(sum(code, &block.code, &block.name, points, block.max()));
    }
    rows.push(sum(code, &scheme.id, &scheme.title, total, scheme.max()));
    rows
}

fn component_row(
    unit: &str,
    component: &Component,
    counts: Option<(u64, u64)>,
    rate: Option<&Rate>,
    running: bool,
) -> IndicatorRow {
    let counts = counts.filter(|(_, denominator)| *denominator > 0);
    let flag = rate.and_then(|r| r.flag.clone()).filter(|flag| match flag.as_str() {
        "NO_NATIONAL_REPORT_DATA" => counts.is_none(),
        _ => running,
    });
    IndicatorRow {
        unit: unit.to_owned(),
        code: component.code.clone(),
        name: component.name.clone(),
        numerator: counts.map(|(n, _)| n),
        denominator: counts.map(|(_, d)| d),
        ratio: counts.map(|(n, d)| n as f64 / d as f64),
        score: counts.and_then(|(n, d)| component.score(n, d)),
        max_score: Some(component.max),
        flags: flag.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::training_start;

    fn gateway() -> Gateway {
        Gateway::new(1, std::sync::Arc::default())
    }

    fn find<'a>(answer: &'a Answer, unit: &str, code: &str) -> &'a IndicatorRow {
        answer.indicators.iter().find(|r| r.unit == unit && r.code == code).expect("row")
    }

    #[test]
    fn periods_are_years_quarters_and_months() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("day");
        for (period, from, to) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-Q2", "2026-04-01", "2026-06-30"),
            ("2026-02", "2026-02-01", "2026-02-28"),
            ("2026-12", "2026-12-01", "2026-12-31"),
        ] {
            assert_eq!(span(period), Some((day(from), day(to))), "{period}");
        }
        for bad in ["", "26", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-1", "x026", "2026-05-01", "năm"]
        {
            assert_eq!(span(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_year_is_near_the_real_shape_and_months_add_up_to_it_as_units_to_the_province() {
        let (gateway, now) = (gateway(), training_start());
        let year = gateway.indicators("2026", None, now).expect("year");
        let rows = find(&year, PROVINCE, "qd766");
        let total = rows.score.expect("scored").number();
        assert!((60.0..72.0).contains(&total), "{total}");
        let months: Vec<Answer> =
            (1..=5).map(|m| gateway.indicators(&format!("2026-{m:02}"), None, now).expect("month")).collect();
        let sum = |unit: &str| {
            months.iter().map(|m| find(m, unit, "DOSSIER_SYNC").denominator.unwrap_or(0)).sum::<u64>()
        };
        assert_eq!(Some(sum("H21.17")), find(&year, "H21.17", "DOSSIER_SYNC").denominator);
        let units = year.indicators.iter().filter(|r| r.unit != PROVINCE && r.code == "ONLINE_PAYMENT");
        let (numerators, count) = units.fold((0, 0), |(n, c), r| (n + r.numerator.unwrap_or(0), c + 1));
        assert_eq!((Some(numerators), count), (find(&year, PROVINCE, "ONLINE_PAYMENT").numerator, 149));
        let communes: Vec<f64> = (year.indicators.iter())
            .filter(|r| r.code == "qd766" && r.unit != PROVINCE)
            .filter_map(|r| Some(r.score?.number()))
            .collect();
        assert_eq!(communes.len(), 149);
        assert!(communes.iter().all(|s| (35.0..90.0).contains(s)), "{communes:?}");
    }

    #[test]
    fn blocks_are_the_sums_of_their_components_and_nothing_is_scored_without_a_denominator() {
        let answer = gateway().indicators("2026-05", None, training_start()).expect("month");
        let mut nulls = 0;
        for row in &answer.indicators {
            assert!(row.score.is_none_or(|s| Some(s) <= row.max_score), "{row:?}");
            if row.denominator.is_none() && row.max_score > Some(Points::default()) && row.flags.len() == 1 {
                assert!(row.score.is_none() && row.ratio.is_none(), "{row:?}");
                nulls += 1;
            }
        }
        assert!(nulls > 30, "petitions are rare: {nulls}");
        let part = |code: &str| find(&answer, "H21.17", code).score;
        let parts: Vec<Points> =
            ["CKMB", "TDGQ", "CLGQ", "TTTT", "MDSH", "MDHL"].into_iter().filter_map(part).collect();
        assert_eq!(Some(parts.into_iter().sum()), part("qd766"));
    }

    #[test]
    fn what_has_not_begun_and_who_is_not_scored_are_refused() {
        let (gateway, now) = (gateway(), training_start());
        for period in ["2026-06", "2025", "2026-Q3", "2027", "x"] {
            assert_eq!(gateway.indicators(period, None, now), Err(Wrong::Period), "{period}");
        }
        assert_eq!(gateway.indicators("2026", Some("H21.17,H21.999"), now), Err(Wrong::Units));
        let two = gateway.indicators("2026", Some("H21.17,H21"), now).expect("two");
        let mut units: Vec<&str> = two.indicators.iter().map(|r| &*r.unit).collect();
        units.dedup();
        assert_eq!(units, ["H21.17", "H21"]);
    }
}
