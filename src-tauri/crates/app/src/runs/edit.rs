//! A runbook's text by its steps: what they say and may name, one put in or taken out. Nothing is kept before the text is saved.

use super::{books::Shelf, words};
use crate::{
    App, messages,
    wire::{
        NamedView, RunbookCheckArgs, RunbookStep, RunbookStepDropArgs, RunbookStepPutArgs, RunbookStepRow,
        RunbookStepsView, RunbookTextView, RunbookWho, UnitView, WireError,
    },
};
use pvhcc_domain::operation::runbook::{
    Fault, Finding, NotChanged, Runbook, Step, Who, drop_step, parse, put_step, step_id,
};

impl App {
    pub(crate) async fn runbook_steps(&self, args: RunbookCheckArgs) -> Result<RunbookStepsView, WireError> {
        let runbook = parse(&args.text).map_err(|fault| unreadable(&fault))?;
        let named = |id: &str, name: &str| NamedView { id: id.to_owned(), name: name.to_owned() };
        Ok(RunbookStepsView {
            starts: runbook.starts.0,
            rows: runbook.steps.iter().enumerate().map(|(at, s)| self.step_row(&runbook, at, s)).collect(),
            streams: runbook.streams.iter().map(|s| named(&s.id, &s.name)).collect(),
            gates: runbook.gates.iter().map(|g| named(&g.id, &g.title)).collect(),
            rollback: rollback_steps(&self.shelf().await?, &runbook),
            units: self.units_with_steps(&runbook),
        })
    }

    fn step_row(&self, runbook: &Runbook, at: usize, step: &Step) -> RunbookStepRow {
        let place =
            |id: &String| runbook.steps.iter().position(|s| s.id == *id).map(|at| (at + 1).to_string());
        RunbookStepRow {
            no: u32::try_from(at + 1).unwrap_or(u32::MAX),
            step: told(step),
            owner: self.who_words(&step.owner),
            after: step
                .after
                .iter()
                .map(|id| place(id).unwrap_or_else(|| id.clone()))
                .collect::<Vec<_>>()
                .join(", "),
            needs: step.needs.iter().map(|condition| self.condition_words(condition)).collect(),
        }
    }

    /// Organisations, and what else the text names already.
    fn units_with_steps(&self, runbook: &Runbook) -> Vec<UnitView> {
        let organisations = self.0.units.organisations().iter().map(|u| u.id.as_str());
        let mut ids: Vec<&str> = organisations.collect();
        for who in runbook.steps.iter().flat_map(|s| std::iter::once(&s.owner).chain(&s.backup)) {
            if !ids.contains(&who.unit.as_str()) {
                ids.push(&who.unit);
            }
        }
        ids.into_iter().map(|id| self.unit_view(id)).collect()
    }

    pub(crate) async fn runbook_step_put(
        &self,
        args: RunbookStepPutArgs,
    ) -> Result<RunbookTextView, WireError> {
        let runbook = parse(&args.text).map_err(|fault| unreadable(&fault))?;
        let step = self.read_step(&runbook, args.step, args.was.as_deref())?;
        put_step(&args.text, args.was.as_deref(), &step).map(|text| RunbookTextView { text }).map_err(refused)
    }

    pub(crate) async fn runbook_step_drop(
        &self,
        args: RunbookStepDropArgs,
    ) -> Result<RunbookTextView, WireError> {
        drop_step(&args.text, &args.id).map(|text| RunbookTextView { text }).map_err(refused)
    }

    /// A step as the form says it. What is wrong between steps, the check of the whole text finds.
    fn read_step(&self, runbook: &Runbook, form: RunbookStep, was: Option<&str>) -> Result<Step, WireError> {
        let empty = [
            ("title", &form.title, "Hãy ghi tên bước."),
            ("validation", &form.validation, "Hãy ghi cách kiểm tra."),
        ];
        if let Some((field, _, message)) = empty.into_iter().find(|(_, text, _)| text.trim().is_empty()) {
            return Err(messages::invalid(field, message));
        }
        if !runbook.streams.iter().any(|s| s.id == form.stream) {
            return Err(messages::invalid(
                "stream",
                "Kịch bản không có nhánh này. Hãy chọn nhánh trong danh sách.",
            ));
        }
        let people = [("owner", Some(&form.owner)), ("backup", form.backup.as_ref())];
        for (field, who) in people {
            if who.is_some_and(|who| !self.0.units.contains(&who.unit)) {
                return Err(messages::invalid(
                    field,
                    "Đơn vị không có trong danh mục. Hãy chọn trong danh sách.",
                ));
            }
        }
        if form.start < 0 {
            return Err(messages::invalid("start", "Bước không thể bắt đầu trước khi kịch bản bắt đầu."));
        }
        if form.minutes <= 0 {
            return Err(messages::invalid("minutes", "Số phút là số nguyên dương."));
        }
        let taken = |id: &str| runbook.steps.iter().any(|s| s.id == id);
        Ok(Step {
            id: was.map_or_else(|| step_id(&form.title, taken), str::to_owned),
            stream: form.stream,
            title: form.title,
            detail: form.detail,
            owner: meant(form.owner),
            backup: form.backup.map(meant),
            start: form.start,
            minutes: form.minutes,
            not_before: form.not_before,
            after: form.after,
            gates: form.gates,
            needs: Vec::new(),
            validation: form.validation,
            rollback: form.rollback,
            evidence: form.evidence,
            no_return: form.no_return,
        })
    }
}

fn rollback_steps(shelf: &Shelf, runbook: &Runbook) -> Vec<NamedView> {
    let back = runbook.rollback.as_ref().and_then(|id| parse(&shelf.get(id)?.text).ok());
    let named = |step: Step| NamedView { id: step.id, name: step.title };
    back.map(|back| back.steps.into_iter().map(named).collect()).unwrap_or_default()
}

fn told(step: &Step) -> RunbookStep {
    let who = |who: &Who| RunbookWho { unit: who.unit.clone(), role: who.role, post: who.post.clone() };
    RunbookStep {
        id: step.id.clone(),
        stream: step.stream.clone(),
        title: step.title.clone(),
        detail: step.detail.clone(),
        owner: who(&step.owner),
        backup: step.backup.as_ref().map(who),
        start: step.start,
        minutes: step.minutes,
        not_before: step.not_before,
        after: step.after.clone(),
        gates: step.gates.clone(),
        validation: step.validation.clone(),
        rollback: step.rollback.clone(),
        evidence: step.evidence.clone(),
        no_return: step.no_return,
    }
}

fn meant(who: RunbookWho) -> Who {
    Who { unit: who.unit, role: who.role, post: who.post }
}

fn unreadable(fault: &Finding<Fault>) -> WireError {
    messages::invalid("text", &format!("Chưa đọc được các bước. {}", words::fault(fault)))
}

fn refused(why: NotChanged) -> WireError {
    match why {
        NotChanged::Unreadable(fault) => unreadable(&fault),
        NotChanged::NoStep(id) => messages::invalid(
            "text",
            &format!("Bản soạn không còn bước «{id}». Hãy mở lại danh sách các bước."),
        ),
        NotChanged::NotInTables => messages::invalid(
            "text",
            "Các bước của kịch bản này không viết dạng [[steps]]. Hãy sửa trong văn bản.",
        ),
    }
}
