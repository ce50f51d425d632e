import threading

import pytest

from claims.intake.fetching import (
    FetchRefused,
    Revisiting,
    fetch,
    fetch_conditionally,
    politeness,
)
from claims.intake.fetching.politeness import LONGEST_PAUSE, PAUSE, take_turn
from tests.claims.intake.fetching.sites import Internet, Page, Site


class Clock:
    """A clock that goes on only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(politeness, "time", clock)
    return clock


def test_a_pause_is_kept_between_requests_to_one_host_alone(clock: Clock) -> None:
    for host in ("a.example", "b.example", "a.example", "a.example"):
        with take_turn(host, 2.0):
            pass

    assert clock.slept == [2.0, 2.0]


def test_a_pause_is_kept_after_a_request_that_failed_too(clock: Clock) -> None:
    with pytest.raises(FetchRefused), take_turn("a.example", 2.0):
        raise FetchRefused("there is no page at this address (404)", status=404)
    with take_turn("a.example", 2.0):
        pass

    assert clock.slept == [2.0]


def test_a_host_that_asks_to_be_left_alone_is(clock: Clock) -> None:
    haste = FetchRefused("the site asks to be left alone", again_after=600.0, status=429)
    with pytest.raises(FetchRefused), take_turn("a.example", 2.0):
        raise haste

    with (
        pytest.raises(FetchRefused, match="has asked to be left alone for 600 more") as refused,
        take_turn("a.example", 2.0),
    ):
        pass
    with take_turn("b.example", 2.0):
        pass

    assert refused.value.again_after == 600
    assert not clock.slept


def test_a_host_is_asked_again_when_the_time_has_come(clock: Clock) -> None:
    haste = FetchRefused("the site asks to be left alone", again_after=600.0, status=503)
    with pytest.raises(FetchRefused), take_turn("a.example", 2.0):
        raise haste
    clock.now += 600 - LONGEST_PAUSE

    with take_turn("a.example", 2.0):
        pass

    assert clock.slept == [LONGEST_PAUSE]


def test_one_host_is_asked_by_one_at_a_time() -> None:
    at_once = most_at_once = 0

    def ask() -> None:
        nonlocal at_once, most_at_once
        with take_turn("a.example", 0.0):
            at_once += 1
            most_at_once = max(most_at_once, at_once)
            threading.Event().wait(0.01)
            at_once -= 1

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most_at_once == 1


def test_who_waits_too_long_for_others_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LONGEST_QUEUE", 0.01)

    with (
        take_turn("a.example", 0.0),
        pytest.raises(FetchRefused, match="much else is being"),
        take_turn("a.example", 0.0),
    ):
        pass


def test_who_has_no_patience_is_told_when_to_come_back_each_after_the_other(clock: Clock) -> None:
    with take_turn("a.example", 20.0, patience=6.0):
        pass

    turns = []
    for _ in range(3):
        with pytest.raises(FetchRefused) as refused, take_turn("a.example", 20.0, patience=6.0):
            pass
        turns.append(refused.value.turn_after)

    assert turns == [20, 40, 60]
    assert not clock.slept


def test_who_comes_back_at_their_turn_has_it(clock: Clock) -> None:
    with take_turn("a.example", 20.0, patience=6.0):
        pass
    with pytest.raises(FetchRefused), take_turn("a.example", 20.0, patience=6.0):
        pass
    clock.now += 15

    with take_turn("a.example", 20.0, patience=6.0):
        pass

    assert clock.slept == [5.0]


def test_who_has_no_patience_does_not_wait_for_an_answer_to_others_either() -> None:
    with (
        take_turn("a.example", 5.0),
        pytest.raises(FetchRefused, match="much else is being fetched") as refused,
        take_turn("a.example", 5.0, patience=0.01),
    ):
        pass

    assert refused.value.turn_after == pytest.approx(5.0, abs=1.0)


def test_a_host_that_asks_to_be_left_alone_for_long_is_no_matter_of_turns(clock: Clock) -> None:
    haste = FetchRefused("the site asks to be left alone", again_after=600.0, status=429)
    with pytest.raises(FetchRefused), take_turn("a.example", 2.0, patience=6.0):
        raise haste

    with pytest.raises(FetchRefused) as refused, take_turn("a.example", 2.0, patience=6.0):
        pass

    assert (refused.value.again_after, refused.value.turn_after) == (600, None)


def test_where_an_address_leads_is_waited_for_lest_it_is_never_come_to(
    internet: Internet, clock: Clock
) -> None:
    internet.names = {"herald.example": [["93.184.215.14"]]}
    internet.site.pages = {
        "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 20"),
        "/a": Page(status=301, headers={"Location": "/b"}),
        "/b": Page(b"Here."),
    }

    fetched = fetch("http://herald.example/a", crawling=True, patience=6.0)

    assert fetched.address == "http://herald.example/b"
    assert clock.slept == [20.0]


def test_hosts_of_long_ago_are_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "MOST_HOSTS", 3)
    for number in range(5):
        with take_turn(f"{number}.example", 2.0):
            pass
        clock.now += 10

    assert len(politeness.TURNS) <= 4


def test_crawls_and_feeds_keep_the_pause_and_links_of_persons_do_not(
    internet: Internet, clock: Clock
) -> None:
    internet.names = {"herald.example": [["93.184.215.14"]]}
    internet.site.pages["/a"] = Page(b"Here.")
    fetch("http://herald.example/a")
    fetch("http://herald.example/a")
    before = list(clock.slept)

    fetch("http://herald.example/a", crawling=True)
    fetch_conditionally("http://herald.example/a")
    fetch("http://herald.example/a", crawling=True)

    assert not before
    assert clock.slept == [PAUSE, PAUSE]


def test_addresses_that_a_person_gives_a_command_are_fetched_in_turn(
    internet: Internet, clock: Clock
) -> None:
    internet.names = {"herald.example": [["93.184.215.14"]]}
    internet.site.pages = {path: Page(b"Here.", headers={"ETag": path}) for path in ("/a", "/b")}
    revisiting = Revisiting()

    for path in ("/a", "/b", "/a"):
        revisiting.fetch(f"http://herald.example{path}")

    marks = [asked.headers.get("if-none-match") for asked in internet.site.asked]
    assert marks == [None, None, "/a"]
    assert clock.slept == [PAUSE, PAUSE]


def test_a_site_that_has_a_fault_is_left_alone_by_crawls(site: Site) -> None:
    site.pages["/a"] = Page(b"Sorry.", 503, {"Retry-After": "300"})
    site.pages["/b"] = Page(b"Here.")
    with pytest.raises(FetchRefused):
        fetch(site.find_address("/a"), crawling=True)

    with pytest.raises(FetchRefused, match="has asked to be left alone"):
        fetch(site.find_address("/b"), crawling=True)

    assert "/b" not in site.list_paths()
