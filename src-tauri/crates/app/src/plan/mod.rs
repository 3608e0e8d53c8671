//! The plan of the checklist for the window: lanes by flow, columns by section, phase and stage, and a forecast.

mod layout;

use crate::{
    App,
    checklist::vn,
    wire::{ForecastView, PlanEdge, PlanTask, PlanView, TaskRow, WireError},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    plan::{Forecast, Graph, LOOK_BACK, Node, forecast},
    task::TaskStatus,
};

impl App {
    pub(crate) async fn plan(&self) -> Result<PlanView, WireError> {
        let present = self.present_here().await?;
        let rows: Vec<TaskRow> =
            self.task_rows(&present, None).into_iter().filter(|row| !row.heading).collect();
        let nodes: Vec<Node> = rows.iter().map(node).collect();
        let graph = Graph::of(&nodes, &present.calendar);
        let layout = layout::of(&rows, self.0.checklist.sections());
        let tasks = rows
            .iter()
            .zip(graph.places)
            .zip(&layout.cells)
            .map(|((row, place), (lane, column))| PlanTask {
                no: row.no.clone(),
                title: row.title.clone(),
                lane: *lane,
                column: *column,
                status: row.status,
                proof: row.proof.clone(),
                lead_units: row.lead_units.clone(),
                due: row.changed_due.clone().or_else(|| row.due.clone()),
                overdue: row.overdue,
                float: place.float,
                float_text: float_text(place.float),
                waits_for: place.waits_for,
                on_chain: place.on_chain,
            })
            .collect();
        let today = present.now.day();
        let open = rows.iter().filter(|row| is_open(row)).count();
        let forecast = forecast_of(&rows, today, &present.calendar);
        Ok(PlanView {
            headline: headline(open, &graph.chain),
            forecast_note: if forecast.is_some() { String::new() } else { no_forecast(open) },
            forecast: forecast.map(|f| forecast_view(&f)),
            lanes: layout.lanes,
            columns: layout.columns,
            tasks,
            edges: graph
                .edges
                .into_iter()
                .map(|e| PlanEdge { from: e.from, to: e.to, slack: e.slack })
                .collect(),
            chain: graph.chain,
            circular: graph.circular,
        })
    }
}

fn is_open(row: &TaskRow) -> bool {
    !matches!(row.status, TaskStatus::Done | TaskStatus::NotApplicable)
}

fn node(row: &TaskRow) -> Node {
    Node {
        no: row.no.clone(),
        due: row.changed_due.as_deref().or(row.due.as_deref()).and_then(|d| d.parse().ok()),
        closed: !is_open(row),
        predecessors: row.predecessors.clone(),
    }
}

fn forecast_of(
    rows: &[TaskRow],
    today: NaiveDate,
    calendar: &pvhcc_domain::calendar::Calendar,
) -> Option<Forecast> {
    let done: Vec<NaiveDate> =
        rows.iter().filter_map(|r| r.done_on.as_deref()).filter_map(|d| d.parse().ok()).collect();
    let left = u32::try_from(rows.iter().filter(|r| is_open(r)).count()).unwrap_or(u32::MAX);
    let start = *done.iter().min()?;
    forecast(&done, left, start, today, calendar)
}

fn headline(open: usize, chain: &[String]) -> String {
    match (open, chain) {
        (0, _) => "Không còn nhiệm vụ nào phải làm".to_owned(),
        (n, [] | [_]) => format!("Còn {n} nhiệm vụ, không việc nào còn phải chờ việc khác"),
        (n, chain) => {
            format!("Còn {n} nhiệm vụ; chuỗi dài nhất còn {} việc: {}", chain.len(), chain.join(" → "))
        }
    }
}

fn float_text(float: Option<i64>) -> String {
    match float {
        None => String::new(),
        Some(0) => "không được chậm ngày nào".to_owned(),
        Some(days) if days > 0 => format!("được chậm {days} ngày làm việc"),
        Some(days) => format!("hạn sau việc cần đến nó {} ngày làm việc", -days),
    }
}

fn no_forecast(open: usize) -> String {
    if open == 0 {
        "Không còn việc để dự báo.".to_owned()
    } else {
        format!("Không dự báo được: {LOOK_BACK} ngày làm việc qua không có nhiệm vụ nào xong.")
    }
}

fn forecast_view(f: &Forecast) -> ForecastView {
    ForecastView {
        early: f.early.to_string(),
        likely: f.likely.to_string(),
        late: f.late.to_string(),
        text: format!(
            "Dự kiến xong {} (từ {} đến {})",
            vn(f.likely),
            f.early.format("%d/%m"),
            f.late.format("%d/%m")
        ),
        basis: format!(
            "Theo nhịp {} nhiệm vụ mỗi ngày làm việc trong {} ngày làm việc qua; cứ 7 lần thì 5 lần xong trong khoảng này.",
            format!("{:.1}", f.pace).replace('.', ","),
            f.days
        ),
    }
}
