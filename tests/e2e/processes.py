"""Children that die with us: a test that is killed leaves no server behind."""

import ctypes
import os
import random
import signal
import socket
import subprocess

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent():
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def start(arguments, **options):
    """A child in a process group of its own, killed when the thread that started it ends."""
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        start_new_session=True,
        preexec_fn=_die_with_parent,
        stdin=subprocess.DEVNULL,
        **options,
    )


def kill_group(process):
    """Ends a child and all that it has started, at once."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def free_port():
    """A loopback port that nobody listens on, below those that the kernel gives to clients."""
    while True:
        port = random.SystemRandom().randrange(15000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
