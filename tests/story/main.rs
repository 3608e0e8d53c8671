//! Stories through the public use cases. One program for all of them: each one links the whole product, which takes
//! seconds and hundreds of megabytes.

mod alerts;
mod bad_input;
mod bulk;
mod command_line;
mod dossier_import;
mod dossiers;
mod duty;
mod faults;
mod figures;
mod incidents;
mod independent_provider;
mod indicators;
mod libreoffice;
mod lists;
mod main_job;
mod network;
mod night;
mod obstacles;
mod operation_sources;
mod people;
mod proof;
mod proof_history;
mod quality;
mod readiness;
mod recovery;
mod registers;
mod replay;
mod report;
mod report_days;
mod report_deadline;
mod runs;
mod signin_keyring;
mod signin_setup;
mod signin_sign_out;
#[cfg(target_os = "linux")]
mod storage;
mod time;
mod walks;
mod watch;
