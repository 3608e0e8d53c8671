//! What changed since the report before, in words: generated from two freezes, edited by people before signing.

use super::compose::phrases::{against, known, names, short_period};
use pvhcc_domain::{
    figures::Counts,
    report::freeze::{
        ApiLine, DossierFigures, ExchangeFigures, FlowLine, Freeze, IncidentLine, Seen, TaskFigures, TaskLine,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// The changes, one paragraph a line; what is not known in one of the two is never given as a change. Never empty.
#[must_use]
pub fn changes(today: &Freeze, before: Option<&Freeze>) -> String {
    let Some(before) = before else {
        return "Không có báo cáo trước để so sánh.".into();
    };
    let mut said = tasks(&today.tasks, &before.tasks);
    said.extend(dossiers(&today.dossiers, &before.dossiers));
    said.extend(apis(today, before));
    said.extend(flows(today, before));
    said.extend(incidents(today, before));
    said.extend(obstacles(today, before));
    said.extend(sources(today, before));
    if said.is_empty() {
        return format!("Không có thay đổi so với báo cáo {}.", short_period(before));
    }
    let head = format!("So với báo cáo {}:", short_period(before));
    std::iter::once(head).chain(said).collect::<Vec<_>>().join("\n")
}

/// The names of what is now and was not before, and of what is known before and not any more.
fn moved<'a>(now: &BTreeSet<&'a str>, before: &BTreeSet<&'a str>) -> (Vec<&'a str>, Vec<&'a str>) {
    (now.difference(before).copied().collect(), before.difference(now).copied().collect())
}

fn tasks(now: &TaskFigures, before: &TaskFigures) -> Vec<String> {
    let mut said = Vec::new();
    let figure = |name: &str, now: u32, before: u32| {
        (now != before).then(|| format!("{name} {now} ({})", against(now.into(), before.into())))
    };
    let moved_figures: Vec<String> = [
        figure("báo hoàn thành", now.claimed, before.claimed),
        figure("có minh chứng", now.proved, before.proved),
        figure("không quan sát được", now.unobserved, before.unobserved),
        figure("đang thực hiện", now.in_progress, before.in_progress),
        figure("vướng mắc", now.blocked, before.blocked),
        figure("quá hạn", now.overdue, before.overdue),
    ]
    .into_iter()
    .flatten()
    .collect();
    if now.total != before.total {
        let by = against(now.total.into(), before.total.into());
        said.push(format!("Danh mục có {} nhiệm vụ ({by}).", now.total));
    }
    if !moved_figures.is_empty() {
        said.push(format!("Nhiệm vụ: {}.", moved_figures.join("; ")));
    }
    let (rows, rows_before) = (by_no(now), by_no(before));
    // In the decision's order, as the rows of today have it.
    let which = |test: &dyn Fn(&TaskLine, &TaskLine) -> bool| -> Vec<&str> {
        let changed =
            |task: &&&TaskLine| rows_before.get(task.no.as_str()).is_some_and(|was| test(task, was));
        let in_order: Vec<&TaskLine> =
            now.rows.iter().filter(|row| rows.contains_key(row.no.as_str())).collect();
        in_order.iter().filter(changed).map(|task| task.no.as_str()).collect()
    };
    let lists: [(Vec<&str>, &str); 5] = [
        (which(&|task, was| task.proved && !was.proved), "Có thêm minh chứng: nhiệm vụ"),
        (which(&|task, was| was.proved && !task.proved && !task.unseen), "Không còn minh chứng: nhiệm vụ"),
        (which(&|task, was| was.proved && task.unseen), "Không còn quan sát được minh chứng: nhiệm vụ"),
        (which(&|task, was| was.claimed && !task.claimed), "Không còn được báo hoàn thành: nhiệm vụ"),
        (which(&|task, was| task.days_late > 0 && was.days_late == 0), "Phát sinh quá hạn: nhiệm vụ"),
    ];
    for (which, what) in lists.iter().filter(|(which, _)| !which.is_empty()) {
        said.push(format!("{what} {}.", names(which, "nhiệm vụ")));
    }
    said
}

/// The tasks by number; headings are none.
fn by_no(tasks: &TaskFigures) -> BTreeMap<&str, &TaskLine> {
    tasks.rows.iter().filter(|row| !row.heading).map(|row| (row.no.as_str(), row)).collect()
}

fn dossiers(now: &DossierFigures, before: &DossierFigures) -> Vec<String> {
    let mut said = Vec::new();
    match (now.as_of, before.as_of) {
        (None, None) => {}
        (None, Some(_)) => said.push("Hồ sơ: không còn số liệu.".into()),
        (Some(_), None) => said.push("Hồ sơ: đã có số liệu.".into()),
        (Some(_), Some(_)) if now.from != before.from || now.basis != before.basis => {
            said.push("Hồ sơ: kỳ tính hoặc nguồn số liệu khác báo cáo trước nên không so sánh.".into());
        }
        (Some(as_of), Some(was)) if as_of == was => {
            said.push("Hồ sơ: số liệu chưa được cập nhật kể từ báo cáo trước.".into());
        }
        (Some(_), Some(_)) => said.extend(counts(&now.whole, &before.whole)),
    }
    let broken = |dossiers: &DossierFigures| -> BTreeSet<String> {
        let lines = dossiers.identities.iter().filter(|line| line.difference.is_some());
        lines.map(|line| format!("{} – {}", line.place, line.rule)).collect()
    };
    let (is, was) = (broken(now), broken(before));
    let new: Vec<&str> = is.difference(&was).map(String::as_str).collect();
    if !new.is_empty() {
        said.push(format!("Phát sinh số liệu không khớp: {}.", new.join("; ")));
    }
    // What cannot be checked any more is not settled.
    let checked = now.identities.iter().all(|line| line.difference.is_some()) && now.as_of.is_some();
    let gone: Vec<&str> = was.difference(&is).map(String::as_str).collect();
    if checked && !gone.is_empty() {
        said.push(format!("Đã khớp trở lại: {}.", gone.join("; ")));
    }
    said
}

fn counts(now: &Counts, before: &Counts) -> Option<String> {
    let figure = |name: &str, now: Option<u64>, before: Option<u64>| match (now, before) {
        (Some(is), Some(was)) if is == was => None,
        (Some(is), Some(was)) => Some(format!("{name} {} ({})", known(now), against(is, was))),
        (None, Some(_)) => Some(format!("{name} không còn số liệu")),
        (Some(_), None) => Some(format!("{name} {} (báo cáo trước chưa có số liệu)", known(now))),
        (None, None) => None,
    };
    let moved: Vec<String> = [
        figure("tiếp nhận", now.received, before.received),
        figure("đã giải quyết", now.done, before.done),
        figure("giải quyết trễ hẹn", now.late, before.late),
        figure("đang giải quyết", now.pending, before.pending),
        figure("quá hạn", now.overdue, before.overdue),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!moved.is_empty()).then(|| format!("Hồ sơ: {}.", moved.join("; ")))
}

fn apis(today: &Freeze, before: &Freeze) -> Vec<String> {
    fn seen(api: &&ApiLine) -> bool {
        api.calls.is_some()
    }
    let mut said = Vec::new();
    let (now, was) = (&today.exchange, &before.exchange);
    let met = |apis: &[ApiLine]| apis.iter().filter(|api| api.met).count() as u64;
    let (is_met, was_met) = (met(&now.apis), met(&was.apis));
    let measured = |exchange: &ExchangeFigures| exchange.apis.iter().any(|api| api.calls.is_some());
    match (measured(now), measured(was)) {
        (true, true) => {}
        (false, true) => return vec!["API: không còn số liệu đo.".into()],
        (true, false) => {
            return vec![format!("API: đã có số liệu đo, {is_met}/{} API đạt ngưỡng.", now.apis.len())];
        }
        (false, false) => return Vec::new(),
    }
    if is_met != was_met {
        said.push(format!("API đạt ngưỡng: {is_met}/{} ({}).", now.apis.len(), against(is_met, was_met)));
    }
    let met_before: BTreeSet<&str> = was.apis.iter().filter(|a| a.met).map(|a| a.api.as_str()).collect();
    let fell = now.apis.iter().filter(|a| !a.met && met_before.contains(a.api.as_str()));
    let (fell, lost): (Vec<&ApiLine>, Vec<&ApiLine>) = fell.partition(seen);
    for (apis, what) in [(fell, "API không còn đạt ngưỡng"), (lost, "API không còn quan sát được")]
    {
        let which: Vec<&str> = apis.iter().map(|api| api.name.as_str()).collect();
        if !which.is_empty() {
            said.push(format!("{what}: {}.", names(&which, "API")));
        }
    }
    said
}

fn flows(today: &Freeze, before: &Freeze) -> Vec<String> {
    let name = |flow: &FlowLine| format!("{} ({})", flow.name, flow.stage);
    let is = |freeze: &Freeze, test: fn(&FlowLine) -> bool| -> BTreeSet<String> {
        freeze.exchange.flows.iter().filter(|flow| test(flow)).map(name).collect()
    };
    let turned = |now: fn(&FlowLine) -> bool, was: fn(&FlowLine) -> bool| -> Vec<String> {
        is(today, now).intersection(&is(before, was)).cloned().collect()
    };
    // What is not seen on one of the two days neither rose nor fell.
    let lists = [
        (turned(|now| now.good, |was| !was.good && !was.unseen), "Luồng đã đạt"),
        (turned(|now| !now.good && !now.unseen, |was| was.good), "Luồng không còn đạt"),
        (turned(|now| now.unseen, |was| was.good), "Luồng không còn quan sát được"),
        (turned(|now| now.good, |was| was.unseen), "Luồng quan sát lại được và đạt"),
    ];
    let mut said = Vec::new();
    for (flows, what) in lists {
        let which: Vec<&str> = flows.iter().map(String::as_str).collect();
        if !which.is_empty() {
            said.push(format!("{what}: {}.", names(&which, "luồng")));
        }
    }
    said
}

/// What began and what was settled since the report before; nothing while one of the two knew no register.
fn incidents(today: &Freeze, before: &Freeze) -> Vec<String> {
    let (Some(now), Some(was)) = (&today.incidents, &before.incidents) else { return Vec::new() };
    let find = |lines: &[IncidentLine], id: &str| lines.iter().find(|line| line.id == id).cloned();
    let over = |line: &&IncidentLine| line.ended.is_some();
    let new = now.iter().filter(|line| find(was, &line.id).is_none());
    let settled =
        now.iter().filter(over).filter(|line| find(was, &line.id).is_some_and(|w| w.ended.is_none()));
    let back = now
        .iter()
        .filter(|line| line.ended.is_none() && find(was, &line.id).is_some_and(|w| w.ended.is_some()));
    let said = |line: &IncidentLine| {
        let over = if line.ended.is_some() { " (đã khắc phục)" } else { "" };
        format!("{} {}{over}", line.severity, line.title.trim_end_matches('.'))
    };
    let plain = |line: &IncidentLine| format!("{} {}", line.severity, line.title.trim_end_matches('.'));
    let lists: [(Vec<String>, &str); 3] = [
        (new.map(said).collect(), "Sự cố mới"),
        (settled.map(plain).collect(), "Sự cố đã khắc phục"),
        (back.map(plain).collect(), "Sự cố trở lại"),
    ];
    lists
        .into_iter()
        .filter(|(which, _)| !which.is_empty())
        .map(|(which, what)| format!("{what}: {}.", which.join("; ")))
        .collect()
}

fn obstacles(today: &Freeze, before: &Freeze) -> Vec<String> {
    let texts = |freeze: &Freeze| -> BTreeMap<String, String> {
        freeze.obstacles.iter().map(|line| (line.id.clone(), line.text.clone())).collect()
    };
    let open = |freeze: &Freeze| -> BTreeSet<String> {
        freeze.obstacles.iter().filter(|line| line.open).map(|line| line.id.clone()).collect()
    };
    let (now, was) = (open(today), open(before));
    let (now, was): (BTreeSet<&str>, BTreeSet<&str>) =
        (now.iter().map(String::as_str).collect(), was.iter().map(String::as_str).collect());
    let (new, settled) = moved(&now, &was);
    let (texts_now, texts_before) = (texts(today), texts(before));
    let mut said = Vec::new();
    for (ids, texts, what) in
        [(new, &texts_now, "Vướng mắc mới"), (settled, &texts_before, "Vướng mắc không còn mở")]
    {
        let which: Vec<&str> =
            ids.iter().filter_map(|id| texts.get(*id)).map(|t| t.trim_end_matches('.')).collect();
        if !which.is_empty() {
            said.push(format!("{what}: {}.", which.join("; ")));
        }
    }
    said
}

fn sources(today: &Freeze, before: &Freeze) -> Vec<String> {
    let fresh = |freeze: &Freeze, fresh: bool| -> BTreeSet<String> {
        let sources = freeze.sources.iter().filter(|source| (source.seen == Seen::Fresh) == fresh);
        sources.map(|source| source.title.clone()).collect()
    };
    let turned =
        |to: bool| -> Vec<String> { fresh(today, to).intersection(&fresh(before, !to)).cloned().collect() };
    [(turned(true), "Nguồn đã cập nhật trở lại"), (turned(false), "Nguồn không còn cập nhật")]
        .into_iter()
        .filter(|(names, _)| !names.is_empty())
        .map(|(names, what)| format!("{what}: {}.", names.join(", ")))
        .collect()
}
