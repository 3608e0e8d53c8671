//! A reminder to copy, for the units and parties that miss something: in official wording, units grouped by what they miss and by
//! kind, each party with its own duties.

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
        for member in &args.units {
            room.find(member)?;
        }
        let asked = |m: &&Member| args.units.is_empty() || args.units.contains(&m.id);
        let missing = |m: &Member, duty: &Duty| room.misses(&m.id, &duty.id);
        let all: Vec<&Member> = units
            .members
            .iter()
            .filter(asked)
            .filter(|m| duties.iter().any(|duty| missing(m, duty)))
            .collect();
        let parties = if args.duty.is_some() { Vec::new() } else { self.party_reminders(&room, &args.units) };
        if all.is_empty() && parties.is_empty() {
            let title = "Không đơn vị nào còn thiếu.".to_owned();
            return Ok(WordsView { title, text: String::new() });
        }
        let mut text = String::new();
        if !all.is_empty() {
            let _ = writeln!(
                text,
                "Thực hiện {}, đến {} còn {} đơn vị chưa hoàn thành hoặc chưa báo cáo. {} đề nghị các đơn vị có tên dưới đây khẩn trương hoàn thành và báo cáo:",
                units.set.basis,
                instant(self.now()),
                all.len(),
                self.coordinator()
            );
            for (place, duty) in (1..).zip(duties) {
                of_duty(&mut text, place, duty, &room, units, &all, &missing);
            }
            text.push('\n');
        }
        for said in &parties {
            let _ = writeln!(text, "{said}\n");
        }
        let _ = write!(
            text,
            "Đơn vị đã hoàn thành nhưng chưa báo cáo, đề nghị báo ngay để tổng hợp; đơn vị có khó khăn, vướng mắc, đề nghị nêu rõ để phối hợp giải quyết./."
        );
        let counts = [(all.len(), "đơn vị"), (parties.len(), "bên phối hợp")];
        let named = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
        Ok(WordsView { title: format!("Nhắc {}", named.collect::<Vec<_>>().join(", ")), text })
    }

    /// A paragraph for each party, of those asked for, that misses something.
    fn party_reminders(&self, room: &Room, asked_for: &[String]) -> Vec<String> {
        let mut said = Vec::new();
        for asked in room.sets.iter().filter(|asked| asked.set.party().is_some()) {
            for member in asked.members.iter().filter(|m| asked_for.is_empty() || asked_for.contains(&m.id)) {
                let missing = |d: &&Duty| room.misses(&member.id, &d.id);
                let missed: Vec<String> =
                    asked.set.duties.iter().filter(missing).map(|d| format!("- {}.", d.short)).collect();
                if !missed.is_empty() {
                    said.push(format!(
                        "Thực hiện {}, đến {} {} còn {} nội dung chưa hoàn thành hoặc chưa báo cáo, {} đề nghị khẩn trương hoàn thành và báo cáo:\n{}",
                        asked.set.basis,
                        instant(self.now()),
                        member.name,
                        missed.len(),
                        self.coordinator(),
                        missed.join("\n")
                    ));
                }
            }
        }
        said
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
