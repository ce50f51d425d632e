"""Mails, one in a file or many in an mbox: newsletters, press releases, forwarded articles."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import IO, Any

from claims.intake.readers.documents import LARGEST_DOCUMENT, Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.page import read_page
from claims.intake.readers.plain import read_text_draft
from claims.intake.readers.repairing import decode_bytes, repair_text

LARGEST_MAIL = 8 * LARGEST_DOCUMENT  # bytes, with what is attached
HEADER = re.compile(
    rb"(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To"
    rb"|X-[\w-]+):",
    re.I,
)
PREFIX = re.compile(r"^(?:(?:fwd?|fw|re|aw|wg)\s*:\s*)+", re.I)
SIGNATURE = re.compile(r"^-- $.*", re.M | re.S)
QUOTED = re.compile(r"^>.*\n?", re.M)
SAVED_PAGE = "snapshot-content-location"


def is_mail(start: bytes) -> bool:
    """Whether a file begins with headers of a mail, two at least."""
    lines = start.split(b"\n\n", 1)[0].replace(b"\r", b"").split(b"\n")[:40]
    return bool(HEADER.match(start)) and sum(bool(HEADER.match(line)) for line in lines) > 1


def read_mail(content: bytes, where: str, *, undated: bool = False) -> Iterator[Document | Problem]:
    if len(content) > LARGEST_MAIL:
        raise Broken(f"the mail is larger than {LARGEST_MAIL:,} bytes")
    yield read_message(content, where).build(where, undated=undated)


def read_mbox(
    file: IO[bytes], where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield the article of each mail of an mbox, or what is wrong with it."""
    for number, content in enumerate(split_mbox(file), 1):
        here = f"{where}: mail {number}"
        try:
            yield from read_mail(content, here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def split_mbox(file: IO[bytes]) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    for line in file:
        if line.startswith(b"From ") and lines:
            yield b"".join(lines)
            lines, size = [], 0
        elif not line.startswith(b"From "):
            size += len(line)
            if size <= LARGEST_MAIL + 1:
                lines.append(line)
    if lines:
        yield b"".join(lines)


def read_message(content: bytes, where: str) -> Draft:
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise Broken("it is no mail that can be read")
    saved_from = str(message.get(SAVED_PAGE, "") or "")
    page, text = find_part(message, "html"), find_part(message, "plain")
    if saved_from and page:
        return read_page(page.encode(), where, address=saved_from)
    name, address = parseaddr(str(message.get("From", "")))
    known: dict[str, Any] = {
        "title": PREFIX.sub("", str(message.get("Subject", ""))).strip(),
        "day": find_mail_day(message),
        "number": str(message.get("Message-ID", "")).strip(" <>"),
        "publisher": name or address,
    }
    if page:
        draft = read_page(page.encode(), where)
        return Draft(
            text=draft.text,
            language=draft.language,
            author=draft.author,
            licence=draft.licence,
            kinds=draft.kinds,
            **known,
        )
    if not text:
        raise Broken("the mail holds no text")
    body = repair_text(QUOTED.sub("", SIGNATURE.sub("", text)))
    return read_text_draft(body, where, **known)


def find_part(message: EmailMessage, kind: str) -> str:
    """Return the text of a mail's body in a format; "" if it has none."""
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    return decode_bytes(content, part.get_content_charset() or "")


def find_mail_day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError):
        return ""
