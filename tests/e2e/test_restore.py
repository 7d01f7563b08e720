"""A backup beside the gateway at work, and the way back from it: nothing lost, nothing given twice, nobody answered twice."""

import collections
import os
import random
import time
import unittest

import invariants
import letters
from deadline import wait_until
from desk import ALICE, BOB, SUPPORT, DeskTest


class Restore(DeskTest):
    def setUp(self):
        self.desk = self.make_desk()
        self.desk.settings["mailbox"][0]["first_start"] = "everything"
        self.desk.start()
        self.backup = self.desk.folder / "saved.backup"
        self.count = 0

    def mails(self, count):
        made = []
        for _ in range(count):
            self.count += 1
            made.append(letters.letter(f"person{self.count}@far.test", SUPPORT, f"question {self.count}"))
        return made

    def run_command(self, *arguments):
        done = self.desk.gateway.run(*arguments)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return done.stdout.decode()

    def lose_and_restore(self):
        """The database is gone, and the backup takes its place."""
        for path in self.desk.gateway.database.parent.glob("bellhop.db*"):
            path.unlink()
        self.run_command("restore", self.backup)

    def subjects(self):
        return sorted((ticket["subject"] for ticket in self.desk.tickets()), key=lambda text: int(text.split()[-1]))

    def all_subjects(self):
        return [f"question {number}" for number in range(1, self.count + 1)]

    def assert_each_answered_at_most_once(self):
        answered = collections.Counter(
            recipient for mail in self.desk.smtp.accepted for recipient in mail.recipients)
        self.assertEqual({}, {who: times for who, times in answered.items() if times > 1})

    def test_gives_back_what_came_since_and_answers_nobody_twice(self):
        desk = self.desk
        desk.put(self.mails(5))
        self.settle()
        self.run_command("backup", self.backup)  # the gateway runs on
        desk.put(self.mails(5))
        self.settle()
        numbers_before = {ticket["id"] for ticket in desk.tickets()}
        desk.gateway.kill()
        self.lose_and_restore()
        desk.put(self.mails(2))  # while nobody is there
        desk.gateway.start()
        desk.wait_for_tickets(12)
        self.assertEqual(self.all_subjects(), self.subjects())
        # What comes now is answered, by a number that nobody has had.
        desk.put(self.mails(1))
        desk.smtp.wait_for_mail(f"person{self.count}@far.test")
        desk.wait_for_tickets(13)
        self.settle(13)
        numbers = {ticket["id"] for ticket in desk.tickets()}
        self.assertFalse((numbers - set(range(1, 6))) & numbers_before)
        self.assert_each_answered_at_most_once()
        desk.gateway.stop()
        identities = [(mail.message["Message-ID"], mail.raw) for mail in desk.smtp.accepted]
        self.assertEqual(len(set(identities)), len({identity for identity, _ in identities}))
        found = desk.evidence(restored=True)
        self.assertEqual([], [line for line in invariants.complaints(found) if line.startswith(("INV-1", "INV-11", "database"))])

    def test_an_answer_to_a_lost_ticket_reaches_no_stranger(self):
        desk = self.desk
        desk.send(letters.letter(BOB, SUPPORT, "question 1"))
        self.settle(1)
        self.run_command("backup", self.backup)
        desk.send(letters.letter(ALICE, SUPPORT, "question 2"))
        acknowledgement = desk.answer_to(ALICE)
        lost = acknowledgement["Subject"]
        self.settle(2)
        desk.gateway.kill()
        for path in desk.gateway.database.parent.glob("bellhop.db*"):
            path.unlink()
        # Somebody believes to know that no number was given since: the worst case.
        self.run_command("restore", "--next-ticket", 2, self.backup)
        desk.gateway.start()
        desk.wait_for_tickets(2)
        desk.send(letters.letter("stranger@far.test", SUPPORT, "question 3"))
        desk.wait_for_tickets(3)
        desk.send(letters.reply_to(acknowledgement, ALICE, SUPPORT, "Confidential."))
        wait_until(lambda: len(desk.ledger()) >= 4, lambda: desk.gateway.tail())
        for ticket in desk.tickets():
            texts = [message["text"] for message in desk.ticket(ticket["id"])["messages"]]
            if any("Confidential" in text for text in texts):
                self.assertEqual(ALICE, ticket["requester"]["address"], lost)

    def test_killed_around_the_restore_it_ends_well(self):
        desk = self.desk
        seed = int(os.environ.get("BELLHOP_E2E_SEED", random.SystemRandom().randrange(1 << 30)))
        chance = random.Random(seed)
        with self.subTest(seed=seed):
            desk.put(self.mails(10))
            time.sleep(chance.uniform(0, 1))
            self.run_command("backup", self.backup)
            desk.put(self.mails(20))
            self.settle()
            desk.gateway.kill()
            self.lose_and_restore()
            for _ in range(4):  # dies while it reads again
                desk.gateway.start(wait=False)
                time.sleep(chance.uniform(0.1, 1.0))
                desk.gateway.kill()
            desk.gateway.start()
            desk.wait_for_tickets(30)
            self.assertEqual(self.all_subjects(), self.subjects())
            desk.put(self.mails(1))
            desk.smtp.wait_for_mail(f"person{self.count}@far.test")
            self.assert_each_answered_at_most_once()

    def test_refuses_beside_a_gateway_and_without_a_backup(self):
        self.run_command("backup", self.backup)
        self.assertEqual(75, self.desk.gateway.run("restore", self.backup).returncode)
        self.desk.gateway.stop()
        before = self.desk.gateway.database.read_bytes()
        self.assertEqual(74, self.desk.gateway.run("restore", self.desk.gateway.database).returncode)
        self.assertEqual(before, self.desk.gateway.database.read_bytes())
        self.run_command("restore", self.backup)

    def test_keeps_so_many_backups_in_a_folder(self):
        folder = self.desk.folder / "backups"
        folder.mkdir()
        for day in range(10, 14):
            (folder / f"bellhop-2026-11-{day}T033000Z.backup").touch()
        (folder / "other").touch()
        self.run_command("backup", "--keep", 3, folder)
        names = sorted(path.name for path in folder.iterdir())
        self.assertEqual(["bellhop-2026-11-12T033000Z.backup", "bellhop-2026-11-13T033000Z.backup"], names[:2])
        self.assertEqual("other", names[-1])
        self.assertEqual(4, len(names))


if __name__ == "__main__":
    unittest.main()
