"""The shapes that a statement of an attacker may have.

{r} a relation, {c} a column of it, {x} that column somehow dressed, {w} a condition, {k} a small number,
{id} the row or member that is asked for, {into} a table this login may write to. A shape is counted as a leak
when its last statement has rows, and always when a mark is in any byte that comes back. One that has rows in any
case begins with ~.
"""

READING = (
    "SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT t FROM {r} t WHERE {w} OFFSET {k}",
    "SELECT * FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT (t.*)::text FROM ONLY {r} t WHERE {w} LIMIT 9{k}",
    "SELECT row_to_json(t)::text FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT DISTINCT {x} FROM {r} t WHERE {w} ORDER BY 1 LIMIT 9{k}",
    "SELECT max({x}), min({x}) FROM {r} t WHERE {w} HAVING count(*) > {k}",
    "SELECT string_agg({x}, '{k}') FROM {r} t WHERE {w} HAVING count(*) > 0",
    "SELECT array_agg({x} ORDER BY {x})::text FROM {r} t WHERE {w} HAVING count(*) > 0 OFFSET 0",
    "SELECT json_object_agg({k}, {x}) FROM {r} t WHERE {w} HAVING count(*) > 0",
    "SELECT mode() WITHIN GROUP (ORDER BY {x}) FROM {r} t WHERE {w} HAVING count(*) > 0 LIMIT 9{k}",
    "SELECT {x}, count(*) FROM {r} t WHERE {w} GROUP BY ROLLUP (1) HAVING max({x}) IS NOT NULL LIMIT 9{k}",
    "SELECT 1 WHERE EXISTS (SELECT {k} FROM {r} t WHERE {w})",
    "SELECT {k} WHERE 0 < (SELECT count(*) FROM {r} t WHERE {w})",
    "SELECT s.v FROM (SELECT {x} v FROM {r} t WHERE {w} OFFSET 0) s LIMIT 9{k}",
    "SELECT v FROM (VALUES ({k})) n, LATERAL (SELECT {x} v FROM {r} t WHERE {w}) s",
    "WITH s AS MATERIALIZED (SELECT {x} v FROM {r} t WHERE {w}) SELECT v FROM s LIMIT 9{k}",
    "WITH s AS NOT MATERIALIZED (SELECT {x} v FROM {r} t WHERE {w}) SELECT upper(v) FROM s LIMIT 9{k}",
    "WITH RECURSIVE s(v, n) AS (SELECT {x}, 1 FROM {r} t WHERE {w} UNION SELECT v, n + 1 FROM s WHERE n < {k})"
    " SELECT * FROM s",
    "SELECT {x} FROM people_team g RIGHT JOIN {r} t ON g.id = {k} WHERE {w}",
    "SELECT {x} FROM {r} t JOIN pg_class k ON k.oid = t.tableoid WHERE {w} LIMIT 9{k}",
    "SELECT {x} FROM {r} t TABLESAMPLE BERNOULLI (100) WHERE {w} LIMIT 9{k}",
    "SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k} FOR UPDATE",
    "SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k} FOR KEY SHARE SKIP LOCKED",
    "SELECT {x}, row_number() OVER (ORDER BY {x}) FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT first_value({x}) OVER () FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT {x} FROM {r} t WHERE {w} UNION ALL SELECT name FROM people_team WHERE id = -{k}",
    "SELECT name FROM people_team WHERE id = -{k} UNION SELECT {x} FROM {r} t WHERE {w}",
    "SELECT {x} FROM {r} t WHERE {w} EXCEPT SELECT '{k}'",
    "SELECT unnest(ARRAY(SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}))",
    "SELECT CASE WHEN {w} THEN {x} END FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT t.ctid, t.xmin, t.tableoid FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT coalesce({x}, 'NULL') FROM {r} t WHERE {w} ORDER BY random() LIMIT 9{k}",
    "SELECT regexp_split_to_table({x}, '[{k}]') FROM {r} t WHERE {w}",
    "SELECT ts_headline('simple', {x}, to_tsquery('simple', 'xqj:*')) FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT {x} FROM {r} t WHERE to_tsvector('simple', {x}) @@ to_tsquery('simple', 'xqj:*') AND {w} LIMIT 9{k}",
    "SELECT {x} FROM {r} t WHERE {x} ~* '(xqj|90377)' AND {w} LIMIT 9{k}",
    "COPY (SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}) TO STDOUT",
    "COPY (SELECT * FROM {r} t WHERE {w} LIMIT 9{k}) TO STDOUT (FORMAT csv, HEADER)",
    "COPY (SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}) TO STDOUT (FORMAT binary)",
    "DECLARE c{k} CURSOR FOR SELECT {x} FROM {r} t WHERE {w}; FETCH ALL FROM c{k}",
    "DECLARE c{k} SCROLL CURSOR FOR SELECT {x} FROM {r} t WHERE {w}; FETCH LAST FROM c{k}",
    "DECLARE c{k} CURSOR FOR SELECT {x} FROM {r} t WHERE {w}; RESET ALL; FETCH ALL FROM c{k}",
    "DEALLOCATE ALL; PREPARE p AS SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}; EXECUTE p",
    "DEALLOCATE ALL; PREPARE p(text) AS SELECT {x} FROM {r} t WHERE {x} > $1 AND {w}; EXECUTE p('{k}')",
    "SELECT {x} FROM {r} t WHERE {w} AND {id} > {k} LIMIT 9",
)

