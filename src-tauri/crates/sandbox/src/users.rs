//! The people of the training province: roles for names, so that nobody real is meant.

use pvhcc_domain::roles::Role;

/// One fictional person who can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// Short name for automation: `login_hint` and the key of seeded history.
    pub key: &'static str,
    /// Subject of the ID token.
    pub sub: &'static str,
    /// As shown.
    pub display_name: &'static str,
    /// The role that the training roster gives; `None` for the one who has none.
    pub role: Option<Role>,
    /// Unit id of the checklist; `None` with no role.
    pub unit: Option<&'static str>,
}

/// All people: one a role, one of a lead unit that does not coordinate, one without a role.
#[must_use]
pub fn users() -> Vec<User> {
    let user = |key, sub, display_name, role, unit| User { key, sub, display_name, role, unit };
    vec![
        user("staff", "tap-huan-0001", "Chuyên viên 01", Some(Role::Staff), Some("tt_pvhcc")),
        user("duty", "tap-huan-0002", "Trực 02", Some(Role::Duty), Some("tt_pvhcc")),
        user("leader", "tap-huan-0003", "Lãnh đạo 03", Some(Role::Leader), Some("vp_ubnd")),
        user("admin", "tap-huan-0005", "Quản trị 05", Some(Role::Admin), Some("tt_pvhcc")),
        user("vnpt", "tap-huan-0004", "Chuyên viên 04", Some(Role::Staff), Some("vnpt")),
        user("guest", "tap-huan-0006", "Cán bộ 06", None, None),
    ]
}

/// What the sign-in page says beside the name.
pub(crate) fn role_name(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Staff) => "chuyên viên",
        Some(Role::Duty) => "trực",
        Some(Role::Leader) => "lãnh đạo",
        Some(Role::Admin) => "quản trị",
        None => "chưa được phân vai trò",
    }
}
