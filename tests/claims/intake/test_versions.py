"""An edited article: its quotes stay with their words, or with the version that had them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.extraction.schema import Attribution, Detail, Span, Speaker
from claims.intake.rereading import QuoteChanges, format_changes_report
from claims.intake.storing_articles import StoredDocument
from claims.intake.versions import list_text_versions
from claims.models import Article, Claim, Quote
from tests.claims.intake.test_ingest import at, store

pytestmark = pytest.mark.django_db(transaction=True)

NOON = "It was noon in the harbour, and nobody had slept for two days."
BELL = "Ana Bell said that the bridge is safe, and left the hall."
REZA = "Omar Reza denied that the ferry is late; nobody had asked him."
RAIN = "Rain fell over the town all day, and the harbour was closed."
SAYING = re.compile(r"([A-Z]\w+ [A-Z]\w+) (said|denied|warned) (that [^,;.\n]+)")
STATUSES = ["accepted", "corrected", "rejected"]


def text_of(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


TEXT = text_of(NOON, BELL, REZA, RAIN)


def found(text: str, wanted: Callable[[str], bool] = bool) -> list[Attribution]:
    """What an extractor finds that knows one form of sentence; `wanted` says which contents it is sure enough of."""
    return [
        Attribution(
            source=Span(*saying.span(1)),
            cue=Span(*saying.span(2)),
            contents=(Span(*saying.span(3)),),
            kind="indirect",
            act="deny" if saying[2] == "denied" else "say",
            confidence=0.9,
            speaker=Speaker(saying[1], "person", 0.9, "name"),
        )
        for saying in SAYING.finditer(text)
        if wanted(saying[3])
    ]


def nothing(content: str) -> bool:
    return False


def ingested(
    text: str, wanted: Callable[[str], bool] = bool, version: str = "1", title: str = "Talks"
) -> QuoteChanges:
    result = store(*found(text, wanted), text=text, version=version, title=title)
    assert isinstance(result, StoredDocument), result
    return result.changes or QuoteChanges()


def counts(changes: QuoteChanges) -> dict[str, int]:
    names = ("kept", "moved", "returned", "orphaned", "vanished")
    return {name: changes.counts[name] for name in names if changes.counts[name]}


def quote_of(who: str) -> Quote:
    return Quote.objects.get(source_text=who)


def words_of(quote: Quote) -> list[str]:
    """What its spans select of the text in which it stands."""
    spans = [(quote.source_start or 0, quote.source_end), (quote.cue_start, quote.cue_end)]
    return [
        quote.text[start:end] for start, end in [*spans, *quote.spans.values_list("start", "end")]
    ]


# Decisions


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("again", [bool, nothing], ids=["found again", "not found again"])
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param(text_of(NOON, BELL, RAIN), "kept", id="kept"),
        pytest.param(text_of("New.", RAIN, BELL), "moved", id="moved"),
        pytest.param(text_of(NOON, RAIN), "orphaned", id="gone"),
        pytest.param(
            text_of(NOON, BELL.replace("safe", "unsafe")), "orphaned", id="said otherwise"
        ),
        pytest.param(text_of(NOON, BELL, BELL, REZA), "orphaned", id="twice"),
    ],
)
def test_a_decision_is_kept_moved_or_orphaned_and_never_lost(
    text: str, outcome: str, again: Callable[[str], bool], status: str
) -> None:
    ingested(TEXT)
    Quote.objects.filter(source_text="Ana Bell").update(status=status, act="warn")
    before = quote_of("Ana Bell")

    changes = ingested(text, again, version="2")

    after = Quote.objects.get(pk=before.pk)
    assert changes.counts[outcome] == 1
    assert (after.status, after.act, after.content, after.extractor) == (
        status,
        "warn",
        before.content,
        "1",
    )
    assert words_of(after) == ["Ana Bell", "said", "that the bridge is safe"]
    assert (after.version is None) == (outcome != "orphaned")
    assert after.text == (TEXT if outcome == "orphaned" else text)
    if outcome != "orphaned" or status == "rejected":
        assert (
            not Quote.objects.present().filter(content=before.content).exclude(pk=after.pk).exists()
        )


def test_words_that_are_in_the_article_twice_are_read_anew_and_the_decision_is_on_neither() -> None:
    ingested(TEXT)
    Quote.objects.filter(source_text="Ana Bell").update(status="accepted")

    ingested(text_of(NOON, BELL, BELL, REZA))

    assert Quote.objects.orphaned().get().source_text == "Ana Bell"
    assert Quote.objects.standing().filter(source_text="Ana Bell", status="unreviewed").count() == 2


def test_rejected_words_do_not_come_back_wherever_and_whenever_they_reappear() -> None:
    ingested(TEXT)
    Quote.objects.filter(source_text="Ana Bell").update(status="rejected")
    pk = quote_of("Ana Bell").pk
    orphaned = [text_of(NOON, BELL, BELL, REZA), text_of(BELL, "New.", BELL), text_of(NOON, REZA)]

    for text in [*orphaned, text_of(RAIN, BELL), TEXT, *orphaned]:
        ingested(text)

        assert not Quote.objects.standing().filter(content="that the bridge is safe").exists()
        assert Quote.objects.get(content="that the bridge is safe").pk == pk
        assert Quote.objects.get(pk=pk).version_id is None or text in orphaned


def test_an_orphan_whose_words_come_back_is_in_its_article_again() -> None:
    ingested(TEXT)
    Quote.objects.filter(source_text="Ana Bell").update(status="corrected")
    before = quote_of("Ana Bell")
    ingested(text_of(NOON, REZA))

    changes = ingested(text_of(REZA, BELL))

    after = Quote.objects.get(pk=before.pk)
    assert counts(changes) == {"moved": 1, "returned": 1}
    assert after.version is None
    assert words_of(after) == ["Ana Bell", "said", "that the bridge is safe"]
    assert quote_of("Ana Bell").pk == before.pk


def test_a_decision_made_since_is_not_driven_out_by_an_orphan() -> None:
    ingested(TEXT)
    Quote.objects.filter(source_text="Ana Bell").update(status="rejected")
    first = quote_of("Ana Bell").pk
    ingested(text_of(NOON, REZA))
    Quote.objects.filter(pk=first).update(status="accepted")  # a curator thinks better of it
    ingested(text_of(BELL, RAIN, BELL))
    Quote.objects.present().update(status="corrected")
    second, third = Quote.objects.present().order_by("cue_start")

    ingested(text_of(BELL, RAIN))

    assert {
        quote.pk: quote.version_id is None for quote in Quote.objects.filter(source_text="Ana Bell")
    } == {
        first: False,
        second.pk: True,
        third.pk: False,
    }


def test_quotes_that_change_places_both_move() -> None:
    line = "{} said that it rains today."
    ingested(text_of(line.format("Ana Bell"), NOON, line.format("Eva Bell")))
    Quote.objects.update(status="accepted")
    before = {quote.source_text: (quote.pk, quote.cue_start) for quote in Quote.objects.all()}

    changes = ingested(text_of(line.format("Eva Bell"), NOON, line.format("Ana Bell")))

    after = {quote.source_text: (quote.pk, quote.cue_start) for quote in Quote.objects.all()}
    assert counts(changes) == {"moved": 2}
    assert after["Ana Bell"] == (before["Ana Bell"][0], before["Eva Bell"][1])
    assert after["Eva Bell"] == (before["Eva Bell"][0], before["Ana Bell"][1])


def test_a_detail_moves_with_its_quote_if_its_words_do() -> None:
    ingested(TEXT)
    quote = quote_of("Ana Bell")
    for words in ("left the hall", "nobody had slept"):
        start = TEXT.index(words)
        quote.details.create(role="occasion", start=start, end=start + len(words), text=words)
    Quote.objects.update(status="accepted")

    ingested(text_of(BELL, NOON))

    assert [(detail.text, detail.start) for detail in quote.details.all()] == [
        ("left the hall", BELL.index("left the hall"))
    ]


def test_what_is_where_it_was_is_not_written() -> None:
    ingested(TEXT)
    events = Quote.pgh_event_model.objects.count()  # type: ignore[attr-defined]

    assert counts(ingested(f"{TEXT}\nNew.")) == {"kept": 2}

    assert Quote.pgh_event_model.objects.count() == events  # type: ignore[attr-defined]


# Quotes that nobody decided on


def test_a_quote_that_nobody_decided_on_keeps_its_address_where_its_words_stand_and_is_read_anew() -> (
    None
):
    ingested(TEXT)
    addresses = set(Quote.objects.values_list("pk", flat=True))

    changes = ingested(text_of(REZA, RAIN, BELL), version="2")

    assert counts(changes) == {"moved": 2}
    assert changes.counts["same"] == 2
    assert set(Quote.objects.values_list("pk", flat=True)) == addresses
    assert set(Quote.objects.values_list("extractor", flat=True)) == {"2"}


def test_one_that_is_not_found_where_its_words_stand_is_lost_as_ever() -> None:
    ingested(TEXT)

    changes = ingested(text_of(REZA, RAIN, BELL), lambda content: "ferry" in content)

    assert changes.counts["lost"] == 1
    assert quote_of("Omar Reza").version is None
    assert Quote.objects.count() == 1


def test_one_whose_words_are_gone_stays_with_the_version_that_had_them_until_they_are_found_again() -> (
    None
):
    ingested(TEXT)
    pk = quote_of("Ana Bell").pk

    assert counts(ingested(text_of(NOON, REZA))) == {"moved": 1, "vanished": 1}
    assert quote_of("Ana Bell").text == TEXT
    assert Claim.objects.filter(quotes=pk).exists()

    assert counts(ingested(text_of(NOON, BELL), nothing)) == {
        "vanished": 1
    }  # the words are back, and nobody found them
    assert quote_of("Ana Bell").text == TEXT

    assert counts(ingested(text_of(RAIN, BELL))) == {"returned": 1}
    assert (quote_of("Ana Bell").pk, quote_of("Ana Bell").text) == (pk, text_of(RAIN, BELL))


def test_an_edit_is_told_with_what_is_read_otherwise() -> None:
    ingested(TEXT)
    with_detail = [
        replace(a, details=(Detail("hedge", at(text_of(RAIN, BELL), "safe")),))
        for a in found(text_of(RAIN, BELL))
    ]

    result = store(*with_detail, text=text_of(RAIN, BELL), version="2")

    assert isinstance(result, StoredDocument)
    assert result.changes
    assert result.changes.format_summary() == (
        "Read again, 1 article: 0 quotes the same, 1 changed (1 details), 0 gained, 0 lost; 1 of 1 addresses kept. "
        "Edited since, 1 article: 0 quotes kept where the words stood, 1 moved with their words; no longer there, and kept "
        "with the version that had them: 0 decisions (orphaned) and 1 other quote (vanished)."
    )
    written = format_changes_report(result.changes)
    assert "## Moved with their words, in an article that was edited: 1" in written
    assert "## No longer in the article, and never decided on: 1\n\n- quote " in written
    assert "  - before: Omar Reza (Omar Reza) deny, “denied”: that the ferry is late" in written


# Versions


def test_each_text_is_a_version_once_and_one_that_comes_back_another_sighting() -> None:
    other = text_of(NOON, REZA)
    for text in (TEXT, TEXT, other, TEXT, other, other):
        ingested(text)

    article = Article.objects.get()
    assert [
        (version.text, version.sightings) for version in article.versions.order_by("seen_at")
    ] == [(TEXT, 2), (other, 1)]
    assert [version.text for version in list_text_versions(article)] == [TEXT, other]
    assert [version.key for version in list_text_versions(article)][1] == "now"


def test_the_same_text_under_another_title_is_no_other_version() -> None:
    ingested(TEXT)

    assert ingested(TEXT, title="More talks").edited == 0

    assert Article.objects.get().title == "More talks"
    assert not Article.objects.get().versions.exists()


def test_an_article_without_quotes_has_versions_too() -> None:
    ingested(NOON)

    assert ingested(RAIN).format_summary().startswith("Read again, 1 article: 0 quotes the same")

    assert [version.text for version in Article.objects.get().versions.all()] == [NOON]


def test_the_cost_of_an_edit_does_not_grow_with_the_quotes() -> None:
    def cost(number: int) -> int:
        lines = [f"Speaker N{chr(97 + n)} said that number {n} rains." for n in range(number)]
        key = f"https://example.org/{number}"
        store(*found(text_of(*lines)), text=text_of(*lines), key=key)
        Quote.objects.filter(cue_start__lt=40).update(status="accepted")
        edited = text_of(*lines[1:], NOON, lines[0])
        with CaptureQueriesContext(connection) as queries:
            store(*found(edited), text=edited, key=key, version="2")
        return len(queries)

    assert cost(3) == cost(25)
