//! The card of one unit: blocks with components, its place among its kind, its months, and what would move its score.

use super::{Told, rates::Counted};
use crate::{
    dossiers::{Names, count},
    wire::{
        CountedView, IndicatorBlock, IndicatorComponent, IndicatorMonth, IndicatorMove, IndicatorPlace,
        IndicatorUnit, SplitBy, UnitGroup,
    },
};
use chrono::Datelike as _;
use pvhcc_domain::{
    indicators::{BlockCard, Card, Component, ComponentCard, Move, Place, Points, Reading, places},
    text::percent,
};
use std::collections::BTreeMap;

pub(super) fn block(card: &BlockCard<'_>, counted: &BTreeMap<String, Counted>) -> IndicatorBlock {
    let difference = card.stated.zip(card.sum).filter(|(stated, sum)| stated != sum);
    IndicatorBlock {
        code: card.code.to_owned(),
        name: card.name.to_owned(),
        score: card.stated.or(card.sum).map(Points::number),
        max: card.max.number(),
        difference: difference.map(|(stated, sum)| {
            format!("Cổng công bố {stated} điểm cho cả nhóm, cộng các thành phần là {sum}")
        }),
        components: card.components.iter().map(|c| component(c, counted.get(&c.component.code))).collect(),
    }
}

fn component(card: &ComponentCard<'_>, counted: Option<&Counted>) -> IndicatorComponent {
    let Component { code, name, max, target, numerator, denominator, verified, .. } = card.component;
    let stated = card.stated;
    let ratio = stated.and_then(|r| r.ratio.or_else(|| r.counts().and_then(|(n, d)| fraction(n, d))));
    IndicatorComponent {
        code: code.clone(),
        name: name.clone(),
        numerator: stated.and_then(|r| r.numerator),
        denominator: stated.and_then(|r| r.denominator),
        ratio,
        score: card.score().map(Points::number),
        max: max.number(),
        target: f64::from(*target) / 10_000.0,
        computed: card.computed.map(Points::number),
        difference: card.difference().map(|(stated, computed)| {
            format!("Cổng công bố {stated} điểm, tính theo công thức là {computed}")
        }),
        formula: formula(card.component, numerator, denominator),
        verified: *verified,
        flags: stated.map(|r| r.flags.iter().map(|flag| flag_words(flag)).collect()).unwrap_or_default(),
        missing: (card.score().is_none() && *max > Points::default()).then(|| missing(stated)),
        counted: counted.map(|counted| beside(counted, ratio)),
    }
}

fn formula(component: &Component, numerator: &str, denominator: &str) -> String {
    let rate = format!("{numerator} ÷ {denominator}");
    if component.max == Points::default() {
        return format!("{rate}. Không tính điểm.");
    }
    let target = percent_of(component);
    format!(
        "{rate}. Đạt {target} trở lên được {} điểm; dưới mức đó, điểm = {} × tỷ lệ ÷ {target}.",
        component.max, component.max
    )
}

/// `80%`.
fn percent_of(component: &Component) -> String {
    percent(f64::from(component.target) / 10_000.0, if component.target.is_multiple_of(100) { 0 } else { 2 })
}

/// Why there are no points.
fn missing(stated: Option<&Reading>) -> String {
    match stated {
        None => "Cổng chưa nêu chỉ số này",
        Some(r) if r.denominator == Some(0) => "mẫu số bằng 0 nên không chấm điểm",
        Some(r) if r.counts().is_none() => "Cổng chưa có số liệu",
        Some(_) => "Cổng chưa chấm điểm",
    }
    .to_owned()
}

fn flag_words(flag: &str) -> String {
    match flag {
        "TEMP_NATIONAL_REPORT_DENOMINATOR" => "mẫu số tạm tính".to_owned(),
        "NO_NATIONAL_REPORT_DATA" => "Cổng chưa có số liệu".to_owned(),
        other => other.to_owned(),
    }
}

pub(super) fn fraction(numerator: u64, denominator: u64) -> Option<f64> {
    (denominator > 0).then(|| numerator as f64 / denominator as f64)
}

fn beside(counted: &Counted, stated: Option<f64>) -> CountedView {
    let ratio = fraction(counted.numerator, counted.denominator);
    CountedView {
        numerator: counted.numerator,
        denominator: counted.denominator,
        ratio,
        text: difference(ratio, stated),
    }
}

