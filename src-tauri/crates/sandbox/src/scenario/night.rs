//! A script at a place in time: what holds at a moment. A pure function of time, like the traffic it changes.

use super::script::{Curve, Expect, FlowWord, Hour, Script, scripts};
use crate::faults::{Fault, matches};
use pvhcc_domain::{observation::Flow, time::Ms};
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;

/// One night of a script.
#[derive(Debug, Clone)]
pub(crate) struct Night {
    script: &'static Script,
    /// The midnight before it begins.
    midnight: Ms,
}

/// What goes wrong with the calls of an API in a bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calls<'a> {
    /// Share that succeeds.
    pub(crate) success: f64,
    /// Times the usual duration.
    pub(crate) slower: f64,
    pub(crate) error: Option<&'a str>,
}

/// Something planted, by instants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlantedCause {
    /// Names it.
    pub id: String,
    /// Node of the dependency graph that is the cause.
    pub node: String,
    /// What kind of thing it is (`outage`, `slow`, `lie`, …).
    pub kind: String,
    /// From when.
    #[serde(serialize_with = "rfc3339")]
    pub from: Ms,
    /// Until when.
    #[serde(serialize_with = "rfc3339")]
    pub to: Ms,
    /// What must come of it.
    pub expect: Expect,
    /// Rule of the alert.
    pub rule: Option<String>,
    /// Severity of the alert (`s1`…`s4`).
    pub severity: Option<String>,
    /// Nodes that show it too and are no causes.
    pub explains: Vec<String>,
    /// For people.
    pub note: String,
}

fn rfc3339<S: serde::Serializer>(at: &Ms, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339())
}

/// What the folder keeps of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) start: Ms,
    /// Speed that was chosen with it.
    pub(crate) speed: Option<f64>,
}

impl Night {
    /// The night of a script that begins at `now` or next after it, on the script's own day or later. `join`: also one that is
    /// under way at `now`.
    pub(crate) fn next(id: &str, now: Ms, join: bool) -> Option<Self> {
        let script = scripts().iter().find(|s| s.id == id)?;
        let late = now.0 - if join { script.end.0 - 1 } else { script.start.0 };
        let days = late.max(0).div_euclid(DAY_MS) + i64::from(late.max(0).rem_euclid(DAY_MS) > 0);
        Some(Self { script, midnight: script.midnight().plus(days * DAY_MS) })
    }

    pub(crate) fn of(kept: &Kept) -> Option<Self> {
        let script = scripts().iter().find(|s| s.id == kept.id)?;
        Some(Self { script, midnight: Ms::at(kept.start.day(), 0, 0) })
    }

    pub(crate) fn kept(&self, speed: Option<f64>) -> Kept {
        Kept { id: self.script.id.clone(), start: self.start(), speed }
    }

