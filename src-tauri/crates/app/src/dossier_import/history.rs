//! Imports that were taken, and taking one out again: an act like any other, which its person may take back by the same key.

use crate::{
    App, messages,
    people::Actor,
    wire::{
        AppEvent, ErrorCode, ImportRow, ImportUndoArgs, ImportUndoneView, ImportWhat, ImportsView, WireError,
    },
};
use pvhcc_domain::{
    act::{Act, Event},
    roles::Permission,
    task::undone,
    text::number,
};
use pvhcc_store::ImportKind;

/// Entities of imports.
pub(crate) const ENTITY: &str = "import:";

/// The entity of the import of an upload.
pub(super) fn entity(upload: &str) -> String {
    format!("{ENTITY}{upload}")
}

/// An act that took a file.
fn took(event: &Event) -> bool {
    matches!(event.act, Act::DossiersImported { .. })
}

impl App {
    /// Files that were taken, those of which nothing was kept among them.
    pub(crate) async fn dossier_imports(&self, actor: Option<&Actor>) -> Result<ImportsView, WireError> {
        let store = &self.0.store;
        let kept = store.imports().await.map_err(|e| messages::store(&e))?;
        let journal = store.events(None, 0, i64::MAX).await.map_err(|e| messages::store(&e))?;
        let undone = undone(&journal);
        let who = self.who().await?;
        let may = actor.is_some_and(|actor| actor.role.grants(Permission::EditTasks));
        let mut imports: Vec<ImportRow> = Vec::new();
        for row in &kept {
            let event = journal.iter().find(|event| event.id == row.head.event);
            let taken_back = undone.contains(row.head.event.as_str());
            let rejected = event.map_or(0, |event| match &event.act {
                Act::DossiersImported { rejected, .. } => *rejected,
                _ => 0,
            });
            imports.push(ImportRow {
                id: row.id.to_string(),
                file: row.head.name.clone(),
                sha256: row.head.sha256.clone(),
                what: what(row.head.kind),
                system: row.head.system.clone(),
                as_of: row.head.as_of.0,
                taken_at: row.head.taken_at.0,
                who: event.map(|event| who.of(event)).unwrap_or_default(),
                accepted: row.new + row.changed,
                unchanged: row.unchanged + row.older,
                rejected,
                undone_at: row.undone_at.map(|at| at.0),
                can_undo: may && row.undone_at.is_none(),
                state: match (row.undone_at, taken_back) {
                    (Some(_), _) => "Đã hoàn tác",
                    (None, true) => "Chưa gỡ xong; hãy hoàn tác lại",
                    (None, false) => "Đang dùng",
                }
                .to_owned(),
            });
        }
        let lost =
            journal.iter().filter(|event| took(event) && !kept.iter().any(|row| row.head.event == event.id));
        imports.extend(lost.filter_map(|event| lost_row(event, who.of(event))));
        imports.sort_by_key(|row| std::cmp::Reverse(row.taken_at));
        Ok(ImportsView { imports })
    }

    /// Takes an import out again.
    pub(crate) async fn dossier_import_undo(
        &self,
        actor: &Actor,
        args: ImportUndoArgs,
    ) -> Result<ImportUndoneView, WireError> {
        let store = &self.0.store;
        let kept = store.imports().await.map_err(|e| messages::store(&e))?;
        let row = kept.iter().find(|row| row.id.to_string() == args.import).ok_or_else(|| {
            WireError::new(ErrorCode::NotFound, "Không có lần nhập này, hoặc lần ấy không giữ gì.")
        })?;
        if row.undone_at.is_some() {
            return Err(WireError::new(ErrorCode::Conflict, "Lần nhập này đã được hoàn tác."));
        }
        let journal = store.events(None, 0, i64::MAX).await.map_err(|e| messages::store(&e))?;
        let event = journal.iter().find(|event| event.id == row.head.event);
        // An act that was taken back, of which the rows stayed, is only to be carried out.
        if let Some(event) = event.filter(|event| !undone(&journal).contains(event.id.as_str())) {
            let act = Act::ActUndone { event_id: event.id.clone() };
            self.say(actor, &event.entity, None, act).await?;
        }
        self.take_out(row.id).await?;
        let rows = number(i64::try_from(row.new + row.changed).unwrap_or(i64::MAX));
        Ok(ImportUndoneView {
            message: format!("Đã hoàn tác lần nhập tệp «{}»: gỡ {rows} dòng.", row.head.name),
        })
    }

    async fn take_out(&self, import: i64) -> Result<(), WireError> {
        self.0.store.undo_import(import, self.now()).await.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::DossiersChanged { more: false });
        Ok(())
    }

    /// Whether these acts may be taken back (or, with `again`, done again) by the key of undo.
    ///
    /// # Errors
    /// `Invalid` for an import that would have to be done again: its rows are gone, and only the file can bring them back.
    pub(crate) fn check_imports_undo(&self, parts: &[&Event], again: bool) -> Result<(), WireError> {
        if again && parts.iter().any(|event| event.entity.starts_with(ENTITY)) {
            let text = "Lần nhập đã hoàn tác không làm lại được. Hãy nhập lại tệp.";
            return Err(messages::invalid("eventId", text));
        }
        Ok(())
    }

    /// Takes out what acts brought that were just taken back.
    pub(crate) async fn take_out_imports(&self, parts: &[&Event]) -> Result<(), WireError> {
        if !parts.iter().any(|event| took(event)) {
            return Ok(());
        }
        let kept = self.0.store.imports().await.map_err(|e| messages::store(&e))?;
        for row in kept.iter().filter(|row| row.undone_at.is_none()) {
            if parts.iter().any(|event| took(event) && event.id == row.head.event) {
                self.take_out(row.id).await?;
            }
        }
        Ok(())
    }
}

fn what(kind: ImportKind) -> ImportWhat {
    match kind {
        ImportKind::Records => ImportWhat::Dossiers,
        ImportKind::Figures => ImportWhat::Figures,
    }
}

/// An act of which no rows came: the disk was full, the program was ended, the file was gone.
fn lost_row(event: &Event, who: String) -> Option<ImportRow> {
    let Act::DossiersImported { file, sha256, what, system, as_of, rejected, .. } = &event.act else {
        return None;
    };
    Some(ImportRow {
        id: event.id.clone(),
        file: file.clone(),
        sha256: sha256.clone(),
        what: if what == "figures" { ImportWhat::Figures } else { ImportWhat::Dossiers },
        system: system.clone(),
        as_of: as_of.0,
        taken_at: event.said_at.0,
        who,
        accepted: 0,
        unchanged: 0,
        rejected: *rejected,
        undone_at: None,
        can_undo: false,
        state: "Chưa nhập xong; không giữ gì".to_owned(),
    })
}
