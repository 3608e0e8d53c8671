//! Readiness of the units and parties for the switch (letter 7007 mục 1–5): what each says of each duty, who is missing.
//!
//! Folded on demand: a thousand reports take milliseconds, and nothing can go stale.

mod acts;
mod export;
mod import;
mod import_parties;
mod reminder;

use crate::{
    App,
    checklist::{Who, vn},
    messages,
    people::Actor,
    wire::{
        DutyView, ErrorCode, MemberKind, ReadinessCell, ReadinessCounts, ReadinessParty, ReadinessRow,
        ReadinessUnitArgs, ReadinessUnitView, ReadinessView, WireError,
    },
    words,
};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::{Act, Event},
    operation::readiness::{
        Counts, Duty, DutySet, ENTITY, Kind, Member, Readiness, ReadinessAct, Report, Standing, Standings,
        builtin, may_report, project, state_of,
    },
    text::{fold, instant},
};
use std::collections::BTreeMap;

/// Part of the operation, for its events.
const PART: &str = "readiness";

/// Those of a set, with what is known of them.
struct Asked {
    set: DutySet,
    members: Vec<Member>,
}

/// Everything readiness is shown from, read once.
pub(super) struct Room {
    sets: Vec<Asked>,
    standings: BTreeMap<String, Standings>,
    /// Position of the last event of readiness.
    position: i64,
}

impl Room {
    fn find(&self, id: &str) -> Result<(&DutySet, &Member), WireError> {
        let found = self.sets.iter().find_map(|asked| {
            let member = asked.members.iter().find(|m| m.id == id)?;
            Some((&asked.set, member))
        });
        found.ok_or_else(|| {
            WireError::new(
                ErrorCode::NotFound,
                format!("Không có đơn vị hoặc bên “{id}” trong danh sách báo cáo."),
            )
        })
    }

    /// The set of the units, and its members.
    fn units(&self) -> Option<&Asked> {
        self.sets.iter().find(|asked| asked.set.party().is_none())
    }

    fn standing(&self, member: &str, duty: &str) -> Option<&Standing> {
        self.standings.get(member)?.get(duty)
    }

    fn report(&self, member: &str, duty: &str) -> Option<&Report> {
        self.standing(member, duty)?.report.as_ref()
    }

    /// Nothing was reported of it, or not that it is settled.
    fn misses(&self, member: &str, duty: &str) -> bool {
        !self.report(member, duty).is_some_and(|r| r.state.settled())
    }

    /// The latest day that a report of a member speaks of.
    fn latest(&self, member: &str) -> Option<NaiveDate> {
        let reports = self.standings.get(member)?.values().filter_map(|s| s.report.as_ref());
        reports.map(|r| r.as_of).max()
    }

    fn states<'a>(&'a self, set: &'a DutySet, member: &str) -> impl Iterator<Item = Option<Readiness>> + 'a {
        let standings = self.standings.get(member);
        set.duties.iter().map(move |duty| state_of(standings, &duty.id))
    }

    fn counts(&self, asked: &Asked, duty: &Duty) -> Counts {
        Counts::of(asked.members.iter().map(|m| state_of(self.standings.get(&m.id), &duty.id)))
    }
}

impl App {
    pub(crate) async fn readiness_room(&self) -> Result<Room, WireError> {
        let sets = builtin().map_err(|e| messages::builtin(&e))?;
        let parties: Vec<_> = self.party_states().await?.into_iter().map(|p| p.party).collect();
        let events = self.events_under(ENTITY).await?;
        let asked = |set: DutySet| Asked { members: set.members(&self.0.units, &parties), set };
        Ok(Room {
            sets: sets.into_iter().map(asked).collect(),
            position: events.last().map_or(0, |e| e.position),
            standings: project(&events),
        })
    }

    pub(crate) async fn readiness(&self, actor: Option<&Actor>) -> Result<ReadinessView, WireError> {
        let room = self.readiness_room().await?;
        let who = self.who().await?;
        let mut view = ReadinessView {
            now: self.now().0,
            headline: String::new(),
            basis: String::new(),
            duties: Vec::new(),
            units: Vec::new(),
            ready: 0,
            silent: 0,
            parties: Vec::new(),
            position: room.position,
            can_report: false,
        };
        for asked in &room.sets {
            let duties: Vec<DutyView> = asked.set.duties.iter().map(|d| duty_view(&room, asked, d)).collect();
            let rows = asked.members.iter().map(|m| self.readiness_row(&room, &asked.set, m, &who, actor));
            if asked.set.party().is_none() {
                view.units = rows.collect();
                (view.basis, view.duties) = (asked.set.basis.clone(), duties);
            } else {
                view.parties.extend(rows.map(|row| ReadinessParty {
                    basis: asked.set.basis.clone(),
                    duties: duties.clone(),
                    row,
                }));
            }
        }
        let settled = |row: &&ReadinessRow| row.missing == 0;
        view.ready = count(view.units.iter().filter(settled).count());
        view.silent =
            count(view.units.iter().filter(|row| row.cells.iter().all(|c| c.state.is_none())).count());
        view.can_report = view.units.iter().chain(view.parties.iter().map(|p| &p.row)).any(|r| r.editable);
        view.headline = headline(&view);
        Ok(view)
    }

