"""Mails as a school's help desk gets them, for benchmarks. Mail `number` of a seed is always the same.

Seven of ten are text or text and HTML of 2 to 10 KB, two carry an attachment or two of 50 to 300 KB,
one replies to an earlier mail. 600 people of 20 schools write them.
"""

import base64
import email.utils
import html
import pathlib
import quopri
import random
import sys
import textwrap

PEOPLE = 600
SCHOOLS = [f"{name}.sch.test" for name in (
    "ashdown birchwood copperfield dunmore eastgate fernhill greenbank highfield ivybridge kingsmead larkrise meadowside "
    "northcote oakleigh parkview queensway riverside stmarys thornton westbrook").split()]
FIRST = "Ana Ben Chloé Dara Emre Femi Grace Hana Ivo Jörg Kiran Lena Mo Nia Owen Petra Quinn Ravi Søren Tess Uma Vera Will Yara Zoë".split()
LAST = "Adams Brandt Clarke Dąbrowski Evans Fischer Gómez Hughes Ito Jones Khan López Müller Nowak O'Neill Patel Reid Singh Turner Wood".split()
THINGS = ("the projector", "the whiteboard", "the printer by the library", "my laptop", "the register page", "the wifi",
          "the door terminal", "the speakers in the hall", "the scanner", "the phone on the desk", "the timetable app", "my password")
FAULTS = ("does not start any more", "shows a blue screen", "asks me to sign in again and again", "is very slow since Monday",
          "prints only half of each page", "has lost its picture", "cannot be found on the network", "says that its licence has run out")
SENTENCES = (
    "It happened in the second lesson, and again after lunch.", "Class {room} has a test on Thursday and needs it until then.",
    "I have restarted it twice, and the technician before me did the same.", "The message was error {code}, then it closed.",
    "Nothing has been changed here since the holidays, as far as we know.", "The asset number on the sticker is {asset}.",
    "The one next door works, so that I moved the class there for today.", "Could somebody come by before the parents' evening?",
    "Two colleagues in the same corridor say that theirs does it too.", "A photograph of the screen is attached where I could take one.",
    "If it cannot be mended soon, a spare one would do for this week.", "Please ring the office rather than my mobile; I teach until three.",
    "The supplier was here in spring and left a note that I cannot find.", "I know that you have much to do, and thank you for looking at it.",
)
FILES = (("scan-{n}.pdf", "application/pdf", b"%PDF-1.5\n"), ("IMG_{n}.jpg", "image/jpeg", b"\xff\xd8\xff\xe0"),
         ("screenshot {n}.png", "image/png", b"\x89PNG\r\n\x1a\n"), ("list-{n}.xlsx", "application/vnd.ms-excel", b"PK\x03\x04"))


