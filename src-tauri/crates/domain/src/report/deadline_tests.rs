use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn time(text: &str) -> NaiveTime {
    parse_time(text).expect("a time")
}

fn at(text: &str) -> Ms {
    Ms::parse_rfc3339(&format!("{text}:00+07:00")).expect("an instant")
}

fn times() -> Vec<NaiveTime> {
    parse_times("13:30, 14:00, 14:30, 14:50").expect("times")
}

const DAY: i64 = 86_400_000;

#[test]
fn times_are_read_in_any_order_and_refused_when_one_is_none() {
    assert_eq!(parse_times("14:50; 13:30,14:00 14:30, 13:30"), Some(times()));
    assert_eq!(parse_times(""), Some(Vec::new()));
    for wrong in ["25:00", "13h30", "13:30, hai giờ", "13.30"] {
        assert_eq!(parse_times(wrong), None, "{wrong}");
    }
    assert_eq!(time_text(time("9:05")), "09:05");
}

#[test]
fn a_deadline_can_be_moved_until_it_has_passed_and_not_afterwards() {
    let day = day("2026-05-29");
    let built_in = (Ms(i64::MIN), time("15:00"));
    let moved = |since: &str, to: &str| [built_in, (at(since), time(to))];
    let deadline = |times: &[(Ms, NaiveTime)]| time_text(super::deadline(day, times).local().time());
    assert_eq!(deadline(&[built_in]), "15:00");
    assert_eq!(deadline(&moved("2026-05-29T14:59", "16:00")), "16:00", "in time");
    assert_eq!(deadline(&moved("2026-05-29T15:00", "16:00")), "15:00", "too late for this day");
    assert_eq!(deadline(&moved("2026-05-28T18:00", "11:00")), "11:00", "the evening before");
    assert_eq!(deadline(&moved("2026-05-30T08:00", "11:00")), "15:00", "a day later");
    let twice = [built_in, (at("2026-05-29T10:00"), time("11:00")), (at("2026-05-29T12:00"), time("17:00"))];
    assert_eq!(deadline(&twice), "11:00", "what had passed stays passed");
}

#[test]
fn a_day_ends_as_exactly_one_thing() {
    let deadline = at("2026-05-29T15:00");
    let (before, after) = (deadline.plus(-1), deadline.plus(1));
    for (due, sent, now, is) in [
        (true, None, before, Verdict::Open),
        (true, None, deadline, Verdict::Missing),
        (true, Some(before), after, Verdict::OnTime),
        (true, Some(deadline), after, Verdict::Late),
        (false, None, after, Verdict::NotDue),
        (false, Some(after), after, Verdict::NotDue),
        (false, Some(before), after, Verdict::OnTime),
    ] {
        assert_eq!(verdict(due, deadline, sent, now), is, "{due} {sent:?} {now:?}");
    }
}

#[test]
fn opened_at_14_58_only_the_loudest_is_given_and_each_but_once() {
    let day = day("2026-05-29");
    let mut settled = BTreeSet::new();
    let given = due(day, &times(), &settled, at("2026-05-29T14:58"));
    assert_eq!(given.now, Some(Reminder { time: time("14:50"), level: 4 }));
    assert_eq!(given.overtaken.iter().map(|r| r.level).collect::<Vec<_>>(), [1, 2, 3]);
    settled.extend(given.overtaken.iter().chain(&given.now).map(|r| r.time));
    assert_eq!(due(day, &times(), &settled, at("2026-05-29T23:59")), Due::default());
}

#[test]
fn fewer_reminders_are_the_loud_ones_and_more_begin_quietly() {
    let levels = |n| (0..n).map(|i| level(i, n)).collect::<Vec<_>>();
    assert_eq!(levels(1), [4]);
    assert_eq!(levels(2), [3, 4]);
    assert_eq!(levels(6), [1, 1, 1, 2, 3, 4]);
}

proptest! {
    /// Whatever the clock does and whenever somebody looks: a day that is over is on time, late or missing, and what it is
    /// once sent never changes.
    #[test]
    fn past_days_are_one_of_three(sent in proptest::option::of(-2 * DAY..2 * DAY), looked in 0..3 * DAY) {
        let deadline = at("2026-05-29T15:00");
        let (sent, now) = (sent.map(|ms| deadline.plus(ms)), deadline.plus(looked));
        let known = sent.filter(|at| *at <= now);
        let is = verdict(true, deadline, known, now);
        let expected = match known {
            None => Verdict::Missing,
            Some(at) if at < deadline => Verdict::OnTime,
            Some(_) => Verdict::Late,
        };
        prop_assert_eq!(is, expected);
        prop_assert_eq!(is.needs_reason(), is != Verdict::OnTime);
        if let Some(at) = known {
            for later in [0, DAY, 400 * DAY] {
                prop_assert_eq!(verdict(true, deadline, Some(at), now.plus(later)), is);
            }
        }
    }

    /// Processes that look at any instants, in any order, the clock going back too: every reminder is settled at most once and
    /// never before its time, one that somebody looked at before the next was due is given, not overtaken, and after the last
    /// look nothing that was due is open.
    #[test]
    fn each_reminder_is_given_or_overtaken_once(
        minutes in proptest::collection::btree_set(0u32..1440, 0..6),
        looks in proptest::collection::vec(0i64..DAY, 1..30),
    ) {
        let day = day("2026-05-29");
        let times: Vec<NaiveTime> =
            minutes.iter().filter_map(|m| NaiveTime::from_hms_opt(m / 60, m % 60, 0)).collect();
        let (mut settled, mut given) = (BTreeSet::new(), Vec::new());
        for look in &looks {
            let now = Ms::at(day, 0, 0).plus(*look);
            let found = due(day, &times, &settled, now);
            prop_assert!(found.now.is_some() || found.overtaken.is_empty());
            for reminder in found.overtaken.iter().chain(&found.now) {
                prop_assert!(instant(day, reminder.time) <= now, "never before its time");
                prop_assert!(settled.insert(reminder.time), "never twice");
            }
            for overtaken in &found.overtaken {
                prop_assert!(found.now.is_some_and(|r| r.time > overtaken.time && r.level >= overtaken.level));
            }
            given.extend(found.now.map(|r| r.time));
        }
        let last = looks.iter().copied().max().unwrap_or(0);
        for (i, time) in times.iter().enumerate() {
            let from = instant(day, *time).0 - Ms::at(day, 0, 0).0;
            let until = times.get(i + 1).map_or(DAY, |next| instant(day, *next).0 - Ms::at(day, 0, 0).0);
            prop_assert_eq!(settled.contains(time), from <= last);
            let first = looks.iter().find(|look| **look >= from);
            if first.is_some_and(|look| *look < until) {
                prop_assert!(given.contains(time), "{time} was due and somebody looked");
            }
        }
    }
}
