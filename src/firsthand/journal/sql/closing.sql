-- Old months go when their clock is over. A chain ends where a month is missing, so before one goes its place in the
-- chain is taken by a record: until when, from which link to which, the hash at the cut, how many, by which clock. The
-- records are a chain of their own, and the daily anchor names the last of them. A table without a chain has records
-- too: what is not there any more stays told.
CREATE TABLE journal_closing (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entries text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    until timestamptz NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    clock text NOT NULL CHECK (clock ~ '^[a-z_]{1,40}$'),
    months integer NOT NULL,
    first bigint,
    last bigint,
    hash bytea,
    gone bigint NOT NULL CHECK (gone >= 0),
    held bigint NOT NULL CHECK (held >= 0),
    held_hash bytea NOT NULL,
    seal bytea NOT NULL,
    UNIQUE (entries, number),
    -- Art. 4 (5) DPO: logs are kept for at least a year. No clock and no login comes below it.
    CONSTRAINT closing_leaves_a_year CHECK (months >= 12 AND until <= at - interval '1 year')
);
SELECT journal_append_only('journal_closing');

-- Takes out what is dated before a month's first moment, and writes the record. Rows that stay (a legal hold; the few
-- whose link comes after the cut) are named by where they lie, and their month is written anew with them alone.
-- The zone of data protection calls it, who owns no table: so it acts as the owner, for whole months that are over.
-- The caller holds the ledger's seal: nobody adds a link meanwhile.
CREATE FUNCTION journal_drop_months(
    parent regclass, links regclass, before timestamptz, by_clock text, of_months integer,
    stay_in oid[], stay tid[], held bigint, held_hash bytea
) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    plain text := (SELECT relname FROM pg_class WHERE oid = parent AND relkind = 'p');
    was journal_closing;
    part record;
    here tid[];
    there bigint;
    made journal_closing;
    again boolean := false;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = parent AND tgname = 'append_only') OR plain IS NULL
        OR before IS DISTINCT FROM date_trunc('month', before, 'UTC')
        OR (before <= now() - make_interval(months => greatest(of_months, 12))) IS NOT TRUE THEN
        RAISE EXCEPTION 'only whole months of % that are over may go', parent USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO was FROM journal_closing c WHERE c.entries = plain ORDER BY c.number DESC LIMIT 1;
    IF before < was.until THEN
        RAISE EXCEPTION 'months of % went until % already', parent, was.until USING ERRCODE = 'restrict_violation';
    END IF;
    made := row(NULL, plain, coalesce(was.number, 0) + 1, before, clock_timestamp(), by_clock, of_months,
        NULL, NULL, NULL, 0, held, held_hash, NULL)::journal_closing;

    IF links IS NOT NULL THEN
        -- All links up to the first whose entry stays by its date.
        made.first := coalesce(was.last, 0) + 1;
        EXECUTE format('SELECT coalesce((SELECT n - 1 FROM %s WHERE entry_at >= $1 ORDER BY n LIMIT 1),'
            ' (SELECT max(n) FROM %s), 0)', links, links) INTO made.last USING before;
        made.last := greatest(made.last, made.first - 1);
        EXECUTE format('SELECT hash FROM %s WHERE n = $1', links) INTO made.hash USING made.last;
        made.hash := coalesce(made.hash, was.hash, decode(repeat('00', 32), 'hex'));
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER append_only', links);
        EXECUTE format('DELETE FROM %s WHERE n <= $1', links) USING made.last;
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', links);
    END IF;

    -- What came in before its month had a partition.
    here := ARRAY(SELECT s.row FROM unnest(stay_in, stay) AS s (place, row)
        WHERE s.place = to_regclass(quote_ident(plain || '_rest')));
    EXECUTE format('SELECT count(*) FROM %I WHERE at < $1 AND ctid <> ALL ($2)', plain || '_rest')
        INTO there USING before, here;
    IF there > 0 THEN
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER append_only', plain || '_rest');
        EXECUTE format('DELETE FROM %I WHERE at < $1 AND ctid <> ALL ($2)', plain || '_rest') USING before, here;
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', plain || '_rest');
        made.gone := made.gone + there;
    END IF;

    FOR part IN
        SELECT c.oid, c.relname AS name, (regexp_match(b.says, 'FROM \(''([^'']+)''\)'))[1]::timestamptz AS starts,
            (regexp_match(b.says, 'TO \(''([^'']+)''\)'))[1]::timestamptz AS ends
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        CROSS JOIN LATERAL pg_get_expr(c.relpartbound, c.oid) AS b (says)
        WHERE i.inhparent = parent AND b.says <> 'DEFAULT'
        ORDER BY 2
    LOOP
        CONTINUE WHEN part.ends > before;
        here := ARRAY(SELECT s.row FROM unnest(stay_in, stay) AS s (place, row) WHERE s.place = part.oid);
        EXECUTE format('SELECT count(*) FROM %I', part.name) INTO there;
        CONTINUE WHEN there = cardinality(here) AND there > 0;
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %I', parent, part.name);
        EXECUTE format('ALTER TABLE %I RENAME TO %I', part.name, part.name || '_goes');
        IF cardinality(here) > 0 THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                part.name, parent, part.starts, part.ends);
            EXECUTE format('INSERT INTO %s OVERRIDING SYSTEM VALUE SELECT * FROM %I WHERE ctid = ANY ($1)',
                parent, part.name || '_goes') USING here;
            again := true;
        END IF;
        EXECUTE format('DROP TABLE %I', part.name || '_goes');
        made.gone := made.gone + there - cardinality(here);
    END LOOP;
    IF again THEN
        PERFORM journal_append_only(parent);
    END IF;

    IF made.gone > 0 THEN
        -- The same words in the same order as pure/closing.py.
        made.seal := sha256(coalesce(was.seal, decode(repeat('00', 32), 'hex')) || convert_to(concat(
            made.number, E'\n', made.entries, E'\n',
            to_char(made.until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), E'\n',
            to_char(made.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), E'\n',
            made.clock, E'\n', made.months, E'\n', made.first, E'\n', made.last, E'\n', encode(made.hash, 'hex'), E'\n',
            made.gone, E'\n', made.held, E'\n', encode(made.held_hash, 'hex'), E'\n'
        ), 'UTF8'));
        INSERT INTO journal_closing
            (entries, number, until, at, clock, months, first, last, hash, gone, held, held_hash, seal)
        VALUES (made.entries, made.number, made.until, made.at, made.clock, made.months, made.first, made.last,
            made.hash, made.gone, made.held, made.held_hash, made.seal);
    END IF;
    RETURN made.gone;
END $$;
REVOKE ALL ON FUNCTION journal_drop_months FROM PUBLIC;
