-- What the gateway says of all flows at one moment is one row: it is always written and read together, every minute.
PRAGMA user_version = 2;

CREATE TABLE flow_reports (
    fetched_at INTEGER PRIMARY KEY,
    as_of      INTEGER NOT NULL,
    round      INTEGER NOT NULL,
    flows      TEXT    NOT NULL CHECK (json_valid(flows))
) STRICT;

INSERT INTO flow_reports (fetched_at, as_of, round, flows)
SELECT fetched_at, max(as_of), max(round), json_group_array(json_object(
    'flow', flow, 'phase', phase, 'stage', stage, 'state', state, 'last_success_at', last_success_at,
    -- SQLite's own JSON keeps 15 digits of a fraction.
    'success_rate', json(iif(success_rate IS NULL, 'null', printf('%!.17g', success_rate))), 'calls', calls, 'error', error) ORDER BY flow, phase, stage)
FROM flow_history GROUP BY fetched_at;

DROP TABLE flow_latest;
DROP TABLE flow_history;
