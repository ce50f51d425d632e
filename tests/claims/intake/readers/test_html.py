# ruff: noqa: E501 -- the lines of files made here are long
import json
import random
import socket
from statistics import mean
from time import process_time
from typing import Any

import pytest

from benchmarks.hard_page_shapes import HARD_SHAPES, WITHOUT_POSTS
from benchmarks.page_shapes import SHAPES
from benchmarks.pages_read import make_story, measure_page
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_one, read_refusal

ADDRESS = "https://www.harbourherald.example/news/bridge-to-stay-open"


def make_page(
    body: str = "",
    *,
    head: str = "",
    title: str = "Harbour bridge to stay open - Harbour Herald",
    record: dict[str, Any] | None = None,
    day: str = "2024-03-05",
) -> str:
    """Return a page of an outlet that tells machines what it is."""
    told = {
        "@type": "NewsArticle",
        "headline": "Harbour bridge to stay open",
        "datePublished": day,
        "author": {"@type": "Person", "name": "Ana Bell"},
        "publisher": {"@type": "Organization", "name": "Harbour Herald"},
        "articleSection": "Local",
    }
    if record is not None:
        told = record
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<html lang="en-GB"><head><title>{title}</title><link rel="canonical" href="{ADDRESS}">{head}'
        f'<script type="application/ld+json">{json.dumps(told)}</script></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Harbour bridge to stay open</h1>{body or paragraphs}</article><footer>© 2024</footer></body></html>"
    )


def test_a_page_is_read_with_what_it_says_of_itself() -> None:
    found = read_one(make_page(), "saved.html")

    assert (found.title, found.text) == ("Harbour bridge to stay open", TEXT)
    assert str(found.published_on) == "2024-03-05"
    assert (found.url, found.publisher) == (ADDRESS, "Harbour Herald")
    assert (found.author, found.section, found.language) == ("Ana Bell", "Local", "en-GB")


def test_an_article_of_two_short_paragraphs_has_two_lines_without_its_headline() -> None:
    first = "The ferry will sail again on Monday, Mayor Ana Bell said."
    second = "“We have waited too long for this,” she told the council."

    found = read_one(make_page(f"<time>5 March 2024</time><p>{first}</p><p>{second}</p>"), "a.html")

    assert found.text == f"{first}\n{second}"


@pytest.mark.parametrize("name", SHAPES)
def test_pages_in_the_shape_of_each_content_system_are_read_without_what_stands_around(
    name: str,
) -> None:
    rng = random.Random(21)
    stories = [make_story(rng) for _ in range(4)]

    measured = [measure_page(SHAPES[name], story) for story in stories]

    assert mean(row["F1"] for row in measured) >= 0.99
    for field in ("title", "date", "outlet", "author"):
        assert all(row[field] for row in measured), field
    assert all(row.get("post", 1) == 1 for row in measured)


@pytest.mark.parametrize("name", HARD_SHAPES)
def test_pages_with_other_things_among_their_paragraphs_are_read_without_them(name: str) -> None:
    rng = random.Random(22)
    stories = [make_story(rng) for _ in range(3)]

    measured = [
        measure_page(HARD_SHAPES[name], story, has_posts=name not in WITHOUT_POSTS)
        for story in stories
    ]

    assert mean(row["F1"] for row in measured) >= 0.97  # posts are signed in many ways
    for field in ("title", "date", "outlet"):
        assert all(row[field] for row in measured), field
    assert all(row.get("post", 1) == 1 for row in measured)


