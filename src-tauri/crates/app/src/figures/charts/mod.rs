//! The overview's charts: what is drawn, with a title that states the finding, its table and where it leads.

mod burn_up;
mod sources;
mod tasks;

use crate::{
    App, messages,
    wire::{
        Basis, ChartArgs, ChartKind, ChartTheme, ChartView, ErrorCode, FreshState, HotSpotView, Target,
        WireError,
    },
};
use pvhcc_charts::{Figure, Size, Theme};

/// A chart before it is drawn.
pub(crate) struct Draft {
    pub(crate) figure: Figure,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) provenance: String,
    pub(crate) state: FreshState,
    /// Of dossier figures: what they are counted from.
    pub(crate) basis: Option<Basis>,
    /// What does not add up among the figures it shows.
    pub(crate) marks: Vec<String>,
    /// From a row's key to the place it opens.
    pub(crate) target: fn(&str) -> Option<Target>,
}

impl App {
    pub(crate) async fn chart(&self, args: ChartArgs) -> Result<ChartView, WireError> {
        let draft = match args.chart {
            ChartKind::BurnUp | ChartKind::Sections | ChartKind::Units => self.task_chart(args.chart).await?,
            ChartKind::Dossiers => self.dossiers_by_month().await?,
            ChartKind::Flows => self.flow_chart().await?,
        };
        draft.draw(args.width, args.height, args.theme)
    }
}

/// Colours of a theme.
pub(crate) fn theme(theme: ChartTheme) -> Theme {
    match theme {
        ChartTheme::Light => Theme::Light,
        ChartTheme::Dark => Theme::Dark,
        ChartTheme::Print => Theme::Print,
    }
}

impl Draft {
    /// The size to draw in: a box smaller than the data need is scrolled by the page, never a cramped picture.
    ///
    /// # Errors
    /// `Invalid` for a box that no window has.
    pub(crate) fn size(&self, width: u32, height: u32) -> Result<Size, WireError> {
        if !(160..=4000).contains(&width) || !(80..=4000).contains(&height) {
            return Err(messages::invalid("width", "Kích thước biểu đồ nằm ngoài giới hạn."));
        }
        let least = self.figure.least_size();
        Ok(Size { width: width.max(least.width), height: height.max(least.height) })
    }

    /// Draws it for the window.
    pub(crate) fn draw(self, width: u32, height: u32, of: ChartTheme) -> Result<ChartView, WireError> {
        let size = self.size(width, height)?;
        let chart = pvhcc_charts::draw(&self.figure, theme(of), size).map_err(|e| cannot_draw(&e))?;
        Ok(ChartView {
            svg: chart.svg,
            width: chart.width,
            height: chart.height,
            title: self.title,
            subtitle: self.subtitle,
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
                    target: h.key.as_deref().and_then(self.target),
                })
                .collect(),
            columns: chart.table.columns,
            numeric: chart.table.numeric,
            rows: chart.table.rows,
            provenance: self.provenance,
            state: self.state,
            basis: self.basis,
            marks: self.marks,
        })
    }
}

/// The charts crate refused its input.
pub(crate) fn cannot_draw(error: &pvhcc_charts::ChartError) -> WireError {
    WireError::new(ErrorCode::Internal, format!("Không vẽ được biểu đồ: {error}."))
}
