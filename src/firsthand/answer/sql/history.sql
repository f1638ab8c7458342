-- set_clock --
-- Until the end of this transaction it is that moment in this room, and from there it goes on; NULL: it is now again.
SELECT set_config('firsthand.clock_offset', coalesce((%(at)s::timestamptz - clock_timestamp())::text, ''), true)
