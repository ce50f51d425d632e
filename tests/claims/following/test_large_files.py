"""Files that are too large to be made while somebody waits."""

import sqlite3
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.following import large_files
from claims.jobs import MOST_ATTEMPTS_AT_JOB, WorkerEnds, make_large_file
from claims.models import FileState, MadeFile
from claims.models.made_files import DAYS_FILES_ARE_KEPT, HOURS_FILES_MAY_TAKE
from claims.outputs import rows
from tests.claims.intake.arrivals import run_jobs
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """More than two quotes are too many to be made at once; a batch has two."""
    monkeypatch.setattr("claims.outputs.formats.MOST_ROWS_OF_FILE", 2)
    monkeypatch.setattr(rows, "ROWS_PER_BATCH", 2)
    settings.FILES_FOLDER = tmp_path / "files"
    for number in range(5):
        make_quote(content=f"ferry number {number} is late")
    make_quote(content="the toll will rise")


def ask(client: Client, ending: str = "sqlite", query: str = "q=ferry") -> Any:
    return client.post(f"/files/make.{ending}?{query}")


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "sqlite"])
def test_what_is_too_large_is_made_by_a_worker_and_fetched_by_its_link(
    client: Client, ending: str
) -> None:
    refused = client.get(f"/quotes.{ending}?q=ferry")
    assert refused.status_code == 413
    assert f'action="/files/make.{ending}?q=ferry"' in refused.content.decode()
    address = ask(client, ending)["Location"]
    assert "It waits for its turn" in client.get(address).content.decode()

    run_jobs()

    shown = client.get(address).content.decode()
    assert "It is ready: 5 quotes" in shown
    sent: Any = client.get(f"{address}file/")
    content = b"".join(sent.streaming_content)
    assert len(content) == MadeFile.objects.get().size
    assert "newsroom-5-quotes-" in sent["Content-Disposition"]
    assert "noindex" in sent["X-Robots-Tag"]


def test_the_file_has_the_quotes_of_the_filters(client: Client) -> None:
    ask(client)
    run_jobs()

    with sqlite3.connect(MadeFile.objects.get().path) as database:
        found = [row[0] for row in database.execute("SELECT quote FROM quotes ORDER BY id")]

    assert found == [f"ferry number {number} is late" for number in range(5)]


def test_how_far_a_file_is_can_be_seen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_files, "SECONDS_BETWEEN_NOTES", -1.0)
    address = ask(client)["Location"]
    seen = []
    count_rows = large_files.count_rows

    def watch(file: MadeFile, batches: Any) -> Any:
        for batch in count_rows(file, batches):
            seen.append(client.get(address).content.decode())
            yield batch

    monkeypatch.setattr(large_files, "count_rows", watch)

    run_jobs()

    assert ["0 of 5 quotes" in seen[0], "2 of 5 quotes" in seen[1], "4 of 5" in seen[2]] == [
        True
    ] * 3
    assert 'value="40"' in seen[1]
    assert 'http-equiv="refresh"' in seen[1]


def test_a_worker_that_dies_leaves_a_file_to_be_made_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    file = MadeFile.objects.get()
    with monkeypatch.context() as dying:
        dying.setattr(large_files, "count_rows", die)
        with pytest.raises(KeyboardInterrupt):
            large_files.make_file(file)
    assert file.state == FileState.MAKING
    assert not list(file.path.parent.iterdir())

    run_jobs()

    assert MadeFile.objects.get().state == FileState.READY


def test_what_cannot_be_made_says_why(client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "full").write_text("no folder")
    settings.FILES_FOLDER = tmp_path / "full" / "files"
    address = ask(client)["Location"]

    run_jobs()

    assert "It could not be written: Not a directory." in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("ending", "query", "status"),
    [("csv", "q=ferry", 404), ("bundle", "", 404), ("zip", "", 404), ("xlsx", "act=shout", 400)],
)
def test_what_is_no_large_file_is_refused(
    client: Client, ending: str, query: str, status: int
) -> None:
    assert ask(client, ending, query).status_code == status
    assert client.get("/files/make.xlsx").status_code == 405
    assert not MadeFile.objects.exists()


