"""Bytes in memory, as they were fetched or handed in."""

import pytest

from claims.intake.readers import Document, Problem, read_content
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT

ADDRESS = "https://www.herald.example/2024/03/bridge"


def make_page(
    head: str = "", day: str = "2024-03-05", paragraphs: tuple[str, ...] = PARAGRAPHS
) -> bytes:
    time = f'<time datetime="{day}">{day}</time>' if day else ""
    marked = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html lang='en'><head><title>Bridge stays open</title>{head}</head>"
        f"<body><article><h1>Bridge stays open</h1>{time}{marked}</article></body></html>"
    ).encode()


def read_fetched(content: bytes, **known: str) -> Document:
    (found,) = read_content(content, ADDRESS, **{"address": ADDRESS, **known})  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def test_a_page_that_names_no_address_has_the_one_where_it_was_found() -> None:
    found = read_fetched(make_page())

    assert (found.url, found.text, found.where) == (ADDRESS, TEXT, ADDRESS)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='/2024/03/bridge-open'>", "https://www.herald.example/2024/03/bridge-open"),
        ("<link rel=canonical href='bridge-open'>", "https://www.herald.example/2024/03/bridge-open"),
        ("<link rel=canonical href='//herald.example/b'>", "https://herald.example/b"),
        ("<link rel=canonical href='https://herald.example/b'>", "https://herald.example/b"),
        ("<link rel=canonical href=''><meta property='og:url' content='/c'>", "https://www.herald.example/c"),
        ("<meta property='og:url' content='/c'>", "https://www.herald.example/c"),
        ("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"url\": \"/d\"}</script>", "https://www.herald.example/d"),
        ("<base href='https://herald.example/x/'><link rel=canonical href='b'>", "https://herald.example/x/b"),
        ("<link rel=canonical href='http://['>", ADDRESS),
        ("<link rel=canonical href='/'>", ADDRESS),
    ],
)  # fmt: skip
def test_the_address_that_a_page_names_may_be_relative_to_where_it_was_found(
    head: str, url: str
) -> None:
    assert read_fetched(make_page(head)).url == url


def test_what_the_site_calls_the_content_tells_the_format_where_its_name_does_not() -> None:
    page = make_page().replace(b"<html lang='en'>", b"<link><style></style>")

    found = read_fetched(page, content_type="text/html")

    assert found.text == TEXT


def test_the_content_comes_before_what_the_site_calls_it() -> None:
    item = f"<item><title>Bridge</title><link>{ADDRESS}</link></item>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel>{item}</channel></rss>".encode()

    (link,) = read_content(
        feed, "feed", address="https://herald.example/feed", content_type="text/html"
    )

    assert link.where == f"feed: item 1 ({ADDRESS})"


def test_letters_are_read_as_the_site_says_that_they_are() -> None:
    page = make_page(paragraphs=(*PARAGRAPHS, "Żółw said so.")).decode().encode("cp1250")

    found = read_fetched(page, charset="windows-1250")

    assert found.text.endswith("Żółw said so.")


def test_a_page_without_a_date_has_that_of_the_list_that_led_to_it() -> None:
    told = read_fetched(make_page(), day="2024-04-04")
    untold = read_fetched(make_page(day=""), day="2024-04-04")

    assert (str(told.published_on), str(untold.published_on)) == ("2024-03-05", "2024-04-04")


def test_a_page_without_any_date_is_a_problem_unless_it_may_be_undated() -> None:
    address = "https://herald.example/bridge"
    (problem,) = read_content(make_page(day=""), address, address=address)
    (document,) = read_content(make_page(day=""), address, address=address, undated=True)

    assert problem == Problem(address, "it has no date, nor has its address")
    assert isinstance(document, Document)


@pytest.mark.parametrize("name", ["bridge.txt", "pasted"])
def test_a_file_that_was_handed_in_is_read_by_its_name_and_content(name: str) -> None:
    content = f"Bridge stays open\n20240305\n{ADDRESS}\n{TEXT}".encode()

    (found,) = read_content(content, name)

    assert isinstance(found, Document)
    assert (found.url, found.where) == (ADDRESS, name)


def make_front_page(head: str = "", links: int = 9) -> bytes:
    teasers = "".join(
        f"<div><h2><a href='/2024/{number}'>Council votes on plan {number}</a></h2><p>{PARAGRAPHS[0]} {number}</p></div>"
        for number in range(links)
    )
    return f"<html><head><title>Herald</title>{head}</head><body><main>{teasers}</main></body></html>".encode()


@pytest.mark.parametrize("address", ["https://herald.example", "https://herald.example/#top"])
def test_a_front_page_is_refused_with_the_address_of_its_feed(address: str) -> None:
    head = "<link rel='alternate' type='application/rss+xml' href='/feed'>"

    named = read_content(make_front_page(head), "a", address=address, undated=True)
    unnamed = read_content(make_front_page(), "b", address=address, undated=True)

    reason = "it is the front page of a site, and no article"
    assert list(named) == [Problem("a", f"{reason}; its feed is https://herald.example/feed")]
    assert list(unnamed) == [Problem("b", reason)]


@pytest.mark.parametrize(
    ("content", "address"),
    [
        (make_front_page("<meta property='og:type' content='article'>"), "https://herald.example/"),
        (make_front_page("<link rel='canonical' href='/2024/bridge'>"), "https://herald.example/"),
        (make_front_page(links=4), "https://herald.example/"),
        (make_front_page(), "https://herald.example/?p=7"),
        (make_front_page(), "https://herald.example/bridge"),
        (make_front_page(), ""),
        (make_page(), "http://127.0.0.1:8931/"),
    ],
)
def test_an_article_is_no_front_page(content: bytes, address: str) -> None:
    (found,) = read_content(content, "a.html", address=address, undated=True)

    assert isinstance(found, Document)
