//! The daily report from its freeze, charts and all, as DOCX, XLSX and PDF, against LibreOffice converting the finished DOCX.

mod measure;

// Its other days are for the tests.
#[allow(dead_code)]
#[path = "../../src-tauri/crates/reports/tests/daily/fixture.rs"]
mod fixture;

use fixture::{before, form, full, stamp, words};
use measure::{RUNS, median, report};
use pvhcc_charts::{Size, Theme, draw, png, sample_figures};
use pvhcc_reports::daily::{ChartKind, Paper, Picture, compose};
use std::{
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

/// A chart as the report has it: 620 × 270 px, and as PNG of three times that.
fn picture(kind: ChartKind) -> Option<Picture> {
    let at = match kind {
        ChartKind::BurnUp => 0,
        ChartKind::Months => 3,
    };
    let (_, figure) = sample_figures().into_iter().nth(at)?;
    let size = Size { width: 620, height: 270 };
    let chart = draw(&figure, Theme::Print, size).expect("drawn");
    let png = png(&figure, Theme::Print, size, 3).expect("drawn");
    Some(Picture { svg: chart.svg, png, width: size.width, height: size.height })
}

fn paper() -> Paper {
    compose(&full(), Some(&before()), &words(), &form(), &stamp(), &picture)
}

/// All three files; how long they took, and the DOCX.
fn ours() -> (f64, Vec<u8>) {
    let began = Instant::now();
    let paper = paper();
    let docx = paper.docx().expect("DOCX");
    paper.xlsx().expect("XLSX");
    paper.pdf().expect("PDF");
    (began.elapsed().as_secs_f64(), docx)
}

fn theirs(folder: &Path) -> f64 {
    let began = Instant::now();
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join("report.docx"))
        .output()
        .expect("soffice starts");
    assert!(output.status.success() && folder.join("out/report.pdf").is_file(), "LibreOffice failed");
    began.elapsed().as_secs_f64()
}

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, docx) = ours();
    std::fs::write(folder.path().join("report.docx"), docx).expect("written");
    // The first start makes its profile, which no later one does.
    theirs(folder.path());
    let ours = median((0..RUNS).map(|_| ours().0).collect());
    let theirs = median((0..RUNS).map(|_| theirs(folder.path())).collect());
    if report("daily_report_vs_libreoffice", ours / theirs, 0.25) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
