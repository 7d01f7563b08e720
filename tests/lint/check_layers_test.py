"""The layer check finds what it is for, and nothing in code that is right."""

import pathlib
import runpy
import subprocess
import tempfile
import types
import unittest

CHECK = pathlib.Path(__file__).with_name("check_layers")


def check(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return subprocess.run(["/usr/bin/python3", CHECK, folder], text=True, stdout=subprocess.PIPE).stdout


class LayerCheck(unittest.TestCase):
    def test_is_silent_where_all_is_right(self):
        self.assertEqual("", check({
            "parsers/message/mime_tree.cpp": '#include <mimetic/mimetic.h>\n#include "parsers/text/ascii.hpp"\n',
            "rules/desk/decide.cpp": '#include "parsers/message/message.hpp"\n// system_clock::now() is daemon\'s\n',
            "storage/database.cpp": "#include <sqlite3.h>\n#include <filesystem>\n",
            "daemon/process/clock.cpp": "#include <boost/asio.hpp>\nauto t = system_clock::now();\n",
        }))

    def test_finds_an_upward_include(self):
        self.assertIn("parsers/a.cpp:1: parsers/ includes \"rules/b.hpp\"",
                      check({"parsers/a.cpp": '#include "rules/b.hpp"\n'}))

    def test_finds_an_include_that_is_not_from_the_root(self):
        self.assertIn("rules/a.cpp:2", check({"rules/a.cpp": '\n#include "b.hpp"\n'}))

    def test_finds_libraries_in_the_wrong_place(self):
        for name, include in [("parsers/a.cpp", "mimetic/mime.h"), ("storage/b.cpp", "sqlite3.h"),
                              ("rules/c.cpp", "boost/asio/awaitable.hpp"), ("storage/d.hpp", "curl/curl.h"),
                              ("rules/e.cpp", "spdlog/spdlog.h"), ("parsers/f.cpp", "fstream")]:
            with self.subTest(include):
                self.assertIn(f"{name}:1: <{include}>", check({name: f"#include <{include}>\n"}))

    def test_finds_words_of_the_engine_outside_its_wall(self):
        for line in ['x.execute("PRAGMA synchronous = OFF");', "constexpr int corrupt = SQLITE_CORRUPT;",
                     'prepare("SELECT 1 FROM message_search");', "sqlite3_close(handle);"]:
            with self.subTest(line):
                self.assertIn("daemon/replay/a.cpp:1: ", check({"daemon/replay/a.cpp": line + "\n"}))
                self.assertIn("storage/ledger.cpp:1: ", check({"storage/ledger.cpp": line + "\n"}))
        self.assertEqual("", check({"storage/ledger.cpp": "// SQLITE_BUSY is told from the rest by database.cpp\n",
                                    "storage/database.cpp": 'execute("PRAGMA foreign_keys = ON");\n',
                                    "storage/search.cpp": 'prepare("SELECT 1 FROM message_search");\n'}))

    def test_finds_an_arrow_that_the_plan_has_not(self):
        self.assertIn('parsers/text/a.cpp:1: parsers/text includes "parsers/html/b.hpp"; it may include no other room',
                      check({"parsers/text/a.cpp": '#include "parsers/html/b.hpp"\n'}))
        self.assertIn('rules/sla/a.cpp:1: rules/sla includes "rules/mail/b.hpp"; it may include calendar letter ticket',
                      check({"rules/sla/a.cpp": '#include "rules/mail/b.hpp"\n'}))

    def test_finds_a_file_that_stands_in_no_room(self):
        self.assertIn("rules/a.cpp:1: stands in no room", check({"rules/a.cpp": "\n"}))
        self.assertIn("rules/cellar/a.cpp:1: stands in no room", check({"rules/cellar/a.cpp": "\n"}))

    def test_finds_modules_that_include_each_other(self):
        files = {"parsers/text/a.hpp": '#include "parsers/text/b.hpp"\n', "parsers/text/a.cpp": '#include "parsers/text/a.hpp"\n',
                 "parsers/text/b.hpp": '#include "parsers/text/c.hpp"\n', "parsers/text/c.hpp": "\n"}
        self.assertEqual("", check(files))
        for closing in ["b.hpp", "a.hpp"]:  # by way of the source file, which no compiler minds
            with self.subTest(closing):
                found = check(files | {"parsers/text/c.cpp": f'#include "parsers/text/{closing}"\n'})
                self.assertIn("include each other in a circle: ", found)
                self.assertIn("parsers/text/b, parsers/text/c", found)

    def test_finds_a_circle_in_the_plan(self):
        loaded = types.SimpleNamespace(**runpy.run_path(str(CHECK)))
        self.assertEqual([], list(loaded.plan_faults(loaded.ROOMS)))
        self.assertEqual(["check_layers: rules/a may include b, which stands above it"],
                         list(loaded.plan_faults({"rules": {"a": "b", "b": "a"}})))

    def test_finds_a_clock(self):
        for call in ["std::chrono::system_clock::now()", "std::time(nullptr)", "absl::Now()"]:
            with self.subTest(call):
                self.assertIn("rules/a.cpp:1: rules/ reads a clock", check({"rules/a.cpp": f"x = {call};\n"}))

    def test_finds_a_second_user_of_a_one_file_library(self):
        self.assertIn("stands already in", check({
            "daemon/a.cpp": "#include <boost/beast.hpp>\n", "daemon/b.cpp": "#include <boost/beast.hpp>\n"}))


if __name__ == "__main__":
    unittest.main()
