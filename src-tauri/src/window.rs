//! The main window: where it opens, what it may load, and what closing it means.

use crate::{
    geometry::{Geometry, Rect},
    quit::Quit,
    startup_page,
};
use pvhcc_app::Profile;
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
    sync::Arc,
};
use tauri::{
    AppHandle, LogicalSize, Manager, PhysicalPosition, PhysicalSize, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent, webview::NewWindowResponse,
};

/// Label of the main window; the capability names it.
pub(crate) const LABEL: &str = "main";

/// Logical pixels: the common screen of the offices, and the least at which nothing is clipped.
const NORMAL: (f64, f64) = (1366.0, 768.0);
const LEAST: (f64, f64) = (1000.0, 540.0);

/// Opens the window where it stood last. The page knows by its address which data it shows: `?official-` or `?training-`
/// and a number of the folder.
pub(crate) fn open(app: &tauri::App, title: &str, profile: Profile, folder: &Path) -> tauri::Result<()> {
    let mut number = DefaultHasher::new();
    folder.hash(&mut number);
    let page = format!("index.html?{}-{:x}", profile.folder(), number.finish());
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(page.into()))
        .title(title)
        .inner_size(NORMAL.0, NORMAL.1)
        .min_inner_size(LEAST.0, LEAST.1)
        // The page takes dropped files itself, as bytes: no path of the machine crosses to it.
        .disable_drag_drop_handler()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .visible(false)
        .build()?;
    if let Err(problem) = place(&window, folder) {
        tracing::warn!(%problem, "the window could not be placed");
    }
    window.show()
}

/// The page never leaves the program; links are opened outside by commands.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        startup_page::SCHEME => true,
        // On Windows custom schemes are spelled as hosts.
        "http" | "https" => {
            cfg!(windows)
                && [Some("tauri.localhost"), Some(startup_page::WINDOWS_HOST)].contains(&url.host_str())
        }
        _ => false,
    }
}

fn place(window: &WebviewWindow, folder: &Path) -> tauri::Result<()> {
    let monitors = window.available_monitors()?;
    let screens: Vec<Rect> = monitors
        .iter()
        .map(|m| {
            let area = m.work_area();
            Rect { x: area.position.x, y: area.position.y, width: area.size.width, height: area.size.height }
        })
        .collect();
    match Geometry::load(folder).and_then(|kept| kept.fit(&screens)) {
        Some(Geometry { rect, maximized }) => {
            window.set_size(PhysicalSize::new(rect.width, rect.height))?;
            window.set_position(PhysicalPosition::new(rect.x, rect.y))?;
            if maximized { window.maximize() } else { Ok(()) }
        }
        None => match window.primary_monitor()?.or(monitors.into_iter().next()) {
            // On the common screen the window fills what the task bar leaves.
            Some(monitor) => {
                let area = monitor.work_area().size.to_logical::<f64>(monitor.scale_factor());
                window.set_size(LogicalSize::new(NORMAL.0.min(area.width), NORMAL.1.min(area.height)))
            }
            None => Ok(()),
        },
    }
}

/// Keeps where the window stands; best done while it is still shown.
pub(crate) fn keep_geometry(handle: &AppHandle, folder: &Path) {
    let Some(window) = handle.get_webview_window(LABEL) else { return };
    let read = || -> tauri::Result<Geometry> {
        let (position, size) = (window.outer_position()?, window.inner_size()?);
        Ok(Geometry {
            rect: Rect { x: position.x, y: position.y, width: size.width, height: size.height },
            maximized: window.is_maximized()?,
        })
    };
    match read() {
        Ok(geometry) => {
            if let Err(problem) = geometry.save(folder) {
                tracing::warn!(%problem, "the window's place could not be kept");
            }
        }
        Err(problem) => tracing::warn!(%problem, "the window's place could not be read"),
    }
}

/// Names the profile that is shown now.
pub(crate) fn retitle(handle: &AppHandle, title: &str) {
    if let Some(window) = handle.get_webview_window(LABEL)
        && let Err(problem) = window.set_title(title)
    {
        tracing::warn!(%problem, "the window kept its title");
    }
}

/// Shows the window and brings it to the front.
pub(crate) fn bring_forward(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window(LABEL) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(problem) = shown {
        tracing::warn!(%problem, "the window could not be brought forward");
    }
}

/// Closing quits, or hides where the tray can bring the window back.
pub(crate) fn on_event(window: &Window, event: &WindowEvent, quit: &Arc<Quit>) {
    if let WindowEvent::CloseRequested { api, .. } = event {
        api.prevent_close();
        if quit.hides_on_close() {
            if let Err(problem) = window.hide() {
                tracing::warn!(%problem, "the window could not be hidden");
            }
        } else {
            quit.request(window.app_handle());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_loads_only_its_own_pages() {
        let url = |text: &str| Url::parse(text).expect("url");
        assert!(is_ours(&url("tauri://localhost/index.html")));
        assert!(is_ours(&url("pvhcc-start://localhost/")));
        assert!(!is_ours(&url("https://example.org/")));
        assert!(!is_ours(&url("file:///etc/passwd")));
        assert!(!is_ours(&url("data:text/html,x")));
    }
}
