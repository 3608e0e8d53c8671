use super::*;
use crate::testing::events;
use proptest::prelude::*;

fn obstacle(title: &str, party: &str, raised: i64) -> Obstacle {
    Obstacle {
        group: ObstacleGroup::Integration,
        title: title.into(),
        detail: String::new(),
        systems: Vec::new(),
        units: Vec::new(),
        tasks: vec!["86".into()],
        party: party.into(),
        raised_at: Ms(raised),
        answer_due: "2026-05-20".parse().ok(),
    }
}

fn story(acts: Vec<Act>) -> Vec<Event> {
    events(acts.into_iter().map(|act| (format!("{ENTITY}o"), act)))
}

fn answered(on: i64) -> Act {
    Act::ObstacleAnswered { on: Ms(on), text: format!("trả lời {on}") }
}

fn resolved(on: i64) -> Act {
    Act::ObstacleResolved { on: Ms(on), text: "xong".into() }
}

fn raised(party: &str, at: i64) -> Act {
    Act::ObstacleRaised { obstacle: obstacle("t", party, at) }
}

fn changed(party: &str, at: i64) -> Act {
    Act::ObstacleChanged { obstacle: obstacle("t2", party, at) }
}

fn responses(state: &ObstacleState) -> Vec<(&str, i64, i64)> {
    state.responses().map(|(party, asked, answered)| (party, asked.0, answered.0)).collect()
}

#[test]
fn the_first_answer_counts_as_the_response_and_the_last_one_is_shown() {
    let state = project("o", &story(vec![raised("vnpt", 0), answered(50), answered(90)])).expect("raised");
    assert_eq!(state.answered.as_ref().map(|r| r.on), Some(Ms(90)));
    assert_eq!(responses(&state), [("vnpt", 0, 50)]);
    assert_eq!(state.stage(), ObstacleStage::Answered);
}

#[test]
fn a_resolution_without_an_answer_is_the_response_until_it_is_reopened() {
    let mut acts = vec![raised("vnpt", 0), resolved(70)];
    assert_eq!(responses(&project("o", &story(acts.clone())).expect("raised")), [("vnpt", 0, 70)]);
    acts.push(Act::ObstacleReopened { reason: "tái diễn".into() });
    let state = project("o", &story(acts)).expect("raised");
    assert_eq!((state.stage(), responses(&state).len()), (ObstacleStage::Raised, 0));
    assert!(state.answer_overdue("2026-05-21".parse().expect("day")));
    assert!(!state.answer_overdue("2026-05-20".parse().expect("day")), "the last day is still in time");
}

#[test]
fn passed_on_to_another_party_it_waits_there_and_the_first_party_keeps_its_response() {
    let state =
        project("o", &story(vec![raised("vnpt", 0), answered(50), changed("c12", 60)])).expect("raised");
    assert_eq!((state.stage(), state.obstacle.party.as_str()), (ObstacleStage::Raised, "c12"));
    assert_eq!(responses(&state), [("vnpt", 0, 50)]);
}

#[test]
fn a_corrected_time_of_asking_corrects_the_response() {
    let state =
        project("o", &story(vec![raised("vnpt", 0), answered(50), changed("vnpt", 20)])).expect("raised");
    assert_eq!(responses(&state), [("vnpt", 20, 50)]);
}

#[test]
fn taking_back_the_raising_takes_the_obstacle_away_and_back_again() {
    let undo = |id: &str| Act::ActUndone { event_id: id.into() };
    let mut acts = vec![raised("vnpt", 0), answered(50), undo("e0")];
    assert_eq!(project("o", &story(acts.clone())), None);
    acts.push(undo("e2"));
    assert_eq!(project("o", &story(acts)).map(|s| s.stage()), Some(ObstacleStage::Answered));
}

/// What happened, as small numbers: kind, party, time, and which earlier event an undo takes back.
fn any_act() -> impl Strategy<Value = (u8, usize, i64, usize)> {
    (0u8..7, 0usize..3, 0i64..1000, 0usize..20)
}