def test_one_sender_has_some_files_made_a_day_and_the_same_one_once(client: Client) -> None:
    assert ask(client)["Location"] == ask(client)["Location"]

    answers = [
        ask(client, query=f"q=ferry+{number}").status_code
        for number in range(large_files.MOST_FILES_A_DAY)
    ]

    assert answers == [302] * (large_files.MOST_FILES_A_DAY - 1) + [429]


def test_files_are_removed_after_some_days_and_so_is_what_nobody_knows_of(
    client: Client, settings: Any
) -> None:
    for query in ("q=ferry", ""):
        ask(client, query=query)
    run_jobs()
    old, kept = MadeFile.objects.order_by("pk")
    stray = Path(settings.FILES_FOLDER) / "stray.12.unfinished"
    stray.write_text("half")
    past = timezone.now() - timedelta(days=DAYS_FILES_ARE_KEPT, minutes=1)
    MadeFile.objects.filter(pk=old.pk).update(asked_at=past)

    large_files.remove_old_files()

    assert list(Path(settings.FILES_FOLDER).iterdir()) == [kept.path]
    assert client.get(old.get_absolute_url()).status_code == 404
    kept.path.unlink()
    assert client.get(f"{kept.get_absolute_url()}file/").status_code == 404


def test_large_files_are_made_one_at_a_time(client: Client) -> None:
    for query in ("q=ferry", "", "q=late", "q=number"):
        ask(client, query=query)

    locks = ProcrastinateJob.objects.values_list("lock", flat=True)

    assert len(locks) == 4
    assert set(locks) == {"make a large file"}


def test_what_fails_at_every_attempt_says_so_and_is_made_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = ask(client)["Location"]
    file = MadeFile.objects.get()

    def fail(*_: Any) -> None:
        raise ModuleNotFoundError("/srv/secret/pyarrow")

    monkeypatch.setattr(large_files, "count_rows", fail)
    states = []
    for attempts in range(MOST_ATTEMPTS_AT_JOB + 1):
        context: Any = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
        with pytest.raises(ModuleNotFoundError):
            make_large_file.func(context, file=file.pk)
        states.append(MadeFile.objects.get().state)

    assert states == ["making"] * MOST_ATTEMPTS_AT_JOB + ["failed"]
    shown = client.get(address).content.decode()
    assert "It could not be made." in shown
    assert "secret" not in shown
    assert ask(client)["Location"] != address


def test_a_worker_that_is_told_to_stop_gives_no_file_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)

    def end(*_: Any) -> None:
        raise WorkerEnds

    monkeypatch.setattr(large_files, "count_rows", end)
    context: Any = SimpleNamespace(job=SimpleNamespace(attempts=MOST_ATTEMPTS_AT_JOB))
    with pytest.raises(WorkerEnds):
        make_large_file.func(context, file=MadeFile.objects.get().pk)

    assert MadeFile.objects.get().state == FileState.MAKING


def test_a_file_that_nobody_makes_any_more_keeps_nobody_from_asking(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_files, "MOST_WAITING", 1)
    dead = ask(client)["Location"]
    assert ask(client, query="").status_code == 429
    past = timezone.now() - timedelta(hours=HOURS_FILES_MAY_TAKE, minutes=1)
    MadeFile.objects.update(asked_at=past, state=FileState.MAKING)

    again = ask(client)

    assert again.status_code == 302
    assert again["Location"] != dead


def test_without_a_worker_old_files_are_removed_where_alerts_are_sent(client: Client) -> None:
    ask(client)
    past = timezone.now() - timedelta(days=DAYS_FILES_ARE_KEPT, minutes=1)
    MadeFile.objects.update(asked_at=past)

    call_command("send_alerts", stdout=StringIO())

    assert not MadeFile.objects.exists()
