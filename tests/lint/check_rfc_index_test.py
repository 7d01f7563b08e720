"""The check of the RFC index finds what it is for."""

import pathlib
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_rfc_index")


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return subprocess.run(["/usr/bin/python3", CHECK, folder], text=True, stdout=subprocess.PIPE).stdout


class RfcIndex(unittest.TestCase):
    def test_is_silent_where_all_is_listed(self):
        self.assertEqual("", check({
            "docs/rfc_index.md": "| 5322 | messages | Yes | `parsers/a.cpp` |\n",
            "parsers/a.cpp": "// RFC 5322 section 3.6.4; a body part of RFC822.HEADER is none\n"}))

    def test_finds_what_is_not_listed(self):
        self.assertEqual("parsers/a.cpp:2: RFC 2047 does not stand in docs/rfc_index.md\n", check({
            "docs/rfc_index.md": "| 5322 | messages | Yes | |\n", "parsers/a.cpp": "\n// RFC 2047 section 5\n"}))

    def test_finds_files_that_are_gone(self):
        self.assertEqual("docs/rfc_index.md: parsers/b.cpp does not exist\n", check({
            "docs/rfc_index.md": "| 5322 | messages | Yes | `parsers/b.cpp` |\n"}))

    def test_finds_disorder(self):
        self.assertIn("not in order", check({"docs/rfc_index.md": "| 9 | | | |\n| 8 | | | |\n"}))


if __name__ == "__main__":
    unittest.main()
