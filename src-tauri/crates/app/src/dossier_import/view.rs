//! What was found in a file, as shown.

use super::{
    look::is_read,
    pass::Told,
    plan::{Plan, World, personal},
    preview,
    uploads::Upload,
    words,
};
use crate::wire::{
    ColumnFate, ImportColumn, ImportSheet, ImportSkipped, ImportTarget, ImportUnknown, LookView,
};
use pvhcc_domain::{
    calendar::Calendar,
    import::{Evidence, Kind, RowKind, Target, What, letters},
    text::{instant, number},
};
use pvhcc_sources::files::table::Form;
use pvhcc_store::{ImportKept, ImportRow, NewImport};
use std::collections::BTreeMap;

/// What a look found.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) told: Told,
    pub(super) accepted: u64,
    pub(super) unchanged: u64,
    /// Rows older than what is kept; among the unchanged.
    pub(super) older: u64,
    /// This very file stands already.
    pub(super) standing: Option<ImportRow>,
}

impl Seen {
    pub(super) fn count(&mut self, told: Told, kept: Option<ImportKept>) {
        let taken = told.rows - told.again - told.rejected;
        match kept {
            Some(kept) => {
                self.accepted = kept.new + kept.changed;
                self.older = kept.older;
                self.unchanged = taken - self.accepted + told.again;
            }
            // Nobody compared, for the file stands.
            None => self.unchanged = taken + told.again,
        }
        self.told = told;
    }
}

pub(super) fn view(
    upload: &Upload,
    world: &World,
    plan: &Plan,
    seen: &Seen,
    evidence: &BTreeMap<usize, Evidence>,
    import: &NewImport,
    look: String,
) -> LookView {
    let told = &seen.told;
    let targets = Target::ALL.iter().filter(|target| target.is_of(plan.what));
    LookView {
        upload: upload.key.clone(),
        file: upload.name.clone(),
        size: upload.size,
        sha256: import.sha256.clone(),
        what: plan.what.into(),
        system: plan.system.clone(),
        as_of: plan.as_of.0,
        as_of_text: plan.as_of_text.clone(),
        form: form(plan),
        sheets: plan
            .all_sheets
            .iter()
            .enumerate()
            .map(|(at, name)| ImportSheet {
                name: name.clone(),
                read: plan.sheets.iter().any(|s| s.at == at),
            })
            .collect(),
        mapping: plan.mapping_view(),
        remembered: plan.remembered,
        columns: (0..plan.header().columns.len()).map(|at| column(world, plan, evidence, at)).collect(),
        targets: targets
            .map(|target| ImportTarget {
                id: target.id().to_owned(),
                title: world.names.title(*target).to_owned(),
                required: *target == Target::Code,
                fixable: target.is_fixable(),
            })
            .collect(),
        preview_targets: preview::targets(plan).iter().map(|target| target.id().to_owned()).collect(),
        preview: told.preview.clone(),
        rows: told.rows,
        accepted: seen.accepted,
        unchanged: seen.unchanged,
        rejected: told.rejected,
        rejects: told.rejects.clone(),
        skipped: skipped(plan, told),
        unknown: told
            .unknown
            .iter()
            .map(|(target, text, rows, rejects)| ImportUnknown {
                target: target.id().to_owned(),
                text: text.clone(),
                rows: *rows,
                rejects: *rejects,
            })
            .collect(),
        notices: notices(plan, seen, evidence),
        problem: plan.problem.clone().or_else(|| problem(seen)),
        text: summary(seen),
        look,
    }
}

/// Why there is nothing to take.
fn problem(seen: &Seen) -> Option<String> {
    match (&seen.standing, seen.told.rows, seen.accepted) {
        (Some(_), ..) => None,
        (None, 0, _) => Some("Tệp không có dòng dữ liệu nào dưới dòng tiêu đề.".to_owned()),
        (None, rows, 0) if rows == seen.told.rejected => {
            Some("Không dòng nào nhận được; hãy xem lý do từng dòng và ghép lại cột.".to_owned())
        }
        _ => None,
    }
}

fn form(plan: &Plan) -> String {
    let form = words::form(plan.form);
    let header = plan.header();
    match (plan.form, header.rows) {
        (Form::Json { .. }, _) => form,
        (_, 1) => format!("{form} · tiêu đề ở dòng {}", header.first),
        _ => format!("{form} · tiêu đề ở dòng {}–{}", header.first, header.last()),
    }
}

