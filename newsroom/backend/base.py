from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import base

from newsroom.embedded_postgres import PostgresFailed, Server


class DatabaseWrapper(base.DatabaseWrapper):
    started = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not DatabaseWrapper.started and settings.EMBEDDED_POSTGRES:
            try:
                Server(settings.EMBEDDED_POSTGRES).start()
            except (PostgresFailed, OSError) as error:
                raise OperationalError(str(error)) from error
            DatabaseWrapper.started = True
        return super().get_new_connection(conn_params)
