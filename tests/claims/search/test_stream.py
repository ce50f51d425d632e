"""Which quotes a page shows, in which order, and why."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from claims.models import Quote
from claims.search import columns, stream
from claims.search.facets import MatchingQuotes
from claims.search.stream import QUOTES_PER_PAGE, QuoteStream
from tests.claims.query_strings import read_filters
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def streamed(query: str) -> QuoteStream:
    return stream.build_stream(
        QueryDict(query), read_filters(query, also=stream.PARAMETERS_BESIDE_FILTERS)
    )


def many(number: int) -> None:
    for n in range(number):
        make_quote(content=f"that {n} is safe")


def several_articles() -> None:
    for day in (3, 1, None, 3, 2, None):
        published_on = date(2024, 3, day) if day else None
        article = make_article(
            "Veldania said it rains and added it pours.", published_on=published_on
        )
        for cue, content in (("added", "it pours"), ("said", "it rains")):
            make_quote(article=article, cue=cue, content=content)


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("per_page", [1, 3, 5, 100])
def test_pages_of_any_size_have_the_quotes_in_the_order_of_the_rows(
    order: str, per_page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    several_articles()
    matching = MatchingQuotes(columns.get_current_columns(), read_filters(f"order={order}"))

    shown = [
        pk
        for start in range(0, 12, per_page)
        for pk in stream.list_ids_in_order(matching, start, start + per_page)
    ]

    assert shown == [quote.pk for quote in read_filters(f"order={order}").quotes()]


def test_the_best_come_first_and_those_that_are_not_ranked_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for content, day in (("rain", 9), ("rain and rain and rain", 8), ("rain, rain", 7)):
        make_quote(
            content=content,
            article=make_article(f"Veldania said {content}.", published_on=date(2024, 3, day)),
        )

    assert [q.content for q in streamed("q=rain").quotes] == [
        "rain and rain and rain",
        "rain, rain",
        "rain",
    ]
    monkeypatch.setattr(stream, "MOST_QUOTES_RANKED", 2)
    found = streamed("q=rain")
    assert [q.content for q in found.quotes] == ["rain and rain and rain", "rain", "rain, rain"]
    assert found.ranked


@pytest.mark.parametrize(
    ("page", "shown", "more", "following", "before"),
    [
        pytest.param("", (1, 1), "page=1-2", "page=2", "", id="none asked for"),
        pytest.param("page=1-2", (1, 2), "page=1-3", "page=3", "", id="two together"),
        pytest.param("page=1-3", (1, 3), "", "", "", id="all"),
        pytest.param("page=2", (2, 2), "page=2-3", "page=3", "page=1", id="one in the middle"),
        pytest.param("page=3", (3, 3), "", "", "page=2", id="the last"),
    ],
)
def test_pages_lead_to_more_and_to_those_before_and_after(
    page: str, shown: tuple[int, int], more: str, following: str, before: str
) -> None:
    many(QUOTES_PER_PAGE * 2 + 5)

    found = streamed(page)

    assert (found.pages.first, found.pages.last) == shown
    assert (found.more, found.following, found.before) == (more, following, before)
    assert (
        len(found.quotes)
        == min(shown[1] * QUOTES_PER_PAGE, QUOTES_PER_PAGE * 2 + 5)
        - (shown[0] - 1) * QUOTES_PER_PAGE
    )
    assert found.problems == []


@pytest.mark.parametrize(
    "page", ["0", "x", "2", "1-2", "3-1", "-1", "1-", "99999999999", "١", "1-99999"]
)
def test_a_page_that_there_is_not_is_told(page: str) -> None:
    many(3)

    found = streamed(f"page={page}")

    assert [problem.parameter for problem in found.problems] == ["page"]
    assert len(found.quotes) == 3


def test_so_many_pages_are_shown_together_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "QUOTES_PER_PAGE", 2)
    many(2 * stream.MOST_PAGES_SHOWN + 4)

    assert (
        len(streamed(f"page=1-{stream.MOST_PAGES_SHOWN + 2}").quotes) == 2 * stream.MOST_PAGES_SHOWN
    )
    last = streamed(f"page=1-{stream.MOST_PAGES_SHOWN}")
    assert (last.more, last.following) == ("", f"page={stream.MOST_PAGES_SHOWN + 1}")


# Why


def why(query: str) -> list[tuple[str, list[str]]]:
    (quote,) = streamed(query).quotes
    return quote.why


def test_a_quote_says_by_which_other_form_of_a_word_it_was_found() -> None:
    make_quote(content="the bridges are bridged")

    assert why("q=bridge") == [("has", ["bridges", "bridged"])]
    assert why("q=bridges") == [("has", ["bridged"])]


def test_a_quote_says_by_which_name_it_is_about_somebody() -> None:
    bell = make_actor("Ana Bell", "person", names=("Bell", "Mayor Bell"))
    quote = make_quote(actor="Veldania", content="that Mayor Bell left")
    quote.about.add(bell)

    assert why("about=ana-bell") == [("names", ["Mayor Bell"])]


def test_a_quote_says_what_the_article_calls_its_speaker() -> None:
    make_quote(actor="Veldania", source="Officials in the capital")

    assert why("actor=veldania") == [("said by", ["Officials in the capital"])]
    assert why("act=say") == []


def test_what_is_plain_to_see_is_not_explained() -> None:
    make_quote(actor="Veldania", content="the bridge of Ana Bell")

    assert why("actor=veldania&q=bridge") == []


def test_the_words_that_were_found_are_marked_and_the_rest_is_escaped(client: Client) -> None:
    make_quote(content="the <b>old bridges</b> & the toll")

    page = client.get("/?q=bridge").content.decode()

    assert 'the &lt;b&gt;old <mark class="hit">bridges</mark>&lt;/b&gt; &amp; the toll' in page


def test_a_long_quote_is_cut_where_it_is_long_whatever_is_marked_in_it(client: Client) -> None:
    make_quote(content="bridge " * 200 + "end")

    page = client.get("/?q=bridge").content.decode()

    shown = page.split('class="said">')[1].split("</bdi>")[0]
    assert len(shown.replace('<mark class="hit">', "").replace("</mark>", "")) == 640
    assert shown.endswith("…")


def test_the_paragraph_of_a_quote_is_shown_on_demand(client: Client) -> None:
    article = make_article(
        "It was noon.\nVeldania said the bridge is safe, as it had before.\nRain fell."
    )
    quote = make_quote(article=article)

    shown = client.get(f"/quotes/{quote.pk}/context/").content.decode()

    assert "as it had before" in shown
    assert '<mark class="content">the bridge is safe</mark>' in shown
    assert "Rain fell" not in shown
    assert f'hx-get="/quotes/{quote.pk}/context/"' in client.get("/").content.decode()
    assert client.get("/quotes/999999/context/").status_code == 404


def test_more_quotes_come_without_those_that_are_shown_already(client: Client) -> None:
    many(QUOTES_PER_PAGE + 5)

    part = client.get(
        "/?page=1-2", headers={"HX-Request": "true", "HX-Target": "quotes"}
    ).content.decode()

    assert part.count('class="says"') == 5
    assert f'id="at-{QUOTES_PER_PAGE + 1}"' in part
    assert 'hx-swap-oob="true"' in part
    assert "<html" not in part
    assert 'id="results"' not in part
    assert Quote.objects.count() == QUOTES_PER_PAGE + 5


def test_more_values_of_a_filter_come_by_themselves(client: Client) -> None:
    for number in range(12):
        make_quote(actor=f"Speaker {number:02}")
    headers = {"HX-Request": "true", "HX-Target": "values-actor"}

    every, marks, some = (
        client.get(f"/?more=actor&find={name}", headers=headers).content.decode()
        for name in ("", "...", "speaker")
    )
    one = client.get(
        "/actors/speaker-00/?more=outlet", headers={**headers, "HX-Target": "values-outlet"}
    ).content.decode()

    for part, shown in ((every, 12), (marks, 12), (some, 12), (one, 1)):
        assert part.count("<li>") == shown
        assert 'class="says"' not in part
        assert 'id="find-' not in part
    assert every.lstrip().startswith('<div id="values-actor">')
    assert one.lstrip().startswith('<div id="values-outlet">')


@pytest.mark.parametrize("page", ["/", "/actors/veldania/"])
def test_what_a_page_says_of_its_limits_is_what_the_code_holds_to(
    client: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "QUOTES_PER_PAGE", 2)
    monkeypatch.setattr(stream, "MOST_QUOTES_RANKED", 3)
    many(5)

    whole = client.get(f"{page}?q=safe").content.decode()
    added = client.get(
        f"{page}?page=1-2", headers={"HX-Request": "true", "HX-Target": "quotes"}
    ).content.decode()

    assert "The newest 3 are sorted" in whole
    assert re.findall(r'<li id="at-(\d+)"', whole) == ["1", "2"]
    assert re.findall(r'<li id="at-(\d+)"', added) == ["3", "4"]
