//! What figures are counted for: a value for each of the dimensions they are split by.

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr, sync::Arc};

/// A way to split figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The system that handles the dossiers.
    System,
    /// The unit.
    Unit,
    /// The field (lĩnh vực).
    Field,
    /// The procedure (TTHC).
    Procedure,
    /// How dossiers were handed in.
    Channel,
}

impl Dimension {
    /// All of them, coarse ones first.
    pub const ALL: [Self; 5] = [Self::System, Self::Unit, Self::Field, Self::Procedure, Self::Channel];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Unit => "unit",
            Self::Field => "field",
            Self::Procedure => "procedure",
            Self::Channel => "channel",
        }
    }
}

impl FromStr for Dimension {
    type Err = UnknownDimension;

    fn from_str(name: &str) -> Result<Self, UnknownDimension> {
        let found = Self::ALL.into_iter().find(|d| d.as_str() == name);
        found.ok_or_else(|| UnknownDimension(name.to_owned()))
    }
}

/// No dimension has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of system, unit, field, procedure, channel")]
pub struct UnknownDimension(pub String);

/// A set of dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dimensions(u8);

impl Dimensions {
    /// Whether figures are split by this one.
    #[must_use]
    pub fn contains(self, dimension: Dimension) -> bool {
        self.0 & (1 << dimension as u8) != 0
    }

    /// Those of the set, coarse ones first.
    pub fn iter(self) -> impl Iterator<Item = Dimension> {
        Dimension::ALL.into_iter().filter(move |d| self.contains(*d))
    }
}

impl FromIterator<Dimension> for Dimensions {
    fn from_iter<I: IntoIterator<Item = Dimension>>(dimensions: I) -> Self {
        Self(dimensions.into_iter().fold(0, |set, d| set | 1 << d as u8))
    }
}

impl<const N: usize> From<[Dimension; N]> for Dimensions {
    fn from(dimensions: [Dimension; N]) -> Self {
        dimensions.into_iter().collect()
    }
}

/// What a set of figures is counted for. A dimension without a value is not split by; the empty value is "not told".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cell([Option<Arc<str>>; 5]);

impl Cell {
    /// The same cell with a value for one more dimension.
    #[must_use]
    pub fn with(mut self, dimension: Dimension, value: impl Into<Arc<str>>) -> Self {
        self.0[dimension as usize] = Some(value.into());
        self
    }

    /// The value of a dimension; `None` when it is not split by.
    #[must_use]
    pub fn get(&self, dimension: Dimension) -> Option<&str> {
        self.0[dimension as usize].as_deref()
    }

    /// What it is split by.
    #[must_use]
    pub fn dimensions(&self) -> Dimensions {
        Dimension::ALL.into_iter().filter(|d| self.get(*d).is_some()).collect()
    }

    /// The coarser cell that is split by no others than these.
    #[must_use]
    pub fn coarsened(&self, to: Dimensions) -> Self {
        let mut cell = self.clone();
        for dimension in Dimension::ALL.into_iter().filter(|d| !to.contains(*d)) {
            cell.0[dimension as usize] = None;
        }
        cell
    }

    /// Whether everything counted in `self` is counted in `coarser` too.
    #[must_use]
    pub fn is_within(&self, coarser: &Self) -> bool {
        self.coarsened(coarser.dimensions()) == *coarser
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.dimensions().iter().map(|d| (d.as_str(), self.get(d).unwrap_or(""))))
            .finish()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.dimensions().iter().map(|d| (d, self.get(d))))
    }
}
