//! Where each task stands on the plan: a lane for each flow, a column for each section and stage.

use crate::{
    wire::{PlanColumn, TaskRow},
    words,
};
use pvhcc_domain::{
    checklist::Section,
    observation::{Flow, Stage},
};

/// Lane of tasks that belong to no flow.
const COMMON: &str = "Việc chung";

/// The lanes and columns that occur, and the cell of each row.
pub(super) struct Layout {
    pub(super) lanes: Vec<String>,
    pub(super) columns: Vec<PlanColumn>,
    /// Lane and column, in the order of the rows.
    pub(super) cells: Vec<(u32, u32)>,
}

/// Lanes in the order of the flows, common work first; columns in the order of the sections, then of the stages.
pub(super) fn of(rows: &[TaskRow], sections: &[Section]) -> Layout {
    let lane =
        |row: &TaskRow| row.flow.and_then(|f| Flow::ALL.iter().position(|g| *g == f)).map_or(0, |i| i + 1);
    let column = |row: &TaskRow| {
        let section = sections.iter().position(|s| s.id == row.section).unwrap_or(sections.len());
        let stage = match row.stage {
            None => 0,
            Some(Stage::Declare) => 1,
            Some(Stage::Test) => 2,
        };
        (section, stage)
    };
    let lanes = used(rows.iter().map(lane));
    let columns = used(rows.iter().map(column));
    let cells = rows.iter().map(|row| (place(&lanes, &lane(row)), place(&columns, &column(row)))).collect();
    Layout {
        lanes: lanes.iter().map(|i| lane_title(*i)).collect(),
        columns: columns
            .iter()
            .map(|(section, stage)| column_title(sections.get(*section), *stage))
            .collect(),
        cells,
    }
}

fn used<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut used: Vec<T> = all.collect();
    used.sort();
    used.dedup();
    used
}

fn place<T: Ord>(used: &[T], one: &T) -> u32 {
    u32::try_from(used.binary_search(one).unwrap_or_default()).unwrap_or_default()
}

fn lane_title(lane: usize) -> String {
    let flow = lane.checked_sub(1).and_then(|i| Flow::ALL.get(i));
    flow.map_or(COMMON, |f| words::flow(*f)).to_owned()
}

fn column_title(section: Option<&Section>, stage: u8) -> PlanColumn {
    let stage = match stage {
        1 => "Khai báo",
        2 => "Kiểm thử",
        _ => "",
    };
    PlanColumn {
        section: section.map(|s| s.id.clone()).unwrap_or_default(),
        title: section.map(|s| s.title.clone()).unwrap_or_default(),
        stage: stage.to_owned(),
    }
}
