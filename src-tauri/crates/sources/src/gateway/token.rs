//! The client-credentials token: fetched once for all callers, kept in memory until shortly before it ends.

use crate::{
    Secret,
    error::{FailureKind, FetchError},
    host::Host,
    reply,
};
use serde::Deserialize;
use std::time::Duration;
use tokio::{sync::Mutex, time::Instant};

const TOKEN: &str = "/oauth/token";
/// Life assumed when the gateway names none.
const DEFAULT_LIFE: u64 = 300;

#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Option<(Secret, Instant)>>);

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    token_type: String,
    expires_in: Option<u64>,
}

impl Tokens {
    /// Forgets `token` unless another caller has replaced it meanwhile.
    pub(super) async fn forget(&self, token: &Secret) {
        let mut kept = self.0.lock().await;
        if kept.as_ref().is_some_and(|(known, _)| known == token) {
            *kept = None;
        }
    }

    pub(super) async fn get(
        &self,
        host: &Host,
        id: &str,
        secret: &Secret,
        route: &str,
    ) -> Result<Secret, FetchError> {
        let mut kept = self.0.lock().await;
        if let Some((token, _)) = kept.as_ref().filter(|(_, until)| Instant::now() < *until) {
            return Ok(token.clone());
        }
        let form =
            [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret.expose())];
        let answer = host.send(host.post(TOKEN).form(&form), TOKEN).await?;
        // RFC 6749 §5.2 answers wrong credentials with 400 or 401.
        if matches!(answer.status.as_u16(), 400 | 401) {
            return Err(FetchError::new(FailureKind::Unauthorized, route, "client credentials refused"));
        }
        let answer = reply::accept(answer, TOKEN, false, host.now())?;
        // No evidence: even masked, its hash would be the hash of a credential.
        let parsed: TokenAnswer = serde_json::from_slice(&answer.body)
            .map_err(|_| FetchError::new(FailureKind::BadSchema, TOKEN, "not a token answer"))?;
        if !parsed.token_type.eq_ignore_ascii_case("bearer") || parsed.access_token.is_empty() {
            return Err(FetchError::new(FailureKind::BadSchema, TOKEN, "not a bearer token"));
        }
        let life = parsed.expires_in.unwrap_or(DEFAULT_LIFE).min(86_400);
        // A tenth of its life before the end, so that no request travels with a token that ends on the way.
        let until = Instant::now() + Duration::from_secs(life - life / 10);
        let token = Secret::new(parsed.access_token);
        *kept = Some((token.clone(), until));
        Ok(token)
    }
}
