//! Who is at the window: signing in, roles, PIN, and the checks every command passes.

mod command_line;
mod roster;
mod session;
mod sign_in;
mod sign_out;

pub(crate) use roster::{Assignment, roster_at};
pub(crate) use session::{Session, test_provider};

use crate::{
    App, messages,
    wire::{ErrorCode, WireError},
};
use pvhcc_domain::roles::{Auth, Permission, Role};

/// Issuer under which the training users are hashed, whatever port the sandbox has.
pub(crate) const SANDBOX_ISSUER: &str = "urn:pvhcc:sandbox";

/// Entity of all roster events.
pub(crate) const ROSTER: &str = "roster";

/// The person behind an act.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    pub(crate) person: String,
    pub(crate) role: Role,
    pub(crate) unit: String,
    pub(crate) auth: Auth,
    /// Signs the report and decides at gates in the leader's place.
    pub(crate) deputy: bool,
}

impl Actor {
    /// Whether role and roster grant `permission`.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        let of_leaders = matches!(
            permission,
            Permission::WriteReport | Permission::SignReport | Permission::Report | Permission::Decide
        );
        self.role.grants(permission) || (of_leaders && self.deputy)
    }
}

impl App {
    /// The person at the window with a role in force today.
    pub(crate) async fn actor(&self) -> Result<Option<Actor>, WireError> {
        let known = self.0.session.lock().await.person();
        let Some((person, auth)) = known else { return Ok(None) };
        let assignment = self.assignment(&person).await?;
        Ok(assignment.map(|a| Actor { person, role: a.role, unit: a.unit, auth, deputy: a.deputy }))
    }

    /// The role of a person in force today.
    pub(crate) async fn assignment(&self, person: &str) -> Result<Option<Assignment>, WireError> {
        let events = self.events_of(ROSTER).await?;
        Ok(roster_at(&events, self.now().day()).into_iter().find(|a| a.person == person && a.active))
    }

    /// Checks `permission` for a command and returns who acts. Reading needs no one once someone with a role
    /// has signed in on this seat: the data stays readable offline, never writable anonymously.
    pub(crate) async fn authorise(&self, permission: Permission) -> Result<Option<Actor>, WireError> {
        let actor = self.actor().await?;
        match (&actor, permission) {
            (_, Permission::Open) => Ok(actor),
            (Some(a), Permission::Administer) if a.auth == Auth::CommandLine => Err(WireError::new(
                ErrorCode::Forbidden,
                "Phân quyền chỉ đổi được trong cửa sổ, sau khi đăng nhập bằng VNeID.",
            )),
            (Some(a), Permission::SignReport) if a.auth == Auth::CommandLine => Err(WireError::new(
                ErrorCode::Forbidden,
                "Báo cáo chỉ ký được trong cửa sổ, sau khi đăng nhập bằng VNeID.",
            )),
            (Some(a), Permission::Decide) if a.auth == Auth::CommandLine => Err(WireError::new(
                ErrorCode::Forbidden,
                "Quyết định ở cổng kiểm soát chỉ ghi được trong cửa sổ, sau khi đăng nhập bằng VNeID.",
            )),
            (Some(a), p) if a.may(p) => Ok(actor),
            (None, Permission::Read)
                if self.0.session.lock().await.command_line || self.seat_was_used().await? =>
            {
                Ok(None)
            }
            (Some(_), _) => Err(WireError::new(
                ErrorCode::Forbidden,
                "Vai trò của bạn không được làm việc này. Hãy nhờ người có vai trò phù hợp, hoặc đề nghị quản trị phân quyền.",
            )),
            (None, _) if self.0.session.lock().await.command_line => Err(WireError::new(
                ErrorCode::Unauthenticated,
                "Lệnh này ghi dữ liệu: hãy cho biết ai thực hiện bằng --as <mã trong danh sách cán bộ>.",
            )),
            (None, _) => Err(WireError::new(
                ErrorCode::Unauthenticated,
                "Bạn chưa đăng nhập. Hãy đăng nhập bằng VNeID, hoặc bằng mã PIN khi mất mạng.",
            )),
        }
    }

    /// Somebody with a role signed in on this seat before.
    pub(crate) async fn seat_was_used(&self) -> Result<bool, WireError> {
        Ok(self.0.store.setting("seat.used").await.map_err(|e| messages::store(&e))?.is_some())
    }

    /// All events of an entity, in journal order.
    pub(crate) async fn events_of(&self, entity: &str) -> Result<Vec<pvhcc_domain::act::Event>, WireError> {
        let events = self.0.store.events(Some(entity), 0, i64::MAX).await;
        Ok(self.known(events.map_err(|e| messages::store(&e))?))
    }
}
