"""Words that are spelled otherwise than they were asked for, and words that are misspelled."""

import time
from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.models import Actor, Outlet, Word, WordsRead
from claims.models.spelled_query import find_spellings
from claims.models.spelling import fold_word, list_near_keys, list_other_spellings, list_words
from claims.search import suggesting, vocabulary
from claims.search.suggesting import correct_words
from claims.search.vocabulary import count_new_words
from tests.claims.api_client import API, get_json
from tests.claims.query_strings import match_quotes, read_filters
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db


def count_words() -> None:
    assert sum(count_new_words()) >= 0


def total(q: str) -> int:
    filters = read_filters(urlencode({"q": q}))
    number = match_quotes(filters).total
    assert number == filters.quotes().count()
    return number


@pytest.mark.parametrize(
    ("content", "queries"),
    [
        ("she sent an e-mail", ("email", "e-mail", "E‑mail", "e mail")),
        ("she sent an email", ("email", "e-mail", "-mail email", '"an email"')),
        ("COVID-19 is back", ("covid", "Covid-19", "covid19", "coronavirus", "covid 19")),
        ("the coronavirus is back", ("covid", "COVID-19", "coronavirus")),
        ("covid is back", ("covid-19", "coronavirus")),
        ("Erdoğan is right", ("erdogan", "Erdoğan", "ERDOGAN", '"erdogan is right"')),
        ("Erdogan is right", ("Erdoğan",)),
        ("Søren of Łódź came", ("soren", "lodz", "Søren Łódź")),
        ("Pat O’Brien left", ("O'Brien", "O’Brien", "obrien", "OBrien", '"pat o\'brien"')),
        ("Pat OBrien left", ("O'Brien", "O’Brien")),
        ("the anti-war movement", ("antiwar", "anti-war", "anti war", "antiwar movement")),
        ("the antiwar movement", ("anti-war", "anti war", "anti war movement")),
        ("the colour of labour", ("color", "labor colour", "colour")),
        ("they organize the defense", ("organise defence", "organise", "defense")),
        ("the U.S. left", ("us", "US", "U.S.")),
    ],
)
def test_a_word_is_found_however_it_is_spelled(content: str, queries: tuple[str, ...]) -> None:
    make_quote(content=content)
    make_quote(content="the bridge is safe")
    count_words()

    assert {q: total(q) for q in queries} == dict.fromkeys(queries, 1)


@pytest.mark.parametrize("q", ["-email", "well", "hell", "shell -erdogan bridge", "-covid-19 mail"])
def test_no_other_word_is_found_for_its_spelling(q: str) -> None:
    make_quote(
        content="we’ll say that he’ll go and she’ll stay, said the e-mail of Erdoğan on covid"
    )
    count_words()

    assert total(q) == 0


def test_a_spelling_is_marked_and_told_among_the_results(client: Client) -> None:
    make_quote(content="the anti-war movement")
    count_words()

    page = client.get("/?q=antiwar").content.decode()

    assert '<mark class="hit">anti' in page


def test_words_are_taken_from_texts_as_they_are_spelled() -> None:
    words = list_words("O’Brien’s e‑mail didn’t say “Łódź’s” 5-year plan: " + "x" * 41)

    assert words == ["o'brien", "e-mail", "did", "say", "łódź", "5-year", "plan"]
    assert [fold_word(word) for word in words] == [
        "obrien",
        "email",
        "did",
        "say",
        "lodz",
        "5year",
        "plan",
    ]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("harbour", "harbor"),
        ("coloured", "colored"),
        ("organisation", "organization"),
        ("analysed", "analyzed"),
        ("travelled", "traveled"),
        ("fueled", "fuelled"),
        ("theatres", "theaters"),
        ("dialogue", "dialog"),
        ("programme", "program"),
        ("skeptics", "sceptics"),
    ],
)
def test_both_englishes_are_one(word: str, other: str) -> None:
    assert other in list_other_spellings(word)
    assert word in list_other_spellings(other)


# Lists of actors and outlets


@pytest.mark.parametrize(
    "text", ["O'Brien", "O’Brien", "obrien", "OBRIEN", "Zoe", "Zoë o", "oë O’B"]
)
def test_accents_and_apostrophes_do_not_matter_in_lists(client: Client, text: str) -> None:
    actor = make_actor("Zoë O’Brien", "person")
    make_quote(actor=actor, content="it is so")
    outlet = make_outlet("Zoë O’Brien’s Post")
    make_article(outlet=outlet)

    assert list(Actor.objects.called(text)) == [actor]
    assert list(Outlet.objects.called(text)) == [outlet]
    assert [
        row["slug"]
        for row in get_json(client, f"{API}/actors/?{urlencode({'q': text})}")["results"]
    ] == [actor.slug]


