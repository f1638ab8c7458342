-- match_contact --
-- The offer and the nudges to the pages in one statement, which is one transaction and one way to the database.
SELECT answer_tell_pair(caller, person_id, %(rooms)s) FROM answer_match_contact(%(contact)s)

-- match_seat --
SELECT answer_tell_pair(caller, person_id, %(rooms)s) FROM answer_match_seat(%(seat)s)

-- batch_contacts --
-- Of each kind no more than there are seats: five thousand who wait for a language nobody speaks hide nobody else. Most are
-- of a plain kind (nobody declined them, they are kept from nobody): the heads of the lanes that a ready seat has.
WITH seats AS MATERIALIZED (SELECT count(*) AS n FROM answer_seat WHERE state = 'ready'),
lanes AS MATERIALIZED (
    SELECT DISTINCT s.synthetic, l.language, p.topic
    FROM answer_seat s, unnest(s.languages) AS l (language), unnest(s.topics || ''::varchar) AS p (topic)
    WHERE s.state = 'ready'
)
SELECT id, language, topic, synthetic, declined_by, shielded, kept_from FROM answer_contact
WHERE id = ANY (ARRAY (
    SELECT head.id FROM lanes, LATERAL (
        SELECT k.id FROM answer_contact k
        WHERE k.synthetic = lanes.synthetic AND k.language = lanes.language AND k.topic = lanes.topic
            AND k.state IN ('waiting', 'callback') AND NOT k.paused AND k.held_for_id IS NULL
            AND k.declined_by = '{}' AND NOT k.shielded AND k.kept_from = '{}'
        ORDER BY k.queued_at, k.id LIMIT (SELECT n FROM seats)
    ) AS head
    UNION ALL
    SELECT id FROM (
        SELECT id, row_number() OVER (
            PARTITION BY language, topic, synthetic, declined_by, shielded, kept_from ORDER BY queued_at, id
        ) AS n
        FROM answer_contact
        WHERE state IN ('waiting', 'callback') AND NOT paused AND held_for_id IS NULL
            AND (declined_by <> '{}' OR shielded OR kept_from <> '{}')
    ) AS ranked
    WHERE n <= (SELECT n FROM seats)
)) AND state IN ('waiting', 'callback') AND NOT paused AND held_for_id IS NULL
ORDER BY queued_at, id FOR UPDATE SKIP LOCKED

-- batch_seats --
SELECT id, languages, topics, synthetic, decides, person_id FROM answer_seat, (SELECT answer_now() AS t) AS clock
WHERE state = 'ready' AND fit_until > t AND seen_at > t - interval '12 seconds'
ORDER BY ready_at, id FOR UPDATE OF answer_seat SKIP LOCKED

-- batch_write --
SELECT caller, person_id FROM answer_match_pairs(%(contacts)s::bigint[], %(seats)s::bigint[])

-- requeue --
SELECT contact_id, seat_id FROM answer_requeue(
    %(contact)s, %(why)s, %(by)s, %(seat_state)s, %(away_why)s, %(declined)s, %(hold)s::interval)

-- forgive --
-- In the order in which everybody locks several contacts.
UPDATE answer_contact SET declined_by = array_remove(declined_by, %(seat)s)
WHERE id IN (
    SELECT id FROM answer_contact WHERE state IN ('waiting', 'callback') AND %(seat)s = ANY (declined_by)
    ORDER BY id FOR UPDATE
)

-- beats --
-- All pages that say within a moment that they are there, in one statement: a heartbeat is not worth a flush to disk.
-- A page takes over from another that has been silent for 12 s. A seat that somebody is changing just now is skipped:
-- the next beat comes in 4 s, and whoever waits for several rows in no order waits for ever.
WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true), answer_now() AS t),
told AS (SELECT * FROM unnest(%(people)s::bigint[], %(instances)s::text[]) AS told (person_id, instance)),
there AS MATERIALIZED (
    SELECT s.id, s.person_id, told.instance,
        s.instance IN ('', told.instance) OR coalesce(s.seen_at, '-infinity') < quick.t - interval '12 seconds' AS has
    FROM quick, told JOIN answer_seat s USING (person_id)
    -- The page's token outlives the person's right to the desk.
    JOIN people_person p ON p.id = s.person_id AND p.is_active AND p.roles && %(roles)s::varchar[]
    FOR UPDATE OF s SKIP LOCKED
),
seen AS (
    UPDATE answer_seat s SET seen_at = quick.t, instance = there.instance
    FROM quick, there WHERE s.id = there.id AND there.has
)
SELECT there.person_id, there.has, CASE WHEN there.has THEN (
    SELECT min(k.id) FROM answer_contact k WHERE k.held_for_id = there.id AND k.state IN ('waiting', 'callback')
) END AS held
FROM there

-- beat_synthetic --
UPDATE answer_seat SET seen_at = answer_now() WHERE synthetic AND state <> 'away'

-- try_sweep --
SELECT pg_try_advisory_xact_lock(hashtext('firsthand.answer.sweep'))

-- due_offers --
SELECT id FROM answer_contact WHERE state = 'offered' AND wake_at <= (SELECT answer_now())
ORDER BY id FOR UPDATE SKIP LOCKED

