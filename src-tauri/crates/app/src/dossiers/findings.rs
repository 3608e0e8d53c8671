//! What does not add up, and where two sources disagree: each once, at the coarsest cell where it shows.

use super::{
    asked::Asked,
    cells::{cell_words, filter_of},
    checks::{self, Checked, count, equation, value, verdict},
    counting::against,
    definitions::definition,
    names::capital,
    period,
    reports::{Report, Reports},
    stats::differences,
    tally::Tally,
};
use crate::{
    App,
    wire::{
        DifferenceView, DossierFilter, FigureId, FindingKind, FindingPart, FindingView, FindingsView,
        PeriodArgs, SidePart, WireError,
    },
};
use pvhcc_domain::{
    dossier::{Period, systems::is_part_of},
    figures::{
        breaks::{Break, BreakFinding},
        cell::{Cell, Dimension},
        statement::Rule,
    },
    time::Ms,
};
use std::cmp::Reverse;

/// A statement against what the records tell of the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Compared {
    cell: Cell,
    period: Period,
    records: Tally,
    unplaced: u64,
    reports: Tally,
    differences: Vec<DifferenceView>,
}

impl Compared {
    /// How many more the records tell than the statement.
    fn more(&self, figure: FigureId) -> Option<i64> {
        let (counted, stated) = self.records.count(figure).zip(self.reports.count(figure))?;
        Some(i64::try_from(counted).ok()? - i64::try_from(stated).ok()?)
    }
}

impl App {
    pub(crate) async fn dossier_findings(&self, args: PeriodArgs) -> Result<FindingsView, WireError> {
        let asked = self.asked(&args.period, DossierFilter::default(), args.as_of).await?;
        let breaks = asked.reports.findings(asked.period, None);
        let stated = stated(&asked);
        let told = self.both_bases(&asked, &[], None).await?;
        let known = told.records.is_some() && told.walking.is_empty();
        let compared = if known { self.held_against_records(asked.as_of, stated).await? } else { Vec::new() };

        let mut findings: Vec<FindingView> =
            breaks.iter().map(|found| identity(&asked, found, &compared)).collect();
        let unexplained: Vec<&Compared> = compared
            .iter()
            .filter(|c| !c.differences.is_empty() && !explained(c, &breaks, &compared, &asked.reports))
            .collect();
        findings.extend(grouped(&unexplained).iter().map(|group| difference(&asked, group)));
        findings.extend(
            asked
                .reports
                .disputed()
                .filter(|(a, _)| within(a.period, asked.period))
                .map(|(a, b)| disputed(&asked, a, b)),
        );

        let mut notes = told.notes(&asked);
        if told.records.is_none() {
            notes.push("Chưa có hồ sơ để đối chiếu với số liệu báo cáo.".to_owned());
        }
        let any = asked.reports.all().iter().any(|r| within(r.period, asked.period));
        let text = match (any, findings.len()) {
            (false, 0) => asked.no_reports(&[], told.stated.silent.iter().cloned()),
            (true, 0) => "Các phép cộng đều khớp.".to_owned(),
            (_, n) => format!("{n} sai lệch"),
        };
        Ok(FindingsView {
            period: period::view(asked.period),
            findings,
            text,
            known: any,
            notes,
            provenance: self.provenance(&asked, &told).await?,
        })
    }

    /// Statements that have something to be compared with.
    async fn held_against_records(
        &self,
        as_of: Option<Ms>,
        stated: Vec<(Cell, Period, Tally)>,
    ) -> Result<Vec<Compared>, WireError> {
        let cells: Vec<(Cell, Period)> =
            stated.iter().map(|(cell, period, _)| (cell.clone(), *period)).collect();
        let counted = self.of_records(as_of, move |loaded| against(loaded, &cells)).await?;
        let compare = |((cell, period, reports), counted): ((Cell, Period, Tally), Option<(Tally, u64)>)| {
            let (records, unplaced) = counted?;
            let differences = differences(&records, unplaced, &reports);
            Some(Compared { cell, period, records, unplaced, reports, differences })
        };
        Ok(stated.into_iter().zip(counted).filter_map(compare).collect())
    }
}

fn within(period: Period, outer: Period) -> bool {
    outer.from <= period.from && period.to <= outer.to
}

