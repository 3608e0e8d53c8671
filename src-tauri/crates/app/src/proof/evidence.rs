//! Evidence added, revoked and opened. Files are kept as blobs before the event that names them.

use super::files;
use crate::{
    App,
    checklist::{day, note},
    messages,
    people::Actor,
    wire::{
        EditedView, ErrorCode, EvidenceArgs, EvidenceInput, EvidenceKeyArgs, EvidenceRevokeArgs,
        ExportedView, FileInput, NoResult, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    evidence::{ApiCheck, Evidence, EvidenceError, EvidenceItem, FileRef, check},
    text::nfc,
};
use pvhcc_store::StoreError;
use std::path::{Path, PathBuf};

/// Folder of the profile for files being looked at; emptied when the profile is opened and closed.
const OPENED: &str = "opened";

impl App {
    pub(crate) async fn evidence_add(
        &self,
        actor: &Actor,
        args: EvidenceArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let evidence = match args.evidence {
            EvidenceInput::Note { text } => Evidence::Note { text: note(Some(&text))?.unwrap_or_default() },
            EvidenceInput::Link { url, title } => {
                Evidence::Link { url: url.trim().to_owned(), title: note(title.as_deref())? }
            }
            EvidenceInput::File { file } => Evidence::File { file: self.keep_file(&file).await? },
            EvidenceInput::LiveCheck => Evidence::LiveCheck { check: self.live_check(&args.no).await? },
            EvidenceInput::TestRun { on, by, tried, result, minutes } => {
                let (on, by, tried) =
                    (day(&on, "on")?, nfc(by.trim()), note(Some(&tried))?.unwrap_or_default());
                // What is wrong with the words is said before a file is kept for nothing.
                let bare =
                    Evidence::TestRun { on, by: by.clone(), tried: tried.clone(), result, minutes: None };
                check(&bare, self.now().day()).map_err(|e| problem(e, &bare))?;
                let minutes = match &minutes {
                    Some(file) => Some(self.keep_file(file).await?),
                    None => None,
                };
                Evidence::TestRun { on, by, tried, result, minutes }
            }
        };
        check(&evidence, self.now().day()).map_err(|e| problem(e, &evidence))?;
        let message = format!("Đã thêm minh chứng cho nhiệm vụ {}.", args.no);
        self.edit(actor, &args.no, args.based_on, Act::EvidenceAdded { evidence }, message).await
    }

    pub(crate) async fn evidence_revoke(
        &self,
        actor: &Actor,
        args: EvidenceRevokeArgs,
    ) -> Result<EditedView, WireError> {
        self.editable(actor, &args.no)?;
        let item = self.evidence_item(&args.no, &args.id).await?;
        if item.revoked.is_some() {
            return Err(WireError::new(ErrorCode::NotFound, "Minh chứng này đã được rút từ trước."));
        }
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do rút minh chứng."));
        };
        let message = format!("Đã rút một minh chứng của nhiệm vụ {}.", args.no);
        let act = Act::EvidenceRevoked { evidence_id: args.id, reason };
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    /// Opens a link in the browser, or hands a copy of a file, which nobody can write to, to the system's program for it.
    pub(crate) async fn evidence_open(&self, args: EvidenceKeyArgs) -> Result<NoResult, WireError> {
        let item = self.evidence_item(&args.no, &args.id).await?;
        if let Evidence::Link { url, .. } = &item.evidence {
            (self.0.open_browser)(url).map_err(|why| WireError::new(ErrorCode::Internal, why))?;
            return Ok(NoResult {});
        }
        let (file, name, bytes) = self.file_of(&args.no, &item).await?;
        let folder = self.0.folder.join(OPENED).join(&file.sha256[..12]);
        let path = folder.join(&name);
        write_read_only(&folder, &path, bytes).await.map_err(|e| messages::folder(&folder, &e))?;
        (self.0.open_file)(&path).map_err(|why| WireError::new(ErrorCode::Internal, why))?;
        Ok(NoResult {})
    }

    /// Saves a copy of a file kept as evidence among the files made for people.
    pub(crate) async fn evidence_save(&self, args: EvidenceKeyArgs) -> Result<ExportedView, WireError> {
        let item = self.evidence_item(&args.no, &args.id).await?;
        let (_, name, bytes) = self.file_of(&args.no, &item).await?;
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "bin"));
        let path = self.save_export(stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView {
            message: format!("Đã lưu một bản của tệp «{name}» vào {path}."), path
        })
    }

    /// A file kept as evidence with its safe name and its bytes, which are those that were added.
    async fn file_of<'a>(
        &self,
        no: &str,
        item: &'a EvidenceItem,
    ) -> Result<(&'a FileRef, String, Vec<u8>), WireError> {
        let Some(file) = item.evidence.file() else {
            return Err(WireError::new(ErrorCode::NotFound, "Minh chứng này không có tệp."));
        };
        // Names were checked when added; a journal from elsewhere may hold others.
        let name = files::safe_name(&file.name);
        if files::is_run(&name) {
            return Err(files::refused(&name));
        }
        let word = match self.0.store.get_blob(&file.sha256).await {
            Ok(bytes) => return Ok((file, name, bytes)),
            Err(StoreError::BlobMissing(_)) => "không còn trong kho minh chứng",
            Err(StoreError::BlobDamaged(_)) => "đã bị thay đổi so với lúc thêm",
            Err(other) => return Err(messages::store(&other)),
        };
        let _ = self.evidence_check(crate::wire::EvidenceCheckArgs { no: Some(no.to_owned()) }).await?;
        Err(WireError::new(
            ErrorCode::Storage,
            format!("Tệp «{name}» {word} nên không đưa ra. Hãy rút minh chứng này và thêm lại từ bản gốc."),
        ))
    }

    async fn evidence_item(&self, no: &str, id: &str) -> Result<EvidenceItem, WireError> {
        let states = self.0.store.task_states().await.map_err(|e| messages::store(&e))?;
        let item = states.get(no).and_then(|state| state.evidence.iter().find(|item| item.id == id));
        item.cloned().ok_or_else(|| {
            WireError::new(
                ErrorCode::NotFound,
                format!("Nhiệm vụ {no} không có minh chứng này, hoặc đã được hoàn tác."),
            )
        })
    }

    /// Keeps the bytes and says what they are.
    pub(crate) async fn keep_file(&self, input: &FileInput) -> Result<FileRef, WireError> {
        let (bytes, file) = files::read(input)?;
        let sha256 = self.0.store.put_blob(&bytes).await.map_err(|e| messages::store(&e))?;
        self.is_sound(&sha256).await?;
        Ok(FileRef { sha256, ..file })
    }

    /// The gateway's measure of the task's API at this moment.
    async fn live_check(&self, no: &str) -> Result<ApiCheck, WireError> {
        let Some(api) = self.0.checklist.get(no).and_then(|row| row.api.as_deref()) else {
            return Err(messages::invalid("evidence", "Nhiệm vụ này không gắn với API nào để đo."));
        };
        let book = self.proofs().await?;
        match book.words.apis.get(api).filter(|seen| book.fresh && seen.measured.calls > 0) {
            Some(seen) => {
                let m = &seen.measured;
                let (from, to) = (m.from, m.to);
                Ok(ApiCheck { api: api.to_owned(), from, to, calls: m.calls, ok: m.ok, p95_ms: m.p95_ms })
            }
            None => Err(WireError::new(
                ErrorCode::Source,
                format!("Trục tích hợp chưa có số đo mới của {api}. Hãy thử lại khi nguồn trả lời."),
            )),
        }
    }

    /// Drops the copies of files that were looked at.
    pub(crate) fn forget_opened(&self) {
        let folder = self.0.folder.join(OPENED);
        if let Err(e) = remove_all(&folder)
            && e.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(error = %e, "copies of opened files were not removed");
        }
    }
}

