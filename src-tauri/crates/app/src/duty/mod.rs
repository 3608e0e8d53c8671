//! The roster of shifts: who holds which post when, what is missing, who is on now. Who people are and how to reach them
//! stands in the tables that can be erased; the journal knows ids.

mod acts;
mod export;
mod import;
mod people;
mod repeat;

use crate::{
    App,
    checklist::vn,
    messages,
    people::Actor,
    wire::{
        AttentionItem, DutyArgs, DutyNow, GapView, LackKind, OnNowView, PostLine, RosterOfDutyView,
        ShiftArgs, ShiftHistoryView, ShiftView, Target, UnitView, WireError,
    },
};
pub(crate) use people::CONTACT;
use people::People;
use pvhcc_domain::{
    act::{Act, Event},
    operation::shift::{
        Clash, Gap, Lack, OnPost, Overlap, Post, SHIFT, Shift, ShiftAct, ShiftState, Span, builtin, gaps,
        may_set, next_change, on_at, overlaps, project_all,
    },
    time::Ms,
};
use std::collections::BTreeMap;

/// Part of the operation, for its events.
const PART: &str = "duty";
const DAY: i64 = 24 * 3_600_000;
/// Longest span shown, ms.
const LONGEST: i64 = 62 * DAY;

/// Everything the roster is shown from, read once.
pub(crate) struct Room {
    posts: Vec<Post>,
    shifts: Vec<ShiftState>,
    people: People,
    now: Ms,
}

impl Room {
    fn shift(&self, id: &str) -> Option<&ShiftState> {
        self.shifts.iter().find(|s| s.id == id)
    }

    fn post(&self, id: &str) -> Option<&Post> {
        self.posts.iter().find(|p| p.id == id)
    }

    fn position(&self) -> i64 {
        self.shifts.iter().map(|s| s.position).max().unwrap_or(0)
    }
}

impl App {
    pub(crate) async fn duty_room(&self) -> Result<Room, WireError> {
        let events = self.events_under(SHIFT).await?;
        Ok(Room {
            posts: builtin().map_err(|e| messages::builtin(&e))?,
            shifts: project_all(&events),
            people: self.duty_people().await?,
            now: self.now(),
        })
    }

    pub(crate) async fn duty(
        &self,
        actor: Option<&Actor>,
        args: DutyArgs,
    ) -> Result<RosterOfDutyView, WireError> {
        let room = self.duty_room().await?;
        let span = span_of(&args, room.now)?;
        let lacking = gaps(&room.posts, &room.shifts, span);
        let clashes = overlaps(&room.shifts);
        let mut lines = Vec::new();
        for post in &room.posts {
            for unit in &post.units {
                lines.push(self.post_line(&room, post, unit, span, &lacking, &clashes, actor));
            }
        }
        Ok(RosterOfDutyView {
            now: room.now.0,
            from: span.from.0,
            to: span.to.0,
            headline: headline(&lacking, &clashes, span),
            can_edit: lines.iter().any(|line| line.editable),
            lines,
            on: on_at(&room.posts, &room.shifts, room.now).iter().map(|on| self.on_now(&room, on)).collect(),
            status: status(&room),
            next_change: next_change(&room.shifts, room.now).map(|at| at.0),
            people: room.people.all().cloned().collect(),
            units: self.duty_units(&room.posts),
            clashes: clashes.iter().map(|clash| clash_text(&room, clash)).collect(),
            position: room.position(),
        })
    }

    /// A line of the attention list while a post is empty or nobody stands behind it.
    pub(crate) async fn duty_lines(&self) -> Result<Vec<(i64, AttentionItem)>, WireError> {
        let Some(now) = self.duty_now().await?.filter(|now| !now.lack.is_empty()) else {
            return Ok(Vec::new());
        };
        let empty = now.tone == "bad";
        let item = AttentionItem {
            badge: "Ca trực".into(),
            tone: if empty { "bad" } else { "warn" }.into(),
            title: if empty {
                "Có vị trí trực không có người"
            } else {
                "Có vị trí trực thiếu dự phòng"
            }
            .into(),
            detail: now.lack,
            action: "Mở".into(),
            target: Target { screen: "operations".into(), task: None, filter: Some("duty".into()) },
        };
        Ok(vec![(if empty { 980 } else { 560 }, item)])
    }

    /// Who is on, for the frame.
    pub(crate) async fn duty_now(&self) -> Result<Option<DutyNow>, WireError> {
        Ok(status(&self.duty_room().await?))
    }

    pub(crate) async fn shift_history(
        &self,
        actor: Option<&Actor>,
        args: ShiftArgs,
    ) -> Result<ShiftHistoryView, WireError> {
        let room = self.duty_room().await?;
        let phrase = |event: &Event| phrase(&room, event);
        Ok(ShiftHistoryView { history: self.said_of(&format!("{SHIFT}{}", args.id), actor, phrase).await? })
    }

