-- Measures of APIs of the last hours lie by time: a round appends them to one page. Once they are hours old they go, many at once,
-- to where those of one API lie together, as windows of proof read them.
PRAGMA user_version = 6;

ALTER TABLE api_measures RENAME TO settled_measures;

CREATE TABLE recent_measures (
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
    PRIMARY KEY (from_ms, api)
) STRICT, WITHOUT ROWID;

-- One row: a bucket from this instant on is a recent one, any other a settled one. So each lies in one place only.
CREATE TABLE measures_settled (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    before_ms INTEGER NOT NULL
) STRICT;

INSERT INTO measures_settled SELECT 1, coalesce(max(from_ms) + 1, 0) FROM settled_measures;

CREATE VIEW api_measures AS
SELECT api, from_ms, ok, client_error, server_error, timeout, latency, last_error, as_of, fetched_at, round FROM recent_measures
UNION ALL
SELECT api, from_ms, ok, client_error, server_error, timeout, latency, last_error, as_of, fetched_at, round FROM settled_measures;

-- Only what files brought is looked up by its round. What the portal says again each half hour changes it.
DROP INDEX stated_figures_by_round;
CREATE INDEX stated_figures_of_files ON stated_figures (round) WHERE import IS NOT NULL;
