//! Whether files kept as evidence still are what they were. Looked at when added, after the start, daily and when asked;
//! what was found is remembered with the profile, so that a start need not read them all.

use crate::{
    App, messages,
    wire::{AppEvent, EvidenceCheckArgs, EvidenceCheckView, WireError},
};
use pvhcc_domain::{evidence::FileRef, proof::FileHealth, task::TaskState};
use pvhcc_store::StoreError;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

/// Where the findings are kept.
const KEPT: &str = "evidence.health";
const DAILY: Duration = Duration::from_secs(24 * 3600);

type Known = BTreeMap<String, FileHealth>;

impl App {
    /// What was last found, as kept: another process may have looked.
    pub(super) async fn health_kept(&self) -> Result<Option<String>, WireError> {
        self.0.store.setting(KEPT).await.map_err(|e| messages::store(&e))
    }

    /// The health of every file the states name, as last found; files nobody looked at yet are looked at now.
    pub(super) async fn health_of(&self, states: &BTreeMap<String, TaskState>) -> Result<Known, WireError> {
        let kept = self.health_kept().await?;
        let mut known: Known = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let unknown: BTreeSet<String> =
            files(states).map(|file| file.sha256.clone()).filter(|sha| !known.contains_key(sha)).collect();
        for sha in &unknown {
            known.insert(sha.clone(), self.look_at(sha).await?);
        }
        if !unknown.is_empty() {
            self.remember(&known).await?;
        }
        Ok(known)
    }

    /// Looks at the files of one task or of all, says which are not as they were, and concludes from it.
    pub(crate) async fn evidence_check(
        &self,
        args: EvidenceCheckArgs,
    ) -> Result<EvidenceCheckView, WireError> {
        let states = self.0.store.task_states().await.map_err(|e| messages::store(&e))?;
        let wanted: BTreeMap<String, TaskState> =
            states.into_iter().filter(|(key, _)| args.no.as_ref().is_none_or(|no| no == key)).collect();
        let before = self.health_of(&wanted).await?;
        let mut known = before.clone();
        let shas: BTreeSet<String> = files(&wanted).map(|file| file.sha256.clone()).collect();
        for sha in &shas {
            known.insert(sha.clone(), self.look_at(sha).await?);
        }
        if known != before {
            self.remember(&known).await?;
            let changed = |state: &TaskState| {
                let mut files = state.evidence.iter().filter_map(|item| item.evidence.file());
                files.any(|f| known.get(&f.sha256) != before.get(&f.sha256))
            };
            let nos = wanted.iter().filter(|(_, state)| changed(state)).map(|(key, _)| key.clone()).collect();
            self.emit(AppEvent::TasksChanged { nos });
        }
        self.conclude(args.no.as_deref()).await?;
        let mut problems = Vec::new();
        for (key, state) in &wanted {
            for file in state.standing_evidence().filter_map(|item| item.evidence.file()) {
                let word = match known.get(&file.sha256) {
                    Some(FileHealth::Sound) => continue,
                    Some(FileHealth::Altered) => "đã bị thay đổi",
                    _ => "không còn trong kho",
                };
                problems.push(format!("TT {key}: tệp «{}» {word}", file.name));
            }
        }
        let checked = u32::try_from(shas.len()).unwrap_or(u32::MAX);
        let text = match (checked, problems.len()) {
            (0, _) => "Chưa có tệp minh chứng nào để kiểm tra.".to_owned(),
            (n, 0) => format!("Đã kiểm tra {n} tệp minh chứng: đều nguyên vẹn."),
            (n, bad) => format!("Đã kiểm tra {n} tệp minh chứng: {bad} tệp không còn như lúc thêm."),
        };
        Ok(EvidenceCheckView { checked, problems, text })
    }

    /// Looks at all files now and then once a day.
    pub(crate) fn look_after_evidence(&self) {
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(DAILY);
            loop {
                tick.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                if let Err(e) = App::of(inner).evidence_check(EvidenceCheckArgs { no: None }).await {
                    tracing::warn!(error = %e.message, "evidence was not looked at");
                }
            }
        });
    }

    async fn look_at(&self, sha: &str) -> Result<FileHealth, WireError> {
        match self.0.store.get_blob(sha).await {
            Ok(_) => Ok(FileHealth::Sound),
            Err(StoreError::BlobMissing(_)) => Ok(FileHealth::Vanished),
            Err(StoreError::BlobDamaged(_)) => Ok(FileHealth::Altered),
            Err(other) => Err(messages::store(&other)),
        }
    }

    /// Notes that these bytes were just written and read back.
    pub(super) async fn is_sound(&self, sha: &str) -> Result<(), WireError> {
        let mut known = self.health_of(&BTreeMap::new()).await?;
        if known.insert(sha.to_owned(), FileHealth::Sound) != Some(FileHealth::Sound) {
            self.remember(&known).await?;
        }
        Ok(())
    }

    async fn remember(&self, known: &Known) -> Result<(), WireError> {
        let text = serde_json::to_string(known).map_err(|e| messages::builtin(&e))?;
        self.0.store.put_setting(KEPT, &text).await.map_err(|e| messages::store(&e))
    }
}

fn files(states: &BTreeMap<String, TaskState>) -> impl Iterator<Item = &FileRef> {
    states.values().flat_map(|state| state.evidence.iter().filter_map(|item| item.evidence.file()))
}
