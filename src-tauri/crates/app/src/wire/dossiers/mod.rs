//! Dossier figures: asked for, shown, opened down to the records.

mod drill;
mod figures;
mod findings;
mod form;

pub use drill::*;
pub use figures::*;
pub use findings::*;
pub use form::*;
