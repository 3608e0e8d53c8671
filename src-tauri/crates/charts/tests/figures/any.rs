//! Any input at any size is a sound picture.

use super::dossiers::{sample_ageing, sample_heat, sample_ranking, sample_trend};
use super::{sample, sample_burn_up, size, sound};
use chrono::{Duration, NaiveDate};
use proptest::prelude::*;
use pvhcc_charts::{
    AgeBucket, AgePart, Ageing, BurnUp, ColumnGroup, Figure, Fill, HeatCell, HeatColumn, HeatRow, LoadRow,
    Quantity, RankRow, RateRow, Role, SharePart, ShareRow, ShareSeries, Shares, StackedRow, StackedSeries,
    Theme, TrendEvent, TrendMeasure, TrendPeriod, draw, png,
};

fn label() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-ZÀ-ỹ0-9 <>&\"']{0,40}", any::<String>().prop_map(|s| s.chars().take(30).collect())]
}

fn any_burn_up() -> impl Strategy<Value = BurnUp> {
    let series = || prop::collection::btree_map(0..200i64, prop::option::weighted(0.85, 0..u32::MAX), 0..60);
    (
        0..120i64,
        -20..200i64,
        series(),
        series(),
        prop::option::of(series()),
        prop::collection::vec((0..150i64, label()), 0..4),
        0..500u32,
    )
        .prop_map(|(span, today, plan, claimed, proved, milestones, total)| {
            let from = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
            let on = |n: i64| from + Duration::days(n);
            let list = |m: std::collections::BTreeMap<i64, Option<u32>>| {
                m.into_iter().map(|(d, v)| (on(d), v)).collect::<Vec<_>>()
            };
            BurnUp {
                from,
                to: on(span),
                plan: list(plan).into_iter().filter_map(|(d, v)| v.map(|v| (d, v % 500))).collect(),
                claimed: list(claimed),
                proved: proved.map(list),
                today: on(today),
                milestones: milestones.into_iter().map(|(d, l)| (on(d), l)).collect(),
                total,
                labels: sample_burn_up().labels,
            }
        })
}

fn any_quantity() -> impl Strategy<Value = (Quantity, f64)> {
    let count = (prop::sample::select(vec![1u32, 1000]), label())
        .prop_map(|(divisor, unit)| (Quantity::Count { divisor, unit }, 1.0));
    prop_oneof![count, Just((Quantity::Share, 1e-5))]
}

/// Counts of 0 to 100.000, made shares by the factor of their quantity.
fn values(most: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![0..20u32, 0..100_000u32].prop_map(f64::from);
    prop::collection::vec(prop::option::weighted(0.9, value), 0..most)
}

fn scaled(values: &[Option<f64>], by: f64) -> Vec<Option<f64>> {
    values.iter().map(|v| v.map(|v| v * by)).collect()
}

fn any_trend() -> impl Strategy<Value = Figure> {
    let events = prop::collection::vec((0.0..=1.0f64, label()), 0..3);
    (any_quantity(), prop::collection::vec((values(40), label()), 0..3), events, label(), any::<bool>())
        .prop_map(|((quantity, by), mut series, events, name, before)| {
            let mut input = sample_trend();
            let count = series.iter().map(|(v, _)| v.len()).max().unwrap_or(0);
            series.iter_mut().for_each(|(v, _)| v.resize(count, None));
            input.periods = (0..count)
                .map(|i| TrendPeriod { label: format!("{name}{i}"), key: None, partial: i + 1 == count })
                .collect();
            let past = |v: &[Option<f64>]| if before { scaled(v, by / 2.0) } else { vec![] };
            input.measures = series
                .iter()
                .map(|(v, label)| TrendMeasure {
                    label: label.clone(),
                    values: scaled(v, by),
                    before: past(v),
                })
                .collect();
            input.events =
                events.into_iter().map(|(at, label)| TrendEvent { at: at * count as f64, label }).collect();
            input.quantity = quantity;
            Figure::Trend(input)
        })
}

fn any_heat_map() -> impl Strategy<Value = Figure> {
    let rows = prop::collection::vec((label(), values(13)), 0..30);
    (any_quantity(), 1..13usize, rows, label()).prop_map(|((quantity, by), columns, rows, name)| {
        let mut input = sample_heat();
        input.columns = (0..columns)
            .map(|i| HeatColumn { label: format!("{name}{i}"), partial: i + 1 == columns })
            .collect();
        input.rows = rows
            .into_iter()
            .map(|(label, mut values)| {
                values.resize(columns, None);
                let cells = scaled(&values, by).into_iter().map(|value| HeatCell { value, key: None });
                HeatRow { label, key: None, cells: cells.collect() }
            })
            .collect();
        input.quantity = quantity;
        Figure::HeatMap(input)
    })
}

fn any_ageing() -> impl Strategy<Value = Figure> {
    let part = || prop_oneof![0..5u64, 0..100_000u64, any::<u64>()];
    let part = move || prop::option::weighted(0.9, part()).prop_map(|count| AgePart { count, key: None });
    prop::collection::vec((label(), part(), part()), 0..10).prop_map(|buckets| {
        let bucket = |(label, within, overdue)| AgeBucket { label, within, overdue };
        Figure::Ageing(Ageing { buckets: buckets.into_iter().map(bucket).collect(), ..sample_ageing() })
    })
}

