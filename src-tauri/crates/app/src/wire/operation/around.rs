//! What stands around the gateway: the sync queue, unpaid fees, the surrounding systems.

use crate::wire::FreshState;
use pvhcc_domain::observation::ProbeState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How old what a source said is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToldView {
    /// How fresh.
    pub state: FreshState,
    /// `12 giây trước`, …
    pub text: String,
    /// The source's own time of it.
    pub as_of: i64,
}

/// Records on their way to the portal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueView {
    /// Wait to be sent.
    pub waiting: i64,
    /// Given up on: somebody must look at them.
    pub failed: i64,
    /// Since when the oldest waits.
    pub oldest_at: Option<i64>,
    /// `lô gần nhất xong 22:31: gửi 500, nhận 488, từ chối 12`; `None` before the first.
    pub batch: Option<String>,
    /// How old this is.
    pub told: ToldView,
}

/// Fees asked for and not paid yet, of all units together.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeesView {
    /// Units that have any.
    pub units: i64,
    /// Dossiers.
    pub dossiers: i64,
    /// Đồng.
    pub amount: i64,
    /// When the oldest was asked for.
    pub oldest_at: Option<i64>,
    /// How old this is.
    pub told: ToldView,
}

/// A surrounding system that the settings have probed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProbeView {
    /// Id in the settings.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whether it answers; `unknown` also when the last answer is too old to say.
    #[ts(type = "ProbeState")]
    pub state: ProbeState,
    /// `chạy, 120 ms`, `không chạy: 503`, `không quan sát được`.
    pub text: String,
    /// `good`, `bad`, `unknown`.
    pub tone: String,
    /// Since when it is down, as far back as a day.
    pub since: Option<i64>,
    /// When it last answered as it should, as far back as a day.
    pub last_up_at: Option<i64>,
    /// When it was asked last; `None` is never.
    pub asked_at: Option<i64>,
}

/// All of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AroundView {
    /// `None` while the gateway never said.
    pub queue: Option<QueueView>,
    /// `None` while the gateway never said.
    pub fees: Option<FeesView>,
    /// In the order of the settings.
    pub probes: Vec<ProbeView>,
    /// What of it is not well, or not known, in a sentence.
    pub headline: String,
    /// `good`, `warn`, `bad`, `unknown`, `none`.
    pub tone: String,
}

/// Unpaid fees of one unit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnitFeesView {
    /// Code on the portal.
    pub code: String,
    /// Its name, or the code of one that is not in the list.
    pub name: String,
    /// Dossiers.
    pub dossiers: i64,
    /// Đồng.
    pub amount: i64,
    /// When the oldest was asked for.
    pub oldest_at: i64,
}

/// Unpaid fees by unit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeesByUnitView {
    /// All together; `None` while the gateway never said.
    pub totals: Option<FeesView>,
    /// Most dossiers first.
    pub units: Vec<UnitFeesView>,
    /// The list as text, to copy into a message.
    pub text: String,
}
