-- The contact's life in the database: how it is born, what it keeps, what each move leaves behind. Which moves are legal
-- stands in moves.sql; the one writer of assignment (answer_match_…) in match.sql.

-- The clock of this room. Tests and the demo's history move it with SET LOCAL firsthand.clock_offset.
CREATE FUNCTION answer_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT clock_timestamp() + coalesce(nullif(current_setting('firsthand.clock_offset', true), ''), '0')::interval
$$;

ALTER TABLE answer_contact ALTER COLUMN queued_at SET DEFAULT answer_now();
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
