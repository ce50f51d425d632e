"""Sites of the tests: a real server on this machine, and a made-up internet of names that lead to it."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpcore

from claims.intake.fetching import politeness, robots

CERTIFICATES = Path(__file__).parent / "certificates"


@dataclass(frozen=True)
class Page:
    """What a site answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})


@dataclass(frozen=True)
class Asked:
    """What a site was asked."""

    path: str
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    server: "SiteServer"

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}))
        page = site.pages.get(self.path, Page(b"Not here.", 404))
        if not isinstance(page, Page):
            page(self)
            return
        self.send_response(page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.status != 304:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        self.wfile.write(page.body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    site: "Site"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: what asks may go away in the middle of an answer."""


class Site:
    """A site on this machine; `pages` are by their path, `asked` has what was asked of it."""

    def __init__(self, certificate: str = "", host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[Asked] = []
        self.names_asked: list[str] = []
        self.host = host
        self.server = SiteServer((host, 0), Handler)
        self.server.site = self
        self.scheme = "http"
        if certificate:
            self.scheme = "https"
            self.encrypt(certificate)

    def encrypt(self, certificate: str) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        context.sni_callback = lambda _, name, __: self.names_asked.append(name)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def place(self) -> str:
        """Return its host and port, as the setting lets them in."""
        return f"{self.host}:{self.port}"

    def find_address(self, path: str) -> str:
        return f"{self.scheme}://{self.place}{path}"

    def list_paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@contextmanager
def serve(certificate: str = "", host: str = "127.0.0.1") -> Iterator[Site]:
    site = Site(certificate, host)
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        thread.join()
        site.server.server_close()


def forget_sites() -> None:
    """Forget what is remembered of the sites that other tests asked."""
    robots.RULES.clear()
    politeness.TURNS.clear()


class Internet:
    """Names and the addresses they stand for, one answer after another; the last one stays.

    Connections to public addresses are noted, and made to the site of the test instead.
    """

    def __init__(self, site: Site):
        self.site = site
        self.names: dict[str, list[list[str]]] = {}
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.unreachable: set[str] = set()
        self.connect = httpcore.SyncBackend.connect_tcp

    def ask_for_addresses(self, host: str, port: int) -> list[str]:
        if is_number(host):
            return [host]
        self.looked_up.append(host)
        answers = self.names.get(host, [[]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect_tcp(
        self, backend: httpcore.SyncBackend, host: str, port: int, *args: Any
    ) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        if host in self.unreachable:
            raise httpcore.ConnectError("unreachable")
        return self.connect(backend, "127.0.0.1", self.site.port, *args)


def is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
