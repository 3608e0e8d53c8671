//! JSON, row by row: the first array of objects, wherever it stands in the document. The keys of the first objects are
//! the columns, in the order they come; they are told as a row 0.

use super::{
    Each, Input, MOST_TABLE_COLUMNS, MOST_TABLE_ROWS, TableError, TableRow,
    encoding::{Decoded, Encoding, Meter},
    set_text,
};
use pvhcc_domain::import::Cell;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{collections::HashMap, fmt, ops::ControlFlow};

/// Objects whose keys make the columns.
const KEYS_FROM: u64 = 10_000;
/// How deep the array may stand.
const DEEPEST: u8 = 6;
/// Whole numbers above are no longer exact as a fraction has them; they stay digits.
const EXACT: u64 = 1 << 53;

pub(super) fn rows(
    input: &mut dyn Input,
    size: u64,
    encoding: Encoding,
    each: Each<'_>,
) -> Result<(), TableError> {
    let mut keys = Keys::default();
    let mut seen = 0;
    read(input, size, encoding, &mut keys, true, &mut |_| {
        seen += 1;
        if seen < KEYS_FROM { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let names: Vec<Cell> = keys.names.iter().map(|name| Cell::Text(name.clone())).collect();
    if names.is_empty() {
        return Err(TableError::NoRows);
    }
    if names.len() > MOST_TABLE_COLUMNS {
        return Err(TableError::TooWide { row: 1 });
    }
    if each(TableRow { line: 0, cells: &names, of: None }).is_break() {
        return Ok(());
    }
    read(input, size, encoding, &mut keys, false, each)
}

#[derive(Default)]
struct Keys {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

fn read(
    input: &mut dyn Input,
    size: u64,
    encoding: Encoding,
    keys: &mut Keys,
    learning: bool,
    each: Each<'_>,
) -> Result<(), TableError> {
    let text = Decoded::new(input, encoding)?;
    let meter = text.meter();
    let mut state = State {
        keys,
        learning,
        each,
        meter: meter.clone(),
        size,
        row: 0,
        cells: Vec::new(),
        found: false,
        end: None,
    };
    let mut reader =
        serde_json::Deserializer::from_reader(std::io::BufReader::with_capacity(64 * 1024, text));
    let done = Place { state: &mut state, depth: 0 }.deserialize(&mut reader).and_then(|()| reader.end());
    match (state.end, done) {
        (Some(End::Stopped), _) | (None, Ok(())) => Ok(()),
        (Some(End::TooLong), _) => Err(TableError::TooLong),
        (None, Err(_)) if meter.is_spent() => Err(TableError::LongRow { after: state.row }),
        (None, Err(e)) if e.is_io() => match e.io_error_kind() {
            Some(std::io::ErrorKind::InvalidData) => Err(TableError::Encoding { line: e.line() as u64 }),
            _ => Err(TableError::Io(e.into())),
        },
        (None, Err(e)) => Err(TableError::Json { line: e.line(), column: e.column(), detail: e.to_string() }),
    }
}

enum End {
    Stopped,
    TooLong,
}

struct State<'s, 'e> {
    keys: &'s mut Keys,
    /// New keys are noted.
    learning: bool,
    each: Each<'e>,
    meter: Meter,
    size: u64,
    row: u64,
    cells: Vec<Cell>,
    /// The array was found; what comes after it is not read.
    found: bool,
    end: Option<End>,
}

/// A place of the document where the array may be.
struct Place<'p, 's, 'e> {
    state: &'p mut State<'s, 'e>,
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key::<String>()?.is_some() {
            self.state.meter.row();
            if self.state.found || self.depth >= DEEPEST {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Place { state: &mut *self.state, depth: self.depth + 1 })?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Row { state: &mut *self.state })?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// An element of an array: a row when it is an object.
struct Row<'p, 's, 'e> {
    state: &'p mut State<'s, 'e>,
}

impl<'de> DeserializeSeed<'de> for Row<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Row<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.state;
        state.found = true;
        state.row += 1;
        state.cells.clear();
        while let Some(key) = map.next_key::<String>()? {
            let place = match state.keys.places.get(&key) {
                Some(place) => *place,
                None if state.learning && state.keys.names.len() <= MOST_TABLE_COLUMNS => {
                    let place = state.keys.names.len();
                    state.keys.names.push(key.clone());
                    state.keys.places.insert(key, place);
                    place
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Value { cells: &mut state.cells, place })?;
        }
        state.meter.row();
        if state.row > MOST_TABLE_ROWS {
            state.end = Some(End::TooLong);
            return Err(A::Error::custom("too long"));
        }
        let row = TableRow {
            line: state.row as u32,
            cells: &state.cells,
            of: state.meter.of(state.row, state.size),
        };
        if (state.each)(row).is_break() {
            state.end = Some(End::Stopped);
            return Err(A::Error::custom("stopped"));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The value of a key, into its cell.
struct Value<'c> {
    cells: &'c mut Vec<Cell>,
    place: usize,
}

impl Value<'_> {
    fn set(self, cell: Cell) {
        if self.cells.len() <= self.place {
            self.cells.resize(self.place + 1, Cell::Empty);
        }
        self.cells[self.place] = cell;
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        set_text(self.cells, self.place, text);
        Ok(())
    }

    fn visit_bool<E>(self, yes: bool) -> Result<(), E> {
        set_text(self.cells, self.place, if yes { "true" } else { "false" });
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        #[allow(clippy::cast_precision_loss)] // Checked.
        let cell = if number <= EXACT { Cell::Number(number as f64) } else { Cell::Text(number.to_string()) };
        self.set(cell);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        #[allow(clippy::cast_precision_loss)] // Negative numbers are refused, whatever they are.
        self.set(Cell::Number(number as f64));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.set(Cell::Number(number));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.set(Cell::Empty);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.set(Cell::Error("{…}".to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.set(Cell::Error("[…]".to_owned()));
        Ok(())
    }
}