    pub(crate) fn script(&self) -> &'static Script {
        self.script
    }

    pub(crate) fn start(&self) -> Ms {
        self.midnight.plus(self.script.start.0 - self.script.midnight().0)
    }

    pub(crate) fn end(&self) -> Ms {
        self.midnight.plus(self.script.end.0 - self.script.midnight().0)
    }

    pub(crate) fn is_on(&self, at: Ms) -> bool {
        self.start() <= at && at < self.end()
    }

    fn at(&self, hour: Hour) -> Ms {
        self.midnight.plus(hour.0)
    }

    fn covers(&self, from: Hour, to: Hour, at: Ms) -> bool {
        self.at(from) <= at && at < self.at(to)
    }

    /// Share of `[begin, end)` that lies in a span.
    fn share(&self, from: Hour, to: Hour, begin: Ms, end: Ms) -> f64 {
        let both = self.at(to).min(end).0 - self.at(from).max(begin).0;
        both.max(0) as f64 / (end.0 - begin.0) as f64
    }

    /// Calls of an API in `[begin, end)`, times the usual.
    pub(crate) fn traffic(&self, api: &str, begin: Ms, end: Ms) -> f64 {
        let of = self.script.traffic.iter().filter(|t| t.apis.iter().any(|p| matches(p, api)));
        of.map(|t| 1.0 + (t.times - 1.0) * self.share(t.from, t.to, begin, end)).product()
    }

    /// What goes wrong with the calls of an API in `[begin, end)`; `None` is nothing.
    pub(crate) fn calls(&self, api: &str, begin: Ms, end: Ms) -> Option<Calls<'_>> {
        let mut calls = Calls { success: 1.0, slower: 1.0, error: None };
        let mut any = false;
        for fault in self.script.api.iter().filter(|f| f.apis.iter().any(|p| matches(p, api))) {
            let share = self.share(fault.from, fault.to, begin, end);
            if share > 0.0 {
                any = true;
                calls.success *= 1.0 - (1.0 - fault.success) * share;
                calls.slower *= 1.0 + (fault.slower - 1.0) * share;
                calls.error = fault.error.as_deref().or(calls.error);
            }
        }
        any.then_some(calls)
    }

    /// The gateway's word on the test of a flow, and since when.
    pub(crate) fn flow(&self, flow: Flow, phase: u8, at: Ms) -> Option<(&FlowWord, Ms)> {
        let mut words = self.script.flow.iter().filter(|w| w.flow == flow && w.phase == phase);
        let word = words.find(|w| self.covers(w.from, w.to, at))?;
        Some((word, self.at(word.from)))
    }

    /// What goes wrong with a request.
    pub(crate) fn fault(&self, path: &str, at: Ms) -> Option<Fault> {
        let wrong = self.script.request.iter().find(|r| {
            let within = r.every.zip(r.lasts).is_none_or(|(every, lasts)| {
                (at.0 - self.at(r.from).0).rem_euclid(every * MINUTE_MS) < lasts * MINUTE_MS
            });
            matches(&r.path, path) && self.covers(r.from, r.to, at) && within
        });
        wrong.map(|r| r.fault.clone())
    }

    /// Of which moment an answer is that says `at`.
    pub(crate) fn told(&self, path: &str, at: Ms) -> Ms {
        let old = self.script.old.iter().find(|o| matches(&o.path, path) && self.covers(o.from, o.to, at));
        old.map_or(at, |o| self.at(o.from))
    }

    /// Whether sync batches begin.
    pub(crate) fn batches(&self, at: Ms) -> bool {
        !self.script.batches.iter().any(|b| self.covers(b.from, b.to, at))
    }

    /// Share of the fees at its start that are still unpaid; `None` before.
    pub(crate) fn unpaid(&self, at: Ms) -> Option<f64> {
        (self.start() <= at).then(|| self.value(&self.script.fees.points, at))
    }

    /// Records that wait, and those given up on; `None` outside the night.
    pub(crate) fn queue(&self, at: Ms) -> Option<(f64, f64)> {
        let queue = &self.script.queue;
        self.is_on(at).then(|| (self.value(&queue.waiting, at), self.value(&queue.failed, at)))
    }

    fn value(&self, curve: &Curve, at: Ms) -> f64 {
        let after = curve.iter().position(|(hour, _)| self.at(*hour) > at);
        match after {
            Some(0) => curve[0].1,
            Some(n) => {
                let ((h0, v0), (h1, v1)) = (curve[n - 1], curve[n]);
                v0 + (v1 - v0) * (at.0 - self.at(h0).0) as f64 / (h1.0 - h0.0) as f64
            }
            None => curve.last().map_or(0.0, |(_, v)| *v),
        }
    }

    /// What was planted, in the order of the script.
    pub(crate) fn truth(&self) -> Vec<PlantedCause> {
        let planted = self.script.truth.iter().cloned();
        planted
            .map(|t| PlantedCause {
                from: self.at(t.from),
                to: self.at(t.to),
                id: t.id,
                node: t.node,
                kind: t.kind,
                expect: t.expect,
                rule: t.rule,
                severity: t.severity,
                explains: t.explains,
                note: t.note,
            })
            .collect()
    }

    /// Where the fault lies as a whole, with when, as the watch names it.
    pub(crate) fn verdicts(&self) -> Vec<(Ms, &str)> {
        self.script.verdict.iter().map(|v| (self.at(v.at), v.is.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Ms {
        Ms::parse_rfc3339(&format!("{text}:00+07:00")).expect("instant")
    }

    fn night() -> Night {
        Night::next("cutover-night", at("2026-05-29T14:00"), false).expect("known")
    }

    #[test]
    fn a_night_begins_on_its_day_or_moved_by_whole_days_and_can_be_joined_while_it_lasts() {
        let start = |now: &str, join| Night::next("cutover-night", at(now), join).expect("known").start();
        let (first, next) = (at("2026-05-29T19:00"), at("2026-05-30T19:00"));
        assert_eq!(start("2026-03-05T07:00", false), first);
        assert_eq!(start("2026-05-29T19:00", false), first);
        assert_eq!(start("2026-05-29T19:01", false), next);
        assert_eq!(start("2026-05-29T19:01", true), first);
        assert_eq!(start("2026-05-30T02:59", true), first);
        assert_eq!(start("2026-05-30T03:00", true), next);
        assert_eq!(start("2026-06-10T20:00", false), at("2026-06-11T19:00"));
        assert!(Night::next("another", first, true).is_none());
        let later = Night::next("cutover-night", next, false).expect("known");
        assert_eq!(Night::of(&later.kept(None)).expect("known").start(), next);
        assert_eq!(later.truth()[0].from, next);
    }

    #[test]
    fn spans_bursts_and_curves_hold_at_their_borders() {
        let night = night();
        let off = |path: &str, when: &str| night.fault(path, at(when)).is_some();
        assert!(!off("/pages/payment", "2026-05-29T19:59") && off("/pages/payment", "2026-05-29T20:00"));
        assert!(off("/pages/payment", "2026-05-30T02:59") && !off("/pages/payment", "2026-05-30T03:00"));
        let bursts: Vec<bool> =
            (30..60).map(|m| off("/pages/portal", &format!("2026-05-29T22:{m}"))).collect();
        assert_eq!(bursts.iter().filter(|b| **b).count(), 13, "three minutes in six from 22:35");
        assert!(!bursts[4] && bursts[5] && bursts[7] && !bursts[8] && bursts[11]);

        let bucket = |when: &str| (at(when), at(when).plus(300_000));
        let success = |api: &str, when: &str| {
            let (begin, end) = bucket(when);
            night.calls(api, begin, end).map_or(1.0, |c| c.success)
        };
        assert!((success("province.03", "2026-05-29T22:10") - 0.58).abs() < 1e-9, "three of five minutes");
        assert!((success("province.03", "2026-05-29T22:15") - 0.3).abs() < 1e-9);
        assert!((success("province.05", "2026-05-29T22:15") - 1.0).abs() < 1e-9);
        let traffic = |api: &str, when: &str| {
            let (begin, end) = bucket(when);
            night.traffic(api, begin, end)
        };
        assert_eq!(traffic("dvcqg.02", "2026-05-29T22:00"), 0.0);
        assert_eq!(traffic("dvcqg.07", "2026-05-29T20:00"), 0.0);
        assert_eq!(traffic("dvcqg.07", "2026-05-29T18:55"), 1.0, "what was before stays");

        let unpaid = |when: &str| night.unpaid(at(when));
        assert_eq!(unpaid("2026-05-29T18:59"), None);
        assert_eq!((unpaid("2026-05-29T19:00"), unpaid("2026-05-30T09:00")), (Some(1.0), Some(0.03)));
        assert!(unpaid("2026-05-29T19:40").is_some_and(|share| (0.15..0.45).contains(&share)));
        let (waiting, failed) = night.queue(at("2026-05-29T22:50")).expect("within the night");
        assert!((waiting - 940.0).abs() < 1e-9 && (failed - 14.1).abs() < 1e-9, "{waiting}, {failed}");
        assert_eq!(night.queue(at("2026-05-30T03:00")), None);
        assert_eq!(night.told("/gateway/v1/flows", at("2026-05-30T00:40")), at("2026-05-30T00:20"));
        assert_eq!(night.told("/gateway/v1/flows", at("2026-05-30T00:45")), at("2026-05-30T00:45"));
    }
}
