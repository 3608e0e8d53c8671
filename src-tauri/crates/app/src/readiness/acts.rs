//! Reports of readiness, of one member or many at once, and taking one back.

use super::{PART, Room, headline_of};
use crate::{
    App,
    checklist::{day, note, vn},
    messages,
    people::Actor,
    said::new_event,
    wire::{
        AppEvent, DoneView, DutyReport, ErrorCode, ReadinessReportArgs, ReadinessWithdrawArgs, WireError,
    },
};
use chrono::NaiveDate;
use pvhcc_domain::{
    act::Act,
    operation::readiness::{Duty, ENTITY, Member, Readiness, ReadinessAct},
    task::Learned,
};
use pvhcc_store::NewEvent;

/// What is said of one duty of one member.
pub(super) struct Said<'a> {
    pub(super) member: &'a Member,
    pub(super) duty: &'a Duty,
    pub(super) state: Readiness,
    pub(super) as_of: NaiveDate,
    pub(super) remark: Option<String>,
    pub(super) learned: Learned,
}

impl App {
    pub(crate) async fn readiness_report(
        &self,
        actor: &Actor,
        args: ReadinessReportArgs,
    ) -> Result<DoneView, WireError> {
        let room = self.readiness_room().await?;
        if args.units.is_empty() {
            return Err(messages::invalid("units", "Hãy chọn ít nhất một đơn vị."));
        }
        if args.duties.is_empty() {
            return Err(messages::invalid("duties", "Hãy chọn trạng thái cho ít nhất một trách nhiệm."));
        }
        let as_of = self.told_day(&args.as_of)?;
        let mut news = Vec::new();
        for unit in &args.units {
            let (set, member) = room.find(unit)?;
            for DutyReport { duty, state, remark } in &args.duties {
                let Some(duty) = set.duties.iter().find(|d| d.id == *duty) else {
                    let message = format!("{} không có trách nhiệm “{duty}”.", member.name);
                    return Err(messages::invalid("duties", &message));
                };
                let said = Said {
                    member,
                    duty,
                    state: *state,
                    as_of,
                    remark: note(remark.as_deref()).map_err(|e| e.with("field", "remark"))?,
                    learned: args.learned,
                };
                self.check_report(actor, &room, &said)?;
                self.check_seen(&room, member, duty, args.seen).await?;
                news.push(said.event(actor));
            }
        }
        let about = match (args.units.as_slice(), args.duties.as_slice()) {
            ([one], _) => format!("Báo cáo sẵn sàng: {}", room.find(one)?.1.name),
            (many, duties) => {
                format!("Báo cáo sẵn sàng của {} đơn vị, {} trách nhiệm", many.len(), duties.len())
            }
        };
        let done =
            format!("Đã ghi {} báo cáo: {}.", news.len(), about.trim_start_matches("Báo cáo sẵn sàng: "));
        let event_id = self.write_reports(news, &about).await?;
        Ok(DoneView { event_id, message: done })
    }

    pub(crate) async fn readiness_withdraw(
        &self,
        actor: &Actor,
        args: ReadinessWithdrawArgs,
    ) -> Result<DoneView, WireError> {
        let room = self.readiness_room().await?;
        let (set, member) = room.find(&args.unit)?;
        let Some(duty) = set.duties.iter().find(|d| d.id == args.duty) else {
            return Err(messages::invalid("duty", "Không có trách nhiệm này."));
        };
        self.check_reporter(actor, member)?;
        if room.report(&member.id, &duty.id).is_none() {
            let message = format!("{}: “{}” chưa có báo cáo nào để rút.", member.name, duty.short);
            return Err(messages::invalid("duty", &message));
        }
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do rút báo cáo."));
        };
        self.check_seen(&room, member, duty, args.seen).await?;
        let act = Act::Readiness(ReadinessAct::Withdrawn { duty: duty.id.clone(), reason });
        let event = self.say(actor, &format!("{ENTITY}{}", member.id), None, act).await?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        let message = format!("Đã rút báo cáo “{}” của {}; tính là chưa báo cáo.", duty.short, member.name);
        Ok(DoneView { event_id: event.id, message })
    }

    /// Writes reports: one as itself, several as one act.
    pub(super) async fn write_reports(&self, news: Vec<NewEvent>, about: &str) -> Result<String, WireError> {
        let store = &self.0.store;
        let events = match news.len() {
            0 | 1 => store.append_all(news).await,
            _ => store.append_batch(news, about).await,
        };
        let events = events.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::OperationsChanged { part: PART.to_owned() });
        Ok(events.last().map(|e| e.id.clone()).unwrap_or_default())
    }

    /// A day that a report speaks of: none to come.
    pub(super) fn told_day(&self, text: &str) -> Result<NaiveDate, WireError> {
        let as_of = day(text, "asOf")?;
        if as_of > self.now().day() {
            return Err(messages::invalid("asOf", "Ngày báo cáo không thể sau hôm nay."));
        }
        Ok(as_of)
    }

    pub(super) fn check_reporter(&self, actor: &Actor, member: &Member) -> Result<(), WireError> {
        if self.may_report(actor, member) {
            return Ok(());
        }
        Err(WireError::new(
            ErrorCode::Forbidden,
            format!(
                "Bạn chỉ ghi được báo cáo của đơn vị mình, không ghi được của {}. Đơn vị điều phối ghi thay mọi đơn vị.",
                member.name
            ),
        ))
    }

    /// Who may say it, and whether it can be said.
    pub(super) fn check_report(&self, actor: &Actor, room: &Room, said: &Said<'_>) -> Result<(), WireError> {
        self.check_reporter(actor, said.member)?;
        if said.state == Readiness::NotApplicable && said.remark.is_none() {
            let message =
                format!("{}, “{}”: không áp dụng thì phải ghi lý do.", said.member.name, said.duty.short);
            return Err(messages::invalid("remark", &message));
        }
        match room.report(&said.member.id, &said.duty.id) {
            Some(known) if known.as_of > said.as_of => Err(messages::invalid(
                "asOf",
                &format!(
                    "{}, “{}”: đã có báo cáo đến ngày {}, không ghi lùi về ngày {}.",
                    said.member.name,
                    said.duty.short,
                    vn(known.as_of),
                    vn(said.as_of)
                ),
            )),
            _ => Ok(()),
        }
    }

    /// What somebody else said since it was looked at is not written over.
    pub(super) async fn check_seen(
        &self,
        room: &Room,
        member: &Member,
        duty: &Duty,
        seen: i64,
    ) -> Result<(), WireError> {
        let Some(standing) = room.standing(&member.id, &duty.id).filter(|s| s.position > seen) else {
            return Ok(());
        };
        let what = format!("{}, “{}”", member.name, duty.short);
        Err(self.overtaken(&what, &standing.by, &headline_of(standing.report.as_ref())).await?)
    }
}

impl Said<'_> {
    pub(super) fn event(self, actor: &Actor) -> NewEvent {
        let act = Act::Readiness(ReadinessAct::Reported {
            duty: self.duty.id.clone(),
            state: self.state,
            as_of: self.as_of,
            remark: self.remark,
            learned: self.learned,
        });
        new_event(actor, format!("{ENTITY}{}", self.member.id), act)
    }
}
