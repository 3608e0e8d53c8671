//! Who the focal points of the parties are: personal data, which may be erased. It must not know which party they belong to;
//! that stands in the journal.

use crate::{Store, error::StoreError};
use std::collections::BTreeMap;

/// A focal point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Unit, as written.
    pub unit: String,
    /// Position.
    pub title: String,
    /// Telephone, as written.
    pub phone: String,
    /// E-mail address.
    pub email: String,
}

impl Store {
    /// Keeps a focal point; one with the same id is replaced, and overwritten in the file.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn put_contact(&self, id: &str, contact: &Contact) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO contacts (id, name, unit, title, phone, email) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, unit = excluded.unit, \
             title = excluded.title, phone = excluded.phone, email = excluded.email",
        )
        .bind(id)
        .bind(&contact.name)
        .bind(&contact.unit)
        .bind(&contact.title)
        .bind(&contact.phone)
        .bind(&contact.email)
        .execute(&self.inner.journal.write)
        .await?;
        Ok(())
    }

    /// All focal points by id.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn contacts(&self) -> Result<BTreeMap<String, Contact>, StoreError> {
        let rows: Vec<(String, String, String, String, String, String)> =
            sqlx::query_as("SELECT id, name, unit, title, phone, email FROM contacts")
                .fetch_all(&self.inner.journal.read)
                .await?;
        Ok(rows
            .into_iter()
            .map(|(id, name, unit, title, phone, email)| (id, Contact { name, unit, title, phone, email }))
            .collect())
    }

    /// Erases a focal point: overwritten in the file, and the log emptied. Backups keep it until they are thinned out.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn erase_contact(&self, id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM contacts WHERE id = $1").bind(id).execute(&self.inner.journal.write).await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.inner.journal.write).await?;
        Ok(())
    }
}
