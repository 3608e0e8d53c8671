//! What goes on beside the window: polling, other writers, files to look after.

use crate::{
    App,
    wire::{AppEvent, NoResult, WireError},
};
use pvhcc_domain::time::Ms;
use std::{sync::Arc, time::Duration};

/// After this a window that has not said it is shown is taken to be; real time.
const LONGEST_UNSHOWN: Duration = Duration::from_secs(3);
/// Longest that a running program goes without looking at what is due, real time: the clock may jump, and the machine may have slept.
pub(crate) const LONGEST_UNSEEN: Duration = Duration::from_secs(20);

impl App {
    /// The window stands on the screen: what is not needed for its first picture may begin.
    pub(crate) async fn window_shown(&self) -> Result<NoResult, WireError> {
        self.0.shown.notify_one();
        Ok(NoResult {})
    }

    /// Polls and looks after the files once the window is shown, or when it does not say so: the first picture has the
    /// processor to itself.
    pub(crate) fn begin_once_shown(&self) {
        let app = self.clone();
        let begin = tokio::spawn(async move {
            let _ = tokio::time::timeout(LONGEST_UNSHOWN, app.0.shown.notified()).await;
            if let Some(poller) = &app.0.poller {
                poller.start();
            }
            app.look_after_evidence();
            app.look_after_storage();
            app.keep_reminding();
            app.keep_alerting();
        });
        if let Ok(mut beginning) = self.0.beginning.lock() {
            *beginning = Some(begin.abort_handle());
        }
    }

    /// Notices writes by other processes (`pvhcc` beside the open window) and tells the window.
    pub(crate) fn watch_other_writers(&self) {
        let (weak, store) = (Arc::downgrade(&self.0), self.0.store.clone());
        tokio::spawn(async move {
            let mut seen = store.data_version().await.ok();
            if let Some(inner) = weak.upgrade() {
                // What was changed before is no news: the sources look for their secrets at their first request.
                let _ = App::of(inner).secrets_are_news().await;
            }
            let mut tick = tokio::time::interval(Duration::from_secs(2));
            loop {
                tick.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                let Ok(version) = store.data_version().await else { continue };
                if seen.replace(version) != Some(version) {
                    let app = App::of(inner);
                    if let Err(e) = app.reload_lists().await {
                        tracing::warn!(error = %e.message, "the lists were not read anew");
                    }
                    if let Err(e) = app.notice_secrets().await {
                        tracing::warn!(error = %e.message, "changes of secrets were not looked for");
                    }
                    app.emit(AppEvent::TasksChanged { nos: Vec::new() });
                    app.emit(AppEvent::ReportChanged { day: String::new() });
                    app.emit(AppEvent::OperationsChanged { part: String::new() });
                }
            }
        });
    }

    /// Real time until it is `at`, no longer than [`LONGEST_UNSEEN`].
    pub(crate) fn real_until(&self, at: Ms) -> Duration {
        let domain = Duration::from_millis(u64::try_from(at.0 - self.now().0).unwrap_or(0));
        let real = Duration::try_from_secs_f64(domain.as_secs_f64() / self.0.clock.speed());
        // A whole millisecond more, so that it is due when it is looked at.
        real.map_or(LONGEST_UNSEEN, |real| (real + Duration::from_millis(1)).min(LONGEST_UNSEEN))
    }

    /// One verified backup a day, and the measures beyond their retention dropped.
    fn look_after_storage(&self) {
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_secs(600));
            loop {
                tick.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                let app = Self::of(inner);
                if let Err(e) = app.0.store.backup_if_due(&app.0.folder.join("backups")).await {
                    tracing::warn!(error = %e, "daily backup failed");
                }
                let Ok(rules) = app.events_of("rules").await else { continue };
                let days = crate::rules::number("retention.days", &rules, app.now());
                if let Err(e) = app.0.store.prune(app.now().plus(-days * 86_400_000)).await {
                    tracing::warn!(error = %e, "old measures were not dropped");
                }
            }
        });
    }
}
