//! The training roster of shifts, readiness and registers: made up, people by position alone.
//!
//! `assets/sandbox/duty.json` tells them; this turns it into the acts people would have made before the day of the switch.

use crate::{
    history::{instant, person},
    noise::{bits, word},
    obstacles::Said,
};
use chrono::{NaiveDate, NaiveTime};
use pvhcc_domain::{
    act::Act,
    operation::{
        readiness::{self, Readiness, ReadinessAct},
        register::{FALLBACK, FallbackAct, FallbackEntry, FallbackKind, IN_FLIGHT, InFlightAct},
        shift::{Crew, SHIFT, ShiftAct, repeated},
    },
    task::Learned,
    units::Units,
};
use serde::Deserialize;

const STORY: &str = include_str!("../../../../assets/sandbox/duty.json");

/// Somebody of the duty: how to reach a user of the training roster, or a whole person by position.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DutyContact {
    /// Key of a [`crate::User`], or an id of its own.
    pub id: String,
    /// Name; empty for users.
    #[serde(default)]
    pub name: String,
    /// Position.
    #[serde(default)]
    pub title: String,
    /// Unit id; empty for users.
    #[serde(default)]
    pub unit: String,
    /// Made-up extension.
    pub phone: String,
}

#[derive(Deserialize)]
struct File {
    people: Vec<DutyContact>,
    contacts: Vec<DutyContact>,
    shifts: Shifts,
    readiness: Reports,
    in_flight: Vec<Before>,
    after: Vec<After>,
    fallback: Vec<Entry>,
}

#[derive(Deserialize)]
struct Shifts {
    at: String,
    person: String,
    patterns: Vec<Pattern>,
}

#[derive(Deserialize)]
struct Pattern {
    post: String,
    unit: String,
    first: NaiveDate,
    days: u32,
    turns: Vec<(String, String)>,
    crews: Vec<Crew>,
}

#[derive(Deserialize)]
struct Reports {
    person: String,
    as_of: NaiveDate,
    from: String,
    minutes: u64,
    silent: Vec<String>,
    states: Vec<State>,
    untold: Vec<(String, String)>,
    parties: Vec<State>,
}

#[derive(Deserialize)]
struct State {
    member: String,
    duty: String,
    state: Readiness,
    remark: Option<String>,
}

#[derive(Deserialize)]
struct Before {
    system: String,
    at: String,
    stay: u64,
    moving: u64,
    source: String,
}

#[derive(Deserialize)]
struct After {
    system: String,
    at: String,
    staying: u64,
    moved: u64,
    done: u64,
    lost: u64,
    source: String,
    explained: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    kind: FallbackKind,
    unit: String,
    receipt: String,
    at: String,
    procedure: Option<String>,
    amount: Option<u64>,
    remark: Option<String>,
    reentered: Option<String>,
    reentered_at: Option<String>,
    paired_at: Option<String>,
}

fn file() -> File {
    serde_json::from_str(STORY).unwrap_or_else(|e| unreachable!("built-in duty: {e}"))
}

/// Everybody of the training duty whom the table of contacts must know.
#[must_use]
pub fn duty_contacts() -> Vec<DutyContact> {
    let file = file();
    file.people.into_iter().chain(file.contacts).collect()
}

/// Every act, part by part.
pub(crate) fn acts(seed: u64) -> Vec<Said> {
    let file = file();
    let mut all = shifts(&file.shifts);
    all.extend(reports(seed, &file.readiness));
    all.extend(counts(file.in_flight, file.after));
    all.extend(file.fallback.into_iter().enumerate().flat_map(|(i, entry)| of_entry(i, entry)));
    all
}

/// An id of the training history: always the same, like none of another kind.
fn id(kind: u16, number: usize) -> String {
    format!("019cd{kind:03x}-0000-7000-8000-{number:012x}")
}

fn shifts(shifts: &Shifts) -> Vec<Said> {
    let of_pattern = |p: &Pattern| {
        let turns: Vec<_> = p.turns.iter().map(|(from, to)| (time(from), time(to))).collect();
        repeated(&p.post, &p.unit, p.first, p.days, &turns, &p.crews)
    };
    let all = shifts.patterns.iter().flat_map(of_pattern);
    all.enumerate()
        .map(|(i, shift)| Said {
            at: instant(&shifts.at),
            person: person(&shifts.person),
            entity: format!("{SHIFT}{}", id(1, i)),
            act: Act::Shift(ShiftAct::Set { shift }),
        })
        .collect()
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap_or_else(|e| unreachable!("built-in duty: {text}: {e}"))
}

/// What the units and parties reported: everything done but what the story says otherwise.
fn reports(seed: u64, reports: &Reports) -> Vec<Said> {
    let sets = readiness::builtin().unwrap_or_else(|e| unreachable!("built-in duties: {e}"));
    let units = Units::builtin().unwrap_or_else(|e| unreachable!("built-in units: {e}"));
    let told = |member: &str, duty: &str, state: Readiness, remark: Option<String>| {
        let minute = bits(seed, &[word(member), 31]) % reports.minutes;
        let learned = match bits(seed, &[word(member), 32]) % 3 {
            0 => Learned::Call,
            _ => Learned::Letter,
        };
        Said {
            at: instant(&reports.from).plus(i64::try_from(minute).unwrap_or(0) * 60_000),
            person: person(&reports.person),
            entity: format!("{}{member}", readiness::ENTITY),
            act: Act::Readiness(ReadinessAct::Reported {
                duty: duty.to_owned(),
                state,
                as_of: reports.as_of,
                remark,
                learned,
            }),
        }
    };
    let mut all = Vec::new();
    for set in sets.iter().filter(|set| set.party().is_none()) {
        for member in set.members(&units, &[]) {
            for duty in &set.duties {
                let untold = reports.untold.iter().any(|(m, d)| *m == member.id && *d == duty.id);
                if untold || reports.silent.contains(&member.id) {
                    continue;
                }
                let other = reports.states.iter().find(|s| s.member == member.id && s.duty == duty.id);
                let state = other.map_or(Readiness::Ready, |s| s.state);
                all.push(told(&member.id, &duty.id, state, other.and_then(|s| s.remark.clone())));
            }
        }
    }
    all.extend(reports.parties.iter().map(|s| told(&s.member, &s.duty, s.state, s.remark.clone())));
    all
}

