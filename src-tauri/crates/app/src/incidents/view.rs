//! Incidents as the list shows them.

use super::{Register, lasting, owner_name, stage_words};
use crate::{
    App,
    checklist::day,
    messages,
    people::{Actor, ROSTER, roster_at},
    wire::{
        ClockView, IncidentFigures, IncidentRow, IncidentsArgs, IncidentsView, NamedView, PartyName,
        SeverityView, TouchedInput, WireError,
    },
    words,
};
use chrono::Days;
use pvhcc_domain::{
    observation::Flow,
    operation::{
        Touched,
        incident::{Clock, ClockKind, IncidentState, Severity, SeverityRule, Stage, figures},
    },
    roles::{Permission, Role},
    text::fold,
    time::Ms,
};

/// Days that the figures look back where no span is asked for.
const DAYS: u64 = 30;
/// Minutes of a working day.
const WORKING_DAY: u32 = 480;

/// A clock of it runs and its time is over.
pub(super) fn overdue(register: &Register, state: &IncidentState) -> bool {
    register.timing().next_due(state).is_some_and(|clock| clock.overdue(register.now))
}

fn clock_name(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Acknowledge => "tiếp nhận",
        ClockKind::Update => "cập nhật",
        ClockKind::Fix => "khắc phục",
    }
}

/// `quá hạn tiếp nhận 12 phút`, `còn 18 phút để cập nhật`, `tiếp nhận sau 9 phút`.
pub(super) fn clock_words(clock: &Clock, register: &Register) -> String {
    let name = clock_name(clock.kind);
    match clock.met {
        Some(met) => {
            let late = if clock.missed() { ", trễ hạn" } else { "" };
            format!("{name} sau {}{late}", lasting(met.0 - clock.from.0))
        }
        None if clock.overdue(register.now) => {
            format!("quá hạn {name} {}", lasting(register.now.0 - clock.due.0))
        }
        None => format!("còn {} để {name}", lasting(clock.due.0 - register.now.0)),
    }
}

fn clock_view(clock: &Clock, register: &Register) -> ClockView {
    ClockView {
        kind: clock.kind,
        name: clock_name(clock.kind).to_owned(),
        from: clock.from.0,
        due: clock.due.0,
        met: clock.met.map(|at| at.0),
        overdue: clock.overdue(register.now),
        missed: clock.missed(),
        text: clock_words(clock, register),
    }
}

/// Minutes of a severity's time in words: `15 phút`, `2 giờ`, `4 giờ làm việc`, `2 ngày làm việc`.
fn term(rule: &SeverityRule, minutes: u32) -> String {
    let (working, day) = if rule.around_the_clock { ("", 1_440) } else { (" làm việc", WORKING_DAY) };
    match minutes {
        m if m % day == 0 => format!("{} ngày{working}", m / day),
        m if m % 60 == 0 => format!("{} giờ{working}", m / 60),
        m => format!("{m} phút{working}"),
    }
}

pub(super) fn severity_view(rule: &SeverityRule) -> SeverityView {
    let fix = rule.fix.map_or_else(|| "theo kế hoạch".to_owned(), |fix| term(rule, fix));
    let clock = if rule.around_the_clock { "tính cả ngày đêm" } else { "tính giờ làm việc" };
    SeverityView {
        id: rule.id,
        code: rule.id.code().to_owned(),
        label: rule.label.clone(),
        meaning: rule.meaning.clone(),
        clocks: format!(
            "tiếp nhận {} · cập nhật mỗi {} · khắc phục {fix} · {clock}",
            term(rule, rule.acknowledge),
            term(rule, rule.update)
        ),
    }
}

