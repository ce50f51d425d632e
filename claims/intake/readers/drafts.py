"""What a reader found in a file, before it is a document."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from claims.extraction.text.blocks import build_blocks
from claims.intake.readers.dates import find_days_in_address
from claims.intake.readers.documents import Broken, Document, build_document
from claims.intake.readers.languages import find_foreign_language
from claims.intake.readers.repairing import drop_control_characters
from claims.intake.readers.reviews import ClaimReview

DIGITS_OF_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a reader found it; what it did not find is empty.

    `day` is YYYY-MM-DD or YYYYMMDD. `number` is the name that an archive gives the article.
    `found_at` is the address at which the article was found, if that may be another than its own.
    `kinds` tells of each line of the text what it is, such as a heading. `reviews` are the fact-checks
    that its page carries.
    """

    title: str
    text: str
    day: str = ""
    url: str = ""
    publisher: str = ""
    author: str = ""
    section: str = ""
    language: str = ""
    number: str = ""
    found_at: str = ""
    licence: str = ""
    kinds: tuple[str, ...] = ()
    reviews: tuple[ClaimReview, ...] = ()

    def build(self, where: str, *, undated: bool = False) -> Document:
        """Return the document, or raise `Broken` saying why there is none.

        One without address and number is known by its words: the same text is the same article.
        """
        cleaned: dict[str, Any] = {
            name: drop_control_characters(getattr(self, name)) for name in TEXTS
        }
        draft = replace(self, **cleaned)
        if foreign := find_foreign_language(draft.text):
            raise Broken(f"its language is {foreign}, not English")
        number = draft.number
        if not draft.url and not number and draft.text.strip():
            number = sha256(f"{draft.title}\n{draft.text}".encode()).hexdigest()[:DIGITS_OF_DIGEST]
        document = build_document(
            where=where,
            title=draft.title,
            text=draft.text,
            day=draft.day or find_day_in_name(where),
            url=draft.url,
            publisher=draft.publisher,
            number=number,
            addresses=[draft.found_at] if draft.found_at not in ("", draft.url) else [],
            undated=undated,
            author=draft.author,
            section=draft.section,
            licence=draft.licence,
            language=draft.language if draft.language.lower().startswith("en") else "en",
        )
        blocks = build_blocks(document.text, self.kinds)
        return replace(document, blocks=blocks, reviews=self.reviews)


TEXTS = ("title", "text", "url", "publisher", "author", "section", "number", "licence")


def find_day_in_name(where: str) -> str:
    """Return the date with which a file's name begins, "2024-03-05 Bridge.pdf"; "" if it has
    none.
    """
    name = PurePath(where).name
    days = find_days_in_address(f"https://name.invalid/{name[:10]}/")
    return next((day.isoformat() for day in days), "")