fn counts(before: Vec<Before>, after: Vec<After>) -> Vec<Said> {
    let said = |system: &str, at: &str, act: InFlightAct| Said {
        at: instant(at),
        person: "staff",
        entity: format!("{IN_FLIGHT}{system}"),
        act: Act::InFlight(act),
    };
    let mut all: Vec<Said> = before
        .into_iter()
        .map(|b| {
            let at = instant(&b.at);
            let act = InFlightAct::CountedBefore { at, stay: b.stay, moving: b.moving, source: b.source };
            said(&b.system, &b.at, act)
        })
        .collect();
    for a in after {
        let act = InFlightAct::CountedAfter {
            at: instant(&a.at),
            staying: a.staying,
            moved: a.moved,
            done: a.done,
            lost: a.lost,
            source: a.source,
        };
        all.push(said(&a.system, &a.at, act));
        all.extend(a.explained.map(|text| said(&a.system, &a.at, InFlightAct::Explained { text })));
    }
    all
}

fn of_entry(number: usize, told: Entry) -> Vec<Said> {
    let entity = format!("{FALLBACK}{}", id(2, number));
    let said = |at: &str, act: FallbackAct| Said {
        at: instant(at).plus(5 * 60_000),
        person: "staff",
        entity: entity.clone(),
        act: Act::Fallback(act),
    };
    let entry = FallbackEntry {
        kind: told.kind,
        unit: told.unit,
        receipt: told.receipt,
        at: instant(&told.at),
        procedure: told.procedure,
        dossier: None,
        amount: told.amount,
        incident: None,
        remark: told.remark,
    };
    let mut all = vec![said(&told.at, FallbackAct::Taken { entry })];
    if let (Some(dossier), Some(at)) = (told.reentered, told.reentered_at) {
        all.push(said(&at, FallbackAct::Reentered { dossier, at: instant(&at) }));
    }
    if let Some(at) = told.paired_at {
        all.push(said(&at, FallbackAct::Paired { remark: None }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::users::users;
    use pvhcc_domain::{
        act::Event,
        operation::{
            register::{Stage, personal, project_fallback, project_in_flight},
            shift::{self, Lack, Span},
        },
        roles::{Auth, Role},
    };

    fn events() -> Vec<Event> {
        let mut said = acts(1);
        said.sort_by_key(|s| s.at);
        let event = |(i, s): (usize, Said)| Event {
            id: i.to_string(),
            position: i as i64 + 1,
            device: String::new(),
            device_seq: i as i64 + 1,
            said_at: s.at,
            clock_suspect: false,
            actor: s.person.to_owned(),
            role: Role::Staff,
            auth: Auth::Online,
            entity: s.entity,
            based_on: None,
            act: s.act,
        };
        said.into_iter().enumerate().map(event).collect()
    }

    #[test]
    fn the_first_night_lacks_one_backup_of_pc06_and_nothing_else_lacks_or_clashes() {
        let (posts, shifts) = (shift::builtin().expect("valid"), shift::project_all(&events()));
        assert!(shift::overlaps(&shifts).is_empty(), "{:?}", shift::overlaps(&shifts));
        assert!(shifts.iter().all(|s| s.shift.check().is_ok()));
        let night =
            Span { from: instant("2026-05-29T19:00:00+07:00"), to: instant("2026-05-30T07:00:00+07:00") };
        let lacking = shift::gaps(&posts, &shifts, night);
        let short: Vec<_> = lacking.iter().map(|g| (g.post.as_str(), g.span, g.lack)).collect();
        assert_eq!(short, [("accounts", night, Lack::Backup)]);
    }

    #[test]
    fn everybody_on_duty_can_be_reached_and_nobody_has_a_real_number() {
        let contacts = duty_contacts();
        for shift in shift::project_all(&events()) {
            for id in shift.shift.people() {
                let known = contacts.iter().any(|c| c.id == id);
                assert!(known, "{id}");
            }
        }
        for contact in contacts {
            let user = users().iter().any(|u| u.key == contact.id);
            assert_eq!(user, contact.name.is_empty(), "{}", contact.id);
            assert_eq!(personal(&contact.phone), None);
        }
    }

    #[test]
    fn most_units_are_ready_some_are_silent_and_the_registers_have_every_stage() {
        let events = events();
        let standings = readiness::project(&events);
        assert_eq!(standings.keys().filter(|id| !id.starts_with("party:")).count(), 149 - 7);
        let sets = readiness::builtin().expect("valid");
        let ready = |id: &str| {
            sets[0]
                .duties
                .iter()
                .all(|d| readiness::state_of(standings.get(id), &d.id).is_some_and(Readiness::settled))
        };
        let missing = 142 - standings.keys().filter(|id| !id.starts_with("party:") && ready(id)).count();
        assert_eq!(missing, 16, "nine with something left, seven that did not say all");
        let entries = project_fallback(&events);
        for (stage, many) in [(Stage::Taken, 2), (Stage::Reentered, 1), (Stage::Paired, 2)] {
            assert_eq!(entries.iter().filter(|e| e.stage() == stage).count(), many, "{stage:?}");
        }
        assert_eq!(project_in_flight(&events).len(), 4);
    }
}
