//! Bars shown and set, each from a day on and for a reason.

use super::bars::{BarsInForce, RULE, Scope, Set, all_set, bar_text, input, output, problem};
use crate::{
    App,
    checklist::{day, note},
    messages,
    people::Actor,
    wire::{AppEvent, BarArgs, BarChoice, BarComing, BarRow, BarsView, ErrorCode, WireError},
    words,
};
use pvhcc_domain::{
    act::{Act, Event},
    observation::Flow,
    time::Ms,
};
use std::sync::Arc;

const RULES_ENTITY: &str = "rules";
/// Farthest ahead a bar can be set, days.
const FARTHEST_AHEAD: i64 = 366;

impl App {
    pub(crate) fn bars_in_force(&self, rules: &[Event]) -> BarsInForce {
        self.bars_at(rules, self.now())
    }

    /// Bars in force at a moment.
    pub(crate) fn bars_at(&self, rules: &[Event], at: Ms) -> BarsInForce {
        BarsInForce::new(Arc::clone(&self.0.desk.shipped), rules, at)
    }

    /// The general bar, the groups, and flows and APIs with a bar of their own.
    pub(crate) async fn bars(&self) -> Result<BarsView, WireError> {
        let (rules, now) = (self.events_of(RULES_ENTITY).await?, self.now());
        let bars = self.bars_in_force(&rules);
        let mut sets = all_set(&rules);
        let who = self.who().await?;
        let name = |actor: &str| who.name(actor).map(ToOwned::to_owned);
        let shipped = &self.0.desk.shipped;
        let groups = shipped.bars.groups.iter().map(|group| Scope::Group(group.name.clone()));
        let mut scopes: Vec<Scope> = std::iter::once(Scope::All).chain(groups).collect();
        for (scope, of) in &sets {
            let given_up =
                of.iter().all(|set| set.from <= now) && of.last().is_none_or(|set| set.value.is_none());
            if !scopes.contains(scope) && !given_up {
                scopes.push(scope.clone());
            }
        }
        let rows = scopes.into_iter().map(|scope| {
            let of = sets.remove(&scope).unwrap_or_default();
            let set = of.iter().rfind(|set| set.from <= now).filter(|set| set.value.is_some());
            let (title, apis) = self.about(&scope);
            let bar = bars.of_scope(&scope);
            let coming = |set: &Set| BarComing {
                from: set.from.0,
                text: set.value.map_or_else(|| "trở về mức sẵn có".to_owned(), |bar| bar_text(&bar)),
                reason: set.reason.clone(),
                who: name(&set.actor),
            };
            BarRow {
                target: scope.to_string(),
                title,
                apis,
                text: match scope {
                    // Its APIs may have bars of different groups.
                    Scope::Flow(_) if set.is_none() => "theo mức của nhóm hoặc mức chung".to_owned(),
                    _ => bar_text(&bar),
                },
                bar: input(&bar),
                since: set.map(|set| set.from.0),
                reason: set.and_then(|set| set.reason.clone()),
                who: set.and_then(|set| name(&set.actor)),
                coming: of.iter().filter(|set| set.from > now).map(coming).collect(),
            }
        });
        let rows = rows.collect();
        let flows = Flow::ALL.into_iter().filter(|flow| shipped.apis_of(*flow).next().is_some());
        let apis = self.0.checklist.apis().map(|(api, _)| Scope::Api(api.to_owned()));
        let choices = flows.map(Scope::Flow).chain(apis).map(|scope| {
            let (title, of) = self.about(&scope);
            let title = if of.is_empty() { title } else { format!("{title} ({of})") };
            BarChoice { target: scope.to_string(), title, bar: input(&bars.of_scope(&scope)) }
        });
        Ok(BarsView { rows, choices: choices.collect() })
    }

    /// Sets a bar from a day on, or returns to what is shipped.
    pub(crate) async fn bar_set(&self, actor: &Actor, args: BarArgs) -> Result<BarsView, WireError> {
        let scope = self.scope(&args.target)?;
        let value = match &args.bar {
            None => "null".to_owned(),
            Some(typed) => {
                let bar = output(typed);
                bar.check().map_err(problem)?;
                serde_json::to_string(&bar).map_err(|e| messages::builtin(&e))?
            }
        };
        let from = self.valid_from(args.from.as_deref())?;
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do, hoặc văn bản làm căn cứ."));
        };
        let act = Act::RuleSet { rule: format!("{RULE}{scope}"), value, from, reason: Some(reason) };
        self.say(actor, RULES_ENTITY, None, act).await?;
        self.emit(AppEvent::SettingsChanged);
        self.conclude(None).await?;
        self.bars().await
    }

    /// From the beginning of a day, or from now. Not from a day before: what was concluded by then stands.
    pub(crate) fn valid_from(&self, typed: Option<&str>) -> Result<Ms, WireError> {
        let now = self.now();
        let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return Ok(now) };
        let from = day(typed, "from")?;
        match (from - now.day()).num_days() {
            0 => Ok(now),
            1..=FARTHEST_AHEAD => Ok(Ms::at(from, 0, 0)),
            days => Err(messages::invalid(
                "from",
                if days < 0 {
                    "Mức mới có hiệu lực từ hôm nay trở đi: kết luận đã có không tính lại."
                } else {
                    "Mức mới có hiệu lực trong vòng một năm."
                },
            )),
        }
    }

    fn scope(&self, target: &str) -> Result<Scope, WireError> {
        let shipped = &self.0.desk.shipped;
        let scope = Scope::parse(target);
        let known = match &scope {
            Scope::All => true,
            Scope::Group(name) => shipped.bars.groups.iter().any(|group| group.name == *name),
            Scope::Flow(flow) => shipped.apis_of(*flow).next().is_some(),
            Scope::Api(api) => self.0.checklist.api_name(api).is_some(),
        };
        if known {
            return Ok(scope);
        }
        Err(WireError::new(
            ErrorCode::NotFound,
            format!("Danh mục không có API, luồng hoặc nhóm “{target}”."),
        ))
    }

    /// Title, and for which APIs.
    fn about(&self, scope: &Scope) -> (String, String) {
        let shipped = &self.0.desk.shipped;
        match scope {
            Scope::All => ("Mức chung".into(), "mọi API không nêu dưới đây".into()),
            Scope::Group(name) => {
                let group = shipped.bars.groups.iter().find(|group| group.name == *name);
                (
                    format!("Nhóm {}", name.to_lowercase()),
                    group.map(|g| g.apis.join(", ")).unwrap_or_default(),
                )
            }
            Scope::Flow(flow) => {
                (format!("Luồng {}", words::flow(*flow)), format!("{} API", shipped.apis_of(*flow).count()))
            }
            Scope::Api(api) => {
                let row = self.0.checklist.apis().find(|(id, _)| id == api).map(|(_, row)| row);
                let title = row.map(|row| format!("{api} · TT {} {}", row.no, row.title));
                (title.unwrap_or_else(|| api.clone()), String::new())
            }
        }
    }
}
