"""Intake against the yardstick: bellhop makes tickets of a mailbox, mbsync copies it into a Maildir.

Both read the same mails from the same Dovecot, in turn, each time from a mailbox that nobody has read
before. Then: how much memory the daemon takes, and how soon a single mail is acknowledged.

With --tickets: bellhop alone, in turn with an empty database and with one that holds so many tickets already.
"""

import argparse
import asyncio
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "e2e")]

import invariants  # noqa: E402
import letters  # noqa: E402
import processes  # noqa: E402
from corpus import Corpus  # noqa: E402
from deadline import wait_until  # noqa: E402
from dovecot import Dovecot  # noqa: E402
from gateway import Gateway  # noqa: E402
from grown_store import grow  # noqa: E402
from smtp_server import SmtpServer  # noqa: E402

PASSWORD = "benchmark"
LATENCY_USER = "latency@desk.test"


class TellTale:
    """A relay between the gateway and Dovecot that notes when `* n EXISTS` passes."""

    def __init__(self, port):
        self.target = port
        self.port = processes.free_port()
        self.exists_at = []
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait()

    async def _serve(self, ready):
        server = await asyncio.start_server(self._relay, "127.0.0.1", self.port)
        ready.set()
        await server.serve_forever()

    async def _relay(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self._pump(reader, far_writer, False), self._pump(far_reader, writer, True))

    async def _pump(self, source, sink, watched):
        while data := await source.read(65536):
            if watched and b" EXISTS\r\n" in data:
                self.exists_at.append(time.time())
            sink.write(data)
            await sink.drain()
        sink.close()


class Bench:
    def __init__(self, folder, options):
        self.folder = pathlib.Path(folder)
        self.options = options
        self.users = [f"{who}{run}@desk.test" for who in ("bellhop", "quiet", "mbsync", "nosync") for run in range(options.runs)]
        self.dovecot = Dovecot(self.folder / "dovecot", dict.fromkeys([*self.users, LATENCY_USER], PASSWORD), fsync="optimized").start()
        self.smtp = SmtpServer(self.folder / "smtp").start()
        self.resident = 0
        self.idle = 0

    def close(self):
        self.smtp.stop()
        self.dovecot.stop()

    def fill(self):
        """Every mailbox the same, as hard links; Dovecot has its index."""
        corpus = Corpus(self.options.seed)
        mails = [corpus.mail(number) for number in range(self.options.count)]
        sizes = sorted(map(len, mails))
        print(f"{len(mails)} mails, {sum(sizes) / 1e6:.0f} MB, median {statistics.median(sizes) / 1e3:.1f} kB", flush=True)
        first, *others = self.users
        self.dovecot.write_inbox(first, mails)
        for user in others:
            self.dovecot.link_inbox(first, user)
        for user in self.users:
            assert self.dovecot.count(user) == len(mails)

    def gateway(self, user, *, port, acknowledge, first_start):
        gateway = Gateway(self.folder / user.split("@")[0])
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        settings = {
            "desk": {"name": "IT Support", "ticket_tag": "HELP", "time_zone": "Europe/London"},
            "mailbox": [{"name": "support", "address": user, "host": "localhost", "port": port, "security": "none", "user": user,
                         "password_file": secret, "first_start": first_start}],
            "smtp": {"host": "localhost", "port": self.smtp.port, "security": "none", "authentication": "none"},
            "acknowledgement": {"enabled": acknowledge},
        }
        gateway.configure(settings)
        return gateway

    def grown_database(self, tickets):
        """A database with so many tickets, in a file of its own."""
        gateway = self.gateway(LATENCY_USER, port=self.dovecot.imap_port, acknowledge=False, first_start="only_new")
        gateway.start()
        gateway.stop()
        grow(gateway.database, tickets)
        kept = self.folder / "grown.db"
        shutil.move(gateway.database, kept)
        shutil.rmtree(gateway.folder)
        return kept

    def run_bellhop(self, user, acknowledge, database=None):
        gateway = self.gateway(user, port=self.dovecot.imap_port, acknowledge=acknowledge, first_start="everything")
        if database is not None:
            gateway.database.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(database, gateway.database)
            os.sync()  # its pages are not to be written out during the run
        gateway.start(wait=False)
        # The look at the database before that takes a second of a large one, however many mails wait.
        wait_until(lambda: gateway.log().count("info started "), lambda: "it is ready:\n" + gateway.tail(), pause=0.005)
        started = time.monotonic()

        def taken():
            assert gateway.is_running(), gateway.tail()
            self.resident = max(self.resident, gateway.resident_kib())
            rows = invariants.read(gateway.database, "SELECT count(*) FROM ledger JOIN mailboxes ON mailboxes.id = mailbox"
                                                     " WHERE name = 'support'")
            return rows and rows[0][0] >= self.options.count

        wait_until(taken, lambda: "all is taken:\n" + gateway.tail(), patience=900, pause=0.05)
        seconds = time.monotonic() - started
        wait_until(lambda: not invariants.read(
            gateway.database, "SELECT id FROM outbox WHERE state IN ('queued', 'sending') UNION ALL SELECT uid FROM ledger WHERE processed = 0"),
            "all is sent and moved", patience=900, pause=0.2)
        self.resident = max(self.resident, gateway.resident_kib())
        time.sleep(12)  # what an idle desk gives back, it has given back
        self.idle = max(self.idle, gateway.resident_kib())
        gateway.stop()
        shutil.rmtree(gateway.folder)
        return seconds

    def run_mbsync(self, user, fsync):
        target = self.folder / f"maildir-{user}"
        target.mkdir()
        configuration = self.folder / f"{user}.mbsyncrc"
        configuration.write_text(f"""FSync {"yes" if fsync else "no"}
IMAPStore far
Host 127.0.0.1
Port {self.dovecot.imap_port}
User {user}
Pass {PASSWORD}
SSLType None
AuthMechs LOGIN

MaildirStore near
Path {target}/
Inbox {target}/inbox

Channel all
Far :far:INBOX
Near :near:INBOX
Sync Pull
Create Near
SyncState {target}/
""")
        started = time.monotonic()
        subprocess.run(["mbsync", "-q", "-c", configuration, "all"], check=True, stderr=subprocess.DEVNULL)
        seconds = time.monotonic() - started
        count = sum(1 for name in ("cur", "new") for _ in (target / "inbox" / name).iterdir())
        assert count == self.options.count, count
        shutil.rmtree(target)
        return seconds

    def latency(self):
        """[(from EXISTS, from delivery)] in seconds until the SMTP server has the acknowledgement."""
        relay = TellTale(self.dovecot.imap_port)
        gateway = self.gateway(LATENCY_USER, port=relay.port, acknowledge=True, first_start="only_new")
        gateway.start()
        wait_until(lambda: invariants.read(gateway.database, "SELECT mailbox FROM mailbox_cursors"), "a look into the mailbox")
        found = []
        for number in range(self.options.latency):
            sender = f"lone{number}@far.test"
            mail = letters.letter(sender, LATENCY_USER)
            self.dovecot.deliver(LATENCY_USER, mail)
            delivered = time.time()
            [answer] = self.smtp.wait_for_mail(sender, pause=0.005)
            told = max((at for at in relay.exists_at if at <= answer.at), default=delivered)
            found.append((answer.at - told, answer.at - delivered))
            time.sleep(0.05)
        gateway.stop()
        return found


