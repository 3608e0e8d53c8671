//! Signing: the files are made, kept as they are signed, and named by the event.

use super::files::{Made, Making};
use crate::{
    App, checklist, messages,
    people::{Actor, ROSTER, roster_at},
    wire::{ErrorCode, FileFormat, ReportSignArgs, ReportView, WireError},
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{
    act::Act,
    evidence::FileRef,
    report::{Cadence, Form, state::Signed},
    text::{lower_first, nfc},
};
use pvhcc_reports::daily::Stamp;
use std::collections::BTreeMap;

/// Longest number, characters.
const LONGEST_NUMBER: usize = 20;

impl App {
    pub(crate) async fn report_sign(
        &self,
        actor: &Actor,
        args: ReportSignArgs,
    ) -> Result<ReportView, WireError> {
        let scene = self.scene(&args.of).await?;
        scene.asked(Some(actor)).sign()?;
        let seen = self.position_of(args.based_on.as_deref()).await?;
        scene.asked(Some(actor)).has_seen(seen, &self.who().await?)?;
        let (Some(frozen), Some(version)) = (scene.state.freeze(), scene.state.version()) else {
            unreachable!("what is signed was reviewed")
        };
        let Some(written) = scene.state.words_on(&frozen.said.event) else {
            unreachable!("words are written down before they are reviewed")
        };
        let signed_on = self.signed_on(args.signed_on.as_deref(), frozen.said.at.day())?;
        let number = self.number(&args.number, signed_on.year()).await?;
        let (roster_id, name) = self.signer(actor).await?;
        let form = scene.form.signed_by(actor.deputy);
        let head = self.0.store.head().await.map_err(|e| messages::store(&e))?.hash;
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let making = Making {
            today: self.frozen(frozen).await?,
            before: self.report_before(scene.of).await?.map(|(_, freeze)| freeze),
            words: written.words.clone(),
            form: form.clone(),
            stamp: Stamp {
                number: Some(number.clone()),
                date: Some(signed_on),
                signer: Some(name),
                head: head.clone(),
                freeze: frozen.said.event.clone(),
                freeze_sha256: frozen.sha256.clone(),
                program: super::files::program(&program),
            },
        };
        let stem = super::files::stem(scene.of);
        let mut files = BTreeMap::new();
        for made in making.files(&stem, &FileFormat::ALL).await? {
            let (format, file) = self.keep_signed(made).await?;
            files.insert(format.extension().to_owned(), file);
        }
        let act = Act::ReportSigned {
            freeze: frozen.said.event.clone(),
            written: version.event.clone(),
            number,
            signed_on,
            roster_id,
            deputy: actor.deputy,
            form: Box::new(form),
            files,
            head,
            program,
        };
        self.say_of(actor, scene.of, args.based_on, act).await?;
        self.report(Some(actor), args.of).await
    }

    async fn keep_signed(&self, made: Made) -> Result<(FileFormat, FileRef), WireError> {
        let sha256 = self.0.store.put_blob(&made.bytes).await.map_err(|e| messages::store(&e))?;
        let file = FileRef {
            sha256,
            media_type: crate::proof::media_type(&made.name).to_owned(),
            size: made.bytes.len() as u64,
            name: made.name,
        };
        Ok((made.format, file))
    }

    /// A number as typed, which no other report of the year has.
    async fn number(&self, typed: &str, year: i32) -> Result<String, WireError> {
        let number = nfc(typed.trim());
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        if number.is_empty() || number.chars().count() > LONGEST_NUMBER || !number.chars().all(fits) {
            return Err(messages::invalid(
                "number",
                "Hãy ghi số văn bản: chữ số, có thể kèm chữ cái; phần ký hiệu được thêm tự động.",
            ));
        }
        for cadence in [Cadence::Daily, Cadence::Monthly] {
            for (of_day, state) in self.report_states(cadence).await?.iter() {
                let same = |s: &Signed| s.signed_on.year() == year && plain(&s.number) == plain(&number);
                if state.signed.iter().any(same) {
                    let of = super::Of { cadence, day: *of_day }.title();
                    return Err(messages::invalid(
                        "number",
                        &format!("Số {number} đã dùng cho {}. Hãy lấy số khác.", lower_first(&of)),
                    ));
                }
            }
        }
        // A number below ten has a nought before it (NĐ 30/2020).
        Ok(number.parse::<u32>().map_or(number, |n| format!("{n:02}")))
    }

    fn signed_on(&self, typed: Option<&str>, frozen_on: NaiveDate) -> Result<NaiveDate, WireError> {
        let today = self.now().day();
        let Some(typed) = typed.filter(|day| !day.is_empty()) else { return Ok(today) };
        let day = checklist::day(typed, "signedOn")?;
        if day > today || day < frozen_on {
            let frozen = checklist::vn(frozen_on);
            let message = format!("Ngày ký phải từ ngày chốt số liệu ({frozen}) đến hôm nay.");
            return Err(messages::invalid("signedOn", &message));
        }
        Ok(day)
    }

    /// Roster id and name of who signs.
    async fn signer(&self, actor: &Actor) -> Result<(String, String), WireError> {
        let roster = roster_at(&self.events_of(ROSTER).await?, self.now().day());
        let names = self.0.store.names().await.map_err(|e| messages::store(&e))?;
        let assignment = roster.iter().find(|a| a.active && a.person == actor.person);
        let named = assignment.and_then(|a| Some((a.roster_id.clone(), names.get(&a.roster_id)?.clone())));
        named.filter(|(_, name)| !name.trim().is_empty()).ok_or_else(|| {
            WireError::new(
                ErrorCode::Invalid,
                "Danh sách cán bộ chưa có họ tên của người ký. Hãy nhờ quản trị bổ sung ở Cài đặt, mục Cán bộ.",
            )
            .with("field", "signer")
        })
    }
}

/// `05` and `5` are one number.
fn plain(number: &str) -> String {
    number.trim_start_matches('0').to_lowercase()
}

/// `05/BC-TTPVHCC`.
pub(super) fn number_text(number: &str, form: &Form) -> String {
    format!("{number}/{}", form.symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noughts_before_a_number_make_no_other_number() {
        assert_eq!(plain("05"), plain("5"));
        assert_ne!(plain("05"), plain("50"));
        assert_eq!(plain("12A"), plain("12a"));
    }
}
