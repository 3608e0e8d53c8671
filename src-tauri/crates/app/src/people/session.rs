//! What the window knows about its user between commands. Tokens live in `signin` and never come here as text.

use crate::{
    App,
    config::Config,
    messages,
    profile::Profile,
    secrets::SecretName,
    wire::{AppEvent, ClaimArgs, Phase, PinArgs, ProfileView, SessionView, UserView, WireError},
    words,
};
use pvhcc_domain::{
    act::Act,
    roles::{Auth, Role},
};
use pvhcc_signin as signin;
use std::sync::Arc;

/// Wrong PINs in a row, kept so that a restart does not forgive them; and how many end the PINs.
const PIN_FAILURES: &str = "pin.failures";
const PIN_TRIES: u32 = 5;

/// The running state of signing in.
#[derive(Default)]
pub(crate) struct Session {
    /// Pseudonym and how it is known.
    pub(super) known: Option<(String, Auth)>,
    pub(super) network: Option<Arc<signin::Session>>,
    pub(super) attempt: Option<signin::AttemptHandle>,
    pub(super) authorize_url: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) network_signed_out: bool,
    /// The commands come from the command line, see [`App::on_command_line`].
    pub(super) command_line: bool,
}

impl Session {
    pub(crate) fn person(&self) -> Option<(String, Auth)> {
        self.known.clone()
    }

    /// State of VNeID for the top bar: signed in there, signed out of the network, or neither.
    pub(crate) fn on_network(&self) -> Option<bool> {
        if self.network.is_some() { Some(true) } else { self.known.as_ref().map(|_| false) }
    }
}

/// What the settings say about VNeID. A client secret is needed only where VNeID registers confidential clients alone.
fn provider(config: &Config, client_secret: Option<signin::Secret>) -> signin::ProviderConfig {
    let v = &config.vneid;
    signin::ProviderConfig {
        issuer: Some(v.issuer.clone()),
        manual: v.endpoints.as_ref().map(|e| signin::ManualEndpoints {
            issuer: v.issuer.clone(),
            authorization: e.authorization.clone(),
            token: e.token.clone(),
            jwks: e.jwks.clone(),
            userinfo: e.userinfo.clone(),
            end_session: e.end_session.clone(),
            revocation: e.revocation.clone(),
        }),
        client_id: v.client_id.clone(),
        client_secret,
        redirect: signin::RedirectConfig {
            ports: v.redirect_ports.clone(),
            override_uri: v.redirect_uri.clone(),
        },
        post_logout_redirect: v.post_logout_redirect_uri.clone(),
        scopes: v.scopes.clone(),
        pkce: v.pkce,
        proxy: config.network.proxy.clone(),
        ca_file: config.network.ca_file.clone(),
        timeout: std::time::Duration::from_secs(15),
    }
}

impl App {
    /// How VNeID is reached, with the client secret if there is one.
    ///
    /// # Errors
    /// `Config` while the profile has no settings.
    pub(crate) async fn provider(&self) -> Result<signin::ProviderConfig, WireError> {
        let Some(config) = &self.0.config else { return Err(messages::no_sources()) };
        Ok(provider(config, self.0.secrets.get(SecretName::VneidClient).await))
    }

