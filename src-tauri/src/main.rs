//! The desktop shell: one window, the tray, signals, and the adapter that hands commands to `pvhcc-app`.
//!
//! It knows `tauri` and nothing of the field: no command has a meaning here, no data is read here.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod args;
mod backend;
mod browser;
mod geometry;
mod memory;
mod quit;
mod raise;
mod reminders;
mod signals;
mod startup_page;
mod tray;
mod window;

use args::Args;
use backend::Backend;
use pvhcc_app::{logging::LogGuard, wire::AppEvent};
use quit::Quit;
use std::{io::Write, process::ExitCode, sync::Arc, time::Duration};
use tauri::{AppHandle, Builder, RunEvent, generate_context};

/// After this the profile opens though the page, which may not be drawn on a locked screen, has asked for nothing; real time.
const LONGEST_UNASKED: Duration = Duration::from_secs(3);

fn main() -> ExitCode {
    memory::one_arena();
    quiet_dmabuf();
    let args = Args::read();
    if no_display() {
        return fail(
            "no display: start the dashboard in a graphical session, or use `pvhcc` without a window",
        );
    }
    let folder = match args.folder(args.profile()) {
        Ok(folder) => folder,
        Err(problem) => return fail(&problem.message),
    };
    // The usual second start: the first window comes forward and this process is done.
    if raise::ask(&folder) {
        return ExitCode::SUCCESS;
    }
    let log = pvhcc_app::logging::start(&folder);
    match run(args, folder, log) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&format!("cannot open the window: {problem}")),
    }
}

fn run(args: Args, folder: std::path::PathBuf, log: Option<LogGuard>) -> tauri::Result<()> {
    let profile = args.profile();
    let title = Args::title(profile);
    let keep_in_tray = args.keep_in_tray;
    let backend = Backend::default();
    let quit = Arc::new(Quit::new(backend.clone(), folder.clone()));

    let app = Builder::default()
        .invoke_handler(backend::handler(backend.clone()))
        .register_uri_scheme_protocol(startup_page::SCHEME, {
            let backend = backend.clone();
            move |_, _| startup_page::respond(backend.problem().as_ref())
        })
        .setup({
            let (backend, quit, folder) = (backend.clone(), Arc::clone(&quit), folder.clone());
            move |app| {
                let handle = app.handle().clone();
                window::open(app, &title, profile, &folder)?;
                signals::watch(&handle, &quit);
                tauri::async_runtime::spawn(tray_later(
                    backend.clone(),
                    handle.clone(),
                    title,
                    quit,
                    keep_in_tray,
                ));
                tauri::async_runtime::spawn(async move { profiles(&args, log, &backend, &handle).await });
                Ok(())
            }
        })
        .on_window_event({
            let quit = Arc::clone(&quit);
            move |window, event| window::on_event(window, event, &quit)
        })
        .build(generate_context!())?;

    app.run(move |handle, event| {
        // The last window went, or the session ends: the same quit, once. A code means that it is over.
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
            quit.request(handle);
        }
    });
    Ok(())
}

/// The tray is an extra: its library is not loaded while somebody waits for the first picture.
async fn tray_later(backend: Backend, handle: AppHandle, title: String, quit: Arc<Quit>, keep_in_tray: bool) {
    backend.first_asked().await;
    let build = {
        let handle = handle.clone();
        move || {
            let tray = tray::build(&handle, &title, &quit);
            quit.hide_on_close(tray && keep_in_tray);
        }
    };
    if let Err(problem) = handle.run_on_main_thread(build) {
        tracing::warn!(%problem, "no tray");
    }
}

/// Opens the profile, and in its place the one that the set-up chooses: one window, one folder at a time. What the page shows from the
/// last time is drawn first; then it asks.
async fn profiles(args: &Args, mut log: Option<LogGuard>, backend: &Backend, handle: &AppHandle) {
    let _ = tokio::time::timeout(LONGEST_UNASKED, backend.first_asked()).await;
    let mut profile = args.profile();
    loop {
        let Some(app) = backend.open(args.options(profile), handle).await else {
            return;
        };
        let raising = raise::serve(app.folder(), handle);
        profile = app.chosen().await;
        tracing::info!(profile = profile.folder(), "going on with another profile");
        if let Some(raising) = raising {
            raising.abort();
        }
        raise::withdraw(app.folder());
        backend.close().await;
        if let Ok(folder) = args.folder(profile) {
            // The guard of the log before goes when its last lines are written.
            drop(std::mem::replace(&mut log, pvhcc_app::logging::start(&folder)));
        }
        window::retitle(handle, &Args::title(profile));
        // It asks again, and waits until the profile is open.
        backend::tell(handle, &AppEvent::SessionChanged);
    }
}

/// The DMA-BUF renderer of WebKitGTK leaves a blank window on some drivers and says nothing; a user who set the
/// variable knows better.
#[cfg(target_os = "linux")]
#[allow(
    unsafe_code,
    clippy::disallowed_methods,
    reason = "first statement of main: no other thread exists yet"
)]
fn quiet_dmabuf() {
    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(NAME).is_none() {
        unsafe { std::env::set_var(NAME, "1") };
    }
}

#[cfg(not(target_os = "linux"))]
fn quiet_dmabuf() {}

/// Without a display GTK would end the process with a panic that names neither cause nor remedy.
fn no_display() -> bool {
    cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .all(|name| std::env::var_os(name).is_none_or(|v| v.is_empty()))
}

fn fail(problem: &str) -> ExitCode {
    // Nobody may be listening; then there is nothing left to tell.
    let _ = writeln!(std::io::stderr(), "pvhcc-desktop: {problem}");
    ExitCode::from(2)
}
