//! Names of fields and procedures as sources tell them; the last one told stands.

use crate::{Store, db::json_of, error::StoreError};
use serde::Serialize;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// What a code is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// `MaLinhVuc`.
    Field,
    /// `MaTTHC`.
    Procedure,
}

/// The name of a code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Name {
    /// What the code is of.
    pub kind: NameKind,
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Names by code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// Of fields.
    pub fields: BTreeMap<String, String>,
    /// Of procedures.
    pub procedures: BTreeMap<String, String>,
}

impl Store {
    /// Every name that was told.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn code_names(&self) -> Result<Names, StoreError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as("SELECT kind, code, name FROM names")
            .fetch_all(&self.inner.observations.read)
            .await?;
        let mut names = Names::default();
        for (kind, code, name) in rows {
            let of_kind = if kind == "field" { &mut names.fields } else { &mut names.procedures };
            of_kind.insert(code, name);
        }
        Ok(names)
    }

    /// Keeps names; those known already are not written again.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn keep_code_names(&self, names: &[Name]) -> Result<(), StoreError> {
        let known = self.code_names().await?;
        let news: Vec<&Name> = names
            .iter()
            .filter(|n| {
                let of_kind = if n.kind == NameKind::Field { &known.fields } else { &known.procedures };
                of_kind.get(&n.code) != Some(&n.name)
            })
            .collect();
        if news.is_empty() {
            return Ok(());
        }
        let mut writer = self.inner.observations.writing().await?;
        keep(&mut writer.connection, &news).await
    }
}

/// Writes names within the transaction under way, if there is one.
pub(super) async fn keep<T: Serialize>(
    connection: &mut SqliteConnection,
    names: &[T],
) -> Result<(), StoreError> {
    if names.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO names (kind, code, name) \
         SELECT value ->> 'kind', value ->> 'code', value ->> 'name' FROM json_each(?) WHERE true \
         ON CONFLICT (kind, code) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
    )
    .bind(json_of(&names, "names")?)
    .execute(connection)
    .await?;
    Ok(())
}
