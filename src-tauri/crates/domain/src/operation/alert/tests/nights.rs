//! Whatever happens in a night, as properties.

use super::*;
use crate::act::Act;

/// What may be said of a few nodes of every depth.
fn any_signal() -> impl Strategy<Value = Signal> {
    let nodes = prop::sample::select(vec![
        "own_network",
        "gateway",
        "portal",
        "agent_node",
        "sso",
        "flow:sso",
        "flow:petition",
        "flow:catalogue",
        "api:dvcqg.01",
        "api:dvcqg.04",
        "api:petition.01",
        "api:catalogue.01",
        "queue",
        "probe:payment",
    ]);
    let value = prop_oneof![Just(None), Just(Some(0.0)), Just(Some(0.7)), Just(Some(1.0))];
    (nodes, value, 0i64..60_000).prop_map(|(node, value, back)| {
        let metric = match node {
            "queue" => Metric::Failed,
            _ if node.starts_with("api:") => Metric::SuccessRate,
            _ => Metric::Up,
        };
        signal(node, metric, value.map(|v| if node == "queue" { v * 50.0 } else { v }), Ms(-back))
    })
}

/// Looks a minute apart, each with what was said since the one before.
fn any_night(longest: usize) -> impl Strategy<Value = Vec<Vec<Signal>>> {
    prop::collection::vec(prop::collection::vec(any_signal(), 0..12), 1..longest)
}

fn placed(said: &[Signal], at: Ms) -> Vec<Signal> {
    said.iter().map(|s| Signal { as_of: at.plus(s.as_of.0), ..s.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_within_a_burst_does_not_matter(night in any_night(30), seed in any::<u64>()) {
        let data = data();
        let (mut one, mut other) = (Room::new(&data), Room::new(&data));
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            let signals = placed(said, at);
            let mut shuffled = signals.clone();
            let turn = usize::try_from(seed).unwrap_or(7) % signals.len().max(1);
            shuffled.rotate_left(turn);
            shuffled.reverse();
            prop_assert_eq!(one.look(&signals, at), other.look(&shuffled, at));
        }
    }

    #[test]
    fn a_restart_at_any_point_changes_nothing(night in any_night(40), kill in 0usize..40) {
        let data = data();
        let (mut whole, mut killed) = (Room::new(&data), Room::new(&data));
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            let signals = placed(said, at);
            if minute % (kill + 1) == kill {
                killed.restart();
            }
            prop_assert_eq!(whole.look(&signals, at), killed.look(&signals, at));
            // Looking again at the same finds nothing new: nothing fires twice.
            prop_assert_eq!(killed.look(&signals, at), vec![]);
        }
        prop_assert_eq!(whole.history, killed.history);
    }

    #[test]
    fn what_is_explained_has_its_cause_standing_and_alerts_stand_apart(night in any_night(40)) {
        let data = data();
        let mut room = Room::new(&data);
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            room.look(&placed(said, at), at);
            let firing: BTreeSet<&str> = room.history.firing().iter().map(|a| a.id.as_str()).collect();
            for (key, track) in room.memory.tracks() {
                match &track.state {
                    State::Effect(id) => prop_assert!(firing.contains(id.as_str()), "{} of {}", key, id),
                    State::Raised(_) | State::Easing(_) => {
                        let own = track.alert.as_deref().unwrap_or_default();
                        prop_assert!(firing.contains(own), "{}", key);
                    }
                    State::Calm | State::Pending => prop_assert!(track.alert.is_none()),
                }
            }
            let standing = room.memory.tracks().filter(|(_, t)| t.alert.is_some()).count();
            prop_assert_eq!(standing, firing.len());
        }
    }

    /// Signing in that stays down is raised as S1, by itself or by a cause, whatever else is said meanwhile; and not observing
    /// anything raises nothing.
    #[test]
    fn an_s1_that_holds_is_raised(night in any_night(60)) {
        let data = data();
        let mut room = Room::new(&data);
        let settings = data.rules.settings();
        let longest = MINUTE + settings.patience + settings.settle + 2 * MINUTE;
        let key = Key { rule: "sso_down".into(), node: "sso".into() };
        let mut unraised = START;
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            let mut signals = placed(said, at);
            signals.retain(|s| s.node != "sso");
            signals.push(up("sso", Some(0.0), at));
            room.look(&signals, at);
            let severity = match room.memory.get(&key).map(|t| &t.state) {
                Some(State::Raised(severity) | State::Easing(severity)) => Some(*severity),
                Some(State::Effect(id)) => room.history.get(id).map(|a| a.severity),
                _ => None,
            };
            if severity == Some(Severity::S1) {
                unraised = at;
            }
            prop_assert!(at.0 - unraised.0 <= longest, "not raised since minute {}", (unraised.0 - START.0) / MINUTE);
        }
    }

    #[test]
    fn nothing_observed_raises_nothing_but_silence(nodes in prop::collection::vec(any_signal(), 1..20)) {
        let data = data();
        let mut room = Room::new(&data);
        for minute in 0..60 {
            let at = START.plus(minute * MINUTE);
            let signals: Vec<Signal> =
                placed(&nodes, at).into_iter().map(|s| Signal { value: None, ..s }).collect();
            room.look(&signals, at);
        }
        prop_assert!(room.firing().iter().all(|(rule, ..)| rule.ends_with("_silent")), "{:?}", room.firing());
    }

    /// 10.000 events of one cause, however they are cut into looks.
    #[test]
    fn a_storm_of_one_cause_is_one_alert(size in 100usize..5000) {
        let data = data();
        let mut room = Room::new(&data);
        let apis = room.apis();
        let mut storm: Vec<Signal> = Vec::new();
        for i in 0..10_000i64 {
            let at = START.plus(i * 100);
            let index = usize::try_from(i).unwrap_or(0);
            storm.push(match i % 20 {
                0 => up("gateway", Some(0.0), at),
                1 => up("flow:petition", Some(0.0), at),
                _ => rate(&apis[index % apis.len()], 0.0, at),
            });
        }
        for cut in storm.chunks(size) {
            let now = cut.last().map_or(START, |s| s.as_of);
            room.look(cut, now);
        }
        prop_assert_eq!(room.history.all().len(), 1);
        prop_assert_eq!(room.firing(), vec![("gateway_down", "gateway", Severity::S1)]);
    }

    #[test]
    fn a_mute_hides_nothing(night in any_night(20), until in 1i64..1000) {
        let data = data();
        let mut room = Room::new(&data);
        for (minute, said) in night.iter().enumerate() {
            let at = START.plus(minute as i64 * MINUTE);
            room.look(&placed(said, at), at);
        }
        let listed: Vec<String> = room.history.firing().iter().map(|a| a.id.clone()).collect();
        let mutes = room.history.firing().into_iter().map(|alert| {
            let act = AlertAct::Muted { from: Ms(0), until: Ms(until), reason: "thử".into() };
            (format!("{MUTE}{}", alert.key), Act::Alert(act))
        });
        let handling = Handling::project(&events(mutes));
        for id in &listed {
            let key = Key::parse(id).expect("a key");
            prop_assert!(handling.muted(&key, Ms(until - 1)).is_some());
            prop_assert!(room.history.firing().iter().any(|a| a.id == *id), "still listed");
        }
    }
}