MORE_TEXT = "".join(
    f"<p>On day {i} the bridge over the harbour was looked at again, as the report says.</p>"
    for i in range(12)
)


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        ("<a href='/amp'><p>The pier is closed, Ana Bell said.</p></a>", "The pier is closed, Ana Bell said."),
        (
            "<div><p>Sites must ask for consent to cookies, and the consent of partners, the regulator said.</p></div>",
            "Sites must ask for consent to cookies, and the consent of partners, the regulator said.",
        ),
        ("<p>Residents may sign up here, in the town hall, the mayor said.</p>", "Residents may sign up here, in the town hall, the mayor said."),
        (
            "".join(f"<div><h3><a href='/{i}'>Bridge {i}</a></h3><p>It is old, and number {i} of the county, and people like to walk on it after dark.</p></div>" for i in range(3)),
            "It is old, and number 2 of the county, and people like to walk on it after dark.",
        ),
        ("<details><summary>Who pays?</summary><p>The county pays, says the council.</p></details>", "The county pays, says the council."),
        ("<div><img src='a.jpg'>The ferry goes every ten minutes, its captain said.</div>", "The ferry goes every ten minutes, its captain said."),
    ],
    ids=["a linked paragraph", "news of cookies", "news of signing up", "a list of things", "an answer", "a division"],
)  # fmt: skip
def test_what_only_looks_like_a_box_is_kept(marked: str, kept: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

    found = read_one(make_page(f"{text}{marked}{MORE_TEXT}"), "saved.html")

    assert kept in found.text.split("\n")


def test_what_a_page_sets_apart_is_told_with_its_kind() -> None:
    body = (
        f"<p>{PARAGRAPHS[0]}</p><h2>Who pays for it</h2><p>{PARAGRAPHS[1]}</p><ul><li>New lamps on the bridge</li></ul>"
        f"<blockquote><p>Nothing of this was ever read out in the council.</p></blockquote><p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>"
    )

    found = read_one(make_page(body), "saved.html")

    assert [(found.text[start:end], kind) for start, end, kind in found.blocks] == [
        ("Who pays for it", "heading"),
        ("New lamps on the bridge", "item"),
        ("Nothing of this was ever read out in the council.", "quotation"),
    ]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **options: Any) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="http://127.0.0.1:9/a.css">'
    )
    body = '<iframe src="http://127.0.0.1:9/"></iframe>' + "".join(
        f"<p>{text}</p>" for text in PARAGRAPHS
    )

    found = read_one(make_page(body, head=head), "saved.html")

    assert found.text == TEXT


@pytest.mark.parametrize(
    ("post", "signed"),
    [
        (
            '<blockquote class="twitter-tweet"><p lang="en">Nobody asked me. <a href="https://t.co/a">pic.twitter.com/a</a></p>'
            '&mdash; Tom Kane (@tomkane) <a href="https://twitter.com/tomkane/status/1">March 5, 2024</a></blockquote>',
            "“Nobody asked me.” — Tom Kane (@tomkane), March 5, 2024",
        ),
        (
            '<blockquote class="instagram-media"><p><a href="/p">Nobody asked me.</a></p>'
            "<p>A post shared by <a>Tom Kane</a> (@tomkane) on Mar 5, 2024 at 8:00am PST</p></blockquote>",
            "“Nobody asked me.” — Tom Kane (@tomkane), Mar 5, 2024 at 8:00am PST",
        ),
        (
            '<blockquote class="bluesky-embed"><p lang="en">Nobody asked me.</p>&mdash; Tom Kane '
            '(<a>@tomkane.example</a>) <a>March 5, 2024 at 8:00 AM</a></blockquote>',
            "“Nobody asked me.” — Tom Kane (@tomkane.example)",
        ),
    ],
    ids=["Twitter", "Instagram", "Bluesky"],
)  # fmt: skip
def test_an_embedded_post_is_a_quotation_signed_by_its_author(post: str, signed: str) -> None:
    body = f"<p>{PARAGRAPHS[0]}</p><figure><div>{post}</div></figure>" + "".join(
        f"<p>{text}</p>" for text in PARAGRAPHS[1:]
    )

    lines = read_one(make_page(body), "saved.html").text.split("\n")

    assert lines[0] == PARAGRAPHS[0]
    assert lines[1].startswith(signed)
    assert lines[2:] == list(PARAGRAPHS[1:])


