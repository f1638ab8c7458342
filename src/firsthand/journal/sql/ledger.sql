-- hold --
SELECT seen::text FROM {seal} FOR UPDATE

-- head --
SELECT n, hash FROM {links} ORDER BY n DESC LIMIT 1

-- unsealed --
-- What became visible since the last seal. Above xmax lie only rows of another database's count (a restored dump).
-- A look-up for each candidate: as NOT EXISTS the planner may read the whole chain, once a second.
SELECT pg_current_snapshot()::text, e.id, e.at, {columns}
FROM (VALUES (true)) AS once
LEFT JOIN {entries} e
    ON e.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
    AND e.xid < pg_snapshot_xmax(pg_current_snapshot())
    AND NOT pg_visible_in_snapshot(e.xid, %(seen)s::pg_snapshot)
    AND e.at >= {until}
    AND (SELECT l.n FROM {links} l WHERE l.entry_id = e.id) IS NULL
ORDER BY e.id
LIMIT %(most)s

-- unsealed_anywhere --
-- After a restore into another database the old snapshot says nothing: everything without a link is due.
SELECT pg_current_snapshot()::text, e.id, e.at, {columns}
FROM (VALUES (true)) AS once
LEFT JOIN {entries} e ON e.at >= {until} AND NOT EXISTS (SELECT FROM {links} l WHERE l.entry_id = e.id)
ORDER BY e.id
LIMIT %(most)s

-- chain --
INSERT INTO {links} (n, entry_id, entry_at, hash)
SELECT * FROM unnest(%(n)s::bigint[], %(id)s::bigint[], %(at)s::timestamptz[], %(hash)s::bytea[])

-- seen --
UPDATE {seal} SET seen = %(seen)s::pg_snapshot

-- waiting --
-- How long the oldest entry has been waiting for its link.
SELECT extract(epoch FROM clock_timestamp() - min(e.at))::float
FROM {entries} e, {seal} s
WHERE e.xid >= pg_snapshot_xmin(s.seen)
    AND NOT pg_visible_in_snapshot(e.xid, s.seen)
    AND e.at >= {until}
    AND NOT EXISTS (SELECT FROM {links} l WHERE l.entry_id = e.id)

-- link --
SELECT hash FROM {links} WHERE n = %(n)s

-- links --
-- For the walk in Python, a page at a time.
SELECT l.n, l.entry_id, l.hash, e.id, e.at, {columns}
FROM {links} l
LEFT JOIN {entries} e ON e.id = l.entry_id AND e.at = l.entry_at
WHERE l.n > %(after)s
ORDER BY l.n
LIMIT %(most)s

-- unchained --
-- Entries that the chain must have seen and has not: a link was taken away, or a row was slipped in under an old number.
SELECT e.id
FROM {entries} e, {seal} s
WHERE pg_visible_in_snapshot(e.xid, s.seen)
    AND e.at >= {until}
    AND NOT EXISTS (SELECT FROM {links} l WHERE l.entry_id = e.id AND l.entry_at = e.at)
ORDER BY e.id
LIMIT 1

-- ends --
-- How far the chain reaches and how far it has seen, for a check that takes its time while others go on writing.
SELECT coalesce((SELECT max(n) FROM {links}), 0),
    coalesce((SELECT min(id) FROM {entries}), 1), coalesce((SELECT max(id) FROM {entries}), 0), seen::text
FROM {seal}

-- next_link --
SELECT min(n) FROM {links} WHERE n > %(after)s

-- next_entry --
SELECT min(id) FROM {entries} WHERE id > %(after)s

-- span --
-- Where a stretch of the chain begins, and between which entries its own lie. Before the first one there is the start.
SELECT coalesce(before.n, %(start)s), coalesce(before.hash, %(start_hash)s),
    coalesce(here.low, 0), coalesce(here.high, 0), here.first, here.last
