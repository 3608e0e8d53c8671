//! Files that are here to be looked at and taken: sent in pieces by the page, or opened where they are by the command line.

use super::{
    plan::Looked,
    sealed::{Sealed, Sealing},
};
use crate::{
    App, messages,
    wire::{ErrorCode, ImportCancelArgs, ImportPieceArgs, ImportPieceView, NoResult, WireError},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_domain::{text::nfc, time::Ms};
use pvhcc_sources::files::table::{Input, MOST_TABLE_BYTES};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

/// Largest piece, bytes.
const LARGEST_PIECE: usize = 4 * 1024 * 1024;
/// Most files here at once.
const MOST_UPLOADS: usize = 8;
/// How long a file stays without use.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// All files that are here.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<HashMap<String, Arc<Upload>>>);

/// A file.
pub(super) struct Upload {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) modified: Option<Ms>,
    body: Mutex<Body>,
    /// Whatever is under way with it should stop.
    pub(super) stop: AtomicBool,
    /// One thing at a time.
    pub(super) turn: Arc<tokio::sync::Mutex<Option<Looked>>>,
    used: Mutex<Instant>,
}

enum Body {
    Coming { sealing: Box<Sealing>, hash: Sha256, received: u64 },
    Here { sealed: Sealed, sha256: String },
    Place { path: PathBuf, sha256: String, stamp: Stamp },
    Broken,
}

/// Length and time of a file: another one stands there when they differ.
type Stamp = (u64, Option<SystemTime>);

fn stamp(about: &std::fs::Metadata) -> Stamp {
    (about.len(), about.modified().ok())
}

impl Upload {
    fn new(name: &str, size: u64, modified: Option<Ms>, body: Body) -> Self {
        let name = nfc(name.rsplit(['/', '\\']).next().unwrap_or_default().trim());
        let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
        Self {
            key: hex::encode(rand::random::<[u8; 16]>()),
            name: if name.is_empty() { "tep".to_owned() } else { name },
            size,
            modified,
            body: Mutex::new(body),
            stop: AtomicBool::new(false),
            turn: Arc::default(),
            used: Mutex::new(Instant::now()),
        }
    }

    fn body(&self) -> std::sync::MutexGuard<'_, Body> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// SHA-256 of a whole file.
    pub(super) fn sha256(&self) -> Result<String, WireError> {
        match &*self.body() {
            Body::Here { sha256, .. } | Body::Place { sha256, .. } => Ok(sha256.clone()),
            Body::Coming { .. } | Body::Broken => Err(not_whole(&self.name)),
        }
    }

    /// The bytes of a whole file.
    pub(super) fn open(&self) -> Result<Box<dyn Input>, WireError> {
        match &*self.body() {
            Body::Here { sealed, .. } => Ok(Box::new(sealed.open())),
            Body::Place { path, stamp, .. } => {
                let file = File::open(path).map_err(|e| unreadable(path, &e))?;
                let now = file.metadata().map_err(|e| unreadable(path, &e))?;
                if self::stamp(&now) != *stamp {
                    let text =
                        format!("Tệp «{}» vừa bị thay đổi trong khi đọc. Hãy nhập lại từ đầu.", self.name);
                    return Err(WireError::new(ErrorCode::Conflict, text));
                }
                Ok(Box::new(file))
            }
            Body::Coming { .. } | Body::Broken => Err(not_whole(&self.name)),
        }
    }

    fn touch(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn is_old(&self) -> bool {
        // What is under way is in use.
        self.turn.try_lock().is_ok()
            && self.used.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > KEPT
    }
}

fn not_whole(name: &str) -> WireError {
    messages::invalid("upload", &format!("Tệp «{name}» chưa gửi xong. Hãy chọn lại tệp."))
}

fn unreadable(path: &Path, e: &std::io::Error) -> WireError {
    let path = path.display();
    WireError::new(
        ErrorCode::Invalid,
        format!("Không đọc được tệp {path}: {e}. Hãy kiểm tra tên và quyền đọc."),
    )
}

fn too_large(name: &str) -> WireError {
    let most = MOST_TABLE_BYTES / (1024 * 1024 * 1024);
    messages::invalid(
        "file",
        &format!("Tệp «{name}» lớn hơn {most} GB nên không nhận. Hãy tách thành nhiều tệp theo kỳ."),
    )
}

impl Uploads {
    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Upload>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives back what nobody used for long.
    fn sweep(&self) {
        self.all().retain(|_, upload| !upload.is_old());
    }

    fn add(&self, upload: Upload) -> Result<Arc<Upload>, WireError> {
        self.sweep();
        let mut all = self.all();
        if all.len() >= MOST_UPLOADS {
            return Err(WireError::new(
                ErrorCode::Busy,
                "Đang mở quá nhiều tệp nhập cùng lúc. Hãy đóng bớt rồi chọn lại tệp.",
            ));
        }
        let upload = Arc::new(upload);
        all.insert(upload.key.clone(), Arc::clone(&upload));
        Ok(upload)
    }

