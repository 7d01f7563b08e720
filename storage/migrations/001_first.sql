-- Everything that the gateway must not forget. Times are seconds since 1970 in UTC, in columns
-- that end in _at. Texts are UTF-8; lists and pairs of texts are JSON.

-- Bytes under the hash of their content. A mail that carries attachments is kept without their
-- base64 text: `bytes` is what is left, blob_slices says what goes where. `size` is the size of the
-- whole. Rows are only ever deleted in sets (retention), so nothing that refers to a blob carries
-- an index for it.
CREATE TABLE blobs (
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    size   INTEGER NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;

-- At `position` of the whole stand the bytes of `part`, in base64, in lines of `line_length`
-- characters that end in `line_end`.
CREATE TABLE blob_slices (
    blob        INTEGER NOT NULL REFERENCES blobs ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    part        INTEGER NOT NULL REFERENCES blobs,
    line_length INTEGER NOT NULL CHECK (line_length BETWEEN 4 AND 1000),
    line_end    TEXT NOT NULL,
    PRIMARY KEY (blob, position)
) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: a number once given is never given again, even where the ticket was erased.
CREATE TABLE tickets (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    subject           TEXT NOT NULL,
    requester_name    TEXT NOT NULL,
    requester_address TEXT NOT NULL,
    status            TEXT NOT NULL,
    priority          TEXT NOT NULL,
    team              TEXT NOT NULL,
    assignee          TEXT NOT NULL,
    school            TEXT NOT NULL,
    category          TEXT NOT NULL,
    tags              TEXT NOT NULL,  -- JSON array
    restricted        INTEGER NOT NULL CHECK (restricted IN (0, 1)),
    mailbox           TEXT NOT NULL,
    opened_at         INTEGER NOT NULL,
    cycle             INTEGER NOT NULL,
    reopened          INTEGER NOT NULL,
    participants      TEXT NOT NULL   -- JSON array
) STRICT;
CREATE INDEX tickets_status ON tickets (status);
CREATE INDEX tickets_opened ON tickets (opened_at);
-- The few that are worked on among the many that are done.
CREATE INDEX tickets_unfinished ON tickets (id) WHERE status NOT IN ('resolved', 'closed');

CREATE TABLE messages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket       INTEGER NOT NULL REFERENCES tickets ON DELETE CASCADE,
    direction    TEXT NOT NULL,
    dated_at     INTEGER NOT NULL,
    from_name    TEXT NOT NULL,
    from_address TEXT NOT NULL,
    recipients   TEXT NOT NULL,  -- JSON array
    message_id   TEXT NOT NULL,
    subject      TEXT NOT NULL,
    text         TEXT NOT NULL,
    reply_length INTEGER,        -- in bytes, where the new text is the beginning of `text`
    reply_text   TEXT,           -- where it is not
    html         INTEGER REFERENCES blobs,
    raw          INTEGER REFERENCES blobs,
    kind         TEXT NOT NULL,
    evidence     TEXT NOT NULL,  -- JSON object: signal to grade
    defects      TEXT NOT NULL,  -- JSON object: code to text
    CHECK ((reply_length IS NULL) <> (reply_text IS NULL))
) STRICT;
CREATE INDEX messages_ticket ON messages (ticket, dated_at);
CREATE INDEX messages_dated ON messages (dated_at);
CREATE INDEX messages_message_id ON messages (message_id) WHERE message_id <> '';

