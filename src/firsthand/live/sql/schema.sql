-- What changed, until every web process has read it. `xid` is what readers go by: ids are given before commit, so a row
-- with a lower id may become visible after one with a higher id, and "id > last" would lose it.
CREATE TABLE live_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    message jsonb,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE INDEX live_outbox_xid ON live_outbox (xid);
-- A page that comes back asks for the messages it missed; nudges it makes up for by fetching.
CREATE INDEX live_outbox_messages ON live_outbox (topic, xid) WHERE message IS NOT NULL;

-- Since when some web process has been serving without a gap: one row, kept by every hub.
CREATE TABLE live_serving (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    since timestamptz NOT NULL,
    seen timestamptz NOT NULL
);
INSERT INTO live_serving VALUES (true, '-infinity', '-infinity');
