"""What real relays do besides taking mail: each quirk, and no mail lost or sent twice by it."""

import re
import sqlite3
import unittest

import invariants
import letters
from deadline import wait_until
from desk import ALICE, BOB, SUPPORT, DeskTest

# Of the whole relay, in the words of known ones: (stage, reply).
OF_THE_RELAY = [
    ("connect", "554 5.7.1 Service unavailable; client host blocked"),
    ("auth", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox"),
    ("auth", "454 4.7.0 Temporary authentication failure"),
    ("mail", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
    ("mail", "451 4.7.500 Server busy. Please try again later"),
    ("rcpt", "550 5.7.57 Client not authenticated to send mail."),
    ("rcpt", "550 relay not permitted"),
    ("rcpt", "554 5.7.1 <x@far.test>: Relay access denied"),
    ("dot", "550 5.4.5 Daily user sending limit exceeded."),
    ("dot", "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException"),
    ("dot", "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"),
    ("dot", "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP"),
]
# Replies out of step: (stage, reply), after which no mail may count as sent.
OUT_OF_STEP = [
    ("data", "250 2.0.0 done before the mail"),
    ("data", "354 go on\n250 2.0.0 queued"),
    ("rcpt", "250 2.1.5 ok\n250 2.1.5 ok"),
    ("mail", "250 2.1.0 ok\n250 2.1.0 ok\n250 2.1.0 ok"),
]


class Relay(DeskTest):
    def start(self, **smtp):
        desk = self.make_desk()
        desk.settings["smtp"].update(smtp)
        return desk.start()

    def finish(self, **evidence):
        self.assertEqual(0, self.desk.gateway.stop()[0])
        self.assert_invariants(**evidence)

    def outbox(self, *options):
        return self.desk.gateway.json("outbox", "list", *options)

    def retry(self):
        waiting = [row["id"] for row in self.outbox()]
        if waiting:
            done = self.desk.gateway.run("outbox", "retry", *waiting)
            self.assertEqual(0, done.returncode, done.stderr)

    def promise(self):
        """An answer within four hours, around the clock."""
        (self.desk.gateway.folder / "calendar.toml").write_text(
            'zone = "Europe/London"\notherwise = "always"\n[hours.always]\nmonday_to_sunday = "00:00-24:00"\n')
        (self.desk.gateway.folder / "sla.toml").write_text(
            'default = "P3"\n[priority.P3]\nrespond = "4 hours"\nresolve = "3 business days"\n')

    def connect_anew(self):
        self.desk.smtp.stop()
        self.desk.smtp.start()

    def test_what_concerns_the_relay_ends_no_mail(self):
        desk = self.start()
        for number, (stage, reply) in enumerate(OF_THE_RELAY):
            person = f"person{number}@far.test"
            with self.subTest(reply):
                desk.smtp.on(stage, reply=reply, times=None)
                self.connect_anew()
                desk.send(letters.letter(person, SUPPORT))
                desk.gateway.wait_for_log("outbox_held", number + 1)
                [row] = self.outbox()
                self.assertEqual("queued", row["state"])
                self.assertIn(reply[:20], row["last_reply"])
                desk.smtp.heal()
                self.retry()
                desk.smtp.wait_for_mail(person)
                desk.gateway.wait_for_log("outbox_free", number + 1)
        self.settle(len(OF_THE_RELAY))
        self.assertEqual([], self.outbox("--state", "failed"))
        self.finish()

    def test_the_same_refusal_by_policy_for_two_people_holds_the_outbox(self):
        desk = self.start()
        desk.smtp.on("dot", reply="550 5.7.1 not wanted", times=2)
        desk.put([letters.letter(person, SUPPORT) for person in ("one@far.test", "two@far.test")])
        desk.gateway.wait_for_log("outbox_held")
        self.assertEqual({"queued"}, {row["state"] for row in self.outbox()})
        self.assertIn(b"the relay takes nothing since", desk.gateway.run("outbox", "list").stdout)
        self.retry()
        self.settle(2)
        self.finish()

    def test_replies_out_of_step_are_no_sent_mail(self):
        desk = self.start()
        for number, (stage, reply) in enumerate(OUT_OF_STEP):
            person = f"person{number}@far.test"
            with self.subTest(reply):
                desk.smtp.on(stage, raw=reply, times=None)
                self.connect_anew()
                desk.send(letters.letter(person, SUPPORT))
                wait_until(lambda: any(row["attempts"] and row["state"] == "queued" for row in self.outbox()),
                           lambda: f"a mail put off: {self.outbox()}\n{desk.gateway.tail()}")
                self.assertEqual([], desk.smtp.mails_to(person))
                desk.smtp.heal()
                self.connect_anew()
                self.retry()
                desk.smtp.wait_for_mail(person)
        self.settle(len(OUT_OF_STEP))
        self.finish()

    def test_the_null_sender_refused_alone(self):
        desk = self.start()
        desk.smtp.on("mail", reply="501 5.1.7 Invalid address", sender="^$", times=None)
        desk.put([letters.letter(person, SUPPORT) for person in ("one@far.test", "two@far.test")])
        self.settle(2)
        self.assertEqual({SUPPORT}, {mail.sender for mail in desk.smtp.accepted})
        for mail in desk.smtp.accepted:
            self.assertEqual("auto-replied", mail.message["Auto-Submitted"])
            self.assertEqual("All", mail.message["X-Auto-Response-Suppress"])
        self.assertEqual(1, desk.gateway.log().count("null_sender_refused"))
        self.assertEqual(1, desk.smtp.count("fault"), "it is not asked for each mail")
        self.assertEqual(0, desk.gateway.stop()[0])
        found = [line for line in invariants.complaints(self.desk.evidence()) if "reverse-path" not in line]
        self.assertEqual([], found)

    def test_a_login_that_is_no_longer_offered(self):
        desk = self.start()
        users, desk.smtp.users = desk.smtp.users, {}
        self.connect_anew()
        desk.send(letters.letter(ALICE, SUPPORT))
        desk.gateway.wait_for_log("outbox_held")
        self.assertEqual([], desk.smtp.accepted, "nothing goes out without the login that is configured")
        desk.smtp.users = users
        self.connect_anew()
        self.retry()
        self.settle(1)
        self.finish()

    def test_a_reply_that_is_refused_answers_nobody(self):
        desk = self.start()
        (desk.gateway.folder / "people.toml").write_text(
            '[[technician]]\nname = "Bob"\naddress = "bob@school.test"\n'
            '[[school]]\nname = "Hill"\ndomains = ["school.test"]\n')
        self.promise()
        desk.gateway.reload()
        desk.send(letters.letter(ALICE, SUPPORT))
        desk.smtp.wait_for_mail(ALICE)
        desk.smtp.on("rcpt", reply="550 5.1.1 no such user here", recipient="alice@")
        done = desk.gateway.run("ticket", "reply", 1, "--text", "Try the blue cable.", "--as", "Bob")
        self.assertEqual(0, done.returncode, done.stderr)
        bodies = lambda: [mail.message.get_body(("plain",)).get_content() for mail in desk.smtp.mails_to(BOB)]
        wait_until(lambda: any("550 5.1.1 no such user here" in body for body in bodies()),
                   lambda: f"its writer is told: {bodies()}")
        types = [event["type"] for event in desk.ticket(1)["events"]]
        self.assertIn("reply_failed", types)
        self.assertEqual(1, types.count("undelivered_told"))
        explained = desk.gateway.run("explain", 1).stdout.decode()
        self.assertFalse(re.search(r"response.*\bmet\b", explained), explained)
        # Sent after all, it answers.
        self.retry()
        desk.smtp.wait_for_mail(ALICE, 2)
        self.settle(1)
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_an_automatic_mail_that_is_refused_is_told_to_whoever_is_reached(self):
        desk = self.start()
        (desk.gateway.folder / "people.toml").write_text(
            '[[technician]]\nname = "Bob"\naddress = "bob@school.test"\nteams = ["IT"]\n'
            '[[technician]]\nname = "Cid"\naddress = "cid@far.test"\nteams = ["IT"]\n[[team]]\nname = "IT"\n'
            '[[school]]\nname = "Hill"\ndomains = ["school.test"]\n')
        self.promise()
        desk.gateway.reload()
        desk.smtp.on("rcpt", reply="550 5.1.1 no such user here", recipient="(alice|bob)@", times=None)
        desk.send(letters.letter(ALICE, SUPPORT))
        bodies = lambda: [mail.message.get_body(("plain",)).get_content() for mail in desk.smtp.mails_to("cid@far.test")]
        wait_until(lambda: any("has not reached alice@" in body for body in bodies()),
                   lambda: f"the acknowledgement is told: {bodies()}\n{desk.gateway.tail()}")
        wait_until(lambda: any("has not reached bob@" in body for body in bodies()),
                   lambda: f"the mail to the technician is told to another one: {bodies()}\n{desk.gateway.tail()}")
        wait_until(lambda: not self.outbox("--state", "queued"), "it comes to an end")
        to_bob = [row for row in self.outbox("--state", "failed") if row["recipient"] == "bob@school.test"]
        self.assertLessEqual(len(to_bob), 2, to_bob)
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_an_acknowledgement_that_is_sent_late_promises_nothing_past(self):
        desk = self.start()
        ahead = desk.folder / "ahead"
        ahead.write_text("0")
        desk.gateway.stop()
        self.promise()
        desk.gateway.start(environment={"BELLHOP_CLOCK_AHEAD": str(ahead)})
        desk.smtp.stop()
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: any(row["attempts"] for row in self.outbox()), "an attempt")
        ahead.write_text(str(3 * 86400))
        desk.smtp.start()
        self.retry()
        [mail] = desk.smtp.wait_for_mail(ALICE)
        age = mail.message["Date"].datetime.timestamp() - mail.at
        self.assertGreater(age, 2 * 86400, "composed for the instant at which it went")
        self.settle(1)
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_a_verdict_that_the_database_cannot_take_is_kept(self):
        desk = self.start()
        desk.smtp.on("dot", delay=1.5)
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: desk.smtp.count("fault"), "the mail in the relay's hands")
        shell = sqlite3.connect(desk.gateway.database, isolation_level=None, timeout=10)
        shell.execute("BEGIN IMMEDIATE")
        desk.gateway.wait_for_log("verdicts_kept")
        desk.gateway.wait_for_log("database is locked", 2)
        shell.execute("COMMIT")
        shell.close()
        self.settle(1, patience=40)
        self.assertEqual(1, len(desk.smtp.mails_to(ALICE)))
        self.finish()

    def test_no_more_mails_a_minute_than_the_relay_takes(self):
        desk = self.start(messages_per_minute=3)
        desk.put([letters.letter(f"person{number}@far.test", SUPPORT) for number in range(5)])
        desk.wait_for_tickets(5)
        wait_until(lambda: len(desk.smtp.accepted) == 3, "the first three")
        with self.assertRaises(AssertionError):
            wait_until(lambda: len(desk.smtp.accepted) > 3, "a fourth", patience=3)
        self.finish(everything_taken=False)


if __name__ == "__main__":
    unittest.main()
