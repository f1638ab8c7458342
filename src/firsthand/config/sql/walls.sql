-- roles --
-- The logins that serve, and the keeper: what they may beyond their grants, whose they are, what they own.
SELECT r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole OR r.rolcreatedb OR r.rolreplication, r.rolcanlogin,
    ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1),
    EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid)
        OR EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relowner = r.oid
            AND r.rolname <> %(keeper)s)
FROM pg_roles r
WHERE r.rolname = ANY (%(roles)s)

-- tables --
-- Of each protected table: is it behind the wall, for its owner too, and does each policy ask for the token?
SELECT t.name, c.relowner = (SELECT datdba FROM pg_database WHERE datname = current_database()), c.relrowsecurity, c.relforcerowsecurity,
    (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
    ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid AND NOT coalesce(
        (p.polqual IS NULL OR pg_get_expr(p.polqual, p.polrelid) ~ 'protect_(token|shown)\(\)')
        AND (p.polwithcheck IS NULL OR pg_get_expr(p.polwithcheck, p.polrelid) ~ 'protect_(token|shown)\(\)')
        AND num_nonnulls(p.polqual, p.polwithcheck) > 0, false)),
    ARRAY(SELECT DISTINCT coalesce(r.rolname, 'PUBLIC') FROM pg_policy p CROSS JOIN unnest(p.polroles) AS who
        LEFT JOIN pg_roles r ON r.oid = who
        WHERE p.polrelid = c.oid AND who <> c.relowner
            AND coalesce(r.rolname, '') NOT IN ('firsthand_front', 'firsthand_protection'))
FROM unnest(%(tables)s::text[]) AS t (name) LEFT JOIN pg_class c ON c.oid = to_regclass('public.' || t.name)

-- token --
-- The functions that read the token: whose, with whose rights, where they look for names, and their words.
SELECT proname, pg_get_userbyid(proowner), prosecdef, coalesce(array_to_string(proconfig, ' '), ''), prosrc
FROM pg_proc WHERE proname = ANY (%(readers)s) AND pronamespace = 'public'::regnamespace

-- functions --
-- What the house's own functions say.
SELECT proname, prosrc FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace AND proname NOT LIKE 'procrastinate%%'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
ORDER BY 1

-- policies --
-- Each policy of a protected table: for which statements, for whom, which rows it shows, which it lets be written.
SELECT c.relname, p.polname, p.polcmd, (SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE oid = ANY (p.polroles)),
    coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.relname = ANY (%(tables)s) AND c.relnamespace = 'public'::regnamespace
ORDER BY 1, 2

-- shown --
-- By what the policies know the rows of each protected table: is it stored, and made of what?
SELECT t.name, coalesce(a.attgenerated = 's', false), coalesce(pg_get_expr(d.adbin, d.adrelid), '')
FROM unnest(%(tables)s::text[]) AS t (name)
LEFT JOIN pg_attribute a ON a.attrelid = to_regclass('public.' || t.name) AND a.attname = 'shown_as'
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
ORDER BY 1

-- guards --
-- Each trigger of ours: of which table, a partition's or not, whether it is on, what it says, and its function's words.
SELECT c.relname, t.tgname, c.relispartition, t.tgenabled, pg_get_triggerdef(t.oid), p.prosrc
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'procrastinate%%'

-- bare --
-- Partitions of a table that only grows, which somebody could change directly.
SELECT c.relname, need.name
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
CROSS JOIN (VALUES ('append_only'), ('append_only_whole')) AS need (name)
WHERE EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = i.inhparent AND t.tgname = 'append_only')
    AND c.relkind = 'r'
    AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = need.name)
ORDER BY 1, 2

-- key --
-- Who of those who serve could read the key of the wall, by whatever way.
SELECT rolname FROM pg_roles
WHERE rolname = ANY (%(serving)s) AND to_regclass('public.protect_wall_key') IS NOT NULL
    AND has_table_privilege(rolname, 'public.protect_wall_key', 'SELECT, INSERT, UPDATE, DELETE')

-- believed --
SELECT count(*) FROM protect_token()

-- activities --
SELECT current_setting('track_activities')

-- hba --
SELECT line_number, coalesce(auth_method, error) FROM pg_hba_file_rules
WHERE auth_method IS NULL OR auth_method NOT IN ('peer', 'reject')
ORDER BY 1
