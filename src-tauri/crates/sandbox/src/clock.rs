//! The sandbox's clock: starts anywhere, runs at any speed, never goes back, not even over a kill.
//!
//! It promises before it shows: the folder holds an instant (the lease) that it will not pass until a later one is
//! written. After a kill it goes on from the lease, after an orderly stop from the last instant shown.

use crate::{
    folder::{Folder, State},
    server::SandboxError,
};
use pvhcc_domain::time::{Clock, Ms};
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// How far ahead the clock may run without a write, in milliseconds of real time.
const LEASE_REAL_MS: f64 = 10_000.0;
/// Fastest speed: a day a second.
const MAX_SPEED: f64 = 86_400.0;

/// Why the clock was not moved.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// The instant lies before the one shown.
    #[error("the sandbox clock does not go back: it shows {shown}")]
    Backwards {
        /// The instant shown, RFC 3339.
        shown: String,
    },
    /// The speed is not a number in 0..=86400.
    #[error("the speed must lie in 0..=86400")]
    Speed,
    /// The lease could not be written.
    #[error(transparent)]
    Folder(#[from] SandboxError),
}

#[derive(Debug)]
struct Inner {
    base: Ms,
    since: Instant,
    speed: f64,
    shown: Ms,
    lease: Ms,
    port: Option<u16>,
}

/// See the module. Implements [`Clock`], so that the app can live in the sandbox's time.
#[derive(Debug)]
pub struct SandboxClock {
    inner: Mutex<Inner>,
    folder: Folder,
}

impl SandboxClock {
    /// A clock that goes on from the folder's state, or shows `start` where that is later.
    pub(crate) fn open(folder: Folder, start: Ms, speed: f64) -> Result<Self, ClockError> {
        check_speed(speed)?;
        let state = folder.state()?;
        let base = state.clock.map_or(start, |c| c.max(start));
        let inner = Inner { base, since: Instant::now(), speed, shown: base, lease: base, port: state.port };
        let clock = Self { inner: Mutex::new(inner), folder };
        clock.extend()?;
        Ok(clock)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a later lease. Called often while the sandbox runs; without it the clock comes to stand.
    pub(crate) fn extend(&self) -> Result<(), SandboxError> {
        let mut inner = self.lock();
        let now = inner.tick();
        self.promise(&mut inner, now)
    }

    fn promise(&self, inner: &mut Inner, from: Ms) -> Result<(), SandboxError> {
        let lease = from.plus((inner.speed * LEASE_REAL_MS) as i64);
        self.folder.write_state(&State { port: inner.port, clock: Some(lease) })?;
        inner.lease = lease;
        Ok(())
    }

    pub(crate) fn set_port(&self, port: u16) -> Result<(), SandboxError> {
        self.lock().port = Some(port);
        self.extend()
    }

    /// Stops here for good and writes the instant shown.
    pub(crate) fn stop(&self) -> Result<(), SandboxError> {
        let mut inner = self.lock();
        let now = inner.tick();
        inner.restart(now);
        inner.speed = 0.0;
        self.promise(&mut inner, now)
    }

    /// Moves forward by `millis`.
    ///
    /// # Errors
    /// When `millis` is negative or the folder refuses the write.
    pub fn advance(&self, millis: i64) -> Result<Ms, ClockError> {
        let mut inner = self.lock();
        let now = inner.tick();
        let to = now.plus(millis);
        self.jump(&mut inner, now, to)
    }

    /// Shows `to` from now on.
    ///
    /// # Errors
    /// When `to` lies before the instant shown or the folder refuses the write.
    pub fn set(&self, to: Ms) -> Result<Ms, ClockError> {
        let mut inner = self.lock();
        let now = inner.tick();
        self.jump(&mut inner, now, to)
    }

    fn jump(&self, inner: &mut Inner, now: Ms, to: Ms) -> Result<Ms, ClockError> {
        if to < now {
            return Err(ClockError::Backwards { shown: now.to_rfc3339() });
        }
        self.promise(inner, to)?;
        inner.restart(to);
        Ok(to)
    }

    /// Runs at `speed` × real time from now on; 0 stands still.
    ///
    /// # Errors
    /// When the speed is out of range or the folder refuses the write.
    pub fn set_speed(&self, speed: f64) -> Result<(), ClockError> {
        check_speed(speed)?;
        let mut inner = self.lock();
        let now = inner.tick();
        inner.restart(now);
        inner.speed = speed;
        Ok(self.promise(&mut inner, now)?)
    }

    /// The present speed.
    #[must_use]
    pub fn speed(&self) -> f64 {
        self.lock().speed
    }
}

impl Inner {
    fn tick(&mut self) -> Ms {
        let run = self.since.elapsed().as_secs_f64() * 1000.0 * self.speed;
        let now = self.base.plus(run as i64).min(self.lease).max(self.shown);
        self.shown = now;
        now
    }

    fn restart(&mut self, at: Ms) {
        self.base = at;
        self.since = Instant::now();
        self.shown = at;
    }
}

impl Clock for SandboxClock {
    fn now(&self) -> Ms {
        self.lock().tick()
    }

    fn speed(&self) -> f64 {
        Self::speed(self)
    }

    fn is_played(&self) -> bool {
        true
    }
}

fn check_speed(speed: f64) -> Result<(), ClockError> {
    if (0.0..=MAX_SPEED).contains(&speed) { Ok(()) } else { Err(ClockError::Speed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Ms = Ms(1_780_000_000_000);

    fn open(dir: &tempfile::TempDir, speed: f64) -> SandboxClock {
        SandboxClock::open(Folder::open(dir.path()).expect("folder"), START, speed).expect("clock")
    }

    #[test]
    fn a_killed_clock_goes_on_at_or_after_the_last_instant_shown() {
        let dir = tempfile::tempdir().expect("dir");
        let clock = open(&dir, 86_400.0);
        let mut last = clock.now();
        for _ in 0..1000 {
            last = clock.now().max(last);
        }
        assert!(last > START, "a clock of a day a second must have moved");
        drop(clock); // No stop: as after a kill.
        assert!(open(&dir, 0.0).now() >= last);
    }

    #[test]
    fn a_stopped_clock_goes_on_exactly_where_it_stopped() {
        let dir = tempfile::tempdir().expect("dir");
        let clock = open(&dir, 60.0);
        clock.advance(5_000).expect("forward");
        clock.stop().expect("written");
        let last = clock.now();
        assert_eq!(open(&dir, 0.0).now(), last);
    }

    #[test]
    fn the_clock_stands_at_its_lease_when_nothing_can_be_written() {
        let dir = tempfile::tempdir().expect("dir");
        let clock = open(&dir, 1.0);
        clock.lock().base = START.plus(3_600_000); // As if an hour had passed without a write.
        assert_eq!(clock.now(), START.plus(10_000));
    }

    #[test]
    fn it_refuses_to_go_back_and_refuses_speeds_that_are_no_speeds() {
        let dir = tempfile::tempdir().expect("dir");
        let clock = open(&dir, 0.0);
        assert!(matches!(clock.set(START.plus(-1)), Err(ClockError::Backwards { .. })));
        assert!(matches!(clock.advance(-1), Err(ClockError::Backwards { .. })));
        assert!(matches!(clock.set_speed(f64::NAN), Err(ClockError::Speed)));
        assert!(matches!(clock.set_speed(-1.0), Err(ClockError::Speed)));
        assert_eq!(clock.now(), START);
    }
}
