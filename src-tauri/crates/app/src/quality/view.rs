//! What the rules found, for the window.

use super::{Scan, Wanted};
use crate::{
    App,
    dossiers::{Names, count},
    messages,
    wire::{
        DossierFilter, QualityArgs, QualityCount, QualityDay, QualityRule, QualityState, QualityUnit,
        QualityView, SplitBy, WireError,
    },
};
use pvhcc_domain::{
    dossier::systems::outermost,
    quality::{Mender, PartId, Rule, Standing, Tally},
    text::lower_first,
};
use std::{cmp::Reverse, collections::BTreeMap};

impl App {
    pub(crate) async fn dossier_quality(&self, args: QualityArgs) -> Result<QualityView, WireError> {
        let names = self.names().await?;
        let wanted = Wanted::new(&args, &names);
        let walking = self.walking().await?;
        let (found, today, all) = self
            .scanned(move |scan| (Found::of(scan, &wanted, &names), scan.today(), everything(scan)))
            .await?;
        // A count of half of the records would stand there as progress.
        if walking.is_empty() && all.looked > 0 {
            let day = pvhcc_store::QualityDay { day: today, records: all.looked, faulty: all.found };
            let noted = self.0.store.quality_days().await.map_err(|e| messages::store(&e))?;
            if noted.last() != Some(&day) {
                self.0.store.note_quality(day).await.map_err(|e| messages::store(&e))?;
            }
        }
        let mut notes = Vec::new();
        if !walking.is_empty() {
            notes.push("Đang lấy bản ghi lần đầu, số đếm chưa đủ.".to_owned());
        }
        if !found.catalogue {
            notes.push(
                "Chưa có danh mục TTHC nên chưa xét được thủ tục nào không có trong danh mục.".to_owned(),
            );
        }
        let history = self.0.store.quality_days().await.map_err(|e| messages::store(&e))?;
        let history = history
            .into_iter()
            .map(|d| QualityDay { day: d.day.to_string(), records: d.records, faulty: d.faulty })
            .collect();
        let systems = args.system.into_iter().filter(|code| !code.is_empty()).collect();
        let of = self.asked("", DossierFilter { systems, ..DossierFilter::default() }, None).await?;
        let provenance = self.record_provenance(&of).await?;
        Ok(QualityView { history, notes, provenance, ..found.view })
    }
}

fn everything(scan: &Scan) -> Tally {
    scan.parts.iter().map(|(id, _)| scan.report.records(id)).sum()
}

/// The view without what must be asked of the store.
struct Found {
    view: QualityView,
    catalogue: bool,
}

impl Found {
    fn of(scan: &Scan, wanted: &Wanted, names: &Names) -> Self {
        let parts: Vec<PartId> =
            scan.parts.iter().filter(|(_, part)| wanted.takes(part)).map(|(id, _)| id).collect();
        let total: Tally = parts.iter().map(|id| scan.report.records(*id)).sum();
        let mut rules: Vec<QualityRule> =
            Rule::ALL.iter().map(|rule| rule_row(scan, &parts, *rule, names)).collect();
        rules.sort_by_key(|rule| Reverse(rule.found));
        let faults = rules.iter().map(|rule| rule.found).sum();
        let view = QualityView {
            title: title(total, faults, &rules, wanted),
            state: state(total),
            records: total.looked,
            faulty: total.found,
            faults,
            rules,
            units: units(scan, &parts, wanted, names),
            systems: by_system(scan, &parts, names, |id| scan.report.records(id)),
            history: Vec::new(),
            provenance: Vec::new(),
            notes: Vec::new(),
        };
        Self { view, catalogue: scan.has_catalogue() }
    }
}

fn title(total: Tally, faults: u64, rules: &[QualityRule], wanted: &Wanted) -> String {
    let place = wanted.words();
    let of = if place.is_empty() { String::new() } else { format!(" ({})", place.join(" · ")) };
    match (total.standing(), rules.first()) {
        (Standing::Nothing, _) => format!("Không có bản ghi nào để xét{of}."),
        (Standing::Clean, _) => format!("{} bản ghi{of}, không bản ghi nào có lỗi.", count(total.looked)),
        (Standing::Found, first) => {
            let most = first.map_or_else(String::new, |rule| {
                format!("; nhiều nhất: {} ({})", lower_first(&rule.name), count(rule.found))
            });
            let faults =
                if faults == total.found { String::new() } else { format!(", {} lỗi", count(faults)) };
            let (found, looked) = (count(total.found), count(total.looked));
            format!("{found} bản ghi có lỗi trong {looked}{of}{faults}{most}.")
        }
    }
}

