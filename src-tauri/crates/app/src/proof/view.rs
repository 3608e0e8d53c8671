//! The proof of one task for the side panel, and what stood at a moment of the past.

use super::{
    PROOF, Proof, ProofBook, Standing, files,
    words::{damage, headline, needs, pill, reasons, result_words, step},
};
use crate::{
    App,
    checklist::{Who, entity, evidence_text, vn},
    messages,
    people::Actor,
    wire::{EvidenceView, FileView, ProofView, WireError},
    words,
};
use pvhcc_domain::{
    act::{Act, Event},
    compare::said_by,
    evidence::{Evidence, EvidenceItem},
    proof::{FileHealth, Ground, Lack, Need, ProofState, Verdict},
    task::{TaskState, TaskStatus},
    time::Ms,
};
use std::sync::Arc;

/// Verdicts of the past shown.
const STEPS: usize = 20;

/// What could count for a task: anything but a remark.
pub(super) fn could_count(state: &TaskState) -> bool {
    state.standing_evidence().any(|item| !matches!(item.evidence, Evidence::Note { .. }))
}

impl App {
    /// The proof of a task that is no heading: now, or as it stood at a moment of the past.
    pub(crate) async fn proof_view(
        &self,
        key: &str,
        state: &TaskState,
        actor: Option<&Actor>,
        past: Option<Ms>,
    ) -> Result<Option<ProofView>, WireError> {
        let book = match past {
            Some(at) => self.proofs_at(at).await?,
            None => self.proofs().await?,
        };
        let Some(proof) = book.get(key) else { return Ok(None) };
        let now = past.unwrap_or_else(|| self.now());
        let row = self.row(key);
        let row = row.as_ref();
        let main = self.0.checklist.get(key);
        let need = main.and_then(|row| Need::of(row, &self.0.checklist)).unwrap_or(Need::Document);
        let bars = self.bars_at(&said_by(&self.events_of("rules").await?, now), now);
        let events = self.events_of(&entity(key)).await?;
        let who = self.who().await?;
        let editable = actor.is_some_and(|actor| self.editable(actor, key).is_ok());
        let mut evidence: Vec<EvidenceView> = state
            .evidence
            .iter()
            .map(|item| evidence_view(item, proof, &events, &who, now, editable))
            .collect();
        evidence.reverse();
        let mut proved = false;
        let mut steps = Vec::new();
        for one in book.log.of(key).iter().filter(|one| one.since <= now) {
            steps.push(step(one, proved));
            proved = proved || one.state == ProofState::Proved;
        }
        steps.reverse();
        steps.truncate(STEPS);
        Ok(Some(ProofView {
            pill: pill(state.status, Some(proof), now),
            needs: needs(&need, &|api| bars.of(api)),
            headline: headline(state.status, proof, now),
            reasons: reasons(proof, now),
            evidence,
            steps,
            reason_needed: needs_reason(state, Some(proof)),
            without_evidence: state.without_evidence.clone(),
            live_check: main.is_some_and(|row| row.api.is_some()),
            testers: row
                .map(|row| row.lead_units.iter().map(|u| self.unit_view(u)).collect())
                .unwrap_or_default(),
        }))
    }

