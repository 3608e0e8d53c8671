//! The plan behind a checklist: what must come before what, how much room the dates leave, and when it will be done.
//!
//! Pure: dates, states and the calendar are arguments. Durations are unknown, so a task may follow on the day of its
//! predecessor; what dates cannot say is `None`.

mod forecast;
mod graph;

pub use forecast::{Forecast, LOOK_BACK, forecast};
pub use graph::{Edge, Graph, Node, Place};
