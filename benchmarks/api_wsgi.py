"""The site over a database that a benchmark has filled, for gunicorn."""

import os

from django.db import connections

from newsroom.wsgi import application

connections.settings["default"]["NAME"] = os.environ["BENCHMARK_DATABASE"]

__all__ = ["application"]
