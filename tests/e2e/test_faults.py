"""Servers that refuse, fall silent or go away; a disk that is full; a database that is locked."""

import contextlib
import resource
import sqlite3
import unittest

import letters
import invariants
from deadline import wait_until
from desk import ALICE, BOB, SUPPORT, DeskTest
from dovecot import make_certificate


class Faults(DeskTest):
    def start(self, **settings):
        desk = self.make_desk()
        for table, changes in settings.items():
            target = desk.settings.setdefault(table, {})
            (target[0] if isinstance(target, list) else target).update(changes)
        return desk.start()

    def finish(self, **evidence):
        self.assertEqual(0, self.desk.gateway.stop()[0])
        self.assert_invariants(**evidence)

    def outbox(self):
        return self.desk.gateway.json("outbox", "list")

    def wait_for_outbox(self, state):
        return wait_until(lambda: [row for row in self.outbox() if row["state"] == state],
                          lambda: f"a mail that is {state}: {self.outbox()}\n{self.desk.gateway.tail()}")

    # SMTP

    def test_a_temporary_refusal_is_tried_again_with_the_servers_words_kept(self):
        desk = self.start()
        desk.smtp.on("rcpt", reply="451 4.7.1 Greylisted, come back")
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: any("Greylisted" in row.get("last_reply", "") for row in self.outbox()), "the words")
        [row] = self.outbox()
        self.assertEqual("queued", row["state"])
        self.assertIn("451 4.7.1 Greylisted, come back", row["last_reply"])
        self.assertEqual(0, desk.gateway.run("outbox", "retry", row["id"]).returncode)
        desk.smtp.wait_for_mail(ALICE)
        self.settle(1)
        self.finish()

    def test_temporary_refusals_at_every_stage(self):
        desk = self.start()
        for number, stage in enumerate(("connect", "ehlo", "mail", "rcpt", "data", "dot")):
            person = f"person{number}@far.test"
            with self.subTest(stage):
                desk.smtp.on(stage, reply="421 4.3.2 shutting down" if stage in ("connect", "ehlo") else "452 4.2.2 later")
                desk.smtp.stop()
                desk.smtp.start()  # so that it must connect anew
                desk.send(letters.letter(person, SUPPORT))
                wait_until(lambda: desk.smtp.count("fault") == number + 1, f"the fault at {stage}")
                [row] = self.wait_for_outbox("queued")
                desk.gateway.run("outbox", "retry", row["id"])
                desk.smtp.wait_for_mail(person)
        self.settle(6)
        self.finish()

    def test_a_permanent_refusal_is_final_and_shown(self):
        desk = self.start()
        desk.smtp.on("rcpt", reply="550 5.1.1 no such user here")
        desk.send(letters.letter(ALICE, SUPPORT))
        [row] = self.wait_for_outbox("failed")
        self.assertIn("550 5.1.1 no such user here", row["last_reply"])
        explained = desk.gateway.run("explain", desk.tickets()[0]["id"])
        self.assertIn(b"550 5.1.1 no such user here", explained.stdout)
        # Others go on.
        desk.send(letters.letter(BOB, SUPPORT))
        desk.smtp.wait_for_mail(BOB)
        self.assertEqual([], desk.smtp.mails_to(ALICE))
        self.settle(2)
        self.finish()

    def assert_sent_after_a_cut(self, stage, keep, times):
        desk = self.start()
        desk.smtp.on(stage, drop=True, keep=keep)
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: desk.smtp.count("fault"), "the cut")
        wait_until(lambda: any(row["state"] == "queued" and row["attempts"] for row in self.outbox())
                   or len(desk.smtp.mails_to(ALICE)) == times, "another attempt")
        for row in self.outbox():
            desk.gateway.run("outbox", "retry", row["id"])
        desk.smtp.wait_for_mail(ALICE, times)
        self.settle(1)
        identities = {mail.raw for mail in desk.smtp.mails_to(ALICE)}
        self.assertEqual(1, len(identities))
        self.finish(may_repeat=times > 1)

    def test_a_connection_lost_before_the_final_dot(self):
        self.assert_sent_after_a_cut("lines", False, 1)

    def test_a_connection_lost_after_the_final_dot_before_it_is_kept(self):
        self.assert_sent_after_a_cut("dot", False, 1)

    def test_a_connection_lost_after_the_mail_is_kept_sends_the_same_again(self):
        self.assert_sent_after_a_cut("dot", True, 2)

    def test_an_smtp_server_that_is_away(self):
        desk = self.start()
        desk.smtp.stop()
        desk.put([letters.letter(f"person{number}@far.test", SUPPORT) for number in range(3)])
        desk.wait_for_tickets(3)
        wait_until(lambda: any(row["attempts"] for row in self.outbox()), "an attempt")
        desk.smtp.start()
        for row in self.outbox():
            desk.gateway.run("outbox", "retry", row["id"])
        self.settle(3)
        self.assertEqual(3, len(desk.smtp.accepted))
        self.finish()

    def test_a_slow_smtp_server_delays_no_intake(self):
        desk = self.start()
        desk.smtp.on("dot", delay=6)
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: desk.smtp.count("fault"), "the slow answer")
        desk.put([letters.letter(f"person{number}@far.test", SUPPORT) for number in range(5)])
        desk.wait_for_tickets(6, patience=5)
        self.settle(6)
        self.finish()

    def test_never_gives_the_password_to_a_server_without_starttls(self):
        desk = self.make_desk()
        desk.smtp._tls = None  # offers AUTH in clear text, and no STARTTLS
        desk.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.desk.wait_for_tickets(1)
        wait_until(lambda: any(row["attempts"] and row["last_reply"] for row in self.outbox()), "a refused attempt")
        self.assertEqual(0, desk.smtp.count("logged_in") + desk.smtp.count("login_refused"))
        self.assertEqual([], desk.smtp.accepted)
        self.finish(everything_taken=False)

    def test_a_wrong_relay_password_keeps_the_mail_waiting(self):
        desk = self.make_desk()
        desk.secret("relay", "wrong password 1")
        desk.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        wait_until(lambda: desk.smtp.count("login_refused"), "a refused login")
        desk.wait_for_tickets(1)
        desk.secret("relay", "relay password Zx19")
        desk.gateway.reload()
        for row in self.outbox():
            desk.gateway.run("outbox", "retry", row["id"])
        desk.smtp.wait_for_mail(ALICE)
        self.settle(1)
        self.finish()

    # IMAP

    def test_an_imap_server_that_restarts(self):
        desk = self.start()
        for number in range(3):
            desk.dovecot.restart()
            desk.send(letters.letter(f"person{number}@far.test", SUPPORT))
            desk.wait_for_outcomes(number + 1)
        self.settle(3)
        self.finish()

    def test_an_imap_server_that_is_away_at_the_start(self):
        desk = self.make_desk()
        desk.dovecot.stop()
        desk.configure()
        desk.gateway.start()
        desk.gateway.wait_for_log("mailbox")
        desk.dovecot.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        # Nothing may be taken of what came before the first look; so it says when it has looked.
        desk.wait_for_first_look()
        desk.send(letters.letter(BOB, SUPPORT))
        desk.smtp.wait_for_mail(BOB)
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_connections_cut_again_and_again(self):
        desk = self.start()
        for number in range(8):
            desk.put([letters.letter(f"person{number}-{one}@far.test", SUPPORT) for one in range(10)])
            desk.dovecot.kick(SUPPORT)
        self.settle(80, patience=60)
        self.assertEqual(80, len(desk.tickets()))
        self.finish()

    def test_imap_over_tls_from_the_first_byte(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0].update(security="tls", port=desk.dovecot.imaps_port)
        desk.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.finish()

    def test_an_untrusted_certificate_is_refused(self):
        desk = self.make_desk()
        other = desk.folder / "other"
        other.mkdir()
        make_certificate(other)
        desk.settings["mailbox"][0]["ca_file"] = other / "certificate.pem"
        desk.configure()
        desk.gateway.start()
        desk.gateway.wait_for_log(("certificate", "SSL"))
        self.assertNotIn("Login:", "".join(line for line in desk.dovecot.log().splitlines() if SUPPORT in line))
        # The right one, and it goes on without a restart.
        desk.settings["mailbox"][0]["ca_file"] = desk.dovecot.certificate
        desk.configure()
        desk.gateway.reload()
        desk.wait_for_first_look()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.finish()

    def test_a_wrong_mailbox_password_is_told_and_mended_by_a_reload(self):
        desk = self.make_desk()
        desk.secret("support", "wrong password 2")
        desk.configure()
        desk.gateway.start()
        wait_until(lambda: "auth failed" in desk.dovecot.log() or "authentication failed" in desk.gateway.log().lower(),
                   lambda: "a refused login:\n" + desk.gateway.tail())
        self.assertTrue(desk.gateway.is_running())
        desk.secret("support", "secret of support 7Q")
        desk.gateway.reload()
        desk.wait_for_first_look()
        desk.send(letters.letter(ALICE, SUPPORT))
        self.settle(1)
        self.finish()

    # The machine

    def test_a_full_disk_takes_nothing_and_recovers(self):
        # env: without it the kernel kills a process that writes beyond its limit, instead of refusing.
        desk = self.make_desk().start(prefix=["env", "--ignore-signal=XFSZ"])
        desk.put([letters.letter(f"person{number}@far.test", SUPPORT) for number in range(3)])
        self.settle(3)
        size = max(path.stat().st_size for path in desk.gateway.folder.glob("data/bellhop.db*"))
        resource.prlimit(desk.gateway.process.pid, resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))
        attachment = [("big.bin", "application/octet-stream", bytes(range(256)) * 2000)]
        desk.put([letters.letter(f"person{number}@far.test", SUPPORT, attachments=attachment) for number in range(3, 9)])
        desk.gateway.wait_for_log(("disk", "full", "I/O", "database"), patience=20)
        self.assertTrue(desk.gateway.is_running(), desk.gateway.tail())
        self.assertEqual(3, len(desk.ledger()))
        self.assertEqual(6, desk.dovecot.count(SUPPORT))
        resource.prlimit(desk.gateway.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self.settle(9, patience=60)
        self.assertEqual(9, len(desk.tickets()))
        self.finish()

    def test_takes_nothing_below_the_free_space_that_is_wanted(self):
        desk = self.make_desk()
        desk.start()
        desk.settings["limits"] = {"free_disk": "1000 GB"}
        desk.configure()
        desk.gateway.reload()
        desk.gateway.wait_for_log(("reload", "configuration"))
        desk.send(letters.letter(ALICE, SUPPORT))
        desk.gateway.wait_for_log("free beside the database")
        self.assertEqual([], desk.ledger())
        del desk.settings["limits"]
        desk.configure()
        desk.gateway.reload()
        self.settle(1)
        self.finish()

    def test_a_database_that_another_program_has_locked(self):
        for seconds in (2, 8):
            with self.subTest(seconds):
                desk = self.start()
                desk.send(letters.letter(ALICE, SUPPORT))
                self.settle(1)
                shell = sqlite3.connect(desk.gateway.database, isolation_level=None)
                shell.execute("BEGIN IMMEDIATE")
                desk.put([letters.letter(f"person{number}@far.test", SUPPORT) for number in range(3)])
                with self.assertRaises(AssertionError):
                    wait_until(lambda: len(desk.ledger()) > 1, "an outcome", patience=seconds)
                shell.execute("COMMIT")
                shell.close()
                self.settle(4)
                self.finish()

    # What is said

    def test_the_log_has_no_bodies_and_no_control_characters(self):
        desk = self.start()
        desk.send(letters.letter(ALICE, SUPPORT, "=?utf-8?q?ring_=1B=5B31m_the_bell=0D=0Aevent=3Dforged?=", "zebra crossing\n"))
        desk.send(letters.out_of_office(BOB, SUPPORT))
        self.settle(2)
        self.finish()
        log = desk.gateway.log()
        self.assertNotIn("zebra", log)
        self.assertNotIn("\x1b", log)
        self.assertFalse([line for line in log.splitlines() if line.startswith("event=forged")])

    def test_no_password_in_the_arguments_or_the_environment(self):
        desk = self.start()
        for name in ("cmdline", "environ"):
            # What only root may read is read by nobody else.
            with contextlib.suppress(PermissionError), open(f"/proc/{desk.gateway.process.pid}/{name}", "rb") as file:
                self.assertNotIn(b"7Q", file.read())
        self.assertEqual(0, desk.gateway.stop()[0])


if __name__ == "__main__":
    unittest.main()
