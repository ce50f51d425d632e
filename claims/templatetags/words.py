"""How pages word what the rows hold."""

from collections.abc import Iterable

from django import template

from claims.extraction.schema import DETAIL_ROLES
from claims.models import Detail
from claims.review import REVIEW_BELOW

register = template.Library()

DETAILS = {
    "basis": "On the basis of",
    "addressee": "Told to",
    "target": "Against",
    "occasion": "Occasion",
    "hedge": "Hedged by",
    "anonymity": "Why unnamed",
}


@register.filter
def unsure(confidence: float | None) -> bool:
    """Whether a reader should be told that we doubt it."""
    return confidence is not None and confidence < REVIEW_BELOW


@register.filter
def how_sure(confidence: float | None) -> str:
    """A confidence between 0 and 1 in words."""
    if confidence is None:
        return "not measured"
    if confidence >= 0.9:
        return "high"
    return "fair" if confidence >= REVIEW_BELOW else "low"


@register.filter
def by_role(details: Iterable[Detail]) -> list[tuple[str, list[Detail]]]:
    """The details of a quote under the headings that a reader knows."""
    rows = list(details)
    found = [(DETAILS[role], [detail for detail in rows if detail.role == role]) for role in DETAIL_ROLES]
    return [(heading, having) for heading, having in found if having]


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def taken(stance: str) -> str:
    """What is done to a claim by a quote of this stance."""
    return {"asserts": "asserted", "denies": "denied", "questions": "questioned"}[stance]


@register.filter
def spoken(parameter: str) -> str:
    """A parameter of the address as a page calls it."""
    return {"q": "words", "since": "from", "until": "to"}.get(parameter, parameter)


@register.filter
def web_address(address: str) -> str:
    """The address if a reader may safely follow it, else nothing: articles come from anywhere."""
    return address if address.lower().startswith(("https://", "http://")) else ""
