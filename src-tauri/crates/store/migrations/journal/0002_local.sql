-- Facts of this profile that are no journal events: they may be changed and erased.
PRAGMA user_version = 2;

-- Names of people by roster id; the journal knows only pseudonyms, so a name can be erased.
CREATE TABLE names (
    roster_id TEXT PRIMARY KEY,
    name      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- PIN verifiers (Argon2 PHC text) by pseudonym.
CREATE TABLE pins (
    person      TEXT    PRIMARY KEY,
    verifier    TEXT    NOT NULL,
    valid_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE local_facts (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    person   TEXT    NOT NULL,
    entity   TEXT    NOT NULL,
    field    TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (person, entity, field)
) STRICT, WITHOUT ROWID;