    pub(crate) async fn session(&self) -> Result<SessionView, WireError> {
        let store = &self.0.store;
        let (known, waiting, mut view) = {
            let s = self.0.session.lock().await;
            let view = SessionView {
                phase: Phase::SignedOut,
                profile: self.profile_view(),
                user: None,
                request_code: None,
                authorize_url: s.authorize_url.clone(),
                problem: s.problem.clone(),
                vault_note: self.0.secrets.without_keyring().then(|| {
                    "Máy này không có kho khóa của hệ điều hành: phiên đăng nhập chỉ giữ trong bộ nhớ, mở lại phải đăng nhập lại."
                        .to_owned()
                }),
                network_signed_out: s.network_signed_out,
                pin_available: false,
                pin_until: None,
                can_read: false,
                can_edit: false,
                can_administer: false,
                needs_first_admin: false,
                now: self.now().0,
            };
            (s.known.clone(), s.attempt.is_some(), view)
        };
        let pins = store.pins(self.now()).await.map_err(|e| messages::store(&e))?;
        view.pin_available = !pins.is_empty();
        view.can_read = self.seat_was_used().await?;
        let roster = super::roster_at(&self.events_of(super::ROSTER).await?, self.now().day());
        view.needs_first_admin = !roster.iter().any(|a| a.role == Role::Admin && a.active);
        if let Some((person, auth)) = known {
            view.pin_until = pins.iter().find(|(p, _)| *p == person).map(|(_, pin)| pin.valid_until.0);
            if let Some(a) = roster.iter().find(|a| a.person == person && a.active) {
                let names = store.names().await.map_err(|e| messages::store(&e))?;
                view.phase = Phase::Active;
                view.can_read = true;
                view.can_edit = matches!(a.role, Role::Staff | Role::Duty);
                view.can_administer = a.role == Role::Admin;
                view.user = Some(UserView {
                    name: names.get(&a.roster_id).cloned().unwrap_or_else(|| words::role(a.role).to_owned()),
                    role: a.role,
                    role_text: words::role(a.role).to_owned(),
                    unit: a.unit.clone(),
                    unit_name: self.unit_view(&a.unit).short,
                    auth,
                });
            } else {
                view.phase = Phase::NoRole;
                view.request_code = Some(signin::request_code(&person));
            }
        } else if waiting {
            view.phase = Phase::WaitingBrowser;
        } else if self.0.config.is_none() {
            view.phase = Phase::FirstStart;
        }
        Ok(view)
    }

    fn profile_view(&self) -> ProfileView {
        let training = self.0.profile == Profile::Training;
        ProfileView {
            training,
            badge: if training { "TẬP HUẤN" } else { "CHÍNH THỨC" }.to_owned(),
            center: self
                .0
                .units
                .coordinating()
                .first()
                .map(|u| self.0.units.short_name(u).to_owned())
                .unwrap_or_default(),
            product: "Tích hợp DVC".to_owned(),
        }
    }

    pub(crate) async fn set_pin(&self, args: PinArgs) -> Result<SessionView, WireError> {
        let Some((person, auth)) = self.0.session.lock().await.person() else {
            return Err(messages::unauthenticated());
        };
        if auth != Auth::Online {
            return Err(messages::invalid("pin", "Hãy đăng nhập bằng VNeID rồi mới đặt mã PIN."));
        }
        let phc = signin::pin::hash(&args.pin).map_err(|e| messages::pin(&e))?;
        let days = crate::rules::number("pin.days", &self.events_of("rules").await?, self.now());
        let until = self.now().plus(days * 86_400_000);
        self.0.store.put_pin(&person, &phc, until).await.map_err(|e| messages::store(&e))?;
        self.emit(AppEvent::SessionChanged);
        self.session().await
    }

    /// Opens the profile as the person whose PIN this is. After five wrong ones all PINs of this seat end.
    pub(crate) async fn sign_in_pin(&self, args: PinArgs) -> Result<SessionView, WireError> {
        let store = &self.0.store;
        let pins = store.pins(self.now()).await.map_err(|e| messages::store(&e))?;
        let Some((person, _)) = pins.iter().find(|(_, pin)| signin::pin::verify(&args.pin, &pin.verifier))
        else {
            return Err(self.wrong_pin(&pins).await?);
        };
        store.remove_setting(PIN_FAILURES).await.map_err(|e| messages::store(&e))?;
        {
            let mut s = self.0.session.lock().await;
            s.known = Some((person.clone(), Auth::Offline));
            s.problem = None;
        }
        self.emit(AppEvent::SessionChanged);
        self.session().await
    }

