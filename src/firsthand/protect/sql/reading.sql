-- log_read --
SELECT protect_log_read(
    %(actor)s::bigint, %(role)s, %(member)s::bigint, %(contact)s::bigint, %(break_glass)s::bigint,
    %(request)s::bigint, %(what)s, %(why)s, %(purposes)s::text[]
)
