"""Looks, after whatever has happened, whether anything was lost, doubled or said to the wrong one.

Shares no code with the gateway. It reads a copy of the database, what lies on the IMAP server, and
the SMTP server's own journal, and compares them with what was delivered. The numbers are those of
the invariants that every fault must leave intact:

INV-1  each mail that the server accepted has exactly one outcome, or still waits there untouched
INV-2  each outcome leads to what it says: one ticket and message, or a recorded reason
INV-3  one acknowledgement a ticket; one that came twice is the same mail
INV-4  nothing was moved, flagged or deleted on the server before its commit
INV-5  what waits for an instant belongs to something that exists
INV-6  no automatic mail to a null, own or robot address, or to somebody who has not written
INV-7  every stored byte is what it was, and somebody refers to it
INV-8  no secret in the log or the database
INV-9  nothing counts as moved or flagged that the server shows in its place
INV-10 nothing was moved or flagged whose bytes are not kept
INV-11 no mail is answered automatically by two mails, also where the database was restored in between
"""

import base64
import collections
import dataclasses
import hashlib
import json
import pathlib
import re
import shutil
import sqlite3
import tempfile

# Kinds of mail that the people of the desk get, who take no part in a ticket.
TO_THE_DESK = {"notify", "notice", "digest", "handed_back", "staff_reminder", "reopened_often", "undelivered", "approval"}
ROBOT = re.compile(r"^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|owner-.*|.*-(request|owner|bounces))(\+.*)?@", re.I)
TAKEN = ("ticket", "follow_up", "ignored", "quarantined")


@dataclasses.dataclass
class Evidence:
    database: pathlib.Path
    journal: pathlib.Path  # the SMTP server's
    # {mailbox's name in the configuration: [mail bytes as delivered]}
    delivered: dict
    # {mailbox's name: {folder: [(uid, flags, bytes)]}}; all folders where a mail of it may lie
    on_server: dict
    own_addresses: tuple = ()
    secrets: tuple = ()
    logs: tuple = ()
    everything_taken: bool = True  # the gateway has had the time to take all and to send all
    may_repeat: bool = False  # a fault hit between the server's taking a mail and our record of it
    restored: bool = False  # from a backup: what was sent after it does not stand in the outbox
    removed: tuple = ()  # message-ids that a person has deleted before they could be taken
    inbox: str = "INBOX"
    processed_flag: str = "$BellhopProcessed"


