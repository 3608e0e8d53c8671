//! The pause between two rounds of a source.

use crate::chores::LONGEST_UNSEEN;
use pvhcc_domain::time::{Clock, Ms};
use std::time::Duration;

/// Waits until it is `due`, and never longer than `most` of the machine's own running time.
///
/// A machine that sleeps does not count its sleep, so the time of day is looked at again and again: what fell due meanwhile is
/// asked soon after waking. A clock that is turned back silences nothing, for `most` still ends.
pub(super) async fn rest(clock: &dyn Clock, due: Ms, most: Duration) {
    let mut left = most;
    while !left.is_zero() {
        let slice = left.min(LONGEST_UNSEEN);
        tokio::time::sleep(slice).await;
        left -= slice;
        if clock.now() >= due {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pvhcc_domain::time::ManualClock;
    use std::sync::Arc;
    use tokio::time::Instant;

    const HALF_AN_HOUR: Duration = Duration::from_secs(1800);
    const AT: Ms = Ms(1_780_000_000_000);

    /// How long a source rests that is due in half an hour, when the time of day moves by `jump` after a minute.
    async fn rests(jump: i64) -> Duration {
        let clock = Arc::new(ManualClock::new(AT));
        let turned = Arc::clone(&clock);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(60)).await;
            turned.advance(jump);
        });
        let begin = Instant::now();
        rest(&*clock, AT.plus(1_800_000), HALF_AN_HOUR).await;
        begin.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn what_fell_due_while_the_machine_slept_is_asked_soon_after() {
        assert!(rests(8 * 3_600_000).await <= Duration::from_secs(60) + LONGEST_UNSEEN);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_turned_back_silences_no_source() {
        assert_eq!(rests(-8 * 3_600_000).await, HALF_AN_HOUR);
    }
}
