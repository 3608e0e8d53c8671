//! Who was let in and with which tokens: codes in memory, families of refresh and access tokens in the folder, so that
//! a restart of the training profile does not sign everybody out. Tokens are kept as SHA-256 only.

use crate::{folder::Folder, server::SandboxError};
use pvhcc_domain::time::Ms;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

const FILE: &str = "vneid-grants.json";
/// Sign-ins kept; the oldest go first.
const KEPT: usize = 200;
/// Life of a code, in real time.
const CODE_LIFE: Duration = Duration::from_secs(60);

/// What a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Consent {
    pub(super) client_id: String,
    pub(super) sub: String,
    pub(super) scope: String,
    pub(super) auth_time: Ms,
}

/// A code waiting to be exchanged.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) consent: Consent,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) nonce: Option<String>,
    pub(super) made: Instant,
}

#[derive(Debug)]
enum CodeState {
    Waiting(Code),
    /// Exchanged for this family: a second use revokes it.
    Used(String),
    Burnt,
}

/// One sign-in with all tokens that came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Family {
    id: String,
    consent: Consent,
    refresh: String,
    used: Vec<String>,
    access: Vec<(String, Ms)>,
}

/// New tokens of a family.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) family: String,
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) consent: Consent,
}

#[derive(Debug, Default)]
struct Inner {
    codes: HashMap<String, CodeState>,
    families: Vec<Family>,
}

#[derive(Debug)]
pub(super) struct Grants {
    inner: Mutex<Inner>,
    folder: Folder,
}

pub(super) fn random() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

impl Grants {
    pub(super) fn open(folder: Folder) -> Result<Self, SandboxError> {
        let families = folder.read(FILE)?.unwrap_or_default();
        Ok(Self { inner: Mutex::new(Inner { codes: HashMap::new(), families }), folder })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn save(&self, inner: &Inner) {
        if let Err(error) = self.folder.write(FILE, &inner.families) {
            tracing::warn!(%error, "sandbox sign-ins not written; a restart will forget them");
        }
    }

    /// A code for what was agreed.
    pub(super) fn code(&self, code: Code) -> String {
        let text = random();
        self.lock().codes.insert(digest(&text), CodeState::Waiting(code));
        text
    }

    /// Takes a code if `right` agrees. Whatever goes wrong burns the code; a second use also revokes what came of it.
    pub(super) fn exchange(
        &self,
        text: &str,
        expires: Ms,
        right: impl FnOnce(&Code) -> bool,
    ) -> Option<(Issued, Option<String>)> {
        let key = digest(text);
        let mut inner = self.lock();
        let state = inner.codes.insert(key.clone(), CodeState::Burnt);
        match state {
            Some(CodeState::Waiting(code)) if code.made.elapsed() <= CODE_LIFE && right(&code) => {
                let id = random();
                inner.codes.insert(key, CodeState::Used(id.clone()));
                let (access, refresh) = (random(), random());
                inner.families.push(Family {
                    id: id.clone(),
                    consent: code.consent.clone(),
                    refresh: digest(&refresh),
                    used: Vec::new(),
                    access: vec![(digest(&access), expires)],
                });
                if inner.families.len() > KEPT {
                    inner.families.remove(0);
                }
                self.save(&inner);
                Some((Issued { family: id, access, refresh, consent: code.consent }, code.nonce))
            }
            Some(CodeState::Used(family)) => {
                inner.families.retain(|f| f.id != family);
                self.save(&inner);
                None
            }
            Some(_) => None,
            None => {
                inner.codes.remove(&key);
                None
            }
        }
    }

    /// New tokens for a refresh token; one that was used before revokes its whole family.
    pub(super) fn refresh(&self, token: &str, client_id: &str, now: Ms, expires: Ms) -> Option<Issued> {
        let key = digest(token);
        let mut inner = self.lock();
        if inner.families.iter().any(|f| f.used.contains(&key)) {
            inner.families.retain(|f| !f.used.contains(&key));
            self.save(&inner);
            return None;
        }
        let family =
            inner.families.iter_mut().find(|f| f.refresh == key && f.consent.client_id == client_id)?;
        let (access, refresh) = (random(), random());
        family.used.push(std::mem::replace(&mut family.refresh, digest(&refresh)));
        family.access.retain(|(_, until)| *until > now);
        family.access.push((digest(&access), expires));
        let issued = Issued { family: family.id.clone(), access, refresh, consent: family.consent.clone() };
        self.save(&inner);
        Some(issued)
    }

    /// Whom an access token speaks for.
    pub(super) fn subject(&self, access: &str, now: Ms) -> Option<Consent> {
        let key = digest(access);
        let inner = self.lock();
        let family =
            inner.families.iter().find(|f| f.access.iter().any(|(k, until)| *k == key && *until > now));
        family.map(|f| f.consent.clone())
    }

    /// Ends a token: a refresh token takes its family along.
    pub(super) fn revoke(&self, token: &str) {
        let key = digest(token);
        let mut inner = self.lock();
        inner.families.retain(|f| f.refresh != key && !f.used.contains(&key));
        for family in &mut inner.families {
            family.access.retain(|(k, _)| *k != key);
        }
        self.save(&inner);
    }

    /// Ends a sign-in.
    pub(super) fn end(&self, family: &str) {
        let mut inner = self.lock();
        inner.families.retain(|f| f.id != family);
        self.save(&inner);
    }
}
