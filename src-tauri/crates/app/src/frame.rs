//! Top bar, navigation counts, and the sources with their ages.

use crate::{
    App, messages, rules,
    wire::{
        ErrorCode, FrameView, FreshState, PastFrameView, PollArgs, SourceBadge, SourceView, SourcesView,
        WireError,
    },
    words,
};
use pvhcc_domain::{
    freshness::{Freshness, freshness},
    observation::SourceId,
    text::number,
    time::Ms,
};
use pvhcc_store::SourceRow;
use std::collections::BTreeMap;

/// How fresh one source is, with words.
pub(crate) struct Fresh {
    pub(crate) state: FreshState,
    pub(crate) text: String,
    /// The words where there is little room: how old, or failing since when.
    pub(crate) brief: String,
    pub(crate) as_of: Option<Ms>,
    pub(crate) fetched: Option<Ms>,
}

impl Fresh {
    /// Words on figures: those that are not fresh say so before anything else.
    pub(crate) fn dated(&self, words: &str) -> String {
        if self.state == FreshState::Fresh { words.to_owned() } else { format!("{} · {words}", self.brief) }
    }
}

/// Hosts of the top bar, with what is asked of them.
const HOSTS: [(&str, &str, &[SourceId]); 2] = [
    (
        "gateway",
        "Trục tích hợp",
        &[
            SourceId::GatewayTasks,
            SourceId::GatewayFlows,
            SourceId::GatewayApis,
            SourceId::GatewayDossiers,
            SourceId::GatewayIndicators,
            SourceId::GatewayProcedures,
            SourceId::GatewaySync,
            SourceId::GatewayFees,
            SourceId::GatewayPetitions,
        ],
    ),
    ("portal", "Cổng DVCQG", &[SourceId::PortalStatistics]),
];

impl App {
    pub(crate) async fn freshness_of(&self, source: SourceId) -> Result<Fresh, WireError> {
        self.freshness_among(&self.source_rows().await?, source).await
    }

    /// Every source as it stands; of a past moment each is read by itself.
    async fn source_rows(&self) -> Result<BTreeMap<SourceId, SourceRow>, WireError> {
        match self.1 {
            Some(_) => Ok(BTreeMap::new()),
            None => self.0.store.source_states().await.map_err(|e| messages::store(&e)),
        }
    }

    async fn freshness_among(
        &self,
        rows: &BTreeMap<SourceId, SourceRow>,
        source: SourceId,
    ) -> Result<Fresh, WireError> {
        match self.1 {
            Some(moment) => self.freshness_at(source, moment.at).await,
            None => Ok(fresh(rows.get(&source), self.limit(source).await?, self.now())),
        }
    }

    /// Freshness limit of a source in force, ms.
    pub(crate) async fn limit(&self, source: SourceId) -> Result<i64, WireError> {
        let events = self.events_of("rules").await?;
        Ok(rules::number(&rules::freshness_rule(source), &events, self.now()) * 1000)
    }

    pub(crate) async fn frame(&self) -> Result<FrameView, WireError> {
        let now = self.now();
        let present = self.present().await?;
        let today = self.report_today().await?;
        let mut sources = vec![self.vneid_badge().await];
        sources.extend(self.host_badges().await?);
        Ok(FrameView {
            now: now.0,
            clock_speed: self.0.clock.speed(),
            sources,
            deadline: today.deadline(),
            overdue_tasks: self.counts(&present).overdue,
            overdue_answers: self.overdue_answers().await?,
            firing_alerts: self.firing_alerts().await?,
            open_incidents: self.open_incidents().await?,
            register_findings: self.register_findings().await?,
            duty: self.duty_now().await?,
            dossier_findings: u32::try_from(self.dossiers().await?.findings.len()).unwrap_or(u32::MAX),
            notices: self.notices(&today).await,
        })
    }

    /// What of the frame speaks of the operation, at the moment that is looked at.
    pub(crate) async fn frame_at(&self) -> Result<PastFrameView, WireError> {
        Ok(PastFrameView {
            at: self.now().0,
            sources: self.host_badges().await?,
            firing_alerts: self.firing_alerts().await?,
            open_incidents: self.open_incidents().await?,
            register_findings: self.register_findings().await?,
            duty: self.duty_now().await?,
        })
    }

    async fn host_badges(&self) -> Result<Vec<SourceBadge>, WireError> {
        let rows = self.source_rows().await?;
        let mut badges = Vec::new();
        for (id, title, members) in HOSTS {
            badges.push(self.badge(&rows, id, title, members).await?);
        }
        Ok(badges)
    }

