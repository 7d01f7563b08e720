"""The commands that need no server, on a folder that `init` has written."""

import itertools
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import letters
from gateway import ROOT, Gateway, binary

ALICE = "Alice Smith <alice@school.test>"
SUPPORT = "support@desk.test"


class Commands(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        configuration = self.folder / "desk"
        done = subprocess.run([binary(), "init", configuration], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(0, done.returncode, done.stderr)
        self.gateway = Gateway(configuration)

    def ingest(self, mail, *arguments):
        return self.gateway.run(*arguments, "ingest", "-", input=mail)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_init_writes_a_valid_folder_and_overwrites_none(self):
        self.assertEqual(0, self.gateway.run("check").returncode)
        again = subprocess.run([binary(), "init", self.gateway.folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertNotEqual(0, again.returncode)

    def test_the_configuration_of_the_readme_is_valid(self):
        lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        start = next(number for number, line in enumerate(lines) if line.startswith("    database = "))
        block = itertools.takewhile(lambda line: not line or line.startswith("    "), lines[start:])
        (self.gateway.folder / "bellhop.toml").write_text("\n".join(line[4:] for line in block))
        done = self.gateway.run("check")
        self.assertEqual(0, done.returncode, done.stderr.decode() + done.stdout.decode())

    def test_ingest_makes_a_ticket(self):
        done = self.ingest(letters.letter(ALICE, SUPPORT, "no sound in the hall"))
        self.assertEqual(0, done.returncode, done.stderr)
        [ticket] = self.gateway.json("ticket", "list")
        self.assertEqual("no sound in the hall", ticket["subject"])
        self.assertEqual({"name": "Alice Smith", "address": "alice@school.test"}, ticket["requester"])
        [queued] = self.gateway.json("outbox", "list")
        self.assertEqual("queued", queued["state"])

    def test_ingest_takes_the_same_mail_once(self):
        mail = letters.letter(ALICE, SUPPORT)
        for _ in range(2):
            self.assertEqual(0, self.ingest(mail).returncode)
        self.assertEqual(1, len(self.gateway.json("ticket", "list")))
        self.assertEqual(1, len(self.gateway.json("outbox", "list")))

    def test_ingest_takes_several_files(self):
        files = [self.file(f"{number}.eml", letters.letter(ALICE, SUPPORT, f"mail {number}")) for number in range(3)]
        done = self.gateway.run("ingest", *files)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(3, len(self.gateway.json("ticket", "list")))

    def test_search_finds_a_word(self):
        self.ingest(letters.letter(ALICE, SUPPORT, "projector", "The lamp flickers.\n"))
        self.ingest(letters.letter(ALICE, SUPPORT, "printer", "No toner.\n"))
        found = self.gateway.run("ticket", "search", "flickers").stdout.decode()
        self.assertIn("projector", found)
        self.assertNotIn("printer", found)

    def test_a_queued_mail_can_be_cancelled_and_put_back(self):
        self.ingest(letters.letter(ALICE, SUPPORT))
        [queued] = self.gateway.json("outbox", "list")
        for command, state in (("cancel", "cancelled"), ("retry", "queued")):
            self.assertEqual(0, self.gateway.run("outbox", command, queued["id"]).returncode)
            states = {row["id"]: row["state"] for row in self.gateway.json("outbox", "list", "--all")}
            self.assertEqual(state, states[queued["id"]])

    def test_explains_why_there_is_no_acknowledgement(self):
        self.ingest(letters.out_of_office("alice@school.test", SUPPORT))
        [ticket] = self.gateway.json("ticket", "list")
        explained = self.gateway.run("explain", ticket["id"]).stdout.decode()
        self.assertIn("Auto-Submitted", explained)

    def test_parse_prints_one_object_a_file(self):
        done = self.gateway.run("--json", "parse", self.file("a.eml", letters.letter(ALICE, SUPPORT, "one")),
                                self.file("b.eml", b"\0\1\2"))
        self.assertEqual(0, done.returncode, done.stderr)
        first, second = map(json.loads, done.stdout.splitlines())
        self.assertEqual(("one", "human"), (first["subject"], first["kind"]))
        self.assertTrue(second["defects"] or second["text"] is not None)

    def test_a_ticket_is_worked_on_from_a_terminal(self):
        self.ingest(letters.letter(ALICE, SUPPORT, "projector", "It is dark.\n"))
        steps = [
            (("priority", "1", "urgent", "--reason", "a whole class"), "priority", "urgent"),
            (("reply", "1", "--text", "Which room?", "--status", "waiting_customer"), "status", "waiting_customer"),
            (("note", "1", "rang her"), "status", "waiting_customer"),
            (("status", "1", "resolved", "--reason", "a new lamp"), "status", "resolved"),
            (("reopen", "1"), "status", "open"),
            (("due", "1", "2099-01-01T12:00:00Z"), "status", "open"),
            (("participant", "1", "--add", "bob@school.test"), "participants", ["alice@school.test", "bob@school.test"]),
            (("participant", "1", "--remove", "bob@school.test"), "participants", ["alice@school.test"]),
        ]
        for arguments, field, value in steps:
            self.assertEqual(value, self.gateway.json("ticket", *arguments, "--as", "Tom Tech")[field], arguments)
        shown = self.gateway.json("ticket", "show", "1")
        self.assertEqual(["in", "out", "note"], [message["direction"] for message in shown["messages"]])
        self.assertEqual("Which room?", shown["messages"][1]["text"])
        self.assertEqual(2, shown["cycle"])
        self.assertEqual("2099-01-01T12:00:00Z", shown["resolution"]["due"])
        self.assertIn("agent Tom Tech", {event["actor"] for event in shown["events"] if event["type"] == "agent_reply"})
        self.assertEqual({"acknowledgement", "reply", "resolved", "agreed"},
                         {mail["kind"] for mail in self.gateway.json("outbox", "list")})

    def test_files_go_out_with_a_reply_and_come_back_whole(self):
        picture = bytes(range(256)) * 40
        self.ingest(letters.letter(ALICE, SUPPORT, "projector", attachments=[("screen.png", "image/png", picture)]))
        plan = self.file("plan.pdf", b"%PDF-1.4 " + picture)
        done = self.gateway.run("ticket", "reply", "1", "--as", "Tom", "--text", "See the plan.", "--attach", plan)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual([("screen.png", len(picture)), ("plan.pdf", len(picture) + 9)],
                         [(one["name"], one["size"]) for one in self.gateway.json("ticket", "attachment", "1")])
        self.assertEqual(picture, self.gateway.run("ticket", "attachment", "1", "screen").stdout)
        copy = self.folder / "copy.pdf"
        self.assertEqual(0, self.gateway.run("ticket", "attachment", "1", "2", "--to", copy).returncode)
        self.assertEqual(plan.read_bytes(), copy.read_bytes())
        self.assertEqual(1, self.gateway.run("ticket", "attachment", "1", "other").returncode)
        self.assertEqual(66, self.gateway.run("ticket", "reply", "1", "--as", "Tom", "--text", "x", "--attach",
                                              self.folder / "none").returncode)

    def test_a_call_becomes_a_ticket_and_two_become_one(self):
        opened = self.gateway.json("ticket", "new", "--for", "alice@school.test", "--subject", "No sound", "--text", "Room 4",
                                   "--as", "Tom")
        self.assertEqual(("No sound", "alice@school.test"), (opened["subject"], opened["requester"]["address"]))
        self.ingest(letters.letter("Bob Jones <bob@school.test>", SUPPORT, "The hall is silent"))
        self.assertEqual("closed", self.gateway.json("ticket", "merge", "2", "1", "--as", "Tom")["status"])
        shown = self.gateway.json("ticket", "show", "1")
        self.assertEqual(["alice@school.test", "bob@school.test"], [one["from"]["address"] for one in shown["messages"]])
        self.assertIn(b"A PART OF TICKET 1", self.gateway.run("ticket", "show", "2").stdout)
        self.assertEqual(["sims"], self.gateway.json("ticket", "tag", "2", "sims", "--as", "Tom")["tags"])
        self.assertIn("sims", self.gateway.json("ticket", "show", "1")["tags"])
        self.gateway.json("ticket", "requester", "1", "carol@school.test", "--name", "Carol", "--as", "Tom")
        self.assertEqual([1], [one["id"] for one in self.gateway.json("ticket", "search", "carol")])
        self.assertEqual(64, self.gateway.run("ticket", "merge", "1", "1", "--as", "Tom").returncode)

    def test_nothing_is_ordered_by_root(self):
        self.ingest(letters.letter(ALICE, SUPPORT))
        done = self.gateway.run("ticket", "note", "1", "x", "--as", "root")
        self.assertEqual(64, done.returncode)
        self.assertIn(b"--as NAME", done.stderr)

    def test_a_reply_is_read_from_standard_input(self):
        self.ingest(letters.letter(ALICE, SUPPORT, "projector"))
        self.assertEqual(0, self.gateway.run("ticket", "reply", "1", "--as", "Tom", input=b"Which room?\n").returncode)
        self.assertEqual("Which room?", self.gateway.json("ticket", "show", "1")["messages"][1]["text"])

    def test_a_wrong_order_says_what_there_is(self):
        self.ingest(letters.letter(ALICE, SUPPORT))
        wrong = self.gateway.run("ticket", "status", "1", "opne", "--as", "Tom")
        self.assertEqual(64, wrong.returncode)
        self.assertIn(b'did you mean "open"?', wrong.stderr)
        self.assertEqual(1, self.gateway.run("ticket", "status", "99", "open", "--as", "Tom").returncode)
        self.assertEqual(64, self.gateway.run("ticket", "due", "1", "soon", "--as", "Tom").returncode)

    def test_a_list_without_a_database_says_who_makes_it(self):
        done = self.gateway.run("ticket", "list")
        self.assertEqual(66, done.returncode)
        self.assertIn(b'"bellhop serve" makes it when it first starts', done.stderr)

    def test_exit_statuses(self):
        self.ingest(letters.letter(ALICE, SUPPORT))
        for expected, arguments in ((64, ["nonsense"]), (64, ["ticket"]), (1, ["ticket", "show", 99]), (1, ["explain", 99]),
                                    (1, ["outbox", "retry", 99]), (1, ["quarantine", "show", 99])):
            with self.subTest(arguments):
                done = self.gateway.run(*arguments)
                self.assertEqual(expected, done.returncode, done.stderr)
                self.assertTrue(done.stderr)

    def test_help_of_every_command_has_an_example(self):
        for command in ("init", "check", "serve", "ingest", "parse", "ticket", "outbox", "quarantine", "ledger", "explain"):
            with self.subTest(command):
                done = self.gateway.run(command, "--help")
                self.assertEqual(0, done.returncode)
                self.assertIn(b"bellhop", done.stdout)

    def test_every_list_is_an_array_in_json(self):
        self.ingest(letters.letter(ALICE, SUPPORT))
        for command in (["ticket", "list"], ["outbox", "list"], ["quarantine", "list"]):
            with self.subTest(command):
                self.assertIsInstance(self.gateway.json(*command), list)


if __name__ == "__main__":
    unittest.main()
