//! The overview's charts: what is drawn, with a title that states the finding, its table and where it leads.

use super::dossiers::count;
use crate::{
    App,
    checklist::Counts,
    frame::Fresh,
    messages,
    proof::ProofLog,
    wire::{
        ChartArgs, ChartKind, ChartTheme, ChartView, ErrorCode, FreshState, HotSpotView, ProofTone, Target,
        TaskRow, WireError,
    },
    words,
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_charts::{
    BurnUp, BurnUpLabels, ColumnGroup, ColumnLabels, Figure, Fill, GroupedColumns, LoadBars, LoadLabels,
    LoadRow, RateRow, RateRows, Role, Size, StackedBars, StackedRow, StackedSeries, Theme,
};
use pvhcc_domain::{
    milestones,
    observation::{Flow, FlowHealth, SourceId, Stage},
    proof::{Lack, ProofState},
    task::TaskStatus,
    time::Ms,
};
use std::collections::BTreeMap;

/// A chart before it is drawn.
struct Draft {
    figure: Figure,
    title: String,
    subtitle: String,
    provenance: String,
    state: FreshState,
    /// From a row's key to the place it opens.
    target: fn(&str) -> Option<Target>,
}

impl App {
    pub(crate) async fn chart(&self, args: ChartArgs) -> Result<ChartView, WireError> {
        if !(160..=4000).contains(&args.width) || !(80..=4000).contains(&args.height) {
            return Err(messages::invalid("width", "Kích thước biểu đồ nằm ngoài giới hạn."));
        }
        let draft = match args.chart {
            ChartKind::BurnUp | ChartKind::Sections | ChartKind::Units => self.task_chart(args.chart).await?,
            ChartKind::Dossiers => self.dossier_chart().await?,
            ChartKind::Flows => self.flow_chart().await?,
        };
        let theme = match args.theme {
            ChartTheme::Light => Theme::Light,
            ChartTheme::Dark => Theme::Dark,
            ChartTheme::Print => Theme::Print,
        };
        // A box smaller than the data need is scrolled by the page, never a cramped picture.
        let least = draft.figure.least_size();
        let size = Size { width: args.width.max(least.width), height: args.height.max(least.height) };
        let chart = pvhcc_charts::draw(&draft.figure, theme, size)
            .map_err(|e| WireError::new(ErrorCode::Internal, format!("Không vẽ được biểu đồ: {e}.")))?;
        Ok(ChartView {
            svg: chart.svg,
            width: chart.width,
            height: chart.height,
            title: draft.title,
            subtitle: draft.subtitle,
            summary: chart.summary,
            hotspots: chart
                .hotspots
                .into_iter()
                .map(|h| HotSpotView {
                    x: h.x,
                    y: h.y,
                    w: h.w,
                    h: h.h,
                    label: h.label,
                    target: h.key.as_deref().and_then(draft.target),
                })
                .collect(),
            columns: chart.table.columns,
            numeric: chart.table.numeric,
            rows: chart.table.rows,
            provenance: draft.provenance,
            state: draft.state,
        })
    }

    async fn task_chart(&self, kind: ChartKind) -> Result<Draft, WireError> {
        let present = self.present().await?;
        let rows: Vec<TaskRow> = self.task_rows(&present, None).into_iter().filter(|r| !r.heading).collect();
        let counts = self.counts(&present);
        let mut draft = match kind {
            ChartKind::Sections => self.sections(&rows, counts),
            ChartKind::Units => units(&rows),
            _ => burn_up(&rows, counts, &present.proofs.log, present.now)?,
        };
        draft.provenance = "Nguồn: báo xong theo lời báo của cán bộ; có minh chứng theo số đo của Trục tích hợp, tệp, liên kết và lần kiểm thử.".to_owned();
        Ok(draft)
    }

    fn sections(&self, rows: &[TaskRow], counts: Counts) -> Draft {
        let series = |label: &str, fill, role| StackedSeries { label: label.to_owned(), fill, role };
        let bars = self.0.checklist.sections().iter().map(|section| {
            let of = |wanted: &dyn Fn(&TaskRow) -> bool| {
                u32::try_from(rows.iter().filter(|r| r.section == section.id && wanted(r)).count())
                    .unwrap_or(0)
            };
            let total = of(&|_| true);
            let done = of(&|r| r.status == TaskStatus::Done);
            let toned = |tone: ProofTone| of(&|r| r.status == TaskStatus::Done && r.proof.tone == tone);
            let (proved, silent) = (toned(ProofTone::Proved), toned(ProofTone::Silent));
            let values = [
                proved,
                done - proved - silent,
                silent,
                of(&|r| r.status == TaskStatus::InProgress),
                of(&|r| r.status == TaskStatus::Blocked),
                of(&|r| r.status == TaskStatus::NotStarted),
                of(&|r| r.status == TaskStatus::NotApplicable),
            ];
            StackedRow {
                label: format!("{}. {}", section.id, short_section(&section.title)),
                key: Some(section.id.clone()),
                values: values.into_iter().map(Some).collect(),
                value: format!("{done}/{total}"),
            }
        });
        let open: BTreeMap<&str, usize> =
            rows.iter().filter(|r| open(r.status)).fold(BTreeMap::new(), |mut m, r| {
                *m.entry(r.section.as_str()).or_default() += 1;
                m
            });
        let worst = open.iter().max_by_key(|(_, n)| **n);
        Draft {
            figure: Figure::StackedBars(StackedBars {
                row_head: "Phần".into(),
                value_head: "Báo xong/tổng".into(),
                series: vec![
                    series("có minh chứng", Fill::Solid, Role::Teal),
                    series("chỉ báo xong", Fill::Hatched, Role::Accent),
                    series("không quan sát được", Fill::Dotted, Role::Teal),
                    series("đang làm", Fill::Empty, Role::Accent),
                    series("vướng mắc", Fill::Solid, Role::Bad),
                    series("chưa làm", Fill::Solid, Role::Line),
                    series("không áp dụng", Fill::Empty, Role::Unk),
                ],
                rows: bars.collect(),
                share: true,
            }),
            title: match worst {
                Some((section, n)) => {
                    format!("Phần {section} còn {n} trong {} nhiệm vụ chưa xong", counts.open())
                }
                None => "Mọi phần đã báo xong".to_owned(),
            },
            subtitle: "Tỷ lệ trạng thái của từng phần".into(),
            provenance: String::new(),
            state: FreshState::Fresh,
            target: |key| {
                Some(Target { screen: "tasks".into(), task: None, filter: Some(format!("section:{key}")) })
            },
        }
    }

    async fn dossier_chart(&self) -> Result<Draft, WireError> {
        let dossiers = self.dossiers().await?;
        let fresh = self.freshness_of(SourceId::PortalStatistics).await?;
        let groups: Vec<ColumnGroup> = dossiers
            .months
            .iter()
            .map(|(from, (to, c))| ColumnGroup {
                label: format!("T{}", from.month()),
                key: None,
                received: c.received,
                done: c.done,
                stock: c.pending,
                partial: to.succ_opt().is_some_and(|next| next.day() != 1),
            })
            .collect();
        let pending = dossiers.total.and_then(|t| t.pending);
        let until = dossiers.until.map(|d| d.format("%d/%m").to_string()).unwrap_or_default();
        Ok(Draft {
            title: match pending {
                Some(n) => format!("Đến {until} còn {} hồ sơ đang xử lý", count(n)),
                None => "Chưa có số liệu hồ sơ".into(),
            },
            figure: Figure::GroupedColumns(GroupedColumns {
                groups,
                labels: ColumnLabels {
                    period: "Tháng".into(),
                    received: "tiếp nhận".into(),
                    done: "đã xử lý".into(),
                    stock: "tồn cuối tháng".into(),
                    partial: format!("đến {until}"),
                },
                divisor: 1000,
                unit: "nghìn".into(),
            }),
            subtitle: fresh.dated("Nghìn hồ sơ mỗi tháng, tỉnh và bộ"),
            provenance: provenance("Cổng DVCQG", &fresh),
            state: fresh.state,
            target: |_| None,
        })
    }

    async fn flow_chart(&self) -> Result<Draft, WireError> {
        let fresh = self.freshness_of(SourceId::GatewayFlows).await?;
        let flows = self.0.store.flow_states().await.map_err(|e| messages::store(&e))?;
        #[allow(clippy::cast_precision_loss)] // A percentage.
        let bar = crate::rules::number("flow.success_bar", &self.events_of("rules").await?, self.now())
            as f64
            / 100.0;
        let mut rows = Vec::new();
        let mut below = Vec::new();
        for flow in Flow::ALL {
            // The later phase as soon as it is tested; until then the earlier one, and the label says which.
            let tested = |phase: u8| {
                flows.iter().find(|f| f.flow == flow && f.phase == phase && f.stage == Stage::Test).filter(
                    |s| {
                        // Old measures are not measures of now.
                        fresh.state == FreshState::Fresh
                            && !matches!(s.state, FlowHealth::Unknown | FlowHealth::NotStarted)
                    },
                )
            };
            let known = tested(2).or_else(|| tested(1));
            let rate = known.and_then(|s| s.success_rate);
            if rate.is_some_and(|r| r < bar) {
                below.push(words::flow(flow));
            }
            let phase = known.map(|s| format!(" · GĐ{}", s.phase)).unwrap_or_default();
            rows.push(RateRow {
                label: format!("{}{phase}", words::flow_short(flow)),
                key: Some(flow_key(flow)),
                rate,
                count: known.map(|s| s.calls),
            });
        }
        let unknown = rows.iter().filter(|r| r.rate.is_none()).count();
        Ok(Draft {
            title: match (below.first(), unknown) {
                (Some(first), _) if below.len() == 1 => format!("{first} dưới mức {:.0}%", bar * 100.0),
                (Some(_), _) => format!("{} luồng dưới mức {:.0}%", below.len(), bar * 100.0),
                (None, 0) => format!("Các luồng đều đạt mức {:.0}%", bar * 100.0),
                (None, n) if n == rows.len() => "Chưa quan sát được luồng nào".into(),
                (None, n) => format!("{n} luồng chưa quan sát được, còn lại đạt mức"),
            },
            figure: Figure::RateRows(RateRows {
                rows,
                bar,
                row_head: "Luồng".into(),
                count_head: "Lượt gọi".into(),
                bar_label: "mức".into(),
            }),
            subtitle: fresh.dated("Tỷ lệ gọi thành công 24 giờ qua"),
            provenance: provenance("Trục tích hợp", &fresh),
            state: fresh.state,
            target: |key| {
                Some(Target { screen: "tasks".into(), task: None, filter: Some(format!("flow:{key}")) })
            },
        })
    }
}

fn provenance(source: &str, fresh: &Fresh) -> String {
    let as_of = fresh.as_of.map(|m| m.local().format("%H:%M %d/%m/%Y").to_string());
    format!("Nguồn: {source}, số liệu tại {} ({}).", as_of.unwrap_or_else(|| "–".into()), fresh.text)
}

fn flow_key(flow: Flow) -> String {
    serde_json::to_value(flow).ok().and_then(|v| v.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}

fn open(status: TaskStatus) -> bool {
    !matches!(status, TaskStatus::Done | TaskStatus::NotApplicable)
}

/// The part of a section's title that tells it from the others; the whole stands in the table's tooltip.
fn short_section(title: &str) -> String {
    let title = title.split([':', '(']).next().unwrap_or(title).trim();
    let title = title.trim_start_matches("Về ");
    let mut chars = title.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn units(rows: &[TaskRow]) -> Draft {
    let mut by_unit: BTreeMap<String, LoadRow> = BTreeMap::new();
    for row in rows {
        for unit in &row.lead_units {
            let load = by_unit.entry(unit.id.clone()).or_insert_with(|| LoadRow {
                label: unit.short.clone(),
                key: Some(unit.id.clone()),
                total: 0,
                done: 0,
                proved: 0,
                silent: 0,
                late: 0,
            });
            load.total += 1;
            load.done += u32::from(row.status == TaskStatus::Done);
            let done = row.status == TaskStatus::Done;
            load.proved += u32::from(done && row.proof.tone == ProofTone::Proved);
            load.silent += u32::from(done && row.proof.tone == ProofTone::Silent);
            load.late += u32::from(row.overdue);
        }
    }
    let mut loads: Vec<LoadRow> = by_unit.into_values().collect();
    loads.sort_by_key(|l| (std::cmp::Reverse(l.late), std::cmp::Reverse(l.total)));
    let title = match loads.first() {
        Some(l) if l.late > 0 => format!("{} quá hạn {} nhiệm vụ", l.label, l.late),
        _ => "Không đơn vị nào quá hạn".to_owned(),
    };
    Draft {
        figure: Figure::LoadBars(LoadBars {
            rows: loads,
            labels: LoadLabels {
                unit: "Đơn vị".into(),
                done: "Báo xong".into(),
                proved: "Có minh chứng".into(),
                silent: "Không quan sát được".into(),
                late: "Quá hạn".into(),
            },
        }),
        title,
        subtitle: "Một nhiệm vụ tính cho mỗi đơn vị chủ trì".into(),
        provenance: String::new(),
        state: FreshState::Fresh,
        target: |key| {
            Some(Target { screen: "tasks".into(), task: None, filter: Some(format!("unit:{key}")) })
        },
    }
}

fn burn_up(rows: &[TaskRow], counts: Counts, log: &ProofLog, now: Ms) -> Result<Draft, WireError> {
    let today = now.day();
    let day = |text: &Option<String>| text.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
    let plan = cumulative(rows.iter().filter_map(|r| day(&r.due)));
    let claimed: Vec<(NaiveDate, Option<u32>)> =
        cumulative(rows.iter().filter(|r| r.status == TaskStatus::Done).filter_map(|r| day(&r.done_on)))
            .into_iter()
            .map(|(d, n)| (d, Some(n)))
            .collect();
    let last_due = plan.last().map_or(today, |(d, _)| *d);
    let first = [plan.first().map(|p| p.0), claimed.first().map(|c| c.0)]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(today);
    let to = today.max(last_due);
    let marks = milestones::builtin().map_err(|e| messages::builtin(&e))?;
    let late = (today - last_due).num_days().max(0);
    let silent = counts.silent;
    let unproved = (counts.total - counts.not_applicable).saturating_sub(counts.proved + silent);
    let mut without = String::new();
    for (n, words) in [(unproved, "chưa có minh chứng"), (silent, "không quan sát được")] {
        if n > 0 {
            without = format!("{without}, {n} {words}");
        }
    }
    Ok(Draft {
        title: match (counts.open(), late) {
            (0, _) => format!("Cả {} nhiệm vụ đã báo xong{without}", counts.total),
            (n, 0) => format!("Còn {n} nhiệm vụ chưa xong{without}"),
            (n, late) => format!("Còn {n} nhiệm vụ chưa xong{without}; chậm {late} ngày so với hạn cuối"),
        },
        figure: Figure::BurnUp(BurnUp {
            from: first.pred_opt().unwrap_or(first),
            to,
            plan,
            claimed,
            proved: Some(proved(rows, log, first, now)),
            today,
            milestones: marks
                .into_iter()
                .filter(|m| (first..=to).contains(&m.day) && m.day != today)
                .map(|m| (m.day, m.title))
                .collect(),
            total: counts.total,
            labels: BurnUpLabels {
                plan: "Kế hoạch".into(),
                claimed: "Báo xong".into(),
                proved: "Có minh chứng".into(),
                unit: "nhiệm vụ".into(),
                today: "hôm nay".into(),
            },
        }),
        subtitle: "Số nhiệm vụ cộng dồn theo ngày hoàn thành".into(),
        provenance: String::new(),
        state: FreshState::Fresh,
        target: |_| None,
    })
}

/// By day, how many of the tasks called done by then were proved at the day's end. While the gateway was silent nobody
/// knows: a gap.
fn proved(rows: &[TaskRow], log: &ProofLog, first: NaiveDate, now: Ms) -> Vec<(NaiveDate, Option<u32>)> {
    let claimed: Vec<(&str, NaiveDate)> = rows
        .iter()
        .filter(|r| r.status == TaskStatus::Done)
        .filter_map(|r| Some((r.no.as_str(), r.done_on.as_deref()?.parse().ok()?)))
        .collect();
    let mut points: Vec<(NaiveDate, Option<u32>)> = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= now.day()) {
        let end = Ms::at(day.succ_opt().unwrap_or(day), 0, 0).plus(-1).min(now);
        let stood = || claimed.iter().filter(|(_, done)| *done <= day).filter_map(|(no, _)| log.at(no, end));
        let silent = stood().any(|p| p.lack == Some(Lack::Silence));
        let count = stood().filter(|p| p.state == ProofState::Proved).count();
        let count = (!silent).then(|| u32::try_from(count).unwrap_or(u32::MAX));
        if points.last().is_none_or(|(_, last)| *last != count) {
            points.push((day, count));
        }
    }
    points
}

/// Running count by day.
fn cumulative(days: impl Iterator<Item = NaiveDate>) -> Vec<(NaiveDate, u32)> {
    let by_day = days.fold(BTreeMap::<NaiveDate, u32>::new(), |mut m, d| {
        *m.entry(d).or_default() += 1;
        m
    });
    let mut sum = 0;
    by_day
        .into_iter()
        .map(|(d, n)| {
            sum += n;
            (d, sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cumulative_counts_never_fall_and_end_at_the_number_of_days_given() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("valid");
        let points = cumulative([day(13), day(5), day(13)].into_iter());
        assert_eq!(points, vec![(day(5), 1), (day(13), 3)]);
    }
}
