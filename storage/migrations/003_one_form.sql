-- 001 was changed in place while it was young: databases of version 1 exist in four forms. Here they
-- become one. No migration is changed any more once it has landed.

CREATE TABLE IF NOT EXISTS search_queue (
    message INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE
) STRICT;

INSERT INTO message_search (message_search, rank) VALUES ('automerge', 8);

CREATE TABLE settled_cursors (
    mailbox          INTEGER PRIMARY KEY REFERENCES mailboxes,
    uidvalidity      INTEGER NOT NULL,
    next_uid         INTEGER NOT NULL,
    polled_at        INTEGER NOT NULL,
    first_start_at   INTEGER,
    renumbered_below INTEGER NOT NULL
) STRICT;
-- The last two names mean the table's columns where it has them, otherwise those of `missing`.
INSERT INTO settled_cursors
SELECT old.mailbox, old.uidvalidity, old.next_uid, old.polled_at,
       (SELECT first_start_at FROM (SELECT * FROM mailbox_cursors WHERE mailbox = old.mailbox)),
       (SELECT renumbered_below FROM (SELECT * FROM mailbox_cursors WHERE mailbox = old.mailbox))
  FROM mailbox_cursors AS old, (SELECT NULL AS first_start_at, 0 AS renumbered_below) AS missing;
DROP TABLE mailbox_cursors;
ALTER TABLE settled_cursors RENAME TO mailbox_cursors;
