"""The check of the requirements finds what it is for."""

import pathlib
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_requirements")


def check(page, code):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in [("docs/requirements.md", page), ("parsers/text/a.cpp", code)]:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return subprocess.run(["/usr/bin/python3", CHECK, folder], text=True, stdout=subprocess.PIPE).stdout


class Requirements(unittest.TestCase):
    def test_is_silent_where_all_is_listed(self):
        self.assertEqual("", check("| SEC-9 | no | why | test |\n", "// SEC-9: no line ends; UTF-8 and RFC-14 are none\n"))

    def test_finds_what_is_not_listed(self):
        self.assertEqual("parsers/text/a.cpp:2: SEC-8 does not stand in docs/requirements.md\n",
                         check("| SEC-9 | | | |\n", "// SEC-9\n// SEC-8\n"))

    def test_finds_what_nothing_cites(self):
        self.assertEqual("docs/requirements.md: nothing cites LIM-5\n", check("| LIM-5 | | | |\n", "\n"))


if __name__ == "__main__":
    unittest.main()
