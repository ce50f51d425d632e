"""An article as its reader sees it, and what stands in quotation marks in it without a speaker."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Article, Quote
from claims.pages.article import ArticleReading, build_article_reading
from claims.passages.quotations import (
    QuotationMeter,
    TextWords,
    is_aside_quotation,
    list_outermost_quotations,
    measure_quotations,
)
from tests.factories import make_actor, make_article, make_quote


def reading_of(article: Article) -> ArticleReading:
    return build_article_reading(
        article.text, Quote.objects.standing().filter(article=article).for_reader()
    )


def page_of(client: Client, article: Article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def measured(text: str, *spoken: str) -> QuotationMeter:
    """The meter of a text in which these stretches are content of quotes."""
    words = TextWords(text)
    return measure_quotations(
        text,
        words,
        words.within((text.index(each), text.index(each) + len(each)) for each in spoken),
    )


# Quotation marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('He said "we go now" and left.', ['"we go now"'], id="straight"),
        pytest.param("He said “we go now” and left.", ["“we go now”"], id="curly"),
        pytest.param("Il dit « nous allons » ici.", ["« nous allons »"], id="guillemets"),
        pytest.param(
            "Er sagt „wir gehen jetzt“ und geht.", ["„wir gehen jetzt“"], id="low and high"
        ),
        pytest.param(
            "Er sagt »wir gehen jetzt« und geht.",
            ["»wir gehen jetzt«"],
            id="guillemets that point in",
        ),
        pytest.param(
            "Il dit « un » et « deux » ici.",
            ["« un »", "« deux »"],
            id="what is between guillemets",
        ),
        pytest.param("He said ‘we go now’ and left.", ["‘we go now’"], id="single, curly"),
        pytest.param("He said 'we go now' and left.", ["'we go now'"], id="single, straight"),
        pytest.param(
            "He said “we heard ‘go now’ from her” and left.",
            ["“we heard ‘go now’ from her”"],
            id="single in double",
        ),
        pytest.param(
            "He said ‘we heard “go now” from her’ here.",
            ["‘we heard “go now” from her’"],
            id="double in single",
        ),
        pytest.param("The boys’ ferry and the girls’ bridge.", [], id="possessives"),
        pytest.param("Rock ’n’ roll of the ’70s and ’80s’ best.", [], id="apostrophes"),
        pytest.param("'70s boats and the captains' pay", [], id="a decade"),
        pytest.param('A 12" pipe beside a 14" pipe.', [], id="inches"),
        pytest.param('A slip: "we go on, he said. It rained.', [], id="a mark left open"),
        pytest.param('"We go on.\n"We rest."', ['"We go on.', '"We rest."'], id="over paragraphs"),
        pytest.param("", [], id="no text"),
    ],
)
def test_what_stands_in_quotation_marks_is_found_where_it_is_sure(
    text: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in list_outermost_quotations(text)] == found


@pytest.mark.parametrize(
    ("quotation", "aside"),
    [
        ("“safe”", True),
        ("“law and order”", False),
        ("“state secret,”", True),
        ("“The Long Road to Veldania”", True),
        ("“The long road to Veldania”", False),
        ("“NO MORE WAR”", False),
        ("“We go”", True),
        ("“Call Ana Bell now.”", False),
        ("«هذا كلام غير صحيح»", False),
    ],
)
def test_one_or_two_words_and_titles_are_told_from_speech(quotation: str, aside: bool) -> None:
    assert is_aside_quotation(quotation) is aside


def test_a_quotation_is_attributed_from_half_of_its_words_on() -> None:
    text = "She said “one two three four” and “five six seven eight”."

    found = measured(text, "three four", "eight")

    assert [each.attributed for each in found.counted] == [True, False]
    assert found.attributed == 1
    assert found.share == "38%"
    assert [each.text for each in found.unattributed] == ["“five six seven eight”"]


def test_what_is_perhaps_no_speech_is_left_out_of_the_count_and_told_apart() -> None:
    found = measured("He is “safe” on “The Long Road”, “as far as we know”.")

    assert (found.attributed, len(found.counted)) == (0, 1)
    assert [each.text for each in found.asides] == ["“safe”", "“The Long Road”"]


def test_a_quotation_has_the_number_of_its_paragraph_blank_lines_left_out() -> None:
    found = measured("One.\n\n \nTwo “as far as we know”.\nThree “as long as we can”.")

    assert [each.paragraph for each in found.quotations] == [2, 3]


def test_marks_around_no_word_are_no_quotation() -> None:
    assert measured("He said “…” and “!”.").quotations == ()


def test_a_word_counts_once_however_many_stretches_it_lies_in() -> None:
    words = TextWords("the U.S. won’t sell its well-known ferry")

    assert len(words) == 7
    assert words.within([(0, 13), (4, 20), (4, 8)]) == {0, 1, 2, 3}


# Numbers, names and the margin


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("people", "shorts"),
    [
        pytest.param([("Ana Bell", "Mayor Bell")], ["Bell"], id="surname"),
        pytest.param([("Li Wei", "Mr. Li")], ["Li"], id="as the article has it, the first"),
        pytest.param([("Ana Bell", "she")], ["Ana Bell"], id="a pronoun names nobody"),
        pytest.param(
            [("Ana Bell", "Mayor Bell"), ("Tom Bell", "Tom Bell")],
            ["Ana Bell", "Tom Bell"],
            id="two of a name",
        ),
        pytest.param(
            [("Karl van der Berg", "van der Berg")], ["van der Berg"], id="small words stay"
        ),
    ],
)
def test_a_person_is_called_for_short_what_the_article_calls_them(
    people: list[tuple[str, str]], shorts: list[str]
) -> None:
    article = make_article(
        " ".join(f"{source} said number {at} is safe." for at, (_, source) in enumerate(people))
    )
    for at, (name, source) in enumerate(people):
        make_quote(
            article=article,
            actor=make_actor(name, "person"),
            source=source,
            content=f"number {at} is safe",
        )

    assert [entry.short for entry in reading_of(article).entries] == shorts


@pytest.mark.django_db
def test_each_paragraph_has_its_quotes_in_the_margin_those_within_others_further_in(
    article: Article,
) -> None:
    passages = reading_of(article).passages

    margins = [
        [(note.entry.number, note.entry.short, note.entry.depth) for note in passage.margin]
        for passage in passages
    ]

    assert [passage.number for passage in passages] == [1, 2, 3]
    assert margins == [
        [(1, "Ana Bell", 0), (2, "Omar Reza", 1)],
        [(3, "Veldania", 0)],
        [(4, "one engineer", 0)],
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sure", "status", "told"),
    [(0.6, "unreviewed", 1), (0.9, "unreviewed", 0), (0.6, "accepted", 0)],
)
def test_the_margin_tells_who_is_unsure(
    client: Client, sure: float, status: str, told: int
) -> None:
    article = make_article("He said number one is safe.")
    bell = make_actor("Ana Bell", "person")
    make_quote(
        article=article,
        actor=bell,
        source="He",
        content="number one is safe",
        actor_confidence=sure,
        status=status,
    )

    margin = page_of(client, article).split('<ul class="margin"')[1].split("</ul>")[0]

    assert margin.count('sure">unsure</span>') == told


@pytest.mark.django_db
def test_a_quote_that_goes_on_in_the_next_paragraph_is_continued_in_its_margin() -> None:
    article = make_article("Veldania said: “The bridge is safe.\n“It will stand.”")
    make_quote(article=article, content=("“The bridge is safe.", "“It will stand.”"))

    first, second = reading_of(article).passages

    assert [note.continued for note in first.margin + second.margin] == [False, True]


@pytest.mark.django_db
def test_the_pieces_of_a_text_are_the_text_and_quotations_of_nobody_begin_theirs(
    article: Article,
) -> None:
    passages = reading_of(article).passages

    pieces = [piece for passage in passages for piece in passage.pieces]
    assert "\n".join(
        "".join(piece.segment.text for piece in each.pieces) for each in passages
    ) == article.text.replace("\n\n", "\n")
    opened = [(piece.segment.text, piece.tone) for piece in pieces if piece.opens]
    assert opened == [('"no more than twelve people"', " loose"), ('"Old Ironsides"', "")]


# The page


@pytest.mark.django_db
def test_the_page_shows_who_is_quoted_who_is_not_and_what_is_not_attributed(
    client: Client, article: Article
) -> None:
    make_actor("Harbour Committee", "organization")
    make_quote(
        article=make_article("Veldania accused the Harbour Committee of hiding it.", title="Other"),
        cue="accused",
        content="the Harbour Committee of hiding it",
    )
    quote = Quote.objects.get(cue="accused")

    page, other = page_of(client, article), page_of(client, quote.article)

    assert "2 of 3 passages in quotation marks have a speaker" in page
    assert f'<a href="#quotation-{article.text.index("no more") - 1}">paragraph 2</a>' in page
    assert f'<span id="quotation-{article.text.index("no more") - 1}"></span>' in page
    assert "Talked about, but not heard" not in page
    assert "Talked about, but not heard" in other
    assert '<a href="/?about=harbour-committee" dir="auto">Harbour Committee</a>' in other


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("extractor", "said", "metered"),
    [
        ("", "has not been read for quotes yet", False),
        ("test", "Nobody is quoted in this", True),
    ],
    ids=["not read", "without quotes"],
)
def test_an_article_without_quotes_says_why(
    client: Client, extractor: str, said: str, metered: bool
) -> None:
    page = page_of(
        client, make_article("A sign reads “no more than twelve people”.", extractor=extractor)
    )

    assert said in page
    assert ("0 of 1 passage in quotation marks has a speaker" in page) is metered
    assert 'class="keys"' not in page


@pytest.mark.django_db
def test_an_article_without_a_word_opens(client: Client) -> None:
    assert "0 words" in page_of(client, make_article(""))


@pytest.mark.django_db
def test_hostile_names_and_quotations_are_escaped(client: Client) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    article = make_article(f"Evil {hostile} said it is safe. A sign: “{hostile} as far as I know”.")
    make_quote(article=article, actor=f"Evil {hostile}", content="it is safe")

    page = page_of(client, article)

    assert "<img" not in page
    assert page.count("&lt;img") >= 4


class Shape(HTMLParser):
    """Which elements a page has, each with the names of its attributes; and all its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def shape_with(client: Client, evil: str, named: str) -> Shape:
    """Of the page of an article with a quote in a quote, a loose quotation and somebody unheard, with these words and names."""
    inner = f"the bridge is {evil} safe"
    article = make_article(
        f"Ana {evil} said that Omar {evil} told{evil} her {inner}. A sign reads “{evil} as far as I know”."
    )
    ana, omar, unheard = (
        make_actor(f"{name} {evil}{named}", "person") for name in ("Ana", "Omar", "Eve")
    )
    content = f"Omar {evil} told{evil} her {inner}"
    outer = make_quote(
        article=article, actor=ana, source=f"Ana {evil}", content=content, actor_confidence=0.5
    )
    make_quote(
        article=article,
        actor=omar,
        source=f"Omar {evil}",
        cue=f"told{evil}",
        content=inner,
        within=outer,
    )
    make_quote(
        article=article, actor=None, source=f"Ana {evil}", cue="said that", content=f"her {inner}"
    )
    outer.about.add(unheard)
    return Shape(page_of(client, article))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "evil", ["<img src=x onerror=alert(1)>", "</a></p><script>x</script>", "&lt;b&gt; &"]
)
def test_no_text_makes_an_element_or_an_attribute(client: Client, evil: str) -> None:
    harmless = shape_with(client, "quite", "").elements
    Article.objects.all().delete()

    page = shape_with(client, evil, '" onclick="alert(1)')

    assert page.elements == harmless
    assert page.words.count(evil) >= 12


@pytest.mark.django_db
@pytest.mark.parametrize("quotes", [1, 40])
def test_the_page_takes_four_queries_whatever_it_holds(
    client: Client, quotes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article(" ".join(f"Actor {at} said Other {at} is safe." for at in range(quotes)))
    for at in range(quotes):
        make_actor(f"Other {at}")
        make_quote(article=article, actor=f"Actor {at}", content=f"Other {at} is safe")

    with django_assert_num_queries(4):
        page = page_of(client, article)

    assert f"{quotes} quote" in page
