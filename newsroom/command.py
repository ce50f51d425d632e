"""The command line: `newsroom` where it is installed, `python -m newsroom`, and `manage.py`."""

import os
import sys

from newsroom import __version__


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        print(f"Newsroom {__version__}")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"newsroom: {error}")
    except OperationalError as error:
        sys.exit(f"newsroom: the database cannot be used: {str(error).strip().splitlines()[0]}")
