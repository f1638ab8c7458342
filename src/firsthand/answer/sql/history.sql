-- set_clock --
-- Until the end of this transaction it is that moment in this room, and from there it goes on; NULL: it is now again.
SELECT set_config('firsthand.clock_offset', coalesce((%(at)s::timestamptz - clock_timestamp())::text, ''), true)

-- answered --
-- The moves of a contact that somebody answered, each when it was; sent as one, because there are hundreds.
SELECT set_config('firsthand.clock_offset', (%(offered_at)s::timestamptz - clock_timestamp())::text, true);
UPDATE answer_contact SET state = 'offered', seat_id = %(seat)s, offered_at = %(offered_at)s,
    moved_why = 'matched', moved_by_id = NULL
WHERE id = %(contact)s;
SELECT set_config('firsthand.clock_offset', (%(connected_at)s::timestamptz - clock_timestamp())::text, true);
UPDATE answer_contact SET state = 'connected', connected_at = %(connected_at)s, talk_at = %(talk_at)s,
    moved_why = 'taken', moved_by_id = %(person)s
WHERE id = %(contact)s;
SELECT set_config('firsthand.clock_offset', (%(hung_up_at)s::timestamptz - clock_timestamp())::text, true);
UPDATE answer_contact SET state = 'wrap_up', hung_up_at = %(hung_up_at)s, member_id = %(member)s,
    concern_id = %(concern)s, case_id = %(case)s, answered = %(answered)s,
    moved_why = 'caller_hung_up', moved_by_id = NULL
WHERE id = %(contact)s;
SELECT set_config('firsthand.clock_offset', (%(ended_at)s::timestamptz - clock_timestamp())::text, true);
UPDATE answer_contact SET state = 'closed', solved = %(solved)s, closed_at = %(ended_at)s, wake_at = NULL,
    moved_why = 'closed', moved_by_id = %(person)s
WHERE id = %(contact)s;

-- given_up --
SELECT set_config('firsthand.clock_offset', (%(ended_at)s::timestamptz - clock_timestamp())::text, true);
UPDATE answer_contact SET state = 'abandoned', closed_at = %(ended_at)s, wake_at = NULL,
    moved_why = 'gave_up', moved_by_id = NULL
WHERE id = %(contact)s;
