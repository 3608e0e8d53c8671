//! Dossiers under way at the switch, by system: counted on both sides, with a balance that must close.

use super::{PART, count};
use crate::{
    App,
    checklist::{Who, note},
    messages,
    people::Actor,
    wire::{
        AppEvent, BalanceKind, CountView, DoneView, ErrorCode, InFlightCountArgs, InFlightExplainArgs,
        InFlightRow, InFlightTotals, InFlightView, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    dossier::systems::Systems,
    operation::register::{
        Balance, By, Count, IN_FLIGHT, InFlight, InFlightAct, may_count, project_in_flight,
    },
    text::{instant, number},
    time::Ms,
};
use std::collections::BTreeMap;

/// What must be equal.
const RULE: &str = "Ở lại + chuyển đi (trước) = còn ở lại + đã chuyển + đã giải quyết xong + mất hoặc lỗi (sau). Hồ sơ tiếp nhận sau lúc chuyển đổi không tính.";
/// Most dossiers of a count: far above what any system has.
const MOST: i64 = 100_000_000;

impl App {
    pub(super) async fn in_flight_known(&self) -> Result<(Systems, BTreeMap<String, InFlight>), WireError> {
        let systems = Systems::builtin().map_err(|e| messages::builtin(&e))?;
        Ok((systems, project_in_flight(&self.events_under(IN_FLIGHT).await?)))
    }

    pub(crate) async fn in_flight(&self, actor: Option<&Actor>) -> Result<InFlightView, WireError> {
        let (systems, mut known) = self.in_flight_known().await?;
        let who = self.who().await?;
        let rows: Vec<InFlightRow> = countable(&systems)
            .map(|(code, name)| {
                let state = known.remove(code).unwrap_or_default();
                row(code, name, systems.ask(code).unwrap_or_default(), &state, &who)
            })
            .collect();
        let totals = totals(&rows);
        Ok(InFlightView {
            now: self.now().0,
            headline: headline(&rows, &totals),
            rule: RULE.to_owned(),
            open: count(rows.iter().filter(|r| r.state == BalanceKind::Open).count()),
            rows,
            totals,
            can_count: actor.is_some_and(|a| may_count(a.role, &a.unit, &self.0.units.coordinating())),
        })
    }

    pub(crate) async fn in_flight_count(
        &self,
        actor: &Actor,
        args: InFlightCountArgs,
    ) -> Result<DoneView, WireError> {
        let (systems, state) = self.to_count(actor, &args.system, args.seen).await?;
        let at = args.at.map_or_else(|| self.now(), Ms);
        if at > self.now() {
            return Err(messages::invalid("at", "Thời điểm đếm không thể sau hiện tại."));
        }
        let amount = |field: &str, n: i64| {
            u64::try_from(n)
                .ok()
                .filter(|_| n <= MOST)
                .ok_or_else(|| messages::invalid(field, &format!("Số hồ sơ phải từ 0 đến {}.", number(MOST))))
        };
        let (old, new) = (amount("old", args.old)?, amount("new", args.new)?);
        let (done, lost) = (amount("done", args.done)?, amount("lost", args.lost)?);
        let Some(source) = note(Some(&args.source)).map_err(|e| e.with("field", "source"))? else {
            return Err(messages::invalid(
                "source",
                "Hãy ghi số này lấy từ đâu: báo cáo, màn hình, tệp nào.",
            ));
        };
        super::entry::nothing_personal("source", &source)?;
        let act = if args.after {
            if state.before.as_ref().is_some_and(|b| at < b.as_of) {
                return Err(messages::invalid(
                    "at",
                    "Số đếm sau chuyển đổi không thể trước số đếm trước chuyển đổi.",
                ));
            }
            InFlightAct::CountedAfter { at, staying: old, moved: new, done, lost, source }
        } else {
            if done > 0 || lost > 0 {
                return Err(messages::invalid(
                    "done",
                    "Trước chuyển đổi chỉ đếm hồ sơ ở lại và hồ sơ chuyển đi.",
                ));
            }
            if state.after.as_ref().is_some_and(|a| at > a.as_of) {
                return Err(messages::invalid(
                    "at",
                    "Số đếm trước chuyển đổi không thể sau số đếm sau chuyển đổi.",
                ));
            }
            InFlightAct::CountedBefore { at, stay: old, moving: new, source }
        };
        let side = if args.after { "sau" } else { "trước" };
        let event = self.say(actor, &format!("{IN_FLIGHT}{}", args.system), None, Act::InFlight(act)).await?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        let (_, known) = self.in_flight_known().await?;
        let now = known.get(&args.system).cloned().unwrap_or_default();
        let message =
            format!("Đã ghi số đếm {side} chuyển đổi của {}: {}.", systems.name(&args.system), told(&now));
        Ok(DoneView { event_id: event.id, message })
    }

    pub(crate) async fn in_flight_explain(
        &self,
        actor: &Actor,
        args: InFlightExplainArgs,
    ) -> Result<DoneView, WireError> {
        let (systems, state) = self.to_count(actor, &args.system, args.seen).await?;
        if !matches!(state.balance(), Balance::Open | Balance::Explained) {
            return Err(messages::invalid(
                "text",
                "Số của hệ thống này không lệch nên không cần giải trình.",
            ));
        }
        let Some(text) = note(Some(&args.text)).map_err(|e| e.with("field", "text"))? else {
            return Err(messages::invalid("text", "Hãy ghi vì sao lệch và xử lý thế nào."));
        };
        super::entry::nothing_personal("text", &text)?;
        let act = Act::InFlight(InFlightAct::Explained { text });
        let event = self.say(actor, &format!("{IN_FLIGHT}{}", args.system), None, act).await?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        let message = format!("Đã ghi giải trình của {}.", systems.name(&args.system));
        Ok(DoneView { event_id: event.id, message })
    }

    /// A system that the person may count and has seen as it stands.
    async fn to_count(
        &self,
        actor: &Actor,
        system: &str,
        seen: i64,
    ) -> Result<(Systems, InFlight), WireError> {
        let (systems, mut known) = self.in_flight_known().await?;
        if !countable(&systems).any(|(code, _)| code == system) {
            return Err(messages::invalid("system", "Hãy chọn hệ thống trong danh sách."));
        }
        if !may_count(actor.role, &actor.unit, &self.0.units.coordinating()) {
            return Err(WireError::new(
                ErrorCode::Forbidden,
                "Chỉ đơn vị điều phối ghi số hồ sơ đang giải quyết của các hệ thống. Hãy gửi số cho họ.",
            ));
        }
        let state = known.remove(system).unwrap_or_default();
        if let Some(by) = state.last_by.as_ref().filter(|_| state.position > seen) {
            return Err(self.overtaken(systems.name(system), by, &told(&state)).await?);
        }
        Ok((systems, state))
    }
}

/// Systems that are counted: those that are not made of others.
fn countable(systems: &Systems) -> impl Iterator<Item = (&str, &str)> {
    let part_of = |code: &str| {
        systems.all().iter().any(|s| s.code.strip_prefix(code).is_some_and(|rest| rest.starts_with('.')))
    };
    systems.all().iter().filter(move |s| !part_of(&s.code)).map(|s| (s.code.as_str(), s.name.as_str()))
}

fn row(code: &str, name: &str, ask: &str, state: &InFlight, who: &Who) -> InFlightRow {
    let said = |by: &By| format!("{} · {}", who.person(&by.actor, by.role), instant(by.at));
    let view = |c: &Count| CountView {
        at: c.as_of.0,
        old: c.old,
        new: c.new,
        done: c.done,
        lost: c.lost,
        all: c.all(),
        source: c.source.clone(),
        said: said(&c.by),
    };
    InFlightRow {
        system: code.to_owned(),
        name: name.to_owned(),
        ask: ask.to_owned(),
        before: state.before.as_ref().map(view),
        after: state.after.as_ref().map(view),
        difference: state.difference(),
        difference_text: difference_text(state.difference()),
        state: match state.balance() {
            Balance::Uncounted => BalanceKind::Uncounted,
            Balance::Waiting => BalanceKind::Waiting,
            Balance::Closed => BalanceKind::Closed,
            Balance::Explained => BalanceKind::Explained,
            Balance::Open => BalanceKind::Open,
        },
        explanation: state.explained.as_ref().map(|e| e.text.clone()),
        explained: state.explained.as_ref().map_or_else(String::new, |e| said(&e.by)),
        position: state.position,
    }
}

pub(super) fn difference_text(difference: Option<i64>) -> String {
    match difference {
        None => "–".to_owned(),
        Some(0) => "khớp".to_owned(),
        Some(n) if n < 0 => format!("thiếu {}", number(-n)),
        Some(n) => format!("thừa {}", number(n)),
    }
}

/// A system in one line.
fn told(state: &InFlight) -> String {
    let all = |count: Option<&Count>| {
        count.map_or_else(|| "chưa đếm".to_owned(), |c| number(i64::try_from(c.all()).unwrap_or(i64::MAX)))
    };
    format!(
        "trước {}, sau {}, {}",
        all(state.before.as_ref()),
        all(state.after.as_ref()),
        match state.difference() {
            None => "chưa đủ hai lần đếm".to_owned(),
            some => difference_text(some),
        }
    )
}

fn totals(rows: &[InFlightRow]) -> InFlightTotals {
    let both: Vec<(&CountView, &CountView)> =
        rows.iter().filter_map(|r| Some((r.before.as_ref()?, r.after.as_ref()?))).collect();
    let sum = |of: fn(&(&CountView, &CountView)) -> u64| both.iter().map(of).fold(0, u64::saturating_add);
    let (stay, moving) = (sum(|(b, _)| b.old), sum(|(b, _)| b.new));
    let (staying, moved) = (sum(|(_, a)| a.old), sum(|(_, a)| a.new));
    let (done, lost) = (sum(|(_, a)| a.done), sum(|(_, a)| a.lost));
    let difference = rows.iter().filter_map(|r| r.difference).fold(0, i64::saturating_add);
    let n = |value: u64| number(i64::try_from(value).unwrap_or(i64::MAX));
    let sign = if difference == 0 { "=" } else { "≠" };
    InFlightTotals {
        systems: count(both.len()),
        equation: if both.is_empty() {
            String::new()
        } else {
            format!(
                "{} + {} {sign} {} + {} + {} + {}",
                n(stay),
                n(moving),
                n(staying),
                n(moved),
                n(done),
                n(lost)
            )
        },
        stay,
        moving,
        staying,
        moved,
        done,
        lost,
        difference,
    }
}

fn headline(rows: &[InFlightRow], totals: &InFlightTotals) -> String {
    let many = |state: BalanceKind| rows.iter().filter(|r| r.state == state).count();
    if many(BalanceKind::Uncounted) == rows.len() {
        return format!("Chưa hệ thống nào trong {} hệ thống được đếm.", rows.len());
    }
    let mut said = Vec::new();
    for (state, words) in [
        (BalanceKind::Open, "lệch, chưa giải trình"),
        (BalanceKind::Explained, "lệch, đã giải trình"),
        (BalanceKind::Closed, "khớp"),
        (BalanceKind::Waiting, "chờ đếm phía còn lại"),
        (BalanceKind::Uncounted, "chưa đếm"),
    ] {
        if many(state) > 0 {
            said.push(format!("{} {words}", many(state)));
        }
    }
    let whole = match totals.difference {
        _ if totals.systems == 0 => String::new(),
        difference => format!(" Cộng {} hệ thống: {}.", totals.systems, difference_text(Some(difference))),
    };
    format!("{} hệ thống: {}.{whole}", rows.len(), said.join("; "))
}
