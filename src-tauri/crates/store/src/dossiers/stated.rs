//! Stated figures that a file brings. Each is a row of its own that ends what an earlier file said of the same cell and
//! period; what the portal says stands beside them.

use super::take::Counts;
use crate::{
    db::{json_of, of_json},
    error::StoreError,
};
use pvhcc_domain::{figures::statement::Statement, observation::DossierFigures, time::Ms};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// One import of figures.
pub(super) struct Taking {
    import: i64,
    round: i64,
    as_of: Ms,
    taken_at: Ms,
    rows: u64,
    pub(super) counts: Counts,
}

/// What is kept of a cell and period.
struct Present {
    id: i64,
    as_of: i64,
    round: i64,
    statement: Statement,
}

impl Taking {
    pub(super) fn new(import: i64, round: i64, as_of: Ms, taken_at: Ms) -> Self {
        Self { import, round, as_of, taken_at, rows: 0, counts: Counts::default() }
    }

    pub(super) async fn take(
        &mut self,
        connection: &mut SqliteConnection,
        figures: &[DossierFigures],
    ) -> Result<(), StoreError> {
        let list = json_of(&figures.iter().map(columns).collect::<Vec<_>>(), "figures")?;
        let present = present(connection, &list).await?;
        let (mut fresh, mut ended) = (Vec::new(), Vec::new());
        let mut told: HashMap<String, &Statement> = HashMap::new();
        for (n, f) in figures.iter().enumerate() {
            let row = self.rows;
            self.rows += 1;
            let before = present.get(&n);
            let key = json_of(&key(f), "figures")?;
            if let Some(statement) =
                told.get(&key).copied().or(before.filter(|p| p.round == self.round).map(|p| &p.statement))
            {
                if *statement == f.statement {
                    self.counts.unchanged += 1;
                } else {
                    self.counts.repeated.push(row);
                }
                continue;
            }
            match before {
                Some(p) if p.as_of > self.as_of.0 && p.statement != f.statement => {
                    self.counts.older += 1;
                    continue;
                }
                Some(p) => {
                    ended.push(p.id);
                    let same = p.statement == f.statement;
                    *(if same { &mut self.counts.unchanged } else { &mut self.counts.changed }) += 1;
                }
                None => self.counts.new += 1,
            }
            told.insert(key, &f.statement);
            fresh.push(columns(f));
        }
        self.write(connection, &ended, &json_of(&fresh, "figures")?).await
    }

    async fn write(
        &self,
        connection: &mut SqliteConnection,
        ended: &[i64],
        fresh: &str,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE stated_figures SET valid_to = ?, ended = ? WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(self.taken_at.0)
        .bind(self.round)
        .bind(json_of(&ended, "figures")?)
        .execute(&mut *connection)
        .await?;
        sqlx::query(
            "INSERT INTO stated_figures (import, system, unit, field, procedure, channel, from_day, to_day, statement, \
             as_of, fetched_at, round, valid_from) \
             SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, \
             value -> 7, ?2, ?3, ?4, ?3 FROM json_each(?5)",
        )
        .bind(self.import)
        .bind(self.as_of.0)
        .bind(self.taken_at.0)
        .bind(self.round)
        .bind(fresh)
        .execute(connection)
        .await?;
        Ok(())
    }
}

/// System, unit, field, procedure, channel, first and last day.
pub(crate) type Key<'a> = (
    &'a str,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
    chrono::NaiveDate,
    chrono::NaiveDate,
);

/// What figures are stated of.
pub(crate) fn key(f: &DossierFigures) -> Key<'_> {
    let [unit, field, procedure, channel] =
        [&f.unit, &f.field, &f.procedure, &f.channel].map(|value| value.as_deref());
    (&f.system, unit, field, procedure, channel, f.from, f.to)
}

/// The columns of a row.
pub(crate) fn columns(f: &DossierFigures) -> impl serde::Serialize {
    let (system, unit, field, procedure, channel, from, to) = key(f);
    (system, unit, field, procedure, channel, from, to, &f.statement)
}

/// What files said of these cells and periods before, by place in the list.
async fn present(
    connection: &mut SqliteConnection,
    list: &str,
) -> Result<HashMap<usize, Present>, StoreError> {
    let rows: Vec<(i64, i64, i64, i64, String)> = sqlx::query_as(
        "SELECT j.key, f.id, f.as_of, f.round, f.statement FROM jsonb_each(?) AS j CROSS JOIN stated_figures AS f \
         ON (f.import IS NULL) = 0 AND f.system = j.value ->> 0 AND coalesce(f.unit, 0) = coalesce(j.value ->> 1, 0) \
         AND coalesce(f.field, 0) = coalesce(j.value ->> 2, 0) \
         AND coalesce(f.procedure, 0) = coalesce(j.value ->> 3, 0) \
         AND coalesce(f.channel, 0) = coalesce(j.value ->> 4, 0) \
         AND f.from_day = j.value ->> 5 AND f.to_day = j.value ->> 6 AND f.valid_to IS NULL",
    )
    .bind(list)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(n, id, as_of, round, statement)| {
            let statement = of_json(&statement, "figures")?;
            Ok((usize::try_from(n).unwrap_or_default(), Present { id, as_of, round, statement }))
        })
        .collect()
}
