//! The register of fallback as it stands: what is on paper, what was re-entered, what was found, what waits too long.

use super::count;
use crate::{
    App,
    checklist::Who,
    messages,
    people::Actor,
    rules,
    wire::{FallbackRow, FallbackStage, FallbackTotals, FallbackView, NamedView, UnitView, WireError},
    words,
};
use pvhcc_domain::{
    observation::SourceId,
    operation::incident::IncidentState,
    operation::register::{
        FALLBACK, FallbackEntry, FallbackKind, FallbackState, Stage, may_keep, project_fallback,
    },
    roles::Permission,
    text::{fold, instant, number},
    time::Ms,
};

/// Name of the rule of how long an entry may stay on paper, hours.
pub(crate) const LIMIT: &str = "fallback.hours";
const HOUR: i64 = 3_600_000;
/// How long an incident is offered after it was over, ms.
const OFFERED: i64 = 7 * 24 * HOUR;

/// What the records say of a dossier that was re-entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Recorded {
    /// Fees and charges in đồng; none where they are not told.
    fee: Option<u64>,
}

impl Recorded {
    /// Whether other money was taken than the record tells of: such an entry is paired only with a word of why.
    pub(super) fn differs(self, entry: &FallbackEntry) -> bool {
        entry.kind == FallbackKind::Cash
            && matches!((self.fee, entry.amount), (Some(fee), Some(taken)) if fee != taken)
    }
}

impl App {
    /// Every entry as it stands.
    pub(super) async fn fallback_states(&self) -> Result<Vec<FallbackState>, WireError> {
        Ok(project_fallback(&self.events_under(FALLBACK).await?))
    }

    /// How long an entry may stay on paper, ms.
    pub(super) async fn fallback_limit(&self) -> Result<i64, WireError> {
        let events = self.events_of("rules").await?;
        Ok(rules::number(LIMIT, &events, self.now()) * HOUR)
    }

    pub(crate) async fn fallback(&self, actor: Option<&Actor>) -> Result<FallbackView, WireError> {
        let states = self.fallback_states().await?;
        let limit = self.fallback_limit().await?;
        let (who, now) = (self.who().await?, self.now());
        let mut rows = Vec::with_capacity(states.len());
        for state in &states {
            let found = match (state.stage(), state.dossier()) {
                (Stage::Reentered, Some(code)) => Some(self.recorded(code).await?),
                _ => None,
            };
            rows.push(self.fallback_row(state, found, limit, now, &who, actor));
        }
        rows.sort_by_key(|r| match r.stage {
            FallbackStage::Taken => (0, r.at),
            FallbackStage::Reentered => (1, r.at),
            FallbackStage::Paired => (2, -r.at),
            FallbackStage::Voided => (3, -r.at),
        });
        let totals = totals(&rows);
        Ok(FallbackView {
            now: now.0,
            headline: headline(&totals, limit / HOUR),
            rows,
            totals,
            limit_hours: u32::try_from(limit / HOUR).unwrap_or(u32::MAX),
            units: actor.map_or_else(Vec::new, |a| self.kept_units(a)),
            position: states.iter().map(|s| s.position).max().unwrap_or(0),
            incidents: self.incidents_to_name(now).await?,
            records: self.freshness_of(SourceId::GatewayDossiers).await?.brief,
        })
    }

    /// Incidents that an entry may be taken for: open ones, and those over of late, the newest first.
    async fn incidents_to_name(&self, now: Ms) -> Result<Vec<NamedView>, WireError> {
        let mut states = self.incident_states().await?;
        states.retain(|state| state.resolved.as_ref().is_none_or(|r| r.at >= now.plus(-OFFERED)));
        states.sort_by_key(|state| (!state.is_open(), std::cmp::Reverse(state.detected)));
        let named = |state: IncidentState| NamedView {
            name: format!("{} · {}", instant(state.detected), state.title),
            id: state.id,
        };
        Ok(states.into_iter().map(named).collect())
    }

