//! What is known by name: systems, units, fields, procedures. A file may write a name where a code belongs.

use super::names::compact;
use crate::{dossier::systems::Systems, units::Units};
use std::collections::{HashMap, HashSet};

/// Codes of one kind, and the codes of names.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    codes: HashSet<String>,
    by_name: HashMap<String, String>,
}

impl Codes {
    /// Adds a code and a name of it. A name that two codes have is no name of either.
    pub fn add(&mut self, code: &str, name: &str) {
        self.codes.insert(code.to_owned());
        let name = compact(name);
        if !name.is_empty() {
            self.by_name
                .entry(name)
                .and_modify(|known| {
                    if known != code {
                        known.clear();
                    }
                })
                .or_insert_with(|| code.to_owned());
        }
    }

    /// The code of a text that is one, or the name of one.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&str> {
        if let Some(code) = self.codes.get(text) {
            return Some(code);
        }
        self.by_name.get(&compact(text)).map(String::as_str).filter(|code| !code.is_empty())
    }
}

/// Words before the name of a unit that do not belong to it, compact, longest first.
const BEFORE_UNITS: [&str; 9] = [
    "trungtamphucvuhanhchinhcong",
    "bophantiepnhanvatraketqua",
    "uybannhandan",
    "vanphonghdndvaubnd",
    "bophanmotcua",
    "trungtampvhcc",
    "ttpvhcc",
    "ubnd",
    "tt",
];

/// All that is known by name.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Systems.
    pub systems: Codes,
    /// Units, by their codes on the portal.
    units: Codes,
    /// Fields.
    pub fields: Codes,
    /// Procedures.
    pub procedures: Codes,
}

impl Known {
    /// The systems and units of the province.
    #[must_use]
    pub fn new(systems: &Systems, units: &Units) -> Self {
        let mut known = Self::default();
        for system in systems.all() {
            known.systems.add(&system.code, &system.name);
            known.systems.add(&system.code, &system.short_name);
            if let Some((_, ministry)) = system.code.rsplit_once('.') {
                // A column of ministries has their own codes.
                known.systems.add(&system.code, ministry);
            }
        }
        for unit in units.organisations() {
            if let Some(code) = &unit.dvcqg_code {
                known.units.add(code, &unit.name);
                known.units.add(code, &unit.short_name);
            }
        }
        for commune in units.communes() {
            known.units.add(&commune.dvcqg_code, &commune.name);
            known.units.add(&commune.dvcqg_code, &commune.code);
            // Names without the type, where only one commune has them.
            let (_, bare) = commune.name.split_once(' ').unwrap_or(("", &commune.name));
            known.units.add(&commune.dvcqg_code, bare);
        }
        known
    }

    /// The portal's code of a unit: of its code in either form, or of its name with or without what stands before.
    #[must_use]
    pub fn unit(&self, text: &str) -> Option<String> {
        if let Some(code) = self.units.find(text) {
            return Some(code.to_owned());
        }
        if let Some(code) = short_code(text) {
            return Some(code);
        }
        let mut name = compact(text);
        loop {
            if let Some(code) = self.units.by_name.get(&name).filter(|code| !code.is_empty()) {
                return Some(code.clone());
            }
            let before =
                BEFORE_UNITS.iter().find(|word| name.starts_with(**word) && name.len() > word.len())?;
            name.drain(..before.len());
        }
    }
}

/// `H21.17` of `000.00.17.H21`; a code in the short form is its own.
fn short_code(text: &str) -> Option<String> {
    let mut parts: Vec<&str> = text.split('.').collect();
    let plain =
        |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if parts.len() > 5 || !parts.iter().all(plain) {
        return None;
    }
    let root = |part: &str| {
        part.len() == 3
            && part.starts_with(|c: char| c.is_ascii_uppercase())
            && part[1..].bytes().all(|b| b.is_ascii_digit())
    };
    if root(parts[0]) {
        return Some(text.to_owned());
    }
    parts.reverse();
    if !root(parts[0]) {
        return None;
    }
    parts.retain(|part| part.bytes().any(|b| b != b'0'));
    Some(parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_code_in_both_forms_and_by_name() {
        let known = Known::new(&Systems::builtin().expect("right"), &Units::builtin().expect("right"));
        for (text, code) in [
            ("H21.17", Some("H21.17")),
            ("000.00.17.H21", Some("H21.17")),
            ("H21.99", Some("H21.99")),
            ("Sở Y tế", Some("H21.19")),
            ("SỞ Y TẾ", Some("H21.19")),
            ("Trung tâm Phục vụ hành chính công Phường Quy Nhơn", known.units.find("Phường Quy Nhơn")),
            ("UBND phường Quy Nhơn", known.units.find("21583")),
            ("Quy Nhơn", known.units.find("Phường Quy Nhơn")),
            ("Phòng không có thật", None),
            ("", None),
        ] {
            assert_eq!(known.unit(text).as_deref(), code, "{text}");
        }
        assert_eq!(known.systems.find("Bộ Y tế"), Some("bo.byt"));
        assert_eq!(known.systems.find("byt"), Some("bo.byt"));
        assert_eq!(known.systems.find("tinh"), Some("tinh"));
    }

    #[test]
    fn a_name_that_two_codes_have_is_no_name() {
        let mut codes = Codes::default();
        codes.add("1", "Đất đai");
        codes.add("2", "đất đai");
        assert_eq!((codes.find("Đất đai"), codes.find("1")), (None, Some("1")));
    }
}
