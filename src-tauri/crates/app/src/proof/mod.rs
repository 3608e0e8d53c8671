//! Claimed and proved: the verdict on every task, computed once a change and shared by rows, tiles, charts and the
//! attention list. What is said stays with people; what is concluded here is appended as transitions.

mod bar_edit;
mod bars;
mod book;
mod conclude;
mod day;
mod evidence;
mod files;
mod health;
mod history;
mod log;
mod measures;
mod past;
mod rag;
mod view;
mod words;

pub(crate) use bars::{BarsInForce, bar_text};
pub(crate) use book::{Proof, ProofBook, Standing};
pub(crate) use files::{about, media_type, safe_name};
pub(crate) use history::{History, Known, LONGEST_SPAN_MS, Missing, Newest};
pub(crate) use log::ProofLog;
pub(crate) use past::seed_past;
pub(crate) use rag::rag_cell;
pub(crate) use view::check_shown;
pub(crate) use words::{api_verdict, pill, step as proof_step};

use measures::Words;
use pvhcc_domain::{bars::Bars, checklist::Checklist, time::Ms};
use std::sync::Arc;

/// Entities of proofs begin with this; the rest is the task's key.
pub(crate) const PROOF: &str = "proof:";

/// What is kept in memory between commands.
pub(crate) struct Desk {
    shipped: Arc<bars::Shipped>,
    /// When this opening began: before the gateway was asked in it, its silence is nobody's finding.
    opened_at: Ms,
    cache: tokio::sync::Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    words: Option<(measures::Key, Arc<Words>)>,
    closed: measures::ClosedSums,
    log: Arc<ProofLog>,
    book: Option<(book::Key, Arc<ProofBook>)>,
}

impl Desk {
    pub(crate) fn new(shipped: Bars, checklist: &Checklist, opened_at: Ms) -> Self {
        let shipped = Arc::new(bars::Shipped::new(shipped, checklist));
        Self { shipped, opened_at, cache: tokio::sync::Mutex::default() }
    }

    /// What the poller is to ask for besides the newest measures.
    pub(crate) fn history(&self) -> History {
        History::new(Arc::clone(&self.shipped))
    }
}

#[cfg(test)]
mod tests;
