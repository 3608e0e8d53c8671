//! What people did, in the words of the room it belongs to.

use crate::{
    App,
    alerts::AlertLog,
    checklist::{Who, vn},
    duty,
    incidents::IncidentLog,
    messages, readiness,
    runs::RunHistory,
    wire::{ReplayKind, ReplayLine, ReplayOrigin, Target, WireError},
};
use pvhcc_domain::{
    act::{Act, Event},
    obstacle::ObstacleState,
    operation::{
        register::{FallbackAct, InFlightAct},
        shift::HandoverAct,
    },
    roles::Auth,
    time::Ms,
};
use std::collections::BTreeMap;

/// Everything the words are made from, read once.
pub(super) struct Tongue<'a> {
    app: &'a App,
    pub(super) alerts: AlertLog,
    incidents: IncidentLog,
    pub(super) runs: RunHistory,
    duty: duty::Room,
    readiness: readiness::Room,
    obstacles: Vec<ObstacleState>,
    who: Who,
}

/// An event, and from when on it was known here.
pub(super) struct Heard {
    pub(super) event: Event,
    pub(super) at: Ms,
}

/// Events with when each was known: what was said at another seat is known once something later had been said here.
pub(super) fn heard(events: Vec<Event>) -> Vec<Heard> {
    let mut latest = Ms(i64::MIN);
    let heard = events.into_iter().map(|event| {
        latest = latest.max(event.said_at);
        Heard { event, at: latest }
    });
    heard.collect()
}

impl App {
    pub(super) async fn tongue(&self) -> Result<Tongue<'_>, WireError> {
        Ok(Tongue {
            app: self,
            alerts: self.alert_log().await?,
            incidents: self.incident_log().await?,
            runs: self.run_history().await?,
            duty: self.duty_room().await?,
            readiness: self.readiness_room().await?,
            obstacles: self.obstacle_states().await?,
            who: self.who().await?,
        })
    }

    /// Acts known from a moment in `from..=to` on, in journal order. Acts that were written as one are one line.
    pub(super) async fn act_lines(
        &self,
        tongue: &Tongue<'_>,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<ReplayLine>, WireError> {
        let failed = |e| messages::store(&e);
        let batches = self.0.store.batches().await.map_err(failed)?;
        let all = heard(self.0.store.events(None, 0, i64::MAX).await.map_err(failed)?);
        let mut of_entity: BTreeMap<&str, Vec<Event>> = BTreeMap::new();
        for Heard { event, .. } in &all {
            of_entity.entry(&event.entity).or_default().push(event.clone());
        }
        let within = all.iter().filter(|heard| (from..=to).contains(&heard.at));
        let single = within.filter(|heard| batches.of(&heard.event.id).is_none());
        Ok(single.map(|heard| tongue.line(heard, &of_entity[heard.event.entity.as_str()])).collect())
    }
}

