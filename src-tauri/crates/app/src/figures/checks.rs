//! The identities of the year so far, for the overview's dialog.

use super::dossiers::Dossiers;
use crate::{
    dossiers::Checked,
    frame::Fresh,
    wire::{CheckState, CheckView, ChecksView},
};
use pvhcc_domain::{figures::statement::Rule, time::Ms};

/// What the portal's counts can be checked by.
pub(crate) const RULES: [Rule; 4] = [Rule::Channels, Rule::Balance, Rule::DoneSplit, Rule::PendingSplit];

/// Every identity of each system over the year so far, the broken ones first.
pub(crate) fn checks(dossiers: &Dossiers, portal: &Fresh) -> ChecksView {
    let of_system = |stated: &crate::dossiers::Joined| {
        let checked = Checked::stated(stated, None, &dossiers.names);
        RULES.map(|rule| checked.view(rule))
    };
    let mut checks: Vec<CheckView> = dossiers.year_so_far.iter().flat_map(of_system).collect();
    checks.sort_by_key(|c| c.state != CheckState::Broken);
    let period = dossiers
        .since
        .zip(dossiers.until)
        .map(|(from, to)| format!("từ {} đến {}", from.format("%d/%m"), to.format("%d/%m/%Y")));
    let moment = |at: Option<Ms>| {
        at.map_or_else(|| "–".to_owned(), |m| m.local().format("%H:%M %d/%m/%Y").to_string())
    };
    ChecksView {
        period: period.unwrap_or_default(),
        checks,
        source: format!(
            "Nguồn: Cổng DVCQG, số liệu tại {}, lấy lúc {}.",
            moment(dossiers.as_of),
            moment(portal.fetched)
        ),
        age: portal.text.clone(),
        state: portal.state,
    }
}
