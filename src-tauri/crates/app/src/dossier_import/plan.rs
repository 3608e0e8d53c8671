//! How a file is read: what somebody said, what files of its shape were read as before, what its headings and title tell.

use super::words;
use crate::{
    messages,
    wire::{
        ColumnChoice, DateOrderView, FixedChoice, ImportMapping, ImportWhat, LookArgs, ValueChoice, WireError,
    },
};
use pvhcc_domain::{
    import::{
        Cell, Contradicted, DateOrder, Dictionary, Evidence, Header, Known, MOST_HEADER_ROWS, Mapping,
        MappingError, SheetRow, Target, WINDOW, What, column, compact, is_personal, legacy_headings, letters,
        period::Title, shape,
    },
    text::nfc,
    time::Ms,
};
use pvhcc_sources::files::table::{Encoding, Form, Input, Said, Table, TableError};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
    sync::Arc,
};

/// Values of a column that are shown.
const SAMPLES: usize = 3;

/// What is known while a file is looked at.
pub(super) struct World {
    pub(super) names: &'static Dictionary,
    pub(super) known: Known,
    pub(super) now: Ms,
    /// Mappings of files taken before, by shape.
    pub(super) remembered: HashMap<String, Remembered>,
}

/// What is kept of how files of one shape are read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Remembered {
    columns: Vec<ColumnChoice>,
    values: Vec<ValueChoice>,
}

/// A sheet that is read.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) header: Header,
}

/// How a file is read.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) what: What,
    pub(super) system: Option<String>,
    pub(super) as_of: Ms,
    pub(super) as_of_text: String,
    pub(super) form: Form,
    pub(super) all_sheets: Vec<String>,
    /// At least one.
    pub(super) sheets: Vec<Sheet>,
    pub(super) mapping: Mapping,
    pub(super) shape: String,
    pub(super) remembered: bool,
    /// First values of each column.
    pub(super) samples: Vec<Vec<String>>,
    /// Why it cannot be taken so.
    pub(super) problem: Option<String>,
    pub(super) notices: Vec<String>,
    /// Texts that somebody gave a code, as they stand in the file.
    values: Vec<ValueChoice>,
}

/// What was looked at, to be taken as it was.
pub(super) struct Looked {
    pub(super) token: String,
    pub(super) plan: Arc<Plan>,
    pub(super) evidence: BTreeMap<usize, Evidence>,
    pub(super) contradicted: Arc<Contradicted>,
    pub(super) accepted: u64,
    pub(super) unchanged: u64,
    pub(super) rejected: u64,
}

/// A file with its first rows.
struct Opened {
    table: Table,
    windows: Vec<Vec<SheetRow>>,
}

impl Plan {
    /// Looks at the first rows of every sheet.
    pub(super) fn make(
        (name, modified): (&str, Option<Ms>),
        input: Box<dyn Input>,
        args: &LookArgs,
        world: &World,
    ) -> Result<Self, WireError> {
        let said = args.mapping.clone().unwrap_or_default();
        understood(&said)?;
        let failed = |e: TableError| words::refused(name, &e);
        let opened = Opened::new(input, said_form(&said)?).map_err(failed)?;
        let what = args.what.map(What::from);
        let found = opened.headed(world.names, what, &said);
        let Some((what, sheets)) = found else {
            if let Some(script) = opened.legacy(world.names) {
                return Err(failed(TableError::Legacy(script)));
            }
            let what = what.unwrap_or(What::Dossiers);
            let sheets = opened.unheaded();
            let problem = "Không nhận ra dòng tiêu đề. Hãy chọn dòng tiêu đề và ghép các cột cần đọc.";
            return Ok(Self::with(opened, what, sheets, args, world, &said, modified, Some(problem)));
        };
        let mut plan = Self::with(opened, what, sheets, args, world, &said, modified, None);
        plan.mapping.check(world.names, what, plan.header()).map_err(|e| wrong_mapping(&e, plan.header()))?;
        plan.problem = plan.missing(world.names);
        Ok(plan)
    }

