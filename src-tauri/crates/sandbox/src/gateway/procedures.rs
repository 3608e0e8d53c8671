//! The catalogue of procedures: those that the dossier records are about.

use crate::{
    dossiers::{Procedure, procedures},
    portal,
};
use serde::Serialize;
use std::collections::HashMap;

/// One row of `/v1/procedures`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct ProcedureRow {
    code: String,
    name: String,
    field: String,
    field_name: String,
    service_level: String,
}

/// All of them, by code. A procedure that two systems handle stands once.
pub(super) fn catalogue(seed: u64) -> Vec<ProcedureRow> {
    let names: HashMap<String, String> =
        portal::table(seed).into_iter().filter_map(|row| row.field).collect();
    let row = |(field, procedure): (String, Procedure)| ProcedureRow {
        field_name: names.get(&field).cloned().unwrap_or_else(|| field.clone()),
        code: procedure.code,
        name: procedure.name,
        service_level: procedure.level,
        field,
    };
    let mut rows: Vec<ProcedureRow> = procedures().map(row).collect();
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    rows.dedup_by(|b, a| a.code == b.code);
    rows
}
