//! The tray, where the desktop has one: an extra, nothing is reachable only from here.

use crate::{quit::Quit, window};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use tauri::{
    AppHandle,
    menu::{Menu, MenuItem},
    tray::TrayIconBuilder,
};

/// Whether the tray stands. On Linux its library is loaded at run time and panics when it is missing.
pub(crate) fn build(handle: &AppHandle, title: &str, quit: &Arc<Quit>) -> bool {
    match catch_unwind(AssertUnwindSafe(|| try_build(handle, title, quit))) {
        Ok(Ok(())) => true,
        Ok(Err(problem)) => {
            tracing::warn!(%problem, "no tray");
            false
        }
        Err(_) => {
            tracing::warn!("no tray: libayatana-appindicator3 is missing");
            false
        }
    }
}

fn try_build(handle: &AppHandle, title: &str, quit: &Arc<Quit>) -> tauri::Result<()> {
    let open = MenuItem::with_id(handle, "open", "Mở", true, None::<&str>)?;
    let end = MenuItem::with_id(handle, "quit", "Thoát", true, None::<&str>)?;
    let menu = Menu::with_items(handle, &[&open, &end])?;
    let quit = Arc::clone(quit);
    let mut tray =
        TrayIconBuilder::with_id("main").menu(&menu).tooltip(title).on_menu_event(move |handle, event| {
            match event.id.as_ref() {
                "open" => window::bring_forward(handle),
                "quit" => quit.request(handle),
                _ => {}
            }
        });
    if let Some(icon) = handle.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(handle).map(drop)
}
