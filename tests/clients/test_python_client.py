"""The Python client asks the site itself: every list, row, count, file and write."""

import io
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from django.contrib.auth.models import User
from newsroom_client import (
    Changed,
    Invalid,
    Newsroom,
    NotFound,
    NotSignedIn,
    Refused,
    TooLarge,
    TooOld,
    models,
)
from newsroom_client.problems import KINDS

from claims.api.problems import PROBLEMS
from claims.models import ApiToken, Quote, TokenScope
from clients import generate
from tests.claims.api_tokens import make_token
from tests.clients.conftest import ask
from tests.factories import make_actor, make_factcheck, make_match, make_quote

pytestmark = pytest.mark.django_db
CLIENT = Path(generate.__file__).parent / "python"


# What it knows of the API


def test_what_is_made_of_the_schema_is_what_the_schema_gives_now() -> None:
    written = generate.write_files(generate.load_schema())

    for name, text in written.items():
        assert (generate.FOLDER / name).read_text() == text, "run `python -m clients.generate`"


def test_every_kind_of_problem_is_an_exception() -> None:
    told = {status: kind for status, (kind, _) in PROBLEMS.items()}

    assert {each.code: each.kind for each in KINDS} == told


# Reading


def test_every_list_and_each_of_its_rows_is_read(newsroom: Newsroom) -> None:
    quote = make_quote(actor="Veldania")
    make_match(quote, make_quote(content="the bridge is closed"))
    make_factcheck(quote)
    plurals = ("quotes", "actors", "claims", "wordings", "matches", "factchecks", "articles")
    told = {}

    for plural in (*plurals, "outlets"):
        row = getattr(newsroom, f"list_{plural}")().first()
        key = row.slug if plural in ("actors", "outlets") else row.id
        one = "match" if plural == "matches" else plural.removesuffix("s")
        told[plural] = getattr(newsroom, f"get_{one}")(key)
        assert type(told[plural]).__name__ == {"matches": "Match", "factchecks": "FactCheck"}.get(
            plural, one.title()
        )

    assert told["quotes"].article.outlet.slug == told["outlets"].slug
    assert told["articles"].published_on == date(2024, 3, 5)


@pytest.mark.usefixtures("varied")
def test_filters_narrow_what_is_counted_as_what_is_listed(newsroom: Newsroom) -> None:
    quotes = list(newsroom.list_quotes(act=["deny", "say"], until=date(2024, 3, 3)))

    assert len(quotes) == 3
    assert {quote.act for quote in quotes} == {"deny", "say"}
    assert newsroom.get_facets(act=["deny", "say"], until="2024-03-03").count == 3
    timeline = newsroom.get_timeline(actor="veldania")
    assert sum(bar.count for bar in timeline.bars) == len(list(newsroom.rows(actor="veldania")))
    assert newsroom.get_overview(actor=["ana-bell", "veldania"]).count == 4
    assert [each.slug for each in newsroom.compare_actors(actor=["ana-bell", "veldania"]).actors]
    assert newsroom.get_topic(q="bridge").quotes == 3
    assert newsroom.get_trust().sample is None


@pytest.mark.usefixtures("varied")
def test_a_list_is_read_page_by_page_and_gone_on_with_later(newsroom: Newsroom) -> None:
    all_of_them = [quote.id for quote in newsroom.list_quotes()]

    first, second, *_ = newsroom.list_quotes(page_size=2).pages()
    later = newsroom.list_quotes(page_size=2, cursor=first.next_cursor)

    assert first.count == len(all_of_them) == 6
    assert [quote.id for quote in (*first.rows, *second.rows)] == all_of_them[:4]
    assert [quote.id for quote in later] == all_of_them[2:]
    assert [quote.id for quote in later.take(1)] == all_of_them[2:3]


@pytest.mark.usefixtures("varied")
def test_several_ids_and_expansions_are_asked_for_at_once(newsroom: Newsroom) -> None:
    wanted = [quote.id for quote in newsroom.list_quotes(actor="veldania")]

    quotes = list(newsroom.list_quotes(id__in=wanted, expand=["actor", "article"]))

    assert sorted(quote.id for quote in quotes) == sorted(wanted)
    expanded = quotes[0].expanded
    assert expanded
    assert expanded.actor
    assert expanded.article
    assert expanded.claim is None
    assert expanded.article.text.startswith(expanded.actor.name)


