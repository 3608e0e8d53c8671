//! The training journal: a plausible history of the checklist up to the day of the cutover.
//!
//! The days and single acts are data (`assets/sandbox/history.json`); who recorded them, when in the day and how it was
//! learned follow from the seed. Knows the checklist and the acts, not the journal they are written to.

use crate::{
    noise::{bits, unit, word},
    shown::Shown,
    users::users,
};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use pvhcc_domain::{
    act::Act,
    checklist::{Checklist, Row},
    task::{Learned, TaskStatus},
    time::Ms,
};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

const SCENARIO: &str = include_str!("../../../../assets/sandbox/history.json");
/// Marks another seeded act; see [`seed_reference`].
const SEED_PREFIX: &str = "seed:";

/// One act of the training history, in the order to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct SeedEvent {
    /// When it was said.
    pub said_at: Ms,
    /// Key of the [`crate::User`] who said it.
    pub person: &'static str,
    /// What it is about: `task:17`.
    pub entity: String,
    /// The act. One that speaks of another names it as `seed:<position in the history>`, see [`seed_reference`].
    pub act: Act,
    /// Text of the file the act brings as evidence: to be kept before the act.
    pub file: Option<String>,
}

/// The id by which an act speaks of another event of the history, and that event's place. The writer of the journal puts
/// the event's real id there.
#[must_use]
pub fn seed_reference(act: &mut Act) -> Option<(usize, &mut String)> {
    let id = match act {
        Act::ActUndone { event_id } => event_id,
        Act::EvidenceRevoked { evidence_id, .. } => evidence_id,
        _ => return None,
    };
    Some((id.strip_prefix(SEED_PREFIX)?.parse().ok()?, id))
}

/// Which event of the history this act takes back.
#[must_use]
pub fn undone_index(act: &Act) -> Option<usize> {
    let Act::ActUndone { event_id } = act else { return None };
    event_id.strip_prefix(SEED_PREFIX)?.parse().ok()
}

#[derive(Deserialize)]
struct Scenario {
    done: BTreeMap<NaiveDate, Vec<String>>,
    recorded: HashMap<String, Recorded>,
    notes: HashMap<String, String>,
    acts: Vec<Single>,
}

#[derive(Deserialize)]
struct Recorded {
    at: String,
    person: String,
}

#[derive(Deserialize)]
struct Single {
    at: String,
    person: String,
    no: String,
    act: Act,
    label: Option<String>,
    undoes: Option<String>,
    revokes: Option<String>,
}

struct Draft {
    event: SeedEvent,
    label: Option<String>,
    /// Label of the act it speaks of.
    of: Option<String>,
}

/// The whole history, by time. The same seed gives the same history.
#[must_use]
pub fn history(seed: u64) -> Vec<SeedEvent> {
    let scenario: Scenario =
        serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in history: {e}"));
    let checklist = Checklist::builtin().unwrap_or_else(|e| unreachable!("built-in checklist: {e}"));
    let shown = Shown::builtin();
    let mut drafts: Vec<Draft> = Vec::new();
    let days = scenario.done.iter().flat_map(|(day, numbers)| numbers.iter().map(|no| (*day, no)));
    for (day, no) in days {
        let Some(row) = checklist.get(no) else { continue };
        let events = of_a_done_task(seed, row, day, &scenario, &shown);
        drafts.extend(events.into_iter().map(|event| Draft { event, label: None, of: None }));
    }
    for single in scenario.acts {
        drafts.push(Draft {
            event: SeedEvent {
                said_at: instant(&single.at),
                person: person(&single.person),
                entity: format!("task:{}", single.no),
                act: single.act,
                file: None,
            },
            label: single.label,
            of: single.undoes.or(single.revokes),
        });
    }
    drafts.extend(crate::obstacles::acts().into_iter().chain(crate::duty::acts(seed)).map(|said| Draft {
        event: SeedEvent {
            said_at: said.at,
            person: said.person,
            entity: said.entity,
            act: said.act,
            file: None,
        },
        label: None,
        of: None,
    }));
    drafts.sort_by_key(|d| d.event.said_at);
    let labels: HashMap<String, usize> =
        drafts.iter().enumerate().filter_map(|(i, d)| Some((d.label.clone()?, i))).collect();
    let place = |draft: Draft| {
        let mut event = draft.event;
        if let Some(index) = draft.of.and_then(|label| labels.get(&label)) {
            let id = format!("{SEED_PREFIX}{index}");
            match &mut event.act {
                Act::ActUndone { event_id } => *event_id = id,
                Act::EvidenceRevoked { evidence_id, .. } => *evidence_id = id,
                other => unreachable!("built-in history: {} speaks of no other act", other.kind()),
            }
        }
        event
    };
    drafts.into_iter().map(place).collect()
}

