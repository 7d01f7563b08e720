"""An IMAP server that behaves as real ones do on a bad day: one process, one account for each fault.

An account is a mailbox with its own mails and its own way of misbehaving (Account.body, Account.command). It
remembers what it has handed over whole and what was moved, so that a test can say: nothing was lost, nothing doubled,
nothing moved unread.
"""

import re
import socketserver
import threading
import time

CAPABILITIES = "IMAP4rev1 LITERAL+ SASL-IR IDLE UIDPLUS MOVE ESEARCH AUTH=PLAIN"


class HangUp(Exception):
    """The connection ends here."""


class Mail:
    def __init__(self, raw, date="30-Nov-2026 09:00:00 +0000"):
        self.raw = raw
        self.date = date
        self.flags = set()


class Account:
    """One mailbox. `body(account, uid, mail)` gives the bytes of a FETCH response without its "* n FETCH ", None for
    the usual one, "" for none, or raises HangUp. `command(account, name, arguments)` gives the lines of a whole answer
    with "$tag" in them, or None. `announced` maps a UID to the RFC822.SIZE that is told."""

    def __init__(self, mails, *, body=None, command=None, announced=None, capabilities=CAPABILITIES):
        self.inbox = {uid: Mail(raw) for uid, raw in enumerate(mails, 1)}
        self.uidnext = len(mails) + 1
        self.uidvalidity = 77
        self.body = body or (lambda account, uid, mail: None)
        self.command = command or (lambda account, name, arguments: None)
        self.announced = announced or {}
        self.capabilities = capabilities
        self.folders = {}  # name: [raw]
        self.read = set()  # raw bytes that were handed over whole
        self.moved_unread = []
        self.commands = []
        self.state = {}  # of the fault
        self.lock = threading.RLock()
        self.idlers = set()

    def deliver(self, raw, **options):
        with self.lock:
            self.inbox[self.uidnext] = Mail(raw, **options)
            self.uidnext += 1
            for handler in list(self.idlers):
                handler.say(f"* {len(self.inbox)} EXISTS")

    def count(self, name):
        """How often something has happened, this time included."""
        self.state[name] = self.state.get(name, 0) + 1
        return self.state[name]

    def within(self, seconds):
        """Whether so little time has passed since the first question."""
        return time.monotonic() - self.state.setdefault("begin", time.monotonic()) < seconds

    def chosen(self, text):
        top = max(self.inbox, default=0)
        wanted = set()
        for part in text.split(","):
            first, _, last = part.partition(":")
            ends = [top if end == "*" else int(end) for end in (first, last or first)]
            wanted |= {uid for uid in self.inbox if min(ends) <= uid <= max(ends)}
        return sorted(wanted)

    def take_out(self, uid, folder):
        mail = self.inbox.pop(uid)
        if mail.raw not in self.read:
            self.moved_unread.append(uid)
        self.folders.setdefault(folder, []).append(mail.raw)