    /// The verdicts as they stood at `at`, read from what was concluded. Not seen from the source's own silence while
    /// this program was closed: nothing was concluded then.
    pub(crate) async fn proofs_at(&self, at: Ms) -> Result<Arc<ProofBook>, WireError> {
        let now = self.proofs().await?;
        // Nothing was said, measured or grown old since: the present is what was then.
        let said = self.0.store.first_said_after(at).await.map_err(|e| messages::store(&e))?;
        let fresh = now.fetched.is_some_and(|fetched| fetched <= at && at.0 - fetched.0 <= now.limit);
        if said.is_none() && now.fetched.is_none_or(|fetched| fetched <= at) && fresh == now.fresh {
            return Ok(now);
        }
        let log = Arc::clone(&now.log);
        let mut book = ProofBook::of_the_past(Arc::clone(&log));
        for (key, _) in now.iter() {
            let stood = log.at(key, at);
            let mut grounds: Vec<Ground> = Vec::new();
            if let Some(stood) = stood {
                let entity = format!("{PROOF}{key}");
                let kept = self.0.store.transitions(Some(&entity), stood.at).await;
                let basis = kept.map_err(|e| messages::store(&e))?.into_iter().next().map(|t| t.basis);
                let kept = basis.and_then(|mut basis| basis.get_mut("grounds").map(serde_json::Value::take));
                grounds = kept.and_then(|grounds| serde_json::from_value(grounds).ok()).unwrap_or_default();
            }
            let lack = stood.map_or(Some(Lack::Nothing), |stood| stood.lack);
            let past = || log.of(key).iter().filter(|step| step.since <= at);
            let verdict = past().rfind(|step| step.state != ProofState::Unobserved);
            let stands = matches!(lack, Some(Lack::Silence | Lack::File));
            let proof = Proof {
                verdict: Verdict { state: stood.map(|stood| stood.state).unwrap_or_default(), grounds },
                lack,
                since: stood.map(|stood| stood.since),
                before: verdict.filter(|_| stands).map(|step| (step.state, step.since)),
                was_proved: past().any(|step| step.state == ProofState::Proved),
                damaged: Vec::new(),
            };
            book.insert(key, proof);
        }
        Ok(Arc::new(book))
    }
}

/// Calling a task done that nothing shows needs a reason.
///
/// # Errors
/// `Invalid` naming the field `withoutEvidence`.
pub(crate) fn check_shown(
    key: &str,
    state: &TaskState,
    proof: Option<&Proof>,
    act: &Act,
) -> Result<(), WireError> {
    let bare = matches!(act, Act::TaskStatusSet { status: TaskStatus::Done, without_evidence: None, .. });
    if !bare || !needs_reason(state, proof) {
        return Ok(());
    }
    Err(messages::invalid(
        "withoutEvidence",
        &format!(
            "Nhiệm vụ {key} chưa có gì chứng minh. Hãy thêm minh chứng trước, hoặc ghi lý do báo xong khi chưa có minh chứng."
        ),
    ))
}

fn needs_reason(state: &TaskState, proof: Option<&Proof>) -> bool {
    !could_count(state) && proof.is_none_or(|proof| proof.standing() != Standing::Proved)
}

fn evidence_view(
    item: &EvidenceItem,
    proof: &Proof,
    events: &[Event],
    who: &Who,
    now: Ms,
    editable: bool,
) -> EvidenceView {
    let of = |id: &str| events.iter().find(|e| e.id == id).map(|e| who.of(e)).unwrap_or_default();
    let (title, detail, url) = match &item.evidence {
        Evidence::Note { text } => (text.clone(), String::new(), None),
        Evidence::Link { url, title } => {
            (title.clone().unwrap_or_else(|| url.clone()), url.clone(), Some(url.clone()))
        }
        Evidence::File { file } => (file.name.clone(), String::new(), None),
        Evidence::LiveCheck { check } => {
            (evidence_text(&item.evidence), format!("đo đến {}", words::moment(check.to, now)), None)
        }
        Evidence::TestRun { on, by, tried, result, .. } => {
            (format!("Kiểm thử ngày {}: {}", vn(*on), result_words(*result)), format!("{by} · {tried}"), None)
        }
    };
    let damaged = |name: &str| proof.damaged.iter().find(|(n, _)| n == name).map(|(_, health)| *health);
    EvidenceView {
        id: item.id.clone(),
        kind: kind(&item.evidence).to_owned(),
        title,
        detail,
        url,
        file: item.evidence.file().map(|file| FileView {
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            about: files::about(file),
            problem: damaged(&file.name).filter(|h| *h != FileHealth::Sound).map(|h| damage(&file.name, h)),
        }),
        at: item.added_at.0,
        who: of(&item.id),
        revoked: item.revoked.as_ref().map(|r| {
            let by = events
                .iter()
                .rev()
                .find(|e| e.said_at == r.at && e.actor == r.actor)
                .map(|e| format!("{} ", who.of(e)))
                .unwrap_or_default();
            format!("{by}rút lúc {}: {}", words::moment(r.at, now), r.reason)
        }),
        revocable: editable && item.revoked.is_none(),
    }
}

fn kind(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Note { .. } => "note",
        Evidence::Link { .. } => "link",
        Evidence::File { .. } => "file",
        Evidence::LiveCheck { .. } => "live_check",
        Evidence::TestRun { .. } => "test_run",
    }
}
