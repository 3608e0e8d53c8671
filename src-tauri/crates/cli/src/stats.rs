//! `pvhcc stats`: the dossier figures of any cells and period, as a table, JSON or CSV.

use crate::{Outcome, Place, actor::call, print, tasks::moment, text};
use pvhcc_app::{
    App,
    wire::{
        Basis, DossierFilter, ErrorCode, FiguresView, SplitBy, StatsArgs, StatsRow, StatsView, UnitGroup,
        WireError,
    },
};
use pvhcc_domain::{
    text::{number, percent},
    time::Ms,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::{fmt::Write as _, process::ExitCode};

/// What to count, and how to print it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Kỳ: 2026-05-14, 2026-05, 2026-Q2, 2026; mặc định từ đầu năm đến ngày báo cáo gần nhất
    #[arg(long, conflicts_with_all = ["from", "to"])]
    period: Option<String>,
    /// Ngày đầu kỳ, 2026-01-01
    #[arg(long, requires = "to")]
    from: Option<String>,
    /// Ngày cuối kỳ, 2026-05-15
    #[arg(long, requires = "from")]
    to: Option<String>,
    /// Chia theo: system, subsystem, unit_group, unit, field, procedure, channel, month; nhiều cách cách nhau bằng dấu phẩy
    #[arg(long, value_delimiter = ',', value_parser = split)]
    by: Vec<SplitBy>,
    /// Chỉ hệ thống này (tinh, bo, bo.byt, cong); dùng được nhiều lần
    #[arg(long, value_delimiter = ',')]
    system: Vec<String>,
    /// Chỉ đơn vị có mã này trên Cổng (H21.17)
    #[arg(long, value_delimiter = ',')]
    unit: Vec<String>,
    /// Chỉ loại đơn vị này: agency, commune, unknown
    #[arg(long, value_parser = unit_group)]
    unit_group: Option<UnitGroup>,
    /// Chỉ lĩnh vực có mã này
    #[arg(long, value_delimiter = ',')]
    field: Vec<String>,
    /// Chỉ thủ tục có mã này
    #[arg(long, value_delimiter = ',')]
    procedure: Vec<String>,
    /// Chỉ kênh này: direct, online, postal
    #[arg(long, value_delimiter = ',')]
    channel: Vec<String>,
    /// records: đếm từ hồ sơ; reports: số các hệ thống báo cáo. Mặc định: báo cáo nếu có đúng kỳ và cách chia này
    #[arg(long, value_parser = basis)]
    basis: Option<Basis>,
    /// Theo những gì đã biết tại thời điểm này, 28/05/2026 15:00
    #[arg(long, value_parser = moment)]
    as_of: Option<Ms>,
    /// Kèm kỳ trước và cùng kỳ năm trước của từng ô
    #[arg(long)]
    compare: bool,
    /// Dạng in
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Bảng để đọc
    Table,
    /// Mảng JSON, mỗi ô một đối tượng
    Json,
    /// CSV
    Csv,
}

const SPLITS: [&str; 8] =
    ["system", "subsystem", "unit_group", "unit", "field", "procedure", "channel", "month"];

/// A value by the name it has in JSON, of those that there are.
fn named<T: DeserializeOwned>(text: &str, all: &[&str]) -> Result<T, String> {
    serde_json::from_value(json!(text)).map_err(|_| format!("dùng một trong {}", all.join(", ")))
}

fn split(text: &str) -> Result<SplitBy, String> {
    named(text, &SPLITS)
}

fn unit_group(text: &str) -> Result<UnitGroup, String> {
    named(text, &["agency", "commune", "unknown"])
}

fn basis(text: &str) -> Result<Basis, String> {
    named(text, &["records", "reports"])
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    let app = place.open().await?;
    let asked = ask(&app, &args).await;
    app.shutdown().await;
    let view = asked?;
    print(&match args.format {
        Format::Table => table(&view, args.compare),
        Format::Json => to_json(&view, args.compare)?,
        Format::Csv => to_csv(&view, args.compare)?,
    });
    Ok(ExitCode::SUCCESS)
}

async fn ask(app: &App, args: &Args) -> Result<StatsView, WireError> {
    app.on_command_line(None).await?;
    let range = args.from.as_ref().zip(args.to.as_ref()).map(|(from, to)| format!("{from}..{to}"));
    let asked = StatsArgs {
        period: args.period.clone().or(range).unwrap_or_default(),
        by: args.by.clone(),
        filter: DossierFilter {
            systems: args.system.clone(),
            unit_group: args.unit_group,
            units: args.unit.clone(),
            fields: args.field.clone(),
            procedures: args.procedure.clone(),
            channels: args.channel.clone(),
        },
        basis: args.basis,
        as_of: args.as_of.map(|at| at.0),
        limit: Some(u32::MAX),
        ..StatsArgs::default()
    };
    call(app, "dossier_stats", &asked).await
}

