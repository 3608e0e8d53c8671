//! Bars of the APIs: what is shipped as data (`assets/bars.toml`), and since when an API is below its bar.
//!
//! What an administrator set is not known here; it goes before what is shipped.

use crate::{
    observation::{ApiMeasure, LATENCY_BOUNDS_MS},
    proof::{Bar, FARTHEST_DAYS, Window, percentile},
    tables::{Source, TableError},
    text::nfc,
    time::Ms,
};
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

const BARS: Source<'_> =
    Source { name: "assets/bars.toml", text: include_str!("../../../../assets/bars.toml") };

/// Most calls a window may count.
pub const MOST_CALLS: u64 = 100_000;

/// What is wrong with a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BarError {
    /// Days outside 1..=[`FARTHEST_DAYS`], or calls outside 1..=[`MOST_CALLS`].
    #[error("the window must be 1 to 90 days, or 1 to 100000 calls")]
    Window,
    /// No call at all, or more than the window can ever hold.
    #[error("min_calls must be at least 1 and not above the calls of the window")]
    MinCalls,
    /// Not in 0 < x ≤ 1.
    #[error("success must be above 0 and at most 1")]
    Success,
    /// Outside 1..=15000.
    #[error("p95_ms must be 1 to 15000")]
    P95,
}

impl Bar {
    /// Checks that the bar can be met and can be missed.
    ///
    /// # Errors
    /// The first rule broken.
    pub fn check(&self) -> Result<(), BarError> {
        match self.window {
            Window::Days(days) if !(1..=FARTHEST_DAYS).contains(&days) => return Err(BarError::Window),
            Window::Calls(calls) if !(1..=MOST_CALLS).contains(&calls) => return Err(BarError::Window),
            Window::Calls(calls) if self.min_calls > calls => return Err(BarError::MinCalls),
            Window::Days(_) | Window::Calls(_) => {}
        }
        if self.min_calls == 0 || self.min_calls > MOST_CALLS {
            return Err(BarError::MinCalls);
        }
        if !(self.success > 0.0 && self.success <= 1.0) {
            return Err(BarError::Success);
        }
        let longest = LATENCY_BOUNDS_MS[LATENCY_BOUNDS_MS.len() - 1];
        if !(1..=longest).contains(&self.p95_ms) { Err(BarError::P95) } else { Ok(()) }
    }
}

/// APIs that share a bar of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct BarGroup {
    /// In Vietnamese.
    pub name: String,
    /// Their ids.
    pub apis: Vec<String>,
    /// Their bar.
    pub bar: Bar,
}

/// The bars shipped with the product.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// For every API that is in no group.
    pub default: Bar,
    /// Groups, in the file's order.
    pub groups: Vec<BarGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    default: Spanned<Bar>,
    #[serde(default)]
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    apis: Vec<Spanned<String>>,
    bar: Spanned<Bar>,
}

impl Bars {
    /// The bars shipped with the product; `known` says which ids are APIs of the checklist.
    ///
    /// # Errors
    /// When the shipped file is wrong, with its line.
    pub fn builtin(known: &dyn Fn(&str) -> bool) -> Result<Self, TableError> {
        Self::parse(BARS, known)
    }

    /// Reads bars from TOML.
    ///
    /// # Errors
    /// The parser's error with its line; a bar that breaks a rule of [`Bar::check`], an id that is no API of the
    /// checklist or that stands twice, each with its line.
    pub fn parse(file: Source<'_>, known: &dyn Fn(&str) -> bool) -> Result<Self, TableError> {
        let wrong = |span: Range<usize>, column: &str, reason: String| TableError::Value {
            file: file.name.to_owned(),
            line: file.text[..span.start.min(file.text.len())].matches('\n').count() as u64 + 1,
            column: column.to_owned(),
            reason,
        };
        let parsed: File = toml::from_str(file.text)
            .map_err(|e| TableError::Syntax { file: file.name.to_owned(), reason: e.to_string() })?;
        let checked = |bar: &Spanned<Bar>, place: &str| {
            bar.get_ref()
                .check()
                .map(|()| *bar.get_ref())
                .map_err(|e| wrong(bar.span(), place, e.to_string()))
        };
        let default = checked(&parsed.default, "default")?;
        let mut groups: Vec<BarGroup> = Vec::new();
        for group in &parsed.group {
            let mut apis: Vec<String> = Vec::new();
            for api in &group.apis {
                let id = api.get_ref();
                let twice = groups.iter().flat_map(|g| &g.apis).chain(&apis).any(|earlier| earlier == id);
                if !known(id) || twice {
                    let why = if twice { "occurs twice" } else { "is no API of the checklist" };
                    return Err(wrong(api.span(), "apis", format!("`{id}` {why}")));
                }
                apis.push(id.clone());
            }
            groups.push(BarGroup { name: nfc(&group.name), apis, bar: checked(&group.bar, "bar")? });
        }
        Ok(Self { default, groups })
    }

