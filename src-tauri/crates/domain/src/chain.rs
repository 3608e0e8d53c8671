//! The hash chain of the journal (design §3): what one event's hash covers, and how a changed history shows.
//!
//! Pure: it sees entries as they are stored, text for text, and must not know where they are kept or what an act means.

use crate::time::Ms;
use sha2::{Digest, Sha256};

/// Format version; the first field of every hash. A new list of fields gets a new version.
pub const FORMAT: &str = "pvhcc-journal-1";

/// `prev_hash` of the first event, and the head of an empty journal: 64 zeros.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One event exactly as stored, with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal, from 1. Not hashed: the chain fixes it.
    pub position: i64,
    /// UUIDv7.
    pub id: String,
    /// The seat.
    pub device: String,
    /// Sequence on the seat, from 1.
    pub device_seq: i64,
    /// When it was said.
    pub said_at: Ms,
    /// The seat's clock was behind its own last event.
    pub clock_suspect: bool,
    /// Pseudonym.
    pub actor: String,
    /// Role, as text.
    pub role: String,
    /// How the person was known, as text.
    pub auth: String,
    /// Kind of act.
    pub kind: String,
    /// Version of the kind.
    pub kind_version: i64,
    /// What it is about.
    pub entity: String,
    /// JSON text, byte for byte.
    pub payload: String,
    /// The event the person saw.
    pub based_on: Option<String>,
    /// Hash of the event before; [`GENESIS`] for the first.
    pub prev_hash: String,
    /// Hash of this event: 64 lower-case hexadecimal digits.
    pub hash: String,
}

impl Entry {
    /// SHA-256 in lower-case hexadecimal over the format version and these fields in this order, each preceded by its
    /// length in bytes as eight bytes, big end first: previous hash, id, device, device sequence, said at, clock suspect
    /// (`0`/`1`), actor, role, auth, kind, kind version, entity, payload, based on (`-` or `+` and the id).
    #[must_use]
    pub fn digest(&self) -> String {
        let based_on = self.based_on.as_ref().map_or_else(|| "-".to_owned(), |id| format!("+{id}"));
        let mut sha = Sha256::new();
        for field in [
            FORMAT,
            &self.prev_hash,
            &self.id,
            &self.device,
            &self.device_seq.to_string(),
            &self.said_at.0.to_string(),
            if self.clock_suspect { "1" } else { "0" },
            &self.actor,
            &self.role,
            &self.auth,
            &self.kind,
            &self.kind_version.to_string(),
            &self.entity,
            &self.payload,
            &based_on,
        ] {
            sha.update((field.len() as u64).to_be_bytes());
            sha.update(field.as_bytes());
        }
        hex::encode(sha.finalize())
    }
}

/// What is wrong with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The numbers do not follow on: something before this event is missing, doubled or moved.
    #[error("position {expected} was expected here")]
    Position {
        /// The position that should have come.
        expected: i64,
    },
    /// It does not continue the event before it.
    #[error("it does not continue the event before it")]
    Link,
    /// Its content is not what was hashed.
    #[error("its content is not what was written")]
    Content,
}

/// The first event at which a chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {id} at position {position}: {fault}")]
pub struct Broken {
    /// Its position as stored.
    pub position: i64,
    /// Its id as stored.
    pub id: String,
    /// What is wrong.
    pub fault: Fault,
}

/// Walks a chain from its start, one entry at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Entries seen so far; also the last position.
    pub events: i64,
    /// Hash of the last entry seen.
    pub head: String,
}

impl Default for Walk {
    fn default() -> Self {
        Self { events: 0, head: GENESIS.to_owned() }
    }
}

impl Walk {
    /// Takes the next entry.
    ///
    /// # Errors
    /// When it does not follow on, or was changed.
    pub fn step(&mut self, entry: &Entry) -> Result<(), Broken> {
        let expected = self.events + 1;
        let fault = if entry.position != expected {
            Fault::Position { expected }
        } else if entry.prev_hash != self.head {
            Fault::Link
        } else if entry.hash != entry.digest() {
            Fault::Content
        } else {
            self.events = expected;
            self.head.clone_from(&entry.hash);
            return Ok(());
        };
        Err(Broken { position: entry.position, id: entry.id.clone(), fault })
    }

