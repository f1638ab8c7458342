-- Who was shown what of a member: a log kept apart from the journal, with a chain and anchors of its own. It is never
-- changed and nothing of it goes in less than a year (Art. 4 DSV). The tables belong to whoever migrates. The login of
-- the pages may only call the two functions below; the zone of data protection may read the table.
CREATE TABLE protect_read (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    actor_id bigint,
    role text NOT NULL,
    member_id bigint NOT NULL,
    contact_id bigint,
    break_glass_id bigint,
    request_id bigint,
    what text NOT NULL
        CHECK (what IN ('file', 'search', 'confidence', 'who_looked', 'export', 'consent', 'request')),
    why text NOT NULL CHECK (why ~ '^[a-z0-9_.:-]{0,40}$'),
    purposes text[] NOT NULL CHECK (array_to_string(purposes, '', '?') ~ '^[a-z0-9_]*$'),
    PRIMARY KEY (id, at),
    CONSTRAINT read_has_one_cause CHECK (num_nonnulls(contact_id, break_glass_id, request_id) <= 1),
    CONSTRAINT read_of_a_file_has_a_cause
        CHECK (what NOT IN ('file', 'search') OR num_nonnulls(contact_id, break_glass_id) = 1)
) PARTITION BY RANGE (at);
CREATE TABLE protect_read_rest PARTITION OF protect_read DEFAULT;
CREATE INDEX protect_read_xid ON protect_read (xid);
CREATE INDEX protect_read_of_member ON protect_read (member_id, id);
CREATE INDEX protect_read_by ON protect_read (actor_id, id);
CREATE INDEX protect_read_in_contact ON protect_read (contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX protect_read_behind_glass ON protect_read (break_glass_id) WHERE break_glass_id IS NOT NULL;
CREATE INDEX protect_read_sealed ON protect_read (at) WHERE what = 'confidence';
SELECT journal_append_only('protect_read');
SELECT journal_partitions('protect_read', 2);
SELECT journal_chain('protect_read_link', 'protect_read_seal');

-- The one way in, for every login that serves.
CREATE FUNCTION protect_log_read(
    actor bigint, role text, member bigint, contact bigint, break_glass bigint, request bigint,
    what text, why text, purposes text[]
) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO protect_read
        (actor_id, role, member_id, contact_id, break_glass_id, request_id, what, why, purposes)
    VALUES (actor, role, member, contact, break_glass, request, what, why, purposes)
$$;
REVOKE ALL ON FUNCTION protect_log_read FROM PUBLIC;

-- Who looked at one member's file, for whoever has that file open now: to be read to the member on the line. Asked
-- with the token of that person (sql/wall.sql): the login of the pages cannot ask in somebody else's name.
CREATE FUNCTION protect_who_looked(reader bigint, of_member bigint) RETURNS SETOF protect_read
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN QUERY SELECT r.* FROM protect_read r
    WHERE r.member_id = of_member
        AND EXISTS (SELECT FROM protect_token() t WHERE t.actor = reader AND t.file = of_member);
END $$;
REVOKE ALL ON FUNCTION protect_who_looked FROM PUBLIC;

-- Both act with the owner's rights: no table of the caller's, in no schema of theirs, may stand in for ours.
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION protect_log_read SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION protect_who_looked SET search_path = %I, pg_temp', current_schema());
END $$;