# With a function or an operator that says what it is given, before the wall has looked.
LEAKING = (
    "SELECT 1 FROM {r} t WHERE CAST({x} AS integer) = {k} AND {w}",
    "SELECT {k} FROM {r} t WHERE ({x})::date IS NULL AND {w}",
    "SELECT {k} FROM {r} t WHERE ({x})::uuid IS NULL OR {w}",
    "SELECT ({x})::interval FROM {r} t WHERE {w} LIMIT {k}",
    "SELECT ({x})::inet FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT ({x})::jsonb FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT ({x})::regclass FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT to_date({x}, 'YYYY') FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT to_number({x}, 'L9G999g999.99') FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT {k} FROM {r} t WHERE 1 / (CASE WHEN {x} LIKE '%' THEN 0 ELSE 1 END) = 1 AND {w}",
    "SELECT {k} FROM {r} t WHERE {x} ~ ('(' || {x}) AND {w}",
    "SELECT regexp_match('a', '(' || {x}) FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT format('%s %I %' || {x}, {x}) FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT convert_from(decode({x}, 'hex'), 'UTF8') FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT set_config('a.b{k}', {x}, true) FROM {r} t WHERE {w}",
    "SELECT count(set_config('a.b{k}', {x}, false)) FROM {r} t WHERE {w} HAVING count(*) > 0",
    "SELECT pg_notify('attack', {x}) FROM {r} t WHERE {w} LIMIT 9{k}",
    "~SELECT query_to_xml('SELECT {c} FROM {r}', true, false, '{k}')",
    "~SELECT table_to_xml('{r}'::regclass, true, true, '{k}')",
    "SELECT schema_to_xml('public', true, true, '{k}') WHERE {k} = 0",
    "~SELECT query_to_xml_and_xmlschema('SELECT {c}::text FROM {r} LIMIT 9{k}', true, true, '')",
    "SELECT * FROM ts_stat('SELECT to_tsvector(''simple'', {c}::text) FROM {r} LIMIT 9{k}')",
    "~SELECT ts_rewrite('a{k}'::tsquery, 'SELECT ''a{k}''::tsquery, plainto_tsquery({c}::text) FROM {r}')",
    "SELECT lo_from_bytea(0, convert_to({x}, 'UTF8')) FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT pg_advisory_xact_lock({id}) FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT cast_error FROM (SELECT ({x} || {k})::bigint cast_error FROM {r} t WHERE {w}) s WHERE cast_error = 0",
    "SELECT {k} FROM {r} t WHERE {speaks}({x}) AND {w}",
    "DO $$ DECLARE v text; BEGIN FOR v IN SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k} LOOP RAISE NOTICE '%', v; END LOOP; END $$",
    "DO $$ BEGIN RAISE EXCEPTION '% {k}', (SELECT {x} FROM {r} t WHERE {w} LIMIT 1) USING DETAIL = 'x'; END $$",
    "DO $$ DECLARE v text; BEGIN EXECUTE 'SELECT {c}::text FROM {r} OFFSET {k}' INTO v; RAISE WARNING '%', v; END $$",
    "DO $$ BEGIN PERFORM ({x})::int FROM {r} t WHERE {w}; EXCEPTION WHEN OTHERS THEN"
    " RAISE NOTICE '{k} % %', SQLSTATE, SQLERRM; END $$",
    "CREATE FUNCTION pg_temp.say{k}(text) RETURNS boolean COST 0.0000001 LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$; SELECT 1 FROM {r} t WHERE pg_temp.say{k}({x}) AND {w}",
    "CREATE FUNCTION public.say{k}(text) RETURNS boolean COST 0.0000001 LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$; SELECT 1 FROM {r} t WHERE public.say{k}({x}) AND {w}",
)

