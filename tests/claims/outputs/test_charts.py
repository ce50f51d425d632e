"""Charts as files: the numbers are those of the page, and the drawing has all of them."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.claims.outputs.reading import fetch
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

SVG = {"s": "http://www.w3.org/2000/svg"}
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(autouse=True)
def told() -> None:
    """Quotes of two actors in two months and outlets, one of them with a name that is a formula."""
    bell, reza = make_actor("Ana Bell", "person"), make_actor(FORMULA, "person")
    for number, (actor, outlet, day) in enumerate(
        [
            (bell, "Harbour Herald", date(2024, 3, 5)),
            (bell, "Harbour Herald", date(2024, 4, 5)),
            (bell, "Evening <Post> & Co", date(2024, 4, 6)),
            (reza, "Harbour Herald", date(2024, 4, 7)),
        ]
    ):
        words = f"the bridge number {number} is safe"
        text = f"It was noon. {actor.name} said {words}. Rain fell."
        article = make_article(text, outlet=outlet, published_on=day)
        make_quote(actor=actor, article=article, content=words)


def read_chart(client: Client, address: str) -> list[dict[str, str]]:
    content, response = fetch(client, address)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def read_drawing(client: Client, address: str) -> Any:
    content, response = fetch(client, address)
    assert response["Content-Type"] == "image/svg+xml"
    assert 'filename="newsroom-' in response["Content-Disposition"]
    return etree.fromstring(content)


def test_the_timeline_has_a_line_for_each_step(client: Client) -> None:
    lines = read_chart(client, "/charts/timeline.csv?actor=ana-bell")
    drawing = read_drawing(client, "/charts/timeline.svg?actor=ana-bell")

    assert list(lines[0]) == ["day", "since", "until", "quotes"]
    assert lines[0]["since"] == "2024-03-05"
    assert lines[-1]["until"] == "2024-04-06"
    assert sum(int(line["quotes"]) for line in lines) == 3
    bars = drawing.xpath("//s:rect[@class='bar']/s:title/text()", namespaces=SVG)
    assert bars[0] == "5 March 2024: 1"
    assert len(bars) == len(lines)


def test_the_overview_goes_out_table_by_table(client: Client) -> None:
    actors = read_chart(client, "/charts/actors.csv")
    acts = read_chart(client, "/charts/acts.csv?since=2024-04-01")
    over_time = read_chart(client, "/charts/actors-over-time.csv?actor=ana-bell")

    assert (actors[0]["slug"], actors[0]["quotes"]) == ("ana-bell", "3")
    assert acts[0]["outlet"] == "All outlets"
    assert {line["outlet"]: line["say"] for line in acts[1:]} == {
        "Harbour Herald": "2",
        "Evening <Post> & Co": "1",
    }
    (line,) = over_time
    assert sum(int(value) for name, value in line.items() if name not in ("actor", "slug")) == 3


@pytest.mark.parametrize(
    "chart", ["timeline", "actors", "actors-over-time", "acts", "accusations", "sources"]
)
def test_every_chart_is_drawn_whatever_its_names_hold(client: Client, chart: str) -> None:
    drawing = read_drawing(client, f"/charts/{chart}.svg?outlet=evening-post-co")
    empty = read_drawing(client, f"/charts/{chart}.svg?act=deny")

    assert "outlet Evening <Post> & Co" in drawing.findtext("s:desc", namespaces=SVG)
    assert empty.findtext("s:title", namespaces=SVG)
    assert not drawing.xpath("//s:script|//@href", namespaces=SVG)


def test_two_actors_go_out_side_by_side(client: Client) -> None:
    query = "actor=ana-bell&actor=hyperlink1"

    lines = read_chart(client, f"/charts/compare-numbers.csv?{query}")
    drawing = read_drawing(client, f"/charts/compare-outlets.svg?{query}")
    page = client.get(f"/compare/?{query}").content.decode()

    quotes = next(line for line in lines if line["what"] == "Quotes")
    assert (quotes["Ana Bell"], quotes[f"'{FORMULA}"]) == ("3", "1")
    assert "Ana Bell" in drawing.findtext("s:title", namespaces=SVG)
    assert "/charts/compare-acts.csv?actor=ana-bell&amp;actor=hyperlink1" in page


def test_no_cell_is_a_formula(client: Client) -> None:
    content, _ = fetch(client, "/charts/actors.csv")

    assert f"'{FORMULA}" in content.decode()
    assert f"\n{FORMULA}" not in content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/charts/timeline.png", 404),
        ("/charts/dreams.svg", 404),
        ("/charts/timeline.csv?act=sing", 400),
        ("/charts/timeline.csv?page=2", 400),
        ("/charts/compare-acts.csv?actor=ana-bell", 400),
    ],
)
def test_what_is_not_there_is_refused(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/?act=say", "/charts/timeline.svg?act=say"),
        ("/actors/ana-bell/", "/charts/timeline.csv?actor=ana-bell"),
        ("/overview/?act=say", "/charts/acts.csv?act=say"),
        ("/overview/", "/charts/actors-over-time.svg"),
    ],
)
def test_a_page_leads_to_its_charts(client: Client, page: str, link: str) -> None:
    html = client.get(page).content.decode()

    assert f'<a href="{link}" rel="nofollow" download>' in html
    fetch(client, link)
