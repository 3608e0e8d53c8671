//! What somebody may do with a report as it stands, and why not: the window shows it beforehand, the commands hold it.

use super::{Of, days::stage_words};
use crate::{
    checklist::Who,
    people::Actor,
    wire::{ErrorCode, ReportMay, ReportMays, WireError},
};
use pvhcc_domain::{
    report::{
        Cadence, Form,
        deadline::Verdict,
        freeze::SCHEMA,
        state::{ReportState, Stage},
    },
    roles::{Auth, Permission, may_review_report},
};

/// A report, who asks, and what their answer hangs on.
pub(super) struct Asked<'a> {
    pub(super) of: Of,
    pub(super) state: &'a ReportState,
    pub(super) verdict: Verdict,
    pub(super) actor: Option<&'a Actor>,
    pub(super) form: &'a Form,
    pub(super) coordinating: &'a [String],
}

type May = Result<(), WireError>;

impl Asked<'_> {
    pub(super) fn freeze(&self) -> May {
        self.writes()
    }

    pub(super) fn write(&self) -> May {
        self.writes()?;
        self.has_figures()?;
        if self.state.signed_now().is_some() {
            return not_now(
                "Báo cáo đã ký nên không sửa lời. Muốn đính chính, hãy chốt lại số liệu và ghi lý do.",
            );
        }
        Ok(())
    }

    pub(super) fn review(&self) -> May {
        let actor = self.somebody()?;
        let own = self.state.version().is_some_and(|version| version.by == actor.person);
        if !may_review_report(actor.role, actor.deputy, &actor.unit, own, self.coordinating) {
            return forbidden(if own {
                "Người soạn không tự duyệt. Hãy nhờ lãnh đạo, hoặc một chuyên viên, cán bộ trực khác của đơn vị đầu mối."
            } else {
                "Việc duyệt cần lãnh đạo, người được giao ký thay, hoặc chuyên viên, cán bộ trực của đơn vị đầu mối."
            });
        }
        self.has_figures()?;
        match self.state.stage() {
            Stage::Signed | Stage::Sent => not_now("Báo cáo đã ký."),
            _ => Ok(()),
        }
    }

    pub(super) fn sign(&self) -> May {
        let actor = self.somebody()?;
        if !actor.may(Permission::SignReport) {
            return forbidden("Việc ký cần lãnh đạo, hoặc người được giao ký thay trong danh sách cán bộ.");
        }
        if actor.auth == Auth::CommandLine {
            return forbidden("Báo cáo chỉ ký được trong cửa sổ, sau khi đăng nhập bằng VNeID.");
        }
        self.has_figures()?;
        match self.state.stage() {
            Stage::Reviewed => {}
            Stage::Signed | Stage::Sent => return not_now("Báo cáo đã ký."),
            _ => return not_now("Báo cáo chưa được duyệt. Hãy duyệt trước khi ký."),
        }
        let missing = self.form.signed_by(actor.deputy).missing();
        if missing.is_empty() {
            return Ok(());
        }
        not_now(&format!("Thể thức còn thiếu: {}. Hãy bổ sung ở Cài đặt, mục Báo cáo.", missing.join(", ")))
    }

    pub(super) fn attach(&self) -> May {
        self.writes()?;
        if self.state.signed.is_empty() {
            return not_now("Báo cáo chưa ký nên chưa có bản ký để đính kèm.");
        }
        Ok(())
    }

    pub(super) fn send(&self) -> May {
        self.writes()?;
        match self.state.stage() {
            Stage::Signed | Stage::Sent => Ok(()),
            stage => not_now(&format!("Báo cáo {}. Chỉ ghi gửi khi báo cáo đã ký.", stage_words(stage))),
        }
    }

    pub(super) fn excuse(&self) -> May {
        self.writes()?;
        match (self.of.cadence, self.verdict) {
            (Cadence::Monthly, _) => not_now("Báo cáo tháng không có hạn nên không cần lý do."),
            (_, Verdict::OnTime) => not_now("Báo cáo đã gửi đúng hạn nên không cần lý do."),
            (_, Verdict::NotDue) => not_now("Ngày này không phải báo cáo nên không cần lý do."),
            _ => Ok(()),
        }
    }

    pub(super) fn all(&self) -> ReportMays {
        let may = |may: May| match may {
            Ok(()) => ReportMay { ok: true, why: String::new() },
            Err(e) => ReportMay { ok: false, why: e.message },
        };
        ReportMays {
            freeze: may(self.freeze()),
            write: may(self.write()),
            review: may(self.review()),
            sign: may(self.sign()),
            attach: may(self.attach()),
            send: may(self.send()),
            excuse: may(self.excuse()),
        }
    }

    fn somebody(&self) -> Result<&Actor, WireError> {
        self.actor.ok_or_else(crate::messages::unauthenticated)
    }

    fn writes(&self) -> May {
        if self.somebody()?.may(Permission::WriteReport) {
            return Ok(());
        }
        forbidden("Việc lập báo cáo cần chuyên viên, cán bộ trực hoặc lãnh đạo.")
    }

    fn has_figures(&self) -> May {
        match self.state.freeze() {
            None => {
                let message = format!("{} chưa chốt số liệu. Hãy chốt số liệu trước.", self.of.title());
                Err(WireError::new(ErrorCode::Invalid, message).with("field", "freeze"))
            }
            Some(frozen) if frozen.schema != SCHEMA => Err(super::frozen::other_version(frozen.schema)),
            Some(_) => Ok(()),
        }
    }

    /// Refuses a word on what the person had not seen: `based_on` must not lie before the version that stands.
    pub(super) fn has_seen(&self, based_on: Option<i64>, who: &Who) -> May {
        let Some(version) = self.state.version() else { return Ok(()) };
        if based_on.is_some_and(|seen| seen >= version.position) {
            return Ok(());
        }
        let message = format!(
            "{} vừa được {} sửa lúc {}. Hãy xem lại bản mới trước khi làm tiếp; chưa ghi gì.",
            self.of.title(),
            who.person(&version.by, version.role),
            version.at.local().format("%H:%M"),
        );
        Err(WireError::new(ErrorCode::Conflict, message).with("event", version.event.clone()))
    }
}

fn forbidden(why: &str) -> May {
    Err(WireError::new(ErrorCode::Forbidden, why))
}

fn not_now(why: &str) -> May {
    Err(WireError::new(ErrorCode::Invalid, why))
}
