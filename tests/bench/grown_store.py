"""A database that a desk has filled for years, made with SQL in one go."""

import sqlite3
import time

# Words of a desk, so that the full-text index has lists of the lengths that it has at a desk.
WORDS = ("printer projector room laptop password login screen board network wireless email account tablet charger keyboard"
         " teacher pupil class lesson morning please help thanks again still dark slow broken lost new old urgent").split()
STEPS = (
    # The mails of a ticket differ by two numbers and by the words that they turn by.
    """INSERT INTO tickets (id, subject, requester_name, requester_address, status, priority, team, assignee, school,
           category, tags, restricted, mailbox, opened_at, cycle, reopened, participants)
       SELECT n, word(n) || ' ' || n, 'Ann', 'person' || n % 2000 || '@hill.test', iif(n % 100, 'closed', 'open'), 'P3', '',
           '', '', '', '[]', 0, 'support', :now - (:tickets - n) * 60, 1, 0, '["person' || n % 2000 || '@hill.test"]'
       FROM numbers""",
    """INSERT INTO messages (id, ticket, direction, dated_at, from_name, from_address, recipients, message_id, subject,
           text, reply_length, reply_text, kind, evidence, defects)
       SELECT id, id, 'in', opened_at, 'Ann', requester_address, '[]', 'old' || id || '@hill.test', subject, text(id), 0,
           NULL, 'human', '{}', '{}' FROM tickets""",
    """INSERT INTO events (ticket, dated_at, type, actor, detail, fields)
       SELECT id, opened_at + step, iif(step, 'status', 'created'), 'gateway', '', '{}'
       FROM tickets, (SELECT 0 AS step UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5)""",
    "INSERT INTO mailboxes (id, name) VALUES (1000, 'years ago')",
    """INSERT INTO ledger (mailbox, uidvalidity, uid, outcome, reason, ticket, message, message_id, content_key, decided_at,
           processed)
       SELECT 1000, 1, id, 'ticket', '', id, id, 'old' || id || '@hill.test', hex(id * 2654435761 % 4294967296) || id,
           opened_at, 1 FROM tickets""",
    "INSERT INTO message_search (message_search) VALUES ('rebuild')",
)


def word(number):
    return WORDS[number * 7 % len(WORDS)]


def text(number):
    return " ".join([WORDS[(number * step + step * step) % len(WORDS)] for step in range(1, 60)] + [f"asset{number}"])


def grow(path, tickets):
    """Fills a new database of bellhop with `tickets` tickets, each with a mail, its log and its place in the ledger."""
    database = sqlite3.connect(path)
    database.create_function("word", 1, word, deterministic=True)
    database.create_function("text", 1, text, deterministic=True)
    database.execute("PRAGMA synchronous = OFF")
    with database:
        database.execute("CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO numbers VALUES (?)", ((n,) for n in range(1, tickets + 1)))
        for step in STEPS:
            database.execute(step, {"tickets": tickets, "now": int(time.time())} if ":" in step else {})
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
