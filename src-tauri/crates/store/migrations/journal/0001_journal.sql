-- What people said and what the app concluded: append-only. Screens read the projections, which can be rebuilt.
PRAGMA user_version = 1;

CREATE TABLE events (
    position      INTEGER PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    device        TEXT    NOT NULL,
    device_seq    INTEGER NOT NULL CHECK (device_seq > 0),
    said_at       INTEGER NOT NULL,
    clock_suspect INTEGER NOT NULL CHECK (clock_suspect IN (0, 1)),
    actor         TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    auth          TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    kind_version  INTEGER NOT NULL,
    entity        TEXT    NOT NULL,
    payload       TEXT    NOT NULL CHECK (json_valid(payload)),
    based_on      TEXT,
    prev_hash     TEXT    NOT NULL CHECK (length(prev_hash) = 64),
    hash          TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (device, device_seq)
) STRICT;

CREATE INDEX events_by_entity ON events (entity, position);

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'append-only: an event is never changed'); END;

CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'append-only: an event is never deleted'); END;

-- Runs before any conflict clause, so OR REPLACE, OR IGNORE and upserts end here too.
CREATE TRIGGER events_no_second BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM events WHERE device = NEW.device AND device_seq = NEW.device_seq)
  OR EXISTS (SELECT 1 FROM events WHERE hash = NEW.hash)
  OR NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'append-only: this event, sequence or position exists or does not follow on'); END;

CREATE TABLE transitions (
    position     INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    device       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    entity       TEXT    NOT NULL,
    from_state   TEXT,
    to_state     TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    rule_version INTEGER NOT NULL,
    basis        TEXT    NOT NULL CHECK (json_valid(basis))
) STRICT;

CREATE INDEX transitions_by_entity ON transitions (entity, at);

CREATE TRIGGER transitions_no_update BEFORE UPDATE ON transitions
BEGIN SELECT RAISE(ABORT, 'append-only: a transition is never changed'); END;

CREATE TRIGGER transitions_no_delete BEFORE DELETE ON transitions
BEGIN SELECT RAISE(ABORT, 'append-only: a transition is never deleted'); END;

CREATE TRIGGER transitions_no_second BEFORE INSERT ON transitions
WHEN EXISTS (SELECT 1 FROM transitions WHERE id = NEW.id)
  OR NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM transitions)
BEGIN SELECT RAISE(ABORT, 'append-only: this transition or position exists or does not follow on'); END;

-- Present state of each task, folded from its events; `position` is the last event folded in.
CREATE TABLE task_states (
    task     TEXT    PRIMARY KEY,
    position INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (json_valid(state))
) STRICT, WITHOUT ROWID;
