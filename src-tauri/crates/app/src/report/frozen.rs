//! Freezes as they were kept, and which report is the one before.

use super::Of;
use crate::{
    App, messages,
    wire::{ErrorCode, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::report::{
    Freeze, Words,
    freeze::{FreezeError, SCHEMA},
    state::{Frozen, ReportState, Reports},
};
use pvhcc_store::StoreError;

impl App {
    /// The figures of a freeze as they were kept.
    ///
    /// # Errors
    /// When they are of another version of the form, or no longer what they were.
    pub(crate) async fn frozen(&self, frozen: &Frozen) -> Result<Freeze, WireError> {
        if frozen.schema != SCHEMA {
            return Err(other_version(frozen.schema));
        }
        let lost = |what: &str| {
            let message =
                format!("Bản chốt số liệu {what}. Hãy khôi phục từ bản sao lưu, hoặc chốt lại số liệu.");
            WireError::new(ErrorCode::Storage, message)
        };
        let bytes = self.0.store.get_blob(&frozen.sha256).await.map_err(|e| match e {
            StoreError::BlobMissing(_) => lost("không còn trong kho"),
            StoreError::BlobDamaged(_) => lost("đã bị thay đổi so với lúc chốt"),
            other => messages::store(&other),
        })?;
        Freeze::from_bytes(&bytes).map_err(|e| match e {
            FreezeError::Schema { found } => other_version(found),
            FreezeError::Form(e) => {
                tracing::error!(error = %e, "freeze unreadable");
                lost("không đọc được")
            }
        })
    }

    /// The report before `of` with its figures: the last one that was signed, else the last that was frozen. One whose figures
    /// this version cannot read is none.
    pub(crate) async fn report_before(&self, of: Of) -> Result<Option<(NaiveDate, Freeze)>, WireError> {
        let reports = self.report_states(of.cadence).await?;
        let Some((day, frozen)) = before(&reports, of.day) else { return Ok(None) };
        match self.frozen(frozen).await {
            Ok(freeze) => Ok(Some((day, freeze))),
            Err(e) => {
                tracing::warn!(%day, error = %e.message, "the report before cannot be compared with");
                Ok(None)
            }
        }
    }
}

/// The freeze of the report before `day`.
fn before(reports: &Reports, day: NaiveDate) -> Option<(NaiveDate, &Frozen)> {
    let signed = |state: &'_ ReportState| state.signed.last().map(|s| s.freeze.clone());
    let of_signed = reports.range(..day).rev().find_map(|(day, state)| {
        let id = signed(state)?;
        state.freezes.iter().find(|f| f.said.event == id).map(|frozen| (*day, frozen))
    });
    of_signed.or_else(|| reports.range(..day).rev().find_map(|(day, state)| Some((*day, state.freeze()?))))
}

/// Words to begin with: those written on an earlier freeze of the same report, else the proposals of the report before. Changes
/// are told of other figures, so they are not taken over.
pub(super) fn carried(reports: &Reports, day: NaiveDate) -> Words {
    if let Some(written) = reports.get(&day).and_then(|state| state.written.last()) {
        return Words { changes: String::new(), ..written.words.clone() };
    }
    let before = reports.range(..day).rev().find_map(|(_, state)| state.written.last());
    Words { proposals: before.map(|w| w.words.proposals.clone()).unwrap_or_default(), ..Words::default() }
}

pub(super) fn other_version(found: u32) -> WireError {
    let message = format!(
        "Bản chốt này do phiên bản khác của chương trình lập (cấu trúc {found}, bản này đọc cấu trúc {SCHEMA}). Hãy chốt lại số \
         liệu, hoặc mở bằng đúng phiên bản; bản chốt không bị thay đổi."
    );
    WireError::new(ErrorCode::Invalid, message).with("field", "freeze").with("schema", found.to_string())
}