def test_a_merged_row_is_found_by_its_former_name(newsroom: Newsroom) -> None:
    from claims.actors import merging

    kept = make_quote(actor=make_actor("Ruth Okafor", "person")).actor
    other = make_actor("R. Okafor", "person")
    assert kept
    merging.merge_actors(kept.pk, [other.pk], None, "one person")

    assert newsroom.get_actor("r-okafor").slug == "ruth-okafor"


@pytest.mark.parametrize(
    ("ask_for", "error", "names"),
    [
        (lambda site: site.get_quote(999_999), NotFound, []),
        (lambda site: site.list_quotes(q="the", act="shout").first(), Invalid, ["act", "q"]),
        (lambda site: site.download("csv", io.BytesIO(), act="shout"), Invalid, ["act"]),
        (lambda site: site.list_changes(since="x"), Invalid, ["since"]),
        (lambda site: site.add_article(text="It is safe."), NotSignedIn, []),
    ],
    ids=["no row", "bad filters", "a file of bad filters", "no place", "no token"],
)
def test_what_the_site_refuses_is_an_exception_that_names_it(
    newsroom: Newsroom, ask_for: Any, error: type[Exception], names: list[str]
) -> None:
    with pytest.raises(error) as raised:
        ask_for(newsroom)

    problem = raised.value.problem  # type: ignore[attr-defined]
    assert sorted({each.name for each in problem.errors or []}) == names
    assert problem.detail in str(raised.value)


def test_a_token_that_is_none_is_refused_and_never_told() -> None:
    newsroom = ask(token="newsroom_secret")

    with pytest.raises(NotSignedIn) as raised:
        newsroom.list_quotes().first()

    assert "secret" not in f"{raised.value!r} {newsroom!r} {vars(newsroom)}"


# Changes


@pytest.mark.django_db(transaction=True)
def test_changes_are_followed_from_where_one_stopped(newsroom: Newsroom) -> None:
    feed = newsroom.follow_changes(page_size=2)
    quote = make_quote(actor="Veldania")

    told = {(each.resource, each.key): each for each in feed}
    Quote.objects.filter(pk=quote.pk).delete()
    later = list(newsroom.follow_changes(feed.since))

    assert told["quote", str(quote.pk)].change == "present"
    assert told["actor", "veldania"].address.endswith("/api/v1/actors/veldania/")
    assert [(each.key, each.change) for each in later if each.resource == "quote"] == [
        (str(quote.pk), "gone")
    ]
    assert list(feed) == later
    with pytest.raises(TooOld):
        list(newsroom.follow_changes("2001-01-01T00:00:00Z"))


# Files


@pytest.mark.usefixtures("varied")
def test_quotes_come_as_a_file_in_every_format(newsroom: Newsroom, tmp_path: Path) -> None:
    endings = get_args(models.Ending)

    for ending in endings:
        path = tmp_path / f"quotes.{ending}"
        download = newsroom.download(ending, path, actor="veldania")

        assert (download.path, download.total, download.query) == (path, 2, "actor=veldania")
        assert path.stat().st_size > 100

    assert len(list(tmp_path.iterdir())) == len(endings) == 16


def test_a_quote_is_cited_and_a_claim_comes_as_a_file(newsroom: Newsroom, tmp_path: Path) -> None:
    quote = make_quote(actor="Veldania", content="the bridge is safe")

    download = newsroom.download_claim(quote.claim_id, "jsonl", tmp_path / "claim.jsonl")

    assert newsroom.cite(quote.pk).startswith("Veldania said the bridge is safe")
    assert f"@article{{newsroom-{quote.pk}," in newsroom.cite(quote.pk, "bib")
    assert download.total == 1