    /// Walks all entries from the start.
    ///
    /// # Errors
    /// The first break.
    pub fn all<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Result<Self, Broken> {
        let mut walk = Self::default();
        for entry in entries {
            walk.step(entry)?;
        }
        Ok(walk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain(n: i64) -> Vec<Entry> {
        let mut prev = GENESIS.to_owned();
        (1..=n)
            .map(|i| {
                let mut entry = Entry {
                    position: i,
                    id: format!("id-{i:04}"),
                    device: "may-1".into(),
                    device_seq: i,
                    said_at: Ms(1_780_000_000_000 + i),
                    clock_suspect: i % 3 == 0,
                    actor: "p-7f".into(),
                    role: "staff".into(),
                    auth: "online".into(),
                    kind: "task_note_added".into(),
                    kind_version: 1,
                    entity: format!("task:{}", i % 7),
                    payload: format!("{{\"note\":\"việc {i}\"}}"),
                    based_on: (i % 2 == 0).then(|| format!("id-{:04}", i - 1)),
                    prev_hash: prev.clone(),
                    hash: String::new(),
                };
                entry.hash = entry.digest();
                prev.clone_from(&entry.hash);
                entry
            })
            .collect()
    }

    /// Changes one byte (one character kept as text) or one number of one field.
    fn edit(entry: &mut Entry, field: usize, at: usize) {
        fn flip(text: &mut String, at: usize) {
            let mut chars: Vec<char> = text.chars().collect();
            let at = at % chars.len();
            chars[at] = if chars[at] == 'x' { 'y' } else { 'x' };
            *text = chars.into_iter().collect();
        }
        match field {
            0 => flip(&mut entry.id, at),
            1 => flip(&mut entry.device, at),
            2 => entry.device_seq += 1,
            3 => entry.said_at.0 -= 1,
            4 => entry.clock_suspect = !entry.clock_suspect,
            5 => flip(&mut entry.actor, at),
            6 => flip(&mut entry.role, at),
            7 => flip(&mut entry.auth, at),
            8 => flip(&mut entry.kind, at),
            9 => entry.kind_version += 1,
            10 => flip(&mut entry.entity, at),
            11 => flip(&mut entry.payload, at),
            12 => match &mut entry.based_on {
                Some(id) => flip(id, at),
                none => *none = Some("id-0001".into()),
            },
            13 => flip(&mut entry.prev_hash, at),
            14 => flip(&mut entry.hash, at),
            _ => entry.position += 1,
        }
    }

    #[test]
    fn an_untouched_chain_walks_to_its_head() {
        let entries = chain(50);
        let walk = Walk::all(&entries).expect("whole");
        assert_eq!((walk.events, walk.head.as_str()), (50, entries[49].hash.as_str()));
        assert_eq!(Walk::all(&[]).expect("empty").head, GENESIS);
    }

    #[test]
    fn text_moved_from_one_field_to_the_next_changes_the_hash() {
        let one = chain(1).remove(0);
        let mut other = one.clone();
        other.actor = "p-7".into();
        other.role = "fstaff".into();
        assert_ne!(one.digest(), other.digest());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn every_edit_deletion_and_swap_is_found_and_named(
            what in 0..3_u8, at in 0..39_usize, other in 0..39_usize, field in 0..16_usize, byte in 0..64_usize,
        ) {
            let mut entries = chain(40);
            let first_bad = match what {
                0 => { edit(&mut entries[at], field, byte); at }
                // The last one is left alone: a cut tail is found against a head, not by the chain.
                1 => { entries.remove(at); at }
                _ => {
                    prop_assume!(at != other);
                    entries.swap(at, other);
                    let (a, b) = (entries[at].position, entries[other].position);
                    entries[at].position = b;
                    entries[other].position = a;
                    at.min(other)
                }
            };
            let bad_id = entries[first_bad].id.clone();
            let broken = Walk::all(&entries).expect_err("the change is found");
            prop_assert_eq!(broken.id, bad_id);
        }
    }
}
