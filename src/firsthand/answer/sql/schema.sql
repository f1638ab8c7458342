CREATE TABLE answer_contactevent (
    contact_id bigint NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL,
    seat_id bigint,
    why text NOT NULL,
    by_id bigint,
    PRIMARY KEY (contact_id, version, at)
) PARTITION BY RANGE (at);
CREATE TABLE answer_contactevent_rest PARTITION OF answer_contactevent DEFAULT;