/// Every statement within the period, and those that join without a gap; none that reaches beyond today.
fn stated(asked: &Asked) -> Vec<(Cell, Period, Tally)> {
    let mut stated: Vec<(Cell, Period, Tally)> = (asked.reports.all().iter())
        .filter(|r| within(r.period, asked.period) && r.period.to <= asked.today())
        .map(|r| (r.cell.clone(), r.period, r.statement.into()))
        .collect();
    for cell in asked.reports.cells() {
        for run in asked.reports.runs(cell, asked.period) {
            let told = stated.iter().any(|(c, p, _)| c == cell && *p == run);
            if let Some(joined) = asked.reports.joined(cell, run).filter(|_| !told && run.to <= asked.today())
            {
                stated.push((cell.clone(), run, joined.statement.into()));
            }
        }
    }
    // Coarse cells before fine ones, long periods before short ones.
    stated.sort_by(|(a, p, _), (b, q, _)| {
        let key =
            |cell: &Cell, p: &Period| (cell.dimensions().iter().count(), Reverse(p.to - p.from), p.from);
        key(a, p).cmp(&key(b, q)).then_with(|| a.cmp(b))
    });
    stated
}

/// Whether one cell lies within another, parts of systems within the whole.
fn is_within(cell: &Cell, outer: &Cell) -> bool {
    outer.dimensions().iter().all(|dimension| {
        let (inner, outer) = (cell.get(dimension), outer.get(dimension).unwrap_or_default());
        match dimension {
            Dimension::System => inner.is_some_and(|system| is_part_of(system, outer)),
            _ => inner == Some(outer),
        }
    })
}

/// Whether a difference is what a broken identity leaves out or has too much: the records show where those dossiers are.
fn explained(seen: &Compared, breaks: &[BreakFinding], compared: &[Compared], reports: &Reports) -> bool {
    breaks.iter().filter(|found| matches!(found.at.rule, Rule::Balance | Rule::Handled)).any(|found| {
        let at = &found.at;
        is_within(&seen.cell, &at.cell)
            && within(seen.period, Period { from: at.from, to: at.to })
            && accounted(at, compared, reports).is_some()
            && no_more_than(seen, at.difference, reports.gap_before(&at.cell, at.from))
    })
}

/// What the records tell of the cell of a break, when they tell exactly where its difference is: done and pending by the
/// records are more (or fewer) than stated, by so many together.
fn accounted<'a>(at: &Break, compared: &'a [Compared], reports: &Reports) -> Option<&'a Compared> {
    let period = Period { from: at.from, to: at.to };
    let there = compared.iter().find(|c| c.cell == at.cell && c.period == period)?;
    let more = |figure| there.more(figure);
    let carried = more(FigureId::CarriedOver).unwrap_or(0);
    let earlier = reports.gap_before(&at.cell, at.from);
    let together = more(FigureId::Done)? + more(FigureId::Pending)? - carried;
    let placed = at.difference - i64::try_from(there.records.unplaced.unwrap_or(0)).unwrap_or(0);
    (more(FigureId::Received)? == 0 && together == placed && no_more_than(there, at.difference, earlier))
        .then_some(there)
}

/// Whether a statement has the receipts right and leaves out no more than `difference` of what the records tell, beside what
/// it carries over too little because as much as `earlier` was left out before it.
fn no_more_than(seen: &Compared, difference: i64, earlier: i64) -> bool {
    let room = i64::try_from(seen.unplaced).unwrap_or(i64::MAX);
    let carried = seen.more(FigureId::CarriedOver).unwrap_or(0);
    let up_to = |more: i64, seen: i64| {
        let (least, most) = (difference.min(0) + more.min(0), difference.max(0) + more.max(0));
        (least - room..=most).contains(&seen)
    };
    seen.differences.iter().all(|d| match d.figure {
        FigureId::Received | FigureId::ReceivedOnline | FigureId::ReceivedDirect => false,
        FigureId::CarriedOver => up_to(earlier, d.difference),
        _ => up_to(carried, d.difference),
    })
}

