//! Transitions: what the app concluded, with the rule and the observations it rests on. Append-only, never pruned,
//! so that the past is read and not recomputed. It must not know the rules.

use crate::{
    Store,
    db::{json_of, of_json},
    error::StoreError,
    journal::new_id,
};
use pvhcc_domain::time::Ms;
use serde_json::Value;

/// A conclusion about to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTransition {
    /// What it is about: `source:gateway_tasks`, `task:17`.
    pub entity: String,
    /// State before; `None` for the first.
    pub from: Option<String>,
    /// State from now on.
    pub to: String,
    /// The rule that concluded it.
    pub rule: String,
    /// Version of the rule.
    pub rule_version: u32,
    /// The observations it rests on.
    pub basis: Value,
    /// When it was concluded, by the clock.
    pub at: Ms,
}

/// A kept conclusion; its actor is always the system.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Transition {
    /// Order of keeping, from 1.
    pub position: i64,
    /// UUIDv7.
    pub id: String,
    /// What it is about.
    pub entity: String,
    /// State before.
    pub from: Option<String>,
    /// State from then on.
    pub to: String,
    /// The rule.
    pub rule: String,
    /// Version of the rule.
    pub rule_version: u32,
    /// The observations it rests on.
    pub basis: Value,
    /// When it was concluded.
    pub at: Ms,
}

type Row = (i64, String, String, Option<String>, String, String, u32, String, i64);

impl Store {
    /// Appends a conclusion; it is on the disk when this returns.
    ///
    /// # Errors
    /// Failures of access; then nothing was written.
    pub async fn append_transition(&self, new: NewTransition) -> Result<Transition, StoreError> {
        let id = new_id(new.at);
        let position: i64 = sqlx::query_scalar(
            "INSERT INTO transitions (position, id, device, at, entity, from_state, to_state, rule, rule_version, \
             basis) SELECT coalesce(max(position), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM transitions \
             RETURNING position",
        )
        .bind(&id)
        .bind(&self.inner.device)
        .bind(new.at.0)
        .bind(&new.entity)
        .bind(&new.from)
        .bind(&new.to)
        .bind(&new.rule)
        .bind(new.rule_version)
        .bind(json_of(&new.basis, "basis")?)
        .fetch_one(&self.inner.journal.write)
        .await?;
        let NewTransition { entity, from, to, rule, rule_version, basis, at } = new;
        Ok(Transition { position, id, entity, from, to, rule, rule_version, basis, at })
    }

    /// Conclusions since an instant (inclusive), of one entity or of all, in the order they were kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn transitions(&self, entity: Option<&str>, since: Ms) -> Result<Vec<Transition>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT position, id, entity, from_state, to_state, rule, rule_version, basis, at FROM transitions \
             WHERE ($1 IS NULL OR entity = $1) AND at >= $2 ORDER BY position",
        )
        .bind(entity)
        .bind(since.0)
        .fetch_all(&self.inner.journal.read)
        .await?;
        rows.into_iter().map(kept).collect()
    }

    /// Conclusions about entities whose name begins with `prefix` that were drawn in `from..=to`, in the order they were kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn transitions_under(
        &self,
        prefix: &str,
        from: Ms,
        to: Ms,
    ) -> Result<Vec<Transition>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT position, id, entity, from_state, to_state, rule, rule_version, basis, at FROM transitions \
             WHERE entity >= $1 AND entity < $1 || char(1114111) AND at >= $2 AND at <= $3 ORDER BY position",
        )
        .bind(prefix)
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&self.inner.journal.read)
        .await?;
        rows.into_iter().map(kept).collect()
    }
}

fn kept(
    (position, id, entity, from, to, rule, rule_version, basis, at): Row,
) -> Result<Transition, StoreError> {
    let basis = of_json(&basis, "basis")?;
    Ok(Transition { position, id, entity, from, to, rule, rule_version, basis, at: Ms(at) })
}
