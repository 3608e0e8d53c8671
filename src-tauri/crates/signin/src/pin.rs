//! The PIN that opens a profile while VNeID cannot be reached. Must not know who has one, for how long, or how many
//! tries are left.

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng},
};
use thiserror::Error;

/// Why a PIN is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinError {
    /// Not 6 to 12 characters.
    #[error("a PIN has 6 to 12 digits")]
    Length,
    /// Something other than 0–9.
    #[error("a PIN has digits only")]
    NotDigits,
    /// One digit repeated, or a run as 123456 or 987654.
    #[error("a PIN is not one digit repeated or a run")]
    TooSimple,
    /// The hash could not be computed (memory).
    #[error("the PIN could not be hashed")]
    Hash,
}

fn check(pin: &str) -> Result<(), PinError> {
    if !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PinError::NotDigits);
    }
    if !(6..=12).contains(&pin.len()) {
        return Err(PinError::Length);
    }
    let steps: Vec<i16> = pin.as_bytes().windows(2).map(|w| i16::from(w[1]) - i16::from(w[0])).collect();
    if [-1, 0, 1].iter().any(|run| steps.iter().all(|s| s == run)) {
        return Err(PinError::TooSimple);
    }
    Ok(())
}

/// The PHC text (Argon2id, 19 MiB, 2 passes, own salt) to keep for `pin`.
///
/// # Errors
/// When the PIN breaks a rule; `Hash` when there is no memory for it.
pub fn hash(pin: &str) -> Result<String, PinError> {
    check(pin)?;
    let salt = SaltString::generate(&mut OsRng);
    Ok(Argon2::default().hash_password(pin.as_bytes(), &salt).map_err(|_| PinError::Hash)?.to_string())
}

/// Whether `pin` is the one of `phc`. A text that is not PHC matches nothing.
#[must_use]
pub fn verify(pin: &str, phc: &str) -> bool {
    PasswordHash::new(phc)
        .is_ok_and(|parsed| Argon2::default().verify_password(pin.as_bytes(), &parsed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_pins_are_refused_each_for_its_reason() {
        for (pin, why) in [
            ("12345", PinError::Length),
            ("1357924680135", PinError::Length),
            ("12a456", PinError::NotDigits),
            ("٣٣٤٤٥٥", PinError::NotDigits),
            ("777777", PinError::TooSimple),
            ("123456", PinError::TooSimple),
            ("987654", PinError::TooSimple),
        ] {
            assert_eq!(hash(pin), Err(why), "{pin}");
        }
    }

    #[test]
    fn only_the_same_pin_opens_and_two_hashes_of_it_differ() {
        let first = hash("271828").expect("good PIN");
        assert!(first.starts_with("$argon2id$"));
        assert_ne!(first, hash("271828").expect("good PIN"));
        assert!(verify("271828", &first));
        assert!(!verify("271829", &first));
        assert!(!verify("271828", "not a hash"));
    }
}
