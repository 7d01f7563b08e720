"""What goes for good, by the commands: retention, export, and a person who wants to be forgotten."""

import contextlib
import json
import mailbox
import sqlite3
import unittest

import letters
from desk import ALICE, BOB, SUPPORT, DeskTest

SECRET = "the gate code is 4711"


class Removal(DeskTest):
    def setUp(self):
        self.desk = self.make_desk()
        self.desk.start()
        self.desk.send(letters.letter(ALICE, SUPPORT, "projector", text=f"It is dark, and {SECRET}.\n",
                                      attachments=[("scan.pdf", "application/pdf", SECRET.encode() * 500)]))
        self.desk.send(letters.letter(BOB, SUPPORT, "keyboard", text="A key is missing.\n"))
        self.settle(2)

    def command(self, *arguments, status=0):
        done = self.desk.gateway.run(*arguments)
        self.assertEqual(status, done.returncode, done.stderr.decode())
        return done.stdout.decode()

    def number_of(self, subject):
        return next(ticket["id"] for ticket in self.desk.tickets() if ticket["subject"] == subject)

    def stored(self, text):
        """Whether any file of the database still holds these bytes."""
        return any(text.encode() in path.read_bytes() for path in self.desk.gateway.database.parent.glob("bellhop.db*"))

    def test_exports_a_ticket_whole_beside_the_daemon(self):
        folder = self.desk.folder / "out"
        number = self.number_of("projector")
        self.command("export", "--to", folder, number)
        self.assertEqual({f"{number}.json", f"{number}.mbox"}, {path.name for path in folder.iterdir()})
        ticket = json.loads((folder / f"{number}.json").read_text())
        self.assertIn(SECRET, ticket["messages"][0]["text"])
        with contextlib.closing(mailbox.mbox(folder / f"{number}.mbox")) as box:
            mail = next(iter(box))
        self.assertEqual("projector", mail["Subject"])
        attachments = [part for part in mail.walk() if part.get_filename() == "scan.pdf"]
        self.assertEqual(SECRET.encode() * 500, attachments[0].get_payload(decode=True))
        self.assertEqual(0o600, (folder / f"{number}.json").stat().st_mode & 0o777)
        self.command("export", "--to", self.desk.folder / "all", "--all")
        self.assertEqual(4, len(list((self.desk.folder / "all").iterdir())))

    def test_erases_a_person_and_nobody_else(self):
        number, others = self.number_of("projector"), self.number_of("keyboard")
        self.command("erase", ALICE, status=75)  # the daemon runs
        self.desk.gateway.stop()
        planned = json.loads(self.command("erase", "--dry-run", ALICE))
        self.assertEqual([number], planned["tickets_removed"])
        self.assertTrue(self.stored("projector"))
        receipt = json.loads(self.command("erase", ALICE))
        self.assertEqual([number], receipt["tickets_removed"])
        self.assertNotIn(ALICE, json.dumps(receipt))
        self.assertEqual([others], [ticket["id"] for ticket in self.desk.tickets()])
        self.assertEqual([], json.loads(self.command("erase", ALICE))["tickets_removed"])
        self.command("check", "--thorough")
        # The daemon goes on: the mail is not taken a second time, and numbers are not given twice.
        self.desk.gateway.start()
        self.desk.send(letters.letter(ALICE, SUPPORT, "again"))
        self.desk.wait_for_outcomes(3)
        self.assertEqual({"keyboard", "again"}, {ticket["subject"] for ticket in self.desk.tickets()})
        self.assertNotIn(number, [ticket["id"] for ticket in self.desk.tickets()])
        self.assertEqual(3, len(self.desk.ledger()))

    def test_retention_shows_what_is_too_old_and_changes_nothing(self):
        number = self.number_of("projector")
        self.assertIn("everything is kept", self.command("retention"))
        self.desk.gateway.stop()
        self.desk.settings["retention"] = {"closed_tickets": "365d", "quarantine": "90d"}
        self.desk.configure()
        with sqlite3.connect(self.desk.gateway.database) as database:
            database.execute("UPDATE tickets SET status = 'closed', opened_at = opened_at - 400 * 86400 WHERE id = ?",
                             (number,))
            database.execute("UPDATE events SET dated_at = dated_at - 400 * 86400 WHERE ticket = ?", (number,))
        self.assertIn("1 closed tickets", self.command("retention"))
        self.assertEqual({"tickets": 1, "quarantined": 0}, json.loads(self.command("--json", "retention")))
        self.assertEqual(2, len(self.desk.tickets()))


if __name__ == "__main__":
    unittest.main()
