//! What the clocks of incidents and the ladder of alerts are read by: times by severity as they were set, working days and hours.

use crate::{App, messages, rules::RULES, wire::WireError};
use pvhcc_domain::{
    act::{Act, Event},
    calendar::Calendar,
    hours::OfficeHours,
    operation::incident::{ClockKind, Severities, Severity, SeverityCourse, Timing},
};

const RULES_ENTITY: &str = "rules";
/// Names of these rules begin with this: `severity.s1.fix`.
const RULE: &str = "severity.";

/// All that clocks are read by, read once.
pub(crate) struct Clocks {
    pub(crate) severities: SeverityCourse,
    calendar: Calendar,
    hours: OfficeHours,
}

impl Clocks {
    pub(crate) fn timing(&self) -> Timing<'_> {
        Timing { severities: &self.severities, calendar: &self.calendar, hours: &self.hours }
    }
}

/// Which clock of which severity a rule sets.
fn clock_of(rule: &str) -> Option<(Severity, ClockKind)> {
    let (severity, clock) = rule.strip_prefix(RULE)?.split_once('.')?;
    let severity = Severity::ALL.into_iter().find(|s| s.code().eq_ignore_ascii_case(severity))?;
    let clock = match clock {
        "acknowledge" => ClockKind::Acknowledge,
        "update" => ClockKind::Update,
        "fix" => ClockKind::Fix,
        _ => return None,
    };
    Some((severity, clock))
}

/// The table as it was set by the rules' events, in journal order.
fn course(shipped: &Severities, events: &[Event]) -> SeverityCourse {
    let mut set: Vec<(_, Severities)> = Vec::new();
    for event in events {
        let Act::RuleSet { rule, value, from, .. } = &event.act else { continue };
        let (Some((severity, clock)), Ok(minutes)) = (clock_of(rule), value.parse()) else { continue };
        let before = set.last().map_or(shipped, |(_, table)| table);
        set.push((*from, before.with(severity, clock, minutes)));
    }
    SeverityCourse::new(shipped.clone(), set)
}

impl App {
    /// Times, calendar and hours in force.
    pub(crate) async fn clocks(&self) -> Result<Clocks, WireError> {
        let shipped = &self.0.alerts;
        Ok(Clocks {
            severities: course(&shipped.severities, &self.events_of(RULES_ENTITY).await?),
            calendar: self.calendar_in_force().await?,
            hours: shipped.hours.clone(),
        })
    }

    /// Refuses a clock under which an incident would have to be over before anybody had to take care of it.
    pub(crate) async fn check_clock(&self, rule: &str, value: &str) -> Result<(), WireError> {
        let (Some((severity, clock)), Ok(minutes)) = (clock_of(rule), value.parse()) else { return Ok(()) };
        let set = self.clocks().await?.severities.at(self.now()).with(severity, clock, minutes);
        if !set.of(severity).hopeless() {
            return Ok(());
        }
        let title = RULES.iter().find(|known| known.name == rule).map_or(rule, |known| known.title);
        let message = format!("“{title}”: thời hạn khắc phục không được ngắn hơn thời hạn tiếp nhận.");
        Err(messages::invalid("value", &message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_that_runs_is_a_rule_whose_built_in_value_is_the_shipped_one() {
        let shipped = Severities::builtin().expect("valid");
        let mut named = 0;
        for rule in RULES.iter().filter(|rule| rule.name.starts_with(RULE)) {
            let (severity, clock) = clock_of(rule.name).expect("a clock");
            let minutes = rule.default.parse().expect("a number");
            assert_eq!(shipped.with(severity, clock, minutes), shipped, "{}", rule.name);
            let working = !shipped.of(severity).around_the_clock;
            assert_eq!(rule.unit.contains("làm việc"), working, "{}", rule.name);
            assert!(rule.title.contains(&shipped.of(severity).label), "{}", rule.name);
            named += 1;
        }
        let running: usize = shipped.all().iter().map(|rule| 2 + usize::from(rule.fix.is_some())).sum();
        assert_eq!(named, running);
    }
}
