//! Readiness as a file: a row a unit, a column a duty, with what each is missing; the parties and who is missing behind it.

use super::{Asked, Room, headline_of};
use crate::{
    App,
    checklist::vn,
    messages,
    wire::{ExportedView, ReadinessExportArgs, TableFormat, WireError},
};
use pvhcc_domain::{
    operation::readiness::{Counts, Kind},
    text::instant,
    time::Ms,
};
use pvhcc_reports::{Datum, Section, Table, TableColumn, table_csv, tables_xlsx};

impl App {
    /// Readiness as bytes in a form.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn readiness_file(&self, format: TableFormat) -> Result<Vec<u8>, WireError> {
        let room = self.readiness_room().await?;
        let headline = self.readiness(None).await?.headline;
        let Some(units) = room.units() else { return Ok(Vec::new()) };
        let now = self.now();
        let table = Table {
            title: "Tình hình chuẩn bị của các đơn vị".to_owned(),
            lines: vec![headline, format!("{}. Lập lúc {}.", units.set.basis, instant(now))],
            sheet: "Sẵn sàng".to_owned(),
            columns: columns(units),
            frozen: 3,
            rows: rows(&room, units),
            total: None,
            about: about(&room),
            as_of: now,
        };
        match format {
            TableFormat::Csv => Ok(table_csv(&table)),
            TableFormat::Xlsx => {
                tables_xlsx(&table, &[parties(&room, now)]).map_err(|e| messages::builtin(&e))
            }
        }
    }

    pub(crate) async fn readiness_export(
        &self,
        args: ReadinessExportArgs,
    ) -> Result<ExportedView, WireError> {
        let bytes = self.readiness_file(args.format).await?;
        let extension = match args.format {
            TableFormat::Xlsx => "xlsx",
            TableFormat::Csv => "csv",
        };
        let stem = format!("san-sang-{}", self.now().local().format("%Y%m%d-%H%M"));
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu bảng sẵn sàng vào {path}."), path })
    }
}

fn column(heading: &str, width: f64) -> TableColumn {
    TableColumn { heading: heading.to_owned(), group: String::new(), width }
}

/// The parties, a row a duty, in the form in which it is taken back.
fn parties(room: &Room, now: Ms) -> Table {
    let text = |text: &str| Datum::Text(text.to_owned());
    let asked = room.sets.iter().filter(|asked| asked.set.party().is_some());
    let rows = asked.flat_map(|asked| {
        asked.members.iter().flat_map(move |member| {
            asked.set.duties.iter().map(move |duty| {
                let report = room.report(&member.id, &duty.id);
                let remark = report.and_then(|r| r.remark.as_deref()).unwrap_or_default();
                vec![
                    text(&member.name),
                    text(&duty.short),
                    text(report.map_or("Chưa báo cáo", |r| r.state.words())),
                    Datum::Day(report.map(|r| r.as_of)),
                    text(remark),
                ]
            })
        })
    });
    Table {
        title: "Tình hình chuẩn bị của các bên phối hợp".to_owned(),
        lines: vec![format!("Lập lúc {}.", instant(now))],
        sheet: "Bên phối hợp".to_owned(),
        columns: vec![
            column("Bên phối hợp", 34.0),
            column("Trách nhiệm", 34.0),
            column("Trạng thái", 17.0),
            column("Đến ngày", 13.0),
            column("Ghi chú", 40.0),
        ],
        frozen: 1,
        rows: rows.collect(),
        total: None,
        about: Vec::new(),
        as_of: now,
    }
}

fn columns(units: &Asked) -> Vec<TableColumn> {
    let mut columns =
        vec![column("TT", 5.0), column("Mã đơn vị", 10.0), column("Đơn vị", 30.0), column("Loại", 12.0)];
    columns.extend(units.set.duties.iter().map(|d| column(&d.short, 17.0)));
    columns.push(column("Còn thiếu", 34.0));
    columns.push(column("Báo cáo gần nhất", 13.0));
    columns.push(column("Nội dung ghi kèm", 34.0));
    columns
}

fn rows(room: &Room, units: &Asked) -> Vec<Vec<Datum>> {
    let row = |(number, member): (u64, &pvhcc_domain::operation::readiness::Member)| {
        let kind = match member.kind {
            Kind::Agency => "Sở, ban, ngành",
            Kind::Ward => "Phường",
            Kind::Commune => "Xã",
            Kind::Party => "Bên phối hợp",
        };
        let text = |text: &str| Datum::Text(text.to_owned());
        let mut cells = vec![Datum::Count(Some(number)), text(&member.id), text(&member.name), text(kind)];
        let (mut missing, mut remarks, mut latest) = (Vec::new(), Vec::new(), None);
        for duty in &units.set.duties {
            let report = room.report(&member.id, &duty.id);
            cells.push(text(report.map_or("Chưa báo cáo", |r| r.state.words())));
            if room.misses(&member.id, &duty.id) {
                missing.push(duty.short.as_str());
            }
            if let Some(remark) = report.and_then(|r| r.remark.as_deref()) {
                remarks.push(format!("{}: {remark}", duty.short));
            }
            latest = latest.max(report.map(|r| r.as_of));
        }
        cells.extend([text(&missing.join("; ")), Datum::Day(latest), text(&remarks.join("\n"))]);
        cells
    };
    (1..).zip(&units.members).map(row).collect()
}

/// Who is missing by duty, and how the parties stand.
fn about(room: &Room) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(units) = room.units() {
        let lines = units.set.duties.iter().map(|duty| {
            let Counts { ready, not_applicable, .. } = room.counts(units, duty);
            let missing: Vec<&str> = units
                .members
                .iter()
                .filter(|m| room.misses(&m.id, &duty.id))
                .map(|m| m.short.as_str())
                .collect();
            let said = match missing.len() {
                0 => format!("Đủ {} đơn vị ({not_applicable} không áp dụng).", ready + not_applicable),
                n => format!("Còn {n} đơn vị: {}.", missing.join(", ")),
            };
            (duty.short.clone(), said)
        });
        sections.push(Section {
            heading: "Đơn vị còn thiếu theo từng trách nhiệm".to_owned(),
            lines: lines.collect(),
        });
    }
    let parties = room.sets.iter().filter(|a| a.set.party().is_some());
    let lines = parties.flat_map(|asked| {
        asked.members.iter().flat_map(move |member| {
            asked.set.duties.iter().map(move |duty| {
                let said = headline_of(room.report(&member.id, &duty.id));
                (member.short.clone(), format!("{}: {said}", duty.short))
            })
        })
    });
    sections.push(Section { heading: "Các bên phối hợp".to_owned(), lines: lines.collect() });
    if let Some(latest) = room.sets.iter().flat_map(|a| &a.members).flat_map(|m| room.latest(&m.id)).max() {
        sections.push(Section {
            heading: "Nguồn".to_owned(),
            lines: vec![(
                "Báo cáo của các đơn vị".to_owned(),
                format!(
                    "Ghi trong chương trình; báo cáo mới nhất đến ngày {}. Ô “Chưa báo cáo” là chưa ai báo.",
                    vn(latest)
                ),
            )],
        });
    }
    sections
}