fn column(world: &World, plan: &Plan, evidence: &BTreeMap<usize, Evidence>, at: usize) -> ImportColumn {
    let target = plan.mapping.columns.get(&at).copied();
    let about = evidence.get(&at).copied().unwrap_or_default();
    let said = plan.mapping.orders.get(&at).copied();
    let is_date = target.is_some_and(|target| target.kind() == Kind::Moment);
    let is_personal = personal(world, plan, at);
    let (fate, text) = match target {
        Some(target) => {
            let title = world.names.title(target);
            let order = said.unwrap_or_else(|| about.order());
            let how = match (is_date, order, said.is_some(), about.is_ambiguous()) {
                (false, ..) => "",
                (true, pvhcc_domain::import::DateOrder::DayFirst, true, _) => {
                    " · ngày/tháng/năm, theo lựa chọn"
                }
                (true, pvhcc_domain::import::DateOrder::MonthFirst, true, _) => {
                    " · tháng/ngày/năm, theo lựa chọn"
                }
                (true, _, false, true) => " · ngày/tháng/năm (không giá trị nào cho biết chắc)",
                (true, pvhcc_domain::import::DateOrder::DayFirst, ..) => " · ngày/tháng/năm, theo cả cột",
                (true, pvhcc_domain::import::DateOrder::MonthFirst, ..) => " · tháng/ngày/năm, theo cả cột",
            };
            (ColumnFate::Read, format!("{title}{how}"))
        }
        None if is_personal => (ColumnFate::Personal, "Thông tin cá nhân: bỏ trước khi ghi".to_owned()),
        None => (ColumnFate::Unused, "Không dùng".to_owned()),
    };
    ImportColumn {
        column: letters(at),
        header: plan.header().title(at),
        fate,
        target: target.map(|target| target.id().to_owned()),
        text,
        order: is_date.then(|| said.unwrap_or_else(|| about.order()).into()),
        ambiguous: is_date && said.is_none() && about.is_ambiguous(),
        samples: if is_personal { Vec::new() } else { plan.samples.get(at).cloned().unwrap_or_default() },
    }
}

fn skipped(plan: &Plan, told: &Told) -> Vec<ImportSkipped> {
    let titles = (told.titles > 0 && !matches!(plan.form, Form::Json { .. })).then(|| ImportSkipped {
        what: "dòng tên biểu và tiêu đề".to_owned(),
        rows: told.titles,
        first: 1,
    });
    let others = told.skipped.iter().map(|(kind, (rows, first)): (&RowKind, _)| ImportSkipped {
        what: kind.words().to_owned(),
        rows: *rows,
        first: *first,
    });
    titles.into_iter().chain(others).collect()
}

fn notices(plan: &Plan, seen: &Seen, evidence: &BTreeMap<usize, Evidence>) -> Vec<String> {
    let mut notices = plan.notices.clone();
    if let Some(before) = &seen.standing {
        notices.push(format!(
            "Tệp này đã nhập lúc {} và còn hiệu lực: nhập lại không đổi gì. Muốn đọc khác đi, hãy hoàn tác lần nhập ấy trước.",
            instant(before.head.taken_at)
        ));
    }
    if seen.older > 0 {
        notices.push(format!(
            "{} dòng cũ hơn số liệu đang có ({}) nên không thay.",
            count(seen.older),
            instant(plan.as_of)
        ));
    }
    let unsure = plan.mapping.columns.iter().filter(|(at, target)| {
        let ambiguous = evidence.get(at).is_some_and(Evidence::is_ambiguous);
        target.kind() == Kind::Moment && ambiguous && !plan.mapping.orders.contains_key(at)
    });
    let unsure: Vec<String> = unsure.map(|(at, _)| letters(*at)).collect();
    if !unsure.is_empty() {
        notices.push(format!(
            "Cột {}: không giá trị nào cho biết ngày hay tháng đứng trước; đang đọc theo ngày/tháng/năm.",
            unsure.join(", ")
        ));
    }
    if plan.what == What::Dossiers && plan.problem.is_none() {
        let missing =
            [Target::ReceivedAt, Target::Status].into_iter().filter(|target| !is_read(plan, *target));
        for target in missing {
            let title = if target == Target::Status { "trạng thái" } else { "ngày tiếp nhận" };
            notices
                .push(format!("Tệp không có cột {title}: hồ sơ vẫn giữ nhưng chưa tính được vào số liệu."));
        }
    }
    if plan.what == What::Figures
        && let Some(year) = unknown_year(plan)
    {
        notices.push(format!("Năm {year} chưa khai lịch nghỉ, làm bù; ngày làm việc tính theo tuần thường."));
    }
    notices
}

/// The year of the period of the whole file, when its days off are not known.
fn unknown_year(plan: &Plan) -> Option<i32> {
    let from = plan.mapping.fixed.get(&Target::From)?;
    let year = from.get(..4)?.parse().ok()?;
    let calendar = Calendar::builtin().ok()?;
    (!calendar.is_known(year)).then_some(year)
}

fn count(n: u64) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn summary(seen: &Seen) -> String {
    let mut parts = vec![match seen.accepted {
        0 => "Không có dòng nào mới".to_owned(),
        n => format!("{} dòng mới hoặc thay đổi", count(n)),
    }];
    if seen.unchanged > 0 {
        parts.push(format!("{} dòng không đổi", count(seen.unchanged)));
    }
    if seen.told.rejected > 0 {
        parts.push(format!("{} dòng không nhận", count(seen.told.rejected)));
    }
    parts.join(" · ")
}