FROM (
    SELECT min(entry_id) AS low, max(entry_id) AS high, min(entry_at) AS first, max(entry_at) AS last
    FROM {links} WHERE n > %(after)s AND n <= %(until)s
) AS here
LEFT JOIN (SELECT n, hash FROM {links} WHERE n <= %(after)s ORDER BY n DESC LIMIT 1) AS before ON true

-- stretch --
-- All hashes of a stretch at once: each link has the hash of the one before it in its own row's reach. The same
-- questions in the same order as `pure/chain.py`, Walk.step.
WITH link AS (
    SELECT n, entry_id, entry_at, hash,
        lag(n, 1, %(n)s::bigint) OVER along AS n_before,
        lag(hash, 1, %(hash)s::bytea) OVER along AS hash_before
    FROM {links}
    WHERE n > %(after)s AND n <= %(until)s
    WINDOW along AS (ORDER BY n)
),
looked AS (
    SELECT l.n, l.n_before, l.entry_id, e.at,
        CASE
            WHEN l.n <> l.n_before + 1 THEN 'gap'
            WHEN e.id IS NULL THEN 'missing'
            WHEN l.hash <> sha256(l.hash_before || convert_to(concat(
                l.n, E'\n', e.id, E'\n', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), E'\n', {fields}
            ), 'UTF8')) THEN 'changed'
            WHEN e.at < max(e.at) OVER (ORDER BY l.n ROWS UNBOUNDED PRECEDING) - %(longest)s::interval THEN 'backdated'
        END AS why
    FROM link l
    LEFT JOIN {entries} e ON e.id = l.entry_id AND e.at = l.entry_at
        AND e.id BETWEEN %(low)s AND %(high)s AND e.at BETWEEN %(first)s AND %(last)s
)
SELECT count(*), min(at), max(at),
    (array_agg(n ORDER BY n) FILTER (WHERE why IS NOT NULL))[1],
    (array_agg(n_before ORDER BY n) FILTER (WHERE why IS NOT NULL))[1],
    (array_agg(entry_id ORDER BY n) FILTER (WHERE why IS NOT NULL))[1],
    (array_agg(why ORDER BY n) FILTER (WHERE why IS NOT NULL))[1]
FROM looked

-- too_old --
-- The first entry of a stretch that is dated before what came in an earlier stretch.
SELECT l.n, l.entry_id
FROM {links} l
JOIN {entries} e ON e.id = l.entry_id AND e.at = l.entry_at
WHERE l.n > %(after)s AND l.n <= %(until)s AND e.at < %(oldest)s
ORDER BY l.n
LIMIT 1

-- unchained_within --
SELECT min(e.id)
FROM {entries} e
WHERE e.id > %(after)s AND e.id <= %(until)s
    AND pg_visible_in_snapshot(e.xid, %(seen)s::pg_snapshot)
    AND e.at >= {until}
    AND NOT EXISTS (
        SELECT FROM {links} l
        WHERE l.entry_id = e.id AND l.entry_at = e.at AND l.entry_id > %(after)s AND l.entry_id <= %(until)s
    )

-- held --
-- What is dated before the months that are left and is no link's: it stays for a legal hold.
SELECT e.id, e.at, {columns}
FROM {entries} e
WHERE e.at < {until} AND NOT EXISTS (SELECT FROM {links} l WHERE l.entry_id = e.id AND l.entry_at = e.at)
ORDER BY e.id

-- late --
-- Of what is dated before a month, that which was chained after the month's first entry: it goes a month later.
SELECT e.tableoid, e.ctid::text
FROM {links} l
JOIN {entries} e ON e.id = l.entry_id AND e.at = l.entry_at
WHERE l.entry_at < %(before)s AND l.n > (SELECT min(n) FROM {links} WHERE entry_at >= %(before)s)

-- unlinked --
-- Whether something dated before that month has not been chained yet.
SELECT EXISTS (
    SELECT FROM {entries} e
    WHERE e.at >= {until} AND e.at < %(before)s
        AND NOT EXISTS (SELECT FROM {links} l WHERE l.entry_id = e.id AND l.entry_at = e.at)
)
