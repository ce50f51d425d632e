"""Says in plain words why something was not fetched."""

import socket
import ssl
from collections.abc import Iterator

import httpcore
import httpx

from claims.models.refusals import Refused

SOON = 60.0  # seconds after which a site that had a fault may have none
OFFLINE_ERRORS = (socket.EAI_AGAIN,)
LONGEST_SHOWN = 100  # characters of an address


class FetchRefused(Refused):
    """What was not fetched, and why.

    `again_after`: the seconds after which it may be tried again; None where that is no use.
    `status`: the number with which the site answered; 0 where it did not.
    `turn_after`: the seconds after which it is its turn, where nothing was asked of the host since
    that was others' turn; else None.
    """

    def __init__(
        self,
        reason: str,
        *,
        again_after: float | None = None,
        status: int = 0,
        turn_after: float | None = None,
    ):
        super().__init__(reason)
        self.again_after = again_after
        self.status = status
        self.turn_after = turn_after


REASONS_BY_STATUS = {
    401: "the page is behind a login; save it in your browser and add the file",
    402: "the page has to be paid for; save it in your browser and add the file",
    403: "the site does not let programs read this page; save it in your browser and add the file",
    404: "there is no page at this address",
    406: "the site has no document at this address",
    407: "the site wants to be asked through a proxy",
    410: "the page has been taken down for good",
    429: "the site asks to be left alone for a while; too much was fetched from it",
    451: "the site withholds the page for legal reasons",
}
FIRST_FAULT_OF_SITE = 500
TOO_MANY_REQUESTS = 429


def refuse_status(status: int, again_after: float | None) -> FetchRefused:
    """Return the refusal for an answer that is no page. `again_after`: what the site asks for."""
    passes = status >= FIRST_FAULT_OF_SITE or status == TOO_MANY_REQUESTS
    if status >= FIRST_FAULT_OF_SITE:
        reason = "the site has a fault; try again later"
    else:
        reason = REASONS_BY_STATUS.get(status, "the site does not give this page")
    wait = again_after or SOON
    return FetchRefused(f"{reason} ({status})", again_after=wait if passes else None, status=status)


def refuse_after_error(error: Exception, host: str) -> FetchRefused:
    """Return the refusal for what went wrong on the way to a site, or with its answer."""
    causes = list(iterate_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchRefused(
                f"the certificate of {host} is not valid ({cause.verify_message}), "
                "so that it is not sure whose page this is"
            )
        if isinstance(cause, ssl.SSLError):
            return FetchRefused(f"no secure connection can be made to {host}")
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
        return FetchRefused(f"{host} does not answer in time", again_after=SOON)
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return FetchRefused(f"{host} takes no connection", again_after=SOON)
    if isinstance(error, httpcore.ConnectError | httpx.ConnectError):
        return FetchRefused(f"{host} cannot be reached", again_after=SOON)
    if isinstance(error, httpcore.ProtocolError | httpx.ProtocolError):
        return FetchRefused(f"{host} does not answer as a web site does", again_after=SOON)
    return FetchRefused(f"the connection to {host} broke off", again_after=SOON)


def refuse_after_lookup(error: socket.gaierror, host: str) -> FetchRefused:
    """Return the refusal for a name that was looked up in vain."""
    if error.errno in OFFLINE_ERRORS:
        return FetchRefused(f"the name {host} cannot be looked up now", again_after=SOON)
    return FetchRefused(f"there is no site of the name {host}")


def iterate_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, what it came from, and so on."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def shorten(address: str) -> str:
    """Return an address as it is shown in a reason."""
    if len(address) <= LONGEST_SHOWN:
        return address
    return f"{address[:LONGEST_SHOWN]}…"
