//! Reports of the parties from a table: a row a duty, for each party has duties of its own.

use super::{
    Room,
    import::{Tried, TriedCell},
};
use crate::{
    App,
    people::Actor,
    sheet::{Sheet, Wanted},
    wire::ReadinessImportArgs,
};
use chrono::NaiveDate;
use pvhcc_domain::{
    operation::readiness::{Duty, Member},
    text::fold,
};
use std::collections::{BTreeMap, HashMap};

impl App {
    pub(super) fn try_parties(
        &self,
        actor: &Actor,
        room: &Room,
        table: &Sheet<'_>,
        as_of: NaiveDate,
        args: &ReadinessImportArgs,
        tried: &mut Tried,
    ) {
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        let mut changed: BTreeMap<&str, bool> = BTreeMap::new();
        for row in table.rows() {
            let named = table.some(row, "party").unwrap_or_default();
            let (member, duty) = match find_party_duty(room, &named, &table.text(row, "duty")) {
                Ok(found) => found,
                Err((column, reason)) => {
                    tried.faults.push(table.fault(row, column, &named, reason));
                    continue;
                }
            };
            if let Some(first) = seen.insert((&member.id, &duty.id), row) {
                let reason = format!("«{}» đã có ở dòng {}. Mỗi việc một dòng.", duty.short, first + 1);
                tried.faults.push(table.fault(row, "duty", &named, reason));
                continue;
            }
            let Some(as_of) = self.row_day(table, row, member, as_of, tried) else { continue };
            let before = tried.news.len();
            let cell = TriedCell { row, column: "state", member, duty, as_of, learned: args.learned };
            if self.try_cell(actor, room, table, &cell, tried) {
                *changed.entry(&member.id).or_default() |= tried.news.len() > before;
            }
        }
        let news = changed.values().filter(|changed| **changed).count();
        tried.units += news;
        tried.same += changed.len() - news;
    }
}

pub(super) fn party_columns() -> Vec<Wanted> {
    vec![
        Wanted::new("party", &["Bên phối hợp", "Bên"], true),
        Wanted::new("duty", &["Trách nhiệm", "Nội dung", "Việc"], true),
        Wanted::new("state", &["Trạng thái", "Tình trạng", "Kết quả"], true),
        Wanted::new("as_of", &["Đến ngày", "Ngày báo cáo"], false),
        Wanted::new("remark", &["Ghi chú", "Lý do"], false),
    ]
}

/// The party and the duty of a row; else the column that names none, and why.
fn find_party_duty<'a>(
    room: &'a Room,
    party: &str,
    duty: &str,
) -> Result<(&'a Member, &'a Duty), (&'static str, String)> {
    let (name, wanted) = (fold(party), fold(duty));
    let sets = room.sets.iter().filter(|asked| asked.set.party().is_some());
    let mut members = sets.flat_map(|asked| asked.members.iter().map(move |member| (asked, member)));
    let is =
        |member: &Member| member.id == party || fold(&member.name) == name || fold(&member.short) == name;
    let Some((asked, member)) = members.find(|(_, member)| is(member)) else {
        return Err(("party", format!("không có bên phối hợp “{party}” trong danh sách.")));
    };
    let is = |d: &&Duty| d.id == duty || fold(&d.short) == wanted || fold(&d.text) == wanted;
    match asked.set.duties.iter().find(is) {
        Some(found) => Ok((member, found)),
        None => {
            let known = asked.set.duties.iter().map(|d| d.short.as_str()).collect::<Vec<_>>().join("; ");
            Err(("duty", format!("{} không có việc “{duty}”. Hãy ghi một trong: {known}.", member.short)))
        }
    }
}
