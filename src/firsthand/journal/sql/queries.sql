-- record --
INSERT INTO journal_entry (actor_id, verb, kind, object_id, details)
VALUES (%(actor)s, %(verb)s, %(kind)s, %(object)s, %(details)s::jsonb)

-- record_each --
INSERT INTO journal_entry (actor_id, verb, kind, object_id, details)
SELECT %(actor)s, %(verb)s, %(kind)s, %(object)s, one::jsonb
FROM unnest(%(details)s::text[]) WITH ORDINALITY AS given (one, n)
ORDER BY n

-- partitions --
SELECT journal_partitions(%(table)s::regclass, %(months)s)

-- drop_months --
SELECT journal_drop_months(
    %(table)s::regclass, %(links)s::regclass, %(before)s::timestamptz, %(clock)s, %(months)s,
    %(stay_in)s::oid[], %(stay)s::tid[], %(held)s, %(held_hash)s
)
