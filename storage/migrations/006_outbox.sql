-- What a mail says of time may be past when it is sent at last. `composed_at` is the instant that it
-- speaks from, `until_at` the one after which it has no point any more. `letter` is what it can be
-- composed of anew (JSON pairs; empty: it is sent as it stands), which must not happen once a server
-- may have seen its bytes (`shown`).
ALTER TABLE outbox ADD COLUMN composed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN until_at INTEGER;
ALTER TABLE outbox ADD COLUMN letter TEXT NOT NULL DEFAULT '{}';
ALTER TABLE outbox ADD COLUMN shown INTEGER NOT NULL DEFAULT 0 CHECK (shown IN (0, 1));
UPDATE outbox SET composed_at = created_at, shown = attempts > 0;

-- What a person has written goes before what the gateway says by itself.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (automatic, next_attempt_at) WHERE state = 'queued';
