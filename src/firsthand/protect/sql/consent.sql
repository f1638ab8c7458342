-- No call without live proof. A row of protect_outboundcontact is the call; what must be true for it to come into
-- being is asked here, under the locks that a withdrawal needs too: a call and a withdrawal of the same moment have an
-- order, and after the withdrawal there is no call.

-- Whose law holds, and where midnight is. Made equal to the settings by `firsthand up`.
CREATE TABLE protect_outreachrules (
    id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    country text NOT NULL,
    zone text NOT NULL
);
INSERT INTO protect_outreachrules (country, zone) VALUES ('CH', 'Europe/Zurich');

CREATE TABLE protect_numbersalt (one boolean PRIMARY KEY DEFAULT true CHECK (one), salt text NOT NULL);
INSERT INTO protect_numbersalt (salt) VALUES (gen_random_uuid()::text || gen_random_uuid()::text);

-- Numbers are few enough to try them all; who has no salt cannot.
CREATE FUNCTION protect_number_digest(p_number text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(salt || ':' || p_number, 'UTF8')), 'hex') FROM protect_numbersalt
$$;

-- The last day of a time that is counted in years from a moment: the day of the same date, and from 29 February the
-- last day of the month (§ 188 (2) and (3) BGB; Art. 77 OR). The same arithmetic stands in pure/proof.py.
CREATE FUNCTION protect_years_after(p_at timestamptz, p_years integer, p_zone text) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT ((p_at AT TIME ZONE p_zone)::date + make_interval(years => p_years))::date
$$;
CREATE FUNCTION protect_months_after(p_day date, p_months integer) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (p_day + make_interval(months => p_months))::date
$$;

CREATE FUNCTION protect_today() RETURNS date LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT (clock_timestamp() AT TIME ZONE zone)::date FROM protect_outreachrules
$$;

-- The one judge, for the trigger and for the page: why this member may not be called about this just now, or on what
-- such a call would rest. Whatever it does not know is a no.
CREATE FUNCTION protect_may_call(
    p_member bigint, p_scope text, OUT why_not text, OUT basis text, OUT consent_id bigint
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_country text := (SELECT country FROM protect_outreachrules);
    v_phone text := (SELECT phone FROM members_member WHERE id = p_member);
    v_stops text[];
    v_last date;
BEGIN
    IF v_phone IS NULL THEN why_not := 'no_member'; RETURN; END IF;
    IF v_phone = '' THEN why_not := 'no_number'; RETURN; END IF;
    SELECT coalesce(array_agg(s.why), '{}') INTO v_stops FROM protect_suppression s
        WHERE s.lifted_at IS NULL AND (s.member_id = p_member OR s.number = protect_number_digest(v_phone));
    IF v_stops && '{wish,complaint}' THEN why_not := 'suppressed'; RETURN; END IF;
    -- Art. 18 (2) GDPR: what is restricted is kept and not used, and an offer is a use.
    IF EXISTS (SELECT FROM protect_restriction r WHERE r.member_id = p_member AND r.lifted_at IS NULL)
        THEN why_not := 'restricted'; RETURN; END IF;
    SELECT c.id INTO consent_id FROM protect_consent c
        WHERE c.member_id = p_member AND c.scope = p_scope AND c.withdrawn_at IS NULL AND c.given_at <= clock_timestamp();
    IF consent_id IS NULL AND EXISTS (
        SELECT FROM protect_consent c WHERE c.member_id = p_member AND c.scope = p_scope AND c.withdrawn_at IS NOT NULL
    ) THEN why_not := 'withdrawn'; RETURN; END IF;
    IF v_country = 'DE' THEN  -- § 7 (2) no. 1 UWG: prior express consent, whoever it is
        IF consent_id IS NULL THEN why_not := 'no_consent'; ELSE basis := 'consent'; END IF;
    ELSIF v_country = 'CH' THEN  -- Art. 19b KVAG: no cold calls, not even with a consent; Art. 3 (1) u, v UWG-CH
        SELECT max(coalesce(c.ends_on, 'infinity')) INTO v_last FROM members_cover c
            WHERE c.member_id = p_member AND c.starts_on <= protect_today();
        IF v_last IS NULL THEN why_not := 'never_insured';
        ELSIF v_last <> 'infinity' AND protect_months_after(v_last, 36) < protect_today() THEN why_not := 'too_long_ago';
        ELSIF v_stops && '{star,unlisted}' AND consent_id IS NULL AND v_last < protect_today() THEN why_not := 'star';
        ELSIF consent_id IS NOT NULL THEN basis := 'consent';
        ELSIF v_last >= protect_today() THEN basis := 'insured';
        ELSE basis := 'was_insured';
        END IF;
    ELSE
        why_not := 'unknown_country';
    END IF;
    IF why_not IS NOT NULL THEN consent_id := NULL; END IF;
END $$;

-- The rows that a call and a no have in common, in one order: member, number, consent.
CREATE FUNCTION protect_lock_number(p_number text) RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('protect number ' || p_number, 0))
$$;

CREATE FUNCTION protect_outbound_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v record;
    v_zone text := (SELECT zone FROM protect_outreachrules);
