//! One row read as its columns say: what both dossiers and figures need.

use super::{
    cell::Cell,
    known::Known,
    mapping::Mapping,
    names::{Dictionary, compact},
    target::{Kind, Target},
    value::{self, DateOrder, Evidence},
};
use crate::{figures::statement::StatedRate, time::Ms};
use std::collections::{BTreeMap, HashMap};

/// Most different texts that are listed as not known.
const MOST_UNKNOWN: usize = 300;
/// Most texts of one target whose codes are kept at hand.
const MOST_LOOKED_UP: usize = 10_000;
/// Most names that are learned from one file.
const MOST_NAMES: usize = 50_000;

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column, from 0; none where it is about the whole row.
    pub column: Option<usize>,
    /// Why, in Vietnamese, without any value of the row.
    pub reason: String,
    /// What stands in the cell; for the screen alone.
    pub value: Option<String>,
}

impl Fault {
    /// About a whole row.
    #[must_use]
    pub fn row(reason: impl Into<String>) -> Self {
        Self { column: None, reason: reason.into(), value: None }
    }
}

/// A code and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Called {
    /// [`Target::Field`] or [`Target::Procedure`].
    pub of: Target,
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Reads the rows of one file.
#[derive(Debug)]
pub struct RowReader<'a> {
    pub(super) names: &'a Dictionary,
    pub(super) known: &'a Known,
    pub(super) mapping: &'a Mapping,
    /// The system of rows that tell none.
    pub(super) system: Option<&'a str>,
    /// The newest day a row may speak of the past about.
    pub(super) now: Ms,
    /// Columns and values for the whole file, by target.
    columns: Vec<Option<usize>>,
    fixed: Vec<Option<Cell>>,
    orders: BTreeMap<usize, DateOrder>,
    percents: BTreeMap<usize, bool>,
    /// Codes of texts that were looked up before, by target.
    looked_up: Vec<HashMap<String, Option<String>>>,
    /// What the columns told so far.
    evidence: BTreeMap<usize, Evidence>,
    unknown: HashMap<(Target, String), (u64, bool)>,
    learned: HashMap<(Target, String), String>,
}

impl<'a> RowReader<'a> {
    /// A reader that guesses orders and shares from nothing; see [`RowReader::with_evidence`].
    #[must_use]
    pub fn new(
        names: &'a Dictionary,
        known: &'a Known,
        mapping: &'a Mapping,
        system: Option<&'a str>,
        now: Ms,
    ) -> Self {
        let fixed = |target: &Target| mapping.fixed.get(target).map(|text| Cell::Text(text.clone()));
        Self {
            names,
            known,
            mapping,
            system,
            now,
            columns: Target::ALL.iter().map(|target| mapping.column(*target)).collect(),
            fixed: Target::ALL.iter().map(fixed).collect(),
            orders: mapping.orders.clone(),
            percents: BTreeMap::new(),
            looked_up: vec![HashMap::new(); Target::ALL.len()],
            evidence: BTreeMap::new(),
            unknown: HashMap::new(),
            learned: HashMap::new(),
        }
    }

    /// Reads columns as their values show; what somebody said goes before.
    #[must_use]
    pub fn with_evidence(mut self, evidence: &BTreeMap<usize, Evidence>) -> Self {
        for (column, told) in evidence {
            if !self.mapping.orders.contains_key(column) {
                self.orders.insert(*column, told.order());
            }
            self.percents.insert(*column, told.percents());
        }
        self
    }

    /// Notes what the cells of a row tell of how their columns are to be read.
    pub fn witness(&mut self, cells: &[Cell]) {
        for (column, target) in &self.mapping.columns {
            let Some(cell) = cells.get(*column) else { continue };
            match target.kind() {
                Kind::Moment => value::witness_date(self.evidence.entry(*column).or_default(), cell),
                Kind::Rate => value::witness_rate(self.evidence.entry(*column).or_default(), cell),
                _ => {}
            }
        }
    }

    /// What the columns told.
    #[must_use]
    pub fn evidence(&self) -> &BTreeMap<usize, Evidence> {
        &self.evidence
    }

    /// Texts that nobody knows the meaning of, with the rows that have them and whether those were refused for it.
    #[must_use]
    pub fn unknown(&self) -> Vec<(Target, String, u64, bool)> {
        let mut all: Vec<_> = self
            .unknown
            .iter()
            .map(|((target, text), (rows, refused))| (*target, text.clone(), *rows, *refused))
            .collect();
        all.sort_by(|a, b| (b.2, a.0, &a.1).cmp(&(a.2, b.0, &b.1)));
        all
    }

