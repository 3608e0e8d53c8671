//! Indicators of QĐ 766: what the portal scores, what the formulas make of its counts, what is counted here from records; the
//! unit's place, its months, what would move its score most; and the rates beside them.

mod cards;
mod files;
mod rates;
mod view;

use crate::{
    App,
    dossiers::period,
    messages,
    wire::{ErrorCode, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    dossier::Period,
    indicators::{Card, Points, Scheme, Schemes, Sheet},
};
use pvhcc_store::IndicatorPeriod;

/// The indicators of one period.
struct Told {
    period: IndicatorPeriod,
    scheme: Scheme,
    sheets: Vec<Sheet>,
}

impl Told {
    fn span(&self) -> Period {
        Period { from: self.period.from, to: self.period.to }
    }

    fn sheet(&self, unit: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.unit == unit)
    }

    /// The total of a unit, where it has one.
    fn total(&self, unit: &str) -> Option<Points> {
        Card::of(&self.scheme, self.sheet(unit)?).total()
    }
}

impl App {
    /// Code of the whole province on the portal: what the codes of its units begin with.
    fn province_code(&self) -> String {
        let code = self.0.units.organisations().iter().find_map(|unit| unit.dvcqg_code.as_deref());
        code.and_then(|code| code.split_once('.')).map_or_else(String::new, |(head, _)| head.to_owned())
    }

    /// The period asked for, or the year of the newest numbers; `None` when nothing was told yet.
    ///
    /// # Errors
    /// `Invalid` for what is no period, `NotFound` for one that there are no indicators of.
    fn indicator_period(
        known: &[IndicatorPeriod],
        asked: &str,
    ) -> Result<Option<IndicatorPeriod>, WireError> {
        let asked = asked.trim();
        if asked.is_empty() {
            // The newest and longest stands first.
            return Ok(known.first().cloned());
        }
        let id = period::id(period::parse(asked)?);
        let found = known.iter().find(|k| k.period == id).cloned();
        found.map(Some).ok_or_else(|| {
            let there: Vec<&str> = known.iter().map(|k| k.period.as_str()).collect();
            let there = if there.is_empty() { "chưa có kỳ nào".to_owned() } else { there.join(", ") };
            let message = format!("Chưa có chỉ số của kỳ “{asked}”. Các kỳ đang có: {there}.");
            WireError::new(ErrorCode::NotFound, message).with("field", "period")
        })
    }

    async fn indicators_told(&self, period: IndicatorPeriod) -> Result<Told, WireError> {
        let schemes = Schemes::builtin().map_err(|e| messages::builtin(&e))?;
        let scheme = schemes.on(period.to.min(self.now().day())).clone();
        let sheets = self.0.store.indicators(&period.period).await.map_err(|e| messages::store(&e))?;
        Ok(Told { scheme, sheets, period })
    }

    /// The period before, when there are indicators of it.
    async fn told_before(&self, known: &[IndicatorPeriod], of: Period) -> Result<Option<Told>, WireError> {
        let id = period::id(period::previous(of));
        match known.iter().find(|k| k.period == id).cloned() {
            Some(before) => self.indicators_told(before).await.map(Some),
            None => Ok(None),
        }
    }

    /// The months that there are indicators of in a year, oldest first.
    async fn told_months(&self, known: &[IndicatorPeriod], year: i32) -> Result<Vec<Told>, WireError> {
        use chrono::Datelike as _;
        let mut months: Vec<&IndicatorPeriod> =
            known.iter().filter(|k| k.from.year() == year && is_month(k.from, k.to)).collect();
        months.sort_by_key(|k| k.from);
        let mut told = Vec::new();
        for month in months {
            told.push(self.indicators_told(month.clone()).await?);
        }
        Ok(told)
    }
}

fn is_month(from: NaiveDate, to: NaiveDate) -> bool {
    period::id(Period { from, to }).len() == "2026-05".len() && !period::id(Period { from, to }).contains('Q')
}
