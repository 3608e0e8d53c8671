//! The records at fault as a file, for those who mend them: codes and dates, nothing of a citizen.

use super::{Wanted, list::AtFault, list::title, view::mender, wanted};
use crate::{
    App,
    dossiers::{Names, Standing, line},
    messages,
    wire::{ExportedView, QualityArgs, QualityExportArgs, TableFormat, WireError},
};
use pvhcc_domain::{quality::Rule, text::instant};
use pvhcc_reports::{DossierRow, DossierRows, MOST_XLSX_ROWS, Section, dossier_table, table_csv, table_xlsx};

impl App {
    /// The records at fault as bytes.
    ///
    /// # Errors
    /// `Invalid` for a rule that is not there, or for more records than a workbook takes.
    pub async fn quality_file(
        &self,
        of: &QualityArgs,
        rule: Option<&str>,
        format: TableFormat,
    ) -> Result<Vec<u8>, WireError> {
        let rule = wanted::rule(rule)?;
        let names = self.names().await?;
        let asked = Wanted::new(of, &names);
        let (all, rows) = self.at_fault(&asked, rule, 0, usize::MAX).await?;
        if format == TableFormat::Xlsx && all > MOST_XLSX_ROWS {
            return Err(messages::invalid(
                "format",
                "Quá nhiều bản ghi cho một tệp XLSX; hãy chọn một quy tắc hoặc một đơn vị, hoặc xuất CSV.",
            ));
        }
        let now = self.now();
        let table = dossier_table(DossierRows {
            title: title(all, rule, &asked),
            lines: vec![format!("Lập lúc {}; bản ghi đang có của các hệ thống.", instant(now))],
            rows: rows.into_iter().map(|row| dossier_row(row, &names)).collect(),
            remark: "Lỗi dữ liệu và cách sửa".to_owned(),
            about: vec![rules_said(rule)],
            as_of: now,
        });
        match format {
            TableFormat::Csv => Ok(table_csv(&table)),
            TableFormat::Xlsx => table_xlsx(&table).map_err(|e| messages::builtin(&e)),
        }
    }

    pub(crate) async fn dossier_quality_export(
        &self,
        args: QualityExportArgs,
    ) -> Result<ExportedView, WireError> {
        let bytes = self.quality_file(&args.of, args.rule.as_deref(), args.format).await?;
        let mut stem = "chat-luong-du-lieu".to_owned();
        let unit = args.of.unit.as_deref().filter(|unit| !unit.is_empty());
        for part in [args.of.system.as_deref(), unit, args.rule.as_deref()].into_iter().flatten() {
            // Codes come from outside; a name of a file has letters, digits and hyphens.
            let plain = part.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
            stem.push('-');
            stem.extend(plain);
        }
        stem += &self.now().local().format("-%Y%m%d-%H%M").to_string();
        let extension = match args.format {
            TableFormat::Xlsx => "xlsx",
            TableFormat::Csv => "csv",
        };
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu danh sách bản ghi cần sửa vào {path}."), path })
    }
}

fn dossier_row(AtFault { kept, judged }: AtFault, names: &Names) -> DossierRow {
    let said = judged.found.iter().map(|rule| {
        let about = rule.about();
        format!("{}. {}", about.name, about.mend)
    });
    let remark = said.collect::<Vec<_>>().join("\n");
    let (received, due, finished) = (kept.record.received_at, kept.record.due_at, kept.record.finished_at);
    let standing = Standing { words: String::new(), tone: "plain" };
    let line = line(kept.dossier, &kept.record, standing, names);
    DossierRow {
        code: line.code,
        system: line.system_name,
        unit: line.unit,
        field: line.field,
        procedure: line.procedure,
        channel: line.channel,
        status: line.status,
        received,
        due,
        finished,
        remark,
    }
}

fn rules_said(rule: Option<Rule>) -> Section {
    let rules = Rule::ALL.iter().filter(|one| rule.is_none_or(|only| only == **one));
    let line = |rule: &Rule| {
        let about = rule.about();
        (about.name.to_owned(), format!("{} {} Người sửa: {}.", about.why, about.mend, mender(about.mender)))
    };
    Section { heading: "Quy tắc chất lượng dữ liệu".to_owned(), lines: rules.map(line).collect() }
}
