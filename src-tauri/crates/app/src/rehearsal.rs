//! Rehearsals: nights that the sandbox of the training profile plays, each at a speed of its own.

use pvhcc_domain::time::Ms;

/// When a night of the sandbox begins where its clock is not past it, and how fast a rehearsal of it runs; `None` when there is
/// none of that name.
#[must_use]
pub fn scenario(id: &str) -> Option<(Ms, f64)> {
    pvhcc_sandbox::scenario(id).map(|night| (night.start, night.speed))
}