    async fn wrong_pin(&self, pins: &[(String, pvhcc_store::Pin)]) -> Result<WireError, WireError> {
        let store = &self.0.store;
        let failures: u32 = store
            .setting(PIN_FAILURES)
            .await
            .map_err(|e| messages::store(&e))?
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
            + 1;
        store.put_setting(PIN_FAILURES, &failures.to_string()).await.map_err(|e| messages::store(&e))?;
        if failures >= PIN_TRIES {
            for (person, _) in pins {
                store.delete_pin(person).await.map_err(|e| messages::store(&e))?;
            }
            store.remove_setting(PIN_FAILURES).await.map_err(|e| messages::store(&e))?;
            self.emit(AppEvent::SessionChanged);
            return Ok(messages::invalid("pin", "Sai mã PIN 5 lần: mã đã bị hủy. Hãy đăng nhập bằng VNeID."));
        }
        Ok(messages::invalid(
            "pin",
            &format!("Mã PIN không đúng hoặc đã hết hạn. Còn {} lần thử.", PIN_TRIES - failures),
        ))
    }

    /// The first admin enters by the one-time code of `pvhcc admin init`.
    pub(crate) async fn claim_admin(&self, args: ClaimArgs) -> Result<SessionView, WireError> {
        let Some((person, auth)) = self.0.session.lock().await.person() else {
            return Err(messages::unauthenticated());
        };
        let store = &self.0.store;
        let hash = store.admin_code().await.map_err(|e| messages::store(&e))?;
        let hash = hash.filter(|h| signin::code_matches(&args.code, h));
        let taken = match &hash {
            Some(hash) => store.take_admin_code(hash).await.map_err(|e| messages::store(&e))?,
            None => false,
        };
        if !taken {
            return Err(messages::invalid(
                "code",
                "Mã không đúng hoặc đã dùng. Hãy chạy «pvhcc admin init» để lấy mã mới.",
            ));
        }
        let unit = self.0.units.coordinating().into_iter().next().unwrap_or_default();
        let roster_id = uuid::Uuid::now_v7().to_string();
        self.0.store.put_name(&roster_id, "Quản trị").await.map_err(|e| messages::store(&e))?;
        let actor = super::Actor {
            person: person.clone(),
            role: Role::Admin,
            unit: unit.clone(),
            auth,
            deputy: false,
        };
        let act = Act::RosterAssigned {
            person,
            roster_id,
            unit,
            role: Role::Admin,
            from: self.now().day(),
            to: None,
            deputy: false,
        };
        self.say(&actor, super::ROSTER, None, act).await?;
        self.mark_seat_used().await?;
        self.emit(AppEvent::SessionChanged);
        self.session().await
    }

    pub(super) async fn mark_seat_used(&self) -> Result<(), WireError> {
        self.0.store.put_setting("seat.used", "1").await.map_err(|e| messages::store(&e))
    }
}

impl App {
    /// A new one-time code for the first admin; only its hash is kept, and an earlier code ends.
    ///
    /// # Errors
    /// `Forbidden` when the roster has an admin already; `Storage`.
    pub async fn admin_code(&self) -> Result<String, WireError> {
        let roster = super::roster_at(&self.events_of(super::ROSTER).await?, self.now().day());
        if roster.iter().any(|a| a.role == Role::Admin && a.active) {
            return Err(WireError::new(
                crate::wire::ErrorCode::Forbidden,
                "Danh sách đã có quản trị. Người đó phân quyền cho người khác trong Cài đặt.",
            ));
        }
        let code = signin::one_time_code();
        let hash = signin::code_hash(&code);
        self.0.store.put_admin_code(&hash).await.map_err(|e| messages::store(&e))?;
        Ok(code)
    }
}

/// Asks the provider for its description and keys, and whether it takes the client secret if there is one; what failed, as a
/// clause in Vietnamese.
pub(crate) async fn test_provider(
    config: &Config,
    client_secret: Option<signin::Secret>,
) -> Result<(), String> {
    signin::probe(&provider(config, client_secret)).await.map_err(|e| messages::probe(&e))
}
