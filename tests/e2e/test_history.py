"""The commands that look back: what rules and hours have made of tickets. No server."""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import letters
from gateway import Gateway, binary

ALICE = "Alice Smith <alice@school.test>"
SUPPORT = "support@desk.test"

FILES = {
    "sla.toml": """
default = "P3"
[priority.P1]
name = "Major"
respond = "30 minutes"
resolve = "4 hours"
[priority.P2]
name = "Serious"
respond = "1 hour"
resolve = "8 hours"
[priority.P3]
name = "Normal"
respond = "4 hours"
resolve = "3 business days"
""",
    "calendar.toml": """
zone = "Europe/London"
otherwise = "hours"
[hours.hours]
monday_to_sunday = "00:00-24:00"
""",
    "people.toml": """
[[school]]
name = "Hill Primary"
domains = ["school.test"]
""",
}

RULES = """
[default]
priority = "P3"

[[rule]]
name = "projectors"
when.text = ["projector"]
then.priority = "{priority}"
"""


class History(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        subprocess.run([binary(), "init", self.folder / "desk"], check=True, stdout=subprocess.DEVNULL)
        self.gateway = Gateway(self.folder / "desk")
        for name, text in FILES.items():
            (self.gateway.folder / name).write_text(text)
        (self.gateway.folder / "rules.toml").write_text(RULES.format(priority="P2"))
        self.other = self.folder / "new.toml"
        self.other.write_text(RULES.format(priority="P1"))
        for number, subject in enumerate(("projector in the hall", "keyboard", "projector lamp")):
            done = self.gateway.run("ingest", "-", input=letters.letter(ALICE, SUPPORT, subject))
            self.assertEqual(0, done.returncode, done.stderr)

    def test_rules_explain_a_ticket(self):
        explained = self.gateway.json("rules", "explain", 1)
        self.assertEqual("P2", explained["outcome"]["priority"])
        self.assertEqual({"priority": "P2", "matched": ["projectors"]},
                         {key: explained["then"][key] for key in ("priority", "matched")})
        self.assertFalse(explained["rules_changed"])
        (self.gateway.folder / "rules.toml").write_text(RULES.format(priority="P1"))
        text = self.gateway.run("rules", "explain", "#1").stdout.decode()
        self.assertIn("decided then: priority P2, by the rule \"projectors\"", text)
        self.assertIn("the rules have changed since", text)
        self.assertEqual(1, self.gateway.run("rules", "explain", 99).returncode)

    def test_backtest_shows_what_would_change(self):
        same = self.gateway.json("rules", "backtest")
        self.assertEqual((3, 0), (same["mails"], same["changed"]))
        done = self.gateway.run("--json", "rules", "backtest", "--rules", self.other, "--fail-if", "changed>50%, mails<1")
        self.assertEqual(1, done.returncode, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual(["changed>50%"], result["failed"])
        self.assertIn({"from": "P2", "to": "P1", "mails": 2}, result["matrix"])
        text = self.gateway.run("rules", "backtest", "--rules", self.other).stdout.decode()
        self.assertIn("P2 → P1: projector in the hall", text)

    def test_what_staff_corrects_counts_against_the_rules(self):
        done = self.gateway.run("ticket", "priority", 1, "P1", "--as", "Tom")
        self.assertEqual(0, done.returncode, done.stderr)
        [rule] = self.gateway.json("rules", "stats")["rules"]
        self.assertEqual((2, 1, 1), (rule["fired"], rule["overruled"], rule["priority_overruled"]))
        result = self.gateway.json("rules", "backtest", "--rules", self.other)
        self.assertEqual((1, 1, 1, 1), tuple(result[key] for key in ("corrected", "corrected_right", "better", "worse")))
        self.assertEqual("P1", self.gateway.json("rules", "explain", 1)["then"]["corrected_priority"])
        self.assertIn("P2 → P1", self.gateway.run("explain", 1).stdout.decode())

    def test_backtest_refuses_what_it_does_not_understand(self):
        for status, arguments in ((64, ["--fail-if", "agrement<95"]), (64, ["--since", "some day"]),
                                  (78, ["--rules", self.folder / "nothing.toml"])):
            with self.subTest(arguments):
                done = self.gateway.run("rules", "backtest", *arguments)
                self.assertEqual(status, done.returncode)
                self.assertTrue(done.stderr)

    def test_rules_stats(self):
        with (self.gateway.folder / "rules.toml").open("a") as rules:
            rules.write('[[rule]]\nname = "unicorns"\nwhen.text = "unicorn"\nthen.priority = "P1"\n')
        stats = self.gateway.json("rules", "stats")
        self.assertEqual((3, 1), (stats["mails"], stats["by_default"]))
        self.assertEqual([("projectors", 2), ("unicorns", 0)], [(rule["name"], rule["fired"]) for rule in stats["rules"]])
        self.assertIn(b"never fired:\n  unicorns\n", self.gateway.run("rules", "stats").stdout)

    def test_tickets_tell_by_when(self):
        first = self.gateway.json("ticket", "list")[0]
        self.assertEqual("running", first["response"]["state"])
        shown = self.gateway.json("ticket", "show", 1)
        self.assertEqual(first["response"]["due"], shown["response"]["due"])
        text = self.gateway.run("ticket", "show", 1).stdout.decode()
        self.assertRegex(text, r"answer due \w+day \d+ \w+, .*, running, (1 h|59 min) left")
        self.assertEqual([], self.gateway.json("ticket", "list", "--breached"))

    def test_explain_shows_the_way_to_the_due_instant(self):
        explained = self.gateway.json("explain", 1)
        self.assertEqual([["projectors"]], [decision["matched"] for decision in explained["rules"]])
        [cycle] = explained["clocks"]
        steps = cycle["response"]["steps"]
        self.assertEqual(3600, steps[-1]["used_seconds"])
        self.assertEqual(cycle["response"]["due"], steps[-1]["to"])
        self.assertEqual(cycle["started_at"], steps[0]["from"])
        self.assertIn("by the rule \"projectors\"", self.gateway.run("explain", 1).stdout.decode())

    def test_report_of_service_levels(self):
        report = self.gateway.json("report", "sla", "--from", "30d")
        self.assertEqual((96, 0, []), (report["target_percent"], report["all"]["first"]["judged"], report["breaches"]))
        page = self.folder / "report.html"
        done = self.gateway.run("report", "sla", "--html", page)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertTrue(page.read_text(encoding="utf-8").startswith("<!doctype html>"))
        self.assertEqual(64, self.gateway.run("report", "sla", "--from", "2026-02-01", "--to", "2026-01-01").returncode)

    def test_help_of_every_command_has_an_example(self):
        for command in (["rules", "backtest"], ["rules", "stats"], ["rules", "explain"], ["report", "sla"], ["explain"]):
            with self.subTest(command):
                done = self.gateway.run(*command, "--help")
                self.assertEqual(0, done.returncode)
                self.assertRegex(done.stdout, b"Examples?: bellhop")

    def test_rules_are_checked_against_the_whole_desk(self):
        with (self.gateway.folder / "rules.toml").open("a") as rules:
            rules.write('[[rule]]\nname = "x"\nwhen.mailbox = "nowhere"\nthen.priority = "P1"\n')
        done = self.gateway.run("rules", "lint")
        self.assertEqual(1, done.returncode)
        self.assertIn(b"nowhere", done.stdout)


if __name__ == "__main__":
    unittest.main()
