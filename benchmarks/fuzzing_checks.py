"""What schemathesis is told of the REST API besides its schema: `SCHEMATHESIS_HOOKS`.

The schema cannot say which slugs there are, that one day comes before another, or what a decision
needs. So slugs are exchanged for some that there are, and a valid request that is refused with 400 is
let go where the refusal is one of those below. Whoever asks for some `fields` alone gets less than
the schema says is always there: those are asked for with names that there are not, and no others.
"""

import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.generation import GenerationMode

# Beside the schema: the slugs that there are by the parameters that take them, and by each path the
# pattern of its fields.
KNOWN: dict[str, Any] = json.loads(Path("known.json").read_text())
SLUGS: dict[str, list[str]] = KNOWN["slugs"]
FIELDS: dict[str, str] = KNOWN["fields"]
NOTHING = "(?!)"
# Parameters and fields, each with what may be said of a value that its schema allows.
REFUSALS = (
    ("actor|about|outlet", r"There is no (actor|outlet) “"),
    ("actor", r"Give two actors|Two actors are compared|Unknown speakers are many"),
    ("q", r"too common to search for|needs words|nothing to search for"),
    ("until", r"is before “since”"),
    ("order", r"needs words to search for"),
    ("since", r"should be one that you were given"),  # of a year long before or after ours
    ("find", r"needs “more”"),
    ("page", r"There is no page"),
    ("others", r"There is no actor"),
    (r"(who|cue|contents)\.end", r"comes after the start"),
    (r"\w+", r"“\w+” needs this"),
    ("url", r"Give an address or a text, and not both"),
    (r".+", r"This field may not be blank"),
    (r".+", r"holds NUL|that no text has"),
)


@schemathesis.hook  # type: ignore[untyped-decorator] # in another environment
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    if not case.query:
        return
    if re.fullmatch(FIELDS.get(case.operation.path, NOTHING), str(case.query.get("fields"))):
        del case.query["fields"]
    if not is_valid(case):
        return
    for name, slugs in SLUGS.items():
        if name in case.query:
            case.query[name] = choose_slugs(case.query[name], slugs)


def is_valid(case: Any) -> bool:
    return bool(case.meta and case.meta.generation.mode == GenerationMode.POSITIVE)


def choose_slugs(value: Any, slugs: Sequence[str]) -> Any:
    """Return slugs that there are for those that were made up: for the same ones the same."""
    if isinstance(value, str):
        return slugs[zlib.crc32(value.encode("utf-8", "replace")) % len(slugs)] if value else value
    chosen = [choose_slugs(each, slugs) for each in value]
    return list(dict.fromkeys(chosen)) if len(value) != 2 else list(slugs[:2])


@schemathesis.check  # type: ignore[untyped-decorator] # in another environment
def refuses_what_the_schema_cannot_say(context: Any, response: Any, case: Any) -> None:
    """Hold a refusal of a valid request to what may be refused."""
    if response.status_code != 400 or not is_valid(case):
        return
    for error in response.json().get("errors", []):
        assert is_known_refusal(error["name"], error["detail"]), f"{error} of a valid request"


def is_known_refusal(name: str, detail: str) -> bool:
    return any(re.fullmatch(names, name) and re.search(told, detail) for names, told in REFUSALS)
