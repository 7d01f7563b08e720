"""A help desk with all that belongs to it: Dovecot, an SMTP server, the gateway, and people."""

import email
import email.policy
import os
import pathlib
import shutil
import tempfile
import unittest

import invariants
import letters
from deadline import wait_until
from dovecot import Dovecot
from gateway import Gateway
from smtp_server import SmtpServer

SUPPORT = "support@desk.test"
OFFICE = "office@desk.test"
ALICE = "alice@school.test"
BOB = "bob@school.test"
MALLORY = "mallory@elsewhere.test"
PASSWORDS = {address: f"secret of {address.split('@')[0]} 7Q" for address in (SUPPORT, OFFICE, ALICE, BOB, MALLORY)}
RELAY_USER = "desk"
RELAY_PASSWORD = "relay password Zx19"
LONG = bool(os.environ.get("BELLHOP_E2E_LONG"))


class Desk:
    """One in a folder of its own. Everything is startable, stoppable and may be configured before."""

    def __init__(self, folder, *, storage="maildir", capability="", people=(), preset=None,
                 local_domains=("desk.test", "school.test", "elsewhere.test"), tokens=None):
        """`people` have mailboxes besides those of PASSWORDS; with a `preset` its rules, people and promises hold.
        `tokens`: a TokenServer whose tokens both servers take, besides passwords."""
        self.folder = pathlib.Path(folder)
        self.passwords = {**PASSWORDS, **{address: f"secret of {address}" for address in people}}
        self.dovecot = Dovecot(self.folder / "dovecot", self.passwords, storage=storage, capability=capability,
                               extra=tokens.dovecot(self.folder) if tokens else "").start()
        self.smtp = SmtpServer(
            self.folder / "smtp", certificate=self.dovecot.certificate, key=self.dovecot.key,
            users={RELAY_USER: RELAY_PASSWORD}, local_domains=local_domains, lmtp_port=self.dovecot.lmtp_port,
            accepts_token=tokens and (lambda user, token: tokens.show("smtp", token, user) is not None)).start()
        self.gateway = Gateway(self.folder / "bellhop", preset)
        self.delivered = {"support": [], "office": []}
        self.removed = []
        self.settings = self._settings()

    def _settings(self):
        return {
            "desk": {"name": "IT Support", "ticket_tag": "HELP", "time_zone": "Europe/London"},
            "mailbox": [self.mailbox("support", SUPPORT)],
            "smtp": {
                "host": "localhost", "port": self.smtp.port, "security": "starttls", "user": RELAY_USER,
                "password_file": self.secret("relay", RELAY_PASSWORD), "ca_file": self.dovecot.certificate,
            },
        }

    def mailbox(self, name, address, **changes):
        """The configuration of a mailbox."""
        return {
            "name": name, "address": address, "host": "localhost", "port": self.dovecot.imap_port,
            "security": "starttls", "user": address, "password_file": self.secret(name, self.passwords[address]),
            "ca_file": self.dovecot.certificate, "processed_folder": "Processed", "poll_interval": "1s", **changes,
        }

    def secret(self, name, text):
        path = self.folder / f"{name}.password"
        path.write_text(text + "\n")
        path.chmod(0o600)
        return path

    def configure(self):
        self.gateway.configure(self.settings)

    def start(self, **options):
        """Starts the gateway, and waits until it has looked into its mailboxes: mail that comes from
        then on is taken, whatever `first_start` says."""
        self.configure()
        self.gateway.start(**options)
        self.wait_for_first_look()
        return self

    def wait_for_first_look(self):
        mailboxes = sum(2 if "sent_folder" in one else 1 for one in self.settings["mailbox"])
        wait_until(lambda: len(invariants.read(self.gateway.database, "SELECT mailbox FROM mailbox_cursors")) == mailboxes,
                   lambda: "a look into each mailbox:\n" + self.gateway.tail())

    def close(self):
        self.gateway.kill()
        self.smtp.stop()
        self.dovecot.stop()

    # People.

    def send(self, mail, to="support"):
        """A mail comes in, by LMTP as from the school's mail server."""
        self.delivered[to].append(mail)
        self.dovecot.deliver(SUPPORT if to == "support" else OFFICE, mail)
        return mail

    def put(self, mails, to="support"):
        """Many mails come in at once (APPEND)."""
        self.delivered[to].extend(mails)
        self.dovecot.append(SUPPORT if to == "support" else OFFICE, mails)

    def inbox_of(self, person):
        """What a person has been sent, oldest first."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for _, _, raw in self.dovecot.mails(person)]

    def answer_to(self, person, count=1):
        """The newest mail that a person has got, as soon as there are `count`."""
        wait_until(lambda: self.dovecot.count(person) >= count,
                   lambda: f"{person} has {count} mail(s); the log:\n{self.gateway.tail()}")
        return self.inbox_of(person)[-1]

    # What the gateway has made of it.

    def tickets(self):
        return self.gateway.json("ticket", "list", "--all")

    def ticket(self, number):
        return self.gateway.json("ticket", "show", number)

    def wait_for_tickets(self, count, **options):
        return wait_until(lambda: len(self.tickets()) >= count and self.tickets(),
                          lambda: f"{count} tickets, there are {len(self.tickets())}:\n{self.gateway.tail()}", **options)

    def ledger(self):
        """The ledger's rows as (mailbox, uid, outcome, reason)."""
        return invariants.read(self.gateway.database, "SELECT name, uid, outcome, reason FROM ledger"
                               " JOIN mailboxes ON mailboxes.id = ledger.mailbox ORDER BY decided_at, uid")

    def wait_for_outcomes(self, count, **options):
        return wait_until(lambda: len(self.ledger()) >= count and self.ledger(),
                          lambda: f"{count} outcomes; there are {self.ledger()}\n{self.gateway.tail()}", **options)

    def evidence(self, **changes):
        on_server = {}
        for name, address in (("support", SUPPORT), ("office", OFFICE)):
            on_server[name] = {folder: self.dovecot.mails(address, folder) for folder in self.dovecot.folders(address)}
        return invariants.Evidence(
            database=self.gateway.database, journal=self.smtp.folder / "journal.jsonl",
            delivered=self.delivered, on_server=on_server, own_addresses=(SUPPORT, OFFICE),
            secrets=(*PASSWORDS.values(), RELAY_PASSWORD), logs=(self.gateway.log_path,),
            removed=tuple(self.removed), **changes)


