-- The contact's life in the database: which moves are legal, what each leaves behind, who may be offered what.
-- The one writer of assignment (answer_match_…) stands in match.sql.

-- The clock of this room. Tests and the demo's history move it with SET LOCAL firsthand.clock_offset.
CREATE FUNCTION answer_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT clock_timestamp() + coalesce(nullif(current_setting('firsthand.clock_offset', true), ''), '0')::interval
$$;

ALTER TABLE answer_contact
    ALTER COLUMN queued_at SET DEFAULT answer_now(),
    -- A megabyte pasted into a field is refused here too, whatever a page forgot.
    ADD CONSTRAINT contact_answered_is_short CHECK (length(answered) <= 4000),
    ADD CONSTRAINT contact_note_is_short CHECK (length(note_words) <= 4000);
ALTER TABLE answer_case ALTER COLUMN opened_at SET DEFAULT answer_now();
ALTER TABLE answer_promise ALTER COLUMN made_at SET DEFAULT answer_now();
-- Few rows, written all day: room on the page for the next version, and a vacuum that does not wait for a fifth.
ALTER TABLE answer_seat SET
    (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
-- What callers typed goes after some weeks (protect's clock "contact_caller"): an index as short as those weeks. There
-- is none like it for the record: its words change while somebody types, and would then cost an index each time.
CREATE INDEX contact_caller_clock ON answer_contact (closed_at)
    WHERE closed_at IS NOT NULL AND (caller_name <> '' OR caller_phone <> '' OR callback_phone <> '');
ALTER TABLE answer_contact SET
    (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000);
INSERT INTO answer_rules (id, offer_seconds, target_seconds, target_share, solved_share) VALUES (1, 20, 30, 80, 75);

CREATE TABLE answer_contactevent (
    contact_id bigint NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    state text NOT NULL,
    seat_id bigint,
    why text NOT NULL,
    by_id bigint,
    PRIMARY KEY (contact_id, version, at)
) PARTITION BY RANGE (at);
CREATE TABLE answer_contactevent_rest PARTITION OF answer_contactevent DEFAULT;

SELECT journal_append_only('answer_contactevent');
SELECT journal_partitions('answer_contactevent', 2);

CREATE FUNCTION answer_contact_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Born waiting; or finished, when it is brought over from elsewhere.
    IF NEW.state NOT IN ('waiting', 'callback', 'closed', 'abandoned') THEN
        RAISE EXCEPTION 'a contact is not born %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    NEW.version := 1;
    IF NEW.moved_why = '' THEN NEW.moved_why := 'arrived'; END IF;
    IF NEW.state IN ('waiting', 'callback') THEN
        NEW.wake_at := coalesce(NEW.wake_at, answer_now() + interval '45 seconds');
    ELSE
        NEW.closed_at := coalesce(NEW.closed_at, answer_now());
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER born BEFORE INSERT ON answer_contact FOR EACH ROW EXECUTE FUNCTION answer_contact_born();

-- The moves. pure/moves.py has the same list for those who read Python; a test holds the two together.
CREATE FUNCTION answer_contact_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_legal boolean := CASE OLD.state
        WHEN 'waiting' THEN NEW.state IN ('offered', 'callback', 'abandoned')
            OR (NEW.state = 'connected' AND NEW.seat_id = OLD.held_for_id)
        WHEN 'callback' THEN NEW.state IN ('offered', 'abandoned')
            OR (NEW.state = 'connected' AND NEW.seat_id = OLD.held_for_id)
        WHEN 'offered' THEN NEW.state IN ('waiting', 'callback', 'abandoned')
            OR (NEW.state = 'connected' AND NEW.seat_id = OLD.seat_id)
        WHEN 'connected' THEN NEW.state IN ('waiting', 'callback')
            OR (NEW.state = 'wrap_up' AND NEW.seat_id = OLD.seat_id)
        WHEN 'wrap_up' THEN NEW.seat_id = OLD.seat_id
            AND (NEW.state = 'closed' OR (NEW.state = 'connected' AND OLD.moved_why = 'caller_lost'))
        WHEN 'abandoned' THEN NEW.state = 'waiting' AND OLD.moved_why = 'caller_lost'
            AND OLD.closed_at > answer_now() - interval '20 seconds'
        ELSE false
    END;
BEGIN
    IF NEW.state = OLD.state THEN
        RAISE EXCEPTION 'contact % changes its seat without a move', OLD.id USING ERRCODE = 'check_violation';
    ELSIF v_legal IS NOT TRUE THEN  -- unknown (a seat that is no seat) is a no, too
        RAISE EXCEPTION 'contact % may not go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE OF state, seat_id ON answer_contact FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.seat_id IS DISTINCT FROM NEW.seat_id)
    EXECUTE FUNCTION answer_contact_moves();

CREATE FUNCTION answer_contact_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'contact % keeps its place, its kind and its count of moves', OLD.id
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER keeps BEFORE UPDATE OF queued_at, synthetic, public_id, version ON answer_contact FOR EACH ROW
    WHEN ((OLD.queued_at, OLD.synthetic, OLD.public_id, OLD.version)
        IS DISTINCT FROM (NEW.queued_at, NEW.synthetic, NEW.public_id, NEW.version))
    EXECUTE FUNCTION answer_contact_keeps();

CREATE FUNCTION answer_contact_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO answer_contactevent (contact_id, version, at, state, seat_id, why, by_id)
    VALUES (NEW.id, NEW.version, answer_now(), NEW.state, NEW.seat_id, NEW.moved_why, NEW.moved_by_id);
    RETURN NULL;
END $$;
CREATE TRIGGER first_event AFTER INSERT ON answer_contact FOR EACH ROW EXECUTE FUNCTION answer_contact_moved();
CREATE TRIGGER next_event AFTER UPDATE ON answer_contact FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION answer_contact_moved();

CREATE FUNCTION answer_seat_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    IF NEW.state <> 'away' THEN NEW.away_why := ''; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE OF state ON answer_seat FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION answer_seat_moves();

-- At commit a seat's state says what its contact says: whoever wrote one without the other is refused.
CREATE FUNCTION answer_agree(p_seat bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_seat text;
    v_contact text;
BEGIN
    SELECT s.state, k.state INTO v_seat, v_contact
        FROM answer_seat s
        LEFT JOIN answer_contact k ON k.seat_id = s.id AND k.state IN ('offered', 'connected', 'wrap_up')
        WHERE s.id = p_seat;
    IF (CASE
        WHEN v_contact IS NULL THEN v_seat NOT IN ('away', 'ready')
        WHEN v_contact = 'connected' THEN v_seat <> 'talking'
        ELSE v_seat <> v_contact
    END) THEN
        RAISE EXCEPTION 'seat % is %, its contact is %', p_seat, v_seat, v_contact USING ERRCODE = 'check_violation';
    END IF;
END $$;
CREATE FUNCTION answer_contact_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seat_id IS NOT NULL THEN PERFORM answer_agree(OLD.seat_id); END IF;
    IF NEW.seat_id IS NOT NULL AND NEW.seat_id IS DISTINCT FROM OLD.seat_id THEN PERFORM answer_agree(NEW.seat_id); END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER agrees AFTER UPDATE ON answer_contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION answer_contact_agrees();
CREATE FUNCTION answer_seat_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM answer_agree(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER agrees AFTER UPDATE ON answer_seat DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION answer_seat_agrees();
