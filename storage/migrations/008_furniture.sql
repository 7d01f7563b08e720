-- What a mail's text was parted into when it came: a JSON array of "KIND SIZE", sizes in bytes of
-- `text`. Empty: all of it was kept, or nobody has noted it.
ALTER TABLE messages ADD COLUMN pieces TEXT NOT NULL DEFAULT '[]';
-- 1: a logo that stands in many mails of its domain.
ALTER TABLE attachments ADD COLUMN is_furniture INTEGER NOT NULL DEFAULT 0
    CHECK (is_furniture IN (0, 1));

-- Paragraphs and images that came back in mails of one domain. Of a paragraph its fingerprint alone
-- is kept, of the people who sent it 16 bits of a digest each.
CREATE TABLE learnt_furniture (
    id            INTEGER PRIMARY KEY,
    domain        TEXT NOT NULL,
    print         INTEGER NOT NULL,  -- of a paragraph
    words         INTEGER NOT NULL,  -- of a paragraph; 0: an image
    image         TEXT NOT NULL,     -- SHA-256 in hexadecimal; empty: a paragraph
    in_place      INTEGER NOT NULL,  -- mails in which it stood below a name, or above a greeting
    worded        INTEGER NOT NULL,  -- ... at the end, with words of the law in it
    bare          INTEGER NOT NULL,  -- ... at the end
    people        TEXT NOT NULL,     -- JSON array
    last_ticket   INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX learnt_furniture_domain ON learnt_furniture (domain);
CREATE INDEX learnt_furniture_seen ON learnt_furniture (last_seen_at);
