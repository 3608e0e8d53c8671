//! Bars in force: what is shipped as data, and what an administrator set by a rule of the journal, which goes before it.

use crate::{
    messages, rules,
    wire::{BarInput, WindowKind, WireError},
};
use pvhcc_domain::{
    act::Event,
    bars::{BarError, Bars},
    checklist::Checklist,
    observation::Flow,
    proof::{Bar, Window},
    text::percent,
    time::Ms,
};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Rules of bars begin with this; the rest is a [`Scope`].
pub(super) const RULE: &str = "bar.";

/// Which APIs a bar is set for. The narrower one goes first: an API, its flow, its group, all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// Every API without a narrower bar.
    All,
    /// A group of what is shipped, by its name.
    Group(String),
    /// The APIs of a flow.
    Flow(Flow),
    /// One API.
    Api(String),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("default"),
            Self::Group(name) => write!(f, "group:{name}"),
            Self::Flow(flow) => write!(f, "flow:{}", flow_name(*flow)),
            Self::Api(api) => f.write_str(api),
        }
    }
}

impl Scope {
    /// Reads what [`fmt::Display`] writes; any other word is an API.
    pub(super) fn parse(text: &str) -> Self {
        let flow = |name: &str| Flow::ALL.into_iter().find(|flow| flow_name(*flow) == name);
        match text.split_once(':') {
            Some(("group", name)) => Self::Group(name.to_owned()),
            Some(("flow", name)) => flow(name).map_or_else(|| Self::Api(text.to_owned()), Self::Flow),
            _ if text == "default" => Self::All,
            _ => Self::Api(text.to_owned()),
        }
    }
}

/// Its name in rules and on the command line.
fn flow_name(flow: Flow) -> &'static str {
    match flow {
        Flow::Sso => "sso",
        Flow::DossierSync => "dossier_sync",
        Flow::StatusReturn => "status_return",
        Flow::Petition => "petition",
        Flow::Catalogue => "catalogue",
    }
}

/// What is shipped, and which flow an API is of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shipped {
    pub(super) bars: Bars,
    pub(super) flows: BTreeMap<String, Flow>,
}

impl Shipped {
    pub(super) fn new(bars: Bars, checklist: &Checklist) -> Self {
        let of_flow = |row: &pvhcc_domain::checklist::Row| Some((row.api.clone()?, row.flow?));
        Self { bars, flows: checklist.rows().iter().filter_map(of_flow).collect() }
    }

    /// Ids of the APIs of a flow.
    pub(super) fn apis_of(&self, flow: Flow) -> impl Iterator<Item = &str> {
        self.flows.iter().filter(move |(_, of)| **of == flow).map(|(api, _)| api.as_str())
    }
}

pub(super) type Set = rules::Set<Bar>;

/// What was set by rules, by what it is set for.
pub(super) fn all_set(events: &[Event]) -> BTreeMap<Scope, Vec<Set>> {
    let read = |value: &str| serde_json::from_str::<Bar>(value).ok().filter(|bar| bar.check().is_ok());
    rules::all_set(events, RULE, Scope::parse, read)
}

/// Bars in force at a moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarsInForce {
    shipped: Arc<Shipped>,
    set: BTreeMap<Scope, Bar>,
}

impl BarsInForce {
    /// From the events of rules in journal order. A value that cannot be read, or `null`, returns to what is shipped.
    pub(super) fn new(shipped: Arc<Shipped>, events: &[Event], at: Ms) -> Self {
        let in_force = |sets: Vec<Set>| sets.into_iter().rfind(|set| set.from <= at)?.value;
        let set = all_set(events).into_iter().filter_map(|(scope, sets)| Some((scope, in_force(sets)?)));
        Self { shipped, set: set.collect() }
    }

    /// The bar of an API: its own, that of its flow, that of its group, the general one.
    pub(crate) fn of(&self, api: &str) -> Bar {
        let flow = || self.shipped.flows.get(api).and_then(|flow| self.set.get(&Scope::Flow(*flow))).copied();
        let group =
            || self.shipped.bars.group_of(api).map(|group| self.of_scope(&Scope::Group(group.name.clone())));
        let own = self.set.get(&Scope::Api(api.to_owned())).copied();
        own.or_else(flow).or_else(group).unwrap_or_else(|| self.of_scope(&Scope::All))
    }

    /// What is in force for all that a scope covers, but for narrower bars.
    pub(super) fn of_scope(&self, scope: &Scope) -> Bar {
        let shipped = &self.shipped.bars;
        self.set.get(scope).copied().unwrap_or_else(|| match scope {
            Scope::Api(api) => self.of(api),
            Scope::Group(name) => shipped
                .groups
                .iter()
                .find(|group| group.name == *name)
                .map_or(shipped.default, |group| group.bar),
            Scope::Flow(_) => self.of_scope(&Scope::All),
            Scope::All => shipped.default,
        })
    }
}

/// `250 lượt gọi gần nhất, ít nhất 20 lượt; thành công từ 98%; p95 không quá 2.000 ms`.
pub(crate) fn bar_text(bar: &Bar) -> String {
    let window = match bar.window {
        Window::Calls(calls) => format!("{} lượt gọi gần nhất", number(calls)),
        Window::Days(days) => format!("{days} ngày gần nhất"),
    };
    format!(
        "{window}, ít nhất {} lượt; thành công từ {}; p95 không quá {} ms",
        number(bar.min_calls),
        percent(bar.success, 2),
        number(bar.p95_ms.into())
    )
}

