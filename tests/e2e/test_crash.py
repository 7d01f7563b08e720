"""Killed at every named point of the line, and at random moments, while mail arrives."""

import itertools
import os
import random
import time
import unittest

import invariants
import letters
from deadline import wait_until
from desk import LONG, SUPPORT, DeskTest

# Where daemon/ calls crash_point(), in the order in which a mail comes by; how often it may pass there
# at most before it dies.
POINTS = {
    "in_startup": 1, "after_fetch": 3, "before_parse": 2, "in_parse": 8, "before_commit": 2, "after_commit": 2,
    "after_move": 2, "outbox_claimed": 3, "smtp_after_mail": 6, "smtp_before_dot": 6, "smtp_after_dot": 6,
    "smtp_after_250": 6,
}
MAILS = 2000 if LONG else 150
RANDOM_KILLS = 40 if LONG else 6
KILLED = -9


class Crash(DeskTest):
    def setUp(self):
        # The same kills again: BELLHOP_E2E_SEED=... A failure says which it was.
        self.seed = int(os.environ.get("BELLHOP_E2E_SEED", random.SystemRandom().randrange(1 << 30)))
        self.random = random.Random(self.seed)
        self.numbers = itertools.count()

    def mails(self, count):
        """Each from another address: automatic answers to one are limited. Every third has an attachment."""
        for number in itertools.islice(self.numbers, count):
            attachments = [("scan.pdf", "application/pdf", self.random.randbytes(20_000))] if number % 3 == 0 else []
            yield letters.letter(f"person{number}@far.test", SUPPORT, f"question {number}", attachments=attachments)

    def test_killed_at_every_point_nothing_is_lost_and_nothing_doubled(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["first_start"] = "everything"
        desk.configure()
        with self.subTest(seed=self.seed):
            share = MAILS // (len(POINTS) + RANDOM_KILLS + 1)
            for point, most in POINTS.items():
                self.die_at(point, self.random.randint(1, most), share)
            # Recovery that is itself interrupted.
            self.die_at("in_startup", 1, 1)
            for _ in range(RANDOM_KILLS):
                self.die_at_any_moment(share)
            self.come_to_rest(MAILS - len(desk.delivered["support"]))

    def test_killed_around_backup_and_restore_nothing_is_lost_and_nobody_is_answered_twice(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["first_start"] = "everything"
        desk.configure()
        backup = desk.folder / "saved.backup"
        share = max(5, MAILS // 40)
        with self.subTest(seed=self.seed):
            self.die_at("before_commit", 1, share)
            desk.gateway.start()
            desk.put(list(self.mails(share)))
            time.sleep(self.random.uniform(0, 1))
            self.assertEqual(0, desk.gateway.run("backup", backup).returncode)
            desk.put(list(self.mails(share)))
            time.sleep(self.random.uniform(0, 1))
            desk.gateway.kill()
            self.die_at("smtp_after_250", 2, share)
            for path in desk.gateway.database.parent.glob("bellhop.db*"):
                path.unlink()
            done = desk.gateway.run("restore", backup)
            self.assertEqual(0, done.returncode, done.stderr.decode())
            # It dies while it reads its mailbox again, and in what comes after.
            for point in ("in_startup", "after_fetch", "before_commit", "after_commit", "after_move"):
                self.die_at(point, 1, 2, restored=True)
            for _ in range(4):
                desk.gateway.start(wait=False)
                time.sleep(self.random.uniform(0.1, 0.8))
                desk.gateway.kill()
            desk.gateway.start()
            everybody = len(desk.delivered["support"])
            desk.wait_for_tickets(everybody, patience=120)
            # Who comes now is answered.
            desk.put(list(self.mails(1)))
            desk.smtp.wait_for_mail(f"person{everybody}@far.test")
            subjects = sorted(ticket["subject"] for ticket in desk.tickets())
            self.assertEqual(sorted(f"question {number}" for number in range(everybody + 1)), subjects)
            answers = {}  # the Message-IDs that each has had: the same mail may come twice, another one never
            for mail in desk.smtp.accepted:
                for person in mail.recipients:
                    answers.setdefault(person, set()).add(mail.message["Message-ID"])
            self.assertEqual({}, {person: ids for person, ids in answers.items() if len(ids) > 1})
            self.assertEqual(0, desk.gateway.stop()[0])
            self.assertEqual(0, desk.gateway.run("check", "--thorough").returncode)

    @unittest.skipUnless(LONG, "takes more than a minute: the process must have lived for one")
    def test_an_innocent_mail_that_two_processes_died_over_is_tried_a_third_time(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["first_start"] = "everything"
        desk.configure()
        desk.put(list(self.mails(1)))
        for _ in range(2):
            desk.gateway.start(wait=False, environment={"BELLHOP_CRASH_AT": "in_parse:1"})
            wait_until(lambda: not desk.gateway.is_running(), lambda: desk.gateway.tail())
            self.assertEqual(KILLED, desk.gateway.wait_for_end())
        desk.gateway.start()
        desk.put(list(self.mails(5)))  # nobody behind it waits
        desk.wait_for_tickets(5)
        desk.gateway.wait_for_log("mail_put_off")
        desk.wait_for_tickets(6, patience=120)
        self.settle(6)
        self.assertEqual([], desk.gateway.json("quarantine", "list"))
        self.assert_invariants(may_repeat=True)

    def die_at(self, point, passage, share, restored=False):
        desk = self.desk
        desk.put(list(self.mails(share)))
        desk.gateway.start(wait=False, environment={"BELLHOP_CRASH_AT": f"{point}:{passage}"})
        # A lone mail more where those waiting were too few, or went in one batch.
        fed = time.monotonic()

        def dead():
            nonlocal fed
            if time.monotonic() - fed > 1:
                desk.put(list(self.mails(1)))
                fed = time.monotonic()
            return not desk.gateway.is_running()

        wait_until(dead, lambda: f"death at {point}:{passage}\n{desk.gateway.tail()}")
        self.assertEqual(KILLED, desk.gateway.wait_for_end(), desk.gateway.tail())
        if not restored:
            self.look(f"after {point}:{passage}")

    def die_at_any_moment(self, share):
        desk = self.desk
        desk.put(list(self.mails(share // 2)))
        desk.gateway.start(wait=False)
        moment = time.monotonic() + self.random.uniform(0.02, 1.2)
        while time.monotonic() < moment:
            desk.put(list(self.mails(1)))
        desk.gateway.kill()
        self.look("after a random moment")

    def look(self, when):
        if self.desk.gateway.database.exists():
            found = invariants.complaints(self.desk.evidence(everything_taken=False, may_repeat=True))
            self.assertEqual([], found[:20], when)

    def come_to_rest(self, rest):
        """The gateway is left in peace, and takes all."""
        desk = self.desk
        if rest > 0:
            desk.put(list(self.mails(rest)))
        desk.gateway.start()
        self.settle(len(desk.delivered["support"]), patience=120)
        # A mail that was being read at two deaths is taken for the cause. People let it in again.
        held = desk.gateway.json("quarantine", "list")
        self.assertLess(len(held), 10)
        for one in held:
            self.assertEqual(0, desk.gateway.run("quarantine", "release", one["id"]).returncode)
        desk.wait_for_tickets(len(desk.delivered["support"]))
        self.settle(len(desk.delivered["support"]))
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants(may_repeat=True)
        subjects = sorted(ticket["subject"] for ticket in desk.tickets())
        self.assertEqual(sorted(f"question {number}" for number in range(len(desk.delivered["support"]))), subjects)
        self.assertEqual(0, desk.dovecot.count(SUPPORT))
        reached = {mail.recipients[0] for mail in desk.smtp.accepted}
        self.assertEqual({f"person{number}@far.test" for number in range(len(subjects))}, reached)


if __name__ == "__main__":
    unittest.main()
