//! One walk through all rows of a file: what each is, what it says, and why it is not taken. Holds a few bytes a row.

use super::plan::{Plan, World};
use crate::wire::{ImportPreviewRow, ImportReject, WireError};
use pvhcc_domain::{
    dossier::Record,
    import::{
        Called, Cell, Contradicted, Evidence, Fault, Place, RowKind, RowReader, Said, Seen, Target, What,
        letters,
    },
    observation::DossierFigures,
};
use pvhcc_sources::files::table::{Form, Input, Said as SaidForm, Table, TableError};
use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::atomic::{AtomicBool, Ordering},
};

/// Rows not taken that are listed.
const MOST_REJECTS: usize = 200;
/// Rows shown as they would be kept.
const MOST_PREVIEW: usize = 20;

/// A row that is taken.
pub(super) enum Item {
    Record(Record),
    Figures(DossierFigures),
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Rows of data.
    pub(super) rows: u64,
    /// Rows that say what another says.
    pub(super) again: u64,
    pub(super) rejected: u64,
    /// The first of them.
    pub(super) rejects: Vec<ImportReject>,
    /// Rows that are no data: how many, and the first.
    pub(super) skipped: BTreeMap<RowKind, (u64, u32)>,
    /// Rows above the headings, and the headings.
    pub(super) titles: u64,
    pub(super) preview: Vec<ImportPreviewRow>,
    pub(super) evidence: BTreeMap<usize, Evidence>,
    pub(super) unknown: Vec<(Target, String, u64, bool)>,
    pub(super) learned: Vec<Called>,
    pub(super) contradicted: Contradicted,
}

/// Why a walk ended before the end.
pub(super) enum Ended {
    /// Somebody stopped it.
    Stopped,
    /// Nobody takes rows any more.
    Closed,
    /// The file cannot be read.
    Failed(TableError),
    /// The file is not here any more, or another stands in its place.
    Gone(WireError),
}

/// What is done with what is found.
pub(super) struct Sinks<'s> {
    /// Takes a row; an error ends the walk.
    pub(super) take: &'s mut dyn FnMut(Item, Place) -> Result<(), Ended>,
    /// Hears of every row that is not taken.
    pub(super) reject: &'s mut dyn FnMut(&ImportReject) -> Result<(), Ended>,
    /// Hears of rows read, and of how many there will be.
    pub(super) progress: &'s dyn Fn(u64, Option<u64>),
}

/// A walk.
pub(super) struct Pass<'a> {
    pub(super) plan: &'a Plan,
    pub(super) world: &'a World,
    /// What the columns are known to tell.
    pub(super) evidence: &'a BTreeMap<usize, Evidence>,
    /// What rows are known to contradict one another about.
    pub(super) contradicted: &'a Contradicted,
    pub(super) stop: &'a AtomicBool,
    /// What the columns tell is noted.
    pub(super) learning: bool,
}

impl Pass<'_> {
    pub(super) fn run(&self, input: Box<dyn Input>, sinks: &mut Sinks<'_>) -> Result<Told, Ended> {
        let mut table = Table::open(input, said(self.plan)).map_err(Ended::Failed)?;
        let reader = RowReader::new(
            self.world.names,
            &self.world.known,
            &self.plan.mapping,
            self.plan.system.as_deref(),
            self.world.now,
        );
        let mut walk = Walk {
            pass: self,
            reader: reader.with_evidence(self.evidence),
            seen: Seen::default(),
            told: Told::default(),
            read: self.plan.mapping.read(),
            done: 0,
        };
        for (number, sheet) in self.plan.sheets.iter().enumerate() {
            let mut ended = None;
            let mut before = 0;
            table
                .rows(sheet.at, &mut |row| {
                    let place = (number as u32, row.line);
                    match walk.row(place, std::mem::replace(&mut before, row.line), row.cells, row.of, sinks)
                    {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(why) => {
                            ended = Some(why);
                            ControlFlow::Break(())
                        }
                    }
                })
                .map_err(Ended::Failed)?;
            if let Some(why) = ended {
                return Err(why);
            }
        }
        (sinks.progress)(walk.done, Some(walk.done));
        let Walk { reader, seen, mut told, .. } = walk;
        told.evidence = reader.evidence().clone();
        told.unknown = reader.unknown();
        told.learned = reader.learned();
        told.contradicted = seen.contradicted();
        Ok(told)
    }

    /// Where a row stands, for people.
    fn place(&self, (sheet, line): Place, from: u32) -> String {
        let name = &self.plan.sheets[sheet as usize].name;
        if sheet == from {
            format!("dòng {line}")
        } else {
            format!("dòng {line} của trang tính “{name}”")
        }
    }
}

/// The form as it was found when the file was planned.
fn said(plan: &Plan) -> SaidForm {
    let (encoding, delimiter) = match plan.form {
        Form::Xlsx => (None, None),
        Form::Csv { encoding, delimiter } => (Some(encoding), Some(delimiter)),
        Form::Json { encoding } => (Some(encoding), None),
    };
    SaidForm { encoding, delimiter, weighed: true }
}

