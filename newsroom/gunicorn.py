"""How gunicorn serves the site for `manage.py run`."""

from typing import Any

worker_class = "newsroom.buffering_worker.BufferingWorker"
workers = 2
threads = 4
accesslog = None
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Limit what a reader may have PostgreSQL do, before the first of them comes."""
    from django.conf import settings

    from newsroom.time_limits import limit_statements

    limit_statements(settings.DATABASES["default"])


def when_ready(server: Any) -> None:
    """Say where the site is.

    A version of gunicorn that listens at several addresses gives a list of them.
    """
    address = server.address[0] if isinstance(server.address, list) else server.address
    host, port = address[:2]
    print(f"\n  Newsroom is at http://{host}:{port}/\n  Ctrl-C stops it.\n", flush=True)
