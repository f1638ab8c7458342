-- The one writer of assignment. Contact and seat are locked and written in one call; a row that another
-- writer holds is skipped, never waited for, so that no two writers can wait for each other. Skipping can miss the
-- last seat: then the contact stays queued, and the sweeper, a second later, finds both.

-- Who may be offered what. Readiness, language, presence and the shield of our own people are never relaxed.
CREATE OR REPLACE FUNCTION answer_fits(s answer_seat, k answer_contact, t timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT s.synthetic = k.synthetic
        AND k.language = ANY (s.languages)
        AND (k.topic = '' OR k.topic = ANY (s.topics))
        AND s.fit_until > t
        AND s.seen_at > t - interval '12 seconds'
        AND s.id <> ALL (k.declined_by)
        AND NOT (k.shielded AND s.decides)
        AND s.person_id <> ALL (k.kept_from)
$$;

-- The pair is locked: both are written. The one place where a single offer begins. Gives the caller's page.
CREATE OR REPLACE FUNCTION answer_offer(p_contact bigint, p_seat bigint, t timestamptz) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    v_caller uuid;
BEGIN
    UPDATE answer_seat SET state = 'offered' WHERE id = p_seat AND state = 'ready';
    UPDATE answer_contact
    SET state = 'offered', seat_id = p_seat, offered_at = t,
        wake_at = t + coalesce((SELECT offer_seconds FROM answer_rules WHERE id = 1), 20) * interval '1 second',
        moved_why = 'matched', moved_by_id = NULL
    WHERE id = p_contact AND state IN ('waiting', 'callback')
    RETURNING public_id INTO v_caller;
    RETURN v_caller;
END $$;

-- This contact, which has just become available: the seat that has been idle longest. All that a page needs to be told
-- comes back with the pair, so that nobody looks it up again. The ready seats are walked in the order of their index,
-- and the walk ends at the first that fits. The planner expects of so many conditions that hardly a seat fits: left
-- alone it reads all seats and sorts them, or plans anew at each call, which costs as much as the decision.
CREATE OR REPLACE FUNCTION answer_match_contact(
    p_contact bigint, OUT contact_id bigint, OUT seat_id bigint, OUT caller uuid, OUT person_id bigint
) RETURNS SETOF record LANGUAGE plpgsql
SET enable_sort = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    t timestamptz := answer_now();
    v_contact answer_contact;
BEGIN
    SELECT k.* INTO v_contact FROM answer_contact k
        WHERE k.id = p_contact AND k.state IN ('waiting', 'callback') AND NOT k.paused AND k.held_for_id IS NULL
        FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT p_contact, a.id, a.person_id INTO contact_id, seat_id, person_id FROM answer_seat a
        WHERE a.state = 'ready' AND answer_fits(a, v_contact, t)
        ORDER BY a.ready_at LIMIT 1
        FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;
    caller := answer_offer(contact_id, seat_id, t);
    RETURN NEXT;
END $$;

-- This seat, which has just become available: the contact it may take that has waited longest. Mostly it is one of the
-- first in the queue, and the walk ends there. Where many wait whom this seat cannot take, the walk ends after 32, and the
-- seat's lanes (each language with each topic, or none said) are asked for their heads: as few rows, however many wait.
-- Locked rows are skipped: then the heads are asked for again, sixteen times as deep. The plan is made once, perhaps in a
-- quiet hour, when a few rows are read as fast from end to end, and it is kept when thousands wait.
CREATE OR REPLACE FUNCTION answer_match_seat(
    p_seat bigint, OUT contact_id bigint, OUT seat_id bigint, OUT caller uuid, OUT person_id bigint
) RETURNS SETOF record LANGUAGE plpgsql
SET enable_seqscan = off SET enable_sort = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    t timestamptz := answer_now();
    v_seat answer_seat;
    v_heads bigint[];
    v_deep integer := 1;
BEGIN
    SELECT a.* INTO v_seat FROM answer_seat a WHERE a.id = p_seat AND a.state = 'ready' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN RETURN; END IF;
    SELECT k.id INTO contact_id
        FROM (
            SELECT q.id, q.queued_at FROM answer_contact q WHERE q.state IN ('waiting', 'callback')
            ORDER BY q.queued_at, q.id LIMIT 32
        ) AS first JOIN answer_contact k ON k.id = first.id
        WHERE k.state IN ('waiting', 'callback') AND NOT k.paused AND k.held_for_id IS NULL
            AND answer_fits(v_seat, k, t)
        ORDER BY first.queued_at, first.id LIMIT 1
        FOR UPDATE OF k SKIP LOCKED;
    IF contact_id IS NULL THEN
        PERFORM FROM answer_contact k WHERE k.state IN ('waiting', 'callback')
            ORDER BY k.queued_at, k.id OFFSET 31 LIMIT 1;
        IF NOT FOUND THEN RETURN; END IF;
    END IF;
    WHILE contact_id IS NULL LOOP
        v_heads := ARRAY (
            SELECT head.id
            FROM unnest(v_seat.languages) AS l (language), unnest(v_seat.topics || ''::varchar) AS p (topic), LATERAL (
                SELECT q.id, q.queued_at FROM answer_contact q
                WHERE q.synthetic = v_seat.synthetic AND q.language = l.language AND q.topic = p.topic
                    AND q.state IN ('waiting', 'callback') AND NOT q.paused AND q.held_for_id IS NULL
                    AND answer_fits(v_seat, q, t)
                ORDER BY q.queued_at, q.id LIMIT v_deep
            ) AS head
            ORDER BY head.queued_at, head.id LIMIT v_deep
        );
        SELECT k.id INTO contact_id
            FROM unnest(v_heads) WITH ORDINALITY AS head (id, n) JOIN answer_contact k ON k.id = head.id
            WHERE k.state IN ('waiting', 'callback') AND NOT k.paused AND k.held_for_id IS NULL
                AND answer_fits(v_seat, k, t)
            ORDER BY head.n LIMIT 1
            FOR UPDATE OF k SKIP LOCKED;
        IF contact_id IS NULL AND cardinality(v_heads) < v_deep THEN RETURN; END IF;
        v_deep := v_deep * 16;
    END LOOP;
    seat_id := p_seat;
    person_id := v_seat.person_id;
    caller := answer_offer(contact_id, p_seat, t);
    RETURN NEXT;
END $$;

-- The nudges to the pages of a pair that was just made, in its transaction. A function, because its plan is kept by the
-- connection: planned anew at each call, the INSERT cost as much as a third of the decision.
CREATE OR REPLACE FUNCTION answer_tell_pair(p_caller uuid, p_person bigint, p_rooms text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO live_outbox (topic)
    SELECT unnest(ARRAY['caller:' || p_caller, 'desk:' || p_person] || p_rooms);
END $$;

-- Opening time and lost races: many waiting, many ready. The caller of this has locked all of them and paired them in
-- memory (pure/pairing.py); here everything is written at once. What must be true of a pair is asked here again.
CREATE OR REPLACE FUNCTION answer_match_pairs(
    p_contacts bigint[], p_seats bigint[], OUT contact_id bigint, OUT seat_id bigint, OUT caller uuid, OUT person_id bigint
) RETURNS SETOF record LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    t timestamptz := answer_now();
BEGIN
    RETURN QUERY
    WITH pairs AS MATERIALIZED (
        SELECT k.id AS contact, a.id AS seat
        FROM unnest(p_contacts, p_seats) AS p (contact, seat)
        JOIN answer_contact k ON k.id = p.contact
        JOIN answer_seat a ON a.id = p.seat
        WHERE a.state = 'ready' AND answer_fits(a, k, t)
            AND k.state IN ('waiting', 'callback') AND NOT k.paused AND k.held_for_id IS NULL
    ), o AS (
        UPDATE answer_seat a SET state = 'offered' FROM pairs p WHERE a.id = p.seat
        RETURNING a.id, a.person_id, p.contact
    )
    UPDATE answer_contact k
    SET state = 'offered', seat_id = o.id, offered_at = t,
        wake_at = t + coalesce((SELECT offer_seconds FROM answer_rules WHERE id = 1), 20) * interval '1 second',
        moved_why = 'matched', moved_by_id = NULL
    FROM o WHERE k.id = o.contact
    RETURNING k.id, o.id, k.public_id, o.person_id;
END $$;

-- A contact leaves its seat and stands in the queue again, at its old place. One function, so that a declined, an
-- expired and a lost offer cannot differ in anything but what is said here. The caller of this holds the contact.
CREATE OR REPLACE FUNCTION answer_requeue(
    p_contact bigint, p_why text, p_by bigint, p_seat_state text, p_away_why text, p_declined boolean, p_hold interval
) RETURNS TABLE (contact_id bigint, seat_id bigint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    t timestamptz := answer_now();
    v_seat bigint;
BEGIN
    SELECT k.seat_id INTO v_seat FROM answer_contact k
        WHERE k.id = p_contact AND k.state IN ('offered', 'connected') FOR UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
    UPDATE answer_seat a
    SET state = p_seat_state, away_why = p_away_why, ready_at = CASE WHEN p_seat_state = 'ready' THEN t END
    WHERE a.id = v_seat;
    RETURN QUERY
    UPDATE answer_contact k
    SET state = CASE WHEN k.callback_phone = '' THEN 'waiting' ELSE 'callback' END,
        seat_id = NULL, offered_at = NULL, wake_at = t + interval '45 seconds',
        declined_by = CASE WHEN p_declined THEN k.declined_by || v_seat ELSE k.declined_by END,
        held_for_id = CASE WHEN p_hold IS NOT NULL THEN v_seat END, held_until = t + p_hold,
        moved_why = p_why, moved_by_id = p_by
    WHERE k.id = p_contact
    RETURNING k.id, v_seat;
END $$;
