//! The 13 figures: whole, by system, by unit, of the period alone; what does not add up, and what must be said with them.

use super::day;
use crate::{
    App,
    checklist::capital,
    dossiers::{Checked, RULES},
    figures::COUNT_RULES,
    messages,
    wire::{Basis, FigureId, FiguresView, SplitBy, StatsArgs, StatsRow, StatsView, WireError},
    words,
};
use chrono::NaiveDate;
use pvhcc_domain::{
    figures::{Check, Counts, statement::Rule},
    observation::SourceId,
    report::freeze::{CountsLine, DossierFigures, IdentityLine, MonthLine},
    text::lower_first,
    time::Ms,
};

impl App {
    pub(super) async fn frozen_dossiers(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        at: Ms,
    ) -> Result<DossierFigures, WireError> {
        let by_system = self.split(String::new(), &[SplitBy::System], None).await?;
        let period = by_system.period.id.clone();
        let by_unit = self.split(period.clone(), &[SplitBy::UnitGroup, SplitBy::Unit], None).await?;
        let by_month = self.split(period.clone(), &[SplitBy::Month], Some(by_system.basis)).await?;
        let of_period = self.split(format!("{from}..{to}"), &[], Some(Basis::Records)).await?;
        let all_there = self.records_reach(&of_period, to.min(at.day())).await?;
        let in_period = counts(&of_period.total.figures);
        let checked = self.checked_total(&period).await?;

        let mut caveats = caveats(&by_system, &checked);
        if by_unit.basis != by_system.basis {
            caveats
                .push(format!("Số theo đơn vị lấy từ nguồn khác với số toàn tỉnh. {}", by_unit.basis_note));
        }
        caveats.extend(by_unit.notes);
        if in_period.received.is_none() || !all_there {
            caveats.push("Chưa đếm được số phát sinh trong kỳ báo cáo: bản ghi hồ sơ chưa đủ.".to_owned());
        }
        caveats.extend(self.records_age(at).await?);
        let mut said = std::collections::HashSet::new();
        caveats.retain(|caveat| said.insert(caveat.clone()));

        let whole = counts(&by_system.total.figures);
        let sources = || by_system.provenance.iter().filter(|p| p.basis == by_system.basis);
        Ok(DossierFigures {
            from: day(Some(&by_system.period.from)).unwrap_or(from),
            to: day(Some(&by_system.period.to)).unwrap_or(to),
            basis: basis(&by_system, whole),
            // The oldest of them: nothing in it is older.
            as_of: sources().map(|source| source.as_of).min().flatten().map(Ms),
            whole,
            in_period: (all_there && in_period.received.is_some()).then_some(in_period),
            systems: by_system.rows.iter().map(counts_line).collect(),
            units: by_unit.rows.iter().map(counts_line).collect(),
            identities: identities(&checked),
            identities_held: super::many(results(&checked).filter(|(_, _, r)| *r == Check::Holds).count()),
            months: by_month.rows.iter().filter_map(month).collect(),
            caveats,
        })
    }

    async fn split(
        &self,
        period: String,
        by: &[SplitBy],
        basis: Option<Basis>,
    ) -> Result<StatsView, WireError> {
        self.dossier_stats(StatsArgs { period, by: by.to_vec(), basis, ..StatsArgs::default() }).await
    }

    /// Whether the records of every system are there up to a day: each walked through once, none older than that day.
    async fn records_reach(&self, of: &StatsView, last: NaiveDate) -> Result<bool, WireError> {
        let walks = self.0.store.walks().await.map_err(|e| messages::store(&e))?;
        let walked =
            |system: &String| walks.iter().any(|walk| walk.system == *system && walk.as_of.is_some());
        let systems = self.0.config.iter().flat_map(|config| &config.gateway.dossier_systems);
        let mut ages = of.provenance.iter().filter(|p| p.basis == Basis::Records).peekable();
        let told = ages.peek().is_some();
        Ok(told
            && systems.into_iter().all(walked)
            && ages.all(|source| source.as_of.is_some_and(|as_of| Ms(as_of).day() >= last)))
    }

    /// How far the records are behind, where they do not keep up.
    async fn records_age(&self, at: Ms) -> Result<Option<String>, WireError> {
        use crate::wire::FreshState;
        let fresh = self.freshness_of(SourceId::GatewayDossiers).await?;
        let until = fresh.as_of.filter(|_| fresh.state != FreshState::Fresh);
        Ok(until.map(|until| format!("Bản ghi hồ sơ mới có đến {}.", words::moment(until, at))))
    }
}

