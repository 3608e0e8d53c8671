//! Entries of the register of fallback: taken, corrected, re-entered, paired, struck out.

use super::{PART, entry::code, entry::nothing_personal};
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    said::new_event,
    wire::{
        AppEvent, DoneView, ErrorCode, FallbackChangeArgs, FallbackPairArgs, FallbackReenterArgs,
        FallbackTakeArgs, FallbackVoidArgs, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    operation::register::{FALLBACK, FallbackAct, FallbackKind, FallbackState, Stage},
    time::Ms,
};

impl App {
    pub(crate) async fn fallback_take(
        &self,
        actor: &Actor,
        args: FallbackTakeArgs,
    ) -> Result<DoneView, WireError> {
        let entry = self.entry_of(args.words).await?;
        self.check_keeper_of(actor, &entry.unit)?;
        self.check_once(&self.fallback_states().await?, None, &entry, entry.dossier.as_deref())?;
        let what = match entry.kind {
            FallbackKind::Paper => "hồ sơ giấy",
            FallbackKind::Cash => "khoản tiền mặt",
        };
        let message = format!("Đã ghi {what} {} của {}.", entry.receipt, self.0.units.name(&entry.unit));
        let id = uuid::Uuid::now_v7().to_string();
        self.of_entry(actor, &id, None, FallbackAct::Taken { entry }, message).await
    }

    pub(crate) async fn fallback_change(
        &self,
        actor: &Actor,
        args: FallbackChangeArgs,
    ) -> Result<DoneView, WireError> {
        let all = self.fallback_states().await?;
        let state = self.to_keep(actor, &all, &args.id, args.based_on.as_deref()).await?;
        let entry = self.entry_of(args.words).await?;
        self.check_keeper_of(actor, &entry.unit)?;
        if entry == state.entry {
            return Err(messages::invalid("receipt", "Nội dung không thay đổi; chưa ghi gì."));
        }
        if state.stage() != Stage::Taken && entry.dossier != state.entry.dossier {
            let message = "Mục này đã nhập lại hệ thống: hãy đổi mã hồ sơ bằng «Nhập lại».";
            return Err(messages::invalid("dossier", message));
        }
        let reason = self.reason(&args.reason)?;
        let dossier = state.reentered.as_ref().map(|r| r.dossier.as_str()).or(entry.dossier.as_deref());
        self.check_once(&all, Some(&args.id), &entry, dossier)?;
        let message = format!("Đã sửa mục {}.", entry.receipt);
        self.of_entry(actor, &args.id, args.based_on, FallbackAct::Changed { entry, reason }, message).await
    }

    pub(crate) async fn fallback_reenter(
        &self,
        actor: &Actor,
        args: FallbackReenterArgs,
    ) -> Result<DoneView, WireError> {
        let all = self.fallback_states().await?;
        let state = self.to_keep(actor, &all, &args.id, args.based_on.as_deref()).await?;
        let Some(dossier) = code("dossier", Some(&args.dossier))? else {
            return Err(messages::invalid("dossier", "Hãy ghi mã hồ sơ trên hệ thống."));
        };
        if state.stage() == Stage::Paired {
            return Err(messages::invalid(
                "dossier",
                "Mục này đã ghép xong. Nếu ghép nhầm, hãy hoàn tác trước.",
            ));
        }
        let now = self.now();
        let at = args.at.map_or(now, Ms);
        if at > now || at < state.entry.at {
            return Err(messages::invalid("at", "Lúc nhập lại phải từ khi tiếp nhận đến bây giờ."));
        }
        self.check_once(&all, Some(&args.id), &state.entry, Some(&dossier))?;
        let found = match self.recorded(&dossier).await? {
            Some(found) if found.differs(&state.entry) => {
                "đã thấy trong bản ghi hồ sơ, nhưng số tiền trong bản ghi khác số đã thu"
            }
            Some(_) => "đã thấy trong bản ghi hồ sơ, có thể ghép ngay",
            None => "chưa thấy trong bản ghi hồ sơ đang có, sẽ ghép khi dữ liệu về",
        };
        let message = format!("Đã ghi {} nhập lại với mã {dossier}: {found}.", state.entry.receipt);
        self.of_entry(actor, &args.id, args.based_on, FallbackAct::Reentered { dossier, at }, message).await
    }

