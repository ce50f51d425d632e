"""Where the files of the site are, and where it keeps what it makes: in a checkout, or installed."""

from pathlib import Path

import platformdirs

# In which the packages `newsroom` and `claims` lie.
PACKAGES = Path(__file__).resolve().parent.parent
# A wheel brings templates, static files and seeds within the package; a checkout has them beside it.
INSTALLED_FILES = Path(__file__).resolve().parent / "site"


def find_site_files() -> Path:
    """Return the folder that holds `templates`, `static` and `seeds`."""
    return INSTALLED_FILES if INSTALLED_FILES.is_dir() else PACKAGES


def find_var() -> Path:
    """Return where the database, the secret key and collected files go if nobody says where.

    Nothing is written into an installation: there it is the user's own folder for data, whichever
    folder the command is called from.
    """
    if INSTALLED_FILES.is_dir():
        return platformdirs.user_data_path("newsroom", appauthor=False)
    return PACKAGES / "var"
