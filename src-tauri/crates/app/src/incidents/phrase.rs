//! Acts on incidents in words.

use super::{Register, owner_name, stage_words};
use crate::{
    App,
    checklist::{instant, vn},
    words,
};
use pvhcc_domain::{
    operation::incident::{IncidentAct, IncidentState, Refusal, Severity},
    party::PartyState,
};

impl App {
    /// What an act did, and more of it.
    pub(super) fn incident_phrase(
        &self,
        act: &IncidentAct,
        register: &Register,
        parties: &[PartyState],
    ) -> (String, String) {
        let reason = |reason: &Option<String>| reason.clone().unwrap_or_default();
        let label = |s: Severity| format!("{} {}", s.code(), register.severities().of(s).label);
        match act {
            IncidentAct::Opened { severity, text, .. } => {
                (format!("Phát hiện sự cố, mức {}", label(*severity)), reason(text))
            }
            IncidentAct::Changed { title, severity, touched, reason: why } => {
                let touches: Vec<String> = self.touches(touched).into_iter().map(|t| t.name).collect();
                let mut said = vec![format!("mức {}", label(*severity)), title.clone()];
                said.extend((!touches.is_empty()).then(|| format!("ảnh hưởng: {}", touches.join(", "))));
                said.extend(why.as_ref().map(|why| format!("lý do: {why}")));
                ("Sửa thông tin sự cố".to_owned(), said.join(" · "))
            }
            IncidentAct::Acknowledged { owner } => {
                (format!("Tiếp nhận, đầu mối: {}", owner_name(&register.who, owner)), String::new())
            }
            IncidentAct::Assigned { owner, reason: why } => {
                (format!("Giao cho {}", owner_name(&register.who, owner)), reason(why))
            }
            IncidentAct::AlertLinked { .. } => ("Gắn một cảnh báo".to_owned(), String::new()),
            IncidentAct::Noted { text, file, .. } => {
                let file = file.as_ref().map(|file| format!("kèm tệp «{}»", file.name)).unwrap_or_default();
                (text.clone(), file)
            }
            IncidentAct::Escalated { party, how, text } => {
                let name = parties
                    .iter()
                    .find(|p| p.party.id == *party)
                    .map_or(party.as_str(), |p| p.party.short.as_str());
                (format!("Báo {name}, {how}"), reason(text))
            }
            IncidentAct::Mitigated { workaround, .. } => ("Có cách làm tạm".to_owned(), workaround.clone()),
            IncidentAct::Resolved { how, cause, .. } => {
                let cause = cause.as_ref().map(|c| format!(" · nguyên nhân: {c}")).unwrap_or_default();
                ("Khắc phục xong".to_owned(), format!("{how}{cause}"))
            }
            IncidentAct::Reopened { reason } => ("Mở lại".to_owned(), reason.clone()),
            IncidentAct::FollowUp { text, unit, due } => (
                format!("Việc sau sự cố: {text}"),
                format!("{} · hạn {}", self.unit_view(unit).short, vn(*due)),
            ),
            IncidentAct::Closed { cause, lesson } => {
                let lesson = lesson.as_ref().map(|l| format!(" · rút kinh nghiệm: {l}")).unwrap_or_default();
                ("Đóng sự cố".to_owned(), format!("nguyên nhân: {cause}{lesson}"))
            }
        }
    }
}

/// Why an incident does not take an act, with what to do; `field` is the one to look at.
pub(super) fn refusal(why: Refusal, state: Option<&IncidentState>) -> (&'static str, String) {
    let detected = || state.map(|s| instant(s.detected)).unwrap_or_default();
    let stage = || state.map(|s| stage_words(s.stage()).to_lowercase()).unwrap_or_default();
    match why {
        Refusal::Missing => ("id", "Sự cố này chưa được ghi.".into()),
        Refusal::Reported => ("id", "Sự cố này đã được ghi.".into()),
        Refusal::NotAcknowledged => ("id", "Sự cố chưa ai tiếp nhận. Hãy tiếp nhận trước.".into()),
        Refusal::Acknowledged => ("id", format!("Sự cố đã có người tiếp nhận ({}).", stage())),
        Refusal::NotResolved => {
            ("id", "Sự cố chưa khắc phục xong nên chưa đóng được. Hãy ghi khắc phục trước.".into())
        }
        Refusal::Resolved => ("id", "Sự cố đã khắc phục. Nếu lỗi trở lại, hãy mở lại.".into()),
        Refusal::Closed => ("id", "Sự cố đã đóng. Hãy mở lại trước khi ghi thêm.".into()),
        Refusal::NotOver => ("reason", "Sự cố chưa khắc phục xong nên không cần mở lại.".into()),
        Refusal::BeforeDetection => ("at", format!("Thời điểm này trước lúc phát hiện ({}).", detected())),
        Refusal::BeforeReturn => {
            let back = state.and_then(|s| s.reopened.last()).map(|(said, _)| instant(said.at));
            ("at", format!("Thời điểm này trước lúc mở lại ({}).", back.unwrap_or_default()))
        }
        Refusal::BeforeMitigation => {
            let since = state.and_then(|s| s.mitigated.as_ref()).map(|m| instant(m.at));
            ("at", format!("Thời điểm này trước lúc có cách làm tạm ({}).", since.unwrap_or_default()))
        }
        Refusal::Future => ("at", "Thời điểm này không thể sau hiện tại.".into()),
        Refusal::Linked => ("alert", "Cảnh báo này đã gắn với sự cố.".into()),
        Refusal::SameOwner => ("owner", "Người này đang là đầu mối của sự cố.".into()),
        Refusal::Unchanged => ("title", "Nội dung không thay đổi; chưa ghi gì.".into()),
        Refusal::NoReason => ("reason", "Hãy ghi lý do đổi mức sự cố.".into()),
    }
}

/// `22:07`, or with the day when that is not today's.
pub(super) fn at(when: pvhcc_domain::time::Ms, register: &Register) -> String {
    words::moment(when, register.now)
}
