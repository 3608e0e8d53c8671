//! Pictures of dossiers: trend, ranking of units and fields, ageing, channels, unit by month; each with a title that states
//! the finding.

use super::{
    asked::{Asked, Slot},
    checks::count,
    definitions::{definition, is_rate},
    period,
    stats::Told,
    tally::Tally,
};
use crate::{
    App,
    figures::Draft,
    wire::{
        Basis, ChartView, DossierChartArgs, DossierChartKind, FigureId, FreshState, SplitBy, Target,
        WireError,
    },
};
use chrono::{Datelike as _, Days};
use pvhcc_charts::{
    AgeBucket, AgePart, Ageing, AgeingLabels, Figure, Fill, HeatCell, HeatColumn, HeatMap, HeatRow, Quantity,
    RankRow, Ranking, RankingLabels, Role, SharePart, ShareRow, ShareSeries, Shares, Trend, TrendLabels,
    TrendMeasure, TrendPeriod,
};
use pvhcc_domain::text::percent;
use std::collections::BTreeMap;

/// Periods up to so many days are drawn by day.
const DAYS: i64 = 62;
/// Pixels of a ranked row and of what stands above and below, for choosing how many there is room for.
const RANK_ROW: u32 = 24;
const RANK_REST: u32 = 48;
/// Bounds of the ages of what is pending, in days since receipt.
const AGES: [i64; 6] = [5, 10, 20, 30, 60, 90];

impl App {
    pub(crate) async fn dossier_chart(&self, args: DossierChartArgs) -> Result<ChartView, WireError> {
        self.dossier_draft(&args).await?.draw(args.width, args.height, args.theme)
    }

    /// A picture before it is drawn.
    pub(crate) async fn dossier_draft(&self, args: &DossierChartArgs) -> Result<Draft, WireError> {
        let asked = self.asked(&args.period, args.filter.clone(), args.as_of).await?;
        let (told, mut draft) = match args.chart {
            DossierChartKind::Trend => {
                let (by_day, slots) = steps(&asked);
                let told = self.both_bases_over(&asked, &[SplitBy::Month], args.basis, slots.clone()).await?;
                let draft = trend(&asked, &told, &slots, by_day);
                (told, draft)
            }
            DossierChartKind::Units | DossierChartKind::Fields => {
                let by = if args.chart == DossierChartKind::Units { SplitBy::Unit } else { SplitBy::Field };
                let told = self.both_bases(&asked, &[by], args.basis).await?;
                let draft =
                    ranking(&asked, &told, by, args.figure.unwrap_or(FigureId::Received), args.height);
                (told, draft)
            }
            DossierChartKind::Ageing => {
                let told = self.both_bases(&asked, &[], Some(Basis::Records)).await?;
                let ages = self.ages(&asked).await?;
                (told, ageing(&asked, &ages))
            }
            DossierChartKind::Channels => {
                let (by_day, slots) = steps(&asked);
                let slots = if by_day { vec![asked.slot()] } else { slots };
                let told = self.both_bases_over(&asked, &[SplitBy::Month], args.basis, slots.clone()).await?;
                let draft = channels(&asked, &told, &slots);
                (told, draft)
            }
            DossierChartKind::HeatMap => {
                let months = asked.months();
                let told = self.both_bases(&asked, &[SplitBy::Unit, SplitBy::Month], args.basis).await?;
                let draft = heat_map(&asked, &told, &months, args.figure.unwrap_or(FigureId::Received));
                (told, draft)
            }
        };
        if let Some(unfinished) = told.unfinished(&asked) {
            draft.title = unfinished;
        }
        if told.basis == Basis::Reports {
            draft.marks = marks(&told, &asked, shown(args));
        }
        let sources = self.provenance(&asked, &told).await?;
        let of_basis = sources.iter().filter(|source| source.basis == told.basis);
        draft.state = of_basis
            .clone()
            .map(|source| source.state)
            .max_by_key(|state| rank(*state))
            .unwrap_or(FreshState::NotObserved);
        draft.provenance = of_basis.map(|source| source.text.clone()).collect::<Vec<_>>().join(" ");
        Ok(draft)
    }