    async fn vneid_badge(&self) -> SourceBadge {
        let session = self.0.session.lock().await;
        let (state, text, detail) = match session.on_network() {
            Some(true) => (FreshState::Fresh, "đã đăng nhập", "Phiên đăng nhập VNeID đang còn hiệu lực."),
            Some(false) => (
                FreshState::Stale,
                "ngoại tuyến",
                "Đang làm việc ngoại tuyến; các thao tác được ghi kèm dấu ngoại tuyến.",
            ),
            None => (FreshState::NotObserved, "chưa đăng nhập", "Chưa ai đăng nhập; dữ liệu chỉ để xem."),
        };
        SourceBadge {
            id: "vneid".to_owned(),
            title: "VNeID".to_owned(),
            state,
            text: text.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// A host's badge is as bad as its worst member.
    async fn badge(
        &self,
        rows: &BTreeMap<SourceId, SourceRow>,
        id: &str,
        title: &str,
        members: &[SourceId],
    ) -> Result<SourceBadge, WireError> {
        let mut worst: Option<Fresh> = None;
        let mut detail = Vec::new();
        for source in members.iter().filter(|s| self.asks(**s)) {
            let one = self.freshness_among(rows, *source).await?;
            // The first walk takes minutes on a poor network. It is told beside, and by every figure it lacks; the host answers.
            if *source == SourceId::GatewayDossiers
                && one.state == FreshState::NotObserved
                && self.walked_so_far().await?.is_some()
            {
                detail.push(format!("{}: đang lấy lần đầu", words::source(*source)));
                continue;
            }
            detail.push(format!("{}: {}", words::source(*source), one.text));
            if worst.as_ref().is_none_or(|w| rank(one.state) > rank(w.state)) {
                worst = Some(one);
            }
        }
        let worst = worst.unwrap_or_else(|| fresh(None, 0, self.now()));
        Ok(SourceBadge {
            id: id.to_owned(),
            title: title.to_owned(),
            state: worst.state,
            text: worst.brief,
            detail: detail.join("\n"),
        })
    }

    /// Whether a source is asked at all.
    fn asks(&self, source: SourceId) -> bool {
        self.0.poller.as_ref().is_none_or(|poller| poller.asks(source))
    }

    /// Dossier records taken by the walks that are under way; `None` without any.
    async fn walked_so_far(&self) -> Result<Option<i64>, WireError> {
        let walks = self.0.store.walks().await.map_err(|e| messages::store(&e))?;
        let under_way: Vec<i64> = walks.iter().filter(|w| w.walking).map(|w| w.taken.into()).collect();
        Ok((!under_way.is_empty()).then(|| under_way.iter().sum()))
    }

    pub(crate) async fn sources(&self) -> Result<SourcesView, WireError> {
        let states = self.0.store.source_states().await.map_err(|e| messages::store(&e))?;
        let now = self.now();
        let mut sources = Vec::new();
        for source in SourceId::ALL.into_iter().filter(|s| self.asks(*s)) {
            let row = states.get(&source);
            let limit = self.limit(source).await?;
            let mut one = fresh(row, limit, now);
            if source == SourceId::GatewayDossiers
                && let Some(taken) = self.walked_so_far().await?
            {
                one.text = format!("{} · đang lấy, được {} hồ sơ", one.text, number(taken));
            }
            sources.push(SourceView {
                id: source.as_str().to_owned(),
                title: words::source(source).to_owned(),
                state: one.state,
                text: one.text,
                as_of: one.as_of.map(|m| m.0),
                fetched_at: one.fetched.map(|m| m.0),
                last_try: row.and_then(|r| r.last_try).map(|m| m.0),
                next_due: row.and_then(|r| r.next_due).map(|m| m.0),
                rows: row.map_or(0, |r| u32::try_from(r.rows).unwrap_or(u32::MAX)),
                quarantined: row.map_or(0, |r| u32::try_from(r.quarantined).unwrap_or(u32::MAX)),
                problem: row
                    .and_then(|r| r.last_error_detail.clone())
                    .filter(|_| one.state != FreshState::Fresh),
                failing_since: row.and_then(|r| r.failing_since).map(|m| m.0),
                every_seconds: self.0.poller.as_ref().map_or(0, |p| p.interval(source)),
                limit_seconds: u32::try_from(limit / 1000).unwrap_or(u32::MAX),
            });
        }
        Ok(SourcesView { sources })
    }

    pub(crate) async fn poll_now(&self, args: PollArgs) -> Result<SourcesView, WireError> {
        let source = match args.source.as_deref() {
            None => None,
            Some(id) => Some(
                SourceId::ALL
                    .into_iter()
                    .find(|s| s.as_str() == id)
                    .ok_or_else(|| WireError::new(ErrorCode::NotFound, format!("Không có nguồn “{id}”.")))?,
            ),
        };
        let Some(poller) = &self.0.poller else { return Err(messages::no_sources()) };
        poller.wake(source);
        self.sources().await
    }
}

fn rank(state: FreshState) -> u8 {
    match state {
        FreshState::Fresh => 0,
        FreshState::Stale => 1,
        FreshState::NotObserved => 2,
        FreshState::Failing => 3,
    }
}

/// State of one source at `now`; `limit` in ms.
pub(crate) fn fresh(row: Option<&SourceRow>, limit: i64, now: Ms) -> Fresh {
    let fetched = row.and_then(|r| r.last_ok_fetched);
    let as_of = row.and_then(|r| r.last_ok_as_of);
    let failing = row.and_then(|r| r.failing_since);
    let (state, brief) = match freshness(fetched, failing, limit, now) {
        Freshness::Fresh { age } => (FreshState::Fresh, format!("{} trước", words::span(age))),
        Freshness::Stale { age } => (FreshState::Stale, format!("cũ {}", words::span(age))),
        Freshness::Failing { since, .. } => {
            (FreshState::Failing, format!("lỗi từ {}", words::moment(since, now)))
        }
        Freshness::NotObserved => (FreshState::NotObserved, "chưa quan sát".to_owned()),
    };
    let text = match (state, fetched) {
        (FreshState::Failing, Some(at)) => format!("{brief} · số liệu cũ {}", words::span(now.0 - at.0)),
        _ => brief.clone(),
    };
    Fresh { state, text, brief, as_of, fetched }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_seen_is_not_observed_never_fresh() {
        assert_eq!(fresh(None, 60_000, Ms(0)).state, FreshState::NotObserved);
    }
}