struct Walk<'p, 'a> {
    pass: &'p Pass<'a>,
    reader: RowReader<'a>,
    seen: Seen,
    told: Told,
    read: Vec<usize>,
    done: u64,
}

impl Walk<'_, '_> {
    fn row(
        &mut self,
        place: Place,
        before: u32,
        cells: &[Cell],
        of: Option<u64>,
        sinks: &mut Sinks<'_>,
    ) -> Result<(), Ended> {
        let (sheet, line) = place;
        let plan = self.pass.plan;
        let header = &plan.sheets[sheet as usize].header;
        if line <= header.last() {
            self.told.titles += 1;
            return Ok(());
        }
        if self.done.is_multiple_of(1000) {
            if self.pass.stop.load(Ordering::Relaxed) {
                return Err(Ended::Stopped);
            }
            (sinks.progress)(self.done, of);
        }
        self.done += 1;
        // Rows with nothing in them are not told at all.
        let blank = u64::from(line - before.max(header.last()) - 1);
        if blank > 0 {
            let skipped =
                self.told.skipped.entry(RowKind::Blank).or_insert((0, before.max(header.last()) + 1));
            skipped.0 += blank;
        }
        match RowKind::of(self.pass.world.names, header, &self.read, line, cells) {
            RowKind::Data => {}
            kind => {
                self.told.skipped.entry(kind).or_insert((0, line)).0 += 1;
                return Ok(());
            }
        }
        self.told.rows += 1;
        if self.pass.learning {
            self.reader.witness(cells);
        }
        let item = match plan.what {
            What::Dossiers => self.reader.record(cells).map(Item::Record),
            What::Figures => self.reader.figures(cells).map(Item::Figures),
        };
        match item.and_then(|item| self.compared(item, place)) {
            Ok(Some(item)) => {
                if self.told.preview.len() < MOST_PREVIEW {
                    self.told.preview.push(preview(plan, &item, place));
                }
                (sinks.take)(item, place)
            }
            Ok(None) => {
                self.told.again += 1;
                Ok(())
            }
            Err(fault) => {
                let reject = reject(plan, place, fault);
                (sinks.reject)(&reject)?;
                self.told.rejected += 1;
                if self.told.rejects.len() < MOST_REJECTS {
                    self.told.rejects.push(reject);
                }
                Ok(())
            }
        }
    }

    /// The row beside the others of the file: nothing when another said the same.
    fn compared(&mut self, item: Item, place: Place) -> Result<Option<Item>, Fault> {
        let (said, against, about) = match &item {
            Item::Record(record) => {
                let key = (&record.system, &record.code);
                let said = self.seen.say(&key, &record.record, record, place);
                (said, self.pass.contradicted.by(&key, place), "mã hồ sơ")
            }
            Item::Figures(figures) => {
                let key = (
                    (&figures.system, &figures.unit, &figures.field, &figures.procedure, &figures.channel),
                    (figures.from, figures.to),
                );
                let content = format!("{:?}", figures.statement);
                let said = self.seen.say(&key, &(), &content, place);
                (said, self.pass.contradicted.by(&key, place), "kỳ và phạm vi")
            }
        };
        let column = match plan_key(self.pass.plan.what) {
            Some(target) => self.pass.plan.mapping.column(target),
            None => None,
        };
        let fault = |reason: String| Fault { column, ..Fault::row(reason) };
        match (said, against) {
            (Said::Namesake(first), _) => Err(fault(format!(
                "cùng {about} với {} nhưng khác mã bản ghi: nguồn có hai bản ghi một mã, chỉ tính bản ghi đứng trước",
                self.pass.place(first, place.0)
            ))),
            (_, Some(other)) => Err(fault(format!(
                "cùng {about} nhưng nội dung trái với {}; hãy giữ một dòng đúng",
                self.pass.place(other, place.0)
            ))),
            (Said::Again(_), None) => Ok(None),
            // The first walk cannot know yet what the rows after contradict.
            (Said::New | Said::Otherwise(_), None) => Ok(Some(item)),
        }
    }
}

/// What tells rows of a sort apart, where one column does.
fn plan_key(what: What) -> Option<Target> {
    match what {
        What::Dossiers => Some(Target::Code),
        What::Figures => None,
    }
}

pub(super) fn reject(plan: &Plan, (sheet, line): Place, fault: Fault) -> ImportReject {
    ImportReject {
        sheet: plan.sheets[sheet as usize].name.clone(),
        row: line,
        column: fault.column.map(letters).unwrap_or_default(),
        reason: fault.reason,
        value: fault.value,
    }
}

fn preview(plan: &Plan, item: &Item, (sheet, line): Place) -> ImportPreviewRow {
    let cells = super::preview::targets(plan).into_iter().map(|target| super::preview::cell(item, target));
    ImportPreviewRow { sheet: plan.sheets[sheet as usize].name.clone(), row: line, cells: cells.collect() }
}
