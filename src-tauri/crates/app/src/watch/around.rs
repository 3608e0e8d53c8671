//! What stands around the gateway at the moment that is looked at: the sync queue, unpaid fees, the surrounding systems.

use super::read::Watched;
use crate::{
    App,
    alerts::fault,
    dossiers::UnitNames,
    messages,
    wire::{AroundView, FeesByUnitView, FeesView, ProbeView, QueueView, ToldView, UnitFeesView, WireError},
    words,
};
use pvhcc_domain::{
    observation::{FeeTotals, ProbeResult, ProbeState, SourceId, SyncBatch, SyncQueue},
    text::number,
    time::Ms,
};
use pvhcc_store::Reported;

/// How far back the last good answer of a system is looked for, ms.
const BACK_MS: i64 = 24 * 3_600_000;

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl App {
    pub(super) async fn around(&self, watched: &Watched) -> Result<AroundView, WireError> {
        let failed = |e| messages::store(&e);
        let (store, at) = (&self.0.store, Some(watched.at));
        let queue = store.sync_queue(at).await.map_err(failed)?.map(|q| queue(watched, &q));
        let fees = store.fee_totals(at).await.map_err(failed)?.map(|f| fees(watched, &f));
        let results = store.probe_states(at).await.map_err(failed)?;
        let mut probes = Vec::new();
        for (id, title) in &self.0.watch.probes {
            probes.push(self.probe(watched, id, title, results.get(id)).await?);
        }
        let (headline, tone) = headline(queue.as_ref(), &probes);
        Ok(AroundView { queue, fees, probes, headline, tone: tone.to_owned() })
    }

    async fn probe(
        &self,
        watched: &Watched,
        id: &str,
        title: &str,
        last: Option<&ProbeResult>,
    ) -> Result<ProbeView, WireError> {
        let stand = watched.source(SourceId::Probes);
        let young = |result: &&ProbeResult| stand.current && watched.at.0 - result.asked_at.0 <= stand.limit;
        let current = last.filter(young);
        let state = current.map_or(ProbeState::Unknown, |result| result.state);
        let (tone, text) = match (state, current) {
            (ProbeState::Up, Some(result)) => ("good", format!("chạy, {} ms", result.millis)),
            (ProbeState::Down, Some(result)) => {
                ("bad", format!("không chạy: {}", result.error.as_deref().map_or("lỗi", fault)))
            }
            _ => ("unknown", "không quan sát được".to_owned()),
        };
        let mut view = ProbeView {
            id: id.to_owned(),
            title: title.to_owned(),
            state,
            text,
            tone: tone.to_owned(),
            since: None,
            last_up_at: last.filter(|result| result.state == ProbeState::Up).map(|result| result.asked_at.0),
            asked_at: last.map(|result| result.asked_at.0),
        };
        // One that answers needs no story: of the others it is read from what they answered.
        if state != ProbeState::Up {
            let series = self.0.store.probe_series(Some(id), watched.at.plus(-BACK_MS), watched.at).await;
            let series = series.map_err(|e| messages::store(&e))?;
            let like = series.iter().rev().take_while(|result| result.state == state);
            view.since = like.last().filter(|_| state == ProbeState::Down).map(|result| result.asked_at.0);
            let up = series.iter().rfind(|result| result.state == ProbeState::Up);
            view.last_up_at = up.map(|result| result.asked_at.0);
        }
        Ok(view)
    }

    pub(crate) async fn watch_fees(&self) -> Result<FeesByUnitView, WireError> {
        let failed = |e| messages::store(&e);
        let watched = self.watched().await?;
        let (store, at) = (&self.0.store, Some(watched.at));
        let totals = store.fee_totals(at).await.map_err(failed)?.map(|f| fees(&watched, &f));
        let names = UnitNames::of(&self.0.units);
        let mut units: Vec<UnitFeesView> = (store.unit_fees(at).await.map_err(failed)?.into_iter())
            .map(|unit| UnitFeesView {
                name: names.short(&unit.unit).to_owned(),
                dossiers: whole(unit.dossiers),
                amount: whole(unit.amount),
                oldest_at: unit.oldest_at.0,
                code: unit.unit,
            })
            .collect();
        units.sort_by(|a, b| {
            b.dossiers.cmp(&a.dossiers).then(b.amount.cmp(&a.amount)).then(a.code.cmp(&b.code))
        });
        let text = text(totals.as_ref(), &units);
        Ok(FeesByUnitView { totals, units, text })
    }
}

