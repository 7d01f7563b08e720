-- Who refers to a blob: asked for each blob that a removed ticket leaves, also by the references' own checks.
CREATE INDEX messages_raw ON messages (raw) WHERE raw IS NOT NULL;
CREATE INDEX messages_html ON messages (html) WHERE html IS NOT NULL;
CREATE INDEX attachments_blob ON attachments (blob);
CREATE INDEX outbox_bytes ON outbox (bytes);
CREATE INDEX quarantine_raw ON quarantine (raw) WHERE raw IS NOT NULL;
CREATE INDEX blob_slices_part ON blob_slices (part);
