-- stage --
COPY plan_staged (upload_id, queue_id, starts_at, minutes, offered, answered, abandoned, aht_seconds) FROM STDIN

-- hashed --
-- Nobody has counted yet how many rows were set aside a moment ago: row by row, a million would take for ever.
SELECT set_config('enable_nestloop', 'off', true)

-- as_usual --
SELECT set_config('enable_nestloop', 'on', true)

-- staged --
-- What a checked file would bring: two of its queues may lead to one of ours, and are added up.
WITH new AS (
    SELECT queue_id, starts_at, max(minutes) AS minutes FROM plan_staged WHERE upload_id = %(upload)s GROUP BY 1, 2
), old AS (
    SELECT DISTINCT v.id, v.source_id IS NULL AS own FROM plan_volume v
    JOIN new n ON n.queue_id = v.queue_id AND date_trunc('hour', n.starts_at) = date_trunc('hour', v.starts_at)
        AND n.starts_at < v.starts_at + v.minutes * interval '1 minute'
        AND v.starts_at < n.starts_at + n.minutes * interval '1 minute'
)
SELECT (SELECT count(*) FROM new), (SELECT min(starts_at) FROM new),
    (SELECT max(starts_at + minutes * interval '1 minute') FROM new),
    (SELECT count(*) FROM old), (SELECT count(*) FROM old WHERE own)

-- replace --
-- An interval of another length gives way as well: nobody is counted twice.
DELETE FROM plan_volume v USING (
    SELECT DISTINCT queue_id, starts_at, minutes FROM plan_staged
    WHERE upload_id = %(upload)s AND starts_at >= %(first)s AND starts_at < %(last)s
) n
WHERE n.queue_id = v.queue_id AND date_trunc('hour', n.starts_at) = date_trunc('hour', v.starts_at)
    AND n.starts_at < v.starts_at + v.minutes * interval '1 minute'
    AND v.starts_at < n.starts_at + n.minutes * interval '1 minute'
    AND v.starts_at > %(first)s - interval '1 hour' AND v.starts_at < %(last)s + interval '1 hour'

-- read_in --
-- A sum of which one part is not told is not told.
INSERT INTO plan_volume (queue_id, starts_at, minutes, offered, answered, abandoned, aht_seconds, source_id)
SELECT queue_id, starts_at, max(minutes), sum(offered),
    CASE WHEN count(answered) = count(*) THEN sum(answered) END,
    CASE WHEN count(abandoned) = count(*) THEN sum(abandoned) END,
    sum(aht_seconds * coalesce(answered, offered)) FILTER (WHERE aht_seconds IS NOT NULL)
        / nullif(sum(coalesce(answered, offered)) FILTER (WHERE aht_seconds IS NOT NULL), 0),
    %(source)s
FROM plan_staged
WHERE upload_id = %(upload)s AND starts_at >= %(first)s AND starts_at < %(last)s
GROUP BY queue_id, starts_at

-- taken --
COPY plan_volume (queue_id, starts_at, minutes, offered, answered, abandoned, aht_seconds, source_id) FROM STDIN

-- aside --
UPDATE plan_upload SET progress = %(percent)s WHERE id = %(upload)s RETURNING stop_asked

-- forget_own --
DELETE FROM plan_volume WHERE source_id IS NULL AND starts_at >= %(first)s AND starts_at < %(last)s

-- own --
-- What the house counted itself. Where a file tells of the same time, the file stays.
INSERT INTO plan_volume (queue_id, starts_at, minutes, offered, answered, abandoned, aht_seconds)
SELECT n.* FROM unnest(
    %(queue)s::bigint[], %(starts_at)s::timestamptz[], %(minutes)s::smallint[], %(offered)s::int[],
    %(answered)s::int[], %(abandoned)s::int[], %(aht_seconds)s::numeric[]
) AS n (queue_id, starts_at, minutes, offered, answered, abandoned, aht_seconds)
WHERE NOT EXISTS (
    SELECT FROM plan_volume v WHERE v.queue_id = n.queue_id
        AND date_trunc('hour', v.starts_at) = date_trunc('hour', n.starts_at)
        AND v.starts_at < n.starts_at + n.minutes * interval '1 minute'
        AND n.starts_at < v.starts_at + v.minutes * interval '1 minute'
        AND v.starts_at > n.starts_at - interval '2 hours' AND v.starts_at < n.starts_at + interval '2 hours'
)

-- held --
-- From when to when each queue is known, by both ends of its own index; the length of its newest interval.
SELECT q.id, (first.starts_at AT TIME ZONE %(zone)s)::date, (last.starts_at AT TIME ZONE %(zone)s)::date, last.minutes
FROM plan_queue q
CROSS JOIN LATERAL (SELECT starts_at FROM plan_volume WHERE queue_id = q.id ORDER BY starts_at LIMIT 1) first
CROSS JOIN LATERAL (
    SELECT starts_at, minutes FROM plan_volume WHERE queue_id = q.id ORDER BY starts_at DESC LIMIT 1
) last

-- some_days --
SELECT DISTINCT queue_id, (starts_at AT TIME ZONE %(zone)s)::date FROM plan_volume WHERE starts_at >= %(since)s

-- days --
SELECT (starts_at AT TIME ZONE %(zone)s)::date AS day, sum(offered), sum(answered), sum(abandoned),
    sum(aht_seconds * coalesce(answered, offered)) FILTER (WHERE aht_seconds IS NOT NULL)
        / nullif(sum(coalesce(answered, offered)) FILTER (WHERE aht_seconds IS NOT NULL), 0)
FROM plan_volume
WHERE queue_id = ANY (%(queues)s) AND starts_at >= %(first)s AND starts_at < %(last)s
GROUP BY 1 ORDER BY 1
