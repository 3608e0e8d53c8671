//! Figures over time or category, drawn by plotters: SVG for the window, PNG for reports, with hot spots.
//!
//! The crate knows nothing of tasks, dossiers or the province: callers hand over labels and numbers. Each figure first
//! becomes a list of marks in picture pixels (layout, label placing, hot spots); one generic function then draws the
//! marks on any plotters backend, so the SVG and the PNG cannot differ.
//!
//! Conventions shared by all figures: proved is solid, claimed is hatched, unknown is dotted or grey and never green;
//! text never overlaps text (a label that finds no room is left out of the picture but stays in the hot spot and the
//! table); every string is normalised to NFC; nothing is told by colour alone.
//!
//! Empty input draws a quiet frame with "Chưa có số liệu" and has no hot spots; wrong input is a [`ChartError`].

mod ageing;
mod bars;
mod bench;
mod burn_up;
mod columns;
mod format;
mod geometry;
mod heat;
mod load;
mod palette;
mod quantity;
mod ranking;
mod rates;
mod render;
mod samples;
mod scene;
mod shares;
mod text;
mod trend;

pub use ageing::{AgeBucket, AgePart, Ageing, AgeingLabels};
pub use bars::{StackedBars, StackedRow, StackedSeries};
pub use bench::{bench_page, sample_figures};
pub use burn_up::{BurnUp, BurnUpLabels};
pub use columns::{ColumnGroup, ColumnLabels, GroupedColumns};
pub use format::{day_month, decimal, percent, thousands};
pub use heat::{HeatCell, HeatColumn, HeatMap, HeatRow};
pub use load::{LoadBars, LoadLabels, LoadRow};
pub use palette::{Palette, Rgb, Role, palette};
pub use quantity::Quantity;
pub use ranking::{RankRow, Ranking, RankingLabels};
pub use rates::{RateRow, RateRows};
pub use shares::{SharePart, ShareRow, ShareSeries, Shares};
pub use text::{FONT_FAMILY, has_glyph, text_width};
pub use trend::{Trend, TrendEvent, TrendLabels, TrendMeasure, TrendPeriod};

use scene::Scene;
use serde::{Deserialize, Serialize};

/// Colours of the page the picture stands on. `Print` is dark ink on white paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light window.
    Light,
    /// Dark window.
    Dark,
    /// White paper.
    Print,
}

/// Size of the picture in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
}

/// How a filled mark is drawn, the second encoding besides colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fill {
    /// Known and proved.
    Solid,
    /// Claimed, without proof yet.
    Hatched,
    /// Unknown.
    Dotted,
    /// Outline only: not done yet.
    Empty,
}

/// A place on the picture that explains itself, for tooltips and the keyboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HotSpot {
    /// Left, px of the picture.
    pub x: f64,
    /// Top, px of the picture.
    pub y: f64,
    /// Width, px.
    pub w: f64,
    /// Height, px.
    pub h: f64,
    /// What is here, in words.
    pub label: String,
    /// The row of [`Chart::table`] that holds the datum.
    pub row: Option<usize>,
    /// The caller's key of the datum, for drilling down.
    pub key: Option<String>,
}

/// The data behind the picture, formatted for reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Column heads.
    pub columns: Vec<String>,
    /// Cells, as many per row as there are columns. An unknown value is "–".
    pub rows: Vec<Vec<String>>,
    /// Whether the column holds numbers (aligned right).
    pub numeric: Vec<bool>,
}

/// A drawn figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// A whole `<svg>` element without ids, scripts, styles or background, to inline in a page that has "Source Sans 3".
    pub svg: String,
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// Places that explain themselves, all inside the picture.
    pub hotspots: Vec<HotSpot>,
    /// The data as a table.
    pub table: Table,
    /// One or two sentences that say what the picture shows.
    pub summary: String,
}

/// Why a figure could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The data need more room than given.
    #[error("the picture needs at least {width}×{height} px")]
    TooSmall {
        /// Least width, px.
        width: u32,
        /// Least height, px.
        height: u32,
    },
    /// More pixels than anybody can look at (a side over 8,000 px).
    #[error("a picture of {width}×{height} px is too large")]
    TooLarge {
        /// Width asked for, px.
        width: u32,
        /// Height asked for, px.
        height: u32,
    },
    /// The input contradicts itself.
    #[error("wrong chart input: {0}")]
    Input(String),
    /// The drawing backend failed.
    #[error("drawing failed: {0}")]
    Backend(String),
}

/// Any figure with its input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// Cumulative work by day against plan.
    BurnUp(BurnUp),
    /// Parts of a whole, one bar per row.
    StackedBars(StackedBars),
    /// Load and lateness, one row per unit.
    LoadBars(LoadBars),
    /// Two flows per period as columns, and a stock as a line.
    GroupedColumns(GroupedColumns),
    /// A rate per row against the bar it must reach.
    RateRows(RateRows),
    /// One or two measures by period, with the same periods a year before.
    Trend(Trend),
    /// Rows × periods on a sequential scale.
    HeatMap(HeatMap),
    /// What is pending, by how long.
    Ageing(Ageing),
    /// Parts of a whole in percent, one bar per row.
    Shares(Shares),
    /// Rows by a value, with a rate and the change.
    Ranking(Ranking),
}