-- ended_calls --
SELECT k.id, c.ended_by FROM answer_contact k JOIN voice_call c ON c.id = k.call_id
WHERE k.closed_at IS NULL AND k.state IN ('waiting', 'offered', 'connected') AND k.callback_phone = ''
    AND c.ended_at IS NOT NULL
ORDER BY k.id FOR UPDATE OF k SKIP LOCKED

-- silent_contacts --
SELECT k.id FROM answer_contact k JOIN answer_seat s ON s.id = k.seat_id
WHERE k.closed_at IS NULL AND k.state IN ('offered', 'connected')
    AND greatest(s.seen_at, %(serving)s) < (SELECT answer_now()) - interval '12 seconds'
ORDER BY k.id FOR UPDATE OF k SKIP LOCKED

-- silent_ready --
UPDATE answer_seat SET state = 'away', away_why = 'lost', ready_at = NULL
WHERE id IN (
    SELECT id FROM answer_seat
    WHERE state = 'ready' AND greatest(seen_at, %(serving)s) < (SELECT answer_now()) - interval '12 seconds'
    FOR UPDATE SKIP LOCKED
) RETURNING person_id

-- over_holds --
SELECT id FROM answer_contact WHERE held_until <= (SELECT answer_now()) AND state IN ('waiting', 'callback')
ORDER BY id FOR UPDATE SKIP LOCKED

-- left_wrap_ups --
SELECT k.id FROM answer_contact k JOIN answer_seat s ON s.id = k.seat_id
WHERE k.closed_at IS NULL AND k.state = 'wrap_up' AND k.wake_at <= (SELECT answer_now())
    AND greatest(s.seen_at, %(serving)s) < (SELECT answer_now()) - %(long)s::interval
ORDER BY k.id FOR UPDATE OF k SKIP LOCKED

-- wake_queued --
UPDATE answer_contact k SET declined_by = '{}', wake_at = answer_now() + interval '45 seconds',
    paused = k.paused AND k.state <> 'callback'
WHERE id IN (
    SELECT id FROM answer_contact
    WHERE closed_at IS NULL AND wake_at <= (SELECT answer_now()) AND state IN ('waiting', 'callback')
    FOR UPDATE SKIP LOCKED
) RETURNING id

-- wake_others --
UPDATE answer_contact SET wake_at = answer_now() + %(again)s::interval
WHERE id IN (
    SELECT id FROM answer_contact
    WHERE closed_at IS NULL AND wake_at <= (SELECT answer_now()) AND state IN ('connected', 'wrap_up')
    FOR UPDATE SKIP LOCKED
) RETURNING id

-- wall --
-- Times come in as values: the planner then sees that "today" is the end of contact_connected and contact_closed.
SELECT q.waiting, q.callbacks, q.longest, a.in_time, a.answered, c.given_up, c.solved, c.closed, c.people
FROM (
    SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'callback') AS callbacks,
        min(queued_at) FILTER (WHERE state = 'waiting') AS longest
    FROM answer_contact WHERE state IN ('waiting', 'callback')
) q, (
    SELECT count(*) FILTER (WHERE connected_at - queued_at <= %(target)s * interval '1 second') AS in_time,
        count(*) AS answered
    FROM answer_contact WHERE connected_at >= %(today)s AND callback_phone = ''
) a, (
    SELECT count(*) FILTER (WHERE state = 'abandoned' AND callback_phone = '' AND connected_at IS NULL
            AND closed_at - queued_at > %(target)s * interval '1 second') AS given_up,
        count(*) FILTER (WHERE state = 'closed' AND solved) AS solved,
        count(*) FILTER (WHERE state = 'closed') AS closed,
        count(DISTINCT seat_id) FILTER (WHERE state = 'closed') AS people
    FROM answer_contact WHERE closed_at >= %(today)s
) c

-- seats --
SELECT state, count(*) FROM answer_seat GROUP BY state

-- languages --
SELECT l.language, coalesce(k.waiting, 0), coalesce(k.callbacks, 0), k.longest,
    (SELECT count(*) FROM answer_seat WHERE state = 'ready' AND l.language = ANY (languages)),
    (SELECT count(*) FROM answer_seat WHERE state IN ('offered', 'talking', 'wrap_up') AND l.language = ANY (languages))
FROM unnest(%(languages)s::text[]) WITH ORDINALITY AS l (language, n)
LEFT JOIN (
    SELECT language, count(*) FILTER (WHERE state = 'waiting') AS waiting,
        count(*) FILTER (WHERE state = 'callback') AS callbacks, min(queued_at) FILTER (WHERE state = 'waiting') AS longest
    FROM answer_contact WHERE state IN ('waiting', 'callback') GROUP BY language
) k USING (language)
ORDER BY l.n

-- misplaced --
-- Offers that stand and must not, since this moment: the caller is shielded, or the person has a say now.
SELECT k.id FROM answer_contact k JOIN answer_seat s ON s.id = k.seat_id
WHERE k.state = 'offered' AND ((k.shielded AND s.decides) OR s.person_id = ANY (k.kept_from))
ORDER BY k.id FOR UPDATE OF k