fn of_a_done_task(
    seed: u64,
    row: &Row,
    day: NaiveDate,
    scenario: &Scenario,
    shown: &Shown,
) -> Vec<SeedEvent> {
    let key = word(&row.no);
    let entity = format!("task:{}", row.no);
    let recorded = scenario.recorded.get(&row.no);
    let who = recorded.map_or_else(|| recorder(seed, row), |r| person(&r.person));
    let (on_behalf_of, learned) = heard(seed, row, who);
    let mut events = Vec::new();
    // A little more than half were reported as begun before they were done.
    if unit(seed, &[key, 1]) < 0.55 {
        let before = 2 + bits(seed, &[key, 2]) % 6;
        let begun = weekday_back(day.checked_sub_days(Days::new(before)).unwrap_or(day));
        if begun >= scenario.done.keys().next().copied().unwrap_or(day) {
            events.push(SeedEvent {
                said_at: in_the_day(seed, key ^ 3, begun, 8),
                person: who,
                entity: entity.clone(),
                act: Act::TaskStatusSet {
                    status: TaskStatus::InProgress,
                    done_on: None,
                    note: None,
                    on_behalf_of: on_behalf_of.clone(),
                    learned: Some(learned),
                    without_evidence: None,
                },
                file: None,
            });
        }
    }
    // Most are recorded the same day, others when the coordinating unit heard of it.
    let late = if unit(seed, &[key, 4]) < 0.6 { 0 } else { 1 + bits(seed, &[key, 5]) % 4 };
    let said = weekday_on(day.checked_add_days(Days::new(late)).unwrap_or(day));
    events.push(SeedEvent {
        said_at: recorded.map_or_else(|| in_the_day(seed, key ^ 6, said, 13), |r| instant(&r.at)),
        person: who,
        entity,
        act: Act::TaskStatusSet {
            status: TaskStatus::Done,
            done_on: Some(day),
            note: scenario.notes.get(&row.no).cloned(),
            on_behalf_of,
            learned: Some(learned),
            without_evidence: shown.without(&row.no),
        },
        file: None,
    });
    events.extend(shown.of_a_done_task(seed, row, day, who));
    events
}

/// Who records a task: the lead unit itself where it has a user and does, else someone of the coordinating unit.
fn recorder(seed: u64, row: &Row) -> &'static str {
    let leads = |unit: &str| row.lead_units.iter().any(|u| u == unit);
    let chance = unit(seed, &[word(&row.no), 7]);
    if leads("vnpt") && chance < 0.6 {
        "vnpt"
    } else if chance < 0.9 {
        "staff"
    } else {
        "duty"
    }
}

/// For whom and how it was learned, as the person who recorded it would have to say.
fn heard(seed: u64, row: &Row, who: &str) -> (Option<String>, Learned) {
    let own_unit = users().iter().find(|u| u.key == who).and_then(|u| u.unit);
    if own_unit.is_some_and(|unit| row.lead_units.iter().any(|u| u == unit)) {
        return (None, Learned::Own);
    }
    let ways = [Learned::Letter, Learned::Call, Learned::Minutes, Learned::Meeting];
    let way = ways[(bits(seed, &[word(&row.no), 8]) % 4) as usize];
    (row.lead_units.first().cloned(), way)
}

/// Some minute of the half day that begins at `hour`.
fn in_the_day(seed: u64, key: u64, day: NaiveDate, hour: u32) -> Ms {
    let minute = (bits(seed, &[key, 9]) % 200) as i64;
    Ms::at(day, hour, 5).plus(minute * 60_000)
}

fn weekday_on(mut day: NaiveDate) -> NaiveDate {
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day.succ_opt().unwrap_or(day);
    }
    day
}

fn weekday_back(mut day: NaiveDate) -> NaiveDate {
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day.pred_opt().unwrap_or(day);
    }
    day
}

pub(crate) fn instant(text: &str) -> Ms {
    Ms::parse_rfc3339(text).unwrap_or_else(|e| unreachable!("built-in history: {text}: {e}"))
}

pub(crate) fn person(key: &str) -> &'static str {
    users()
        .into_iter()
        .find(|u| u.key == key)
        .map_or_else(|| unreachable!("built-in history: no user {key}"), |u| u.key)
}

#[cfg(test)]
mod tests;
