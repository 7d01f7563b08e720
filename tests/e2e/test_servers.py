"""Our own servers do what the other tests rely on."""

import json
import os
import shutil
import smtplib
import ssl
import tempfile
import unittest

import invariants
import letters
from dovecot import Dovecot
from smtp_server import SmtpServer

ALICE = "alice@school.test"
MAIL = letters.letter("desk@desk.test", ALICE, text=".a line that begins with a dot\n" + "more\n" * 10)


class Servers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="bellhop-e2e-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        os.chmod(self.folder, 0o711)
        self.dovecot = Dovecot(f"{self.folder}/dovecot", {ALICE: "secret"}).start()
        self.addCleanup(self.dovecot.stop)
        self.smtp = SmtpServer(
            f"{self.folder}/smtp", certificate=self.dovecot.certificate, key=self.dovecot.key,
            users={"desk": "password"}, local_domains={"school.test"}, lmtp_port=self.dovecot.lmtp_port).start()
        self.addCleanup(self.smtp.stop)

    def connect(self):
        client = smtplib.SMTP("localhost", self.smtp.port, timeout=20)
        self.addCleanup(client.close)
        client.starttls(context=ssl.create_default_context(cafile=str(self.dovecot.certificate)))
        client.login("desk", "password")
        return client

    def send(self, client):
        return client.sendmail("", [ALICE], MAIL)

    def test_mail_for_a_local_address_reaches_its_mailbox(self):
        self.send(self.connect())
        [(_, _, raw)] = self.dovecot.mails(ALICE)
        self.assertTrue(raw.endswith(MAIL), raw)
        [mail] = self.smtp.mails_to(ALICE)
        self.assertEqual((MAIL, "", "desk", True), (mail.raw, mail.sender, mail.user, mail.tls))
        last = json.loads((self.smtp.folder / "journal.jsonl").read_text().splitlines()[-1])
        self.assertEqual(("accepted", invariants.message_id(MAIL)), (last["event"], last["message_id"]))

    def test_refuses_as_often_as_planned(self):
        client = self.connect()
        self.smtp.on("rcpt", reply="451 4.7.1 Greylisted\n451 4.7.1 come back", times=2)
        for _ in range(2):
            with self.assertRaises(smtplib.SMTPRecipientsRefused) as refusal:
                self.send(client)
            self.assertEqual((451, b"4.7.1 Greylisted\n4.7.1 come back"), refusal.exception.recipients[ALICE])
        self.assertEqual({}, self.send(client))

    def test_cuts_the_connection_before_or_after_it_keeps_the_mail(self):
        for stage, keep, kept in (("lines", False, 0), ("dot", False, 0), ("dot", True, 1)):
            with self.subTest(stage=stage, keep=keep):
                client = self.connect()
                self.smtp.on(stage, drop=True, keep=keep)
                with self.assertRaises(smtplib.SMTPServerDisconnected):
                    self.send(client)
                self.assertEqual(kept, len(self.smtp.mails_to(ALICE)))

    def test_comes_back_on_the_same_port(self):
        port = self.smtp.port
        self.smtp.stop()
        with self.assertRaises(OSError):
            smtplib.SMTP("localhost", port, timeout=5)
        self.smtp.start()
        self.assertEqual({}, self.send(self.connect()))
        port = self.dovecot.imap_port
        self.dovecot.restart()
        self.assertEqual((port, 1), (self.dovecot.imap_port, self.dovecot.count(ALICE)))

    def test_relays_for_nobody_who_has_not_logged_in(self):
        with smtplib.SMTP("localhost", self.smtp.port, timeout=20) as client:
            with self.assertRaises(smtplib.SMTPRecipientsRefused):
                client.sendmail("a@b.test", ["x@far.test"], MAIL)

    def test_changes_uidvalidity(self):
        self.dovecot.append(ALICE, [MAIL])
        old = self.dovecot.uidvalidity(ALICE)
        self.assertNotEqual(old, self.dovecot.change_uidvalidity(ALICE))
        self.assertEqual((old + 1, 1), (self.dovecot.uidvalidity(ALICE), self.dovecot.count(ALICE)))

    def test_multiplies_mails(self):
        self.dovecot.append(ALICE, [MAIL, MAIL])
        self.dovecot.multiply(ALICE, 25)
        self.assertEqual(25, self.dovecot.count(ALICE))


if __name__ == "__main__":
    unittest.main()
