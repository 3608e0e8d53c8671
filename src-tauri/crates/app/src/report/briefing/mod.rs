//! The briefing ("giao ban"): pages of one finding each, made from the frozen figures of a report and of the report before it,
//! never from what the rooms say now.

mod figures;
mod pages;

use super::frozen::carried;
use crate::{
    App,
    figures::theme,
    wire::{BriefingArgs, BriefingView, ErrorCode, WireError},
};
use chrono::NaiveDate;
use pages::Both;
use pvhcc_domain::report::Cadence;

impl App {
    /// The pages of a frozen report.
    ///
    /// # Errors
    /// `NotFound` before its figures are frozen; as the freeze itself when that cannot be read.
    pub(crate) async fn report_briefing(&self, args: BriefingArgs) -> Result<BriefingView, WireError> {
        let of = self.report_of(&args.of)?;
        let state = self.report_state(of).await?;
        let Some(frozen) = state.freeze() else {
            let message = format!("{}: chưa chốt số liệu. Hãy chốt số liệu rồi mở giao ban.", of.title());
            return Err(WireError::new(ErrorCode::NotFound, message).with("field", "day"));
        };
        let today = self.frozen(frozen).await?;
        let before = self.report_before(of).await?;
        let proposals = match state.words_on(&frozen.said.event) {
            Some(written) => written.words.proposals.clone(),
            None => carried(&*self.report_states(of.cadence).await?, of.day).proposals,
        };
        let both = Both {
            today: &today,
            before: before.as_ref().map(|(_, freeze)| freeze),
            theme: theme(args.theme),
        };
        let column = |day: NaiveDate| match of.cadence {
            Cadence::Daily => day.format("%d/%m").to_string(),
            Cadence::Monthly => day.format("%m/%Y").to_string(),
        };
        Ok(BriefingView {
            title: of.title(),
            at: today.at.0,
            today: column(of.day),
            before: before.as_ref().map(|(day, _)| column(*day)),
            training: today.training,
            pages: pages::pages(&both, &proposals),
        })
    }
}
