"""What script/demo shows: a help desk at work, from a mail to its acknowledgement, on this machine."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import letters
from deadline import wait_until
from desk import ALICE, BOB, PASSWORDS, SUPPORT, Desk
from gateway import binary

SCREENSHOT = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 90


def headline(text):
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
    print(f"\n{bold}{text}{plain}", flush=True)


class Demo:
    def __init__(self, folder):
        self.desk = Desk(folder)
        self.sent = 0

    def run(self):
        desk = self.desk
        headline("Servers on loopback, and the gateway between them")
        desk.start()
        print(f"  Dovecot          IMAP 127.0.0.1:{desk.dovecot.imap_port}, mailbox {SUPPORT}")
        print(f"  SMTP server      127.0.0.1:{desk.smtp.port}")
        print(f"  bellhop serve    process {desk.gateway.process.pid}, configuration in {desk.gateway.folder}")
        headline(f"Mails to {SUPPORT}")
        self.mail("Alice, a teacher, with a screenshot attached", letters.letter(
            f"Alice Smith <{ALICE}>", SUPPORT, "Projector in room 12 shows no picture",
            "Hello,\n\nthe projector in room 12 has power but shows no picture. I have a class\nthere at 11. A screenshot of"
            " the laptop is attached.\n\nThanks\nAlice\n", attachments=[("screenshot.png", "image/png", SCREENSHOT)]))
        answer = desk.answer_to(ALICE)
        self.mail("Alice answers the acknowledgement", letters.reply_to(
            answer, f"Alice Smith <{ALICE}>", SUPPORT, "It is the cable: it works when I hold it."))
        self.mail("Bob, in another charset", letters.letter(
            f"Björn Åkesson <{BOB}>", SUPPORT, "Größe der Schrift am Whiteboard",
            "Guten Tag,\n\nam Whiteboard in der Bücherei ist die Schrift plötzlich winzig.\n\nViele Grüße\nBjörn\n",
            charset="iso-8859-1"))
        self.mail("Alice's out-of-office reply, which nobody answers", letters.reply_to(
            answer, f"Alice Smith <{ALICE}>", SUPPORT, "I am away until Monday.",
            subject="Automatic reply: Projector in room 12", Auto_Submitted="auto-replied"))
        self.mail("a newsletter, which nobody answers either", letters.from_mailing_list("news@lists.test", SUPPORT))
        wait_until(lambda: len(desk.ledger()) >= self.sent, "all mails are taken")
        desk.answer_to(BOB)
        headline("$ bellhop ticket list")
        self.bellhop("ticket", "list")
        headline("$ bellhop ticket show 1")
        self.bellhop("ticket", "show", "1")
        headline(f"The acknowledgement, as it lies in {ALICE}'s mailbox")
        self.show(desk.inbox_of(ALICE)[0])

    def mail(self, what, mail):
        """Through the desk's mail server, one after the other."""
        self.sent += 1
        self.desk.send(mail)
        wait_until(lambda: len(self.desk.ledger()) >= self.sent, lambda: "the mail is taken:\n" + self.desk.gateway.tail())
        print(f"  {what}: {self.desk.ledger()[-1][2]}", flush=True)

    def bellhop(self, *arguments):
        subprocess.run([binary(), "--config", self.desk.gateway.folder, *arguments], check=True)

    @staticmethod
    def show(mail):
        for name in ("Return-Path", "From", "To", "Subject", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress"):
            if mail[name] is not None:
                print(f"  {name}: {mail[name]}")
        print("\n" + "\n".join("  " + line for line in mail.get_body(("plain",)).get_content().rstrip().splitlines()))

    def explain_how_to_go_on(self):
        desk = self.desk
        headline("It keeps running. Send a mail:")
        print(f"""  printf 'From: Alice <{ALICE}>\\nTo: {SUPPORT}\\nSubject: hello\\n\\nthe text\\n' |
      python3 -c 'import smtplib, sys; smtplib.SMTP("127.0.0.1", {desk.smtp.port}).sendmail("{ALICE}", "{SUPPORT}", sys.stdin.read())'""")
        headline("Look at tickets:")
        for command in ("ticket list --all", "ticket show 1", "explain 1", "outbox list --all"):
            print(f"  {binary()} --config {desk.gateway.folder} {command}")
        headline("With a mail program:")
        for person in (ALICE, BOB, SUPPORT):
            print(f"  IMAP 127.0.0.1:{desk.dovecot.imap_port}, user {person}, password \"{PASSWORDS[person]}\"")
        print(f"\nThe log: {desk.gateway.log_path}\nCtrl-C ends it all and takes it away.", flush=True)


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
            demo.desk.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
