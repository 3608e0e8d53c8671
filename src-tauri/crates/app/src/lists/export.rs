//! A checklist as a file.

use crate::{
    App,
    checklist::Present,
    messages,
    proof::{Proof, Standing},
    wire::{ExportedView, TableFormat, TasksExportArgs, WireError},
};
use pvhcc_domain::{annex::Annex, checklist::Row, lists::List, task::TaskStatus, time::Ms};

impl App {
    /// A checklist as bytes in a form. The same data give the same bytes, whenever it is asked.
    ///
    /// # Errors
    /// `NotFound` for a list that is not there.
    pub async fn tasks_file(&self, args: &TasksExportArgs) -> Result<Vec<u8>, WireError> {
        let list = self.list(args.list.as_deref())?;
        let annex = self.annex(&list, &self.present().await?).await?;
        match args.format {
            TableFormat::Csv => Ok(pvhcc_reports::csv(&annex)),
            TableFormat::Xlsx => pvhcc_reports::xlsx(&annex).map_err(|e| messages::builtin(&e)),
        }
    }

    pub(crate) async fn tasks_export(&self, args: TasksExportArgs) -> Result<ExportedView, WireError> {
        let list = self.list(args.list.as_deref())?;
        let bytes = self.tasks_file(&args).await?;
        let extension = match args.format {
            TableFormat::Xlsx => "xlsx",
            TableFormat::Csv => "csv",
        };
        let stem = format!("{}-{}", list.id, self.now().local().format("%Y%m%d-%H%M"));
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu “{}” vào {path}.", list.title), path })
    }

    async fn annex(&self, list: &List, present: &Present) -> Result<Annex, WireError> {
        let proof = |key: &str| {
            let status = present.states.get(key).map(|s| s.status).unwrap_or_default();
            proof_words(status, present.proofs.get(key)).to_owned()
        };
        let as_of = self.last_said(list, present).await?;
        Ok(Annex::of(list, &present.states, &self.0.units, &proof, as_of))
    }

    /// When anything about a row of the list was last said or concluded; of a list nobody touched, the start of 2026's
    /// calendar, so that its file is the same everywhere.
    async fn last_said(&self, list: &List, present: &Present) -> Result<Ms, WireError> {
        let events = self.0.store.events_under("task:").await.map_err(|e| messages::store(&e))?;
        let said = events
            .iter()
            .filter(|e| e.entity.strip_prefix("task:").is_some_and(|key| list.checklist.get(key).is_some()))
            .map(|e| e.said_at);
        let concluded = list
            .checklist
            .tasks()
            .filter_map(|row: &Row| present.proofs.log.last(&row.no))
            .map(|step| step.since);
        Ok(said.chain(concluded).max().unwrap_or(NOBODY))
    }
}

/// 00:00 01/01/2026, UTC+7.
const NOBODY: Ms = Ms(1_767_200_400_000);

/// Whether what is claimed holds, without the figures, which change by the minute.
fn proof_words(status: TaskStatus, proof: Option<&Proof>) -> &'static str {
    match (proof.map(Proof::standing), status) {
        (_, TaskStatus::NotApplicable) => "",
        (Some(Standing::Proved), TaskStatus::Done) => "có minh chứng",
        (Some(Standing::Proved), _) => "đạt, chưa báo xong",
        (Some(Standing::Failed), TaskStatus::Done) => "không đạt",
        (Some(Standing::Silent), TaskStatus::Done) => "chưa quan sát được",
        (Some(Standing::Bare) | None, TaskStatus::Done) => "chỉ báo xong",
        _ => "",
    }
}
