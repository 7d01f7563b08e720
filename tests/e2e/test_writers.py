"""One process writes: many commands and much mail at once, with a daemon that comes and goes."""

import json
import multiprocessing
import os
import pathlib
import shutil
import socket
import sqlite3
import tempfile
import time
import unittest

import letters
from deadline import wait_until
from gateway import Gateway

LONG = bool(os.environ.get("BELLHOP_E2E_LONG"))
PROCESSES = 8
MAILS = 5000 if LONG else 400  # handed over by all processes together, each twice, with four orders behind it
SUPPORT = "support@desk.test"
# What is done with each ticket.
ORDERS = [{"order": "note", "text": "Looked at."}, {"order": "assign", "team": "Network"},
          {"order": "reply", "text": "On the way."}, {"order": "status", "to": "resolved"}]


def ask(connection, name, arguments, body=b""):
    """One request; the answer as a dictionary, and the seconds that it took."""
    line = json.dumps({"request": name, "arguments": arguments, "body": len(body)}).encode() + b"\n"
    begun = time.monotonic()
    connection.sendall(line + body)
    answer = b""
    while not answer.endswith(b"\n"):
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError("the daemon has gone")
        answer += piece
    return json.loads(answer), time.monotonic() - begun


def hand_over(path, number, count, results):
    """A process of a mail server: hands over its mails, and retries and cancels what stands in the outbox."""
    slowest, odd = 0, []
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        for index in range(count):
            mail = letters.letter(f"person{number}-{index}@school.test", SUPPORT, f"mail {number} {index}")
            for again in (0, 1):
                answer, seconds = ask(connection, "ingest", {
                    "mailbox": "support", "uidvalidity": number + 1, "uid": index + 1, "size": len(mail), "whole": True},
                    mail)
                slowest = max(slowest, seconds)
                if answer["status"] != 0 or answer["result"]["outcome"] != "ticket":
                    odd.append(answer)
            answer_number = answer["result"]["ticket"]
            answer, seconds = ask(connection, "outbox.cancel", {"numbers": [index * PROCESSES + number + 1]})
            slowest = max(slowest, seconds)
            if answer["status"] not in (0, 1):  # another process's mail may not be there yet
                odd.append(answer)
            ticket = str(answer_number)
            for order in ORDERS:
                answer, seconds = ask(connection, "ticket.order", {"ticket": ticket, "by": f"Tech {number}", **order})
                slowest = max(slowest, seconds)
                if answer["status"] != 0:
                    odd.append(answer)
    results.put((slowest, odd))


class Writers(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.gateway = Gateway(self.folder / "desk")
        nowhere = {"host": "localhost", "security": "none", "port": 9}
        self.gateway.configure({
            "desk": {"name": "IT", "ticket_tag": "HELP", "time_zone": "Europe/London"},
            "mailbox": [{"name": "support", "address": SUPPORT, "user": "x", "password_env": "X", **nowhere}],
            "smtp": nowhere,
        })
        self.addCleanup(self.gateway.kill)

    def rows(self, query):
        with sqlite3.connect(f"file:{self.gateway.database}?mode=ro", uri=True) as database:
            return database.execute(query).fetchall()

    def test_many_processes_at_once_are_all_served(self):
        self.gateway.start()
        results = multiprocessing.Queue()
        count = MAILS // PROCESSES
        workers = [multiprocessing.Process(target=hand_over, args=(
            self.gateway.database.with_suffix(".sock"), number, count, results)) for number in range(PROCESSES)]
        for worker in workers:
            worker.start()
        answers = [results.get(timeout=3600 if LONG else 120) for _ in workers]
        for worker in workers:
            worker.join()
        self.assertEqual([], [one for _, odd in answers for one in odd])
        status = self.gateway.json("status")
        self.assertEqual(self.gateway.process.pid, status["daemon"]["process"])
        self.assertEqual(0, self.gateway.stop()[0])
        self.assertEqual([("ok",)], self.rows("PRAGMA integrity_check"))
        self.assertEqual([], self.rows("PRAGMA foreign_key_check"))
        self.assertEqual([(count * PROCESSES,)], self.rows("SELECT count(*) FROM tickets"))
        self.assertEqual([(count * PROCESSES,)], self.rows("SELECT count(*) FROM ledger"))
        for kind in ("note", "team", "agent_reply", "status"):
            self.assertEqual([(count * PROCESSES,)], self.rows(f"SELECT count(*) FROM events WHERE type = '{kind}'"), kind)
        self.assertEqual([(count * PROCESSES,)], self.rows("SELECT count(*) FROM tickets WHERE status = 'resolved'"))
        self.assertEqual(0, self.gateway.run("check", "--database").returncode)
        print(f"slowest answer {max(slowest for slowest, _ in answers):.3f} s", end=" ")

    def test_who_asked_stands_in_the_log(self):
        self.gateway.start()
        mail = letters.letter("ann@school.test", SUPPORT)
        self.assertEqual(0, self.gateway.run("ingest", "-", input=mail).returncode)
        self.gateway.wait_for_log("request name=ingest by=")

    def test_the_socket_is_its_owners_alone(self):
        self.gateway.start()
        path = self.gateway.database.with_suffix(".sock")
        wait_until(path.exists, "the socket")
        self.assertEqual(0o600, path.stat().st_mode & 0o777)


if __name__ == "__main__":
    unittest.main()
