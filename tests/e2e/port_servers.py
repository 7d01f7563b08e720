"""Ports at which something else is wrong than with a mail: servers of other protocols, silent ones, wrong certificates."""

import contextlib
import pathlib
import socket
import ssl
import subprocess
import threading

CA_CONFIGURATION = """
[ca]
default_ca = own
[own]
dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
"""


class Authority:
    """A certificate authority of the test's own, in a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        (self.folder / "index.txt").touch()
        (self.folder / "serial").write_text("1000\n")
        (self.folder / "ca.conf").write_text(CA_CONFIGURATION.format(folder=self.folder))
        self.certificate = self.folder / "ca.pem"
        self._openssl("req", "-x509", *self._new_key("ca"), "-days", "300", "-subj", "/CN=The test's authority",
                      "-out", self.certificate)

    def _openssl(self, *arguments):
        done = subprocess.run(["openssl", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert done.returncode == 0, done.stdout.decode()

    def _new_key(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", self.folder / f"{name}.key"]

    def context(self, name, names="DNS:localhost,IP:127.0.0.1", begin="20200101000000Z", end="20980101000000Z"):
        """What a server with such a certificate needs."""
        request, certificate = self.folder / f"{name}.csr", self.folder / f"{name}.pem"
        self._openssl("req", "-new", *self._new_key(name), "-subj", f"/CN={name}", "-addext", f"subjectAltName={names}",
                      "-out", request)
        self._openssl("ca", "-batch", "-config", self.folder / "ca.conf", "-cert", self.certificate, "-keyfile",
                      self.folder / "ca.key", "-startdate", begin, "-enddate", end, "-in", request, "-out", certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, self.folder / f"{name}.key")
        return context


class PortServer:
    """Hands each connection to `behave`, behind TLS where there is a context."""

    def __init__(self, behave, context=None):
        self._behave = behave
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            if self._context is None:
                self._behave(connection)
                return
            with self._context.wrap_socket(connection, server_side=True) as stream:
                self._behave(stream)

    def stop(self):
        self._listener.close()


def says(text):
    """Says one line, and then reads until the client leaves."""
    def behave(connection):
        connection.sendall(text.encode() + b"\r\n")
        while connection.recv(4096):
            pass
    return behave


def silent(connection):
    while connection.recv(4096):
        pass


def closes(connection):
    del connection


def answers_http(connection):
    """Waits for a request, as a web server does, and does not like what comes."""
    if connection.recv(4096):
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
