"""The Debian package in a Debian of its own: installed, used, upgraded, removed, purged.

In the long form only (BELLHOP_E2E_LONG), as root, with debootstrap and a package that script/package has built
(BELLHOP_PACKAGE, or the newest in build/package). It downloads a minimal Debian (from BELLHOP_MIRROR).
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import letters
from desk import LONG
from gateway import ROOT

CONFIG = "/etc/bellhop"
BACKUPS = "/var/lib/bellhop/backups"
MIRROR = "http://deb.debian.org/debian"


def newest_package():
    if "BELLHOP_PACKAGE" in os.environ:
        return pathlib.Path(os.environ["BELLHOP_PACKAGE"])
    built = sorted((ROOT / "build/package").glob("bellhop_*.deb"), key=lambda path: path.stat().st_mtime)
    return built[-1] if built else None


def why_not():
    if not LONG:
        return "only with BELLHOP_E2E_LONG"
    if os.geteuid() != 0:
        return "needs root"
    if shutil.which("debootstrap") is None:
        return "needs debootstrap"
    if newest_package() is None:
        return "needs a package: script/package"
    return ""


class Root:
    """A minimal Debian 12 in a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def make(self):
        self._run("debootstrap", "--variant=minbase", "bookworm", self.folder, os.environ.get("BELLHOP_MIRROR", MIRROR))
        # Nothing is started in a folder: there is no init.
        policy = self.folder / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        for name in ("proc", "dev", "sys"):
            self._run("mount", "--rbind", "--make-rslave", f"/{name}", self.folder / name)
        self.run("apt-get", "-q", "update")
        return self

    def unmake(self):
        for name in ("proc", "dev", "sys"):
            subprocess.run(["umount", "--lazy", "--recursive", self.folder / name], stderr=subprocess.DEVNULL)

    @staticmethod
    def _run(*arguments):
        done = subprocess.run([*map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout.decode(errors="replace")

    def run(self, *arguments, status=0, input=None, environment=None):
        """A command in it; what it prints."""
        done = subprocess.run(["chroot", self.folder, *map(str, arguments)], input=input, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=600, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", **(environment or {})})
        text = done.stdout.decode(errors="replace")
        assert done.returncode == status, f"{arguments} ends with {done.returncode}:\n{text}"
        return text

    def path(self, name):
        return self.folder / name.lstrip("/")

    def install(self, package, **options):
        shutil.copy(package, self.path("/tmp"))
        return self.run("apt-get", "-q", "-y", "--no-install-recommends", "install", f"/tmp/{package.name}", **options)


def with_version(package, version, folder):
    """The same package under another version."""
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {version}", control.read_text()))
    result = folder / re.sub(r"_[^_]+_", f"_{version}_", package.name)
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, result], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return result


@unittest.skipIf(why_not(), why_not())
class Package(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="bellhop-package-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.root = Root(folder / "root")
        self.addCleanup(self.root.unmake)
        self.root.make()
        self.folder = folder

    def as_service(self, *arguments, **options):
        return self.root.run("runuser", "-u", "bellhop", "--", "bellhop", *arguments, **options)

    def owner(self, name):
        return self.root.run("stat", "-c", "%U:%G %a", name).strip()

    def test_install_use_upgrade_remove_purge(self):
        root, package = self.root, newest_package()
        self.install(package)
        self.use()
        self.upgrade(package)
        self.remove_and_purge()

    def install(self, package):
        root = self.root
        root.install(package)
        self.assertEqual("root:bellhop 750", self.owner(CONFIG))
        self.assertEqual("root:root 700", self.owner(f"{CONFIG}/credentials"))
        self.assertEqual("bellhop:bellhop 750", self.owner("/var/lib/bellhop"))
        self.assertRegex(root.run("bellhop", "--version"), r"^bellhop [0-9.]+")
        for name in ("/lib/systemd/system/bellhop.service", "/lib/systemd/system/bellhop-backup.timer",
                     "/usr/share/man/man8/bellhop.8.gz", "/usr/share/man/man5/bellhop.toml.5.gz",
                     "/usr/share/bash-completion/completions/bellhop", "/usr/share/zsh/vendor-completions/_bellhop",
                     "/usr/share/fish/vendor_completions.d/bellhop.fish", "/usr/share/doc/bellhop/copyright"):
            self.assertTrue(root.path(name).exists(), name)
        # Nothing runs before there is a configuration.
        links = root.path("/etc/systemd/system")
        self.assertFalse((links / "multi-user.target.wants/bellhop.service").is_symlink())
        self.assertTrue((links / "timers.target.wants/bellhop-backup.timer").is_symlink())

    def use(self):
        root = self.root
        root.run("bellhop", "quickstart", "support@school.test", "--provider", "own", "--manager", "helen@school.test",
                 "--no-questions", "--no-doctor")
        root.run("bellhop", "check")
        # Who may not read it is told so.
        self.assertIn("try it with sudo", root.run("runuser", "-u", "nobody", "--", "bellhop", "check", status=78))
        text = root.run("bellhop", "doctor", "--no-mail", status=1)
        self.assertRegex(text, r"(?m)^ok    configuration: ")
        self.assertRegex(text, r"(?m)^ok    files: ")
        self.assertRegex(text, r"(?m)^fail  mailbox support: password: .*")
        self.as_service("ingest", "-", input=letters.letter("alice@school.test", "support@school.test"))
        self.assertEqual("bellhop:bellhop 600", self.owner("/var/lib/bellhop/bellhop.db"))
        self.assertIn("alice@school.test", self.as_service("ticket", "list", "--json"))
        # Root works as the owner, and leaves nothing of its own there.
        root.run("bellhop", "ticket", "list")
        self.assertNotIn("root", root.run("find", "/var/lib/bellhop", "-user", "root"))

    def upgrade(self, package):
        root = self.root
        root.install(with_version(package, "9.0.1", self.folder))
        backups = [path.name for path in root.path(BACKUPS).iterdir()]
        self.assertEqual(1, len(backups), backups)
        self.assertRegex(backups[0], r"^before-upgrade-from-.*\.backup$")
        self.assertEqual("bellhop:bellhop 600", self.owner(f"{BACKUPS}/{backups[0]}"))
        self.assertIn("alice@school.test", self.as_service("ticket", "list", "--json"))
        # A database that cannot be backed up is not upgraded, unless somebody wants it so.
        settings = root.path(f"{CONFIG}/bellhop.toml")
        good = settings.read_text()
        settings.write_text(good.replace("ticket_tag", "ticket_tug"))
        newer = with_version(package, "9.0.2", self.folder)
        text = root.install(newer, status=100)
        self.assertIn("nothing is changed", text)
        self.assertIn("ii  bellhop", root.run("dpkg", "-l", "bellhop"))
        self.assertIn("9.0.1", root.run("dpkg-query", "-W", "bellhop"))
        root.install(newer, environment={"BELLHOP_UPGRADE_WITHOUT_BACKUP": "1"})
        self.assertIn("9.0.2", root.run("dpkg-query", "-W", "bellhop"))
        settings.write_text(good)
        # The way back.
        root.run("bellhop", "restore", f"{BACKUPS}/{backups[0]}")
        self.assertIn("alice@school.test", self.as_service("ticket", "list", "--json"))

    def remove_and_purge(self):
        root = self.root
        root.run("apt-get", "-q", "-y", "remove", "bellhop")
        self.assertFalse(root.path("/usr/bin/bellhop").exists())
        self.assertTrue(root.path(f"{CONFIG}/bellhop.toml").exists())
        self.assertTrue(root.path("/var/lib/bellhop/bellhop.db").exists())
        text = root.run("apt-get", "-q", "-y", "purge", "bellhop")
        self.assertFalse(root.path(CONFIG).exists())
        # Nobody loses the school's tickets by a word too much.
        self.assertTrue(root.path("/var/lib/bellhop/bellhop.db").exists())
        self.assertIn("stay in /var/lib/bellhop", text)


if __name__ == "__main__":
    unittest.main()
