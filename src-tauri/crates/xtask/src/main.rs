//! `cargo xtask …`: everything one does with the repository, on a machine that has only Rust and Node.
//!
//! It installs what is missing, calls cargo, npm and node, and stops at the first step that fails. It knows the
//! repository's layout and nothing of the product.

mod bench;
mod packages;
mod run;
mod steps;
mod test;

use std::process::ExitCode;
use steps::{Failure, say};

const USAGE: &str = "cargo xtask <task>

  run                          build the dashboard and open it on the training profile
                               (without a display: drive it under Xvfb and write screenshots to target/run/)
  test                         everything CI checks
  bench                        the bounds of speed and size: name ratio bound ok|over
  campaign kill [--rounds N]   kill -9 at random moments of editing and polling (100 rounds)
  types                        write the TypeScript that is generated from the commands
  setup                        only install what run and test need";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => run::run(),
        ["test"] => test::test(),
        ["bench"] => bench::bench(),
        ["campaign", "kill"] => test::campaign_kill("100"),
        ["campaign", "kill", "--rounds", rounds] => test::campaign_kill(rounds),
        ["types"] => test::types(),
        ["setup"] => packages::ensure(packages::ALL).and_then(|()| packages::ensure_node()),
        ["help" | "--help" | "-h"] => {
            say(USAGE);
            Ok(())
        }
        _ => Err(Failure::new("usage", USAGE)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("\nFAILED: {}\n{}", failure.step, failure.why));
            ExitCode::FAILURE
        }
    }
}
