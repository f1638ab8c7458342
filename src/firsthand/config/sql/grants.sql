-- may --
-- What our roles and everybody may do here: kind, object, column, owner, who, what. An object without a list of its own
-- has PostgreSQL's default. Left out: what an owner may with its own, and what came with an extension.
WITH roles AS (
    SELECT oid, rolname FROM pg_roles
    WHERE rolname = ANY (%(roles)s) OR oid = (SELECT datdba FROM pg_database WHERE datname = current_database())
),
spaces AS (
    SELECT oid FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
),
things AS (
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, c.oid::regclass::text AS object,
        NULL::name AS part, relowner AS owner, c.oid,
        coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner)) AS acl
    FROM pg_class c JOIN spaces ON spaces.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'TABLE', c.oid::regclass::text, attname, relowner, c.oid, attacl
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN spaces ON spaces.oid = relnamespace
    WHERE attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT 'FUNCTION', p.oid::regprocedure::text, NULL, proowner, p.oid, coalesce(proacl, acldefault('f', proowner))
    FROM pg_proc p JOIN spaces ON spaces.oid = pronamespace
    UNION ALL
    SELECT 'SCHEMA', quote_ident(nspname), NULL, nspowner, n.oid, coalesce(nspacl, acldefault('n', nspowner))
    FROM pg_namespace n JOIN spaces USING (oid)
    UNION ALL
    SELECT 'DATABASE', quote_ident(datname), NULL, datdba, oid, coalesce(datacl, acldefault('d', datdba))
    FROM pg_database WHERE datname = current_database()
)
SELECT kind, object, part, pg_get_userbyid(owner), coalesce(roles.rolname, 'PUBLIC'), a.privilege_type
FROM things CROSS JOIN aclexplode(acl) a LEFT JOIN roles ON roles.oid = a.grantee
WHERE a.grantee <> owner AND (a.grantee = 0 OR roles.oid IS NOT NULL)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = things.oid AND d.deptype = 'e')

-- there --
-- Every object of ours, whose, whether nobody needs a right (a partition, reached through its parent; a function that is
-- only a trigger), its columns, and of a sequence the table whose numbers it gives.
WITH spaces AS (
    SELECT oid FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
),
things AS (
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass::text, relowner, relispartition,
        (SELECT array_agg(attname::text) FROM pg_attribute
            WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
        (SELECT t.relname::text FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
            WHERE d.objid = c.oid AND d.deptype = 'a' AND c.relkind = 'S'),
        c.oid
    FROM pg_class c JOIN spaces ON spaces.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'FUNCTION', p.oid::regprocedure::text, proowner, prorettype = 'trigger'::regtype, NULL, NULL, p.oid
    FROM pg_proc p JOIN spaces ON spaces.oid = pronamespace
)
SELECT t.kind, t.object, pg_get_userbyid(t.owner), t.inner_one, t.columns, t.numbers
FROM things AS t (kind, object, owner, inner_one, columns, numbers, oid)
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')

-- owners --
SELECT quote_ident(datname), pg_get_userbyid(datdba),
    (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public')
FROM pg_database WHERE datname = current_database()

-- shut_out --
-- The logins that serve, are there, and may not enter this database.
SELECT current_database(), rolname FROM pg_roles
WHERE rolname = ANY (%(serving)s) AND NOT has_database_privilege(oid, current_database(), 'CONNECT')
ORDER BY 2