    pub(crate) async fn fallback_pair(
        &self,
        actor: &Actor,
        args: FallbackPairArgs,
    ) -> Result<DoneView, WireError> {
        let all = self.fallback_states().await?;
        let remark = note(args.remark.as_deref()).map_err(|e| e.with("field", "remark"))?;
        if let Some(remark) = &remark {
            nothing_personal("remark", remark)?;
        }
        let (mut news, mut missing, mut differing) = (Vec::new(), Vec::new(), Vec::new());
        for id in &args.ids {
            let state = self.to_keep(actor, &all, id, None).await?;
            let Some(code) = state.dossier().filter(|_| state.stage() == Stage::Reentered) else {
                let message = format!("Mục {} chưa nhập lại hệ thống hoặc đã ghép.", state.entry.receipt);
                return Err(messages::invalid("ids", &message));
            };
            if remark.is_none() {
                let open = match self.recorded(code).await? {
                    None => Some(&mut missing),
                    Some(found) => found.differs(&state.entry).then_some(&mut differing),
                };
                if let Some(open) = open {
                    open.push(state.entry.receipt.as_str());
                    continue;
                }
            }
            let act = Act::Fallback(FallbackAct::Paired { remark: remark.clone() });
            news.push(new_event(actor, format!("{FALLBACK}{id}"), act));
        }
        let left = |why: &str, receipts: &[&str]| match receipts.len() {
            0 => String::new(),
            n => format!(" {n} mục {why}: {}.", receipts.join(", ")),
        };
        let left = left("chưa thấy trong bản ghi hồ sơ đang có", &missing)
            + &left("có số tiền khác bản ghi hồ sơ", &differing);
        if news.is_empty() {
            let message = format!(
                "Chưa ghép được mục nào.{left} Hãy chờ dữ liệu về, hoặc ghi rõ đã đối chiếu bằng cách nào."
            );
            return Err(messages::invalid("remark", &message));
        }
        let about = format!("Ghép {} mục sổ giấy, tiền mặt với hồ sơ trên hệ thống", news.len());
        let message = format!("Đã ghép {} mục.{left}", news.len());
        let store = &self.0.store;
        let events = if news.len() == 1 {
            store.append_all(news).await
        } else {
            store.append_batch(news, &about).await
        };
        let events = events.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(DoneView { event_id: events.last().map(|e| e.id.clone()).unwrap_or_default(), message })
    }

    pub(crate) async fn fallback_void(
        &self,
        actor: &Actor,
        args: FallbackVoidArgs,
    ) -> Result<DoneView, WireError> {
        let all = self.fallback_states().await?;
        let state = self.to_keep(actor, &all, &args.id, args.based_on.as_deref()).await?;
        let reason = self.reason(&args.reason)?;
        let message = format!("Đã bỏ mục {} khỏi sổ; vẫn còn trong lịch sử.", state.entry.receipt);
        self.of_entry(actor, &args.id, args.based_on, FallbackAct::Voided { reason }, message).await
    }

    fn reason(&self, text: &str) -> Result<String, WireError> {
        let Some(reason) = note(Some(text)).map_err(|e| e.with("field", "reason"))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do."));
        };
        nothing_personal("reason", &reason)?;
        Ok(reason)
    }

    pub(super) fn check_keeper_of(&self, actor: &Actor, unit: &str) -> Result<(), WireError> {
        if self.may_keep_register(actor, unit) {
            return Ok(());
        }
        Err(WireError::new(
            ErrorCode::Forbidden,
            format!(
                "Bạn chỉ ghi được sổ của đơn vị mình, không ghi được sổ của {}. Đơn vị điều phối ghi thay mọi đơn vị.",
                self.0.units.name(unit)
            ),
        ))
    }

    /// An entry that the person keeps and has seen as it stands; without `based_on` its state is checked by the caller.
    async fn to_keep<'a>(
        &self,
        actor: &Actor,
        all: &'a [FallbackState],
        id: &str,
        based_on: Option<&str>,
    ) -> Result<&'a FallbackState, WireError> {
        let Some(state) = all.iter().find(|s| s.id == id) else {
            let message = "Không còn mục này trong sổ; có thể người ghi vừa hoàn tác.";
            return Err(WireError::new(ErrorCode::NotFound, message));
        };
        self.check_keeper_of(actor, &state.entry.unit)?;
        if based_on.is_some_and(|seen| seen != state.last_event) {
            let now = match state.stage() {
                Stage::Taken => "chưa nhập lại hệ thống".to_owned(),
                Stage::Reentered => format!("đã nhập lại, mã {}", state.dossier().unwrap_or_default()),
                Stage::Paired => "đã ghép".to_owned(),
                Stage::Voided => "đã bỏ khỏi sổ".to_owned(),
            };
            return Err(self
                .overtaken(&format!("Mục {}", state.entry.receipt), &state.last_by, &now)
                .await?);
        }
        if state.stage() == Stage::Voided {
            return Err(messages::invalid("reason", "Mục này đã bỏ khỏi sổ."));
        }
        Ok(state)
    }

    async fn of_entry(
        &self,
        actor: &Actor,
        id: &str,
        based_on: Option<String>,
        act: FallbackAct,
        message: String,
    ) -> Result<DoneView, WireError> {
        let event = self.say(actor, &format!("{FALLBACK}{id}"), based_on, Act::Fallback(act)).await?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(DoneView { event_id: event.id, message })
    }
}
