//! VNeID: the attempt in the browser, resuming, refreshing.

use crate::{
    App, messages,
    profile::Profile,
    wire::{AppEvent, PasteArgs, SessionView, WireError},
};
use pvhcc_domain::roles::Auth;
use pvhcc_signin as signin;
use std::sync::Arc;

/// Account under which the refresh token is kept.
pub(super) const ACCOUNT: &str = "refresh";

impl App {
    pub(crate) async fn sign_in_start(&self) -> Result<SessionView, WireError> {
        let provider = self.provider().await?;
        let url = {
            let mut s = self.0.session.lock().await;
            if s.attempt.is_some() {
                return Err(messages::busy_sign_in());
            }
            s.problem = None;
            let (handle, future) =
                signin::start(&provider, Arc::clone(&self.0.clock), signin::Prompt::Normal)
                    .await
                    .map_err(|e| messages::sign_in(&e))?;
            let url = handle.authorize_url().to_string();
            s.authorize_url = Some(url.clone());
            s.attempt = Some(handle);
            let app = self.clone();
            tokio::spawn(async move {
                let outcome = future.await;
                app.finish_sign_in(outcome).await;
            });
            url
        };
        if let Err(why) = (self.0.open_browser)(&url) {
            tracing::warn!(%why, "browser did not open");
            self.0.session.lock().await.problem = Some(
                "Không mở được trình duyệt. Hãy chép địa chỉ bên dưới vào trình duyệt để đăng nhập."
                    .to_owned(),
            );
        }
        self.emit(AppEvent::SessionChanged);
        self.session().await
    }

    async fn finish_sign_in(&self, outcome: Result<signin::SignedIn, signin::SignInError>) {
        {
            let mut s = self.0.session.lock().await;
            s.attempt = None;
            s.authorize_url = None;
        }
        let settled = match outcome {
            Ok(signed_in) => self.enter(signed_in).await,
            Err(signin::SignInError::Cancelled) => Ok(()),
            Err(e) => Err(messages::sign_in(&e)),
        };
        if let Err(e) = settled {
            tracing::warn!(code = ?e.code, "sign-in failed");
            self.0.session.lock().await.problem = Some(e.message);
        }
        self.emit(AppEvent::SessionChanged);
    }

    /// How somebody who signed in is known in the journal.
    pub(crate) async fn pseudonym_for(&self, identity: &signin::Identity) -> Result<String, WireError> {
        let key = self.0.store.pseudonym_key().await.map_err(|e| messages::store(&e))?;
        let issuer = match self.0.profile {
            Profile::Training => super::SANDBOX_ISSUER,
            Profile::Official => &identity.issuer,
        };
        Ok(signin::pseudonym(&key, issuer, &identity.subject))
    }

    /// Takes over a good sign-in: pseudonym, refresh token to the vault, request code for someone without a role.
    async fn enter(&self, signed_in: signin::SignedIn) -> Result<(), WireError> {
        let store = &self.0.store;
        let person = self.pseudonym_for(&signed_in.identity).await?;
        let session = Arc::new(signed_in.session);
        let (keeper, vault) = (Arc::clone(&session), self.0.secrets.vault().await);
        let kept = tokio::task::spawn_blocking(move || keeper.keep_in(vault, ACCOUNT)).await;
        if let Ok(Err(e)) = kept {
            tracing::warn!(error = %e, "the refresh token was not kept");
        }
        {
            let mut s = self.0.session.lock().await;
            s.known = Some((person.clone(), Auth::Online));
            s.network = Some(session);
            s.network_signed_out = false;
            s.problem = None;
        }
        if self.assignment(&person).await?.is_some() {
            self.mark_seat_used().await
        } else {
            let code = signin::request_code(&person);
            let value = format!("{person}@{}", self.now().0);
            store.put_setting(&format!("request.{code}"), &value).await.map_err(|e| messages::store(&e))
        }
    }

    pub(crate) async fn sign_in_cancel(&self) -> Result<SessionView, WireError> {
        if let Some(attempt) = &self.0.session.lock().await.attempt {
            attempt.cancel();
        }
        self.session().await
    }

    pub(crate) async fn sign_in_paste(&self, args: PasteArgs) -> Result<SessionView, WireError> {
        {
            let s = self.0.session.lock().await;
            let Some(attempt) = &s.attempt else {
                return Err(messages::invalid(
                    "url",
                    "Không có lần đăng nhập nào đang chờ. Hãy bấm Đăng nhập lại.",
                ));
            };
            attempt.paste(args.url.trim()).map_err(|e| messages::paste(&e))?;
        }
        self.session().await
    }

    /// Signs in again from the kept refresh token, and keeps the session fresh while the window is open.
    pub(crate) fn resume_session(&self) {
        let app = self.clone();
        let weak = Arc::downgrade(&app.0);
        tokio::spawn(async move {
            let Ok(provider) = app.provider().await else { return };
            let vault = app.0.secrets.vault().await;
            match signin::resume(&provider, vault, ACCOUNT, Arc::clone(&app.0.clock)).await {
                Ok(Some(signed_in)) => app.finish_sign_in(Ok(signed_in)).await,
                Ok(None) => {}
                Err(e) => {
                    tracing::info!(error = %e, "the last session was not resumed");
                }
            }
            drop(app);
            let mut tick = tokio::time::interval(std::time::Duration::from_secs(30));
            loop {
                tick.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                App::of(inner).keep_fresh().await;
            }
        });
    }

    /// Refreshes before expiry. A refused refresh signs out of the network, not out of the data.
    async fn keep_fresh(&self) {
        let Some(network) = self.0.session.lock().await.network.clone() else { return };
        match network.access_token().await {
            Ok(_) => {}
            Err(e) if e.is_refused() => {
                let mut s = self.0.session.lock().await;
                s.network = None;
                s.network_signed_out = true;
                if let Some((_, auth)) = &mut s.known {
                    *auth = Auth::Offline;
                }
                drop(s);
                self.emit(AppEvent::SessionChanged);
            }
            Err(e) => tracing::info!(error = %e, "VNeID could not be reached for a refresh"),
        }
    }
}