impl App {
    pub(crate) async fn incidents(
        &self,
        actor: Option<&Actor>,
        args: IncidentsArgs,
    ) -> Result<IncidentsView, WireError> {
        let register = self.incident_register().await?;
        let given = |text: &Option<String>, field: &str| {
            text.as_deref().map(str::trim).filter(|d| !d.is_empty()).map(|d| day(d, field)).transpose()
        };
        let to = given(&args.to, "to")?.unwrap_or_else(|| register.now.day());
        let from = given(&args.from, "from")?
            .unwrap_or_else(|| to.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(to));
        if to < from {
            return Err(messages::invalid("to", "Ngày cuối của khoảng phải từ ngày đầu trở đi."));
        }
        let mut over: Vec<&IncidentState> = register.states.iter().filter(|s| !s.is_open()).collect();
        over.sort_by_key(|s| std::cmp::Reverse(s.resolved.as_ref().map(|r| r.at)));
        let open = register.open();
        let rows = open.iter().chain(&over).map(|s| self.incident_row(s, &register, actor)).collect();
        let late = open.iter().filter(|s| overdue(&register, s)).count();
        let span = Ms::at(from, 0, 0)..Ms::at(to.succ_opt().unwrap_or(to), 0, 0);
        let times = |severity| times(&register, severity, &span);
        let apis = self.0.checklist.apis().map(|(api, row)| NamedView {
            id: api.to_owned(),
            name: format!("{} {}", row.no, self.0.checklist.api_name(api).unwrap_or(api)),
        });
        Ok(IncidentsView {
            now: register.now.0,
            headline: headline(&register, &open, late),
            rows,
            open: count(open.len()),
            overdue: count(late),
            from: from.to_string(),
            to: to.to_string(),
            figures: std::iter::once(None).chain(Severity::ALL.map(Some)).map(times).collect(),
            severities: register.severities().all().iter().map(severity_view).collect(),
            flows: Flow::ALL.map(|flow| named(&flow_id(flow), words::flow(flow))).into(),
            apis: apis.collect(),
            units: self.0.units.organisations().iter().map(|u| self.unit_view(&u.id)).collect(),
            parties: (self.party_states().await?.into_iter())
                .map(|p| PartyName { id: p.party.id, short: p.party.short, name: p.party.name })
                .collect(),
            alerts: self.recent_alerts(register.now).await?,
            people: self.on_duty(&register).await?,
            can_report: actor.is_some_and(|a| a.may(Permission::Report)),
        })
    }

    /// Who may own an incident: everybody with the role of duty, by name.
    async fn on_duty(&self, register: &Register) -> Result<Vec<NamedView>, WireError> {
        let roster = roster_at(&self.events_of(ROSTER).await?, register.now.day());
        let duty = roster.iter().filter(|a| a.active && a.role == Role::Duty);
        let mut people: Vec<NamedView> =
            duty.map(|a| named(&a.person, &owner_name(&register.who, &a.person))).collect();
        people.sort_by_key(|p| pvhcc_domain::text::collate_key(&p.name));
        Ok(people)
    }

    pub(super) fn incident_row(
        &self,
        state: &IncidentState,
        register: &Register,
        actor: Option<&Actor>,
    ) -> IncidentRow {
        let clocks = register.timing().clocks(state);
        let next = register.timing().next_due(state);
        let owner = state.owner.as_deref().map(|owner| owner_name(&register.who, owner));
        let resolved = state.resolved.as_ref().map(|r| r.at);
        let touches = self.touches(&state.touched);
        let workaround = state.mitigated.as_ref().map(|m| m.workaround.clone());
        let mut search = vec![state.title.as_str(), state.severity.code()];
        search.extend(state.text.as_deref().into_iter().chain(owner.as_deref()));
        search.extend(workaround.as_deref().into_iter().chain(state.cause.as_deref()));
        search.extend(touches.iter().map(|t| t.name.as_str()));
        IncidentRow {
            id: state.id.clone(),
            title: state.title.clone(),
            severity: state.severity,
            severity_text: register.severity(state),
            stage: state.stage(),
            stage_text: stage_words(state.stage()).to_owned(),
            detected: state.detected.0,
            resolved: resolved.map(|at| at.0),
            reported_by: register.who.person(&state.opened.by, state.opened.role),
            mine: actor.is_some_and(|a| state.owner.as_ref() == Some(&a.person)),
            alerts: count(state.alerts.len()),
            clocks: clocks.iter().map(|clock| clock_view(clock, register)).collect(),
            next: next.map(|clock| clock_view(&clock, register)),
            lasts: lasting(resolved.unwrap_or(register.now).0 - state.detected.0),
            cause: state.cause.clone(),
            follow_ups: count(state.follow_ups.len()),
            search: fold(&search.join(" ")),
            last_event: state.last.event.clone(),
            touched: TouchedInput::from(state.touched.clone()),
            owner,
            touches,
            workaround,
        }
    }

