"""The site over a database that a benchmark has filled, for gunicorn."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["BENCHMARK_DATABASE"]

from newsroom.wsgi import application

__all__ = ["application"]
