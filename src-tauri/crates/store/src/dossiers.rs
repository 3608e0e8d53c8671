//! Dossier records over time: walks of the gateway and files of people bring them, in versions with a new row only on
//! change; figures that files state; names of codes.
//!
//! A *round* names every origin: a page of a walk, a file, or a file taken out again. Rounds rise, so that "changed since"
//! is a round. This part must not know what is counted from dossiers.

mod codes;
mod content;
mod import;
mod names;
mod page;
mod read;
mod rows;
mod stated;
mod take;
mod undo;

pub(crate) use codes::{CodeBook, Numbers};
pub use import::{ImportKept, ImportKind, ImportRow, NewImport, Piece};
pub use names::{Name, NameKind, Names};
pub use page::{DossierPage, PageKept, Walk};
pub use read::{DossierVersions, DossiersChanged, KeptRecord, Origin};
pub(crate) use stated::{columns as figures_columns, key as figures_key};
pub use undo::Undone;
