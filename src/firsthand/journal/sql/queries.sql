-- record --
INSERT INTO journal_entry (actor_id, verb, kind, object_id, details)
VALUES (%(actor)s, %(verb)s, %(kind)s, %(object)s, %(details)s::jsonb)

-- hold --
SELECT seen::text FROM journal_seal FOR UPDATE

-- head --
SELECT n, hash FROM journal_link ORDER BY n DESC LIMIT 1

-- unsealed --
-- What became visible since the last seal. Above xmax lie only rows of another database's count (a restored dump).
-- A look-up for each candidate: as NOT EXISTS the planner may read the whole chain, once a second.
SELECT pg_current_snapshot()::text, e.id, e.at, e.actor_id, e.verb, e.kind, e.object_id, e.details::text
FROM (VALUES (true)) AS once
LEFT JOIN journal_entry e
    ON e.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
    AND e.xid < pg_snapshot_xmax(pg_current_snapshot())
    AND NOT pg_visible_in_snapshot(e.xid, %(seen)s::pg_snapshot)
    AND (SELECT l.n FROM journal_link l WHERE l.entry_id = e.id) IS NULL
ORDER BY e.id
LIMIT %(most)s

-- unsealed_anywhere --
-- After a restore into another database the old snapshot says nothing: everything without a link is due.
SELECT pg_current_snapshot()::text, e.id, e.at, e.actor_id, e.verb, e.kind, e.object_id, e.details::text
FROM (VALUES (true)) AS once
LEFT JOIN journal_entry e ON NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id)
ORDER BY e.id
LIMIT %(most)s

-- chain --
INSERT INTO journal_link (n, entry_id, entry_at, hash)
SELECT * FROM unnest(%(n)s::bigint[], %(id)s::bigint[], %(at)s::timestamptz[], %(hash)s::bytea[])

-- seen --
UPDATE journal_seal SET seen = %(seen)s::pg_snapshot

-- links --
SELECT l.n, l.entry_id, l.hash, e.id, e.at, e.actor_id, e.verb, e.kind, e.object_id, e.details::text
FROM journal_link l
LEFT JOIN journal_entry e ON e.id = l.entry_id AND e.at = l.entry_at
WHERE l.n > %(after)s
ORDER BY l.n
LIMIT %(most)s

-- unchained --
-- Entries that the chain must have seen and has not: a link was taken away, or a row was slipped in under an old number.
SELECT e.id
FROM journal_entry e, journal_seal s
WHERE pg_visible_in_snapshot(e.xid, s.seen)
    AND NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id AND l.entry_at = e.at)
ORDER BY e.id
LIMIT 1

-- waiting --
-- How long the oldest entry has been waiting for its link.
SELECT extract(epoch FROM clock_timestamp() - min(e.at))::float
FROM journal_entry e, journal_seal s
WHERE e.xid >= pg_snapshot_xmin(s.seen)
    AND NOT pg_visible_in_snapshot(e.xid, s.seen)
    AND NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id)

-- link --
SELECT hash FROM journal_link WHERE n = %(n)s

-- partitions --
SELECT journal_partitions(%(table)s::regclass, %(months)s)
