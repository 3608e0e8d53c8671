//! The records behind a count.

use super::{Wanted, wanted};
use crate::{
    App,
    dossiers::{count, line, standing},
    messages,
    wire::{QualityLine, QualityListArgs, QualityListView, WireError},
};
use pvhcc_domain::{
    dossier::{DossierId, Period},
    quality::{Judged, Rule},
    text::lower_first,
    time::Ms,
};
use pvhcc_store::KeptRecord;
use std::collections::HashMap;

/// Rows given when nobody says how many.
const ROWS: u32 = 200;

/// A record at fault.
pub(super) struct AtFault {
    pub(super) kept: KeptRecord,
    pub(super) judged: Judged,
}

impl App {
    pub(crate) async fn dossier_quality_list(
        &self,
        args: QualityListArgs,
    ) -> Result<QualityListView, WireError> {
        let rule = wanted::rule(args.rule.as_deref())?;
        let names = self.names().await?;
        let asked = Wanted::new(&args.of, &names);
        let (first, most) = (args.offset as usize, args.limit.unwrap_or(ROWS) as usize);
        let (all, some) = self.at_fault(&asked, rule, first, most).await?;
        let calendar = self.calendar_said_by(Ms(i64::MAX)).await?;
        let today = self.now().day();
        let rows = some
            .into_iter()
            .map(|AtFault { kept, judged }| {
                let record = kept.record;
                let versions = [record.version(Ms(i64::MIN), None)];
                let day = Period { from: today, to: today };
                let standing = standing(&versions, Ms(0), day, &record, &calendar);
                QualityLine {
                    line: line(kept.dossier, &record, standing, &names),
                    record: record.record,
                    faults: judged.found.iter().map(|rule| rule.about().name.to_owned()).collect(),
                    rules: judged.found.iter().map(|rule| rule.as_str().to_owned()).collect(),
                }
            })
            .collect();
        Ok(QualityListView {
            title: title(all, rule, &asked),
            count: u32::try_from(all).unwrap_or(u32::MAX),
            rows,
        })
    }

    /// How many records are at fault, and some of them, in the order of their dossiers.
    pub(super) async fn at_fault(
        &self,
        asked: &Wanted,
        rule: Option<Rule>,
        first: usize,
        most: usize,
    ) -> Result<(usize, Vec<AtFault>), WireError> {
        let wanted = asked.clone();
        let found = self.scanned(move |scan| scan.found(&|part| wanted.takes(part), rule)).await?;
        let some: Vec<(DossierId, u32, Judged)> = found.iter().skip(first).take(most).copied().collect();
        let mut numbers: Vec<DossierId> = some.iter().map(|(dossier, ..)| *dossier).collect();
        numbers.dedup();
        let kept = self.0.store.records_of(&numbers, None).await.map_err(|e| messages::store(&e))?;
        let mut kept: HashMap<(DossierId, u32), KeptRecord> =
            kept.into_iter().map(|one| ((one.dossier, one.ordinal), one)).collect();
        // One that changed since it was judged may be gone; the next question counts anew.
        let rows = some.into_iter().filter_map(|(dossier, ordinal, judged)| {
            kept.remove(&(dossier, ordinal)).map(|kept| AtFault { kept, judged })
        });
        Ok((found.len(), rows.collect()))
    }
}

/// `42 bản ghi: không có ngày tiếp nhận · hệ thống tỉnh · Sở Y tế`.
pub(super) fn title(all: usize, rule: Option<Rule>, asked: &Wanted) -> String {
    let what =
        rule.map_or_else(|| "có lỗi".to_owned(), |rule| format!("lỗi “{}”", lower_first(rule.about().name)));
    let mut words = vec![format!("{} bản ghi {what}", count(all as u64))];
    words.extend(asked.words());
    words.join(" · ")
}
