//! `pvhcc watch`: polls, reminds and tells what happens, without a window, until it is ended.

use crate::{Outcome, Place, actor::call, print};
use pvhcc_app::{
    App,
    wire::{AppEvent, FreshState, NoArgs, OverviewView, ReportStatusView, SourcesView, WireError},
};
use pvhcc_domain::time::Ms;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
};
use tokio::sync::broadcast::error::RecvError;

/// How to watch.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Mỗi dòng một đối tượng JSON
    #[arg(long)]
    json: bool,
    /// Không hiện thông báo của hệ điều hành
    #[arg(long)]
    no_notifications: bool,
}

/// One line of what happens.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Line {
    /// When, RFC 3339.
    at: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum What {
    /// Where today's report stands.
    Report { text: String, asked: Vec<String> },
    /// A reminder.
    Reminder { level: u8, text: String },
    /// A source came to stand otherwise.
    Source { id: String, state: FreshState, text: String },
    /// Something needs somebody.
    Alert { badge: String, title: String, detail: String },
    /// Something that needed somebody no longer does.
    Over { title: String },
    /// Something to say.
    Notice { text: String },
}

impl Line {
    fn text(&self, title: &BTreeMap<String, String>) -> String {
        let clock = Ms::parse_rfc3339(&self.at).unwrap_or_default().local().format("%H:%M:%S").to_string();
        let said = match &self.what {
            What::Report { text, asked } if asked.is_empty() => text.clone(),
            What::Report { text, asked } => format!("{text} Chưa có lý do: {}.", asked.join(", ")),
            What::Reminder { level, text } => format!("NHẮC {} {text}", "!".repeat(usize::from(*level))),
            What::Source { id, text, .. } => format!("{}: {text}", title.get(id).unwrap_or(id)),
            What::Alert { badge, title, detail } => format!("{badge}: {title} · {detail}"),
            What::Over { title } => format!("Đã hết: {title}"),
            What::Notice { text } => text.clone(),
        };
        format!("{clock}  {said}")
    }
}

pub(crate) async fn run(place: &Place, args: &Args) -> Outcome {
    let app = place.watch().await?;
    let ended = watch(&app, args).await;
    app.shutdown().await;
    ended.map(|()| ExitCode::SUCCESS)
}

async fn watch(app: &App, args: &Args) -> Result<(), WireError> {
    app.on_command_line(None).await?;
    let mut changes = app.subscribe();
    let mut end = std::pin::pin!(ended());
    let mut watcher = Watcher::new(app, args);
    watcher.report().await?;
    loop {
        watcher.look().await?;
        let event = tokio::select! {
            event = changes.recv() => event,
            () = &mut end => return Ok(()),
        };
        match event {
            Ok(AppEvent::ReportReminder { level, text, .. }) => watcher.reminded(level, text).await,
            Ok(AppEvent::ReportChanged { .. }) => watcher.report().await?,
            Ok(AppEvent::Notice { message }) => watcher.say(What::Notice { text: message }).await,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Ok(()),
        }
    }
}

/// What was told so far: only what is new is told again.
struct Watcher<'a> {
    app: &'a App,
    args: &'a Args,
    titles: BTreeMap<String, String>,
    sources: BTreeMap<String, FreshState>,
    alerts: BTreeSet<String>,
    report: Option<String>,
}

impl<'a> Watcher<'a> {
    fn new(app: &'a App, args: &'a Args) -> Self {
        Self {
            app,
            args,
            titles: BTreeMap::new(),
            sources: BTreeMap::new(),
            alerts: BTreeSet::new(),
            report: None,
        }
    }

    async fn say(&mut self, what: What) {
        let line = Line { at: self.app.now().to_rfc3339(), what };
        let text = match self.args.json {
            true => serde_json::to_string(&line).unwrap_or_default(),
            false => line.text(&self.titles),
        };
        print(&(text + "\n"));
    }

    async fn reminded(&mut self, level: u8, text: String) {
        self.say(What::Reminder { level, text: text.clone() }).await;
        if !self.args.no_notifications {
            crate::notified("Báo cáo ngày", text, level).await;
        }
    }

    /// Where today's report stands, when that changed.
    async fn report(&mut self) -> Result<(), WireError> {
        let status: ReportStatusView = call(self.app, "report_status", &NoArgs {}).await?;
        let stands = format!("{:?}{:?}{:?}{:?}", status.day, status.stage, status.verdict, status.asked);
        if self.report.replace(stands.clone()).as_ref() != Some(&stands) {
            self.say(What::Report { text: status.text, asked: status.asked }).await;
        }
        Ok(())
    }

    /// Sources that stand otherwise, and what came to need somebody.
    async fn look(&mut self) -> Result<(), WireError> {
        let sources: SourcesView = call(self.app, "sources", &NoArgs {}).await?;
        for source in sources.sources {
            self.titles.insert(source.id.clone(), source.title);
            if self.sources.insert(source.id.clone(), source.state) != Some(source.state) {
                let text = match source.problem {
                    Some(problem) => format!("{} · {problem}", source.text),
                    None => source.text,
                };
                self.say(What::Source { id: source.id, state: source.state, text }).await;
            }
        }
        let overview: OverviewView = call(self.app, "overview", &NoArgs {}).await?;
        // The list is cut: what is not on it may only have had no room.
        let whole = overview.attention.len() == overview.attention_total as usize;
        let bad: Vec<_> = overview.attention.into_iter().filter(|item| item.tone == "bad").collect();
        let now: BTreeSet<String> = bad.iter().map(|item| item.title.clone()).collect();
        for item in bad {
            if self.alerts.insert(item.title.clone()) {
                self.say(What::Alert { badge: item.badge, title: item.title, detail: item.detail }).await;
            }
        }
        let over: Vec<String> = self.alerts.difference(&now).filter(|_| whole).cloned().collect();
        for title in over {
            self.alerts.remove(&title);
            self.say(What::Over { title }).await;
        }
        Ok(())
    }
}

/// Somebody ends the program: Ctrl+C, or the system.
async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminated.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
