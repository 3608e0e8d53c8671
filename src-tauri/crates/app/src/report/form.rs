//! The form of the report in force, and its editing: data with validity, as every rule.

use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{AppEvent, ReportForm, ReportFormArgs, ReportFormView, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    report::Form,
    text::nfc,
    time::Ms,
};

/// Name of the rule.
const RULE: &str = "report.form";
const RULES_ENTITY: &str = "rules";
/// Longest line of a form, characters.
const LONGEST_LINE: usize = 200;
/// Most lines of one part.
const MOST_LINES: usize = 30;

/// The form in force at `at` with the event that set it; `None` is the built-in one.
fn in_force(events: &[Event], at: Ms) -> Result<(Form, Option<&Event>), WireError> {
    let set = events.iter().rev().find_map(|event| match &event.act {
        Act::RuleSet { rule, value, from, .. } if rule == RULE && *from <= at => Some((event, value)),
        _ => None,
    });
    match set {
        Some((event, value)) => {
            let form = serde_json::from_str(value).map_err(|e| messages::builtin(&e))?;
            Ok((form, Some(event)))
        }
        None => Ok((Form::builtin().map_err(|e| messages::builtin(&e))?, None)),
    }
}

impl App {
    pub(crate) async fn form_in_force(&self) -> Result<Form, WireError> {
        Ok(in_force(&self.events_of(RULES_ENTITY).await?, self.now())?.0)
    }

    pub(crate) async fn report_form(&self) -> Result<ReportFormView, WireError> {
        let events = self.events_of(RULES_ENTITY).await?;
        let (form, set) = in_force(&events, self.now())?;
        let who = self.who().await?;
        let reason = set.and_then(|event| match &event.act {
            Act::RuleSet { reason, .. } => reason.clone(),
            _ => None,
        });
        Ok(ReportFormView {
            missing: form.missing().into_iter().map(str::to_owned).collect(),
            form: form.into(),
            since: set.map(|event| event.said_at.0),
            who: set.map(|event| who.of(event)),
            reason,
        })
    }

    pub(crate) async fn report_form_set(
        &self,
        actor: &Actor,
        args: ReportFormArgs,
    ) -> Result<ReportFormView, WireError> {
        let form = tidy(args.form)?;
        let value = serde_json::to_string(&form).map_err(|e| messages::builtin(&e))?;
        let reason = note(args.reason.as_deref())?;
        let act = Act::RuleSet { rule: RULE.to_owned(), value, from: self.now(), reason };
        self.say(actor, RULES_ENTITY, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.emit(AppEvent::ReportChanged { day: String::new() });
        self.report_form().await
    }
}

/// What was typed, without what is blank; lines that no paper has room for are refused by name.
fn tidy(typed: ReportForm) -> Result<Form, WireError> {
    let line = |field: &str, text: &str| {
        let text = nfc(text.trim());
        if text.chars().count() > LONGEST_LINE {
            return Err(messages::invalid(
                field,
                "Dòng này dài quá 200 ký tự. Hãy rút gọn, hoặc tách thành nhiều dòng.",
            ));
        }
        Ok(text)
    };
    let lines = |field: &str, lines: Vec<String>| {
        let mut kept = Vec::new();
        for text in &lines {
            let text = line(field, text)?;
            if !text.is_empty() {
                kept.push(text);
            }
        }
        if kept.len() > MOST_LINES {
            return Err(messages::invalid(field, "Quá 30 dòng. Hãy rút gọn."));
        }
        Ok(kept)
    };
    Ok(Form {
        parent: line("parent", &typed.parent)?,
        agency: line("agency", &typed.agency)?,
        symbol: line("symbol", &typed.symbol)?,
        place: line("place", &typed.place)?,
        addressees: lines("addressees", typed.addressees)?,
        signature: lines("signature", typed.signature)?,
        deputy_signature: lines("deputySignature", typed.deputy_signature)?,
        recipients: lines("recipients", typed.recipients)?,
    })
}