/// What must be said with the figures of the whole.
fn caveats(view: &StatsView, checked: &[Checked]) -> Vec<String> {
    let mut caveats = Vec::new();
    if view.basis == Basis::Records && !view.basis_note.is_empty() {
        caveats.push(view.basis_note.clone());
    }
    let name = |id: &FigureId| view.definitions.iter().find(|d| d.id == *id).map(|d| d.name.clone());
    for missing in &view.total.figures.missing {
        let figures: Vec<String> =
            missing.figures.iter().filter(|id| frozen(**id)).filter_map(name).collect();
        match figures.as_slice() {
            [] => {}
            all if all.len() == FROZEN.len() => caveats.push(missing.reason.clone()),
            some => caveats.push(format!("Chưa rõ {}: {}.", lower_first(&some.join(", ")), missing.reason)),
        }
    }
    caveats.extend(view.notes.iter().cloned());
    // Differences of rates are no dossiers and have no line among the identities.
    for (one, rule, result) in results(checked).filter(|(_, rule, _)| rule.is_rate()) {
        if matches!(result, Check::Broken { .. }) {
            caveats.extend(one.broken(rule).map(|mark| format!("{}: {}", capital(&one.who), mark.text)));
        }
    }
    caveats
}

/// Figures that a freeze keeps as counts.
const FROZEN: [FigureId; 10] = [
    FigureId::Received,
    FigureId::ReceivedOnline,
    FigureId::ReceivedDirect,
    FigureId::CarriedOver,
    FigureId::Done,
    FigureId::DoneOnTime,
    FigureId::DoneLate,
    FigureId::Pending,
    FigureId::PendingInTime,
    FigureId::PendingOverdue,
];

fn frozen(id: FigureId) -> bool {
    FROZEN.contains(&id)
}

fn basis(view: &StatsView, whole: Counts) -> String {
    if whole == Counts::default() {
        return "chưa có số liệu".to_owned();
    }
    if view.basis == Basis::Records {
        return "đếm từ hồ sơ".to_owned();
    }
    let mut sources: Vec<&str> =
        view.provenance.iter().filter(|p| p.basis == Basis::Reports).map(|p| p.source.as_str()).collect();
    sources.dedup();
    match sources.as_slice() {
        [portal @ "Cổng DVCQG"] => format!("{portal} công bố"),
        all => format!("theo báo cáo: {}", all.join(", ")),
    }
}

fn counts(figures: &FiguresView) -> Counts {
    Counts {
        received: figures.received,
        received_online: figures.received_online,
        received_direct: figures.received_direct,
        carried_over: figures.carried_over,
        done: figures.done,
        on_time: figures.done_on_time,
        late: figures.done_late,
        pending: figures.pending,
        within_deadline: figures.pending_in_time,
        overdue: figures.pending_overdue,
    }
}

/// The last part of a cell names it; the first of two its group.
fn counts_line(row: &StatsRow) -> CountsLine {
    let part = row.cell.last();
    CountsLine {
        code: part.map(|part| part.code.clone()).unwrap_or_default(),
        name: part.map(|part| part.name.clone()).unwrap_or_default(),
        group: match row.cell.as_slice() {
            [group, _] => group.code.clone(),
            _ => String::new(),
        },
        counts: counts(&row.figures),
    }
}

fn month(row: &StatsRow) -> Option<MonthLine> {
    let month = day(row.period.as_ref().map(|period| &period.from))?;
    Some(MonthLine { month, received: row.figures.received, done: row.figures.done })
}

fn results(checked: &[Checked]) -> impl Iterator<Item = (&Checked, Rule, Check)> {
    checked.iter().flat_map(|one| RULES.map(|rule| (one, rule, one.result(rule))))
}

/// Those that are broken, then those that the counts should allow to check and do not.
fn identities(checked: &[Checked]) -> Vec<IdentityLine> {
    let of = |one: &Checked, rule: Rule, difference: Option<i64>| {
        let (left, right) = one.sides(rule);
        let sum = |parts: Vec<crate::wire::SidePart>| {
            parts.into_iter().map(|part| part.name).collect::<Vec<_>>().join(" + ")
        };
        IdentityLine {
            rule: capital(&format!("{} = {}", sum(left), sum(right))),
            place: capital(&one.who),
            difference,
            ask: one.ask.clone(),
        }
    };
    let broken = results(checked)
        .filter(|(_, rule, result)| !rule.is_rate() && matches!(result, Check::Broken { .. }))
        .map(|(one, rule, result)| of(one, rule, Some(result.difference())));
    let unknown = results(checked)
        .filter(|(_, rule, result)| COUNT_RULES.contains(rule) && *result == Check::NotEnoughData)
        .map(|(one, rule, _)| of(one, rule, None));
    broken.chain(unknown).collect()
}
