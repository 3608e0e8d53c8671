//! The log of a span: everything that was observed, concluded and done, in the order in which the window came to show it.

use super::spans::LONGEST_MS;
use crate::{
    App, messages,
    proof::{PROOF, proof_step},
    wire::{
        ProofStep, ProofTone, ReplayArgs, ReplayKind, ReplayLine, ReplayOrigin, ReplayView, Target, WireError,
    },
};
use pvhcc_domain::{proof::ProofState, text::number, time::Ms};
use pvhcc_store::Transition;
use std::{collections::BTreeMap, sync::Arc};

/// Most lines that are told at once: a night has a few thousand.
const MOST: usize = 20_000;

impl App {
    pub(crate) async fn replay_log(&self, args: ReplayArgs) -> Result<ReplayView, WireError> {
        let spans = self.replay_spans().await?;
        let now = self.now();
        let on = spans.first();
        let from = args.from.or(on.map(|span| span.from)).unwrap_or(now.0);
        let to =
            args.to.or(on.filter(|_| args.from.is_none()).map(|span| span.to)).unwrap_or(now.0).min(now.0);
        if from >= to {
            let message = "Khoảng phát lại phải bắt đầu trước khi kết thúc và đã bắt đầu.";
            return Err(messages::invalid("from", message));
        }
        if to.saturating_sub(from) > LONGEST_MS {
            let message = format!("Khoảng phát lại dài nhất là {} ngày.", LONGEST_MS / 86_400_000);
            return Err(messages::invalid("from", &message));
        }
        let (from, to) = (Ms(from), Ms(to));
        let mut lines = self.replay_lines(from, to).await?;
        let cut = lines.len().saturating_sub(MOST);
        let headline = headline(&lines);
        lines.truncate(MOST);
        Ok(ReplayView {
            now: now.0,
            from: from.0,
            to: to.0,
            headline,
            lines,
            cut: u32::try_from(cut).unwrap_or(u32::MAX),
            first: self.0.store.first_answer().await.map_err(|e| messages::store(&e))?.map(|at| at.0),
            spans,
        })
    }

    /// Every line of `from..=to`. Those of one moment stand as causes before effects: observed, concluded, said.
    pub(super) async fn replay_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let tongue = self.tongue().await?;
        let mut lines = self.watch_lines(from, to).await?;
        lines.extend(self.alert_lines_of(&tongue.alerts, from, to).await?);
        lines.extend(self.run_lines(&tongue.runs, from, to).await?);
        lines.extend(self.proof_lines(from, to).await?);
        lines.extend(self.act_lines(&tongue, from, to).await?);
        // Stable: acts of one moment keep the journal's order.
        lines.sort_by_key(|line| (line.at, line.origin));
        Ok(lines)
    }

    /// Verdicts; those on many tasks at one moment that say the same are one line.
    async fn proof_lines(&self, from: Ms, to: Ms) -> Result<Vec<ReplayLine>, WireError> {
        let steps = self.0.store.transitions_under(PROOF, from, to).await.map_err(|e| messages::store(&e))?;
        let log = Arc::clone(&self.proofs_seen().await?.log);
        type Step = (String, Transition, ProofStep);
        let mut told: BTreeMap<(Ms, String), Vec<Step>> = BTreeMap::new();
        for step in steps {
            let Some(key) = step.entity.strip_prefix(PROOF).map(str::to_owned) else { continue };
            let known = log.of(&key);
            let Some(place) = known.iter().position(|k| k.at == step.at) else { continue };
            let lost = known[..place].iter().any(|k| k.state == ProofState::Proved);
            let words = proof_step(&known[place], lost);
            told.entry((step.at, words.text.clone())).or_default().push((key, step, words));
        }
        let lines = told.into_iter().filter_map(|((at, text), all)| {
            let (first, step, words) = all.first()?;
            let keys: Vec<&str> = all.iter().map(|(key, ..)| key.as_str()).collect();
            let reason = step.basis.get("reason").and_then(|reason| reason.as_str()).unwrap_or_default();
            let (title, detail) = match keys.len() {
                1 => (format!("Nhiệm vụ {first}"), reason.to_owned()),
                n => (format!("{n} nhiệm vụ"), format!("Nhiệm vụ {}", keys.join(", "))),
            };
            let line = ReplayLine::new(step.id.clone(), at, ReplayKind::Proof, ReplayOrigin::Concluded);
            let line = ReplayLine {
                text: format!("{title}: {text}"),
                detail,
                tone: tone(words.tone).to_owned(),
                target: Some(Target::task(first)),
                ..line
            };
            Some(if keys.len() == 1 { line.of(Ms(words.since)) } else { line })
        });
        Ok(lines.collect())
    }
}

fn tone(tone: ProofTone) -> &'static str {
    match tone {
        ProofTone::Proved => "good",
        ProofTone::Failed => "bad",
        _ => "unknown",
    }
}

fn headline(lines: &[ReplayLine]) -> String {
    if lines.is_empty() {
        return "Không có gì được quan sát, kết luận hay thực hiện trong khoảng này".to_owned();
    }
    let count = |origin| lines.iter().filter(|line| line.origin == origin).count();
    let acts: u32 = lines.iter().map(|line| line.acts).sum();
    let number = |n: usize| number(i64::try_from(n).unwrap_or(i64::MAX));
    format!(
        "{} dòng: {} quan sát, {} kết luận, {} thao tác",
        number(lines.len()),
        number(count(ReplayOrigin::Observed)),
        number(count(ReplayOrigin::Concluded)),
        number(acts as usize)
    )
}
