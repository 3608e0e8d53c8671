//! The adapter between the window and `pvhcc-app`: commands go in by name, answers and events come out.
//!
//! The window is drawn before the profile opens, which its first command asks for; commands wait for it.

use crate::reminders;
use pvhcc_app::{
    App, Options,
    wire::{AppEvent, ErrorCode, WireError},
};
use serde_json::Value;
use tauri::{
    AppHandle, Emitter, Manager, Wry,
    ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody},
};
use tokio::sync::{broadcast::error::RecvError, watch};

/// The event the page listens to.
const EVENT: &str = "app-event";

type Opened = Option<Result<App, WireError>>;

/// The profile: not open yet, open, or refused.
#[derive(Clone)]
pub(crate) struct Backend {
    profile: watch::Sender<Opened>,
    /// The page has asked for something, or never will.
    asked: watch::Sender<bool>,
}

impl Default for Backend {
    fn default() -> Self {
        Self { profile: watch::Sender::new(None), asked: watch::Sender::new(false) }
    }
}

impl Backend {
    /// Opens a profile and forwards its events; when it cannot be opened, the window says why.
    pub(crate) async fn open(&self, options: Options, handle: &AppHandle) -> Option<App> {
        let opened = App::open(options).await;
        match &opened {
            Ok(app) => {
                forward(app, self.clone(), handle.clone());
                crate::memory::keep_small(app);
                app.register_with_system();
            }
            Err(problem) => tracing::error!(code = ?problem.code, "the profile cannot be opened"),
        }
        self.profile.send_replace(Some(opened.clone()));
        if opened.is_err() {
            crate::startup_page::show(handle);
            self.asked.send_replace(true);
        }
        opened.ok()
    }

    /// Closes the open profile, to open another in its place; commands that come meanwhile wait for that one.
    pub(crate) async fn close(&self) {
        let opened = self.opened();
        self.profile.send_replace(None);
        if let Some(app) = opened {
            app.shutdown().await;
        }
    }

    /// Why the profile could not be opened, if so.
    pub(crate) fn problem(&self) -> Option<WireError> {
        match &*self.profile.borrow() {
            Some(Err(problem)) => Some(problem.clone()),
            _ => None,
        }
    }

    /// The open profile, if there is one by now.
    pub(crate) fn opened(&self) -> Option<App> {
        match &*self.profile.borrow() {
            Some(Ok(app)) => Some(app.clone()),
            _ => None,
        }
    }

    /// Waits until the page asks for something: what it has from the last time is painted by then.
    pub(crate) async fn first_asked(&self) {
        let _ = self.asked.subscribe().wait_for(|asked| *asked).await;
    }

    async fn app(&self) -> Result<App, WireError> {
        let mut receiver = self.profile.subscribe();
        let opened = receiver.wait_for(Option::is_some).await;
        match opened.as_deref() {
            Ok(Some(opened)) => opened.clone(),
            _ => Err(WireError::new(ErrorCode::Internal, "Chương trình đang đóng.")),
        }
    }

    async fn dispatch(&self, name: &str, args: Value) -> Result<Value, WireError> {
        let app = self.app().await?;
        app.dispatch(name, args).await
    }
}

/// Takes every command of the page: tauri has already refused those that no capability names.
pub(crate) fn handler(backend: Backend) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    move |Invoke { message, resolver, .. }| {
        let backend = backend.clone();
        backend.asked.send_if_modified(|asked| !std::mem::replace(asked, true));
        let name = message.command().to_owned();
        let args = match message.payload() {
            InvokeBody::Json(payload) => payload.get("args").cloned(),
            InvokeBody::Raw(_) => None,
        };
        let args = args.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        resolver.respond_async_serialized(async move {
            match backend.dispatch(&name, args).await {
                Ok(answer) => Ok(InvokeResponseBody::Json(answer.to_string())),
                Err(problem) => Err(InvokeError(serde_json::to_value(&problem).unwrap_or_default())),
            }
        });
        true
    }
}

/// A window that fell behind is told only that something changed: it refetches, so nothing is lost.
fn forward(app: &App, backend: Backend, handle: AppHandle) {
    // The profile itself is not held: it ends when it is closed.
    let mut events = app.subscribe();
    tauri::async_runtime::spawn(async move {
        loop {
            let event = match events.recv().await {
                Ok(event) => event,
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "the window fell behind");
                    AppEvent::TasksChanged { nos: Vec::new() }
                }
                Err(RecvError::Closed) => return,
            };
            reminders::on(&backend, &handle, &event);
            tell(&handle, &event);
        }
    });
}

/// Hands an event to the page.
pub(crate) fn tell(handle: &AppHandle, event: &AppEvent) {
    if let Some(window) = handle.get_webview_window(crate::window::LABEL)
        && let Err(problem) = window.emit(EVENT, event)
    {
        tracing::warn!(%problem, "an event did not reach the window");
    }
}