    #[allow(clippy::too_many_arguments)]
    fn post_line(
        &self,
        room: &Room,
        post: &Post,
        unit: &str,
        span: Span,
        lacking: &[Gap],
        clashes: &[Overlap],
        actor: Option<&Actor>,
    ) -> PostLine {
        let editable = actor.is_some_and(|a| self.may_set_shifts(a, unit));
        let of_line = |s: &&ShiftState| {
            s.shift.post == post.id && s.shift.unit == unit && s.shift.span().meet(span).is_some()
        };
        let shifts = room.shifts.iter().filter(of_line).map(|state| ShiftView {
            id: state.id.clone(),
            from: state.shift.from.0,
            to: state.shift.to.0,
            post: post.id.clone(),
            unit: unit.to_owned(),
            primary: state.shift.primary.clone(),
            primary_name: room.people.name(&state.shift.primary),
            backup: state.shift.backup.clone(),
            backup_name: state.shift.backup.as_deref().map(|id| room.people.name(id)),
            clash: clashes
                .iter()
                .find(|c| c.first == state.id || c.second == state.id)
                .map(|clash| clash_text(room, clash)),
            last_event: state.last_event.clone(),
            editable,
        });
        let of_line = |g: &&Gap| g.post == post.id && g.unit == unit;
        PostLine {
            post: post.id.clone(),
            title: post.title.clone(),
            task: post.task.clone(),
            unit: self.unit_named(unit),
            from: post.from.0,
            to: post.to.0,
            needs_backup: post.backup,
            shifts: shifts.collect(),
            gaps: lacking.iter().filter(of_line).map(gap_view).collect(),
            editable,
        }
    }

    fn on_now(&self, room: &Room, on: &OnPost<'_>) -> OnNowView {
        let shift = on.shift.map(|s| &s.shift);
        OnNowView {
            post: on.post.id.clone(),
            title: on.post.title.clone(),
            unit: self.unit_named(on.unit),
            primary: shift.map(|s| room.people.person(&s.primary)),
            backup: shift.and_then(|s| s.backup.as_deref()).map(|id| room.people.person(id)),
            to: shift.map(|s| s.to.0),
            lack: on.lack.map(lack_kind),
        }
    }

    fn may_set_shifts(&self, actor: &Actor, unit: &str) -> bool {
        may_set(actor.role, &actor.unit, unit, &self.0.units.coordinating())
    }

    /// A unit or a commune as shown.
    pub(crate) fn unit_named(&self, id: &str) -> UnitView {
        let units = &self.0.units;
        UnitView {
            id: id.to_owned(),
            short: units.short_name(id).to_owned(),
            name: units.name(id).to_owned(),
        }
    }

    /// Units whose people hold posts, first those of the posts.
    fn duty_units(&self, posts: &[Post]) -> Vec<UnitView> {
        let mut ids: Vec<&str> = posts.iter().flat_map(|p| &p.units).map(String::as_str).collect();
        ids.extend(self.0.units.organisations().iter().map(|u| u.id.as_str()));
        let mut seen = std::collections::BTreeSet::new();
        ids.into_iter().filter(|id| seen.insert(*id)).map(|id| self.unit_named(id)).collect()
    }
}

/// An act in words, and what goes with it.
pub(crate) fn phrase(room: &Room, event: &Event) -> (String, String) {
    match &event.act {
        Act::Shift(ShiftAct::Set { shift }) => ("Xếp ca".to_owned(), shift_text(room, shift)),
        Act::Shift(ShiftAct::Removed { reason }) => ("Bỏ ca".to_owned(), reason.clone()),
        other => (other.kind().to_owned(), String::new()),
    }
}

fn span_of(args: &DutyArgs, now: Ms) -> Result<Span, WireError> {
    let from = args.from.map_or_else(|| Ms::at(now.day(), 0, 0), Ms);
    let to = args.to.map_or_else(|| from.plus(7 * DAY), Ms);
    if to <= from || to.0.saturating_sub(from.0) > LONGEST {
        return Err(messages::invalid("to", "Khoảng xem phải từ trước đến sau và không quá 62 ngày."));
    }
    Ok(Span { from, to })
}