    /// The headings of the first sheet; the others have the same.
    pub(super) fn header(&self) -> &Header {
        &self.sheets[0].header
    }

    #[allow(clippy::too_many_arguments)]
    fn with(
        opened: Opened,
        what: What,
        sheets: Vec<Sheet>,
        args: &LookArgs,
        world: &World,
        said: &ImportMapping,
        modified: Option<Ms>,
        problem: Option<&str>,
    ) -> Self {
        let header = &sheets[0].header;
        let shape = shape(what, header);
        let before = world.remembered.get(&shape).filter(|_| args.mapping.is_none());
        let (columns, values) = match (&args.mapping, before) {
            (Some(said), _) => (said.columns.clone(), said.values.clone()),
            (None, Some(before)) => (before.columns.clone(), before.values.clone()),
            (None, None) => Default::default(),
        };
        let mut mapping = mapping(world.names, what, header, &columns, &values, &said.fixed);
        let window = &opened.windows[sheets[0].at];
        let above = window.iter().filter(|(line, _)| *line < header.first).map(|(_, cells)| cells.as_slice());
        let title = Title::read(world.names, above);
        from_title(what, &mut mapping, &title, &world.known);
        let system =
            args.system.as_deref().map(|system| nfc(system.trim())).filter(|system| !system.is_empty());
        let system =
            system.map(|system| world.known.systems.find(&system).map_or(system.clone(), str::to_owned));
        let mut notices = Vec::new();
        let told = [
            (args.as_of.map(Ms), "theo lựa chọn"),
            (title.as_of, "theo tiêu đề của tệp"),
            (modified, "theo lần sửa cuối của tệp"),
        ];
        let (as_of, as_of_text) =
            told.into_iter().find_map(|(at, text)| Some((at?, text))).unwrap_or((world.now, "lúc nhập"));
        let (as_of, as_of_text) = if as_of > world.now {
            notices.push(format!("Thời điểm số liệu {as_of_text} ở sau hiện tại nên lấy lúc nhập."));
            (world.now, "lúc nhập")
        } else {
            (as_of, as_of_text)
        };
        Self {
            what,
            system,
            as_of,
            as_of_text: as_of_text.to_owned(),
            form: opened.table.form(),
            all_sheets: opened.table.sheets().to_vec(),
            samples: samples(window, header),
            mapping,
            shape,
            remembered: before.is_some(),
            problem: problem.map(str::to_owned),
            notices,
            values,
            sheets,
        }
    }

    /// What is missing before any row could be taken.
    fn missing(&self, names: &Dictionary) -> Option<String> {
        let has = |target: Target| {
            self.mapping.column(target).is_some() || self.mapping.fixed.contains_key(&target)
        };
        match self.what {
            What::Dossiers if !has(Target::Code) => {
                return Some(format!("Chưa có cột nào là “{}”. Hãy ghép cột.", names.title(Target::Code)));
            }
            What::Figures => {
                if !self.mapping.columns.values().any(|target| target.is_figure()) {
                    return Some("Chưa có cột nào là số liệu. Hãy ghép cột.".to_owned());
                }
                let told = (has(Target::From) && has(Target::To)) || has(Target::Period) || has(Target::Year);
                if !told {
                    return Some(
                        "Tệp không nêu kỳ báo cáo. Hãy ghi từ ngày, đến ngày cho cả tệp.".to_owned(),
                    );
                }
            }
            What::Dossiers => {}
        }
        (self.system.is_none() && !has(Target::System) && !has(Target::Ministry))
            .then(|| "Hãy chọn hệ thống mà tệp này lấy từ đó.".to_owned())
    }

