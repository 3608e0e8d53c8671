//! The indicators as a file: components of one unit, or a line for every unit.

use crate::{
    App,
    dossiers::period,
    messages,
    wire::{
        ExportedView, IndicatorArgs, IndicatorsExportArgs, IndicatorsView, TableFormat, UnitGroup, WireError,
    },
};
use pvhcc_domain::text::percent;
use pvhcc_reports::{Datum, Section, Table, TableColumn, table_csv, table_xlsx};

impl App {
    /// The indicators as bytes.
    ///
    /// # Errors
    /// As the command `indicators`; `NotFound` before there are any.
    pub async fn indicators_file(
        &self,
        of: &IndicatorArgs,
        ranking: bool,
        format: TableFormat,
    ) -> Result<Vec<u8>, WireError> {
        let view = self.indicators(of.clone()).await?;
        let table = self.indicator_table(&view, ranking)?;
        match format {
            TableFormat::Csv => Ok(table_csv(&table)),
            TableFormat::Xlsx => table_xlsx(&table).map_err(|e| messages::builtin(&e)),
        }
    }

    pub(crate) async fn indicators_export(
        &self,
        args: IndicatorsExportArgs,
    ) -> Result<ExportedView, WireError> {
        let view = self.indicators(args.of.clone()).await?;
        let bytes = self.indicators_file(&args.of, args.ranking, args.format).await?;
        let period = view.period.as_ref().map_or("", |p| p.id.as_str()).to_owned();
        let what = if args.ranking { "xep-hang".to_owned() } else { view.unit.replace('.', "-") };
        let extension = match args.format {
            TableFormat::Xlsx => "xlsx",
            TableFormat::Csv => "csv",
        };
        let stem = format!("chi-so-766-{what}-{period}-{}", self.now().local().format("%Y%m%d-%H%M"));
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu chỉ số phục vụ vào {path}."), path })
    }

    fn indicator_table(&self, view: &IndicatorsView, ranking: bool) -> Result<Table, WireError> {
        let Some(shown) = &view.period else {
            return Err(messages::invalid(
                "period",
                "Chưa có chỉ số nào để xuất; hãy lấy số liệu từ Trục tích hợp trước.",
            ));
        };
        let mut lines = vec![format!("{}: {}", shown.title, view.document), view.source.clone()];
        lines.extend(view.notes.iter().cloned());
        let (title, columns, rows) = if ranking { ranked(view) } else { components(view) };
        let columns = columns
            .into_iter()
            .map(|(heading, width)| TableColumn { heading, group: String::new(), width })
            .collect();
        let formulas =
            view.blocks.iter().flat_map(|b| &b.components).map(|c| (c.name.clone(), c.formula.clone()));
        let to = period::parse(&shown.id)?.to;
        Ok(Table {
            title,
            lines,
            sheet: "Chỉ số phục vụ".to_owned(),
            columns,
            frozen: 2,
            rows,
            total: None,
            about: vec![Section { heading: "Công thức".to_owned(), lines: formulas.collect() }],
            as_of: pvhcc_domain::time::Ms::at(to.min(self.now().day()), 0, 0),
        })
    }
}

/// Title, headings with their widths, and rows.
type Contents = (String, Vec<(String, f64)>, Vec<Vec<Datum>>);

fn headings<const N: usize>(of: [(&str, f64); N]) -> Vec<(String, f64)> {
    of.into_iter().map(|(heading, width)| (heading.to_owned(), width)).collect()
}

fn points(score: Option<f64>) -> Datum {
    Datum::Text(score.map_or_else(|| "–".to_owned(), |s| format!("{s:.2}").replace('.', ",")))
}

fn components(view: &IndicatorsView) -> Contents {
    let columns = headings([
        ("Nhóm", 26.0),
        ("Chỉ số", 40.0),
        ("Tử số", 12.0),
        ("Mẫu số", 12.0),
        ("Tỷ lệ", 11.0),
        ("Mục tiêu", 11.0),
        ("Điểm", 9.0),
        ("Điểm tối đa", 9.0),
        ("Ghi chú", 50.0),
    ]);
    let mut rows = Vec::new();
    for block in &view.blocks {
        for c in &block.components {
            let said = [&c.missing, &c.difference].into_iter().flatten().cloned();
            let counted = c.counted.iter().map(|counted| counted.text.clone());
            let remarks: Vec<String> = said.chain(c.flags.iter().cloned()).chain(counted).collect();
            rows.push(vec![
                Datum::Text(block.name.clone()),
                Datum::Text(c.name.clone()),
                Datum::Count(c.numerator),
                Datum::Count(c.denominator),
                Datum::Rate(c.ratio),
                Datum::Text(percent(c.target, 0)),
                points(c.score),
                points(Some(c.max)),
                Datum::Text(remarks.join("; ")),
            ]);
        }
        rows.push(vec![
            Datum::Text(block.name.clone()),
            Datum::Text("Cả nhóm".to_owned()),
            Datum::Text(String::new()),
            Datum::Text(String::new()),
            Datum::Text(String::new()),
            Datum::Text(String::new()),
            points(block.score),
            points(Some(block.max)),
            Datum::Text(block.difference.clone().unwrap_or_default()),
        ]);
    }
    (format!("Chỉ số phục vụ: {}", view.unit_name), columns, rows)
}

fn ranked(view: &IndicatorsView) -> Contents {
    let mut columns =
        headings([("Khối", 18.0), ("Đơn vị", 34.0), ("Mã", 11.0), ("Hạng", 7.0), ("Tổng điểm", 11.0)]);
    columns.extend(view.blocks.iter().map(|block| (block.name.clone(), 16.0)));
    columns.extend(headings([("Thay đổi", 10.0)]));
    let kind = |group| match group {
        UnitGroup::Agency => "Sở, ban, ngành",
        UnitGroup::Commune => "Xã, phường",
        UnitGroup::Unknown => "Không rõ",
    };
    let rows = view.units.iter().map(|unit| {
        let mut row = vec![
            Datum::Text(kind(unit.group).to_owned()),
            Datum::Text(unit.name.clone()),
            Datum::Text(unit.code.clone()),
            Datum::Count(unit.place.map(u64::from)),
            points(unit.score),
        ];
        row.extend(unit.blocks.iter().map(|score| points(*score)));
        row.push(points(unit.change));
        row
    });
    ("Xếp hạng chỉ số phục vụ".to_owned(), columns, rows.collect())
}
