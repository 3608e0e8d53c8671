//! The overview's charts: what is drawn, with a title that states the finding, its table and where it leads.

mod burn_up;
mod sources;
mod tasks;

use crate::{
    App, messages,
    wire::{
        ChartArgs, ChartKind, ChartTheme, ChartView, ErrorCode, FreshState, HotSpotView, Target, WireError,
    },
};
use pvhcc_charts::{Figure, Size, Theme};

/// A chart before it is drawn.
struct Draft {
    figure: Figure,
    title: String,
    subtitle: String,
    provenance: String,
    state: FreshState,
    /// From a row's key to the place it opens.
    target: fn(&str) -> Option<Target>,
}

impl App {
    pub(crate) async fn chart(&self, args: ChartArgs) -> Result<ChartView, WireError> {
        if !(160..=4000).contains(&args.width) || !(80..=4000).contains(&args.height) {
            return Err(messages::invalid("width", "Kích thước biểu đồ nằm ngoài giới hạn."));
        }
        let draft = match args.chart {
            ChartKind::BurnUp | ChartKind::Sections | ChartKind::Units => self.task_chart(args.chart).await?,
            ChartKind::Dossiers => self.dossiers_by_month().await?,
            ChartKind::Flows => self.flow_chart().await?,
        };
        let theme = match args.theme {
            ChartTheme::Light => Theme::Light,
            ChartTheme::Dark => Theme::Dark,
            ChartTheme::Print => Theme::Print,
        };
        // A box smaller than the data need is scrolled by the page, never a cramped picture.
        let least = draft.figure.least_size();
        let size = Size { width: args.width.max(least.width), height: args.height.max(least.height) };
        let chart = pvhcc_charts::draw(&draft.figure, theme, size)
            .map_err(|e| WireError::new(ErrorCode::Internal, format!("Không vẽ được biểu đồ: {e}.")))?;
        Ok(ChartView {
            svg: chart.svg,
            width: chart.width,
            height: chart.height,
            title: draft.title,
            subtitle: draft.subtitle,
            summary: chart.summary,
            hotspots: chart
                .hotspots
                .into_iter()
                .map(|h| HotSpotView {
                    x: h.x,
                    y: h.y,
                    w: h.w,
                    h: h.h,
                    label: h.label,
                    target: h.key.as_deref().and_then(draft.target),
                })
                .collect(),
            columns: chart.table.columns,
            numeric: chart.table.numeric,
            rows: chart.table.rows,
            provenance: draft.provenance,
            state: draft.state,
        })
    }
}
