//! The system's keyring as a store of short texts. The only place that knows `keyring`.

use crate::{
    TokenVault, VaultError,
    vault::{MemoryVault, PartsVault, ShortStore, VaultKind, prove},
};
use std::{
    sync::{Arc, mpsc},
    time::Duration,
};
use zeroize::Zeroizing;

/// A keyring that waits for its user longer than this is treated as failing: the window must not hang on it.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Clone)]
struct Keyring {
    service: String,
}

impl Keyring {
    /// Runs on a thread of its own: the D-Bus client may block, and must not find itself inside an async runtime.
    fn ask<T: Send + 'static>(
        &self,
        key: &str,
        what: impl FnOnce(&keyring::Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (service, key) = (self.service.clone(), key.to_owned());
        let (answer, waiting) = mpsc::sync_channel(1);
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                let outcome = keyring::Entry::new(&service, &key).and_then(|entry| what(&entry));
                // Nobody is waiting any more when the patience ran out.
                let _ = answer.send(outcome);
            })
            .map_err(|e| VaultError::Store(e.to_string()))?;
        match waiting.recv_timeout(PATIENCE) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(e)) => Err(VaultError::Store(describe(&e))),
            Err(_) => Err(VaultError::Store(format!("no answer in {} s", PATIENCE.as_secs()))),
        }
    }
}

/// Some variants carry the bytes of the secret; those are named only.
fn describe(e: &keyring::Error) -> String {
    match e {
        keyring::Error::BadEncoding(_) => "entry is not UTF-8".to_owned(),
        keyring::Error::BadDataFormat(..) => "entry has another format".to_owned(),
        other => other.to_string(),
    }
}

impl ShortStore for Keyring {
    fn read(&self, key: &str) -> Result<Option<Zeroizing<String>>, VaultError> {
        self.ask(key, |entry| match entry.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(e) => Err(e),
        })
    }

    fn write(&self, key: &str, text: &str) -> Result<(), VaultError> {
        let text = Zeroizing::new(text.to_owned());
        self.ask(key, move |entry| entry.set_password(&text))
    }

    fn delete(&self, key: &str) -> Result<(), VaultError> {
        self.ask(key, |entry| match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(e) => Err(e),
        })
    }
}

/// The keyring under `service` if it proves itself by write, read and delete, else a vault in memory. May block for
/// ten seconds when the keyring is locked and its user does not answer.
#[must_use]
pub fn open_vault(service: &str) -> (Arc<dyn TokenVault>, VaultKind) {
    choose(Keyring { service: service.to_owned() })
}

fn choose<S: ShortStore + 'static>(store: S) -> (Arc<dyn TokenVault>, VaultKind) {
    match prove(&store) {
        Ok(()) => (Arc::new(PartsVault(store)), VaultKind::Keyring),
        Err(e) => (Arc::new(MemoryVault::default()), VaultKind::MemoryOnly { why: e.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    /// As Linux with a bus but no unlocked keyring.
    #[derive(Debug)]
    struct Locked;

    impl ShortStore for Locked {
        fn read(&self, _: &str) -> Result<Option<Zeroizing<String>>, VaultError> {
            Ok(None)
        }
        fn write(&self, _: &str, _: &str) -> Result<(), VaultError> {
            Err(VaultError::Store("no storage access".to_owned()))
        }
        fn delete(&self, _: &str) -> Result<(), VaultError> {
            Ok(())
        }
    }

    #[test]
    fn without_a_proved_keyring_the_token_stays_in_memory_and_the_reason_is_told() {
        let (vault, kind) = choose(Locked);
        assert_eq!(kind, VaultKind::MemoryOnly { why: "keyring: no storage access".to_owned() });
        vault.put("refresh", &Secret::new("t")).expect("memory takes it");
        assert_eq!(vault.get("refresh").expect("readable"), Some(Secret::new("t")));
    }
}
