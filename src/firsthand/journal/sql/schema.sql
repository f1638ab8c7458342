-- Tables that only grow. What a trigger can refuse it refuses to everyone, the owner included; `ENABLE ALWAYS` also
-- refuses a session that plays replica. Whoever switches the triggers off is found by the chain.
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION journal_append_only(one regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE each_table regclass;
BEGIN
    -- A row trigger of a partitioned table is cloned to its partitions, a TRUNCATE trigger is not.
    EXECUTE format('CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s'
        ' FOR EACH ROW EXECUTE FUNCTION journal_refuse_change()', one);
    FOR each_table IN SELECT one UNION SELECT relid FROM pg_partition_tree(one) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER append_only_whole BEFORE TRUNCATE ON %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change()', each_table);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only', each_table);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER append_only_whole', each_table);
    END LOOP;
END $$;

-- A partition for this month and each of the next ones. A month whose rows already lie in `<parent>_rest` stays there:
-- taking them out would be a change. Returns how many partitions were made.
-- The worker calls it, who owns no table: so it acts as the owner, for at most two years ahead.
CREATE FUNCTION journal_partitions(parent regclass, months integer) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    starts timestamptz;
    ends timestamptz;
    part text;
    late boolean;
    made integer := 0;
    plain text := (SELECT relname FROM pg_class WHERE oid = parent);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('journal_partitions'));
    FOR month IN 0..least(months, 24) LOOP
        starts := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => month)) AT TIME ZONE 'UTC';
        ends := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => month + 1)) AT TIME ZONE 'UTC';
        part := plain || to_char(starts AT TIME ZONE 'UTC', '_YYYY_MM');
        CONTINUE WHEN to_regclass(quote_ident(part)) IS NOT NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE at >= $1 AND at < $2)', plain || '_rest')
            INTO late USING starts, ends;
        CONTINUE WHEN late;
        EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)', part, parent, starts, ends);
        IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = parent AND tgname = 'append_only') THEN
            PERFORM journal_append_only(parent);
        END IF;
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

CREATE TABLE journal_entry (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    actor_id bigint,
    verb text NOT NULL,
    kind text NOT NULL,
    object_id text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE journal_entry_rest PARTITION OF journal_entry DEFAULT;
CREATE INDEX journal_entry_xid ON journal_entry (xid);
CREATE INDEX journal_entry_thing ON journal_entry (kind, object_id, at);
CREATE INDEX journal_entry_verb ON journal_entry (verb, at);
SELECT journal_append_only('journal_entry');
SELECT journal_partitions('journal_entry', 2);

-- The chain: each link holds the hash of its entry and of the link before. Written a moment after the entries, by one
-- writer, so that those who write entries never wait for each other. The seal says how far the chain has seen: one row,
-- which is also the lock of the one writer.
CREATE FUNCTION journal_chain(links text, seal text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I ('
        ' n bigint PRIMARY KEY CHECK (n > 0), entry_id bigint NOT NULL UNIQUE,'
        ' entry_at timestamptz NOT NULL, hash bytea NOT NULL)', links);
    PERFORM journal_append_only(quote_ident(links)::regclass);
    EXECUTE format('CREATE TABLE %I (one boolean PRIMARY KEY DEFAULT true CHECK (one), seen pg_snapshot NOT NULL)', seal);
    EXECUTE format('INSERT INTO %I VALUES (true, ''1:1:'')', seal);
END $$;
SELECT journal_chain('journal_link', 'journal_seal');
