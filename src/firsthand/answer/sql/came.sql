-- came --
-- On how many of these half-days people answered: each person once a half-day, robots left out. By the index on
-- connected_at, a range for each half-day.
SELECT count(*) FROM (
    SELECT DISTINCT seat.person_id, span.number
    FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY AS span(starts_at, ends_at, number)
    JOIN answer_contact contact
        ON contact.connected_at >= span.starts_at AND contact.connected_at < span.ends_at AND NOT contact.synthetic
    JOIN answer_seat seat ON seat.id = contact.seat_id
) AS worked
