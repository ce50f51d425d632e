"""The overview: every number on it is the total of the page that its link leads to."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.extraction.schema import ACTS, KINDS, Act
from claims.pages.overview import BARS_OF_ACTOR, Overview, build_overview
from claims.pages.overview_tables import ACCUSATION_ROWS_SHOWN, OverviewTable
from tests.claims import query_strings
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

PEOPLE = ["Ana Bell", "Omar Reza", "Veldania", "Rui Tavares", "Northern Union"]
HOSTILE = "<script>alert('said')</script>"


def overview(query: str = "") -> Overview:
    return build_overview(query_strings.read_filters(query))


def populate(rng: random.Random, quotes: int = 120) -> None:
    """Quotes that differ in everything; some accuse, some name two, some are of unnamed or unknown speakers, or rejected."""
    for name in PEOPLE:
        make_actor(name)
    official = make_actor("one official", "unnamed")
    accusing: list[Act] = ["accuse"] * 5
    for number in range(quotes):
        who = rng.choice([*PEOPLE, official, None])
        source = who if isinstance(who, str) else "one official" if who else "Somebody"
        content = f"that {' and '.join(rng.sample(PEOPLE, rng.randint(0, 2)))} knew of {number}"
        article = make_article(
            f"{source} said {content}.",
            outlet=rng.choice(["Harbour Herald", "Northern Wire", "Evening Post"]),
            published_on=date(2023, 1, 1) + timedelta(rng.randrange(500)),
        )
        make_quote(
            actor=who,
            source=source,
            article=article,
            content=content,
            act=rng.choice([*ACTS, *accusing]),
            kind=rng.choice(KINDS),
            status=rng.choice(["unreviewed", "accepted", "rejected"]),
        )


def accuse(actor: str | None, content: str, act: Act = "accuse") -> None:
    source = actor or "Somebody"
    make_quote(
        actor=actor,
        source=source,
        content=content,
        act=act,
        article=make_article(f"{source} said {content}."),
    )


class Links(HTMLParser):
    """The links of a page by their addresses, each with its text; those of bars have it as their title."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.address: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address = dict(attributes).get("href") or ""
            self.found.append((self.address, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.address = None

    def handle_data(self, data: str) -> None:
        if self.address is not None:
            address, text = self.found.pop()
            self.found.append((address, text + data))


def number_in(text: str) -> int:
    """The last number of a text: “Quarter: 12”, “1,204 quotes”."""
    digits = [word.replace(",", "") for word in text.split() if word.replace(",", "").isdigit()]
    return int(digits[-1])


# Every number is true


@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=ana-bell",
        "actor=unknown&actor=omar-reza",
        "outlet=northern-wire&since=2023-03-05&until=2023-11-20",
        "about=veldania&about=omar-reza",
        "act=accuse&act=deny&status=accepted",
        "speaker=unknown",
        "speaker=named&q=knew",
    ],
)
def test_every_number_is_the_total_of_the_page_that_it_leads_to(
    client: Client, keep_columns: Callable[[], None], query: str
) -> None:
    """Of the pages of quotes every tenth is asked for; that each shows the total of its filters is in `test_columns.py`."""
    populate(random.Random(11))
    keep_columns()
    page = client.get(f"/overview/?{query}").content.decode()
    counts = [(address, text) for address, text in Links(page).found if "Remove" not in text]
    to_quotes = [
        (a, text)
        for a, text in counts
        if urlsplit(a).path == "/" and text not in ("Newsroom", "Quotes")
    ]
    within = [(address, text) for address, text in counts if address.startswith("?")]

    for address, text in to_quotes:
        filters = query_strings.read_filters(urlsplit(address).query)
        assert number_in(text) == query_strings.match_quotes(filters).total > 0, (address, text)
        assert filters.problems == (), address
    for address, text in to_quotes[::10]:
        assert number_in(text) == client.get(address).context["stream"].total, (address, text)
    for address, text in within:
        assert number_in(text) == client.get(f"/overview/{address}").context["overview"].total, (
            address,
            text,
        )

    assert len({address for address, _ in to_quotes}) > 20, query


def cells(table: OverviewTable) -> dict[tuple[str, str], int]:
    """The numbers of a table that are not 0, by the names of row and column."""
    return {
        (line.name.label, head.label): cell.count
        for line in table.lines
        for head, cell in zip(table.heads, line.cells, strict=True)
        if cell.count
    }


# Who is quoted most


def test_actors_stand_by_how_much_they_are_quoted_and_unknown_speakers_after_them() -> None:
    for actor in (None, "Omar Reza", None, "Ana Bell", "Ana Bell", None):
        make_quote(actor=actor)

    trends = overview().trends

    assert [(trend.name.label, trend.quotes.count, trend.quotes.share) for trend in trends] == [
        ("Ana Bell", 2, "33%"),
        ("Omar Reza", 1, "17%"),
        ("Unknown speaker", 3, "50%"),
    ]


