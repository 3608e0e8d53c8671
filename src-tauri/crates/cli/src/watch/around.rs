//! What stands around the gateway, where that is new.

use super::{Watcher, What};
use pvhcc_app::wire::AroundView;
use pvhcc_domain::{observation::ProbeState, text::number, time::Ms};
use std::collections::BTreeMap;

/// What was told of it so far.
#[derive(Default)]
pub(super) struct Around {
    probes: BTreeMap<String, ProbeState>,
    queue: Option<(i64, i64)>,
    fees: Option<(i64, i64, i64)>,
}

impl Watcher<'_> {
    /// Figures change with every round: people are told of them only when somebody must look.
    pub(super) async fn around(&mut self, view: AroundView, all: bool) {
        let rfc = |at: i64| Ms(at).to_rfc3339();
        for probe in view.probes {
            let new = self.around.probes.insert(probe.id.clone(), probe.state) != Some(probe.state);
            if new && (all || probe.state == ProbeState::Down) {
                let text = format!("{}: {}", probe.title, probe.text);
                let since = probe.since.map(rfc);
                self.say(What::Probe { id: probe.id, title: probe.title, state: probe.state, since, text })
                    .await;
            }
        }
        if let Some(queue) = view.queue {
            let stands = (queue.waiting, queue.failed);
            let before = self.around.queue.replace(stands);
            let given_up = queue.failed > before.map_or(0, |(_, failed)| failed);
            if before != Some(stands) && (self.args.json || given_up) {
                let (waiting, failed) = stands;
                let text = format!("Hàng đợi đồng bộ: {} chờ, {} bỏ dở", number(waiting), number(failed));
                self.say(What::Queue { waiting, failed, as_of: rfc(queue.told.as_of), text }).await;
            }
        }
        if let Some(fees) = view.fees {
            let stands = (fees.dossiers, fees.amount, fees.units);
            if self.around.fees.replace(stands) != Some(stands) && self.args.json {
                let (dossiers, amount, units) = stands;
                let text = format!(
                    "Phí chờ nộp: {} hồ sơ của {} đơn vị, {} đồng",
                    number(dossiers),
                    number(units),
                    number(amount)
                );
                self.say(What::Fees { dossiers, amount, units, as_of: rfc(fees.told.as_of), text }).await;
            }
        }
    }
}
