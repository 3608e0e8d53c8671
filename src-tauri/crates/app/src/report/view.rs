//! A report as the window shows it.

use super::{
    Of,
    acts::Scene,
    days::{asks_reason, stage_words, verdict_words},
    sign::number_text,
};
use crate::{
    App,
    checklist::{Who, capital},
    people::Actor,
    wire::{
        FileFormat, ReportArgs, ReportFileLine, ReportFreezeLine, ReportReason, ReportReview, ReportSentView,
        ReportSignedView, ReportView, WireError,
    },
};
use chrono::NaiveDate;
use pvhcc_domain::report::{
    Cadence, Freeze, Words,
    deadline::Verdict,
    freeze::SCHEMA,
    state::{Frozen, Remark, ReportState, Sent, Signed},
};
use pvhcc_reports::daily;

/// What the frozen figures tell the view.
#[derive(Default)]
struct Told {
    words: Words,
    generated: String,
    before: Option<NaiveDate>,
    caveats: Vec<String>,
}

impl App {
    /// What became of the day of a report; a month is never late.
    pub(super) async fn report_verdict(&self, of: Of) -> Result<Verdict, WireError> {
        if of.cadence == Cadence::Monthly {
            return Ok(Verdict::NotDue);
        }
        let state = self.report_state(of).await?;
        Ok(self.dues().await?.verdict(of.day, Some(&state), self.now()))
    }

    pub(crate) async fn report(
        &self,
        actor: Option<&Actor>,
        args: ReportArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args).await?;
        let (of, state) = (scene.of, &scene.state);
        let who = self.who().await?;
        let told = self.told_by_figures(&scene).await?;
        let verdict = scene.verdict;
        let deadline = match of.cadence {
            Cadence::Daily => Some(self.dues().await?.deadline(of.day).0),
            Cadence::Monthly => None,
        };
        let freeze = state.freeze().map(|f| f.said.event.clone());
        let written = freeze.as_deref().and_then(|freeze| state.words_on(freeze));
        let signed_now = state.signed_now();
        let earlier = state.signed.iter().rev().filter(|s| signed_now.is_none_or(|now| now.said != s.said));
        let last_sent = state.signed.iter().rev().find_map(|s| s.sent.as_ref());
        let deputy = actor.is_some_and(|a| a.deputy);
        Ok(ReportView {
            cadence: of.cadence,
            day: of.day.to_string(),
            title: of.title(),
            stage: state.stage(),
            stage_text: capital(stage_words(state.stage())),
            deadline,
            verdict,
            verdict_text: verdict_words(verdict, state.excused.is_some()).to_owned(),
            asks_reason: asks_reason(verdict, Some(state)),
            freezes: state.freezes.iter().rev().map(|f| freeze_line(f, state, &who)).collect(),
            freeze,
            words: told.words.into(),
            words_written: written.is_some(),
            words_by: written.map(|w| who.person(&w.said.by, w.said.role)),
            words_at: written.map(|w| w.said.at.0),
            generated_changes: told.generated,
            before: told.before.map(|day| day.to_string()),
            reviewed: state.reviewed.as_ref().map(|r| ReportReview {
                by: who.person(&r.said.by, r.said.role),
                at: r.said.at.0,
                remark: r.text.clone(),
            }),
            returned: state.returned.as_ref().map(|r| reason(r, &who)),
            signed: signed_now.map(|s| signed(s, &who)),
            earlier: earlier.map(|s| signed(s, &who)).collect(),
            sent: last_sent.map(|s| sent(s, &who)),
            excused: state.excused.as_ref().map(|r| reason(r, &who)),
            missing: scene.form.signed_by(deputy).missing().into_iter().map(str::to_owned).collect(),
            caveats: told.caveats,
            may: scene.asked(actor).all(),
            last_event: state.last_event.clone(),
            notice: None,
        })
    }

    /// Words and what the figures say of themselves. Figures that cannot be read are a caveat, not a failure: what was done with
    /// the report is shown all the same.
    async fn told_by_figures(&self, scene: &Scene) -> Result<Told, WireError> {
        let reports = self.report_states(scene.of.cadence).await?;
        let Some(frozen) = scene.state.freeze() else {
            let words = super::frozen::carried(&reports, scene.of.day);
            return Ok(Told { words, ..Told::default() });
        };
        let written = scene.state.words_on(&frozen.said.event).map(|w| w.words.clone());
        let figures: Freeze = match self.frozen(frozen).await {
            Ok(figures) => figures,
            Err(e) => {
                let words = written.unwrap_or_else(|| super::frozen::carried(&reports, scene.of.day));
                return Ok(Told { words, caveats: vec![e.message], ..Told::default() });
            }
        };
        let before = self.report_before(scene.of).await?;
        let generated = daily::changes(&figures, before.as_ref().map(|(_, freeze)| freeze));
        let words = written.unwrap_or_else(|| Words {
            changes: generated.clone(),
            ..super::frozen::carried(&reports, scene.of.day)
        });
        Ok(Told { words, generated, before: before.map(|(day, _)| day), caveats: daily::caveats(&figures) })
    }
}

fn freeze_line(frozen: &Frozen, state: &ReportState, who: &Who) -> ReportFreezeLine {
    let signed = state.signed.iter().filter(|s| s.freeze == frozen.said.event).count();
    ReportFreezeLine {
        id: frozen.said.event.clone(),
        at: frozen.at.0,
        by: who.person(&frozen.said.by, frozen.said.role),
        reason: frozen.reason.clone(),
        sha256: frozen.sha256.clone(),
        schema_ok: frozen.schema == SCHEMA,
        signed: u32::try_from(signed).unwrap_or(u32::MAX),
    }
}

fn reason(remark: &Remark, who: &Who) -> ReportReason {
    ReportReason {
        by: who.person(&remark.said.by, remark.said.role),
        at: remark.said.at.0,
        reason: remark.text.clone(),
    }
}

fn sent(sent: &Sent, who: &Who) -> ReportSentView {
    ReportSentView {
        by: who.person(&sent.said.by, sent.said.role),
        at: sent.at.0,
        how: sent.how.clone(),
        to: sent.to.clone(),
    }
}

fn signed(signed: &Signed, who: &Who) -> ReportSignedView {
    let file = |format: FileFormat| {
        let file = signed.files.get(format.extension())?;
        Some(ReportFileLine {
            format,
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            bytes: file.size,
        })
    };
    ReportSignedView {
        id: signed.said.event.clone(),
        freeze: signed.freeze.clone(),
        by: who.person(&signed.said.by, signed.said.role),
        at: signed.said.at.0,
        number: number_text(&signed.number, &signed.form),
        signed_on: signed.signed_on.to_string(),
        deputy: signed.deputy,
        program: signed.program.clone(),
        files: FileFormat::ALL.into_iter().filter_map(file).collect(),
        copy: signed.copy.as_ref().map(|file| file.name.clone()),
        sent: signed.sent.as_ref().map(|s| sent(s, who)),
    }
}