def test_the_share_of_a_chosen_actor_is_of_everybodys_quotes() -> None:
    for actor in ("Ana Bell", "Omar Reza", "Omar Reza", None):
        make_quote(actor=actor)

    (trend,) = overview("actor=ana-bell").trends

    assert trend.quotes.share == "25%"


def test_the_bars_of_all_actors_stand_for_the_same_days() -> None:
    for actor, day in (
        ("Ana Bell", date(2024, 1, 5)),
        ("Omar Reza", date(2024, 1, 9)),
        ("Omar Reza", date(2024, 1, 9)),
    ):
        make_quote(
            actor=actor, article=make_article(f"{actor} said the bridge is safe.", published_on=day)
        )

    first, second = (trend.over_time.bars for trend in overview().trends)

    assert [bar.since for bar in first] == [bar.since for bar in second]
    assert ([bar.count for bar in first], [bar.count for bar in second]) == (
        [0, 0, 0, 0, 2],
        [1, 0, 0, 0, 0],
    )


def test_years_of_news_have_no_more_bars_than_can_be_told_apart() -> None:
    for day in (date(2012, 1, 5), date(2024, 1, 9)):
        make_quote(article=make_article("Veldania said the bridge is safe.", published_on=day))

    (trend,) = overview().trends

    assert len(trend.over_time.bars) <= BARS_OF_ACTOR


def test_the_actors_most_quoted_are_offered_whoever_is_chosen() -> None:
    for actor in ("Ana Bell", "Ana Bell", "Omar Reza", None):
        make_quote(actor=actor)

    choices = overview("actor=omar-reza&act=say").choices

    assert [(each.label, each.count, each.selected, each.query) for each in choices] == [
        ("Everybody", 4, False, "act=say"),
        ("Ana Bell", 2, False, "actor=ana-bell&act=say"),
        ("Omar Reza", 1, True, "actor=omar-reza&act=say"),
    ]


# Acts by outlet


def test_outlets_are_compared_by_the_acts_that_they_use_of_one_actor() -> None:
    said: list[tuple[str, str, Act]] = [
        ("Harbour Herald", "Ana Bell", "say"),
        ("Harbour Herald", "Ana Bell", "claim"),
        ("Northern Wire", "Ana Bell", "say"),
        ("Northern Wire", "Omar Reza", "claim"),
    ]
    for outlet, actor, act in said:
        make_quote(
            actor=actor,
            act=act,
            article=make_article(f"{actor} said the bridge is safe.", outlet=outlet),
        )

    acts = overview("actor=ana-bell").acts

    assert cells(acts) == {
        ("Harbour Herald", "say"): 1,
        ("Harbour Herald", "claim"): 1,
        ("Northern Wire", "say"): 1,
    }
    assert [cell.share for cell in acts.lines[0].cells] == ["50%", "50%"]
    assert [cell.count for cell in acts.whole.cells] == [2, 1]


def test_an_act_that_an_outlet_uses_more_than_others_stands_out() -> None:
    for outlet, act in (
        [("Harbour Herald", "say")] * 5
        + [("Harbour Herald", "claim")]
        + [("Northern Wire", "claim")] * 5
    ):
        article = make_article("Veldania said the bridge is safe.", outlet=outlet)
        make_quote(act=act, article=article)  # type: ignore[arg-type]

    lines = {line.name.label: [cell.tone for cell in line.cells] for line in overview().acts.lines}

    assert lines == {"Harbour Herald": [1, 0], "Northern Wire": [0, 1]}


def test_outlets_that_are_not_shown_are_counted_in_the_first_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("claims.pages.overview_tables.OUTLET_ROWS_SHOWN", 1)
    for outlet in ("Harbour Herald", "Northern Wire", "Harbour Herald", "Evening Post"):
        make_quote(
            actor=None,
            source="She",
            article=make_article("She said the bridge is safe.", outlet=outlet),
        )

    made = overview()

    for table in (made.acts, made.sources):
        assert [(line.name.label, line.total.count) for line in table.lines] == [
            ("Harbour Herald", 2)
        ]
        assert (table.whole.total.count, table.more) == (4, 2)
    assert [cell.count for cell in made.acts.whole.cells] == [4]


# Who accuses whom


def test_an_accusation_counts_for_everyone_whom_its_words_name() -> None:
    for name in PEOPLE:
        make_actor(name)
    accuse("Ana Bell", "that Omar Reza lied")
    accuse("Ana Bell", "that Omar Reza and Veldania hid the bill")
    accuse("Omar Reza", "that it rained")
    accuse("Omar Reza", "that Ana Bell is late", act="say")

    table = overview().accusations

    assert cells(table) == {("Ana Bell", "Omar Reza"): 2, ("Ana Bell", "Veldania"): 1}
    assert [(line.name.label, line.total.count) for line in table.lines] == [("Ana Bell", 2)]
    assert (table.whole.total.count, [cell.count for cell in table.whole.cells]) == (3, [2, 1])


