//! Tiles of the overview.

use super::{Dossiers, attention, checks::checks};
use crate::{
    App,
    checklist::Counts as TaskCounts,
    dossiers::{count, verdict},
    frame::Fresh,
    wire::{FigureId, FreshState, OverviewView, ProvedFigure, SourceView, Target, Tile, TileMark, WireError},
    words,
};
use pvhcc_domain::{figures::Counts, milestones, observation::SourceId, text::percent, time::Ms};
use std::collections::BTreeMap;

impl App {
    pub(crate) async fn overview(&self) -> Result<OverviewView, WireError> {
        let now = self.now();
        let present = self.present().await?;
        let rows = self.task_rows(&present, None);
        let counts = self.counts(&present);
        let dossiers = self.dossiers().await?;
        let portal = self.freshness_of(SourceId::PortalStatistics).await?;
        let sources = self.sources().await?.sources;

        let mut late_by_unit: BTreeMap<String, u32> = BTreeMap::new();
        for row in rows.iter().filter(|r| r.overdue) {
            for unit in &row.lead_units {
                *late_by_unit.entry(unit.short.clone()).or_default() += 1;
            }
        }
        let mut late: Vec<(String, u32)> = late_by_unit.into_iter().collect();
        late.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let late: Vec<String> = late.iter().take(3).map(|(unit, n)| format!("{unit} {n}")).collect();

        let tiles = vec![
            tasks_tile(counts),
            Tile {
                id: "overdue".into(),
                label: "Quá hạn".into(),
                value: counts.overdue.to_string(),
                unit: String::new(),
                note: if late.is_empty() { "không có".into() } else { late.join(" · ") },
                detail: "Chưa xong và đã qua hạn đang có hiệu lực. Một nhiệm vụ tính cho mỗi đơn vị chủ trì."
                    .into(),
                tone: if counts.overdue > 0 { "bad" } else { "plain" }.into(),
                share: None,
                proved: None,
                target: Some(Target { screen: "tasks".into(), task: None, filter: Some("overdue".into()) }),
            },
            received_tile(&dossiers, &portal),
            on_time_tile(&dossiers, &portal),
            findings_tile(&dossiers, &portal),
            self.incidents_tile().await?,
        ];
        let milestones = milestones::builtin().map_err(|e| crate::messages::builtin(&e))?;
        let lines = attention::lines(
            &rows,
            &sources,
            &dossiers,
            &milestones,
            &present.proofs,
            [
                self.obstacle_lines().await?,
                self.trigger_lines().await?,
                self.alert_lines().await?,
                self.incident_lines().await?,
                self.register_lines().await?,
                self.duty_lines().await?,
            ]
            .concat(),
            now,
        );
        Ok(OverviewView {
            now: now.0,
            subtitle: subtitle(&sources, now),
            tiles,
            marks: marks(&dossiers),
            attention_total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            attention: lines.into_iter().take(attention::SHOWN).collect(),
            checks: checks(&dossiers, &portal),
        })
    }
}

/// Until when the figures count. Where a source did not keep up, its own last answer is said, not the time of now.
fn subtitle(sources: &[SourceView], now: Ms) -> String {
    let today = format!("{} {}", words::weekday(now), now.local().format("%d/%m/%Y"));
    let clock = now.local().format("%H:%M");
    let late = || sources.iter().filter(|s| s.state != FreshState::Fresh);
    let old: Vec<(i64, &str)> = late().filter_map(|s| Some((s.fetched_at?, s.title.as_str()))).collect();
    let never: Vec<&str> = late().filter(|s| s.fetched_at.is_none()).map(|s| s.title.as_str()).collect();
    let oldest = old.iter().map(|(at, _)| *at).min().map(|at| words::moment(Ms(at), now)).unwrap_or_default();
    let old = match old.as_slice() {
        [] => None,
        [(_, title)] => Some(format!("số liệu cũ hơn: {title} từ {oldest}")),
        all => Some(format!("số liệu cũ hơn của {} nguồn, cũ nhất từ {oldest}", all.len())),
    };
    let never = match never.as_slice() {
        [] => None,
        all if all.len() == sources.len() => Some("chưa có số liệu của nguồn nào".to_owned()),
        [title] => Some(format!("chưa có số liệu: {title}")),
        all => Some(format!("chưa có số liệu của {} nguồn", all.len())),
    };
    if old.is_none() && never.is_none() {
        return format!("Số liệu đến {clock}, {today}");
    }
    std::iter::once(format!("Lúc {clock}, {today}")).chain(old).chain(never).collect::<Vec<_>>().join("; ")
}

fn tasks_tile(counts: TaskCounts) -> Tile {
    let share = |n: u32| f64::from(n) / f64::from(counts.total.max(1));
    let bare = counts.done.saturating_sub(counts.proved + counts.failed + counts.silent);
    let mut note: Vec<String> = Vec::new();
    note.extend((counts.failed > 0).then(|| format!("{} không đạt", counts.failed)));
    note.extend((counts.silent > 0).then(|| format!("{} không quan sát được", counts.silent)));
    note.extend((bare > 0).then(|| format!("{bare} chỉ báo xong")));
    if note.is_empty() {
        note.push("mọi việc báo xong đều có minh chứng".into());
    }
    Tile {
        id: "tasks".into(),
        label: "Nhiệm vụ hoàn thành".into(),
        value: counts.done.to_string(),
        unit: format!("/ {} báo xong", counts.total),
        note: note.join(" · "),
        detail: "Báo xong là lời báo của cán bộ. Có minh chứng là số đo lưu lượng thật đạt mức, lần kiểm thử đạt, hoặc tệp \
                 và liên kết còn nguyên. Không quan sát được: kết luận gần nhất vẫn được giữ, nhưng đếm riêng."
            .into(),
        tone: "plain".into(),
        share: Some(share(counts.done)),
        proved: Some(ProvedFigure {
            value: counts.proved.to_string(),
            unit: "có minh chứng".into(),
            share: share(counts.proved),
            silent: share(counts.silent),
        }),
        target: Some(Target { screen: "tasks".into(), task: None, filter: None }),
    }
}

