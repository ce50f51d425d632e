"""What was fetched, if a document may be in it."""

import re
from dataclasses import dataclass

import httpx

from claims.intake.fetching.answers import Answer
from claims.intake.fetching.refusals import FetchRefused

UNCHANGED = 304
LONGEST_ETAG = 500  # characters
LONGEST_MOMENT = 100
PRINTABLE = re.compile(r"[\x20-\x7e]+")
NO_DOCUMENTS = {
    "image": "a picture",
    "video": "a video",
    "audio": "a recording",
    "font": "a font",
    "text/css": "a part of a page, not a page",
    "text/javascript": "a program, not a page",
    "application/javascript": "a program, not a page",
    "application/x-javascript": "a program, not a page",
    "application/wasm": "a program, not a page",
    "application/vnd.apple.mpegurl": "a video",
    "application/x-mpegurl": "a video",
}
# How files begin that are no documents, whatever the site calls them.
NO_DOCUMENT_STARTS = (
    (re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|....ftypavif", re.S), "a picture"),
    (re.compile(rb"....ftyp|\x1a\x45\xdf\xa3|RIFF....AVI |FLV\x01", re.S), "a video"),
    (re.compile(rb"ID3|OggS|RIFF....WAVE|fLaC", re.S), "a recording"),
    (re.compile(rb"\x7fELF|MZ.{58,510}PE\x00\x00", re.S), "a program, not a page"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is at an address. `address` is where it was in the end, after all redirects.

    `content_type` is in small letters, such as "text/html", and `charset` what the site says of its
    letters; each is "" where it does not say. Where it `is_unchanged` since the last time,
    `content` is empty. `etag` and `last_modified` are to be given the next time.
    """

    address: str
    content: bytes
    content_type: str
    charset: str
    etag: str
    last_modified: str
    is_unchanged: bool


def build_fetched(answer: Answer) -> Fetched:
    """Return what a site answered. Raises `FetchRefused` if it is empty, or no document."""
    content_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_unchanged = answer.status == UNCHANGED
    if not is_unchanged:
        check_content(answer.content, content_type)
    return Fetched(
        address=answer.address.text,
        content=answer.content,
        content_type=content_type,
        charset=find_charset(answer.headers),
        etag=keep_printable(answer.headers.get("etag", ""), LONGEST_ETAG),
        last_modified=keep_printable(answer.headers.get("last-modified", ""), LONGEST_MOMENT),
        is_unchanged=is_unchanged,
    )


def check_content(content: bytes, content_type: str) -> None:
    kind = NO_DOCUMENTS.get(content_type) or NO_DOCUMENTS.get(content_type.partition("/")[0])
    for start, name in NO_DOCUMENT_STARTS:
        if start.match(content):
            kind = name
    if kind:
        raise FetchRefused(f"there is no article at this address, but {kind}")
    if not content.strip():
        raise FetchRefused("the page is empty")


def find_charset(headers: httpx.Headers) -> str:
    """Return the encoding that the site names, if it is one of text."""
    name = httpx.Response(200, headers=headers).charset_encoding or ""
    try:
        b"news".decode(name or "utf-8")
    except (LookupError, ValueError):
        return ""
    return name.lower()


def keep_printable(value: str, longest: int) -> str:
    """Return a header's value if it can be sent back as it came."""
    return value if len(value) <= longest and PRINTABLE.fullmatch(value) else ""
