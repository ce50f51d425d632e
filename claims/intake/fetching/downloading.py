"""Takes in the body of an answer up to a bound, which holds for what it unpacks to as well."""

import zlib
from collections.abc import Iterable, Iterator

import httpx

from claims.intake.fetching.deadlines import Deadline
from claims.intake.fetching.refusals import FetchRefused

LARGEST_CONTENT = 20_000_000  # bytes, unpacked
STEP = 1_000_000  # bytes that are unpacked at once
GZIP = 16 + zlib.MAX_WBITS
BROKEN = "what the site sent is broken, or was cut off"


def read_body(response: httpx.Response, deadline: Deadline, largest: int) -> bytes:
    """Return the body of an answer, unpacked. Raises `FetchRefused` if it is larger than `largest` bytes."""
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > largest:
        raise refuse_size(largest)
    content = bytearray()
    for piece in unpack(response.iter_raw(), response.headers.get("content-encoding", "")):
        content += piece
        if len(content) > largest:
            raise refuse_size(largest)
        deadline.get_remaining()
    return bytes(content)


def refuse_size(largest: int) -> FetchRefused:
    return FetchRefused(f"it is larger than {largest:,} bytes")


def unpack(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield a body as it was before it was packed, never more than `STEP` bytes at once."""
    match encoding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip":
            yield from inflate(pieces, GZIP)
        case "deflate":
            yield from inflate(pieces, zlib.MAX_WBITS)
        case _:
            raise FetchRefused(
                f"the site packs the page in a way that is not read ({encoding[:40]})"
            )


def inflate(pieces: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Yield what zlib unpacks. gzip may have several parts; deflate comes with and without a header."""
    unpacker = zlib.decompressobj(window)
    is_first = True
    for piece in pieces:
        if is_first and window == zlib.MAX_WBITS and not has_zlib_header(piece):
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        is_first = False
        rest = piece
        while rest:
            if unpacker.eof and not rest.startswith(b"\x1f\x8b"):
                return  # what follows the end is padding
            if unpacker.eof:
                unpacker = zlib.decompressobj(window)
            try:
                yield unpacker.decompress(rest, STEP)
            except zlib.error:
                raise FetchRefused(BROKEN) from None
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    yield from finish(unpacker, is_first)


def finish(unpacker: "zlib._Decompress", is_empty: bool) -> Iterator[bytes]:
    """Yield what the unpacker still holds back. Raises `FetchRefused` if its end has not come."""
    if is_empty:
        return
    while not unpacker.eof:
        held_back = unpacker.decompress(b"", STEP)
        if not held_back:
            break
        yield held_back
    if not unpacker.eof:
        raise FetchRefused(BROKEN)


def has_zlib_header(start: bytes) -> bool:
    """Whether bytes begin as RFC 1950 has it; many servers send raw deflate instead."""
    is_deflate = start[:1] != b"" and start[0] & 0x0F == 8
    return is_deflate and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0)
