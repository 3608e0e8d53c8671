//! The roster of shifts as a file, with its gaps; the same file can be filled in and taken back.

use super::{gap_view, span_of};
use crate::{
    App, messages,
    wire::{DutyExportArgs, ExportedView, TableFormat, WireError},
};
use pvhcc_domain::{
    operation::shift::{ShiftState, gaps},
    text::instant,
    time::Ms,
};
use pvhcc_reports::{Datum, Section, Table, TableColumn, table_csv, table_xlsx};

impl App {
    /// A span of the roster as bytes in a form.
    ///
    /// # Errors
    /// `Invalid` for a span that is none; failures of the store.
    pub async fn duty_file(&self, args: &DutyExportArgs) -> Result<Vec<u8>, WireError> {
        let room = self.duty_room().await?;
        let span = span_of(&args.span, room.now)?;
        let column =
            |heading: &str, width| TableColumn { heading: heading.to_owned(), group: String::new(), width };
        let text = |text: &str| Datum::Text(text.to_owned());
        let time = |at: Ms| Datum::Text(at.local().format("%H:%M").to_string());
        let row = |state: &ShiftState| {
            let shift = &state.shift;
            vec![
                text(room.post(&shift.post).map_or(&shift.post, |p| &p.title)),
                text(self.0.units.name(&shift.unit)),
                Datum::Day(Some(shift.from.day())),
                time(shift.from),
                Datum::Day(Some(shift.to.day())),
                time(shift.to),
                text(&room.people.name(&shift.primary)),
                text(&shift.backup.as_deref().map(|id| room.people.name(id)).unwrap_or_default()),
            ]
        };
        let lacking = gaps(&room.posts, &room.shifts, span);
        let lines = lacking.iter().map(|gap| {
            let title = room.post(&gap.post).map_or(gap.post.as_str(), |p| p.title.as_str());
            (format!("{title} · {}", self.0.units.short_name(&gap.unit)), gap_view(gap).text)
        });
        let mut about = vec![Section { heading: "Chỗ còn trống".to_owned(), lines: lines.collect() }];
        if lacking.is_empty() {
            about[0].lines.push((String::new(), "Mọi vị trí có đủ người trực và dự phòng.".to_owned()));
        }
        let table = Table {
            title: "Danh sách trực 24/7".to_owned(),
            lines: vec![format!(
                "Từ {} đến {}. Lập lúc {}.",
                instant(span.from),
                instant(span.to),
                instant(room.now)
            )],
            sheet: "Lịch trực".to_owned(),
            columns: vec![
                column("Vị trí trực", 24.0),
                column("Đơn vị", 32.0),
                column("Ngày vào", 11.0),
                column("Giờ vào", 8.0),
                column("Ngày hết", 11.0),
                column("Giờ hết", 8.0),
                column("Trực chính", 24.0),
                column("Dự phòng", 24.0),
            ],
            frozen: 1,
            rows: room.shifts.iter().filter(|s| s.shift.span().meet(span).is_some()).map(row).collect(),
            total: None,
            about,
            as_of: room.now,
        };
        match args.format {
            TableFormat::Csv => Ok(table_csv(&table)),
            TableFormat::Xlsx => table_xlsx(&table).map_err(|e| messages::builtin(&e)),
        }
    }

    pub(crate) async fn duty_export(&self, args: DutyExportArgs) -> Result<ExportedView, WireError> {
        let bytes = self.duty_file(&args).await?;
        let extension = match args.format {
            TableFormat::Xlsx => "xlsx",
            TableFormat::Csv => "csv",
        };
        let stem = format!("lich-truc-{}", self.now().local().format("%Y%m%d-%H%M"));
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu lịch trực vào {path}."), path })
    }
}