def row(name, seconds, count):
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    print(f"| {name} | {low:.2f} | {middle:.2f} | {high:.2f} | {count / middle:.0f} |")


def compare_with_grown(bench, options):
    """The same mails, in turn into an empty database and into one that is full."""
    grown = bench.grown_database(options.tickets)
    print(f"{options.tickets} tickets: {grown.stat().st_size / 1e9:.2f} GB", flush=True)
    empty, full = [], []
    for run in range(options.runs):
        empty.append(bench.run_bellhop(f"bellhop{run}@desk.test", True))
        full.append(bench.run_bellhop(f"quiet{run}@desk.test", True, grown))
        print(f"run {run + 1}: empty {empty[-1]:.2f} s, {options.tickets} tickets {full[-1]:.2f} s", flush=True)
    print("\n| | min s | median s | max s | mails/s |\n|---|---|---|---|---|")
    row("an empty database", empty, options.count)
    row(f"with {options.tickets} tickets", full, options.count)
    print(f"\nwith {options.tickets} tickets intake takes {statistics.median(full) / statistics.median(empty):.2f} of the time")


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    parser = argparse.ArgumentParser(prog="script/bench intake", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="mails (%(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="of each, in turn (%(default)s)")
    parser.add_argument("--latency", type=int, default=100, help="single mails (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tickets", type=int, default=0, help="compare with a database that holds so many")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="bellhop-bench-", dir=os.environ.get("BELLHOP_BENCH_FOLDER"))
    os.chmod(folder, 0o711)
    bench = Bench(folder, options)
    try:
        bench.fill()
        if options.tickets:
            compare_with_grown(bench, options)
            return
        runs = {"bellhop": [], "quiet": [], "mbsync": [], "nosync": []}
        for run in range(options.runs):
            runs["bellhop"].append(bench.run_bellhop(f"bellhop{run}@desk.test", True))
            runs["mbsync"].append(bench.run_mbsync(f"mbsync{run}@desk.test", True))
            runs["quiet"].append(bench.run_bellhop(f"quiet{run}@desk.test", False))
            runs["nosync"].append(bench.run_mbsync(f"nosync{run}@desk.test", False))
            print(f"run {run + 1}: " + ", ".join(f"{name} {seconds[-1]:.2f} s" for name, seconds in runs.items()), flush=True)
        single = bench.latency()
    finally:
        bench.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{options.count} mails, {options.runs} runs each in turn, {os.cpu_count()} cores, {platform.platform(terse=True)},"
          f" {time.strftime('%Y-%m-%d')}\n")
    print("| | min s | median s | max s | mails/s |\n|---|---|---|---|---|")
    row("bellhop: durable tickets, acknowledgements sent meanwhile", runs["bellhop"], options.count)
    row("bellhop: durable tickets, no acknowledgements", runs["quiet"], options.count)
    row("mbsync into a Maildir, FSync yes", runs["mbsync"], options.count)
    row("mbsync into a Maildir, FSync no", runs["nosync"], options.count)
    middle = {name: statistics.median(seconds) for name, seconds in runs.items()}
    print(f"\nbellhop takes {middle['bellhop'] / middle['mbsync']:.2f} of mbsync's time"
          f" ({middle['quiet'] / middle['mbsync']:.2f} without acknowledgements)")
    print(f"resident memory: {bench.resident / 1024:.1f} MiB at most while draining, {bench.idle / 1024:.1f} MiB idle afterwards")
    for name, values in (("EXISTS", [one[0] for one in single]), ("delivery", [one[1] for one in single])):
        print(f"from {name} to the acknowledgement, {len(values)} single mails: median {statistics.median(values) * 1000:.0f} ms,"
              f" p99 {percentile(values, 0.99) * 1000:.0f} ms, max {max(values) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