    /// Everything as it is read, to be edited and sent back.
    pub(super) fn mapping_view(&self) -> ImportMapping {
        let (encoding, delimiter) = match self.form {
            Form::Xlsx => (None, None),
            Form::Json { encoding } => (Some(encoding), None),
            Form::Csv { encoding, delimiter } => (Some(encoding), Some(char::from(delimiter).to_string())),
        };
        let is_json = matches!(self.form, Form::Json { .. });
        let fixed = |(target, value): (&Target, &String)| FixedChoice {
            target: target.id().to_owned(),
            value: value.clone(),
        };
        ImportMapping {
            sheets: self
                .sheets
                .iter()
                .map(|sheet| sheet.name.clone())
                .filter(|name| !name.is_empty())
                .collect(),
            encoding: encoding.map(|encoding| encoding.as_str().to_owned()),
            delimiter,
            header_row: Some(self.header().first).filter(|_| !is_json),
            header_rows: Some(self.header().rows).filter(|_| !is_json),
            columns: self.column_choices(),
            fixed: self.mapping.fixed.iter().map(fixed).collect(),
            values: self.values.clone(),
        }
    }

    fn column_choices(&self) -> Vec<ColumnChoice> {
        (0..self.header().columns.len())
            .map(|column| ColumnChoice {
                column: letters(column),
                target: self.mapping.columns.get(&column).map(|target| target.id().to_owned()),
                order: self.mapping.orders.get(&column).map(|order| DateOrderView::from(*order)),
            })
            .collect()
    }

    /// What is kept for the next file of this shape.
    pub(super) fn to_remember(&self) -> Remembered {
        Remembered { columns: self.column_choices(), values: self.values.clone() }
    }
}

