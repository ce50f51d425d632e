"""An application for tests of the server: `/wait` answers when the file that is named exists."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

SIGN = "WAIT_FOR"


def application(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if request["PATH_INFO"] == "/wait":
        while not Path(os.environ[SIGN]).exists():
            time.sleep(0.02)
    body = request["wsgi.input"].read()
    answer = f"{request['PATH_INFO']} {len(body)}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    return [answer]