    /// How many dossiers are pending within and beyond the deadline, by age.
    async fn ages(&self, asked: &Asked) -> Result<Option<Vec<(u64, u64)>>, WireError> {
        let Some(period) = asked.slot().counted else { return Ok(None) };
        let filter = asked.filter.clone();
        self.of_records(asked.as_of, move |loaded| {
            let empty = loaded.len() == 0;
            let seen = loaded.view(filter.dimensions(), &[period]);
            let taken: Vec<bool> = seen.view.cells().iter().map(|cell| filter.takes(cell)).collect();
            let taken = |cell: usize| taken.get(cell).copied().unwrap_or(false);
            let mut ages = vec![(0, 0); AGES.len() + 1];
            for (received, overdue) in seen.view.pending(seen.cube, taken, period.to) {
                let days = (period.to - received).num_days();
                let place = AGES.partition_point(|bound| *bound < days);
                let (within, beyond) = &mut ages[place];
                *(if overdue { beyond } else { within }) += 1;
            }
            (!empty).then_some(ages)
        })
        .await
    }
}

/// The figures that a picture shows.
fn shown(args: &DossierChartArgs) -> Vec<FigureId> {
    use FigureId as F;
    match args.chart {
        DossierChartKind::Trend => vec![F::Received, F::Done],
        DossierChartKind::Units | DossierChartKind::Fields | DossierChartKind::HeatMap => {
            vec![args.figure.unwrap_or(F::Received)]
        }
        DossierChartKind::Ageing => vec![F::Pending, F::PendingInTime, F::PendingOverdue],
        DossierChartKind::Channels => vec![F::Received, F::ReceivedOnline, F::ReceivedDirect],
    }
}

/// What does not add up among stated figures, each with the difference and whom to ask.
fn marks(told: &Told, asked: &Asked, figures: Vec<FigureId>) -> Vec<String> {
    let broken = told.stated.total.broken(asked).into_iter();
    let concerned = broken.filter(|mark| mark.figures.iter().any(|figure| figures.contains(figure)));
    concerned.map(|mark| format!("Không khớp: {} Hỏi: {}.", mark.text, mark.ask)).collect()
}

/// A figure that is older than its limit marks the picture.
fn rank(state: FreshState) -> u8 {
    match state {
        FreshState::Fresh => 0,
        FreshState::Stale => 1,
        FreshState::NotObserved => 2,
        FreshState::Failing => 3,
    }
}

/// Days of a short period, else its months.
fn steps(asked: &Asked) -> (bool, Vec<Slot>) {
    let by_day = (asked.period.to - asked.period.from).num_days() < DAYS;
    (by_day, if by_day { asked.days() } else { asked.months() })
}

fn draft(asked: &Asked, told_as: Basis, figure: Figure, title: String, subtitle: &str) -> Draft {
    let basis = match told_as {
        Basis::Records => "đếm từ hồ sơ",
        Basis::Reports => "theo báo cáo",
    };
    Draft {
        figure,
        title,
        subtitle: format!("{subtitle}, {basis} · {} · {}", asked.cell(), period::title(asked.period)),
        provenance: String::new(),
        state: FreshState::NotObserved,
        basis: Some(told_as),
        marks: Vec::new(),
        target: |key| Some(Target { screen: "dossiers".into(), task: None, filter: Some(key.to_owned()) }),
    }
}

/// Thousands where there are many.
fn quantity(figure: FigureId, most: f64) -> Quantity {
    match (is_rate(figure), most >= 10_000.0) {
        (true, _) => Quantity::Share,
        (false, true) => Quantity::Count { divisor: 1000, unit: "nghìn hồ sơ".into() },
        (false, false) => Quantity::Count { divisor: 1, unit: "hồ sơ".into() },
    }
}

fn most<'a>(values: impl IntoIterator<Item = &'a Option<f64>>) -> f64 {
    values.into_iter().flatten().copied().fold(0.0, f64::max)
}

fn label(slot: &Slot, by_day: bool, many_years: bool) -> String {
    let from = slot.period.from;
    match (by_day, many_years) {
        (true, _) => from.format("%d/%m").to_string(),
        (false, true) => from.format("T%-m/%y").to_string(),
        (false, false) => format!("T{}", from.month()),
    }
}

/// Whether a month is told in part only.
fn is_part(slot: &Slot, by_day: bool) -> bool {
    let next = slot.period.to.checked_add_days(Days::new(1));
    !by_day
        && (slot.period.from.day() != 1
            || next.is_some_and(|d| d.day() != 1)
            || slot.counted != Some(slot.period))
}

fn until(slots: &[Slot]) -> String {
    let last = slots.iter().filter_map(|slot| slot.counted).map(|counted| counted.to).max();
    last.map(|day| format!("đến {}", day.format("%d/%m"))).unwrap_or_default()
}

