"""Takes in what is handed over: an address, a text, or files. What is too much is refused."""

import secrets
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db import transaction

from claims.intake.queueing import queue_opening
from claims.models import Arrival, ArrivalState, Delivery
from claims.models.arrivals import PASTED
from claims.models.refusals import Refused
from newsroom.web_addresses import LONGEST_ADDRESS, complete_address, is_web_address

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LONGEST_TEXT = 1_000_000  # characters, as the two that follow
LONGEST_TITLE = 1000
LONGEST_NAME = 200
LARGEST_FILE = 25_000_000  # bytes
LARGEST_DELIVERY = 50_000_000  # bytes of all files together
MOST_FILES = 500
LISTS = "lists"  # in what is told of an arrival: how many lists led there; from one, no further


def deliver_address(
    address: str,
    *,
    user: "AbstractBaseUser | None" = None,
    sender: str = "",
    keeps_itself: bool = False,
) -> Delivery:
    """Have the page at an address fetched and read. Raises `Refused` if it is none of a page."""
    address = check_address(address)
    arrival = Arrival(where=address, address=address)
    return deliver([arrival], user=user, sender=sender, keeps_itself=keeps_itself)


def check_address(written: str) -> str:
    """Return an address as it was meant; `https://` may have been left out. Raises `Refused`."""
    address = complete_address(written)
    if not is_web_address(address):
        raise Refused("this is not the address of a web page, which begins with https://")
    if len(address) > LONGEST_ADDRESS:
        raise Refused(f"the address is longer than {LONGEST_ADDRESS:,} characters")
    return address


def deliver_text(
    text: str,
    *,
    title: str = "",
    date: str = "",
    follows_links: bool = True,
    user: "AbstractBaseUser | None" = None,
    sender: str = "",
    keeps_itself: bool = False,
) -> Delivery:
    """Have a text read, and what is at the addresses if it is nothing but addresses.

    These are left alone where somebody may not hand in links. Raises `Refused` if there is no text,
    or too much of it.
    """
    if not text.strip():
        raise Refused("there is no text")
    if len(text) > LONGEST_TEXT:
        raise Refused(f"the text is longer than {LONGEST_TEXT:,} characters; hand it in as a file")
    content = f"{label_lines(title=title, date=date)}{text}".encode(errors="replace")
    told = None if follows_links else {LISTS: 1}
    arrival = Arrival(where=PASTED, content=content, told=told)
    return deliver([arrival], user=user, sender=sender, keeps_itself=keeps_itself)


def label_lines(**values: str) -> str:
    """Return what is known of a text as the lines at its top that the reader takes it from."""
    lines = []
    for name, value in values.items():
        words = " ".join(value.split())[:LONGEST_TITLE]
        if words:
            lines.append(f"{name.capitalize()}: {words}\n")
    return "".join([*lines, "\n"]) if lines else ""


def deliver_files(
    files: Sequence[tuple[str, bytes]],
    *,
    user: "AbstractBaseUser | None" = None,
    sender: str = "",
    keeps_itself: bool = False,
) -> Delivery:
    """Have files read, given by name and content.

    One that is too large is refused alone. Raises `Refused` if there are none, or too many.
    """
    if not files:
        raise Refused("there is no file")
    if len(files) > MOST_FILES:
        raise Refused(
            f"these are {len(files):,} files; hand in {MOST_FILES} at once, or a ZIP of them"
        )
    size = sum(len(content) for _, content in files)
    if size > LARGEST_DELIVERY:
        raise Refused(
            f"the files have {size:,} bytes together; {LARGEST_DELIVERY:,} can be handed in at once"
        )
    names = make_names_different(clean_name(name) for name, _ in files)
    arrivals = []
    for name, (_, content) in zip(names, files, strict=True):
        arrival = Arrival(where=name, content=content)
        if len(content) > LARGEST_FILE:
            arrival.content = None
            arrival.state = ArrivalState.REFUSED
            arrival.reason = f"it has {len(content):,} bytes; a file may have {LARGEST_FILE:,}"
        arrivals.append(arrival)
    return deliver(arrivals, user=user, sender=sender, keeps_itself=keeps_itself)


def clean_name(name: str) -> str:
    """Return the name of a file, without folders and characters that cannot be shown."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(character for character in last if character.isprintable())
    ending = "".join(PurePosixPath(shown).suffixes[-2:])[-20:]
    if len(shown) > LONGEST_NAME:
        shown = f"{shown[: LONGEST_NAME - len(ending) - 1]}…{ending}"
    return shown or "file without a name"


def make_names_different(names: Iterable[str]) -> list[str]:
    """Return names of which none comes twice: “a.txt”, “2 a.txt”."""
    different: dict[str, None] = {}
    for name in names:
        candidate = name
        number = 1
        while candidate in different:
            number += 1
            candidate = f"{number} {name}"
        different[candidate] = None
    return list(different)


def deliver(arrivals: Sequence[Arrival], **values: Any) -> Delivery:
    """Store what was handed in, and have all of it opened that is not refused already."""
    user = values.pop("user")
    with transaction.atomic():
        delivery = Delivery.objects.create(
            token=secrets.token_urlsafe(32), added_by=user if user and user.pk else None, **values
        )
        add_arrivals(delivery, arrivals, is_urgent=True)
    return delivery


def add_arrivals(delivery: Delivery, arrivals: Sequence[Arrival], *, is_urgent: bool) -> None:
    """Store what a delivery brings, and have it opened. The caller has begun a transaction."""
    for arrival in arrivals:
        arrival.delivery = delivery
    Arrival.objects.bulk_create(arrivals, batch_size=500)
    waiting = [arrival for arrival in arrivals if arrival.state == ArrivalState.QUEUED]
    queue_opening(waiting, is_urgent=is_urgent)