pub(super) fn number(n: u64) -> String {
    pvhcc_domain::text::number(i64::try_from(n).unwrap_or(i64::MAX))
}

pub(super) fn input(bar: &Bar) -> BarInput {
    let (window, size) = match bar.window {
        Window::Days(days) => (WindowKind::Days, u64::from(days)),
        Window::Calls(calls) => (WindowKind::Calls, calls),
    };
    BarInput {
        window,
        size,
        min_calls: bar.min_calls,
        success_percent: round(bar.success * 100.0),
        p95_ms: bar.p95_ms,
    }
}

pub(super) fn output(typed: &BarInput) -> Bar {
    let window = match typed.window {
        WindowKind::Days => Window::Days(u32::try_from(typed.size).unwrap_or(u32::MAX)),
        WindowKind::Calls => Window::Calls(typed.size),
    };
    let success = typed.success_percent / 100.0;
    Bar { window, min_calls: typed.min_calls, success, p95_ms: typed.p95_ms }
}

/// Two decimals, as typed.
fn round(percent: f64) -> f64 {
    (percent * 100.0).round() / 100.0
}

pub(super) fn problem(error: BarError) -> WireError {
    match error {
        BarError::Window => {
            messages::invalid("size", "Cửa sổ đo cần từ 1 đến 90 ngày, hoặc từ 1 đến 100.000 lượt gọi.")
        }
        BarError::MinCalls => messages::invalid(
            "minCalls",
            "Số lượt tối thiểu cần ít nhất 1 và không quá số lượt của cửa sổ đo.",
        ),
        BarError::Success => {
            messages::invalid("successPercent", "Tỷ lệ thành công cần trên 0% và không quá 100%.")
        }
        BarError::P95 => messages::invalid("p95Ms", "Thời gian p95 cần từ 1 đến 15.000 mi-li-giây."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::act::Act;

    #[test]
    fn what_is_typed_is_the_bar_and_back() {
        for bar in [
            Bar { window: Window::Calls(250), min_calls: 20, success: 0.98, p95_ms: 2000 },
            Bar { window: Window::Days(30), min_calls: 8, success: 0.9555, p95_ms: 400 },
        ] {
            let back = output(&input(&bar));
            assert_eq!((back.window, back.min_calls, back.p95_ms), (bar.window, bar.min_calls, bar.p95_ms));
            assert!((back.success - bar.success).abs() < 1e-9);
        }
        let bar = Bar { window: Window::Calls(1250), min_calls: 20, success: 0.985, p95_ms: 2000 };
        assert_eq!(
            bar_text(&bar),
            "1.250 lượt gọi gần nhất, ít nhất 20 lượt; thành công từ 98,5%; p95 không quá 2.000 ms"
        );
    }

    #[test]
    fn the_narrower_bar_goes_first_and_the_later_validity_takes_over_whenever_it_was_said() {
        let checklist = Checklist::builtin().expect("checklist");
        let bars = Bars::builtin(&|api| checklist.api_name(api).is_some()).expect("shipped bars");
        let shipped = Arc::new(Shipped::new(bars, &checklist));
        let bar = |calls| Bar { window: Window::Calls(calls), min_calls: 1, success: 0.9, p95_ms: 1000 };
        let event = |scope: &str, bar: Option<Bar>, from: i64| Event {
            id: String::new(),
            position: 0,
            device: String::new(),
            device_seq: 0,
            said_at: Ms(0),
            clock_suspect: false,
            actor: "a".into(),
            role: pvhcc_domain::roles::Role::Admin,
            auth: pvhcc_domain::roles::Auth::Online,
            entity: "rules".into(),
            based_on: None,
            act: Act::RuleSet {
                rule: format!("{RULE}{scope}"),
                value: serde_json::to_string(&bar).expect("JSON"),
                from: Ms(from),
                reason: None,
            },
        };
        let at = |events: &[Event], at: i64, api: &str| {
            BarsInForce::new(Arc::clone(&shipped), events, Ms(at)).of(api)
        };
        let rare = &shipped.bars.groups[0];
        let scopes = [
            "default".to_owned(),
            format!("group:{}", rare.name),
            "flow:dossier_sync".into(),
            "dvcqg.08".into(),
        ];
        let mut events = Vec::new();
        assert_eq!(at(&events, 9, "dvcqg.08"), rare.bar);
        for (n, scope) in scopes.iter().enumerate() {
            assert_eq!(Scope::parse(scope).to_string(), *scope);
            let n = n as u64 + 1;
            events.push(event(scope, Some(bar(n)), 1));
            let seen = if n == 1 { rare.bar } else { bar(n) };
            assert_eq!(at(&events, 9, "dvcqg.08"), seen, "{scope}");
        }
        assert_eq!(at(&events, 9, "dvcqg.01"), bar(3), "its flow's");
        assert_eq!(at(&events, 9, "province.01"), bar(1), "of another flow");
        assert_eq!(at(&events, 0, "province.01"), shipped.bars.default, "not in force yet");
        // Said first for later, then something for now: each from its own moment.
        let events = [
            event("default", Some(bar(8)), 50),
            event("default", Some(bar(7)), 10),
            event("default", None, 90),
        ];
        let seen: Vec<Bar> = [20, 60, 95].map(|t| at(&events, t, "province.01")).to_vec();
        assert_eq!(seen, [bar(7), bar(8), shipped.bars.default]);
    }
}
