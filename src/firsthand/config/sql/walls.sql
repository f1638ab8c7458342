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
        (p.polqual IS NULL OR pg_get_expr(p.polqual, p.polrelid) LIKE '%%protect_token()%%')
        AND (p.polwithcheck IS NULL OR pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%%protect_token()%%')
        AND num_nonnulls(p.polqual, p.polwithcheck) > 0, false)),
    ARRAY(SELECT DISTINCT coalesce(r.rolname, 'PUBLIC') FROM pg_policy p CROSS JOIN unnest(p.polroles) AS who
        LEFT JOIN pg_roles r ON r.oid = who
        WHERE p.polrelid = c.oid AND who <> c.relowner
            AND coalesce(r.rolname, '') NOT IN ('firsthand_front', 'firsthand_casework', 'firsthand_protection'))
FROM unnest(%(tables)s::text[]) AS t (name) LEFT JOIN pg_class c ON c.oid = to_regclass('public.' || t.name)

-- token --
-- The function that reads the token: whose, with whose rights, where it looks for names, and its words.
SELECT pg_get_userbyid(proowner), prosecdef, coalesce(array_to_string(proconfig, ' '), ''), prosrc
FROM pg_proc WHERE proname = 'protect_token' AND pronamespace = 'public'::regnamespace

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
