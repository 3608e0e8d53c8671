//! What there is to choose from: periods, systems, units, fields, procedures, channels.

use super::{asked::first_shown, names::Names, period};
use crate::{
    App,
    wire::{DossierChoice, DossierChoicesView, SplitBy, UnitGroup, WireError},
};
use chrono::Months;
use pvhcc_domain::{
    dossier::{Channel, Period},
    figures::cell::Dimension,
    text::collate_key,
};
use std::collections::BTreeSet;

impl App {
    pub(crate) async fn dossier_choices(&self) -> Result<DossierChoicesView, WireError> {
        let (names, reports) = (self.names().await?, self.reports(None).await?);
        let today = self.now().day();
        let (records, first, seen) = self
            .of_records(None, move |loaded| {
                let all = Dimension::ALL.map(|dimension| loaded.values(dimension));
                (loaded.len(), loaded.first_months(), all)
            })
            .await?;
        let [mut systems, mut units, mut fields, mut procedures, _] = seen;
        for report in reports.all() {
            let values = [
                (Dimension::System, &mut systems),
                (Dimension::Unit, &mut units),
                (Dimension::Field, &mut fields),
                (Dimension::Procedure, &mut procedures),
            ];
            for (dimension, values) in values {
                values.extend(report.cell.get(dimension).map(ToOwned::to_owned));
            }
        }
        // Parts of a system stand beneath it, and it stands there for them.
        let wholes: Vec<String> =
            systems.iter().map(|code| pvhcc_domain::dossier::systems::outermost(code).to_owned()).collect();
        systems.extend(wholes);
        // What nobody tells of can be asked for too: the answer says so.
        let listed = names.systems.all().iter().map(|system| system.code.clone());
        systems.extend(listed.filter(|code| pvhcc_domain::dossier::systems::outermost(code) == code));
        let from = first.values().copied().chain(reports.span().map(|span| span.from)).min();
        Ok(DossierChoicesView {
            period: period::view(first_shown(&reports, today)),
            systems: sorted(&names, SplitBy::Subsystem, systems, |code| code.to_owned()),
            units: self::units(&names, &units),
            fields: sorted(&names, SplitBy::Field, fields, |code| names.name(SplitBy::Field, code)),
            procedures: sorted(&names, SplitBy::Procedure, procedures, |code| {
                names.name(SplitBy::Procedure, code)
            }),
            channels: [Channel::Online, Channel::Direct, Channel::Postal]
                .map(|channel| choice(&names, SplitBy::Channel, channel.as_str()))
                .into(),
            months: months(from.unwrap_or(today), today),
            reported_to: reports.span().map(|span| span.to.to_string()),
            records: u32::try_from(records).unwrap_or(u32::MAX),
        })
    }
}

/// Months from the first to today's, latest first; ten years at most.
fn months(first: chrono::NaiveDate, today: chrono::NaiveDate) -> Vec<crate::wire::PeriodView> {
    let since = today.checked_sub_months(Months::new(120)).unwrap_or(first);
    let from = chrono::Datelike::with_day(&first.max(since), 1).unwrap_or(first);
    let end = chrono::Datelike::with_day(&today, 1)
        .and_then(|day| day.checked_add_months(Months::new(1)))
        .and_then(|day| day.pred_opt());
    let mut months = period::months(Period { from, to: end.unwrap_or(today) });
    months.reverse();
    months.into_iter().map(period::view).collect()
}

fn choice(names: &Names, by: SplitBy, code: &str) -> DossierChoice {
    DossierChoice {
        code: code.to_owned(),
        name: names.name(by, code),
        short: names.short(by, code),
        group: (by == SplitBy::Unit).then(|| names.units().group(code)),
    }
}

fn sorted(
    names: &Names,
    by: SplitBy,
    codes: BTreeSet<String>,
    order: impl Fn(&str) -> String,
) -> Vec<DossierChoice> {
    let mut codes: Vec<String> = codes.into_iter().filter(|code| !code.is_empty()).collect();
    codes.sort_by_cached_key(|code| collate_key(&order(code)));
    codes.iter().map(|code| choice(names, by, code)).collect()
}

/// Every unit of the lists, then those seen that are in none.
fn units(names: &Names, seen: &BTreeSet<String>) -> Vec<DossierChoice> {
    let listed = names.units().codes();
    let unknown =
        seen.iter().filter(|code| !code.is_empty() && names.units().group(code) == UnitGroup::Unknown);
    listed.iter().chain(unknown).map(|code| choice(names, SplitBy::Unit, code)).collect()
}
