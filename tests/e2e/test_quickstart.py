"""`bellhop quickstart`: from an address to a first ticket."""

import os
import stat
import unittest

import letters
from desk import ALICE, BOB, PASSWORDS, SUPPORT, DeskTest

EX_USAGE = 64
EX_CANTCREAT = 73


class Quickstart(DeskTest):
    def setUp(self):
        self.make_desk()
        self.folder = self.desk.gateway.folder

    def quickstart(self, *arguments):
        return self.desk.gateway.run("quickstart", SUPPORT, "--provider", "own", "--manager", BOB, "--no-questions", *arguments)

    def test_what_it_writes_takes_mail(self):
        desk = self.desk
        done = self.quickstart("--imap", f"localhost:{desk.dovecot.imap_port}", "--smtp", f"localhost:{desk.smtp.port}", "--no-doctor")
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertIn(b"install -m 600", done.stdout)
        # What a person adds: the password, and here a certificate of no public authority.
        path = self.folder / "support.password"
        path.write_text(PASSWORDS[SUPPORT] + "\n")
        path.chmod(0o600)
        settings = self.folder / "bellhop.toml"
        text = settings.read_text().replace('security = "tls"', f'security = "starttls"\nca_file = "{desk.dovecot.certificate}"')
        settings.write_text(text.replace('first_start = "only_new"', 'first_start = "everything"'))
        desk.smtp.users[SUPPORT] = PASSWORDS[SUPPORT]
        self.assertEqual(0, desk.gateway.run("check").returncode)
        doctor = desk.gateway.json("doctor")
        self.assertEqual([], [one for one in doctor if one["state"] == "fail"])
        desk.gateway.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.assertIn("[HELP#1]", desk.answer_to(ALICE)["Subject"])
        # Whoever was named hears of it.
        self.assertIn("HELP#1", desk.answer_to(BOB)["Subject"])
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_ends_with_doctor_and_its_status(self):
        done = self.quickstart("--imap", f"localhost:{self.desk.dovecot.imap_port}", "--smtp", f"localhost:{self.desk.smtp.port}")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout.decode(), r"(?m)^fail  mailbox support: password: ")

    def test_overwrites_nothing(self):
        self.folder.mkdir()
        (self.folder / "rules.toml").write_text("# mine\n")
        done = self.quickstart("--no-doctor")
        self.assertEqual(EX_CANTCREAT, done.returncode)
        self.assertIn(b"holds a configuration already (rules.toml)", done.stderr)
        self.assertEqual(["rules.toml"], [path.name for path in self.folder.iterdir()])
        self.assertEqual("# mine\n", (self.folder / "rules.toml").read_text())

    def test_modes_are_what_is_meant_whatever_the_umask_is(self):
        before = os.umask(0o000)
        self.addCleanup(os.umask, before)
        self.assertEqual(0, self.quickstart("--no-doctor").returncode)
        for path in [self.folder, *self.folder.rglob("*")]:
            self.assertFalse(path.stat().st_mode & stat.S_IWOTH, path)

    def test_says_what_is_missing_where_nobody_can_be_asked(self):
        run = self.desk.gateway.run
        done = run("quickstart", SUPPORT, "--provider", "own")
        self.assertEqual(EX_USAGE, done.returncode)
        self.assertIn(b"--manager", done.stderr)
        self.assertFalse(self.folder.exists())
        for arguments in (["nobody", "--manager", BOB], [SUPPORT, "--manager", SUPPORT], [SUPPORT, "--manager", BOB, "--imap", "x:99999"],
                          [SUPPORT, "--manager", BOB, "--time-zone", "Mars/Base"]):
            self.assertEqual(EX_USAGE, run("quickstart", "--provider", "own", *arguments).returncode, arguments)
        self.assertFalse(self.folder.exists())


if __name__ == "__main__":
    unittest.main()
