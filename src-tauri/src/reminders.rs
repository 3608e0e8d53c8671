//! Reminders and alerts that leave the window: a notification of the system, words at the tray, and the louder ones call the
//! window.

use crate::{backend::Backend, tray, window};
use pvhcc_app::{system, wire::AppEvent};
use serde_json::{Value, json};
use tauri::{AppHandle, Manager, UserAttentionType};

/// From this level on the window asks for its user; at the loudest it comes forward.
const CALLS: u8 = 3;
const COMES: u8 = 4;
/// The part of the operation whose changes are about alerts.
const ALERTS: &str = "alerts";

/// Does what an event asks of the desktop; the page is told apart from this.
pub(crate) fn on(backend: &Backend, handle: &AppHandle, event: &AppEvent) {
    match event {
        AppEvent::ReportReminder { level, text, .. } => say(handle, "Báo cáo ngày", *level, text.clone()),
        AppEvent::AlertRaised { level, text, .. } => say(handle, "Cảnh báo", *level, text.clone()),
        AppEvent::RollbackDue { level, text, .. } => say(handle, "Quay lui", *level, text.clone()),
        AppEvent::ReportChanged { .. } => tell_what_is_left(backend, handle.clone()),
        AppEvent::OperationsChanged { part } if part.is_empty() || part == ALERTS => {
            tell_what_is_left(backend, handle.clone());
        }
        _ => {}
    }
}

fn say(handle: &AppHandle, title: &'static str, level: u8, text: String) {
    tray::say(handle, Some(&text));
    call(handle, level);
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(problem) = system::notify(title, &text, level) {
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

/// What the tray still has to say once something changed: an alert that nobody took, or a report that is asked for.
fn tell_what_is_left(backend: &Backend, handle: AppHandle) {
    let Some(app) = backend.opened() else { return };
    tauri::async_runtime::spawn(async move {
        let (top, status) =
            (app.dispatch("alert_top", json!({})).await, app.dispatch("report_status", json!({})).await);
        if let (Ok(top), Ok(status)) = (top, status) {
            match alarm(&top) {
                Some(title) => tray::say(&handle, Some(title)),
                None if settled(&status) => tray::say(&handle, None),
                None => {}
            }
        }
    });
}

/// Title of the alert that stands worst, while nobody took it and no mute holds.
fn alarm(top: &Value) -> Option<&str> {
    let alert = &top["alert"];
    alert["title"].as_str().filter(|_| alert["state"] == "firing")
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

    #[test]
    fn an_alert_stands_at_the_tray_until_somebody_took_it() {
        let top = |state: &str| json!({ "alert": { "title": "Trục không trả lời", "state": state } });
        assert_eq!(alarm(&top("firing")), Some("Trục không trả lời"));
        assert!(alarm(&top("acknowledged")).is_none() && alarm(&top("muted")).is_none());
        assert!(alarm(&json!({ "alert": null })).is_none());
    }
}
