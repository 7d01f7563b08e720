"""What shells complete is what the program takes: each script is loaded by its shell and held against --help."""

import re
import shutil
import subprocess
import unittest

from gateway import binary


def output_of(*arguments, **options):
    done = subprocess.run([*map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def places(*path):
    """Each chain of commands, with the commands and options that its --help lists."""
    text = output_of(binary(), *path, "--help")
    commands = set(re.findall(r"^  ([a-z]+) ", text.partition("Subcommands:\n")[2], re.M))
    options = set(re.findall(r"^  (?:-h,)?(--[a-z-]+)", text, re.M))
    if path:
        options |= {"--config", "--json"}  # may stand anywhere, and are listed once
    yield list(path), commands, options
    for name in sorted(commands):
        yield from places(*path, name)


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.places = list(places())

    def script(self, shell):
        if shutil.which(shell) is None:
            self.skipTest(f"{shell} is not installed")
        return output_of(binary(), "completion", shell)

    def assert_all(self, completed):
        """`completed(words)` gives what is offered behind these words."""
        self.assertGreater(len(self.places), 40)
        for path, commands, options in self.places:
            offered = completed([*path, ""])
            self.assertLessEqual(commands, offered, path)
            self.assertEqual(options, {one for one in completed([*path, "-"]) if one.startswith("-")}, path)

    def test_bash_offers_what_help_lists(self):
        script = self.script("bash")

        def completed(words):
            line = " ".join(f"'{word}'" for word in ("bellhop", *words))
            return set(output_of("bash", "--norc", "-c", f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}; _bellhop; "
                                 'printf "%s\\n" "${COMPREPLY[@]}"').split())
        self.assert_all(completed)
        self.assertEqual({"district", "provider", "school"}, completed(["init", "--preset", ""]))
        self.assertIn("--status", completed(["--config", "/x", "ticket", "reply", "-"]))
        self.assertEqual({"bash", "fish", "zsh"}, completed(["completion", ""]) & {"bash", "fish", "zsh"})

    def test_fish_offers_what_help_lists(self):
        script = self.script("fish")
        offered = {}

        def completed(words):
            line = " ".join(("bellhop", *words))
            # Fish shows options only where one has been begun.
            if line.endswith("-"):
                line += "-"
            if line not in offered:
                text = output_of("fish", "--no-config", "-c", f"{script}\ncomplete -C {line!r}")
                offered[line] = {each.split("\t")[0] for each in text.splitlines()}
            return offered[line]
        self.assert_all(completed)
        self.assertEqual({"district", "provider", "school"}, completed(["init", "--preset", ""]))

    def test_zsh_offers_what_help_lists(self):
        script = self.script("zsh")
        # The functions of its completion system, as far as the script speaks to them.
        spoken = """_arguments() { state=following; print -l -- "$@" }
_describe() { print -l -- ${(P)2} }
compdef() { }
"""

        def completed(words):
            line = " ".join(f"'{word}'" for word in ("bellhop", *words))
            text = output_of("zsh", "--no-rcs", "-c", f"{spoken}f() {{\nwords=({line}); CURRENT={len(words) + 1}\n{script}\n}}\nf")
            return {re.split(r"[\[:]", each.lstrip("*"))[0] for each in text.splitlines() if each != "-S"}
        self.assert_all(completed)


if __name__ == "__main__":
    unittest.main()
