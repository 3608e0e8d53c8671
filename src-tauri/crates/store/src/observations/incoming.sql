-- What a round brings is written by one INSERT into the view `incoming`: one statement is one transaction, one wait for
-- the disk, and one message to the thread of the connection. View and triggers belong to the writing connection (TEMP)
-- and not to the file, so changing them is no migration.
--
-- `same` and `replaced` are JSON arrays of row ids, `bad` and `fresh` JSON arrays of rows, each an array of its columns;
-- rows are read as JSONB, so that each is parsed once and not once a column.
CREATE TEMP VIEW incoming (
    id, source, as_of, fetched_at, outcome, error_kind, error_detail, sha256, rows, quarantined, etag, next_due,
    bad, same, replaced, fresh
) AS SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL;

CREATE TEMP TRIGGER round_comes INSTEAD OF INSERT ON incoming
BEGIN
    SELECT RAISE(ABORT, 'another process kept a round meanwhile')
    WHERE NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM rounds);
    INSERT INTO rounds (id, source, as_of, fetched_at, outcome, error_kind, error_detail, sha256, rows, quarantined)
    VALUES (NEW.id, NEW.source, NEW.as_of, NEW.fetched_at, NEW.outcome, NEW.error_kind, NEW.error_detail, NEW.sha256,
        NEW.rows, NEW.quarantined);
    INSERT INTO quarantine (round, place, reason, masked, sha256)
    SELECT NEW.id, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM jsonb_each(NEW.bad);
    INSERT INTO source_states (source, last_ok_fetched, last_ok_as_of, last_try, last_error_kind, last_error_detail,
        failing_since, consecutive_failures, rows, quarantined, etag, next_due)
    VALUES (NEW.source, iif(NEW.outcome <> 'failed', NEW.fetched_at, NULL), NEW.as_of, NEW.fetched_at, NEW.error_kind,
        NEW.error_detail, iif(NEW.outcome = 'failed', NEW.fetched_at, NULL), NEW.outcome = 'failed', NEW.rows,
        NEW.quarantined, NEW.etag, NEW.next_due)
    ON CONFLICT (source) DO UPDATE SET
        last_ok_fetched = coalesce(excluded.last_ok_fetched, last_ok_fetched),
        last_ok_as_of = CASE NEW.outcome WHEN 'fresh' THEN NEW.as_of WHEN 'failed' THEN last_ok_as_of
            ELSE coalesce(NEW.as_of, last_ok_as_of) END,
        last_try = NEW.fetched_at,
        last_error_kind = NEW.error_kind,
        last_error_detail = NEW.error_detail,
        failing_since = iif(NEW.outcome = 'failed', coalesce(failing_since, NEW.fetched_at), NULL),
        consecutive_failures = iif(NEW.outcome = 'failed', consecutive_failures + 1, 0),
        rows = iif(NEW.outcome = 'fresh', NEW.rows, rows),
        quarantined = iif(NEW.outcome = 'fresh', NEW.quarantined, quarantined),
        etag = CASE NEW.outcome WHEN 'fresh' THEN NEW.etag WHEN 'failed' THEN etag ELSE coalesce(NEW.etag, etag) END,
        next_due = NEW.next_due;
END;

CREATE TEMP TRIGGER tasks_come INSTEAD OF INSERT ON incoming WHEN NEW.source = 'gateway_tasks'
BEGIN
    UPDATE gateway_tasks SET as_of = coalesce(NEW.as_of, NEW.fetched_at), fetched_at = NEW.fetched_at, round = NEW.id
    WHERE id IN (SELECT value FROM json_each(NEW.same));
    UPDATE gateway_tasks SET valid_to = NEW.fetched_at WHERE id IN (SELECT value FROM json_each(NEW.replaced));
    INSERT INTO gateway_tasks (no, body, as_of, fetched_at, round, valid_from)
    SELECT value ->> 0, value ->> 1, coalesce(NEW.as_of, NEW.fetched_at), NEW.fetched_at, NEW.id, NEW.fetched_at
    FROM jsonb_each(NEW.fresh);