    pub(super) fn get(&self, key: &str) -> Result<Arc<Upload>, WireError> {
        self.sweep();
        let found = self.all().get(key).cloned();
        let upload = found.ok_or_else(|| {
            WireError::new(
                ErrorCode::NotFound,
                "Tệp đã được trả lại vì để quá lâu hoặc đã nhập xong. Hãy chọn lại tệp.",
            )
        })?;
        upload.touch();
        Ok(upload)
    }

    pub(super) fn forget(&self, key: &str) {
        self.all().remove(key);
    }
}

impl App {
    /// Takes a piece of a file.
    pub(crate) async fn dossier_import_send(
        &self,
        args: ImportPieceArgs,
    ) -> Result<ImportPieceView, WireError> {
        let (app, is_first) = (self.clone(), args.upload.is_none());
        let received = tokio::task::spawn_blocking(move || app.receive(&args)).await;
        if is_first {
            self.give_back_later();
        }
        received.map_err(|e| messages::builtin(&e))?
    }

    /// Gives files back that nobody uses any more, as long as there are any.
    fn give_back_later(&self) {
        let inner = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(KEPT).await;
                let Some(inner) = inner.upgrade() else { return };
                inner.uploads.sweep();
                if inner.uploads.all().is_empty() {
                    return;
                }
            }
        });
    }

    fn receive(&self, args: &ImportPieceArgs) -> Result<ImportPieceView, WireError> {
        let unreadable =
            || messages::invalid("file", "Nội dung tệp gửi lên không đọc được. Hãy chọn lại tệp.");
        if args.size > MOST_TABLE_BYTES {
            return Err(too_large(&args.name));
        }
        // Four characters carry three bytes: what is too long is not even decoded.
        if args.content.len() / 4 > LARGEST_PIECE / 3 + 1 {
            return Err(unreadable());
        }
        let bytes = STANDARD.decode(&args.content).map_err(|_| unreadable())?;
        let disk = |e: std::io::Error| messages::folder(self.folder(), &e);
        let upload = match &args.upload {
            Some(key) => self.0.uploads.get(key)?,
            None => {
                let sealing = Box::new(Sealing::new(self.folder()).map_err(disk)?);
                let body = Body::Coming { sealing, hash: Sha256::new(), received: 0 };
                self.0.uploads.add(Upload::new(&args.name, args.size, args.modified.map(Ms), body))?
            }
        };
        let mut body = upload.body();
        let Body::Coming { sealing, hash, received } = &mut *body else {
            return Ok(ImportPieceView { upload: upload.key.clone(), received: upload.size });
        };
        let end = args.offset.saturating_add(bytes.len() as u64);
        if args.offset != *received || end > upload.size {
            return Err(unreadable());
        }
        sealing.add(&bytes).map_err(disk)?;
        hash.update(&bytes);
        *received = end;
        if end == upload.size
            && let Body::Coming { sealing, hash, .. } = std::mem::replace(&mut *body, Body::Broken)
        {
            let sealed = sealing.finish().map_err(disk)?;
            *body = Body::Here { sealed, sha256: hex::encode(hash.finalize()) };
        }
        drop(body);
        Ok(ImportPieceView { upload: upload.key.clone(), received: end })
    }

    /// Opens a file where it is, for the command line; nothing of it is copied. Returns its key for the commands of imports.
    ///
    /// # Errors
    /// `Invalid` when it cannot be read or is too large.
    pub async fn open_import(&self, path: &Path) -> Result<String, WireError> {
        let (app, path) = (self.clone(), path.to_owned());
        let opened = tokio::task::spawn_blocking(move || app.open_place(path)).await;
        opened.map_err(|e| messages::builtin(&e))?
    }

    fn open_place(&self, path: PathBuf) -> Result<String, WireError> {
        let failed = |e: std::io::Error| unreadable(&path, &e);
        let mut file = File::open(&path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if about.len() > MOST_TABLE_BYTES {
            return Err(too_large(&name));
        }
        let mut hash = Sha256::new();
        let mut block = vec![0; 256 * 1024];
        loop {
            match file.read(&mut block).map_err(failed)? {
                0 => break,
                read => hash.update(&block[..read]),
            }
        }
        let modified = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let modified = modified.and_then(|at| i64::try_from(at.as_millis()).ok()).map(Ms);
        let stamp = stamp(&about);
        let body = Body::Place { path, sha256: hex::encode(hash.finalize()), stamp };
        Ok(self.0.uploads.add(Upload::new(&name, about.len(), modified, body))?.key.clone())
    }

    /// Stops what is under way with a file, and gives the file back if that is asked for.
    pub(crate) async fn dossier_import_cancel(&self, args: ImportCancelArgs) -> Result<NoResult, WireError> {
        if let Ok(upload) = self.0.uploads.get(&args.upload) {
            upload.stop.store(true, Ordering::Relaxed);
        }
        if args.forget {
            self.0.uploads.forget(&args.upload);
        }
        Ok(NoResult {})
    }
}
