"""How gunicorn serves the site for `manage.py run`."""

from typing import Any

workers = 2
threads = 4
accesslog = None
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    host, port = server.address[0][:2] if isinstance(server.address, list) else server.address
    print(f"\n  Newsroom is at http://{host}:{port}/\n  Ctrl-C stops it.\n", flush=True)
