"""What readers and curators see of an article that was edited, and of the quotes it no longer has."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Article, Quote
from claims.passages.differences import compare_texts
from claims.search import columns
from claims.search.facets import MatchingQuotes
from tests.claims.admin_client import (
    QUOTES,
    build_form_values,
    correct_quote,
    get_change_address,
    get_page,
    read_form_errors,
)
from tests.claims.intake.test_versions import (
    BELL,
    NOON,
    RAIN,
    REZA,
    TEXT,
    ingested,
    quote_of,
    text_of,
)
from tests.claims.query_strings import read_filters

pytestmark = pytest.mark.django_db(transaction=True)

NOW = text_of(NOON, "Eva Lind warned that the bridge is old <b>.", REZA)


@pytest.fixture
def gone() -> Quote:
    """A decision whose words its article no longer has."""
    ingested(TEXT, title="Talks & more")
    Quote.objects.filter(source_text="Ana Bell").update(status="accepted")
    ingested(NOW, title="Less talk")
    return quote_of("Ana Bell")


def versions(article: Article, query: str = "") -> str:
    return f"/articles/{article.pk}/versions/{query}"


# The quote


def test_a_quote_that_is_gone_says_so_and_shows_the_paragraph_it_stood_in(
    client: Client, gone: Quote
) -> None:
    shown = get_page(client, gone.get_absolute_url())

    assert "The article no longer has these words; they stood in the version seen on" in shown
    assert "and left the hall" in shown
    assert f'href="{versions(gone.article, f"?from={gone.version_id}")}"' in shown
    assert f"{gone.article.get_absolute_url()}#quote-" not in shown
    assert "/report/" not in shown


def test_it_can_be_cited_as_it_stood(client: Client, gone: Quote) -> None:
    shown = client.get(gone.get_absolute_url()).context["citations"]

    for citation in shown[:3]:
        assert "Talks & more" in citation.text
        assert "(version first seen on " in citation.text
    assert gone.version
    assert gone.version.sha256 in shown[3].text
    assert client.get(gone.get_absolute_url()).context["in_original"] == ""


def test_words_that_are_there_twice_are_not_said_to_be_gone(client: Client, gone: Quote) -> None:
    ingested(text_of(BELL, BELL))

    shown = get_page(client, gone.get_absolute_url())

    assert "it no longer tells which of the passages with these words is meant" in shown


def test_no_list_count_or_facet_has_it(client: Client, gone: Quote) -> None:
    assert gone.actor
    for query in (
        "",
        "status=accepted",
        "q=bridge+is+safe",
        f"actor={gone.actor.slug}",
        "status=accepted&q=bridge",
    ):
        filters = read_filters(query)
        total = matching_total(filters)
        assert (
            total
            == filters.quotes().count()
            == client.get(f"/api/v1/quotes/?{query}").json()["count"]
        ), query
        assert total == client.get(f"/?{query}").context["stream"].total, query
        assert gone not in filters.quotes()
    columns._kept.clear()
    assert matching_total(read_filters("")) == Quote.objects.standing().count()
    assert gone.actor.name not in get_page(client, "/actors/")
    assert gone.content not in get_page(client, "/claims/")
    assert f'id="quote-{gone.pk}"' not in get_page(client, gone.article.get_absolute_url())
    assert client.get(f"/quotes/{gone.pk}/report/").status_code == 404


def matching_total(filters: Any) -> int:
    return MatchingQuotes(columns.get_current_columns(), filters).total


def test_the_api_tells_the_version_of_one_that_is_gone(client: Client, gone: Quote) -> None:
    told = client.get(f"/api/v1/quotes/{gone.pk}/").json()["version"]

    assert gone.version
    assert (told["id"], told["sha256"]) == (gone.version_id, gone.version.sha256)
    assert client.get(f"/api/v1/quotes/{quote_of('Omar Reza').pk}/").json()["version"] is None


# The versions


def test_a_reader_is_led_to_what_changed_only_where_something_did(
    client: Client, gone: Quote
) -> None:
    assert versions(gone.article) in get_page(client, gone.article.get_absolute_url())

    Quote.objects.absent().delete()
    gone.article.versions.all().delete()

    assert versions(gone.article) not in get_page(client, gone.article.get_absolute_url())


def test_two_versions_are_compared_by_their_words(client: Client, gone: Quote) -> None:
    shown = get_page(client, versions(gone.article))

    assert "2 versions" in shown
    assert '<del><span class="unseen">[deleted: </span>' in shown
    assert '<ins><span class="unseen">[inserted: </span>' in shown
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert "Talks &amp; more" in shown
    same = get_page(client, versions(gone.article, "?from=now&to=now"))
    assert "These are the same version." in same


@pytest.mark.parametrize("query", ["?from=99999", "?to=x", "?from=now&from=now", "?which=1"])
def test_a_version_that_there_is_none_of_is_told(client: Client, gone: Quote, query: str) -> None:
    response = client.get(versions(gone.article, query))

    assert response.status_code == 200
    assert response.context["problems"]


def test_an_article_that_was_never_edited_has_one_version(client: Client) -> None:
    ingested(TEXT)

    assert "has not changed since" in get_page(client, versions(Article.objects.get()))
    assert client.get("/articles/99999/versions/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TEXT, NOW),
        (TEXT, ""),
        ("", TEXT),
        (TEXT, text_of(RAIN, REZA, NOON)),
        (BELL, BELL.replace("safe", "unsafe")),
    ],
)
def test_a_comparison_has_all_of_both_texts(old: str, new: str) -> None:
    found = compare_texts(old, new)

    for text, other in ((old, "inserted"), (new, "deleted")):
        lines = [
            "".join(piece.text for piece in each.pieces if piece.sort != other) for each in found
        ]
        assert "\n".join(line for line in lines if line) == text


def test_one_word_that_changed_is_one_word_deleted_and_one_inserted() -> None:
    (paragraph,) = compare_texts(BELL, BELL.replace("safe", "unsafe"))

    assert [piece.text for piece in paragraph.pieces if piece.sort != "same"] == ["safe", "unsafe"]


# The curator


def test_a_curator_sees_which_decisions_are_orphaned_and_both_texts(
    curator: Client, gone: Quote
) -> None:
    listed = get_page(curator, f"{QUOTES}?edited=orphaned")
    form = get_page(curator, get_change_address(gone))

    assert "that the bridge is safe" in listed
    assert "that the ferry is late" not in listed
    assert "It does not have these words." in form
    assert "and left the hall" in form
    assert "that the bridge is old &lt;b&gt;" in form
    assert "put it into the article as it is now" in form
    assert "put it into the article as it is now" not in get_page(
        curator, get_change_address(quote_of("Omar Reza"))
    )


def test_a_curator_puts_an_orphan_to_other_words(curator: Client, gone: Quote) -> None:
    source, cue, content = (
        NOW.index(words) for words in ("Eva Lind", "warned", "the bridge is old")
    )
    Quote.objects.present().filter(cue_start=cue).delete()
    spans = {"source_start": source, "source_end": source + 8, "cue_start": cue, "cue_end": cue + 6}
    spans |= {"spans-0-start": content, "spans-0-end": content + 17}

    put = correct_quote(curator, gone, attach="on", **spans)

    assert put.version is None
    assert (put.source_text, put.cue, put.content) == ("Eva Lind", "warned", "the bridge is old")
    assert (put.pk, put.status) == (gone.pk, "corrected")


def test_a_curator_corrects_an_orphan_in_the_text_in_which_it_stood(
    curator: Client, gone: Quote
) -> None:
    corrected = correct_quote(curator, gone, act="warn")

    assert (corrected.act, corrected.version, corrected.content) == (
        "warn",
        gone.version,
        gone.content,
    )


def test_offsets_of_a_text_that_has_changed_meanwhile_are_refused(
    curator: Client, gone: Quote
) -> None:
    quote = quote_of("Omar Reza")
    sent = {
        **build_form_values(quote),
        "seen": curator.get(get_change_address(quote)).context["adminform"].form.initial["seen"],
        "act": "warn",
    }
    ingested(text_of("New.", REZA))

    response = curator.post(get_change_address(quote), sent)

    assert "edited while this page was open" in read_form_errors(response)
    assert quote_of("Omar Reza").act == "deny"
