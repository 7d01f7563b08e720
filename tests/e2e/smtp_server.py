"""A scriptable SMTP server on loopback: STARTTLS, AUTH, PIPELINING, and faults where a test wants them.

It runs in a thread of the test. Mail to a local domain goes on to Dovecot by LMTP before it is
answered; all other mail stays here. Everything that happens is an event in `journal.jsonl` and each
accepted mail a file, in the server's folder, so that a checker can read them afterwards.

    server.on("rcpt", reply="451 4.7.1 Greylisted", times=2)
    server.on("dot", drop=True, keep=True)      # accepted, but the connection dies before the 250

Stages: connect, ehlo, starttls, auth, mail, rcpt, data (the command), lines (some lines of the mail
have come), dot (the whole mail has come, nothing has been answered).
"""

import asyncio
import base64
import dataclasses
import email
import email.policy
import json
import pathlib
import re
import ssl
import threading
import time

import processes
from deadline import wait_until

LINE_LIMIT = 1 << 20
LINES_BEFORE_FAULT = 5  # of the mail, at the stage "lines"


@dataclasses.dataclass
class Fault:
    stage: str
    reply: str | None = None
    delay: float = 0.0
    drop: bool = False
    keep: bool = False  # at "dot": the mail is accepted all the same
    times: int | None = 1  # None: always
    recipient: str = ""  # regular expression; only for mails to such an address
    sender: str | None = None  # regular expression; only for such reverse-paths, at "mail"
    raw: str | None = None  # replies, one a line, each whole: also more of them than were asked for


@dataclasses.dataclass
class Accepted:
    """A mail that the server has taken over."""

    number: int
    at: float
    sender: str
    recipients: list
    user: str | None
    tls: bool
    raw: bytes

    @property
    def message(self):
        return email.message_from_bytes(self.raw, policy=email.policy.default)


class Dropped(Exception):
    """A fault has cut the connection."""


class SmtpServer:
    def __init__(self, folder, *, certificate=None, key=None, users=None, local_domains=(), lmtp_port=None,
                 accepts_token=None):
        """Without a certificate there is no STARTTLS; without `users` nobody needs to log in.
        `accepts_token`(user, token) says whether that is a login."""
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.users = dict(users or {})
        self.local_domains = set(local_domains)
        self.lmtp_port = lmtp_port
        self.accepts_token = accepts_token
        self.port = 0
        self.accepted = []
        self.events = []
        self._faults = []
        self._tls = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate, key)
        self._lock = threading.Lock()
        self._journal = None
        self._loop = None
        self._thread = None
        self._connections = set()

    # Called by the test.

    def start(self):
        """Listens, on the same port as before where there was one. Returns self."""
        ready = threading.Event()
        failure = []

        def run():
            self._loop = asyncio.new_event_loop()
            try:
                self._server = self._loop.run_until_complete(self._listen())
            except OSError as error:
                failure.append(error)
                return
            finally:
                ready.set()
            self._loop.run_forever()
            self._loop.run_until_complete(self._close())
            self._loop.close()

        self._journal = open(self.folder / "journal.jsonl", "a", buffering=1, encoding="utf-8")
        self._thread = threading.Thread(target=run, name="smtp", daemon=True)
        self._thread.start()
        ready.wait()
        if failure:
            raise failure[0]
        return self

    async def _listen(self):
        while True:
            port = self.port or processes.free_port()
            try:
                server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=LINE_LIMIT, backlog=200)
            except OSError:
                if self.port:
                    raise
                continue
            self.port = port
            return server

    async def _close(self):
        self._server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def stop(self):
        """Stops listening and cuts what is open."""
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._thread = None
            self._journal.close()

    def on(self, stage, **options):
        """The next time, `times` times, or always: answer otherwise, wait, or cut the connection."""
        with self._lock:
            self._faults.append(Fault(stage, **options))

    def heal(self):
        """Forgets all faults."""
        with self._lock:
            self._faults.clear()

    def count(self, event):
        return sum(1 for entry in list(self.events) if entry["event"] == event)

    def mails_to(self, recipient):
        return [mail for mail in list(self.accepted) if recipient in mail.recipients]

    def wait_for_mail(self, recipient, count=1, **options):
        """The mails accepted for an address, as soon as there are `count`."""
        return wait_until(
            lambda: len(self.mails_to(recipient)) >= count and self.mails_to(recipient),
            lambda: f"{count} mail(s) for {recipient}; there are for: "
                    f"{[mail.recipients for mail in self.accepted]}", **options)

    # Runs in the server's thread.

    def note(self, event, **details):
        entry = {"at": time.time(), "event": event, **details}
        self.events.append(entry)
        self._journal.write(json.dumps(entry) + "\n")

    def take_fault(self, stage, recipients=(), sender=None):
        with self._lock:
            for fault in self._faults:
                if fault.stage != stage:
                    continue
                if fault.recipient and not any(re.search(fault.recipient, to) for to in recipients):
                    continue
                if fault.sender is not None and (sender is None or not re.search(fault.sender, sender)):
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self._faults.remove(fault)
                return fault
        return None

    def keep(self, sender, recipients, user, tls, raw):
        number = len(self.accepted) + 1
        mail = Accepted(number, time.time(), sender, list(recipients), user, tls, raw)
        (self.folder / f"{number:06}.eml").write_bytes(raw)
        self.note("accepted", number=number, sender=sender, recipients=mail.recipients, user=user, tls=tls,
                  message_id=_message_id(raw), size=len(raw))
        self.accepted.append(mail)
        return mail

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        self._connections.add(task)
        session = _Session(self, reader, writer)
        try:
            self.note("connected")
            await session.run()
        except (Dropped, EOFError, OSError, asyncio.IncompleteReadError, ValueError) as error:
            self.note("ended", why=type(error).__name__)
        except asyncio.CancelledError:
            pass
        finally:
            self._connections.discard(task)
            writer.transport.abort()


