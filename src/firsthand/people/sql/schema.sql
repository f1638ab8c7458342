-- What is signed before the first contact. A text is in force until the next one comes; a signature is a row that
-- nobody changes: who signed which words, and when, has to stay answerable.
CREATE TABLE people_secrecytext (
    version text NOT NULL,
    digest text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (version, since) -- a release that is taken back brings its text back
);
SELECT journal_append_only('people_secrecytext');
SELECT journal_append_only('people_secrecysignature');

CREATE FUNCTION people_secrecy_version() RETURNS text LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT version FROM people_secrecytext ORDER BY since DESC LIMIT 1
$$;

-- Whether somebody has signed the text that is in force. No text at all is a no.
CREATE FUNCTION people_has_signed(p_person bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM people_secrecysignature
        WHERE person_id = p_person AND version = people_secrecy_version()
    )
$$;

-- Who has a say in personnel matters. Nothing said about a person: who is on the executive board has.
CREATE FUNCTION people_decides_on_staff(p people_person) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(p.decides_on_staff, 'executive' = ANY (p.roles))
$$;
