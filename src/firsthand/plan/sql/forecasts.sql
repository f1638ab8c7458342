-- values --
COPY plan_forecastvalue (forecast_id, queue_id, starts_at, minutes, mean, low, mid, high, aht_seconds) FROM STDIN

-- days --
COPY plan_forecastday (forecast_id, queue_id, day, mean, low, mid, high) FROM STDIN

-- history --
-- Intervals of which something may be learnt, as seconds since 1970: without marked stretches.
SELECT extract(epoch FROM v.starts_at)::bigint, v.minutes, v.offered FROM plan_volume v
WHERE v.queue_id = %(queue)s AND v.starts_at >= %(since)s AND v.starts_at < %(until)s
    AND NOT EXISTS (
        SELECT FROM plan_mark m WHERE (m.queue_id IS NULL OR m.queue_id = v.queue_id)
            AND m.starts_at < v.starts_at + v.minutes * interval '1 minute' AND m.ends_at > v.starts_at
    )
ORDER BY v.starts_at

-- talk --
-- Mean seconds of a call by the minute of the day at which its interval begins; -1 is the whole day.
SELECT coalesce(minute, -1), sum(aht_seconds * calls) / nullif(sum(calls), 0) FROM (
    SELECT (extract(hour FROM starts_at AT TIME ZONE %(zone)s) * 60
        + extract(minute FROM starts_at AT TIME ZONE %(zone)s))::int AS minute,
        aht_seconds, coalesce(answered, offered) AS calls
    FROM plan_volume
    WHERE queue_id = %(queue)s AND starts_at >= %(since)s AND starts_at < %(until)s AND aht_seconds > 0
) told
GROUP BY GROUPING SETS ((minute), ()) HAVING sum(calls) > 0

-- expected --
-- Of each day the newest forecast that was made before it began.
SELECT DISTINCT ON (d.day) d.day, f.id FROM plan_forecastday d JOIN plan_forecast f ON f.id = d.forecast_id
WHERE f.state = 'done' AND d.queue_id = %(queue)s AND d.day >= %(first)s AND d.day < %(last)s
    AND f.history_until < d.day
ORDER BY d.day, f.history_until DESC, f.id DESC

-- worth --
-- What was forecast and what came, in the intervals of a correction: of each the newest forecast made before its day.
SELECT c.id, v.mean, vol.offered FROM plan_correction c
JOIN plan_volume vol ON vol.starts_at >= c.starts_at AND vol.starts_at < c.ends_at
    AND (c.queue_id IS NULL OR c.queue_id = vol.queue_id)
CROSS JOIN LATERAL (
    SELECT fv.mean FROM plan_forecastvalue fv JOIN plan_forecast f ON f.id = fv.forecast_id
    WHERE fv.queue_id = vol.queue_id AND fv.starts_at = vol.starts_at AND fv.minutes = vol.minutes AND f.state = 'done'
        AND f.history_until < (vol.starts_at AT TIME ZONE %(zone)s)::date
    ORDER BY f.history_until DESC, f.id DESC LIMIT 1
) v
WHERE c.id = ANY (%(corrections)s)
