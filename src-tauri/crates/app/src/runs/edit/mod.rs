//! A runbook's text by its parts: what they say and may name, one put in or taken out. Nothing is kept before the text is saved.

mod meant;
mod told;

use super::{books::Shelf, words};
use crate::{
    App, alerts, messages,
    wire::{
        FigureChoice, MetricChoice, NamedView, NodeChoice, RunbookCheckArgs, RunbookPart,
        RunbookPartDropArgs, RunbookPartKind, RunbookPartPutArgs, RunbookPartsView, RunbookTextView,
        UnitView, WireError,
    },
};
use meant::Form;
use pvhcc_domain::operation::{
    runbook::{
        Fault, Figure, Finding, Gate, NotChanged, Runbook, Step, Trigger, drop_part, parse, put_head,
        put_part,
    },
    signal::Signal,
};

impl App {
    pub(crate) async fn runbook_parts(&self, args: RunbookCheckArgs) -> Result<RunbookPartsView, WireError> {
        let runbook = parse(&args.text).map_err(|fault| unreadable(&fault))?;
        let shelf = self.shelf().await?;
        Ok(RunbookPartsView {
            head: told::head(&runbook),
            rows: runbook.steps.iter().enumerate().map(|(at, s)| self.step_row(&runbook, at, s)).collect(),
            gates: runbook.gates.iter().map(|g| self.gate_row(&runbook, g)).collect(),
            triggers: runbook.triggers.iter().map(|t| self.trigger_row(&runbook, t)).collect(),
            books: others(&shelf, &runbook),
            rollback: rollback_steps(&shelf, &runbook),
            units: self.units_with_parts(&runbook),
            nodes: self.nodes_measured(&self.signals().await?),
            figures: Figure::ALL.map(|id| FigureChoice { id, name: words::figure(id).to_owned() }).to_vec(),
        })
    }

    /// Organisations, and what else the text names already.
    fn units_with_parts(&self, runbook: &Runbook) -> Vec<UnitView> {
        let organisations = self.0.units.organisations().iter().map(|u| u.id.as_str());
        let mut ids: Vec<&str> = organisations.collect();
        let of_steps = runbook.steps.iter().flat_map(|s| std::iter::once(&s.owner).chain(&s.backup));
        let of_gates = runbook.gates.iter().flat_map(|g| {
            std::iter::once(&g.decides).chain(g.criteria.iter().filter_map(|c| c.word.as_ref()))
        });
        for who in of_steps.chain(of_gates) {
            if !ids.contains(&who.unit.as_str()) {
                ids.push(&who.unit);
            }
        }
        ids.into_iter().map(|id| self.unit_view(id)).collect()
    }

    /// Nodes in the order in which they are watched, with what is measured of each.
    fn nodes_measured(&self, signals: &[Signal]) -> Vec<NodeChoice> {
        let mut nodes: Vec<NodeChoice> = Vec::new();
        for signal in signals {
            let of = signal.metric;
            let metric = MetricChoice {
                id: of,
                name: alerts::metric(of).to_owned(),
                unit: alerts::unit(of).to_owned(),
            };
            match nodes.iter_mut().find(|node| node.id == signal.node) {
                Some(node) if node.metrics.contains(&metric) => {}
                Some(node) => node.metrics.push(metric),
                None => nodes.push(NodeChoice {
                    id: signal.node.clone(),
                    name: self.0.alerts.graph().name(&signal.node).to_owned(),
                    metrics: vec![metric],
                }),
            }
        }
        nodes
    }

    pub(crate) async fn runbook_part_put(
        &self,
        args: RunbookPartPutArgs,
    ) -> Result<RunbookTextView, WireError> {
        let runbook = parse(&args.text).map_err(|fault| unreadable(&fault))?;
        let form = Form { app: self, runbook: &runbook, was: args.was.as_deref() };
        let text = match args.part {
            RunbookPart::Head(head) => put_head(&args.text, &form.head(head)?),
            RunbookPart::Step(step) => put_part(&args.text, form.was, &form.step(*step)?),
            RunbookPart::Gate(gate) => put_part(&args.text, form.was, &form.gate(gate)?),
            RunbookPart::Trigger(trigger) => put_part(&args.text, form.was, &form.trigger(trigger)?),
        };
        text.map(|text| RunbookTextView { text }).map_err(refused)
    }

    pub(crate) async fn runbook_part_drop(
        &self,
        args: RunbookPartDropArgs,
    ) -> Result<RunbookTextView, WireError> {
        let text = match args.kind {
            RunbookPartKind::Step => drop_part::<Step>(&args.text, &args.id),
            RunbookPartKind::Gate => drop_part::<Gate>(&args.text, &args.id),
            RunbookPartKind::Trigger => drop_part::<Trigger>(&args.text, &args.id),
        };
        text.map(|text| RunbookTextView { text }).map_err(refused)
    }
}

/// Runbooks in use, besides this one.
fn others(shelf: &Shelf, runbook: &Runbook) -> Vec<NamedView> {
    let in_use = shelf.iter().filter(|(id, kept)| **id != runbook.id && kept.retired.is_none());
    let read = in_use.filter_map(|(id, kept)| Some((id, parse(&kept.text).ok()?)));
    read.map(|(id, book)| NamedView { id: id.clone(), name: book.title }).collect()
}

fn rollback_steps(shelf: &Shelf, runbook: &Runbook) -> Vec<NamedView> {
    let back = runbook.rollback.as_ref().and_then(|id| parse(&shelf.get(id)?.text).ok());
    let named = |step: Step| NamedView { id: step.id, name: step.title };
    back.map(|back| back.steps.into_iter().map(named).collect()).unwrap_or_default()
}

fn unreadable(fault: &Finding<Fault>) -> WireError {
    messages::invalid("text", &format!("Chưa đọc được kịch bản. {}", words::fault(fault)))
}

fn refused(why: NotChanged) -> WireError {
    match why {
        NotChanged::Unreadable(fault) => unreadable(&fault),
        NotChanged::Missing(id) => {
            messages::invalid("text", &format!("Bản soạn không còn mục «{id}». Hãy mở lại danh sách."))
        }
        NotChanged::NotInTables(name) => messages::invalid(
            "text",
            &format!("Phần này của kịch bản không viết dạng [[{name}]]. Hãy sửa trong văn bản."),
        ),
    }
}
