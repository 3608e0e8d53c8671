-- Dossier records with their versions, files of records and figures, names of codes, and figures of any cell.
PRAGMA user_version = 3;

-- Codes of systems, units, fields and procedures as small numbers, so that a version stays small.
CREATE TABLE codes (
    id   INTEGER PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE names (
    kind TEXT NOT NULL CHECK (kind IN ('field', 'procedure')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (kind, code)
) STRICT, WITHOUT ROWID;

-- A dossier is a code within a system (`tinh`, `bo`, `cong`; what stands after a dot is part of it). Numbers are dense and
-- never used again.
CREATE TABLE dossiers (
    id     INTEGER PRIMARY KEY,
    system INTEGER NOT NULL,
    code   TEXT    NOT NULL,
    UNIQUE (system, code)
) STRICT;

-- Which dossier a record of the gateway tells of. Records of one dossier are told apart by `ordinal`, in the order seen.
CREATE TABLE dossier_records (
    system  INTEGER NOT NULL,
    record  TEXT    NOT NULL,
    dossier INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (system, record)
) STRICT, WITHOUT ROWID;

-- A new row only on change. A version is valid from the moment of its round to that of the round that ended it; `as_of` is
-- the source's own time when it last said so, `body` a JSON array (store/src/dossiers/content.rs).
CREATE TABLE dossier_versions (
    dossier    INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    ended      INTEGER,
    as_of      INTEGER NOT NULL,
    changed_at INTEGER,
    record     TEXT,
    body       TEXT    NOT NULL,
    PRIMARY KEY (dossier, ordinal, round)
) STRICT, WITHOUT ROWID;

CREATE INDEX dossier_versions_by_round ON dossier_versions (round);
CREATE INDEX dossier_versions_ended ON dossier_versions (ended) WHERE ended IS NOT NULL;

-- What else said the same as a version that a file brought: it stays when that file is taken out.
CREATE TABLE dossier_confirmations (
    dossier INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    round   INTEGER NOT NULL,
    by      INTEGER NOT NULL,
    PRIMARY KEY (dossier, ordinal, round, by),
    FOREIGN KEY (dossier, ordinal, round) REFERENCES dossier_versions ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX dossier_confirmations_by ON dossier_confirmations (by);

-- Where the walk over the records of a system stands.
CREATE TABLE dossier_walks (
    system     TEXT    PRIMARY KEY,
    next       TEXT    NOT NULL,
    etag       TEXT,
    walking    INTEGER NOT NULL,
    -- The gateway's time of a walk from the very beginning, while it is under way.
    anew       INTEGER,
    taken      INTEGER NOT NULL,
    aside      INTEGER NOT NULL,
    -- The gateway's time of the last walk that came to its end.
    as_of      INTEGER,
    fetched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    id           INTEGER PRIMARY KEY,
    round        INTEGER NOT NULL UNIQUE,
    sha256       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('records', 'figures')),
    system       TEXT    NOT NULL,
    as_of        INTEGER NOT NULL,
    taken_at     INTEGER NOT NULL,
    event        TEXT    NOT NULL,
    added        INTEGER NOT NULL,
    changed      INTEGER NOT NULL,
    unchanged    INTEGER NOT NULL,
    older        INTEGER NOT NULL,
    repeated     INTEGER NOT NULL,
    undone_at    INTEGER,
    undone_round INTEGER
) STRICT;

CREATE UNIQUE INDEX imports_standing ON imports (sha256, kind, system) WHERE undone_at IS NULL;

-- Figures of any cell, as the portal (`import` is null) or a file states them; a dimension that is null is not split by.
CREATE TABLE stated_figures (
    id         INTEGER PRIMARY KEY,
    import     INTEGER,
    system     TEXT    NOT NULL,
    unit       TEXT,
    field      TEXT,
    procedure  TEXT,
    channel    TEXT,
    from_day   TEXT    NOT NULL,
    to_day     TEXT    NOT NULL,
    statement  TEXT    NOT NULL CHECK (json_valid(statement)),
    as_of      INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER,
    -- Round that ended it.
    ended      INTEGER
) STRICT;

-- Until now fields were kept by name, and the next answer brings them by code: what the names said ends here.
INSERT INTO stated_figures (system, field, from_day, to_day, statement, as_of, fetched_at, round, valid_from, valid_to)
SELECT CASE system WHEN 'province' THEN 'tinh' ELSE 'bo' END, field, from_day, to_day,
    json_object('counts', json_object('received', received, 'received_online', received_online,
        'received_direct', received_direct, 'carried_over', carried_over, 'done', done, 'on_time', on_time, 'late', late,
        'pending', pending, 'within_deadline', within_deadline, 'overdue', overdue)),
    as_of, fetched_at, round, valid_from,
    iif(field IS NULL, valid_to, coalesce(valid_to, max(fetched_at, valid_from)))
FROM figures ORDER BY id;

DROP TABLE figures;

-- No text is 0, so a dimension that is not split by is not taken for the empty value.
CREATE UNIQUE INDEX stated_figures_present ON stated_figures (import IS NULL, system, coalesce(unit, 0),
    coalesce(field, 0), coalesce(procedure, 0), coalesce(channel, 0), from_day, to_day) WHERE valid_to IS NULL;
CREATE INDEX stated_figures_past ON stated_figures (valid_to) WHERE valid_to IS NOT NULL;
CREATE INDEX stated_figures_by_round ON stated_figures (round);
