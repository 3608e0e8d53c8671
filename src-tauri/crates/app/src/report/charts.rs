//! Charts of a report, drawn from its freeze alone: the same freeze gives the same picture, years later too.

use chrono::{Datelike as _, NaiveDate};
use pvhcc_charts::{
    BurnUp, BurnUpLabels, Chart, ChartError, ColumnGroup, ColumnLabels, Figure, Fill, GroupedColumns, Role,
    Size, StackedBars, StackedRow, StackedSeries, Theme,
};
use pvhcc_domain::report::freeze::Freeze;
use pvhcc_reports::daily::{ChartKind, Picture};

/// Size on paper, CSS pixels: as wide as the text at 96 dpi.
const PAPER: Size = Size { width: 620, height: 270 };
/// PNG pixels per CSS pixel: about 290 dpi.
const SCALE: u32 = 3;

/// A chart for paper; `None` where it cannot be drawn, and the report is made without it.
pub(crate) fn picture(freeze: &Freeze, kind: ChartKind) -> Option<Picture> {
    let figure = figure(freeze, kind);
    let drawn = pvhcc_charts::draw(&figure, Theme::Print, PAPER)
        .and_then(|chart| Ok((chart, pvhcc_charts::png(&figure, Theme::Print, PAPER, SCALE)?)));
    match drawn {
        Ok((chart, png)) => Some(Picture { svg: chart.svg, png, width: chart.width, height: chart.height }),
        Err(problem) => {
            tracing::warn!(?kind, %problem, "a chart of the report was not drawn");
            None
        }
    }
}

/// A chart of the report for the window.
pub(super) fn draw(figure: &Figure, theme: Theme, size: Size) -> Result<Chart, ChartError> {
    let least = figure.least_size();
    let size = Size { width: size.width.max(least.width), height: size.height.max(least.height) };
    pvhcc_charts::draw(figure, theme, size)
}

pub(super) fn figure(freeze: &Freeze, kind: ChartKind) -> Figure {
    match kind {
        ChartKind::BurnUp => burn_up(freeze),
        ChartKind::Months => months(freeze),
    }
}

fn burn_up(freeze: &Freeze) -> Figure {
    let course = &freeze.tasks.course;
    let today = freeze.at.day();
    let from = course.first().map_or(today, |point| point.day);
    let known = || course.iter().take_while(|point| point.day <= today);
    Figure::BurnUp(BurnUp {
        from: from.pred_opt().unwrap_or(from),
        to: course.last().map_or(today, |point| point.day.max(today)),
        plan: changes(course.iter().map(|point| (point.day, point.planned))),
        claimed: changes(known().map(|point| (point.day, point.claimed))),
        proved: Some(changes(known().map(|point| (point.day, point.proved)))),
        today,
        milestones: Vec::new(),
        total: freeze.tasks.total,
        labels: BurnUpLabels {
            plan: "Kế hoạch".into(),
            claimed: "Báo xong".into(),
            proved: "Có minh chứng".into(),
            unit: "nhiệm vụ".into(),
            today: "chốt".to_owned(),
        },
    })
}

/// The points at which a value changes: it holds until the next.
fn changes<V: PartialEq>(points: impl Iterator<Item = (NaiveDate, V)>) -> Vec<(NaiveDate, V)> {
    let mut kept: Vec<(NaiveDate, V)> = Vec::new();
    for (day, value) in points {
        if kept.last().is_none_or(|(_, last)| *last != value) {
            kept.push((day, value));
        }
    }
    kept
}

fn months(freeze: &Freeze) -> Figure {
    let dossiers = &freeze.dossiers;
    let ends_a_month = dossiers.to.succ_opt().is_none_or(|next| next.day() == 1);
    let last = dossiers.months.last().map(|line| line.month);
    let several_years =
        dossiers.months.iter().any(|line| last.is_some_and(|l| l.year() != line.month.year()));
    let label = |month: NaiveDate| match several_years {
        true => format!("T{}/{}", month.month(), month.year()),
        false => format!("T{}", month.month()),
    };
    Figure::GroupedColumns(GroupedColumns {
        groups: dossiers
            .months
            .iter()
            .map(|line| ColumnGroup {
                label: label(line.month),
                key: None,
                received: line.received,
                done: line.done,
                stock: None,
                partial: Some(line.month) == last && !ends_a_month,
            })
            .collect(),
        labels: ColumnLabels {
            period: "Tháng".into(),
            received: "tiếp nhận".into(),
            done: "đã xử lý".into(),
            stock: "tồn cuối tháng".into(),
            partial: format!("đến {}", dossiers.to.format("%d/%m")),
        },
        divisor: 1000,
        unit: "nghìn".into(),
    })
}

/// Progress by section: proved is solid, claimed hatched, the rest empty.
pub(super) fn sections(freeze: &Freeze) -> Figure {
    let series = |label: &str, fill, role| StackedSeries { label: label.to_owned(), fill, role };
    let rows = freeze.tasks.sections.iter().map(|section| {
        let claimed = section.claimed.saturating_sub(section.proved);
        let open = section.total.saturating_sub(section.claimed);
        StackedRow {
            label: section.id.clone(),
            key: None,
            values: [section.proved, claimed, open].map(Some).to_vec(),
            value: format!("{}/{}", section.claimed, section.total),
        }
    });
    Figure::StackedBars(StackedBars {
        row_head: "Phần".into(),
        value_head: "Báo xong/tổng".into(),
        series: vec![
            series("có minh chứng", Fill::Solid, Role::Teal),
            series("chỉ báo xong", Fill::Hatched, Role::Accent),
            series("chưa xong", Fill::Solid, Role::Line),
        ],
        rows: rows.collect(),
        share: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::collect::sample;

    #[test]
    fn the_same_freeze_gives_the_same_bytes_and_another_gives_others() {
        let freeze = sample::freeze();
        for kind in [ChartKind::BurnUp, ChartKind::Months] {
            let (one, two) = (picture(&freeze, kind), picture(&freeze.clone(), kind));
            assert!(one.is_some() && one == two, "{kind:?}");
            let mut other = freeze.clone();
            other.tasks.course.truncate(2);
            other.dossiers.months.truncate(1);
            assert_ne!(picture(&other, kind), one, "{kind:?}");
        }
    }

    #[test]
    fn a_chart_ends_where_the_figures_stand_and_leaves_what_is_unknown_open() {
        let mut freeze = sample::freeze();
        let last = freeze.tasks.course.iter().rfind(|p| p.day <= freeze.at.day()).expect("points").claimed;
        let Figure::BurnUp(drawn) = figure(&freeze, ChartKind::BurnUp) else { panic!("a burn-up") };
        assert_eq!(drawn.claimed.last().map(|(_, n)| *n), Some(last));
        assert!(
            drawn.claimed.iter().chain(drawn.proved.iter().flatten()).all(|(day, _)| *day <= freeze.at.day())
        );
        // Days that nobody observed are a gap, and no months no columns: neither is a nought.
        freeze.tasks.course.iter_mut().for_each(|point| point.proved = None);
        freeze.dossiers.months.clear();
        let Figure::BurnUp(drawn) = figure(&freeze, ChartKind::BurnUp) else { panic!("a burn-up") };
        assert!(drawn.proved.iter().flatten().all(|(_, n)| n.is_none()));
        let empty = picture(&freeze, ChartKind::Months).expect("a quiet frame");
        assert!(empty.svg.contains("Chưa có số liệu"));
    }
}