fn key(slot: &Slot) -> String {
    format!("month:{}", period::id(slot.period))
}

fn trend(asked: &Asked, told: &Told, slots: &[Slot], by_day: bool) -> Draft {
    let tallies: Vec<[Option<Tally>; 3]> =
        slots.iter().map(|slot| told.of(&[period::id(slot.period)])).collect();
    let measure = |figure: FigureId, label: &str| {
        let of = |place: usize| -> Vec<Option<f64>> {
            tallies.iter().map(|tally| tally[place].and_then(|t| t.value(figure))).collect()
        };
        let before = of(2);
        TrendMeasure {
            label: label.to_owned(),
            values: of(0),
            before: if before.iter().all(Option::is_none) { Vec::new() } else { before },
        }
    };
    let measures = vec![measure(FigureId::Received, "Tiếp nhận"), measure(FigureId::Done, "Đã xử lý")];
    let most = most(measures.iter().flat_map(|m| m.values.iter().chain(&m.before)));
    let many_years = asked.period.from.year() != asked.period.to.year();
    let total = told.of(&[])[0];
    let figure = |figure| total.and_then(|total| total.count(figure));
    let title = match figure(FigureId::Received).zip(figure(FigureId::Done)) {
        Some((received, done)) if done >= received => {
            format!("Xử lý {} hồ sơ, không ít hơn {} hồ sơ nhận vào", count(done), count(received))
        }
        Some((received, done)) => {
            format!(
                "Nhận {} hồ sơ, xử lý được {}, ít hơn {}",
                count(received),
                count(done),
                count(received - done)
            )
        }
        None => "Chưa có số liệu của kỳ này".to_owned(),
    };
    let trend = Trend {
        periods: slots
            .iter()
            .map(|slot| TrendPeriod {
                label: label(slot, by_day, many_years),
                key: Some(key(slot)),
                partial: is_part(slot, by_day),
            })
            .collect(),
        measures,
        events: Vec::new(),
        quantity: quantity(FigureId::Received, most),
        labels: TrendLabels {
            period: if by_day { "Ngày" } else { "Tháng" }.into(),
            before: "cùng kỳ năm trước".into(),
            partial: until(slots),
        },
    };
    draft(asked, told.basis, Figure::Trend(trend), title, if by_day { "Mỗi ngày" } else { "Mỗi tháng" })
}

/// The greatest rows of a way of splitting, and the rest together.
fn ranking(asked: &Asked, told: &Told, by: SplitBy, figure: FigureId, height: u32) -> Draft {
    let room = (height.saturating_sub(RANK_REST) / RANK_ROW).clamp(4, 40) as usize;
    let mut rows: Vec<(String, [Option<Tally>; 3])> =
        told.codes().into_iter().filter_map(|codes| Some((codes.first()?.clone(), told.of(codes)))).collect();
    let value = |tally: Option<Tally>| tally.and_then(|t| t.value(figure));
    rows.retain(|(_, tallies)| tallies[0].is_some_and(|t| !t.is_nothing()));
    rows.sort_by(|(a, x), (b, y)| {
        value(y[0]).unwrap_or(-1.0).total_cmp(&value(x[0]).unwrap_or(-1.0)).then_with(|| a.cmp(b))
    });
    let of = definition(figure);
    let head = if by == SplitBy::Unit { "Đơn vị" } else { "Lĩnh vực" };
    let part = if by == SplitBy::Unit { "unit" } else { "field" };
    let whole = value(told.of(&[])[0]);
    let title = match rows.first().map(|(code, tallies)| (asked.names.short(by, code), value(tallies[0]))) {
        Some((name, Some(first))) if is_rate(figure) => {
            format!("{name} có {} cao nhất: {}", of.name.to_lowercase(), percent(first, 1))
        }
        Some((name, Some(first))) => {
            let share = whole.filter(|all| *all > 0.0).map(|all| format!(", {}", percent(first / all, 1)));
            let share = share.map(|share| format!("{share} của tất cả")).unwrap_or_default();
            format!("{name} nhiều nhất: {} hồ sơ {}{share}", count(first as u64), of.short.to_lowercase())
        }
        _ => "Chưa có số liệu của kỳ này".to_owned(),
    };
    let rest = if rows.len() > room { rows.split_off(room - 1) } else { Vec::new() };
    let row = |label: String, key: Option<String>, tallies: &[Option<Tally>; 3], rest: bool| RankRow {
        label,
        key,
        value: value(tallies[0]),
        before: value(tallies[1]),
        rate: tallies[0].and_then(|t| t.value(FigureId::DoneOnTimeRate)),
        rest,
    };
    let mut shown: Vec<RankRow> = rows
        .iter()
        .map(|(code, tallies)| {
            row(asked.names.short(by, code), Some(format!("{part}:{code}")), tallies, false)
        })
        .collect();
    if !rest.is_empty() {
        let sum =
            |place: usize| Tally::sum(rest.iter().map(|(_, tallies)| tallies[place].unwrap_or_default()));
        let label = format!("{} {} khác", rest.len(), head.to_lowercase());
        shown.push(row(label, None, &[sum(0), sum(1), None], true));
    }
    let compared = shown.iter().any(|row| row.before.is_some());
    let before = period::title(asked.slot().previous);
    let ranking = Ranking {
        quantity: quantity(figure, most(shown.iter().map(|row| &row.value))),
        rows: shown,
        labels: RankingLabels {
            row: head.into(),
            value: of.short.clone(),
            rate: if figure == FigureId::DoneOnTimeRate { String::new() } else { "% đúng hẹn".into() },
            before: if compared { format!("so với {}", before.to_lowercase()) } else { String::new() },
        },
    };
    draft(asked, told.basis, Figure::Ranking(ranking), title, &of.name)
}

