//! Signing out: here at once, then the tokens at VNeID, then VNeID's own session in the person's browser.

use super::sign_in::ACCOUNT;
use crate::{
    App,
    wire::{AppEvent, SessionView, WireError},
};
use pvhcc_signin as signin;
use std::sync::Arc;

/// What is still to be done by hand after a sign-out that did not reach VNeID or the browser.
const AWAY: &str = "Đã đăng xuất trên máy này. Chưa kết nối được VNeID nên phiên ở đó chưa kết thúc: hãy đóng hết \
     cửa sổ trình duyệt trước khi rời máy.";
const NO_PLACE: &str = "Đã đăng xuất trên máy này. VNeID không có trang đăng xuất: hãy đóng hết cửa sổ trình duyệt để \
     kết thúc phiên ở đó.";
const NO_BROWSER: &str = "Đã đăng xuất trên máy này nhưng không mở được trình duyệt để kết thúc phiên ở VNeID. Hãy mở \
     VNeID trên trình duyệt và đăng xuất ở đó.";

impl App {
    /// Ends the session here at once, with or without a network; the rest goes on beside it and is told when it fails.
    pub(crate) async fn sign_out(&self) -> Result<SessionView, WireError> {
        let vault = self.0.secrets.vault().await;
        let (was_known, network) = {
            let mut s = self.0.session.lock().await;
            if let Some(attempt) = s.attempt.take() {
                attempt.cancel();
            }
            s.problem = None;
            s.authorize_url = None;
            s.network_signed_out = false;
            (s.known.take().is_some(), s.network.take())
        };
        if let Ok(Err(e)) = tokio::task::spawn_blocking(move || vault.clear(ACCOUNT)).await {
            tracing::warn!(error = %e, "the kept refresh token was not cleared");
        }
        if was_known {
            let app = self.clone();
            tokio::spawn(async move { app.end_at_provider(network).await });
        }
        self.forget_second_person().await;
        self.emit(AppEvent::SessionChanged);
        self.session().await
    }

    async fn end_at_provider(self, network: Option<Arc<signin::Session>>) {
        if let Some(problem) = self.leave(network).await {
            {
                let mut s = self.0.session.lock().await;
                // Whoever signs in meanwhile has other things to read.
                if s.known.is_some() || s.attempt.is_some() {
                    return;
                }
                s.problem = Some(problem.to_owned());
            }
            self.emit(AppEvent::SessionChanged);
        }
    }

    /// Revokes the tokens and takes the browser to VNeID's end of session; what is left to do by hand.
    async fn leave(&self, network: Option<Arc<signin::Session>>) -> Option<&'static str> {
        if let Some(network) = network
            && let Err(e) = network.sign_out().await
        {
            tracing::warn!(error = %e, "the tokens were not revoked at VNeID");
            if matches!(e, signin::SignInError::Unreachable { .. }) {
                return Some(AWAY);
            }
        }
        let provider = self.provider().await.ok()?;
        let logout = match signin::end_session(&provider).await {
            Ok(Some(logout)) => logout,
            Ok(None) => return Some(NO_PLACE),
            Err(e) => {
                tracing::warn!(error = %e, "end of session at VNeID failed");
                return Some(AWAY);
            }
        };
        if let Err(why) = (self.0.open_browser)(logout.url.as_str()) {
            tracing::warn!(%why, "browser did not open");
            return Some(NO_BROWSER);
        }
        if logout.returned.await {
            self.emit(AppEvent::Notice {
                message: "Đã đăng xuất khỏi VNeID trên trình duyệt.".to_owned()
            });
        }
        None
    }
}
