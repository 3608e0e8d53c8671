//! What people do about alerts. Of two who take the same alert the first one has it, and the other is told who was first.

use super::PART;
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{
        AlertAckArgs, AlertEdited, AlertEscalateArgs, AlertMuteArgs, AlertUnmuteArgs, AppEvent, ErrorCode,
        WireError,
    },
    words,
};
use pvhcc_domain::{
    act::{Act, Said},
    operation::alert::{ALERT, Alert, AlertAct, MUTE},
    time::Ms,
};

impl App {
    pub(crate) async fn alert_ack(
        &self,
        actor: &Actor,
        args: AlertAckArgs,
    ) -> Result<AlertEdited, WireError> {
        let alert = self.standing_alert(&args.id).await?;
        let remark = note(args.remark.as_deref())?;
        self.nobody_took(actor, &alert, None).await?;
        let act = Act::Alert(AlertAct::Acknowledged { remark });
        let event = self.say(actor, &format!("{ALERT}{}", alert.id), None, act).await?;
        self.nobody_took(actor, &alert, Some(&event.id)).await?;
        self.alert_done(&alert, "Đã nhận cảnh báo.".to_owned()).await
    }

    pub(crate) async fn alert_mute(
        &self,
        actor: &Actor,
        args: AlertMuteArgs,
    ) -> Result<AlertEdited, WireError> {
        let alert = self.standing_alert(&args.id).await?;
        let (now, longest) = (self.now(), self.0.alerts.rules.settings().longest_mute);
        let Some(until) = args.until.map(Ms) else {
            let message = "Hãy ghi tắt tiếng đến lúc nào: không có tắt tiếng không thời hạn.";
            return Err(messages::invalid("until", message));
        };
        if until <= now {
            return Err(messages::invalid("until", "Lúc hết tắt tiếng phải sau hiện tại."));
        }
        if until > now.plus(longest) {
            let message = format!("Tắt tiếng nhiều nhất {} giờ.", longest / 3_600_000);
            return Err(messages::invalid("until", &message));
        }
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do tắt tiếng."));
        };
        if let Some(mute) = self.alert_handling().await?.muted(&alert.key, now) {
            let who = self.said_by(&mute.said).await?;
            return Err(conflict(
                format!(
                    "{who} đã tắt tiếng đến {}: {}. Hãy bật tiếng trước khi đặt lại.",
                    words::moment(mute.until, now),
                    mute.reason
                ),
                &mute.said.event,
            ));
        }
        let act = Act::Alert(AlertAct::Muted { from: now, until, reason });
        self.say(actor, &format!("{MUTE}{}", alert.key), None, act).await?;
        let message =
            format!("Đã tắt tiếng đến {}. Cảnh báo vẫn ở trong danh sách.", words::moment(until, now));
        self.alert_done(&alert, message).await
    }

    pub(crate) async fn alert_unmute(
        &self,
        actor: &Actor,
        args: AlertUnmuteArgs,
    ) -> Result<AlertEdited, WireError> {
        let alert = self.known_alert(&args.id).await?;
        let reason = note(args.reason.as_deref())?;
        let handling = self.alert_handling().await?;
        let Some(mute) = handling.muted(&alert.key, self.now()) else {
            let last = handling.mutes(&alert.key).last();
            let event = last.and_then(|m| m.ended.as_ref()).map(|(said, _)| said);
            let message = match event {
                Some(said) => format!("{} đã bật tiếng lại.", self.said_by(said).await?),
                None => "Cảnh báo này không còn tắt tiếng.".to_owned(),
            };
            return Err(conflict(message, event.map_or("", |said| &said.event)));
        };
        let act = Act::Alert(AlertAct::Unmuted { reason });
        self.say(actor, &format!("{MUTE}{}", alert.key), Some(mute.said.event.clone()), act).await?;
        self.alert_done(&alert, "Đã bật tiếng lại.".to_owned()).await
    }

    pub(crate) async fn alert_escalate(
        &self,
        actor: &Actor,
        args: AlertEscalateArgs,
    ) -> Result<AlertEdited, WireError> {
        let alert = self.standing_alert(&args.id).await?;
        let (party, how) = self.passed_on(&args.party, &args.how).await?;
        let remark = note(args.remark.as_deref())?;
        let act = Act::Alert(AlertAct::Escalated { party: args.party, how, remark });
        self.say(actor, &format!("{ALERT}{}", alert.id), None, act).await?;
        let message = format!("Đã ghi báo {}.", party.short);
        self.alert_done(&alert, message).await
    }

    /// An alert that somebody can still do something about.
    async fn standing_alert(&self, id: &str) -> Result<Alert, WireError> {
        let alert = self.known_alert(id).await?;
        let now = self.now();
        match (&alert.folded, alert.cleared) {
            (_, Some(at)) => {
                let message = format!("Cảnh báo này đã hết lúc {}; chưa ghi gì.", words::moment(at, now));
                Err(WireError::new(ErrorCode::Conflict, message))
            }
            (Some((at, cause)), None) => {
                let cause = self.known_alert(cause).await?;
                let message = format!(
                    "Cảnh báo này đã gộp vào nguyên nhân «{}» lúc {}. Hãy xử lý ở nguyên nhân; chưa ghi gì.",
                    cause.title,
                    words::moment(*at, now)
                );
                Err(WireError::new(ErrorCode::Conflict, message))
            }
            (None, None) => Ok(alert),
        }
    }

    pub(super) async fn known_alert(&self, id: &str) -> Result<Alert, WireError> {
        let book = self.alert_book().await?;
        let unknown = || WireError::new(ErrorCode::NotFound, format!("Không có cảnh báo “{id}”."));
        book.history.get(id).cloned().ok_or_else(unknown)
    }

    /// Refuses when somebody took the alert with another act than `mine`.
    async fn nobody_took(&self, actor: &Actor, alert: &Alert, mine: Option<&str>) -> Result<(), WireError> {
        let Some((said, remark)) = self.alert_handling().await?.of(&alert.id).acknowledged else {
            return Ok(());
        };
        if mine == Some(said.event.as_str()) {
            return Ok(());
        }
        let who = if said.by == actor.person { "Bạn".to_owned() } else { self.said_by(&said).await? };
        let remark = remark.map(|text| format!(": {text}")).unwrap_or_default();
        let message =
            format!("{who} đã nhận cảnh báo này lúc {}{remark}.", words::moment(said.at, self.now()));
        Err(conflict(message, &said.event))
    }

    pub(super) async fn said_by(&self, said: &Said) -> Result<String, WireError> {
        Ok(self.who().await?.person(&said.by, said.role))
    }

    async fn alert_done(&self, alert: &Alert, message: String) -> Result<AlertEdited, WireError> {
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(AlertEdited { message, alert: self.alert_detail(&alert.id).await? })
    }
}

fn conflict(message: String, event: &str) -> WireError {
    WireError::new(ErrorCode::Conflict, message).with("event", event)
}
