//! Entries of the register of fallback from a table: a row an entry. Nothing is taken unless all is good, and no cell that
//! tells of a citizen is quoted.

use super::PART;
use crate::{
    App,
    lists::open,
    messages,
    people::Actor,
    said::new_event,
    sheet::{self, Sheet, Wanted, refuse},
    wire::{
        AppEvent, ErrorCode, FallbackWords, TableImportArgs, TableImportLine, TableImportView, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    annex::Cell,
    operation::register::{FALLBACK, FallbackAct, FallbackEntry, FallbackKind, FallbackState, personal},
    text::{fold, instant, number},
    time::Ms,
};

/// A column, and why what stands in it cannot be taken.
type Wrong = (&'static str, String);

impl App {
    pub(crate) async fn fallback_import(
        &self,
        actor: &Actor,
        args: TableImportArgs,
    ) -> Result<TableImportView, WireError> {
        let all = self.fallback_states().await?;
        let carried = open(&args.file).await?;
        let table = Sheet::find(&carried.name, &carried.sheets, &columns(), 1)?;
        let mut view = sheet::preview(&carried, all.iter().map(|s| s.position).max().unwrap_or(0));
        let mut entries: Vec<FallbackEntry> = Vec::new();
        for row in table.rows() {
            let receipt =
                Some(table.text(row, "receipt")).filter(|r| personal(r).is_none()).unwrap_or_default();
            match self.row_of(actor, &all, &entries, &table, row).await {
                Ok(None) => view.same += 1,
                Ok(Some(entry)) => {
                    view.lines.push(line(&table, row, &entry, self.0.units.name(&entry.unit)));
                    entries.push(entry);
                }
                Err((column, reason)) => view.faults.push(table.fault(row, column, &receipt, reason)),
            }
        }
        let wrong = match view.faults.len() {
            0 => String::new(),
            n => format!(" · {n} chỗ sai: chưa nhập được"),
        };
        view.message = format!("{} mục mới{wrong} · {} mục đã có", view.lines.len(), view.same);
        let Some(seen) = args.take else { return Ok(view) };
        refuse(&view.faults)?;
        if view.position > seen {
            let message = "Sổ vừa được ghi thêm sau khi bạn xem trước. Chưa ghi gì; hãy xem trước lại.";
            return Err(WireError::new(ErrorCode::Conflict, message));
        }
        if entries.is_empty() {
            return Err(messages::invalid("file", "Tệp không có mục mới so với sổ; chưa ghi gì."));
        }
        let about = format!("Nhập {} mục sổ giấy, tiền mặt từ tệp «{}»", entries.len(), carried.name);
        view.message = format!("Đã nhập {} mục từ tệp «{}».", entries.len(), carried.name);
        let news = entries.into_iter().map(|entry| {
            let entity = format!("{FALLBACK}{}", uuid::Uuid::now_v7());
            new_event(actor, entity, Act::Fallback(FallbackAct::Taken { entry }))
        });
        let events = self.0.store.append_batch(news.collect(), &about).await;
        let events = events.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        view.event_id = events.last().map(|e| e.id.clone());
        Ok(view)
    }

    /// The entry of a row; `None` where it stands in the register already as it is.
    async fn row_of(
        &self,
        actor: &Actor,
        all: &[FallbackState],
        before: &[FallbackEntry],
        table: &Sheet<'_>,
        row: usize,
    ) -> Result<Option<FallbackEntry>, Wrong> {
        let words = self.words_of(table, row)?;
        let column = |e: &WireError| match e.details.get("field").map(String::as_str) {
            Some("unit") => "unit",
            Some("at") => "time",
            Some("amount") => "amount",
            Some("dossier") => "dossier",
            Some("procedure") => "procedure",
            Some("remark") => "remark",
            _ => "receipt",
        };
        let entry = self.entry_of(words).await.map_err(|e| (column(&e), e.message))?;
        self.check_keeper_of(actor, &entry.unit).map_err(|e| ("unit", e.message))?;
        if all.iter().any(|s| is_same(&s.entry, &entry)) {
            return Ok(None);
        }
        self.check_once(all, None, &entry, entry.dossier.as_deref()).map_err(|e| (column(&e), e.message))?;
        let twice = |other: &&FallbackEntry| {
            let receipt = other.kind == entry.kind
                && other.unit == entry.unit
                && fold(&other.receipt) == fold(&entry.receipt);
            let dossier = other.kind == entry.kind
                && entry.dossier.is_some()
                && other.dossier.as_deref().map(fold) == entry.dossier.as_deref().map(fold);
            receipt || dossier
        };
        match before.iter().find(twice) {
            Some(other) => Err(("receipt", format!("trùng với biên nhận {} ở dòng trên.", other.receipt))),
            None => Ok(Some(entry)),
        }
    }

    fn words_of(&self, table: &Sheet<'_>, row: usize) -> Result<FallbackWords, Wrong> {
        let kind = match fold(&table.text(row, "kind")).as_str() {
            "giay" | "ho so giay" | "tiep nhan giay" => FallbackKind::Paper,
            "tien mat" | "thu tien mat" | "tien" => FallbackKind::Cash,
            "" => return Err(("kind", "chưa ghi loại: “Giấy” hoặc “Tiền mặt”.".to_owned())),
            _ => return Err(("kind", "loại phải là “Giấy” hoặc “Tiền mặt”.".to_owned())),
        };
        let name = table.text(row, "unit");
        let unit = self
            .unit_of(&name)
            .ok_or_else(|| ("unit", format!("không có đơn vị “{name}”; hãy ghi đúng tên hoặc mã đơn vị.")))?;
        let Some(day) = sheet::day(table.cell(row, "day")).map_err(|e| ("day", e))? else {
            return Err(("day", "chưa ghi ngày tiếp nhận.".to_owned()));
        };
        let (hour, minute) = match table.some(row, "time") {
            Some(_) => sheet::time(table.cell(row, "time")).map_err(|e| ("time", e))?,
            None => (0, 0),
        };
        Ok(FallbackWords {
            kind,
            unit,
            receipt: table.text(row, "receipt"),
            at: Some(Ms::at(day, hour, minute).0),
            procedure: table.some(row, "procedure"),
            dossier: table.some(row, "dossier"),
            amount: money(table.cell(row, "amount")).map_err(|e| ("amount", e))?,
            incident: None,
            remark: table.some(row, "remark"),
        })
    }

    /// The unit of that name, short name or code; the only one.
    fn unit_of(&self, name: &str) -> Option<String> {
        let (units, wanted) = (&self.0.units, fold(name));
        if units.contains(name) {
            return Some(name.to_owned());
        }
        let organisations = units.organisations().iter().map(|u| u.id.as_str());
        let mut ids = organisations.chain(units.communes().iter().map(|c| c.code.as_str()));
        let is = |id: &&str| fold(units.name(id)) == wanted || fold(units.short_name(id)) == wanted;
        ids.find(is).map(str::to_owned)
    }
}

/// Whether a row tells of an entry that stands: files know minutes, and a code that was found later may stand in one.
fn is_same(kept: &FallbackEntry, told: &FallbackEntry) -> bool {
    let minute = |at: Ms| at.0.div_euclid(60_000);
    (kept.kind, &kept.unit, fold(&kept.receipt), minute(kept.at), kept.amount)
        == (told.kind, &told.unit, fold(&told.receipt), minute(told.at), told.amount)
}

fn line(table: &Sheet<'_>, row: usize, entry: &FallbackEntry, unit: &str) -> TableImportLine {
    let amount = entry
        .amount
        .map(|n| format!(" · {} đồng", number(i64::try_from(n).unwrap_or(i64::MAX))))
        .unwrap_or_default();
    TableImportLine {
        place: table.place(row, "receipt"),
        who: unit.to_owned(),
        field: match entry.kind {
            FallbackKind::Paper => "Giấy".to_owned(),
            FallbackKind::Cash => "Tiền mặt".to_owned(),
        },
        old: String::new(),
        new: format!("{} · {}{amount}", entry.receipt, instant(entry.at)),
    }
}

/// Whole đồng of a cell: a number, or text with points between the thousands.
fn money(cell: &Cell) -> Result<Option<i64>, String> {
    let wrong = || "số tiền phải là số đồng nguyên, như 50.000.".to_owned();
    match cell {
        Cell::Empty => Ok(None),
        #[allow(clippy::cast_possible_truncation)] // Checked against the bound just before.
        Cell::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => Ok(Some(*n as i64)),
        other => {
            let text = other.text();
            let text = text.trim().trim_end_matches(['đ', '₫']).trim_end_matches("đồng").trim();
            if text.is_empty() || text == "–" {
                return Ok(None);
            }
            let grouped = text.contains(['.', ',', ' ']);
            let parts: Vec<&str> = text.split(['.', ',', ' ']).collect();
            if grouped && parts.iter().skip(1).any(|part| part.len() != 3) {
                return Err(wrong());
            }
            parts.concat().parse().map(Some).map_err(|_| wrong())
        }
    }
}

fn columns() -> Vec<Wanted> {
    vec![
        Wanted::new("kind", &["Loại"], true),
        Wanted::new("unit", &["Đơn vị", "Đơn vị tiếp nhận", "Mã đơn vị"], true),
        Wanted::new("receipt", &["Số biên nhận", "Biên nhận", "Số biên lai"], true),
        Wanted::new("day", &["Ngày", "Ngày tiếp nhận"], true),
        Wanted::new("time", &["Giờ", "Giờ tiếp nhận"], false),
        Wanted::new("procedure", &["Mã TTHC", "Mã thủ tục"], false),
        Wanted::new("dossier", &["Mã hồ sơ"], false),
        Wanted::new("amount", &["Số tiền", "Số tiền (đồng)"], false),
        Wanted::new("remark", &["Ghi chú"], false),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_whole_and_its_points_stand_between_thousands() {
        let read = |text: &str| money(&Cell::words(text)).ok().flatten();
        assert_eq!(read("50.000"), Some(50_000));
        assert_eq!(read("1 250 000 đồng"), Some(1_250_000));
        assert_eq!(read("50000đ"), Some(50_000));
        assert_eq!(money(&Cell::Number(35_000.0)), Ok(Some(35_000)));
        assert_eq!(money(&Cell::Empty), Ok(None));
        for wrong in ["50.5", "50,00", "năm mươi", "1.2.3"] {
            assert!(money(&Cell::words(wrong)).is_err(), "{wrong}");
        }
        assert!(money(&Cell::Number(1.5)).is_err());
    }
}
