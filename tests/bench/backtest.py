#!/usr/bin/python3
"""A year of a desk's mail through its rules again: rules backtest, rules stats, report sla.

Makes a store of its own: mails of corpus.py, taken by `bellhop ingest` under the rules of a preset,
then dated over the year before now; staff has corrected every 20th priority.
"""

import argparse
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from corpus import Corpus  # noqa: E402

BATCH = 500
YEAR = 365 * 86400
BINARY = os.environ.get("BELLHOP_BINARY", "bellhop")


def bellhop(folder, *arguments, **options):
    return subprocess.run([BINARY, "--config", folder, *map(str, arguments)], check=True, stdout=subprocess.PIPE, **options)


def fill(folder, count):
    """The mails, taken one after the other."""
    corpus = Corpus(to="it@school.example")
    size = 0
    for first in range(0, count, BATCH):
        files = []
        for number in range(first, min(first + BATCH, count)):
            file = folder / f"{number}.eml"
            size += file.write_bytes(corpus.mail(number))
            files.append(file)
        bellhop(folder, "ingest", *files, stderr=subprocess.DEVNULL)
        for file in files:
            file.unlink()
        print(f"\r{first + len(files)} of {count} mails taken", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return size


def spread(folder):
    """Dates the mails evenly over the year before now, and lets staff correct some priorities."""
    database = sqlite3.connect(folder / "data/bellhop.db")
    [[last]] = database.execute("SELECT max(id) FROM messages")
    start = int(time.time()) - YEAR
    with database:
        database.execute("UPDATE messages SET dated_at = ? + id * ? / ?", (start, YEAR, last))
        database.execute("UPDATE tickets SET opened_at = (SELECT min(dated_at) FROM messages WHERE ticket = tickets.id)")
        database.execute("UPDATE events SET dated_at = (SELECT opened_at FROM tickets WHERE id = events.ticket)")
        database.execute(
            "INSERT INTO events (ticket, dated_at, type, actor, detail, fields) SELECT id, opened_at + 60, 'priority', 'agent Tom',"
            " '', json_object('from', priority, 'to', 'high') FROM tickets WHERE id % 20 = 0 AND priority <> 'high'")
        database.execute("UPDATE tickets SET priority = 'high' WHERE id % 20 = 0")
        database.execute(
            "INSERT INTO events (ticket, dated_at, type, actor, detail, fields) SELECT id, opened_at + 7200, 'status', 'agent Tom',"
            " '', json_object('from', status, 'to', 'resolved') FROM tickets WHERE opened_at < ?", (start + YEAR - 14 * 86400,))
        database.execute("UPDATE tickets SET status = 'resolved' WHERE opened_at < ?", (start + YEAR - 14 * 86400,))
    database.close()


def measure(folder, *command):
    """Runs the command and prints its time and memory. Its output."""
    start = time.monotonic()
    process = subprocess.Popen([BINARY, "--config", folder, *command], stdout=subprocess.PIPE)
    output = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    processor = used.ru_utime + used.ru_stime
    print(f"{' '.join(command):40} {wall:7.2f} s, {processor:7.2f} s of processor time, {used.ru_maxrss / 1024:.0f} MiB")
    return output


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=50_000, help="mails of the year")
    parser.add_argument("--folder", help="where the store is made; default: the temporary folder")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-backtest-", dir=arguments.folder))
    try:
        subprocess.run([BINARY, "init", folder / "desk", "--preset", "school"], check=True, stdout=subprocess.DEVNULL)
        size = fill(folder / "desk", arguments.count)
        spread(folder / "desk")
        print(f"{arguments.count} mails, {size / 1e6:.0f} MB, load of the machine {os.getloadavg()[0]:.1f}")
        print(measure(folder / "desk", "rules", "backtest", "--since", "366d").splitlines()[0])
        measure(folder / "desk", "rules", "stats", "--since", "366d")
        measure(folder / "desk", "report", "sla")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
