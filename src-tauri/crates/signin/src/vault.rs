//! Where a refresh token waits for the next start: the rules of keeping, apart from the system's store.
//! Must not know what is in an entry.

use crate::{Secret, VaultError};
use rand::Rng;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fmt::Debug,
    sync::{Mutex, PoisonError},
};
use zeroize::Zeroizing;

/// Keeps one secret an account. Calls may block for seconds (the user may be asked to unlock the keyring).
pub trait TokenVault: Send + Sync + Debug {
    /// The kept secret, or none.
    ///
    /// # Errors
    /// The store failed, or the entry is damaged.
    fn get(&self, account: &str) -> Result<Option<Secret>, VaultError>;
    /// Keeps `secret` in place of an earlier one; an interrupted call leaves the earlier one.
    ///
    /// # Errors
    /// The store failed.
    fn put(&self, account: &str, secret: &Secret) -> Result<(), VaultError>;
    /// Forgets the account; nothing there is no error.
    ///
    /// # Errors
    /// The store failed.
    fn clear(&self, account: &str) -> Result<(), VaultError>;
}

/// Which vault was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultKind {
    /// The system's keyring, proved by write, read and delete.
    Keyring,
    /// Nothing survives the process.
    MemoryOnly {
        /// What the keyring said, for the log.
        why: String,
    },
}

/// A vault that forgets everything with the process; also for tests.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<HashMap<String, Secret>>);

impl TokenVault for MemoryVault {
    fn get(&self, account: &str) -> Result<Option<Secret>, VaultError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(account).cloned())
    }

    fn put(&self, account: &str, secret: &Secret) -> Result<(), VaultError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn clear(&self, account: &str) -> Result<(), VaultError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }
}

/// A store of short texts, as the systems have them. `None` from `read` means that there is no such entry.
pub(crate) trait ShortStore: Send + Sync + Debug {
    fn read(&self, key: &str) -> Result<Option<Zeroizing<String>>, VaultError>;
    fn write(&self, key: &str, text: &str) -> Result<(), VaultError>;
    fn delete(&self, key: &str) -> Result<(), VaultError>;
}

/// Proves a store by write, read and delete. A store without a keyring behind it answers "no entry" to a read and
/// fails only on a write, so a read alone proves nothing.
pub(crate) fn prove(store: &dyn ShortStore) -> Result<(), VaultError> {
    const KEY: &str = "probe";
    let value = hex::encode(rand::rng().random::<[u8; 16]>());
    store.write(KEY, &value)?;
    let read = store.read(KEY)?;
    store.delete(KEY)?;
    match read {
        Some(text) if *text == value => Ok(()),
        Some(_) => Err(VaultError::Store("gave back another text than was written".to_owned())),
        None => Err(VaultError::Store("forgot what was written".to_owned())),
    }
}

/// UTF-16 units in one part: Windows keeps 2,560 bytes of UTF-16 a credential.
pub(crate) const PART_UNITS: usize = 1_280;

/// A vault over a store of short texts. The head names the parts and their digest; parts of a new secret are written
/// beside those of the old one and the head last, so that an interrupted write leaves the old secret whole.
#[derive(Debug)]
pub(crate) struct PartsVault<S>(pub(crate) S);

struct Head {
    side: char,
    parts: usize,
    digest: String,
}

impl Head {
    fn parse(text: &str) -> Option<Self> {
        let mut fields = text.split(':');
        if fields.next() != Some("1") {
            return None;
        }
        let side = fields.next()?.chars().next().filter(|s| matches!(s, 'a' | 'b'))?;
        let parts = fields.next()?.parse().ok().filter(|n| (1..=64).contains(n))?;
        Some(Self { side, parts, digest: fields.next()?.to_owned() })
    }
}

fn part_key(account: &str, side: char, i: usize) -> String {
    format!("{account}.{side}.{i}")
}

fn digest(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes())[..16])
}

fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut units) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        if units + c.len_utf16() > PART_UNITS {
            parts.push(&text[start..at]);
            (start, units) = (at, 0);
        }
        units += c.len_utf16();
    }
    parts.push(&text[start..]);
    parts
}

impl<S: ShortStore> PartsVault<S> {
    fn head(&self, account: &str) -> Result<Option<Head>, VaultError> {
        Ok(self.0.read(account)?.and_then(|text| Head::parse(&text)))
    }

    fn delete_parts(&self, account: &str, head: &Head) -> Result<(), VaultError> {
        (0..head.parts).try_for_each(|i| self.0.delete(&part_key(account, head.side, i)))
    }
}

impl<S: ShortStore> TokenVault for PartsVault<S> {
    fn get(&self, account: &str) -> Result<Option<Secret>, VaultError> {
        let Some(text) = self.0.read(account)? else { return Ok(None) };
        let head = Head::parse(&text).ok_or(VaultError::Damaged)?;
        let mut whole = Zeroizing::new(String::new());
        for i in 0..head.parts {
            whole.push_str(&self.0.read(&part_key(account, head.side, i))?.ok_or(VaultError::Damaged)?);
        }
        if digest(&whole) != head.digest {
            return Err(VaultError::Damaged);
        }
        Ok(Some(Secret::new(whole.as_str())))
    }

    fn put(&self, account: &str, secret: &Secret) -> Result<(), VaultError> {
        let old = self.head(account)?;
        let side = if old.as_ref().is_some_and(|h| h.side == 'a') { 'b' } else { 'a' };
        let parts = parts(secret.expose());
        for (i, part) in parts.iter().enumerate() {
            self.0.write(&part_key(account, side, i), part)?;
        }
        self.0.write(account, &format!("1:{side}:{}:{}", parts.len(), digest(secret.expose())))?;
        old.map_or(Ok(()), |old| self.delete_parts(account, &old))
    }

    fn clear(&self, account: &str) -> Result<(), VaultError> {
        let head = self.head(account)?;
        self.0.delete(account)?;
        head.map_or(Ok(()), |head| self.delete_parts(account, &head))
    }
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
