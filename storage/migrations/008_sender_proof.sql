-- What is proved of a mail's author: the level, what he may count as, and why. An empty reason: it
-- was never asked, as of mails from before.
ALTER TABLE messages ADD COLUMN proof TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE messages ADD COLUMN standing TEXT NOT NULL DEFAULT 'himself';
ALTER TABLE messages ADD COLUMN proof_reason TEXT NOT NULL DEFAULT '';
-- Of the mail that names the requester; empty: it was not asked, or the desk has named him.
ALTER TABLE tickets ADD COLUMN requester_proof TEXT NOT NULL DEFAULT '';

-- What was given to senders of late, and what was kept from them: budgets go by it. Rows are
-- removed after some days. `person` is a digest of an address.
CREATE TABLE spendings (
    id          INTEGER PRIMARY KEY,
    what        TEXT NOT NULL,
    spent_at    INTEGER NOT NULL,
    person      TEXT NOT NULL,
    domain      TEXT NOT NULL,
    is_stranger INTEGER NOT NULL CHECK (is_stranger IN (0, 1))
) STRICT;
CREATE INDEX spendings_spent ON spendings (what, spent_at, is_stranger);
CREATE INDEX spendings_person ON spendings (what, person, spent_at, is_stranger);
CREATE INDEX spendings_domain ON spendings (what, domain, spent_at, is_stranger);
CREATE INDEX spendings_age ON spendings (spent_at);
