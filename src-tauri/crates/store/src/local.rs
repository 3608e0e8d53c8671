//! Facts of this profile that are no journal events and may be erased: names, PIN verifiers, the one-time admin code,
//! the key of pseudonyms, small settings. It must not know how a PIN or a code is hashed.

use crate::{Store, error::StoreError};
use pvhcc_domain::time::Ms;
use std::collections::BTreeMap;

/// A PIN's verifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Argon2 in PHC text.
    pub verifier: String,
    /// Until when it opens the profile.
    pub valid_until: Ms,
}

const PSEUDONYM_KEY: &str = "pseudonym_key";
const ADMIN_CODE: &str = "admin_code";

impl Store {
    /// Sets the display name of a roster id.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn put_name(&self, roster_id: &str, name: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO names (roster_id, name) VALUES ($1, $2) \
             ON CONFLICT (roster_id) DO UPDATE SET name = excluded.name",
        )
        .bind(roster_id)
        .bind(name)
        .execute(&self.inner.journal.write)
        .await?;
        Ok(())
    }

    /// All names by roster id.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn names(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT roster_id, name FROM names").fetch_all(&self.inner.journal.read).await?;
        Ok(rows.into_iter().collect())
    }

    /// Erases a name: overwritten in the file, and the log emptied. Backups keep it until they are thinned out.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn erase_name(&self, roster_id: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM names WHERE roster_id = $1")
            .bind(roster_id)
            .execute(&self.inner.journal.write)
            .await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.inner.journal.write).await?;
        Ok(())
    }

    /// The random key of this profile for the keyed hash of issuer and subject; made at first use, then the same.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn pseudonym_key(&self) -> Result<[u8; 32], StoreError> {
        let fresh = hex::encode(rand::random::<[u8; 32]>());
        sqlx::query("INSERT INTO local_facts (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING")
            .bind(PSEUDONYM_KEY)
            .bind(fresh)
            .execute(&self.inner.journal.write)
            .await?;
        let text = self.setting(PSEUDONYM_KEY).await?.unwrap_or_default();
        let mut key = [0; 32];
        hex::decode_to_slice(&text, &mut key)
            .map_err(|e| StoreError::Unreadable { what: "pseudonym key", detail: e.to_string() })?;
        Ok(key)
    }

    /// Sets a person's PIN verifier.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn put_pin(&self, person: &str, verifier: &str, valid_until: Ms) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pins (person, verifier, valid_until) VALUES ($1, $2, $3) ON CONFLICT (person) \
             DO UPDATE SET verifier = excluded.verifier, valid_until = excluded.valid_until",
        )
        .bind(person)
        .bind(verifier)
        .bind(valid_until.0)
        .execute(&self.inner.journal.write)
        .await?;
        Ok(())
    }

    /// A person's PIN verifier, also when it is no longer valid.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn get_pin(&self, person: &str) -> Result<Option<Pin>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT verifier, valid_until FROM pins WHERE person = $1")
                .bind(person)
                .fetch_optional(&self.inner.journal.read)
                .await?;
        Ok(row.map(|(verifier, until)| Pin { verifier, valid_until: Ms(until) }))
    }

    /// Deletes a person's PIN verifier, if there is one.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn delete_pin(&self, person: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM pins WHERE person = $1")
            .bind(person)
            .execute(&self.inner.journal.write)
            .await?;
        Ok(())
    }

    /// Keeps the hash of the one-time admin code; an earlier one no longer counts.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn put_admin_code(&self, hash: &str) -> Result<(), StoreError> {
        self.put_setting(ADMIN_CODE, hash).await
    }

    /// The hash of the waiting admin code, if any.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn admin_code(&self) -> Result<Option<String>, StoreError> {
        self.setting(ADMIN_CODE).await
    }

    /// Uses the admin code up. `true` for exactly one caller, and only if `hash` is still the waiting one.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn take_admin_code(&self, hash: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM local_facts WHERE key = $1 AND value = $2")
            .bind(ADMIN_CODE)
            .bind(hash)
            .execute(&self.inner.journal.write)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// A small fact of this profile (no setting that changes the truth: those are journal events).
    ///
    /// # Errors
    /// Failures of access.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT value FROM local_facts WHERE key = $1")
            .bind(key)
            .fetch_optional(&self.inner.journal.read)
            .await?)
    }

    /// Sets a small fact.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn put_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO local_facts (key, value) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(&self.inner.journal.write)
        .await?;
        Ok(())
    }
}