def test_a_file_that_is_too_large_says_so(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.outputs.formats.MOST_ROWS_OF_FILE", 0)
    make_quote()

    with pytest.raises(TooLarge):
        newsroom.download("xlsx", io.BytesIO())


@pytest.mark.usefixtures("varied")
def test_rows_have_the_types_of_their_columns(newsroom: Newsroom) -> None:
    quote = Quote.objects.get(act="deny")

    (row,) = newsroom.rows(act="deny")

    assert (row.id, row.actor, row.within_id) == (quote.pk, "Veldania", None)
    assert row.published_on == date(2024, 3, 2)
    assert isinstance(row.added_at, datetime)
    assert row.added_at == quote.added_at
    assert row.speaker_unsure is False


@pytest.mark.usefixtures("varied")
def test_a_table_of_pandas_has_them_too(newsroom: Newsroom) -> None:
    pandas = pytest.importorskip("pandas")

    table = newsroom.rows().to_pandas()
    empty = newsroom.rows(act="warn").to_pandas()

    assert len(table) == 6
    assert table["published_on"].max() == pandas.Timestamp("2024-03-07")
    assert str(table["within_id"].dtype) == "Int64"
    assert table["within_id"].isna().all()
    assert str(table["added_at"].dt.tz) == "UTC"
    assert list(empty.dtypes) == list(table.dtypes)


# Writing


@pytest.fixture
def curator() -> Newsroom:
    owner = User.objects.create_superuser("Clara")
    return ask(token=make_token(*TokenScope.values, user=owner))


def test_a_quote_is_decided_on_and_that_is_undone(curator: Newsroom) -> None:
    quote = make_quote()
    state = curator.get_quote_history(quote.pk).state

    done = curator.decide_quote(quote.pk, what="accept", state=state, why="as the minutes say")
    with pytest.raises(Changed):
        curator.decide_quote(quote.pk, what="reject", state=state)
    undone = curator.undo_decision(str(done.decision))

    assert (done.quote.status, done.added) == ("accepted", None)
    assert undone.quotes == [quote.pk]
    assert curator.get_quote(quote.pk).status == "unreviewed"


def test_limits_are_corrected_by_their_places(curator: Newsroom) -> None:
    quote = make_quote(actor="Veldania", content="the bridge is safe")
    text, state = quote.article.text, curator.get_quote_history(quote.pk).state
    start = text.index("bridge")

    done = curator.decide_quote(
        quote.pk,
        what="spans",
        state=state,
        cue=models.Bounds(start=quote.cue_start, end=quote.cue_end),
        contents=[models.Bounds(start=start, end=start + len("bridge is safe"))],
    )

    assert done.quote.content.text == "bridge is safe"


def test_actors_are_merged_and_that_is_undone(curator: Newsroom) -> None:
    for name in ("Ruth Okafor", "R. Okafor"):
        make_quote(actor=make_actor(name, "person"))

    with pytest.raises(Refused):
        curator.merge_actors("ruth-okafor", others=["ruth-okafor"], reason="the same")
    done = curator.merge_actors("ruth-okafor", others=["r-okafor"], reason="one person", sure=True)
    curator.undo_merge(done.id, reason="two persons")

    assert curator.get_actor("r-okafor").name == "R. Okafor"


def test_an_article_is_handed_in(curator: Newsroom) -> None:
    delivery = curator.add_article(text="Ana Bell said it is safe.", date=date(2024, 3, 5))

    assert not delivery.is_settled
    assert curator.get_delivery(delivery.token).documents[0].state == "queued"
    assert ApiToken.objects.get().used_at


def test_a_webhook_is_made_stopped_and_removed(curator: Newsroom) -> None:
    made = curator.add_webhook(name="Mirror", address="https://mirror.example/hook")

    assert curator.change_webhook(made.id, state="stopped").state == "stopped"

    curator.remove_webhook(made.id)
    assert curator.list_webhooks().results == []


# Its documents and its wheel


@pytest.mark.usefixtures("varied")
def test_what_its_readme_shows_runs(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(tmp_path)
    reading, writing = re.findall(r"```python\n(.+?)```", (CLIENT / "README.md").read_text(), re.S)
    made = 'Newsroom("http://127.0.0.1:8000"'
    printed = io.StringIO()
    quote = Quote.objects.earliest("pk")
    writer = ask(token=make_token(*TokenScope.values, user=User.objects.create_superuser("Cy")))
    names = {"site": newsroom, "writer": writer, "print": lambda *a: print(*a, file=printed)}

    exec(reading.replace(f"{made})", "site"), names)
    exec(
        writing.replace(f'{made}, token="newsroom_…")', "writer").replace("12", str(quote.pk)),
        names,
    )

    assert "Veldania said any part in the delay of the ferry" in printed.getvalue()
    assert "1 quotes 1 rows" in printed.getvalue()
    assert (tmp_path / "denials.csv").is_file()
    assert "Somebody else decided" not in printed.getvalue()


def test_its_wheel_is_whole_and_needs_httpx_alone(tmp_path: Path) -> None:
    build = f"import hatchling.build as b; print(b.build_wheel({str(tmp_path)!r}))"

    done = subprocess.run(
        [sys.executable, "-c", build], cwd=CLIENT, capture_output=True, text=True, check=True
    )
    wheel = tmp_path / done.stdout.split()[-1]
    asked = "import sys, newsroom_client as c, importlib.resources as r;"
    asked += "print(r.files(c).joinpath('py.typed').is_file(), 'pandas' in sys.modules, c.__file__)"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == ["True", "False", f"{wheel}/newsroom_client/__init__.py"]
