//! A page of twelve charts against matplotlib drawing the same data: `bench_charts PYTHON SCRIPT`.

mod measure;

use measure::{RUNS, median, report};
use std::{
    io::Write,
    process::{Command, ExitCode, Stdio},
};

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let (Some(python), Some(script)) = (args.next(), args.next()) else {
        let _ = writeln!(std::io::stderr(), "bench_charts PYTHON SCRIPT");
        return ExitCode::from(2);
    };
    pvhcc_charts::bench_page().expect("drawn");
    let ours = (0..RUNS).map(|_| pvhcc_charts::bench_page().expect("drawn").as_secs_f64()).collect();

    let figures: Vec<_> = pvhcc_charts::sample_figures().into_iter().map(|(_, figure)| figure).collect();
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python starts");
    let input = serde_json::to_vec(&figures).expect("JSON");
    child.stdin.take().expect("a pipe").write_all(&input).expect("sent");
    let output = child.wait_with_output().expect("python ends");
    assert!(output.status.success(), "matplotlib failed");
    let text = String::from_utf8(output.stdout).expect("text");
    let theirs: Vec<f64> = text.lines().map(|line| line.parse().expect("seconds")).collect();
    assert_eq!(theirs.len(), RUNS, "one figure a run");

    if report("page_of_12_charts_vs_matplotlib", median(ours) / median(theirs), 0.02) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
