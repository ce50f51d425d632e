"""Connects to what the guard permits, and to nothing else.

The client asks for a name; its connection is made here, to an address that was looked up and
checked a moment before. The name stays in the Host header, and is what the certificate has to be for.
"""

import ssl
from collections.abc import Iterable, Iterator
from functools import cache

import certifi
import httpcore
import httpx

from claims.intake.fetching.deadlines import Deadline
from claims.intake.fetching.guard import find_permitted_ips

SocketOptions = Iterable[httpcore.SOCKET_OPTION]


class GuardedBackend(httpcore.NetworkBackend):
    """Connects by number to an address that a host stands for and that is permitted."""

    def __init__(self, deadline: Deadline):
        self.deadline = deadline
        self.dialer = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for ip in find_permitted_ips(host, port, self.deadline):
            limit = self.deadline.shorten(timeout)
            try:
                stream = self.dialer.connect_tcp(
                    str(ip), port, limit, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            return TimedStream(stream, self.deadline)
        raise problem

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("sockets of this machine are not connected to")


class TimedStream(httpcore.NetworkStream):
    """A connection that ends at the deadline, even where some bytes come again and again."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline):
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.shorten(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.shorten(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = self.deadline.shorten(timeout)
        return TimedStream(
            self.stream.start_tls(ssl_context, server_hostname, limit), self.deadline
        )

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)


class Body(httpx.SyncByteStream):
    """The bytes of an answer, as they come."""

    def __init__(self, answer: httpcore.Response):
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self.answer.iter_stream()

    def close(self) -> None:
        self.answer.close()


class GuardedTransport(httpx.BaseTransport):
    """Sends requests over connections of `GuardedBackend`. It knows no proxies."""

    def __init__(self, deadline: Deadline):
        self.pool = httpcore.ConnectionPool(
            ssl_context=build_ssl_context(), network_backend=GuardedBackend(deadline)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self.pool.handle_request(
            httpcore.Request(
                request.method,
                url,
                headers=request.headers.raw,
                content=request.read() or None,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self.pool.close()


@cache
def build_ssl_context() -> ssl.SSLContext:
    """Return what certificates are checked by: the machine's authorities, and those of Mozilla."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
