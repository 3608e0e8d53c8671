"""Counts the dossier figures of `cargo xtask bench` with DuckDB: one GROUP BY over the same dossiers.

`figures.py FILE FROM TO`: reads the dossiers from a CSV file into a table of its own kinds, prints the figures of every
unit, field and channel as CSV, an empty line, and then the seconds of each of seven runs. Starting Python and reading the
file are not counted, nor is fetching the answer: it stays in DuckDB.
"""

import csv
import sys
import time

import duckdb

path, first, last = sys.argv[1:]
db = duckdb.connect()
db.execute("SET preserve_insertion_order = false")
db.execute(
    """
    CREATE TABLE read AS SELECT * FROM read_csv(?, header = true, columns = {
        'unit': 'VARCHAR', 'field': 'VARCHAR', 'channel': 'VARCHAR', 'received': 'DATE', 'ended': 'DATE',
        'overdue_from': 'DATE', 'outcome': 'UTINYINT'})
    """,
    [path],
)
for name in ("unit", "field", "channel"):
    db.execute(f"CREATE TYPE {name}_t AS ENUM (SELECT DISTINCT {name} FROM read ORDER BY 1)")
db.execute(
    """
    CREATE TABLE dossiers AS SELECT unit::unit_t AS unit, field::field_t AS field, channel::channel_t AS channel,
        received, ended, overdue_from, outcome FROM read
    """
)
# outcome: 0 pending, 1 before its day, 2 on it, 3 late. What is pending has ended on no day.
query = f"""
    WITH counted AS (
        SELECT unit, field, channel,
            received BETWEEN $first AND $last AS received,
            received < $first AND (ended IS NULL OR ended >= $first) AS carried,
            ended BETWEEN $first AND $last AS done,
            outcome = 3 AS late,
            received <= $last AND (ended IS NULL OR ended > $last) AS pending,
            overdue_from <= $last AS overdue
        FROM dossiers),
    summed AS (
        SELECT unit, field, channel,
            count(*) FILTER (received) AS received,
            count(*) FILTER (received AND channel = 'online') AS online,
            count(*) FILTER (received AND channel <> 'online') AS direct,
            count(*) FILTER (carried) AS carried,
            count(*) FILTER (done) AS done,
            count(*) FILTER (done AND late) AS late,
            count(*) FILTER (pending) AS pending,
            count(*) FILTER (pending AND overdue) AS overdue
        FROM counted GROUP BY ALL)
    SELECT unit, field, channel, received, online, direct, carried, received + carried AS total, done,
        done - late AS on_time, late, pending, pending - overdue AS within, overdue,
        (done - late) / nullif(done, 0) AS on_time_rate, late / nullif(done, 0) AS late_rate,
        (pending - overdue) / nullif(pending, 0) AS within_rate, overdue / nullif(pending, 0) AS overdue_rate
    FROM summed
"""
query = query.replace("$first", f"DATE '{first}'").replace("$last", f"DATE '{last}'")
rows = db.execute(f"SELECT * EXCLUDE (on_time_rate, late_rate, within_rate, overdue_rate) FROM ({query})").fetchall()
csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
print()
for _ in range(7):
    started = time.perf_counter()
    db.execute(f"CREATE OR REPLACE TEMP TABLE figures AS {query}")
    print(time.perf_counter() - started)
