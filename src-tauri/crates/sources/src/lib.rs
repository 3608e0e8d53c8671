//! What is asked: gateway and portal clients, retry, breaker, quarantine.
//!
//! Knows the contracts of `assets/contracts/` and how to ask politely; knows nothing of storing, screens or settings
//! files. Policies (`retry`, `budget`, `breaker`, `schedule`, the decision in `verdict`) are pure: moment and chance
//! come in as arguments. The app never calls the 53 APIs: only the contract's addresses appear in this crate, and those of the
//! probes that the settings name.

pub mod breaker;
pub mod budget;
mod engine;
mod error;
mod fetched;
pub mod files;
mod gateway;
mod host;
mod http;
pub mod mask;
mod portal;
mod probe;
mod record;
mod reply;
pub mod retry;
pub mod schedule;
mod secret;
pub mod verdict;

pub use error::{Evidence, FailureKind, FetchError};
pub use fetched::{Fetched, Quarantined};
pub use gateway::{DossierPage, Gateway, GatewayAuth, GatewayConfig};
pub use http::HttpConfig;
pub use portal::{AddressAs, FieldMap, Portal, PortalConfig, Statistics};
pub use probe::{LARGEST_PAGE, ProbeMethod, ProbeTarget, Probed, Prober};
pub use secret::Secret;
pub use verdict::{Finding, Verdict};
