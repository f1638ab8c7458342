-- put --
INSERT INTO live_outbox (topic, message) VALUES (%s, %s::jsonb)
