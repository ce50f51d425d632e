"""Citations that others paste: every style complete, no word changed, no doubt lost."""

from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from benchmarks.hostile import measure_seconds
from claims.models import Quote
from claims.pages.citing import (
    build_linked_data,
    build_original_address,
    build_text_fragment,
    format_apa_citation,
    format_chicago_citation,
    format_plain_citation,
)
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

ADDRESS = "https://newsroom.example/quotes/7/"
TEXT = "It was noon. Mayor Ana Bell said the bridge is safe. Rain fell."


def make(
    title: str = "Mayor calms the town", url: str = "https://herald.example/a", **values: Any
) -> Quote:
    article = make_article(TEXT, title=title, url=url, published_on=date(2024, 3, 5))
    values.setdefault("actor", make_actor("Ana Bell", "person"))
    return make_quote(
        article=article, source="Mayor Ana Bell", content="the bridge is safe", **values
    )


def test_what_has_no_date_says_so_in_every_style() -> None:
    quote = make()
    quote.article.published_on = None

    assert (
        "Source: Harbour Herald, “Mayor calms the town”, no date, https://herald.example/a\n"
        in format_plain_citation(quote, ADDRESS)
    )
    assert format_apa_citation(quote) == (
        "Mayor calms the town. (n.d.). Harbour Herald. https://herald.example/a\n"
        "In the text: (Ana Bell, as cited in “Mayor calms the town,” n.d.)"
    )
    assert format_chicago_citation(quote) == (
        "Ana Bell, quoted in “Mayor calms the town,” Harbour Herald, n.d., https://herald.example/a."
    )
    assert "datePublished" not in build_linked_data(quote, ADDRESS)["isPartOf"]


def test_plain_text_has_who_how_what_and_where() -> None:
    assert format_plain_citation(make(), ADDRESS) == (
        "Ana Bell said the bridge is safe.\n"
        "Source: Harbour Herald, “Mayor calms the town”, 5 March 2024, https://herald.example/a\n"
        "https://newsroom.example/quotes/7/"
    )


@pytest.mark.parametrize(
    ("title", "reference", "in_text"),
    [
        (
            "Mayor calms the town",
            "Mayor calms the town. (2024, March 5). Harbour Herald. https://herald.example/a",
            "(Ana Bell, as cited in “Mayor calms the town,” 2024)",
        ),
        (
            "Is the bridge safe?",
            "Is the bridge safe? (2024, March 5). Harbour Herald. https://herald.example/a",
            "(Ana Bell, as cited in “Is the bridge safe?” 2024)",
        ),
    ],
    ids=["a statement", "a question"],
)
def test_apa_begins_with_the_title_of_what_has_no_author(
    title: str, reference: str, in_text: str
) -> None:
    assert format_apa_citation(make(title)) == f"{reference}\nIn the text: {in_text}"


def test_chicago_is_a_note() -> None:
    assert format_chicago_citation(make()) == (
        "Ana Bell, quoted in “Mayor calms the town,” Harbour Herald, March 5, 2024, https://herald.example/a."
    )


def test_an_article_without_an_address_is_cited_without_one() -> None:
    quote = make(url="")

    assert format_apa_citation(quote).startswith(
        "Mayor calms the town. (2024, March 5). Harbour Herald.\n"
    )
    assert format_chicago_citation(quote).endswith("March 5, 2024.")
    assert "url" not in build_linked_data(quote, ADDRESS)["isPartOf"]
    assert build_original_address(quote) == ""


@pytest.mark.parametrize(
    "style",
    [lambda q: format_plain_citation(q, ADDRESS), format_apa_citation, format_chicago_citation],
    ids=["plain", "APA", "Chicago"],
)
def test_a_doubt_goes_into_the_citation(style: Any) -> None:
    assert "Ana Bell (attribution uncertain)" in style(make(actor_confidence=0.5))
    assert "uncertain" not in style(make(actor_confidence=0.5, status="accepted"))
    assert "nidentified speaker (“Mayor Ana Bell”)" in style(make(actor=None))


