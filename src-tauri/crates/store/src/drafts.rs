//! Drafts: what someone types, kept before it is said. No journal events; offered again after a crash.

use crate::{Store, error::StoreError};
use pvhcc_domain::time::Ms;

/// An unfinished text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Draft {
    /// What it is about.
    pub entity: String,
    /// Which field.
    pub field: String,
    /// The text so far.
    pub text: String,
    /// When it was kept.
    pub saved_at: Ms,
}

type Row = (String, String, String, i64);

fn draft((entity, field, text, saved_at): Row) -> Draft {
    Draft { entity, field, text, saved_at: Ms(saved_at) }
}

impl Store {
    /// Keeps the text of one field; a later text replaces it.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn draft_put(
        &self,
        person: &str,
        entity: &str,
        field: &str,
        text: &str,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO drafts (person, entity, field, text, saved_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (person, entity, field) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at",
        )
        .bind(person)
        .bind(entity)
        .bind(field)
        .bind(text)
        .bind(self.inner.clock.now().0)
        .execute(&self.inner.journal.write)
        .await?;
        Ok(())
    }

    /// The draft of one field.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn draft_get(
        &self,
        person: &str,
        entity: &str,
        field: &str,
    ) -> Result<Option<Draft>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT entity, field, text, saved_at FROM drafts WHERE person = $1 AND entity = $2 AND field = $3",
        )
        .bind(person)
        .bind(entity)
        .bind(field)
        .fetch_optional(&self.inner.journal.read)
        .await?;
        Ok(row.map(draft))
    }

    /// All drafts of a person, newest first.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn drafts(&self, person: &str) -> Result<Vec<Draft>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT entity, field, text, saved_at FROM drafts WHERE person = $1 \
             ORDER BY saved_at DESC, entity, field",
        )
        .bind(person)
        .fetch_all(&self.inner.journal.read)
        .await?;
        Ok(rows.into_iter().map(draft).collect())
    }

    /// Throws the draft of one field away, if there is one.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn draft_discard(&self, person: &str, entity: &str, field: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM drafts WHERE person = $1 AND entity = $2 AND field = $3")
            .bind(person)
            .bind(entity)
            .bind(field)
            .execute(&self.inner.journal.write)
            .await?;
        Ok(())
    }
}
