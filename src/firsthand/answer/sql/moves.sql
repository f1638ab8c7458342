-- Which moves a contact and its seat may make, and what must be true of their rows. All of this is asked at each move of
-- each contact, so it is written to be cheap: PostgreSQL reads the words of a CHECK and of a trigger's WHEN anew in each
-- statement (8 µs each), a function's only once.

-- What must be true of each contact, whatever its state.
CREATE OR REPLACE FUNCTION answer_contact_is_whole(k answer_contact) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    v_broken text := CASE
        WHEN (k.closed_at IS NULL) = (k.state IN ('closed', 'abandoned')) OR (k.wake_at IS NULL) = (k.closed_at IS NULL)
            THEN 'contact_open_has_a_wake_up'
        WHEN NOT (k.state = 'closed' OR CASE WHEN k.seat_id IS NULL
                THEN k.state IN ('waiting', 'callback', 'abandoned')
                ELSE k.state IN ('offered', 'connected', 'wrap_up') END)
            THEN 'contact_seated_as_its_state_says'
        WHEN (k.held_for_id IS NULL) <> (k.held_until IS NULL)
            OR k.held_for_id IS NOT NULL AND k.state NOT IN ('waiting', 'callback')
            THEN 'contact_held_only_while_queued'
        WHEN k.state = 'callback' AND k.callback_phone = '' THEN 'contact_callback_has_a_number'
        -- A megabyte pasted into a field is refused here too, whatever a page forgot.
        WHEN length(k.answered) > 4000 THEN 'contact_answered_is_short'
        WHEN length(k.note_words) > 4000 THEN 'contact_note_is_short'
        WHEN k.version < 0 OR k.verify_tries < 0 THEN 'contact_counts_from_nought'
    END;
BEGIN
    IF v_broken IS NOT NULL THEN
        RAISE EXCEPTION 'contact % violates %', k.id, v_broken
            USING ERRCODE = 'check_violation', CONSTRAINT = v_broken, TABLE = 'answer_contact';
    END IF;
    RETURN true;
END $$;
ALTER TABLE answer_contact ADD CONSTRAINT contact_is_whole CHECK (answer_contact_is_whole(answer_contact));

-- The moves. pure/moves.py has the same list for those who read Python; a test holds the two together.
CREATE OR REPLACE FUNCTION answer_contact_moves() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.state = OLD.state AND NEW.seat_id IS NOT DISTINCT FROM OLD.seat_id THEN
        RETURN NEW;
    ELSIF NEW.state = OLD.state THEN
        RAISE EXCEPTION 'contact % changes its seat without a move', OLD.id USING ERRCODE = 'check_violation';
    ELSIF v_legal IS NOT TRUE THEN  -- unknown (a seat that is no seat) is a no, too
        RAISE EXCEPTION 'contact % may not go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER moves BEFORE UPDATE OF state, seat_id ON answer_contact
    FOR EACH ROW EXECUTE FUNCTION answer_contact_moves();

CREATE OR REPLACE FUNCTION answer_seat_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = OLD.state THEN RETURN NEW; END IF;
    NEW.version := OLD.version + 1;
    IF NEW.state <> 'away' THEN NEW.away_why := ''; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER moves BEFORE UPDATE OF state ON answer_seat
    FOR EACH ROW EXECUTE FUNCTION answer_seat_moves();

-- At commit a seat's state says what its contact says: whoever wrote one without the other is refused.
CREATE OR REPLACE FUNCTION answer_agree(p_seat bigint) RETURNS void LANGUAGE plpgsql AS $$
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
-- A row that was written twice asks twice: what NEW says was true for a while, and the last one says what is. So it is
-- enough that each finds its counterpart; only who does not is asked in full.
CREATE OR REPLACE FUNCTION answer_contact_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_same boolean := OLD.seat_id IS NULL OR OLD.seat_id IS NOT DISTINCT FROM NEW.seat_id;
BEGIN
    IF v_same AND NEW.state IN ('offered', 'connected', 'wrap_up') THEN
        PERFORM FROM answer_seat s WHERE s.id = NEW.seat_id
            AND s.state = CASE NEW.state WHEN 'connected' THEN 'talking' ELSE NEW.state END;
        IF FOUND THEN RETURN NULL; END IF;
    END IF;
    IF NOT v_same THEN PERFORM answer_agree(OLD.seat_id); END IF;
    IF NEW.seat_id IS NOT NULL THEN PERFORM answer_agree(NEW.seat_id); END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS agrees ON answer_contact;
CREATE CONSTRAINT TRIGGER agrees AFTER UPDATE ON answer_contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION answer_contact_agrees();
CREATE OR REPLACE FUNCTION answer_seat_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state NOT IN ('away', 'ready') THEN
        PERFORM FROM answer_contact k WHERE k.seat_id = NEW.id AND k.state IN ('offered', 'connected', 'wrap_up')
            AND k.state = CASE NEW.state WHEN 'talking' THEN 'connected' ELSE NEW.state END;
        IF FOUND THEN RETURN NULL; END IF;
    END IF;
    PERFORM answer_agree(NEW.id);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS agrees ON answer_seat;
CREATE CONSTRAINT TRIGGER agrees AFTER UPDATE ON answer_seat DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION answer_seat_agrees();