    fn fallback_row(
        &self,
        state: &FallbackState,
        found: Option<Option<Recorded>>,
        limit: i64,
        now: Ms,
        who: &Who,
        actor: Option<&Actor>,
    ) -> FallbackRow {
        let entry = &state.entry;
        let unit = self.unit_named(&entry.unit);
        let overdue = state.is_overdue(now, limit);
        let timing = match state.stage() {
            Stage::Taken if overdue => format!("quá hạn {}", words::span(now.0 - entry.at.0 - limit)),
            Stage::Taken => format!("chờ {}", words::span(now.0 - entry.at.0)),
            Stage::Reentered => state
                .reentered
                .as_ref()
                .map_or_else(String::new, |r| format!("nhập lại {}", words::moment(r.at, now))),
            Stage::Paired => state.paired.as_ref().map_or_else(String::new, |(by, remark)| {
                let remark = remark.as_deref().map(|r| format!(" · {r}")).unwrap_or_default();
                format!("ghép {}{remark}", words::moment(by.at, now))
            }),
            Stage::Voided => state.voided.as_ref().map_or_else(String::new, |(_, why)| why.clone()),
        };
        FallbackRow {
            id: state.id.clone(),
            kind: entry.kind,
            receipt: entry.receipt.clone(),
            at: entry.at.0,
            procedure: entry.procedure.clone(),
            dossier: state.dossier().map(str::to_owned),
            amount: entry.amount,
            incident: entry.incident.clone(),
            remark: entry.remark.clone(),
            stage: match state.stage() {
                Stage::Taken => FallbackStage::Taken,
                Stage::Reentered => FallbackStage::Reentered,
                Stage::Paired => FallbackStage::Paired,
                Stage::Voided => FallbackStage::Voided,
            },
            overdue,
            found: found.map(|found| found.is_some()),
            fee: found.flatten().and_then(|found| found.fee),
            fee_differs: found.flatten().is_some_and(|found| found.differs(entry)),
            timing,
            said: format!(
                "{} · {}",
                who.person(&state.taken.actor, state.taken.role),
                instant(state.taken.at)
            ),
            editable: state.stage() != Stage::Voided
                && actor.is_some_and(|a| self.may_keep_register(a, &entry.unit)),
            search: fold(&format!(
                "{} {} {} {} {}",
                entry.receipt,
                state.dossier().unwrap_or_default(),
                unit.name,
                entry.procedure.as_deref().unwrap_or_default(),
                entry.remark.as_deref().unwrap_or_default()
            )),
            unit,
            last_event: state.last_event.clone(),
        }
    }

    /// What the records kept say of a dossier, in whichever system it stands; none where it stands in none.
    pub(super) async fn recorded(&self, code: &str) -> Result<Option<Recorded>, WireError> {
        let failed = |e| messages::store(&e);
        let systems =
            pvhcc_domain::dossier::systems::Systems::builtin().map_err(|e| messages::builtin(&e))?;
        for system in systems.all().iter().filter(|s| !s.code.contains('.')) {
            let number = self.0.store.dossier_number(&system.code, code).await.map_err(failed)?;
            let Some(number) = number else { continue };
            let records =
                self.0.store.records_of(&[number], self.1.map(|moment| moment.at)).await.map_err(failed)?;
            if !records.is_empty() {
                return Ok(Some(Recorded { fee: records.iter().filter_map(|r| r.record.fee).max() }));
            }
        }
        Ok(None)
    }

    pub(super) fn may_keep_register(&self, actor: &Actor, unit: &str) -> bool {
        may_keep(actor.role, &actor.unit, unit, &self.0.units.coordinating())
    }

    /// Units whose register somebody keeps: all for coordinating units, else one's own.
    fn kept_units(&self, actor: &Actor) -> Vec<UnitView> {
        if !actor.role.grants(Permission::Report) {
            return Vec::new();
        }
        let organisations = self.0.units.organisations().iter().map(|u| u.id.as_str());
        let communes = self.0.units.communes().iter().map(|c| c.code.as_str());
        let kept = organisations.chain(communes).filter(|unit| self.may_keep_register(actor, unit));
        kept.map(|unit| self.unit_named(unit)).collect()
    }
}

fn totals(rows: &[FallbackRow]) -> FallbackTotals {
    let many = |stage| count(rows.iter().filter(|r| r.stage == stage).count());
    let cash = |open: bool| {
        rows.iter()
            .filter(|r| r.kind == FallbackKind::Cash && r.stage != FallbackStage::Voided)
            .filter(|r| !open || r.stage != FallbackStage::Paired)
            .filter_map(|r| r.amount)
            .fold(0, u64::saturating_add)
    };
    FallbackTotals {
        taken: many(FallbackStage::Taken),
        overdue: count(rows.iter().filter(|r| r.overdue).count()),
        reentered: many(FallbackStage::Reentered),
        paired: many(FallbackStage::Paired),
        voided: many(FallbackStage::Voided),
        cash: cash(false),
        cash_open: cash(true),
    }
}

fn headline(totals: &FallbackTotals, hours: i64) -> String {
    let all = totals.taken + totals.reentered + totals.paired;
    if all == 0 {
        return "Chưa ghi hồ sơ giấy hay khoản tiền mặt nào.".to_owned();
    }
    let open = totals.taken + totals.reentered;
    if open == 0 {
        return format!("Cả {all} mục đã nhập lại và ghép xong.");
    }
    let mut said = vec![format!("{} chưa nhập lại", totals.taken)];
    if totals.overdue > 0 {
        said[0].push_str(&format!(" ({} quá {hours} giờ)", totals.overdue));
    }
    said.push(format!("{} chưa ghép", totals.reentered));
    if totals.cash_open > 0 {
        let money = number(i64::try_from(totals.cash_open).unwrap_or(i64::MAX));
        said.push(format!("{money} đồng tiền mặt chưa ghép"));
    }
    format!("{open} trong {all} mục còn phải làm: {}.", said.join("; "))
}
