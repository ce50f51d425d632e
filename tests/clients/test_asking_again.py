"""How the Python client bears with a site that is busy, broken or false."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from newsroom_client import (
    Newsroom,
    NotPermitted,
    ProblemError,
    TooMany,
    Unavailable,
    Unreachable,
    Unreadable,
)

from claims.api.problems import PROBLEM_MEDIA_TYPE, build_problem

Answer = httpx.Response | Exception
ACTOR = {
    "slug": "veldania",
    "name": "Veldania",
    "kind": "state",
    "names": ["Veldania"],
    "article": None,
    "page": "/actors/veldania/",
    "same_as": [],
    "quote_count": 1,
}


class Site:
    """A site that gives these answers, one after the other, and notes what it was asked."""

    def __init__(self, *answers: Answer):
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask(self, **options: Any) -> Newsroom:
        transport = httpx.MockTransport(self)
        return Newsroom(
            "https://site.example", transport=transport, sleep=self.waits.append, **options
        )


def tell(body: Any, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=body, headers=headers)


def refuse(status: int, **headers: str) -> httpx.Response:
    problem = json.dumps(build_problem(status, "/api/v1/"))
    kind = {"Content-Type": PROBLEM_MEDIA_TYPE}
    return httpx.Response(status, text=problem, headers={**kind, **headers})


def decide(newsroom: Newsroom) -> Any:
    return newsroom.decide_quote(1, what="accept", state="0")


@pytest.mark.parametrize(
    ("first", "waits"),
    [
        (refuse(429, **{"Retry-After": "7"}), [7.0]),
        (refuse(503), [0.5]),
        (httpx.Response(502, text="<h1>Bad Gateway</h1>"), [0.5]),
        (httpx.ConnectError("refused"), [0.5]),
        (httpx.ReadTimeout("slow"), [0.5]),
    ],
    ids=["asked too often", "database away", "proxy", "no connection", "slow"],
)
def test_a_read_is_asked_again_after_a_wait(first: Answer, waits: list[float]) -> None:
    site = Site(first, tell(ACTOR))

    actor = site.ask().get_actor("veldania")

    assert actor.kind == "state"
    assert site.waits == waits


def test_waits_grow_and_end() -> None:
    site = Site(*[refuse(503) for _ in range(4)])

    with pytest.raises(Unavailable):
        site.ask(attempts=4).get_trust()

    assert site.waits == [0.5, 1.0, 2.0]


def test_a_longer_wait_than_one_bears_is_told_at_once() -> None:
    site = Site(refuse(429, **{"Retry-After": "3600"}))

    with pytest.raises(TooMany) as raised:
        site.ask(longest_wait=60).get_trust()

    assert raised.value.retry_after == 3600
    assert site.waits == []


@pytest.mark.parametrize("broken", [refuse(503), httpx.ReadTimeout("slow")], ids=["503", "slow"])
def test_a_write_that_may_have_been_taken_is_never_sent_twice(broken: Answer) -> None:
    site = Site(broken)

    with pytest.raises((Unavailable, Unreachable)):
        decide(site.ask())

    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "first", [refuse(429), httpx.ConnectError("refused")], ids=["too often", "no connection"]
)
def test_a_write_that_was_surely_not_taken_is(first: Answer) -> None:
    site = Site(first, refuse(403))

    with pytest.raises(NotPermitted):
        decide(site.ask())

    assert len(site.asked) == 2


def test_a_page_leads_to_the_next_one_of_the_same_site_alone() -> None:
    following = "https://elsewhere.example/api/v1/actors/?cursor=abc"
    first = tell({"next": following, "previous": None, "results": [ACTOR]})
    site = Site(first, tell({"next": None, "previous": None, "results": []}))

    actors = list(site.ask(token="newsroom_secret").list_actors(kind="state"))

    assert len(actors) == 1
    assert str(site.asked[1].url) == "https://site.example/api/v1/actors/?cursor=abc&kind=state"


def test_a_redirection_to_another_site_never_has_the_token() -> None:
    moved = httpx.Response(301, headers={"Location": "https://elsewhere.example/actors/"})
    site = Site(moved, tell(ACTOR))

    site.ask(token="newsroom_secret").get_actor("veldania")

    assert "Authorization" in site.asked[0].headers
    assert "Authorization" not in site.asked[1].headers


@pytest.mark.parametrize("name", ["../../admin", "a/b", "a?b=c", "ä"])
def test_a_name_never_leads_to_another_address(name: str) -> None:
    site = Site(tell(ACTOR))

    site.ask().get_actor(name)

    assert site.asked[0].url.raw_path.count(b"/") == 5
    assert b"?" not in site.asked[0].url.raw_path


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_is_none_is_not_asked_for(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a row"):
        Site().ask().get_actor(name)


def test_what_a_newer_site_sends_besides_is_passed_over() -> None:
    site = Site(tell({**ACTOR, "born_on": "1961-08-04"}))

    assert site.ask().get_actor("veldania").name == "Veldania"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>"),
        tell([]),
        tell({name: value for name, value in ACTOR.items() if name != "kind"}),
    ],
    ids=["no JSON", "no object", "a field lacks"],
)
def test_what_cannot_be_read_is_told_as_such(answer: httpx.Response) -> None:
    with pytest.raises(Unreadable):
        Site(answer).ask().get_actor("veldania")


def test_a_page_of_an_error_that_is_no_problem_tells_its_status() -> None:
    with pytest.raises(ProblemError, match=r"^418 I'm a teapot: /api/v1/trust/ was answered"):
        Site(httpx.Response(418, text="<h1>Short and stout</h1>")).ask().get_trust()


def test_what_has_to_end_is_warned_of() -> None:
    headers: dict[str, Any] = {
        "Deprecation": "@1767225600",
        "Sunset": "Fri, 01 Jan 2027 00:00:00 GMT",
        "Link": '<https://site.example/ends>; rel="deprecation"',
    }
    site = Site(tell(ACTOR, **headers))

    with pytest.warns(
        DeprecationWarning, match="until Fri, 01 Jan 2027.* see https://site.example/ends"
    ):
        actor = site.ask().get_actor("veldania")

    assert actor.name == "Veldania"


# Files that are cut short


class CutShort(httpx.SyncByteStream):
    def __iter__(self) -> Any:
        yield b'{"id": 1}\n'
        raise httpx.RemoteProtocolError("peer closed connection")


def test_a_file_that_is_cut_short_is_not_there(tmp_path: Path) -> None:
    site = Site(httpx.Response(200, stream=CutShort(), headers={"Newsroom-Total": "2"}))

    with pytest.raises(Unreadable, match="cut short"):
        site.ask().download("csv", tmp_path / "quotes.csv")

    assert list(tmp_path.iterdir()) == []


def test_rows_that_are_fewer_than_was_said_are_told_as_such() -> None:
    site = Site(httpx.Response(200, content=b"", headers={"Newsroom-Total": "2"}))

    with pytest.raises(Unreadable, match="0 of 2 rows"):
        list(site.ask().rows())


# Changes


def build_changes(since: str, following: str | None, *keys: str) -> httpx.Response:
    entries = [
        {
            "at": "2024-03-05T09:30:00Z",
            "resource": "quote",
            "key": key,
            "change": "gone",
            "address": f"/api/v1/quotes/{key}/",
            "moved_to": None,
        }
        for key in keys
    ]
    return tell({"since": since, "next": following, "results": entries})


def test_whoever_stops_within_a_page_is_told_it_again() -> None:
    more = "https://site.example/?since=5-2"
    pages: list[Callable[[], httpx.Response]] = [
        lambda: build_changes("5-2", more, "1", "2"),
        lambda: build_changes("5-4", None, "3", "4"),
    ]
    site = Site(*[make() for make in (*pages, pages[1])])
    feed = site.ask().follow_changes("5-0")

    seen = []
    for change in feed:
        seen.append(change.key)
        if change.key == "3":
            break
    again = [change.key for change in feed]

    assert (seen, again) == (["1", "2", "3"], ["3", "4"])
    assert feed.since == "5-4"
    assert [request.url.params["since"] for request in site.asked] == ["5-0", "5-2", "5-2"]
