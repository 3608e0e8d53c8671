//! How fast parties answer (document 002 XI.9, "thời gian phản hồi hỗ trợ"): counts and medians from the register of obstacles.
//!
//! What still waits is no response: it is counted apart and never enters a median.

use crate::{
    calendar::Calendar,
    hours::OfficeHours,
    obstacle::{ObstacleStage, ObstacleState},
    time::Ms,
};
use std::collections::BTreeMap;

/// How one party, or all together, answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResponseStat {
    /// Asked and silent.
    pub waiting: usize,
    /// Of those, the ones whose day has passed.
    pub overdue: usize,
    /// Answered, not yet out of the way.
    pub answered: usize,
    /// Out of the way.
    pub resolved: usize,
    /// Responses the medians rest on.
    pub responses: usize,
    /// Median from the question to the first answer, ms of the clock; `None` of no response.
    pub median_ms: Option<i64>,
    /// The same in working time, ms.
    pub median_working_ms: Option<i64>,
    /// Working time of the one that has waited longest, ms.
    pub longest_wait_ms: Option<i64>,
}

impl ResponseStat {
    /// Not out of the way yet.
    #[must_use]
    pub fn open(&self) -> usize {
        self.waiting + self.answered
    }
}

/// The figures of each party that was ever asked, by its id. Obstacles count for the party that must answer now, responses for
/// the party that gave them.
#[must_use]
pub fn by_party(
    states: &[ObstacleState],
    now: Ms,
    calendar: &Calendar,
    hours: &OfficeHours,
) -> BTreeMap<String, ResponseStat> {
    grouped(states, now, calendar, hours, str::to_owned)
}

/// The figures of all parties together.
#[must_use]
pub fn overall(states: &[ObstacleState], now: Ms, calendar: &Calendar, hours: &OfficeHours) -> ResponseStat {
    grouped(states, now, calendar, hours, |_| String::new()).remove("").unwrap_or_default()
}

fn grouped(
    states: &[ObstacleState],
    now: Ms,
    calendar: &Calendar,
    hours: &OfficeHours,
    key: impl Fn(&str) -> String,
) -> BTreeMap<String, ResponseStat> {
    let mut stats: BTreeMap<String, ResponseStat> = BTreeMap::new();
    let mut times: BTreeMap<String, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
    for state in states {
        let stat = stats.entry(key(&state.obstacle.party)).or_default();
        match state.stage() {
            ObstacleStage::Raised => {
                stat.waiting += 1;
                stat.overdue += usize::from(state.answer_overdue(now.day()));
                let waited = hours.working_ms(calendar, state.obstacle.raised_at, now);
                stat.longest_wait_ms = stat.longest_wait_ms.max(Some(waited));
            }
            ObstacleStage::Answered => stat.answered += 1,
            ObstacleStage::Resolved => stat.resolved += 1,
        }
        for (party, asked, answered) in state.responses() {
            let (clock, worked) = times.entry(key(party)).or_default();
            clock.push(answered.0 - asked.0);
            worked.push(hours.working_ms(calendar, asked, answered));
        }
    }
    for (party, (clock, worked)) in times {
        let stat = stats.entry(party).or_default();
        stat.responses = clock.len();
        stat.median_ms = median(&clock);
        stat.median_working_ms = median(&worked);
    }
    stats
}

