//! Claims about the figures of dossiers: trend, heat map, ageing, shares, ranking.

use super::{at_least, sample, size, sound, texts};
use pvhcc_charts::{
    Ageing, Figure, HeatCell, HeatColumn, HeatMap, Quantity, Ranking, Shares, Theme, Trend, TrendPeriod,
    ageing, draw, heat_map, ranking, shares, trend,
};

pub(crate) fn sample_trend() -> Trend {
    let Figure::Trend(input) = sample("trend") else { panic!("a trend") };
    input
}

pub(crate) fn sample_heat() -> HeatMap {
    let Figure::HeatMap(input) = sample("heat_map") else { panic!("a heat map") };
    input
}

pub(crate) fn sample_ageing() -> Ageing {
    let Figure::Ageing(input) = sample("ageing") else { panic!("buckets") };
    input
}

pub(crate) fn sample_shares() -> Shares {
    let Figure::Shares(input) = sample("shares") else { panic!("shares") };
    input
}

pub(crate) fn sample_ranking() -> Ranking {
    let Figure::Ranking(input) = sample("ranking") else { panic!("a ranking") };
    input
}

#[test]
fn the_trend_stands_beside_the_year_before_and_says_the_change() {
    let chart = trend(&sample_trend(), Theme::Light, size(560, 230)).expect("drawn");
    assert_eq!(chart.table.columns, ["Tháng", "Tiếp nhận", "Tiếp nhận, cùng kỳ 2025"]);
    assert_eq!(chart.table.rows[1], ["T2", "58.402", "–"]);
    assert_eq!(chart.table.rows[4], ["T5*", "56.462", "41.077"]);
    assert_eq!(chart.hotspots.len(), 5);
    assert_eq!(chart.hotspots[4].label, "T5*: tiếp nhận 56.462 (cùng kỳ 2025 41.077, tăng 37,5%)");
    assert_eq!(chart.hotspots[1].label, "T2: tiếp nhận 58.402 (cùng kỳ 2025 chưa rõ)");
    assert_eq!(chart.hotspots[2].key.as_deref(), Some("T3"));
    let seen: Vec<_> = texts(&chart.svg).into_iter().map(|t| t.text).collect();
    for wanted in ["Tiếp nhận 56,5", "cùng kỳ 2025", "kiểm thử GĐ2", "98,6", "nghìn hồ sơ", "* đến 15/05"]
    {
        assert!(seen.iter().any(|t| t == wanted), "{wanted} is not in {seen:?}");
    }
    // A year of days has fewer names than days, and all of them apart.
    let mut days = sample_trend();
    days.periods =
        (0..366).map(|i| TrendPeriod { label: format!("ngày {i}"), key: None, partial: false }).collect();
    days.measures[0].values = (0..366).map(|i| Some(f64::from(i % 90))).collect();
    days.measures[0].before = vec![];
    let chart = trend(&days, Theme::Dark, size(380, 230)).expect("drawn");
    sound(&chart);
    assert_eq!((chart.hotspots.len(), chart.table.columns.len()), (366, 2));
}

#[test]
fn a_gap_in_a_trend_parts_the_line_and_a_lone_period_is_still_seen() {
    let lines = |input: &Trend| {
        let svg = trend(input, Theme::Light, size(560, 230)).expect("drawn").svg;
        svg.matches("<polyline").count() + svg.matches("<line").count()
    };
    let mut input = sample_trend();
    input.measures[0].before.clear();
    let whole = lines(&input);
    input.measures[0].values[2] = None;
    assert_eq!(lines(&input), whole + 1, "two runs of two");
    input.measures[0].values = vec![None, None, Some(93_120.0), None, None];
    let chart = trend(&input, Theme::Light, size(560, 230)).expect("drawn");
    assert!(chart.svg.contains("<circle") && lines(&input) == whole - 1);
    assert_eq!(chart.table.rows[0], ["T1", "–"]);
}

