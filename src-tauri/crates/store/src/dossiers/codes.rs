//! Codes of systems, units, fields and procedures as small numbers. Codes are only added, so what is known stays true.

use crate::{db::json_of, error::StoreError};
use rustc_hash::FxHashMap;
use sqlx::SqliteConnection;

/// Number of a code.
pub(super) type CodeId = i64;

/// Texts of codes by number.
#[derive(Debug, Default)]
pub(crate) struct CodeBook {
    /// By number, which begin at 1.
    texts: Vec<Box<str>>,
}

impl CodeBook {
    /// The text of a code; empty for a number that is not known.
    pub(super) fn text(&self, id: CodeId) -> &str {
        let at = usize::try_from(id - 1).ok();
        at.and_then(|at| self.texts.get(at)).map_or("", |text| text)
    }

    /// Reads the codes that were added since the last time.
    pub(super) async fn refresh(&mut self, read: &mut SqliteConnection) -> Result<(), StoreError> {
        let known = i64::try_from(self.texts.len()).unwrap_or(i64::MAX);
        let added: Vec<(i64, String)> = sqlx::query_as("SELECT id, code FROM codes WHERE id > ? ORDER BY id")
            .bind(known)
            .fetch_all(read)
            .await?;
        for (id, text) in added {
            let at = usize::try_from(id - 1).unwrap_or_default();
            self.texts.resize(at, Box::default());
            self.texts.push(text.into());
        }
        Ok(())
    }
}

/// Numbers of codes by text, for writing. What a transaction added is forgotten with it: see [`Numbers::trusted`].
#[derive(Debug, Default)]
pub(crate) struct Numbers(FxHashMap<Box<str>, CodeId>);

impl Numbers {
    /// Most codes remembered; a hostile file could bring as many as it has rows.
    const MOST: usize = 100_000;

    /// The number of a code that was [`Numbers::learn`]ed.
    pub(super) fn get(&self, code: &str) -> Option<CodeId> {
        self.0.get(code).copied()
    }

    /// Those of these codes that are not known yet.
    pub(super) fn unknown<'a>(&self, codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut unknown: Vec<&str> = codes.filter(|code| !self.0.contains_key(*code)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown
    }

    /// Finds or gives numbers for codes.
    pub(super) async fn learn(
        &mut self,
        connection: &mut SqliteConnection,
        unknown: &[&str],
    ) -> Result<(), StoreError> {
        if unknown.is_empty() {
            return Ok(());
        }
        let list = json_of(&unknown, "codes")?;
        sqlx::query(
            "INSERT INTO codes (code) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
        )
        .bind(&list)
        .execute(&mut *connection)
        .await?;
        let found: Vec<(String, CodeId)> = sqlx::query_as(
            "SELECT c.code, c.id FROM json_each(?) AS j CROSS JOIN codes AS c ON c.code = j.value",
        )
        .bind(&list)
        .fetch_all(connection)
        .await?;
        self.0.extend(found.into_iter().map(|(code, id)| (code.into(), id)));
        Ok(())
    }

    /// What is still true after a commit, kept small.
    pub(crate) fn trusted(self) -> Self {
        if self.0.len() > Self::MOST { Self::default() } else { self }
    }
}