fn ageing(asked: &Asked, ages: &Option<Vec<(u64, u64)>>) -> Draft {
    let known = ages.as_deref().unwrap_or(&[]);
    let pending: u64 = known.iter().map(|(within, overdue)| within + overdue).sum();
    let overdue: u64 = known.iter().map(|(_, overdue)| overdue).sum();
    let title = match ages {
        None => "Chưa có hồ sơ để xếp theo tuổi".to_owned(),
        Some(_) if pending == 0 => "Không còn hồ sơ nào chưa xử lý".to_owned(),
        Some(_) if overdue == 0 => format!("{} hồ sơ chưa xử lý, không hồ sơ nào quá hạn", count(pending)),
        Some(_) => format!("{} trong {} hồ sơ chưa xử lý đã quá hạn", count(overdue), count(pending)),
    };
    let name = |i: usize| match (i.checked_sub(1).map(|i| AGES[i] + 1), AGES.get(i)) {
        (None, Some(to)) => format!("0–{to} ngày"),
        (Some(from), Some(to)) => format!("{from}–{to} ngày"),
        (from, None) => format!("trên {} ngày", from.unwrap_or(1) - 1),
    };
    let part =
        |figure: &str, count: u64| AgePart { count: Some(count), key: Some(format!("figure:{figure}")) };
    let ageing = Ageing {
        buckets: known
            .iter()
            .enumerate()
            .map(|(i, (within, overdue))| AgeBucket {
                label: name(i),
                within: part("pending_in_time", *within),
                overdue: part("pending_overdue", *overdue),
            })
            .collect(),
        labels: AgeingLabels {
            bucket: "Đã chờ từ ngày tiếp nhận".into(),
            within: "trong hạn".into(),
            overdue: "quá hạn".into(),
            unit: "hồ sơ".into(),
        },
    };
    draft(asked, Basis::Records, Figure::Ageing(ageing), title, "Hồ sơ chưa xử lý cuối kỳ")
}

