-- counted --
-- How many called in each quarter of an hour of a day, by language and topic: of contacts that are over, those of
-- training and robots left out. Counted where they first came, also if they were called back days later. Seconds are
-- talk and wrap-up, on the mean. What is asked of closed_at only finds them by its index.
SELECT language, topic, to_timestamp(floor(extract(epoch FROM queued_at) / 900) * 900),
    count(*), count(connected_at), count(*) FILTER (WHERE state = 'abandoned' AND connected_at IS NULL),
    avg(extract(epoch FROM closed_at - coalesce(talk_at, connected_at)))
        FILTER (WHERE state = 'closed' AND connected_at IS NOT NULL)
FROM answer_contact
WHERE queued_at >= %(first)s AND queued_at < %(last)s AND closed_at >= %(first)s
    AND closed_at < %(last)s + interval '30 days' AND NOT synthetic
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
