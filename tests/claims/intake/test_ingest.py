import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from claims.extraction.reading_ahead import WORDS_AHEAD
from claims.extraction.schema import Attribution, Span, Speaker
from claims.intake.ingest import ingest_ahead, ingest_documents
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.storing_articles import StoredDocument
from claims.models import Actor, Article, Claim, Outlet, Quote

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = 'Ukraine denied any plan to attack. Anna Berg said, "we wait", and left.\nShe added it was late.'


def document(
    key: str = "https://example.org/a", text: str = TEXT, title: str = "Talks"
) -> Document:
    return Document(key, title, text, date(2024, 3, 5), key, "", f"{key}.txt")


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def attribution(
    source: str, cue: str, *contents: str, text: str = TEXT, **changes: Any
) -> Attribution:
    values: dict[str, Any] = {
        "source": at(text, source) if source else None,
        "cue": at(text, cue),
        "contents": tuple(at(text, content) for content in contents),
        "kind": "indirect",
        "act": "say",
        "confidence": 0.9,
        "speaker": Speaker(source, "person", 0.9, "name") if source else None,
    }
    return Attribution(**values | changes)


DENIAL = attribution(
    "Ukraine",
    "denied",
    "any plan to attack",
    act="deny",
    speaker=Speaker("Ukraine", "state", 0.9, "name"),
)
SAYING = attribution("Anna Berg", "said", '"we wait"')
ADDING = attribution("She", "added", "it was late", speaker=None)


def store(
    *attributions: Attribution, version: str = "1", **changes: Any
) -> StoredDocument | Problem:
    def extract(document: Document) -> Sequence[Attribution]:
        return attributions

    (result,) = ingest_documents([document(**changes)], extract, version)
    assert isinstance(result, StoredDocument | Problem)
    return result


def rows() -> dict[str, Any]:
    """All that is stored, ids and times aside."""
    return {
        "articles": list(
            Article.objects.order_by("key").values_list(
                "key", "title", "text", "outlet__name", "extractor"
            )
        ),
        "quotes": list(
            Quote.objects.order_by("article__key", "cue_start").values_list(
                "article__key",
                "cue_start",
                "cue",
                "source_text",
                "content",
                "actor__name",
                "wording__text",
                "act",
                "stance",
            )
        ),
        "spans": list(
            Quote.objects.order_by("article__key", "cue_start", "spans__start").values_list(
                "spans__start", "spans__end"
            )
        ),
        "actors": list(Actor.objects.order_by("kind", "name").values_list("kind", "name", "slug")),
        "claims": list(Claim.objects.order_by("key").values_list("key", "text")),
        "outlets": list(Outlet.objects.order_by("pk").values_list("hosts__host", "name", "slug")),
    }


def test_doing_it_twice_changes_nothing() -> None:
    store(DENIAL, SAYING)
    before = list(Quote.objects.order_by("pk").values())

    result = store(DENIAL, SAYING)

    assert isinstance(result, StoredDocument)
    assert result.outcome == "unchanged"
    assert list(Quote.objects.order_by("pk").values()) == before


def test_an_article_already_read_is_not_read_again() -> None:
    store(DENIAL)

    def never(document: Document) -> Sequence[Attribution]:
        raise AssertionError("read again")

    (result,) = ingest_documents([document()], never, "1")

    assert isinstance(result, StoredDocument)


def test_a_document_that_the_extractor_fails_on_does_not_stop_the_rest() -> None:
    def extract(document: Document) -> Sequence[Attribution]:
        if "fail" in document.text:
            raise ValueError("too odd")
        return [DENIAL]

    bad, good = ingest_documents(
        [document("https://example.org/x", "fail"), document()], extract, "1"
    )

    assert isinstance(bad, Problem)
    assert "too odd" in bad.reason
    assert isinstance(good, StoredDocument)
    assert Article.objects.count() == 1


def test_a_database_that_is_gone_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object) -> None:
        raise OperationalError("could not extend file: No space left on device")

    monkeypatch.setattr("claims.intake.storing_articles.store_articles", gone)

    with pytest.raises(OperationalError):
        store(DENIAL)


class Noted:
    """A reading ahead that notes what is done with it."""

    def __init__(self, document: Document, notes: list[str], words: int = 10):
        self.name, self.notes, self.words = document.key[-1], notes, words
        notes.append(f"{self.name} begun")

    def __call__(self) -> Sequence[Attribution]:
        if self.name == "x":
            raise ValueError("too odd")
        if self.name == "k":
            raise KeyboardInterrupt
        return [DENIAL]

    def cancel(self) -> None:
        self.notes.append(f"{self.name} cancelled")


def test_documents_are_begun_ahead_and_stored_in_order() -> None:
    notes: list[str] = []
    bad = Problem("d.txt", "it is empty")
    first, odd, last = (document(f"https://example.org/{name}") for name in "bxa")

    for result in ingest_ahead([first, odd, bad, last], lambda each: Noted(each, notes), "1"):
        assert not isinstance(result, SkippedFile)
        notes.append(
            str(result)
            if isinstance(result, Problem)
            else f"{result.document.key[-1]} {result.outcome}"
        )

    why = "https://example.org/x.txt: it cannot be read for quotes (ValueError: too odd)"
    assert notes == ["b begun", "x begun", "a begun", "b new", why, "d.txt: it is empty", "a new"]
    assert list(Article.objects.order_by("pk").values_list("key", flat=True)) == [
        first.key,
        last.key,
    ]