class Corpus:
    def __init__(self, seed=1, to="support@desk.test"):
        self.seed = seed
        self.to = to

    def mail(self, number):
        """The mail as bytes, CRLF line ends."""
        dice = random.Random(f"{self.seed}/{number}")
        kind = self._kind(number)
        name, address = self._person(dice.randrange(PEOPLE))
        subject = self._subject(number)
        headers = [
            f"Return-Path: <{address}>",
            f"Delivered-To: {self.to}",
            f"Received: from mail.{address.split('@')[1]} ([192.0.2.{dice.randrange(1, 255)}])\r\n"
            f"\tby mx.desk.test with ESMTPS id {dice.randrange(1 << 40):010X}\r\n\tfor <{self.to}>; {self._date(number)}",
            f"From: {email.utils.formataddr((name, address), 'utf-8')}",
            f"To: IT Support <{self.to}>",
            f"Date: {self._date(number)}",
            f"Message-ID: <{self._identity(number)}>",
            "MIME-Version: 1.0",
        ]
        if kind == "reply":
            earlier = dice.randrange(number)
            subject = "Re: " + self._subject(earlier)
            headers += [f"In-Reply-To: <{self._identity(earlier)}>", f"References: <{self._identity(earlier)}>"]
        headers.append(f"Subject: {subject}")
        text = self._text(dice, name, kind)
        content = self._content(dice, text, f"=_{number}", alternative=dice.random() < 0.55)
        if kind == "files":
            parts = [content] + [self._file(dice) for _ in range(1 if dice.random() < 0.8 else 2)]
            content = _multipart("mixed", f"=_{number}_mixed", parts)
        return ("\r\n".join(headers) + "\r\n" + content).encode()

    def _kind(self, number):
        kind = random.Random(f"{self.seed}/kind/{number}").random()
        if kind < 0.2:
            return "files"
        return "reply" if kind < 0.3 and number else "text"

    def _person(self, number):
        dice = random.Random(f"{self.seed}/person/{number}")
        first, last = dice.choice(FIRST), dice.choice(LAST)
        return f"{first} {last}", f"person{number}@{dice.choice(SCHOOLS)}"

    def _identity(self, number):
        return f"{self.seed}.{number}.{random.Random(f'{self.seed}/id/{number}').randrange(1 << 48):012x}@mail.sch.test"

    def _subject(self, number):
        dice = random.Random(f"{self.seed}/subject/{number}")
        return f"{dice.choice(THINGS)} {dice.choice(FAULTS)}".capitalize()

    @staticmethod
    def _date(number):
        return email.utils.formatdate(1_790_000_000 + 37 * number)

    @staticmethod
    def _text(dice, name, kind):
        wanted = dice.randrange(500, 3900)
        paragraphs = []
        while sum(map(len, paragraphs)) < wanted:
            words = " ".join(dice.choice(SENTENCES) for _ in range(dice.randrange(2, 6)))
            words = words.format(room=f"{dice.randrange(7, 13)}{dice.choice('ABC')}", code=f"0x{dice.randrange(1 << 32):08X}",
                                 asset=f"LT-{dice.randrange(1000, 9999)}")
            paragraphs.append("\r\n".join(textwrap.wrap(words, 76)))
        text = "Hello,\r\n\r\n" + "\r\n\r\n".join(paragraphs) + f"\r\n\r\nBest wishes\r\n{name}\r\n"
        if kind == "reply":
            quoted = "\r\n".join("> " + line for line in text.split("\r\n"))
            return f"Thanks, it is back.\r\n\r\nOn Monday the desk wrote:\r\n{quoted}\r\n"
        return text

    @staticmethod
    def _content(dice, text, boundary, alternative):
        charset = dice.choice(["utf-8", "utf-8", "iso-8859-2"])
        encoded = quopri.encodestring(text.encode(charset, "replace")).decode("ascii").replace("\r\n", "\n").replace("\n", "\r\n")
        plain = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}"
        if not alternative:
            return plain
        body = "".join(f'<p style="margin:0cm;font-size:11pt">{html.escape(line)}</p>\r\n' for line in text.split("\r\n\r\n"))
        rich = ("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + _base64(f"<html><body>{body}</body></html>".encode()))
        return _multipart("alternative", boundary, [plain, rich])

    @staticmethod
    def _file(dice):
        name, media_type, magic = dice.choice(FILES)
        name = name.format(n=dice.randrange(1000, 9999))
        data = magic + dice.randbytes(dice.randrange(50_000, 300_000))
        return (f'Content-Type: {media_type}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
                f'Content-Disposition: attachment; filename="{name}"\r\n\r\n{_base64(data)}')


def _base64(data):
    text = base64.b64encode(data).decode()
    return "\r\n".join(text[at:at + 76] for at in range(0, len(text), 76)) + "\r\n"


def _multipart(kind, boundary, parts):
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inner}--{boundary}--\r\n'


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: corpus.py FOLDER COUNT")
    corpus = Corpus()
    for number in range(int(sys.argv[2])):
        (pathlib.Path(sys.argv[1]) / f"{number:06}.eml").write_bytes(corpus.mail(number))
