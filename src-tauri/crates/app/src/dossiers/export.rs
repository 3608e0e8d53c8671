//! What is seen of the dossiers as a file: figures, records, form II.06a, a picture.

use super::{asked::Asked, definitions::definition, period, tally::FIGURES};
use crate::{
    App,
    figures::cannot_draw,
    messages,
    wire::{
        Basis, DossierChartArgs, DossierExportArgs, DossierListArgs, ExportedView, FiguresView, FormArgs,
        ProvenanceView, SplitBy, StatsArgs, StatsRow, StatsView, TableFormat, WireError,
    },
};
use pvhcc_charts::Theme;
use pvhcc_domain::{dossier::DossierId, figures::Counts, time::Ms};
use pvhcc_reports::{
    Datum, DossierRow, DossierRows, FormLine, ProcessingForm, Section, Table, TableColumn, dossier_table,
    figure_cells, figure_columns, processing_form, table_csv, table_xlsx,
};

/// PNG pixels per CSS pixel: about 290 dpi at the size of the screen.
const SCALE: u32 = 3;
/// Records read at a time for a file.
const PIECE: usize = 5000;

impl App {
    pub(crate) async fn dossier_export(&self, args: DossierExportArgs) -> Result<ExportedView, WireError> {
        let (stem, extension, bytes) = match args {
            DossierExportArgs::Stats { args, format } => self.stats_file(args, format).await?,
            DossierExportArgs::List { args, format } => self.list_file(args, format).await?,
            DossierExportArgs::Form { args } => self.form_file(args).await?,
            DossierExportArgs::Chart { args } => self.chart_file(args).await?,
        };
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu vào {path}."), path })
    }

    async fn stats_file(&self, args: StatsArgs, format: TableFormat) -> Result<File, WireError> {
        let view = self.dossier_stats(StatsArgs { offset: 0, limit: Some(u32::MAX), ..args.clone() }).await?;
        let asked = self.asked(&view.period.id, args.filter, args.as_of).await?;
        Ok((
            format!("so-lieu-ho-so-{}", name(&asked)),
            extension(format),
            write(&figures(&asked, &view), format)?,
        ))
    }

    async fn list_file(&self, args: DossierListArgs, format: TableFormat) -> Result<File, WireError> {
        let asked = self.asked(&args.period, args.filter.clone(), args.as_of).await?;
        let numbers: Vec<DossierId> = self.behind(&asked, args.figure).await?;
        if format == TableFormat::Xlsx && numbers.len() > pvhcc_reports::MOST_XLSX_ROWS {
            return Err(messages::invalid(
                "format",
                "Danh sách dài hơn số dòng của một bảng tính. Hãy thu hẹp bộ lọc hoặc xuất CSV.",
            ));
        }
        let mut rows = Vec::with_capacity(numbers.len());
        for some in numbers.chunks(PIECE) {
            rows.extend(self.dossier_lines(&asked, some).await?.into_iter().map(|line| DossierRow {
                code: line.code,
                system: line.system_name,
                unit: line.unit,
                field: line.field,
                procedure: line.procedure,
                channel: line.channel,
                status: line.status,
                received: line.received_at.map(Ms),
                due: line.due_at.map(Ms),
                finished: line.finished_at.map(Ms),
                remark: line.standing,
            }));
        }
        let sources = self.record_provenance(&asked).await?;
        let of = definition(args.figure);
        let table = dossier_table(DossierRows {
            title: of.name.clone(),
            lines: vec![asked.cell(), period::title(asked.period)],
            rows,
            remark: "Tình trạng cuối kỳ".to_owned(),
            about: vec![
                about_sources(&sources),
                Section { heading: "Công thức".into(), lines: vec![(of.name, of.formula)] },
            ],
            as_of: as_of(&sources, Basis::Records, &asked),
        });
        Ok((format!("ho-so-{}", name(&asked)), extension(format), write(&table, format)?))
    }

