//! Bars in force: what is shipped as data, and what an administrator set by a rule of the journal, which goes before it.

use crate::{
    App, messages,
    people::Actor,
    wire::{AppEvent, BarArgs, BarInput, BarRow, BarsView, ErrorCode, WindowKind, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    bars::{BarError, Bars},
    proof::{Bar, Window},
    text::percent,
    time::Ms,
};
use std::collections::BTreeMap;

/// Rules of bars begin with this; the rest is `default` or the id of an API.
const RULE: &str = "bar.";
const DEFAULT: &str = "default";
const RULES_ENTITY: &str = "rules";

/// A bar somebody set.
#[derive(Debug, Clone, PartialEq)]
struct Set {
    bar: Bar,
    since: Ms,
    actor: String,
}

/// Bars in force at a moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarsInForce {
    shipped: Bars,
    set: BTreeMap<String, Set>,
}

impl BarsInForce {
    /// From the events of rules in journal order. A value that cannot be read, or `null`, returns to what is shipped.
    pub(super) fn new(shipped: Bars, events: &[Event], at: Ms) -> Self {
        let mut set = BTreeMap::new();
        for event in events {
            let Act::RuleSet { rule, value, from, .. } = &event.act else { continue };
            let Some(name) = rule.strip_prefix(RULE).filter(|_| *from <= at) else { continue };
            match serde_json::from_str::<Bar>(value).ok().filter(|bar| bar.check().is_ok()) {
                Some(bar) => {
                    let (since, actor) = (*from, event.actor.clone());
                    set.insert(name.to_owned(), Set { bar, since, actor });
                }
                None => {
                    set.remove(name);
                }
            }
        }
        Self { shipped, set }
    }

    /// The bar of an API: its own, that of its group, the general one.
    pub(crate) fn of(&self, api: &str) -> Bar {
        if let Some(own) = self.set.get(api) {
            return own.bar;
        }
        match self.shipped.group_of(api) {
            Some(group) => group.bar,
            None => self.general(),
        }
    }

    fn general(&self) -> Bar {
        self.set.get(DEFAULT).map_or(self.shipped.default, |set| set.bar)
    }
}

impl App {
    pub(crate) fn bars_in_force(&self, rules: &[Event]) -> BarsInForce {
        BarsInForce::new(self.0.desk.shipped.clone(), rules, self.now())
    }

    /// The general bar, the groups, and the APIs with a bar of their own.
    pub(crate) async fn bars(&self) -> Result<BarsView, WireError> {
        let bars = self.bars_in_force(&self.events_of(RULES_ENTITY).await?);
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        let roster =
            crate::people::roster_at(&self.events_of(crate::people::ROSTER).await?, self.now().day());
        let who = |set: Option<&Set>| {
            let actor = &set?.actor;
            roster.iter().find(|a| a.person == *actor).and_then(|a| names.get(&a.roster_id).cloned())
        };
        let row = |api: Option<&str>, title: String, apis: String, bar: Bar| {
            let set = bars.set.get(api.unwrap_or(DEFAULT));
            BarRow {
                api: api.map(ToOwned::to_owned),
                title,
                apis,
                text: bar_text(&bar),
                bar: input(&bar),
                since: set.map(|s| s.since.0),
                who: who(set),
                editable: true,
            }
        };
        let mut rows =
            vec![row(None, "Mức chung".into(), "mọi API không nêu dưới đây".into(), bars.general())];
        for group in &bars.shipped.groups {
            let of_group = row(Some(&group.name), group.name.clone(), group.apis.join(", "), group.bar);
            rows.push(BarRow { api: None, editable: false, ..of_group });
        }
        for (api, set) in bars.set.iter().filter(|(name, _)| *name != DEFAULT) {
            let title = self.0.checklist.api_name(api).unwrap_or(api).to_owned();
            rows.push(row(Some(api), title, api.clone(), set.bar));
        }
        let apis = self.0.checklist.apis();
        let apis = apis
            .map(|(api, task)| crate::wire::ApiChoice {
                api: api.to_owned(),
                title: format!("{api} · TT {} {}", task.no, task.title),
                bar: input(&bars.of(api)),
            })
            .collect();
        Ok(BarsView { rows, apis })
    }

    /// Sets a bar from now on, or returns to what is shipped.
    pub(crate) async fn bar_set(&self, actor: &Actor, args: BarArgs) -> Result<BarsView, WireError> {
        let name = match args.api.as_deref() {
            None => DEFAULT,
            Some(api) if self.0.checklist.api_name(api).is_some() => api,
            Some(api) => {
                return Err(WireError::new(ErrorCode::NotFound, format!("Danh mục không có API “{api}”.")));
            }
        };
        let value = match args.bar {
            None => "null".to_owned(),
            Some(typed) => {
                let bar = output(&typed);
                bar.check().map_err(problem)?;
                serde_json::to_string(&bar).map_err(|e| messages::builtin(&e))?
            }
        };
        let act = Act::RuleSet { rule: format!("{RULE}{name}"), value, from: self.now(), reason: None };
        self.say(actor, RULES_ENTITY, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.conclude(None).await?;
        self.bars().await
    }
}

/// `250 lượt gọi gần nhất, ít nhất 20 lượt; thành công từ 98%; p95 không quá 2.000 ms`.
pub(super) fn bar_text(bar: &Bar) -> String {
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

fn input(bar: &Bar) -> BarInput {
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

fn output(typed: &BarInput) -> Bar {
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

fn problem(error: BarError) -> WireError {
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
}
