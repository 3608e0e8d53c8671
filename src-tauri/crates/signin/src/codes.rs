//! Pseudonyms and short codes. Must not know where they are kept.

use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Crockford's 32 characters: no I, L, O or U, so that a code can be read over the phone.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A person as the journal knows them: HMAC-SHA256 of issuer and subject under this installation's key, 64 hex digits.
/// Without the key it cannot be tried out against known subjects.
#[must_use]
pub fn pseudonym(key: &[u8; 32], issuer: &str, subject: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    // The length keeps (ab, c) and (a, bc) apart.
    mac.update(&(issuer.len() as u64).to_be_bytes());
    mac.update(issuer.as_bytes());
    mac.update(subject.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

fn grouped(bits: impl IntoIterator<Item = u8>) -> String {
    let mut code = String::new();
    for (i, five) in bits.into_iter().enumerate() {
        if i > 0 && i % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(LETTERS[usize::from(five & 31)]));
    }
    code
}

/// A new code for the first admin: 80 random bits as `XXXX-XXXX-XXXX-XXXX`.
#[must_use]
pub fn one_time_code() -> String {
    let mut random = rand::rng();
    grouped((0..16).map(|_| random.random::<u8>()))
}

/// What was meant by what was typed: any case, with or without dashes and spaces, O for 0, I and L for 1.
fn normal(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

/// What is kept of a one-time code: SHA-256 in hex. 80 random bits need no slow hash.
#[must_use]
pub fn code_hash(code: &str) -> String {
    hex::encode(Sha256::digest(normal(code).as_bytes()))
}

/// Whether `typed` is the code of `hash`; takes the same time either way.
#[must_use]
pub fn code_matches(typed: &str, hash: &str) -> bool {
    code_hash(typed).as_bytes().ct_eq(hash.as_bytes()).into()
}

/// The short code that someone without a role shows to the admin: `XXXX-XXXX`, always the same for one pseudonym.
#[must_use]
pub fn request_code(pseudonym: &str) -> String {
    let digest = Sha256::new().chain_update(b"request-code\0").chain_update(pseudonym.as_bytes()).finalize();
    grouped(digest.iter().take(8).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_depends_on_key_issuer_and_subject_and_on_where_one_ends() {
        let key = [7; 32];
        let base = pseudonym(&key, "https://a", "bc");
        assert_eq!(base.len(), 64);
        assert_eq!(base, pseudonym(&key, "https://a", "bc"));
        for other in [
            pseudonym(&[8; 32], "https://a", "bc"),
            pseudonym(&key, "https://ab", "c"),
            pseudonym(&key, "https://a", "bd"),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_one_time_code_is_taken_however_it_is_typed_and_no_other_is() {
        let code = one_time_code();
        assert_eq!(code.len(), 19);
        let hash = code_hash(&code);
        assert!(!hash.contains(&code));
        assert!(code_matches(&code, &hash));
        assert!(code_matches(&code.to_lowercase().replace('-', " "), &hash));
        assert!(code_matches(&code.replace('0', "o").replace('1', "l"), &hash));
        assert!(!code_matches(&one_time_code(), &hash));
        assert!(!code_matches("", &hash));
    }

    #[test]
    fn a_request_code_is_stable_short_and_differs_between_people() {
        let a = request_code("person-a");
        assert_eq!(a, request_code("person-a"));
        assert_eq!(a.len(), 9);
        assert_ne!(a, request_code("person-b"));
        assert!(!a.contains(['I', 'L', 'O', 'U']));
    }
}