def complaints(evidence):
    """What is wrong, a line each; empty where all invariants hold. The gateway must not run."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy: opening the original would run its recovery, which is the gateway's to show.
        copy = pathlib.Path(folder, "copy.db")
        for suffix in ("", "-wal"):
            source = pathlib.Path(str(evidence.database) + suffix)
            if source.exists():
                shutil.copyfile(source, str(copy) + suffix)
        database = sqlite3.connect(copy)
        database.row_factory = sqlite3.Row
        try:
            return list(_Check(evidence, database).run())
        finally:
            database.close()


def read(path, query):
    """The rows of a query on a database in use; none where there is no database yet."""
    if not path.exists():
        return []
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return [tuple(row) for row in database.execute(query)]
        finally:
            database.close()
    except sqlite3.OperationalError:
        return []  # being made at this moment


def message_id(mail):
    """The Message-ID of mail bytes without brackets, "" where there is none."""
    head = re.split(rb"\r?\n\r?\n", mail, maxsplit=1)[0]
    found = re.search(rb"(?im)^message-id:\s*<([^>\s]+)>", head)
    return found.group(1).decode("utf-8", "replace") if found else ""


class _Check:
    def __init__(self, evidence, database):
        self.evidence = evidence
        self.database = database
        self.ledger = self.rows("SELECT ledger.*, name AS mailbox_name FROM ledger"
                                " JOIN mailboxes ON mailboxes.id = ledger.mailbox")
        self.tickets = {row["id"]: row for row in self.rows("SELECT * FROM tickets")}
        self.messages = {row["id"]: row for row in self.rows("SELECT * FROM messages")}
        self.outbox = self.rows("SELECT * FROM outbox")
        self.accepted = [entry for entry in map(json.loads, evidence.journal.read_text().splitlines())
                         if entry["event"] == "accepted"] if evidence.journal.exists() else []
        self.own = {address.lower() for address in evidence.own_addresses}

    def rows(self, query):
        return self.database.execute(query).fetchall()

    def run(self):
        yield from self.database_is_whole()
        yield from self.one_outcome_for_each_mail()
        yield from self.outcomes_lead_somewhere()
        yield from self.acknowledgements()
        yield from self.nothing_moved_before_its_commit()
        yield from self.nothing_booked_that_the_server_does_not_confirm()
        yield from self.nothing_moved_without_bytes()
        yield from self.timers_belong_to_tickets()
        yield from self.recipients_of_automatic_mail()
        yield from self.blobs_are_what_they_were()
        yield from self.no_secrets()
        yield from self.nobody_answered_twice()

    def database_is_whole(self):
        for (line,) in self.rows("PRAGMA integrity_check"):
            if line != "ok":
                yield f"database: {line}"
        for row in self.rows("PRAGMA foreign_key_check"):
            yield f"database: dangling reference {tuple(row)}"

    # INV-1

    def one_outcome_for_each_mail(self):
        outcomes = collections.Counter(row["message_id"] for row in self.ledger if row["outcome"] in TAKEN)
        quarantined = {row["content_key"] for row in self.ledger if row["outcome"] == "quarantined"}
        waiting = collections.Counter(
            message_id(mail) for folders in self.evidence.on_server.values()
            for uid, flags, mail in folders.get(self.evidence.inbox, []))
        for identity, mails in self.distinct_mails().items():
            count = outcomes[identity]
            if not count and any(hashlib.sha256(mail).hexdigest() in quarantined for mail in mails):
                count = 1  # unread, so that its msg-id is not known
            if count > 1:
                yield f"INV-1: {identity} has {count} outcomes"
            elif count == 0 and identity not in self.evidence.removed:
                if not waiting[identity]:
                    yield f"INV-1: {identity} is lost: no outcome, and not on the server"
                elif self.evidence.everything_taken:
                    yield f"INV-1: {identity} was not taken"

    def distinct_mails(self):
        found = collections.defaultdict(list)
        for mails in self.evidence.delivered.values():
            for mail in mails:
                found[message_id(mail)].append(mail)
        found.pop("", None)
        return found

    # INV-2

    def outcomes_lead_somewhere(self):
        bearers = collections.Counter()
        waiting = {(row["mailbox"], row["uidvalidity"], row["uid"]): row
                   for row in self.rows("SELECT * FROM quarantine")}
        for row in self.ledger:
            where = f"{row['mailbox_name']}/{row['uidvalidity']}/{row['uid']}"
            if row["outcome"] in ("ticket", "follow_up"):
                bearers[row["message"]] += 1
                message = self.messages.get(row["message"])
                if row["ticket"] not in self.tickets:
                    yield f"INV-2: {where} names ticket {row['ticket']}, which does not exist"
                elif message is None or message["ticket"] != row["ticket"]:
                    yield f"INV-2: {where}: message {row['message']} does not stand in ticket {row['ticket']}"
            elif not row["reason"]:
                yield f"INV-2: {where} is {row['outcome']} without a reason"
            key = (row["mailbox"], row["uidvalidity"], row["uid"])
            if row["outcome"] == "quarantined" and not row["unread"] and (key not in waiting or waiting[key]["raw"] is None):
                yield f"INV-2: {where} is quarantined, but its bytes are not kept"
        for identity, message in self.messages.items():
            if message["direction"] == "in" and bearers[identity] != 1:
                yield f"INV-2: message {identity} has {bearers[identity]} ledger rows"
        opened = collections.Counter(row["ticket"] for row in self.ledger if row["outcome"] == "ticket")
        for ticket in self.tickets:
            if opened[ticket] != 1:
                yield f"INV-2: ticket {ticket} was opened by {opened[ticket]} mails"

    # INV-3

    def acknowledgements(self):
        arrived = collections.Counter(entry["message_id"] for entry in self.accepted)
        sizes = collections.defaultdict(set)
        for entry in self.accepted:
            sizes[entry["message_id"]].add(entry["size"])
        per_ticket = collections.Counter(
            row["ticket"] for row in self.outbox if row["kind"] == "acknowledgement")
        for ticket, count in per_ticket.items():
            if count > 1:
                yield f"INV-3: ticket {ticket} has {count} acknowledgements"
        ours = {row["message_id"] for row in self.outbox}
        for row in self.outbox:
            times = arrived[row["message_id"]]
            if row["state"] == "sent" and times == 0:
                yield f"INV-3: outbox {row['id']} counts as sent, but no server has taken it"
            if times > 1 and not self.evidence.may_repeat:
                yield f"INV-3: {row['message_id']} was sent {times} times"
            if times > 1 and len(sizes[row["message_id"]]) > 1:
                yield f"INV-3: {row['message_id']} was sent in different forms"
            if self.evidence.everything_taken and row["state"] in ("queued", "sending"):
                yield f"INV-3: outbox {row['id']} is still {row['state']}"
        for entry in self.accepted:
            if entry["user"] is not None and entry["message_id"] not in ours and not self.evidence.restored:
                yield f"INV-3: {entry['message_id']} was sent, but does not stand in the outbox"
        yield from self.answered_or_explained(per_ticket)

    def answered_or_explained(self, acknowledged):
        withheld = {row["ticket"] for row in self.rows(
            "SELECT ticket FROM events WHERE type IN ('acknowledgement_withheld', 'collected')")}
        oversize = {row["ticket"] for row in self.outbox if row["kind"] == "oversize"}
        for ticket in self.tickets:
            if not acknowledged[ticket] and ticket not in withheld and ticket not in oversize:
                yield f"INV-3: ticket {ticket} has neither an acknowledgement nor a reason for none"

    # INV-4

    def nothing_moved_before_its_commit(self):
        known = collections.defaultdict(set)
        done = set()
        kept = {row["content_key"] for row in self.ledger if row["outcome"] == "quarantined"}
        for row in self.ledger:
            known[row["mailbox_name"]].add(row["message_id"])
            if row["processed"]:
                done.add((row["mailbox_name"], row["uidvalidity"], row["uid"]))
        for mailbox, folders in self.evidence.on_server.items():
            ours = {message_id(mail) for mail in self.evidence.delivered.get(mailbox, [])}
            for folder, mails in folders.items():
                for uid, flags, mail in mails:
                    identity = message_id(mail)
                    marked = folder != self.evidence.inbox or self.evidence.processed_flag.encode() in flags
                    unread = hashlib.sha256(mail).hexdigest() in kept
                    if marked and identity in ours and identity not in known[mailbox] and not unread:
                        yield f"INV-4: {identity} was marked as done in {mailbox} without an outcome"

    # INV-9

    def nothing_booked_that_the_server_does_not_confirm(self):
        # Under the newest UIDVALIDITY: those of earlier ones have become void.
        newest = collections.defaultdict(int)
        for row in self.ledger:
            newest[row["mailbox_name"]] = max(newest[row["mailbox_name"]], row["uidvalidity"])
        for row in self.ledger:
            mailbox = row["mailbox_name"]
            if not row["processed"] or row["uidvalidity"] != newest[mailbox]:
                continue
            for uid, flags, mail in self.evidence.on_server.get(mailbox, {}).get(self.evidence.inbox, []):
                if uid == row["uid"] and message_id(mail) == row["message_id"] and self.evidence.processed_flag.encode() not in flags:
                    yield f"INV-9: {mailbox}/{uid} counts as moved or flagged, and lies in its place"

    # INV-10

    def nothing_moved_without_bytes(self):
        unread = collections.defaultdict(set)
        for row in self.ledger:
            if row["unread"]:
                unread[row["mailbox_name"]].add(row["uid"])
                if row["processed"]:
                    yield f"INV-10: {row['mailbox_name']}/{row['uid']} counts as moved or flagged, unread"
        kept = {message["message_id"] for message in self.messages.values()} | {
            row["message_id"] for row in self.ledger if row["outcome"] in ("duplicate", "ignored")}
        quarantined = {row["content_key"] for row in self.ledger if row["outcome"] == "quarantined"}
        for mailbox, folders in self.evidence.on_server.items():
            ours = {message_id(mail) for mail in self.evidence.delivered.get(mailbox, [])}
            for folder, mails in folders.items():
                for uid, flags, mail in mails:
                    marked = folder != self.evidence.inbox or self.evidence.processed_flag.encode() in flags
                    has_bytes = message_id(mail) in kept or hashlib.sha256(mail).hexdigest() in quarantined
                    if marked and message_id(mail) in ours and not has_bytes:
                        yield f"INV-10: {message_id(mail)} was marked as done in {mailbox}, and its bytes are not kept"

    # INV-5

    def timers_belong_to_tickets(self):
        for row in self.rows("SELECT * FROM timers"):
            if row["ticket"] not in self.tickets:
                yield f"INV-5: a timer of ticket {row['ticket']}, which does not exist"

    # INV-6

    def recipients_of_automatic_mail(self):
        for row in self.outbox:
            if not row["automatic"]:
                continue
            recipient = row["recipient"].lower()
            ticket = self.tickets.get(row["ticket"])
            writers = {message["from_address"].lower() for message in self.messages.values()
                       if message["ticket"] == row["ticket"] and message["direction"] == "in"}
            if not recipient or recipient in self.own or ROBOT.match(recipient):
                yield f"INV-6: outbox {row['id']} goes to <{recipient}>"
            elif row["kind"] in TO_THE_DESK:
                continue
            elif ticket is not None and recipient not in writers | set(json.loads(ticket["participants"])):
                yield f"INV-6: outbox {row['id']} goes to <{recipient}>, who does not take part in {row['ticket']}"
        automatic = {row["message_id"] for row in self.outbox if row["automatic"]}
        for entry in self.accepted:
            if entry["message_id"] in automatic and entry["sender"] != "":
                yield f"INV-6: {entry['message_id']} left with the reverse-path <{entry['sender']}>"

    # INV-7

    def blobs_are_what_they_were(self):
        blobs = {row["id"]: row for row in self.rows("SELECT * FROM blobs")}
        slices = collections.defaultdict(list)
        for row in self.rows("SELECT * FROM blob_slices ORDER BY blob, position"):
            slices[row["blob"]].append(row)
        for identity, blob in blobs.items():
            whole = _whole(blob, slices[identity], blobs)
            if hashlib.sha256(whole).digest() != blob["sha256"] or len(whole) != blob["size"]:
                yield f"INV-7: blob {identity} is not what its hash says"
        used = {row[0] for query in (
            "SELECT raw FROM messages", "SELECT html FROM messages", "SELECT blob FROM attachments",
            "SELECT bytes FROM outbox", "SELECT raw FROM quarantine", "SELECT part FROM blob_slices")
            for row in self.rows(query)}
        for identity in blobs.keys() - used:
            yield f"INV-7: nobody refers to blob {identity}"
        yield from self.mails_are_kept_as_they_came(blobs)

    def mails_are_kept_as_they_came(self, blobs):
        on_server = collections.defaultdict(set)
        for folders in self.evidence.on_server.values():
            for mails in folders.values():
                for _, _, mail in mails:
                    on_server[message_id(mail)].add(hashlib.sha256(mail).digest())
        for message in self.messages.values():
            if message["direction"] != "in" or message["message_id"] not in on_server:
                continue
            raw = blobs.get(message["raw"])
            if raw is None:
                yield f"INV-7: the bytes of message {message['id']} are not kept"
            elif raw["sha256"] not in on_server[message["message_id"]] and not self.is_oversize(message):
                yield f"INV-7: message {message['id']} is kept otherwise than it came"

    def is_oversize(self, message):
        return any(row["ticket"] == message["ticket"] and row["kind"] == "oversize" for row in self.outbox)

    # INV-8

    def no_secrets(self):
        places = [*self.evidence.logs, self.evidence.database, pathlib.Path(f"{self.evidence.database}-wal")]
        for path in places:
            if not path.exists():
                continue
            content = path.read_bytes()
            for secret in self.evidence.secrets:
                for form in (secret.encode(), base64.b64encode(secret.encode()).rstrip(b"=")[:-1]):
                    if form in content:
                        yield f"INV-8: a password stands in {path.name}"

    # INV-11

    def nobody_answered_twice(self):
        answers = collections.defaultdict(set)
        for entry in self.accepted:
            path = self.evidence.journal.parent / f"{entry.get('number', 0):06}.eml"
            if not path.exists():
                continue
            head = re.split(rb"\r?\n\r?\n", path.read_bytes(), maxsplit=1)[0]
            question = re.search(rb"(?im)^in-reply-to:\s*<([^>\s]+)>", head)
            if question and re.search(rb"(?im)^auto-submitted:\s*auto-replied", head):
                for recipient in entry["recipients"]:
                    answers[question.group(1).decode(), recipient].add(entry["message_id"])
        for (question, recipient), mails in answers.items():
            if len(mails) > 1:
                yield f"INV-11: {recipient} was answered {len(mails)} times to {question}"


def _whole(blob, slices, blobs):
    """The bytes of a blob with its attachments put back in."""
    if not slices:
        return blob["bytes"]
    rest = memoryview(blob["bytes"])
    pieces = []
    length = 0
    for row in slices:
        before = row["position"] - length
        pieces.append(bytes(rest[:before]))
        rest = rest[before:]
        encoded = base64.b64encode(blobs[row["part"]]["bytes"]).decode()
        width = row["line_length"]
        text = row["line_end"].join(encoded[at:at + width] for at in range(0, len(encoded), width)).encode()
        pieces.append(text)
        length = row["position"] + len(text)
    pieces.append(bytes(rest))
    return b"".join(pieces)