@pytest.mark.parametrize(
    "piece",
    [
        f'<aside class="pullquote">{PARAGRAPHS[1][:40]}</aside>',
        f"<blockquote>{PARAGRAPHS[1][1:60]}</blockquote>",
        '<figure><img src="a"><figcaption>The bridge on Monday, seen from the pier</figcaption></figure>',
        '<p>Read more: <a href="/x">Bridge closed for a week in the storm</a></p>',
        '<p><strong><a href="/x">Bridge closed for a week in the storm</a></strong></p>',
        '<div class="newsletter-signup"><p>All of the harbour, in your inbox at seven.</p></div>',
        "<p>ADVERTISEMENT</p>",
        "<p>Story continues below advertisement</p>",
        '<div class="related-links"><h3>Related</h3><ul><li><a href="/x">A storm</a></li></ul></div>',
        '<p class="byline">By Ana Bell, Staff Writer</p>',
        "<p>By Ana Bell</p>",
        "<p>(Photo by Hugh Sato/Getty Images)</p>",
        '<p style="display:none">You have three articles left.</p>',
        "<!-- not printed --><script>var text = 'no text';</script>",
    ],
    ids=["pull quote", "pull quote without a name", "caption", "read more", "link", "newsletter", "advertisement", "continues",
         "related", "byline", "byline without a name", "credit", "hidden", "script"],
)  # fmt: skip
def test_what_stands_between_the_paragraphs_is_left_out(piece: str) -> None:
    body = "".join(
        f"<p>{text}</p>{piece if i in (0, 2) else ''}" for i, text in enumerate(PARAGRAPHS)
    )

    found = read_one(make_page(body), "saved.html")

    assert found.text == TEXT


def test_headings_lists_and_quotations_stay_in_their_places() -> None:
    body = (
        f"<p>{PARAGRAPHS[0]}</p><h2>What the engineers did</h2><ul><li>They looked at forty bolts of it.</li></ul>"
        f"<p>{PARAGRAPHS[1]}</p><blockquote><p>I have walked over it every day of my life.</p></blockquote><p>{PARAGRAPHS[2]}</p>"
    )

    lines = read_one(make_page(body), "saved.html").text.split("\n")

    assert lines == [
        PARAGRAPHS[0],
        "What the engineers did",
        "They looked at forty bolts of it.",
        PARAGRAPHS[1],
        "I have walked over it every day of my life.",
        PARAGRAPHS[2],
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Harbour bridge to stay open - Harbour Herald",
        "Harbour bridge to stay open | Local | Harbour Herald",
        "Harbour Herald: Harbour bridge to stay open",
        "Harbour bridge to stay open – harbourherald.example",
        "Harbour bridge to stay open » The Harbour Herald",
    ],
)
def test_a_title_is_without_the_name_of_the_site(title: str) -> None:
    page = make_page(title=title, record={"@type": "NewsArticle", "datePublished": "2024-03-05"})
    page = page.replace("<h1>Harbour bridge to stay open</h1>", "<h1>Harbour Herald</h1>")
    page = page.replace("<head>", '<head><meta property="og:site_name" content="Harbour Herald">')

    found = read_one(page, "saved.html")

    assert found.title == "Harbour bridge to stay open"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (
            '<meta property="article:published_time" content="2024-03-05T23:30:00-05:00">',
            "2024-03-05",
        ),
        ('<meta name="pubdate" content="Tue, 05 Mar 2024 08:00:00 GMT">', "2024-03-05"),
        ('<meta name="parsely-pub-date" content="2024-03-05T10:00:00Z">', "2024-03-05"),
        ('<meta name="date" content="20240305">', "2024-03-05"),
        ('<meta itemprop="datePublished" content="March 5, 2024">', "2024-03-05"),
    ],
)
def test_a_date_is_what_the_page_says_for_machines(head: str, day: str) -> None:
    found = read_one(make_page(head=head, record={}), "saved.html")

    assert str(found.published_on) == day


