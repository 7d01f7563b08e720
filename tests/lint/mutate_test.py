"""script/mutate takes no fault for a fault that is none."""

import importlib.machinery
import importlib.util
import pathlib
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOADER = importlib.machinery.SourceFileLoader("mutate", str(ROOT / "script/mutate"))
mutate = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutate", LOADER))
LOADER.exec_module(mutate)

BLOCK = """# why
[late-by-no-second] a ticket is late too early
file: rules/sla.cpp
tests: rules_tests Sla.*:Target.*
tests: golden_tests
-     if (used >= budget)
-         breach();
+     if (used > budget)
+         breach();
"""


class Mutate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.addCleanup(setattr, mutate, "ROOT", mutate.ROOT)
        mutate.ROOT = self.root
        self.write("rules/sla.cpp", "void f() {\n    if (used >= budget)\n        breach();\n}\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def faults(self, text):
        return mutate.read_faults(self.write("rules.txt", text))

    def test_reads_a_block(self):
        (fault,) = self.faults(BLOCK)
        self.assertEqual((fault.group, fault.name), ("rules", "late-by-no-second"))
        self.assertEqual(fault.tests, [["rules_tests", "Sla.*:Target.*"], ["golden_tests"]])
        self.assertIsNone(fault.complaint())
        self.assertEqual(fault.source(), "void f() {\n    if (used > budget)\n        breach();\n}\n")

    def test_takes_lines_out(self):
        (fault,) = self.faults(BLOCK.split("+ ")[0])
        self.assertEqual(fault.source(), "void f() {\n}\n")

    def test_complains_of_what_does_not_fit(self):
        source = (self.root / "rules/sla.cpp").read_text()
        (fault,) = self.faults(BLOCK)
        for text in ("", source.replace(">=", ">"), source + source):
            self.write("rules/sla.cpp", text)
            self.assertIn("stands", fault.complaint())

    def test_complains_of_a_block_without_a_file_tests_or_lines(self):
        for missing in ("file: ", "tests: ", "- "):
            text = "".join(line + "\n" for line in BLOCK.splitlines() if not line.startswith(missing))
            self.assertIsNotNone(self.faults(text)[0].complaint(), missing)
        self.write("rules/sla.hpp", "    if (used >= budget)\n        breach();\n")
        self.assertIsNotNone(self.faults(BLOCK.replace("sla.cpp", "sla.hpp"))[0].complaint())

    def test_refuses_a_line_that_it_does_not_know(self):
        with self.assertRaises(SystemExit):
            self.faults(BLOCK + "-no blank behind the sign\n")

    def test_compiles_as_the_build_does_but_elsewhere(self):
        (fault,) = self.faults(BLOCK)
        given = "/usr/bin/ccache /usr/bin/c++ -I. -Werror -MD -MT x.o -MF x.o.d -o x.o -c /a/rules/sla.cpp"
        words = mutate.compile_command(fault, {str(self.root / "rules/sla.cpp"): given}, "new.cpp", "new.o")
        self.assertEqual(words, ["/usr/bin/c++", "-I.", "-Werror", "-Wno-error", "-w", "-o", "new.o", "-c", "new.cpp"])

    def test_names_the_test_that_failed(self):
        class Result:
            stdout = "[ RUN      ] A.B\n[  FAILED  ] A.B (3 ms)\n"
            returncode = 1

        self.assertEqual(mutate.failed_test(Result), "A.B")
        Result.stdout = "[ RUN      ] A.B\n[       OK ] A.B\n[ RUN      ] A.C\n"  # and the program died
        self.assertEqual(mutate.failed_test(Result), "A.C")
        self.assertEqual(mutate.failed_test(None), "a test that hangs")


if __name__ == "__main__":
    unittest.main()
