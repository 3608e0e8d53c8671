//! The registers as files.

use crate::{
    App, messages,
    wire::{
        BalanceKind, CountView, ExportedView, FallbackRow, FallbackStage, InFlightRow, RegisterKind,
        RegistersExportArgs, TableFormat, WireError,
    },
};
use pvhcc_domain::{
    operation::register::FallbackKind,
    text::{instant, number},
    time::Ms,
};
use pvhcc_reports::{Datum, Section, Table, TableColumn, table_csv, table_xlsx};

impl App {
    /// A register as bytes in a form.
    ///
    /// # Errors
    /// Failures of the store.
    pub async fn register_file(&self, args: &RegistersExportArgs) -> Result<Vec<u8>, WireError> {
        let table = match args.which {
            RegisterKind::InFlight => self.in_flight_table().await?,
            RegisterKind::Fallback => self.fallback_table().await?,
        };
        match args.format {
            TableFormat::Csv => Ok(table_csv(&table)),
            TableFormat::Xlsx => table_xlsx(&table).map_err(|e| messages::builtin(&e)),
        }
    }

    pub(crate) async fn registers_export(
        &self,
        args: RegistersExportArgs,
    ) -> Result<ExportedView, WireError> {
        let bytes = self.register_file(&args).await?;
        let extension = match args.format {
            TableFormat::Xlsx => "xlsx",
            TableFormat::Csv => "csv",
        };
        let name = match args.which {
            RegisterKind::InFlight => "ho-so-dang-giai-quyet",
            RegisterKind::Fallback => "so-giay-tien-mat",
        };
        let stem = format!("{name}-{}", self.now().local().format("%Y%m%d-%H%M"));
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu sổ vào {path}."), path })
    }

    async fn in_flight_table(&self) -> Result<Table, WireError> {
        let view = self.in_flight(None).await?;
        let now = self.now();
        let numbers = |before: Option<&CountView>, after: Option<&CountView>| {
            let of = |count: Option<&CountView>, take: fn(&CountView) -> u64| Datum::Count(count.map(take));
            vec![
                of(before, |c| c.old),
                of(before, |c| c.new),
                of(before, |c| c.all),
                of(after, |c| c.old),
                of(after, |c| c.new),
                of(after, |c| c.done),
                of(after, |c| c.lost),
                of(after, |c| c.all),
            ]
        };
        let row = |r: &InFlightRow| {
            let mut cells = vec![Datum::Text(r.name.clone())];
            cells.extend(numbers(r.before.as_ref(), r.after.as_ref()));
            let state = match r.state {
                BalanceKind::Uncounted => "Chưa đếm",
                BalanceKind::Waiting => "Chờ đếm phía còn lại",
                BalanceKind::Closed => "Khớp",
                BalanceKind::Explained => "Lệch, đã giải trình",
                BalanceKind::Open => "Lệch, chưa giải trình",
            };
            cells.extend([
                Datum::Difference(r.difference),
                Datum::Text(state.to_owned()),
                Datum::Text(r.explanation.clone().unwrap_or_default()),
            ]);
            cells
        };
        let t = &view.totals;
        let sums = [t.stay, t.moving, t.stay + t.moving, t.staying, t.moved, t.done, t.lost];
        let mut total = vec![Datum::Text(format!("Cộng {} hệ thống đếm đủ hai lần", t.systems))];
        total.extend(sums.map(|n| Datum::Count(Some(n))));
        total.push(Datum::Count(Some(t.staying + t.moved + t.done + t.lost)));
        total.extend([
            Datum::Difference(Some(t.difference)),
            Datum::Text(t.equation.clone()),
            Datum::Text(String::new()),
        ]);
        let sources = view.rows.iter().flat_map(|r| {
            let side = |when: &str, count: &Option<CountView>| {
                count.as_ref().map(|c| {
                    (
                        format!("{}, {when}", r.name),
                        format!("{}; đến {}; {}", c.source, instant(Ms(c.at)), c.said),
                    )
                })
            };
            [side("trước", &r.before), side("sau", &r.after)].into_iter().flatten()
        });
        Ok(Table {
            title: "Hồ sơ đang giải quyết tại thời điểm chuyển đổi".to_owned(),
            lines: vec![view.headline.clone(), view.rule.clone(), format!("Lập lúc {}.", instant(now))],
            sheet: "Đang giải quyết".to_owned(),
            columns: columns(&[
                ("Hệ thống", "", 34.0),
                ("Ở lại", "Trước chuyển đổi", 10.0),
                ("Chuyển đi", "Trước chuyển đổi", 10.0),
                ("Cộng", "Trước chuyển đổi", 10.0),
                ("Còn ở lại", "Sau chuyển đổi", 10.0),
                ("Đã chuyển", "Sau chuyển đổi", 10.0),
                ("Đã xong", "Sau chuyển đổi", 10.0),
                ("Mất, lỗi", "Sau chuyển đổi", 10.0),
                ("Cộng", "Sau chuyển đổi", 10.0),
                ("Chênh lệch", "", 11.0),
                ("Tình trạng", "", 22.0),
                ("Giải trình", "", 40.0),
            ]),
            frozen: 1,
            rows: view.rows.iter().map(row).collect(),
            total: Some(total),
            about: vec![Section { heading: "Nguồn số đếm".to_owned(), lines: sources.collect() }],
            as_of: now,
        })
    }

