import time
from threading import Lock
from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import base

from newsroom.embedded_postgres import PostgresFailed, PostgresServer

REST = 30.0  # seconds in which a server that could not be started is left alone


class DatabaseWrapper(base.DatabaseWrapper):
    started = False
    starting = Lock()  # of the threads of this process, one sees to the server; of the processes too, by the server's own lock
    rests_until = 0.0  # by the clock of `time.monotonic`

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not settings.EMBEDDED_POSTGRES:
            return super().get_new_connection(conn_params)
        server = PostgresServer(settings.EMBEDDED_POSTGRES)
        if not DatabaseWrapper.started:
            see_to(server.start)
            DatabaseWrapper.started = True
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            see_to(server.start_again)
            return super().get_new_connection(conn_params)


def see_to(start: Any) -> None:
    """Start the server; where that failed a moment ago, fail at once and let nobody wait for it again."""
    with DatabaseWrapper.starting:
        if time.monotonic() < DatabaseWrapper.rests_until:
            raise OperationalError("the embedded PostgreSQL could not be started a moment ago")
        try:
            start()
        except (PostgresFailed, OSError) as error:
            DatabaseWrapper.rests_until = time.monotonic() + REST
            raise OperationalError(str(error)) from error
