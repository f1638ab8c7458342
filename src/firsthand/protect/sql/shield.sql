-- Nobody opens their own file or a relative's; and whoever has a say in personnel matters opens no file of somebody
-- who works here, or of their family (§ 35 (1) sentence 3 SGB I).

CREATE FUNCTION protect_kept_from(p_person bigint, p_member bigint) RETURNS boolean LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM protect_shield s WHERE s.member_id = p_member AND s.person_id = p_person)
        OR (EXISTS (SELECT FROM protect_shield s WHERE s.member_id = p_member)
            AND EXISTS (SELECT FROM people_person p WHERE p.id = p_person AND people_decides_on_staff(p)))
$$;

CREATE FUNCTION protect_grant_is_allowed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    -- Somebody may be saying at this moment that this is a relative: then one of the two waits.
    PERFORM FROM members_member WHERE id = NEW.member_id FOR KEY SHARE;
    IF protect_kept_from(NEW.person_id, NEW.member_id) THEN
        RAISE EXCEPTION 'this file is kept from this person' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_allowed BEFORE INSERT ON protect_grant FOR EACH ROW EXECUTE FUNCTION protect_grant_is_allowed();

CREATE FUNCTION protect_shield_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM members_member WHERE id = NEW.member_id FOR UPDATE;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON protect_shield FOR EACH ROW EXECUTE FUNCTION protect_shield_begins();
