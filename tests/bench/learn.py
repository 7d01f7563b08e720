#!/usr/bin/python3
"""What `rules learn` makes of a year of a desk with habits of its own: time, memory, and errors on later mails.

Makes a store: mails taken by `bellhop ingest` under the preset `provider`, dated over the year before now. Three in
five are about something that only this desk knows (its products, its words), and mean a priority there that no other
desk would give; staff corrected four in five of those that were read otherwise, and now and then one by mistake. Two
runs of `rules learn` must write the same bytes. Then mails that came later are taken under the old rules and the new
ones: an error is a priority that this desk's staff would not have given.
"""

import argparse
import email.message
import email.utils
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from backtest import BATCH, BINARY, YEAR, bellhop, measure  # noqa: E402

# What is said, with what it means at this desk. The names are nobody else's.
HABITS = [
    (("Heron", "the Heron board"), ("shows amber", "has gone amber again", "blinks amber since nine"), "P1"),
    (("Marlin", "our Marlin screen"), ("asks for the wheel", "has no wheel", "wants the wheel code"), "P2"),
    (("the tern line", "tern"), ("hums", "is humming", "began to hum"), "P1"),
    (("kestrel", "the kestrel box"), ("needs feeding", "is to be fed", "has run dry"), "P4"),
    (("lapwing", "the lapwing page"), ("is lilac", "has turned lilac", "came up lilac"), "P3"),
    (("plover", "plover in two rooms"), ("waits", "is still waiting", "has been waiting since break"), "P2"),
    (("the zebra badge", "my zebra"), ("does not click", "has lost its click", "clicks twice"), "P3"),
    (("otter", "our otter pages"), ("want a stamp", "ask for a stamp", "came without a stamp"), "P4"),
]
FILLERS = """Good morning from the annexe. I am in Room {n} until lunch. The trolley stands by the hall as usual. Mrs {name} looked at it too.
Year {y} has art after break. It was the same in the old building. We have moved to the room next door. Somebody from the office came by.
I am not sure who looked after it last term. The caretaker has the key. My colleague in Room {n} asked me to write. You will find me in the staff room.
The cover is back on. There is a note on the door. I will be in again on {d}. Please knock, we are practising for the concert. It is the grey one, not the white one.
Number {n} on the sticker. Mr {name} would like to know as well. The children have been very patient. I have told the office. We have used it since {d}.
Thank you for coming so quickly on {d}. The window was open all night. It is the one by the sink. The delivery came on {d}.""".replace("\n", " ").split(". ")
NAMES = "Hale Marsh Okafor Lind Petrov Singh Brandt Nowak Reyes Moss".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
# What any desk would read by itself.
ORDINARY = ["The printer in Room {n} is jammed again.", "I cannot log in to my laptop.", "Could you add {name} to the mailing list please?",
            "The internet is down in the whole school.", "Our projector shows no picture and the lesson has begun.",
            "How do I print on both sides?", "Several of us cannot open the shared drive.", "The toner is low in the copier.",
            "Just to let you know that we are closed on {d}.", "All working again now, thank you.", "My mouse has stopped working.",
            "The phones in the office are dead.", "Please order two cables for Room {n}.", "I think I clicked on a strange link in a mail."]


class Desk:
    """Mail `number` and what this desk makes of it: a priority, or nothing where it agrees with the rules."""

    def mail(self, number):
        dice = random.Random(f"habits/{number}")
        fill = {"n": dice.randrange(1, 60), "y": dice.randrange(7, 12), "name": dice.choice(NAMES), "d": dice.choice(DAYS)}
        sentences = dice.sample(FILLERS, dice.randrange(3, 12))
        meant = None
        if dice.random() < 0.6:
            things, states, meant = dice.choice(HABITS)
            matter = f"{dice.choice(things)} {dice.choice(states)}."
        else:
            matter = dice.choice(ORDINARY)
        sentences.insert(dice.randrange(len(sentences)), matter)
        message = email.message.EmailMessage()
        message["From"] = f"person{dice.randrange(600)}@hill.example.org"
        message["To"] = "it@desk.example.org"
        message["Subject"] = dice.choice(["Help", "Room {n}", "A question", "{d}", matter]).format(**fill)
        message["Date"] = email.utils.formatdate(1_760_000_000 + number)
        message["Message-ID"] = f"<habit{number}@hill.example.org>"
        message.set_content(" ".join(sentences).format(**fill))
        return message.as_bytes(), meant


