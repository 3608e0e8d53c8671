//! What people do with a report once its figures are frozen; each is one event, and nothing is ever overwritten.

use super::{Of, checks::Asked, frozen::carried};
use crate::{
    App,
    checklist::{note, vn},
    messages,
    people::Actor,
    wire::{
        AppEvent, ErrorCode, ReportArgs, ReportAttachArgs, ReportReasonArgs, ReportReviewArgs,
        ReportSendArgs, ReportView, ReportWriteArgs, WireError,
    },
};
use pvhcc_domain::{
    act::{Act, Event},
    report::{Freeze, Words, state::ReportState},
    text::nfc,
    time::Ms,
};

/// Longest part of the words, characters.
const LONGEST_WORDS: usize = 20_000;

/// What an act may look at before it is done.
pub(super) struct Scene {
    pub(super) of: Of,
    pub(super) state: ReportState,
    pub(super) form: pvhcc_domain::report::Form,
    pub(super) verdict: pvhcc_domain::report::deadline::Verdict,
    coordinating: Vec<String>,
}

impl Scene {
    pub(super) fn asked<'a>(&'a self, actor: Option<&'a Actor>) -> Asked<'a> {
        Asked {
            of: self.of,
            state: &self.state,
            verdict: self.verdict,
            actor,
            form: &self.form,
            coordinating: &self.coordinating,
        }
    }
}

impl App {
    pub(super) async fn scene(&self, args: &ReportArgs) -> Result<Scene, WireError> {
        let of = self.report_of(args)?;
        Ok(Scene {
            of,
            state: self.report_state(of).await?,
            form: self.form_in_force().await?,
            verdict: self.report_verdict(of).await?,
            coordinating: self.0.units.coordinating(),
        })
    }

