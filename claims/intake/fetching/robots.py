"""Asks a site's robots.txt whether a program may read an address (RFC 9309): for feeds and crawls alone.

A link that a person gives is fetched as the person's browser would.
"""

import threading
import time
from dataclasses import dataclass

from protego import Protego

from claims.intake.fetching.addresses import Address, parse_address
from claims.intake.fetching.answers import request
from claims.intake.fetching.guard import is_inner_site
from claims.intake.fetching.identity import PRODUCT
from claims.intake.fetching.politeness import LONGEST_PAUSE, PAUSE
from claims.intake.fetching.refusals import FetchRefused

SECONDS_KEPT = 3600.0  # that the rules of a site are remembered
SECONDS_KEPT_OF_FAULT = 60.0  # that they are not asked for again where they could not be had
LARGEST_ROBOTS = 2_000_000  # bytes
MOST_SITES = 1000  # that are remembered
NOT_ALLOWED = "the site does not let programs read this page (robots.txt)"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site's robots.txt says. `refusal`: why it could not be had, which forbids everything."""

    robots: Protego | None
    refusal: FetchRefused | None
    kept_until: float


RULES: dict[str, Rules] = {}
LOCK_OF_RULES = threading.Lock()


def refuse_where_kept_out(address: str) -> None:
    """Raise `FetchRefused` with the reason unless robots.txt lets programs read an address."""
    check_may_crawl(parse_address(address))


def may_crawl(address: str) -> bool:
    """Whether robots.txt lets programs read an address; if it cannot be had, it does not."""
    try:
        refuse_where_kept_out(address)
    except FetchRefused:
        return False
    return True


def check_may_crawl(address: Address) -> float:
    """Return the pause that the site wants between requests. Raises `FetchRefused`, saying why not."""
    rules = find_rules(address)
    if rules.refusal:
        raise FetchRefused(
            f"its robots.txt cannot be read: {rules.refusal}",
            again_after=rules.refusal.again_after,
            status=rules.refusal.status,
        )
    if rules.robots and not rules.robots.can_fetch(address.text, PRODUCT):
        raise FetchRefused(NOT_ALLOWED)
    return find_pause(address, rules)


def find_pause(address: Address, rules: Rules) -> float:
    """Return the seconds between two requests: none to a site of one's own."""
    wanted = rules.robots.crawl_delay(PRODUCT) if rules.robots else None
    usual = get_usual_pause(address)
    return min(max(usual, wanted or 0.0), LONGEST_PAUSE)


def get_usual_pause(address: Address) -> float:
    return 0.0 if is_inner_site(address.host, address.port) else PAUSE


def find_rules(address: Address) -> Rules:
    """Return the rules of a site, from an hour ago at most."""
    with LOCK_OF_RULES:
        rules = RULES.get(address.origin)
    if rules is None or rules.kept_until < time.monotonic():
        rules = ask_for_rules(address)
        with LOCK_OF_RULES:
            if len(RULES) >= MOST_SITES:
                RULES.clear()
            RULES[address.origin] = rules
    return rules


def ask_for_rules(address: Address) -> Rules:
    """Fetch the robots.txt of a site. One that is not there forbids nothing."""
    try:
        answer = request(parse_address(f"{address.origin}/robots.txt"), largest=LARGEST_ROBOTS)
    except FetchRefused as error:
        is_missing = 400 <= error.status < 500 and error.status != 429
        kept_until = time.monotonic() + (SECONDS_KEPT if is_missing else SECONDS_KEPT_OF_FAULT)
        return Rules(None, None if is_missing else error, kept_until)
    robots = Protego.parse(answer.content.decode("utf-8", "replace"))
    return Rules(robots, None, time.monotonic() + SECONDS_KEPT)
