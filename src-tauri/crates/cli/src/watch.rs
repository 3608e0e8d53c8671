//! `pvhcc watch`: polls, reminds and tells what happens, without a window, until it is ended.

mod around;

use crate::{
    Outcome, Place,
    actor::call,
    alerts::{Course, News},
    print,
};
use around::Around;
use pvhcc_app::{
    App,
    wire::{
        AppEvent, AttentionItem, FreshState, NoArgs, OverviewView, ReplayArgs, ReplayExportArgs,
        ReplayFormat, ReplayLine, ReplayView, ReportStatusView, SourcesView, WatchArgs, WatchView, WireError,
    },
};
use pvhcc_domain::{
    observation::{Flow, ProbeState, Stage},
    operation::watch::{FlowStanding, Health, Verdict},
    time::Ms,
};
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
    /// In nhật ký của một khoảng đã qua rồi thôi: quan sát, kết luận, thao tác
    #[arg(long, num_args = 2, value_names = ["TỪ", "ĐẾN"], value_parser = crate::tasks::moment)]
    log: Option<Vec<Ms>>,
    /// Nhật ký dạng CSV
    #[arg(long, requires = "log", conflicts_with = "json")]
    csv: bool,
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
    /// Where a fault of the operation lies as a whole.
    Watch { verdict: Verdict, good: u32, apis: usize, text: String },
    /// An API stands otherwise, or its fault lies elsewhere.
    Api {
        api: String,
        no: String,
        title: String,
        health: Health,
        verdict: Verdict,
        calls: u32,
        success: Option<f64>,
        p95_ms: Option<u32>,
        error: Option<String>,
        since: Option<String>,
        text: String,
    },
    /// A flow stands otherwise in a phase and stage.
    Flow { flow: Flow, phase: u8, stage: Stage, standing: FlowStanding, since: Option<String>, text: String },
    /// A surrounding system stands otherwise.
    Probe { id: String, title: String, state: ProbeState, since: Option<String>, text: String },
    /// The sync queue is otherwise than before.
    Queue { waiting: i64, failed: i64, as_of: String, text: String },
    /// Unpaid fees are otherwise than before.
    Fees { dossiers: i64, amount: i64, units: i64, as_of: String, text: String },
    /// An alert began, changed, was taken, muted, or is over.
    AlertNews(News),
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
            What::Watch { text, .. } => format!("TRỰC {text}"),
            What::Api { no, title, text, .. } => format!("TT {no} {title}: {text}"),
            What::Flow { text, .. } => text.replace('\n', " · "),
            What::Probe { text, .. } | What::Queue { text, .. } | What::Fees { text, .. } => text.clone(),
            What::AlertNews(news) => news.text(),
            What::Alert { badge, title, detail } => format!("{badge}: {title} · {detail}"),
            What::Over { title } => format!("Đã hết: {title}"),
            What::Notice { text } => text.clone(),
        };
        format!("{clock}  {said}")
    }
}

pub(crate) async fn run(place: &Place, args: &Args) -> Outcome {
    if let Some([from, to]) = args.log.as_deref() {
        return log(place, args, *from, *to).await;
    }
    let app = place.watch().await?;
    let ended = watch(&app, args).await;
    app.shutdown().await;
    ended.map(|()| ExitCode::SUCCESS)
}

/// The log of a span, as the window's replay has it.
async fn log(place: &Place, args: &Args, from: Ms, to: Ms) -> Outcome {
    let app = place.open().await?;
    let told = log_text(&app, args, from, to).await;
    app.shutdown().await;
    print(&told?);
    Ok(ExitCode::SUCCESS)
}

async fn log_text(app: &App, args: &Args, from: Ms, to: Ms) -> Result<String, WireError> {
    app.on_command_line(None).await?;
    let span = ReplayArgs { from: Some(from.0), to: Some(to.0) };
    if args.csv || args.json {
        let format = if args.csv { ReplayFormat::Csv } else { ReplayFormat::Json };
        let bytes = app.replay_file(&ReplayExportArgs { span, format }).await?;
        return Ok(String::from_utf8_lossy(&bytes).into_owned() + "\n");
    }
    let view: ReplayView = call(app, "replay_log", &span).await?;
    let line = |line: &ReplayLine| {
        let at = Ms(line.at).local().format("%H:%M:%S %d/%m");
        let rest: Vec<&str> =
            [&*line.text, &*line.detail, &*line.who].into_iter().filter(|s| !s.is_empty()).collect();
        format!("{at}  {}\n", rest.join(" · "))
    };
    let mut text: String = view.lines.iter().map(line).collect();
    if view.cut > 0 {
        text += &format!("Còn {} dòng; hãy dùng --csv hoặc --json để có đủ.\n", view.cut);
    }
    Ok(format!("{text}{}\n", view.headline))
}

