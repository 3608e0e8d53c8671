-- What machines measured: bulk, prunable. Every row names its source's own time (as_of), when it was fetched, and the
-- round that last reported it.
PRAGMA user_version = 1;

CREATE TABLE rounds (
    id           INTEGER PRIMARY KEY,
    source       TEXT    NOT NULL,
    as_of        INTEGER,
    fetched_at   INTEGER NOT NULL,
    outcome      TEXT    NOT NULL CHECK (outcome IN ('fresh', 'not_modified', 'failed')),
    error_kind   TEXT,
    error_detail TEXT,
    sha256       TEXT,
    rows         INTEGER NOT NULL,
    quarantined  INTEGER NOT NULL
) STRICT;

CREATE INDEX rounds_by_time ON rounds (fetched_at);

CREATE TABLE quarantine (
    round  INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    place  TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    masked TEXT    NOT NULL,
    sha256 TEXT    NOT NULL
) STRICT;

CREATE INDEX quarantine_by_round ON quarantine (round);

CREATE TABLE source_states (
    source               TEXT    PRIMARY KEY,
    last_ok_fetched      INTEGER,
    last_ok_as_of        INTEGER,
    last_try             INTEGER NOT NULL,
    last_error_kind      TEXT,
    last_error_detail    TEXT,
    failing_since        INTEGER,
    consecutive_failures INTEGER NOT NULL,
    rows                 INTEGER NOT NULL,
    quarantined          INTEGER NOT NULL,
    etag                 TEXT,
    next_due             INTEGER
) STRICT, WITHOUT ROWID;

-- Versions: a new row only on change; `valid_to` is null on the present one.
CREATE TABLE gateway_tasks (
    id         INTEGER PRIMARY KEY,
    no         TEXT    NOT NULL,
    body       TEXT    NOT NULL CHECK (json_valid(body)),
    as_of      INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER
) STRICT;

CREATE UNIQUE INDEX gateway_tasks_present ON gateway_tasks (no) WHERE valid_to IS NULL;
CREATE INDEX gateway_tasks_past ON gateway_tasks (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE figures (
    id              INTEGER PRIMARY KEY,
    system          TEXT    NOT NULL,
    field           TEXT,
    from_day        TEXT    NOT NULL,
    to_day          TEXT    NOT NULL,
    received        INTEGER,
    received_online INTEGER,
    received_direct INTEGER,
    carried_over    INTEGER,
    done            INTEGER,
    on_time         INTEGER,
    late            INTEGER,
    pending         INTEGER,
    within_deadline INTEGER,
    overdue         INTEGER,
    as_of           INTEGER NOT NULL,
    fetched_at      INTEGER NOT NULL,
    round           INTEGER NOT NULL,
    valid_from      INTEGER NOT NULL,
    valid_to        INTEGER
) STRICT;

CREATE UNIQUE INDEX figures_present ON figures (system, coalesce(field, ''), from_day, to_day) WHERE valid_to IS NULL;
CREATE INDEX figures_past ON figures (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE flow_history (
    flow            TEXT    NOT NULL,
    phase           INTEGER NOT NULL,
    stage           TEXT    NOT NULL,
    fetched_at      INTEGER NOT NULL,
    as_of           INTEGER NOT NULL,
    state           TEXT    NOT NULL,
    last_success_at INTEGER,
    success_rate    REAL,
    calls           INTEGER NOT NULL,
    error           TEXT,
    round           INTEGER NOT NULL,
    PRIMARY KEY (fetched_at, flow, phase, stage)
) STRICT, WITHOUT ROWID;

-- The newest row of flow_history for each flow, phase and stage.
CREATE TABLE flow_latest (
    flow       TEXT    NOT NULL,
    phase      INTEGER NOT NULL,
    stage      TEXT    NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (flow, phase, stage)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_measures (
    api          TEXT    NOT NULL,
    from_ms      INTEGER NOT NULL,
    ok           INTEGER NOT NULL,
    client_error INTEGER NOT NULL,
    server_error INTEGER NOT NULL,
    timeout      INTEGER NOT NULL,
    latency      TEXT    NOT NULL CHECK (json_valid(latency)),
    last_error   TEXT,
    as_of        INTEGER NOT NULL,
    fetched_at   INTEGER NOT NULL,
    round        INTEGER NOT NULL,
    PRIMARY KEY (api, from_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_measures_by_time ON api_measures (from_ms);
