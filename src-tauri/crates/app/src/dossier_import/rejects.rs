//! Every row that is not taken, as a file for whoever mends them. Without any value of the rows: a row that slipped by one
//! column may have a name where a date should be.

use super::{
    look::busy,
    pass::{Ended, Pass, Sinks},
    plan::{Looked, Plan, World},
    uploads::Upload,
    words,
};
use crate::{
    App, messages,
    wire::{ErrorCode, ExportedView, ImportReject, UploadArgs, WireError},
};
use pvhcc_domain::import::{Contradicted, Evidence};
use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Arc, atomic::Ordering},
};

impl App {
    /// Writes the rows not taken of the file as it was looked at last.
    pub(crate) async fn dossier_import_rejects(&self, args: UploadArgs) -> Result<ExportedView, WireError> {
        let list = self.rejected_rows(&args.upload).await?;
        if list.rows == 0 {
            return Err(messages::invalid("upload", "Không có dòng nào không nhận."));
        }
        let stem = format!("dong-khong-nhan-{}", self.now().local().format("%Y%m%d-%H%M%S"));
        let path = self.save_export_with(&stem, "csv", move |file| list.write(file)).await?;
        let path = path.display().to_string();
        let message = format!("Đã ghi danh sách dòng không nhận vào {path}.");
        Ok(ExportedView { path, message })
    }

    /// Tells every row not taken of a file as it was looked at last, in the order of the file; for the command line.
    ///
    /// # Errors
    /// `Invalid` when the file was not looked at, or cannot be read any more.
    pub async fn each_import_reject(
        &self,
        upload: &str,
        mut each: impl FnMut(&ImportReject) + Send + 'static,
    ) -> Result<(), WireError> {
        let list = self.rejected_rows(upload).await?;
        let told = move || {
            list.each(&mut |reject| {
                each(reject);
                Ok(())
            })
        };
        tokio::task::spawn_blocking(told).await.map_err(|e| messages::builtin(&e))?
    }

    async fn rejected_rows(&self, upload: &str) -> Result<Rejected, WireError> {
        let upload = self.0.uploads.get(upload)?;
        let turn = Arc::clone(&upload.turn).try_lock_owned().map_err(|_| busy(&upload))?;
        let looked = turn
            .as_ref()
            .ok_or_else(|| messages::invalid("upload", "Tệp chưa được xem. Hãy xem tệp trước."))?;
        upload.stop.store(false, Ordering::Relaxed);
        Ok(Rejected {
            app: self.clone(),
            upload: Arc::clone(&upload),
            plan: Arc::clone(&looked.plan),
            world: Arc::new(self.import_world().await?),
            evidence: looked.evidence.clone(),
            contradicted: Arc::clone(&looked.contradicted),
            rows: looked.rejected,
            _turn: turn,
        })
    }
}

/// The rows not taken of a file, which nobody else reads meanwhile.
struct Rejected {
    app: App,
    upload: Arc<Upload>,
    plan: Arc<Plan>,
    world: Arc<World>,
    evidence: BTreeMap<usize, Evidence>,
    contradicted: Arc<Contradicted>,
    rows: u64,
    _turn: tokio::sync::OwnedMutexGuard<Option<Looked>>,
}

impl Rejected {
    fn each(&self, each: &mut dyn FnMut(&ImportReject) -> std::io::Result<()>) -> Result<(), WireError> {
        let pass = Pass {
            plan: &self.plan,
            world: &self.world,
            evidence: &self.evidence,
            contradicted: &self.contradicted,
            stop: &self.upload.stop,
            learning: false,
        };
        let progress = self.app.progress(&self.upload.key, (0, 1));
        let mut sinks = Sinks {
            take: &mut |_, _| Ok(()),
            reject: &mut |reject| each(reject).map_err(|e| Ended::Failed(e.into())),
            progress: &progress,
        };
        pass.run(self.upload.open()?, &mut sinks).map(|_| ()).map_err(|ended| match ended {
            Ended::Stopped => WireError::new(ErrorCode::Cancelled, "Đã dừng ghi danh sách."),
            Ended::Gone(e) => e,
            Ended::Failed(e) => words::refused(&self.upload.name, &e),
            Ended::Closed => messages::builtin(&"the taker of rows is gone"),
        })
    }

    fn write(&self, file: &mut dyn Write) -> Result<(), WireError> {
        let folder = self.app.folder();
        let mut out = std::io::BufWriter::new(file);
        // Without the mark spreadsheets garble Vietnamese.
        let begun = out.write_all("\u{feff}".as_bytes());
        let begun = begun.and_then(|()| write_row(&mut out, &["Trang tính", "Dòng", "Cột", "Lý do"]));
        begun.map_err(|e| messages::folder(folder, &e))?;
        self.each(&mut |reject| {
            let row = reject.row.to_string();
            write_row(&mut out, &[&reject.sheet, &row, &reject.column, &reject.reason])
        })?;
        out.flush().map_err(|e| messages::folder(folder, &e))
    }
}

/// One row of RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it.
fn write_row(out: &mut impl Write, cells: &[&str]) -> std::io::Result<()> {
    for (at, cell) in cells.iter().enumerate() {
        let sign = if at == 0 { "" } else { "," };
        let guard = if cell.starts_with(['=', '+', '-', '@', '\'']) { "'" } else { "" };
        write!(out, "{sign}\"{guard}{}\"", cell.replace('"', "\"\""))?;
    }
    out.write_all(b"\r\n")
}
