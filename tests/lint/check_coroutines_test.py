"""The coroutine check finds each fault in coroutine_faults.cpp, and nothing else there."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PROBE = HERE / "coroutine_faults.cpp"


class CoroutineCheck(unittest.TestCase):
    def test_finds_the_faults_and_only_them(self):
        expected = {number for number, line in enumerate(PROBE.read_text().splitlines(), 1) if line.endswith("// fault")}
        self.assertEqual(5, len(expected))
        with tempfile.TemporaryDirectory() as folder:
            command = {"directory": folder, "command": f"g++ -std=c++20 -c {PROBE}", "file": str(PROBE)}
            pathlib.Path(folder, "compile_commands.json").write_text(json.dumps([command]))
            done = subprocess.run([HERE / "check_coroutines", folder, PROBE], text=True, stdout=subprocess.PIPE)
        found = {int(number) for number in re.findall(r"coroutine_faults\.cpp:(\d+):", done.stdout)}
        self.assertEqual(expected, found, done.stdout)
        self.assertNotEqual(0, done.returncode)


if __name__ == "__main__":
    unittest.main()