fn told(watched: &Watched, source: SourceId, as_of: Ms) -> ToldView {
    let stand = watched.source(source);
    ToldView { state: stand.state, text: stand.text.clone(), as_of: as_of.0 }
}

fn queue(watched: &Watched, said: &Reported<SyncQueue>) -> QueueView {
    let SyncQueue { waiting, failed, oldest_waiting_at, last_batch } = said.value;
    QueueView {
        waiting: whole(waiting),
        failed: whole(failed),
        oldest_at: oldest_waiting_at.map(|at| at.0),
        batch: last_batch.map(|batch| batch_words(&batch, watched.at)),
        told: told(watched, SourceId::GatewaySync, said.as_of),
    }
}

fn batch_words(batch: &SyncBatch, now: Ms) -> String {
    let count = |n| number(whole(n));
    let when = match batch.finished_at {
        Some(end) => format!("lô gần nhất xong {}", words::moment(end, now)),
        None => format!("lô đang gửi từ {}", words::moment(batch.started_at, now)),
    };
    let (sent, accepted, refused) = (count(batch.sent), count(batch.accepted), count(batch.refused));
    format!("{when}: gửi {sent}, nhận {accepted}, từ chối {refused}")
}

fn fees(watched: &Watched, said: &Reported<FeeTotals>) -> FeesView {
    FeesView {
        units: whole(said.value.units),
        dossiers: whole(said.value.dossiers),
        amount: whole(said.value.amount),
        oldest_at: said.value.oldest_at.map(|at| at.0),
        told: told(watched, SourceId::GatewayFees, said.as_of),
    }
}

fn headline(queue: Option<&QueueView>, probes: &[ProbeView]) -> (String, &'static str) {
    let of = |state| probes.iter().filter(move |p| p.state == state);
    let names = |state| of(state).map(|p| p.title.as_str()).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    let (down, unknown) = (of(ProbeState::Down).count(), of(ProbeState::Unknown).count());
    if down > 0 {
        parts.push(format!("{} không chạy", names(ProbeState::Down)));
    }
    if unknown > 0 {
        parts.push(format!("{unknown} hệ thống không quan sát được"));
    }
    let given_up = queue.map_or(0, |q| q.failed);
    if given_up > 0 {
        parts.push(format!("{} bản ghi đồng bộ bỏ dở", number(given_up)));
    }
    let tone = match (down, unknown, given_up) {
        (1.., ..) => "bad",
        (0, 0, 0) if probes.is_empty() => "none",
        (0, 0, 0) => "good",
        (0, 1.., 0) => "unknown",
        _ => "warn",
    };
    if parts.is_empty() {
        parts.push(match probes.len() {
            0 => "chưa dò hệ thống nào xung quanh".to_owned(),
            n => format!("{n} hệ thống xung quanh đều chạy"),
        });
    }
    (parts.join("; "), tone)
}

/// `Chưa nộp phí đến 19:30: 214 hồ sơ …` and a line a unit.
fn text(totals: Option<&FeesView>, units: &[UnitFeesView]) -> String {
    let Some(totals) = totals else {
        return "Trục tích hợp chưa báo số phí, lệ phí chờ nộp.".to_owned();
    };
    let at = pvhcc_domain::text::instant(Ms(totals.told.as_of));
    let line = |unit: &UnitFeesView| {
        format!("- {}: {} hồ sơ, {} đồng", unit.name, number(unit.dossiers), number(unit.amount))
    };
    let head = format!(
        "Hồ sơ chưa nộp phí, lệ phí đến {at}: {} hồ sơ của {} đơn vị, {} đồng.",
        number(totals.dossiers),
        number(totals.units),
        number(totals.amount)
    );
    std::iter::once(head).chain(units.iter().map(line)).collect::<Vec<_>>().join("\n") + "\n"
}
