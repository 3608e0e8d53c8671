//! Which column is read as what.

use super::{
    header::Header,
    names::{Dictionary, Heading, compact},
    target::{Target, What},
    value::DateOrder,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};

/// How the rows of a sheet are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// Targets by column, from 0; no target stands twice.
    pub columns: BTreeMap<usize, Target>,
    /// Orders of dates that somebody said, by column.
    pub orders: BTreeMap<usize, DateOrder>,
    /// Values for rows that tell none of their own.
    pub fixed: BTreeMap<Target, String>,
    /// What texts mean that the program does not know, by target and compact text.
    pub values: HashMap<(Target, String), String>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A column about a citizen was given a target.
    #[error("column {0} is about a citizen")]
    Personal(usize),
    /// Two columns have one target.
    #[error("columns {0} and {1} have one target")]
    Twice(usize, usize),
}

impl Mapping {
    /// Targets of headings as the program understands them. Of two columns with one target the one that says so more
    /// fully counts, else the first.
    #[must_use]
    pub fn guess(names: &Dictionary, what: What, header: &Header) -> BTreeMap<usize, Target> {
        let mut best: BTreeMap<Target, (bool, usize)> = BTreeMap::new();
        for (column, path) in header.columns.iter().enumerate() {
            if let Heading::Target { target, whole } = names.heading(what, path) {
                let other = best.get(&target);
                if other.is_none_or(|(sure, _)| whole && !sure) {
                    best.insert(target, (whole, column));
                }
            }
        }
        // "Tiếp nhận / Tổng số" holds what is carried over only where that has a column too.
        if !best.contains_key(&Target::CarriedOver)
            && !best.contains_key(&Target::Received)
            && let Some(total) = best.get(&Target::Total).copied()
            && header
                .columns
                .get(total.1)
                .is_some_and(|path| path.iter().filter(|part| !part.is_empty()).count() > 1)
        {
            best.remove(&Target::Total);
            best.insert(Target::Received, total);
        }
        best.into_iter().map(|(target, (_, column))| (column, target)).collect()
    }

    /// Checks columns that somebody chose.
    ///
    /// # Errors
    /// A column about a citizen, a target given twice.
    pub fn check(&self, names: &Dictionary, what: What, header: &Header) -> Result<(), MappingError> {
        let mut seen: BTreeMap<Target, usize> = BTreeMap::new();
        for (column, target) in &self.columns {
            if is_personal(names, what, header, *column) {
                return Err(MappingError::Personal(*column));
            }
            if let Some(first) = seen.insert(*target, *column) {
                return Err(MappingError::Twice(first, *column));
            }
        }
        Ok(())
    }

    /// Columns that are read, in order.
    #[must_use]
    pub fn read(&self) -> Vec<usize> {
        self.columns.keys().copied().collect()
    }

    /// The column of a target.
    #[must_use]
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns.iter().find(|(_, of)| **of == target).map(|(column, _)| *column)
    }
}

/// Whether a column is about a citizen, by its heading.
#[must_use]
pub fn is_personal(names: &Dictionary, what: What, header: &Header, column: usize) -> bool {
    header.columns.get(column).is_some_and(|path| names.heading(what, path) == Heading::Personal)
}

/// What files of one export have in common: what their rows are and the headings of their columns.
#[must_use]
pub fn shape(what: What, header: &Header) -> String {
    let mut hash = Sha256::new();
    hash.update(what.as_str());
    for path in &header.columns {
        hash.update([0]);
        for part in path {
            hash.update([1]);
            hash.update(compact(part));
        }
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(columns: &[&str]) -> Header {
        let path = |name: &&str| name.split('/').map(|part| part.trim().to_owned()).collect();
        Header { first: 1, rows: 1, columns: columns.iter().map(path).collect() }
    }

    fn guess(what: What, columns: &[&str]) -> Vec<(usize, Target)> {
        let names = Dictionary::builtin().expect("right");
        Mapping::guess(names, what, &header(columns)).into_iter().collect()
    }

    #[test]
    fn of_two_columns_with_one_meaning_the_fuller_heading_counts() {
        let columns = ["Kết quả / Trực tuyến", "Nhận trực tuyến", "Nhận trong kỳ", "Nhận trong kỳ"];
        assert_eq!(guess(What::Figures, &columns), [(1, Target::ReceivedOnline), (2, Target::Received)]);
    }

    #[test]
    fn a_sum_of_receipts_without_what_was_carried_over_is_what_was_received() {
        let with = ["Tiếp nhận / Tổng số", "Tiếp nhận / Từ kỳ trước", "Tiếp nhận / Trực tuyến"];
        assert_eq!(guess(What::Figures, &with)[0], (0, Target::Total));
        let without = ["Tiếp nhận / Tổng số", "Tiếp nhận / Trực tuyến", "Tiếp nhận / Trực tiếp"];
        assert_eq!(guess(What::Figures, &without)[0], (0, Target::Received));
    }

    #[test]
    fn a_column_about_a_citizen_cannot_be_chosen_and_a_target_not_twice() {
        let names = Dictionary::builtin().expect("right");
        let header = header(&["Mã hồ sơ", "Chủ hồ sơ", "Số biên nhận"]);
        let with = |columns: &[(usize, Target)]| {
            Mapping { columns: columns.iter().copied().collect(), ..Mapping::default() }.check(
                names,
                What::Dossiers,
                &header,
            )
        };
        assert_eq!(with(&[(0, Target::Code)]), Ok(()));
        assert_eq!(with(&[(0, Target::Code), (1, Target::Record)]), Err(MappingError::Personal(1)));
        assert_eq!(with(&[(0, Target::Code), (2, Target::Code)]), Err(MappingError::Twice(0, 2)));
    }

    #[test]
    fn a_shape_follows_the_headings_and_not_their_spelling() {
        let a = shape(What::Dossiers, &header(&["Mã hồ sơ", "Ngày tiếp nhận"]));
        assert_eq!(a, shape(What::Dossiers, &header(&["MA_HO_SO", "ngày  tiếp nhận"])));
        assert_ne!(a, shape(What::Dossiers, &header(&["Ngày tiếp nhận", "Mã hồ sơ"])));
        assert_ne!(a, shape(What::Figures, &header(&["Mã hồ sơ", "Ngày tiếp nhận"])));
    }
}
