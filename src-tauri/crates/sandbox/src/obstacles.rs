//! The training register of obstacles: made up, on the topics of document 002 IV, so that every stage and group is met.
//!
//! `assets/sandbox/obstacles.json` tells each obstacle's story; this turns it into the acts people would have made.

use crate::history::{instant, person};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::Act,
    obstacle::{ENTITY, Obstacle, ObstacleGroup},
    time::Ms,
};
use serde::Deserialize;

const STORIES: &str = include_str!("../../../../assets/sandbox/obstacles.json");

#[derive(Deserialize)]
struct File {
    obstacles: Vec<Story>,
}

#[derive(Deserialize)]
struct Story {
    id: String,
    group: ObstacleGroup,
    title: String,
    detail: String,
    systems: Vec<String>,
    units: Vec<String>,
    tasks: Vec<String>,
    party: String,
    /// When it was recorded.
    at: String,
    person: String,
    /// When it was put to the party, where that was before it was recorded.
    sent: Option<String>,
    due: Option<NaiveDate>,
    then: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    at: String,
    person: String,
    /// When it happened, where that was before it was recorded.
    on: Option<String>,
    due: Option<NaiveDate>,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Answered(String),
    Resolved(String),
    Reopened(String),
    /// Passed on to another party.
    Passed(String),
}

/// One act: when it was said, by whom, of which obstacle.
pub(crate) struct Said {
    pub(crate) at: Ms,
    pub(crate) person: &'static str,
    pub(crate) entity: String,
    pub(crate) act: Act,
}

/// Every act of the register, obstacle by obstacle.
pub(crate) fn acts() -> Vec<Said> {
    let file: File =
        serde_json::from_str(STORIES).unwrap_or_else(|e| unreachable!("built-in obstacles: {e}"));
    file.obstacles.into_iter().flat_map(of_one).collect()
}

fn of_one(story: Story) -> Vec<Said> {
    let entity = format!("{ENTITY}{}", story.id);
    let mut obstacle = Obstacle {
        group: story.group,
        title: story.title,
        detail: story.detail,
        systems: story.systems,
        units: story.units,
        tasks: story.tasks,
        party: story.party,
        raised_at: instant(story.sent.as_deref().unwrap_or(&story.at)),
        answer_due: story.due,
    };
    let said = |at: &str, by: &str, act: Act| Said {
        at: instant(at),
        person: person(by),
        entity: entity.clone(),
        act,
    };
    let raised = Act::ObstacleRaised { obstacle: obstacle.clone() };
    let mut acts = vec![said(&story.at, &story.person, raised)];
    for step in story.then {
        let on = instant(step.on.as_deref().unwrap_or(&step.at));
        let act = match step.what {
            What::Answered(text) => Act::ObstacleAnswered { on, text },
            What::Resolved(text) => Act::ObstacleResolved { on, text },
            What::Reopened(reason) => Act::ObstacleReopened { reason },
            What::Passed(party) => {
                obstacle = Obstacle { party, raised_at: on, answer_due: step.due, ..obstacle };
                Act::ObstacleChanged { obstacle: obstacle.clone() }
            }
        };
        acts.push(said(&step.at, &step.person, act));
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::users::users;
    use pvhcc_domain::{
        act::Event,
        checklist::Checklist,
        obstacle::{ObstacleStage, ObstacleState, project_all},
        party,
        roles::{Auth, may_edit_obstacle},
        units::Units,
    };
    use std::collections::BTreeSet;

    fn events(until: Ms) -> Vec<Event> {
        let mut said = acts();
        said.sort_by_key(|s| s.at);
        let user = |key: &str| users().into_iter().find(|u| u.key == key).expect("a user");
        said.into_iter()
            .filter(|s| s.at <= until)
            .enumerate()
            .map(|(i, s)| Event {
                id: i.to_string(),
                position: i as i64 + 1,
                device: String::new(),
                device_seq: i as i64 + 1,
                said_at: s.at,
                clock_suspect: false,
                role: user(s.person).role.expect("a role"),
                actor: s.person.to_owned(),
                auth: Auth::Online,
                entity: s.entity,
                based_on: None,
                act: s.act,
            })
            .collect()
    }

    fn at_start() -> Vec<ObstacleState> {
        project_all(&events(crate::training_start()))
    }

    #[test]
    fn the_register_meets_every_group_and_stage_with_answers_overdue_and_in_time() {
        let states = at_start();
        let groups: BTreeSet<ObstacleGroup> = states.iter().map(|s| s.obstacle.group).collect();
        assert_eq!(groups.len(), ObstacleGroup::ALL.len());
        let count = |stage| states.iter().filter(|s| s.stage() == stage).count();
        assert_eq!(
            (count(ObstacleStage::Raised), count(ObstacleStage::Answered), count(ObstacleStage::Resolved)),
            (4, 3, 7)
        );
        let today = crate::training_start().day();
        assert_eq!(states.iter().filter(|s| s.answer_overdue(today)).count(), 2);
        assert!(states.iter().any(|s| s.turns.len() == 2), "one was passed on");
    }

    #[test]
    fn what_blocks_task_86_is_in_the_register() {
        let blocking: Vec<String> = at_start()
            .into_iter()
            .filter(|s| s.is_open() && s.obstacle.tasks.iter().any(|t| t == "86"))
            .map(|s| s.obstacle.title)
            .collect();
        assert_eq!(blocking, ["Chưa có khóa VNeID môi trường thật cho luồng đăng nhập một lần"]);
    }

    #[test]
    fn every_act_obeys_the_rules_of_the_window_at_its_own_moment() {
        let (checklist, units) = (Checklist::builtin().expect("valid"), Units::builtin().expect("valid"));
        let parties = party::builtin().expect("valid");
        for said in acts() {
            let user = users().into_iter().find(|u| u.key == said.person).expect("a user");
            let before = project_all(&events(said.at.plus(-1)));
            let state = before.iter().find(|s| said.entity.ends_with(&s.id));
            let mut concerned = state.map(|s| s.obstacle.units.clone()).unwrap_or_default();
            let party = state.and_then(|s| parties.iter().find(|p| p.id == s.obstacle.party));
            concerned.extend(party.into_iter().flat_map(|p| p.units.clone()));
            let own = state.is_none_or(|s| s.recorded_by == said.person);
            let (role, unit) = (user.role.expect("a role"), user.unit.expect("a unit"));
            assert!(may_edit_obstacle(role, unit, own, &concerned, &units.coordinating()), "{:?}", said.act);
            match &said.act {
                Act::ObstacleRaised { obstacle } | Act::ObstacleChanged { obstacle } => {
                    assert!(parties.iter().any(|p| p.id == obstacle.party), "{}", obstacle.party);
                    assert!(
                        obstacle.tasks.iter().all(|t| checklist.get(t).is_some()),
                        "{:?}",
                        obstacle.tasks
                    );
                    assert!(obstacle.units.iter().all(|u| units.contains(u)), "{:?}", obstacle.units);
                    assert!(obstacle.raised_at <= said.at);
                    assert!(obstacle.answer_due.is_none_or(|d| d >= obstacle.raised_at.day()));
                }
                Act::ObstacleAnswered { on, .. } | Act::ObstacleResolved { on, .. } => {
                    let state = state.expect("raised before");
                    assert!(state.is_open() && state.obstacle.raised_at <= *on && *on <= said.at);
                }
                Act::ObstacleReopened { .. } => assert!(!state.expect("raised before").is_open()),
                other => panic!("no act of the register: {other:?}"),
            }
        }
    }
}
