//! The register of incidents: who has which, which clock runs out, what happened, how it ended; the note at the change of a shift
//! and the bulletin.
//!
//! Folded on demand, as the register of obstacles: a night has tens of incidents, and nothing can go stale.

mod acts;
mod alerts;
mod bulletin;
mod checks;
mod clocks;
mod detail;
mod follow_ups;
mod frozen;
mod handover;
mod log;
mod note;
mod phrase;
mod sentences;
mod standing;
mod timeline;
mod view;

use crate::{
    App,
    checklist::Who,
    wire::{AttentionItem, ErrorCode, Target, Tile, WireError},
    words,
};
use pvhcc_domain::{
    operation::incident::{ENTITY, IncidentState, Severities, Stage, Timing, project_all},
    time::Ms,
};

pub(crate) use clocks::Clocks;
pub(crate) use log::IncidentLog;

/// Entity of an incident's events.
fn entity(id: &str) -> String {
    format!("{ENTITY}{id}")
}

/// Everything the register is shown from, read once.
struct Register {
    states: Vec<IncidentState>,
    clocks: Clocks,
    who: Who,
    now: Ms,
}

impl Register {
    fn timing(&self) -> Timing<'_> {
        self.clocks.timing()
    }

    /// The severities in force.
    fn severities(&self) -> &Severities {
        self.clocks.severities.at(self.now)
    }

    fn find(&self, id: &str) -> Result<&IncidentState, WireError> {
        self.states.iter().find(|s| s.id == id).ok_or_else(|| not_found(id))
    }

    /// Open ones, that whose clock runs out first before the others.
    fn open(&self) -> Vec<&IncidentState> {
        let mut open: Vec<&IncidentState> = self.states.iter().filter(|s| s.is_open()).collect();
        open.sort_by_key(|s| (self.timing().next_due(s).map(|c| c.due), s.severity, s.detected));
        open
    }

    /// `S2 Cao`.
    fn severity(&self, state: &IncidentState) -> String {
        format!("{} {}", state.severity.code(), self.severities().of(state.severity).label)
    }
}

fn not_found(id: &str) -> WireError {
    WireError::new(ErrorCode::NotFound, format!("Không có sự cố “{id}”. Hãy xem lại danh sách sự cố."))
}

fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Detected => "Chưa tiếp nhận",
        Stage::Acknowledged => "Đang xử lý",
        Stage::Mitigated => "Có cách làm tạm",
        Stage::Resolved => "Đã khắc phục",
        Stage::Closed => "Đã đóng",
    }
}

/// `45 giây`, `12 phút`, `2 giờ 5 phút`, `3 ngày 4 giờ`.
fn lasting(millis: i64) -> String {
    let minutes = millis.max(0) / 60_000;
    let two = |n: i64, unit: &str, rest: i64, part: &str| match rest {
        0 => format!("{n} {unit}"),
        rest => format!("{n} {unit} {rest} {part}"),
    };
    match minutes {
        0 => words::span(millis),
        1..60 => format!("{minutes} phút"),
        60..2_880 => two(minutes / 60, "giờ", minutes % 60, "phút"),
        _ => two(minutes / 1_440, "ngày", minutes % 1_440 / 60, "giờ"),
    }
}

/// `Trực 02 · TT PVHCC tỉnh` of an owner, who is known by the pseudonym alone.
fn owner_name(who: &Who, owner: &str) -> String {
    who.person(owner, pvhcc_domain::roles::Role::Duty)
}

impl App {
    /// Every incident as it stands.
    pub(crate) async fn incident_states(&self) -> Result<Vec<IncidentState>, WireError> {
        let events = self.events_under(ENTITY).await?;
        Ok(project_all(&events))
    }

    async fn incident_register(&self) -> Result<Register, WireError> {
        Ok(Register {
            states: self.incident_states().await?,
            clocks: self.clocks().await?,
            who: self.who().await?,
            now: self.now(),
        })
    }

    /// Incidents that are not over, for the navigation.
    pub(crate) async fn open_incidents(&self) -> Result<u32, WireError> {
        let open = self.incident_states().await?.iter().filter(|s| s.is_open()).count();
        Ok(u32::try_from(open).unwrap_or(u32::MAX))
    }

    /// Tile of the overview.
    pub(crate) async fn incidents_tile(&self) -> Result<Tile, WireError> {
        let register = self.incident_register().await?;
        let open = register.open();
        let overdue = open.iter().filter(|s| view::overdue(&register, s)).count();
        let worst = open.iter().map(|s| s.severity).min();
        let note = match (worst, overdue) {
            (None, _) => "không có sự cố đang mở".to_owned(),
            (Some(worst), 0) => format!("nặng nhất {}", worst.code()),
            (Some(worst), n) => format!("nặng nhất {} · {n} quá hạn", worst.code()),
        };
        Ok(Tile {
            id: "incidents".into(),
            label: "Sự cố đang mở".into(),
            value: open.len().to_string(),
            unit: String::new(),
            note,
            detail: "Sự cố ghi trong sổ mà chưa khắc phục xong. Quá hạn: chưa tiếp nhận, chưa cập nhật hoặc chưa khắc phục \
                     trong thời gian của mức."
                .into(),
            tone: if overdue > 0 { "bad" } else if open.is_empty() { "plain" } else { "warn" }.into(),
            share: None,
            proved: None,
            target: Some(target(None)),
        })
    }

    /// Lines of "cần chú ý" with their ranks: clocks that ran out, and incidents that nobody took.
    pub(crate) async fn incident_lines(&self) -> Result<Vec<(i64, AttentionItem)>, WireError> {
        let register = self.incident_register().await?;
        let line = |state: &&IncidentState| {
            let overdue = view::overdue(&register, state);
            if !overdue && state.stage() > Stage::Detected {
                return None;
            }
            let next = register.timing().next_due(state)?;
            let (rank, badge, tone) = match overdue {
                true => (1_400, "Sự cố quá hạn", "bad"),
                false => (1_300, "Sự cố mới", "warn"),
            };
            let owner = state.owner.as_deref().map(|o| owner_name(&register.who, o));
            let item = AttentionItem {
                badge: badge.into(),
                tone: tone.into(),
                title: format!("{} · {}", register.severity(state), state.title),
                detail: format!(
                    "{} · {}",
                    view::clock_words(&next, &register),
                    owner.unwrap_or_else(|| "chưa ai tiếp nhận".into())
                ),
                action: "Mở".into(),
                target: target(Some(&state.id)),
            };
            // The worst first among those of one kind.
            Some((rank - state.severity as i64, item))
        };
        Ok(register.open().iter().filter_map(line).collect())
    }
}

/// The register, or one incident of it.
fn target(id: Option<&str>) -> Target {
    let filter = id.map_or_else(|| "incidents".to_owned(), |id| format!("incidents?id={id}"));
    Target { screen: "operations".into(), task: None, filter: Some(filter) }
}
