//! Lists over the local facts: all valid PINs of this seat, settings by prefix.

use crate::{Pin, Store, error::StoreError};
use pvhcc_domain::time::Ms;

impl Store {
    /// The PIN verifiers still valid at `now`, by person.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn pins(&self, now: Ms) -> Result<Vec<(String, Pin)>, StoreError> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT person, verifier, valid_until FROM pins WHERE valid_until > $1 ORDER BY person",
        )
        .bind(now.0)
        .fetch_all(&self.inner.journal.read)
        .await?;
        Ok(rows
            .into_iter()
            .map(|(person, verifier, until)| (person, Pin { verifier, valid_until: Ms(until) }))
            .collect())
    }

    /// The small facts whose key begins with `prefix`, in the order of their keys.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn settings(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT key, value FROM local_facts WHERE substr(key, 1, length($1)) = $1 ORDER BY key",
        )
        .bind(prefix)
        .fetch_all(&self.inner.journal.read)
        .await?)
    }

    /// Deletes a small fact, if there is one.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn remove_setting(&self, key: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM local_facts WHERE key = $1")
            .bind(key)
            .execute(&self.inner.journal.write)
            .await?;
        Ok(())
    }
}
