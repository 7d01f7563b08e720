"""`bellhop doctor` on desks that somebody has set up wrongly, a mistake at a time: it names each, and says what to do.

A case is a method `plant_...`: it makes one mistake and returns the check that has to notice it, with which state, and
a word of what is to be done about it.
"""

import copy
import json
import os
import pathlib
import shutil
import threading
import time
import unittest

import letters
import processes
from deadline import wait_until
from desk import BOB, PASSWORDS, SUPPORT, DeskTest
from imap_server import CAPABILITIES, Account, ImapServer
from port_servers import Authority, PortServer, answers_http, closes, says, silent

LEAST_NAMED = 0.95  # of the mistakes planted

REPORT = """From: MAILER-DAEMON@desk.test
To: support@desk.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.desk.test

Final-Recipient: rfc822; support@desk.test
Action: failed
Status: 5.4.6
Diagnostic-Code: smtp; 554 5.4.6 Too many hops

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""


class DoctorTest(DeskTest):
    """A desk in order, and the mistakes of `plant_...` made one after the other."""

    def setUp(self):
        self.make_desk()
        self.desk.settings["desk"]["manager"] = BOB
        self.desk.settings["mailbox"][0]["address"] = SUPPORT
        self.good = copy.deepcopy(self.desk.settings)
        self.desk.configure()

    # What plants use.

    @property
    def mailbox(self):
        return self.desk.settings["mailbox"][0]

    @property
    def smtp(self):
        return self.desk.settings["smtp"]

    @property
    def folder(self):
        return self.desk.gateway.folder

    def at_port(self, server, security, table=None):
        """The mailbox (or `table`) at another server."""
        self.addCleanup(server.stop)
        table = self.mailbox if table is None else table
        table.update(port=server.port, security=security)
        if security == "none":
            table["host"] = "127.0.0.1"

    def at_account(self, **options):
        """The mailbox at an account that misbehaves."""
        account = Account([], **options)
        server = ImapServer({SUPPORT: account})
        self.at_port(server, "none")
        return account

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def diagnose(self, *arguments):
        done = self.desk.gateway.run("--json", "doctor", *arguments)
        try:
            return {one["check"]: one for one in json.loads(done.stdout)}, done.returncode
        except ValueError:
            raise AssertionError(done.stdout.decode() + done.stderr.decode()) from None

    # The cases.

    def mistakes(self):
        return sorted(name for name in dir(self) if name.startswith("plant_"))

    def put_in_order(self):
        self.desk.smtp.heal()
        self.desk.settings = copy.deepcopy(self.good)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.desk.configure()

    def find(self, name):
        """Makes a mistake. What is wrong with how it was named; nothing where all is right."""
        self.put_in_order()
        check, state, remedy, *arguments = getattr(self, name)()
        if (self.folder / "bellhop.toml").exists() and not getattr(self, "is_written", False):
            self.desk.configure()
        self.is_written = False
        found, status = self.diagnose(*(arguments or ["--no-mail"]))
        one = found.get(check)
        if one is None:
            return f"{name}: no line {check!r} among {list(found)}"
        if one["state"] != state or remedy not in one.get("remedy", ""):
            return f"{name}: wanted {state!r} with {remedy!r}, got {one}"
        if (status == 1) != any(each["state"] == "fail" for each in found.values()):
            return f"{name}: exit status {status}"
        return None

    def find_all(self):
        names = self.mistakes()
        self.assertTrue(names)
        wrong = list(filter(None, map(self.find, names)))
        if len(wrong) > len(names) * (1 - LEAST_NAMED):
            self.fail("\n".join(wrong))
        for line in wrong:
            print(line)


class Healthy(DoctorTest):
    def test_a_desk_in_order_has_no_failures(self):
        found, status = self.diagnose()
        self.assertEqual([], [one for one in found.values() if one["state"] == "fail"])
        self.assertEqual(0, status)
        self.assertEqual("ok", found["mailbox support: round trip"]["state"])
        self.assertEqual("ok", found["mailbox support: forged fields"]["state"])
        self.assertIn("agrees with", found["clock"]["seen"])
        # Nothing is left behind.
        self.assertEqual([], self.desk.dovecot.mails(SUPPORT))

    def test_a_gateway_that_runs_makes_no_ticket_of_the_mail_to_itself(self):
        desk = self.desk.start()
        found, _ = self.diagnose()
        self.assertEqual("ok", found["mailbox support: round trip"]["state"])
        self.assertEqual("ok", found["gateway"]["state"])
        desk.send(letters.letter("alice@school.test", SUPPORT))
        desk.wait_for_tickets(1)
        self.assertEqual(1, len(desk.tickets()))
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_lines_for_people_tell_what_is_wrong_and_what_to_do(self):
        self.smtp["port"] = processes.free_port()
        self.desk.configure()
        done = self.desk.gateway.run("doctor", "--no-mail")
        self.assertEqual(1, done.returncode)
        text = done.stdout.decode()
        self.assertRegex(text, r"(?m)^ok    mailbox support: login: signed in as support@desk\.test$")
        self.assertRegex(text, r"(?m)^fail  smtp: server: nobody answers at localhost:\d+")
        self.assertRegex(text, r"(?m)^      = correct port or host")

    def test_one_mailbox_alone_and_a_name_that_nobody_has(self):
        found, _ = self.diagnose("support", "--no-mail")
        self.assertIn("mailbox support: login", found)
        done = self.desk.gateway.run("doctor", "suport")
        self.assertEqual(64, done.returncode)
        self.assertIn(b'no mailbox is named "suport"', done.stderr)

    def test_no_secret_is_told(self):
        self.smtp["port"] = self.desk.dovecot.imap_port
        self.desk.configure()
        done = self.desk.gateway.run("--json", "doctor", "--no-mail")
        for secret in PASSWORDS.values():
            self.assertNotIn(secret.encode(), done.stdout + done.stderr)


class Ports(DoctorTest):
    def plant_a_host_name_that_is_none(self):
        self.mailbox["host"] = "imap.school.invalid"
        return "mailbox support: server", "fail", "getent hosts imap.school.invalid"

    def plant_a_port_where_nobody_listens(self):
        self.mailbox["port"] = processes.free_port()
        return "mailbox support: server", "fail", "correct port or host"

    def plant_a_silent_server(self):
        self.at_port(PortServer(silent), "tls")
        return "mailbox support: server", "fail", "a firewall or proxy"

    def plant_a_server_that_hangs_up(self):
        self.at_port(PortServer(closes), "tls")
        return "mailbox support: server", "fail", "lets this machine in"

    def plant_tls_at_a_starttls_port(self):
        self.mailbox["security"] = "tls"
        return "mailbox support: server", "fail", 'security = "starttls"'

    def plant_starttls_at_a_tls_port(self):
        self.mailbox["port"] = self.desk.dovecot.imaps_port
        return "mailbox support: server", "fail", 'security = "tls"'

    def plant_smtp_with_tls_at_a_starttls_port(self):
        self.smtp["security"] = "tls"
        return "smtp: server", "fail", 'security = "starttls"'

    def plant_imap_at_an_smtp_port(self):
        self.mailbox["port"] = self.desk.smtp.port
        return "mailbox support: server", "fail", "port = 993"

    def plant_smtp_at_an_imap_port(self):
        self.smtp["port"] = self.desk.dovecot.imap_port
        return "smtp: server", "fail", "port = 465"

    def plant_a_pop3_port(self):
        self.at_port(PortServer(says("+OK Dovecot ready.")), "starttls")
        return "mailbox support: server", "fail", "port = 993"

    def plant_a_web_server(self):
        self.at_port(PortServer(answers_http), "tls")
        return "mailbox support: server", "fail", "port = 993"

    def plant_a_server_without_starttls(self):
        self.at_port(ImapServer({}), "starttls")
        return "mailbox support: server", "fail", 'security = "tls"'

    def plant_a_relay_that_serves_nobody(self):
        self.desk.smtp.on("connect", reply="554 5.7.1 you are not welcome here", times=None)
        return "smtp: server", "fail", "let this machine in"

    def test_names_what_is_wrong_with_ports(self):
        self.find_all()


class Certificates(DoctorTest):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.desk.folder / "authority")

    def certified(self, name, **options):
        context = self.authority.context(name, **options)
        self.at_port(PortServer(says("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready"), context), "tls")
        self.mailbox["ca_file"] = self.authority.certificate

    def plant_the_name_of_another_server(self):
        self.certified("other", names="DNS:mail.other.test")
        return "mailbox support: certificate", "fail", "a name that the certificate has"

    def plant_a_certificate_that_vouches_for_itself(self):
        del self.mailbox["ca_file"]
        return "mailbox support: certificate", "fail", 'ca_file = "FILE" with this certificate'

    def plant_an_authority_that_nobody_knows(self):
        self.certified("unknown")
        del self.mailbox["ca_file"]
        return "mailbox support: certificate", "fail", "for a CA of your own"

    def plant_a_certificate_that_has_ended(self):
        self.certified("expired", end="20210101000000Z")
        return "mailbox support: certificate", "fail", "renewed on the server"

    def plant_a_certificate_of_the_future(self):
        self.certified("future", begin="20970101000000Z")
        return "mailbox support: certificate", "fail", "set this machine's clock"

    def plant_a_certificate_that_ends_soon(self):
        self.certified("soon", end=time.strftime("%Y%m%d%H%M%SZ", time.gmtime(time.time() + 5 * 86400)))
        return "mailbox support: certificate", "warn", "renewed on the server"

    def test_names_what_is_wrong_with_certificates(self):
        self.find_all()


class Logins(DoctorTest):
    def plant_a_wrong_password(self):
        self.mailbox["password_file"] = self.desk.secret("wrong", "not the password")
        return "mailbox support: login", "fail", "user or password is not accepted"

    def plant_a_wrong_password_of_the_relay(self):
        self.smtp["password_file"] = self.desk.secret("wrong", "not the password")
        return "smtp: login", "fail", "user or password is not accepted"

    def plant_a_relay_without_logins(self):
        self.desk.smtp.on("ehlo", reply="250-localhost\n250 STARTTLS", times=None)
        return "smtp: login", "fail", "takes no password here"

    def plant_a_server_of_tickets_only(self):
        server = PortServer(self._kerberos_only)
        self.at_port(server, "none")
        return "mailbox support: login", "fail", "takes no password here"

    @staticmethod
    def _kerberos_only(connection):
        connection.sendall(b"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=GSSAPI] ready\r\n")
        for line in connection.makefile("rb"):
            tag, _, command = line.strip().partition(b" ")
            if command == b"CAPABILITY":
                connection.sendall(b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=GSSAPI\r\n")
            connection.sendall(tag + b" OK done\r\n")

    def plant_too_many_connections(self):
        self.at_account(command=lambda account, name, arguments:
                        ["$tag NO [LIMIT] Too many simultaneous connections"] if name == "LOGIN" else None)
        return "mailbox support: login", "fail", "close other programs"

    def plant_a_password_that_is_not_there(self):
        self.mailbox["password_file"] = pathlib.Path("nowhere.password")
        return "mailbox support: password", "fail", "install -m 600"

    def plant_an_empty_password(self):
        self.mailbox["password_file"] = self.desk.secret("empty", "")
        return "mailbox support: password", "fail", "write it, one line"

    def plant_a_password_of_two_lines(self):
        self.mailbox["password_file"] = self.desk.secret("two", "one\ntwo")
        return "mailbox support: password", "fail", "nothing else: one line"

    def plant_a_password_that_all_may_read(self):
        path = self.desk.secret("open", PASSWORDS[SUPPORT])
        path.chmod(0o644)
        self.mailbox["password_file"] = path
        return "configuration", "fail", "chmod 600"

    def plant_a_credential_that_nobody_gives(self):
        del self.mailbox["password_file"]
        self.mailbox["password_credential"] = "password_support"
        return "mailbox support: password", "fail", "credentials/support: write it"

    def plant_a_variable_that_is_not_set(self):
        del self.smtp["password_file"]
        self.smtp["password_env"] = "BELLHOP_NO_SUCH_VARIABLE"
        return "smtp: password", "fail", "set the variable"

    def test_names_what_is_wrong_with_logins(self):
        self.find_all()


class Mailboxes(DoctorTest):
    def refuses(self, wanted, reply, **options):
        self.at_account(command=lambda account, name, arguments:
                        [f"$tag {reply}"] if name == wanted else None, **options)

    def plant_a_folder_that_is_not_there(self):
        self.mailbox["folder"] = "Nowhere"
        return "mailbox support: folder", "fail", "correct folder"

    def plant_an_account_that_may_not_open_the_mailbox(self):
        self.refuses("SELECT", "BAD User is authenticated but not connected.")
        return "mailbox support: folder", "fail", "full access"

    def plant_a_mailbox_that_may_be_read_only(self):
        def command(account, name, arguments):
            if name == "SELECT":
                return ["* 0 EXISTS", "* OK [UIDVALIDITY 7] ok", "* OK [UIDNEXT 1] ok", "$tag OK [READ-ONLY] selected"]
            return None
        self.at_account(command=command)
        return "mailbox support: folder", "fail", "full access"

    def plant_a_processed_folder_that_cannot_be_made(self):
        self.refuses("CREATE", "NO [NOPERM] Permission denied")
        return "mailbox support: processed folder", "fail", "make the folder in a mail program"

    def plant_a_flag_that_is_forgotten(self):
        def command(account, name, arguments):
            if name == "SELECT":
                return ["* 0 EXISTS", "* OK [PERMANENTFLAGS (\\Seen)] kept", "* OK [UIDVALIDITY 7] ok",
                        "* OK [UIDNEXT 1] ok", "$tag OK [READ-WRITE] selected"]
            return None
        self.at_account(command=command)
        self.mailbox["after_commit"] = "flag"
        return "mailbox support: processed flag", "fail", 'after_commit = "move"'

    def plant_a_server_that_cannot_move(self):
        self.at_account(capabilities=CAPABILITIES.replace(" UIDPLUS MOVE", ""))
        return "mailbox support: processed flag", "warn", 'after_commit = "flag"'

    def plant_a_mailbox_without_a_sent_folder(self):
        self.at_account()
        return "mailbox support: sent folder", "warn", "reply to the gateway's mails"

    def test_names_what_is_wrong_with_mailboxes(self):
        self.find_all()


class Relays(DoctorTest):
    def plant_a_sender_that_the_account_may_not_use(self):
        self.desk.smtp.on("mail", reply="553 5.7.1 Sender address rejected: not owned by user desk", sender=".", times=None)
        return f"smtp: sender {SUPPORT}", "fail", f"let desk send as {SUPPORT}"

    def plant_a_relay_that_does_not_like_the_null_sender(self):
        self.desk.smtp.on("mail", reply="550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                          sender="^$", times=None)
        return "smtp: null sender", "warn", f'envelope_sender = "{SUPPORT}"'

    def plant_a_relay_that_does_not_relay(self):
        self.desk.smtp.on("rcpt", reply="554 5.7.1 Relay access denied", recipient="example.com", times=None)
        return "smtp: mail to others", "fail", "let desk send to addresses outside"

    def plant_a_relay_that_wants_a_login(self):
        for key in ("user", "password_file"):
            del self.smtp[key]
        self.desk.smtp.on("mail", reply="530 5.7.0 Authentication required", times=None)
        return f"smtp: sender {SUPPORT}", "fail", "give user and password in [smtp]"

    def plant_a_desk_that_its_own_server_does_not_know(self):
        self.desk.smtp.on("rcpt", reply="550 5.1.1 User unknown in virtual mailbox table", recipient="desk.test", times=None)
        return f"smtp: sender {SUPPORT}", "fail", "correct address"

    def plant_a_relay_that_is_busy(self):
        self.desk.smtp.on("mail", reply="451 4.3.2 come back later", times=None)
        return f"smtp: sender {SUPPORT}", "warn", "tried again"

    def test_names_what_is_wrong_with_relays(self):
        self.find_all()


class RoundTrips(DoctorTest):
    def answer_by(self, act):
        """As soon as the relay has taken the mail to itself, and only once."""
        before = len(self.desk.smtp.accepted)

        def wait():
            wait_until(lambda: len(self.desk.smtp.accepted) > before, "the mail of doctor")
            act(self.desk.smtp.accepted[-1])
        threading.Thread(target=wait, daemon=True).start()

    def plant_an_address_that_leads_elsewhere(self):
        self.desk.smtp.local_domains = set()
        return "mailbox support: round trip", "fail", "is delivered into this mailbox", "--patience", "5"

    def plant_a_filter_that_takes_mail_for_unwanted(self):
        self.desk.smtp.local_domains = set()
        self.desk.dovecot.create_folder(SUPPORT, "Junk")
        self.answer_by(lambda mail: self.desk.dovecot.append(SUPPORT, [mail.raw], "Junk"))
        return "mailbox support: round trip", "fail", "let the filter pass", "--patience", "30"

    def plant_two_servers_that_hand_mail_to_each_other(self):
        self.desk.smtp.local_domains = set()
        self.answer_by(lambda mail: self.desk.dovecot.deliver(
            SUPPORT, REPORT.format(message_id=mail.message["Message-ID"]).replace("\n", "\r\n").encode()))
        return "mailbox support: round trip", "fail", "MX entry", "--patience", "30"

    def plant_a_relay_that_refuses_the_mail(self):
        self.desk.smtp.on("dot", reply="554 5.6.0 Message refused: content", times=None)
        return "mailbox support: round trip", "fail", "lines of smtp"

    def plant_a_clock_that_is_hours_off(self):
        self.desk.smtp.local_domains = set()
        account = self.at_account()
        later = time.strftime("%d-%b-%Y %H:%M:%S +0000", time.gmtime(time.time() + 3 * 3600))
        self.answer_by(lambda mail: account.deliver(mail.raw, date=later))
        return "clock", "fail", "timedatectl set-ntp true", "--patience", "30"

    def put_in_order(self):
        super().put_in_order()
        self.desk.smtp.local_domains = {"desk.test", "school.test", "elsewhere.test"}

    def test_names_what_is_wrong_on_the_way(self):
        self.find_all()


class Machines(DoctorTest):
    def plant_a_full_disk(self):
        self.desk.settings["limits"] = {"free_disk": "1000GB"}
        return "disk", "fail", "make room"

    def plant_a_database_that_is_none(self):
        (self.folder / "data/bellhop.db").write_text("no database at all, but a text that is long enough to be one\n" * 40)
        return "database", "fail", "restore FILE"

    def plant_a_database_of_root(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        (self.folder / "data/bellhop.db").touch()
        shutil.chown(self.folder / "data", "nobody")
        return "database", "fail", "chown nobody:"

    def plant_a_gateway_that_does_not_run(self):
        return "gateway", "warn", "systemctl enable --now bellhop"

    def plant_a_database_without_a_backup(self):
        self.desk.gateway.run("ingest", "-", input=letters.letter("alice@school.test", SUPPORT))
        return "backup", "warn", "bellhop-backup.timer"

    def plant_a_folder_that_all_may_write(self):
        self.folder.chmod(0o777)
        return "files", "fail", f"chmod o-w {self.folder}"

    def plant_a_file_that_all_may_write(self):
        self.write("people.toml", "")
        (self.folder / "people.toml").chmod(0o666)
        return "files", "fail", "chmod o-w"

    def plant_a_file_of_a_stranger(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        self.write("people.toml", "")
        shutil.chown(self.folder / "people.toml", "nobody")
        return "files", "fail", "chown root"

    def plant_a_template_that_leads_to_a_secret(self):
        template = self.folder / "templates/acknowledgement.txt"
        template.unlink()
        template.symlink_to(self.desk.secret("relay", "a secret"))
        return "files", "fail", "write the file itself"

    def test_names_what_is_wrong_with_the_machine(self):
        self.find_all()


class Desks(DoctorTest):
    CALENDAR = """zone = "Europe/London"