    async fn form_file(&self, args: FormArgs) -> Result<File, WireError> {
        let view = self.dossier_form(args.clone()).await?;
        let asked = self.asked(&view.period.id, args.filter, args.as_of).await?;
        let cells =
            |values: &[Option<u64>]| values.try_into().map_err(|_| messages::builtin(&"columns of the form"));
        let rows =
            view.rows.iter().map(|row| Ok(FormLine { field: row.name.clone(), cells: cells(&row.values)? }));
        let told = view.total.iter().any(Option::is_some);
        let crosswalk =
            view.crosswalk.iter().map(|line| (line.columns.clone(), line.figure.clone())).collect();
        let notes = view.notes.iter().map(|note| (String::new(), note.clone())).collect();
        let form = ProcessingForm {
            code: view.code,
            document: view.document,
            title: view.title,
            from: asked.period.from,
            to: asked.period.to,
            reporter: view.reporter,
            receiver: view.receiver,
            rows: rows.collect::<Result<_, WireError>>()?,
            stated: told.then(|| cells(&view.total)).transpose()?,
            about: vec![
                about_sources(&view.provenance),
                Section { heading: "Đối chiếu với 13 chỉ tiêu".into(), lines: crosswalk },
                Section { heading: "Ghi chú".into(), lines: notes },
            ],
            as_of: as_of(&view.provenance, view.basis, &asked),
        };
        let bytes = processing_form(&form).map_err(|e| messages::builtin(&e))?;
        Ok((format!("bieu-II.06a-{}", name(&asked)), "xlsx", bytes))
    }

    async fn chart_file(&self, args: DossierChartArgs) -> Result<File, WireError> {
        let asked = self.asked(&args.period, args.filter.clone(), args.as_of).await?;
        let draft = self.dossier_draft(&args).await?;
        let size = draft.size(args.width, args.height)?;
        // Paper is white, whatever the window is.
        let draw = move || pvhcc_charts::png(&draft.figure, Theme::Print, size, SCALE);
        let drawn = tokio::task::spawn_blocking(draw).await.map_err(|e| messages::builtin(&e))?;
        Ok((format!("bieu-do-ho-so-{}", name(&asked)), "png", drawn.map_err(|e| cannot_draw(&e))?))
    }
}

/// Name without extension, extension, bytes.
type File = (String, &'static str, Vec<u8>);

fn extension(format: TableFormat) -> &'static str {
    match format {
        TableFormat::Xlsx => "xlsx",
        TableFormat::Csv => "csv",
    }
}

fn write(table: &Table, format: TableFormat) -> Result<Vec<u8>, WireError> {
    match format {
        TableFormat::Xlsx => table_xlsx(table).map_err(|e| messages::builtin(&e)),
        TableFormat::Csv => Ok(table_csv(table)),
    }
}

/// The period as part of a file's name.
fn name(asked: &Asked) -> String {
    period::id(asked.period).replace("..", "_")
}

/// The newest time of the sources of a basis: the file carries no other.
fn as_of(sources: &[ProvenanceView], basis: Basis, asked: &Asked) -> Ms {
    let told = sources.iter().filter(|source| source.basis == basis).filter_map(|source| source.as_of).max();
    told.map_or_else(|| Ms::at(asked.period.to, 0, 0), Ms)
}

/// Sources as they are, without what changes by the second.
fn about_sources(sources: &[ProvenanceView]) -> Section {
    let moment =
        |at: Option<i64>| at.map_or_else(|| "–".to_owned(), |at| pvhcc_domain::text::instant(Ms(at)));
    let line = |source: &ProvenanceView| {
        let place = format!("{} · {}", source.source, source.place);
        (place, format!("số liệu tại {}, lấy lúc {}", moment(source.as_of), moment(source.fetched_at)))
    };
    Section { heading: "Nguồn số liệu".into(), lines: sources.iter().map(line).collect() }
}

/// The figures of a row in one of its periods.
type Of = fn(&StatsRow) -> Option<&FiguresView>;

