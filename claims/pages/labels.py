"""What readers call the values that quotes are narrowed by, and the filters: `docs/words.md` has them.

Addresses, files and the REST API keep the names of the fields.
"""

from claims.search.disputed import CHOICE_LABELS

HEADINGS = {
    "act": "What they did",
    "kind": "In quotation marks",
    "stance": "Position",
    "status": "Checked by a person",
}
VALUE_LABELS: dict[str, dict[str, str]] = {
    "act": {
        "say": "said",
        "claim": "claimed",
        "report": "reported",
        "confirm": "confirmed",
        "deny": "denied",
        "accuse": "accused or criticised",
        "support": "supported",
        "warn": "warned",
        "promise": "promised",
        "demand": "demanded",
        "predict": "predicted",
        "question": "questioned",
        "believe": "believed",
        "no_comment": "declined to comment",
    },
    "kind": {"direct": "all of it", "mixed": "part of it", "indirect": "none of it"},
    "stance": {"asserts": "says so", "denies": "denies it", "questions": "questions it"},
    "speaker": {"named": "with a name", "unnamed": "without a name", "unknown": "not clear"},
    "status": {
        "unreviewed": "not yet",
        "accepted": "found right",
        "corrected": "corrected",
        "rejected": "rejected",
    },
    "copies": {"all": "every copy of a text", "once": "each text once"},
    "disputed": {
        "yes": "disputed in some way",
        "denied": CHOICE_LABELS["denied"],
        "figures": CHOICE_LABELS["figures"],
        "credit": CHOICE_LABELS["credit"],
    },
}
# What stands before a value that is asked for.
PREFIXES = {
    "q": "words",
    "since": "from",
    "until": "to",
    "where": "words in",
    "actor": "by",
    "about": "about",
    "outlet": "in",
    "kind": "in quotation marks:",
    "speaker": "speaker",
    "status": "checked:",
}


def name_heading(parameter: str, heading: str) -> str:
    """Return what stands above the values of a filter that the code calls so."""
    return HEADINGS.get(parameter, heading)


def name_value(parameter: str, value: str, label: str) -> str:
    """Return what a value of a filter is called, or the label that it has of its own."""
    return VALUE_LABELS.get(parameter, {}).get(value, label)


def name_parameter(parameter: str) -> str:
    """Return what stands before a value that is asked for; nothing where the value says it all."""
    return PREFIXES.get(parameter, "")


def name_act(act: str) -> str:
    return VALUE_LABELS["act"][act]