@pytest.mark.parametrize("text", ["O'Br", "obr", "brien", "Zoe", "zoë o", "o’brien ZO"])
def test_accents_and_apostrophes_do_not_matter_to_the_beginnings_of_names(text: str) -> None:
    actor = make_actor("Zoë O’Brien", "person")
    make_actor("Ana Bell", "person")
    outlet = make_outlet("Zoë O’Brien Post")

    assert list(Actor.objects.beginning_with(text)) == [actor]
    assert list(Outlet.objects.beginning_with(text)) == [outlet]


@pytest.mark.parametrize(
    "text", ["'", "''':*", "\\", "a\\'b", "&|!()<->:*", "🦊", "-", "the", "%_"]
)
def test_no_mark_in_a_name_is_an_operator(text: str) -> None:
    make_actor("Zoë O’Brien", "person")

    for rows in (Actor.objects, Outlet.objects):
        assert list(rows.called(text)) == list(rows.called(text))
        assert isinstance(list(rows.beginning_with(text)), list)


@pytest.mark.parametrize("text", ["...", "… –— ''", '"..."', ""])
def test_marks_alone_are_no_beginning_of_a_name(text: str) -> None:
    make_actor("Zoë O’Brien", "person")
    make_outlet("Zoë O’Brien Post")

    for rows in (Actor.objects, Outlet.objects):
        assert not list(rows.beginning_with(text))
    assert not list(Actor.objects.meant_by(text))


# Did you mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment", "government"),
        ("govenrment", "government"),
        ("zelensky", "zelenskyy"),
        ("Timoschenko", "tymoshenko"),
        ("the goverment of -veldnaia", "the government of -veldania"),
        ('"goverment fell"', '"government fell"'),
        ("government", "government"),
        ("bridge or goverment", "bridge or government"),
        ("xyzzyq", "xyzzyq"),
        ("fel", "fel"),
    ],
)
def test_a_misspelled_word_is_corrected(typed: str, meant: str) -> None:
    make_quote(content="the government fell and the bridge fell")
    make_actor("Volodymyr Zelenskyy", "person")
    make_actor("Yulia Tymoshenko", "person")
    make_article(title="Veldania votes")
    count_words()

    assert correct_words(typed) == meant


def test_other_words_are_offered_only_where_they_find_more(client: Client) -> None:
    for number in range(8):
        make_quote(content=f"the government fell {number} times")
    make_quote(content="the goverment stands")
    make_actor("Goverman", "person")
    count_words()

    assert offered(client, "goverment") == ("government", 8)
    assert offered(client, "government") is None
    assert offered(client, "governman") is None  # only a name is near, of whom there is no quote
    page = client.get("/?q=goverment").content.decode()
    assert '<mark class="hit">goverment</mark> stands' in page  # nothing is changed by itself
    assert "Did you mean" in page


def offered(client: Client, q: str) -> tuple[str, int] | None:
    stream = client.get("/", {"q": q}).context["stream"]
    suggestion = stream.suggestion
    if suggestion is None:
        return None
    assert match_quotes(read_filters(suggestion.query)).total == suggestion.total
    return suggestion.q, suggestion.total


# Words are counted


def test_words_are_counted_once_a_row_and_only_those_that_are_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vocabulary, "ROWS_AT_ONCE", 2)
    for content in ("the ferry, the ferry", "a ferry", "no ferry"):
        make_quote(content=content)
    count_words()
    make_quote(content="one ferry more")

    count_words()

    assert Word.objects.get(word="ferry").uses == 4
    assert sum(count_new_words()) == 0
    assert set(WordsRead.objects.values_list("kind", flat=True)) == {"content", "title", "name"}


def test_near_words_share_a_key_and_long_ones_have_few() -> None:
    near = set(list_near_keys("government"))

    for typed in ("goverment", "govenrment", "governmant", "governnment", "overnment"):
        assert near & set(list_near_keys(typed)), typed
    assert len(list_near_keys("x" * 200, deepest=2)) == 1
    assert len(list_near_keys("abcdefghijklmnopqrstuvwx", deepest=2)) <= 301


@pytest.mark.parametrize(
    "q",
    [
        "-" * 20 + "'" * 400,
        "a-b'" * 120,
        " ".join("ab" for _ in range(160)),
        "e-" * 240 + "mail",
        "’" * 500,
        "ß" * 500,
        "ﷺ" * 500,
        "\\' & ! | <-> :*",
        "é" * 40 + " " + "l'" * 200,
    ],
)
def test_no_words_take_long_or_fail(client: Client, q: str) -> None:
    make_quote(content="the bridge is safe")
    count_words()

    began = time.process_time()
    for where in ("", "&where=title&where=speaker&where=article&where=words"):
        assert client.get(f"/?{urlencode({'q': q})}{where}").status_code == 200
    assert time.process_time() - began < 5
    assert len(find_spellings(q)) <= 80
    assert suggesting.correct_words(q)