#[test]
fn the_heat_map_shows_the_rows_that_fit_and_the_table_has_all_of_them() {
    let input = sample_heat();
    let chart = heat_map(&input, Theme::Light, size(560, 230)).expect("drawn");
    assert_eq!(chart.table.rows.len(), 149);
    let seen: Vec<_> = texts(&chart.svg).into_iter().map(|t| t.text).collect();
    let shown = input.rows.iter().filter(|r| seen.contains(&r.label)).count();
    assert!(shown >= 8, "{shown}");
    assert!(seen.iter().any(|t| t.starts_with(&format!("{} dòng nữa trong bảng", 149 - shown))), "{seen:?}");
    // One spot a cell and one a name.
    assert_eq!(chart.hotspots.len(), shown * 6);
    let cell = chart.hotspots.iter().find(|h| h.key.as_deref() == Some("1/3")).expect("a cell");
    assert_eq!((cell.label.as_str(), cell.row), ("Phường Quy Nhơn, T4: 3.138", Some(1)));
    assert!(seen.iter().any(|t| t == "3.138"));
    // What the star means and what the legend is of are said in the narrowest panel too.
    let narrow = heat_map(&input, Theme::Light, size(380, 230)).expect("drawn");
    let seen: Vec<_> = texts(&narrow.svg).into_iter().map(|t| t.text).collect();
    for wanted in ["* đến 15/05", "hồ sơ tiếp nhận", "chưa rõ", "142 dòng nữa trong bảng"] {
        assert!(seen.iter().any(|t| t == wanted), "{wanted} is not in {seen:?}");
    }
    // All rows in a picture that is high enough.
    let chart = heat_map(&input, Theme::Dark, size(900, 3_000)).expect("drawn");
    assert_eq!(chart.hotspots.len(), 149 * 6);
    assert!(!texts(&chart.svg).iter().any(|t| t.text.contains("dòng nữa")));
}

#[test]
fn names_in_the_heat_map_stand_whole_at_a_year_of_months_in_the_narrow_panel() {
    let mut input = sample_heat();
    input.columns = (1..=12).map(|m| HeatColumn { label: format!("T{m}"), partial: m == 12 }).collect();
    for row in &mut input.rows {
        row.cells = (0..12).map(|m| HeatCell { value: Some(f64::from(m) / 12.0), key: None }).collect();
    }
    input.quantity = Quantity::Share;
    let chart = heat_map(&input, Theme::Light, size(380, 230)).expect("drawn");
    sound(&chart);
    let lines: Vec<String> = texts(&chart.svg).into_iter().map(|t| t.text).collect();
    for name in ["Sở Nông nghiệp và Môi trường", "Phường Quy Nhơn Đông"] {
        assert!(
            lines.iter().any(|l| l == name) || lines.windows(2).any(|l| l.join(" ") == name),
            "{lines:?}"
        );
    }
    assert!(lines.iter().any(|l| l == "50,0"), "percentages are as long as their neighbours");
}

#[test]
fn an_unknown_cell_has_no_class_of_the_scale() {
    let mut input = sample_heat();
    input.rows.truncate(1);
    let filled = |input: &HeatMap| {
        let svg = heat_map(input, Theme::Light, size(560, 230)).expect("drawn").svg;
        (svg.matches("<rect").count(), svg.matches("<circle").count())
    };
    let known = filled(&input);
    assert_eq!(known.1, 0);
    input.rows[0].cells[2].value = None;
    let (boxes, dots) = filled(&input);
    assert!(boxes < known.0 && dots > 20);
    let chart = heat_map(&input, Theme::Light, size(560, 230)).expect("drawn");
    assert!(chart.hotspots.iter().any(|h| h.label == "Sở Nông nghiệp và Môi trường, T3: chưa rõ"));
    assert!(texts(&chart.svg).iter().any(|t| t.text == "chưa rõ"), "the legend explains the dots");
}

#[test]
fn both_parts_of_a_bucket_open_their_own_records() {
    let chart = ageing(&sample_ageing(), Theme::Light, size(380, 230)).expect("drawn");
    sound(&chart);
    assert_eq!(chart.table.rows[5], ["> 30 ngày", "214", "549", "763"]);
    assert_eq!(chart.hotspots.len(), 12);
    assert_eq!(chart.hotspots[11].label, "> 30 ngày, quá hạn: 549 hồ sơ");
    assert_eq!(chart.hotspots[11].key.as_deref(), Some("overdue"));
    assert_eq!(chart.summary, "31.238 hồ sơ đang chờ, trong đó quá hạn 1.645; > 30 ngày: 763.");
    let seen: Vec<_> = texts(&chart.svg).into_iter().map(|t| t.text).collect();
    for wanted in ["763", "549", "11–20 ngày", "trong hạn", "quá hạn"] {
        assert!(seen.iter().any(|t| t == wanted), "{wanted} is not in {seen:?}");
    }
    let mut input = sample_ageing();
    input.buckets[0].overdue.count = None;
    let chart = ageing(&input, Theme::Light, size(380, 230)).expect("drawn");
    assert_eq!(chart.table.rows[0], ["≤ 1 ngày", "6.204", "–", "–"]);
    assert!(chart.summary.starts_with("chưa rõ hồ sơ") && chart.svg.contains("<circle"));
}

