"""Rules that an administrator edits while the daemon takes mail."""

import json
import os

import invariants
import letters
from deadline import wait_until
from desk import ALICE, BOB, SUPPORT, DeskTest

RULES = """
priorities = ["P1", "P2", "P3"]

[default]
priority = "P3"

[[rule]]
name = "projectors"
when.text = ["projector"]
then.priority = "{priority}"
then.team = "team {priority}"
"""

PEOPLE = """
[[school]]
name = "Hill Primary"
domains = ["school.test"]

[[team]]
name = "team P1"
address = "office@far.test"

[[team]]
name = "team P2"
address = "office@far.test"
"""


CALENDAR = """
zone = "Europe/London"
otherwise = "closed"

[hours.term]
weekdays = "09:00-17:00"

[[period]]
name = "Spring term"
from = 2027-01-04
to = 2027-02-12
hours = "term"
"""


class Rules(DeskTest):
    def setUp(self):
        self.make_desk()
        self.desk.configure()
        self.folder = self.desk.gateway.folder
        self.write("people.toml", PEOPLE)

    def write(self, name, text):
        """As careful editors do: a new file, then renamed over the old one."""
        fresh = self.folder / f".{name}.new"
        fresh.write_text(text)
        os.replace(fresh, self.folder / name)

    def loads(self):
        return self.desk.gateway.log().count("configuration_loaded")

    def decisions(self):
        """(ticket's priority, its team, the digest of the rules) of every ticket."""
        return invariants.read(
            self.desk.gateway.database,
            "SELECT tickets.priority, team, json_extract(fields, '$.rules') FROM tickets"
            " JOIN events ON events.ticket = tickets.id AND events.type = 'rules' ORDER BY tickets.id")

    def test_a_changed_file_counts_at_once(self):
        self.write("rules.toml", RULES.format(priority="P2"))
        desk = self.desk.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.write("rules.toml", RULES.format(priority="P1"))
        desk.gateway.wait_for_log("configuration_loaded")
        desk.send(letters.letter(BOB, SUPPORT))
        self.settle(2)
        (first, team, digest), (second, _, other) = self.decisions()
        self.assertEqual(("P2", "team P2", "P1"), (first, team, second))
        self.assertNotEqual(digest, other)
        self.assert_invariants()

    def test_a_changed_file_of_a_folder_below_counts_at_once(self):
        words = self.folder / "shared" / "words.toml"
        words.parent.mkdir()
        words.write_text('[words]\nthings = ["projector"]\n')
        rules = RULES.format(priority="P2").replace('["projector"]', '["@things"]')
        self.write("rules.toml", f'include = ["shared/words.toml"]\n{rules}')
        desk = self.desk.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        words.write_text('[words]\nthings = ["unicorn"]\n')
        desk.gateway.wait_for_log("configuration_loaded")
        desk.send(letters.letter(BOB, SUPPORT))
        self.settle(2)
        self.assertEqual(["P2", "P3"], [priority for priority, _, _ in self.decisions()])

    def test_what_a_link_of_the_calendar_means_counts_at_once(self):
        calendar = self.folder.parent / "shared" / "calendar.toml"
        calendar.parent.mkdir()
        calendar.write_text(CALENDAR)
        (self.folder / "calendar.toml").symlink_to(calendar)
        self.write("rules.toml", RULES.format(priority="P2"))
        desk = self.desk.start()
        calendar.write_text(CALENDAR.replace("09:00", "10:30"))
        desk.gateway.wait_for_log("configuration_loaded")
        calendar.write_text("[")
        desk.gateway.wait_for_log("configuration_refused")
        self.assertIn("calendar.toml:1:1", desk.gateway.log())

    def test_a_wrong_file_changes_nothing_and_is_named_with_its_place(self):
        self.write("rules.toml", RULES.format(priority="P2"))
        desk = self.desk.start()
        self.write("rules.toml", RULES.format(priority="P9"))
        desk.gateway.wait_for_log("configuration_refused")
        self.assertIn("rules.toml:10:17", desk.gateway.log())
        self.assertIn("unknown priority", desk.gateway.log())
        self.assertEqual(78, desk.gateway.run("check").returncode)
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.assertEqual("P2", self.decisions()[0][0])
        self.assert_invariants()

    def test_rules_whose_own_tests_fail_are_refused(self):
        failing = RULES.format(priority="P2") + '\n[[test]]\nsubject = "the projector"\nexpect.priority = "P1"\n'
        self.write("rules.toml", failing)
        done = self.desk.gateway.run("check")
        self.assertEqual(78, done.returncode)
        self.assertIn(b'test "the projector" fails', done.stderr)
        self.assertEqual(0, self.desk.gateway.run("check", "--allow-failing-tests").returncode)
        self.desk.gateway.start(wait=False)
        self.assertEqual(78, self.desk.gateway.wait_for_end())

    def test_reloading_under_load_loses_no_mail_and_mixes_no_rules(self):
        texts = {priority: RULES.format(priority=priority) for priority in ("P1", "P2")}
        self.write("rules.toml", texts["P1"])
        desk = self.desk.start()
        mails = 200
        for number in range(mails):
            desk.send(letters.letter(f"person{number}@school.test", SUPPORT))
            if number % 20 == 10:
                loads = self.loads()
                self.write("rules.toml", texts["P2" if number // 20 % 2 == 0 else "P1"])
                wait_until(lambda: self.loads() > loads, "the changed rules")
        self.settle(mails, patience=60)
        decisions = self.decisions()
        self.assertEqual(mails, len(decisions))
        # Priority and team come from one set of rules, and each set has one digest.
        self.assertEqual({("P1", "team P1"), ("P2", "team P2")}, {row[:2] for row in map(tuple, decisions)})
        self.assertEqual(2, len({tuple(row) for row in decisions}))
        self.assert_invariants()