/// The cells asked for; the total where nothing is split.
fn rows(view: &StatsView) -> &[StatsRow] {
    if view.by.is_empty() { std::slice::from_ref(&view.total) } else { &view.rows }
}

fn name_of(by: SplitBy) -> String {
    serde_json::to_value(by).ok().and_then(|v| v.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}

type Count = fn(&FiguresView) -> Option<u64>;
type Rate = fn(&FiguresView) -> Option<f64>;

const COUNTS: [(&str, &str, Count); 11] = [
    ("received", "Nhận", |f| f.received),
    ("received_online", "Trực tuyến", |f| f.received_online),
    ("received_direct", "Trực tiếp", |f| f.received_direct),
    ("carried_over", "Tồn trước", |f| f.carried_over),
    ("total", "Tổng", |f| f.total),
    ("done", "Đã xử lý", |f| f.done),
    ("done_on_time", "Đúng hẹn", |f| f.done_on_time),
    ("done_late", "Trễ hẹn", |f| f.done_late),
    ("pending", "Chưa xử lý", |f| f.pending),
    ("pending_in_time", "Trong hạn", |f| f.pending_in_time),
    ("pending_overdue", "Quá hạn", |f| f.pending_overdue),
];

const RATES: [(&str, &str, Rate); 4] = [
    ("done_on_time_rate", "% đúng hẹn", |f| f.done_on_time_rate),
    ("done_late_rate", "% trễ hẹn", |f| f.done_late_rate),
    ("pending_in_time_rate", "% trong hạn", |f| f.pending_in_time_rate),
    ("pending_overdue_rate", "% quá hạn", |f| f.pending_overdue_rate),
];

/// Periods that a cell is compared with: their name in JSON, their name for people, their figures.
type Of = fn(&StatsRow) -> Option<&FiguresView>;
const COMPARED: [(&str, &str, Of); 2] = [
    ("previous", "kỳ trước", |row| row.previous.as_ref()),
    ("last_year", "cùng kỳ", |row| row.last_year.as_ref()),
];
/// Of the counts, those that the table compares.
const MAIN: [&str; 3] = ["received", "done", "pending"];

fn figures(of: &FiguresView) -> Map<String, Value> {
    let counts = COUNTS.iter().map(|(name, _, count)| ((*name).to_owned(), json!(count(of))));
    counts.chain(RATES.iter().map(|(name, _, rate)| ((*name).to_owned(), json!(rate(of))))).collect()
}

/// One object a cell: its values by dimension, the figures, and the identities that do not hold.
fn cell(row: &StatsRow) -> Map<String, Value> {
    let mut cell = Map::new();
    for part in &row.cell {
        cell.insert(name_of(part.by), json!(part.code));
        cell.insert(format!("{}_name", name_of(part.by)), json!(part.name));
    }
    cell.extend(figures(&row.figures));
    let mut broken: Vec<&str> = row.broken.iter().map(|b| b.rule.as_str()).collect();
    broken.sort_unstable();
    broken.dedup();
    cell.insert("broken_identities".to_owned(), json!(broken));
    cell
}

fn to_json(view: &StatsView, compare: bool) -> Result<String, WireError> {
    let cells: Vec<Value> = rows(view)
        .iter()
        .map(|row| {
            let mut cell = cell(row);
            let period = row.period.as_ref().unwrap_or(&view.period);
            cell.insert("from".to_owned(), json!(period.from));
            cell.insert("to".to_owned(), json!(period.to));
            cell.insert("basis".to_owned(), json!(view.basis));
            for (name, _, of) in COMPARED.iter().filter(|_| compare) {
                cell.insert((*name).to_owned(), json!(of(row).map(figures)));
            }
            Value::Object(cell)
        })
        .collect();
    text::json(&cells)
}

fn to_csv(view: &StatsView, compare: bool) -> Result<String, WireError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let dimensions = view.by.iter().flat_map(|by| [name_of(*by), format!("{}_name", name_of(*by))]);
    let names: Vec<&str> = COUNTS.iter().map(|c| c.0).chain(RATES.iter().map(|r| r.0)).collect();
    let own = names.iter().map(|name| (*name).to_owned());
    let mut header: Vec<String> = dimensions.chain(own).chain(["broken_identities".to_owned()]).collect();
    let compared = COMPARED.iter().filter(|_| compare);
    header.extend(compared.flat_map(|(when, ..)| names.iter().map(move |name| format!("{when}_{name}"))));
    writer.write_record(&header).map_err(|e| cannot_print(&e))?;
    for row in rows(view) {
        let mut cell = cell(row);
        for (when, _, of) in COMPARED.iter().filter(|_| compare) {
            let told = of(row).map(figures).unwrap_or_default();
            cell.extend(told.into_iter().map(|(name, value)| (format!("{when}_{name}"), value)));
        }
        let text = |name: &String| match cell.get(name) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            Some(value) => value.to_string(),
        };
        writer.write_record(header.iter().map(text)).map_err(|e| cannot_print(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| cannot_print(&e))?;
    String::from_utf8(bytes).map_err(|e| cannot_print(&e))
}

fn cannot_print(error: &dyn std::fmt::Display) -> WireError {
    WireError::new(ErrorCode::Internal, format!("Không in được kết quả: {error}."))
}

fn table(view: &StatsView, compare: bool) -> String {
    let mut head: Vec<String> = view.by.iter().map(|by| title(*by).to_owned()).collect();
    head.extend(COUNTS.iter().map(|c| c.1.to_owned()));
    head.extend(RATES.iter().map(|r| r.1.to_owned()));
    let main: Vec<_> = COUNTS.iter().filter(|c| compare && MAIN.contains(&c.0)).collect();
    head.extend(main.iter().flat_map(|c| COMPARED.map(|(_, when, _)| format!("{} {when}", c.1))));
    let line = |row: &StatsRow| -> Vec<String> {
        let mut line: Vec<String> = if row.cell.is_empty() && !view.by.is_empty() {
            let rest = view.by.len() - 1;
            std::iter::once("Tổng cộng".to_owned()).chain(std::iter::repeat_n(String::new(), rest)).collect()
        } else {
            row.cell.iter().map(|part| part.name.clone()).collect()
        };
        let unknown = || "–".to_owned();
        let count = |n: u64| number(i64::try_from(n).unwrap_or(i64::MAX));
        line.extend(COUNTS.iter().map(|c| c.2(&row.figures).map_or_else(unknown, count)));
        line.extend(RATES.iter().map(|r| r.2(&row.figures).map_or_else(unknown, |rate| percent(rate, 2))));
        let compared = main.iter().flat_map(|c| COMPARED.map(|(_, _, of)| of(row).and_then(c.2)));
        line.extend(compared.map(|n| n.map_or_else(unknown, count)));
        line
    };
    let mut lines: Vec<(Vec<String>, &StatsRow)> = rows(view).iter().map(|row| (line(row), row)).collect();
    if !view.by.is_empty() {
        lines.push((line(&view.total), &view.total));
    }
    let mut text = format!("{}\n{}\n\n", view.period.title, view.basis_note);
    let widths: Vec<usize> = (0..head.len())
        .map(|i| {
            lines
                .iter()
                .map(|(line, _)| &line[i])
                .chain([&head[i]])
                .map(|t| t.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let print = |cells: &[String]| -> String {
        let padded = cells.iter().zip(&widths).enumerate().map(|(i, (cell, width))| {
            let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
            if i < view.by.len() { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let _ = writeln!(text, "{}", print(&head));
    for (cells, row) in &lines {
        let _ = writeln!(text, "{}", print(cells));
        for broken in &row.broken {
            let _ = writeln!(text, "  ! {} Hỏi: {}.", broken.text, broken.ask);
        }
        for difference in &row.differences {
            let _ = writeln!(text, "  ! {}", difference.text);
        }
    }
    for source in view.provenance.iter().filter(|source| source.basis == view.basis) {
        let _ = writeln!(text, "\n{}", source.text);
    }
    for note in &view.notes {
        let _ = writeln!(text, "{note}");
    }
    text
}

fn title(by: SplitBy) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_wrongly_is_answered_with_what_there_is() {
        for name in SPLITS {
            assert!(split(name).is_ok(), "{name}");
        }
        assert!(split("foo").is_err_and(|e| e.contains("subsystem") && e.starts_with("dùng")));
        assert!(unit_group("foo").is_err_and(|e| e.contains("commune")));
        assert!(basis("foo").is_err_and(|e| e.contains("reports")));
    }
}
