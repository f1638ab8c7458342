-- Clocks, holds, requests.

-- The nightly run looks for the oldest notes of one purpose; the contacts and legs that are over.
CREATE INDEX protect_note_clock ON protect_note (purpose, written_at);

-- Which way a request may go. Who asks is refused or answered, and never forgotten on the way: the deadline runs.
CREATE FUNCTION protect_request_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'answered' THEN
            RAISE EXCEPTION 'request % is not answered', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.id, NEW.kind, NEW.member_id, NEW.person_id, NEW.phone, NEW.way, NEW.received_on, NEW.country,
        NEW.taken_by_id, NEW.taken_at)
       IS DISTINCT FROM (OLD.id, OLD.kind, OLD.member_id, OLD.person_id, OLD.phone, OLD.way, OLD.received_on,
        OLD.country, OLD.taken_by_id, OLD.taken_at) THEN
        RAISE EXCEPTION 'what was asked, by whom and when, stands' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'answered' THEN
        RAISE EXCEPTION 'request % is answered', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.handed_over_at IS NOT NULL AND NEW.handed_over_at IS NULL)
       OR (OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL)
       OR (OLD.identity <> '' AND NEW.identity = '')
       OR NEW.due_on < OLD.due_on THEN
        RAISE EXCEPTION 'what was done for request % stands', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('received', 'checked'), ('received', 'decided'), ('checked', 'working'), ('checked', 'decided'),
        ('working', 'decided'), ('decided', 'working'), ('decided', 'answered')) THEN
        RAISE EXCEPTION 'request % may not go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE OR DELETE ON protect_request FOR EACH ROW EXECUTE FUNCTION protect_request_moves();

CREATE FUNCTION protect_request_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Of a member on the line who has just been verified, the identity is known.
    IF NEW.state <> 'received' AND NOT (NEW.state = 'checked' AND NEW.identity <> '') THEN
        RAISE EXCEPTION 'a request is not born %', NEW.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER born BEFORE INSERT ON protect_request FOR EACH ROW EXECUTE FUNCTION protect_request_born();

CREATE FUNCTION protect_request_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO protect_requestevent (request_id, at, state, why, due_on, by_id)
    VALUES (NEW.id, clock_timestamp(), NEW.state, NEW.moved_why, NEW.due_on, NEW.moved_by_id);
    RETURN NULL;
END $$;
CREATE TRIGGER first_event AFTER INSERT ON protect_request FOR EACH ROW EXECUTE FUNCTION protect_request_moved();
CREATE TRIGGER next_event AFTER UPDATE ON protect_request FOR EACH ROW
    WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION protect_request_moved();

-- Events are written by the trigger and go only with their request, when its own clock is over.
CREATE FUNCTION protect_request_event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM protect_request r WHERE r.id = OLD.request_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'how a request went stands' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON protect_requestevent
    FOR EACH ROW EXECUTE FUNCTION protect_request_event_stands();
-- In the database, so that what is deleted takes its own rows along in the same statement.
DO $$
DECLARE
    child text;
    parent text;
    fk text;
    of_column text;
BEGIN
    FOR child, parent, of_column IN
        VALUES ('protect_requestevent', 'protect_request', 'request_id'), ('protect_line', 'protect_run', 'run_id')
    LOOP
        SELECT conname INTO STRICT fk FROM pg_constraint
            WHERE conrelid = child::regclass AND contype = 'f' AND confrelid = parent::regclass;
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', child, fk);
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES %I (id) ON DELETE CASCADE',
            child, child || '_goes_along', of_column, parent);
    END LOOP;
END $$;

-- A hold is lifted, not changed: why something could not be erased has to stay answerable.
CREATE FUNCTION protect_hold_is_lifted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.member_id, NEW.case_id, NEW.reason, NEW.until, NEW.placed_by_id, NEW.placed_at)
       IS DISTINCT FROM (OLD.id, OLD.member_id, OLD.case_id, OLD.reason, OLD.until, OLD.placed_by_id, OLD.placed_at)
       OR OLD.lifted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a hold can only be lifted, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lifted BEFORE UPDATE ON protect_hold FOR EACH ROW EXECUTE FUNCTION protect_hold_is_lifted();

-- The protocol: a line counts up, and what was planned stands.
CREATE FUNCTION protect_line_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.run_id, NEW."table", NEW.clock, NEW.step, NEW.cutoff, NEW.planned, NEW.held)
       IS DISTINCT FROM (OLD.id, OLD.run_id, OLD."table", OLD.clock, OLD.step, OLD.cutoff, OLD.planned, OLD.held)
       OR NEW.went < OLD.went OR (OLD.done AND NOT NEW.done) THEN
        RAISE EXCEPTION 'the protocol of a night stands' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER counts_up BEFORE UPDATE ON protect_line FOR EACH ROW EXECUTE FUNCTION protect_line_counts_up();
