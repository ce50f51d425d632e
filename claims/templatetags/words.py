"""How pages word what the rows hold."""

from django import template

register = template.Library()

UNSURE_BELOW = 0.75


@register.filter
def unsure(confidence: float | None) -> bool:
    """Whether a reader should be told that we doubt it."""
    return confidence is not None and confidence < UNSURE_BELOW


@register.filter
def how_sure(confidence: float | None) -> str:
    """A confidence between 0 and 1 in words."""
    if confidence is None:
        return "not measured"
    if confidence >= 0.9:
        return "high"
    return "fair" if confidence >= UNSURE_BELOW else "low"


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