impl Figure {
    fn lay_out(&self, size: Size) -> Result<Scene, ChartError> {
        if size.width > MAX_SIDE || size.height > MAX_SIDE {
            return Err(ChartError::TooLarge { width: size.width, height: size.height });
        }
        let least = self.least_size();
        if size.width < least.width || size.height < least.height {
            return Err(ChartError::TooSmall { width: least.width, height: least.height });
        }
        match self {
            Self::BurnUp(input) => burn_up::lay_out(input, size),
            Self::StackedBars(input) => bars::lay_out(input, size),
            Self::LoadBars(input) => load::lay_out(input, size),
            Self::GroupedColumns(input) => columns::lay_out(input, size),
            Self::RateRows(input) => rates::lay_out(input, size),
            Self::Trend(input) => trend::lay_out(input, size),
            Self::HeatMap(input) => heat::lay_out(input, size),
            Self::Ageing(input) => ageing::lay_out(input, size),
            Self::Shares(input) => shares::lay_out(input, size),
            Self::Ranking(input) => ranking::lay_out(input, size),
        }
    }

    /// The smallest picture the data fit in, px. Row figures grow with their rows: ask before choosing a height.
    #[must_use]
    pub fn least_size(&self) -> Size {
        match self {
            Self::BurnUp(_) => Size { width: 300, height: 140 },
            Self::StackedBars(input) => bars::least_size(input),
            Self::LoadBars(input) => load::least_size(input),
            Self::GroupedColumns(input) => columns::least_size(input),
            Self::RateRows(input) => rates::least_size(input),
            Self::Trend(input) => trend::least_size(input),
            Self::HeatMap(input) => heat::least_size(input),
            Self::Ageing(input) => ageing::least_size(input),
            Self::Shares(input) => shares::least_size(input),
            Self::Ranking(input) => ranking::least_size(input),
        }
    }
}

const MAX_SIDE: u32 = 8_000;

/// Draws any figure as SVG.
///
/// # Errors
/// [`ChartError::TooSmall`] below [`Figure::least_size`], [`ChartError::TooLarge`] over 8,000 px a side,
/// [`ChartError::Input`] when the input contradicts itself.
pub fn draw(figure: &Figure, theme: Theme, size: Size) -> Result<Chart, ChartError> {
    let scene = figure.lay_out(size)?;
    let svg = render::svg(&scene, &palette(theme), size)?;
    let Scene { hotspots, table, summary, .. } = scene;
    Ok(Chart { svg, width: size.width, height: size.height, hotspots, table, summary })
}

/// Draws any figure as a PNG file in memory on the theme's panel colour (white for [`Theme::Print`]).
/// `scale` is PNG pixels per CSS pixel, 1 to 4; reports use 3 (about 290 dpi at the size of the screen).
///
/// # Errors
/// As [`draw`]; a scale outside 1 to 4 is [`ChartError::Input`].
pub fn png(figure: &Figure, theme: Theme, size: Size, scale: u32) -> Result<Vec<u8>, ChartError> {
    if !(1..=4).contains(&scale) {
        return Err(ChartError::Input(format!("scale {scale} is not 1 to 4")));
    }
    render::png(&figure.lay_out(size)?, &palette(theme), size, scale)
}

macro_rules! figure_function {
    ($(#[$doc:meta])* $name:ident, $input:ty, $variant:ident) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// As [`draw`].
        pub fn $name(input: &$input, theme: Theme, size: Size) -> Result<Chart, ChartError> {
            draw(&Figure::$variant(input.clone()), theme, size)
        }
    };
}
figure_function!(
    /// Cumulative work by day against plan, with today and milestones.
    burn_up, BurnUp, BurnUp
);
figure_function!(
    /// Parts of a whole, one horizontal bar per row.
    stacked_bars, StackedBars, StackedBars
);
figure_function!(
    /// Load and lateness by unit: total and done on one lane, late on another, with numbers.
    load_bars, LoadBars, LoadBars
);
figure_function!(
    /// Two flows per period as columns and the stock at its end as a line.
    grouped_columns_with_stock, GroupedColumns, GroupedColumns
);
figure_function!(
    /// A rate per row against the bar it must reach; an unknown rate is a grey hollow mark on a dotted line.
    rate_lines, RateRows, RateRows
);
figure_function!(
    /// One or two measures by period as lines, with the same periods a year before and what happened.
    trend, Trend, Trend
);
figure_function!(
    /// Rows × periods as cells of a sequential scale, the values in them; shows the rows that fit.
    heat_map, HeatMap, HeatMap
);
figure_function!(
    /// What is pending by how long, within the deadline and overdue.
    ageing, Ageing, Ageing
);
figure_function!(
    /// Parts of a whole in percent, one bar per row, the percentages in the bars.
    shares, Shares, Shares
);
figure_function!(
    /// Rows by a value with a bar, a rate beside it and the change against another period.
    ranking, Ranking, Ranking
);
