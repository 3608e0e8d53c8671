//! The systems that handle dossiers, from `assets/dossiers/systems.csv`: what people call them, and whom to ask about their
//! figures.
//!
//! Codes are dotted: what comes after a dot is part of what stands before it, so that `bo` covers `bo.byt`.

use crate::tables::{Source, TableError, read};

const SYSTEMS: Source<'_> = Source {
    name: "assets/dossiers/systems.csv",
    text: include_str!("../../../../../assets/dossiers/systems.csv"),
};

/// One system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// Dotted code.
    pub code: String,
    /// Name as it stands in a sentence.
    pub name: String,
    /// Name for narrow places.
    pub short_name: String,
    /// Who can say why its figures do not add up.
    pub ask: String,
}

/// The systems of a province.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Systems(Vec<System>);

impl Systems {
    /// The systems shipped with the product.
    ///
    /// # Errors
    /// When the shipped file is wrong; a test keeps that from happening.
    pub fn builtin() -> Result<Self, TableError> {
        Self::parse(SYSTEMS)
    }

    /// Reads systems from a table with the header of the shipped one.
    ///
    /// # Errors
    /// The first wrong value, with file, line and column; also a code that occurs twice, or whose outer system is missing.
    pub fn parse(source: Source<'_>) -> Result<Self, TableError> {
        let mut systems: Vec<System> = Vec::new();
        for record in read(source, &["code", "name", "short_name", "ask"])? {
            let system = System {
                code: record.required("code")?,
                name: record.required("name")?,
                short_name: record.required("short_name")?,
                ask: record.required("ask")?,
            };
            let known = |code: &str| systems.iter().any(|s| s.code == code);
            if known(&system.code) {
                return Err(record.error("code", format_args!("`{}` occurs twice", system.code)));
            }
            if let Some((outer, _)) = system.code.rsplit_once('.')
                && !known(outer)
            {
                return Err(record.error("code", format_args!("`{outer}` must stand before its parts")));
            }
            systems.push(system);
        }
        Ok(Self(systems))
    }

    /// All of them, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[System] {
        &self.0
    }

    /// The system with this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&System> {
        self.0.iter().find(|system| system.code == code)
    }

    /// Its name; an unknown code is its own name, so that nothing is shown blank.
    #[must_use]
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |system| &system.name)
    }

    /// Its name for narrow places, likewise.
    #[must_use]
    pub fn short_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.get(code).map_or(code, |system| &system.short_name)
    }

    /// Whom to ask: those of the system, or of the nearest one it is part of; `None` when nobody is known.
    #[must_use]
    pub fn ask(&self, code: &str) -> Option<&str> {
        let outer = std::iter::successors(Some(code), |code| code.rsplit_once('.').map(|(outer, _)| outer));
        outer.into_iter().find_map(|code| self.get(code)).map(|system| system.ask.as_str())
    }
}

/// Whether `code` is `outer` or part of it.
#[must_use]
pub fn is_part_of(code: &str, outer: &str) -> bool {
    code.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The outermost system that `code` is part of.
#[must_use]
pub fn outermost(code: &str) -> &str {
    code.split_once('.').map_or(code, |(outer, _)| outer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_systems_have_names_and_somebody_to_ask_and_parts_follow_the_whole() {
        let systems = Systems::builtin().expect("shipped file is right");
        assert_eq!(systems.name("bo"), "hệ thống tập trung cấp bộ");
        assert_eq!(systems.short_name("bo.byt"), "Bộ Y tế");
        assert_eq!(systems.name("bo.moi"), "bo.moi", "a new one is shown by its code");
        assert_eq!(systems.ask("bo.moi"), systems.ask("bo"), "and answered for by the whole");
        assert_eq!(systems.ask("xa"), None);
    }

    #[test]
    fn what_comes_after_a_dot_is_part_of_what_stands_before() {
        for (code, outer, part) in
            [("bo.byt", "bo", true), ("bo", "bo", true), ("bo", "bo.byt", false), ("bogus", "bo", false)]
        {
            assert_eq!(is_part_of(code, outer), part, "{code} in {outer}");
        }
        assert_eq!((outermost("bo.byt.x"), outermost("tinh")), ("bo", "tinh"));
    }

    #[test]
    fn a_part_without_its_whole_is_refused_with_its_line() {
        let text = "code,name,short_name,ask\nbo.byt,a,b,c\n";
        let error = Systems::parse(Source { name: "s.csv", text }).expect_err("no whole");
        assert_eq!(error.to_string(), "s.csv, line 2, column code: `bo` must stand before its parts");
    }
}
