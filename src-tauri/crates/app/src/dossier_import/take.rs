//! Taking a file: the act first, then its rows in one transaction that names the act.

use super::{
    SHAPES,
    feed::{Taker, Walk, head},
    history::entity,
    look::busy,
    plan::Looked,
    uploads::Upload,
};
use crate::{
    App, messages,
    people::Actor,
    wire::{AppEvent, ErrorCode, TakeArgs, TakenView, WireError},
};
use pvhcc_domain::{act::Act, text::number};
use std::sync::{Arc, atomic::Ordering};

impl App {
    /// Takes what was looked at.
    ///
    /// # Errors
    /// `Conflict` when something else was looked at last.
    pub(crate) async fn dossier_import_take(
        &self,
        actor: &Actor,
        args: TakeArgs,
    ) -> Result<TakenView, WireError> {
        let upload = self.0.uploads.get(&args.upload)?;
        let turn = upload.turn.try_lock().map_err(|_| busy(&upload))?;
        let looked = turn.as_ref().filter(|looked| looked.token == args.look).ok_or_else(|| {
            WireError::new(
                ErrorCode::Conflict,
                "Cách đọc tệp đã đổi sau lần xem này. Chưa ghi gì; hãy xem lại rồi nhập.",
            )
        })?;
        if let Some(problem) = &looked.plan.problem {
            return Err(messages::invalid("file", problem));
        }
        upload.stop.store(false, Ordering::Relaxed);
        let taken = if looked.accepted == 0 {
            nothing_new(&upload, looked)
        } else {
            self.take_looked(actor, &upload, looked).await?
        };
        drop(turn);
        self.0.uploads.forget(&args.upload);
        Ok(taken)
    }

    async fn take_looked(
        &self,
        actor: &Actor,
        upload: &Arc<Upload>,
        looked: &Looked,
    ) -> Result<TakenView, WireError> {
        let mut import = head(self, upload, &looked.plan, "")?;
        let act = Act::DossiersImported {
            file: import.name.clone(),
            sha256: import.sha256.clone(),
            what: looked.plan.what.as_str().to_owned(),
            system: import.system.clone(),
            as_of: import.as_of,
            accepted: looked.accepted,
            unchanged: looked.unchanged,
            rejected: looked.rejected,
        };
        import.event = self.say(actor, &entity(&upload.key), None, act).await?.id;
        let walk = Walk {
            upload: Arc::clone(upload),
            plan: Arc::clone(&looked.plan),
            world: Arc::new(self.import_world().await?),
            evidence: Arc::new(looked.evidence.clone()),
            contradicted: Arc::clone(&looked.contradicted),
            turn: (0, 1),
        };
        let (told, kept) = self.walk(walk, Taker::Keep, &import).await?;
        let kept = kept.ok_or_else(|| messages::builtin(&"rows were not kept"))?;
        self.remember_shape(looked).await?;
        self.emit(AppEvent::DossiersChanged { more: false });
        let accepted = kept.new + kept.changed;
        let unchanged = told.rows - told.rejected - accepted;
        Ok(TakenView {
            import: Some(kept.import.to_string()),
            accepted,
            unchanged,
            rejected: told.rejected,
            message: format!(
                "Đã nhập {} dòng từ tệp «{}»{}.",
                count(accepted),
                upload.name,
                rest(unchanged, told.rejected)
            ),
        })
    }

    /// Files of this shape are read so from now on.
    async fn remember_shape(&self, looked: &Looked) -> Result<(), WireError> {
        let value = serde_json::to_string(&looked.plan.to_remember()).map_err(|e| messages::builtin(&e))?;
        let key = format!("{SHAPES}{}", looked.plan.shape);
        self.0.store.put_setting(&key, &value).await.map_err(|e| messages::store(&e))
    }
}

fn nothing_new(upload: &Upload, looked: &Looked) -> TakenView {
    TakenView {
        import: None,
        accepted: 0,
        unchanged: looked.unchanged,
        rejected: looked.rejected,
        message: format!(
            "Tệp «{}» không có gì mới so với số liệu đang có; không đổi gì{}.",
            upload.name,
            rest(0, looked.rejected)
        ),
    }
}

fn count(n: u64) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn rest(unchanged: u64, rejected: u64) -> String {
    let mut text = String::new();
    if unchanged > 0 {
        text.push_str(&format!("; {} dòng không đổi", count(unchanged)));
    }
    if rejected > 0 {
        text.push_str(&format!("; {} dòng không nhận", count(rejected)));
    }
    text
}
