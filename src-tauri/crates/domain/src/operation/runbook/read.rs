//! Reading a runbook from TOML: what is wrong with it, each with its line.

use super::{
    Finding, Gate, Known, Runbook, Step, Stream, Trigger, Warning,
    check::{self, Fault, Places},
};
use crate::{text::nfc, time::Ms};
use serde::Deserialize;
use toml::Spanned;

/// What reading found.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The runbook; none while something is wrong with it.
    pub runbook: Option<Runbook>,
    /// What is wrong, by line.
    pub faults: Vec<Finding<Fault>>,
    /// What somebody should look at, by line.
    pub warnings: Vec<Finding<Warning>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: Spanned<String>,
    title: Spanned<String>,
    basis: Vec<String>,
    starts: Spanned<String>,
    window_minutes: Spanned<i64>,
    #[serde(default)]
    rollback: Option<Spanned<String>>,
    #[serde(default)]
    worst_rollback_minutes: Option<Spanned<i64>>,
    #[serde(default)]
    streams: Vec<Spanned<Stream>>,
    #[serde(default)]
    steps: Vec<Spanned<Step>>,
    #[serde(default)]
    gates: Vec<Spanned<Gate>>,
    #[serde(default)]
    triggers: Vec<Spanned<Trigger>>,
}

/// Line of a byte of `text`, from 1.
fn line(text: &str, at: usize) -> u32 {
    let lines = text.bytes().take(at).filter(|b| *b == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

/// Reads a runbook that was checked when it was kept: what it names may no longer be known.
///
/// # Errors
/// What the parser says, with its line.
pub fn parse(text: &str) -> Result<Runbook, Finding<Fault>> {
    let text = nfc(text);
    let (runbook, ..) = file(&text)?;
    Ok(runbook)
}

/// Reads a runbook and checks it against what is known.
#[must_use]
pub fn read(text: &str, known: &Known<'_>) -> Read {
    let text = nfc(text);
    let (runbook, places, mut faults) = match file(&text) {
        Ok(read) => read,
        Err(fault) => return Read { runbook: None, faults: vec![fault], warnings: Vec::new() },
    };
    faults.extend(check::faults(&runbook, &places, known));
    faults.sort_by_key(|f| f.line);
    let mut warnings = if faults.is_empty() { check::warnings(&runbook, &places) } else { Vec::new() };
    warnings.sort_by_key(|w| w.line);
    Read { runbook: faults.is_empty().then_some(runbook), faults, warnings }
}

type Parsed<'a> = (Runbook, Places<'a>, Vec<Finding<Fault>>);

fn file(text: &str) -> Result<Parsed<'_>, Finding<Fault>> {
    let file: File = toml::from_str(text).map_err(|e| Finding {
        line: e.span().map_or(1, |span| line(text, span.start)),
        of: String::new(),
        what: Fault::Syntax(e.message().to_owned()),
    })?;
    let starts_of = |spans: &mut dyn Iterator<Item = usize>| spans.collect::<Vec<_>>();
    let places = Places {
        text,
        id: line(text, file.id.span().start),
        title: line(text, file.title.span().start),
        starts: line(text, file.starts.span().start),
        window: line(text, file.window_minutes.span().start),
        rollback: file.rollback.as_ref().map_or(1, |r| line(text, r.span().start)),
        worst: file.worst_rollback_minutes.as_ref().map_or(1, |w| line(text, w.span().start)),
        streams: starts_of(&mut file.streams.iter().map(|s| s.span().start)),
        steps: starts_of(&mut file.steps.iter().map(|s| s.span().start)),
        gates: starts_of(&mut file.gates.iter().map(|s| s.span().start)),
        triggers: starts_of(&mut file.triggers.iter().map(|s| s.span().start)),
    };
    let mut faults = Vec::new();
    let starts = Ms::parse_rfc3339(file.starts.get_ref()).unwrap_or_else(|_| {
        faults.push(Finding { line: places.starts, of: "starts".to_owned(), what: Fault::NotAnInstant });
        Ms::default()
    });
    let runbook = Runbook {
        id: file.id.into_inner(),
        title: file.title.into_inner(),
        basis: file.basis,
        starts,
        window_minutes: file.window_minutes.into_inner(),
        rollback: file.rollback.map(Spanned::into_inner),
        worst_rollback_minutes: file.worst_rollback_minutes.map(Spanned::into_inner),
        streams: file.streams.into_iter().map(Spanned::into_inner).collect(),
        steps: file.steps.into_iter().map(Spanned::into_inner).collect(),
        gates: file.gates.into_iter().map(Spanned::into_inner).collect(),
        triggers: file.triggers.into_iter().map(Spanned::into_inner).collect(),
    };
    Ok((runbook, places, faults))
}