    /// What it touches in words: flows, APIs, tasks, units.
    pub(super) fn touches(&self, touched: &Touched) -> Vec<NamedView> {
        let flows =
            touched.flows.iter().map(|flow| named(&format!("flow:{}", flow_id(*flow)), words::flow(*flow)));
        let api = |api: &String| {
            let no = self.0.checklist.apis().find(|(id, _)| id == api).map_or("", |(_, row)| row.no.as_str());
            named(
                &format!("api:{api}"),
                &format!("{} (TT {no})", self.0.checklist.api_name(api).unwrap_or(api)),
            )
        };
        let task = |no: &String| {
            let title = self.row(no).map(|row| row.title).unwrap_or_default();
            named(&format!("task:{no}"), &format!("TT {no} {title}"))
        };
        let unit = |id: &String| named(&format!("unit:{id}"), &self.unit_view(id).short);
        flows
            .chain(touched.apis.iter().map(api))
            .chain(touched.tasks.iter().map(task))
            .chain(touched.units.iter().map(unit))
            .collect()
    }
}

fn named(id: &str, name: &str) -> NamedView {
    NamedView { id: id.to_owned(), name: name.to_owned() }
}

/// As serde writes it.
fn flow_id(flow: Flow) -> String {
    pvhcc_domain::operation::signal::flow_node(flow).trim_start_matches("flow:").to_owned()
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn headline(register: &Register, open: &[&IncidentState], late: usize) -> String {
    let unowned = open.iter().filter(|s| s.stage() == Stage::Detected).count();
    let Some(worst) = open.iter().map(|s| s.severity).min() else {
        return match register.states.len() {
            0 => "Chưa ghi sự cố nào.".to_owned(),
            n => format!("Không còn sự cố đang mở; {n} sự cố đã khắc phục."),
        };
    };
    let worst_of = open.iter().filter(|s| s.severity == worst).count();
    let mut parts = vec![format!("{} sự cố đang mở, {worst_of} ở mức {}", open.len(), worst.code())];
    parts.extend((unowned > 0).then(|| format!("{unowned} chưa ai tiếp nhận")));
    parts.push(if late > 0 {
        format!("{late} quá hạn")
    } else {
        "không có đồng hồ nào quá hạn".into()
    });
    format!("{}.", parts.join(", "))
}

fn times(register: &Register, severity: Option<Severity>, span: &std::ops::Range<Ms>) -> IncidentFigures {
    let found = figures(&register.states, severity, span.clone());
    let all = [
        found.acknowledge.map(|s| s.mean),
        found.acknowledge.map(|s| s.median),
        found.resolve.map(|s| s.mean),
        found.resolve.map(|s| s.median),
    ];
    let name = severity.map_or_else(
        || "Tất cả".to_owned(),
        |s| format!("{} {}", s.code(), register.severities().of(s).label),
    );
    IncidentFigures {
        severity,
        name,
        over: count(found.over),
        open: count(found.open),
        acknowledge_mean: all[0],
        acknowledge_median: all[1],
        resolve_mean: all[2],
        resolve_median: all[3],
        texts: all.map(|ms| ms.map_or_else(|| "–".to_owned(), lasting)).into(),
    }
}
