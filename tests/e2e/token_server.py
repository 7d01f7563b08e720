"""A scriptable OAuth server on loopback: token endpoint, device code, and introspection for Dovecot.

It runs in threads of the test. Tokens are worth something for so long as they say, for one audience,
until they are revoked; whoever shows one (a mail server) asks is_valid().

    server.on(status=503, fields={"Retry-After": "1"}, times=2)     # the next two requests for a token
    server.on(delay=3)                                              # is slow once
    server.on(drop=True)                                            # hangs up
"""

import base64
import dataclasses
import http.server
import json
import secrets
import subprocess
import tempfile
import threading
import time
import urllib.parse

import processes

CLIENT_ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
AUDIENCE = "mail"


@dataclasses.dataclass
class Fault:
    status: int = 200
    body: str = "{}"
    fields: dict = dataclasses.field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    times: int = 1


@dataclasses.dataclass
class Token:
    text: str
    user: str
    audience: str
    begins: float
    ends: float
    is_revoked: bool = False

    def is_valid(self):
        return time.time() < self.ends and not self.is_revoked and self.audience == AUDIENCE


class TokenServer:
    """`user` is whom its tokens are for."""

    def __init__(self, user, *, lifetime=3600):
        self.user = user
        self.lifetime = lifetime
        self.audience = AUDIENCE
        self.secrets = {"the client secret ~Zx19"}
        self.public_key = None  # PEM file; of an application that signs
        self.refresh_tokens = set()  # those that count: each once
        self.reused = []  # refresh tokens that were shown after they had been exchanged
        self.requests = []  # (time, grant type) of what was asked of the token endpoint
        self.refused = []  # error codes that it has answered
        self.tokens = {}
        self.shown = []  # (time, protocol, token): at each login
        self.bad_logins = []
        self.approved = 0  # device codes asked about before they are approved
        self.port = 0
        self._faults = []
        self._lock = threading.Lock()

    # Called by the test.

    def start(self):
        server = self

        class Handler(_Handler):
            oauth = server

        while True:
            self.port = processes.free_port()
            try:
                self._http = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
                break
            except OSError:
                continue
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, name="oauth", daemon=True).start()
        return self

    def stop(self):
        self._http.shutdown()
        self._http.server_close()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/{path}"

    def on(self, **options):
        with self._lock:
            self._faults.append(Fault(**options))

    def revoke(self):
        """All that was given until now is worth nothing any more."""
        with self._lock:
            for token in self.tokens.values():
                token.is_revoked = True

    def newest(self):
        return max(self.tokens.values(), key=lambda token: token.begins)

    def all_secrets(self):
        """What may stand nowhere."""
        return [*self.tokens, *self.refresh_tokens, *self.reused, *self.secrets]

    def dovecot(self, folder):
        """What Dovecot's configuration needs besides, and a file that it needs for that."""
        file = folder / "oauth2.conf"
        file.write_text(f"introspection_mode = post\nintrospection_url = {self.url('introspect')}\n"
                        "username_attribute = username\nactive_attribute = active\nactive_value = true\n")
        file.chmod(0o644)
        return ("auth_mechanisms = plain login xoauth2 oauthbearer\n"
                f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {file}\n}}\n")

    def show(self, protocol, text, user=None):
        """A mail server asks. The token, where it is worth something (for this user)."""
        with self._lock:
            token = self.tokens.get(text)
            good = token is not None and token.is_valid() and user in (None, token.user)
            (self.shown if good else self.bad_logins).append((time.time(), protocol, token))
            return token if good else None

    # Runs in the server's threads.

    def take_fault(self):
        with self._lock:
            if not self._faults:
                return None
            fault = self._faults[0]
            fault.times -= 1
            if fault.times == 0:
                self._faults.pop(0)
            return fault

    def token_request(self, form):
        with self._lock:
            grant = form.get("grant_type", "")
            self.requests.append((time.time(), grant))
            status, answer = self._grant(grant, form)
            if "error" in answer:
                self.refused.append(answer["error"])
            return status, answer

    def _grant(self, grant, form):
        if grant == "client_credentials":
            if not self._is_the_client(form):
                return 401, {"error": "invalid_client",
                             "error_description": "AADSTS7000222: The provided client secret keys for app "
                                                  f"'{CLIENT_ID}' are expired.\r\nTrace ID: {secrets.token_hex(16)}"}
            return 200, self._token()
        if grant == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            claims = self._verified(form.get("assertion", ""), "RS256")
            if not claims:
                return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
            if claims["sub"] != self.user or claims["aud"] != self.url("google") or not claims["scope"]:
                return 401, {"error": "unauthorized_client",
                             "error_description": "Client is unauthorized to retrieve access tokens using this method"}
            return 200, self._token()
        if grant == "refresh_token":
            shown = form.get("refresh_token")
            if shown not in self.refresh_tokens:
                self.reused.append(shown)
                return 400, {"error": "invalid_grant", "error_description": "AADSTS50173: The provided grant has expired"}
            self.refresh_tokens.discard(shown)
            return 200, self._lent()
        if grant == "urn:ietf:params:oauth:grant-type:device_code":
            if form.get("device_code") != "the device code":
                return 400, {"error": "bad_verification_code"}
            self.approved -= 1
            return (400, {"error": "authorization_pending"}) if self.approved >= 0 else (200, self._lent())
        return 400, {"error": "unsupported_grant_type"}

    def _is_the_client(self, form):
        if form.get("client_id") != CLIENT_ID:
            return False
        if "client_assertion" in form:
            claims = self._verified(form["client_assertion"], "PS256")
            return bool(claims) and claims["iss"] == claims["sub"] == CLIENT_ID and claims["aud"] == self.url("token")
        return form.get("client_secret") in self.secrets

    def _verified(self, assertion, algorithm):
        """The claims of an assertion, where openssl(1) finds its signature right."""
        try:
            header, claims, signature = assertion.split(".")
        except ValueError:
            return None
        if self.public_key is None or _decoded(header)["alg"] != algorithm:
            return None
        with tempfile.NamedTemporaryFile() as file:
            file.write(_bytes(signature))
            file.flush()
            padding = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
            done = subprocess.run(
                ["openssl", "dgst", "-sha256", *(padding if algorithm == "PS256" else []),
                 "-verify", self.public_key, "-signature", file.name],
                input=f"{header}.{claims}".encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        read = _decoded(claims)
        good = done.returncode == 0 and read["iat"] <= time.time() + 5 and time.time() < read["exp"]
        return read if good else None

    def _token(self):
        now = time.time()
        text = "tok." + secrets.token_urlsafe(900)  # as long as Microsoft's
        self.tokens[text] = Token(text, self.user, self.audience, now, now + self.lifetime)
        return {"token_type": "Bearer", "expires_in": self.lifetime, "access_token": text}

    def _lent(self):
        refresh = "refresh." + secrets.token_urlsafe(300)
        self.refresh_tokens.add(refresh)
        return {**self._token(), "refresh_token": refresh}

    def device(self):
        return {"device_code": "the device code", "user_code": "ABCD-EFGH", "expires_in": 60, "interval": 1,
                "verification_uri": "https://login.example/device"}


def _bytes(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _decoded(text):
    return json.loads(_bytes(text))


class _Handler(http.server.BaseHTTPRequestHandler):
    oauth = None

    def log_message(self, *_arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = dict(urllib.parse.parse_qsl(body))
        path = self.path.strip("/")
        if path == "introspect":
            token = self.oauth.show("imap", form.get("token"))
            self._say(200, {"active": token is not None, "username": token.user if token else ""})
        elif path == "devicecode":
            self._say(200, self.oauth.device())
        else:
            fault = self.oauth.take_fault()
            if fault is not None:
                time.sleep(fault.delay)
                if fault.drop:
                    self.connection.close()
                    return
                if fault.status != 200:
                    self._say(fault.status, fault.body, fault.fields)
                    return
            self._say(*self.oauth.token_request(form))

    def _say(self, status, answer, fields=None):
        body = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (fields or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