impl Tongue<'_> {
    fn line(&self, heard: &Heard, all: &[Event]) -> ReplayLine {
        let event = &heard.event;
        let mut line = ReplayLine::new(event.id.clone(), heard.at, ReplayKind::Other, ReplayOrigin::Said);
        line.late = heard.at > event.said_at;
        line.acts = match &event.act {
            Act::BatchClosed { events, .. } => 1 + u32::try_from(events.len()).unwrap_or(u32::MAX - 1),
            _ => 1,
        };
        line.who = match event.auth {
            Auth::Setup => "Thiết lập ban đầu".to_owned(),
            _ => self.who.of(event),
        };
        let mut line = line.of(event.said_at);
        let kind = match &event.act {
            Act::Alert(_) => ReplayKind::Alert,
            Act::Incident(_) => ReplayKind::Incident,
            Act::Run(_) | Act::Runbook(_) => ReplayKind::Run,
            Act::Shift(_) | Act::Handover(_) => ReplayKind::Duty,
            _ if event.entity.starts_with("task:") || event.entity.starts_with("obstacle:") => {
                ReplayKind::Task
            }
            _ => ReplayKind::Other,
        };
        line.kind = kind;
        if let Some((text, detail, target, happened)) = self.app.incident_told(&self.incidents, event) {
            (line.text, line.detail, line.target) = (text, detail, Some(target));
            return match happened {
                Some(happened) => line.of(happened.min(event.said_at)),
                None => line,
            };
        }
        (line.text, line.detail, line.target) = self.words(event, all);
        line
    }

    fn words(&self, event: &Event, all: &[Event]) -> (String, String, Option<Target>) {
        let plain = |text: &str, detail: &str| (text.to_owned(), detail.to_owned());
        let part = |part: &str| Some(Target::operations(part));
        match &event.act {
            Act::Alert(_) => {
                if let Some(said) = self.alerts.act(event) {
                    return said;
                }
            }
            Act::Run(_) | Act::Runbook(_) => {
                if let Some((text, detail, target)) = self.runs.act(event, &self.who) {
                    return (text, detail, Some(target));
                }
            }
            Act::Shift(_) => {
                let (text, detail) = duty::phrase(&self.duty, event);
                return (text, detail, part("duty"));
            }
            Act::Handover(act) => {
                let (text, detail) = match act {
                    HandoverAct::Written { note, .. } => plain("Viết bàn giao ca", note),
                    HandoverAct::Taken { .. } => plain("Nhận bàn giao ca", ""),
                };
                return (text, detail, part("incidents"));
            }
            Act::Readiness(_) => {
                if let Some((text, detail)) = readiness::told(&self.readiness, event) {
                    return (format!("Sẵn sàng: {text}"), detail, part("readiness"));
                }
            }
            Act::InFlight(act) => {
                let (text, detail) = match act {
                    InFlightAct::CountedBefore { source, .. } => {
                        plain("Đếm hồ sơ đang xử lý trước khi chuyển", source)
                    }
                    InFlightAct::CountedAfter { source, .. } => {
                        plain("Đếm hồ sơ đang xử lý sau khi chuyển", source)
                    }
                    InFlightAct::Explained { text } => plain("Giải trình chênh lệch hồ sơ đang xử lý", text),
                };
                return (text, detail, part("registers"));
            }
            Act::Fallback(act) => {
                let (text, detail) = match act {
                    FallbackAct::Taken { entry } => plain("Ghi sổ giấy, tiền mặt", &entry.receipt),
                    FallbackAct::Changed { entry, reason } => {
                        plain("Sửa sổ giấy, tiền mặt", &format!("{}: {reason}", entry.receipt))
                    }
                    FallbackAct::Reentered { dossier, .. } => plain("Nhập lại vào hệ thống", dossier),
                    FallbackAct::Paired { remark } => {
                        plain("Ghép với hồ sơ trong hệ thống", remark.as_deref().unwrap_or_default())
                    }
                    FallbackAct::Voided { reason } => plain("Gạch bỏ dòng ghi nhầm", reason),
                };
                return (text, detail, part("registers?view=fallback"));
            }
            _ => {}
        }
        if let Some(key) = event.entity.strip_prefix("task:") {
            let (text, detail) = self.app.phrase(event, all);
            return (format!("Nhiệm vụ {key}: {text}"), detail, Some(Target::task(key)));
        }
        if let Some(id) = event.entity.strip_prefix("obstacle:") {
            let (text, detail) = self.app.phrase(event, all);
            let title = self.obstacles.iter().find(|o| o.id == id).map_or("", |o| o.obstacle.title.as_str());
            let target = Target { screen: "obstacles".into(), task: None, filter: Some(id.to_owned()) };
            return (
                text,
                [title, &detail].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · "),
                Some(target),
            );
        }
        let (text, detail) = self.others(event, all);
        (text, detail, None)
    }

    /// Acts that have no history of their own on a screen.
    fn others(&self, event: &Event, all: &[Event]) -> (String, String) {
        let plain = |text: &str, detail: &str| (text.to_owned(), detail.to_owned());
        match &event.act {
            Act::ReportFrozen { day, reason, .. } => {
                (format!("Chốt số liệu báo cáo {}", vn(*day)), reason.clone().unwrap_or_default())
            }
            Act::ReportWritten { .. } => plain("Viết lời báo cáo", ""),
            Act::ReportReviewed { remark, .. } => {
                plain("Soát báo cáo: đạt", remark.as_deref().unwrap_or_default())
            }
            Act::ReportReturned { reason, .. } => plain("Trả lại báo cáo", reason),
            Act::ReportSigned { number, .. } => plain("Ký báo cáo", &format!("số {number}")),
            Act::ReportCopyAttached { file } => plain("Đính kèm bản đã ký, đóng dấu", &file.name),
            Act::ReportSent { how, to, .. } => plain("Gửi báo cáo", &format!("{how} · {to}")),
            Act::ReportExcused { reason } => plain("Ghi lý do báo cáo trễ", reason),
            Act::RuleSet { rule, value, reason, .. } => {
                let why = reason.as_ref().map(|why| format!(" · {why}")).unwrap_or_default();
                plain("Đổi quy tắc", &format!("{rule} = {value}{why}"))
            }
            Act::RosterAssigned { .. } => plain("Cấp vai trò", ""),
            Act::RosterEnded { to, .. } => plain("Thôi vai trò", &format!("đến hết {}", vn(*to))),
            Act::SecretSet { name } => plain("Thay bí mật của nguồn", name),
            Act::SecretRemoved { name } => plain("Xóa bí mật của nguồn", name),
            Act::CalendarDaySet { day, basis, .. } => {
                plain(&format!("Đổi lịch làm việc ngày {}", vn(*day)), basis)
            }
            Act::PartySet { name, .. } => plain("Sửa đầu mối phối hợp", name),
            Act::ContactSet { .. } => plain("Đặt người liên hệ của một bên", ""),
            Act::ContactRemoved { .. } => plain("Xóa người liên hệ của một bên", ""),
            Act::ChecklistImported { title, .. } => plain("Nhập danh mục", title),
            Act::ChecklistRetired { reason } => plain("Thôi theo dõi danh mục", reason),
            _ => self.app.phrase(event, all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::roles::Role;

    fn said(id: &str, at: i64) -> Event {
        Event {
            id: id.into(),
            position: 0,
            device: "seat".into(),
            device_seq: 1,
            said_at: Ms(at),
            clock_suspect: false,
            actor: "a".into(),
            role: Role::Duty,
            auth: Auth::Online,
            entity: "task:17".into(),
            based_on: None,
            act: Act::TaskNoteAdded { note: "x".into() },
        }
    }

    #[test]
    fn what_came_from_another_seat_is_known_from_when_it_came_not_from_when_it_was_said() {
        let known = heard(vec![said("a", 10), said("b", 30), said("late", 20), said("c", 40)]);
        let at: Vec<(&str, i64)> = known.iter().map(|h| (h.event.id.as_str(), h.at.0)).collect();
        assert_eq!(at, [("a", 10), ("b", 30), ("late", 30), ("c", 40)]);
    }
}