def test_a_time_in_utc_is_of_the_day_that_the_address_has() -> None:
    page = make_page(day="2024-03-06T03:30:00Z").replace(
        ADDRESS, "https://news.example/2024/03/05/bridge"
    )

    found = read_one(page, "saved.html")

    assert str(found.published_on) == "2024-03-05"


def test_an_address_is_without_what_follows_readers() -> None:
    page = make_page().replace(ADDRESS, f"{ADDRESS}?utm_source=mail&amp;id=7")

    found = read_one(page, "saved.html")

    assert found.url == f"{ADDRESS}?id=7"


def test_slips_in_what_is_told_to_machines_are_forgiven() -> None:
    record = '{"@type": "NewsArticle", "headline": "Harbour bridge\n to stay open", "datePublished": "2024-03-05",}'
    page = make_page(record={}).replace(">{}<", f"><!--{record}--><")

    found = read_one(page, "saved.html")

    assert str(found.published_on) == "2024-03-05"


def test_a_text_that_the_page_gives_machines_alone_is_taken() -> None:
    told = {
        "@type": "NewsArticle",
        "headline": "Bridge",
        "datePublished": "2024-03-05",
        "articleBody": "\n\n".join(PARAGRAPHS),
    }
    page = make_page("<p>Loading, please wait for a moment.</p>", record=told)

    found = read_one(page, "saved.html")

    assert found.text == TEXT


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (make_page("<p>The bridge will stay open.</p>"), "too little text for an article ("),
        (
            make_page(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><div>Subscribe now to continue reading this article</div>"),
            "a paywall: no more than",
        ),
        (
            make_page("<p>We and our 700 partners use cookies. Your privacy matters. Give consent to cookies to go on.</p>"),
            "asks for consent to cookies",
        ),
        (make_page(day="", record={}), "it has no date"),
        (make_page("<p>Die Bürgermeisterin sagte am Dienstag, die Brücke werde den Winter über offen bleiben, nachdem Ingenieure keine "
                   "Risse gefunden hatten. Rund vierzig Menschen hatten sich im Regen am Anleger versammelt, einige mit Laternen.</p>"),
         "its language is German, not English"),
        (b"<html>" + b" " * 20_000_001, "larger than 20,000,000 bytes"),
        ("<html></html>", "too little text"),
    ],
    ids=["few words", "paywall", "consent wall", "no date", "German", "20 MB", "empty"],
)  # fmt: skip
def test_a_page_without_an_article_is_refused_with_the_reason(
    page: str | bytes, reason: str
) -> None:
    refusal = read_refusal(page, "saved.html")

    assert refusal.startswith("saved.html: ")
    assert reason in refusal


def test_a_page_of_ten_thousand_nested_elements_is_read_or_refused() -> None:
    page = make_page("<div>" * 10_000 + "".join(f"<p>{text}</p>" for text in PARAGRAPHS))

    from tests.claims.intake.readers.reading import read_all

    assert len(read_all(page, "saved.html")) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    page = make_page(head=f'<meta charset="{encoding.replace("cp1252", "iso-8859-1")}">')

    found = read_one(page.encode(encoding, "xmlcharrefreplace"), "saved.html")

    assert found.text == TEXT


def test_the_work_on_a_page_grows_with_its_length() -> None:
    def measure(paragraphs: int) -> float:
        text = "".join(
            f"<p>Some words of page {i} that goes on, the mayor said.</p>"
            for i in range(paragraphs)
        )
        page = make_page(text)
        times = []
        for _ in range(3):  # the least is what it takes when the machine has nothing else to do
            start = process_time()
            read_one(page, "saved.html")
            times.append(process_time() - start)
        return min(times)

    measure(100)  # what is loaded once

    assert measure(4000) < 8 * measure(1000)