fn state(tally: Tally) -> QualityState {
    match tally.standing() {
        Standing::Nothing => QualityState::Nothing,
        Standing::Clean => QualityState::Clean,
        Standing::Found => QualityState::Found,
    }
}

fn rule_row(scan: &Scan, parts: &[PartId], rule: Rule, names: &Names) -> QualityRule {
    let tally: Tally = parts.iter().map(|id| scan.report.tally(*id, rule)).sum();
    let about = rule.about();
    let mut systems = by_system(scan, parts, names, |id| scan.report.tally(id, rule));
    systems.retain(|system| system.found > 0);
    QualityRule {
        id: rule.as_str().to_owned(),
        name: about.name.to_owned(),
        why: about.why.to_owned(),
        mend: about.mend.to_owned(),
        mender: mender(about.mender).to_owned(),
        state: state(tally),
        text: match tally.standing() {
            Standing::Nothing if rule == Rule::UnknownProcedure && !scan.has_catalogue() => {
                "chưa có danh mục để đối chiếu".to_owned()
            }
            Standing::Nothing => "không có bản ghi nào để xét".to_owned(),
            Standing::Clean => format!("không lỗi trong {} bản ghi", count(tally.looked)),
            Standing::Found => format!("{} trong {} bản ghi", count(tally.found), count(tally.looked)),
        },
        looked: tally.looked,
        found: tally.found,
        systems,
    }
}

pub(super) fn mender(mender: Mender) -> &'static str {
    match mender {
        Mender::Unit => "đơn vị xử lý hồ sơ",
        Mender::System => "đơn vị vận hành hệ thống",
        Mender::Catalogue => "đầu mối quản lý danh mục TTHC và đơn vị",
    }
}

fn by_system(
    scan: &Scan,
    parts: &[PartId],
    names: &Names,
    tally: impl Fn(PartId) -> Tally,
) -> Vec<QualityCount> {
    let mut sums: BTreeMap<&str, Tally> = BTreeMap::new();
    for id in parts {
        let Some(part) = scan.parts.get(*id) else { continue };
        sums.entry(outermost(&part.system)).or_default().add(tally(*id));
    }
    let mut counts: Vec<QualityCount> = sums
        .into_iter()
        .map(|(code, tally)| QualityCount {
            code: code.to_owned(),
            name: names.name(SplitBy::System, code),
            found: tally.found,
            looked: tally.looked,
        })
        .collect();
    counts.sort_by_key(|c| Reverse(c.looked));
    counts
}

fn units(scan: &Scan, parts: &[PartId], wanted: &Wanted, names: &Names) -> Vec<QualityUnit> {
    let mut by_unit: BTreeMap<&str, Vec<PartId>> = BTreeMap::new();
    for id in parts {
        let unit = scan.parts.get(*id).and_then(|part| part.unit.as_deref()).unwrap_or_default();
        by_unit.entry(unit).or_default().push(*id);
    }
    let mut units: Vec<QualityUnit> = by_unit
        .into_iter()
        .filter_map(|(code, parts)| {
            let records: Tally = parts.iter().map(|id| scan.report.records(*id)).sum();
            let rules = Rule::ALL.iter().filter_map(|rule| {
                let tally: Tally = parts.iter().map(|id| scan.report.tally(*id, *rule)).sum();
                let (code, name) = (rule.as_str().to_owned(), rule.about().name.to_owned());
                (tally.found > 0).then_some(QualityCount {
                    code,
                    name,
                    found: tally.found,
                    looked: tally.looked,
                })
            });
            (records.found > 0).then(|| QualityUnit {
                code: code.to_owned(),
                name: names.name(SplitBy::Unit, code),
                group: wanted.group(code),
                records: records.looked,
                faulty: records.found,
                share: (records.looked > 0).then(|| records.found as f64 / records.looked as f64),
                rules: rules.collect(),
            })
        })
        .collect();
    units.sort_by(|a, b| b.faulty.cmp(&a.faulty).then_with(|| a.code.cmp(&b.code)));
    units
}