# With each token.
SWEPT = ("SELECT * FROM {r}", "UPDATE {r} SET {c} = {c} RETURNING *", "COPY (SELECT * FROM {r}) TO STDOUT")

CALLED = (
    "SELECT * FROM {call} f",
    # A table of the caller's own stands in for one of the house, if the function looks where the caller says.
    "CREATE TEMP TABLE members_member AS SELECT 0 id, 'a'::text number, 'a'::text phone;"
    " SET LOCAL search_path = pg_temp, public; SELECT * FROM {call} f",
)
READ_FILE = (
    "SELECT pg_read_file('{file}')",
    "COPY public.live_outbox (topic) FROM '{file}'; SELECT topic FROM public.live_outbox",
)

# Writing shows as much as reading.
WRITING = (
    "UPDATE {r} t SET {c} = {c} WHERE {w} RETURNING {x}, {k}",
    "UPDATE {r} t SET {c} = {c} WHERE {w} AND {k} = {k}",
    "DELETE FROM {r} t WHERE {w} RETURNING {x}, {k}",
    "DELETE FROM {r} t USING people_person p WHERE {w} AND p.id > {k} RETURNING {x}",
    "MERGE INTO {into} g USING (SELECT {x} v FROM {r} t WHERE {w}) s ON false WHEN MATCHED THEN DO NOTHING"
    " WHEN NOT MATCHED THEN INSERT (topic, message) VALUES (v, '{k}')",
    "INSERT INTO {into} (topic, message) SELECT left({x}, 60), '{k}' FROM {r} t WHERE {w}",
    "INSERT INTO {into} (topic, message) SELECT left({x}, 60), '{k}' FROM {r} t WHERE {w} RETURNING topic",
    "INSERT INTO {r} SELECT * FROM {r} t WHERE {w} LIMIT 9{k} RETURNING {c}",
    "INSERT INTO {r} SELECT * FROM {r} t WHERE {w} LIMIT 9{k} ON CONFLICT DO NOTHING RETURNING {c}",
    "CREATE TEMP TABLE taken{k} AS SELECT {x} v FROM {r} t WHERE {w}; SELECT * FROM taken{k}",
    "SELECT {x} v INTO TEMP taken{k} FROM {r} t WHERE {w}; SELECT * FROM taken{k}",
    "CREATE TABLE public.taken{k} AS SELECT {x} v FROM {r} t WHERE {w}; SELECT * FROM public.taken{k}",
    "CREATE MATERIALIZED VIEW taken{k} AS SELECT {x} v FROM {r} t WHERE {w}; SELECT * FROM taken{k}",
    "CREATE TEMP VIEW taken{k} AS SELECT {x} v FROM {r} t WHERE {w}; SELECT * FROM taken{k}",
    "CREATE VIEW taken{k} WITH (security_invoker = false) AS SELECT {x} v FROM {r} t WHERE {w}; SELECT * FROM taken{k}",
)