/// Differences put beneath the coarsest one they lie within; they come with coarse ones first.
fn grouped<'a>(unexplained: &[&'a Compared]) -> Vec<Vec<&'a Compared>> {
    let mut groups: Vec<Vec<&Compared>> = Vec::new();
    for seen in unexplained {
        let home = groups
            .iter_mut()
            .find(|group| is_within(&seen.cell, &group[0].cell) && within(seen.period, group[0].period));
        match home {
            Some(group) => group.push(seen),
            None => groups.push(vec![seen]),
        }
    }
    groups
}

/// A broken identity.
fn identity(asked: &Asked, found: &BreakFinding, compared: &[Compared]) -> FindingView {
    let at = &found.at;
    let of = Period { from: at.from, to: at.to };
    let checked = checked(asked, at);
    let (left, right) = checked.as_ref().map(|checked| checked.sides(at.rule)).unwrap_or_default();
    let words = |at: &Break, checked: Option<&Checked>| {
        let carried = checked.is_some_and(|c| c.statement.counts.carried_over.is_some_and(|n| n > 0));
        equation(at.rule, at.whole, at.parts, carried)
    };
    let mut parts: Vec<&Break> = found.beneath.iter().collect();
    // The whole period before its parts, then as time goes.
    parts.sort_by_key(|part| {
        (part.cell.dimensions().iter().count(), (part.from, part.to) != (at.from, at.to), part.from)
    });
    let beneath = parts.into_iter().map(|part| FindingPart {
        label: label(asked, &part.cell, Period { from: part.from, to: part.to }, &at.cell, of),
        difference: part.difference,
        text: words(part, self::checked(asked, part).as_ref()),
        filter: filter_of(&part.cell),
        period: period::view(Period { from: part.from, to: part.to }),
    });
    let cell = cell_words(&at.cell, &asked.names);
    FindingView {
        kind: FindingKind::Identity,
        rule: checks::id(at.rule),
        title: format!("{cell}: {}", words(at, checked.as_ref())),
        name: checks::name(at.rule).to_owned(),
        cell,
        filter: filter_of(&at.cell),
        period: period::view(of),
        figures: checks::figures(at.rule).to_vec(),
        left,
        right,
        left_sum: value(at.rule, at.whole),
        right_sum: value(at.rule, at.parts),
        difference: at.difference,
        verdict: verdict(at.rule, at.difference),
        hint: checked.as_ref().and_then(|checked| checked.hint(at.rule, at.difference)),
        records: accounted(at, compared, &asked.reports).map(told_by_records),
        ask: checks::ask(at.cell.get(Dimension::System).unwrap_or_default(), &asked.names),
        beneath: beneath.collect(),
    }
}

/// The statement a break was found in.
fn checked(asked: &Asked, at: &Break) -> Option<Checked> {
    let of = Period { from: at.from, to: at.to };
    let joined = asked.reports.joined(&at.cell, of)?;
    Some(Checked::stated(&joined, asked.reports.before(&at.cell, of), &asked.names))
}

/// What the records tell of a difference they account for.
fn told_by_records(seen: &Compared) -> String {
    let figure = |figure: FigureId, name: &str| -> Option<String> {
        let (counted, stated) = seen.records.count(figure).zip(seen.reports.count(figure))?;
        Some(format!("{name} {} (báo cáo {})", count(counted), count(stated)))
    };
    let mut told: Vec<String> = [figure(FigureId::Done, "đã xử lý"), figure(FigureId::Pending, "đang xử lý")]
        .into_iter()
        .flatten()
        .collect();
    let unplaced = seen.records.unplaced.unwrap_or(0);
    told.extend((unplaced > 0).then(|| format!("chưa xếp được {}", count(unplaced))));
    format!("Đếm từ hồ sơ: {}.", told.join(", "))
}

