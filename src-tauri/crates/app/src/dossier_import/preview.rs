//! Rows as they would be kept, for people.

use super::{pass::Item, plan::Plan};
use pvhcc_domain::{
    dossier::{Payment, Record, ServiceLevel},
    figures::statement::StatedRate,
    import::{Target, What},
    observation::DossierFigures,
    text::{date, number, percent},
    time::Ms,
};

/// What is shown of each row, in order: what is read, and what is told for the whole file.
pub(super) fn targets(plan: &Plan) -> Vec<Target> {
    let read = |target: &Target| {
        plan.mapping.columns.values().any(|of| of == target) || plan.mapping.fixed.contains_key(target)
    };
    let mut all: Vec<Target> = Vec::new();
    let mut add = |target| {
        if !all.contains(&target) {
            all.push(target);
        }
    };
    if plan.what == What::Figures {
        add(Target::From);
        add(Target::To);
    }
    for target in Target::ALL.iter().filter(|target| read(target) && target.is_of(plan.what)) {
        match target {
            // Shown as what they make.
            Target::Period | Target::Year | Target::Month | Target::Quarter => {}
            Target::Ministry => add(Target::System),
            Target::FieldName => add(Target::Field),
            Target::ProcedureName => add(Target::Procedure),
            Target::Early => add(Target::OnTime),
            Target::ReceivedPostal => add(Target::ReceivedDirect),
            target => add(*target),
        }
    }
    // Form II.06a tells it by its parts.
    if plan.what == What::Figures && all.contains(&Target::ReceivedOnline) && !all.contains(&Target::Received)
    {
        let at = all.iter().position(|target| *target == Target::ReceivedOnline).unwrap_or(0);
        all.insert(at, Target::Received);
    }
    all
}

/// What would be kept of a row for a target; `–` for what is not told.
pub(super) fn cell(item: &Item, target: Target) -> String {
    let told = match item {
        Item::Record(record) => of_record(record, target),
        Item::Figures(figures) => of_figures(figures, target),
    };
    told.filter(|text| !text.is_empty()).unwrap_or_else(|| "–".to_owned())
}

fn moment(at: Option<Ms>) -> Option<String> {
    at.map(|at| at.local().format("%d/%m/%Y %H:%M").to_string().replace(" 00:00", ""))
}

fn flag(yes: Option<bool>) -> Option<String> {
    yes.map(|yes| if yes { "có" } else { "không" }.to_owned())
}

fn count(count: Option<u64>) -> Option<String> {
    count.map(|count| number(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn rate(rate: Option<StatedRate>) -> Option<String> {
    rate.map(|rate| percent(rate.fraction, usize::from(rate.digits)))
}

fn of_record(record: &Record, target: Target) -> Option<String> {
    let code = |code: Option<u8>| code.map(|code| code.to_string());
    match target {
        Target::Code => Some(record.code.clone()),
        Target::Record => Some(record.record.clone()),
        Target::System => Some(record.system.clone()),
        Target::Unit => record.unit.clone(),
        Target::Field => record.field.clone(),
        Target::Procedure => record.procedure.clone(),
        Target::ServiceLevel => record.service_level.map(|level| {
            match level {
                ServiceLevel::Full => "toàn trình",
                ServiceLevel::Partial => "một phần",
                ServiceLevel::None => "không trực tuyến",
            }
            .to_owned()
        }),
        Target::Channel => code(record.channel_code),
        Target::Status => code(record.status_code),
        Target::SubmittedAt => moment(record.submitted_at),
        Target::ReceivedAt => moment(record.received_at),
        Target::DueAt => moment(record.due_at),
        Target::FinishedAt => moment(record.finished_at),
        Target::ReturnedAt => moment(record.returned_at),
        Target::ChangedAt => moment(record.changed_at),
        Target::Digitised => flag(record.digitised),
        Target::Reused => flag(record.reused),
        Target::ElectronicResult => flag(record.electronic_result),
        Target::Fee => count(record.fee),
        Target::Payment => record.payment.map(|payment| {
            match payment {
                Payment::Portal => "qua Cổng",
                Payment::Own => "qua hệ thống",
                Payment::NotOnline => "không trực tuyến",
            }
            .to_owned()
        }),
        Target::Supplements => record.supplements.map(|times| times.to_string()),
        _ => None,
    }
}

fn of_figures(figures: &DossierFigures, target: Target) -> Option<String> {
    let (statement, counts) = (&figures.statement, &figures.statement.counts);
    match target {
        Target::System => Some(figures.system.clone()),
        Target::Unit => figures.unit.clone(),
        Target::Field => figures.field.clone(),
        Target::Procedure => figures.procedure.clone(),
        Target::Channel => figures.channel.clone(),
        Target::From => Some(date(figures.from)),
        Target::To => Some(date(figures.to)),
        Target::Received => count(counts.received),
        Target::ReceivedOnline => count(counts.received_online),
        Target::ReceivedDirect => count(counts.received_direct),
        Target::CarriedOver => count(counts.carried_over),
        Target::Total => count(statement.total),
        Target::Done => count(counts.done),
        Target::OnTime => count(counts.on_time),
        Target::OnTimeRate => rate(statement.on_time_rate),
        Target::Late => count(counts.late),
        Target::LateRate => rate(statement.late_rate),
        Target::Pending => count(counts.pending),
        Target::WithinDeadline => count(counts.within_deadline),
        Target::WithinDeadlineRate => rate(statement.within_deadline_rate),
        Target::Overdue => count(counts.overdue),
        Target::OverdueRate => rate(statement.overdue_rate),
        _ => None,
    }
}