async fn watch(app: &App, args: &Args) -> Result<(), WireError> {
    app.on_command_line(None).await?;
    let mut changes = app.subscribe();
    let mut end = std::pin::pin!(ended());
    let mut watcher = Watcher::new(app, args);
    watcher.report().await?;
    loop {
        watcher.look().await?;
        watcher.operation().await?;
        watcher.causes().await?;
        let event = tokio::select! {
            event = changes.recv() => event,
            () = &mut end => return Ok(()),
        };
        match event {
            Ok(AppEvent::ReportReminder { level, text, .. }) => watcher.reminded(level, text).await,
            Ok(AppEvent::AlertRaised { level, text, .. }) => watcher.called("Cảnh báo", level, text).await,
            Ok(AppEvent::RollbackDue { level, text, .. }) => {
                watcher.say(What::Notice { text: text.clone() }).await;
                watcher.called("Quay lui", level, text).await;
            }
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
    course: Course,
    watch: Option<(Verdict, String)>,
    apis: BTreeMap<String, (Health, Verdict)>,
    flows: BTreeMap<(Flow, u8, Stage), FlowStanding>,
    around: Around,
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
            course: Course::default(),
            watch: None,
            apis: BTreeMap::new(),
            flows: BTreeMap::new(),
            around: Around::default(),
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
        let bad: Vec<_> =
            overview.attention.into_iter().filter(|item| item.tone == "bad" && !is_alert(item)).collect();
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

impl Watcher<'_> {
    /// Alerts that came to stand otherwise.
    async fn causes(&mut self) -> Result<(), WireError> {
        for news in self.course.look(self.app).await? {
            self.say(What::AlertNews(news)).await;
        }
        Ok(())
    }

    /// Somebody is called; what is to be said of it stands in the news.
    async fn called(&self, title: &'static str, level: u8, text: String) {
        if !self.args.no_notifications {
            crate::notified(title, text, level).await;
        }
    }

    /// How the operation stands, where that is new. At first everything is; people are told then only what is not well.
    async fn operation(&mut self) -> Result<(), WireError> {
        let view: WatchView = call(self.app, "watch", &WatchArgs::default()).await?;
        let first = self.apis.is_empty();
        let all = self.args.json || !first;
        let instant = |at: Option<i64>| at.map(|at| Ms(at).to_rfc3339());
        let stands = (view.verdict, view.headline.clone());
        if self.watch.replace(stands.clone()).as_ref() != Some(&stands) {
            let (good, apis, text) = (view.good, view.apis.len(), view.headline);
            self.say(What::Watch { verdict: view.verdict, good, apis, text }).await;
        }
        for t in view.apis {
            let stands = (t.health, t.verdict);
            let new = self.apis.insert(t.api.clone(), stands) != Some(stands);
            if new && (all || matches!(t.health, Health::Failing | Health::Slow)) {
                let text = format!("{} · {}", t.state, t.detail.replace('\n', " · "));
                let (success, error, since) = (t.rate, t.last_error, instant(t.since));
                self.say(What::Api {
                    api: t.api,
                    no: t.no,
                    title: t.title,
                    health: t.health,
                    verdict: t.verdict,
                    calls: t.calls,
                    success,
                    p95_ms: t.p95_ms,
                    error,
                    since,
                    text,
                })
                .await;
            }
        }
        self.around(view.around, all).await;
        for line in view.flows {
            for cell in line.cells {
                let key = (line.flow, cell.phase, cell.stage);
                let new = self.flows.insert(key, cell.standing) != Some(cell.standing);
                if new && (all || matches!(cell.standing, FlowStanding::Failing | FlowStanding::Weak)) {
                    let (flow, phase, stage) = key;
                    let since = instant(cell.since);
                    self.say(What::Flow {
                        flow,
                        phase,
                        stage,
                        standing: cell.standing,
                        since,
                        text: cell.detail,
                    })
                    .await;
                }
            }
        }
        Ok(())
    }
}

/// Alerts have lines of their own.
fn is_alert(item: &AttentionItem) -> bool {
    item.target.screen == "operations"
        && item.target.filter.as_deref().is_some_and(|f| f.starts_with("alerts"))
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