async fn write_read_only(folder: &Path, path: &Path, bytes: Vec<u8>) -> std::io::Result<()> {
    let (folder, path): (PathBuf, PathBuf) = (folder.to_owned(), path.to_owned());
    let write = move || {
        std::fs::create_dir_all(&folder)?;
        if path.exists() {
            set_read_only(&path, false)?;
        }
        std::fs::write(&path, bytes)?;
        set_read_only(&path, true)
    };
    tokio::task::spawn_blocking(write).await.map_err(std::io::Error::other)?
}

fn set_read_only(path: &Path, read_only: bool) -> std::io::Result<()> {
    let mut permissions = std::fs::metadata(path)?.permissions();
    permissions.set_readonly(read_only);
    std::fs::set_permissions(path, permissions)
}

/// As `remove_dir_all`, also where a read-only file may not be deleted (Windows).
fn remove_all(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        for file in std::fs::read_dir(entry?.path())? {
            set_read_only(&file?.path(), false)?;
        }
    }
    std::fs::remove_dir_all(folder)
}

fn problem(error: EvidenceError, evidence: &Evidence) -> WireError {
    let empty = match evidence {
        Evidence::TestRun { .. } => ("tried", "Hãy ghi đã thử những gì."),
        _ => ("text", "Hãy nhập nội dung."),
    };
    let (field, message) = match error {
        EvidenceError::Empty => empty,
        EvidenceError::NotAnAddress => {
            ("url", "Liên kết cần bắt đầu bằng http:// hoặc https:// và không có dấu cách.")
        }
        EvidenceError::Size => ("file", "Tệp rỗng hoặc lớn hơn 20 MB."),
        EvidenceError::TestInFuture => ("on", "Ngày kiểm thử không thể sau hôm nay."),
        EvidenceError::NobodyTested => ("by", "Hãy ghi đơn vị thực hiện kiểm thử."),
    };
    messages::invalid(field, message)
}