fn known(dossiers: &Dossiers, of: impl Fn(&Counts) -> Option<u64>) -> Option<u64> {
    dossiers.total.as_ref().and_then(of)
}

fn tone(state: FreshState, known: bool) -> String {
    if known && state == FreshState::Fresh { "plain" } else { "unknown" }.to_owned()
}

fn until(dossiers: &Dossiers) -> String {
    dossiers.until.map(|d| format!("đến {}", d.format("%d/%m"))).unwrap_or_default()
}

fn provenance(portal: &Fresh, dossiers: &Dossiers, formula: &str) -> String {
    let as_of = dossiers
        .as_of
        .map_or_else(|| "chưa có".to_owned(), |m| m.local().format("%H:%M %d/%m/%Y").to_string());
    let fetched = portal
        .fetched
        .map_or_else(|| "chưa lấy".to_owned(), |m| m.local().format("%H:%M %d/%m/%Y").to_string());
    format!("{formula}\nNguồn: Cổng DVCQG, số liệu tại {as_of}, lấy lúc {fetched} ({}).", portal.text)
}

fn received_tile(dossiers: &Dossiers, portal: &Fresh) -> Tile {
    let received = known(dossiers, |f| f.received);
    let online = known(dossiers, |f| f.received_online);
    let share = received.zip(online).filter(|(all, _)| *all > 0).map(|(all, online)| ratio(online, all));
    let note = match (received, share) {
        (None, _) => "chưa có số liệu".into(),
        (Some(_), Some(share)) => format!("{share} trực tuyến · {}", until(dossiers)),
        (Some(_), None) => until(dossiers),
    };
    Tile {
        id: "received".into(),
        label: "Hồ sơ tiếp nhận".into(),
        value: received.map_or_else(|| "–".into(), count),
        unit: String::new(),
        note: portal.dated(&note),
        detail: provenance(portal, dossiers, "Nhận từ đầu năm, hệ thống tỉnh cộng hệ thống bộ."),
        tone: tone(portal.state, received.is_some()),
        share: None,
        proved: None,
        target: Some(attention::to_checks()),
    }
}

fn on_time_tile(dossiers: &Dossiers, portal: &Fresh) -> Tile {
    let rate = dossiers.total.as_ref().and_then(Counts::on_time_rate).map(|r| percent(r, 1));
    let months: Vec<f64> = dossiers.months.values().filter_map(|(_, c)| c.on_time_rate()).collect();
    let trend = match months.as_slice() {
        [.., before, last] => {
            let points = (last - before) * 100.0;
            let sign = if points >= 0.0 { "▲" } else { "▼" };
            format!("{sign} {} điểm so tháng trước", percent(points.abs() / 100.0, 1).trim_end_matches('%'))
        }
        _ => until(dossiers),
    };
    Tile {
        id: "on_time".into(),
        label: "Xử lý đúng hẹn".into(),
        value: rate.clone().unwrap_or_else(|| "–".into()),
        unit: String::new(),
        note: portal.dated(if rate.is_some() { &trend } else { "chưa có số liệu" }),
        detail: provenance(portal, dossiers, "Số hồ sơ xử lý đúng hẹn chia cho tổng số đã xử lý."),
        tone: tone(portal.state, rate.is_some()),
        share: None,
        proved: None,
        target: Some(attention::to_checks()),
    }
}

/// Tiles whose figure does not add up.
fn marks(dossiers: &Dossiers) -> Vec<TileMark> {
    let shown: [(&str, &[FigureId]); 2] = [
        ("received", &[FigureId::Received, FigureId::ReceivedOnline]),
        ("on_time", &[FigureId::DoneOnTimeRate, FigureId::DoneOnTime]),
    ];
    let of = |(tile, figures): (&str, &[FigureId])| {
        let texts = dossiers.marks(figures);
        (!texts.is_empty()).then(|| TileMark { tile: tile.to_owned(), text: texts.join("\n") })
    };
    shown.into_iter().filter_map(of).collect()
}

fn findings_tile(dossiers: &Dossiers, portal: &Fresh) -> Tile {
    let known = dossiers.total.is_some();
    let first = dossiers.findings.first();
    Tile {
        id: "findings".into(),
        label: "Sai lệch số liệu".into(),
        value: if known { dossiers.findings.len().to_string() } else { "–".into() },
        unit: String::new(),
        note: portal.dated(&match first {
            Some(f) => format!(
                "{} · {}",
                verdict(f.at.rule, f.at.difference).trim_end_matches(" hồ sơ"),
                dossiers.system_short(&f.at)
            ),
            None if known => "các phép cộng đều khớp".into(),
            None => "chưa có số liệu".into(),
        }),
        detail: first
            .map(|f| format!("{} · {}", dossiers.equation(&f.at), dossiers.system(&f.at)))
            .unwrap_or_default(),
        tone: match (known, first) {
            (true, Some(_)) => "warn",
            (true, None) if portal.state == FreshState::Fresh => "plain",
            _ => "unknown",
        }
        .into(),
        share: None,
        proved: None,
        target: Some(attention::to_checks()),
    }
}

/// `96%`, one decimal at most; `whole` is not 0.
#[allow(clippy::cast_precision_loss)] // Dossier counts stay far below 2^52.
fn ratio(part: u64, whole: u64) -> String {
    percent(part as f64 / whole as f64, 1)
}
