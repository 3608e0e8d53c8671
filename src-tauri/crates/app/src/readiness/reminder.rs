//! A reminder to copy, for the units that miss something: in official wording, grouped by what they miss and by kind.

use super::{Asked, Room};
use crate::{
    App, messages,
    wire::{ReadinessReminderArgs, WireError, WordsView},
};
use pvhcc_domain::{
    operation::readiness::{Duty, Kind, Member},
    text::instant,
};
use std::fmt::Write as _;

/// Kinds as they are addressed.
const KINDS: [(Kind, &str); 3] =
    [(Kind::Agency, "Các sở, ban, ngành"), (Kind::Ward, "UBND các phường"), (Kind::Commune, "UBND các xã")];

impl App {
    pub(crate) async fn readiness_reminder(
        &self,
        args: ReadinessReminderArgs,
    ) -> Result<WordsView, WireError> {
        let room = self.readiness_room().await?;
        let Some(units) = room.units() else {
            return Ok(WordsView { title: String::new(), text: String::new() });
        };
        let duties: Vec<&Duty> = match args.duty.as_deref() {
            None => units.set.duties.iter().collect(),
            Some(id) => match units.set.duties.iter().find(|d| d.id == id) {
                Some(duty) => vec![duty],
                None => return Err(messages::invalid("duty", &format!("Không có trách nhiệm “{id}”."))),
            },
        };
        for unit in &args.units {
            room.find(unit)?;
        }
        let asked = |m: &&Member| args.units.is_empty() || args.units.contains(&m.id);
        let missing =
            |m: &Member, duty: &Duty| !room.report(&m.id, &duty.id).is_some_and(|r| r.state.settled());
        let all: Vec<&Member> = units
            .members
            .iter()
            .filter(asked)
            .filter(|m| duties.iter().any(|duty| missing(m, duty)))
            .collect();
        if all.is_empty() {
            let title = "Không đơn vị nào còn thiếu.".to_owned();
            return Ok(WordsView { title, text: String::new() });
        }
        let mut text = format!(
            "Thực hiện {}, đến {} còn {} đơn vị chưa hoàn thành hoặc chưa báo cáo. {} đề nghị các đơn vị có tên dưới đây khẩn trương hoàn thành và báo cáo:\n",
            units.set.basis,
            instant(self.now()),
            all.len(),
            self.coordinator()
        );
        for (place, duty) in (1..).zip(duties) {
            of_duty(&mut text, place, duty, &room, units, &all, &missing);
        }
        let _ = write!(
            text,
            "\nĐơn vị đã hoàn thành nhưng chưa báo cáo, đề nghị báo ngay để tổng hợp; đơn vị có khó khăn, vướng mắc, đề nghị nêu rõ để phối hợp giải quyết./."
        );
        Ok(WordsView { title: format!("Nhắc {} đơn vị", all.len()), text })
    }

    /// The unit that asks: the first that coordinates.
    fn coordinator(&self) -> String {
        let first = self.0.units.coordinating().into_iter().next().unwrap_or_default();
        self.0.units.name(&first).to_owned()
    }
}

fn of_duty(
    text: &mut String,
    place: u32,
    duty: &Duty,
    room: &Room,
    units: &Asked,
    all: &[&Member],
    missing: &impl Fn(&Member, &Duty) -> bool,
) {
    let late: Vec<&&Member> = all.iter().filter(|m| missing(m, duty)).collect();
    if late.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{place}. {}: {} đơn vị, báo cáo {}.", duty.short, late.len(), duty.ask);
    for (kind, title) in KINDS {
        let of_kind: Vec<&str> = late.iter().filter(|m| m.kind == kind).map(|m| bare(m)).collect();
        let whole = units.members.iter().filter(|m| m.kind == kind).count();
        if of_kind.is_empty() {
            continue;
        }
        let names = if of_kind.len() == whole { "tất cả".to_owned() } else { of_kind.join(", ") };
        let _ = writeln!(text, "- {title} ({}): {names}.", of_kind.len());
    }
    let silent = late.iter().filter(|m| room.report(&m.id, &duty.id).is_none()).count();
    if silent > 0 && silent < late.len() {
        let _ = writeln!(text, "  Trong đó {silent} đơn vị chưa báo cáo.");
    }
}

/// The name without the kind that stands before the list.
fn bare(member: &Member) -> &str {
    let name = member.name.as_str();
    match member.kind {
        Kind::Ward => name.strip_prefix("Phường ").unwrap_or(name),
        Kind::Commune => name.strip_prefix("Xã ").unwrap_or(name),
        Kind::Agency | Kind::Party => name,
    }
}
