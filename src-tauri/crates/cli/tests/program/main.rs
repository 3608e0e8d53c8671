//! `pvhcc` as a program: what it prints, what it writes and in whose name, how it ends.

mod bars;
mod dossiers;
mod import;
mod lists;
mod obstacles;
mod remind;
mod report;
mod secrets;
mod time;

use std::{
    path::Path,
    process::{Command, Output},
};

/// One run on the training profile in `folder`, in nobody's name unless `args` say so.
fn pvhcc(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pvhcc"))
        .args(["--training", "--data-dir"])
        .arg(folder)
        .args(args)
        .env_remove("PVHCC_AS")
        .output()
        .expect("runs")
}

/// What a run that went well printed.
fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}
