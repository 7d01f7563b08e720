"""What time brings, on the real servers: the gateway's clock is set ahead, days pass in seconds."""

import os
import pathlib

import letters
from deadline import wait_until
from desk import ALICE, SUPPORT, DeskTest

DAY = 24 * 3600

CALENDAR = """
zone = "Europe/London"
otherwise = "always"
[hours.always]
monday_to_sunday = "00:00-24:00"
"""

SLA = """
default = "P2"
reopen_window = "3 business days"

[priority.P1]
name = "Major"
respond = "30 minutes"

[priority.P2]
name = "Normal"
respond = "4 hours"
resolve = "10 business days"

[[reminder]]
status = "waiting_customer"
to = "customer"
at_once = true
after = ["2 business days", "4 business days"]
then = "resolve"
then_after = "6 business days"

[[step]]
at = "75%"
tell = ["team"]

[[step]]
at = "breach"
tell = ["team"]
"""

PEOPLE = """
[[school]]
name = "Hill Primary"
domains = ["school.test"]

[[team]]
name = "first line"
address = "bob@school.test"
"""

RULES = """
[default]
priority = "P2"
team = "first line"
"""

BOB = "bob@school.test"


class Time(DeskTest):
    def setUp(self):
        desk = self.make_desk()
        desk.configure()
        for name, text in (("calendar", CALENDAR), ("sla", SLA), ("people", PEOPLE), ("rules", RULES)):
            (desk.gateway.folder / f"{name}.toml").write_text(text)
        self.clock = pathlib.Path(desk.folder) / "clock"
        self.ahead = 0
        self.clock.write_text("0")
        os.environ["BELLHOP_CLOCK_AHEAD"] = str(self.clock)
        self.addCleanup(os.environ.pop, "BELLHOP_CLOCK_AHEAD")
        desk.start()
        desk.send(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT))
        self.acknowledgement = desk.answer_to(ALICE)

    def pass_time(self, seconds):
        self.ahead += seconds
        self.clock.write_text(str(self.ahead))
        self.desk.gateway.reload()  # wakes its workers

    def order(self, *words):
        done = self.desk.gateway.run("ticket", *words, "--as", "Tom")
        self.assertEqual(0, done.returncode, done.stderr)

    def read(self, mail):
        """The text of a mail, having looked at both of its forms."""
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        for form in (text, html, mail["Subject"]):
            self.assertNotIn("{{", form)
        self.assertIn("<html", html)
        self.assertIn("[HELP#1]", mail["Subject"])
        self.assertEqual("auto-generated", mail["Auto-Submitted"])
        return text

    def status(self):
        return self.desk.ticket(1)["status"]

    def test_the_acknowledgement_promises_an_instant(self):
        text = self.acknowledgement.get_body(("plain",)).get_content()
        self.assertIn("Somebody will answer you by ", text)
        self.assertIn("we mean to have it solved by ", text)

    def test_waiting_reminder_reply_and_on(self):
        desk = self.desk
        self.order("status", 1, "waiting_customer", "--reason", "which cable you use")
        self.assertIn("What we need to know: which cable you use", self.read(desk.answer_to(ALICE, 2)))
        self.assertEqual("paused", desk.ticket(1)["resolution"]["state"])
        self.pass_time(2 * DAY + 60)
        reminder = desk.answer_to(ALICE, 3)
        self.read(reminder)
        self.assertIn("Reminder 1 of 2", reminder["Subject"])
        desk.send(letters.out_of_office(ALICE, SUPPORT))
        desk.send(letters.reply_to(reminder, ALICE, SUPPORT, "The blue one."))
        wait_until(lambda: self.status() == "open", "the ticket goes on")
        self.assertEqual("running", desk.ticket(1)["resolution"]["state"])
        self.pass_time(3 * DAY)
        wait_until(lambda: desk.gateway.log().count("configuration_loaded") >= 2, "time has passed")
        self.settle()
        self.assertEqual(3, len(desk.inbox_of(ALICE)), "no reminder follows the reply")

    def test_waiting_silence_resolved_and_brought_back(self):
        desk = self.desk
        self.order("status", 1, "waiting_customer", "--reason", "which cable you use")
        desk.answer_to(ALICE, 2)
        self.pass_time(2 * DAY + 60)
        desk.answer_to(ALICE, 3)
        self.pass_time(2 * DAY)
        last = desk.answer_to(ALICE, 4)
        self.assertIn("we take it that all is well and mark the ticket as resolved", self.read(last))
        self.pass_time(2 * DAY)
        resolved = desk.answer_to(ALICE, 5)
        self.assertIn("from 1 (poor) to 5 (very good)", self.read(resolved))
        self.assertEqual("resolved", self.status())
        desk.send(letters.reply_to(resolved, ALICE, SUPPORT, "Thank you very much!"))
        desk.send(letters.reply_to(resolved, ALICE, SUPPORT, "5"))
        self.settle()
        self.assertEqual("resolved", self.status())
        types = [event["type"] for event in desk.ticket(1)["events"]]
        self.assertIn("thanks", types)
        self.assertIn("survey", types)
        desk.send(letters.reply_to(resolved, ALICE, SUPPORT, "It is dark again."))
        wait_until(lambda: self.status() == "open", "the ticket comes back")
        self.assertEqual(2, desk.ticket(1)["cycle"])

    def test_warning_and_breach_reach_the_team_once(self):
        desk = self.desk
        self.pass_time(3 * 3600 + 60)
        warning = desk.answer_to(BOB, 2)  # the first told of the ticket
        self.assertIn("75% of the time to answer it is used up: an answer is due by ", self.read(warning))
        self.pass_time(3600)
        breach = desk.answer_to(BOB, 3)
        self.assertIn("Nobody has answered in time: an answer was due by ", self.read(breach))
        for _ in range(2):
            self.pass_time(600)
        self.settle()
        self.assertEqual(3, len(desk.inbox_of(BOB)))
        [ticket] = desk.gateway.json("ticket", "list", "--breached")
        self.assertEqual("breached", ticket["response"]["state"])
        self.order("reply", 1, "--text", "We are on our way.")
        answer = desk.answer_to(ALICE, 2)
        self.assertIn("We are on our way.", answer.get_body(("plain",)).get_content())
        self.assertIsNone(answer["Auto-Submitted"])
