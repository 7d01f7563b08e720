"""script/demo shows what it says: a question, what is promised, an answer from a phone, thanks; in well under a minute."""

import os
import pathlib
import subprocess
import sys
import time
import unittest

from gateway import binary

HERE = pathlib.Path(__file__).resolve().parent
LONGEST = 60.0  # seconds; it takes ten


class Demo(unittest.TestCase):
    def test_shows_a_morning_from_the_question_to_the_thanks(self):
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-B", HERE / "demo.py"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=150, env={**os.environ, "BELLHOP_BINARY": str(binary())})
        text = done.stdout.decode()
        self.assertEqual(0, done.returncode, text)
        self.assertLess(time.monotonic() - began, LONGEST)
        for line in ("Somebody will answer you by ", "Reply to this mail, and Ann Lee gets your words",
                     "| Hello Ann, is the cable in at both ends?", "| Tom Tech, IT Support, ",
                     "With this we take ticket 1 as resolved.", "NUM  DUE", "resolved  Tom Tech",
                     "response: within 1 hour, met", "survey                   5 of 5"):
            self.assertIn(line, text)
        answer = text[text.index("Ann reads his words"):text.index("Ann answers")]
        for left_out in ("#me", "> ", "Sent from my iPhone"):
            self.assertNotIn(left_out, answer.split("\n", 1)[1])


if __name__ == "__main__":
    unittest.main()