/// Median (mean of the middle two, rounded towards the smaller); `None` of nothing.
#[must_use]
pub fn median(values: &[i64]) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(i64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::obstacle::{Obstacle, ObstacleGroup, Reply, Turn};
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(&format!("2026-{text}:00+07:00")).expect("instant")
    }

    fn state(party: &str, asked: Ms, answered: Option<Ms>, due: Option<&str>) -> ObstacleState {
        ObstacleState {
            id: String::new(),
            obstacle: Obstacle {
                group: ObstacleGroup::Access,
                title: "t".into(),
                detail: String::new(),
                systems: Vec::new(),
                units: Vec::new(),
                tasks: Vec::new(),
                party: party.into(),
                raised_at: asked,
                answer_due: due.map(|d| d.parse().expect("day")),
            },
            recorded_at: asked,
            recorded_by: String::new(),
            answered: answered.map(|on| Reply {
                on,
                text: String::new(),
                recorded: on,
                actor: String::new(),
            }),
            resolved: None,
            turns: vec![Turn { party: party.into(), asked, answered }],
            last_event: String::new(),
        }
    }

    fn stats(states: &[ObstacleState], now: Ms) -> BTreeMap<String, ResponseStat> {
        let hours = OfficeHours::builtin().expect("valid");
        by_party(states, now, &Calendar::builtin().expect("valid"), &hours)
    }

    #[test]
    fn a_party_that_never_answered_has_no_median_and_its_waiting_is_told() {
        let now = at("05-29T14:00");
        let silent = state("c12", at("05-27T14:00"), None, Some("2026-05-28"));
        let c12 = &stats(&[silent], now)["c12"];
        assert_eq!((c12.waiting, c12.overdue, c12.responses), (1, 1, 0));
        assert_eq!((c12.median_ms, c12.median_working_ms), (None, None));
        assert_eq!(c12.longest_wait_ms, Some(16 * HOUR), "two working days");
    }

    #[test]
    fn medians_are_of_the_clock_and_of_working_time() {
        // Friday 16:00 to Monday 08:00 is 64 hours of the clock, two of work.
        let over_weekend = state("vnpt", at("05-22T16:00"), Some(at("05-25T08:00")), None);
        let quick = state("vnpt", at("05-25T08:00"), Some(at("05-25T10:00")), None);
        let vnpt = &stats(&[over_weekend, quick], at("05-29T14:00"))["vnpt"];
        assert_eq!((vnpt.answered, vnpt.responses), (2, 2));
        assert_eq!((vnpt.median_ms, vnpt.median_working_ms), (Some(33 * HOUR), Some(2 * HOUR)));
    }

    #[test]
    fn an_obstacle_passed_on_is_waiting_at_the_new_party_and_answered_by_the_old() {
        let mut passed = state("c12", at("05-26T08:00"), None, None);
        passed.turns.insert(
            0,
            Turn { party: "vnpt".into(), asked: at("05-25T08:00"), answered: Some(at("05-25T09:00")) },
        );
        let stats = stats(&[passed], at("05-29T14:00"));
        assert_eq!((stats["c12"].waiting, stats["c12"].responses), (1, 0));
        assert_eq!((stats["vnpt"].open(), stats["vnpt"].median_ms), (0, Some(HOUR)));
    }

    proptest! {
        #[test]
        fn half_of_the_values_lie_on_each_side_of_the_median(values in proptest::collection::vec(-1000i64..1000, 0..40)) {
            prop_assert_eq!(median(&values).is_none(), values.is_empty());
            let Some(m) = median(&values) else { return Ok(()) };
            let below = values.iter().filter(|v| **v < m).count();
            let above = values.iter().filter(|v| **v > m).count();
            prop_assert!(below * 2 <= values.len() && above * 2 <= values.len(), "{} of {:?}", m, values);
            let mut turned = values.clone();
            turned.reverse();
            prop_assert_eq!(median(&turned), Some(m));
        }

        /// Every obstacle is in exactly one stage of exactly one party, and every response counts once.
        #[test]
        fn the_counts_add_up(cases in proptest::collection::vec((0usize..3, 0i64..400, proptest::option::of(0i64..400), any::<bool>()), 0..30)) {
            let now = at("05-29T14:00");
            let states: Vec<ObstacleState> = cases.iter().map(|(party, asked, answer, resolved)| {
                let asked = now.plus(-asked * HOUR);
                let answered = answer.map(|after| asked.plus(after * HOUR));
                let mut s = state(["a", "b", "c"][*party], asked, answered, None);
                s.resolved = resolved.then(|| Reply { on: asked.plus(HOUR), text: String::new(), recorded: now, actor: String::new() });
                s
            }).collect();
            let all = stats(&states, now);
            prop_assert_eq!(all.values().map(|s| s.open() + s.resolved).sum::<usize>(), states.len());
            let hours = OfficeHours::builtin().expect("valid");
            let whole = overall(&states, now, &Calendar::builtin().expect("valid"), &hours);
            prop_assert_eq!(whole.responses, all.values().map(|s| s.responses).sum::<usize>());
            prop_assert_eq!(whole.waiting, all.values().map(|s| s.waiting).sum::<usize>());
            for (party, stat) in &all {
                let times: Vec<i64> = states.iter().filter(|s| s.obstacle.party == *party).filter_map(|s| {
                    let on = s.answered.as_ref().or(s.resolved.as_ref())?.on;
                    Some(on.0 - s.obstacle.raised_at.0)
                }).collect();
                prop_assert_eq!(stat.responses, times.len());
                prop_assert_eq!(stat.median_ms, median(&times));
                prop_assert!(stat.median_working_ms <= stat.median_ms);
            }
        }
    }
}
