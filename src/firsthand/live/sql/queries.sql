-- put --
INSERT INTO live_outbox (topic, message) SELECT * FROM unnest(%(topics)s::text[], %(messages)s::jsonb[])

-- listen --
LISTEN firsthand_live

-- ring --
NOTIFY firsthand_live

-- now --
SELECT pg_current_snapshot()::text

-- news --
-- Every row that is visible now and was not in the snapshot of the read before: each exactly once, in whatever order
-- the transactions committed. The first column is the snapshot of this read, also when there is no news.
SELECT pg_current_snapshot()::text, o.id, o.topic, o.message::text
FROM (VALUES (true)) AS once
LEFT JOIN live_outbox o
    ON o.xid >= pg_snapshot_xmin(%(since)s::pg_snapshot)
    AND NOT pg_visible_in_snapshot(o.xid, %(since)s::pg_snapshot)
ORDER BY o.id

-- missed --
SELECT o.id, o.topic, o.message::text
FROM live_outbox o
WHERE o.topic = ANY(%(topics)s)
    AND o.message IS NOT NULL
    AND o.xid >= pg_snapshot_xmin(%(since)s::pg_snapshot)
    AND NOT pg_visible_in_snapshot(o.xid, %(since)s::pg_snapshot)
ORDER BY o.id
LIMIT 500

-- beat --
UPDATE live_serving SET
    since = CASE WHEN seen < clock_timestamp() - interval '6 seconds' THEN clock_timestamp() ELSE since END,
    seen = clock_timestamp()

-- serving --
SELECT since FROM live_serving WHERE seen >= clock_timestamp() - interval '6 seconds'

-- tidy --
DELETE FROM live_outbox WHERE at < clock_timestamp() - interval '2 minutes'
