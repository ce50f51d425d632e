"""However much a site sends, and however slowly, a fetch ends."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest

from claims.intake.fetching import FetchRefused, answers, fetch, guard, robots
from claims.intake.fetching.downloading import LARGEST_CONTENT, STEP, unpack
from tests.claims.intake.fetching.sites import Internet, Page, Site

SECONDS = 0.5  # that a fetch may take in these tests
LONGEST = 8.0  # seconds after which it has plainly not ended by itself, on a slow machine too


def refuse(address: str) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        fetch(address)
    return refused.value


def test_a_page_that_says_that_it_is_too_large_is_refused_unread(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(LARGEST_CONTENT + 1))
        handler.end_headers()

    site.pages["/"] = answer

    assert str(refuse(site.find_address("/"))) == "it is larger than 20,000,000 bytes"


def test_a_page_that_does_not_say_how_large_it_is_is_refused_once_it_is_too_large(
    site: Site,
) -> None:
    sent = 0

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        while sent < 10 * LARGEST_CONTENT:
            sent += handler.wfile.write(bytes(STEP))

    site.pages["/"] = answer

    assert str(refuse(site.find_address("/"))) == "it is larger than 20,000,000 bytes"
    assert sent < 3 * LARGEST_CONTENT


def test_a_small_page_that_unpacks_to_a_large_one_is_refused(site: Site) -> None:
    bomb = gzip.compress(bytes(LARGEST_CONTENT + 1), 1)
    site.pages["/"] = Page(bomb, headers={"Content-Encoding": "gzip"})

    assert str(refuse(site.find_address("/"))) == "it is larger than 20,000,000 bytes"


def test_a_page_as_large_as_it_may_be_is_fetched(site: Site) -> None:
    packed = gzip.compress(b"x" * LARGEST_CONTENT, 1)
    site.pages["/"] = Page(packed, headers={"Content-Encoding": "gzip"})

    assert len(fetch(site.find_address("/")).content) == LARGEST_CONTENT


def test_never_more_is_unpacked_at_once_than_is_counted() -> None:
    bomb = gzip.compress(bytes(20 * STEP))

    pieces = list(unpack([bomb], "gzip"))

    assert max(len(piece) for piece in pieces) <= STEP
    assert sum(len(piece) for piece in pieces) == 20 * STEP


def send_drop_by_drop(handler: BaseHTTPRequestHandler, start: bytes, drop: bytes) -> None:
    """Send a byte now and then, for as long as somebody takes it."""
    handler.wfile.write(start)
    try:
        for _ in range(int(LONGEST / 0.02)):
            handler.wfile.write(drop)
            time.sleep(0.02)
    except OSError:
        pass


DROPS = {
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "header": (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "announcements": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "nothing": (b"", b""),
}


@pytest.mark.parametrize(("start", "drop"), DROPS.values(), ids=DROPS)
def test_a_site_that_answers_drop_by_drop_is_left(
    site: Site, monkeypatch: pytest.MonkeyPatch, start: bytes, drop: bytes
) -> None:
    monkeypatch.setattr(answers, "LONGEST_FETCH", SECONDS)
    site.pages["/"] = lambda handler: send_drop_by_drop(handler, start, drop)
    began = time.monotonic()

    refusal = refuse(site.find_address("/"))

    assert time.monotonic() - began < LONGEST
    assert "too slow" in str(refusal) or "does not answer in time" in str(refusal)
    assert refusal.again_after == 60


def test_a_site_that_says_nothing_is_left_before_the_time_for_all_is_over(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "READ_SECONDS", 0.1)
    site.pages["/"] = lambda handler: send_drop_by_drop(handler, b"", b"")

    assert str(refuse(site.find_address("/"))) == "127.0.0.1 does not answer in time"


def test_the_time_is_that_of_all_redirects_together(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LONGEST_FETCH", SECONDS)

    def lead_slowly(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(SECONDS / 3)
        handler.send_response(302)
        handler.send_header("Location", f"{handler.path}x")
        handler.end_headers()

    for number in range(9):
        site.pages["/" + "x" * number] = lead_slowly

    assert refuse(site.find_address("/")).again_after == 60
    assert len(site.asked) < 5


def test_a_name_that_is_looked_up_for_too_long_is_given_up(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LONGEST_FETCH", SECONDS)
    over = threading.Event()
    monkeypatch.setattr(guard, "ask_for_addresses", lambda host, port: over.wait(LONGEST) and [])

    refusal = refuse("http://slow.example/")
    over.set()

    assert str(refusal) == "looking up the name slow.example takes too long"
    assert refusal.again_after == 60


def test_what_is_waited_out_of_politeness_is_not_the_slowness_of_a_site(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LONGEST_FETCH", 2 * SECONDS)
    monkeypatch.setattr(robots, "PAUSE", 2.2 * SECONDS)
    internet.names = {"herald.example": [["93.184.215.14"]]}
    internet.site.pages["/"] = Page(b"Here.")
    fetch("http://herald.example/", crawling=True)

    fetched = fetch("http://herald.example/", crawling=True)

    assert fetched.content == b"Here."