[hours.term]
mon_to_fri = "08:30-17:00"
[[period]]
name = "term"
from = {begin}
to = {end}
hours = "term"
"""

    def calendar(self, begin, end):
        day = 86400
        text = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * day)) for days in (begin, end)]
        self.write("calendar.toml", self.CALENDAR.format(begin=text[0], end=text[1]))

    def plant_a_calendar_that_ends_soon(self):
        self.calendar(-30, 20)
        return "calendar desk", "warn", "write the next terms"

    def plant_a_calendar_that_has_ended(self):
        self.calendar(-60, -5)
        return "calendar desk", "fail", "write the next terms"

    def plant_nobody_who_is_told(self):
        del self.desk.settings["desk"]["manager"]
        return "people told", "fail", "manager ="

    def plant_a_key_that_is_none(self):
        self.desk.settings["desk"]["ticket_tug"] = "HELP"
        return "configuration", "fail", "check shows all"

    def plant_a_configuration_that_is_not_there(self):
        (self.folder / "bellhop.toml").unlink()
        self.is_written = True
        return "configuration", "fail", "bellhop init"

    def plant_rules_that_fail_their_own_tests(self):
        self.write("rules.toml", """priorities = ["P1", "P3"]
[default]
priority = "P3"
[[test]]
name = "outage"
subject = "the internet is down"
expect.priority = "P1"
""")
        return "configuration", "fail", "check shows all"

    def test_names_what_is_wrong_with_the_desk(self):
        self.find_all()

    def test_wrong_rules_keep_nobody_from_trying_the_servers(self):
        self.write("rules.toml", "nonsense")
        found, status = self.diagnose("--no-mail")
        self.assertEqual(1, status)
        self.assertEqual("ok", found["mailbox support: login"]["state"])
        self.assertEqual("ok", found["smtp: login"]["state"])


class Count(unittest.TestCase):
    def test_there_are_forty_mistakes_and_more(self):
        groups = (Ports, Certificates, Logins, Mailboxes, Relays, RoundTrips, Machines, Desks)
        self.assertGreaterEqual(sum(name.startswith("plant_") for group in groups for name in dir(group)), 40)


if __name__ == "__main__":
    unittest.main()