CREATE TABLE attachments (
    message      INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    filename     TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size         INTEGER NOT NULL,
    blob         INTEGER NOT NULL REFERENCES blobs,
    disposition  TEXT NOT NULL,
    content_id   TEXT NOT NULL,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

-- What the search index reads: bounded, and free of the two characters that mark a found word.
CREATE VIEW message_texts AS
SELECT id,
       replace(replace(subject, char(2), ' '), char(3), ' ') AS subject,
       replace(replace(substr(text, 1, 65536), char(2), ' '), char(3), ' ') AS text
  FROM messages;

-- The text stands in `messages` only. No sizes: results are ordered by age, not by rank.
CREATE VIRTUAL TABLE message_search USING fts5(
    subject, text,
    content = 'message_texts', content_rowid = 'id', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);
-- Merging more segments at a time saves a fifth of the work of indexing.
INSERT INTO message_search (message_search, rank) VALUES ('automerge', 8);

-- Messages that wait for the index: empty between two commits.
CREATE TABLE search_queue (
    message INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE
) STRICT;

-- Append-only: what happened to a ticket, by whom and why.
CREATE TABLE events (
    id       INTEGER PRIMARY KEY,
    ticket   INTEGER NOT NULL REFERENCES tickets ON DELETE CASCADE,
    dated_at INTEGER NOT NULL,
    type     TEXT NOT NULL,
    actor    TEXT NOT NULL,
    detail   TEXT NOT NULL,
    fields   TEXT NOT NULL  -- JSON object
) STRICT;
CREATE INDEX events_ticket ON events (ticket);

CREATE TABLE ticket_links (
    ticket INTEGER NOT NULL REFERENCES tickets ON DELETE CASCADE,
    other  INTEGER NOT NULL REFERENCES tickets ON DELETE CASCADE,
    kind   TEXT NOT NULL,
    PRIMARY KEY (ticket, other, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_links_other ON ticket_links (other);

-- What waits for an instant: targets, warnings, reminders, automatic resolution.
CREATE TABLE timers (
    ticket INTEGER NOT NULL REFERENCES tickets ON DELETE CASCADE,
    kind   TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (ticket, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due_at);

CREATE TABLE mailboxes (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE mailbox_cursors (
    mailbox          INTEGER PRIMARY KEY REFERENCES mailboxes,
    uidvalidity      INTEGER NOT NULL,
    next_uid         INTEGER NOT NULL,
    polled_at        INTEGER NOT NULL,
    first_start_at   INTEGER,
    renumbered_below INTEGER NOT NULL
) STRICT;

-- One row for each mail that a mailbox has ever shown: its one outcome. `ticket` and `message` are
-- no foreign keys: the ledger outlives what it speaks of, and their numbers are never used again.
CREATE TABLE ledger (
    mailbox     INTEGER NOT NULL REFERENCES mailboxes,
    uidvalidity INTEGER NOT NULL,
    uid         INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    ticket      INTEGER,
    message     INTEGER,
    message_id  TEXT NOT NULL,
    content_key TEXT NOT NULL,
    decided_at  INTEGER NOT NULL,
    processed   INTEGER NOT NULL CHECK (processed IN (0, 1)),
    PRIMARY KEY (mailbox, uidvalidity, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_content ON ledger (content_key, decided_at)
    WHERE content_key <> '' AND outcome <> 'duplicate';
CREATE INDEX ledger_unprocessed ON ledger (mailbox, uidvalidity, uid) WHERE processed = 0;

-- Counted and committed before a mail is read; gone when it has an outcome.
CREATE TABLE intake_attempts (
    mailbox     INTEGER NOT NULL REFERENCES mailboxes,
    uidvalidity INTEGER NOT NULL,
    uid         INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    PRIMARY KEY (mailbox, uidvalidity, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket          INTEGER REFERENCES tickets ON DELETE CASCADE,
    kind            TEXT NOT NULL,
    unique_key      TEXT UNIQUE,  -- NULL: no limit
    message_id      TEXT NOT NULL,
    envelope_sender TEXT NOT NULL,
    recipient       TEXT NOT NULL COLLATE NOCASE,
    bytes           INTEGER NOT NULL REFERENCES blobs,
    automatic       INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    created_at      INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    state           TEXT NOT NULL,
    attempts        INTEGER NOT NULL,
    last_reply      TEXT NOT NULL,
    sent_at         INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'queued';
CREATE INDEX outbox_unsent ON outbox (state) WHERE state <> 'sent';
CREATE INDEX outbox_ticket ON outbox (ticket);
CREATE INDEX outbox_message_id ON outbox (message_id);
CREATE INDEX outbox_automatic ON outbox (recipient, created_at) WHERE automatic = 1;

CREATE TABLE quarantine (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    mailbox        INTEGER NOT NULL REFERENCES mailboxes,
    uidvalidity    INTEGER NOT NULL,
    uid            INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    raw            INTEGER REFERENCES blobs,
    size           INTEGER NOT NULL,
    quarantined_at INTEGER NOT NULL,
    released_at    INTEGER
) STRICT;
CREATE INDEX quarantine_waiting ON quarantine (id) WHERE released_at IS NULL;
