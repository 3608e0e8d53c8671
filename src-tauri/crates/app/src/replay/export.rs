//! The log as a file: one line a row, with every line of the span.

use crate::{
    App, messages,
    wire::{ExportedView, ReplayExportArgs, ReplayFormat, ReplayKind, ReplayLine, ReplayView, WireError},
};
use pvhcc_domain::{text::instant, time::Ms};
use pvhcc_reports::{Datum, Table, TableColumn, table_csv, table_xlsx};

impl App {
    /// The log of a span as bytes in a form.
    ///
    /// # Errors
    /// As the command `replay_log`.
    pub async fn replay_file(&self, args: &ReplayExportArgs) -> Result<Vec<u8>, WireError> {
        let view = self.replay_log(args.span.clone()).await?;
        self.replay_bytes(view, args.format).await
    }

    pub(crate) async fn replay_export(&self, args: ReplayExportArgs) -> Result<ExportedView, WireError> {
        let view = self.replay_log(args.span).await?;
        let name = |at: i64| Ms(at).local().format("%Y%m%d-%H%M").to_string();
        let stem = format!("dien-bien-{}-{}", name(view.from), name(view.to));
        let extension = match args.format {
            ReplayFormat::Csv => "csv",
            ReplayFormat::Xlsx => "xlsx",
            ReplayFormat::Json => "json",
        };
        let bytes = self.replay_bytes(view, args.format).await?;
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu diễn biến vào {path}."), path })
    }

    /// A file has every line, also those that are too many for a window.
    async fn replay_bytes(&self, mut view: ReplayView, format: ReplayFormat) -> Result<Vec<u8>, WireError> {
        if view.cut > 0 {
            view.lines = self.replay_lines(Ms(view.from), Ms(view.to)).await?;
            view.cut = 0;
        }
        match format {
            ReplayFormat::Json => serde_json::to_vec_pretty(&view.lines).map_err(|e| messages::builtin(&e)),
            ReplayFormat::Csv => Ok(table_csv(&table(&view))),
            ReplayFormat::Xlsx => table_xlsx(&table(&view)).map_err(|e| messages::builtin(&e)),
        }
    }
}

/// What a kind is called.
fn kind(kind: ReplayKind) -> &'static str {
    match kind {
        ReplayKind::Watch => "Trạng thái",
        ReplayKind::Gap => "Không quan sát được",
        ReplayKind::Figures => "Số liệu",
        ReplayKind::Alert => "Cảnh báo",
        ReplayKind::Incident => "Sự cố",
        ReplayKind::Run => "Kịch bản",
        ReplayKind::Duty => "Ca trực",
        ReplayKind::Proof => "Minh chứng",
        ReplayKind::Task => "Nhiệm vụ",
        ReplayKind::Other => "Khác",
    }
}

fn table(view: &ReplayView) -> Table {
    let column =
        |heading: &str, width| TableColumn { heading: heading.to_owned(), group: String::new(), width };
    let second = |at: i64| Ms(at).local().format("%H:%M:%S %d/%m/%Y").to_string();
    let row = |line: &ReplayLine| {
        let remark = if line.late { "đến sau" } else { "" };
        let cells = [
            second(line.at),
            line.happened.map(second).unwrap_or_default(),
            kind(line.kind).to_owned(),
            line.text.clone(),
            line.detail.clone(),
            if line.who.is_empty() { "tự động".to_owned() } else { line.who.clone() },
            remark.to_owned(),
        ];
        cells.map(Datum::Text).into()
    };
    Table {
        title: "Diễn biến trực vận hành".to_owned(),
        lines: vec![format!(
            "Từ {} đến {}. {}. Lập lúc {}.",
            instant(Ms(view.from)),
            instant(Ms(view.to)),
            view.headline,
            instant(Ms(view.now))
        )],
        sheet: "Diễn biến".to_owned(),
        columns: vec![
            column("Thời điểm", 20.0),
            column("Xảy ra lúc", 20.0),
            column("Loại", 18.0),
            column("Nội dung", 70.0),
            column("Chi tiết", 50.0),
            column("Ai", 30.0),
            column("Ghi chú", 10.0),
        ],
        frozen: 1,
        rows: view.lines.iter().map(row).collect(),
        total: None,
        about: Vec::new(),
        as_of: Ms(view.now),
    }
}
