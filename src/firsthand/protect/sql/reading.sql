-- log_read --
SELECT protect_log_read(
    %(actor)s::bigint, %(role)s, %(member)s::bigint, %(contact)s::bigint, %(break_glass)s::bigint,
    %(request)s::bigint, %(what)s, %(why)s, %(purposes)s::text[]
)

-- who_looked --
SELECT id, at, actor_id, role, member_id, contact_id, break_glass_id, request_id, what, why, purposes
FROM protect_who_looked(%s, %s) ORDER BY id DESC LIMIT %s
