-- What somebody said at the front is a link of a chain. The hash stands on the digest of the words, not on the
-- words: should a law ever make us take words out of the table, the rest of the chain can still be checked.
ALTER TABLE learn_observation ADD CONSTRAINT observation_has_words
    CHECK (length(btrim(words)) > 0 AND length(words) <= 4000);

CREATE FUNCTION learn_link_hash(previous bytea, digest bytea, author bigint, at timestamptz) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(previous || digest || convert_to(
        '/' || author || '/' || trunc(extract(epoch FROM at) * 1000000)::bigint, 'UTF8'))
$$;

-- One writer at a time: observations are few, and a chain has one end.
CREATE FUNCTION learn_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('learn_observation'));
    SELECT number, hash INTO last FROM learn_observation ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.previous := coalesce(last.hash, sha256('Firsthand'));
    NEW.digest := sha256(convert_to(NEW.words, 'UTF8'));
    NEW.hash := learn_link_hash(NEW.previous, NEW.digest, NEW.seen_by_id, NEW.seen_at);
    NEW.withdrawn_at := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER learn_link BEFORE INSERT ON learn_observation FOR EACH ROW EXECUTE FUNCTION learn_link();

CREATE FUNCTION learn_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
       AND to_jsonb(OLD) - 'withdrawn_at' = to_jsonb(NEW) - 'withdrawn_at' THEN
        RETURN NEW;
    END IF;
    -- Which contact it came from is forgotten by its clock. And the law may make us take a person out of the words.
    IF TG_OP = 'UPDATE' AND OLD.contact_id IS NOT NULL AND NEW.contact_id IS NULL
       AND to_jsonb(OLD) - 'contact_id' = to_jsonb(NEW) - 'contact_id' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.taken_out_at IS NOT NULL AND position('[…]' in NEW.words) > 0
       AND to_jsonb(OLD) - '{words,taken_out_at}'::text[] = to_jsonb(NEW) - '{words,taken_out_at}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an observation stands as it was said' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER learn_keep BEFORE UPDATE OR DELETE ON learn_observation FOR EACH ROW EXECUTE FUNCTION learn_keep();