    pub(crate) async fn report_write(
        &self,
        actor: &Actor,
        args: ReportWriteArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args.of).await?;
        scene.asked(Some(actor)).write()?;
        let current = scene.state.freeze().map(|f| f.said.event.as_str());
        if current != Some(args.freeze.as_str()) {
            return Err(WireError::new(
                ErrorCode::Conflict,
                "Số liệu vừa được chốt lại. Hãy xem số liệu mới rồi lưu lời văn; chưa ghi gì.",
            ));
        }
        let words = tidy(args.words.into())?;
        let seen = self.position_of(args.based_on.as_deref()).await?.unwrap_or(0);
        let before = scene.state.words_on(&args.freeze).filter(|w| w.said.position > seen);
        let notice = match before.filter(|w| w.said.by != actor.person && w.words != words) {
            Some(written) => Some(format!(
                "{} cũng vừa sửa lời văn lúc {}. Bản của bạn mới hơn nên được dùng; bản kia vẫn được giữ trong nhật ký.",
                self.who().await?.person(&written.said.by, written.said.role),
                written.said.at.local().format("%H:%M")
            )),
            None => None,
        };
        let act = Act::ReportWritten { freeze: args.freeze, words };
        self.say_of(actor, scene.of, args.based_on, act).await?;
        Ok(ReportView { notice, ..self.report(Some(actor), args.of).await? })
    }

    pub(crate) async fn report_review(
        &self,
        actor: &Actor,
        args: ReportReviewArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.looked_over(actor, &args.of, args.based_on.as_deref()).await?;
        let version = self.version_reviewed(actor, &scene).await?;
        let act = Act::ReportReviewed { version, remark: note(args.remark.as_deref())? };
        self.say_of(actor, scene.of, args.based_on, act).await?;
        self.report(Some(actor), args.of).await
    }

    pub(crate) async fn report_return(
        &self,
        actor: &Actor,
        args: ReportReasonArgs,
    ) -> Result<ReportView, WireError> {
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi cần sửa những gì."));
        };
        let scene = self.looked_over(actor, &args.of, args.based_on.as_deref()).await?;
        let version = scene.state.version().map(|v| v.event.clone()).unwrap_or_default();
        self.say_of(actor, scene.of, args.based_on, Act::ReportReturned { version, reason }).await?;
        self.report(Some(actor), args.of).await
    }

    /// A report that the person may review and has seen as it stands.
    async fn looked_over(
        &self,
        actor: &Actor,
        args: &ReportArgs,
        based_on: Option<&str>,
    ) -> Result<Scene, WireError> {
        let scene = self.scene(args).await?;
        scene.asked(Some(actor)).review()?;
        let seen = self.position_of(based_on).await?;
        scene.asked(Some(actor)).has_seen(seen, &self.who().await?)?;
        Ok(scene)
    }

    /// The version that a review speaks of. Words that nobody touched are written down first, as they were looked at: what they
    /// were taken over from may change later.
    async fn version_reviewed(&self, actor: &Actor, scene: &Scene) -> Result<String, WireError> {
        let Some(frozen) = scene.state.freeze() else { unreachable!("a review needs figures") };
        let freeze = frozen.said.event.clone();
        if let Some(written) = scene.state.words_on(&freeze) {
            return Ok(written.said.event.clone());
        }
        let figures = self.frozen(frozen).await?;
        let words = self.words_to_begin_with(scene.of, &figures).await?;
        let event = self.say_of(actor, scene.of, None, Act::ReportWritten { freeze, words }).await?;
        Ok(event.id)
    }

    /// Words of a freeze on which nobody wrote: changes as generated, the rest taken over.
    pub(super) async fn words_to_begin_with(&self, of: Of, figures: &Freeze) -> Result<Words, WireError> {
        let before = self.report_before(of).await?;
        let changes = pvhcc_reports::daily::changes(figures, before.as_ref().map(|(_, freeze)| freeze));
        Ok(Words { changes, ..carried(&*self.report_states(of.cadence).await?, of.day) })
    }

    pub(crate) async fn report_attach(
        &self,
        actor: &Actor,
        args: ReportAttachArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args.of).await?;
        scene.asked(Some(actor)).attach()?;
        let file = self.keep_file(&args.file).await?;
        self.say_of(actor, scene.of, None, Act::ReportCopyAttached { file }).await?;
        self.report(Some(actor), args.of).await
    }

    pub(crate) async fn report_send(
        &self,
        actor: &Actor,
        args: ReportSendArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args.of).await?;
        scene.asked(Some(actor)).send()?;
        let Some(signed) = scene.state.signed_now() else { unreachable!("what is sent is signed") };
        let Some(how) = note(Some(&args.how))? else {
            return Err(messages::invalid(
                "how",
                "Hãy ghi gửi bằng cách nào: trục liên thông, thư điện tử, bản giấy.",
            ));
        };
        let to = match note(args.to.as_deref())? {
            Some(to) => to,
            None => signed.form.addressees.join("; "),
        };
        if to.trim().is_empty() {
            return Err(messages::invalid("to", "Hãy ghi gửi cho ai."));
        }
        // A clock that went back must not keep anybody from saying that it was sent now.
        let now = self.now().max(signed.said.at);
        let at = args.at.map_or(now, Ms);
        if at > now || at < signed.said.at {
            let signed = signed.said.at.local().format("%H:%M %d/%m/%Y");
            return Err(messages::invalid("at", &format!("Lúc gửi phải từ khi ký ({signed}) đến bây giờ.")));
        }
        self.say_of(actor, scene.of, None, Act::ReportSent { at, how, to }).await?;
        self.report(Some(actor), args.of).await
    }

    pub(crate) async fn report_excuse(
        &self,
        actor: &Actor,
        args: ReportReasonArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args.of).await?;
        scene.asked(Some(actor)).excuse()?;
        let Some(reason) = note(Some(&args.reason))? else {
            let day = vn(scene.of.day);
            return Err(messages::invalid(
                "reason",
                &format!("Hãy ghi vì sao báo cáo ngày {day} trễ hoặc không gửi."),
            ));
        };
        self.say_of(actor, scene.of, args.based_on, Act::ReportExcused { reason }).await?;
        self.report(Some(actor), args.of).await
    }

    /// Position of the event that a person had seen.
    pub(super) async fn position_of(&self, event: Option<&str>) -> Result<Option<i64>, WireError> {
        let Some(id) = event else { return Ok(None) };
        let event = self.0.store.event(id).await.map_err(|e| messages::store(&e))?;
        Ok(event.map(|event| event.position))
    }

    pub(super) async fn say_of(
        &self,
        actor: &Actor,
        of: Of,
        based_on: Option<String>,
        act: Act,
    ) -> Result<Event, WireError> {
        let event = self.say(actor, &of.entity(), based_on, act).await?;
        self.emit(AppEvent::ReportChanged { day: of.day.to_string() });
        Ok(event)
    }
}

/// Words as kept: without blanks at the ends; what no report has room for is refused by name.
fn tidy(typed: Words) -> Result<Words, WireError> {
    let part = |field: &str, text: String| {
        if text.chars().count() > LONGEST_WORDS {
            let message = "Phần này dài quá 20.000 ký tự. Hãy rút gọn, hoặc chuyển sang phụ lục.";
            return Err(messages::invalid(field, message));
        }
        Ok(nfc(text.trim()))
    };
    Ok(Words {
        changes: part("changes", typed.changes)?,
        results: part("results", typed.results)?,
        operation: part("operation", typed.operation)?,
        troubles: part("troubles", typed.troubles)?,
        proposals: part("proposals", typed.proposals)?,
    })
}
