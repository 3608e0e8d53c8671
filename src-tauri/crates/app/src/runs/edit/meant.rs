//! Parts of a runbook as forms say them. What is wrong between parts, the check of the whole text finds.

use crate::{
    App, alerts, messages,
    wire::{
        NamedView, RunbookCondition, RunbookCriterion, RunbookGate, RunbookHead, RunbookStep, RunbookTrigger,
        RunbookWho, WireError,
    },
};
use pvhcc_domain::{
    operation::{
        runbook::{Condition, Criterion, Gate, Runbook, Step, Stream, Trigger, Who, part_id},
        signal::Metric,
    },
    time::Ms,
};

/// A form that is read.
pub(super) struct Form<'a> {
    pub(super) app: &'a App,
    /// The text as it is before.
    pub(super) runbook: &'a Runbook,
    /// Id of the part that it changes; none makes a new one.
    pub(super) was: Option<&'a str>,
}

impl Form<'_> {
    pub(super) fn step(&self, form: RunbookStep) -> Result<Step, WireError> {
        full("title", &form.title, "Hãy ghi tên bước.")?;
        full("validation", &form.validation, "Hãy ghi cách kiểm tra.")?;
        if !self.runbook.streams.iter().any(|s| s.id == form.stream) {
            return Err(messages::invalid(
                "stream",
                "Kịch bản không có nhánh này. Hãy chọn nhánh trong danh sách.",
            ));
        }
        if form.start < 0 {
            return Err(messages::invalid("start", "Bước không thể bắt đầu trước khi kịch bản bắt đầu."));
        }
        positive("minutes", form.minutes)?;
        Ok(Step {
            id: self.id(&form.title, |id| self.runbook.step(id).is_some()),
            stream: form.stream,
            title: form.title,
            detail: form.detail,
            owner: self.who("owner", form.owner)?,
            backup: form.backup.map(|who| self.who("backup", who)).transpose()?,
            start: form.start,
            minutes: form.minutes,
            not_before: form.not_before,
            after: form.after,
            gates: form.gates,
            needs: form.needs.into_iter().map(|c| self.condition("needs", c)).collect::<Result<_, _>>()?,
            validation: form.validation,
            rollback: form.rollback,
            evidence: form.evidence,
            no_return: form.no_return,
        })
    }

    pub(super) fn gate(&self, form: RunbookGate) -> Result<Gate, WireError> {
        full("title", &form.title, "Hãy ghi tên cổng.")?;
        if form.at < 0 {
            return Err(messages::invalid("at", "Cổng không thể quyết định trước khi kịch bản bắt đầu."));
        }
        if form.criteria.is_empty() {
            return Err(messages::invalid("criteria", "Hãy thêm ít nhất một tiêu chí."));
        }
        let mut criteria: Vec<Criterion> = Vec::new();
        for criterion in form.criteria {
            let criterion = self.criterion(criterion, &criteria)?;
            criteria.push(criterion);
        }
        Ok(Gate {
            id: self.id(&form.title, |id| self.runbook.gate(id).is_some()),
            title: form.title,
            at: form.at,
            decides: self.who("decides", form.decides)?,
            after: form.after,
            criteria,
        })
    }

    fn criterion(&self, form: RunbookCriterion, before: &[Criterion]) -> Result<Criterion, WireError> {
        full("criteria", &form.text, "Mỗi tiêu chí cần một câu.")?;
        if form.measure.is_none() && form.word.is_none() {
            return Err(messages::invalid(
                "criteria",
                &format!("Tiêu chí «{}» cần máy đo, hoặc ý kiến của một bên.", form.text),
            ));
        }
        let kept = self.was.and_then(|id| self.runbook.gate(id));
        let taken =
            |id: &str| before.iter().any(|c| c.id == id) || kept.is_some_and(|g| g.criterion(id).is_some());
        Ok(Criterion {
            id: if form.id.is_empty() { part_id(&form.text, taken) } else { form.id },
            text: form.text,
            level: form.level,
            measure: form.measure.map(|c| self.condition("criteria", c)).transpose()?,
            word: form.word.map(|who| self.who("criteria", who)).transpose()?,
        })
    }

    pub(super) fn trigger(&self, form: RunbookTrigger) -> Result<Trigger, WireError> {
        full("text", &form.text, "Hãy ghi lý do quay lui.")?;
        if self.runbook.step(&form.after).is_none() {
            return Err(messages::invalid("after", "Hãy chọn bước mà sau đó lý do này có hiệu lực."));
        }
        Ok(Trigger {
            id: self.id(&form.text, |id| self.runbook.triggers.iter().any(|t| t.id == id)),
            text: form.text,
            after: form.after,
            when: self.condition("when", form.when)?,
        })
    }

    /// The runbook with the head that the form says.
    pub(super) fn head(&self, form: RunbookHead) -> Result<Runbook, WireError> {
        full("title", &form.title, "Hãy ghi tên kịch bản.")?;
        full("id", &form.id, "Hãy ghi mã kịch bản.")?;
        positive("windowMinutes", form.window_minutes)?;
        match (&form.rollback, form.worst_rollback_minutes) {
            (Some(_), None) => {
                return Err(messages::invalid(
                    "worstRollbackMinutes",
                    "Hãy ghi quay lui lâu nhất bao nhiêu phút.",
                ));
            }
            (Some(_), Some(minutes)) => positive("worstRollbackMinutes", minutes)?,
            (None, _) => {}
        }
        let mut streams: Vec<Stream> = Vec::new();
        for NamedView { id, name } in form.streams {
            full("streams", &name, "Mỗi nhánh cần một tên.")?;
            let taken = |id: &str| {
                streams.iter().any(|s| s.id == id) || self.runbook.streams.iter().any(|s| s.id == id)
            };
            let id = if id.is_empty() { part_id(&name, taken) } else { id };
            streams.push(Stream { id, name });
        }
        Ok(Runbook {
            id: form.id,
            title: form.title,
            basis: form.basis,
            starts: Ms(form.starts),
            window_minutes: form.window_minutes,
            worst_rollback_minutes: form.worst_rollback_minutes.filter(|_| form.rollback.is_some()),
            rollback: form.rollback,
            streams,
            ..self.runbook.clone()
        })
    }

    /// The id of a part that stays, or a new one made of its title.
    fn id(&self, title: &str, taken: impl Fn(&str) -> bool) -> String {
        self.was.map_or_else(|| part_id(title, taken), str::to_owned)
    }

    fn who(&self, field: &str, form: RunbookWho) -> Result<Who, WireError> {
        if !self.app.0.units.contains(&form.unit) {
            return Err(messages::invalid(
                field,
                "Đơn vị không có trong danh mục. Hãy chọn trong danh sách.",
            ));
        }
        Ok(Who { unit: form.unit, role: form.role, post: form.post })
    }

    fn condition(&self, field: &str, form: RunbookCondition) -> Result<Condition, WireError> {
        let invalid = |message| Err(messages::invalid(field, message));
        let scale = form.metric.map_or(1.0, alerts::scale);
        let condition = Condition {
            node: form.node,
            metric: form.metric,
            figure: form.figure,
            is: form.is,
            value: form.value / scale,
            minutes: form.minutes,
        };
        if condition.measured().is_none() {
            return invalid("Hãy chọn máy đo cái gì.");
        }
        if condition.node.as_ref().is_some_and(|node| self.app.0.alerts.graph().node(node).is_none()) {
            return invalid("Nơi đo không có trong sơ đồ phụ thuộc. Hãy chọn trong danh sách.");
        }
        let share = matches!(condition.metric, Some(Metric::Up | Metric::SuccessRate));
        if !condition.value.is_finite() || condition.value < 0.0 || (share && condition.value > 1.0) {
            return invalid("Giá trị so sánh là số không âm; tỷ lệ thì từ 0 đến 100%.");
        }
        if condition.minutes < 0 {
            return invalid("Số phút phải giữ là số nguyên không âm.");
        }
        Ok(condition)
    }
}

fn full(field: &str, text: &str, message: &str) -> Result<(), WireError> {
    if text.trim().is_empty() { Err(messages::invalid(field, message)) } else { Ok(()) }
}

fn positive(field: &str, minutes: i64) -> Result<(), WireError> {
    if minutes <= 0 { Err(messages::invalid(field, "Số phút là số nguyên dương.")) } else { Ok(()) }
}
