"""`bellhop ingest` at the end of a mail server's pipe: 75 for whatever may pass, so that no mail is sent back."""

import fcntl
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import letters
from gateway import Gateway, binary

ALICE = "Alice Smith <alice@school.test>"
SUPPORT = "support@desk.test"
OK, DATA, USAGE, TRY_AGAIN, CONFIG = 0, 65, 64, 75, 78


class Ingest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.gateway = Gateway(self.folder / "desk")
        nowhere = {"host": "localhost", "security": "none"}
        self.gateway.configure({
            "desk": {"name": "IT", "ticket_tag": "HELP", "time_zone": "Europe/London"},
            "mailbox": [{"name": "support", "address": SUPPORT, "user": "x", "password_env": "X", "port": 9, **nowhere}],
            "smtp": {**nowhere, "port": 9},
        })
        self.addCleanup(self.gateway.kill)
        self.mail = letters.letter(ALICE, SUPPORT)

    def ingest(self, mail=None, *arguments, **options):
        done = subprocess.run([binary(), "--config", self.gateway.folder, "ingest", *arguments, "-"], timeout=60,
                              input=self.mail if mail is None else mail, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              **options)
        return done.returncode, done.stderr.decode()

    def assert_ingest(self, status, *arguments, **options):
        code, text = self.ingest(*arguments, **options)
        self.assertEqual(status, code, text)
        self.assertEqual(status == OK, not text, text)  # whoever is refused is told why

    def spoil(self, name):
        path = self.gateway.folder / name
        path.write_text((path.read_text() if path.exists() else "") + "\n[[[\n")

    def tickets(self):
        return len(self.gateway.json("ticket", "list", "--all"))

    # What is taken.

    def test_takes_a_mail_once_with_and_without_a_daemon(self):
        self.assert_ingest(OK)
        self.assert_ingest(OK)
        self.gateway.start()
        self.assert_ingest(OK)
        self.assertEqual(1, self.tickets())
        self.assert_ingest(OK, letters.letter(ALICE, SUPPORT))
        self.assertEqual(2, self.tickets())
        self.assertIn("request name=ingest", self.gateway.log())
        self.assertEqual(0, self.gateway.stop()[0])
        self.assertFalse((self.gateway.folder / "data/bellhop.sock").exists())

    def test_a_daemon_goes_on_with_the_last_good_rules(self):
        self.gateway.start()
        self.spoil("rules.toml")
        self.assert_ingest(OK)

    def test_waits_for_a_daemon_that_starts(self):
        self.gateway.start(wait=False)
        self.assert_ingest(OK)

    def test_goes_on_by_itself_where_the_daemon_was_killed(self):
        self.gateway.start()
        self.gateway.kill()
        self.assertTrue((self.gateway.folder / "data/bellhop.sock").exists())
        self.assert_ingest(OK)

    # What may pass.

    def test_a_configuration_that_is_being_edited(self):
        for name in ("rules.toml", "people.toml", "bellhop.toml"):
            with self.subTest(name):
                self.spoil(name)
                self.assert_ingest(TRY_AGAIN)
        (self.gateway.folder / "bellhop.toml").unlink()
        self.assert_ingest(TRY_AGAIN)

    def test_a_half_written_bellhop_toml_beside_a_daemon(self):
        self.gateway.start()
        self.spoil("bellhop.toml")
        self.assert_ingest(TRY_AGAIN)

    def test_a_lock_that_is_held(self):
        self.assert_ingest(OK)
        with open(f"{self.gateway.database}.lock", "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assert_ingest(TRY_AGAIN)

    def test_a_database_of_a_newer_version(self):
        self.assert_ingest(OK)
        with sqlite3.connect(self.gateway.database) as database:
            database.execute("PRAGMA user_version = 9999")
        self.assert_ingest(TRY_AGAIN)

    def test_a_database_that_cannot_be_opened(self):
        self.gateway.database.mkdir()
        self.assert_ingest(TRY_AGAIN)

    def test_a_full_disk(self):
        self.assert_ingest(OK)

        def few_bytes():
            resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))

        # Python ignores SIGXFSZ, and so does its child: a write beyond the limit fails, as on a full disk.
        large = letters.letter(ALICE, SUPPORT) + os.urandom(200_000).hex().encode()
        self.assert_ingest(TRY_AGAIN, large, preexec_fn=few_bytes, restore_signals=False)
        self.assertEqual(1, self.tickets())
        self.assert_ingest(OK, large)
        self.assertEqual(2, self.tickets())

    # What never will.

    def test_no_mail_at_all(self):
        self.assert_ingest(DATA, b"")

    def test_a_mailbox_that_there_is_not(self):
        self.assert_ingest(CONFIG, None, "--mailbox", "nobody")
        self.gateway.start()
        self.assert_ingest(CONFIG, None, "--mailbox", "nobody")

    def test_wrong_usage(self):
        self.assert_ingest(USAGE, None, "--no-such-option")


if __name__ == "__main__":
    unittest.main()