    async fn fallback_table(&self) -> Result<Table, WireError> {
        let view = self.fallback(None).await?;
        let now = self.now();
        let text = |text: &str| Datum::Text(text.to_owned());
        let some = |text: &Option<String>| Datum::Text(text.clone().unwrap_or_default());
        let row = |r: &FallbackRow| {
            let stage = match r.stage {
                FallbackStage::Taken if r.overdue => "Chưa nhập lại, quá hạn",
                FallbackStage::Taken => "Chưa nhập lại",
                FallbackStage::Reentered => "Đã nhập lại, chưa ghép",
                FallbackStage::Paired => "Đã ghép",
                FallbackStage::Voided => "Đã bỏ",
            };
            let kind = match r.kind {
                FallbackKind::Paper => "Giấy",
                FallbackKind::Cash => "Tiền mặt",
            };
            vec![
                text(kind),
                text(&r.unit.name),
                text(&r.receipt),
                Datum::Day(Some(Ms(r.at).day())),
                Datum::Text(Ms(r.at).local().format("%H:%M").to_string()),
                some(&r.procedure),
                some(&r.dossier),
                r.amount.map_or_else(|| text(""), |n| Datum::Count(Some(n))),
                some(&r.remark),
                text(stage),
                text(&r.timing),
                text(&r.said),
            ]
        };
        let money = |n: u64| format!("{} đồng", number(i64::try_from(n).unwrap_or(i64::MAX)));
        Ok(Table {
            title: "Sổ hồ sơ giấy và tiền mặt".to_owned(),
            lines: vec![view.headline.clone(), format!("Lập lúc {}.", instant(now))],
            sheet: "Giấy và tiền mặt".to_owned(),
            columns: columns(&[
                ("Loại", "", 10.0),
                ("Đơn vị", "", 28.0),
                ("Số biên nhận", "", 16.0),
                ("Ngày", "", 11.0),
                ("Giờ", "", 7.0),
                ("Mã TTHC", "", 14.0),
                ("Mã hồ sơ", "", 26.0),
                ("Số tiền (đồng)", "", 13.0),
                ("Ghi chú", "", 28.0),
                ("Tình trạng", "", 22.0),
                ("Thời gian", "", 22.0),
                ("Người ghi", "", 30.0),
            ]),
            frozen: 3,
            rows: view.rows.iter().map(row).collect(),
            total: None,
            about: vec![Section {
                heading: "Cộng".to_owned(),
                lines: vec![
                    (
                        "Chưa nhập lại".to_owned(),
                        format!(
                            "{}, trong đó {} quá {} giờ",
                            view.totals.taken, view.totals.overdue, view.limit_hours
                        ),
                    ),
                    ("Đã nhập lại, chưa ghép".to_owned(), view.totals.reentered.to_string()),
                    ("Đã ghép".to_owned(), view.totals.paired.to_string()),
                    ("Đã bỏ".to_owned(), view.totals.voided.to_string()),
                    ("Tiền mặt đã thu".to_owned(), money(view.totals.cash)),
                    ("Tiền mặt chưa ghép".to_owned(), money(view.totals.cash_open)),
                ],
            }],
            as_of: now,
        })
    }
}

fn columns(of: &[(&str, &str, f64)]) -> Vec<TableColumn> {
    of.iter()
        .map(|(heading, group, width)| TableColumn {
            heading: (*heading).to_owned(),
            group: (*group).to_owned(),
            width: *width,
        })
        .collect()
}
