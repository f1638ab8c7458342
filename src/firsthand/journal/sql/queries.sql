-- record --
INSERT INTO journal_entry (actor_id, verb, kind, object_id, details)
VALUES (%(actor)s, %(verb)s, %(kind)s, %(object)s, %(details)s::jsonb)

-- partitions --
SELECT journal_partitions(%(table)s::regclass, %(months)s)
