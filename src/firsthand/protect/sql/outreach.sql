-- may_call --
SELECT s.scope, may.why_not, may.basis, may.consent_id
FROM unnest(%(scopes)s::text[]) WITH ORDINALITY AS s (scope, n)
CROSS JOIN LATERAL protect_may_call(%(member)s, s.scope) may
ORDER BY s.n

-- member_numbered --
SELECT protect_member_numbered(%(number)s)

-- digest --
SELECT protect_number_digest(%(number)s)

-- set_rules --
UPDATE protect_outreachrules SET country = %(country)s, zone = %(zone)s
WHERE (country, zone) IS DISTINCT FROM (%(country)s, %(zone)s)

-- is_there --
-- Those who call out cannot look members up; the judge can.
SELECT why_not IS DISTINCT FROM 'no_member' FROM protect_may_call(%(member)s, 'survey')

-- kept_from --
SELECT protect_kept_from(%(person)s, %(member)s)
