-- What was sealed stands as it was sealed. What may change: the key that wraps it (rotation), that it was opened,
-- a shorter or longer clock, and once and for ever that it was erased. A draft, while the contact lasts, may be
-- sealed anew when the caller is verified or the purpose changes.
CREATE FUNCTION protect_confidence_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.erased_at IS NULL THEN
            RAISE EXCEPTION 'a confidence is erased before its row goes' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.erased_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was erased stays erased' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.contact_id, NEW.category, NEW.field, NEW.sealed_by_id, NEW.sealed_at)
          IS DISTINCT FROM (OLD.id, OLD.contact_id, OLD.category, OLD.field, OLD.sealed_by_id, OLD.sealed_at)
       OR OLD.settled_at IS NOT NULL AND (NEW.member_id, NEW.purpose, NEW.settled_at)
          IS DISTINCT FROM (OLD.member_id, OLD.purpose, OLD.settled_at)
       OR OLD.settled_at IS NOT NULL AND NEW.sealed IS DISTINCT FROM OLD.sealed AND NEW.erased_at IS NULL THEN
        RAISE EXCEPTION 'a confidence stands as it was sealed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER confidence_stands BEFORE UPDATE OR DELETE ON protect_confidence
    FOR EACH ROW EXECUTE FUNCTION protect_confidence_stands();

-- The draft of a contact is changed by one writer at a time, and the key is not taken away under a writer:
-- whoever seals holds this lock shared until the end of the transaction, whoever destroys a key holds it alone.
CREATE FUNCTION protect_hold_keys() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock_shared(hashtextextended('protect keys', 0))
$$;
CREATE FUNCTION protect_keys_alone() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('protect keys', 0))
$$;
