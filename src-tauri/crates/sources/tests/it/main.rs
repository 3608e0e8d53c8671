//! Clients against a server with faults: each failure comes from a real fault on a real connection.
#![allow(clippy::unwrap_used)]

mod dossiers;
mod faults;
mod gateway;
mod indicators;
mod operation;
mod portal;
mod probe;
mod support;
