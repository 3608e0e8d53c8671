-- Indicators of QĐ 766 by period and unit, the catalogue of procedures, and how many records were at fault on which day.
PRAGMA user_version = 4;

-- Versions: a new row only on change. While a period runs (`as_of` before `ends`) its numbers grow every day, and only the
-- last ones are kept.
CREATE TABLE indicators (
    id         INTEGER PRIMARY KEY,
    period     TEXT    NOT NULL,
    from_day   TEXT    NOT NULL,
    to_day     TEXT    NOT NULL,
    ends       INTEGER NOT NULL,
    unit       TEXT    NOT NULL,
    readings   TEXT    NOT NULL CHECK (json_valid(readings)),
    as_of      INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER
) STRICT;

CREATE UNIQUE INDEX indicators_present ON indicators (period, unit) WHERE valid_to IS NULL;
CREATE INDEX indicators_past ON indicators (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE procedures (
    id         INTEGER PRIMARY KEY,
    code       TEXT    NOT NULL,
    body       TEXT    NOT NULL CHECK (json_valid(body)),
    as_of      INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER
) STRICT;

CREATE UNIQUE INDEX procedures_present ON procedures (code) WHERE valid_to IS NULL;
CREATE INDEX procedures_past ON procedures (valid_to) WHERE valid_to IS NOT NULL;

CREATE TABLE quality_days (
    day     TEXT    PRIMARY KEY,
    records INTEGER NOT NULL,
    faulty  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