class _Handler(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write((line + "\r\n").encode("utf-8", "surrogateescape") if isinstance(line, str) else line)

    def handle(self):
        self.account = None
        self.say(f"* OK [CAPABILITY {CAPABILITIES}] ready")
        try:
            while True:
                line = self.rfile.readline()
                if not line:
                    return
                tag, _, rest = line.decode("utf-8", "replace").rstrip("\r\n").partition(" ")
                self.answer(tag, rest)
        except (HangUp, ConnectionError, TimeoutError):
            pass
        finally:
            if self.account is not None:
                self.account.idlers.discard(self)

    def answer(self, tag, rest):
        name, _, arguments = rest.partition(" ")
        name = name.upper()
        if name == "AUTHENTICATE":
            return self.log_in(tag, arguments)
        if name == "CAPABILITY":
            self.say("* CAPABILITY " + (self.account.capabilities if self.account else CAPABILITIES))
            return self.say(f"{tag} OK done")
        if self.account is None:
            return self.say(f"{tag} BAD who are you")
        if name == "UID":
            sub, _, arguments = arguments.partition(" ")
            name = "UID " + sub.upper()
        with self.account.lock:
            self.account.commands.append(f"{name} {arguments}")
            lines = self.account.command(self.account, name, arguments)
            if lines is not None:
                for line in lines:
                    self.say(line.replace("$tag", tag))
                if any(line.startswith("* BYE") for line in lines):
                    raise HangUp
                return None
            return getattr(self, "do_" + name.lower().replace(" ", "_"), self.do_unknown)(tag, arguments)

    def log_in(self, tag, arguments):
        import base64
        user = base64.b64decode(arguments.split(" ", 1)[1]).split(b"\0")[1].decode()
        self.account = self.server.accounts[user]
        lines = self.account.command(self.account, "LOGIN", "")
        if lines is None:
            return self.say(f"{tag} OK [CAPABILITY {self.account.capabilities}] welcome")
        self.account = None
        for line in lines:
            self.say(line.replace("$tag", tag))
        return None

    def do_unknown(self, tag, arguments):
        self.say(f"{tag} BAD what")

    def do_noop(self, tag, arguments):
        self.say(f"{tag} OK done")

    def do_logout(self, tag, arguments):
        self.say("* BYE see you")
        self.say(f"{tag} OK done")
        raise HangUp

    def do_select(self, tag, arguments):
        account = self.account
        for line in (f"* {len(account.inbox)} EXISTS", "* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] kept",
                     f"* OK [UIDVALIDITY {account.uidvalidity}] ok", f"* OK [UIDNEXT {account.uidnext}] ok",
                     f"{tag} OK [READ-WRITE] selected"):
            self.say(line)

    def do_create(self, tag, arguments):
        self.account.folders.setdefault(arguments.strip('"'), [])
        self.say(f"{tag} OK made")

    def do_idle(self, tag, arguments):
        self.account.idlers.add(self)
        self.say("+ idling")
        self.account.lock.release()  # others may deliver meanwhile
        try:
            line = self.rfile.readline()
        finally:
            self.account.lock.acquire()
            self.account.idlers.discard(self)
        if not line:
            raise HangUp
        self.say(f"{tag} OK done")

    def do_uid_search(self, tag, arguments):
        least = min((uid for uid in self.account.inbox if uid in self.account.chosen(arguments.split()[-1])), default=None)
        self.say(f'* ESEARCH (TAG "{tag}") UID' + (f" MIN {least}" if least else ""))
        self.say(f"{tag} OK done")

    def do_uid_fetch(self, tag, arguments):
        account = self.account
        chosen, _, items = arguments.partition(" ")
        for uid in account.chosen(chosen):
            mail = account.inbox[uid]
            if "BODY.PEEK[]" in items:
                self.hand_over(uid, mail, items)
            else:
                size = account.announced.get(uid, len(mail.raw))
                self.say(f'* {uid} FETCH (UID {uid} RFC822.SIZE {size} INTERNALDATE "{mail.date}" FLAGS ({" ".join(mail.flags)}))')
        self.say(f"{tag} OK done")

    def hand_over(self, uid, mail, items):
        part = re.search(r"<0\.(\d+)>", items)
        answer = self.account.body(self.account, uid, mail)
        if answer is None:
            raw = mail.raw[:int(part[1])] if part else mail.raw
            name = b"BODY[]<0>" if part else b"BODY[]"
            if raw == mail.raw:
                self.account.read.add(raw)
            answer = b"(UID %d %s {%d}\r\n" % (uid, name, len(raw)) + raw + b")"
        if answer:
            self.say(b"* %d FETCH " % uid + answer + b"\r\n")

    def do_uid_move(self, tag, arguments):
        chosen, _, folder = arguments.partition(" ")
        uids = self.account.chosen(chosen)
        for uid in uids:
            self.account.take_out(uid, folder.strip('"'))
        if uids:
            text = ",".join(map(str, uids))
            self.say(f"* OK [COPYUID 99 {text} {text}] moved")
            for _ in uids:
                self.say("* 1 EXPUNGE")
        self.say(f"{tag} OK done")

    def do_uid_store(self, tag, arguments):
        chosen, _, flags = arguments.partition(" ")
        for uid in self.account.chosen(chosen):
            self.account.inbox[uid].flags |= set(re.search(r"\(([^)]*)\)", flags)[1].split())
        self.say(f"{tag} OK done")


class ImapServer(socketserver.ThreadingTCPServer):
    """Serves accounts by user name, on a port that was free."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, accounts):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.accounts = accounts
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()