/// What differs in one cell, with where it shows beneath.
fn difference(asked: &Asked, group: &[&Compared]) -> FindingView {
    let seen = group[0];
    let cell = cell_words(&seen.cell, &asked.names);
    let words = |seen: &Compared| {
        let part = |d: &DifferenceView| {
            format!("{} {} ≠ {}", definition(d.figure).short, count(d.records), count(d.reports))
        };
        seen.differences.iter().map(part).collect::<Vec<_>>().join("; ")
    };
    let greatest =
        |seen: &Compared| seen.differences.iter().max_by_key(|d| d.difference.unsigned_abs()).cloned();
    let main = greatest(seen);
    let (figure, difference) = main.map_or((FigureId::Received, 0), |d| (d.figure, d.difference));
    let side = |basis: fn(&DifferenceView) -> u64| -> Vec<SidePart> {
        let part = |d: &DifferenceView| SidePart {
            name: definition(d.figure).short.to_lowercase(),
            value: count(basis(d)),
        };
        seen.differences.iter().map(part).collect()
    };
    let sum = |basis: fn(&Tally, FigureId) -> Option<u64>, tally: &Tally| {
        basis(tally, figure).map_or_else(|| "–".to_owned(), count)
    };
    FindingView {
        kind: FindingKind::Difference,
        rule: String::new(),
        title: format!("{cell}: hồ sơ và báo cáo khác nhau, {}", words(seen)),
        name: "Hồ sơ và báo cáo".to_owned(),
        filter: filter_of(&seen.cell),
        period: period::view(seen.period),
        figures: seen.differences.iter().map(|d| d.figure).collect(),
        left: side(|d| d.records),
        right: side(|d| d.reports),
        left_sum: sum(Tally::count, &seen.records),
        right_sum: sum(Tally::count, &seen.reports),
        difference,
        verdict: format!("chênh {} hồ sơ", count(difference.unsigned_abs())),
        hint: (seen.unplaced > 0).then(|| {
            format!(
                "{} hồ sơ chưa xếp được vì ghi sai ngày hoặc trạng thái không giải thích hết phần chênh.",
                count(seen.unplaced)
            )
        }),
        records: None,
        ask: checks::ask(seen.cell.get(Dimension::System).unwrap_or_default(), &asked.names),
        beneath: group[1..]
            .iter()
            .map(|part| FindingPart {
                label: label(asked, &part.cell, part.period, &seen.cell, seen.period),
                difference: greatest(part).map_or(0, |d| d.difference),
                text: words(part),
                filter: filter_of(&part.cell),
                period: period::view(part.period),
            })
            .collect(),
        cell,
    }
}

/// Two statements of one cell and period by different sources.
fn disputed(asked: &Asked, counts: &Report, other: &Report) -> FindingView {
    let source = |report: &Report| if report.import.is_some() { "tệp nhập" } else { "Cổng DVCQG" };
    let (a, b) = (Tally::from(counts.statement), Tally::from(other.statement));
    let differing: Vec<DifferenceView> = differences(&a, 0, &b);
    let side = |basis: fn(&DifferenceView) -> u64| -> Vec<SidePart> {
        let part = |d: &DifferenceView| SidePart {
            name: definition(d.figure).short.to_lowercase(),
            value: count(basis(d)),
        };
        differing.iter().map(part).collect()
    };
    let main = differing.iter().max_by_key(|d| d.difference.unsigned_abs());
    let (difference, left, right) = main.map_or((0, 0, 0), |d| (d.difference, d.records, d.reports));
    let cell = cell_words(&counts.cell, &asked.names);
    FindingView {
        kind: FindingKind::Difference,
        rule: String::new(),
        title: format!("{cell}: {} và {} báo khác nhau", source(counts), source(other)),
        name: "Hai nguồn báo cáo".to_owned(),
        filter: filter_of(&counts.cell),
        period: period::view(counts.period),
        figures: differing.iter().map(|d| d.figure).collect(),
        left: side(|d| d.records),
        right: side(|d| d.reports),
        left_sum: count(left),
        right_sum: count(right),
        difference,
        verdict: format!("chênh {} hồ sơ", count(difference.unsigned_abs())),
        hint: Some(format!("Số liệu dùng là của {}, có thời điểm số liệu mới hơn.", source(counts))),
        records: None,
        ask: checks::ask(counts.cell.get(Dimension::System).unwrap_or_default(), &asked.names),
        beneath: Vec::new(),
        cell,
    }
}

/// What tells a part from the whole: its own values, and its period where that is another.
fn label(asked: &Asked, cell: &Cell, of: Period, whole: &Cell, period: Period) -> String {
    let own = cell.dimensions().iter().filter(|d| cell.get(*d) != whole.get(*d)).collect();
    let mut words: Vec<String> = vec![cell_words(&cell.coarsened(own), &asked.names)];
    words.extend((of != period).then(|| super::period::title(of)));
    words.retain(|w| !w.is_empty());
    capital(&words.join(" · "))
}
