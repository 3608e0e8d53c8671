-- What is measured of the operation: sync queue, unpaid fees, petitions, and probes of the systems around.
PRAGMA user_version = 5;

-- One row an answer, also when nothing changed: what lies between two answers was not observed.
CREATE TABLE operation_reports (
    source     TEXT    NOT NULL,
    fetched_at INTEGER NOT NULL,
    as_of      INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    body       TEXT    NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (source, fetched_at)
) STRICT, WITHOUT ROWID;

-- Versions: a new row only on change. When one was last confirmed, the reports say.
CREATE TABLE unit_fees (
    id         INTEGER PRIMARY KEY,
    unit       TEXT    NOT NULL,
    dossiers   INTEGER NOT NULL,
    amount     INTEGER NOT NULL,
    oldest_at  INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER
) STRICT;

CREATE UNIQUE INDEX unit_fees_present ON unit_fees (unit) WHERE valid_to IS NULL;
CREATE INDEX unit_fees_past ON unit_fees (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE probe_results (
    probe    TEXT    NOT NULL,
    asked_at INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('up', 'down', 'unknown')),
    millis   INTEGER NOT NULL,
    status   INTEGER,
    error    TEXT,
    PRIMARY KEY (probe, asked_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX probe_results_by_time ON probe_results (asked_at);
