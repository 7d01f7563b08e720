"""A private Dovecot on loopback: IMAP (STARTTLS), IMAPS and LMTP, in a folder of its own.

Runs as an ordinary user: as the caller, or as `nobody` where the caller is root. It never touches
the accounts or the mail of the machine.
"""

import contextlib
import grp
import imaplib
import os
import pathlib
import pwd
import shutil
import smtplib
import socket
import subprocess

import processes
from deadline import wait_until

# Dovecot's own answers are bounded by its configuration; ours by this.
imaplib._MAXLINE = 40_000_000

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = bellhop-{imap}
log_path = {folder}/dovecot.log
log_timestamp = "%Y-%m-%d %H:%M:%S "
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
listen = 127.0.0.1
protocols = imap lmtp
hostname = localhost
postmaster_address = postmaster@example.test
default_process_limit = 64
default_vsz_limit = 0
mail_max_userip_connections = 200

# chroot needs root
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  client_limit = 1
  process_min_avail = 1
  unix_listener lmtp {{
    mode = 0600
  }}
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0600
  }}
}}

ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=no
}}
mail_location = {location}
mail_fsync = {fsync}
namespace inbox {{
  inbox = yes
  separator = /
}}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
imap_capability = {capability}
{extra}
"""

LOCATIONS = {"maildir": "maildir:~/Maildir", "sdbox": "sdbox:~/sdbox", "mdbox": "mdbox:~/mdbox"}


def make_certificate(folder):
    """certificate.pem and key.pem for localhost, signed by itself: its own CA."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
        check=True, stderr=subprocess.DEVNULL)