class _Session:
    """One connection."""

    def __init__(self, server, reader, writer):
        self.server = server
        self.reader = reader
        self.writer = writer
        self.tls = False
        self.user = None
        self._forget_mail()

    def _forget_mail(self):
        self.sender = None
        self.recipients = []

    async def run(self):
        if not await self._faulty("connect"):
            await self._say("220 localhost ESMTP")
        while True:
            line = await self._line()
            verb, _, argument = line.partition(" ")
            command = getattr(self, "_" + verb.lower(), None)
            if verb.upper() not in ("EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"):
                self.server.note("unknown", line=line[:200])
                await self._say("500 5.5.2 command not recognized")
                continue
            await command(argument)
            if verb.upper() == "QUIT":
                return

    async def _say(self, *lines):
        text = "".join(f"{line[:3]}{'-' if line is not lines[-1] else ' '}{line[4:]}\r\n" for line in lines)
        self.writer.write(text.encode("utf-8", "surrogateescape"))
        await self.writer.drain()

    async def _line(self):
        line = await self.reader.readuntil(b"\n")
        return line.decode("utf-8", "surrogateescape").rstrip("\r\n")

    async def _faulty(self, stage, recipients=(), sender=None):
        """Carries out the fault planned for this stage. True where it has answered."""
        return await self._carry_out(self.server.take_fault(stage, recipients, sender))

    async def _carry_out(self, fault):
        if fault is None:
            return False
        self.server.note("fault", **{k: v for k, v in dataclasses.asdict(fault).items() if v})
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.drop:
            self.writer.transport.abort()
            raise Dropped
        if fault.raw is not None:
            self.writer.write("".join(f"{line}\r\n" for line in fault.raw.split("\n")).encode())
            await self.writer.drain()
            return True
        if fault.reply is not None:
            await self._say(*fault.reply.split("\n"))
            if fault.reply.startswith("421"):
                raise Dropped
            return True
        return False

    async def _ehlo(self, _argument):
        if await self._faulty("ehlo"):
            return
        offers = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 52428800"]
        if self.server._tls is not None and not self.tls:
            offers.append("STARTTLS")
        if self.server.users and (self.tls or self.server._tls is None):
            offers.append("AUTH PLAIN LOGIN" + (" XOAUTH2" if self.server.accepts_token else ""))
        await self._say("250 localhost", *(f"250 {offer}" for offer in offers))

    async def _helo(self, _argument):
        await self._say("250 localhost")

    async def _starttls(self, _argument):
        if await self._faulty("starttls"):
            return
        if self.server._tls is None or self.tls:
            await self._say("502 5.5.1 not offered")
            return
        await self._say("220 2.0.0 go ahead")
        await self.writer.start_tls(self.server._tls)
        self.tls = True
        self.user = None
        self._forget_mail()

    async def _auth(self, argument):
        if self.server._tls is not None and not self.tls:
            self.server.note("password_in_clear")
        if await self._faulty("auth"):
            return
        mechanism, _, initial = argument.partition(" ")
        if mechanism.upper() == "PLAIN":
            _, user, password = (await self._ask("", initial)).split("\0")
        elif mechanism.upper() == "LOGIN":
            user = await self._ask("Username:", initial)
            password = await self._ask("Password:", "")
        elif mechanism.upper() == "XOAUTH2" and self.server.accepts_token:
            await self._bearer(await self._ask("", initial))
            return
        else:
            await self._say("504 5.5.4 mechanism unknown")
            return
        if self.server.users.get(user) == password:
            self.user = user
            self.server.note("logged_in", user=user, tls=self.tls)
            await self._say("235 2.7.0 Authentication successful")
        else:
            self.server.note("login_refused", user=user)
            await self._say("535 5.7.8 Error: authentication failed")

    async def _bearer(self, response):
        """As Exchange Online and Gmail: a refusal comes with a challenge, which the client answers empty."""
        match = re.fullmatch("user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01", response)
        user, token = match.groups() if match else ("", "")
        if self.server.accepts_token(user, token):
            self.user = user
            self.server.note("logged_in", user=user, tls=self.tls)
            await self._say("235 2.7.0 Authentication successful")
            return
        self.server.note("login_refused", user=user)
        reason = base64.b64encode(b'{"status":"401","schemes":"Bearer"}').decode()
        await self._say(f"334 {reason}")
        self.server.note("refusal_answered", answer=await self._line())
        await self._say("535 5.7.3 Authentication unsuccessful")

    async def _ask(self, prompt, given):
        if not given:
            await self._say("334 " + base64.b64encode(prompt.encode()).decode())
            given = await self._line()
        return base64.b64decode(given).decode()

    async def _mail(self, argument):
        self._forget_mail()
        match = re.match(r"FROM:\s*<([^>]*)>", argument, re.I)
        if await self._faulty("mail", sender=match.group(1) if match else None):
            return
        if not match:
            await self._say("501 5.5.4 syntax")
            return
        self.sender = match.group(1)
        await self._say("250 2.1.0 Ok")

    async def _rcpt(self, argument):
        match = re.match(r"TO:\s*<([^>]*)>", argument, re.I)
        recipient = match.group(1) if match else ""
        if await self._faulty("rcpt", [recipient]):
            return
        is_local = recipient.rpartition("@")[2] in self.server.local_domains
        if self.sender is None:
            await self._say("503 5.5.1 need MAIL")
        elif not match:
            await self._say("501 5.5.4 syntax")
        elif self.server.users and self.user is None and not is_local:
            self.server.note("relay_refused", recipient=recipient)
            await self._say("530 5.7.0 Authentication required")
        else:
            self.recipients.append(recipient)
            await self._say("250 2.1.5 Ok")

    async def _data(self, _argument):
        if await self._faulty("data", self.recipients):
            self._forget_mail()
            return
        if not self.recipients:
            await self._say("554 5.5.1 no valid recipients")
            return
        await self._say("354 End data with <CR><LF>.<CR><LF>")
        raw = await self._body()
        await self._whole_mail(raw)
        self._forget_mail()

    async def _body(self):
        lines = []
        fault_due = True
        while True:
            line = await self.reader.readuntil(b"\n")
            if line == b".\r\n":
                return b"".join(lines)
            if not line.endswith(b"\r\n"):
                self.server.note("bare_line_feed")
            lines.append(line[1:] if line.startswith(b".") else line)
            if fault_due and len(lines) >= LINES_BEFORE_FAULT:
                fault_due = False
                await self._faulty("lines", self.recipients)

    async def _whole_mail(self, raw):
        fault = self.server.take_fault("dot", self.recipients)
        if fault is not None and not fault.keep and await self._carry_out(fault):
            return
        refusal = await self._hand_to_dovecot(raw)
        if refusal is not None:
            self.server.note("refused", reply=refusal)
            await self._say(refusal)
            return
        mail = self.server.keep(self.sender, self.recipients, self.user, self.tls, raw)
        if fault is not None and fault.keep and await self._carry_out(fault):
            return
        await self._say(f"250 2.0.0 Ok: queued as {mail.number:06}")

    async def _hand_to_dovecot(self, raw):
        """Delivers to local recipients by LMTP. The refusal to give, or None."""
        local = [to for to in self.recipients if to.rpartition("@")[2] in self.server.local_domains]
        if not local or self.server.lmtp_port is None:
            return None
        try:
            return await _lmtp(self.server.lmtp_port, self.sender, local, raw)
        except (OSError, asyncio.IncompleteReadError):
            return "451 4.3.0 local delivery is not available"

    async def _rset(self, _argument):
        self._forget_mail()
        await self._say("250 2.0.0 Ok")

    async def _noop(self, _argument):
        await self._say("250 2.0.0 Ok")

    async def _quit(self, _argument):
        await self._say("221 2.0.0 Bye")


async def _lmtp(port, sender, recipients, raw):
    """One LMTP transaction. The first refusal, or None."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def reply():
        while True:
            line = (await reader.readuntil(b"\n")).decode("utf-8", "replace").rstrip("\r\n")
            if line[3:4] != "-":
                return line

    async def command(text):
        writer.write(text.encode("utf-8", "surrogateescape") + b"\r\n")
        return await reply()

    try:
        await reply()
        await command("LHLO localhost")
        await command(f"MAIL FROM:<{sender}>")
        for recipient in recipients:
            answer = await command(f"RCPT TO:<{recipient}>")
            if answer[0] != "2":
                return answer
        await command("DATA")
        stuffed = re.sub(rb"(?m)^\.", b"..", raw)
        writer.write(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n"))
        answers = [await command(".")]
        answers += [await reply() for _ in recipients[1:]]
        return next((answer for answer in answers if answer[0] != "2"), None)
    finally:
        writer.close()


def _message_id(raw):
    match = re.search(rb"(?im)^message-id:\s*<([^>\s]+)>", raw.split(b"\r\n\r\n", 1)[0])
    return match.group(1).decode("utf-8", "replace") if match else ""
