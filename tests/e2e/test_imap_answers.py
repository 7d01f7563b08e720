"""What IMAP servers answer on a bad day: no mail is lost, none doubled, none moved unread.

Each fault is an account of one scripted server, and all accounts are mailboxes of one gateway, so that the table may
grow without the suite getting slower.
"""

import os
import pathlib
import shutil
import tempfile
import time
import unittest

import invariants
import letters
from deadline import wait_until
from gateway import STOPS_WITHIN, Gateway
from imap_server import CAPABILITIES, Account, HangUp, ImapServer

DESK = "desk@desk.test"
MEMORY_LIMIT = 64 * 1024  # KiB that a hostile server may make the gateway take
BACKLOG = 5000 if os.environ.get("BELLHOP_E2E_LONG") else 500  # mails


def mails(count=3):
    return [letters.letter("ann@school.test", DESK, f"Mail {number}", text=f"The text of mail {number}.\n" * 9)
            for number in range(1, count + 1)]


def literal(uid, raw, announced=None):
    return b"(UID %d BODY[] {%d}\r\n" % (uid, len(raw) if announced is None else announced) + raw


# Faults. Each gives the keyword arguments of an Account.

def refuses_bodies(reply, seconds=3, times=None):
    """Every command for bodies, for some seconds or for so many times."""
    def command(account, name, arguments):
        if name != "UID FETCH" or "BODY.PEEK[]" not in arguments:
            return None
        over = account.count("refused") > times if times else not account.within(seconds)
        return None if over else [reply]
    return {"command": command}


def instead(answer, uid=2, times=None, seconds=None, whole=False):
    """`answer(uid, mail)` in place of one mail: always, or so many times, or for some seconds. `whole`: it is the
    mail, only in another form."""
    def body(account, asked, mail):
        if whole and asked == uid:
            account.read.add(mail.raw)
        if asked != uid or (times and account.count("instead") > times) or (seconds and not account.within(seconds)):
            return None
        return answer(asked, mail)
    return {"body": body}


def refuses_one(reply, uid=2):
    """A command that holds this mail, whatever else it holds."""
    def command(account, name, arguments):
        if name != "UID FETCH" or "BODY.PEEK[]" not in arguments or uid not in account.chosen(arguments.split(" ")[0]):
            return None
        return [reply] if not account.state.get("mended") else None
    return {"command": command}


def breaks_over(uid=2, times=None, bye=None):
    def body(account, asked, mail):
        if asked != uid or account.state.get("mended") or (times and account.count("broken") > times):
            return None
        if bye:
            return b"(UID %d FLAGS ())\r\n* BYE " % asked + bye
        raise HangUp
    return {"body": body}


def refuses_login(reply, times=2):
    return {"command": lambda account, name, arguments:
            [reply] if name == "LOGIN" and account.count("login") <= times else None}


def refuses_moves(reply, uid=None, times=None):
    def command(account, name, arguments):
        if name != "UID MOVE" or (uid and uid not in account.chosen(arguments.split(" ")[0])):
            return None
        return [reply] if not times or account.count("moves") <= times else None
    return {"command": command}




APOLOGY = (b"From: Microsoft Exchange Server\r\nSubject: Retrieval using the IMAP4 protocol failed for the following"
           b" message: 2\r\n\r\nThe server couldn't retrieve the following message:\r\n")

