//! The dispatcher: name and JSON in, JSON or [`WireError`] out; permissions checked before the use case runs.

use crate::{App, messages, people::Actor, wire::*};
use pvhcc_domain::roles::Permission;
use serde::Serialize;
use serde_json::Value;
use std::pin::Pin;

/// One command of the table.
#[derive(Debug, Clone, Copy)]
pub struct CommandSpec {
    /// Name, as the window calls it.
    pub name: &'static str,
    /// What it needs.
    pub permission: Permission,
    /// What it does.
    pub about: &'static str,
}

/// Type of what is sent with a command.
macro_rules! sent {
    () => {
        NoArgs
    };
    ($args:ty) => {
        $args
    };
}

/// The profile that a command reads: as it is, or `as_of` the moment that was sent. Nobody acts in the past.
macro_rules! seen {
    ($app:ident, $actor:ident, $args:ident) => {
        ($app.clone(), $actor)
    };
    ($app:ident, $actor:ident, $args:ident, as_of) => {
        ($app.at($args.as_of).await?, $actor.filter(|_| $args.as_of.is_none()))
    };
}

/// What a use case takes, by its word in the table.
macro_rules! given {
    (who, $actor:ident, $args:ident) => {
        $actor.as_ref()
    };
    (by, $actor:ident, $args:ident) => {
        &somebody($actor)?
    };
    (args, $actor:ident, $args:ident) => {
        $args
    };
}

/// A command under way.
type Running = Pin<Box<dyn Future<Output = Result<Value, WireError>> + Send>>;

macro_rules! commands {
    ($($name:ident($($given:ident),* $(: $args:ty)?) -> $out:ty, $perm:ident $($moment:ident)?, $about:literal;)*) => {
        /// Every command, in the table's order.
        pub const COMMANDS: &[CommandSpec] = &[
            $(CommandSpec { name: stringify!($name), permission: Permission::$perm, about: $about }),*
        ];

        impl App {
            /// Runs one command.
            ///
            /// # Errors
            /// `NotFound` for an unknown command, `Invalid` for arguments that do not fit,
            /// `Unauthenticated` or `Forbidden` without the permission, and whatever the use case answers.
            pub async fn dispatch(&self, name: &str, args: Value) -> Result<Value, WireError> {
                self.command(name, args).await.map_err(|e| messages::in_folder(e, self.folder()))
            }

            #[allow(unused_variables, reason = "not every command asks who is there or what was sent")]
            async fn command(&self, name: &str, args: Value) -> Result<Value, WireError> {
                // A function each: what all of them keep while they wait would not fit a stack together.
                let run: fn(App, Value) -> Running = match name {
                    $(stringify!($name) => |app, args| Box::pin(async move {
                        let actor = app.authorise(Permission::$perm).await?;
                        let args: sent!($($args)?) = arguments(args)?;
                        let (app, actor) = seen!(app, actor, args $(, $moment)?);
                        let out: $out = Box::pin(app.$name($(given!($given, actor, args)),*)).await?;
                        result(&out)
                    }),)*
                    _ => return Err(WireError::new(ErrorCode::NotFound, format!("Không có lệnh “{name}”."))),
                };
                run(self.clone(), args).await
            }
        }
    };
}
include!("table.rs");

fn arguments<T: serde::de::DeserializeOwned>(args: Value) -> Result<T, WireError> {
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args };
    serde_json::from_value(args)
        .map_err(|e| WireError::new(ErrorCode::Invalid, format!("Dữ liệu gửi lên không đúng dạng: {e}.")))
}

fn result<T: Serialize>(out: &T) -> Result<Value, WireError> {
    serde_json::to_value(out).map_err(|e| messages::builtin(&e))
}

/// The person, for commands that write; `authorise` has let nobody else through.
fn somebody(actor: Option<Actor>) -> Result<Actor, WireError> {
    actor.ok_or_else(messages::unauthenticated)
}

#[cfg(test)]
mod tests {
    use super::COMMANDS;

    #[test]
    fn names_are_unique_and_fit_a_permission_identifier() {
        let mut names: Vec<&str> = COMMANDS.iter().map(|c| c.name).collect();
        assert!(names.iter().all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