/// The rows as they are seen: this period, those it is compared with, and what does not add up.
fn figures(asked: &Asked, view: &StatsView) -> Table {
    let all = || view.rows.iter().chain([&view.total]);
    let compared: [(&str, Of); 2] =
        [("Kỳ trước", |row| row.previous.as_ref()), ("Cùng kỳ năm trước", |row| row.last_year.as_ref())];
    let compared: Vec<_> =
        compared.into_iter().filter(|(_, of)| all().any(|row| of(row).is_some())).collect();
    let column =
        |heading: &str, width: f64| TableColumn { heading: heading.into(), group: String::new(), width };
    let mut columns: Vec<TableColumn> = Vec::new();
    for by in &view.by {
        columns.extend([column("Mã", 12.0), column(heading(*by), 34.0)]);
    }
    if view.by.is_empty() {
        columns.push(column("Phạm vi", 34.0));
    }
    let frozen = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    columns.extend(figure_columns(&view.period.title));
    for (name, _) in &compared {
        columns.extend(figure_columns(name));
    }
    columns.push(column("Sai lệch", 60.0));
    let cells = |row: &StatsRow, names: Vec<Datum>| -> Vec<Datum> {
        let mut cells = names;
        cells.extend(figure_cells(&counts(&row.figures)));
        for (_, of) in &compared {
            cells.extend(figure_cells(&of(row).map(counts).unwrap_or_default()));
        }
        let said =
            row.broken.iter().map(|b| b.text.clone()).chain(row.differences.iter().map(|d| d.text.clone()));
        cells.push(Datum::Text(said.collect::<Vec<_>>().join(" ")));
        cells
    };
    let names = |row: &StatsRow| -> Vec<Datum> {
        let both =
            |part: &crate::wire::CellPart| [Datum::Text(part.code.clone()), Datum::Text(part.name.clone())];
        row.cell.iter().flat_map(both).collect()
    };
    let of_total: Vec<Datum> = (0..usize::from(frozen))
        .map(|i| Datum::Text(if i + 1 == usize::from(frozen).min(2) { asked.cell() } else { String::new() }))
        .collect();
    let formulas = FIGURES
        .into_iter()
        .map(definition)
        .map(|of| (of.number.map_or(of.name.clone(), |number| format!("{number}. {}", of.name)), of.formula));
    let mut lines = vec![asked.cell(), view.period.title.clone()];
    lines.extend((!view.basis_note.is_empty()).then(|| view.basis_note.clone()));
    Table {
        title: "Số liệu hồ sơ".into(),
        lines,
        sheet: "Số liệu".into(),
        columns,
        frozen,
        rows: view.rows.iter().map(|row| cells(row, names(row))).collect(),
        total: Some(cells(&view.total, of_total)),
        about: vec![
            about_sources(&view.provenance),
            Section { heading: "Công thức".into(), lines: formulas.collect() },
            Section {
                heading: "Ghi chú".into(),
                lines: view.notes.iter().map(|note| (String::new(), note.clone())).collect(),
            },
        ],
        as_of: as_of(&view.provenance, view.basis, asked),
    }
}

fn heading(by: SplitBy) -> &'static str {
    match by {
        SplitBy::System | SplitBy::Subsystem => "Hệ thống",
        SplitBy::UnitGroup => "Loại đơn vị",
        SplitBy::Unit => "Đơn vị",
        SplitBy::Field => "Lĩnh vực",
        SplitBy::Procedure => "Thủ tục",
        SplitBy::Channel => "Kênh",
        SplitBy::Month => "Tháng",
    }
}

/// The counts of a row as they are shown.
fn counts(view: &FiguresView) -> Counts {
    Counts {
        received: view.received,
        received_online: view.received_online,
        received_direct: view.received_direct,
        carried_over: view.carried_over,
        done: view.done,
        on_time: view.done_on_time,
        late: view.done_late,
        pending: view.pending,
        within_deadline: view.pending_in_time,
        overdue: view.pending_overdue,
    }
}
