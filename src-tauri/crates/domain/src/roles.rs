//! Who may do what (design §6). Checked in `app` for every command and written with the act.

use serde::{Deserialize, Serialize};

/// A role of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Chuyên viên.
    Staff,
    /// Trực.
    Duty,
    /// Lãnh đạo.
    Leader,
    /// Quản trị.
    Admin,
}

/// What a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Nothing: before and without signing in.
    Open,
    /// Reading everything: any role, or the offline read-only window.
    Read,
    /// Updating tasks.
    EditTasks,
    /// Freezing figures, writing, reviewing and sending the report, saying why it is late.
    WriteReport,
    /// Signing the report: a leader's, or a deputy's of the roster.
    SignReport,
    /// Reporting an incident, adding to its timeline; the registers, readiness and shifts.
    Report,
    /// Owning incidents, alerts, runbook steps, hand-over.
    RunDuty,
    /// Go or no-go, and first of two at the point of no return: a leader's, or a deputy's of the roster.
    Decide,
    /// Settings, rules, secrets, retention: an admin's, in the window or named on the command line.
    Configure,
    /// Who has which role: an admin's who signed in.
    Administer,
}

impl Role {
    /// Whether this role alone grants `permission`. For tasks, the unit is checked besides ([`may_edit_task`]).
    #[must_use]
    pub fn grants(self, permission: Permission) -> bool {
        match permission {
            Permission::Open | Permission::Read => true,
            Permission::EditTasks => matches!(self, Self::Staff | Self::Duty),
            Permission::WriteReport | Permission::Report => {
                matches!(self, Self::Staff | Self::Duty | Self::Leader)
            }
            Permission::SignReport | Permission::Decide => self == Self::Leader,
            Permission::RunDuty => self == Self::Duty,
            Permission::Configure | Permission::Administer => self == Self::Admin,
        }
    }
}

/// Whether someone of `unit` may update a task led by `lead_units`: coordinating units update every task
/// on behalf of its lead unit; others only their own (design §6).
#[must_use]
pub fn may_edit_task(role: Role, unit: &str, lead_units: &[String], coordinating_units: &[String]) -> bool {
    role.grants(Permission::EditTasks)
        && (coordinating_units.iter().any(|u| u == unit) || lead_units.iter().any(|u| u == unit))
}

/// Whether someone of `unit` may change, answer or settle an obstacle: coordinating units may all of them; others those they
/// recorded themselves (`own`), those that touch their unit, and those that their unit must answer.
#[must_use]
pub fn may_edit_obstacle(
    role: Role,
    unit: &str,
    own: bool,
    concerned_units: &[String],
    coordinating_units: &[String],
) -> bool {
    role.grants(Permission::EditTasks)
        && (own || concerned_units.iter().chain(coordinating_units).any(|u| u == unit))
}

/// Whether someone may review or give back a report: a leader or a deputy; staff and duty of a coordinating unit, unless they
/// are its author (`own`).
#[must_use]
pub fn may_review_report(
    role: Role,
    deputy: bool,
    unit: &str,
    own: bool,
    coordinating_units: &[String],
) -> bool {
    role == Role::Leader
        || deputy
        || (role.grants(Permission::WriteReport) && !own && coordinating_units.iter().any(|u| u == unit))
}

/// How the person behind an act was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// Signed in with VNeID.
    Online,
    /// Opened with the PIN while VNeID could not be reached.
    Offline,
    /// Written by the set-up (one-time code, seeded training history).
    Setup,
    /// Named on the command line: told by whoever may read the profile's folder, proved by nobody.
    CommandLine,
}