# What passes: in the end there are three tickets, and nothing is left.
PASSING = {
    "throttled-no": refuses_bodies("$tag NO Request is throttled. Suggested Backoff Time: 1500 milliseconds", times=2),
    "throttled-bad": refuses_bodies("$tag BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds", times=2),
    "throttled-bye": refuses_bodies("* BYE Request is throttled. Suggested Backoff Time: 1500 milliseconds", times=1),
    "throttled-code": refuses_bodies("$tag NO [THROTTLED] Too many requests"),
    "unavailable": refuses_bodies("$tag NO [UNAVAILABLE] Temporary failure"),
    "inuse": refuses_bodies("$tag NO [INUSE] Mailbox is locked"),
    "limit": refuses_bodies("$tag NO [LIMIT] Rate limit hit"),
    "overquota": refuses_bodies("$tag NO [OVERQUOTA] Account exceeded command or bandwidth limits."),
    "not-connected": refuses_bodies("$tag BAD User is authenticated but not connected."),
    "server-unavailable": refuses_bodies("$tag NO Server Unavailable. 15"),
    "serverbug": refuses_bodies("$tag NO [SERVERBUG] Internal error occurred. Refer to server log for more information."),
    "unknown-no": refuses_bodies("$tag NO nobody knows why"),
    "expunge-issued": refuses_bodies("$tag NO [EXPUNGEISSUED] Some of the requested messages no longer exist.", times=1),
    "ok-without-data": refuses_bodies("$tag OK Completed", seconds=2),
    "nil-once": instead(lambda uid, mail: b"(UID %d BODY[] NIL)" % uid, times=1),
    "nil": instead(lambda uid, mail: b"(UID %d BODY[] NIL)" % uid, seconds=3),
    "empty-once": instead(lambda uid, mail: literal(uid, b"") + b")", times=1),
    "empty": instead(lambda uid, mail: literal(uid, b"") + b")", seconds=3),
    "missing-once": instead(lambda uid, mail: b"", times=1),
    "missing": instead(lambda uid, mail: b"", seconds=3),
    "half-once": instead(lambda uid, mail: literal(uid, mail.raw[:len(mail.raw) // 2]) + b")", times=1),
    "half": instead(lambda uid, mail: literal(uid, mail.raw[:len(mail.raw) // 2]) + b")", seconds=3),
    "apology-once": instead(lambda uid, mail: literal(uid, APOLOGY) + b")", times=1),
    "cut-once": breaks_over(times=1),
    "cut-twice": breaks_over(times=2),
    "bye-once": breaks_over(times=1, bye=b"FETCH failed: Internal error occurred."),
    "size-too-small": {"announced": {2: 20}},
    "size-zero": {"announced": {2: 0}},
    "size-enormous": {"announced": {2: 99_999_999}},
    "literal8": instead(lambda uid, mail: b"(UID %d BODY[] ~{%d}\r\n" % (uid, len(mail.raw)) + mail.raw + b")", whole=True),
    "other-items": instead(lambda uid, mail: b'(X-GM-LABELS ("\\\\Inbox" "a{b") FLAGS (\\Seen $x) BODY[] {%d}\r\n'
                           % len(mail.raw) + mail.raw + b" MODSEQ (5) UID %d)" % uid, whole=True),
    "login-throttled": refuses_login("$tag NO Request is throttled. Suggested Backoff Time: 1500 milliseconds"),
    "login-too-many": refuses_login("$tag NO [ALERT] Too many simultaneous connections. (Failure)"),
    "move-expunge-issued": refuses_moves("$tag NO [EXPUNGEISSUED] Some of the requested messages no longer exist.", times=1),
    "move-not-done": refuses_moves("$tag OK moved", times=1),
    "no-move": {"capabilities": CAPABILITIES.replace("UIDPLUS MOVE ", "")},
}

# One mail is damaged for good: the others are taken, it stays where it is, and is named.
DAMAGED = {
    "refused": refuses_one("$tag NO [SERVERBUG] Internal error occurred."),
    "refused-bad": refuses_one("$tag BAD Command Error. 12"),
    "always-nil": instead(lambda uid, mail: b"(UID %d BODY[] NIL)" % uid),
    "always-empty": instead(lambda uid, mail: literal(uid, b"") + b")"),
    "always-missing": instead(lambda uid, mail: b""),
    "hangs-up": breaks_over(),
    "says-bye": breaks_over(bye=b"FETCH failed: Internal error occurred. Refer to server log."),
}

# Marks that are refused: the tickets are there, and what could be moved is.
UNMOVABLE = {
    "all-over-quota": (refuses_moves("$tag NO [OVERQUOTA] Quota exceeded (mailbox for user is full)"), {1, 2, 3}),
    "one-refused": (refuses_moves("$tag NO [SERVERBUG] cannot", uid=2), {2}),
    "nowhere": (refuses_moves("$tag NO Client tried to access nonexistent namespace."), {1, 2, 3}),
}


class ImapAnswers(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.gateway = Gateway(self.folder / "bellhop")
        self.clock = self.folder / "ahead"
        self.ahead = 0
        self.clock.write_text("0")

    def open(self, accounts, **settings):
        """A gateway on these accounts, each a mailbox of the same name."""
        self.accounts = accounts
        self.delivered = {name: [mail.raw for mail in account.inbox.values()] for name, account in accounts.items()}
        self.server = ImapServer(accounts)
        self.addCleanup(self.server.stop)
        password = self.folder / "password"
        password.write_text("secret\n")
        password.chmod(0o600)
        self.gateway.configure({
            "desk": {"name": "IT Support", "ticket_tag": "HELP", "time_zone": "Europe/London"},
            "mailbox": [{"name": name, "address": DESK, "host": "127.0.0.1", "port": self.server.port, "security": "none",
                         "user": name, "password_file": password, "first_start": "everything", "poll_interval": "1s",
                         **settings} for name in accounts],
            "smtp": {"host": "127.0.0.1", "port": 9, "security": "none"},
        })
        self.start()

    def start(self):
        self.addCleanup(self.gateway.kill)
        self.gateway.start(environment={"BELLHOP_CLOCK_AHEAD": str(self.clock)})

    def pass_time(self, minutes):
        self.ahead += minutes * 60
        self.clock.write_text(str(self.ahead))

    def deliver(self, name):
        raw = letters.letter("bob@school.test", DESK, "One more")
        self.delivered[name].append(raw)
        self.accounts[name].deliver(raw)

    def rows(self, query):
        return invariants.read(self.gateway.database, query)

    def outcomes(self):
        """{mailbox: {outcome: count}}"""
        found = {name: {} for name in self.accounts}
        for name, outcome, count in self.rows("SELECT name, outcome, count(*) FROM ledger JOIN mailboxes"
                                              " ON mailboxes.id = ledger.mailbox GROUP BY 1, 2"):
            found[name][outcome] = count
        return found

    def wait_for(self, condition, names=None, **options):
        """Until `condition(outcomes, account)` holds for each account."""
        def missing():
            outcomes = self.outcomes()
            return {name: (outcomes[name], sorted(account.inbox))
                    for name, account in self.accounts.items() if not condition(outcomes[name], account)}
        wait_until(lambda: not missing(), lambda: f"not so: {missing()}\n{self.gateway.tail(60)}", pause=0.2, **options)

    def finish(self):
        """Stops, and holds everything against the invariants."""
        self.gateway.stop()
        evidence = invariants.Evidence(
            database=self.gateway.database, journal=self.folder / "none", delivered=self.delivered,
            on_server={name: {"INBOX": [(uid, " ".join(mail.flags).encode(), mail.raw) for uid, mail in account.inbox.items()],
                              **{folder: [(0, b"", raw) for raw in raws] for folder, raws in account.folders.items()}}
                       for name, account in self.accounts.items()},
            own_addresses=(DESK,), secrets=("secret\n",), everything_taken=False)
        self.assertEqual([], invariants.complaints(evidence))
        self.assertEqual({}, {name: account.moved_unread for name, account in self.accounts.items() if account.moved_unread})

    def test_what_passes_costs_no_mail(self):
        self.open({name: Account(mails(), **fault) for name, fault in PASSING.items()})
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": 3}, patience=150)
        self.pass_time(2)  # marks that were refused are tried again
        flagged = "$BellhopProcessed"
        self.wait_for(lambda outcomes, account: all(flagged in mail.flags for mail in account.inbox.values()))
        self.assertEqual(["no-move"], [name for name, account in self.accounts.items() if account.inbox])
        self.assertEqual([], self.rows("SELECT uid FROM withheld_mails"))
        self.assertEqual(3 * len(PASSING), len(self.rows("SELECT DISTINCT message_id FROM messages WHERE direction = 'in'")))
        self.finish()

    def test_one_damaged_mail_stops_nothing_and_is_named(self):
        self.open({name: Account(mails(), **fault) for name, fault in DAMAGED.items()})
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": 2} and sorted(account.inbox) == [2])
        self.assertEqual({(name, 2) for name in DAMAGED},
                         set(self.rows("SELECT name, uid FROM withheld_mails JOIN mailboxes ON mailboxes.id = mailbox")))
        for minutes in (6, 6, 6, 6):  # of sessions in which it is asked for alone, while others come
            for name in DAMAGED:
                self.deliver(name)
            self.pass_time(minutes)
            wanted = {"ticket": self.outcomes()["refused"]["ticket"] + 1}
            self.wait_for(lambda outcomes, account: outcomes.get("ticket") == wanted["ticket"])
            self.pass_time(1)
            self.gateway.stop()
            self.start()
        self.wait_for(lambda outcomes, account: outcomes.get("quarantined") == 1 and sorted(account.inbox) == [2])
        self.gateway.wait_for_log("mail_given_up", count=len(DAMAGED))
        # Two of which nothing is known are no duplicates, and what is mended is taken after all.
        for account in self.accounts.values():
            account.state["mended"] = True
            account.body = lambda *_: None
        self.pass_time(25 * 60)
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": 7} and not account.inbox)
        self.assertEqual([], self.rows("SELECT id FROM quarantine WHERE released_at IS NULL"))
        self.finish()

    def test_a_mark_that_is_refused_stops_no_other(self):
        self.open({name: Account(mails(), **fault) for name, (fault, _) in UNMOVABLE.items()})
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": 3} and any("MOVE" in c for c in account.commands))
        self.wait_for(lambda outcomes, account: account is not self.accounts["one-refused"] or sorted(account.inbox) == [2])
        time.sleep(3)  # some polls
        for name, (_, left) in UNMOVABLE.items():
            self.assertEqual(left, set(self.accounts[name].inbox), name)
            self.assertEqual(1, self.gateway.log().count(f"mark_refused mailbox={name} "), name)
        self.finish()

    def test_a_throttled_backlog_becomes_tickets(self):
        def command(account, name, arguments):
            if name != "UID FETCH" or "BODY.PEEK[]" not in arguments:
                return None
            left = 2 - time.monotonic() % 2  # seconds of the window in which so many commands are allowed
            if account.count(f"window {time.monotonic() // 2}") <= 4:
                return None
            return [f"$tag NO Request is throttled. Suggested Backoff Time: {left * 1000:.0f} milliseconds"]

        self.open({"backlog": Account(mails(BACKLOG), command=command)})
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": BACKLOG} and not account.inbox, patience=900)
        self.assertEqual([], self.rows("SELECT id FROM quarantine"))
        self.finish()

    def test_uids_that_are_given_twice_hide_no_mail(self):
        account = Account(mails(6))
        self.open({"restored": account})
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": 6} and not account.inbox)
        self.gateway.stop()
        account.uidnext = 3  # the server as it was after its second mail
        for _ in range(5):
            raw = letters.letter("bob@school.test", DESK, "After the restore")
            self.delivered["restored"].append(raw)
            account.deliver(raw, date="01-Dec-2026 09:00:00 +0000")
        self.start()
        self.wait_for(lambda outcomes, account: outcomes == {"ticket": 11} and not account.inbox)
        self.gateway.wait_for_log("uids_given_twice")
        self.finish()

    def test_a_hostile_server_gets_neither_memory_nor_time(self):
        def floods(line):
            def command(account, name, arguments):
                if name != "UID FETCH":
                    return None
                return [line] * 3000 if account.within(6) else None
            return {"command": command}

        hostile = {
            "copies": floods("* OK [COPYUID 1 1:100000 1:100000] x"),
            "replies": floods("never1 OK done"),
            "alerts": floods("* OK [ALERT] look here"),
            "lists": floods("* LIST " + "(" * 30 + "x" * 20_000),
        }
        self.open({name: Account(mails(), **fault) for name, fault in hostile.items()})
        end = time.monotonic() + 5
        while time.monotonic() < end:
            self.assertLess(self.gateway.resident_kib(), MEMORY_LIMIT)
            time.sleep(0.2)
        status, seconds = self.gateway.stop()
        self.assertEqual(0, status)
        self.assertLess(seconds, STOPS_WITHIN)
        self.assertLess(self.gateway.log().count("imap_alert"), 100)


if __name__ == "__main__":
    unittest.main()