fn any_shares() -> impl Strategy<Value = Figure> {
    let fill = || prop::sample::select(vec![Fill::Solid, Fill::Hatched, Fill::Dotted, Fill::Empty]);
    let role = || prop::sample::select(Role::ALL.to_vec());
    (1..6usize).prop_flat_map(move |n| {
        let series =
            (label(), fill(), role()).prop_map(|(label, fill, role)| ShareSeries { label, fill, role });
        let part = prop::option::weighted(0.95, prop_oneof![0..5u64, 0..100_000u64, 0..1u64 << 53])
            .prop_map(|count| SharePart { count, key: None });
        let row = (label(), prop::collection::vec(part, n)).prop_map(|(label, parts)| ShareRow {
            label,
            key: None,
            parts,
        });
        (prop::collection::vec(series, n), prop::collection::vec(row, 0..12), label(), label()).prop_map(
            |(series, rows, row_head, total_head)| {
                Figure::Shares(Shares { series, rows, row_head, total_head })
            },
        )
    })
}

fn any_ranking() -> impl Strategy<Value = Figure> {
    let rates = prop::collection::vec(prop::option::of(0.0..=1.0f64), 14);
    let names = prop::collection::vec(label(), 14);
    (any_quantity(), values(14), values(14), rates, names, prop::collection::vec(label(), 4)).prop_map(
        |((quantity, by), now, before, rates, names, heads)| {
            let mut input = sample_ranking();
            input.rows = (0..now.len())
                .map(|i| RankRow {
                    label: names[i].clone(),
                    key: None,
                    value: now[i].map(|v| v * by),
                    before: before.get(i).copied().flatten().map(|v| v * by),
                    rate: rates[i],
                    rest: i > 0 && i + 1 == now.len(),
                })
                .collect();
            input.quantity = quantity;
            let mut heads = heads.into_iter();
            let mut head = || heads.next().unwrap_or_default();
            let labels = &mut input.labels;
            (labels.row, labels.value, labels.rate, labels.before) = (head(), head(), head(), head());
            Figure::Ranking(input)
        },
    )
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let fill = || prop::sample::select(vec![Fill::Solid, Fill::Hatched, Fill::Dotted, Fill::Empty]);
    let role = || prop::sample::select(Role::ALL.to_vec());
    let stacked = (1..6usize).prop_flat_map(move |n| {
        let series = prop::collection::vec(
            (label(), fill(), role()).prop_map(|(label, fill, role)| StackedSeries { label, fill, role }),
            n,
        );
        let values =
            prop::collection::vec(prop::option::weighted(0.95, prop_oneof![0..5u32, any::<u32>()]), n);
        let row = (label(), values, label()).prop_map(|(label, values, value)| StackedRow {
            label,
            key: None,
            values,
            value,
        });
        (series, prop::collection::vec(row, 0..12), any::<bool>())
    });
    let load = prop::collection::vec((label(), any::<u32>(), any::<u32>(), any::<u32>()), 0..12);
    let group = (
        label(),
        any::<Option<u64>>(),
        prop::option::of(0..200_000u64),
        prop::option::of(0..200_000u64),
        any::<bool>(),
    );
    let columns = prop::collection::vec(group, 0..14);
    let rates = prop::collection::vec((label(), prop::option::of(0.0..=1.0f64), any::<Option<u64>>()), 0..14);
    prop_oneof![
        any_burn_up().prop_map(Figure::BurnUp),
        stacked.prop_map(|(series, rows, share)| {
            let Figure::StackedBars(mut input) = sample("stacked_bars") else { panic!("bars") };
            (input.series, input.rows, input.share) = (series, rows, share);
            Figure::StackedBars(input)
        }),
        load.prop_map(|rows| {
            let Figure::LoadBars(mut input) = sample("load_bars") else { panic!("load") };
            let row = |(label, a, b, late): (String, u32, u32, u32)| LoadRow {
                label,
                key: None,
                total: a.max(b),
                done: a.min(b),
                proved: a.min(b) / 2,
                silent: a.min(b) / 3,
                late,
            };
            input.rows = rows.into_iter().map(row).collect();
            Figure::LoadBars(input)
        }),
        (columns, label()).prop_map(|(groups, unit)| {
            let Figure::GroupedColumns(mut input) = sample("columns") else { panic!("columns") };
            let group = |(label, received, done, stock, partial)| ColumnGroup {
                label,
                key: None,
                received,
                done,
                stock,
                partial,
            };
            (input.groups, input.unit) = (groups.into_iter().map(group).collect(), unit);
            Figure::GroupedColumns(input)
        }),
        (rates, 0.0..=1.0f64).prop_map(|(rows, bar)| {
            let Figure::RateRows(mut input) = sample("rates") else { panic!("rates") };
            input.rows = rows
                .into_iter()
                .map(|(label, rate, count)| RateRow { label, key: None, rate, count })
                .collect();
            input.bar = bar;
            Figure::RateRows(input)
        }),
        any_trend(),
        any_heat_map(),
        any_ageing(),
        any_shares(),
        any_ranking(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(320))]

    #[test]
    fn any_input_at_any_size_is_a_sound_picture(figure in any_figure(), more_w in 0..700u32, more_h in 0..300u32) {
        let least = figure.least_size();
        let chart = draw(&figure, Theme::Light, size(least.width + more_w, least.height + more_h)).expect("drawn");
        sound(&chart);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_input_is_a_png(figure in any_figure()) {
        prop_assert!(png(&figure, Theme::Print, figure.least_size(), 1).expect("drawn").starts_with(b"\x89PNG"));
    }
}
