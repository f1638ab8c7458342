-- What assignment asks of the shield and of the duty of secrecy, held by the database whatever a writer forgets.

-- The seat carries whether its person decides about staff, so that the matcher reads one row. Only triggers write it.
CREATE FUNCTION answer_seat_decides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.decides := coalesce((SELECT people_decides_on_staff(p) FROM people_person p WHERE p.id = NEW.person_id), true);
    RETURN NEW;
END $$;
CREATE TRIGGER decides BEFORE INSERT OR UPDATE OF decides, person_id ON answer_seat
    FOR EACH ROW EXECUTE FUNCTION answer_seat_decides();

CREATE FUNCTION answer_person_decides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE answer_seat SET decides = people_decides_on_staff(NEW) WHERE person_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER decides AFTER UPDATE OF decides_on_staff, roles ON people_person FOR EACH ROW
    WHEN ((OLD.decides_on_staff, OLD.roles) IS DISTINCT FROM (NEW.decides_on_staff, NEW.roles))
    EXECUTE FUNCTION answer_person_decides();

-- By whatever way a contact comes to a seat: not to somebody from whom it is kept.
CREATE FUNCTION answer_contact_shielded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM answer_seat s WHERE s.id = NEW.seat_id
            AND ((NEW.shielded AND s.decides) OR s.person_id = ANY (NEW.kept_from))
    ) THEN
        RAISE EXCEPTION 'contact % is kept from seat %', NEW.id, NEW.seat_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER shielded BEFORE UPDATE OF state, seat_id ON answer_contact FOR EACH ROW
    WHEN ((NEW.shielded OR NEW.kept_from <> '{}') AND NEW.seat_id IS NOT NULL
        AND (OLD.seat_id IS DISTINCT FROM NEW.seat_id OR (OLD.state = 'offered' AND NEW.state = 'connected')))
    EXECUTE FUNCTION answer_contact_shielded();
CREATE TRIGGER shielded_birth BEFORE INSERT ON answer_contact FOR EACH ROW
    WHEN ((NEW.shielded OR NEW.kept_from <> '{}') AND NEW.seat_id IS NOT NULL)
    EXECUTE FUNCTION answer_contact_shielded();

-- No signature under the text in force, no ready seat. Who comes out of a contact meanwhile is not ready.
CREATE FUNCTION answer_seat_signed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF people_has_signed(NEW.person_id) THEN RETURN NEW; END IF;
    IF TG_OP = 'INSERT' OR OLD.state = 'away' THEN
        RAISE EXCEPTION 'seat % has no signature of the duty of secrecy', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    NEW.state := 'away';
    NEW.away_why := 'unsigned';
    NEW.ready_at := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE UPDATE OF state ON answer_seat FOR EACH ROW
    WHEN (NEW.state = 'ready' AND OLD.state <> 'ready') EXECUTE FUNCTION answer_seat_signed();
CREATE TRIGGER signed_birth BEFORE INSERT ON answer_seat FOR EACH ROW
    WHEN (NEW.state <> 'away') EXECUTE FUNCTION answer_seat_signed();
