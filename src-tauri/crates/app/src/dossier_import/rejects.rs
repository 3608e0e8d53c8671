//! Every row that is not taken, as a file for whoever mends them. Without any value of the rows: a row that slipped by one
//! column may have a name where a date should be.

use super::{
    look::busy,
    pass::{Ended, Pass, Sinks},
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

use super::plan::{Plan, World};

impl App {
    /// Writes the rows not taken of the file as it was looked at last.
    pub(crate) async fn dossier_import_rejects(&self, args: UploadArgs) -> Result<ExportedView, WireError> {
        let upload = self.0.uploads.get(&args.upload)?;
        let turn = upload.turn.try_lock().map_err(|_| busy(&upload))?;
        let looked = turn.as_ref().filter(|looked| looked.rejected > 0).ok_or_else(|| {
            messages::invalid(
                "upload",
                "Không có dòng nào không nhận, hoặc tệp chưa được xem. Hãy xem tệp trước.",
            )
        })?;
        upload.stop.store(false, Ordering::Relaxed);
        let world = Arc::new(self.import_world().await?);
        let list = List {
            upload: Arc::clone(&upload),
            plan: Arc::clone(&looked.plan),
            world,
            evidence: looked.evidence.clone(),
            contradicted: Arc::clone(&looked.contradicted),
        };
        let app = self.clone();
        let stem = format!("dong-khong-nhan-{}", self.now().local().format("%Y%m%d-%H%M%S"));
        let path = self.save_export_with(&stem, "csv", move |file| {
            let progress = app.progress(&list.upload.key, (0, 1));
            list.write(file, &progress)
        });
        let path = path.await?;
        let path = path.display().to_string();
        let message = format!("Đã ghi danh sách dòng không nhận vào {path}.");
        Ok(ExportedView { path, message })
    }
}

struct List {
    upload: Arc<Upload>,
    plan: Arc<Plan>,
    world: Arc<World>,
    evidence: BTreeMap<usize, Evidence>,
    contradicted: Arc<Contradicted>,
}

impl List {
    fn write(&self, file: &mut dyn Write, progress: &dyn Fn(u64, Option<u64>)) -> Result<(), WireError> {
        let disk = |e: std::io::Error| {
            WireError::new(
                ErrorCode::Storage,
                format!("Không ghi được danh sách: {e}. Hãy kiểm tra chỗ trống rồi thử lại."),
            )
        };
        // Without the mark spreadsheets garble Vietnamese.
        file.write_all("\u{feff}".as_bytes()).map_err(disk)?;
        let mut out = std::io::BufWriter::new(file);
        write_row(&mut out, &["Trang tính", "Dòng", "Cột", "Lý do"]).map_err(disk)?;
        let pass = Pass {
            plan: &self.plan,
            world: &self.world,
            evidence: &self.evidence,
            contradicted: &self.contradicted,
            stop: &self.upload.stop,
        };
        let mut sinks = Sinks {
            take: &mut |_, _| Ok(()),
            reject: &mut |reject: &ImportReject| {
                let row = reject.row.to_string();
                write_row(&mut out, &[&reject.sheet, &row, &reject.column, &reject.reason])
                    .map_err(|e| Ended::Failed(e.into()))
            },
            progress,
        };
        pass.run(self.upload.open()?, &mut sinks).map_err(|ended| match ended {
            Ended::Stopped => WireError::new(ErrorCode::Cancelled, "Đã dừng ghi danh sách."),
            Ended::Failed(e) => words::refused(&self.upload.name, &e),
            Ended::Closed => messages::builtin(&"the taker of rows is gone"),
        })?;
        out.flush().map_err(disk)
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
