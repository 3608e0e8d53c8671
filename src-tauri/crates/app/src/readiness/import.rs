//! Reports of readiness from a table: of the units a row a unit and a column a duty, of the parties a row a duty. Nothing is taken
//! unless all of it is good.

use super::{Room, acts::Said, count, headline_of, import_parties::party_columns};
use crate::{
    App,
    lists::{Carried, open},
    messages,
    people::Actor,
    sheet::{self, Sheet, Wanted, refuse},
    wire::{ErrorCode, ImportFault, ReadinessImportArgs, TableImportLine, TableImportView, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    operation::readiness::{Duty, Member, Readiness},
    task::Learned,
    text::fold,
};
use pvhcc_store::NewEvent;
use std::collections::HashMap;

/// Other words that units write for a state.
const SPELLINGS: [(&str, Readiness); 14] = [
    ("da xong", Readiness::Ready),
    ("xong", Readiness::Ready),
    ("hoan thanh", Readiness::Ready),
    ("co", Readiness::Ready),
    ("x", Readiness::Ready),
    ("dat", Readiness::Ready),
    ("dang lam", Readiness::Partly),
    ("mot phan", Readiness::Partly),
    ("chua", Readiness::NotReady),
    ("chua xong", Readiness::NotReady),
    ("chua hoan thanh", Readiness::NotReady),
    ("khong", Readiness::NotReady),
    ("khong co", Readiness::NotApplicable),
    ("khong phat sinh", Readiness::NotApplicable),
];
/// What an exported table writes for a duty that nobody reported; it says nothing.
const UNTOLD: [&str; 3] = ["chua bao cao", "-", "–"];

/// A table as it would be taken.
#[derive(Default)]
pub(super) struct Tried {
    lines: Vec<TableImportLine>,
    pub(super) faults: Vec<ImportFault>,
    pub(super) news: Vec<NewEvent>,
    pub(super) units: usize,
    pub(super) same: usize,
    /// Greatest position among what would be changed.
    touched: i64,
}

impl App {
    pub(crate) async fn readiness_import(
        &self,
        actor: &Actor,
        args: ReadinessImportArgs,
    ) -> Result<TableImportView, WireError> {
        let as_of = self.told_day(&args.as_of)?;
        let room = self.readiness_room().await?;
        let carried = open(&args.table.file).await?;
        let tried = self.try_readiness(actor, &room, &carried, as_of, &args)?;
        let mut view = TableImportView {
            lines: tried.lines,
            faults: tried.faults,
            same: count(tried.same),
            ..sheet::preview(&carried, room.position)
        };
        view.message = found(&view, tried.units);
        let Some(seen) = args.table.take else { return Ok(view) };
        refuse(&view.faults)?;
        if tried.touched > seen {
            return Err(WireError::new(
                ErrorCode::Conflict,
                "Có người vừa ghi báo cáo của đơn vị trong tệp sau khi bạn xem trước. Chưa ghi gì; hãy xem trước lại.",
            ));
        }
        if tried.news.is_empty() {
            return Err(messages::invalid(
                "file",
                "Tệp không có gì mới so với báo cáo đang có; chưa ghi gì.",
            ));
        }
        let kept = self.0.store.put_blob(&carried.bytes).await.map_err(|e| messages::store(&e))?;
        let about = format!(
            "Nhập {} báo cáo sẵn sàng của {} đơn vị từ tệp «{}» (SHA-256 {kept})",
            tried.news.len(),
            tried.units,
            carried.name
        );
        view.message = format!(
            "Đã nhập {} báo cáo của {} đơn vị từ tệp «{}».",
            tried.news.len(),
            tried.units,
            carried.name
        );
        view.event_id = Some(self.write_reports(tried.news, &about).await?);
        Ok(view)
    }

    fn try_readiness(
        &self,
        actor: &Actor,
        room: &Room,
        carried: &Carried,
        as_of: NaiveDate,
        args: &ReadinessImportArgs,
    ) -> Result<Tried, WireError> {
        let Some(asked) = room.units() else { return Ok(Tried::default()) };
        let mut tried = Tried::default();
        let of_parties = Sheet::find(&carried.name, &carried.sheets, &party_columns(), 3);
        if let Ok(table) = &of_parties {
            self.try_parties(actor, room, table, as_of, args, &mut tried);
        }
        let table = match Sheet::find(&carried.name, &carried.sheets, &columns(&asked.set.duties), 2) {
            Ok(table) => table,
            // A file of the parties alone.
            Err(_) if of_parties.is_ok() => return Ok(tried),
            Err(problem) => return Err(problem),
        };
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for row in table.rows() {
            let named = table.some(row, "code").or_else(|| table.some(row, "unit")).unwrap_or_default();
            let at = if table.some(row, "code").is_some() { "code" } else { "unit" };
            let member = match find_member(&asked.members, &table, row) {
                Ok(member) => member,
                Err(reason) => {
                    tried.faults.push(table.fault(row, at, &named, reason));
                    continue;
                }
            };
            if let Some(first) = seen.insert(&member.id, row) {
                let reason = format!("{} đã có ở dòng {}. Mỗi đơn vị một dòng.", member.name, first + 1);
                tried.faults.push(table.fault(row, at, &named, reason));
                continue;
            }
            self.try_unit(actor, room, &table, row, member, &asked.set.duties, as_of, args, &mut tried);
        }
        Ok(tried)
    }

    #[allow(clippy::too_many_arguments)]
    fn try_unit(
        &self,
        actor: &Actor,
        room: &Room,
        table: &Sheet<'_>,
        row: usize,
        member: &Member,
        duties: &[Duty],
        as_of: NaiveDate,
        args: &ReadinessImportArgs,
        tried: &mut Tried,
    ) {
        let Some(as_of) = self.row_day(table, row, member, as_of, tried) else { return };
        let before = tried.news.len();
        let mut told = false;
        for duty in duties {
            let cell = TriedCell { row, column: &duty.id, member, duty, as_of, learned: args.learned };
            told |= self.try_cell(actor, room, table, &cell, tried);
        }
        let news = tried.news.len() - before;
        tried.units += usize::from(news > 0);
        tried.same += usize::from(told && news == 0);
    }

    /// The day that a row speaks of; a wrong one is a fault.
    pub(super) fn row_day(
        &self,
        table: &Sheet<'_>,
        row: usize,
        member: &Member,
        as_of: NaiveDate,
        tried: &mut Tried,
    ) -> Option<NaiveDate> {
        let reason = match sheet::day(table.cell(row, "as_of")) {
            Ok(day) if day.unwrap_or(as_of) > self.now().day() => {
                "Ngày báo cáo không thể sau hôm nay.".to_owned()
            }
            Ok(day) => return Some(day.unwrap_or(as_of)),
            Err(reason) => reason,
        };
        tried.faults.push(table.fault(row, "as_of", &member.name, reason));
        None
    }

    /// What a cell says of one duty; whether it says anything.
    pub(super) fn try_cell(
        &self,
        actor: &Actor,
        room: &Room,
        table: &Sheet<'_>,
        cell: &TriedCell<'_>,
        tried: &mut Tried,
    ) -> bool {
        let TriedCell { row, column, member, duty, as_of, learned } = *cell;
        let Some(text) = table.some(row, column).filter(|t| !UNTOLD.contains(&fold(t).as_str())) else {
            return false;
        };
        let Some(state) = state_named(&text) else {
            let words = Readiness::ALL.map(Readiness::words).join(", ");
            let reason = format!(
                "“{text}” không phải trạng thái. Hãy ghi một trong: {words}; để trống nếu chưa báo cáo."
            );
            tried.faults.push(table.fault(row, column, &member.name, reason));
            return true;
        };
        let known = room.report(&member.id, &duty.id);
        let remark =
            table.some(row, "remark").filter(|_| state == Readiness::NotApplicable || !state.settled());
        // What is written out again as it stands, without a day of its own, says nothing new.
        let dated = table.some(row, "as_of").is_some();
        if known.is_some_and(|k| {
            k.state == state && (!dated || k.as_of == as_of) && (remark.is_none() || k.remark == remark)
        }) {
            return true;
        }
        let said = Said { member, duty, state, as_of, remark, learned };
        if let Err(e) = self.check_report(actor, room, &said) {
            tried.faults.push(table.fault(row, column, &member.name, e.message));
            return true;
        }
        tried.touched =
            tried.touched.max(room.standing(&member.id, &duty.id).map_or(0, |standing| standing.position));
        tried.lines.push(TableImportLine {
            place: table.place(row, column),
            who: member.name.clone(),
            field: duty.short.clone(),
            old: headline_of(known),
            new: format!("{}, đến {}", state.words(), crate::checklist::vn(as_of)),
        });
        tried.news.push(said.event(actor));
        true
    }
}

/// A cell that says how one member stands with one duty.
pub(super) struct TriedCell<'a> {
    pub(super) row: usize,
    pub(super) column: &'a str,
    pub(super) member: &'a Member,
    pub(super) duty: &'a Duty,
    pub(super) as_of: NaiveDate,
    pub(super) learned: Learned,
}