END;

CREATE TEMP TRIGGER flows_come INSTEAD OF INSERT ON incoming WHEN NEW.source = 'gateway_flows' AND NEW.fresh IS NOT NULL
BEGIN
    INSERT INTO flow_reports (fetched_at, as_of, round, flows)
    VALUES (NEW.fetched_at, coalesce(NEW.as_of, NEW.fetched_at), NEW.id, NEW.fresh)
    ON CONFLICT (fetched_at) DO UPDATE SET as_of = excluded.as_of, round = excluded.round, flows = excluded.flows;
END;

-- A bucket may be reported again with other counts; the later report counts.
CREATE TEMP TRIGGER apis_come INSTEAD OF INSERT ON incoming WHEN NEW.source = 'gateway_apis' AND NEW.fresh IS NOT NULL
BEGIN
    INSERT INTO recent_measures (api, from_ms, ok, client_error, server_error, timeout, latency, last_error, as_of,
        fetched_at, round)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
        coalesce(NEW.as_of, NEW.fetched_at), NEW.fetched_at, NEW.id
    FROM jsonb_each(NEW.fresh) WHERE true
    ON CONFLICT (api, from_ms) DO UPDATE SET ok = excluded.ok, client_error = excluded.client_error,
        server_error = excluded.server_error, timeout = excluded.timeout, latency = excluded.latency,
        last_error = excluded.last_error, as_of = excluded.as_of, fetched_at = excluded.fetched_at,
        round = excluded.round
    WHERE excluded.fetched_at >= recent_measures.fetched_at;
    -- Every hour, what is more than three hours older than the newest.
    UPDATE measures_settled SET before_ms = (SELECT max(from_ms) FROM recent_measures) - 3 * 3600000
    WHERE (SELECT max(from_ms) FROM recent_measures)
        - (SELECT min(from_ms) FROM recent_measures WHERE from_ms >= before_ms) > 4 * 3600000;
    -- That, and what came of a time that has settled before.
    INSERT INTO settled_measures (api, from_ms, ok, client_error, server_error, timeout, latency, last_error, as_of,
        fetched_at, round)
    SELECT api, from_ms, ok, client_error, server_error, timeout, latency, last_error, as_of, fetched_at, round
    FROM recent_measures WHERE from_ms < (SELECT before_ms FROM measures_settled)
    ON CONFLICT (api, from_ms) DO UPDATE SET ok = excluded.ok, client_error = excluded.client_error,
        server_error = excluded.server_error, timeout = excluded.timeout, latency = excluded.latency,
        last_error = excluded.last_error, as_of = excluded.as_of, fetched_at = excluded.fetched_at,
        round = excluded.round
    WHERE excluded.fetched_at >= settled_measures.fetched_at;
    DELETE FROM recent_measures WHERE from_ms < (SELECT before_ms FROM measures_settled);
END;

CREATE TEMP TRIGGER figures_come INSTEAD OF INSERT ON incoming WHEN NEW.source = 'portal_statistics'
BEGIN
    UPDATE stated_figures SET as_of = coalesce(NEW.as_of, NEW.fetched_at), fetched_at = NEW.fetched_at, round = NEW.id
    WHERE id IN (SELECT value FROM json_each(NEW.same));
    UPDATE stated_figures SET valid_to = NEW.fetched_at, ended = NEW.id
    WHERE id IN (SELECT value FROM json_each(NEW.replaced));
    INSERT INTO stated_figures (system, unit, field, procedure, channel, from_day, to_day, statement, as_of, fetched_at,
        round, valid_from)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value -> 7,
        coalesce(NEW.as_of, NEW.fetched_at), NEW.fetched_at, NEW.id, NEW.fetched_at
    FROM jsonb_each(NEW.fresh);
END;

