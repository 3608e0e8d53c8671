//! Claims about every figure, read from the drawn SVG and not from the layout that made it.

mod any;
mod dossiers;

use chrono::Duration;
use dossiers::{sample_heat, sample_ranking, sample_shares, sample_trend};
use pvhcc_charts::{
    BurnUp, Chart, ChartError, Figure, Quantity, Size, Theme, Trend, burn_up, draw, png, rate_lines,
    sample_figures, stacked_bars, text_width,
};

const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Print];

fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

fn at_least(figure: &Figure, width: u32, height: u32) -> Size {
    let least = figure.least_size();
    size(least.width.max(width), least.height.max(height))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

struct Seen {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// The texts of a picture with their boxes in px.
fn texts(svg: &str) -> Vec<Seen> {
    svg.split("<text")
        .skip(1)
        .map(|part| {
            let (tag, rest) = part.split_once(">\n").expect("an opening tag");
            let text = rest.split_once("\n</text>").expect("a closing tag").0;
            let text = text
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
            let number =
                |name| attribute(tag, name).and_then(|v| v.parse::<f64>().ok()).expect("a number") / 10.0;
            assert_eq!(attribute(tag, "font-family"), Some("&apos;Source Sans 3&apos;, sans-serif"));
            let em = number("font-size");
            let w = text_width(&text, em, tag.contains("font-weight=\"bold\""));
            let left = number("x")
                - match attribute(tag, "text-anchor") {
                    Some("middle") => w / 2.0,
                    Some("end") => w,
                    _ => 0.0,
                };
            let baseline = number("y") + 0.76 * em;
            Seen { text, left, right: left + w, top: baseline - 0.8 * em, bottom: baseline + 0.2 * em }
        })
        .collect()
}

/// What holds for every picture, whatever the data.
fn sound(chart: &Chart) {
    let (w, h) = (f64::from(chart.width), f64::from(chart.height));
    let seen = texts(&chart.svg);
    for (i, a) in seen.iter().enumerate() {
        assert!(
            a.left >= -0.2 && a.right <= w + 0.2 && a.top >= -0.2 && a.bottom <= h + 0.2,
            "\"{}\" leaves the picture",
            a.text
        );
        for b in &seen[i + 1..] {
            let apart = a.right <= b.left + 0.1
                || b.right <= a.left + 0.1
                || a.bottom <= b.top + 0.1
                || b.bottom <= a.top + 0.1;
            assert!(apart, "\"{}\" overlaps \"{}\"", a.text, b.text);
        }
    }
    for spot in &chart.hotspots {
        let inside =
            spot.x >= 0.0 && spot.y >= 0.0 && spot.x + spot.w <= w + 1e-6 && spot.y + spot.h <= h + 1e-6;
        assert!(inside && spot.w > 0.0 && spot.h > 0.0, "{spot:?} in {w}×{h}");
        assert!(spot.row.is_some_and(|r| r < chart.table.rows.len()), "{spot:?}");
        assert!(!spot.label.is_empty());
    }
    assert_eq!(chart.table.numeric.len(), chart.table.columns.len());
    assert!(chart.table.rows.iter().all(|r| r.len() == chart.table.columns.len()));
    assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf"));
    assert!(!chart.svg.contains(" id=") && !chart.svg.contains("<style") && !chart.svg.contains("<script"));
    assert_eq!(chart.svg.matches("<svg").count(), 1);
    assert!(chart.svg.trim_end().ends_with("</svg>"));
}

fn sample(name: &str) -> Figure {
    sample_figures().into_iter().find(|(n, _)| *n == name).expect("a sample").1
}

fn sample_burn_up() -> BurnUp {
    let Figure::BurnUp(input) = sample("burn_up") else { panic!("a burn-up") };
    input
}

#[test]
fn every_sample_is_sound_in_every_theme_at_the_sizes_of_the_window() {
    for (_, figure) in sample_figures() {
        for (w, h) in [(680, 220), (400, 190), (380, 230), (560, 230), (300, 140), (900, 320), (1200, 500)] {
            for theme in THEMES {
                sound(&draw(&figure, theme, at_least(&figure, w, h)).expect("drawn"));
            }
        }
    }
}

#[test]
fn names_of_rows_stand_whole_in_the_narrowest_box_of_the_overview() {
    for (name, names) in [
        (
            "stacked_bars",
            vec!["I. Chuẩn bị, lập kế hoạch", "II. Dữ liệu, nghiệp vụ", "III. Kết nối, tích hợp"],
        ),
        ("rates", vec!["SSO VNeID · GĐ2", "Hồ sơ lên Cổng · GĐ1", "Kết quả về tỉnh · GĐ1"]),
        ("load_bars", vec!["Trung tâm Chuyển đổi số", "VNPT Gia Lai", "TT PVHCC tỉnh"]),
    ] {
        let mut figure = sample(name);
        match &mut figure {
            Figure::StackedBars(input) => {
                input.rows.iter_mut().zip(&names).for_each(|(r, n)| r.label = (*n).into());
            }
            Figure::RateRows(input) => {
                input.rows.iter_mut().zip(&names).for_each(|(r, n)| r.label = (*n).into());
            }
            Figure::LoadBars(input) => {
                input.rows.iter_mut().zip(&names).for_each(|(r, n)| r.label = (*n).into());
            }
            _ => panic!("a figure of rows"),
        }
        let chart = draw(&figure, Theme::Light, at_least(&figure, 256, 170)).expect("drawn");
        sound(&chart);
        let lines: Vec<String> = texts(&chart.svg).into_iter().map(|t| t.text).collect();
        for label in names {
            let whole = lines.iter().any(|l| l == label);
            let halved = lines.windows(2).any(|pair| pair.join(" ") == label);
            assert!(whole || halved, "{label} in {lines:?}");
        }
    }
}

#[test]
fn an_end_of_a_curve_that_is_not_known_says_so_in_full() {
    let mut input = sample_burn_up();
    input.proved = Some(vec![(input.from, Some(3)), (input.today, None)]);
    for width in 560..700 {
        let chart = draw(&Figure::BurnUp(input.clone()), Theme::Light, size(width, 220)).expect("drawn");
        assert!(chart.svg.contains("Có minh chứng: chưa rõ"), "{width}");
    }
}

#[test]
fn rows_of_the_table_are_the_data_and_each_datum_has_its_hot_spot() {
    let figure = sample("load_bars");
    let chart = draw(&figure, Theme::Light, at_least(&figure, 400, 190)).expect("drawn");
    assert_eq!(chart.table.rows[0], ["Đơn vị kỹ thuật", "78", "72", "66", "2", "6"]);
    assert_eq!(chart.hotspots.len(), 5);

    let figure = sample("columns");
    let chart = draw(&figure, Theme::Light, at_least(&figure, 400, 190)).expect("drawn");
    assert_eq!(chart.table.rows[2], ["T3", "93.120", "–", "24.020"]);
    assert_eq!(chart.table.rows[4], ["T5*", "56.462", "32.154", "31.238"]);
    assert_eq!(
        chart.hotspots.iter().map(|h| h.row).collect::<Vec<_>>(),
        (0..5).map(Some).collect::<Vec<_>>()
    );

    let figure = sample("rates");
    let chart = draw(&figure, Theme::Light, at_least(&figure, 400, 190)).expect("drawn");
    assert_eq!(chart.table.rows[2], ["Đồng bộ thông tin thanh toán", "91,2%", "466"]);
    assert_eq!(chart.table.rows[4], ["Duyệt yêu cầu hoàn tiền", "chưa rõ", "–"]);
    assert_eq!(chart.hotspots.len(), 6);

    // One spot for each segment that is there; the row with an unknown share has one.
    let figure = sample("stacked_bars");
    let chart = draw(&figure, Theme::Light, at_least(&figure, 400, 190)).expect("drawn");
    assert_eq!(chart.hotspots.len(), 1 + 2 + 4 + 2 + 1);
    assert_eq!(chart.table.rows[2], ["III. SSO, API", "49", "4", "1", "1", "53/55"]);

    let chart = burn_up(&sample_burn_up(), Theme::Light, size(680, 220)).expect("drawn");
    assert_eq!(chart.hotspots.len(), 90);
    assert_eq!(chart.table.rows.last().expect("a row"), &["29/05/2026", "90", "84", "78"]);
    assert_eq!(chart.summary, "Kế hoạch 90, Báo xong 84, Có minh chứng 78 trên 90 nhiệm vụ, đến 29/05/2026.");
}

#[test]
fn the_burn_up_names_its_series_its_days_and_the_64_due_on_one_day() {
    let chart = burn_up(&sample_burn_up(), Theme::Light, size(680, 220)).expect("drawn");
    let seen: Vec<_> = texts(&chart.svg).into_iter().map(|t| t.text).collect();
    for wanted in [
        "Kế hoạch 90",
        "Báo xong 84",
        "Có minh chứng 78",
        "64 nhiệm vụ",
        "đến hạn 13/03",
        "hạn cuối 20/04",
        "hôm nay 29/05",
        "13/03",
        "0",
        "30",
        "60",
        "90",
    ] {
        assert!(seen.iter().any(|t| t == wanted), "{wanted} is not in {seen:?}");
    }
    let small = burn_up(&sample_burn_up(), Theme::Light, size(380, 190)).expect("drawn");
    assert!(texts(&small.svg).iter().any(|t| t.text == "+64"));
}

#[test]
fn a_gap_in_what_is_known_is_a_gap_in_the_curve_and_a_dash_in_the_table() {
    let mut input = sample_burn_up();
    input.proved = None;
    let accent = "stroke=\"#12436D\"";
    let curves = |input: &BurnUp| {
        let chart = burn_up(input, Theme::Light, size(680, 220)).expect("drawn");
        (chart.svg.matches(accent).count(), chart)
    };
    assert_eq!(curves(&input).0, 1);
    input.claimed[40].1 = None;
    let (count, chart) = curves(&input);
    assert_eq!(count, 2);
    assert_eq!(chart.table.rows[40][2], "–");
    input.claimed[89].1 = None;
    assert!(curves(&input).1.svg.contains("Báo xong: chưa rõ"));
}

#[test]
fn nothing_done_is_drawn_after_today() {
    let mut input = sample_burn_up();
    input.today = input.from + Duration::days(30);
    let chart = burn_up(&input, Theme::Light, size(680, 220)).expect("drawn");
    sound(&chart);
    let last = chart.table.rows.last().expect("a row");
    assert_eq!((last[0].as_str(), last[2].as_str(), last[3].as_str()), ("20/04/2026", "–", "–"));
}

#[test]
fn the_same_input_is_the_same_picture() {
    for (_, figure) in sample_figures() {
        let size = at_least(&figure, 560, 230);
        let once = draw(&figure, Theme::Dark, size).expect("drawn");
        assert_eq!(draw(&figure, Theme::Dark, size).expect("drawn"), once);
    }
}

#[test]
fn an_unknown_rate_is_grey_and_never_green() {
    let Figure::RateRows(mut input) = sample("rates") else { panic!("rates") };
    for row in &mut input.rows {
        row.rate = None;
    }
    for (theme, green, grey) in [(Theme::Light, "#17774A", "#5A6372"), (Theme::Dark, "#5CC48D", "#93A0B2")] {
        let svg = rate_lines(&input, theme, size(400, 190)).expect("drawn").svg;
        assert!(!svg.contains(green) && svg.contains(grey));
    }
}

#[test]
fn one_unknown_part_makes_the_whole_bar_dotted_and_not_solid() {
    let Figure::StackedBars(mut input) = sample("stacked_bars") else { panic!("bars") };
    input.rows.truncate(1);
    input.rows[0].values[3] = None;
    let chart = stacked_bars(&input, Theme::Light, size(400, 190)).expect("drawn");
    assert_eq!(chart.hotspots.len(), 1);
    assert_eq!(chart.hotspots[0].label, "I. Chuẩn bị, kế hoạch: chưa rõ");
    assert!(chart.svg.contains("<circle"));
}

#[test]
fn markup_in_labels_is_text() {
    let Figure::StackedBars(mut input) = sample("stacked_bars") else { panic!("bars") };
    input.rows[0].label = "<b>&\"'</b>".into();
    let chart = stacked_bars(&input, Theme::Light, size(680, 220)).expect("drawn");
    assert!(!chart.svg.contains("<b>"));
    assert!(chart.svg.contains("aria-label=\"&lt;b&gt;&amp;&quot;'&lt;/b&gt; 3/3; "));
    assert!(texts(&chart.svg).iter().any(|t| t.text == "<b>&\"'</b>"));
    sound(&chart);
}

#[test]
fn loose_marks_are_composed_everywhere() {
    let Figure::StackedBars(mut input) = sample("stacked_bars") else { panic!("bars") };
    let loose = "Ho\u{302}\u{300} so\u{31b}";
    input.rows[0].label = loose.into();
    input.series[0].label = loose.into();
    input.row_head = loose.into();
    let chart = stacked_bars(&input, Theme::Light, size(680, 220)).expect("drawn");
    let everything = format!("{chart:?}");
    assert!(everything.contains("Hồ sơ"));
    assert!(
        !everything.contains("u{302}") && !everything.contains('\u{302}') && !everything.contains('\u{31b}')
    );
}

#[test]
fn no_data_says_so_and_has_no_hot_spots() {
    let mut empty = sample_burn_up();
    (empty.plan, empty.claimed, empty.proved) = (vec![], vec![], None);
    let mut unknown = sample_burn_up();
    unknown.plan.clear();
    unknown.claimed.iter_mut().for_each(|p| p.1 = None);
    unknown.proved = None;
    let mut figures = vec![Figure::BurnUp(empty), Figure::BurnUp(unknown)];
    for (_, figure) in sample_figures() {
        match figure {
            Figure::BurnUp(_) => {}
            Figure::StackedBars(mut input) => {
                input.rows.clear();
                figures.push(Figure::StackedBars(input));
            }
            Figure::LoadBars(mut input) => {
                input.rows.clear();
                figures.push(Figure::LoadBars(input));
            }
            Figure::GroupedColumns(mut input) => {
                input.groups.iter_mut().for_each(|g| (g.received, g.done, g.stock) = (None, None, None));
                figures.push(Figure::GroupedColumns(input));
            }
            Figure::RateRows(mut input) => {
                input.rows.clear();
                figures.push(Figure::RateRows(input));
            }
            Figure::Trend(mut input) => {
                input.measures.iter_mut().for_each(|m| {
                    m.values.fill(None);
                    m.before.fill(None);
                });
                figures.push(Figure::Trend(input));
            }
            Figure::HeatMap(mut input) => {
                input.rows.iter_mut().flat_map(|r| &mut r.cells).for_each(|c| c.value = None);
                figures.push(Figure::HeatMap(input));
            }
            Figure::Ageing(mut input) => {
                input.buckets.iter_mut().for_each(|b| (b.within.count, b.overdue.count) = (None, None));
                figures.push(Figure::Ageing(input));
            }
            Figure::Shares(mut input) => {
                input.rows.iter_mut().flat_map(|r| &mut r.parts).for_each(|p| p.count = None);
                figures.push(Figure::Shares(input));
            }
            Figure::Ranking(mut input) => {
                input.rows.clear();
                figures.push(Figure::Ranking(input));
            }
        }
    }
    assert_eq!(figures.len(), 11);
    for figure in figures {
        let chart = draw(&figure, Theme::Dark, at_least(&figure, 380, 190)).expect("drawn");
        assert!(chart.svg.contains("Chưa có số liệu"));
        assert_eq!((chart.hotspots.len(), chart.table.rows.len()), (0, 0));
        assert_eq!(chart.summary, "Chưa có số liệu.");
        sound(&chart);
    }
}

#[test]
fn wrong_input_and_impossible_sizes_are_typed_errors() {
    for (_, figure) in sample_figures() {
        let least = figure.least_size();
        let narrow = size(least.width - 1, least.height);
        assert!(
            matches!(draw(&figure, Theme::Light, narrow), Err(ChartError::TooSmall { width, .. }) if width == least.width)
        );
        assert!(matches!(draw(&figure, Theme::Light, size(0, 0)), Err(ChartError::TooSmall { .. })));
        assert!(matches!(draw(&figure, Theme::Light, size(u32::MAX, 200)), Err(ChartError::TooLarge { .. })));
        assert!(matches!(
            png(&figure, Theme::Light, at_least(&figure, 380, 190), 9),
            Err(ChartError::Input(_))
        ));
    }
    let mut backwards = sample_burn_up();
    (backwards.from, backwards.to) = (backwards.to, backwards.from);
    assert!(matches!(burn_up(&backwards, Theme::Light, size(680, 220)), Err(ChartError::Input(_))));
    let mut shuffled = sample_burn_up();
    shuffled.claimed.reverse();
    assert!(matches!(burn_up(&shuffled, Theme::Light, size(680, 220)), Err(ChartError::Input(_))));
    for wrong in [f64::NAN, -0.1, 1.1, f64::INFINITY] {
        let Figure::RateRows(mut input) = sample("rates") else { panic!("rates") };
        input.rows[0].rate = Some(wrong);
        assert!(matches!(rate_lines(&input, Theme::Light, size(400, 190)), Err(ChartError::Input(_))));
    }
    let wrong = |figure: Figure| {
        let size = at_least(&figure, 560, 230);
        assert!(matches!(draw(&figure, Theme::Light, size), Err(ChartError::Input(_))), "{figure:?}");
    };
    let change_trend = |change: fn(&mut Trend)| {
        let mut input = sample_trend();
        change(&mut input);
        wrong(Figure::Trend(input));
    };
    change_trend(|t| t.measures[0].values.truncate(4));
    change_trend(|t| t.measures[0].before.truncate(4));
    change_trend(|t| t.measures[0].values[0] = Some(f64::NAN));
    change_trend(|t| t.measures = vec![t.measures[0].clone(); 3]);
    change_trend(|t| t.events[0].at = 5.1);
    change_trend(|t| t.quantity = Quantity::Count { divisor: 0, unit: String::new() });
    change_trend(|t| t.quantity = Quantity::Share);
    let mut input = sample_heat();
    input.rows[148].cells.pop();
    wrong(Figure::HeatMap(input));
    let mut input = sample_shares();
    input.rows[0].parts.pop();
    wrong(Figure::Shares(input));
    let mut input = sample_shares();
    input.rows[0].parts[0].count = Some(u64::MAX);
    wrong(Figure::Shares(input));
    let mut input = sample_ranking();
    input.rows[0].rate = Some(1.5);
    wrong(Figure::Ranking(input));

    let Figure::StackedBars(mut input) = sample("stacked_bars") else { panic!("bars") };
    input.rows[0].values.pop();
    assert!(matches!(stacked_bars(&input, Theme::Light, size(400, 190)), Err(ChartError::Input(_))));
}

#[test]
fn a_single_point_is_visible() {
    let mut input = sample_burn_up();
    input.to = input.from;
    input.today = input.from;
    input.plan.truncate(1);
    input.claimed = vec![(input.from, Some(1))];
    input.proved = None;
    input.milestones.clear();
    let chart = burn_up(&input, Theme::Light, size(400, 190)).expect("drawn");
    sound(&chart);
    assert_eq!(chart.hotspots.len(), 1);
    assert!(chart.svg.contains("<circle"));
}

#[test]
fn the_png_has_the_size_asked_for_and_the_ink_of_the_figure() {
    let file = png(&sample("burn_up"), Theme::Print, size(300, 140), 2).expect("drawn");
    let mut reader = png::Decoder::new(file.as_slice()).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size()];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!((info.width, info.height), (600, 280));
    assert_eq!(pixels[..3], [255, 255, 255]);
    let dark = pixels.chunks(3).filter(|p| p.iter().all(|c| *c < 120)).count();
    assert!((500..60_000).contains(&dark), "{dark} dark pixels");
}