def test_linked_data_names_no_speaker_who_is_in_doubt() -> None:
    assert build_linked_data(make(), ADDRESS)["creator"] == {"@type": "Person", "name": "Ana Bell"}
    assert "creator" not in build_linked_data(make(actor_confidence=0.5), ADDRESS)
    assert "creator" not in build_linked_data(
        make(actor=make_actor("officials", "unnamed")), ADDRESS
    )


def test_linked_data_credits_nobody_with_what_is_denied() -> None:
    denial = make(act="deny", cue="said")
    inner = make()
    inner.within = denial

    of_denial, of_inner = build_linked_data(denial, ADDRESS), build_linked_data(inner, ADDRESS)

    for data in (of_denial, of_inner):
        assert not {"creator", "creditText"} & set(data)
    assert of_denial["description"].startswith("Ana Bell said")
    assert ", in what Ana Bell denied (" in of_inner["description"]


LONG = "the first words of it and then a great many others until the end of it comes"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("He said the bridge is safe.", "the bridge is safe", "the%20bridge%20is%20safe"),
        ("“The bridge, I say, is safe,” he said.", "“The bridge, I say, is safe,”", "The%20bridge%2C%20I%20say%2C%20is%20safe"),
        ("A well-known fact & more", "well-known fact & more", "well%2Dknown%20fact%20%26%20more"),
        (f"He said {LONG}.", LONG, "the%20first%20words%20of,end%20of%20it%20comes"),
        ("a\nb c d e f g h i", "a\nb c d e f g h", "a%20b%20c%20d,e%20f%20g%20h"),
        ("It rains, Ana said. Omar agreed that it rains", "it rains", "it%20rains"),
        ("The sun shines. He said: the sun shines", "sun shines", "sun%20shines"),
    ],
    ids=["short", "marks around", "marks of the directive", "long", "over a line", "once in this case", "the first of two"],
)  # fmt: skip
def test_a_fragment_finds_the_words(text: str, words: str, expected: str) -> None:
    start = text.index(words)

    found = build_text_fragment(text, start, start + len(words))

    assert found.split("-,")[-1] == expected


def test_words_that_stand_twice_are_told_by_those_before_them() -> None:
    text = "The sun shines. He said now: the sun shines."
    start = text.rindex("sun shines")

    assert (
        unquote(build_text_fragment(text, start, start + len("sun shines")))
        == "said now: the-,sun shines"
    )


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("He said: “", "He said: “", id="the mark that opens the quotation"),
        pytest.param("Rain — Bell said ", "Bell said", id="no word beyond a mark"),
        pytest.param("He said “we heard ", "we heard", id="no mark before the first word"),
        pytest.param("(pre-", "", id="no part of a word"),
        pytest.param("", "", id="no word in the line"),
    ],
)
def test_a_repeated_quotation_is_told_by_whole_words_of_its_line(
    before: str, expected: str
) -> None:
    text = f"the sun shines\n{before}the sun shines"
    start = text.rindex("the sun")

    prefix, _, _ = unquote(build_text_fragment(text, start, len(text))).rpartition("-,")

    assert prefix == expected


def test_a_line_of_spaces_before_a_repeated_quotation_takes_no_time() -> None:
    text = f"the sun shines\nx{' ' * 60_000}“x the sun shines"
    start = text.rindex("the sun")

    took = measure_seconds(lambda: build_text_fragment(text, start, len(text)), 5.0)

    assert took < 5


def test_the_original_is_linked_at_the_words_whatever_fragment_it_had() -> None:
    assert (
        build_original_address(make(url="https://herald.example/a#top"))
        == "https://herald.example/a#:~:text=the%20bridge%20is%20safe"
    )
    assert build_original_address(make(url="javascript:alert(1)")) == ""


def test_linked_data_in_the_page_cannot_be_ended_by_an_article(client: Client) -> None:
    hostile = "</script><script>alert(1)</script>"
    article = make_article(f"Ana Bell said {hostile} today", title=hostile)
    quote = make_quote(article=article, actor="Ana Bell", content=hostile)

    page = client.get(quote.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert r"\u003C/script\u003E\u003Cscript\u003Ealert(1)" in page