def test_accusers_without_a_name_are_one_row_and_the_last() -> None:
    make_actor("Veldania")
    for _ in range(3):
        accuse(None, "that Veldania lied")
    make_quote(
        actor=make_actor("one official", "unnamed"), content="that Veldania lied", act="accuse"
    )
    accuse("Ana Bell", "that Veldania lied")

    table = overview().accusations

    assert [(line.name.label, line.cells[0].count) for line in table.lines] == [
        ("Ana Bell", 1),
        ("Unnamed or unknown speaker", 4),
    ]


def test_nobody_is_left_out_of_the_row_of_the_nameless_by_many_accusers() -> None:
    make_actor("Veldania")
    for number in range(ACCUSATION_ROWS_SHOWN + 3):
        for _ in range(2):
            accuse(f"Speaker {number}", "that Veldania lied")
    accuse(None, "that Veldania lied")

    lines = overview().accusations.lines

    assert len(lines) == ACCUSATION_ROWS_SHOWN + 1
    assert lines[-1].cells[0].count == 1


def test_who_is_asked_about_is_the_only_one_accused() -> None:
    for name in PEOPLE:
        make_actor(name)
    accuse("Ana Bell", "that Omar Reza and Veldania hid the bill")

    table = overview("about=veldania").accusations

    assert [head.label for head in table.heads] == ["Veldania"]
    assert "about=veldania" in table.lines[0].cells[0].query
    assert "omar-reza" not in table.lines[0].cells[0].query


# Sources without a name


def test_outlets_are_compared_by_their_sources_without_a_name() -> None:
    official = make_actor("one official", "unnamed")
    bell = make_actor("Ana Bell")
    said = [
        ("Harbour Herald", official),
        ("Harbour Herald", None),
        ("Harbour Herald", bell),
        ("Northern Wire", bell),
    ]
    for outlet, who in said:
        article = make_article("She said the bridge is safe.", outlet=outlet)
        make_quote(actor=who, source="She", article=article)

    sources = overview().sources

    assert cells(sources) == {
        ("Harbour Herald", "unnamed"): 1,
        ("Harbour Herald", "unknown"): 1,
        ("Harbour Herald", "either"): 2,
    }
    assert [cell.share for cell in sources.lines[0].cells] == ["33%", "33%", "67%"]


# The page


@pytest.mark.parametrize("quotes", [15, 60])
def test_the_overview_takes_few_queries_whatever_there_is(
    quotes: int,
    client: Client,
    keep_columns: Callable[[], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    populate(random.Random(3), quotes)
    keep_columns()

    with django_assert_num_queries(
        4
    ):  # the slugs asked for, actors, outlets, the figure beside the total
        client.get("/overview/?actor=ana-bell&since=2023-01-01")


def test_names_are_shown_as_they_are_written_and_never_run(client: Client) -> None:
    make_actor(HOSTILE)
    article = make_article(f"{HOSTILE} said that {HOSTILE} lied.", outlet=HOSTILE)
    make_quote(
        actor=HOSTILE, content=f"that {HOSTILE} lied", act="accuse", article=article, kind="direct"
    )

    page = client.get("/overview/").content.decode()

    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") >= 5


def test_what_is_not_understood_is_told(client: Client) -> None:
    make_quote()

    page = client.get("/overview/?actor=nobody&colour=red&since=soon").content.decode()

    for words in (
        "There is no actor “nobody”.",
        "There is no filter “colour”.",
        "“since” should be a date",
    ):
        assert words in page


def test_without_quotes_the_page_says_how_to_get_some(client: Client) -> None:
    page = client.get("/overview/").content.decode()

    assert "No quotes yet" in page
    assert "manage.py ingest" in page


def test_filters_that_leave_nothing_can_be_taken_away_one_by_one(client: Client) -> None:
    make_quote(actor="Veldania", act="deny")

    page = client.get("/overview/?actor=veldania&act=say").content.decode()

    assert "No quote fits all of this" in page
    ways = [address for address, text in Links(page).found if text.startswith("without ")]
    assert ways == ["?act=say", "?actor=veldania"]


def test_htmx_gets_the_part_that_changes(client: Client) -> None:
    make_quote()

    part = client.get(
        "/overview/?act=say", headers={"HX-Request": "true", "HX-Target": "results"}
    ).content.decode()

    assert part.strip().startswith('<div id="results"')
    assert "<h1" not in part


def test_every_table_says_what_it_holds(client: Client) -> None:
    populate(random.Random(5), 40)

    page = client.get("/overview/").content.decode()

    assert page.count("<table") == page.count("<caption") == page.count('role="region"') == 5
    assert "<th>" not in page
    assert "style=" not in page