/// `tính từ hồ sơ 68,73%, Cổng công bố 67,10%: chênh 1,63 điểm phần trăm`.
pub(super) fn difference(counted: Option<f64>, stated: Option<f64>) -> String {
    match (counted, stated) {
        (Some(counted), Some(stated)) => {
            let points = ((counted - stated).abs() * 10_000.0).round() / 100.0;
            let both = format!("tính từ hồ sơ {}, Cổng công bố {}", percent(counted, 2), percent(stated, 2));
            if points == 0.0 {
                format!("{both}: khớp")
            } else {
                format!("{both}: chênh {} điểm phần trăm", format!("{points:.2}").replace('.', ","))
            }
        }
        (Some(counted), None) => format!("tính từ hồ sơ {}, Cổng chưa có số liệu", percent(counted, 2)),
        (None, Some(stated)) => format!("chưa có hồ sơ để tính, Cổng công bố {}", percent(stated, 2)),
        (None, None) => "chưa có số liệu để so sánh".to_owned(),
    }
}

pub(super) fn moves(card: &Card<'_>) -> Vec<IndicatorMove> {
    card.moves()
        .into_iter()
        .map(|Move { component, gain, cases }| IndicatorMove {
            code: component.code.clone(),
            name: component.name.clone(),
            gain: gain.number(),
            cases,
            counts: component.counts.clone(),
            text: format!(
                "{}: thêm {} {} để đạt mục tiêu {}, được thêm {gain} điểm",
                component.name,
                count(cases),
                component.counts,
                percent_of(component)
            ),
        })
        .collect()
}

/// The places of the units of one kind in a period, by code.
pub(super) fn ranking(
    told: &Told,
    names: &Names,
    group: UnitGroup,
) -> Vec<(String, Option<Points>, Option<Place>)> {
    let codes = names.units().codes().iter().filter(|code| names.units().group(code) == group);
    let scored: Vec<(String, Option<Points>)> = codes
        .filter(|code| told.sheet(code).is_some())
        .map(|code| (code.clone(), told.total(code)))
        .collect();
    let scores: Vec<Option<Points>> = scored.iter().map(|(_, score)| *score).collect();
    scored.into_iter().zip(places(&scores)).map(|((code, score), place)| (code, score, place)).collect()
}

pub(super) fn place(told: &Told, names: &Names, unit: &str) -> Option<IndicatorPlace> {
    let group = names.units().group(unit);
    let place = ranking(told, names, group).into_iter().find(|(code, ..)| code == unit)?.2?;
    let kind = match group {
        UnitGroup::Agency => "sở, ban, ngành",
        UnitGroup::Commune => "xã, phường",
        UnitGroup::Unknown => return None,
    };
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(IndicatorPlace {
        place: number(place.place),
        of: number(place.of),
        group,
        text: format!("hạng {} trên {} {kind}", place.place, place.of),
    })
}

/// Every unit, agencies before communes, each kind by place; those without a score last.
pub(super) fn units(told: &Told, before: Option<&Told>, names: &Names) -> Vec<IndicatorUnit> {
    let mut all = Vec::new();
    for group in [UnitGroup::Agency, UnitGroup::Commune] {
        let mut ranked = ranking(told, names, group);
        ranked.sort_by_key(|(_, _, place)| place.map_or(usize::MAX, |p| p.place));
        all.extend(ranked.into_iter().map(|(code, score, place)| {
            let was = before.and_then(|before| before.total(&code));
            let change = score
                .zip(was)
                .map(|(now, was)| (f64::from(now.in_hundredths()) - f64::from(was.in_hundredths())) / 100.0);
            IndicatorUnit {
                name: names.name(SplitBy::Unit, &code),
                group,
                place: place.map(|p| u32::try_from(p.place).unwrap_or(u32::MAX)),
                score: score.map(Points::number),
                blocks: blocks(told, &code),
                change,
                code,
            }
        }));
    }
    all
}

fn blocks(told: &Told, unit: &str) -> Vec<Option<f64>> {
    let Some(sheet) = told.sheet(unit) else { return vec![None; told.scheme.blocks.len()] };
    let card = Card::of(&told.scheme, sheet);
    card.blocks.iter().map(|b| b.stated.or(b.sum).map(Points::number)).collect()
}

pub(super) fn trend(months: &[Told], names: &Names, unit: &str) -> Vec<IndicatorMonth> {
    let month = |told: &Told| IndicatorMonth {
        period: told.period.period.clone(),
        title: format!("{}/{}", told.period.from.month(), told.period.from.year()),
        score: told.total(unit).map(Points::number),
        blocks: blocks(told, unit),
        place: place(told, names, unit).map(|place| place.place),
    };
    months.iter().map(month).collect()
}
