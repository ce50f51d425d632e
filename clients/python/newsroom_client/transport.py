"""How the site is asked: politely, again where that helps, and with what it refuses as exceptions."""

import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from newsroom_client.models import Problem
from newsroom_client.paging import Pages
from newsroom_client.problems import Unreachable, Unreadable, build_error
from newsroom_client.reading import read_row

Kind = TypeVar("Kind")
PROBLEM_MEDIA_TYPE = "application/problem+json"
USER_AGENT = "newsroom-client/0.1"
FIRST_WAIT = 0.5  # seconds before the second attempt; twice that before each further one
ASK_AGAIN = (502, 503, 504)
TRANSIENT = (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, httpx.TimeoutException)


class Transport:
    """Asks a site.

    Reads are asked again, up to `attempts` times in all, where the site cannot be reached, is busy
    or says that it is asked too often; it is waited for as long as it says, up to `longest_wait`
    seconds. What writes is asked again only where the site has surely not taken it.
    """

    def __init__(
        self,
        site: str,
        *,
        token: str | None = None,
        timeout: float = 30,
        attempts: int = 5,
        longest_wait: float = 60,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        headers = {"User-Agent": USER_AGENT, "Accept": f"application/json, {PROBLEM_MEDIA_TYPE}"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(
            base_url=site,
            headers=headers,
            timeout=timeout,
            follow_redirects=True,
            transport=transport,
        )
        # Between one attempt and the next.
        self._waits = [FIRST_WAIT * 2**number for number in range(attempts - 1)]
        self._longest_wait = longest_wait
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    # Asking

    def get(self, address: str, parameters: Mapping[str, Any], kind: type[Kind]) -> Kind:
        return read_row(kind, self.read_json("GET", address, parameters))

    def send(self, address: str, body: Mapping[str, Any], kind: type[Kind]) -> Kind:
        return read_row(kind, self.read_json("POST", address, {}, body))

    def change(self, address: str, body: Mapping[str, Any], kind: type[Kind]) -> Kind:
        return read_row(kind, self.read_json("PATCH", address, {}, body))

    def remove(self, address: str) -> None:
        with self.open("DELETE", address) as response:
            response.read()

    def list_rows(
        self, address: str, parameters: Mapping[str, Any], kind: type[Kind]
    ) -> Pages[Kind]:
        def read_page(cursor: str | None) -> Any:
            return self.read_json("GET", address, {**parameters, "cursor": cursor})

        return Pages(read_page, kind, parameters.get("cursor"))

    def read_json(
        self,
        method: str,
        address: str,
        parameters: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the JSON at an address, for what has no method here, such as some `fields` alone.

        Raises a `ProblemError` where the site refuses.
        """
        query = list_pairs(parameters or {})
        json = None if body is None else write_body(body)
        with self.open(method, address, params=query, json=json) as response:
            response.read()
            try:
                return response.json()
            except ValueError as error:
                raise Unreadable(f"{response.url} is no JSON.") from error

    @contextmanager
    def open(self, method: str, address: str, **asked: Any) -> Iterator[httpx.Response]:
        """Open the answer of the site, which is not read yet. Raises a `ProblemError` if it refuses."""
        response = self._ask(method, address, asked)
        try:
            if response.status_code >= 400:
                response.read()
                raise build_error(read_problem(response), read_wait(response))
            warn_of_end(response)
            yield response
        except httpx.TransportError as error:
            raise Unreadable(f"{response.url} was cut short: {error}") from error
        finally:
            response.close()

    def _ask(self, method: str, address: str, asked: Mapping[str, Any]) -> httpx.Response:
        """Return the first answer that is worth having, or the last one."""
        for wait in self._waits:
            try:
                response = self._send_once(method, address, asked)
            except Unreachable as error:
                if not may_be_sent_again(method, error.__cause__):
                    raise
            else:
                wait = max(wait, read_wait(response) or 0)
                is_final = not is_worth_asking_again(method, response.status_code)
                if is_final or wait > self._longest_wait:
                    return response
                response.close()
            self._sleep(min(wait, self._longest_wait))
        return self._send_once(method, address, asked)

    def _send_once(self, method: str, address: str, asked: Mapping[str, Any]) -> httpx.Response:
        request = self._client.build_request(method, address, **asked)
        try:
            return self._client.send(request, stream=True)
        except TRANSIENT as error:
            where = request.url.copy_with(query=None)
            raise Unreachable(f"{where} cannot be reached: {error}") from error


# What is sent


def place(pattern: str, **names: str | int) -> str:
    """Return an address with names in their places; none of them leads elsewhere."""
    quoted = {name: quote(str(value), safe="") for name, value in names.items()}
    if not all(quoted.values()) or {".", ".."} & set(quoted.values()):
        raise ValueError(f"no name of a row: {names}")
    return pattern.format(**quoted)


def join_by_commas(values: str | int | Sequence[str | int] | None) -> str | None:
    """Return several ids or names as the one parameter that takes them."""
    if values is None or isinstance(values, str):
        return values
    if isinstance(values, int):
        return str(values)
    return ",".join(str(value) for value in values)


def list_pairs(parameters: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return parameters as the address has them: of several values each, and none that is None."""
    pairs = []
    for name, value in parameters.items():
        is_several = isinstance(value, Sequence) and not isinstance(value, str)
        for each in value if is_several else [value]:
            if each is not None:
                pairs.append((name, write_plain(each)))
    return pairs


def write_plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def write_body(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: write_value(value) for name, value in values.items() if value is not None}


def write_value(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [write_value(each) for each in value]
    return value


# What comes back


def is_worth_asking_again(method: str, status: int) -> bool:
    """Tell whether the same may be answered a moment later; of writes, where it was not taken."""
    return status == 429 or (method == "GET" and status in ASK_AGAIN)


def may_be_sent_again(method: str, error: BaseException | None) -> bool:
    return method == "GET" or isinstance(error, httpx.ConnectError)


def read_wait(response: httpx.Response) -> float | None:
    """Return the seconds that the site asks to wait, as a number or as a moment."""
    written = response.headers.get("Retry-After")
    if not written:
        return None
    try:
        return float(written)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    return max((moment - datetime.now(UTC)).total_seconds(), 0)


def warn_of_end(response: httpx.Response) -> None:
    """Warn where the site says that what was asked for has to end."""
    if "Deprecation" in response.headers:
        end = response.headers.get("Sunset", "an unknown day")
        where = response.links.get("deprecation", {}).get("url", "the document of the API")
        message = f"{response.url.path} has to end, and is there until {end}: see {where}."
        warnings.warn(message, DeprecationWarning, stacklevel=3)


def read_problem(response: httpx.Response) -> Problem:
    """Return what the site says of an error; a proxy's page of one says its status alone."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    if media_type == PROBLEM_MEDIA_TYPE:
        return read_row(Problem, response.json())
    return Problem(
        type="about:blank",
        title=response.reason_phrase or "Error",
        status=response.status_code,
        detail=f"{response.url.path} was answered with {response.status_code}.",
        instance=response.url.path,
    )