# Becoming somebody else, or another table.
BECOMING = (
    "SET LOCAL ROLE {role}; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "SET ROLE {role}; RESET ROLE; SET ROLE {role}; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "SET LOCAL SESSION AUTHORIZATION {role}; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "RESET SESSION AUTHORIZATION; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "GRANT {role} TO CURRENT_USER; SET ROLE {role}; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "ALTER ROLE CURRENT_USER BYPASSRLS; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "CREATE ROLE r{k} SUPERUSER; SET ROLE r{k}; SELECT {x} FROM {r} t WHERE {w}",
    "GRANT SELECT ON {r} TO CURRENT_USER; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "ALTER TABLE {r} DISABLE ROW LEVEL SECURITY; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "ALTER TABLE {r} NO FORCE ROW LEVEL SECURITY; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "ALTER TABLE {r} OWNER TO CURRENT_USER; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "CREATE POLICY mine{k} ON {r} USING (true); SELECT {x} FROM {r} t WHERE {w}",
    "DROP POLICY seen ON {r}; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "CREATE RULE r{k} AS ON INSERT TO {into} DO ALSO SELECT {c} FROM {r}; INSERT INTO {into} (topic) VALUES ('a')",
    "CREATE TRIGGER t{k} BEFORE INSERT ON {into} EXECUTE FUNCTION suppress_redundant_updates_trigger();"
    " SELECT {x} FROM {r} t WHERE {w}",
    "CREATE INDEX i{k} ON {r} (({c}::text::int)); SELECT 1 FROM {r} t WHERE {w}",
    "CREATE STATISTICS s{k} ON {c}, ctid FROM {r}; SELECT 1 FROM {r} t WHERE {w}",
    "CREATE TABLE public.child{k} () INHERITS ({r}); SELECT {x} FROM {r} t WHERE {w}",
    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "LOCK TABLE {r} IN SHARE MODE; TABLE {r} LIMIT 9{k}",
    "TRUNCATE {r}; SELECT {k} FROM {r} t WHERE {w}",
    "COMMIT; BEGIN; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "SAVEPOINT a; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}; ROLLBACK TO a; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "CREATE SCHEMA s{k}; SET LOCAL search_path = s{k}, public; SELECT {x} FROM {r} t WHERE {w}",
    "CREATE TEMP TABLE protect_grant AS SELECT 1 person_id, 1 member_id, 1 contact_id, {k} id;"
    " SET LOCAL search_path = pg_temp, public; SELECT {x} FROM {r} t WHERE {w}",
    "CREATE TEMP TABLE protect_wall_key (print text, inner_pad bytea, outer_pad bytea, until timestamptz);"
    " SET LOCAL search_path = pg_temp, public; SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "CREATE FUNCTION pg_temp.protect_token(OUT purposes text[], OUT file bigint) RETURNS SETOF record LANGUAGE sql AS"
    " $$ SELECT ARRAY['kvg_a'], {k}::bigint $$; SET LOCAL search_path = pg_temp, public; SELECT {x} FROM {r} t WHERE {w}",
)

# Beside the tables: files, catalogues, other servers, other sessions.
BESIDE = (
    "SELECT s::text FROM {catalogue} s LIMIT 999{k}",
    "SELECT to_jsonb(s)::text FROM {catalogue} s ORDER BY random() LIMIT 999{k}",
    "COPY (SELECT * FROM {catalogue} LIMIT 999{k}) TO STDOUT",
    "SELECT s::text FROM {catalogue} s WHERE s::text ~* 'xqj|90377' LIMIT {k}",
    "SELECT pg_read_file('{file}', 0, 9999{k})",
    "SELECT encode(pg_read_binary_file('{file}', 0, 9999{k}), 'escape')",
    "SELECT lo_get(lo_import('{file}'), 0, 999{k})",
    "COPY pg_temp.a FROM '{file}'",
    "CREATE TEMP TABLE f{k} (v text); COPY f{k} FROM '{file}'; SELECT * FROM f{k}",
    "CREATE TEMP TABLE f{k} (v text); COPY f{k} FROM PROGRAM 'cat {file}'; SELECT * FROM f{k}",
    "SELECT * FROM pg_ls_dir('{file}/..') LIMIT {k}",
    "CREATE EXTENSION {extension}; SELECT {k}",
    "SELECT lo_get(oid) FROM pg_largeobject_metadata LIMIT {k}",
    "LISTEN c{k}; NOTIFY c{k}",
    "SELECT pg_create_logical_replication_slot('s{k}', 'test_decoding')",
    "SELECT pg_stat_get_activity(NULL) LIMIT 9{k}",
    "SELECT pg_current_logfile(), pg_read_file(pg_current_logfile(), 0, 99999{k})",
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace OFFSET {k}",
    "EXPLAIN (ANALYZE, VERBOSE, FORMAT json) SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "EXPLAIN (VERBOSE, COSTS off) SELECT {x} FROM {r} t WHERE {w} LIMIT 9{k}",
    "SELECT last_value FROM {sequence} LIMIT 9{k}",
)

