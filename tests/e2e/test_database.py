"""The database file itself: damaged, looked at, of an earlier version, and killed in the middle of becoming a later one."""

import hashlib
import json
import os
import random
import sqlite3
import time
import unittest

import letters
from deadline import wait_until
from desk import ALICE, SUPPORT, DeskTest
from gateway import ROOT

MIGRATIONS = sorted((ROOT / "storage/migrations").glob("*.sql"))
OLD = 4  # the schema that the old database has
TICKETS = 30_000  # so that bringing it up to date takes a while


class DatabaseFile(DeskTest):
    def command(self, *arguments, status=0):
        done = self.desk.gateway.run(*arguments)
        self.assertEqual(status, done.returncode, done.stdout.decode() + done.stderr.decode())
        return done.stdout.decode() + done.stderr.decode()

    def test_is_looked_at_at_each_start_and_whole_on_demand(self):
        desk = self.make_desk()
        desk.start()
        desk.send(letters.letter(ALICE, SUPPORT, "projector"))
        self.settle(1)
        desk.gateway.wait_for_log("database_checked seen=")
        self.assertIn("the database is sound: 1 tickets", self.command("check", "--database"))  # beside the daemon
        self.assertIn("database check at start", self.command("status"))
        found = json.loads(self.command("--json", "check", "--thorough"))["database"]
        self.assertTrue(found["sound"])
        self.assertEqual(found["stored_texts"], found["stored_texts_read"])

    def test_that_is_damaged_is_named_with_what_to_do_and_told_to_the_manager(self):
        desk = self.make_desk()
        desk.settings["desk"]["manager"] = "boss@far.test"
        desk.start()
        for number in range(30):
            desk.send(letters.letter(f"person{number}@far.test", SUPPORT, f"question {number}", text="words " * 2000))
        self.settle(30)
        backup = desk.folder / "saved.backup"
        self.command("backup", backup)
        self.assertIn("backup", self.command("status"))
        desk.gateway.stop()
        self.damage("attachments")
        text = self.command("check", "--database", status=74)
        self.assertIn("bellhop restore", text)
        desk.gateway.start()
        desk.gateway.wait_for_log("database_damaged")
        wait_until(
            lambda: any("the database is damaged" in mail.message["Subject"]
                        for mail in desk.smtp.mails_to("boss@far.test")),
            "the manager is told")
        self.assertIn("the database is damaged", self.command("status"))
        desk.gateway.kill()
        # What it says to do helps.
        self.command("restore", backup)
        self.assertIn("the database is sound", self.command("check", "--thorough"))

    def damage(self, table):
        """A page in the middle of the table is overwritten."""
        path = self.desk.gateway.database
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            size = database.execute("PRAGMA page_size").fetchone()[0]
            roots = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        database.close()
        with open(path, "r+b") as file:
            file.seek((roots[0] - 1) * size)
            file.write(b"\xee" * size)

    def make_old(self):
        """A database as an earlier version left it, with much in it."""
        path = self.desk.gateway.database
        path.parent.mkdir(exist_ok=True)
        database = sqlite3.connect(path)
        database.execute("PRAGMA page_size = 8192")
        for migration in MIGRATIONS[:OLD]:
            database.executescript(migration.read_text())
        database.execute(f"PRAGMA application_id = {0x426C6870}")
        database.execute(f"PRAGMA user_version = {OLD}")
        database.execute("INSERT INTO mailboxes (id, name) VALUES (1, 'support')")
        numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {TICKETS}) "
        texts = ((number, b"mail %d" % number) for number in range(1, TICKETS + 1))
        database.executemany("INSERT INTO blobs VALUES (?, ?, ?, ?)", (
            (number, hashlib.sha256(text).digest(), len(text), text) for number, text in texts))
        database.execute(numbers + "INSERT INTO tickets SELECT i, 'old ' || i, '', '', 'closed', 'P3', '', '', '', '', '[]',"
                         " 0, 'support', i, 1, 0, '[]' FROM n")
        database.execute(numbers + "INSERT INTO messages SELECT i, i, 'in', i, '', '', '[]', 'm' || i, '', 'text', 4, NULL,"
                         " NULL, i, 'human', '{}', '{}' FROM n")
        database.execute(numbers + "INSERT INTO events SELECT i, i, i, 'created', 'gateway', '', '{}' FROM n")
        database.execute(numbers + "INSERT INTO ledger SELECT 1, 7, i, 'ticket', '', i, i, 'm' || i, 'k' || i, i, 1 FROM n")
        database.commit()
        database.close()

    def rows(self, query):
        database = sqlite3.connect(f"file:{self.desk.gateway.database}?mode=ro", uri=True)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def test_killed_in_the_middle_of_its_migration_is_the_old_one_or_the_new_one(self):
        desk = self.make_desk()
        desk.configure()
        seed = int(os.environ.get("BELLHOP_E2E_SEED", random.SystemRandom().randrange(1 << 30)))
        chance = random.Random(seed)
        self.make_old()
        newest = len(MIGRATIONS)
        seen = set()
        with self.subTest(seed=seed):
            for _ in range(12):
                desk.gateway.start(wait=False)
                time.sleep(chance.uniform(0.0, 0.4))
                desk.gateway.kill()
                seen.add(self.rows("PRAGMA user_version")[0][0])
                self.assertEqual([("ok",)], self.rows("PRAGMA quick_check"))
                self.assertEqual([(TICKETS,)], self.rows("SELECT count(*) FROM ledger"))
                if newest in seen:
                    break
            self.assertLessEqual(seen, {OLD, newest})
            desk.gateway.start()
            self.assertEqual([(newest,)], self.rows("PRAGMA user_version"))
            desk.wait_for_first_look()
            desk.send(letters.letter(ALICE, SUPPORT, "new"))
            desk.wait_for_outcomes(TICKETS + 1)
            self.assertEqual(TICKETS + 1, self.rows("SELECT max(id) FROM tickets")[0][0])
            desk.gateway.stop()
            self.command("check", "--database")


if __name__ == "__main__":
    unittest.main()
