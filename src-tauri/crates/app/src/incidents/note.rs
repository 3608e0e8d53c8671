//! The note after an incident as DOCX: made of what was said, of nothing that goes on, so that the same incident gives the same file.

use super::{Register, entity, lasting, owner_name, stage_words};
use crate::{
    App, messages,
    profile::Profile,
    wire::{ErrorCode, ExportedView, IncidentAlert, IncidentArgs, TimelineLine, WireError},
};
use pvhcc_domain::{operation::incident::IncidentState, text::instant, time::Ms};
use pvhcc_reports::{
    ReportError,
    notes::{Happening, IncidentNote, ToDo, incident_docx},
};

impl App {
    pub(crate) async fn incident_note_docx(&self, args: IncidentArgs) -> Result<ExportedView, WireError> {
        let register = self.incident_register().await?;
        let state = register.find(&args.id)?;
        let note = self.note_of(state, &register).await?;
        let form = self.form_in_force().await?;
        let bytes = made(move || incident_docx(&note, &form)).await?;
        let stem = format!("su-co-{}-{}", state.detected.local().format("%Y-%m-%d-%H%M"), tail(&state.id));
        let path = self.save_export(&stem, "docx", bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu báo cáo sự cố vào {path}."), path })
    }

    async fn note_of(&self, state: &IncidentState, register: &Register) -> Result<IncidentNote, WireError> {
        let known = self.alert_faces().await?;
        let alerts: Vec<IncidentAlert> =
            state.alerts.iter().filter_map(|id| known.get(id)).cloned().collect();
        // What went on after its last word is not of it.
        let until = self.events_of(&entity(&state.id)).await?.iter().map(|e| e.said_at).max();
        let until = until.unwrap_or(state.last.at);
        let timeline = self.timeline(register, state, &alerts).await?.into_iter();
        let to_do = |f: &pvhcc_domain::operation::incident::FollowUp| ToDo {
            text: f.text.clone(),
            unit: self.unit_view(&f.unit).name,
            due: f.due,
        };
        Ok(IncidentNote {
            title: state.title.clone(),
            at: until,
            training: self.0.profile == Profile::Training,
            open: state.is_open(),
            facts: self.facts(state, register),
            text: state.text.clone().unwrap_or_default(),
            timeline: timeline.filter(|line| line.at <= until.0 && !line.idle).map(happening).collect(),
            cause: state.cause.clone().unwrap_or_default(),
            workaround: state.mitigated.as_ref().map(|m| m.workaround.clone()).unwrap_or_default(),
            how: state.resolved.as_ref().map(|r| r.how.clone()).unwrap_or_default(),
            lesson: state.lesson.clone().unwrap_or_default(),
            to_do: state.follow_ups.iter().map(to_do).collect(),
        })
    }

    fn facts(&self, state: &IncidentState, register: &Register) -> Vec<(String, String)> {
        let after = |at: Ms| format!("{} (sau {})", instant(at), lasting(at.0 - state.detected.0));
        let not_yet = || "chưa".to_owned();
        let touches: Vec<String> = self.touches(&state.touched).into_iter().map(|t| t.name).collect();
        let owner = state.owner.as_deref().map(|owner| owner_name(&register.who, owner));
        let mut facts = vec![
            (
                "Mức".to_owned(),
                format!("{}: {}", register.severity(state), register.severities().of(state.severity).meaning),
            ),
            ("Phát hiện".to_owned(), instant(state.detected)),
            ("Tiếp nhận".to_owned(), state.acknowledged.map_or_else(not_yet, after)),
        ];
        facts.extend(state.mitigated.as_ref().map(|m| ("Có cách làm tạm".to_owned(), after(m.at))));
        facts.push((
            "Khắc phục xong".to_owned(),
            state.resolved.as_ref().map_or_else(not_yet, |r| after(r.at)),
        ));
        facts.extend(
            state
                .reopened
                .iter()
                .map(|(said, why)| ("Mở lại".to_owned(), format!("{}: {why}", instant(said.at)))),
        );
        facts.push(("Tình trạng".to_owned(), stage_words(state.stage()).to_owned()));
        facts.push((
            "Phạm vi ảnh hưởng".to_owned(),
            match touches.len() {
                0 => "chưa xác định".to_owned(),
                _ => touches.join("; "),
            },
        ));
        facts.push(("Đầu mối xử lý".to_owned(), owner.unwrap_or_else(|| "chưa có".to_owned())));
        facts.push(("Người ghi".to_owned(), register.who.person(&state.opened.by, state.opened.role)));
        facts
    }
}

fn happening(line: TimelineLine) -> Happening {
    let text = match line.detail.as_str() {
        "" => line.text,
        detail => format!("{}: {detail}", line.text),
    };
    Happening { at: Ms(line.at), text, who: line.who }
}

/// The last signs of an id: they tell two files of one minute apart.
fn tail(id: &str) -> &str {
    &id[id.len().saturating_sub(6)..]
}

/// Makes a file off the runtime's workers.
pub(super) async fn made(
    make: impl FnOnce() -> Result<Vec<u8>, ReportError> + Send + 'static,
) -> Result<Vec<u8>, WireError> {
    let made = tokio::task::spawn_blocking(make).await.map_err(|e| messages::builtin(&e))?;
    made.map_err(|e| {
        tracing::error!(error = %e, "document not made");
        WireError::new(ErrorCode::Internal, format!("Không lập được tệp: {e}. Hãy báo quản trị."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::report::Form;

    #[test]
    fn a_form_without_an_office_still_makes_a_file() {
        let note = IncidentNote { title: "Cổng trả lời 503".into(), ..IncidentNote::default() };
        assert!(incident_docx(&note, &Form::default()).is_ok_and(|bytes| bytes.starts_with(b"PK")));
    }
}
