-- spend --
-- One statement, so that ten at once are counted as ten. The window starts anew with the first try after its end.
INSERT INTO people_allowance AS had (key, since, spent) VALUES (%(key)s, clock_timestamp(), 1)
ON CONFLICT (key) DO UPDATE SET
    spent = CASE WHEN had.since < clock_timestamp() - make_interval(secs => %(seconds)s) THEN 1 ELSE had.spent + 1 END,
    since = CASE WHEN had.since < clock_timestamp() - make_interval(secs => %(seconds)s) THEN clock_timestamp() ELSE had.since END
RETURNING spent

-- forget_allowances --
DELETE FROM people_allowance WHERE since < clock_timestamp() - interval '1 day'

-- publish_secrecy --
INSERT INTO people_secrecytext (version, digest) VALUES (%(version)s, %(digest)s)
