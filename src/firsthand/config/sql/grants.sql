-- may --
-- What somebody may do with what is ours: kind, object, column, owner, who, what. Without a list of its own an object has
-- PostgreSQL's default. Owners are left out, and roles that are none of ours; a partition is listed like any table.
WITH ours AS (SELECT datdba AS oid FROM pg_database WHERE datname = current_database()
              UNION SELECT oid FROM pg_roles WHERE rolname = %(keeper)s),
things AS (
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, quote_ident(relname) AS object,
           NULL::name AS part, relowner AS owner,
           coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner)) AS acl
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    UNION ALL
    SELECT 'TABLE', quote_ident(relname), attname, relowner, attacl
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT 'FUNCTION', oid::regprocedure::text, NULL, proowner, coalesce(proacl, acldefault('f', proowner))
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
)
SELECT kind, object, part, pg_get_userbyid(owner), coalesce(r.rolname, 'PUBLIC'), a.privilege_type
FROM things CROSS JOIN aclexplode(acl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE owner IN (SELECT oid FROM ours) AND a.grantee <> owner
    AND (a.grantee = 0 OR r.rolname = ANY (%(roles)s) OR a.grantee IN (SELECT oid FROM ours))
UNION ALL
SELECT 'SCHEMA', 'public', NULL, pg_get_userbyid(nspowner), coalesce(r.rolname, 'PUBLIC'), a.privilege_type
FROM pg_namespace CROSS JOIN aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE nspname = 'public' AND (a.grantee = 0 OR r.rolname = ANY (%(roles)s))
UNION ALL
SELECT 'DATABASE', quote_ident(datname), NULL, pg_get_userbyid(datdba), coalesce(r.rolname, 'PUBLIC'), a.privilege_type
FROM pg_database CROSS JOIN aclexplode(coalesce(datacl, acldefault('d', datdba))) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE datname = current_database() AND a.grantee <> datdba AND (a.grantee = 0 OR r.rolname = ANY (%(roles)s))

-- there --
-- Every object of ours, whose, whether nobody needs a right (a partition, reached through its parent; a function that is
-- only a trigger), its columns, and of a sequence the table whose numbers it gives.
SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, quote_ident(relname), pg_get_userbyid(relowner),
       relispartition,
       (SELECT array_agg(attname::text) FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
       (SELECT t.relname::text FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
        WHERE d.objid = c.oid AND d.deptype = 'a' AND relkind = 'S')
FROM pg_class c
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND (relowner = (SELECT datdba FROM pg_database WHERE datname = current_database())
         OR pg_get_userbyid(relowner) = %(keeper)s)
UNION ALL
SELECT 'FUNCTION', oid::regprocedure::text, pg_get_userbyid(proowner), prorettype = 'trigger'::regtype, NULL, NULL
FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
    AND (proowner = (SELECT datdba FROM pg_database WHERE datname = current_database())
         OR pg_get_userbyid(proowner) = %(keeper)s)

-- owners --
SELECT quote_ident(datname), pg_get_userbyid(datdba),
    (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public')
FROM pg_database WHERE datname = current_database()
