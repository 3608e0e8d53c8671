//! The tray, where the desktop has one: an extra, nothing is reachable only from here.

use crate::{quit::Quit, window};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use tauri::{
    AppHandle, Manager,
    menu::{Menu, MenuItem},
    tray::TrayIconBuilder,
};

const ID: &str = "main";

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
    let mut tray = TrayIconBuilder::with_id(ID).menu(&menu).tooltip(title).on_menu_event(
        move |handle, event| match event.id.as_ref() {
            "open" => window::bring_forward(handle),
            "quit" => quit.request(handle),
            _ => {}
        },
    );
    if let Some(icon) = handle.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(handle).map(drop)
}

/// What stands at the icon: a reminder, or (`None`) the window's title. Where there is no tray nothing happens.
pub(crate) fn say(handle: &AppHandle, text: Option<&str>) {
    let Some(tray) = handle.tray_by_id(ID) else { return };
    let title = handle.get_webview_window(window::LABEL).and_then(|window| window.title().ok());
    // Not every desktop has both; on Linux the text stands beside the icon.
    let said = tray.set_tooltip(text.or(title.as_deref())).and_then(|()| tray.set_title(text));
    if let Err(problem) = said {
        tracing::warn!(%problem, "the tray could not say it");
    }
}
