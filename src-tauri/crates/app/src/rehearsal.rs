//! Rehearsals: nights that the sandbox of the training profile plays, each at a speed of its own.
//!
//! The choice stands in the sandbox's folder, so a rehearsal goes on after a restart.

use crate::{
    App,
    wire::{AppEvent, ErrorCode, NightView, RehearsalArgs, RehearsalsView, WireError},
};
use pvhcc_domain::time::Ms;
use pvhcc_sandbox::{Sandbox, SandboxError};

impl App {
    /// Nights that can be rehearsed; none outside the training profile.
    pub(crate) async fn rehearsals(&self) -> Result<RehearsalsView, WireError> {
        let now = self.now();
        let nights = self.0.sandbox.lock().await.as_ref().map(Sandbox::scenarios).unwrap_or_default();
        let night = |night: pvhcc_sandbox::Scenario| NightView {
            running: night.from.is_some() && night.to.is_some_and(|to| now < to),
            id: night.id,
            title: night.title,
            speed: night.speed,
            from: night.from.map(|at| at.0),
            to: night.to.map(|at| at.0),
        };
        Ok(RehearsalsView {
            now: now.0,
            speed: self.0.clock.speed(),
            nights: nights.into_iter().map(night).collect(),
        })
    }

    /// Plays the next night from its start: the clock goes there at once, then runs at the night's speed, or at the one asked for.
    pub(crate) async fn rehearsal_start(&self, args: RehearsalArgs) -> Result<RehearsalsView, WireError> {
        self.on_sandbox(|sandbox| {
            let own =
                sandbox.scenarios().into_iter().find(|night| night.id == args.id).map(|night| night.speed);
            sandbox.play(&args.id, args.speed.or(own))
        })
        .await
    }

    /// Back to an ordinary day at the usual speed; the clock stays where it is.
    pub(crate) async fn rehearsal_stop(&self) -> Result<RehearsalsView, WireError> {
        self.on_sandbox(Sandbox::end_play).await
    }

    async fn on_sandbox(
        &self,
        act: impl FnOnce(&Sandbox) -> Result<(), SandboxError>,
    ) -> Result<RehearsalsView, WireError> {
        {
            let sandbox = self.0.sandbox.lock().await;
            let Some(sandbox) = sandbox.as_ref() else {
                return Err(WireError::new(ErrorCode::NotFound, "Chỉ hồ sơ tập huấn mới diễn tập được."));
            };
            act(sandbox).map_err(|e| refused(&e))?;
        }
        // What is due by the new time is asked for at once.
        if let Some(poller) = &self.0.poller {
            poller.wake(None);
        }
        self.emit(AppEvent::SourcesChanged);
        self.rehearsals().await
    }
}

fn refused(error: &SandboxError) -> WireError {
    match error {
        SandboxError::Scenario(id) => {
            WireError::new(ErrorCode::NotFound, format!("Không có kịch bản diễn tập “{id}”."))
        }
        SandboxError::Clock(_) => {
            WireError::new(ErrorCode::Invalid, "Tốc độ đồng hồ tập huấn phải từ 0 đến 86400 lần.")
                .with("field", "speed")
        }
        other => WireError::new(ErrorCode::Storage, format!("Không bắt đầu được buổi diễn tập: {other}.")),
    }
}

/// When a night of the sandbox begins where its clock is not past it, and how fast a rehearsal of it runs; `None` when there is
/// none of that name.
#[must_use]
pub fn scenario(id: &str) -> Option<(Ms, f64)> {
    pvhcc_sandbox::scenario(id).map(|night| (night.start, night.speed))
}
