-- Who could see a file, who read what was sealed, and what was found of it: "who, and when" has to stay answerable.
-- It stands until its clock is over, a year at least (Art. 4 (5) DPO), and while the read log tells of it.

-- Whether a look stands that this belongs to: reads of the file in this contact; of the file behind this glass; the
-- read that is written in the same moment as why somebody opened what was sealed.
CREATE FUNCTION protect_grant_is_told(one protect_grant) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM protect_read r
        WHERE r.contact_id = one.contact_id AND r.actor_id = one.person_id AND r.at >= one.opened_at)
$$;
CREATE FUNCTION protect_glass_is_told(one protect_breakglass) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM protect_read r WHERE r.break_glass_id = one.id)
$$;
CREATE FUNCTION protect_opening_is_told(one protect_opening) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM protect_read r WHERE r.what = 'confidence' AND r.actor_id = one.opened_by_id
        AND r.at BETWEEN one.opened_at - interval '1 minute' AND one.opened_at)
$$;

-- A grant is closed once and never opened again or moved to somebody else. It is open while
-- `closed_at IS NULL AND (ends_at IS NULL OR ends_at > statement_timestamp())`; with a contact or a break-glass. One
-- of a break-glass goes with it.
CREATE OR REPLACE FUNCTION protect_grant_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM protect_breakglass b WHERE b.id = OLD.break_glass_id)
            OR OLD.break_glass_id IS NULL
                AND (OLD.closed_at <= now() - interval '1 year' AND NOT protect_grant_is_told(OLD)) IS NOT TRUE THEN
            RAISE EXCEPTION 'a grant is closed, not deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.closed_at IS NOT NULL
       OR (NEW.id, NEW.person_id, NEW.member_id, NEW.contact_id, NEW.break_glass_id, NEW.opened_at, NEW.ends_at)
          IS DISTINCT FROM
          (OLD.id, OLD.person_id, OLD.member_id, OLD.contact_id, OLD.break_glass_id, OLD.opened_at, OLD.ends_at) THEN
        RAISE EXCEPTION 'a grant can only be closed, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER grant_only_closes BEFORE UPDATE OR DELETE ON protect_grant
    FOR EACH ROW EXECUTE FUNCTION protect_grant_only_closes();

-- What was opened stands. Its reason may be taken out when the member asks to be erased; all of it goes a year or more
-- after it was judged. One that nobody has judged never goes.
CREATE OR REPLACE FUNCTION protect_break_glass_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF protect_glass_is_told(OLD)
            OR EXISTS (SELECT FROM protect_grant g WHERE g.break_glass_id = OLD.id AND g.closed_at IS NULL)
            OR NOT EXISTS (SELECT FROM protect_review r WHERE r.break_glass_id = OLD.id
                AND r.says IN ('justified', 'not_justified') AND r.at <= now() - interval '1 year') THEN
            RAISE EXCEPTION 'that a file was opened stands' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.id, NEW.person_id, NEW.member_id, NEW.kind, NEW.branch, NEW.opened_at, NEW.ends_at)
       IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.member_id, OLD.kind, OLD.branch, OLD.opened_at, OLD.ends_at) THEN
        RAISE EXCEPTION 'that a file was opened stands' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER break_glass_stands BEFORE UPDATE OR DELETE ON protect_breakglass
    FOR EACH ROW EXECUTE FUNCTION protect_break_glass_stands();

-- What was said about an opening goes with the opening, in the same statement: without its verdict it would be open again.
CREATE OR REPLACE FUNCTION protect_review_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM protect_breakglass b WHERE b.id = OLD.break_glass_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.break_glass_id, NEW.says, NEW.by_id, NEW.at)
       IS DISTINCT FROM (OLD.id, OLD.break_glass_id, OLD.says, OLD.by_id, OLD.at) THEN
        RAISE EXCEPTION 'what a review said stands' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER review_stands BEFORE UPDATE OR DELETE ON protect_review
    FOR EACH ROW EXECUTE FUNCTION protect_review_stands();

-- That somebody read what was sealed: only its reason may be taken out, when the member asks to be erased.
CREATE OR REPLACE FUNCTION protect_opening_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.opened_at <= now() - interval '1 year' AND NOT protect_opening_is_told(OLD) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.reason = '[… erased …]' AND to_jsonb(OLD) - 'reason' = to_jsonb(NEW) - 'reason' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'that somebody read it stands' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE TRIGGER opening_stands BEFORE UPDATE OR DELETE ON protect_opening
    FOR EACH ROW EXECUTE FUNCTION protect_opening_stands();

-- In the database, so that an opening takes along its grant and what was said about it.
DO $$
DECLARE
    child text;
    fk text;
BEGIN
    FOREACH child IN ARRAY ARRAY['protect_grant', 'protect_review'] LOOP
        SELECT conname INTO STRICT fk FROM pg_constraint
            WHERE conrelid = child::regclass AND contype = 'f' AND confrelid = 'protect_breakglass'::regclass;
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', child, fk);
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (break_glass_id) REFERENCES protect_breakglass (id)'
            ' ON DELETE CASCADE', child, child || '_goes_along');
    END LOOP;
END $$;

-- The nightly run looks for the oldest that are closed.
CREATE INDEX protect_grant_clock ON protect_grant (closed_at) WHERE break_glass_id IS NULL;
