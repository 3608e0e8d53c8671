//! Walks over the gateway's dossier records: page by page, each kept with the place to go on from before the next one
//! counts, so that a stop at any moment loses nothing. What is in memory is a page, and the one that is fetched meanwhile.

use super::{Shared, clients::Clients, round::put_aside};
use crate::wire::AppEvent;
use pvhcc_domain::time::Ms;
use pvhcc_sources::{DossierPage as Told, FailureKind, FetchError, Fetched};
use pvhcc_store::{DossierPage, Name, NameKind, PageKept, StoreError, Walk};
use std::time::{Duration, Instant};

/// While a walk goes on, the window is told of it no more often; real time.
const NEWS: Duration = Duration::from_secs(2);

/// What a round of walks brought.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The gateway's time of what was told.
    pub(super) as_of: Ms,
    /// Something was answered besides "as before".
    pub(super) asked: bool,
    pub(super) taken: usize,
    pub(super) aside: usize,
    /// SHA-256 of the last answer.
    pub(super) sha256: String,
}

/// Why a round of walks ended early. What was kept by then stays, and the next round goes on from there.
pub(super) enum Stopped {
    Asking(FetchError),
    Keeping(StoreError),
}

impl From<FetchError> for Stopped {
    fn from(error: FetchError) -> Self {
        Self::Asking(error)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Keeping(error)
    }
}

/// When the window was last told.
struct News {
    told: Instant,
    changed: bool,
}

impl Shared {
    /// Walks over the records of each system until nothing more is told.
    pub(super) async fn walk(&self) -> Result<Walked, Stopped> {
        let mut walked = Walked { as_of: self.now(), ..Walked::default() };
        let mut news = News { told: Instant::now(), changed: false };
        let mut ended = Ok(());
        for system in &self.config.gateway.dossier_systems {
            ended = self.walk_over(system, &mut walked, &mut news).await;
            if ended.is_err() {
                break;
            }
        }
        if news.changed {
            let _ = self.events.send(AppEvent::DossiersChanged { more: false });
        }
        ended.map(|()| walked)
    }

    async fn walk_over(&self, system: &str, walked: &mut Walked, news: &mut News) -> Result<(), Stopped> {
        let clients = self.clients().await;
        let (mut cursor, mut answer) = self.first(&clients, system).await?;
        loop {
            walked.as_of = walked.as_of.min(answer.as_of);
            walked.sha256.clone_from(&answer.payload_sha256);
            if answer.not_modified {
                return Ok(self.store.walk_confirmed(system, answer.as_of, self.now()).await?);
            }
            walked.asked = true;
            walked.taken += answer.rows.records.len();
            walked.aside += answer.quarantined.len();
            let next = answer.rows.more.then(|| answer.rows.next.clone());
            // The next page comes while this one is written.
            let (kept, ahead) = tokio::join!(self.keep_page(system, cursor.is_none(), answer), async {
                match &next {
                    Some(next) => Some(self.page(&clients, system, Some(next), None).await),
                    None => None,
                }
            });
            self.tell(news, &kept?, next.is_some());
            match ahead {
                Some(page) => (cursor, answer) = (next, page?),
                None => return Ok(()),
            }
        }
    }

    /// The page to begin or to go on with, and the cursor that it was asked with.
    async fn first(
        &self,
        clients: &Clients,
        system: &str,
    ) -> Result<(Option<String>, Fetched<Told>), Stopped> {
        let walks = self.store.walks().await?;
        let before: Option<&Walk> = walks.iter().find(|w| w.system == system && !w.next.is_empty());
        let cursor = before.map(|w| w.next.clone());
        let etag = before.filter(|w| !w.walking).and_then(|w| w.etag.as_deref());
        match self.page(clients, system, cursor.as_deref(), etag).await {
            Err(error) if error.kind == FailureKind::Gone && cursor.is_some() => {
                tracing::warn!(system, "the gateway no longer knows where the walk stood; it begins anew");
                self.store.forget_walk(system).await?;
                Ok((None, self.page(clients, system, None, None).await?))
            }
            answer => Ok((cursor, answer?)),
        }
    }

    async fn page(
        &self,
        clients: &Clients,
        system: &str,
        cursor: Option<&str>,
        etag: Option<&str>,
    ) -> Result<Fetched<Told>, FetchError> {
        clients.gateway.dossiers(system, cursor, self.config.gateway.dossier_page, etag).await
    }

    async fn keep_page(
        &self,
        system: &str,
        anew: bool,
        answer: Fetched<Told>,
    ) -> Result<PageKept, StoreError> {
        let told = answer.rows;
        let of = |kind| move |(code, name)| Name { kind, code, name };
        let names: Vec<Name> = (told.fields.into_iter().map(of(NameKind::Field)))
            .chain(told.procedures.into_iter().map(of(NameKind::Procedure)))
            .collect();
        let quarantined: Vec<_> = answer.quarantined.into_iter().map(put_aside).collect();
        let page = DossierPage {
            system,
            anew,
            as_of: answer.as_of,
            fetched_at: self.now(),
            payload_sha256: &answer.payload_sha256,
            records: &told.records,
            names: &names,
            quarantined: &quarantined,
            next: &told.next,
            more: told.more,
            etag: answer.etag.as_deref(),
        };
        self.store.keep_dossier_page(&page).await
    }

    /// Tells the window what changed: at once at the end, now and then before.
    fn tell(&self, news: &mut News, kept: &PageKept, more: bool) {
        news.changed |= kept.changes_dossiers();
        if more && news.told.elapsed() >= NEWS {
            news.told = Instant::now();
            let _ = self.events.send(AppEvent::SourcesChanged);
            if std::mem::take(&mut news.changed) {
                let _ = self.events.send(AppEvent::DossiersChanged { more: true });
            }
        }
    }
}
