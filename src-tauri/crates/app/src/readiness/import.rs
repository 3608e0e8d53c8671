//! Reports of readiness from a table: a row a unit, a column a duty. Nothing is taken unless all of it is good.

use super::{Room, acts::Said, count, headline_of};
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
struct Tried {
    lines: Vec<TableImportLine>,
    faults: Vec<ImportFault>,
    news: Vec<NewEvent>,
    units: usize,
    same: usize,
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
        let table = Sheet::find(&carried.name, &carried.sheets, &columns(&asked.set.duties), 2)?;
        let mut tried = Tried::default();
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
        let (mut news, mut told) = (0, false);
        let as_of = match sheet::day(table.cell(row, "as_of")) {
            Ok(day) => day.unwrap_or(as_of),
            Err(reason) => return tried.faults.push(table.fault(row, "as_of", &member.name, reason)),
        };
        if as_of > self.now().day() {
            let reason = "Ngày báo cáo không thể sau hôm nay.";
            return tried.faults.push(table.fault(row, "as_of", &member.name, reason));
        }
        for duty in duties {
            let Some(text) = table.some(row, &duty.id).filter(|t| !UNTOLD.contains(&fold(t).as_str())) else {
                continue;
            };
            told = true;
            let Some(state) = state_named(&text) else {
                let words = Readiness::ALL.map(Readiness::words).join(", ");
                let reason = format!(
                    "“{text}” không phải trạng thái. Hãy ghi một trong: {words}; để trống nếu chưa báo cáo."
                );
                tried.faults.push(table.fault(row, &duty.id, &member.name, reason));
                continue;
            };
            let known = room.report(&member.id, &duty.id);
            let remark =
                table.some(row, "remark").filter(|_| state == Readiness::NotApplicable || !state.settled());
            // What is written out again as it stands, without a day of its own, says nothing new.
            let dated = table.some(row, "as_of").is_some();
            if known.is_some_and(|k| {
                k.state == state && (!dated || k.as_of == as_of) && (remark.is_none() || k.remark == remark)
            }) {
                continue;
            }
            let said = Said { member, duty, state, as_of, remark, learned: args.learned };
            if let Err(e) = self.check_report(actor, room, &said) {
                tried.faults.push(table.fault(row, &duty.id, &member.name, e.message));
                continue;
            }
            tried.touched = tried
                .touched
                .max(room.standing(&member.id, &duty.id).map_or(0, |standing| standing.position));
            tried.lines.push(TableImportLine {
                place: table.place(row, &duty.id),
                who: member.name.clone(),
                field: duty.short.clone(),
                old: headline_of(known),
                new: format!("{}, đến {}", state.words(), crate::checklist::vn(as_of)),
            });
            tried.news.push(said.event(actor));
            news += 1;
        }
        tried.units += usize::from(news > 0);
        tried.same += usize::from(told && news == 0);
    }
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
