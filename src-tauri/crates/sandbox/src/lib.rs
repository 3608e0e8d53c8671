//! A VNeID, a gateway, a portal and pages of the systems around to train and test against, with a clock, faults and nights that
//! can be played (issue 2 §D, design §4–5).
//!
//! One process serves all on one loopback port, by the contracts in `assets/contracts/`. Its data follow from
//! the seed and from the scenario in `assets/sandbox/`. It knows nothing of the app: clients meet it over HTTP only,
//! and it stores nothing but its own key, port, clock and sign-ins in the folder it is given.

mod around;
mod clock;
mod control;
mod dossiers;
mod duty;
mod faults;
mod folder;
mod gateway;
mod history;
mod noise;
mod obstacles;
mod pages;
mod portal;
mod request_log;
mod scenario;
mod server;
mod shown;
mod users;
mod vneid;

pub use clock::{ClockError, SandboxClock};
pub use dossiers::{Planted, PlantedFault, planted};
pub use duty::{DutyContact, duty_contacts};
pub use faults::{Fault, Faults};
pub use gateway::{GATEWAY_CLIENT_ID, GATEWAY_CLIENT_SECRET, GATEWAY_TOKEN, Traffic};
pub use history::{SeedEvent, history, seed_reference, undone_index};
pub use pages::{Page, pages};
pub use portal::{PORTAL_DSTCODE, PORTAL_PASSWORD, PORTAL_USERNAME, statistics};
pub use request_log::LoggedRequest;
pub use scenario::{Expect, PlantedCause, Scenario, scenario};
pub use server::{Options, Sandbox, SandboxError, Urls, reset, training_start};
pub use users::{User, users};
pub use vneid::{CLIENT_ID, CLIENT_SECRET};
