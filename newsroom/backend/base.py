"""The wrapper of a database connection, where Django looks for it in a backend."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import base

from newsroom.embedded_postgres import PostgresFailed, PostgresServer

REST_SECONDS = 30.0  # in which a server that could not be started is left alone


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects as Django does, and sees to it that the embedded server runs.

    Of the threads of this process one starts the server; of several processes too, by the server's
    own lock.
    """

    started = False
    starting = Lock()
    rests_until = 0.0  # by the clock of `time.monotonic`

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not settings.EMBEDDED_POSTGRES:
            return super().get_new_connection(conn_params)
        server = PostgresServer(settings.EMBEDDED_POSTGRES)
        if not DatabaseWrapper.started:
            start_unless_resting(server.start)
            DatabaseWrapper.started = True
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            start_unless_resting(server.start_again)
            return super().get_new_connection(conn_params)


def start_unless_resting(start: Callable[[], object]) -> None:
    """Start the server.

    Where that failed a moment ago, fail at once and let nobody wait for it again.
    """
    with DatabaseWrapper.starting:
        if time.monotonic() < DatabaseWrapper.rests_until:
            raise OperationalError("the embedded PostgreSQL could not be started a moment ago")
        try:
            start()
        except (PostgresFailed, OSError) as error:
            DatabaseWrapper.rests_until = time.monotonic() + REST_SECONDS
            raise OperationalError(str(error)) from error
