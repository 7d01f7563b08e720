"""Waiting for a condition, with a deadline; never blindly."""

import time

# Machines that build at the same time are slow, and a deadline that is reached is a failed test: it
# is there to end a hang, not to measure.
PATIENCE = 60.0


def wait_until(condition, what, patience=PATIENCE, pause=0.02):
    """The first true value of `condition()`. Raises AssertionError with `what` after `patience` seconds.

    `what` may be a function that tells what was seen instead.
    """
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience} s: {what() if callable(what) else what}")
        time.sleep(pause)