class Dovecot:
    """`users` are {address: password}. Ports and paths are attributes."""

    def __init__(self, folder, users, *, storage="maildir", fsync="never", capability="", extra=""):
        self.folder = pathlib.Path(folder).absolute()
        self.users = dict(users)
        self.certificate = self.folder / "certificate.pem"
        self.key = self.folder / "key.pem"
        self._options = dict(location=LOCATIONS[storage], fsync=fsync, capability=capability, extra=extra)
        self._process = None
        # Root hands the work to a user who may do nothing; others stay who they are.
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self.imap_port = self.imaps_port = self.lmtp_port = 0
        self._prepare()

    def _prepare(self):
        for name in ("", "run", "state", "mail"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        make_certificate(self.folder)
        lines = [f"{user}:{{PLAIN}}{password}::::::\n" for user, password in self.users.items()]
        (self.folder / "users").write_text("".join(lines))
        self._give_away(self.folder)

    def link_inbox(self, address, other):
        """Gives `other` the same INBOX as hard links; for benchmarks."""
        shutil.copytree(self.maildir(address), self.maildir(other), copy_function=os.link,
                        ignore=shutil.ignore_patterns("dovecot*"))
        self._give_away(self.folder / "mail" / other)

    def _give_away(self, path):
        if os.geteuid() != 0:
            return
        for parent, folders, files in os.walk(path):
            for name in [".", *folders, *files]:
                os.chown(os.path.join(parent, name), self._account.pw_uid, self._account.pw_gid)

    def _write_configuration(self):
        text = CONFIGURATION.format(
            folder=self.folder, user=self._account.pw_name, group=grp.getgrgid(self._account.pw_gid).gr_name,
            uid=self._account.pw_uid, gid=self._account.pw_gid,
            imap=self.imap_port, imaps=self.imaps_port, lmtp=self.lmtp_port, **self._options)
        (self.folder / "dovecot.conf").write_text(text)

    def _identity(self):
        if os.geteuid() != 0:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}

    def start(self):
        """Starts, on the same ports as before where there were any. Returns self."""
        fixed = self.imap_port != 0
        for _ in range(1 if fixed else 5):
            if not fixed:
                self.imap_port, self.imaps_port, self.lmtp_port = (processes.free_port() for _ in range(3))
            self._write_configuration()
            self._process = processes.start(
                ["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"], cwd=self.folder,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._identity())
            if self._is_up():
                return self
            self.stop()
        raise RuntimeError("Dovecot does not start:\n" + self.log())

    def _is_up(self):
        def greets():
            return self._process.poll() is not None or all(map(self._greets, (self.imap_port, self.lmtp_port)))
        wait_until(greets, lambda: "Dovecot greets; its log:\n" + self.log(), pause=0.005)
        return self._process.poll() is None

    @staticmethod
    def _greets(port):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                return connection.recv(1) != b""
        except OSError:
            return False

    def stop(self):
        """Ends it at once; connections are reset."""
        if self._process is not None:
            processes.kill_group(self._process)
            self._process = None
            (self.folder / "run/master.pid").unlink(missing_ok=True)
            # Whoever is killed leaves his locks behind, and Dovecot would wait two minutes for them.
            for lock in (self.folder / "mail").rglob("*.lock"):
                lock.unlink(missing_ok=True)

    def restart(self):
        self.stop()
        return self.start()

    def log(self):
        path = self.folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def doveadm(self, *arguments, check=True):
        return subprocess.run(
            ["doveadm", "-c", self.folder / "dovecot.conf", *arguments], check=check, text=True,
            cwd=self.folder, stdout=subprocess.PIPE, **self._identity()).stdout

    def kick(self, address):
        """Cuts all connections of this user, where there are any."""
        self.doveadm("kick", address, check=False)

    def maildir(self, address, folder="INBOX"):
        """Where the mails of a mailbox lie (storage "maildir" only)."""
        base = self.folder / "mail" / address / "Maildir"
        return base if folder == "INBOX" else base / f".{folder}"

    def write_inbox(self, address, mails):
        """Fills an empty INBOX (storage "maildir") with files, without asking a server."""
        maildir = self.maildir(address)
        for name in ("cur", "new", "tmp"):
            (maildir / name).mkdir(parents=True, exist_ok=True)
        for number, mail in enumerate(mails):
            size = len(mail)
            (maildir / "cur" / f"{1600000000 + number}.M{number}P1.old,S={size},W={size}:2,S").write_bytes(mail)
        self._give_away(self.folder / "mail" / address)

    def multiply(self, address, count):
        """Copies what is in an INBOX until it holds `count` mails. With the storage "mdbox" the copies are
        only counted: seconds for hundreds of thousands, but at most 65,000 of one mail."""
        held = self.count(address)
        with self.client(address, "INBOX") as client:
            while held < count:
                more = min(held, count - held)
                expect_ok(client.copy(f"1:{more}", "INBOX"))
                held += more

    # What people do with their mail programs.

    @contextlib.contextmanager
    def client(self, address, folder=None):
        """An IMAP client, logged in; with `folder` selected where given."""
        client = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=60)
        try:
            client.login(address, self.users[address])
            if folder is not None:
                expect_ok(client.select(folder))
            yield client
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                client.logout()

    def append(self, address, mails, folder="INBOX"):
        with self.client(address) as client:
            for mail in mails:
                expect_ok(client.append(folder, None, None, mail))

    def deliver(self, recipient, mail, sender="someone@example.org"):
        """As a mail server hands it in (LMTP)."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, timeout=60) as lmtp:
            lmtp.sendmail(sender, [recipient], mail)

    def create_folder(self, address, folder):
        with self.client(address) as client:
            expect_ok(client.create(folder))

    def folders(self, address):
        with self.client(address) as client:
            return [line.decode().rsplit(" ", 1)[1].strip('"') for line in expect_ok(client.list())]

    def mails(self, address, folder="INBOX"):
        """[(uid, flags, raw bytes)] of a folder; [] where there is none."""
        with self.client(address) as client:
            status, data = client.select(folder, readonly=True)
            if status != "OK" or data == [b"0"]:
                return []
            found = []
            for item in expect_ok(client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])")):
                if isinstance(item, tuple):
                    uid = int(item[0].split(b"UID ")[1].split()[0].rstrip(b")"))
                    found.append((uid, imaplib.ParseFlags(item[0]), item[1]))
            return found

    def count(self, address, folder="INBOX"):
        with self.client(address) as client:
            status, data = client.select(folder, readonly=True)
            return int(data[0]) if status == "OK" else 0

    def uidvalidity(self, address, folder="INBOX"):
        with self.client(address) as client:
            line = expect_ok(client.status(folder, "(UIDVALIDITY)"))[0]
            return int(line.split(b"UIDVALIDITY ")[1].rstrip(b")"))

    def change_uidvalidity(self, address, folder="INBOX"):
        """As a server does that has lost or rebuilt its index: all old UIDs lose their meaning."""
        value = self.uidvalidity(address, folder) + 1
        self.doveadm("mailbox", "update", "-u", address, "--uid-validity", str(value), folder)
        return value


def expect_ok(answer):
    """The data of an imaplib answer, where it is OK."""
    status, data = answer
    if status != "OK":
        raise RuntimeError(f"the IMAP server says {status}: {data!r}")
    return data