impl Opened {
    fn new(input: Box<dyn Input>, said: Said) -> Result<Self, TableError> {
        let mut table = Table::open(input, said)?;
        let mut windows = Vec::new();
        for sheet in 0..table.sheets().len() {
            let mut window: Vec<SheetRow> = Vec::new();
            table.rows(sheet, &mut |row| {
                window.push((row.line, row.cells.to_vec()));
                if window.len() < WINDOW { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            windows.push(window);
        }
        if windows.iter().all(Vec::is_empty) {
            return Err(TableError::Empty);
        }
        Ok(Self { table, windows })
    }

    /// The sheets with headings that say most, all of one shape.
    fn headed(
        &self,
        names: &Dictionary,
        what: Option<What>,
        said: &ImportMapping,
    ) -> Option<(What, Vec<Sheet>)> {
        let wanted = |name: &String| said.sheets.is_empty() || said.sheets.contains(name);
        let mut found: Vec<(usize, What, Sheet)> = Vec::new();
        for (at, (name, window)) in self.table.sheets().iter().zip(&self.windows).enumerate() {
            if !wanted(name) || window.is_empty() {
                continue;
            }
            let headed = match (said.header_row, self.table.form()) {
                (Some(first), Form::Csv { .. } | Form::Xlsx) => {
                    let rows = said.header_rows.unwrap_or(1).clamp(1, MOST_HEADER_ROWS as u32);
                    let header = Header::at(window, first, rows);
                    let guess = |what| Mapping::guess(names, what, &header).len();
                    let best = || {
                        let is_figures = guess(What::Figures) > guess(What::Dossiers);
                        if is_figures { What::Figures } else { What::Dossiers }
                    };
                    let what = what.unwrap_or_else(best);
                    (!header.columns.is_empty()).then_some((what, header))
                }
                _ => Header::find(names, what, window),
            };
            if let Some((what, header)) = headed {
                let columns = Mapping::guess(names, what, &header).len();
                found.push((columns, what, Sheet { at, name: name.clone(), header }));
            }
        }
        // The first of those that say most.
        let most = found.iter().map(|(columns, ..)| *columns).max()?;
        let (_, what, best) = found.iter().find(|(columns, ..)| *columns == most)?;
        let (what, like) = (*what, shape(*what, &best.header));
        let alike = |(_, of, sheet): (usize, What, Sheet)| {
            (of == what && shape(of, &sheet.header) == like).then_some(sheet)
        };
        Some((what, found.into_iter().filter_map(alike).collect()))
    }

    /// The sheet with most rows, headed by its fullest row of words.
    fn unheaded(&self) -> Vec<Sheet> {
        let at =
            (0..self.windows.len()).max_by_key(|at| (self.windows[*at].len(), usize::MAX - at)).unwrap_or(0);
        let full = |(_, cells): &&SheetRow| cells.iter().filter(|cell| matches!(cell, Cell::Text(_))).count();
        let line = self.windows[at].iter().rev().max_by_key(full).map_or(1, |(line, _)| *line);
        let name = self.table.sheets().get(at).cloned().unwrap_or_default();
        vec![Sheet { at, name, header: Header::at(&self.windows[at], line, 1) }]
    }

    fn legacy(&self, names: &Dictionary) -> Option<pvhcc_domain::import::Legacy> {
        self.windows.iter().flatten().find_map(|(_, cells)| {
            let words: Vec<String> = cells.iter().map(Cell::words).filter(|text| !text.is_empty()).collect();
            legacy_headings(names, &words)
        })
    }
}

/// Whether what was said names columns and targets that there can be.
fn understood(said: &ImportMapping) -> Result<(), WireError> {
    if let Some(wrong) = said.columns.iter().find(|choice| column(&choice.column).is_none()) {
        let text =
            format!("“{}” không phải tên cột. Hãy ghi theo chữ cái của bảng tính, ví dụ C.", wrong.column);
        return Err(messages::invalid("columns", &text));
    }
    let columns = said.columns.iter().filter_map(|choice| choice.target.as_ref());
    let fixed = said.fixed.iter().map(|choice| &choice.target);
    let values = said.values.iter().map(|choice| &choice.target);
    if let Some(wrong) = columns.chain(fixed).chain(values).find(|id| Target::of_id(id).is_none()) {
        let known: Vec<&str> = Target::ALL.iter().map(|target| target.id()).collect();
        let text = format!("Không có ý nghĩa “{wrong}” để ghép. Hãy dùng một trong: {}.", known.join(", "));
        return Err(messages::invalid("target", &text));
    }
    Ok(())
}

/// How a text is read, as far as that is said.
fn said_form(said: &ImportMapping) -> Result<Said, WireError> {
    let encoding = match said.encoding.as_deref() {
        None => None,
        Some(name) => Some(Encoding::of_name(name).ok_or_else(|| {
            messages::invalid(
                "encoding",
                &format!(
                    "Không đọc được bảng mã “{name}”. Hãy chọn utf-8, utf-16le, utf-16be hoặc windows-1258."
                ),
            )
        })?),
    };
    let delimiter = match said.delimiter.as_deref() {
        None => None,
        Some("\\t" | "tab") => Some(b'\t'),
        Some(sign) => match sign.as_bytes() {
            [one] if !one.is_ascii_alphanumeric() && *one != b'"' && one.is_ascii() => Some(*one),
            _ => {
                return Err(messages::invalid(
                    "delimiter",
                    "Dấu phân cách phải là một ký tự: phẩy, chấm phẩy, gạch đứng hoặc tab.",
                ));
            }
        },
    };
    Ok(Said { encoding, delimiter, weighed: false })
}

/// Guesses, and what was said in their place. What is said of a target goes before a guess of it.
fn mapping(
    names: &Dictionary,
    what: What,
    header: &Header,
    columns: &[ColumnChoice],
    values: &[ValueChoice],
    fixed: &[FixedChoice],
) -> Mapping {
    let mut mapping = Mapping { columns: Mapping::guess(names, what, header), ..Mapping::default() };
    for choice in columns {
        let Some(at) = column(&choice.column) else { continue };
        mapping.columns.remove(&at);
        if let Some(order) = choice.order {
            mapping.orders.insert(at, order.into());
        }
    }
    for choice in columns {
        let target = choice.target.as_deref().and_then(Target::of_id).filter(|target| target.is_of(what));
        if let (Some(at), Some(target)) = (column(&choice.column), target) {
            let said = |other: usize| columns.iter().any(|choice| column(&choice.column) == Some(other));
            mapping.columns.retain(|other, of| *of != target || said(*other));
            mapping.columns.insert(at, target);
        }
    }
    let target = |id: &str| Target::of_id(id).filter(|target| target.is_of(what));
    for choice in fixed {
        let value = nfc(choice.value.trim());
        if let Some(target) = target(&choice.target).filter(|target| target.is_fixable() && !value.is_empty())
        {
            mapping.fixed.insert(target, value);
        }
    }
    for choice in values {
        if let Some(target) = target(&choice.target).filter(|_| !choice.means.trim().is_empty()) {
            mapping.values.insert((target, compact(&choice.text)), choice.means.trim().to_owned());
        }
    }
    mapping
}

/// Takes from the title what no column and nobody tells.
fn from_title(what: What, mapping: &mut Mapping, title: &Title, known: &Known) {
    if what != What::Figures {
        return;
    }
    let tells = |mapping: &Mapping, target: Target| {
        mapping.column(target).is_some() || mapping.fixed.contains_key(&target)
    };
    let periods = [Target::From, Target::To, Target::Period, Target::Year];
    if let Some((from, to)) = title.period.filter(|_| !periods.iter().any(|target| tells(mapping, *target))) {
        mapping.fixed.insert(Target::From, from.to_string());
        mapping.fixed.insert(Target::To, to.to_string());
    }
    if let Some(unit) = title.unit.as_deref().filter(|_| !tells(mapping, Target::Unit))
        && let Some(code) = known.unit(unit)
    {
        mapping.fixed.insert(Target::Unit, code);
    }
}

/// The first values below the headings, of each column.
fn samples(window: &[SheetRow], header: &Header) -> Vec<Vec<String>> {
    let below = || window.iter().filter(|(line, _)| *line > header.last());
    (0..header.columns.len())
        .map(|column| {
            let told = below().filter_map(|(_, cells)| cells.get(column)).filter(|cell| !cell.is_blank());
            told.take(SAMPLES).map(|cell| cell.words().chars().take(60).collect()).collect()
        })
        .collect()
}

fn wrong_mapping(error: &MappingError, header: &Header) -> WireError {
    match error {
        MappingError::Personal(column) => messages::invalid(
            "columns",
            &format!(
                "Cột {} “{}” là thông tin cá nhân, không được đọc. Hãy chọn cột khác.",
                letters(*column),
                header.title(*column)
            ),
        ),
        MappingError::Twice(first, second) => messages::invalid(
            "columns",
            &format!(
                "Hai cột {} và {} được ghép cùng một ý nghĩa. Hãy bỏ một cột.",
                letters(*first),
                letters(*second)
            ),
        ),
    }
}

/// Whether a column is dropped because it is about a citizen.
pub(super) fn personal(world: &World, plan: &Plan, column: usize) -> bool {
    is_personal(world.names, plan.what, plan.header(), column)
}

impl From<ImportWhat> for What {
    fn from(what: ImportWhat) -> Self {
        match what {
            ImportWhat::Figures => Self::Figures,
            ImportWhat::Dossiers => Self::Dossiers,
        }
    }
}

impl From<What> for ImportWhat {
    fn from(what: What) -> Self {
        match what {
            What::Figures => Self::Figures,
            What::Dossiers => Self::Dossiers,
        }
    }
}

impl From<DateOrderView> for DateOrder {
    fn from(order: DateOrderView) -> Self {
        match order {
            DateOrderView::DayFirst => Self::DayFirst,
            DateOrderView::MonthFirst => Self::MonthFirst,
        }
    }
}

impl From<DateOrder> for DateOrderView {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::DayFirst => Self::DayFirst,
            DateOrder::MonthFirst => Self::MonthFirst,
        }
    }
}
