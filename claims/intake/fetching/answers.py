"""Asks for an address, and for where it leads, until there is an answer."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpcore
import httpx
from django.conf import settings

from claims.intake.fetching.addresses import SCHEME, Address, parse_address
from claims.intake.fetching.connecting import GuardedTransport
from claims.intake.fetching.deadlines import Deadline
from claims.intake.fetching.downloading import LARGEST_CONTENT, read_body
from claims.intake.fetching.identity import build_headers
from claims.intake.fetching.refreshing import find_refresh
from claims.intake.fetching.refusals import (
    FetchRefused,
    refuse_after_error,
    refuse_status,
    shorten,
)

LONGEST_FETCH = 30.0  # seconds, all redirects together
CONNECT_SECONDS = 5.0  # for each address of a host
READ_SECONDS = 10.0  # for the next bytes
MOST_REDIRECTS = 8
REDIRECTS = (301, 302, 303, 307, 308)
UNCHANGED = 304
LONGEST_RETRY_AFTER = 86_400.0  # seconds
TURNED_OFF = "nothing is fetched on this site (NEWSROOM_FETCH is 0); save the page and add the file"
ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    httpx.HTTPError,
    httpx.StreamError,
    OSError,
)
# What is waited for or looked at before an address is asked for, such as the turn at its host.
Approach = Callable[[Address], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered; `address` is the one that did."""

    address: Address
    status: int
    headers: httpx.Headers
    content: bytes


def go_at_once(address: Address) -> AbstractContextManager[None]:
    return nullcontext()


def request(
    address: Address,
    *,
    approach: Approach = go_at_once,
    headers: Mapping[str, str] | None = None,
    largest: int = LARGEST_CONTENT,
) -> Answer:
    """Return the answer at an address, or where it leads. Raises `FetchRefused` if that is no page.

    `approach` is entered before each address is asked for, and left when the answer is there; what
    it waits is not counted as the site's slowness.
    """
    if not settings.FETCH:
        raise FetchRefused(TURNED_OFF)
    deadline = Deadline(LONGEST_FETCH)
    trail = Trail()
    with GuardedTransport(deadline) as transport:
        while True:
            trail.add(address)
            started = time.monotonic()
            with approach(address):
                deadline.put_off(time.monotonic() - started)
                with send(transport, address, headers or {}, trail.cookies) as response:
                    answer = read_answer(response, address, deadline, largest)
            location = find_location(answer)
            if not location:
                return answer
            address = find_next_address(answer, location)


class Trail:
    """The addresses that led to each other so far, and the cookies that were set on the way."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.cookies = httpx.Cookies()
        self.states: set[tuple[str, frozenset[tuple[str, str | None]]]] = set()

    def add(self, address: Address) -> None:
        """Go on to an address. Raises `FetchRefused` if that leads round in a circle, or too far.

        Some sites lead to the same address again with a cookie that they did not have before.
        """
        cookies = frozenset((cookie.name, cookie.value) for cookie in self.cookies.jar)
        state = (address.text, cookies)
        if state in self.states:
            circle = [*self.addresses[self.addresses.index(address.text) :], address.text]
            shown = " → ".join(shorten(step) for step in circle[:4])
            raise FetchRefused(f"the address leads round in a circle ({shown})")
        if len(self.addresses) > MOST_REDIRECTS:
            raise FetchRefused(f"the address leads on more than {MOST_REDIRECTS} times")
        self.states.add(state)
        self.addresses.append(address.text)


@contextmanager
def send(
    transport: GuardedTransport,
    address: Address,
    headers: Mapping[str, str],
    cookies: httpx.Cookies,
) -> Iterator[httpx.Response]:
    """Ask for one address, and give the answer before its body is read. Raises `FetchRefused`.

    No client of httpx is used: it reads where redirects lead even if it does not follow them.
    """
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    request = httpx.Request(
        "GET",
        address.text,
        headers={**build_headers(), **headers},
        extensions={"timeout": timeout.as_dict()},
    )
    cookies.set_cookie_header(request)
    try:
        response = transport.handle_request(request)
        try:
            response.request = request
            cookies.extract_cookies(response)
            yield response
        finally:
            response.close()
    except ERRORS as error:
        raise refuse_after_error(error, address.host) from error


def read_answer(
    response: httpx.Response, address: Address, deadline: Deadline, largest: int
) -> Answer:
    """Return a page, a redirect, or that nothing has changed. Raises `FetchRefused` for all else."""
    status = response.status_code
    content = b""
    if response.is_success:
        content = read_body(response, deadline, largest)
    elif status not in REDIRECTS and not is_unchanged(response):
        again_after = read_retry_after(response.headers.get("retry-after", ""))
        raise refuse_status(status, again_after)
    return Answer(address, status, response.headers, content)


def is_unchanged(response: httpx.Response) -> bool:
    """Whether a page is as it was when it had the marks that were sent."""
    asked = response.request.headers
    was_asked = "if-none-match" in asked or "if-modified-since" in asked
    return response.status_code == UNCHANGED and was_asked


def find_location(answer: Answer) -> str:
    """Return where an answer leads, as it is written; "" if it is to be read itself.

    A page may say that, too, if it has nothing else to read. Raises `FetchRefused` where it leads
    elsewhere without saying where.
    """
    if answer.status not in REDIRECTS:
        return find_refresh(answer.content, answer.headers.get("content-type", "").lower())
    location: str = answer.headers.get("location", "").strip()
    if not location:
        raise FetchRefused(f"the site leads elsewhere without saying where ({answer.status})")
    return location


def find_next_address(answer: Answer, location: str) -> Address:
    """Return where an answer leads. Raises `FetchRefused` if it may not be fetched."""
    is_whole = SCHEME.match(location) is not None
    try:
        return parse_address(location if is_whole else urljoin(answer.address.text, location))
    except FetchRefused as error:
        raise FetchRefused(f"it leads to {shorten(location)}, but {error}") from None
    except ValueError:
        raise FetchRefused(f"it leads to {shorten(location)}, which is no address") from None


def read_retry_after(written: str) -> float | None:
    """Return for how many seconds a site asks to be left alone, as a number or as a moment."""
    if written.strip().isdecimal():
        return min(float(written), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(seconds, LONGEST_RETRY_AFTER) if seconds > 0 else None