-- What a period still running said before is not kept: its numbers grow every day.
CREATE TEMP TRIGGER indicators_come INSTEAD OF INSERT ON incoming WHEN NEW.source = 'gateway_indicators'
BEGIN
    UPDATE indicators SET as_of = coalesce(NEW.as_of, NEW.fetched_at), fetched_at = NEW.fetched_at, round = NEW.id
    WHERE id IN (SELECT value FROM json_each(NEW.same));
    DELETE FROM indicators WHERE id IN (SELECT value FROM json_each(NEW.replaced)) AND as_of < ends;
    UPDATE indicators SET valid_to = NEW.fetched_at WHERE id IN (SELECT value FROM json_each(NEW.replaced));
    INSERT INTO indicators (period, from_day, to_day, ends, unit, readings, as_of, fetched_at, round, valid_from)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        coalesce(NEW.as_of, NEW.fetched_at), NEW.fetched_at, NEW.id, NEW.fetched_at
    FROM jsonb_each(NEW.fresh);
END;

CREATE TEMP TRIGGER procedures_come INSTEAD OF INSERT ON incoming WHEN NEW.source = 'gateway_procedures'
BEGIN
    UPDATE procedures SET as_of = coalesce(NEW.as_of, NEW.fetched_at), fetched_at = NEW.fetched_at, round = NEW.id
    WHERE id IN (SELECT value FROM json_each(NEW.same));
    UPDATE procedures SET valid_to = NEW.fetched_at WHERE id IN (SELECT value FROM json_each(NEW.replaced));
    INSERT INTO procedures (code, body, as_of, fetched_at, round, valid_from)
    SELECT value ->> 0, value ->> 1, coalesce(NEW.as_of, NEW.fetched_at), NEW.fetched_at, NEW.id, NEW.fetched_at
    FROM jsonb_each(NEW.fresh);
END;

-- Sync queue, unpaid fees, petitions: the report as a whole, and the rows that are kept as versions.
CREATE TEMP TRIGGER operation_comes INSTEAD OF INSERT ON incoming
WHEN NEW.source IN ('gateway_sync', 'gateway_fees', 'gateway_petitions') AND NEW.fresh IS NOT NULL
BEGIN
    INSERT INTO operation_reports (source, fetched_at, as_of, round, body)
    VALUES (NEW.source, NEW.fetched_at, coalesce(NEW.as_of, NEW.fetched_at), NEW.id, NEW.fresh -> 'report')
    ON CONFLICT (source, fetched_at) DO UPDATE SET as_of = excluded.as_of, round = excluded.round, body = excluded.body;
    UPDATE unit_fees SET valid_to = NEW.fetched_at WHERE id IN (SELECT value FROM json_each(NEW.replaced));
    INSERT INTO unit_fees (unit, dossiers, amount, oldest_at, round, valid_from)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, NEW.id, NEW.fetched_at
    FROM jsonb_each(NEW.fresh, '$.units');
END;

-- Results of probes are many and small: they are no rounds, and the state of their source goes along.
CREATE TEMP VIEW probed (results) AS SELECT NULL;

CREATE TEMP TRIGGER probes_come INSTEAD OF INSERT ON probed
BEGIN
    INSERT INTO probe_results (probe, asked_at, state, millis, status, error)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
    FROM jsonb_each(NEW.results) WHERE true
    ON CONFLICT (probe, asked_at) DO NOTHING;
    INSERT INTO source_states (source, last_ok_fetched, last_ok_as_of, last_try, consecutive_failures, rows, quarantined)
    SELECT 'probes', max(value ->> 1), max(value ->> 1), max(value ->> 1), 0, count(*), 0
    FROM jsonb_each(NEW.results) WHERE true
    ON CONFLICT (source) DO UPDATE SET last_ok_fetched = max(excluded.last_ok_fetched, last_ok_fetched),
        last_ok_as_of = max(excluded.last_ok_as_of, last_ok_as_of), last_try = max(excluded.last_try, last_try),
        rows = excluded.rows;
END;