BEGIN
    IF NEW.kind <> 'advertising' THEN
        NEW.basis := CASE NEW.kind WHEN 'service' THEN 'promise' ELSE 'callback' END;
        NEW.at := clock_timestamp();
        RETURN NEW;
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- An older snapshot would not see the withdrawal that we waited for.
        RAISE EXCEPTION 'calls are begun in read committed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM FROM members_member WHERE id = NEW.member_id FOR NO KEY UPDATE;
    PERFORM protect_lock_number(protect_number_digest(phone)) FROM members_member WHERE id = NEW.member_id;
    PERFORM FROM protect_consent
        WHERE member_id = NEW.member_id AND scope = NEW.purpose AND withdrawn_at IS NULL FOR UPDATE;
    SELECT * INTO v FROM protect_may_call(NEW.member_id, NEW.purpose);
    IF v.why_not IS NOT NULL THEN
        RAISE EXCEPTION 'no live proof for this call' USING ERRCODE = 'integrity_constraint_violation', DETAIL = v.why_not;
    END IF;
    IF NEW.consent_id IS DISTINCT FROM v.consent_id AND NEW.consent_id IS NOT NULL THEN
        RAISE EXCEPTION 'no live proof for this call' USING ERRCODE = 'integrity_constraint_violation', DETAIL = 'not_this_consent';
    END IF;
    NEW.consent_id := v.consent_id;
    NEW.basis := v.basis;
    NEW.at := clock_timestamp();
    UPDATE protect_consent SET keep_until = greatest(keep_until, protect_years_after(NEW.at, 5, v_zone))
        WHERE id = NEW.consent_id;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON protect_outboundcontact FOR EACH ROW EXECUTE FUNCTION protect_outbound_begins();

-- A call that was made was made. It is part of the proof, and goes with it.
CREATE FUNCTION protect_outbound_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND protect_years_after(OLD.at, 5, (SELECT zone FROM protect_outreachrules)) < protect_today() THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a call to somebody is kept as it was' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON protect_outboundcontact
    FOR EACH ROW EXECUTE FUNCTION protect_outbound_stays();

CREATE FUNCTION protect_consent_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v protect_outreachrules := (SELECT r FROM protect_outreachrules r);
BEGIN
    NEW.written_at := clock_timestamp();
    IF NEW.given_at > NEW.written_at OR NEW.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'a consent is given before it is written down, and withdrawn after'
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.country := v.country;
    NEW.keep_until := protect_years_after(NEW.given_at, 5, v.zone);
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON protect_consent FOR EACH ROW EXECUTE FUNCTION protect_consent_begins();

-- Two things may happen to a proof: a use keeps it longer, and it is withdrawn, once. All else is refused, and deleting
-- it before its day.
CREATE FUNCTION protect_consent_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    v_same protect_consent;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.keep_until < protect_today() THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'the proof of a consent is kept until %', OLD.keep_until USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
        NEW.withdrawn_at := clock_timestamp();
    END IF;
    v_same := NEW;
    v_same.keep_until := OLD.keep_until;
    IF OLD.withdrawn_at IS NULL THEN
        v_same.withdrawn_at := OLD.withdrawn_at;
        v_same.withdrawn_way := OLD.withdrawn_way;
        v_same.withdrawn_taken_by_id := OLD.withdrawn_taken_by_id;
    END IF;
    IF v_same IS DISTINCT FROM OLD OR NEW.keep_until < OLD.keep_until
        OR (NEW.keep_until > OLD.keep_until AND pg_trigger_depth() < 2) THEN
        RAISE EXCEPTION 'the proof of a consent is kept as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON protect_consent
    FOR EACH ROW EXECUTE FUNCTION protect_consent_stays();

-- A no waits for a call that is just beginning, and the next call for the no.
CREATE FUNCTION protect_suppression_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.member_id IS NOT NULL THEN
        PERFORM FROM members_member WHERE id = NEW.member_id FOR NO KEY UPDATE;
    ELSE
        PERFORM protect_lock_number(NEW.number);
    END IF;
    NEW.since := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON protect_suppression
    FOR EACH ROW EXECUTE FUNCTION protect_suppression_begins();

CREATE FUNCTION protect_suppression_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.lifted_at IS NOT NULL THEN RETURN OLD; END IF;
    IF TG_OP = 'UPDATE' AND OLD.lifted_at IS NULL AND NEW.lifted_at IS NOT NULL
        AND (NEW.id, NEW.member_id, NEW.number, NEW.why, NEW.since, NEW.said_by_id)
            IS NOT DISTINCT FROM (OLD.id, OLD.member_id, OLD.number, OLD.why, OLD.since, OLD.said_by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a no is lifted, not changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON protect_suppression
    FOR EACH ROW EXECUTE FUNCTION protect_suppression_stays();

CREATE FUNCTION protect_not_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is not emptied', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER not_whole BEFORE TRUNCATE ON protect_consent EXECUTE FUNCTION protect_not_whole();
CREATE TRIGGER not_whole BEFORE TRUNCATE ON protect_suppression EXECUTE FUNCTION protect_not_whole();
CREATE TRIGGER not_whole BEFORE TRUNCATE ON protect_outboundcontact EXECUTE FUNCTION protect_not_whole();

-- All that those who call out see of members: whom they may call now, and about what.
CREATE VIEW protect_maybecalled WITH (security_barrier) AS
    SELECT m.id, m.number, m.given_name || ' ' || m.family_name AS name, m.language, m.phone, may.scopes
    FROM members_member m
    CROSS JOIN LATERAL (
        SELECT array_agg(scope ORDER BY n) AS scopes
        FROM unnest(ARRAY['basic', 'supplementary', 'survey']::text[]) WITH ORDINALITY AS s (scope, n)
        WHERE (SELECT why_not IS NULL FROM protect_may_call(m.id, scope))
    ) may
    WHERE may.scopes IS NOT NULL;

-- From a number in a letter to the member's row, for those who may not look members up.
CREATE FUNCTION protect_member_numbered(p_number text) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT id FROM members_member WHERE number = p_number OR ahv = p_number ORDER BY number = p_number DESC LIMIT 1
$$;
