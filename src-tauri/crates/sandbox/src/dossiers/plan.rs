//! How many dossiers each stream receives, finishes and leaves in each segment: the published figures as the portal has
//! them, and for the rest of the year figures that go on from them.
//!
//! The ministries' direct dossiers are streams of their own, since the portal's done and pending leave them out.

use super::axis::Axis;
use crate::{
    noise::{unit, word},
    portal::Figures,
};

/// Counts of one stream in one segment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) received: u64,
    /// Of these, not online.
    pub(super) direct: u64,
    pub(super) done: u64,
    pub(super) late: u64,
    /// At the end of the segment.
    pub(super) pending: u64,
    pub(super) overdue: u64,
}

/// Dossiers of one system and field, in every segment.
#[derive(Debug, Clone)]
pub(super) struct Stream {
    pub(super) system: String,
    pub(super) field: String,
    pub(super) field_name: String,
    pub(super) cells: Vec<Cell>,
}

pub(super) fn streams(seed: u64, axis: &Axis, figures: &[Figures]) -> Vec<Stream> {
    let mut streams: Vec<Stream> = Vec::new();
    for row in figures {
        let Some((field, name)) = &row.field else { continue };
        let counted = row.received + row.carried.unwrap_or(0) == row.done + row.pending;
        let whole = Cell {
            received: row.received,
            direct: row.direct,
            done: row.done,
            late: row.late,
            pending: row.pending,
            overdue: row.overdue,
        };
        let apart = row.system != "tinh";
        debug_assert!(counted || apart, "only the ministries' direct dossiers are left out");
        let main =
            if apart { Cell { received: row.received - row.direct, direct: 0, ..whole } } else { whole };
        let mut add = |kind: usize, cell: Cell| {
            let of = |s: &Stream| s.system == row.system && s.field == *field;
            match streams.iter_mut().filter(|s| of(s)).nth(kind) {
                Some(stream) => stream.cells.push(cell),
                None => streams.push(Stream {
                    system: row.system.clone(),
                    field: field.clone(),
                    field_name: name.clone(),
                    cells: vec![cell],
                }),
            }
        };
        add(0, main);
        if apart {
            add(1, Cell { received: row.direct, direct: row.direct, ..Cell::default() });
        }
    }
    for (i, stream) in streams.iter_mut().enumerate() {
        if stream.cells.iter().all(|c| c.done + c.pending == 0) {
            uncounted(&mut stream.cells);
        }
        go_on(seed ^ word(&stream.field) ^ i as u64, axis, &mut stream.cells);
    }
    streams
}

/// What becomes of dossiers no figure tells of: two in five stay for the next segment.
fn uncounted(cells: &mut [Cell]) {
    let mut before = 0;
    for cell in cells {
        cell.pending = cell.received * 2 / 5;
        cell.done = before + cell.received - cell.pending;
        before = cell.pending;
    }
}

/// The segments without published figures: intake by working days, as many pending as at the last published day.
fn go_on(seed: u64, axis: &Axis, cells: &mut Vec<Cell>) {
    let published = cells.len();
    let sum = |figure: fn(&Cell) -> u64| cells.iter().map(figure).sum::<u64>() as f64;
    let days: usize = axis.segments[..published].iter().map(|s| s.end - s.first).sum();
    let a_day = sum(|c| c.received) / days as f64;
    let direct = sum(|c| c.direct) / sum(|c| c.received).max(1.0);
    let late = sum(|c| c.late) / sum(|c| c.done).max(1.0);
    let last = cells.last().copied().unwrap_or_default();
    let overdue = last.overdue as f64 / last.pending.max(1) as f64;
    for s in published..axis.segments.len() {
        let draw = |purpose: u64| unit(seed, &[s as u64, purpose]);
        let before = cells.last().copied().unwrap_or_default();
        let days = (axis.segments[s].end - axis.segments[s].first) as f64;
        let received = (a_day * days * (0.95 + 0.1 * draw(50)) + draw(51)) as u64;
        let stock = before.pending + received;
        let pending = ((last.pending as f64 * (0.92 + 0.16 * draw(52))) as u64).min(stock);
        let overdue = ((pending as f64 * overdue) as u64).min(pending);
        let done = stock - pending;
        // What was overdue either stays so or is finished late.
        let late = ((done as f64 * late) as u64).max(before.overdue.saturating_sub(overdue)).min(done);
        cells.push(Cell {
            received,
            direct: ((received as f64 * direct + draw(53)) as u64).min(received),
            done,
            late,
            pending,
            overdue,
        });
    }
}
