"""The check of calls of std::filesystem finds those that throw."""

import pathlib
import subprocess
import tempfile
import unittest

CHECK = pathlib.Path(__file__).with_name("check_filesystem")


def check(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "daemon/a.cpp")
        path.parent.mkdir()
        path.write_text(text)
        said = subprocess.run(["/usr/bin/python3", "-B", CHECK, folder], text=True, stdout=subprocess.PIPE)
        return said.stdout, said.returncode


class Filesystem(unittest.TestCase):
    def test_is_silent_where_each_call_has_an_error_code(self):
        for text in ["std::error_code error;\nif (std::filesystem::exists(file, error)) return;",
                     "std::error_code error;\nfs::rename(from.string() + \"(\", to, error);",
                     "std::error_code error;\nfor (fs::directory_iterator entry{folder, error}, end; entry != end;) {}",
                     "std::error_code error;\nentry != std::filesystem::recursive_directory_iterator{};",
                     "std::error_code error;\nif (fs::is_symlink(fs::symlink_status(file, error))) return;",
                     "// std::filesystem::exists(file) would throw",
                     "std::filesystem::path file{name};"]:
            self.assertEqual(("", 0), check(text), text)

    def test_finds_what_throws(self):
        for text in ["if (std::filesystem::exists(file)) return;",
                     "fs::remove_all(folder);",
                     "if (std::filesystem::status(file).type() == none) return;",
                     "std::error_code error;\nfs::copy_file(from, to);",
                     "std::filesystem::directory_iterator entry{folder};",
                     "std::error_code error;\nfor (fs::directory_iterator entry{folder, error}, end; entry != end;)\n"
                     "    if (entry->is_directory()) return;",
                     "std::error_code error;\nfor (const auto& entry : fs::directory_iterator{folder, error}) {}"]:
            said, status = check(text)
            self.assertIn("throws", said, text)
            self.assertEqual(1, status, text)

    def test_says_where(self):
        self.assertEqual("daemon/a.cpp:2: filesystem::exists throws: give it a std::error_code\n",
                         check("\nif (std::filesystem::exists(file)) return;\n")[0])


if __name__ == "__main__":
    unittest.main()
