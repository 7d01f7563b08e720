-- A generation of the database: it begins when the database is made, and at each restore from a backup.
-- What was numbered between the backup and the restore is lost, and only its readers know of it: each
-- generation signs its Message-IDs with a key of its own, so that none is given twice and none of a lost
-- ticket leads to another's. The name is part of that key; empty for what was before generations.
CREATE TABLE generations (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL UNIQUE,
    began_at     INTEGER,  -- NULL for the first
    backed_up_at INTEGER,  -- when the backup was made that it was restored from; NULL for the first
    last_ticket  INTEGER   -- the last one opened in it that is known here; NULL while it lasts
) STRICT;
INSERT INTO generations (name, last_ticket)
SELECT '', seq FROM sqlite_sequence WHERE name = 'tickets' AND seq > 0;
INSERT INTO generations (name) VALUES (lower(hex(randomblob(8))));

-- Mailboxes that have still to be read again after a restore. Nothing is sent before.
CREATE TABLE unread_since_restore (
    mailbox TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
