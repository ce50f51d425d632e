"""What a page calls its own address is believed on its own site, and nowhere else."""

import pytest

from claims.intake.readers.html.page import read_page
from tests.claims.intake.readers.reading import PARAGRAPHS, read_one

FOUND_AT = "https://www.harbourherald.org/news/bridge?utm_source=feed"


def make_page(head: str) -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<html lang="en"><head><title>Bridge to stay open</title>{head}'
        '<meta property="article:published_time" content="2024-03-05"></head>'
        f"<body><article><h1>Bridge to stay open</h1>{paragraphs}</article></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("head", "url"),
    [
        pytest.param(
            '<link rel="canonical" href="https://harbourherald.org/bridge">',
            "https://harbourherald.org/bridge",
            id="of the same site",
        ),
        pytest.param(
            '<link rel="canonical" href="/bridge">',
            "https://www.harbourherald.org/bridge",
            id="relative",
        ),
        pytest.param(
            '<link rel="canonical" href="https://wire.net/bridge">',
            "https://www.harbourherald.org/news/bridge",
            id="of another site",
        ),
        pytest.param(
            '<link rel="canonical" href="https://www.harbourherald.org/">',
            "https://www.harbourherald.org/news/bridge",
            id="front page",
        ),
        pytest.param(
            '<link rel="canonical" href="https://wire.net/bridge">'
            '<meta property="og:url" content="https://m.harbourherald.org/bridge?fbclid=1">',
            "https://m.harbourherald.org/bridge",
            id="og:url where the canonical address is another site's",
        ),
        pytest.param(
            '<link rel="canonical" href="http://[bad">',
            "https://www.harbourherald.org/news/bridge",
            id="no address",
        ),
        pytest.param("", "https://www.harbourherald.org/news/bridge", id="none"),
    ],
)
def test_the_address_that_a_page_gives_is_believed_on_its_own_site_alone(
    head: str, url: str
) -> None:
    draft = read_page(make_page(head), "page.html", FOUND_AT)

    assert draft.url == url
    assert draft.found_at == FOUND_AT


def test_the_address_at_which_a_page_was_found_goes_along() -> None:
    head = '<link rel="canonical" href="https://harbourherald.org/bridge">'

    document = read_page(make_page(head), "page.html", FOUND_AT).build("page.html")

    assert document.url == "https://harbourherald.org/bridge"
    assert document.addresses == (FOUND_AT,)


@pytest.mark.parametrize("found_at", ["", "http://127.0.0.1:8001/bridge.html", "http://mirror/a"])
def test_a_saved_page_and_a_copy_on_an_inner_network_are_believed(found_at: str) -> None:
    head = '<link rel="canonical" href="https://harbourherald.org/bridge">'

    assert (
        read_page(make_page(head), "page.html", found_at).url == "https://harbourherald.org/bridge"
    )


def test_a_parameter_that_names_the_article_stays() -> None:
    head = '<link rel="canonical" href="https://harbourherald.org/show?gallery=5&amp;eid=7">'

    found = read_one(make_page(head), "saved.html")

    assert found.url == "https://harbourherald.org/show?gallery=5&eid=7"
