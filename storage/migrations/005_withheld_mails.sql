-- What the server said of a mail when it listed it: a UID that comes back with another date or size
-- names another mail. NULL: not known, as of what `ingest` took.
ALTER TABLE ledger ADD COLUMN internal_at INTEGER;
ALTER TABLE ledger ADD COLUMN listed_size INTEGER;
-- 1: quarantined without its bytes, which only the server has. Never moved nor flagged.
ALTER TABLE ledger ADD COLUMN unread INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1));
UPDATE ledger SET unread = 1, content_key = '' WHERE outcome = 'quarantined' AND
    (mailbox, uidvalidity, uid) IN (SELECT mailbox, uidvalidity, uid FROM quarantine WHERE size = 0);
DROP INDEX ledger_unprocessed;
CREATE INDEX ledger_unprocessed ON ledger (mailbox, uidvalidity, uid)
    WHERE processed = 0 AND unread = 0;

-- The UID that was next when the mailbox was first looked into: what lies below was there before.
-- NULL: a mailbox of which only the date of that is known.
ALTER TABLE mailbox_cursors ADD COLUMN first_uid INTEGER;

-- Mails that the server lists and has not handed over: what is remembered of the times it was asked.
-- A row goes when the mail is taken, or is no longer there.
CREATE TABLE withheld_mails (
    mailbox         INTEGER NOT NULL REFERENCES mailboxes,
    uidvalidity     INTEGER NOT NULL,
    uid             INTEGER NOT NULL,
    setbacks        INTEGER NOT NULL,
    losses          INTEGER NOT NULL,
    sessions        INTEGER NOT NULL,
    first_alone_at  INTEGER,
    last_session_at INTEGER,
    last_alone_at   INTEGER,
    others_came     INTEGER NOT NULL CHECK (others_came IN (0, 1)),
    since_at        INTEGER NOT NULL,
    ask_at          INTEGER NOT NULL,
    words           TEXT NOT NULL,
    doubtful_digest TEXT NOT NULL,
    given_up        INTEGER NOT NULL CHECK (given_up IN (0, 1)),
    PRIMARY KEY (mailbox, uidvalidity, uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX quarantine_mail ON quarantine (mailbox, uidvalidity, uid) WHERE released_at IS NULL;