    /// Names of fields and procedures that the file tells.
    #[must_use]
    pub fn learned(&self) -> Vec<Called> {
        let called = |((of, code), name): (&(Target, String), &String)| Called {
            of: *of,
            code: code.clone(),
            name: name.clone(),
        };
        let mut all: Vec<Called> = self.learned.iter().map(called).collect();
        all.sort();
        all
    }

    /// The cell of a target; the value for the whole file where the row tells none.
    fn cell<'c>(&'c self, cells: &'c [Cell], target: Target) -> (&'c Cell, Option<usize>) {
        let column = self.columns[target as usize];
        let told = column.and_then(|column| cells.get(column)).filter(|cell| !value::is_untold(cell));
        match (told, &self.fixed[target as usize]) {
            (Some(cell), _) => (cell, column),
            (None, Some(fixed)) => (fixed, None),
            (None, None) => (&Cell::Empty, column),
        }
    }

    /// Reads the cell of a target.
    fn read<T>(
        &self,
        cells: &[Cell],
        target: Target,
        as_what: impl FnOnce(&Cell) -> Result<T, String>,
    ) -> Result<T, Fault> {
        let (cell, column) = self.cell(cells, target);
        as_what(cell).map_err(|reason| self.fault(target, column, cell, &reason))
    }

    pub(super) fn fault(&self, target: Target, column: Option<usize>, cell: &Cell, reason: &str) -> Fault {
        let short: String = cell.words().chars().take(60).collect();
        Fault {
            column,
            reason: format!("{}: {reason}", self.names.title(target)),
            value: Some(short).filter(|value| !value.is_empty()),
        }
    }

    pub(super) fn moment(&self, cells: &[Cell], target: Target) -> Result<Option<Ms>, Fault> {
        let order = self.columns[target as usize].and_then(|column| self.orders.get(&column));
        self.read(cells, target, |cell| value::moment(cell, order.copied().unwrap_or_default()))
    }

    pub(super) fn count(&self, cells: &[Cell], target: Target) -> Result<Option<u64>, Fault> {
        self.read(cells, target, value::count)
    }

    pub(super) fn rate(&self, cells: &[Cell], target: Target) -> Result<Option<StatedRate>, Fault> {
        let percents = self.columns[target as usize].and_then(|column| self.percents.get(&column));
        self.read(cells, target, |cell| value::rate(cell, percents.copied().unwrap_or(false)))
    }

    pub(super) fn flag(&mut self, cells: &[Cell], target: Target) -> Result<Option<bool>, Fault> {
        let Some(text) = self.code(cells, target)? else { return Ok(None) };
        let names = self.names;
        let found = self.look_up(target, &text, |text| names.flag(&compact(text)).map(|yes| yes.to_string()));
        if found.is_some() {
            return Ok(found.map(|yes| yes == "true"));
        }
        let (cell, column) = self.cell(cells, target);
        Err(self.fault(target, column, cell, "không phải có/không (1/0)"))
    }

    pub(super) fn code(&self, cells: &[Cell], target: Target) -> Result<Option<String>, Fault> {
        self.read(cells, target, value::code)
    }

    /// A code that may stand as a number of the source or as one of its words.
    pub(super) fn choice(&mut self, cells: &[Cell], target: Target) -> Result<Option<String>, Fault> {
        let Some(text) = self.code(cells, target)? else { return Ok(None) };
        let names = self.names;
        let found = self.look_up(target, &text, |text| {
            // Codes are kept as told, wrong ones too: judging them is a matter of data quality.
            let coded = matches!(target, Target::Channel | Target::Status) && text.parse::<u8>().is_ok();
            let code = || coded.then(|| text.to_owned());
            names.value(target, &compact(text)).map(str::to_owned).or_else(code)
        });
        if found.is_some() {
            return Ok(found);
        }
        self.note_unknown(target, &text, true);
        let (cell, column) = self.cell(cells, target);
        Err(self.fault(
            target,
            column,
            cell,
            "không hiểu chữ này; hãy ghép nó với một mã ở mục “Chữ chưa hiểu”",
        ))
    }

    /// The code of a system: the row's own, with its ministry, else that of the whole file.
    pub(super) fn system(&mut self, cells: &[Cell]) -> Result<String, Fault> {
        let named = self.named_system(cells, Target::System)?;
        let ministry = self.named_system(cells, Target::Ministry)?;
        let system = match (named, ministry) {
            (_, Some(ministry)) if ministry.contains('.') => Some(ministry),
            (Some(system), Some(ministry)) if !system.contains('.') => Some(format!("{system}.{ministry}")),
            (named, _) => named,
        };
        system
            .or_else(|| self.system.map(str::to_owned))
            .ok_or_else(|| Fault::row("không có hệ thống nào được nêu; hãy chọn hệ thống của tệp"))
    }

    fn named_system(&mut self, cells: &[Cell], target: Target) -> Result<Option<String>, Fault> {
        let Some(text) = self.code(cells, target)? else { return Ok(None) };
        let known = self.known;
        let found = self.look_up(target, &text, |text| known.systems.find(text).map(str::to_owned));
        if found.is_some() {
            return Ok(found);
        }
        self.note_unknown(target, &text, true);
        let (cell, column) = self.cell(cells, target);
        Err(self.fault(
            target,
            column,
            cell,
            "không có hệ thống này; hãy ghép nó với một mã ở mục “Chữ chưa hiểu”",
        ))
    }

    /// The portal's code of the unit.
    pub(super) fn unit(&mut self, cells: &[Cell]) -> Result<Option<String>, Fault> {
        let Some(text) = self.code(cells, Target::Unit)? else { return Ok(None) };
        let known = self.known;
        let found = self.look_up(Target::Unit, &text, |text| known.unit(text));
        if found.is_some() {
            return Ok(found);
        }
        self.note_unknown(Target::Unit, &text, true);
        let (cell, column) = self.cell(cells, Target::Unit);
        Err(self.fault(
            Target::Unit,
            column,
            cell,
            "không có đơn vị này; hãy ghép nó với một mã ở mục “Chữ chưa hiểu”",
        ))
    }

    /// The code of a field or procedure, given by code, by name, or both. A name without a known code is kept as it is.
    pub(super) fn catalogued(
        &mut self,
        cells: &[Cell],
        (code_target, name_target): (Target, Target),
    ) -> Result<Option<String>, Fault> {
        let code = match self.cell(cells, code_target) {
            // A spreadsheet takes `1.116910` for a number and drops what it thinks is nothing.
            (Cell::Number(number), _) if code_target == Target::Procedure && number.fract() != 0.0 => {
                Some(format!("{number:.6}"))
            }
            _ => self.code(cells, code_target)?,
        };
        let name = self.code(cells, name_target)?;
        let Some(text) = code.as_ref().or(name.as_ref()) else { return Ok(None) };
        let known = if code_target == Target::Field { &self.known.fields } else { &self.known.procedures };
        let is_named = code.is_some() && name.is_some();
        let text = text.clone();
        let found = self.look_up(code_target, &text, |text| {
            if is_named { None } else { known.find(text).map(str::to_owned) }
        });
        if found.is_some() {
            return Ok(found);
        }
        if let (Some(code), Some(name)) = (code, name) {
            if self.learned.len() < MOST_NAMES {
                self.learned.entry((code_target, code)).or_insert(name);
            }
        } else if text.contains(' ') {
            self.note_unknown(code_target, &text, false);
        }
        Ok(Some(text))
    }

    /// The code of a text: as somebody said, else as it is known. Files say the same few texts over and over.
    fn look_up(
        &mut self,
        target: Target,
        text: &str,
        find: impl FnOnce(&str) -> Option<String>,
    ) -> Option<String> {
        let before = &mut self.looked_up[target as usize];
        if let Some(code) = before.get(text) {
            return code.clone();
        }
        let said = self.mapping.values.get(&(target, compact(text))).cloned();
        let code = said.or_else(|| find(text));
        if before.len() >= MOST_LOOKED_UP {
            before.clear();
        }
        before.insert(text.to_owned(), code.clone());
        code
    }

    fn note_unknown(&mut self, target: Target, text: &str, refused: bool) {
        let key = (target, text.to_owned());
        let full = self.unknown.len() >= MOST_UNKNOWN;
        if let Some((rows, _)) = self.unknown.get_mut(&key) {
            *rows += 1;
        } else if !full {
            self.unknown.insert(key, (1, refused));
        }
    }
}
