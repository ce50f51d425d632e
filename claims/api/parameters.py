"""The parameters of the REST API, as its schema tells them."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import QuoteStatus
from claims.models.actors import SPEAKER_VALUES
from claims.models.places import PLACES
from claims.search.parameters import COPIES_COUNTED, DISPUTED_VALUES
from claims.search.reading import LONGEST_SEARCH_TEXT

LARGEST_NUMBER = 10**18 - 1
LONGEST_PARAMETER_VALUE = 200  # characters
NO_NUL = r"^[^\x00]*$"


def build_parameter(
    name: str, description: str, values: Sequence[str] = (), many: bool = False
) -> OpenApiParameter:
    return OpenApiParameter(
        name, OpenApiTypes.STR, description=description, enum=values or None, many=many
    )


def build_text_parameter(
    name: str, description: str, *, longest: int = 0, pattern: str = ""
) -> OpenApiParameter:
    """Return a parameter of a text that is no longer than this, or that looks so."""
    schema: dict[str, Any] = {"type": "string"}
    if longest:
        schema |= {"minLength": 1, "maxLength": longest}
    if pattern:
        schema["pattern"] = pattern
    return OpenApiParameter(name, schema, description=description)


def build_words_parameter(
    description: str, longest: int, *, is_needed: bool = False
) -> OpenApiParameter:
    """Return the parameter `q`: words, of so many characters at most."""
    schema: dict[str, Any] = {"type": "string", "maxLength": longest, "pattern": NO_NUL}
    if is_needed:
        schema["minLength"] = 1
    return OpenApiParameter("q", schema, required=is_needed, description=description)


def build_number_parameter(
    name: str, description: str, most: int = 0, *, least: int = 0
) -> OpenApiParameter:
    schema: dict[str, Any] = {
        "type": "integer",
        "minimum": least,
        "maximum": most or LARGEST_NUMBER,
    }
    return OpenApiParameter(name, schema, description=description)


def build_day_parameter(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.DATE, description=description)


COPIES_PARAMETER = build_parameter(
    "copies",
    "whether copies of one text count once or all; without it once, but all where an outlet is given",
    COPIES_COUNTED,
)
COUNTED_COPIES_PARAMETER = build_parameter(
    "copies", "whether copies of one text count once or all; without it once", COPIES_COUNTED
)
DISPUTED_PARAMETER = build_parameter(
    "disputed",
    "only what is disputed: denied, told with other figures, its words credited to two, or any of these",
    DISPUTED_VALUES,
)
OUTLET_COPIES_PARAMETER = build_parameter(
    "copies",
    "whether an outlet has only what it published first, once, or all; without it all",
    COPIES_COUNTED,
)
QUOTE_PARAMETERS = [
    build_parameter("actor", "who said it: slug of an actor", many=True),
    build_parameter("speaker", "what is known of who speaks", SPEAKER_VALUES, many=True),
    build_parameter("about", "slug of an actor that the content names", many=True),
    build_parameter("act", "what the cue does", ACTS, many=True),
    build_parameter("kind", "direct, mixed or indirect", KINDS, many=True),
    build_parameter("stance", "towards the claim", STANCES, many=True),
    build_parameter("outlet", "slug of an outlet", many=True),
    build_parameter(
        "status", "of review; without it, all but rejected", QuoteStatus.values, many=True
    ),
    OpenApiParameter(
        "since", OpenApiTypes.DATE, description="article published on this day or later"
    ),
    OpenApiParameter(
        "until", OpenApiTypes.DATE, description="article published on this day or earlier"
    ),
    build_words_parameter('words in the content: words, "phrases", -not, or', LONGEST_SEARCH_TEXT),
    build_parameter(
        "where",
        "where the words of q stand: in the content (words, the default), in the title or anywhere"
        " in the article, or in a name of the speaker",
        PLACES,
        many=True,
    ),
    COPIES_PARAMETER,
    build_parameter(
        "order",
        "newest by default, relevance when q is given",
        ("newest", "oldest", "arrived", "relevance"),
    ),
]
WORDS_PARAMETER = build_words_parameter("words to find", LONGEST_PARAMETER_VALUE)
