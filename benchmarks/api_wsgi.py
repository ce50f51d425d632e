"""The site over a database that a benchmark has filled, for gunicorn."""

from typing import Any

from django.db import connections

from newsroom.wsgi import application


def build_application(database: str) -> Any:
    connections.settings["default"]["NAME"] = database
    return application
