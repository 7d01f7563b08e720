"""`bellhop serve` as a child: started, spoken to, stopped, killed."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time

import processes
from deadline import PATIENCE, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
STOPS_WITHIN = 5.0  # seconds from SIGTERM


def binary():
    """The program under test: $BELLHOP_BINARY, or what the preset dev has built."""
    return pathlib.Path(os.environ.get("BELLHOP_BINARY", ROOT / "build/dev/bellhop"))


# Whom the desk knows: strangers get small answers.
PEOPLE = """[[school]]
name = "Test School"
domains = ["school.test"]
"""


class Gateway:
    """One configuration folder and the daemon on it."""

    def __init__(self, folder, preset=None):
        """With a preset its rules, people, hours and promises hold; else there are none but what a test writes."""
        self.folder = pathlib.Path(folder)  # of the configuration
        self.preset = preset
        self.log_path = self.folder.parent / f"{self.folder.name}.log"
        self.process = None
        self.notices = []  # (monotonic time, text) of what the daemon told its service manager
        self._listen()

    def _listen(self):
        """A service manager's socket (sd_notify(3)). In the abstract namespace: paths are too long."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._notify_name = f"@bellhop-e2e-{os.getpid()}-{id(self)}"
        self._socket.bind("\0" + self._notify_name[1:])
        threading.Thread(target=self._read_notices, daemon=True).start()

    def _read_notices(self):
        while True:
            text = self._socket.recv(4096).decode(errors="replace")
            for line in text.splitlines():
                self.notices.append((time.monotonic(), line))

    def has_told(self, notice, since=0):
        return any(text.startswith(notice) for _, text in self.notices[since:])

    def configure(self, tables):
        """What `bellhop init` writes, with a bellhop.toml of `tables`."""
        if not self.folder.exists():
            done = subprocess.run([binary(), "init", self.folder, "--preset", self.preset or "school"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert done.returncode == 0, done.stderr.decode()
            # The preset's rules are about its own people. A test that wants some writes its own.
            if not self.preset:
                for name in ("rules", "people", "sla", "calendar"):
                    (self.folder / f"{name}.toml").unlink()
                (self.folder / "people.toml").write_text(PEOPLE)
        (self.folder / "bellhop.toml").write_text(toml(without_budgets(tables)))

    # The daemon.

    def start(self, *, wait=True, environment=None, prefix=(), watchdog=None):
        """Starts `serve`; waits until it says that it is ready."""
        assert self.process is None, "already running"
        variables = {**os.environ, "NOTIFY_SOCKET": self._notify_name, **(environment or {})}
        if watchdog is not None:
            variables["WATCHDOG_USEC"] = str(int(watchdog * 1e6))
        seen = len(self.notices)
        with open(self.log_path, "ab") as log:
            self.process = processes.start(
                [*prefix, binary(), "--config", self.folder, "serve"], env=variables, stdout=log, stderr=log)
        if wait:
            wait_until(lambda: self.has_told("READY=1", seen) or self.process.poll() is not None,
                       lambda: "bellhop is ready; its log:\n" + self.tail())
            assert self.process.poll() is None, f"bellhop ended ({self.process.returncode}):\n{self.tail()}"
        return self

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """SIGTERM. (exit status, seconds that it took)."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("bellhop does not stop:\n" + self.tail()) from None
        self.process = None
        return status, time.monotonic() - started

    def kill(self):
        """SIGKILL: as a power cut, as far as the process can tell."""
        if self.process is not None:
            processes.kill_group(self.process)
            self.process = None

    def wait_for_end(self, patience=PATIENCE):
        """The exit status of a daemon that ends by itself; negative: by this signal."""
        status = self.process.wait(timeout=patience)
        self.process = None
        return status

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def tail(self, lines=40):
        return "\n".join(self.log().splitlines()[-lines:])

    def wait_for_log(self, text, count=1, patience=PATIENCE):
        """Waits until `text` (or one of several) stands in the log `count` times."""
        texts = (text,) if isinstance(text, str) else text
        wait_until(lambda: sum(self.log().count(one) for one in texts) >= count,
                   lambda: f"{texts} in the log:\n{self.tail()}", patience)

    def resident_kib(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    # The other commands.

    def run(self, *arguments, input=None, environment=None):
        """One command; output as bytes in the result."""
        return subprocess.run(
            [binary(), "--config", self.folder, *map(str, arguments)], input=input, timeout=PATIENCE * 2,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})

    def json(self, *arguments):
        """The result of a command with --json. Raises where it fails."""
        done = self.run("--json", *arguments)
        if done.returncode != 0:
            raise AssertionError(f"bellhop {arguments} ends with {done.returncode}: {done.stderr.decode()}")
        return json.loads(done.stdout)

    @property
    def database(self):
        return self.folder / "data/bellhop.db"


def without_budgets(tables):
    """Tests send more mails at a time than people do; one that wants budgets names them."""
    answers = ("domain_limits", "stranger_limits", "total_limits")
    tickets = ("sender_tickets", "stranger_tickets", "total_tickets")
    return {
        **tables,
        "acknowledgement": {**dict.fromkeys(answers, []), **tables.get("acknowledgement", {})},
        "limits": {**dict.fromkeys(tickets, []), **tables.get("limits", {})},
    }


def toml(tables):
    """A TOML text of {table: {key: value}} or {table: [{key: value}, ...]}."""
    lines = []
    for name, content in tables.items():
        many = isinstance(content, list)
        for table in content if many else [content]:
            lines.append(f"[[{name}]]" if many else f"[{name}]")
            lines += [f"{key} = {json.dumps(value if not isinstance(value, pathlib.Path) else str(value))}"
                      for key, value in table.items()]
            lines.append("")
    return "\n".join(lines)