fn columns(duties: &[Duty]) -> Vec<Wanted> {
    let mut wanted = vec![
        Wanted::new("unit", &["Đơn vị", "Tên đơn vị", "Cơ quan, đơn vị"], true),
        Wanted::new("code", &["Mã", "Mã đơn vị", "Mã định danh"], false),
        Wanted::new("as_of", &["Đến ngày", "Ngày báo cáo"], false),
        Wanted::new("remark", &["Ghi chú", "Lý do"], false),
    ];
    wanted
        .extend(duties.iter().map(|duty| Wanted::new(&duty.id, &[&duty.short, &duty.id, &duty.text], false)));
    wanted
}

/// The member of a row: by its code where there is one, and its name must not say another.
fn find_member<'a>(members: &'a [Member], table: &Sheet<'_>, row: usize) -> Result<&'a Member, String> {
    let by_name = |name: &str| {
        let name = fold(name);
        let same: Vec<&Member> =
            members.iter().filter(|m| fold(&m.name) == name || fold(&m.short) == name).collect();
        match same.as_slice() {
            [one] => Ok(*one),
            _ => Err(()),
        }
    };
    let name = table.some(row, "unit");
    if let Some(code) = table.some(row, "code") {
        let found = members.iter().find(|m| m.id == code || m.code.as_deref() == Some(code.as_str()));
        let member = found.ok_or_else(|| format!("không có đơn vị mang mã “{code}” trong danh sách."))?;
        return match name {
            Some(name) if by_name(&name).is_ok_and(|other| other.id != member.id) => {
                Err(format!("mã “{code}” là của {}, nhưng cột đơn vị ghi “{name}”.", member.name))
            }
            _ => Ok(member),
        };
    }
    let name = name.unwrap_or_default();
    by_name(&name)
        .map_err(|()| format!("không có đơn vị “{name}” trong danh sách; hãy ghi đúng tên hoặc mã."))
}

fn state_named(text: &str) -> Option<Readiness> {
    let folded = fold(text);
    let spelled = SPELLINGS.iter().find(|(known, _)| *known == folded).map(|(_, state)| *state);
    Readiness::ALL.into_iter().find(|state| fold(state.words()) == folded).or(spelled)
}

fn found(view: &TableImportView, units: usize) -> String {
    let mut text = if view.lines.is_empty() {
        "Không có báo cáo mới".to_owned()
    } else {
        format!("{} báo cáo mới của {units} đơn vị", view.lines.len())
    };
    if !view.faults.is_empty() {
        text.push_str(&format!(" · {} chỗ sai: chưa nhập được", view.faults.len()));
    }
    text.push_str(&format!(" · {} đơn vị không đổi", view.same));
    text
}