fn channels(asked: &Asked, told: &Told, slots: &[Slot]) -> Draft {
    let many_years = asked.period.from.year() != asked.period.to.year();
    let tallies: Vec<Option<Tally>> =
        slots.iter().map(|slot| told.of(&[period::id(slot.period)])[0]).collect();
    let of = |tally: &Option<Tally>, figure| tally.and_then(|t| t.count(figure));
    let untold = |tally: &Option<Tally>| {
        let told = of(tally, FigureId::ReceivedOnline)? + of(tally, FigureId::ReceivedDirect)?;
        Some(of(tally, FigureId::Received)?.saturating_sub(told))
    };
    let any_untold = tallies.iter().any(|tally| untold(tally).is_some_and(|n| n > 0));
    let series = |label: &str, fill, role| ShareSeries { label: label.to_owned(), fill, role };
    let mut all = vec![
        series("Trực tuyến", Fill::Solid, Role::Accent),
        series("Trực tiếp, bưu chính", Fill::Hatched, Role::Plum),
    ];
    all.extend(any_untold.then(|| series("Không rõ kênh", Fill::Dotted, Role::Unk)));
    let rows = slots.iter().zip(&tallies).map(|(slot, tally)| {
        let part = |count, channel: Option<&str>| SharePart {
            count,
            key: channel.map(|channel| format!("{};channel:{channel}", key(slot))),
        };
        let mut parts = vec![
            part(of(tally, FigureId::ReceivedOnline), Some("online")),
            part(of(tally, FigureId::ReceivedDirect), Some("direct")),
        ];
        parts.extend(any_untold.then(|| part(untold(tally), None)));
        let label =
            if slots.len() == 1 { period::title(slot.period) } else { label(slot, false, many_years) };
        ShareRow { label, key: Some(key(slot)), parts }
    });
    let total = told.of(&[])[0];
    let online =
        of(&total, FigureId::ReceivedOnline).zip(of(&total, FigureId::Received)).filter(|(_, all)| *all > 0);
    let title = match online {
        Some((online, all)) => format!("{} hồ sơ nộp trực tuyến", percent(online as f64 / all as f64, 1)),
        None => "Chưa có số liệu của kỳ này".to_owned(),
    };
    let shares = Shares {
        series: all,
        rows: rows.collect(),
        row_head: "Tháng".into(),
        total_head: "Tiếp nhận".into(),
    };
    draft(asked, told.basis, Figure::Shares(shares), title, "Tỷ lệ theo kênh tiếp nhận")
}

fn heat_map(asked: &Asked, told: &Told, months: &[Slot], figure: FigureId) -> Draft {
    let mut units: BTreeMap<String, BTreeMap<String, Tally>> = BTreeMap::new();
    for codes in told.codes() {
        if let ([unit, month], Some(tally)) = (codes.as_slice(), told.of(codes)[0]) {
            units.entry(unit.clone()).or_default().insert(month.clone(), tally);
        }
    }
    let mut rows: Vec<(String, Vec<Option<f64>>, f64)> = units
        .into_iter()
        .map(|(unit, by_month)| {
            let of = |slot: &Slot| by_month.get(&period::id(slot.period)).and_then(|t| t.value(figure));
            let values: Vec<Option<f64>> = months.iter().map(of).collect();
            let weight = by_month.values().filter_map(|t| t.count(FigureId::Received)).sum::<u64>() as f64;
            (unit, values, weight)
        })
        .filter(|(_, values, _)| values.iter().any(Option::is_some))
        .collect();
    let mean = |values: &[Option<f64>]| {
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        known.iter().sum::<f64>() / known.len().max(1) as f64
    };
    // A low share of what is on time matters most, of all else the much; many dossiers before few.
    let good = matches!(figure, FigureId::DoneOnTimeRate | FigureId::PendingInTimeRate);
    rows.sort_by(|(_, a, x), (_, b, y)| {
        let order = if good { mean(a).total_cmp(&mean(b)) } else { mean(b).total_cmp(&mean(a)) };
        order.then_with(|| y.total_cmp(x))
    });
    let of = definition(figure);
    let title = match rows.first() {
        Some((unit, values, _)) => {
            let name = asked.names.short(SplitBy::Unit, unit);
            let most = if good { "thấp nhất" } else { "cao nhất" };
            let value = if is_rate(figure) { percent(mean(values), 1) } else { count(mean(values) as u64) };
            format!("{name} {} {most}, trung bình {value} mỗi tháng", of.short.to_lowercase())
        }
        None => "Chưa có số liệu theo đơn vị của kỳ này".to_owned(),
    };
    let most = most(rows.iter().flat_map(|(_, values, _)| values));
    let many_years = asked.period.from.year() != asked.period.to.year();
    let map = HeatMap {
        columns: months
            .iter()
            .map(|slot| HeatColumn { label: label(slot, false, many_years), partial: is_part(slot, false) })
            .collect(),
        rows: rows
            .into_iter()
            .map(|(unit, values, _)| HeatRow {
                label: asked.names.short(SplitBy::Unit, &unit),
                key: Some(format!("unit:{unit}")),
                cells: values
                    .into_iter()
                    .zip(months)
                    .map(|(value, slot)| HeatCell { value, key: Some(format!("unit:{unit};{}", key(slot))) })
                    .collect(),
            })
            .collect(),
        quantity: quantity(figure, most),
        row_head: "Đơn vị".into(),
        partial: until(months),
    };
    draft(asked, told.basis, Figure::HeatMap(map), title, &of.name)
}
