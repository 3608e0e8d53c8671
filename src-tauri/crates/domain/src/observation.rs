//! What machines measured: the values that sources report, after checking, before storing.
//!
//! Field names follow `assets/contracts/`; every value carries the source's own time (`as_of`) beside when it was fetched.

mod operation;

pub use operation::{FeeTotals, PetitionCounts, ProbeResult, ProbeState, SyncBatch, SyncQueue, UnitFees};

use crate::{
    dossier::ServiceLevel,
    figures::{
        cell::{Cell, Dimension},
        statement::Statement,
    },
    task::TaskStatus,
    time::Ms,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One of the five flows between the province's system and the portal (domain.md §0.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Single sign-on through VNeID.
    Sso,
    /// Dossiers from the province up to the portal.
    DossierSync,
    /// States and results from the portal down to the province.
    StatusReturn,
    /// Petitions (phản ánh kiến nghị).
    Petition,
    /// Procedure and online-service catalogue.
    Catalogue,
}

impl Flow {
    /// All five, in the decision's order.
    pub const ALL: [Self; 5] =
        [Self::Sso, Self::DossierSync, Self::StatusReturn, Self::Petition, Self::Catalogue];
}

/// What is done to a flow in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Khai báo.
    Declare,
    /// Kiểm thử.
    Test,
}

/// Where an observation comes from; also the unit of scheduling and of freshness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceId {
    /// Gateway: task states.
    GatewayTasks,
    /// Gateway: flow states.
    GatewayFlows,
    /// Gateway: API measures.
    GatewayApis,
    /// Gateway: dossier records.
    GatewayDossiers,
    /// Gateway: indicators of QĐ 766.
    GatewayIndicators,
    /// Gateway: the catalogue of procedures.
    GatewayProcedures,
    /// Gateway: the sync queue.
    GatewaySync,
    /// Gateway: unpaid fees by unit.
    GatewayFees,
    /// Gateway: petitions by status.
    GatewayPetitions,
    /// Portal: the 13 dossier figures.
    PortalStatistics,
    /// The probes of the systems around; each has a schedule of its own.
    Probes,
}

impl SourceId {
    /// All sources, in the order shown.
    pub const ALL: [Self; 11] = [
        Self::GatewayTasks,
        Self::GatewayFlows,
        Self::GatewayApis,
        Self::GatewayDossiers,
        Self::GatewayIndicators,
        Self::GatewayProcedures,
        Self::GatewaySync,
        Self::GatewayFees,
        Self::GatewayPetitions,
        Self::PortalStatistics,
        Self::Probes,
    ];

    /// The stable name used in files, logs and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GatewayTasks => "gateway_tasks",
            Self::GatewayFlows => "gateway_flows",
            Self::GatewayApis => "gateway_apis",
            Self::GatewayDossiers => "gateway_dossiers",
            Self::GatewayIndicators => "gateway_indicators",
            Self::GatewayProcedures => "gateway_procedures",
            Self::GatewaySync => "gateway_sync",
            Self::GatewayFees => "gateway_fees",
            Self::GatewayPetitions => "gateway_petitions",
            Self::PortalStatistics => "portal_statistics",
            Self::Probes => "probes",
        }
    }
}

/// The gateway's word on one task; an observation, never an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayTask {
    /// Task number as in the checklist (`17`, `78a`).
    pub no: String,
    /// What the gateway thinks.
    pub state: TaskStatus,
    /// The day it was done, where the gateway says so.
    pub done_on: Option<NaiveDate>,
    /// When the gateway last changed it.
    pub updated_at: Ms,
    /// A remark of the gateway's operator.
    pub note: Option<String>,
}

/// How a flow stands, as the gateway says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowHealth {
    /// Nothing was set up yet.
    NotStarted,
    /// Works.
    Ok,
    /// Fails.
    Failing,
    /// The gateway does not know.
    Unknown,
    /// This flow has no such step (SSO is not declared in phase 2).
    NotApplicable,
}

/// State of one flow in one phase and stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlowState {
    /// Which flow.
    pub flow: Flow,
    /// 1 = Security Server, 2 = Agent Node.
    pub phase: u8,
    /// Declare or test.
    pub stage: Stage,
    /// How it stands.
    pub state: FlowHealth,
    /// Last success, where there was one.
    pub last_success_at: Option<Ms>,
    /// Successes ÷ calls of the last 24 h, 0..=1; `None` without calls.
    pub success_rate: Option<f64>,
    /// Calls in the last 24 h.
    pub calls: u64,
    /// Last error in the gateway's words.
    pub error: Option<String>,
}

/// Upper bounds in milliseconds of the latency histogram; one more count holds everything above the last.
pub const LATENCY_BOUNDS_MS: [u32; 12] = [50, 100, 200, 300, 400, 500, 750, 1000, 2000, 4000, 8000, 15000];

/// Calls of one API in one bucket of five minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiMeasure {
    /// `dvcqg.01` … `catalogue.06`.
    pub api: String,
    /// Start of the bucket.
    pub from: Ms,
    /// Successful calls.
    pub ok: u64,
    /// Calls refused as the caller's fault (4xx).
    pub client_error: u64,
    /// Calls that failed on the other side (5xx).
    pub server_error: u64,
    /// Calls without an answer in time.
    pub timeout: u64,
    /// Counts per bound of [`LATENCY_BOUNDS_MS`], and one above: 13 numbers.
    pub latency: Vec<u64>,
    /// Code of the last error in the bucket.
    pub last_error: Option<String>,
}

impl ApiMeasure {
    /// All calls of the bucket.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.ok + self.client_error + self.server_error + self.timeout
    }
}

/// Figures of one cell and period, as somebody states them (domain.md §3.1). `None` among the statement's figures is "not
/// reported", never 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DossierFigures {
    /// Dotted code of the system that they count: `tinh`, `bo`, `bo.byt`, `cong`.
    pub system: String,
    /// Code of the unit; `None` here and below is not split by.
    pub unit: Option<String>,
    /// Code of the field.
    pub field: Option<String>,
    /// Code of the procedure.
    pub procedure: Option<String>,
    /// Name of the channel ([`crate::dossier::Channel::as_str`]).
    pub channel: Option<String>,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period, inclusive.
    pub to: NaiveDate,
    /// The figures.
    pub statement: Statement,
}

impl DossierFigures {
    /// What they are counted for.
    #[must_use]
    pub fn cell(&self) -> Cell {
        let split = [
            (Dimension::Unit, &self.unit),
            (Dimension::Field, &self.field),
            (Dimension::Procedure, &self.procedure),
            (Dimension::Channel, &self.channel),
        ];
        let system = Cell::default().with(Dimension::System, self.system.as_str());
        split.into_iter().fold(system, |cell, (dimension, value)| match value {
            Some(value) => cell.with(dimension, value.as_str()),
            None => cell,
        })
    }
}

/// One procedure (TTHC) of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// `MATTHC`.
    pub code: String,
    /// `TENTTHC`.
    pub name: String,
    /// `MALINHVUC`.
    pub field: String,
    /// `TENLINHVUC`.
    pub field_name: String,
    /// Its online service.
    pub service_level: ServiceLevel,
}