/// Posts with what they lack now.
fn status(room: &Room) -> Option<DutyNow> {
    let on = on_at(&room.posts, &room.shifts, room.now);
    if on.is_empty() {
        return None;
    }
    let people: std::collections::BTreeSet<&str> =
        on.iter().filter_map(|o| o.shift).flat_map(|s| s.shift.people()).collect();
    let lacking = |kind: Lack| -> Vec<&str> {
        on.iter().filter(|o| o.lack == Some(kind)).map(|o| o.post.title.as_str()).collect()
    };
    let (nobody, alone) = (lacking(Lack::Nobody), lacking(Lack::Backup));
    let mut lack = Vec::new();
    if !nobody.is_empty() {
        lack.push(format!("trống: {}", nobody.join(", ")));
    }
    if !alone.is_empty() {
        lack.push(format!("thiếu dự phòng: {}", alone.join(", ")));
    }
    let tone = match (nobody.is_empty(), alone.is_empty()) {
        (false, _) => "bad",
        (true, false) => "warn",
        (true, true) => "good",
    };
    Some(DutyNow {
        text: format!("Trực {} người", people.len()),
        lack: lack.join("; "),
        tone: tone.to_owned(),
    })
}

fn headline(lacking: &[Gap], clashes: &[Overlap], span: Span) -> String {
    let days = format!("{}–{}", vn(span.from.day()), vn(span.to.plus(-1).day()));
    let hours =
        |kind: Lack| lacking.iter().filter(|g| g.lack == kind).map(|g| g.span.to.0 - g.span.from.0).sum();
    let (nobody, alone): (i64, i64) = (hours(Lack::Nobody), hours(Lack::Backup));
    let mut said = Vec::new();
    if nobody > 0 {
        said.push(format!("{} chưa có người trực", hours_text(nobody)));
    }
    if alone > 0 {
        said.push(format!("{} thiếu dự phòng", hours_text(alone)));
    }
    if !clashes.is_empty() {
        said.push(format!("{} ca trùng nhau", clashes.len()));
    }
    if said.is_empty() {
        return format!("Mọi vị trí có đủ người trực và dự phòng, {days}.");
    }
    format!("{}, {days}.", said.join("; "))
}

/// `12 giờ`, `1,5 giờ`.
fn hours_text(ms: i64) -> String {
    #[allow(clippy::cast_precision_loss)] // Hours of some weeks.
    let hours = ms as f64 / 3_600_000.0;
    let text = format!("{:.1}", hours);
    format!("{} giờ", text.strip_suffix(".0").map_or_else(|| text.replace('.', ","), str::to_owned))
}

fn lack_kind(lack: Lack) -> LackKind {
    match lack {
        Lack::Nobody => LackKind::Nobody,
        Lack::Backup => LackKind::Backup,
    }
}

fn gap_view(gap: &Gap) -> GapView {
    let what = match gap.lack {
        Lack::Nobody => "Chưa có người trực",
        Lack::Backup => "Thiếu dự phòng",
    };
    GapView {
        from: gap.span.from.0,
        to: gap.span.to.0,
        lack: lack_kind(gap.lack),
        text: format!("{what} {}", span_text(gap.span)),
    }
}

/// `19:00–23:00 29/05/2026`, `23:00 29/05–07:00 30/05/2026`.
fn span_text(span: Span) -> String {
    let (from, to) = (span.from.local(), span.to.local());
    if from.date_naive() == to.date_naive() {
        format!("{}–{}", from.format("%H:%M"), to.format("%H:%M %d/%m/%Y"))
    } else {
        format!("{}–{}", from.format("%H:%M %d/%m"), to.format("%H:%M %d/%m/%Y"))
    }
}

/// A shift in words: `Kỹ thuật hệ thống, 19:00 29/05–07:00 30/05/2026: Kỹ thuật 1, dự phòng Kỹ thuật 2`.
fn shift_text(room: &Room, shift: &Shift) -> String {
    let title = room.post(&shift.post).map_or(shift.post.as_str(), |p| p.title.as_str());
    let backup = match shift.backup.as_deref() {
        Some(id) => format!(", dự phòng {}", room.people.name(id)),
        None => ", không có dự phòng".to_owned(),
    };
    format!("{title}, {}: {}{backup}", span_text(shift.span()), room.people.name(&shift.primary))
}

fn clash_text(room: &Room, overlap: &Overlap) -> String {
    let of = |id: &str| room.shift(id).map_or_else(String::new, |s| shift_text(room, &s.shift));
    let why = match &overlap.clash {
        Clash::Person(id) => format!("{} trực hai nơi cùng lúc", room.people.name(id)),
        Clash::Post => "Một vị trí có hai ca cùng lúc".to_owned(),
    };
    format!("{why} ({}): «{}» và «{}»", span_text(overlap.span), of(&overlap.first), of(&overlap.second))
}

/// Shifts by id, as they would be with others set.
fn merged(shifts: &[ShiftState], set: &[(String, Shift)]) -> BTreeMap<String, Shift> {
    let kept = shifts.iter().map(|s| (s.id.clone(), s.shift.clone()));
    kept.chain(set.iter().cloned()).collect()
}