# Functions of the house, of which some run with other rights than the caller's.
CALLING = (
    "SELECT {call} LIMIT 9{k}",
    "SELECT ({call})::text OFFSET {k}",
    "SELECT * FROM {call} f LIMIT 9{k}",
    "SELECT f::text FROM {call} f OFFSET {k}",
    "SET LOCAL search_path = pg_temp, public; SELECT * FROM {call} f LIMIT 9{k}",
    "CREATE TEMP TABLE members_member AS SELECT {k} id, 'a'::text number, 'a'::text phone;"
    " SET LOCAL search_path = pg_temp, public; SELECT * FROM {call} f",
)

DRESSED = (
    "t.{c}::text", "upper(t.{c}::text)", "reverse(t.{c}::text)", "substr(t.{c}::text, 1, 400)",
    "concat(t.{c}, '')", "format('%s', t.{c})", "encode(convert_to(t.{c}::text, 'UTF8'), 'hex')",
    "to_jsonb(t.{c})::text", "quote_nullable(t.{c})", "t::text", "to_jsonb(t)::text",
    "to_tsvector('simple', t.{c}::text)::text", "(t.{c} || '')::text", "array_to_string(ARRAY[t.{c}], ',')",
)  # fmt: skip

CONDITIONS = (
    "true", "{id} >= 0", "{id} = {their}", "{id} IN (1, 2, 3, {their})", "{id} BETWEEN 0 AND 10000{k}",
    "t.{c}::text LIKE '%'", "t.{c}::text ~ '.*'", "t.{c} IS NOT NULL", "NOT (t.{c} IS NULL)",
    "t.ctid = '(0,{k})'", "t.tableoid > 0", "length(t.{c}::text) > 0", "t.{c}::text > ''",
    "t.{c}::text <> chr(1) OR true", "coalesce(t.{c}::text, '') = t.{c}::text",
    "EXISTS (SELECT FROM pg_class) AND {id} > 0", "random() < 2", "current_setting('firsthand.token', true) IS NOT NULL",
    "pg_column_size(t.{c}) > 0",
)  # fmt: skip

SETTINGS = (
    "", "SET LOCAL row_security = off", "SET LOCAL row_security = on", "SET LOCAL search_path = pg_temp, public",
    "SET LOCAL search_path = public, pg_catalog", "SET LOCAL enable_seqscan = off",
    "SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off", "SET LOCAL enable_hashjoin = off",
    "SET LOCAL plan_cache_mode = force_generic_plan", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "SET TRANSACTION READ ONLY", "SET LOCAL client_min_messages = debug5", "SET LOCAL bytea_output = 'escape'",
    "SET LOCAL from_collapse_limit = 1; SET LOCAL join_collapse_limit = 1",
    "SET LOCAL constraint_exclusion = on", "SET LOCAL check_function_bodies = off",
    "SET LOCAL standard_conforming_strings = on", "SET LOCAL default_text_search_config = 'simple'",
    "SET LOCAL cursor_tuple_fraction = 0.01", "SET LOCAL backslash_quote = on", "SET LOCAL array_nulls = off",
)  # fmt: skip

# How a token gets into a transaction.
GIVING = (
    "SELECT set_config('firsthand.token', '{token}', true)",
    "SELECT set_config('firsthand.token', '{token}', false)",
    "SET LOCAL firsthand.token = '{token}'",
    "SET SESSION firsthand.token = '{token}'",
    'RESET ALL; SET LOCAL "firsthand"."token" TO \'{token}\'',
)

ROLES = (
    "firsthand", "firsthand_keeper", "postgres", "firsthand_front", "firsthand_casework", "firsthand_outreach",
    "firsthand_learn", "firsthand_protection", "pg_read_all_data", "pg_monitor", "pg_read_server_files", "none",
)  # fmt: skip
EXTENSIONS = (
    "dblink",
    "postgres_fdw",
    "file_fdw",
    "pageinspect",
    "pg_stat_statements",
    "adminpack",
    "plpython3u",
    "lo",
)
