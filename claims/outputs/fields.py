"""One flat row a quote: the columns that every file has, each with its type and what it means."""

from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

FieldType = Literal["integer", "number", "text", "boolean", "date", "moment"]

TYPE_NAMES: dict[type, FieldType] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "text",
    date: "date",
    datetime: "moment",
}


class FlatRow(NamedTuple):
    """A quote with all that stands beside it, as one row. Text that there is none of is empty."""

    id: Annotated[int, "number of the quote; it lasts"]
    address: Annotated[str, "address of the page of the quote"]
    quote: Annotated[str, "what was said, in the article's words; “ … ” between its parts"]
    sentence: Annotated[str, "who said it, how and where, as one sentence ready to print"]
    speaker: Annotated[str, "who said it, in the article's words"]
    actor: Annotated[str, "name of who said it; empty: not clear"]
    actor_slug: Annotated[str, "the actor in addresses and filters"]
    actor_kind: Annotated[str, "person, organization, state, group, document or unnamed"]
    wikidata: Annotated[str, "item of Wikidata that a person gave the actor, such as Q7747"]
    speaker_unsure: Annotated[bool, "whether the speaker may well be wrong"]
    cue: Annotated[str, "the reporting words, as the article has them"]
    act: Annotated[str, "what the cue does: say, claim, report, deny and so on"]
    stance: Annotated[str, "towards the claim: asserts, denies or questions"]
    kind: Annotated[str, "direct, mixed or indirect"]
    claim_id: Annotated[int, "number of the claim that the quote makes, or takes a stance to"]
    within_id: Annotated[int | None, "number of the quote in whose content this one stands"]
    within_stance: Annotated[str, "of who tells it there: asserts, denies or questions"]
    said_on: Annotated[date | None, "the day it was said, where the article tells"]
    article_id: Annotated[int, "number of the article"]
    article_title: Annotated[str, "title of the article"]
    article_address: Annotated[str, "address of the article where it was published"]
    published_on: Annotated[date | None, "date of the article; empty: nobody knows it"]
    language: Annotated[str, "language of the article as BCP 47 names it, such as en-GB"]
    section: Annotated[str, "section of its outlet, such as Politics"]
    author: Annotated[str, "who wrote the article"]
    licence: Annotated[str, "terms under which the article may be used, as its page says"]
    outlet: Annotated[str, "name of who published the article"]
    outlet_slug: Annotated[str, "the outlet in addresses and filters"]
    confidence: Annotated[float, "that this is a quote and ends here, 0 to 1"]
    actor_confidence: Annotated[float | None, "that the actor is right, 0 to 1"]
    status: Annotated[str, "of a person's review: unreviewed, accepted, corrected or rejected"]
    version: Annotated[int, "which text of the article the offsets are in: 1 for the first"]
    extractor: Annotated[str, "version of the engine that found the quote"]
    added_at: Annotated[datetime, "when the quote came in"]
    source_start: Annotated[int | None, "where the speaker begins in the text, in characters"]
    source_end: Annotated[int | None, "where the speaker ends, that character not included"]
    cue_start: Annotated[int, "where the cue begins"]
    cue_end: Annotated[int, "where the cue ends"]
    content_spans: Annotated[str, "where the parts of the quote begin and end: 12-40 52-60"]

    @property
    def is_asserted(self) -> bool:
        """Tell whether the speaker asserts what the quote says, and nobody denies or questions
        that they do.
        """
        return self.stance == "asserts" and self.within_stance in ("", "asserts")


class Field(NamedTuple):
    """A column: its name, its type, whether it may be empty, and what it means."""

    name: str
    type: FieldType
    is_optional: bool
    description: str


def list_fields() -> Iterator[Field]:
    """Yield the columns as the annotations of `FlatRow` tell them."""
    for name, hint in get_type_hints(FlatRow, include_extras=True).items():
        value_type, description = get_args(hint)
        choices = get_args(value_type) or (value_type,)
        (kind,) = (choice for choice in choices if choice is not NoneType)
        yield Field(name, TYPE_NAMES[kind], NoneType in choices, description)


FIELDS: tuple[Field, ...] = tuple(list_fields())
TEXT_PLACES = tuple(place for place, field in enumerate(FIELDS) if field.type == "text")


def build_dictionary() -> list[dict[str, Any]]:
    """Return the data dictionary as rows with `name`, `type` and `description`."""
    return [
        {"name": field.name, "type": field.type, "description": field.description}
        for field in FIELDS
    ]
