//! What becomes of the dossiers of a stream: in which segment each is received, falls due and is finished, so that the
//! counts of every segment come out exactly.

use super::plan::Cell;

/// Dossiers of one stream with the same fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fate {
    /// Segment of receipt.
    pub(super) received: usize,
    /// Segment in which it is finished; `None` is not before the end of the year.
    pub(super) finished: Option<usize>,
    /// Segment in which its deadline passes without its being finished; `None` is in time.
    pub(super) missed: Option<usize>,
}

/// Fates with how many dossiers have each, by fate.
pub(super) fn fates(cells: &[Cell]) -> Vec<(Fate, u64)> {
    let mut out: Vec<(Fate, u64)> = Vec::new();
    // Pending and in time, and pending and overdue, oldest first: (received, missed), how many.
    let mut waiting: Vec<(Fate, u64)> = Vec::new();
    let mut overdue: Vec<(Fate, u64)> = Vec::new();
    for (s, cell) in cells.iter().enumerate() {
        let carried: u64 = waiting.iter().map(|w| w.1).sum();
        let stuck: u64 = overdue.iter().map(|w| w.1).sum();
        let ended = mostly(stuck, stuck.saturating_sub(cell.overdue), stuck.min(cell.late));
        let done = |fate: Fate| Fate { finished: Some(s), ..fate };
        out.extend(take(&mut overdue, ended).into_iter().map(|(fate, n)| (done(fate), n)));

        let mut fresh = vec![(Fate { received: s, finished: None, missed: None }, cell.received)];
        let late = cell.late - ended;
        let new_overdue = cell.overdue - (stuck - ended);
        let mut from_both = |n: u64, part_of_old: f64| {
            let old = ((n as f64 * part_of_old) as u64).min(carried);
            let mut taken = take(&mut waiting, old);
            let got: u64 = taken.iter().map(|t| t.1).sum();
            taken.extend(take(&mut fresh, n - got));
            let got: u64 = taken.iter().map(|t| t.1).sum();
            taken.extend(take(&mut waiting, n - got));
            taken
        };
        let missed = |fate: Fate| Fate { missed: Some(s), ..fate };
        let late = from_both(late, 0.5);
        let new_overdue = from_both(new_overdue, 0.7);
        out.extend(late.into_iter().map(|(fate, n)| (done(missed(fate)), n)));
        waiting.append(&mut fresh);
        out.extend(take(&mut waiting, cell.done - cell.late).into_iter().map(|(fate, n)| (done(fate), n)));
        overdue.extend(new_overdue.into_iter().map(|(fate, n)| (missed(fate), n)));
    }
    out.append(&mut waiting);
    out.append(&mut overdue);
    out.retain(|(_, n)| *n > 0);
    out.sort_unstable_by_key(|(fate, _)| *fate);
    out.dedup_by(|b, a| {
        let same = a.0 == b.0;
        a.1 += if same { b.1 } else { 0 };
        same
    });
    out
}

/// Three fifths of `n` within the bounds.
fn mostly(n: u64, least: u64, most: u64) -> u64 {
    (n * 3 / 5).max(least).min(most)
}

/// The oldest `n` of a queue, or all.
fn take(queue: &mut Vec<(Fate, u64)>, mut n: u64) -> Vec<(Fate, u64)> {
    let mut taken = Vec::new();
    for (fate, left) in queue.iter_mut() {
        let part = n.min(*left);
        *left -= part;
        n -= part;
        if part > 0 {
            taken.push((*fate, part));
        }
    }
    queue.retain(|(_, left)| *left > 0);
    taken
}
