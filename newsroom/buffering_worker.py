"""A worker of gunicorn in which no slow reader holds up the others.

Gunicorn starts the processes, starts them again and ends them; in each, waitress talks with the
readers. Its one loop takes requests in and gives answers out, each as slowly as its reader does, and a
thread is only had by a request that has come whole. Larger bodies than the site takes are refused
before they come.
"""

import logging
import os
import time
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import create_server, wasyncore
from waitress.task import ThreadedTaskDispatcher

HEALTH_PATH = "/healthz"
MOST_CONNECTIONS = 1000  # of one process
SECONDS_OF_SILENCE = 30  # after which a connection is closed that waits for nothing
LONGEST_HEAD = 32 << 10  # bytes of a request's first line and headers together
FORM_AROUND_FILES = 1 << 20  # bytes that a form may be longer than the files in it
KEPT_IN_MEMORY = 512 << 10  # bytes of a body or an answer; what is more waits in a file
SECONDS_BETWEEN_LOOKS = 0.5


class HealthFirstDispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Gives requests to threads, and those for the health of the process to one of its own."""

    def __init__(self, threads: int):
        super().__init__()
        self.set_thread_count(threads)
        self.health = ThreadedTaskDispatcher()
        self.health.set_thread_count(1)

    def add_task(self, task: Any) -> None:
        # What could not be read as a request has no path.
        if getattr(task.requests[0], "path", "") == HEALTH_PATH:
            self.health.add_task(task)
        else:
            super().add_task(task)


class BufferingWorker(Worker):  # type: ignore[misc]
    """Serves on the sockets that gunicorn listens at."""

    def run(self) -> None:
        logging.getLogger("waitress").setLevel(logging.ERROR)  # not each line of a queue
        channels: dict[int, Any] = {}
        dispatcher = HealthFirstDispatcher(self.cfg.threads)
        servers = [
            self.create_server(listener.sock, channels, dispatcher) for listener in self.sockets
        ]
        while self.alive and self.ppid == os.getppid():
            self.look(channels)
        for server in servers:
            server.del_channel()
            server.socket.close()  # who comes now is refused, and not left to wait
        self.finish(channels, servers)
        dispatcher.shutdown(timeout=SECONDS_BETWEEN_LOOKS)

    def create_server(self, listening: Any, channels: dict[int, Any], dispatcher: Any) -> Any:
        return create_server(
            self.wsgi,
            map=channels,
            _dispatcher=dispatcher,
            sockets=[listening],
            channel_timeout=SECONDS_OF_SILENCE,
            connection_limit=MOST_CONNECTIONS,
            inbuf_overflow=KEPT_IN_MEMORY,
            outbuf_overflow=KEPT_IN_MEMORY,
            max_request_header_size=LONGEST_HEAD,
            max_request_body_size=settings.LARGEST_UPLOAD + FORM_AROUND_FILES,
            clear_untrusted_proxy_headers=False,  # `newsroom.visitors` says which of them to trust
            asyncore_use_poll=True,
            ident="",
        )

    def look(self, channels: dict[int, Any]) -> None:
        """Take in and give out what readers send and take now, and tell gunicorn that all is well."""
        self.notify()
        wasyncore.loop(timeout=SECONDS_BETWEEN_LOOKS, use_poll=True, map=channels, count=1)

    def finish(self, channels: dict[int, Any], servers: list[Any]) -> None:
        """Answer what has come, for as long as gunicorn waits."""
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(map(has_work, servers)):
            self.look(channels)


def has_work(server: Any) -> bool:
    """Tell whether a request is being answered, or an answer has not been taken."""
    return any(
        channel.requests or channel.total_outbufs_len or channel.request
        for channel in list(server.active_channels.values())
    )
