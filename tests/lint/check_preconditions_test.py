"""The check of preconditions finds those that nothing holds."""

import pathlib
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_preconditions")


def check(header, source=""):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"rules/a.hpp": header, "rules/a.cpp": source}.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return subprocess.run(["/usr/bin/python3", "-B", CHECK, folder], text=True, stdout=subprocess.PIPE).stdout


class Preconditions(unittest.TestCase):
    def test_is_silent_where_an_ensure_stands_behind_it(self):
        header = "/// Half of it. Precondition: it is\n/// even.\nint half(int number);\n"
        self.assertEqual("", check(header, "int half(int number) {\n    ensure(number % 2 == 0);\n    return 1;\n}\n"))

    def test_looks_into_the_header_and_at_members(self):
        self.assertEqual("", check("/// Precondition: even.\nint half(int n) { ensure(n % 2 == 0); return n / 2; }\n"))
        self.assertEqual("", check("class A {\n    /// Precondition: even.\n    explicit A(int n);\n};\n",
                                   "A::A(int n) : n_(n) {\n    ensure(n % 2 == 0);\n}\n"))

    def test_finds_a_promise_that_nothing_holds(self):
        header = "\n/// Precondition: even.\nint half(int number);\n"
        said = "rules/a.hpp:2: half() has a precondition that no ensure() checks\n"
        self.assertEqual(said, check(header, "int half(int number) {\n    return number / 2;\n}\n"))

    def test_takes_no_other_functions_ensure_for_it(self):
        header = "/// Precondition: even.\nint half(int number);\nint other(int number);\n"
        source = "int half(int n) {\n    return n;\n}\nint other(int n) {\n    ensure(n > 0);\n    return half(n);\n}\n"
        self.assertIn("half() has a precondition", check(header, source))

    def test_takes_no_call_for_the_function(self):
        header = "/// Precondition: even.\nint half(int number);\n"
        source = "int twice(int n) {\n    ensure(half(n) > 0);\n    return n;\n}\n"
        self.assertIn("half() has a precondition", check(header, source))


if __name__ == "__main__":
    unittest.main()
