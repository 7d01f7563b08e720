-- Single things that must be remembered, by name: the digest of the hours that the timers were
-- reckoned with.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