def test_what_was_begun_ahead_is_cancelled_where_the_run_ends() -> None:
    notes: list[str] = []
    found = [document(f"https://example.org/{name}") for name in "abc"]
    run = ingest_ahead(found, lambda each: Noted(each, notes, words=WORDS_AHEAD), "1")

    next(run)
    run.close()

    assert notes == ["a begun", "b begun", "b cancelled"]


def test_a_run_that_somebody_stops_cancels_what_was_begun() -> None:
    notes: list[str] = []
    found = [document(f"https://example.org/{name}") for name in "akb"]

    with pytest.raises(KeyboardInterrupt):
        list(ingest_ahead(found, lambda each: Noted(each, notes), "1"))

    assert notes == ["a begun", "k begun", "b begun", "b cancelled"]
    assert Article.objects.get().key == found[0].key


def test_what_is_stored_as_it_is_is_not_read_and_looked_up_with_others(
    django_assert_max_num_queries: Any,
) -> None:
    list(ingest_documents(many(), lambda document: [DENIAL], "1"))
    notes: list[str] = []
    edited = document("https://example.org/edited")
    with django_assert_max_num_queries(5):
        passed = list(ingest_ahead(many(), lambda each: Noted(each, notes), "1"))

    results = list(ingest_ahead([*many(), edited], lambda each: Noted(each, notes), "1"))

    assert [result.outcome for result in passed if isinstance(result, StoredDocument)] == [
        "unchanged"
    ] * 40
    assert [result.outcome for result in results if isinstance(result, StoredDocument)] == [
        *["unchanged"] * 40,
        "new",
    ]
    assert [result.quotes for result in passed if isinstance(result, StoredDocument)] == [1] * 40
    assert notes == ["d begun"]


@pytest.mark.parametrize(
    "words", [1, 100_000], ids=["all begun before the first is stored", "one at a time"]
)
def test_the_same_article_several_times_over_ends_as_one_at_a_time(words: int) -> None:
    notes: list[str] = []
    first, second = document(), document(text=TEXT + "\nCorrected.")
    other = document("https://example.org/b")

    results = list(
        ingest_ahead(
            [first, first, second, other, first, first], lambda each: Noted(each, notes, words), "1"
        )
    )

    outcomes = [result.outcome for result in results if isinstance(result, StoredDocument)]
    assert outcomes == ["new", "unchanged", "updated", "new", "unchanged", "unchanged"]
    assert Article.objects.get(key=first.key).text == second.text


def test_an_article_that_is_stored_and_then_comes_with_another_text_is_updated() -> None:
    notes: list[str] = []
    first, second = document(), document(text=TEXT + "\nCorrected.")
    list(ingest_documents([first], lambda document: [DENIAL], "1"))

    results = list(ingest_ahead([first, second, second], lambda each: Noted(each, notes), "1"))

    outcomes = [result.outcome for result in results if isinstance(result, StoredDocument)]
    assert outcomes == ["unchanged", "updated", "unchanged"]
    assert Article.objects.get().text == second.text


def test_an_article_without_a_date_goes_in() -> None:
    (result,) = ingest_documents(
        [replace(document(), published_on=None)], lambda document: [DENIAL], "1"
    )
    (known,) = ingest_documents(
        [replace(document(), published_on=None)], lambda document: [DENIAL], "1"
    )
    (dated,) = ingest_documents([document()], lambda document: [DENIAL], "1")

    assert [
        each.outcome for each in (result, known, dated) if isinstance(each, StoredDocument)
    ] == ["new", "unchanged", "updated"]
    assert Article.objects.get().published_on == date(2024, 3, 5)


KILLED = """
import os, sys, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from claims.intake.ingest import ingest_documents
from tests.claims.intake.test_ingest import DENIAL, SAYING, document, many
for stored in ingest_documents(many(400), lambda document: [DENIAL, SAYING], "1"):
    print(stored.outcome, flush=True)
"""


def many(number: int = 40) -> list[Document]:
    return [document(f"https://example.org/{i:03}") for i in range(number)]


def test_killed_at_any_moment_and_run_again_it_ends_as_one_clean_run() -> None:
    list(ingest_documents(many(400), lambda document: [DENIAL, SAYING], "1"))
    clean = rows()
    Article.objects.all().delete()
    for model in (Actor, Claim, Outlet):
        model.objects.all().delete()
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", KILLED, connection.settings_dict["NAME"]]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}
    for delay in (0.0, 0.01, 0.03):
        run = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=environment)
        assert run.stdout
        run.stdout.readline()  # the first article is in
        time.sleep(delay)
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
    killed = Article.objects.count()
    assert 0 < killed < 400

    list(ingest_documents(many(400), lambda document: [DENIAL, SAYING], "1"))

    assert rows() == clean