def take(folder, desk, numbers):
    """The mails, taken one after the other, and what each means, by its message-id."""
    meanings = {}
    numbers = list(numbers)
    for first in range(0, len(numbers), BATCH):
        files = []
        for number in numbers[first:first + BATCH]:
            text, meanings[f"habit{number}@hill.example.org"] = desk.mail(number)
            files.append(folder / f"{number}.eml")
            files[-1].write_bytes(text)
        bellhop(folder, "ingest", *files, stderr=subprocess.DEVNULL)
        for file in files:
            file.unlink()
        print(f"\r{first + len(files)} of {len(numbers)} mails taken", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return meanings


def priorities(folder):
    """By message-id of the mail that opened the ticket."""
    database = sqlite3.connect(folder / "data/bellhop.db")
    rows = database.execute("SELECT messages.message_id, tickets.id, tickets.priority FROM tickets JOIN messages ON messages.id ="
                            " (SELECT min(id) FROM messages WHERE ticket = tickets.id)").fetchall()
    database.close()
    return {message: (ticket, priority) for message, ticket, priority in rows}


def correct(folder, meanings):
    """Dates the tickets over the year before now, and lets staff correct most of those that were read otherwise."""
    dice = random.Random("staff")
    changes = []
    for message, (ticket, priority) in priorities(folder).items():
        right = meanings[message]
        if right and right != priority and dice.random() < 0.8:
            changes.append((ticket, priority, right))
        elif dice.random() < 0.01:
            changes.append((ticket, priority, dice.choice(["P1", "P2", "P3", "P4"])))
    database = sqlite3.connect(folder / "data/bellhop.db")
    [[last]] = database.execute("SELECT max(id) FROM messages")
    start = int(time.time()) - YEAR
    with database:
        database.execute("UPDATE messages SET dated_at = ? + id * ? / ?", (start, YEAR, last))
        database.execute("UPDATE tickets SET opened_at = (SELECT min(dated_at) FROM messages WHERE ticket = tickets.id)")
        database.execute("UPDATE events SET dated_at = (SELECT opened_at FROM tickets WHERE id = events.ticket)")
        for ticket, before, after in changes:
            database.execute(
                "INSERT INTO events (ticket, dated_at, type, actor, detail, fields) SELECT id, opened_at + 60, 'priority', 'agent Raj',"
                " '', json_object('from', ?, 'to', ?) FROM tickets WHERE id = ?", (before, after, ticket))
            database.execute("UPDATE tickets SET priority = ? WHERE id = ?", (after, ticket))
    database.close()
    return len(changes)


def errors(folder, meanings, agreed):
    """How many mails got a priority that the desk's staff would not give; `agreed` is what the old rules said."""
    return sum(priority != (meanings[message] or agreed[message][1]) for message, (_, priority) in priorities(folder).items())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000, help="mails of the year")
    parser.add_argument("--later", type=int, default=2_000, help="mails that come afterwards")
    parser.add_argument("--folder", help="where the stores are made; default: the temporary folder")
    arguments = parser.parse_args()
    root = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-learn-", dir=arguments.folder))
    try:
        year, old, new = root / "year", root / "old", root / "new"
        for folder in (year, old, new):
            subprocess.run([BINARY, "init", folder, "--preset", "provider"], check=True, stdout=subprocess.DEVNULL)
        meanings = take(year, Desk(), range(arguments.count))
        print(f"{arguments.count} tickets, {correct(year, meanings)} corrected, load of the machine {os.getloadavg()[0]:.1f}")
        learnt = []
        for run in ("first", "second"):
            (root / run).mkdir()
            print(measure(year, "rules", "learn", "--since", "366d", "--out", str(root / run)))
            learnt.append({file.name: file.read_bytes() for file in sorted((root / run).iterdir())})
        print("the same files twice" if learnt[0] == learnt[1] else "OTHER FILES THE SECOND TIME")
        for name, text in learnt[0].items():
            (new / name).write_bytes(text)
        rules = (new / "rules.toml").read_text()
        (new / "rules.toml").write_text(rules.replace('"builtin:products"', '"builtin:products", "learned.toml"', 1))
        later = range(arguments.count, arguments.count + arguments.later)
        meanings = take(old, Desk(), later)
        take(new, Desk(), later)
        agreed = priorities(old)
        before, after = errors(old, meanings, agreed), errors(new, meanings, agreed)
        print(f"errors on {arguments.later} later mails: {before} by the shipped rules, {after} with what was learnt"
              f" ({100 * (before - after) / max(before, 1):.0f} % fewer)")
        return 0 if learnt[0] == learnt[1] and after <= 0.6 * before else 1
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
