"""What script/demo shows: a morning at a school's help desk, from a teacher's question to her thanks, by mail alone, on this machine."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap

import letters
from day import Day, Person, text_of
from gateway import binary

SCREENSHOT = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 90
WIDTH = 100

ANN = Person("Ann Lee", "ann@hill.example.org", "outlook", "Kind regards\n\nAnn Lee\nYear 4 teacher\n0121 496 0000 ext 12")
BOB = Person("Björn Åkesson", "bob@hill.example.org", "gmail")
TOM = Person("Tom Tech", "it@hill.example.org", "iphone")
HEAD = Person("Helen Head", "head@hill.example.org", "owa")


def headline(text):
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    print(f"\n{bold}{text}{plain}", flush=True)


class Demo:
    def __init__(self, folder):
        self.day = Day(folder, preset="school", name="it", address="it@school.example", people=[ANN, BOB, TOM, HEAD],
                       settings={"name": "IT Support", "ticket_tag": "HELP", "phone": "01632 960001"})

    def run(self):
        day = self.day
        headline("A school's help desk: Dovecot and an SMTP server on loopback, and bellhop serve between them")
        day.start("08:58")
        print(f"  configuration    bellhop init --preset school, in {day.desk.gateway.folder}\n"
              f"  mailbox          {day.address}, IMAP 127.0.0.1:{day.desk.dovecot.imap_port}\n"
              f"  its clock        is set to a school day: {day.midnight:%A}, {day.midnight.day} {day.midnight:%B}, 9 am")

        self.at("09:00", "Ann, a teacher, asks for help", day.write_mail, ANN, "Projector in room 4 shows no picture",
                "Hello,\n\nthe projector in room 4 has power but shows no picture. I teach there at 11.\nA screenshot of the laptop is attached.",
                attachments=[("screenshot.png", "image/png", SCREENSHOT)])
        self.show("Two seconds later she has this", ANN)
        self.show("And Tom, the technician, has this on his phone", TOM)

        self.at("09:06", "Tom replies to it, on his phone", day.reply, TOM, 1, "#me\nHello Ann, is the cable in at both ends?")
        self.show("Ann reads his words, from the desk, without his order, his quotation and his \"Sent from my iPhone\"", ANN)
        self.at("09:12", "Ann answers", day.reply, ANN, 1, "It is. It works while I hold the plug.")
        self.at("09:20", "Björn writes, in another charset", day.write_mail, BOB, "Größe der Schrift am Whiteboard",
                "Guten Tag,\n\nam Whiteboard in der Bücherei ist die Schrift plötzlich winzig.\n\nViele Grüße\nBjörn", charset="iso-8859-1")
        self.at("09:21", "a mailing list writes, which gets no answer", day.come, letters.from_mailing_list("news@lists.test", day.address))
        self.at("09:40", "Tom replies once more", day.reply, TOM, 1, "#close\nThe plug was loose. I have put in a new cable.")
        self.show("Ann hears that it is done, and how to say that it is not", ANN)
        self.at("09:45", "Ann says thank you, which opens nothing again", day.reply, ANN, 1, "Thank you so much Tom, it works!")
        self.at("09:46", "and rates it", day.reply, ANN, 1, "5 Great, thank you!")

        self.bellhop("ticket", "list", "--all")
        self.bellhop("explain", "1")

    def at(self, clock, what, act, *arguments, **options):
        self.day.set_clock(clock)
        act(*arguments, **options)
        print(f"\n  {clock}  {what}", flush=True)

    def show(self, what, person):
        headline(what)
        mail = self.day.inbox_of(person)[-1]
        for name in ("From", "To", "Subject", "Auto-Submitted"):
            if mail[name] is not None:
                print(f"  | {name}: {mail[name]}")
        print("  |")
        for line in text_of(mail).rstrip().split("\n"):
            for piece in textwrap.wrap(line, WIDTH, replace_whitespace=False) or [""]:
                print(f"  | {piece}".rstrip())
        sys.stdout.flush()

    def bellhop(self, *arguments):
        headline("$ bellhop " + " ".join(arguments))
        subprocess.run([binary(), "--config", self.day.desk.gateway.folder, *arguments], check=True)

    def explain_how_to_go_on(self):
        day = self.day
        config = day.desk.gateway.folder
        headline("It keeps running. Send a mail:")
        print(f"""  printf 'From: {ANN.name} <{ANN.address}>\\nTo: {day.address}\\nSubject: hello\\n\\nthe text\\n' |
      python3 -c 'import smtplib, sys; smtplib.SMTP("127.0.0.1", {day.desk.smtp.port}).sendmail("{ANN.address}", "{day.address}", sys.stdin.read())'""")
        headline("Look at tickets:")
        print(f"  export BELLHOP_CLOCK_AHEAD={day.clock}    # the desk's clock")
        for command in ("ticket list --all", "ticket show 1", "explain 1", "outbox list --all"):
            print(f"  {binary()} --config {config} {command}")
        headline("With a mail program:")
        for person in (day.address, *day.people):
            print(f"  IMAP 127.0.0.1:{day.desk.dovecot.imap_port}, user {person}, password \"{day.desk.passwords[person]}\"")
        print(f"\nThe log: {day.desk.gateway.log_path}\nCtrl-C ends it all and takes it away.", flush=True)


def main():
    options = argparse.ArgumentParser(prog="script/demo", description=__doc__)
    options.add_argument("--keep", action="store_true", help="leave it running, and say how to send mail and look at tickets")
    keep = options.parse_args().keep
    # Any end is an orderly one: the servers are stopped and the folder goes.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(128))
    folder = tempfile.mkdtemp(prefix="bellhop-demo-")
    os.chmod(folder, 0o711)
    demo = None
    try:
        demo = Demo(folder)
        demo.run()
        if keep:
            demo.explain_how_to_go_on()
            signal.pause()
    except KeyboardInterrupt:
        print()
    finally:
        if demo is not None:
            demo.day.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
