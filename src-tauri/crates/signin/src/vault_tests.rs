//! Claims about keeping, on a store that has the limits of Windows and fails on command.

use super::*;
use std::sync::Arc;

#[derive(Debug, Default, Clone)]
struct Store(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    kept: HashMap<String, String>,
    /// Writes that still succeed; none means no limit.
    writes_left: Option<usize>,
    changes_what_it_keeps: bool,
    forgets: bool,
}

impl ShortStore for Store {
    fn read(&self, key: &str) -> Result<Option<Zeroizing<String>>, VaultError> {
        Ok(self.0.lock().unwrap().kept.get(key).cloned().map(Zeroizing::new))
    }

    fn write(&self, key: &str, text: &str) -> Result<(), VaultError> {
        let mut s = self.0.lock().unwrap();
        if text.encode_utf16().count() * 2 > 2_560 {
            return Err(VaultError::Store("too long".to_owned()));
        }
        match &mut s.writes_left {
            Some(0) => return Err(VaultError::Store("no storage access".to_owned())),
            Some(n) => *n -= 1,
            None => {}
        }
        if !s.forgets {
            let kept = if s.changes_what_it_keeps { format!("{text}?") } else { text.to_owned() };
            s.kept.insert(key.to_owned(), kept);
        }
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), VaultError> {
        self.0.lock().unwrap().kept.remove(key);
        Ok(())
    }
}

#[test]
fn a_store_that_says_no_entry_and_cannot_write_is_not_a_keyring() {
    let store = Store::default();
    store.0.lock().unwrap().writes_left = Some(0);
    assert!(matches!(store.read("probe"), Ok(None)));
    assert!(prove(&store).is_err());
}

#[test]
fn a_store_that_forgets_or_changes_what_it_was_given_is_not_a_keyring() {
    let store = Store::default();
    store.0.lock().unwrap().forgets = true;
    assert!(prove(&store).is_err());
    let store = Store::default();
    store.0.lock().unwrap().changes_what_it_keeps = true;
    assert!(prove(&store).is_err());
}

#[test]
fn a_good_store_is_proved_and_left_empty() {
    let store = Store::default();
    prove(&store).expect("good store");
    assert!(store.0.lock().unwrap().kept.is_empty());
}

#[test]
fn a_long_token_is_kept_in_parts_replaced_by_a_short_one_and_cleared_without_rest() {
    let store = Store::default();
    let vault = PartsVault(store.clone());
    // 9,000 bytes; the letters outside the BMP take two units each.
    let long = Secret::new("ế𝄞ab".repeat(1_000));
    assert!(store.write("x", long.expose()).is_err(), "the store itself has the limit");
    vault.put("refresh", &long).expect("kept");
    assert_eq!(vault.get("refresh").expect("readable"), Some(long));
    vault.put("refresh", &Secret::new("short")).expect("kept");
    assert_eq!(vault.get("refresh").expect("readable"), Some(Secret::new("short")));
    assert_eq!(store.0.lock().unwrap().kept.len(), 2, "head and one part");
    vault.clear("refresh").expect("cleared");
    assert!(store.0.lock().unwrap().kept.is_empty());
    assert_eq!(vault.get("refresh").expect("readable"), None);
}

#[test]
fn a_write_cut_off_at_any_point_leaves_the_earlier_token_whole() {
    let new = Secret::new("n".repeat(4_000));
    for cut in 0..5 {
        let store = Store::default();
        let vault = PartsVault(store.clone());
        vault.put("refresh", &Secret::new("old")).expect("kept");
        store.0.lock().unwrap().writes_left = Some(cut);
        assert!(vault.put("refresh", &new).is_err(), "{cut} writes of 5 are too few");
        assert_eq!(vault.get("refresh").expect("readable"), Some(Secret::new("old")), "cut after {cut}");
    }
}

#[test]
fn a_lost_or_changed_part_is_damage_not_another_token() {
    let store = Store::default();
    let vault = PartsVault(store.clone());
    vault.put("refresh", &Secret::new("t".repeat(3_000))).expect("kept");
    store.0.lock().unwrap().kept.insert("refresh.a.1".to_owned(), "x".to_owned());
    assert!(matches!(vault.get("refresh"), Err(VaultError::Damaged)));
    store.0.lock().unwrap().kept.remove("refresh.a.1");
    assert!(matches!(vault.get("refresh"), Err(VaultError::Damaged)));
}
