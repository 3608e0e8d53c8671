//! In whose name a command reads or writes, and the way to the use cases.
//!
//! Reading needs no name: whoever can read the profile's folder can read the data. Writing needs `--as`; see
//! `App::on_command_line` for what that is worth and how the journal marks it.

use crate::Place;
use pvhcc_app::{
    App,
    wire::{ErrorCode, WireError},
};
use serde::{Serialize, de::DeserializeOwned};

/// In whose name, and what to do.
#[derive(clap::Args)]
pub(crate) struct Acting<C: clap::Subcommand> {
    #[command(flatten)]
    pub(crate) who: Who,
    #[command(subcommand)]
    pub(crate) command: C,
}

/// In whose name.
#[derive(clap::Args, Clone)]
pub(crate) struct Who {
    /// Mã trong danh sách cán bộ của người thực hiện; cần khi ghi. Mã sai thì chương trình in danh sách.
    #[arg(long = "as", value_name = "MÃ", env = "PVHCC_AS", global = true)]
    person: Option<String>,
}

impl Who {
    /// Opens the profile for reading, and for writing in the name given.
    pub(crate) async fn open(&self, place: &Place) -> Result<App, WireError> {
        let app = place.open().await?;
        match app.on_command_line(self.person.as_deref()).await {
            Ok(()) => Ok(app),
            Err(e) => {
                app.shutdown().await;
                Err(e)
            }
        }
    }
}

/// Runs one command of the table, with the types of the wire.
pub(crate) async fn call<A: Serialize, T: DeserializeOwned>(
    app: &App,
    command: &str,
    args: &A,
) -> Result<T, WireError> {
    let broken = |e: serde_json::Error| {
        WireError::new(ErrorCode::Internal, format!("Không đọc được kết quả của lệnh {command}: {e}."))
    };
    let args = serde_json::to_value(args).map_err(broken)?;
    serde_json::from_value(app.dispatch(command, args).await?).map_err(broken)
}