#[test]
fn shares_are_of_their_row_and_one_unknown_part_leaves_none() {
    let chart = shares(&sample_shares(), Theme::Light, size(560, 230)).expect("drawn");
    assert_eq!(
        chart.table.rows[2],
        ["T3", "71.306", "76,5%", "20.015", "21,4%", "1.402", "1,5%", "397", "0,4%", "93.120"]
    );
    let spot = chart.hotspots.iter().find(|h| h.key.as_deref() == Some("T3/1")).expect("a part");
    assert_eq!(spot.label, "T3, Trực tiếp: 20.015 (21,4%)");
    assert!(texts(&chart.svg).iter().any(|t| t.text == "76,5%"));
    // A name and three parts a row, two rows have a fourth.
    assert_eq!(chart.hotspots.len(), 5 * 4 + 2);

    let mut input = sample_shares();
    input.rows[2].parts[3].count = None;
    input.rows[3].parts.iter_mut().for_each(|p| p.count = Some(0));
    let chart = shares(&input, Theme::Light, size(560, 230)).expect("drawn");
    assert_eq!(chart.table.rows[2][2], "–");
    assert_eq!(chart.table.rows[3][2], "–", "of nothing there is no share");
    assert!(chart.hotspots.iter().any(|h| h.label == "T3: chưa rõ"));
}

#[test]
fn a_ranking_says_the_change_in_words_and_sums_have_no_bar() {
    let chart = ranking(&sample_ranking(), Theme::Light, size(560, 230)).expect("drawn");
    assert_eq!(chart.table.columns, ["Đơn vị", "Tiếp nhận", "Đúng hạn", "So với T4"]);
    assert_eq!(chart.table.rows[0], ["Sở Nông nghiệp và Môi trường", "23.076", "99,3%", "tăng 13,6%"]);
    assert_eq!(chart.table.rows[5], ["Sở Văn hóa, Thể thao và Du lịch", "–", "95,7%", "–"]);
    assert_eq!(
        chart.hotspots[1].label,
        "Phường Quy Nhơn: tiếp nhận 13.043, đúng hạn 99,7%, tăng 18,0% so với T4"
    );
    let bars = |input: &Ranking| {
        ranking(input, Theme::Light, size(560, 230)).expect("drawn").svg.matches("#12436D").count()
    };
    let mut input = sample_ranking();
    input.rows.truncate(1);
    assert_eq!(bars(&input), 1);
    input.rows[0].rest = true;
    assert_eq!(bars(&input), 0);
    // What was nothing before has no percentage, and the table says from what.
    input.rows[0].before = Some(0.0);
    let chart = ranking(&input, Theme::Light, size(560, 230)).expect("drawn");
    assert_eq!(chart.table.rows[0][3], "từ 0");
}

#[test]
fn nothing_unknown_is_green_in_any_figure() {
    let mut trend = sample_trend();
    trend.measures[0].values[4] = None;
    let mut heat = sample_heat();
    heat.rows.iter_mut().skip(1).flat_map(|r| &mut r.cells).for_each(|c| c.value = None);
    let mut ageing = sample_ageing();
    ageing.buckets.iter_mut().skip(1).for_each(|b| (b.within.count, b.overdue.count) = (None, None));
    let mut shares = sample_shares();
    shares.rows.iter_mut().skip(1).flat_map(|r| &mut r.parts).for_each(|p| p.count = None);
    let mut ranking = sample_ranking();
    ranking.rows.iter_mut().for_each(|r| (r.value, r.rate) = (None, None));
    for figure in [
        Figure::Trend(trend),
        Figure::HeatMap(heat),
        Figure::Ageing(ageing),
        Figure::Shares(shares),
        Figure::Ranking(ranking),
    ] {
        for (theme, green) in [(Theme::Light, "#17774A"), (Theme::Dark, "#5CC48D")] {
            let chart = draw(&figure, theme, at_least(&figure, 560, 230)).expect("drawn");
            assert!(!chart.svg.contains(green));
            assert!(
                chart.table.rows.iter().flatten().any(|c| c == "–")
                    && chart.hotspots.iter().any(|h| h.label.contains("chưa rõ"))
            );
            sound(&chart);
        }
    }
}
