//! Files of a report: those that were signed are given back as they were, others are made from their freeze and words.
//! Written whole or not at all, and none replaces another unasked.

use super::{Of, acts::Scene, charts};
use crate::{
    App,
    exports::{self, Clash},
    messages,
    wire::{
        ErrorCode, ExportedView, FileFormat, ReportArgs, ReportFileArgs, ReportFileView, ReportSaveArgs,
        ReportSavedView, WireError,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_domain::{
    evidence::FileRef,
    report::{
        Cadence, Form, Freeze, Words,
        state::{Frozen, Signed},
    },
};
use pvhcc_reports::{
    ReportError,
    daily::{Stamp, compose},
};
use pvhcc_store::StoreError;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// A file ready to be written.
pub(super) struct Made {
    pub(super) format: FileFormat,
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Everything a report is made from.
pub(super) struct Making {
    pub(super) today: Freeze,
    pub(super) before: Option<Freeze>,
    pub(super) words: Words,
    pub(super) form: Form,
    pub(super) stamp: Stamp,
}

impl Making {
    /// Makes the files off the runtime's workers: setting a page takes a while.
    pub(super) async fn files(self, stem: &str, formats: &[FileFormat]) -> Result<Vec<Made>, WireError> {
        let (stem, formats) = (stem.to_owned(), formats.to_vec());
        let make = move || {
            let picture = |kind| charts::picture(&self.today, kind);
            let paper =
                compose(&self.today, self.before.as_ref(), &self.words, &self.form, &self.stamp, &picture);
            let make = |format: FileFormat| {
                let bytes = match format {
                    FileFormat::Docx => paper.docx(),
                    FileFormat::Pdf => paper.pdf(),
                    FileFormat::Xlsx => paper.xlsx(),
                }?;
                Ok(Made { format, name: format!("{stem}.{}", format.extension()), bytes })
            };
            formats.into_iter().map(make).collect::<Result<Vec<_>, ReportError>>()
        };
        tokio::task::spawn_blocking(make).await.map_err(|e| messages::builtin(&e))?.map_err(|e| {
            tracing::error!(error = %e, "report not made");
            WireError::new(ErrorCode::Internal, format!("Không lập được tệp báo cáo: {e}. Hãy báo quản trị."))
        })
    }
}

/// `bao-cao-ngay-2026-05-29`.
pub(super) fn stem(of: Of) -> String {
    match of.cadence {
        Cadence::Daily => format!("bao-cao-ngay-{}", of.day),
        Cadence::Monthly => format!("bao-cao-thang-{}", of.day.format("%Y-%m")),
    }
}

/// As printed in the foot of the annexes.
pub(super) fn program(version: &str) -> String {
    format!("PVHCC {version}")
}

/// Files of one report, and whether they are the signed ones.
struct Files {
    made: Vec<Made>,
    signed: bool,
}

impl App {
    /// One file, for the preview.
    pub(crate) async fn report_file(&self, args: ReportFileArgs) -> Result<ReportFileView, WireError> {
        let found = self.files_of(&args.of, args.freeze.as_deref(), &[args.format]).await?;
        let signed = found.signed;
        let Some(made) = found.made.into_iter().next() else { unreachable!("one was asked for") };
        Ok(ReportFileView {
            sha256: sha256(&made.bytes),
            bytes: STANDARD.encode(&made.bytes),
            name: made.name,
            signed,
        })
    }

    /// Files into the profile's folder for exports.
    pub(crate) async fn report_save(&self, args: ReportSaveArgs) -> Result<ReportSavedView, WireError> {
        let folder = self.exports_folder();
        self.report_files_into(args, &folder, Clash::Number).await
    }

    /// Writes files of a report into a folder: all of them or none.
    ///
    /// # Errors
    /// `NotFound` while nothing is frozen; `Storage` naming the folder that cannot be written, or the file in the way.
    pub async fn report_files_into(
        &self,
        args: ReportSaveArgs,
        folder: &Path,
        clash: Clash,
    ) -> Result<ReportSavedView, WireError> {
        let formats = if args.formats.is_empty() { FileFormat::ALL.to_vec() } else { args.formats };
        let found = self.files_of(&args.of, args.freeze.as_deref(), &formats).await?;
        let sums = found.made.iter().map(|made| sha256(&made.bytes)).collect();
        let files = found.made.into_iter().map(|made| (made.name, made.bytes)).collect();
        let paths = exports::write_together(folder, files, clash).await?;
        Ok(ReportSavedView {
            paths: paths.iter().map(|path| path.display().to_string()).collect(),
            sha256: sums,
            signed: found.signed,
        })
    }

    /// Saves the signed and stamped copy that was attached.
    pub(crate) async fn report_copy(&self, args: ReportArgs) -> Result<ExportedView, WireError> {
        let of = self.report_of(&args)?;
        let state = self.report_state(of).await?;
        let Some(copy) = state.signed.iter().rev().find_map(|signed| signed.copy.as_ref()) else {
            let message = format!("{} chưa có bản ký đính kèm.", of.title());
            return Err(WireError::new(ErrorCode::NotFound, message));
        };
        let name = crate::proof::safe_name(&copy.name);
        let bytes = self.0.store.get_blob(&copy.sha256).await.map_err(|e| lost(&e, &name))?;
        let (folder, files) = (self.exports_folder(), vec![(name.clone(), bytes)]);
        let paths = exports::write_together(&folder, files, Clash::Number).await?;
        let path = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        Ok(ExportedView {
            message: format!("Đã lưu một bản của tệp «{name}» vào {path}."), path
        })
    }

    async fn files_of(
        &self,
        args: &ReportArgs,
        freeze: Option<&str>,
        formats: &[FileFormat],
    ) -> Result<Files, WireError> {
        let scene = self.scene(args).await?;
        let state = &scene.state;
        let frozen = match freeze {
            None => state.freeze(),
            Some(id) => state.freezes.iter().find(|f| f.said.event == id),
        };
        let Some(frozen) = frozen else {
            let message = match freeze {
                None => format!("{} chưa chốt số liệu. Hãy chốt số liệu trước.", scene.of.title()),
                Some(id) => format!("{} không có bản chốt “{id}”.", scene.of.title()),
            };
            return Err(WireError::new(ErrorCode::NotFound, message).with("field", "freeze"));
        };
        let signed = match freeze {
            None => state.signed_now(),
            Some(id) => state.signed.iter().rfind(|signed| signed.freeze == id),
        };
        match signed {
            Some(signed) => {
                let mut made = Vec::new();
                for format in formats {
                    made.push(self.signed_file(&scene, frozen, signed, *format).await?);
                }
                Ok(Files { made, signed: true })
            }
            None => {
                let nth = state.freezes.iter().position(|f| f.said.event == frozen.said.event).unwrap_or(0);
                let stem = format!("{}-du-thao-{}", stem(scene.of), nth + 1);
                let made = self.draft(&scene, frozen).await?.files(&stem, formats).await?;
                Ok(Files { made, signed: false })
            }
        }
    }

    /// What a draft is made from.
    async fn draft(&self, scene: &Scene, frozen: &Frozen) -> Result<Making, WireError> {
        let today = self.frozen(frozen).await?;
        let words = match scene.state.words_on(&frozen.said.event) {
            Some(written) => written.words.clone(),
            None => self.words_to_begin_with(scene.of, &today).await?,
        };
        Ok(Making {
            before: self.report_before(scene.of).await?.map(|(_, freeze)| freeze),
            words,
            form: scene.form.clone(),
            stamp: Stamp {
                head: frozen.head.clone(),
                freeze: frozen.said.event.clone(),
                freeze_sha256: frozen.sha256.clone(),
                program: program(env!("CARGO_PKG_VERSION")),
                ..Stamp::default()
            },
            today,
        })
    }

    /// A signed file, byte for byte. One that is gone or damaged is made again; it is given out only when that gives the same
    /// bytes.
    async fn signed_file(
        &self,
        scene: &Scene,
        frozen: &Frozen,
        signed: &Signed,
        format: FileFormat,
    ) -> Result<Made, WireError> {
        let Some(file) = signed.files.get(format.extension()) else {
            let message = format!("{} đã ký không có tệp {}.", scene.of.title(), format.extension());
            return Err(WireError::new(ErrorCode::NotFound, message));
        };
        let problem = match self.0.store.get_blob(&file.sha256).await {
            Ok(bytes) => return Ok(Made { format, name: file.name.clone(), bytes }),
            Err(problem @ (StoreError::BlobMissing(_) | StoreError::BlobDamaged(_))) => problem,
            Err(other) => return Err(messages::store(&other)),
        };
        match self.made_again(scene, frozen, signed, format, file).await {
            Ok(Some(made)) => Ok(made),
            Ok(None) => Err(lost(&problem, &file.name)),
            Err(e) => {
                tracing::warn!(error = %e.message, "a signed file could not be made again");
                Err(lost(&problem, &file.name))
            }
        }
    }

    async fn made_again(
        &self,
        scene: &Scene,
        frozen: &Frozen,
        signed: &Signed,
        format: FileFormat,
        file: &FileRef,
    ) -> Result<Option<Made>, WireError> {
        let written = scene.state.written.iter().find(|w| w.said.event == signed.written);
        let (Some(written), names) = (written, self.0.store.names().await) else { return Ok(None) };
        let names = names.map_err(|e| messages::store(&e))?;
        let making = Making {
            today: self.frozen(frozen).await?,
            before: self.report_before(scene.of).await?.map(|(_, freeze)| freeze),
            words: written.words.clone(),
            form: signed.form.clone(),
            stamp: Stamp {
                number: Some(signed.number.clone()),
                date: Some(signed.signed_on),
                signer: names.get(&signed.roster_id).cloned(),
                head: signed.head.clone(),
                freeze: frozen.said.event.clone(),
                freeze_sha256: frozen.sha256.clone(),
                program: program(&signed.program),
            },
        };
        let made = making.files(&stem(scene.of), &[format]).await?.into_iter().next();
        let Some(made) = made.filter(|made| sha256(&made.bytes) == file.sha256) else { return Ok(None) };
        self.0.store.put_blob(&made.bytes).await.map_err(|e| messages::store(&e))?;
        Ok(Some(made))
    }
}

fn lost(problem: &StoreError, name: &str) -> WireError {
    let word = match problem {
        StoreError::BlobMissing(_) => "không còn trong kho",
        StoreError::BlobDamaged(_) => "đã bị thay đổi so với lúc ký",
        other => return messages::store(other),
    };
    WireError::new(
        ErrorCode::Storage,
        format!(
            "Tệp đã ký «{name}» {word} nên không đưa ra. Hãy khôi phục từ bản sao lưu, hoặc dùng bản ký đính kèm."
        ),
    )
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
