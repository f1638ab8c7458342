-- A grant is closed once and never opened again, moved to somebody else or made to disappear:
-- "who could see this file, and when" has to stay answerable. A grant is open while
-- `closed_at IS NULL AND (ends_at IS NULL OR ends_at > statement_timestamp())`; with a contact or a break-glass.
CREATE FUNCTION protect_grant_only_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a grant is closed, not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.closed_at IS NOT NULL
       OR (NEW.id, NEW.person_id, NEW.member_id, NEW.contact_id, NEW.break_glass_id, NEW.opened_at, NEW.ends_at)
          IS DISTINCT FROM
          (OLD.id, OLD.person_id, OLD.member_id, OLD.contact_id, OLD.break_glass_id, OLD.opened_at, OLD.ends_at) THEN
        RAISE EXCEPTION 'a grant can only be closed, once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grant_only_closes BEFORE UPDATE OR DELETE ON protect_grant
    FOR EACH ROW EXECUTE FUNCTION protect_grant_only_closes();