class DeskTest(unittest.TestCase):
    """A test with a desk. At its end the invariants must hold, unless it says how they need not."""

    def make_desk(self, **options):
        folder = tempfile.mkdtemp(prefix="bellhop-e2e-")
        os.chmod(folder, 0o711)
        self.addCleanup(self._put_away, folder)
        desk = Desk(folder, **options)
        self.addCleanup(desk.close)
        self.desk = desk
        return desk

    def _put_away(self, folder):
        failed = any(error for _, error in self._outcome.result.failures + self._outcome.result.errors)
        if failed and os.environ.get("BELLHOP_E2E_KEEP"):
            print(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)

    def settle(self, outcomes=None, **options):
        """Waits until so many mails (else: all) have an outcome and nothing is left to be sent or moved."""
        self.desk.wait_for_outcomes(outcomes or sum(map(len, self.desk.delivered.values())), **options)
        wait_until(lambda: not invariants.read(
            self.desk.gateway.database,
            "SELECT id FROM outbox WHERE state IN ('queued', 'sending')"
            " UNION ALL SELECT uid FROM ledger WHERE processed = 0"),
            lambda: "nothing is left to be done:\n" + self.desk.gateway.tail(), **options)

    def assert_invariants(self, **changes):
        found = invariants.complaints(self.desk.evidence(**changes))
        if found:
            self.fail("\n".join(found[:20]) + "\nthe log:\n" + self.desk.gateway.tail())
