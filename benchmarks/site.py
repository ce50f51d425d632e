"""The site with a database of its own, for a benchmark to fill; it is dropped at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.extraction.schema import Attribution
    from claims.intake.readers import Document, Problem, SkippedFile
    from claims.intake.storing_articles import StoredDocument

    ReadDocument = Callable[[Document], Sequence[Attribution]]


@contextmanager
def open_site(suffix: str = "", *, keep: bool = False) -> Iterator[None]:
    """Set up Django and an empty database.

    With a suffix the database has another name, so that two benchmarks can go on at once. One that
    is kept is there, with its rows, the next time.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    if suffix:
        connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_{suffix}"
    databases = setup_databases(verbosity=0, interactive=False, keepdb=keep)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0, keepdb=keep)


def build_reader() -> "ReadDocument":
    """Return what finds the attributions in a document, with the model that the site uses."""
    from claims.extraction.pipeline import load, read_article

    nlp = load()
    return lambda document: read_article(nlp, document.text, document.published_on)


def ingest_file(path: Path, read: "ReadDocument") -> "list[StoredDocument | Problem | SkippedFile]":
    """Store the documents of a file, and return what became of each."""
    from claims.extraction.pipeline import version
    from claims.intake.ingest import ingest_documents
    from claims.intake.readers import Link, read_documents

    items = [item for item in read_documents([str(path)]) if not isinstance(item, Link)]
    return list(ingest_documents(items, read, version()))
