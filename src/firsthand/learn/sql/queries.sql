-- verify --
-- Every link spelled out again from what the rows hold now; the first that does not fit, by its place.
SELECT count(*), min(place) FILTER (WHERE broken), max(number), (array_agg(hash ORDER BY place DESC))[1]
FROM (
    SELECT place, number, hash,
           number <> place
           OR previous <> coalesce(before, sha256('Firsthand'))
           OR (taken_out_at IS NULL AND digest <> sha256(convert_to(words, 'UTF8')))
           OR hash <> sha256(previous || digest || convert_to(
               '/' || seen_by_id || '/' || trunc(extract(epoch FROM seen_at) * 1000000)::bigint, 'UTF8')) AS broken
    FROM (
        SELECT number, words, seen_by_id, seen_at, taken_out_at, digest, previous, hash,
            row_number() OVER chain AS place, lag(hash) OVER chain AS before
        FROM learn_observation WINDOW chain AS (ORDER BY number)
    ) AS links
) AS checked
