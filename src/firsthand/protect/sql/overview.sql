-- estimates --
-- A partitioned table has no rows of its own: its partitions' are summed. -1 = never counted.
SELECT coalesce(parent.relname, c.relname), sum(greatest(c.reltuples, 0))::bigint
FROM pg_class c
LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
LEFT JOIN pg_class parent ON parent.oid = i.inhparent
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
GROUP BY 1
HAVING bool_or(c.reltuples >= 0)
