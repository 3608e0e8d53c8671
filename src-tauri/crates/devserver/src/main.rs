//! The commands over HTTP for browser tests and the kill campaign; never shipped.
//!
//! It opens a profile as the window does, serves the built page, and prints one line of JSON with its addresses. It
//! knows no command: `POST /api/<command>` hands the body on as it is.

mod guard;
mod routes;
mod statics;

use clap::Parser;
use pvhcc_app::{App, Options, Profile};
use pvhcc_domain::time::Ms;
use std::{
    io::Write,
    net::SocketAddr,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
    sync::Arc,
};
use tokio::net::TcpListener;

/// The dashboard's commands over HTTP, for tests.
#[derive(Debug, Parser)]
struct Args {
    /// The built page.
    #[arg(long, value_name = "DIR", default_value = "ui/dist")]
    ui: PathBuf,
    /// Where to listen; only loopback addresses are taken.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The training profile's folder.
    #[arg(long, value_name = "DIR")]
    data_dir: PathBuf,
    /// Start of the sandbox's clock in a new folder, RFC 3339.
    #[arg(long, value_name = "INSTANT")]
    sandbox_clock: Option<String>,
    /// How fast that clock runs; 1 without a night, else the night's own.
    #[arg(long)]
    sandbox_speed: Option<f64>,
    /// Night of the sandbox to play (`cutover-night`).
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// Leave the dossier records out, for tests that do not look at them.
    #[arg(long)]
    no_records: bool,
    /// Program that follows sign-in links; without it the page shows the address.
    #[arg(long, env = "PVHCC_BROWSER")]
    browser: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "pvhcc-devserver: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    if !args.listen.ip().is_loopback() {
        return Err(format!("{} is not a loopback address", args.listen).into());
    }
    let night = args.scenario.as_ref().and_then(|id| pvhcc_app::scenario(id));
    let speed = args.sandbox_speed.or(night.map(|(_, speed)| speed)).unwrap_or(1.0);
    let sandbox_clock = match &args.sandbox_clock {
        Some(text) => Some((Ms::parse_rfc3339(text)?, speed)),
        None => night.map(|(start, _)| (start, speed)),
    };
    let browser = args.browser.clone();
    let app = App::open(Options {
        profile: Profile::Training,
        config_path: None,
        data_dir: Some(args.data_dir.clone()),
        sandbox_clock,
        scenario: args.scenario.clone(),
        open_browser: Arc::new(move |url| follow(browser.as_deref(), url)),
        // A test looks at the copy itself; no program of this machine is started.
        open_file: Arc::new(|_| Ok(())),
        poll: true,
        records: !args.no_records,
        exclusive: true,
    })
    .await?;

    let listener = TcpListener::bind(args.listen).await?;
    let address = listener.local_addr()?;
    let sandbox = app.sandbox_urls().map(|urls| {
        serde_json::json!({
            "issuer": urls.issuer, "gateway": urls.gateway, "portal": urls.portal, "pages": urls.pages,
            "control": urls.control,
        })
    });
    let line = serde_json::json!({
        "url": format!("http://{address}"), "sandbox": sandbox, "pid": std::process::id(),
    });
    writeln!(std::io::stdout(), "{line}")?;

    let routes = routes::routes(app.clone(), args.ui, address);
    tokio::select! {
        served = axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>()) => served?,
        // Streams of events never end by themselves: leaving them is how the server stops.
        () = asked_to_stop() => {}
    }
    app.shutdown().await;
    Ok(())
}

async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Hands a sign-in link to the program that stands for the user and their browser.
fn follow(command: Option<&str>, url: &str) -> Result<(), String> {
    let Some(command) = command else { return Ok(()) };
    let mut words = command.split_whitespace();
    let Some(program) = words.next() else { return Ok(()) };
    let mut child = Command::new(program)
        .args(words)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    std::thread::spawn(move || child.wait());
    Ok(())
}
