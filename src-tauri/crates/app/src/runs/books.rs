//! The shelf of runbooks: those shipped, and the versions people kept. Each version is a blob, so that what is exported is what
//! was written, byte for byte.

use super::words;
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{
        ErrorCode, ExportedView, HistoryLine, RunbookArgs, RunbookCheckArgs, RunbookCheckView,
        RunbookFinding, RunbookImportArgs, RunbookRetireArgs, RunbookRow, RunbookSaveArgs, RunbookSavedView,
        RunbookView, RunbooksView, WireError,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_domain::{
    act::{Act, Event},
    operation::{
        run::{RUNBOOK, RunbookAct},
        runbook::{BUILTIN, Known, Read, Runbook, parse, read},
    },
    roles::Permission,
    text::collate_key,
};
use pvhcc_store::NewEvent;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Longest text of a runbook, bytes.
const LONGEST: usize = 256 * 1024;

/// A runbook as it stands.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) sha256: String,
    shipped: bool,
    saved: Option<Event>,
    pub(super) retired: Option<String>,
    last_event: Option<String>,
}

pub(super) type Shelf = BTreeMap<String, Kept>;

fn entity(id: &str) -> String {
    format!("{RUNBOOK}{id}")
}

fn sum(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

impl App {
    /// Every runbook, retired ones too, by id.
    pub(super) async fn shelf(&self) -> Result<Shelf, WireError> {
        let events = self.events_under(RUNBOOK).await?;
        let shipped = |(id, text): (&str, &str)| {
            let kept = Kept {
                text: text.to_owned(),
                sha256: sum(text),
                shipped: true,
                saved: None,
                retired: None,
                last_event: None,
            };
            (id.to_owned(), kept)
        };
        let mut shelf: Shelf = BUILTIN.into_iter().map(shipped).collect();
        for event in events {
            let (Some(id), Act::Runbook(act)) = (event.entity.strip_prefix(RUNBOOK), &event.act) else {
                continue;
            };
            match act {
                RunbookAct::Saved { sha256, .. } => {
                    let text = match self.0.store.get_blob(sha256).await {
                        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                        Err(e) => {
                            // The other runbooks stay usable; this one shows that it cannot be read.
                            tracing::warn!(error = %e, runbook = id, "version of a runbook is not readable");
                            String::new()
                        }
                    };
                    let kept = Kept {
                        text,
                        sha256: sha256.clone(),
                        shipped: false,
                        saved: Some(event.clone()),
                        retired: None,
                        last_event: Some(event.id.clone()),
                    };
                    shelf.insert(id.to_owned(), kept);
                }
                RunbookAct::Retired { reason } => {
                    if let Some(kept) = shelf.get_mut(id) {
                        kept.retired = Some(reason.clone());
                        kept.last_event = Some(event.id.clone());
                    }
                }
            }
        }
        Ok(shelf)
    }

    pub(super) async fn kept_runbook(&self, id: &str) -> Result<Kept, WireError> {
        self.shelf().await?.remove(id).ok_or_else(|| no_runbook(id))
    }

    /// What runbooks may name on this profile.
    pub(super) fn with_known<T>(&self, shelf: &Shelf, ask: impl FnOnce(&Known<'_>) -> T) -> T {
        let node = |id: &str| self.0.alerts.graph().node(id).is_some();
        let unit = |id: &str| self.0.units.contains(id);
        let steps_of = |id: &str| {
            let runbook =
                shelf.get(id).filter(|kept| kept.retired.is_none()).map(|kept| parse(&kept.text).ok());
            Some(runbook??.steps.into_iter().map(|s| s.id).collect())
        };
        ask(&Known { node: &node, unit: &unit, steps_of: &steps_of })
    }

    fn checked(&self, shelf: &Shelf, text: &str) -> (Option<Runbook>, RunbookCheckView) {
        if text.len() > LONGEST {
            let finding = RunbookFinding {
                line: 1,
                of: String::new(),
                text: "Kịch bản dài quá 256 KB. Hãy tách thành nhiều kịch bản.".to_owned(),
                fault: true,
            };
            let message = finding.text.clone();
            let view = RunbookCheckView {
                id: None,
                title: None,
                steps: 0,
                findings: vec![finding],
                good: false,
                message,
            };
            return (None, view);
        }
        let Read { runbook, faults, warnings } = self.with_known(shelf, |known| read(text, known));
        let outline = runbook.clone().or_else(|| parse(text).ok());
        let finding = |line, of: &String, text, fault| RunbookFinding { line, of: of.clone(), text, fault };
        let wrong = faults.iter().map(|f| finding(f.line, &f.of, words::fault(f), true));
        let odd = warnings.iter().map(|w| finding(w.line, &w.of, words::warning(w), false));
        let mut findings: Vec<RunbookFinding> = wrong.chain(odd).collect();
        findings.sort_by_key(|f| f.line);
        let message = match (faults.len(), warnings.len()) {
            (0, 0) => "Kịch bản hợp lệ.".to_owned(),
            (0, warned) => format!("Kịch bản hợp lệ, có {warned} chỗ cần xem lại."),
            (wrong, _) => format!("Kịch bản có {wrong} lỗi; hãy sửa các dòng được nêu."),
        };
        let view = RunbookCheckView {
            id: outline.as_ref().map(|r| r.id.clone()),
            title: outline.as_ref().map(|r| r.title.clone()),
            steps: outline.as_ref().map_or(0, |r| u32::try_from(r.steps.len()).unwrap_or(u32::MAX)),
            findings,
            good: faults.is_empty(),
            message,
        };
        (runbook, view)
    }

    pub(crate) async fn runbooks(&self, actor: Option<&Actor>) -> Result<RunbooksView, WireError> {
        let who = self.who().await?;
        let mut rows: Vec<RunbookRow> = Vec::new();
        for (id, kept) in &self.shelf().await? {
            rows.push(row(id, kept, kept.saved.as_ref().map(|e| who.of(e))));
        }
        rows.sort_by_key(|r| (r.retired.is_some(), r.starts, collate_key(&r.title)));
        Ok(RunbooksView { rows, can_edit: actor.is_some_and(|a| a.may(Permission::RunDuty)) })
    }

    pub(crate) async fn runbook(
        &self,
        actor: Option<&Actor>,
        args: RunbookArgs,
    ) -> Result<RunbookView, WireError> {
        let shelf = self.shelf().await?;
        let kept = shelf.get(&args.id).ok_or_else(|| no_runbook(&args.id))?;
        let (_, check) = self.checked(&shelf, &kept.text);
        let who = self.who().await?;
        let history = self.runbook_history(&args.id, &who).await?;
        Ok(RunbookView {
            row: row(&args.id, kept, kept.saved.as_ref().map(|e| who.of(e))),
            basis: parse(&kept.text).map(|r| r.basis).unwrap_or_default(),
            text: kept.text.clone(),
            sha256: kept.sha256.clone(),
            findings: check.findings,
            history,
            can_edit: actor.is_some_and(|a| a.may(Permission::RunDuty)),
            last_event: kept.last_event.clone(),
        })
    }

    async fn runbook_history(
        &self,
        id: &str,
        who: &crate::checklist::Who,
    ) -> Result<Vec<HistoryLine>, WireError> {
        let events = self.events_of(&entity(id)).await?;
        let line = |event: &Event| {
            let Act::Runbook(act) = &event.act else { return None };
            let (text, detail) = match act {
                RunbookAct::Saved { about, sha256, .. } => {
                    ("Lưu phiên bản", about.clone().unwrap_or_else(|| format!("mã băm {}", &sha256[..12])))
                }
                RunbookAct::Retired { reason } => ("Thôi dùng", reason.clone()),
            };
            Some(HistoryLine {
                id: event.id.clone(),
                at: event.said_at.0,
                text: text.to_owned(),
                detail,
                who: who.of(event),
                offline: event.auth == pvhcc_domain::roles::Auth::Offline,
                told: event.auth == pvhcc_domain::roles::Auth::CommandLine,
                automatic: false,
                batch: None,
                disputed: false,
                undone: false,
                undoable: false,
                redo: false,
            })
        };
        Ok(events.iter().rev().filter_map(line).collect())
    }

    pub(crate) async fn runbook_check(&self, args: RunbookCheckArgs) -> Result<RunbookCheckView, WireError> {
        Ok(self.checked(&self.shelf().await?, &args.text).1)
    }

    pub(crate) async fn runbook_save(
        &self,
        actor: &Actor,
        args: RunbookSaveArgs,
    ) -> Result<RunbookSavedView, WireError> {
        let about = note(args.about.as_deref())?;
        self.keep_runbook(actor, args.text, about, args.based_on).await
    }

    pub(crate) async fn runbook_import(
        &self,
        actor: &Actor,
        args: RunbookImportArgs,
    ) -> Result<RunbookSavedView, WireError> {
        let name = crate::proof::safe_name(&args.file.name);
        if args.file.content.len() > LONGEST * 2 {
            return Err(messages::invalid(
                "file",
                &format!("Tệp «{name}» lớn hơn 256 KB. Hãy chọn tệp kịch bản."),
            ));
        }
        let bytes = STANDARD.decode(&args.file.content).map_err(|_| {
            messages::invalid("file", "Nội dung tệp gửi lên không đọc được. Hãy chọn lại tệp.")
        })?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let line =
                e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            messages::invalid(
                "file",
                &format!("Tệp «{name}», dòng {line}: không phải văn bản UTF-8. Hãy lưu lại tệp theo UTF-8."),
            )
        })?;
        let shelf = self.shelf().await?;
        let id = self.checked(&shelf, &text).1.id;
        let based_on = id.and_then(|id| shelf.get(&id)?.last_event.clone());
        self.keep_runbook(actor, text, Some(format!("Nhập từ tệp {name}")), based_on).await
    }

    async fn keep_runbook(
        &self,
        actor: &Actor,
        text: String,
        about: Option<String>,
        based_on: Option<String>,
    ) -> Result<RunbookSavedView, WireError> {
        let shelf = self.shelf().await?;
        let (runbook, check) = self.checked(&shelf, &text);
        let Some(runbook) = runbook else {
            let message = format!("{} Chưa lưu.", check.message);
            return Ok(RunbookSavedView { check, saved: false, message });
        };
        let kept = shelf.get(&runbook.id);
        if kept.is_some_and(|kept| kept.retired.is_none() && kept.text == text) {
            return Err(messages::invalid("text", "Nội dung không thay đổi; chưa lưu gì."));
        }
        let sha256 = self.0.store.put_blob(text.as_bytes()).await.map_err(|e| messages::store(&e))?;
        let act = RunbookAct::Saved { title: runbook.title.clone(), sha256, about };
        self.say_of_runbook(actor, &runbook.id, based_on, act).await?;
        let message = format!("Đã lưu kịch bản «{}». Lần chạy đang mở vẫn theo phiên bản cũ.", runbook.title);
        Ok(RunbookSavedView { check, saved: true, message })
    }

    /// Keeps an act on a runbook that nobody has changed since the person saw it.
    async fn say_of_runbook(
        &self,
        actor: &Actor,
        id: &str,
        based_on: Option<String>,
        act: RunbookAct,
    ) -> Result<(), WireError> {
        let new = NewEvent {
            actor: actor.person.clone(),
            role: actor.role,
            auth: actor.auth,
            entity: entity(id),
            based_on: based_on.clone(),
            act: Act::Runbook(act),
            said_at: None,
        };
        let kept = self.0.store.append_next(new, based_on.as_deref()).await;
        if kept.map_err(|e| messages::store(&e))?.is_some() {
            self.runs_changed();
            return Ok(());
        }
        let last = self.events_of(&entity(id)).await?.pop();
        let who = match &last {
            Some(event) => self.said_words(&event.actor, event.role, event.said_at).await?,
            None => "Người khác".to_owned(),
        };
        let message = format!(
            "{who} đã lưu bản khác của kịch bản này sau khi bạn mở. Chưa ghi gì; hãy xem bản mới rồi lưu lại, nội dung bạn soạn vẫn còn."
        );
        Err(WireError::new(ErrorCode::Conflict, message))
    }

    pub(crate) async fn runbook_export(&self, args: RunbookArgs) -> Result<ExportedView, WireError> {
        let kept = self.kept_runbook(&args.id).await?;
        let path = self.save_export(&args.id, "toml", kept.text.into_bytes()).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu kịch bản vào {path}."), path })
    }

    pub(crate) async fn runbook_retire(
        &self,
        actor: &Actor,
        args: RunbookRetireArgs,
    ) -> Result<RunbooksView, WireError> {
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi vì sao thôi dùng."));
        };
        let kept = self.kept_runbook(&args.id).await?;
        if kept.retired.is_some() {
            return Err(super::conflict("Kịch bản này đã thôi dùng. Chưa ghi gì."));
        }
        self.say_of_runbook(actor, &args.id, kept.last_event, RunbookAct::Retired { reason }).await?;
        self.runbooks(Some(actor)).await
    }
}

fn no_runbook(id: &str) -> WireError {
    WireError::new(ErrorCode::NotFound, format!("Không có kịch bản «{id}». Hãy xem lại danh sách."))
}

fn row(id: &str, kept: &Kept, saved_by: Option<String>) -> RunbookRow {
    let outline = parse(&kept.text).ok();
    RunbookRow {
        id: id.to_owned(),
        title: outline.as_ref().map_or_else(|| id.to_owned(), |r| r.title.clone()),
        starts: outline.as_ref().map_or(0, |r| r.starts.0),
        steps: outline.as_ref().map_or(0, |r| u32::try_from(r.steps.len()).unwrap_or(u32::MAX)),
        shipped: kept.shipped,
        saved_at: kept.saved.as_ref().map(|e| e.said_at.0),
        saved_by,
        retired: kept.retired.clone(),
        rollback: outline.and_then(|r| r.rollback),
    }
}
