-- estimates --
-- A partitioned table has no rows of its own: its partitions' are summed. reltuples = -1: never analysed; until then
-- there is what the statistics have seen come and go, and nothing in a file that is empty.
SELECT coalesce(parent.relname, c.relname), sum(about.many)::bigint
FROM pg_class c
LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
LEFT JOIN pg_class parent ON parent.oid = i.inhparent
CROSS JOIN LATERAL (SELECT CASE
    WHEN c.reltuples >= 0 THEN c.reltuples
    WHEN pg_stat_get_live_tuples(c.oid) > 0 THEN pg_stat_get_live_tuples(c.oid)
    WHEN pg_relation_size(c.oid) = 0 THEN 0
END AS many) about
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
GROUP BY 1
HAVING count(about.many) > 0
