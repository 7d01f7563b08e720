"""The checker finds what it is for: a sound store passes, and each wound is named."""

import hashlib
import json
import pathlib
import shutil
import sqlite3
import tempfile
import unittest

import invariants
import letters
from gateway import ROOT

ALICE = "alice@school.test"
SUPPORT = "support@desk.test"
ACK = "ack.1@desk.test"


class Invariants(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.mail = letters.letter(ALICE, SUPPORT)
        self.identity = invariants.message_id(self.mail)
        self.database = sqlite3.connect(self.folder / "bellhop.db", isolation_level=None)
        self.addCleanup(self.database.close)
        for path in sorted((ROOT / "storage/migrations").glob("*.sql")):
            self.database.executescript(path.read_text())
        self.evidence = invariants.Evidence(
            database=self.folder / "bellhop.db", journal=self.folder / "journal.jsonl",
            delivered={"support": [self.mail]}, on_server={"support": {"INBOX": [], "Processed": [(1, (), self.mail)]}},
            own_addresses=(SUPPORT,), secrets=("a password",), logs=(self.folder / "log",))
        self.evidence.logs[0].write_text("event=mail_taken\n")
        self.arrivals = [ACK]
        self.fill()

    def fill(self):
        """One mail that became ticket 1, was acknowledged and moved."""
        put = self.put
        put("blobs", id=1, sha256=hashlib.sha256(self.mail).digest(), size=len(self.mail), bytes=self.mail)
        put("blobs", id=2, sha256=hashlib.sha256(b"ack").digest(), size=3, bytes=b"ack")
        put("tickets", id=1, subject="x", requester_name="", requester_address=ALICE, status="open", priority="P3", team="",
            assignee="", school="", category="", tags="[]", restricted=0, mailbox="support", opened_at=1, cycle=1, reopened=0,
            participants=json.dumps([ALICE]))
        put("messages", id=1, ticket=1, direction="in", dated_at=1, from_name="", from_address=ALICE, recipients="[]",
            message_id=self.identity, subject="x", text="", reply_length=0, reply_text=None, html=None, raw=1, kind="human",
            evidence="{}", defects="{}")
        put("mailboxes", id=1, name="support")
        put("ledger", mailbox=1, uidvalidity=1, uid=1, outcome="ticket", reason="", ticket=1, message=1,
            message_id=self.identity, content_key="k", decided_at=1, processed=1)
        put("outbox", id=1, ticket=1, kind="acknowledgement", unique_key="a/1", message_id=ACK, envelope_sender="",
            recipient=ALICE, bytes=2, automatic=1, created_at=1, next_attempt_at=1, expires_at=1, state="sent", attempts=1,
            last_reply="250", sent_at=2)

    def put(self, table, **values):
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self.database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))

    def complaints(self):
        self.evidence.journal.write_text("".join(
            json.dumps({"event": "accepted", "message_id": one, "sender": "", "user": "desk", "size": 3,
                        "recipients": [ALICE], "number": number}) + "\n" for number, one in enumerate(self.arrivals, 1)))
        return "\n".join(invariants.complaints(self.evidence))

    def assert_named(self, number, *statements):
        for statement in statements:
            self.database.execute(statement)
        self.assertIn(f"INV-{number}:", self.complaints())

    def test_a_sound_store_passes(self):
        self.assertEqual("", self.complaints())

    def test_a_mail_answered_by_two(self):
        for number, identity in enumerate(("a@desk.test", "b@desk.test"), 1):
            (self.folder / f"{number:06}.eml").write_text(
                f"Message-ID: <{identity}>\nIn-Reply-To: <q@x>\nAuto-Submitted: auto-replied\n\ntext\n")
        self.arrivals = ["a@desk.test", "b@desk.test"]
        self.evidence.restored = True
        self.assertIn("INV-11:", self.complaints())

    def test_a_lost_mail(self):
        self.evidence.delivered["support"].append(letters.letter(ALICE, SUPPORT))
        self.assert_named(1)

    def test_a_mail_that_was_not_taken(self):
        late = letters.letter(ALICE, SUPPORT)
        self.evidence.delivered["support"].append(late)
        self.evidence.on_server["support"]["INBOX"].append((2, (), late))
        self.assert_named(1)
        self.evidence.everything_taken = False
        self.assertEqual("", self.complaints())

    def test_a_mail_with_two_outcomes(self):
        self.assert_named(1, "INSERT INTO ledger SELECT mailbox, 2, uid, outcome, reason, ticket, message, message_id,"
                             " content_key, decided_at, processed, NULL, NULL, 0 FROM ledger")

    def test_an_outcome_that_leads_nowhere(self):
        self.assert_named(2, "PRAGMA foreign_keys = OFF", "UPDATE ledger SET ticket = 7")

    def test_a_message_that_nobody_accounts_for(self):
        self.assert_named(2, "UPDATE ledger SET outcome = 'ignored', reason = 'x'")

    def test_an_outcome_without_a_reason(self):
        self.assert_named(2, "INSERT INTO ledger VALUES (1, 1, 2, 'ignored', '', NULL, NULL, '', '', 1, 1, NULL, NULL, 0)")

    def test_a_quarantined_mail_without_its_bytes(self):
        self.assert_named(2, "INSERT INTO ledger VALUES (1, 1, 2, 'quarantined', 'x', NULL, NULL, '', '', 1, 1, NULL, NULL, 0)")

    def test_a_mail_that_only_we_have_moved(self):
        self.evidence.on_server["support"] = {"INBOX": [(1, (), self.mail)]}
        self.assert_named(9)

    def test_a_mail_moved_without_its_bytes(self):
        self.assert_named(10, "UPDATE ledger SET unread = 1")

    def test_a_mail_whose_bytes_nobody_has(self):
        self.assert_named(10, "DELETE FROM ledger", "DELETE FROM messages")

    def test_an_acknowledgement_sent_twice(self):
        self.arrivals *= 2
        self.assert_named(3)
        self.evidence.may_repeat = True
        self.assertEqual("", self.complaints())

    def test_an_acknowledgement_that_no_server_has_taken(self):
        self.arrivals.clear()
        self.assert_named(3)

    def test_a_mail_that_the_outbox_does_not_know(self):
        self.arrivals.append("other@desk.test")
        self.assert_named(3)

    def test_a_second_acknowledgement_under_another_message_id(self):
        self.arrivals.append("ack.2@desk.test")
        self.assert_named(3, "INSERT INTO outbox SELECT 2, ticket, kind, 'a/2', 'ack.2@desk.test', envelope_sender, recipient,"
                             " bytes, automatic, created_at, next_attempt_at, expires_at, state, attempts, last_reply, sent_at,"
                             " composed_at, until_at, letter, shown"
                             " FROM outbox")

    def test_a_ticket_with_neither_an_acknowledgement_nor_a_reason(self):
        self.arrivals.clear()
        self.assert_named(3, "DELETE FROM outbox", "DELETE FROM blobs WHERE id = 2")

    def test_a_mail_that_waits_for_ever(self):
        self.assert_named(3, "UPDATE outbox SET state = 'queued'")

    def test_a_mail_that_was_moved_too_early(self):
        early = letters.letter(ALICE, SUPPORT)
        self.evidence.everything_taken = False
        self.evidence.delivered["support"].append(early)
        self.evidence.on_server["support"]["Processed"].append((2, (), early))
        self.assert_named(4)

    def test_a_mail_that_was_flagged_too_early(self):
        early = letters.letter(ALICE, SUPPORT)
        self.evidence.everything_taken = False
        self.evidence.delivered["support"].append(early)
        self.evidence.on_server["support"]["INBOX"].append((2, (b"$BellhopProcessed",), early))
        self.assert_named(4)

    def test_an_answer_to_a_robot_or_to_the_desk_itself(self):
        for recipient in ("noreply@school.test", SUPPORT, "", "mallory@elsewhere.test"):
            with self.subTest(recipient):
                self.assert_named(6, f"UPDATE outbox SET recipient = '{recipient}'")

    def test_bytes_that_are_not_what_they_were(self):
        self.assert_named(7, "UPDATE blobs SET bytes = CAST('acK' AS BLOB) WHERE id = 2")

    def test_a_blob_that_nobody_refers_to(self):
        self.put("blobs", id=3, sha256=hashlib.sha256(b"x").digest(), size=1, bytes=b"x")
        self.assert_named(7)

    def test_a_mail_kept_otherwise_than_it_came(self):
        self.evidence.on_server["support"]["Processed"] = [(1, (), self.mail + b"more\r\n")]
        self.assert_named(7)

    def test_a_mail_put_together_again_from_its_attachment(self):
        data = bytes(range(200))
        self.mail = letters.letter(ALICE, SUPPORT, attachments=[("a.bin", "application/octet-stream", data)],
                                   message_id=f"<{self.identity}>")
        self.evidence.delivered["support"] = [self.mail]
        self.evidence.on_server["support"]["Processed"] = [(1, (), self.mail)]
        start = self.mail.index(b"AAECAwQF")
        end = self.mail.index(b"\r\n\r\n--", start) if b"\r\n\r\n--" in self.mail[start:] else self.mail.index(b"\r\n--", start)
        self.database.execute("UPDATE blobs SET sha256 = ?, size = ?, bytes = ? WHERE id = 1", (
            hashlib.sha256(self.mail).digest(), len(self.mail), self.mail[:start] + self.mail[end:]))
        self.put("blobs", id=3, sha256=hashlib.sha256(data).digest(), size=len(data), bytes=data)
        self.put("blob_slices", blob=1, position=start, part=3, line_length=76, line_end="\r\n")
        self.assertEqual("", self.complaints())
        self.assert_named(7, "UPDATE blob_slices SET line_length = 72")

    def test_a_password_in_the_log(self):
        self.evidence.logs[0].write_text("event=login password='a password'\n")
        self.assert_named(8)

    def test_a_damaged_database(self):
        self.database.execute("PRAGMA foreign_keys = OFF")
        self.database.execute("DELETE FROM tickets")
        self.assertIn("database: dangling reference", self.complaints())


if __name__ == "__main__":
    unittest.main()
