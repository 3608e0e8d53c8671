//! Rows of one file that say the same twice, or contradict one another.

use rustc_hash::FxHashMap;
use std::{
    collections::hash_map::Entry,
    hash::{DefaultHasher, Hash, Hasher as _},
};

/// Where a row stands: number of the sheet, and row from 1.
pub type Place = (u32, u32);

/// What a row says besides what was said before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nobody said anything of this before.
    New,
    /// The row at this place said the same.
    Again(Place),
    /// The row at this place said otherwise: neither is taken.
    Otherwise(Place),
    /// The row at this place said something of another record that goes by the same name; it came first and stands.
    Namesake(Place),
}

/// What rows said so far, some forty bytes a row: hashes of what they are about and of what they say.
#[derive(Debug, Default)]
pub struct Seen {
    rows: FxHashMap<u64, First>,
    /// Those that contradict one another, with the places of the first two.
    contradicted: FxHashMap<u64, (Place, Place)>,
}

/// The first row about something.
#[derive(Debug)]
struct First {
    id: u64,
    content: u64,
    place: Place,
}

impl Seen {
    /// Notes that the row at `place` says `content` about `key`; with another `id` it is about a namesake of it.
    pub fn say(&mut self, key: &impl Hash, id: &impl Hash, content: &impl Hash, place: Place) -> Said {
        let key = hash(key);
        let new = First { id: hash(id), content: hash(content), place };
        match self.rows.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(new);
                Said::New
            }
            Entry::Occupied(first) => {
                let first = first.get();
                if first.id != new.id {
                    return Said::Namesake(first.place);
                }
                if first.content == new.content {
                    return Said::Again(first.place);
                }
                self.contradicted.entry(key).or_insert((first.place, place));
                Said::Otherwise(first.place)
            }
        }
    }

    /// Those that are contradicted, when all rows have been seen.
    #[must_use]
    pub fn contradicted(self) -> Contradicted {
        Contradicted(self.contradicted)
    }
}

/// What rows of a file contradict one another about.
#[derive(Debug, Clone, Default)]
pub struct Contradicted(FxHashMap<u64, (Place, Place)>);

impl Contradicted {
    /// Where another row says otherwise than the one at `place`.
    #[must_use]
    pub fn by(&self, key: &impl Hash, place: Place) -> Option<Place> {
        let (first, second) = self.0.get(&hash(key))?;
        Some(if *first == place { *second } else { *first })
    }

    /// Whether none are.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_agree_count_once_and_rows_that_contradict_do_not_count() {
        let mut seen = Seen::default();
        assert_eq!(seen.say(&"a", &0, &1, (0, 2)), Said::New);
        assert_eq!(seen.say(&"b", &0, &1, (0, 3)), Said::New);
        assert_eq!(seen.say(&"a", &0, &1, (0, 4)), Said::Again((0, 2)));
        assert_eq!(seen.say(&"b", &7, &2, (0, 4)), Said::Namesake((0, 3)));
        assert_eq!(seen.say(&"a", &0, &2, (1, 5)), Said::Otherwise((0, 2)));
        let contradicted = seen.contradicted();
        assert_eq!(contradicted.by(&"a", (0, 2)), Some((1, 5)));
        assert_eq!(contradicted.by(&"a", (1, 5)), Some((0, 2)));
        assert_eq!(contradicted.by(&"b", (0, 3)), None);
    }
}
