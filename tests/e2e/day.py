"""A day at a desk: the gateway's clock is set, people write from their mail programs, and everybody has a real mailbox."""

import datetime
import os
import pathlib
import re
import time

import invariants
import letters
import mail_programs
from deadline import wait_until
from desk import Desk

CALENDAR = """
zone = "Europe/London"
otherwise = "open"
[hours.open]
weekdays = "08:30-16:30"
"""


def next_school_day():
    """Midnight of a Tuesday that is still to come: no clock is ever set back."""
    day = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + datetime.timedelta(days=(1 - day.weekday()) % 7 or 7)


class Person:
    """Somebody with an address, a mail program and a signature."""

    def __init__(self, name, address, program="outlook", signature=""):
        self.name = name
        self.address = address
        self.program = program
        self.signature = signature

    def __str__(self):
        return f"{self.name} <{self.address}>"


class Day:
    """A desk of a preset, with its mailbox, its people and a clock that the story sets."""

    def __init__(self, folder, *, preset, name, address, settings, people):
        self.people = {person.address: person for person in people}
        domains = {one.rpartition("@")[2] for one in [address, *self.people]}
        self.address = address
        self.mailbox = name
        self.desk = Desk(folder, preset=preset, people=[address, *self.people], local_domains=domains)
        self.desk.settings["desk"] = {"time_zone": "Europe/London", "send_delay": "1s", **settings}
        self.desk.settings["mailbox"] = [self.desk.mailbox(name, address, sent_folder="Sent")]
        self.desk.configure()
        self.desk.dovecot.create_folder(address, "Sent")
        self.write("calendar.toml", CALENDAR)
        self.midnight = next_school_day()
        self.clock = pathlib.Path(folder) / "clock"
        self.taken = 0
        os.environ["BELLHOP_CLOCK_AHEAD"] = str(self.clock)

    def write(self, file, text, *, append=False):
        path = self.desk.gateway.folder / file
        path.write_text((path.read_text() if append else "") + text)

    def start(self, clock="08:50"):
        self.set_clock(clock)
        self.desk.start()

    def close(self):
        os.environ.pop("BELLHOP_CLOCK_AHEAD", None)
        self.desk.close()

    # Time.

    def set_clock(self, clock):
        """The gateway's clock; it goes on from there."""
        hours, minutes = map(int, clock.split(":"))
        then = self.midnight + datetime.timedelta(hours=hours, minutes=minutes)
        ahead = int(then.timestamp() - time.time()) + 1
        temporary = self.clock.with_suffix(".new")
        temporary.write_text(str(ahead))
        temporary.replace(self.clock)

    def now(self):
        return time.time() + int(self.clock.read_text())

    def pass_time(self, clock):
        """What time alone brings."""
        self.set_clock(clock)
        before = self.desk.gateway.log().count("configuration_loaded")
        self.desk.gateway.reload()  # wakes its workers
        self.desk.gateway.wait_for_log("configuration_loaded", before + 1)
        self.settle()

    def settle(self):
        """Waits until nothing is left to be taken, told or sent."""
        wait_until(lambda: len(self.desk.ledger()) >= self.taken,
                   lambda: f"{self.taken} mails taken:\n{self.desk.gateway.tail()}")

        def is_quiet():
            now = int(self.now())
            rows = self._rows(f"SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')"
                              f" UNION ALL SELECT 1 FROM timers WHERE due_at <= {now}")
            return not rows
        wait_until(is_quiet, lambda: "a quiet desk:\n" + self.desk.gateway.tail())

    def _rows(self, query):
        return invariants.read(self.desk.gateway.database, query)

    # What people do.

    def write_mail(self, person, subject, text, **headers):
        """A new mail to the desk."""
        body = text + (f"\n\n{person.signature}" if person.signature else "") + "\n"
        return self._come(person, letters.letter(str(person), self.address, subject, body, date=self.now(), **headers))

    def reply(self, person, ticket, text, **headers):
        """To the newest mail about the ticket that he has got."""
        return self._come(person, mail_programs.reply(
            person.program, self.last_mail(person, ticket), str(person), self.address, text,
            signature=person.signature, date=self.now(), **headers))

    def answer_from_the_mailbox(self, person, text, original):
        """Somebody of the desk writes as the shared mailbox itself: the customer gets it, and the mailbox keeps a copy."""
        mail = mail_programs.reply("owa", original, f"The desk <{self.address}>", str(person), text, date=self.now())
        self.desk.dovecot.deliver(person.address, mail, sender=self.address)
        self.desk.dovecot.append(self.address, [mail], "Sent")
        self.taken += 1
        self.settle()
        return mail

    def come(self, mail, sender="someone@example.org"):
        """A mail comes in, whoever wrote it."""
        self.desk.dovecot.deliver(self.address, mail, sender=sender)
        self.taken += 1
        self.settle()
        return mail

    def _come(self, person, mail):
        return self.come(mail, person.address)

    # What people have got.

    def inbox_of(self, person):
        return self.desk.inbox_of(person.address)

    def about(self, person, ticket):
        """Those of his mails that are about a ticket, oldest first."""
        return [mail for mail in self.inbox_of(person) if ticket in tickets_named(mail["Subject"])]

    def last_mail(self, person, ticket):
        mails = self.about(person, ticket)
        assert mails, f"{person} has no mail about ticket {ticket}: {[mail['Subject'] for mail in self.inbox_of(person)]}"
        return mails[-1]

    def ticket(self, number):
        return self.desk.ticket(number)


def tickets_named(subject):
    return [int(number) for number in re.findall(r"\[[A-Z]+#(\d+)\]", subject or "")]


def text_of(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def keep_for_reading(day, folder):
    """Every mail that everybody got, as text and as HTML."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for person in day.people.values():
        with open(folder / f"{person.address}.txt", "w", encoding="utf-8") as out:
            for number, mail in enumerate(day.inbox_of(person), 1):
                names = ("From", "To", "Cc", "Reply-To", "Date", "Subject", "Auto-Submitted")
                head = "\n".join(f"{name}: {mail[name]}" for name in names if mail[name] is not None)
                files = [part.get_filename() for part in mail.iter_attachments()]
                out.write(f"===== {number}\n{head}\n{'Attached: ' + ', '.join(map(str, files)) if files else ''}\n{text_of(mail)}\n")
                markup = mail.get_body(("html",))
                if markup is not None:
                    (folder / f"{person.address}-{number}.html").write_text(markup.get_content())
