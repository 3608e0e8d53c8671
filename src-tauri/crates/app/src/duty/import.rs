//! Shifts from a table: a row a shift. A row that says what stands already is passed over; nothing is taken unless all is good.

use super::{Room, merged, shift_text, span_text};
use crate::{
    App,
    lists::open,
    messages,
    people::Actor,
    sheet::{self, Sheet, Wanted, refuse},
    wire::{ErrorCode, TableImportArgs, TableImportLine, TableImportView, WireError},
};
use pvhcc_domain::{
    operation::shift::{Clash, Shift, clash},
    text::fold,
    time::Ms,
};

impl App {
    pub(crate) async fn duty_import(
        &self,
        actor: &Actor,
        args: TableImportArgs,
    ) -> Result<TableImportView, WireError> {
        let room = self.duty_room().await?;
        let carried = open(&args.file).await?;
        let table = Sheet::find(&carried.name, &carried.sheets, &columns(), 1)?;
        let mut set: Vec<(String, Shift)> = Vec::new();
        let mut view = sheet::preview(&carried, room.position());
        for row in table.rows() {
            let who = table.text(row, "post");
            let shift = match self.shift_of(&room, &table, row) {
                Ok(shift) => shift,
                Err((column, reason)) => {
                    view.faults.push(table.fault(row, column, &who, reason));
                    continue;
                }
            };
            if room.shifts.iter().any(|s| s.shift == shift) || set.iter().any(|(_, s)| *s == shift) {
                view.same += 1;
                continue;
            }
            if let Err(e) = self.check_shifts(actor, &room, &[(String::new(), shift.clone())]) {
                let column = match e.details.get("field").map(String::as_str) {
                    Some("primary") => "primary",
                    Some("backup") => "backup",
                    Some("unit") => "unit",
                    Some("to") => "to_time",
                    _ => "from_time",
                };
                view.faults.push(table.fault(row, column, &who, e.message));
                continue;
            }
            let others = merged(&[], &set);
            if let Some((other, (why, when))) = others.values().find_map(|s| Some((s, clash(&shift, s)?))) {
                let why = match why {
                    Clash::Person(id) => format!("{} trực hai nơi", room.people.name(&id)),
                    Clash::Post => "một vị trí có hai ca".to_owned(),
                };
                let reason = format!(
                    "{why} lúc {}, trùng với «{}» ở dòng trên.",
                    span_text(when),
                    shift_text(&room, other)
                );
                view.faults.push(table.fault(row, "from_time", &who, reason));
                continue;
            }
            view.lines.push(TableImportLine {
                place: table.place(row, "post"),
                who: self.0.units.short_name(&shift.unit).to_owned(),
                field: who,
                old: String::new(),
                new: shift_text(&room, &shift),
            });
            set.push((uuid::Uuid::now_v7().to_string(), shift));
        }
        view.message = match (view.lines.len(), view.faults.len()) {
            (0, 0) => format!("Không có ca mới · {} ca đã có", view.same),
            (n, 0) => format!("{n} ca mới · {} ca đã có", view.same),
            (n, wrong) => format!("{n} ca mới · {wrong} chỗ sai: chưa nhập được · {} ca đã có", view.same),
        };
        let Some(seen) = args.take else { return Ok(view) };
        refuse(&view.faults)?;
        if room.position() > seen {
            let message = "Lịch trực vừa được sửa sau khi bạn xem trước. Chưa ghi gì; hãy xem trước lại.";
            return Err(WireError::new(ErrorCode::Conflict, message));
        }
        if set.is_empty() {
            return Err(messages::invalid("file", "Tệp không có ca mới so với lịch đang có; chưa ghi gì."));
        }
        let kept = self.0.store.put_blob(&carried.bytes).await.map_err(|e| messages::store(&e))?;
        let about = format!("Nhập {} ca trực từ tệp «{}» (SHA-256 {kept})", set.len(), carried.name);
        view.message = format!("Đã nhập {} ca trực từ tệp «{}».", set.len(), carried.name);
        view.event_id = Some(self.write_shifts(actor, set, &about).await?);
        Ok(view)
    }

    /// The shift of a row, or the column that is wrong and why.
    fn shift_of(&self, room: &Room, table: &Sheet<'_>, row: usize) -> Result<Shift, (&'static str, String)> {
        let title = table.text(row, "post");
        let named =
            |p: &&pvhcc_domain::operation::shift::Post| fold(&p.title) == fold(&title) || p.id == title;
        let Some(post) = room.posts.iter().find(named) else {
            return Err(("post", format!("không có vị trí trực “{title}”.")));
        };
        let name = table.text(row, "unit");
        let units = &self.0.units;
        let is_named =
            |id: &&String| fold(units.name(id)) == fold(&name) || fold(units.short_name(id)) == fold(&name);
        let unit = match (post.units.iter().find(is_named), post.units.as_slice()) {
            (Some(unit), _) => unit.clone(),
            (None, [only]) if name.is_empty() => only.clone(),
            _ => return Err(("unit", format!("“{name}” không trực vị trí “{}”.", post.title))),
        };
        let moment = |day: &'static str,
                      time: &'static str,
                      before: Option<Ms>|
         -> Result<Ms, (&'static str, String)> {
            let on = match sheet::day(table.cell(row, day)).map_err(|e| (day, e))? {
                Some(on) => on,
                None => match before {
                    Some(before) => before.day(),
                    None => return Err((day, "chưa ghi ngày.".to_owned())),
                },
            };
            let clock = sheet::time(table.cell(row, time)).map_err(|e| (time, e))?;
            let at = Ms::at(on, clock.0, clock.1);
            // Without a day of its own a shift that ends earlier in the day ends the next day.
            let next = table.some(row, day).is_none() && before.is_some_and(|before| at <= before);
            Ok(if next { at.plus(super::DAY) } else { at })
        };
        let from = moment("from_day", "from_time", None)?;
        let to = moment("to_day", "to_time", Some(from))?;
        let person = |column: &'static str, name: &str| match room.people.named(name, &unit).as_slice() {
            [one] => Ok(one.id.clone()),
            [] => Err((column, format!("không có “{name}” trong danh sách trực; hãy thêm người này trước."))),
            _ => Err((column, format!("có nhiều người tên “{name}”; hãy xếp ca này trong cửa sổ."))),
        };
        let Some(primary) = table.some(row, "primary") else {
            return Err(("primary", "chưa ghi người trực chính.".to_owned()));
        };
        let primary = person("primary", &primary)?;
        let backup = table.some(row, "backup").map(|name| person("backup", &name)).transpose()?;
        Ok(Shift { from, to, post: post.id.clone(), unit, primary, backup })
    }
}

fn columns() -> Vec<Wanted> {
    vec![
        Wanted::new("post", &["Vị trí trực", "Vị trí"], true),
        Wanted::new("unit", &["Đơn vị"], false),
        Wanted::new("from_day", &["Ngày vào", "Ngày trực", "Ngày"], true),
        Wanted::new("from_time", &["Giờ vào", "Từ giờ"], true),
        Wanted::new("to_day", &["Ngày hết"], false),
        Wanted::new("to_time", &["Giờ hết", "Đến giờ"], true),
        Wanted::new("primary", &["Trực chính", "Người trực"], true),
        Wanted::new("backup", &["Dự phòng"], false),
    ]
}
