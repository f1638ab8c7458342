-- The purpose wall: who may see which row, and how PostgreSQL knows. A plain setting would be no protection, since
-- whoever may send SQL may send SET. So the setting holds a token with an HMAC, and the key belongs to a role as which
-- nobody signs in. HMAC out of sha256 with both pads stored: no extension is needed.
GRANT USAGE, CREATE ON SCHEMA public TO firsthand_keeper;
SET LOCAL ROLE firsthand_keeper;

CREATE TABLE protect_wall_key (
    print text PRIMARY KEY, -- sha256 of the key: which one, without saying it
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL,
    until timestamptz -- NULL: the current one; else an earlier one, while processes that started with it end
);
CREATE UNIQUE INDEX protect_wall_key_current ON protect_wall_key ((true)) WHERE until IS NULL;

-- With the two pads this is HMAC (RFC 2104). Written out where it is called, so it costs no call.
CREATE FUNCTION protect_mac(inner_pad bytea, outer_pad bytea, words text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(words, 'UTF8'))), 'hex')
$$;
REVOKE ALL ON FUNCTION protect_mac FROM PUBLIC;

-- What the token of this transaction shows, if we have signed it and it is not over; else NULL. First the member whose
-- file is open to its actor for its contact now ('' or missing: none): with the grant, access ends, whatever the token
-- says. Then the names of the rows, as `shown_as` below names them, so that a policy asks once for a statement and
-- compares for each row. A token says purposes, actor, contact, member, end and MAC; each purpose stands in it as the
-- names of its rows begin (`,kvg_a:,kvg_b:`), so that here two replacements make them.
-- It runs in every statement, and there each query costs about 10 µs, each calculation inside a query is set up anew,
-- and each operator and function outside is set up anew in every transaction: so the queries fetch columns, all else
-- stands outside, and it is as little as can be. A missing token or key makes NULL, which IS NOT TRUE.
CREATE FUNCTION protect_shown() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    token text := current_setting('firsthand.token', true);
    words text := left(token, -65); -- all but a bar and the MAC
    part text[];
    actor bigint;
    inner_one bytea;
    outer_one bytea;
    file text;
    its_contact text;
    its_end timestamptz;
BEGIN
    SELECT k.inner_pad, k.outer_pad INTO inner_one, outer_one FROM public.protect_wall_key k WHERE k.until IS NULL;
    IF (public.protect_mac(inner_one, outer_one, words) = split_part(token, '|', -1)) IS NOT TRUE THEN
        PERFORM FROM public.protect_wall_key k -- the key before this one?
        WHERE k.until > clock_timestamp()
            AND public.protect_mac(k.inner_pad, k.outer_pad, words) = split_part(token, '|', -1);
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    -- From here on it is what we signed.
    part := string_to_array(words, '|');
    IF part[5]::float8 < date_part('epoch', clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    actor := nullif(part[2], '')::bigint;
    SELECT g.member_id, g.contact_id, g.ends_at INTO file, its_contact, its_end
    FROM public.protect_grant g WHERE g.person_id = actor AND g.closed_at IS NULL; -- one at most: unique
    IF its_contact IS DISTINCT FROM nullif(part[3], '') OR its_end <= statement_timestamp() THEN
        file := NULL;
    END IF;
    RETURN string_to_array(
        coalesce(file || replace(part[1], ':', ':' || file), '') || replace(part[1], ':', '@' || part[3]), ',');
END $$;
REVOKE ALL ON FUNCTION protect_shown FROM PUBLIC;

-- What it says as a row, with the file, or none.
CREATE FUNCTION protect_token(
    OUT purposes text[], OUT actor bigint, OUT contact bigint, OUT member bigint, OUT file bigint
) RETURNS SETOF record LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    shown text[] := public.protect_shown();
    part text[] := string_to_array(current_setting('firsthand.token', true), '|');
BEGIN
    IF shown IS NULL THEN
        RETURN;
    END IF;
    purposes := string_to_array(ltrim(replace(part[1], ':', ''), ','), ',');
    actor := nullif(part[2], '')::bigint;
    contact := nullif(part[3], '')::bigint;
    member := nullif(part[4], '')::bigint;
    file := nullif(shown[1], '')::bigint;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION protect_token FROM PUBLIC;
GRANT EXECUTE ON FUNCTION protect_token TO SESSION_USER; -- the owner

-- A new key is the current one; the one before still holds for a day, so that processes can be started anew in turn.
CREATE FUNCTION protect_wall_turn(new_print text, new_inner bytea, new_outer bytea) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.protect_wall_key WHERE print = new_print AND until IS NULL) THEN
        RETURN false;
    END IF;
    DELETE FROM public.protect_wall_key WHERE until < clock_timestamp() OR print = new_print;
    UPDATE public.protect_wall_key SET until = clock_timestamp() + interval '1 day' WHERE until IS NULL;
    INSERT INTO public.protect_wall_key VALUES (new_print, new_inner, new_outer);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION protect_wall_turn FROM PUBLIC;

RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM firsthand_keeper;
GRANT SELECT ON protect_grant TO firsthand_keeper;

-- Puts a table behind the wall. It has purpose, contact_id, member_id, and who wrote the row in `author`. A row of a
-- member is seen with the member's open file, a row of an unknown caller in its own contact: it is shown as its purpose
-- and member (`kvg_a:12`), or as its purpose and contact where the member is not known (`kvg_a@99`). That stands in the
-- row, for PostgreSQL plans the words of a policy anew in every statement: the fewer the better; it keeps no statistics
-- of it. Written is for the contact of the token only, by the person of the token.
CREATE FUNCTION protect_behind_wall(one regclass, author name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    open_file text := 'shown_as = ANY ((SELECT protect_shown())::text[])';
    writes text := format('EXISTS (SELECT FROM protect_token() t WHERE purpose = ANY (t.purposes)'
        ' AND contact_id = t.contact AND %I = t.actor AND (member_id IS NULL OR member_id = t.file))', author);
    request text := 'EXISTS (SELECT FROM protect_token() t WHERE ''retention'' = ANY (t.purposes)'
        ' OR ''request'' = ANY (t.purposes) AND member_id = t.member)';
    import text := 'EXISTS (SELECT FROM protect_token() t WHERE ''import'' = ANY (t.purposes))';
BEGIN
    EXECUTE format('ALTER TABLE %s ADD COLUMN shown_as text GENERATED ALWAYS AS (purpose || CASE WHEN member_id IS NULL'
        ' THEN ''@'' || contact_id::text ELSE '':'' || member_id::text END) STORED', one);
    EXECUTE format('ALTER TABLE %s ALTER COLUMN shown_as SET STATISTICS 0', one);
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY seen ON %s FOR SELECT TO firsthand_front'
        ' USING (%s)', one, open_file);
    EXECUTE format('CREATE POLICY written ON %s FOR INSERT TO firsthand_front'
        ' WITH CHECK (%s)', one, writes);
    EXECUTE format('CREATE POLICY changed ON %s FOR UPDATE TO firsthand_front'
        ' USING (%s) WITH CHECK (%s)', one, open_file, open_file);
    EXECUTE format('CREATE POLICY requested ON %s TO firsthand_protection USING (%s)', one, request);
    EXECUTE format('CREATE POLICY imported ON %s TO CURRENT_USER USING (%s)', one, import);
END $$;
SELECT protect_behind_wall('protect_note', 'written_by_id');
SELECT protect_behind_wall('protect_confidence', 'sealed_by_id');

-- Words to search by, in each language that members speak: whoever types "Brille" also finds "Brillen". The search is
-- inside one file, so the index of the member serves it; there is no index of words over everybody's notes.
ALTER TABLE protect_note ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
    to_tsvector('simple', words) || to_tsvector('german', words)
    || to_tsvector('french', words) || to_tsvector('italian', words) || to_tsvector('english', words)
) STORED;

-- A file opens for the person, the member and the contact that we have signed. Else whoever can send SQL with the token
-- of one contact could give themselves every other member's file in it. What is brought over as closed opens nothing.
CREATE FUNCTION protect_grant_is_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.closed_at IS NULL AND NOT EXISTS (
        SELECT FROM protect_token() t
        WHERE 'open' = ANY (t.purposes) AND t.actor = NEW.person_id AND t.member = NEW.member_id
            AND t.contact IS NOT DISTINCT FROM NEW.contact_id
    ) THEN
        RAISE EXCEPTION 'a file opens with a token that says for whom' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER grant_is_signed AFTER INSERT ON protect_grant
    FOR EACH ROW EXECUTE FUNCTION protect_grant_is_signed();
