//! Files of dossiers and of figures: what their headings say, and their rows read as what the columns mean.
//!
//! Must not know what kind of file a row comes from, nor where anything is kept. What no [`Target`] stands for is never
//! read, so that nothing about a citizen can pass (design §3); reasons never quote what stands in a cell.

mod cell;
mod header;
mod known;
mod legacy;
mod mapping;
mod names;
pub mod period;
mod record;
mod row;
mod seen;
mod stated;
mod target;
mod value;

pub use cell::{Cell, column, letters};
pub use header::{Header, MOST_HEADER_ROWS, RowKind, SheetRow, WINDOW};
pub use known::{Codes, Known};
pub use legacy::{Legacy, known_words, legacy, legacy_headings};
pub use mapping::{Mapping, MappingError, is_personal, shape};
pub use names::{Dictionary, Heading, compact};
pub use row::{Called, Fault, RowReader};
pub use seen::{Contradicted, Place, Said, Seen};
pub use target::{Kind, Target, What};
pub use value::{DateOrder, Evidence, is_untold};

#[cfg(test)]
mod row_tests;
