//! Conclusions about many entities at once, and the short form in which screens read them. It must not know the rules.

use crate::{
    NewTransition, Store, Transition,
    db::{json_of, of_json},
    error::StoreError,
    journal::new_id,
};
use pvhcc_domain::time::Ms;

/// A kept conclusion without its grounds: enough to say what stood when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Order of keeping, from 1.
    pub position: i64,
    /// What it is about.
    pub entity: String,
    /// State from then on.
    pub to: String,
    /// When it was concluded.
    pub at: Ms,
    /// Since when it holds: `since` of its basis, in ms, where the rule knew; else when it was concluded.
    pub since: Ms,
    /// `lack` of its basis, where there is one.
    pub lack: Option<String>,
}

impl Store {
    /// Appends those conclusions that follow on: the state they leave is the one their entity last had (`None`: it had
    /// none), and they change it. Two processes that conclude the same at the same time so keep it once. All of it is on
    /// the disk when this returns; returns how many were kept.
    ///
    /// # Errors
    /// Failures of access; then nothing was written.
    pub async fn append_conclusions(&self, news: &[NewTransition]) -> Result<usize, StoreError> {
        if news.is_empty() {
            return Ok(0);
        }
        let mut tx = self.inner.journal.write.begin_with("BEGIN IMMEDIATE").await?;
        let mut kept = 0;
        for new in news {
            let last: Option<String> = sqlx::query_scalar(
                "SELECT to_state FROM transitions WHERE entity = $1 ORDER BY position DESC LIMIT 1",
            )
            .bind(&new.entity)
            .fetch_optional(&mut *tx)
            .await?;
            if last != new.from || last.as_ref() == Some(&new.to) {
                continue;
            }
            sqlx::query(
                "INSERT INTO transitions (position, id, device, at, entity, from_state, to_state, rule, \
                 rule_version, basis) SELECT coalesce(max(position), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 \
                 FROM transitions",
            )
            .bind(new_id(new.at))
            .bind(&self.inner.device)
            .bind(new.at.0)
            .bind(&new.entity)
            .bind(&new.from)
            .bind(&new.to)
            .bind(&new.rule)
            .bind(new.rule_version)
            .bind(json_of(&new.basis, "basis")?)
            .execute(&mut *tx)
            .await?;
            kept += 1;
        }
        tx.commit().await?;
        Ok(kept)
    }

    /// Conclusions kept after `position`, of entities whose name begins with `prefix`, in the order they were kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn steps(&self, prefix: &str, position: i64) -> Result<Vec<Step>, StoreError> {
        type Row = (i64, String, String, i64, i64, Option<String>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT position, entity, to_state, at, coalesce(json_extract(basis, '$.since'), at), \
             json_extract(basis, '$.lack') FROM transitions \
             WHERE position > $1 AND substr(entity, 1, length($2)) = $2 ORDER BY position",
        )
        .bind(position)
        .bind(prefix)
        .fetch_all(&self.inner.journal.read)
        .await?;
        let step = |(position, entity, to, at, since, lack): Row| Step {
            position,
            entity,
            to,
            at: Ms(at),
            since: Ms(since),
            lack,
        };
        Ok(rows.into_iter().map(step).collect())
    }

    /// Conclusions kept after `position`, of entities whose name begins with `prefix`, whole and in the order they were kept.
    ///
    /// # Errors
    /// Failures of access.
    pub async fn transitions_after(
        &self,
        prefix: &str,
        position: i64,
    ) -> Result<Vec<Transition>, StoreError> {
        type Row = (i64, String, String, Option<String>, String, String, u32, String, i64);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT position, id, entity, from_state, to_state, rule, rule_version, basis, at FROM transitions \
             WHERE position > $1 AND entity >= $2 AND entity < $2 || char(1114111) ORDER BY position",
        )
        .bind(position)
        .bind(prefix)
        .fetch_all(&self.inner.journal.read)
        .await?;
        let whole = |(position, id, entity, from, to, rule, rule_version, basis, at): Row| {
            let basis = of_json(&basis, "basis")?;
            Ok(Transition { position, id, entity, from, to, rule, rule_version, basis, at: Ms(at) })
        };
        rows.into_iter().map(whole).collect()
    }
}
