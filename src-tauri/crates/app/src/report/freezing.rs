//! Freezing the figures. Of two who freeze at once both are kept, the later counts, and who came second is told.

use super::Of;
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{ErrorCode, ReportFreezeArgs, ReportView, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    report::{
        freeze::SCHEMA,
        state::{Frozen, span},
    },
};

/// Tries to freeze while nobody writes.
const TRIES: usize = 5;

impl App {
    pub(crate) async fn report_freeze(
        &self,
        actor: &Actor,
        args: ReportFreezeArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args.of).await?;
        scene.asked(Some(actor)).freeze()?;
        let seen = self.position_of(args.based_on.as_deref()).await?.unwrap_or(0);
        let unseen = scene.state.freezes.iter().any(|f| f.said.position > seen);
        let reason = match note(args.reason.as_deref())? {
            None if unseen => Some("Chốt cùng lúc với một bản chốt khác".to_owned()),
            None if !scene.state.freezes.is_empty() => {
                return Err(messages::invalid(
                    "reason",
                    "Số liệu đã chốt một lần. Hãy ghi lý do chốt lại; bản chốt trước vẫn được giữ.",
                ));
            }
            reason => reason,
        };
        let act = self.figures_of(scene.of, reason).await?;
        let event = self.say_of(actor, scene.of, args.based_on, act).await?;
        let mut view = self.report(Some(actor), args.of).await?;
        view.notice = self.others_froze(scene.of, seen, &event).await?;
        Ok(view)
    }

    /// Collects the figures, keeps them, and says how far the journal went for them. Somebody may write meanwhile: then they are
    /// collected again, so that positions and figures are of one moment.
    async fn figures_of(&self, of: Of, reason: Option<String>) -> Result<Act, WireError> {
        let (from, to) = span(of.cadence, of.day);
        let store = &self.0.store;
        for _ in 0..TRIES {
            let positions = store.positions().await.map_err(|e| messages::store(&e))?;
            let head = store.head().await.map_err(|e| messages::store(&e))?;
            let at = self.now();
            // The future of all rooms is large.
            let freeze = Box::pin(self.collect(of.cadence, from, to.min(at.day()), at)).await?;
            if store.positions().await.map_err(|e| messages::store(&e))? != positions {
                continue;
            }
            let bytes = freeze.to_bytes().map_err(|e| messages::builtin(&e))?;
            let sha256 = store.put_blob(&bytes).await.map_err(|e| messages::store(&e))?;
            return Ok(Act::ReportFrozen {
                cadence: of.cadence,
                day: of.day,
                sha256,
                at,
                schema: SCHEMA,
                positions,
                head: head.hash,
                reason,
            });
        }
        let message = "Đang có người ghi liên tục nên chưa chốt được số liệu. Hãy thử lại sau vài giây.";
        Err(WireError::new(ErrorCode::Busy, message))
    }

    /// Who else froze since the person looked, in words; `None` when nobody did.
    async fn others_froze(&self, of: Of, seen: i64, own: &Event) -> Result<Option<String>, WireError> {
        let state = self.report_state(of).await?;
        let other = |f: &&Frozen| f.said.position > seen && f.said.event != own.id;
        let Some(other) = state.freezes.iter().rfind(other) else { return Ok(None) };
        let who = self.who().await?.person(&other.said.by, other.said.role);
        let used = if other.said.position < own.position {
            "Bản chốt của bạn mới hơn nên được dùng"
        } else {
            "Bản chốt của họ mới hơn nên được dùng"
        };
        Ok(Some(format!(
            "{who} cũng vừa chốt số liệu lúc {}. {used}; cả hai bản đều được giữ.",
            other.said.at.local().format("%H:%M")
        )))
    }
}
