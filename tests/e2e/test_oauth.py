"""Mailboxes that are logged in to with access tokens: as at Microsoft 365 and at Google.

Dovecot asks the token server about each token (its oauth2 passdb), and the SMTP server does, too. As
Exchange Online does, whoever watches here ends an IMAP session together with the token that it began with.
"""

import contextlib
import json
import pathlib
import stat
import subprocess
import threading
import time
import unittest

import letters
import processes
from deadline import PATIENCE, wait_until
from desk import ALICE, LONG, SUPPORT, DeskTest
from gateway import binary
from token_server import CLIENT_ID, TokenServer


class SessionEnd:
    """Ends IMAP sessions when their token ends, as a provider does, and counts them."""

    def __init__(self, desk, tokens):
        self.cut = 0
        self._stopped = threading.Event()
        self._desk = desk
        self._tokens = tokens
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self):
        ended = None
        while not self._stopped.wait(0.1):
            logins = [token for _, protocol, token in list(self._tokens.shown) if protocol == "imap"]
            if logins and logins[-1] is not ended and time.time() >= logins[-1].ends:
                ended = logins[-1]
                self.cut += 1
                self._desk.dovecot.kick(SUPPORT)

    def stop(self):
        self._stopped.set()
        self._thread.join()


class Oauth(DeskTest):
    def make(self, *, lifetime=3600, **application):
        """A desk whose mailbox and relay are logged in to with tokens."""
        self.tokens = TokenServer(SUPPORT, lifetime=lifetime).start()
        self.addCleanup(self.tokens.stop)
        desk = self.make_desk(tokens=self.tokens)
        for server in (desk.settings["mailbox"][0], desk.settings["smtp"]):
            del server["password_file"]
            server.update(oauth="school", user=SUPPORT)
        desk.settings["oauth.school"] = {
            "provider": "other", "token_endpoint": self.tokens.url("token"), "client_id": CLIENT_ID,
            "secret_file": desk.secret("m365", *self.tokens.secrets), **application}
        return desk

    def finish(self, refused=0):
        """Nothing lost, nothing refused but what the test has refused, and no secret where it may be seen."""
        desk = self.desk
        for name in ("cmdline", "environ"):
            with contextlib.suppress(PermissionError):
                self.see_no_secret(pathlib.Path(f"/proc/{desk.gateway.process.pid}/{name}"))
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants()
        self.assertEqual(refused, len(self.tokens.bad_logins), self.tokens.bad_logins)
        if refused == 0:
            self.assertNotIn("login refused", desk.gateway.log())
        for path in (desk.gateway.log_path, *desk.gateway.database.parent.glob("bellhop.db*")):
            self.see_no_secret(path)

    def see_no_secret(self, path):
        content = path.read_bytes()
        for secret in self.tokens.all_secrets():
            # A piece of it is as good as all of it.
            self.assertNotIn(secret[-20:].encode(), content, path)

    def one_mail(self, subject="The projector is dark"):
        """Comes in, is answered; the seconds that it took."""
        before = len(self.desk.smtp.mails_to(ALICE))
        sent = time.time()
        self.desk.send(letters.letter(ALICE, SUPPORT, subject))
        mails = self.desk.smtp.wait_for_mail(ALICE, before + 1)
        return mails[-1].at - sent

    def steady_mail(self, seconds, apart=1.0):
        """A mail now and then for so long; how long each answer took."""
        end = time.monotonic() + seconds
        took = []
        while time.monotonic() < end:
            begun = time.monotonic()
            took.append(self.one_mail(f"Request {len(took)}"))
            time.sleep(max(0.0, apart - (time.monotonic() - begun)))
        return took

    # The application by itself

    def test_tokens_that_end_all_the_time(self):
        lifetime, seconds = (60, 900) if LONG else (15, 50)
        desk = self.make(lifetime=lifetime)
        desk.settings["acknowledgement"] = {"limits": ["1000 in 10min"]}
        desk.start()
        ends = SessionEnd(desk, self.tokens)
        took = self.steady_mail(seconds, apart=2.0 if LONG else 0.5)
        ends.stop()
        self.settle(len(took))
        self.assertEqual(0, ends.cut, "each session was made anew before its token ended")
        # Late by no more than one renewal, which is an exchange of a few milliseconds here.
        self.assertLess(max(took), 10, took)
        periods = seconds / (lifetime * 0.8)
        self.assertLessEqual(len(self.tokens.requests), periods + 3, "one request a period, for mailbox and relay")
        self.assertGreaterEqual(len(self.tokens.requests), int(periods))
        print(f"\n  tokens of {lifetime} s for {seconds} s: {len(took)} mails, the slowest answer after "
              f"{max(took):.2f} s; {len(self.tokens.requests)} tokens, {len(self.tokens.shown)} logins")
        self.finish()

    def test_a_token_that_is_revoked(self):
        desk = self.make(lifetime=20)
        desk.start()
        self.one_mail()
        wait_until(lambda: time.time() - self.tokens.newest().begins > 6, "a token that is not new")
        self.tokens.revoke()
        desk.dovecot.kick(SUPPORT)
        # A fresh one is tried at once.
        self.assertLess(self.one_mail(), 10)
        self.settle(2)
        # The mailbox or the relay has noticed it, whichever came first, or both.
        self.assertIn(len(self.tokens.bad_logins), (1, 2))
        self.finish(refused=len(self.tokens.bad_logins))

    def test_a_token_for_something_else(self):
        desk = self.make()
        self.tokens.audience = "another service"
        desk.configure()
        desk.gateway.start()
        desk.gateway.wait_for_log("login refused")
        desk.gateway.wait_for_log("advice=")
        status = desk.gateway.json("status")
        failing = [duty for duty in status["daemon"]["duties"] if duty["failures"]]
        self.assertIn("mailbox support", [duty["name"] for duty in failing])
        self.assertNotIn("error", status["logins"][0], "tokens are given; they are only of no use")
        desk.send(letters.letter(ALICE, SUPPORT))
        self.tokens.audience = "mail"
        self.tokens.revoke()
        # Tokens are as fresh as they can be: they are not asked for again at once.
        desk.gateway.stop()
        desk.gateway.start()
        desk.wait_for_first_look()
        self.one_mail()
        self.finish(refused=len(self.tokens.bad_logins))

    def test_an_endpoint_that_is_slow_fails_and_throttles(self):
        desk = self.make(lifetime=30)
        desk.start()
        ends = SessionEnd(desk, self.tokens)
        asked = len(self.tokens.requests)
        # Each of the next renewals has a trouble of its own; the old token serves meanwhile.
        self.tokens.on(status=503, body="<html>busy</html>", fields={"Retry-After": "1"})
        self.tokens.on(delay=1.5)
        self.tokens.on(drop=True)
        self.tokens.on(status=429, body='{"error":"temporarily_unavailable"}', fields={"Retry-After": "2"})
        took = self.steady_mail(56, apart=1.0)
        ends.stop()
        self.assertEqual(0, ends.cut)
        self.assertLess(max(took), 10, took)
        self.assertGreaterEqual(len(self.tokens.requests) - asked, 2, "two renewals have come through")
        self.assertIn("token_failed", desk.gateway.log())
        self.settle(len(took))
        self.finish()

    def test_an_endpoint_that_is_away_for_long_loses_nothing(self):
        desk = self.make(lifetime=8)
        desk.start()
        self.one_mail()
        self.tokens.on(status=500, body="no", times=1_000)
        desk.gateway.wait_for_log("token_failed")
        wait_until(lambda: time.time() > self.tokens.newest().ends, "no token is worth anything")
        desk.dovecot.kick(SUPPORT)
        sent = len(desk.smtp.accepted)
        mails = [letters.letter(ALICE, SUPPORT, f"Request {number}") for number in range(5)]
        for mail in mails:
            desk.send(mail)
        desk.gateway.wait_for_log("mailbox_failed")
        status = desk.gateway.json("status")
        self.assertIn("HTTP 500", status["logins"][0]["error"])
        self.assertEqual(sent, len(desk.smtp.accepted))
        with self.tokens._lock:
            self.tokens._faults.clear()
        desk.gateway.reload()
        self.settle(6)
        self.finish()

    def test_the_next_secret_takes_over_without_a_gap(self):
        desk = self.make(lifetime=8)
        application = desk.settings["oauth.school"]
        application["next_secret_file"] = desk.secret("next", "another secret ~Qr51")
        self.tokens.secrets.add("another secret ~Qr51")
        desk.start()
        self.one_mail()
        self.tokens.secrets.remove("the client secret ~Zx19")
        desk.gateway.wait_for_log("credential_changed")
        took = self.steady_mail(8, apart=0.5)
        self.assertLess(max(took), 10)
        self.assertEqual(["invalid_client"], self.tokens.refused, "the old one is not tried each time")
        self.tokens.secrets.add("the client secret ~Zx19")  # may stand nowhere either
        self.settle(1 + len(took))
        self.finish()

    def test_what_the_provider_says_is_explained(self):
        desk = self.make()
        secret, = self.tokens.secrets
        self.tokens.secrets = {"a newer secret"}
        desk.configure()
        desk.gateway.start()
        desk.gateway.wait_for_log("token_failed")
        line = next(line for line in desk.gateway.log().splitlines() if "token_failed" in line)
        self.assertIn("AADSTS7000222", line)
        self.assertIn("he client secret of the app registration has expired", line)
        self.assertNotIn("Trace ID", line)
        shown = desk.gateway.run("status").stdout.decode()
        self.assertIn("login       [oauth.school]: no access token", shown)
        self.assertIn("Certificates & secrets", shown)
        # Whoever has put in the new secret says so.
        desk.secret("m365", "a newer secret")
        desk.gateway.reload()
        desk.wait_for_first_look()
        self.one_mail()
        shown = desk.gateway.run("status").stdout.decode()
        self.assertIn("login       [oauth.school]: access token until ", shown)
        self.tokens.secrets.add(secret)
        self.finish()

    # Signed

    def make_key(self):
        folder = self.desk.folder
        key, certificate = folder / "signing.key", folder / "signing.crt"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "90", "-subj", "/CN=desk",
                        "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
        public = folder / "signing.pub"
        public.write_bytes(subprocess.run(["openssl", "pkey", "-in", key, "-pubout"], check=True,
                                          stdout=subprocess.PIPE).stdout)
        self.tokens.public_key = public
        return key, certificate

    def test_an_application_that_signs(self):
        desk = self.make()
        key, certificate = self.make_key()
        application = desk.settings["oauth.school"]
        del application["secret_file"]
        application["certificate_file"] = desk.secret("signing", certificate.read_text() + key.read_text())
        desk.start()
        self.one_mail()
        status = desk.gateway.json("status")
        self.assertEqual(1, len(status["logins"][0]["credentials_until"]))
        self.settle(1)
        self.finish()

    def test_a_service_account(self):
        desk = self.make()
        key, _ = self.make_key()
        file = desk.secret("google", json.dumps({
            "type": "service_account", "client_email": "desk@project.iam.gserviceaccount.com", "private_key_id": "k1",
            "private_key": key.read_text(), "token_uri": self.tokens.url("google")}))
        desk.settings["oauth.school"] = {"provider": "google", "service_account_file": file}
        desk.start()
        self.one_mail()
        self.settle(1)
        self.finish()

    # Lent by a person

    def log_in(self, *arguments):
        return processes.start([binary(), "--config", self.desk.gateway.folder, "login", *arguments],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def test_a_login_by_device_code_outlives_everything(self):
        desk = self.make(lifetime=6, grant="refresh_token")
        application = desk.settings["oauth.school"]
        application["device_endpoint"] = self.tokens.url("devicecode")
        del application["secret_file"]
        desk.configure()
        desk.gateway.start()
        desk.gateway.wait_for_log("nobody has logged in")
        self.tokens.approved = 2
        login = self.log_in("support")
        said = login.communicate(timeout=PATIENCE)[0].decode()
        self.assertEqual(0, login.returncode, said)
        self.assertIn("https://login.example/device", said)
        self.assertIn("ABCD-EFGH", said)
        [file] = (desk.gateway.database.parent / "oauth").glob("*.json")
        self.assertEqual(0o600, stat.S_IMODE(file.stat().st_mode))
        desk.gateway.reload()
        desk.wait_for_first_look()
        self.one_mail()
        # Each renewal exchanges the refresh token; killed at any instant, the last one is on the disk.
        for _ in range(6):
            asked = len(self.tokens.requests)
            wait_until(lambda: len(self.tokens.requests) > asked, "a renewal")
            wait_until(lambda: json.loads(file.read_text())["refresh_token"] in self.tokens.refresh_tokens,
                       "the new refresh token on the disk")
            desk.gateway.kill()
            desk.gateway.start()
            self.one_mail()
        self.assertEqual([], self.tokens.reused, "none was shown twice")
        self.settle(7)
        self.see_no_secret(desk.gateway.log_path)
        self.finish()

    def test_a_refresh_token_that_is_handed_in(self):
        desk = self.make(grant="refresh_token")
        desk.configure()
        self.tokens.refresh_tokens.add("refresh.got-in-another-way-0123456789")
        done = desk.gateway.run("login", "--refresh-token", "--relay", input=b"refresh.got-in-another-way-0123456789\n")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertNotIn(b"another-way", done.stdout)
        desk.gateway.start()
        desk.wait_for_first_look()
        self.one_mail()
        self.settle(1)
        self.finish()

    def test_a_login_where_none_is_needed(self):
        desk = self.make()
        desk.configure()
        done = desk.gateway.run("login", "support")
        self.assertEqual(64, done.returncode)
        self.assertIn(b"gets its tokens by itself", done.stderr)


if __name__ == "__main__":
    unittest.main()