    /// The shipped bar of an API.
    #[must_use]
    pub fn of(&self, api: &str) -> Bar {
        self.group_of(api).map_or(self.default, |group| group.bar)
    }

    /// The group of an API.
    #[must_use]
    pub fn group_of(&self, api: &str) -> Option<&BarGroup> {
        self.groups.iter().find(|group| group.apis.iter().any(|a| a == api))
    }
}

/// Start of the newest unbroken run of buckets that are each below the bar; `None` when the newest bucket with calls is
/// not. `measures` are buckets of one API in any order. It says since when something is wrong, where the verdict over the
/// whole window comes later.
#[must_use]
pub fn below_since(bar: &Bar, measures: &[ApiMeasure]) -> Option<Ms> {
    let mut newest: Vec<&ApiMeasure> = measures.iter().filter(|m| m.calls() > 0).collect();
    newest.sort_by_key(|m| std::cmp::Reverse(m.from));
    newest.into_iter().take_while(|m| below(bar, m)).last().map(|m| m.from)
}

#[allow(clippy::cast_precision_loss)] // Call counts stay far below 2^52.
fn below(bar: &Bar, measure: &ApiMeasure) -> bool {
    let rate = measure.ok as f64 / measure.calls() as f64;
    rate < bar.success || percentile([measure], 0.95).is_none_or(|p| p > bar.p95_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::Checklist;

    fn parse(text: &str) -> Result<Bars, TableError> {
        Bars::parse(Source { name: "bars.toml", text }, &|api| api.starts_with("dvcqg."))
    }

    const GOOD: &str = "window = { calls = 100 }\nmin_calls = 20\nsuccess = 0.98\np95_ms = 2000\n";

    #[test]
    fn the_shipped_bars_name_only_apis_of_the_checklist_and_rare_ones_get_a_longer_window() {
        let checklist = Checklist::builtin().expect("checklist");
        let bars = Bars::builtin(&|api| checklist.api_name(api).is_some()).expect("shipped bars are right");
        assert_eq!(bars.of("dvcqg.07"), bars.default);
        assert!(matches!(bars.default.window, Window::Calls(_)));
        for group in &bars.groups {
            assert!(matches!(group.bar.window, Window::Days(days) if days >= 30), "{}", group.name);
            assert!(group.bar.min_calls < bars.default.min_calls);
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let group = |apis: &str, bar: &str| {
            format!("[default]\n{GOOD}[[group]]\nname = \"x\"\napis = [{apis}]\nbar = {{ {bar} }}\n")
        };
        let fine = "window = { days = 30 }, min_calls = 5, success = 0.9, p95_ms = 100";
        assert!(parse(&group("\"dvcqg.01\"", fine)).is_ok());
        for (text, line, word) in [
            (format!("[default]\n{}", GOOD.replace("0.98", "1.5")), 1, "success"),
            (format!("[default]\n{}", GOOD.replace("calls = 100", "calls = 0")), 1, "window"),
            (format!("[default]\n{}", GOOD.replace("= 20", "= 101")), 1, "min_calls"),
            (group("\"dvcqg.01\",\n\"other\"", fine), 9, "`other`"),
            (group("\"dvcqg.01\", \"dvcqg.01\"", fine), 8, "twice"),
            (group("\"dvcqg.01\"", &fine.replace("30", "91")), 9, "90 days"),
        ] {
            let error = parse(&text).expect_err("refused");
            assert!(matches!(&error, TableError::Value { line: l, .. } if *l == line), "{error}\n{text}");
            assert!(error.to_string().contains(word), "{error}");
        }
        let syntax =
            parse(&format!("[default]\n{}", GOOD.replace("min_calls", "mincalls"))).expect_err("key");
        assert!(syntax.to_string().contains("line 3"), "{syntax}");
    }

    #[test]
    fn since_when_it_is_below_is_the_start_of_the_last_bad_run() {
        let bucket = |minute: i64, ok: u64, bad: u64| {
            let mut latency = vec![0; LATENCY_BOUNDS_MS.len() + 1];
            latency[2] = ok + bad;
            ApiMeasure {
                api: "a".into(),
                from: Ms(minute * 60_000),
                ok,
                client_error: 0,
                server_error: bad,
                timeout: 0,
                latency,
                last_error: None,
            }
        };
        let bar = Bar { window: Window::Calls(100), min_calls: 1, success: 0.98, p95_ms: 2000 };
        let fine = [bucket(0, 10, 10), bucket(5, 100, 0)];
        assert_eq!(below_since(&bar, &fine), None, "it has recovered");
        let bad =
            [bucket(10, 90, 10), bucket(0, 10, 10), bucket(20, 9, 1), bucket(15, 0, 0), bucket(5, 100, 0)];
        assert_eq!(below_since(&bar, &bad), Some(Ms(600_000)), "a bucket without calls says nothing");
        assert_eq!(below_since(&bar, &[]), None);
    }
}