    pub(crate) async fn readiness_unit(
        &self,
        actor: Option<&Actor>,
        args: ReadinessUnitArgs,
    ) -> Result<ReadinessUnitView, WireError> {
        let room = self.readiness_room().await?;
        let (set, member) = room.find(&args.id)?;
        let asked = room.sets.iter().find(|a| a.set.id == set.id);
        let who = self.who().await?;
        let phrase = |event: &Event| phrase(set, event);
        Ok(ReadinessUnitView {
            row: self.readiness_row(&room, set, member, &who, actor),
            duties: asked.map_or_else(Vec::new, |asked| {
                asked.set.duties.iter().map(|d| duty_view(&room, asked, d)).collect()
            }),
            history: self.said_of(&format!("{ENTITY}{}", member.id), actor, phrase).await?,
            position: room.position,
        })
    }

    fn readiness_row(
        &self,
        room: &Room,
        set: &DutySet,
        member: &Member,
        who: &Who,
        actor: Option<&Actor>,
    ) -> ReadinessRow {
        let cells = set.duties.iter().map(|duty| {
            let report = room.report(&member.id, &duty.id);
            ReadinessCell {
                duty: duty.id.clone(),
                state: report.map(|r| r.state),
                as_of: report.map(|r| r.as_of.to_string()),
                remark: report.and_then(|r| r.remark.clone()),
                said: report.map_or_else(String::new, |r| {
                    let who = who.person(&r.actor, r.role);
                    format!("{who} · {} · {}", words::learned(r.learned), instant(r.at))
                }),
            }
        });
        let counts = Counts::of(room.states(set, &member.id));
        let code = member.code.as_deref().unwrap_or_default();
        ReadinessRow {
            id: member.id.clone(),
            name: member.name.clone(),
            short: member.short.clone(),
            kind: match member.kind {
                Kind::Agency => MemberKind::Agency,
                Kind::Ward => MemberKind::Ward,
                Kind::Commune => MemberKind::Commune,
                Kind::Party => MemberKind::Party,
            },
            cells: cells.collect(),
            missing: count(counts.missing()),
            unreported: count(counts.unreported),
            editable: actor.is_some_and(|a| self.may_report(a, member)),
            search: fold(&format!("{} {} {} {code}", member.name, member.short, member.id)),
        }
    }

    fn may_report(&self, actor: &Actor, member: &Member) -> bool {
        may_report(actor.role, &actor.unit, &member.units, &self.0.units.coordinating())
    }
}

fn duty_view(room: &Room, asked: &Asked, duty: &Duty) -> DutyView {
    let counts = room.counts(asked, duty);
    DutyView {
        id: duty.id.clone(),
        short: duty.short.clone(),
        text: duty.text.clone(),
        counts: ReadinessCounts {
            ready: count(counts.ready),
            partly: count(counts.partly),
            not_ready: count(counts.not_ready),
            not_applicable: count(counts.not_applicable),
            unreported: count(counts.unreported),
        },
    }
}

fn headline(view: &ReadinessView) -> String {
    let all = view.units.len();
    let missing = all - view.ready as usize;
    if missing == 0 {
        return format!("Cả {all} đơn vị đã sẵn sàng.");
    }
    let silent = match view.silent {
        0 => "đơn vị nào cũng đã báo cáo".to_owned(),
        n => format!("trong đó {n} chưa báo cáo gì"),
    };
    format!("{} trong {all} đơn vị sẵn sàng; {missing} còn thiếu, {silent}.", view.ready)
}

/// An event in words, and what goes with it.
fn phrase(set: &DutySet, event: &Event) -> (String, String) {
    let name = |id: &str| set.duties.iter().find(|d| d.id == id).map_or(id, |d| d.short.as_str()).to_owned();
    match &event.act {
        Act::Readiness(ReadinessAct::Reported { duty, state, as_of, remark, learned }) => {
            let remark = remark.as_deref().map(|r| format!(" · {r}")).unwrap_or_default();
            (
                format!("{}: {}", name(duty), state.words()),
                format!("đến ngày {} · {}{remark}", vn(*as_of), words::learned(*learned)),
            )
        }
        Act::Readiness(ReadinessAct::Withdrawn { duty, reason }) => {
            (format!("{}: rút báo cáo, tính là chưa báo cáo", name(duty)), reason.clone())
        }
        other => (other.kind().to_owned(), String::new()),
    }
}

/// An act in words: whose, what, and what goes with it.
pub(crate) fn told(room: &Room, event: &Event) -> Option<(String, String)> {
    let (set, member) = room.find(event.entity.strip_prefix(ENTITY)?).ok()?;
    let (text, detail) = phrase(set, event);
    Some((format!("{} · {text}", member.name), detail))
}

/// A report in one line: `Đã hoàn thành, đến 28/05/2026`.
fn headline_of(report: Option<&Report>) -> String {
    report.map_or_else(
        || "chưa báo cáo".to_owned(),
        |r| {
            let remark = r.remark.as_deref().map(|r| format!(" ({r})")).unwrap_or_default();
            format!("{}, đến {}{remark}", r.state.words(), vn(r.as_of))
        },
    )
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
