-- Focal points of the parties. The journal knows only that one was set or removed, and the id of its row here, so that a
-- person's data can be erased.
PRAGMA user_version = 3;

CREATE TABLE contacts (
    id    TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    unit  TEXT NOT NULL,
    title TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL
) STRICT, WITHOUT ROWID;
