//! Signing in, first start and set-up.

use pvhcc_domain::roles::{Auth, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What the window shows first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No settings yet: offer training or the set-up.
    FirstStart,
    /// Nobody is signed in; the data can be read once someone had signed in on this seat.
    SignedOut,
    /// The browser is open at VNeID.
    WaitingBrowser,
    /// Signed in, but the roster gives no role.
    NoRole,
    /// Signed in with a role.
    Active,
}

/// Which profile is open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProfileView {
    /// Training (`true`) or official.
    pub training: bool,
    /// `TẬP HUẤN` or `CHÍNH THỨC`.
    pub badge: String,
    /// Name of the centre, for the head of the navigation.
    pub center: String,
    /// Name of the product, short.
    pub product: String,
}

/// The person at the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserView {
    /// Display name of the roster.
    pub name: String,
    /// Role.
    #[ts(type = "Role")]
    pub role: Role,
    /// Role in words.
    pub role_text: String,
    /// Unit id.
    pub unit: String,
    /// Unit in words.
    pub unit_name: String,
    /// How the person is known now.
    #[ts(type = "Auth")]
    pub auth: Auth,
}

/// Who is signed in and what the window may do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// What to show.
    pub phase: Phase,
    /// Which profile.
    pub profile: ProfileView,
    /// The person, when `Active`.
    pub user: Option<UserView>,
    /// For `NoRole`: the code to give to the admin.
    pub request_code: Option<String>,
    /// For `WaitingBrowser`: the address, to open or copy by hand.
    pub authorize_url: Option<String>,
    /// Why the last attempt failed, Vietnamese.
    pub problem: Option<String>,
    /// The refresh token lives in memory only; why, Vietnamese. `None`: it is in the keyring.
    pub vault_note: Option<String>,
    /// VNeID refused the refresh: going on offline.
    pub network_signed_out: bool,
    /// Somebody set a PIN on this seat that is still valid.
    pub pin_available: bool,
    /// The person at the window has a PIN; until when.
    pub pin_until: Option<i64>,
    /// Data may be read (someone signed in on this seat before, or now).
    pub can_read: bool,
    /// Tasks may be updated.
    pub can_edit: bool,
    /// Settings may be changed.
    pub can_administer: bool,
    /// No admin in the roster yet: the one-time code can be used.
    pub needs_first_admin: bool,
    /// Domain time.
    pub now: i64,
}

/// A redirect address, or its query.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PasteArgs {
    /// As copied from the browser.
    pub url: String,
}

/// A PIN.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PinArgs {
    /// 6–12 digits.
    pub pin: String,
}

impl std::fmt::Debug for PinArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinArgs(<redacted>)")
    }
}

/// The one-time code of `pvhcc admin init`.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ClaimArgs {
    /// As printed.
    pub code: String,
}

impl std::fmt::Debug for ClaimArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClaimArgs(<redacted>)")
    }
}

/// What the first start has to offer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupView {
    /// Settings exist.
    pub configured: bool,
    /// The settings file.
    pub config_path: String,
    /// The program goes on by itself with what was chosen; otherwise it must be opened again by hand.
    pub reopens: bool,
    /// This machine has a keyring to keep secrets in.
    pub keyring: bool,
    /// The secrets that the sources ask for, without the secrets themselves.
    pub secrets: Vec<SecretView>,
}

/// A secret, told apart from its value, which never comes to the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SecretView {
    /// The environment variable it can stand in, and its name in [`SetupArgs::secrets`].
    pub variable: String,
    /// In words.
    pub title: String,
    /// The source cannot be asked without it.
    pub required: bool,
    /// Where it is now.
    pub place: Option<SecretPlace>,
    /// Kept in the keyring since; none also when that is not known.
    pub since: Option<i64>,
    /// Who put it there; none for the set-up, where nobody is signed in.
    pub who: Option<String>,
}

/// The secrets of the profile's sources.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SecretsView {
    /// The training profile has none.
    pub training: bool,
    /// This machine has a keyring to keep secrets in.
    pub keyring: bool,
    /// In the order VNeID, gateway, portal.
    pub secrets: Vec<SecretView>,
}

/// Put a secret in place of an earlier one.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SecretArgs {
    /// [`SecretView::variable`].
    pub variable: String,
    /// The secret.
    pub value: String,
    /// Keep it without trying it at its source.
    #[serde(default)]
    pub untried: bool,
}

impl std::fmt::Debug for SecretArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretArgs").field("variable", &self.variable).finish_non_exhaustive()
    }
}

/// Which secret.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SecretKeyArgs {
    /// [`SecretView::variable`].
    pub variable: String,
}

/// Where a secret was found. The environment comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SecretPlace {
    /// An environment variable.
    Environment,
    /// The system's keyring.
    Keyring,
}

/// Addresses of the official profile, which are saved in its settings file, and secrets, which go to the keyring.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetupArgs {
    /// VNeID issuer.
    pub issuer: String,
    /// Client id registered at VNeID.
    pub client_id: String,
    /// Gateway base address.
    pub gateway: String,
    /// Portal base address (Security Server adapter).
    pub portal: String,
    /// Member code of the national portal on the Security Server.
    pub dstcode: String,
    /// Provider address that goes with it.
    pub provider_url: String,
    /// Account at the portal.
    pub username: String,
    /// The unit's code at the portal (`madonvi`).
    pub unit_code: String,
    /// Secrets typed, by [`SecretView::variable`]; an absent or empty one stays as it is.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
}

impl std::fmt::Debug for SetupArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetupArgs")
            .field("issuer", &self.issuer)
            .field("gateway", &self.gateway)
            .field("portal", &self.portal)
            .finish_non_exhaustive()
    }
}

/// Result of a connection test, one line a source.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupTestView {
    /// In the order VNeID, gateway, portal.
    pub lines: Vec<SetupTestLine>,
}

/// One line of the connection test.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupTestLine {
    /// What was tried.
    pub title: String,
    /// Whether it answered as it should.
    pub ok: bool,
    /// What failed and whom to ask, Vietnamese.
    pub text: String,
}
