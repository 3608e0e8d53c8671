//! The report that is due every day before 15:00 (decision of document 000, Điều 2; document 001 mục 5), and the monthly one of
//! the same parts: what is frozen for it, what people write, who did what with it, and when it is late.
//!
//! Must not know how files are written or where figures come from.

pub mod deadline;
pub mod freeze;
pub mod state;
pub mod words;

pub use freeze::{Cadence, Freeze};
pub use words::{Form, Words};
