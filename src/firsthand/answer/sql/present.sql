-- present --
-- Who could be offered a contact now, by language: somebody with two languages counts in both, robots in none.
-- A row for each language, by the index on the ready seats.
SELECT language, count(*)
FROM answer_seat seat, unnest(seat.languages) AS language
WHERE seat.state = 'ready' AND NOT seat.synthetic AND seat.fit_until > now()
GROUP BY language
