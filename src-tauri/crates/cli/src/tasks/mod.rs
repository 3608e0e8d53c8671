//! `pvhcc tasks`: the tasks of the checklists without a window.

mod evidence;

use crate::{Outcome, Place, actor::Who};

/// In whose name, and what to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    who: Who,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Minh chứng của một nhiệm vụ: xem, thêm, rút, kiểm tra tệp
    Evidence(evidence::Args),
}

pub(crate) async fn run(place: &Place, args: Args) -> Outcome {
    match args.command {
        Command::Evidence(command) => evidence::run(place, &args.who, command).await,
    }
}
