"""How the daemon starts, reloads, stops, and what it tells its service manager."""

import os
import signal
import unittest

import letters
from deadline import wait_until
from desk import ALICE, BOB, SUPPORT, DeskTest
from gateway import STOPS_WITHIN, Gateway

EX_CONFIG = 78


class Service(DeskTest):
    def setUp(self):
        self.make_desk()

    def test_stops_within_five_seconds_of_sigterm(self):
        self.desk.start()
        status, seconds = self.desk.gateway.stop()
        self.assertEqual(0, status)
        self.assertLess(seconds, STOPS_WITHIN)
        self.assertTrue(self.desk.gateway.has_told("STOPPING=1"))

    def test_stops_within_five_seconds_while_servers_do_not_answer(self):
        desk = self.desk.start()
        desk.smtp.on("dot", delay=30)
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: desk.smtp.count("fault"), "the silent server")
        # Dovecot, stopped in its tracks: connections stand, nothing comes.
        os.killpg(desk.dovecot._process.pid, signal.SIGSTOP)
        status, seconds = desk.gateway.stop()
        os.killpg(desk.dovecot._process.pid, signal.SIGCONT)
        self.assertEqual(0, status)
        self.assertLess(seconds, STOPS_WITHIN)
        desk.smtp.heal()
        desk.gateway.start()
        self.settle(1)
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants(may_repeat=True)

    def test_stops_in_the_middle_of_much_mail_and_goes_on_later(self):
        desk = self.desk.start()
        desk.put([letters.letter(f"person{number}@far.test", SUPPORT) for number in range(100)])
        status, seconds = desk.gateway.stop()
        self.assertEqual(0, status)
        self.assertLess(seconds, STOPS_WITHIN)
        self.assert_invariants(everything_taken=False)
        desk.gateway.start()
        self.settle(100)
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants()

    def test_takes_a_changed_configuration_on_sighup(self):
        desk = self.desk.start()
        desk.settings["desk"]["ticket_tag"] = "NEU"
        desk.configure()
        desk.gateway.reload()
        desk.gateway.wait_for_log(("reload", "configuration"))
        desk.send(letters.letter(ALICE, SUPPORT))
        self.assertIn("[NEU#", desk.answer_to(ALICE)["Subject"])
        self.settle(1)
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_keeps_the_last_good_configuration_where_the_new_one_is_wrong(self):
        desk = self.desk.start()
        path = desk.gateway.folder / "bellhop.toml"
        path.write_text(path.read_text().replace("ticket_tag", "ticket_tug"))
        desk.gateway.reload()
        desk.gateway.wait_for_log("ticket_tug")
        desk.send(letters.letter(ALICE, SUPPORT))
        self.assertIn("[HELP#", desk.answer_to(ALICE)["Subject"])
        self.settle(1)
        self.assertTrue(desk.gateway.is_running())
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants()

    def test_a_wrong_configuration_ends_with_its_own_status(self):
        self.desk.configure()
        path = self.desk.gateway.folder / "bellhop.toml"
        path.write_text(path.read_text().replace("ticket_tag", "ticket_tug").replace('"1s"', '"soon"'))
        done = self.desk.gateway.run("serve")
        self.assertEqual(EX_CONFIG, done.returncode)
        text = done.stderr.decode()
        self.assertIn("bellhop.toml:", text)
        self.assertIn("ticket_tug", text)
        self.assertIn("soon", text)  # all complaints at once
        checked = self.desk.gateway.run("check")
        self.assertEqual(EX_CONFIG, checked.returncode)

    def test_what_cannot_be_read_ends_a_start_and_no_reload(self):
        desk = self.desk.start()
        people = desk.gateway.folder / "people.toml"
        people.symlink_to("people.toml")  # a link to itself: there, and not to be read
        desk.gateway.reload()
        desk.gateway.wait_for_log("people.toml:1:1")
        desk.send(letters.letter(ALICE, SUPPORT))
        self.assertIn("[HELP#", desk.answer_to(ALICE)["Subject"])
        status, seconds = desk.gateway.stop()
        self.assertEqual(0, status)
        self.assertLess(seconds, STOPS_WITHIN)
        done = desk.gateway.run("serve")
        self.assertEqual(EX_CONFIG, done.returncode)
        self.assertIn("people.toml:1:1: error: cannot be read: ", done.stderr.decode())

    def test_check_says_that_a_right_configuration_is_valid(self):
        self.desk.configure()
        done = self.desk.gateway.run("check")
        self.assertEqual(0, done.returncode)
        self.assertRegex(done.stdout, rb"\Abellhop: configuration is valid; SQLite 3\.[0-9.]+\n\Z")

    def test_a_second_daemon_on_the_same_database_is_refused(self):
        desk = self.desk.start()
        second = desk.gateway.run("serve")
        self.assertNotIn(second.returncode, (0, EX_CONFIG))
        self.assertIn(str(desk.gateway.process.pid), second.stderr.decode())
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.assertEqual(0, desk.gateway.stop()[0])
        # And a dead one's lock is no lock.
        desk.gateway.start()
        desk.gateway.kill()
        desk.gateway.start()
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_feeds_the_watchdog(self):
        desk = self.desk.start(watchdog=1.0)
        wait_until(lambda: sum(text == "WATCHDOG=1" for _, text in desk.gateway.notices) >= 3, "three signs of life")
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_tells_its_manager_of_a_reload(self):
        desk = self.desk.start()
        desk.gateway.reload()
        wait_until(lambda: desk.gateway.has_told("RELOADING=1"), "a notice")
        wait_until(lambda: [text for _, text in desk.gateway.notices].count("READY=1") == 2, "ready again")
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_takes_the_password_from_a_credential(self):
        desk = self.desk
        credentials = desk.folder / "credentials"
        credentials.mkdir(mode=0o700)
        desk.secret("x", "")
        (credentials / "support").write_text("secret of support 7Q\n")
        (credentials / "support").chmod(0o400)
        mailbox = desk.settings["mailbox"][0]
        del mailbox["password_file"]
        mailbox["password_credential"] = "support"
        desk.start(environment={"CREDENTIALS_DIRECTORY": str(credentials)})
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants()

    def test_refuses_a_password_file_that_others_may_read(self):
        self.desk.settings["mailbox"][0]["password_file"].chmod(0o644)
        self.desk.configure()
        done = self.desk.gateway.run("serve")
        self.assertEqual(EX_CONFIG, done.returncode, done.stderr)
        self.assertIn(b"support.password", done.stderr)

    def test_commands_work_while_it_runs(self):
        desk = self.desk.start()
        desk.send(letters.letter(ALICE, SUPPORT, "a running desk"))
        self.settle(1)
        for command in (["ticket", "search", "running"], ["ticket", "show", 1], ["outbox", "list"], ["quarantine", "list"],
                        ["ledger", "reconcile"], ["explain", 1], ["check"]):
            with self.subTest(command):
                done = desk.gateway.run(*command)
                self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(0, desk.gateway.stop()[0])


if __name__ == "__main__":
    unittest.main()
