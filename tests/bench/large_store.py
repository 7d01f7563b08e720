#!/usr/bin/python3
"""A large desk's database: how long the daemon takes to start, to reckon all timers, and what it looks at afterwards.

1,000,000 tickets, 10,000 of them open, in a folder of the preset `provider`; no server is there.
"""

import argparse
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

BINARY = os.environ.get("BELLHOP_BINARY", "bellhop")
TICKETS = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :tickets)
INSERT INTO tickets (id, subject, requester_name, requester_address, status, priority, team, assignee, school, category,
                     tags, restricted, mailbox, opened_at, cycle, reopened, participants)
SELECT n, 'Projector ' || n, 'Ann', 'ann@hill.example.org', CASE WHEN n % :every = 0 THEN 'open' ELSE 'closed' END,
       'P' || (1 + n % 4), 'service desk', '', 'Hill Primary', '', '[]', 0, 'cases',
       CASE WHEN n % :every = 0 THEN :now - n % 7200 ELSE :now - 86400 * (30 + n % 300) END, 1, 0, '[]' FROM numbers
"""
EVENTS = """
INSERT INTO events (ticket, dated_at, type, actor, detail, fields)
SELECT id, opened_at, 'created', 'gateway', '', json_object('priority', priority, 'status', 'open') FROM tickets
"""


class Manager:
    """A service manager that waits for READY=1 (sd_notify(3))."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.name = f"@bellhop-bench-{os.getpid()}"
        self.socket.bind("\0" + self.name[1:])
        self.socket.settimeout(60)

    def wait(self, word):
        while word not in self.socket.recv(4096).decode():
            pass


def make(folder, tickets, is_open):
    subprocess.run([BINARY, "init", folder, "--preset", "provider"], check=True, stdout=subprocess.DEVNULL)
    for name in ("cases.password", "smtp.password"):
        (folder / name).write_text("none\n")
        (folder / name).chmod(0o600)
    manager = Manager()
    process, _ = serve(folder, manager)  # makes the database
    stop(process)
    database = sqlite3.connect(folder / "data/bellhop.db")
    with database:
        database.execute(TICKETS, {"tickets": tickets, "every": tickets // is_open, "now": int(time.time())})
        database.execute(EVENTS)
    database.close()


def serve(folder, manager):
    """Starts the daemon. (process, seconds until it is ready)"""
    begun = time.monotonic()
    process = subprocess.Popen([BINARY, "--config", folder, "serve"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, "NOTIFY_SOCKET": manager.name})
    manager.wait("READY=1")
    return process, time.monotonic() - begun


def wait_for_timers(folder, process):
    """Seconds until every timer is reckoned, and of the processor's."""
    database = sqlite3.connect(f"file:{folder}/data/bellhop.db?mode=ro", uri=True)
    begun = time.monotonic()
    while not database.execute("SELECT 1 FROM facts WHERE name = 'timers_reckoned_with'").fetchone():
        time.sleep(0.02)
    return time.monotonic() - begun, processor_seconds(process)


def processor_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stop(process):
    process.terminate()
    process.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=1_000_000)
    arguments.add_argument("--open", type=int, default=10_000)
    options = arguments.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-bench-"))
    try:
        make(folder / "desk", options.tickets, options.open)
        manager = Manager()
        process, ready = serve(folder / "desk", manager)
        reckoned, processor = wait_for_timers(folder / "desk", process)
        print(f"{options.tickets} tickets, {options.open} open: the first start, ready after {ready * 1000:.0f} ms;"
              f" all timers reckoned {reckoned:.2f} s later ({processor:.2f} s of the processor)")
        time.sleep(2)
        stop(process)
        process, ready = serve(folder / "desk", manager)
        time.sleep(3)
        print(f"the next start, ready after {ready * 1000:.0f} ms; {processor_seconds(process):.2f} s of the processor in"
              " the first 3 s")
        before = processor_seconds(process)
        time.sleep(20)
        print(f"then {processor_seconds(process) - before:.2f} s of the processor in 20 s")
        stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
