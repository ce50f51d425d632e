"""What reading an article again gained, lost and changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.extraction.schema import Attribution, Detail, Speaker
from claims.intake.ingest import ingest_documents
from claims.intake.rereading import (
    EXAMPLES_OF_SORT,
    QuoteChange,
    QuoteChanges,
    QuoteReading,
    format_changes_report,
)
from claims.intake.storing_articles import StoredDocument
from claims.models import Actor, Article, Quote
from tests.claims.intake.test_ingest import (
    ADDING,
    DENIAL,
    SAYING,
    TEXT,
    at,
    attribution,
    document,
    store,
)

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = Speaker("Anna Bergman", "person", 0.9, "name")


def again(*found: Attribution, version: str = "2") -> QuoteChanges:
    result = store(*found, version=version)
    assert isinstance(result, StoredDocument)
    assert result.changes
    return result.changes


def changed(*parts: str) -> dict[str, int]:
    """One quote the same, and one changed in these parts."""
    return {"same": 1, "changed": 1, **{f"changed: {part}": 1 for part in parts}}


def told(changes: QuoteChanges) -> dict[str, int]:
    return {sort: count for sort, count in changes.counts.items() if count}


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        pytest.param((DENIAL, SAYING), {"same": 2}, id="the same"),
        pytest.param(
            (replace(DENIAL, confidence=0.5, act_confidence=0.4), SAYING),
            {"same": 2},
            id="surer or less so",
        ),
        pytest.param((replace(DENIAL, act="claim"), SAYING), changed("act"), id="act"),
        pytest.param((DENIAL, replace(SAYING, speaker=OTHER)), changed("speaker"), id="speaker"),
        pytest.param((DENIAL, replace(SAYING, speaker=None)), changed("speaker"), id="no speaker"),
        pytest.param(
            (
                attribution(
                    "Ukraine", "denied", "plan to attack", act="deny", speaker=DENIAL.speaker
                ),
                SAYING,
            ),
            changed("spans"),
            id="content",
        ),
        pytest.param((DENIAL, replace(SAYING, source=None)), changed("spans"), id="source"),
        pytest.param((DENIAL, replace(SAYING, kind="direct")), changed("kind"), id="kind"),
        pytest.param(
            (DENIAL, replace(SAYING, said_on=date(2024, 3, 4))), changed("details"), id="day"
        ),
        pytest.param((DENIAL, replace(SAYING, within=DENIAL.cue)), changed("details"), id="within"),
        pytest.param(
            (DENIAL, replace(SAYING, details=(Detail("hedge", at(TEXT, "any")),))),
            changed("details"),
            id="details",
        ),
        pytest.param(
            (replace(DENIAL, act="claim", speaker=OTHER), SAYING),
            changed("act", "speaker"),
            id="two things of one quote",
        ),
        pytest.param((DENIAL, SAYING, ADDING), {"same": 2, "gained": 1}, id="gained"),
        pytest.param((DENIAL,), {"same": 1, "lost": 1}, id="lost"),
        pytest.param(
            (replace(DENIAL, cue=at(TEXT, "any plan")), SAYING),
            {"same": 1, "gained": 1, "lost": 1},
            id="another cue",
        ),
    ],
)
def test_what_is_read_otherwise_is_told(
    found: tuple[Attribution, ...], counts: dict[str, int]
) -> None:
    store(DENIAL, SAYING)

    assert told(again(*found)) == counts


def test_a_new_article_is_not_read_again() -> None:
    result = store(DENIAL)

    assert isinstance(result, StoredDocument)
    assert result.changes is None


def test_a_change_is_told_as_it_was_and_as_it_is() -> None:
    store(DENIAL)

    (change,) = again(replace(DENIAL, act="claim", speaker=OTHER)).examples["changed: act"]

    assert change.quote == Quote.objects.get().pk
    assert change.article == "“Talks”, example.org, 2024-03-05"
    assert str(change.before) == "Ukraine (Ukraine) deny, “denied”: any plan to attack"
    assert str(change.after) == "Anna Bergman (Ukraine) claim, “denied”: any plan to attack"


@pytest.mark.parametrize("status", ["accepted", "corrected", "rejected"])
@pytest.mark.parametrize(
    ("found", "counts"),
    [
        pytest.param((SAYING,), {}, id="read as it stands"),
        pytest.param(
            (replace(SAYING, details=(Detail("hedge", at(TEXT, "any")),)),),
            {},
            id="with more details",
        ),
        pytest.param(
            (replace(SAYING, speaker=Speaker("ANNA BERG", "person", 0.9, "")),),
            {},
            id="its name, written otherwise",
        ),
        pytest.param(
            (replace(SAYING, speaker=Speaker("Berg", "person", 0.9, "name")),),
            {},
            id="another of its names",
        ),
        pytest.param((replace(SAYING, act="warn"),), {"decided, read otherwise": 1}, id="act"),
        pytest.param(
            (replace(SAYING, speaker=OTHER),), {"decided, read otherwise": 1}, id="speaker"
        ),
        pytest.param((replace(SAYING, source=None),), {"decided, read otherwise": 1}, id="spans"),
        pytest.param((), {"decided, not found": 1}, id="not found"),
    ],
)
def test_what_a_person_decided_stays_and_is_told_when_it_is_no_longer_read_so(
    found: tuple[Attribution, ...], counts: dict[str, int], status: str
) -> None:
    store(SAYING)
    Actor.objects.get().names.create(name="Berg")
    Quote.objects.update(status=status)
    before = Quote.objects.values().get()

    assert told(again(*found)) == counts
    assert Quote.objects.values().get() == before


def test_what_a_person_decided_costs_no_query_for_each_quote() -> None:
    def cost(number: int) -> int:
        text = " ".join(f"S{n:02} said c{n:02}." for n in range(number))
        found = [
            attribution(f"S{n:02}", f"S{n:02} said"[4:], f"c{n:02}", text=text)
            for n in range(number)
        ]
        placed = [replace(a, cue=at(text, f"S{n:02} said")) for n, a in enumerate(found)]
        store(*placed, key=f"https://example.org/{number}", text=text)
        Quote.objects.update(status="accepted")
        with CaptureQueriesContext(connection) as queries:
            store(*placed, key=f"https://example.org/{number}", text=text, version="2")
        return len(queries)

    assert cost(3) == cost(20)


# Several articles


def test_the_changes_of_several_articles_are_added_up() -> None:
    total = QuoteChanges()
    for key in ("https://example.org/a", "https://example.org/b"):
        store(DENIAL, SAYING, key=key)
        result = store(replace(DENIAL, act="claim"), ADDING, key=key, version="2")
        assert isinstance(result, StoredDocument)
        total.add(result.changes or QuoteChanges())

    assert total.format_summary() == (
        "Read again, 2 articles: 0 quotes the same, 2 changed (2 act), 2 gained, 2 lost; 2 of 4 addresses kept."
    )
    assert [len(total.examples[sort]) for sort in ("changed: act", "gained", "lost")] == [2, 2, 2]


def test_a_summary_tells_of_what_persons_decided_when_there_is_something_to_tell() -> None:
    store(DENIAL, SAYING)
    Quote.objects.update(status="accepted")

    changes = again(replace(DENIAL, act="claim"))

    assert changes.format_summary() == (
        "Read again, 1 article: 0 quotes the same, 0 changed, 0 gained, 0 lost; 0 of 0 addresses kept. "
        "Quotes that a person decided on stay: 1 would be read otherwise now, 1 not found."
    )


def test_a_report_has_a_few_examples_of_each_sort_and_counts_them_all() -> None:
    changes, of = (
        QuoteChanges(articles=1),
        QuoteReading("Ana Bell", "say", "direct", "said", None, (), ("She", "it *rains*\n<b>")),
    )
    for number in range(EXAMPLES_OF_SORT + 5):
        changes.count_change(QuoteChange(number, "“Rain_”", None, of))

    written = format_changes_report(changes)

    assert f"## Gained: {EXAMPLES_OF_SORT + 5}" in written
    assert written.count("- quote ") == EXAMPLES_OF_SORT
    assert (
        "- quote 0, in “Rain\\_”\n  - after: Ana Bell (She) say, “said”: it \\*rains\\* \\<b\\>"
        in written
    )
    for heading in ("Lost: 0", "Changed: act: 0", "Decided by a person, and not found now: 0"):
        assert f"## {heading}" in written


# The command


def test_unchanged_articles_are_read_again_when_that_is_asked_for() -> None:
    store(DENIAL)

    (passed,) = ingest_documents([document()], lambda document: [DENIAL, SAYING], "1")
    assert isinstance(passed, StoredDocument)
    assert (passed.outcome, passed.changes) == ("unchanged", None)

    (read,) = ingest_documents([document()], lambda document: [DENIAL, SAYING], "1", again=True)
    assert isinstance(read, StoredDocument)
    assert read.changes
    assert (read.outcome, told(read.changes)) == ("updated", {"same": 1, "gained": 1})


def test_the_command_reads_again_and_says_and_writes_what_changed(
    seeds: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (seeds / "bad.txt").unlink()
    call_command("ingest", str(seeds))
    assert "Read again" not in capsys.readouterr().out
    number = Quote.objects.count()
    addresses = set(Quote.objects.values_list("pk", flat=True))
    Quote.objects.filter(cue="told").update(act="warn")

    call_command("ingest", str(seeds), "--again", f"--report={tmp_path / 'report.md'}")

    said = capsys.readouterr().out
    assert "1 changed (1 act), 0 gained, 0 lost; " in said
    assert f"{number} of {number} addresses kept." in said
    assert set(Quote.objects.values_list("pk", flat=True)) == addresses
    written = (tmp_path / "report.md").read_text()
    assert "## Changed: act: 1" in written
    assert "Ruth Okafor (Okafor) warn, “told”:" in written
    assert "Ruth Okafor (Okafor) say, “told”:" in written


@pytest.mark.parametrize("name", ["none/report.md", "folder"])
def test_a_report_that_cannot_be_written_is_named(seeds: Path, name: str) -> None:
    (seeds / "bad.txt").unlink()
    (seeds / "folder").mkdir()

    with pytest.raises(CommandError, match=str(seeds / name)):
        call_command("ingest", str(seeds), f"--report={seeds / name}")


def test_reading_the_same_again_keeps_every_row_as_it_is(seeds: Path, capsys: Any) -> None:
    (seeds / "bad.txt").unlink()
    call_command("ingest", str(seeds))
    before = list(Quote.objects.order_by("pk").values()), Article.objects.values().get()

    call_command("ingest", str(seeds), "--again")

    assert (list(Quote.objects.order_by("pk").values()), Article.objects.values().get()) == before
