//! Every source with its age: what is stale, failing or never seen is said.

use crate::{
    App,
    wire::{FreshState, WireError},
};
use pvhcc_domain::{
    report::freeze::{Seen, SourceLine},
    time::Ms,
};

impl App {
    pub(super) async fn frozen_sources(&self) -> Result<Vec<SourceLine>, WireError> {
        let sources = self.sources().await?.sources.into_iter();
        Ok(sources
            .map(|source| SourceLine {
                id: source.id,
                title: source.title,
                seen: seen(source.state),
                as_of: source.as_of.map(Ms),
                fetched_at: source.fetched_at.map(Ms),
                failing_since: source.failing_since.map(Ms),
            })
            .collect())
    }
}

fn seen(state: FreshState) -> Seen {
    match state {
        FreshState::Fresh => Seen::Fresh,
        FreshState::Stale => Seen::Stale,
        FreshState::Failing => Seen::Failing,
        FreshState::NotObserved => Seen::Never,
    }
}
