"""Posts to an address that somebody gave, by the guard of the fetcher: to the public web and nowhere else.

Where an answer leads is not followed, and nothing of it is read but its number.
"""

import httpx
from django.conf import settings

from claims.intake.fetching.addresses import Address, parse_address
from claims.intake.fetching.answers import ERRORS
from claims.intake.fetching.connecting import GuardedTransport
from claims.intake.fetching.deadlines import Deadline
from claims.intake.fetching.guard import find_permitted_ips
from claims.intake.fetching.identity import build_user_agent
from claims.intake.fetching.refusals import FetchRefused, refuse_after_error

LONGEST_POST = 15.0  # seconds
CONNECT_SECONDS = 5.0
TURNED_OFF = "nothing is sent to other sites (NEWSROOM_FETCH is 0)"


def check_address(written: str) -> Address:
    """Return an address that may be posted to. Raises `FetchRefused`.

    A name is looked up each time something is posted; only a number is told to be private already.
    """
    address = parse_address(written)
    is_number = ":" in address.host or address.host.rsplit(".", 1)[-1].isdigit()
    if is_number or address.host == "localhost":
        find_permitted_ips(address.host, address.port, Deadline(CONNECT_SECONDS))
    return address


def post(written: str, body: bytes, headers: dict[str, str]) -> int:
    """Return the number that is answered. Raises `FetchRefused` where there is no answer."""
    if not settings.FETCH:
        raise FetchRefused(TURNED_OFF)
    address = parse_address(written)
    timeout = httpx.Timeout(LONGEST_POST, connect=CONNECT_SECONDS)
    request = httpx.Request(
        "POST",
        address.text,
        content=body,
        headers={"User-Agent": build_user_agent(), **headers},
        extensions={"timeout": timeout.as_dict()},
    )
    with GuardedTransport(Deadline(LONGEST_POST)) as transport:
        try:
            response = transport.handle_request(request)
            response.close()
        except ERRORS as error:
            raise refuse_after_error(error, address.host) from error
    return response.status_code