fn act_of(at: usize, (kind, party, time, target): (u8, usize, i64, usize)) -> Act {
    let party = ["a", "b", "c"][party];
    match kind {
        0 => raised(party, time),
        1 => changed(party, time),
        2 => answered(time),
        3 => resolved(time),
        4 => Act::ObstacleReopened { reason: "lại".into() },
        // Undoing what comes later or does not exist has no effect.
        _ => Act::ActUndone { event_id: format!("e{}", target % (at + 1)) },
    }
}

/// The slow model: whether an event stands is asked of all that follow, and each part of the state is looked up backwards.
struct Slow<'a>(&'a [Event]);

impl Slow<'_> {
    fn stands(&self, at: usize) -> bool {
        let taken_back_by = |(i, e): (usize, &Event)| {
            matches!(&e.act, Act::ActUndone { event_id } if *event_id == self.0[at].id)
                && self.stands(at + 1 + i)
        };
        !self.0[at + 1..].iter().enumerate().any(taken_back_by)
    }

    fn check(&self, state: Option<&ObstacleState>) -> Result<(), TestCaseError> {
        let standing: Vec<&Act> =
            (0..self.0.len()).filter(|i| self.stands(*i)).map(|i| &self.0[i].act).collect();
        let Some(start) = standing.iter().position(|a| matches!(a, Act::ObstacleRaised { .. })) else {
            prop_assert!(state.is_none());
            return Ok(());
        };
        let state = state.expect("it was raised and stands");
        // A second raising says nothing.
        let acts: Vec<&Act> = standing[start..]
            .iter()
            .enumerate()
            .filter(|(i, a)| *i == 0 || !matches!(a, Act::ObstacleRaised { .. }))
            .map(|(_, a)| *a)
            .collect();
        let words = |a: &Act| match a {
            Act::ObstacleRaised { obstacle } | Act::ObstacleChanged { obstacle } => Some(obstacle.clone()),
            _ => None,
        };
        let last_words = acts.iter().rev().find_map(|a| words(a));
        prop_assert_eq!(Some(&state.obstacle), last_words.as_ref());
        // The present party has it since the last time another party had it.
        let party = &state.obstacle.party;
        let since =
            acts.iter().rposition(|a| words(a).is_some_and(|o| o.party != *party)).map_or(0, |i| i + 1);
        let since = since + acts[since..].iter().position(|a| words(a).is_some()).unwrap_or(0);
        let answers: Vec<Ms> = acts[since..]
            .iter()
            .filter_map(|a| if let Act::ObstacleAnswered { on, .. } = a { Some(*on) } else { None })
            .collect();
        prop_assert_eq!(state.answered.as_ref().map(|r| r.on), answers.last().copied());
        let end = acts.iter().rev().find_map(|a| match a {
            Act::ObstacleResolved { on, .. } => Some(Some(*on)),
            Act::ObstacleReopened { .. } => Some(None),
            _ => None,
        });
        prop_assert_eq!(state.resolved.as_ref().map(|r| r.on), end.flatten());
        let first =
            answers.iter().min().copied().or(end.flatten()).map(|on| on.max(state.obstacle.raised_at));
        let last = state.turns.last().expect("somebody was asked");
        prop_assert_eq!((&last.party, last.asked), (party, state.obstacle.raised_at));
        let of_last = state.responses().nth(state.responses().count().wrapping_sub(1));
        let given = of_last.filter(|(p, asked, _)| p == party && *asked == last.asked && first.is_some());
        prop_assert_eq!(given.map(|(_, _, on)| on), first);
        Ok(())
    }
}

proptest! {
    #[test]
    fn after_any_sequence_of_events_the_state_is_that_of_the_slow_model(
        plan in proptest::collection::vec(any_act(), 0..20)
    ) {
        let acts = plan.into_iter().enumerate().map(|(i, p)| act_of(i, p)).collect();
        let events = story(acts);
        let state = project("o", &events);
        Slow(&events).check(state.as_ref())?;
        let all: Vec<ObstacleState> = state.into_iter().collect();
        prop_assert_eq!(project_all(&events), all);
    }
}
