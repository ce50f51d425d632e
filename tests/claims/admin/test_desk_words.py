"""Limits, splitting and adding by plain forms, in which the words of the parts are typed."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from claims.models import Article, Quote
from tests.claims.admin_client import get_page, read_hidden_fields
from tests.claims.desk_client import (
    DESK,
    SPOKEN,
    decide_quote,
    dump_decision_rows,
    make_doubtful,
    read_desk_message,
    send_undo,
)
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote() -> Quote:
    return make_doubtful()


def build_address(quote: Quote, what: str) -> str:
    return f"{DESK}{quote.pk}/words/{what}/"


def send_words(client: Client, quote: Quote, what: str, **words: str) -> Any:
    """Send words from the page as it is now; return the response."""
    response = client.post(
        build_address(quote, what),
        {**read_hidden_fields(client.get(build_address(quote, what))), **words},
    )
    connection.check_constraints()
    return response


def read_texts(quote: Quote) -> tuple[str, str, str]:
    stored = Quote.objects.get(pk=quote.pk)
    return stored.source_text, stored.cue, stored.content


def test_limits_are_adjusted_by_words(curator: Client, quote: Quote) -> None:
    response = send_words(
        curator, quote, "spans", source="Veldania", cue="said", contents="built in May\nis safe"
    )

    assert response.status_code == 302
    assert read_texts(quote) == ("Veldania", "said", "built in May … is safe")


def test_the_form_begins_with_the_words_as_they_are_and_knows_where_they_stand(
    curator: Client, quote: Quote
) -> None:
    assert SPOKEN.count("said") > 1
    shown = get_page(curator, build_address(quote, "spans"))
    for part in ('value="Veldania"', 'value="said"', "The bridge\nis safe</textarea>"):
        assert part in shown

    response = send_words(
        curator, quote, "spans", source="Veldania", cue="said", contents="The bridge\nis safe"
    )

    assert response.status_code == 302
    assert Quote.objects.get(pk=quote.pk).cue_start == quote.cue_start


def test_a_quote_is_split_by_words_and_that_is_undone(curator: Client, quote: Quote) -> None:
    before = dump_decision_rows()

    response = send_words(
        curator, quote, "split", source="Ana Bell", cue="denied", contents="is safe"
    )

    assert response.status_code == 302, read_desk_message(response)
    assert read_texts(quote) == ("Veldania", "said", "The bridge")
    assert read_texts(Quote.objects.exclude(pk=quote.pk).get()) == ("Ana Bell", "denied", "is safe")
    send_undo(curator)
    assert dump_decision_rows() == before


def test_a_missed_quote_is_added_by_words(curator: Client, quote: Quote) -> None:
    response = send_words(
        curator, quote, "add", source="Ana Bell", cue="denied", contents="built in May", act="deny"
    )

    added = Quote.objects.exclude(pk=quote.pk).get()
    assert response["Location"] == f"{DESK}{added.pk}/"
    assert (*read_texts(added), added.act, added.status) == (
        "Ana Bell",
        "denied",
        "built in May",
        "deny",
        "accepted",
    )


def test_words_in_several_places_are_chosen_among_and_never_guessed(
    curator: Client, quote: Quote
) -> None:
    words = {"source": "Veldania", "cue": "said", "contents": "the ferry is late", "act": "warn"}
    before = dump_decision_rows()

    asked = send_words(curator, quote, "add", **words)

    assert asked.status_code == 422
    assert dump_decision_rows() == before
    assert "Source: the words “Veldania” stand in 2 places: choose one below." in read_desk_message(
        asked
    )
    assert "Cue: the words “said” stand in 2 places: choose one below." in read_desk_message(asked)
    shown = asked.content.decode()
    places = {
        role: f"{SPOKEN.rindex(word)}-{SPOKEN.rindex(word) + len(word)}"
        for role, word in list(words.items())[:2]
    }
    for role, place in places.items():
        assert shown.index(f'name="at-{role}-1" value="{place}"') == shown.index(
            f'name="at-{role}-1"'
        )  # the nearest is first
    chosen = {f"at-{role}-1": place for role, place in places.items()}
    response = send_words(curator, quote, "add", **words, **chosen)
    assert response.status_code == 302
    added = Quote.objects.exclude(pk=quote.pk).get()
    assert (added.source_start, added.cue_start) == (
        SPOKEN.rindex("Veldania"),
        SPOKEN.rindex("said"),
    )


@pytest.mark.parametrize(
    ("what", "words", "why"),
    [
        (
            "spans",
            {"cue": "sang", "contents": "is safe"},
            "Cue: the words “sang” stand nowhere in the article.",
        ),
        (
            "add",
            {"cue": "denied", "contents": "is  unsafe"},
            "Content: the words “is unsafe” stand nowhere in the article.",
        ),
        ("add", {"cue": "denied", "contents": " "}, "Give the content: what is said."),
        ("split", {"cue": "", "contents": "is safe"}, "Give the cue: the reporting words."),
        (
            "split",
            {"cue": "denied", "contents": "The bridge\nis safe"},
            "Nothing of the content would be left",
        ),
        (
            "spans",
            {"cue": "said", "contents": "The bridge\nbridge, built"},
            "Two parts of the content overlap.",
        ),
        (
            "add",
            {"cue": "denied", "contents": "it", "act": "sing"},
            "Choose the act from the list.",
        ),
    ],
)
def test_what_cannot_be_is_told_keeps_what_was_typed_and_writes_nothing(
    curator: Client, quote: Quote, what: str, words: dict[str, str], why: str
) -> None:
    before = dump_decision_rows()

    response = send_words(curator, quote, what, **words)

    assert response.status_code == 422
    assert why in read_desk_message(response)
    assert f">{words['contents']}</textarea>" in response.content.decode()
    assert dump_decision_rows() == before


def test_words_for_a_quote_that_was_changed_meanwhile_are_refused_with_what_changed(
    curator: Client, quote: Quote
) -> None:
    open_page = read_hidden_fields(curator.get(build_address(quote, "split")))
    decide_quote(curator, quote, "act", act="deny")
    before = dump_decision_rows()

    response = curator.post(
        build_address(quote, "split"), {**open_page, "cue": "denied", "contents": "is safe"}
    )

    assert response.status_code == 409
    assert "act: say → deny" in read_desk_message(response)
    assert dump_decision_rows() == before


@pytest.mark.parametrize(("pk", "what"), [(0, "spans"), (None, "accept")])
def test_there_is_no_page_for_another_quote_or_work(
    curator: Client, quote: Quote, pk: int | None, what: str
) -> None:
    number = quote.pk if pk is None else pk

    assert curator.get(f"{DESK}{number}/words/{what}/").status_code == 404


@pytest.mark.parametrize("what", ["split", "add"])
def test_to_make_a_quote_needs_a_permission_of_its_own(
    staff: Callable[..., Client], quote: Quote, what: str
) -> None:
    browser = staff("view_quote", "change_quote")

    assert browser.get(build_address(quote, what)).status_code == 403
    assert (
        browser.post(
            build_address(quote, what), {"cue": "denied", "contents": "is safe"}
        ).status_code
        == 403
    )
    assert browser.get(build_address(quote, "spans")).status_code == 200
    assert Quote.objects.count() == 1


# A quotation of the reader's meter


QUIET = 'It was noon. "We will not pay for this bridge again," Ana Bell wrote in May. Nobody else spoke.'


def test_a_quotation_that_no_quote_covers_is_added_from_the_readers_meter(curator: Client) -> None:
    article = make_article(QUIET)
    before = dump_decision_rows()
    reader = get_page(curator, article.get_absolute_url())
    (link,) = re.findall(r'href="(/admin/claims/quote/missed/[^"]+)"', reader)

    form = curator.get(unescape(link))
    assert (
        "We will not pay for this bridge again"
        in form.content.decode().split("<textarea")[1].split("</textarea>")[0]
    )
    contents = "We will not pay for this bridge again"
    sent = {
        **read_hidden_fields(form),
        "source": "Ana Bell",
        "cue": "wrote",
        "contents": contents,
        "act": "deny",
    }
    response = curator.post(f"/admin/claims/quote/missed/{article.pk}/", sent)

    quote = Quote.objects.get()
    assert response["Location"] == f"{DESK}{quote.pk}/"
    assert (quote.source_text, quote.cue, quote.content, quote.act) == (
        "Ana Bell",
        "wrote",
        contents,
        "deny",
    )
    assert "/quote/missed/" not in get_page(curator, article.get_absolute_url())
    send_undo(curator)
    assert dump_decision_rows() == before


def test_readers_are_not_asked_to_add_quotes(client: Client) -> None:
    assert "/quote/missed/" not in get_page(client, make_article(QUIET).get_absolute_url())


def test_a_missed_quote_of_a_text_that_was_edited_meanwhile_is_refused(curator: Client) -> None:
    article = make_article(QUIET)
    missed_address = f"/admin/claims/quote/missed/{article.pk}/"
    open_page = read_hidden_fields(curator.get(missed_address))
    Article.objects.filter(pk=article.pk).update(text=f"Rain fell. {QUIET}")

    response = curator.post(
        missed_address, {**open_page, "cue": "wrote", "contents": "Nobody else spoke", "act": "say"}
    )

    assert response.status_code == 409
    assert "was edited while this page was open" in read_desk_message(response)
    assert not Quote.objects.exists()
    assert curator.get("/admin/claims/quote/missed/0/").status_code == 404
