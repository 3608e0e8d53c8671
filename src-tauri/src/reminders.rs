//! Reminders that leave the window: a notification of the system, words at the tray, and the louder ones call the window.

use crate::{backend::Backend, tray, window};
use pvhcc_app::{system, wire::AppEvent};
use serde_json::{Value, json};
use tauri::{AppHandle, Manager, UserAttentionType};

/// From this level on the window asks for its user; at the loudest it comes forward.
const CALLS: u8 = 3;
const COMES: u8 = 4;

/// Does what an event asks of the desktop; the page is told apart from this.
pub(crate) fn on(backend: &Backend, handle: &AppHandle, event: &AppEvent) {
    match event {
        AppEvent::ReportReminder { level, text, .. } => remind(handle, *level, text.clone()),
        AppEvent::ReportChanged { .. } => quiet_when_settled(backend, handle.clone()),
        _ => {}
    }
}

fn remind(handle: &AppHandle, level: u8, text: String) {
    tray::say(handle, Some(&text));
    call(handle, level);
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(problem) = system::notify("Báo cáo ngày", &text, level) {
            tracing::info!(%problem, "no notification");
        }
    });
}

fn call(handle: &AppHandle, level: u8) {
    if level >= COMES {
        window::bring_forward(handle);
    }
    let kind = match level {
        0..CALLS => return,
        CALLS => UserAttentionType::Informational,
        _ => UserAttentionType::Critical,
    };
    if let Some(window) = handle.get_webview_window(window::LABEL)
        && let Err(problem) = window.request_user_attention(Some(kind))
    {
        tracing::warn!(%problem, "the window could not ask for attention");
    }
}

/// Once the report is sent, or somebody said why not, the tray has nothing more to say.
fn quiet_when_settled(backend: &Backend, handle: AppHandle) {
    let Some(app) = backend.opened() else { return };
    tauri::async_runtime::spawn(async move {
        if app.dispatch("report_status", json!({})).await.is_ok_and(|status| settled(&status)) {
            tray::say(&handle, None);
        }
    });
}

fn settled(status: &Value) -> bool {
    status["excused"] == true || !["open", "missing"].contains(&status["verdict"].as_str().unwrap_or("open"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_report_that_is_sent_excused_or_not_due_leaves_the_tray_quiet() {
        let status =
            |verdict: &str, excused: bool| settled(&json!({ "verdict": verdict, "excused": excused }));
        assert!(!status("open", false) && !status("missing", false) && !settled(&json!({})));
        assert!(status("on_time", false) && status("late", false) && status("not_due", false));
        assert!(status("missing", true));
    }
}
