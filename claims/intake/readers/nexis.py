"""Exports of Nexis Uni and LexisNexis as text: several articles, each with labelled lines around
its body.
"""

import re
from collections.abc import Iterator

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.metadata import is_person, split_byline
from claims.intake.readers.plain import find_written_day
from claims.intake.readers.repairing import repair_text, unwrap_text

END = re.compile(r"^[ \t]{0,99}End of Document[ \t]{0,99}$", re.M | re.I)
COUNTED = re.compile(r"^[ \t]{0,99}\d{1,6} of \d{1,6} DOCUMENTS[ \t]{0,99}$", re.M)
BODY = re.compile(r"^[ \t]{0,99}Body[ \t]{0,99}$", re.M)
AFTER_BODY = re.compile(r"^\s*(?:Classification|Graphic|Notes)\s*$")
LABEL = re.compile(
    r"^\s*(?P<label>Section|Length|Byline|Dateline|Highlight|Load-Date|Language|Publication-Type"
    r"|Graphic|Copyright|"
    r"Document-Type|Journal-Code|Subject|Company|Organization|Person|Geographic|Industry|Series"
    r"|Correction-Date|"
    r"Notes|Source|URL|Headline|Classification|Ticker|State|City|Country)\s*:\s*(?P<value>.*)$",
    re.I,
)  # fmt: skip
HEAD_LABELS = frozenset(
    ["section", "length", "byline", "dateline", "highlight", "headline", "source", "url", "series"]
)
COPYRIGHT = re.compile(
    r"^\s*(?:Copyright|©)\s*(?:©\s*)?(?:\d{4})?\s*(?P<name>.*?)(?:,?\s+All Rights Reserved.*)?$",
    re.I,
)
EDITION = re.compile(r"\b(?:edition|final|print|online|e-paper)\b", re.I)


def is_nexis(text: str) -> bool:
    """Whether a text has the marks of such an export."""
    has_end = bool(END.search(text) or COUNTED.search(text))
    return has_end and bool(
        re.search(
            r"^[ \t]{0,99}(?:LENGTH|Length)[ \t]{0,9}:[ \t]{0,9}\d{1,7}[ \t]{1,9}words", text, re.M
        )
    )


def read_nexis_text(
    text: str, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield each article of an export, or what is wrong with it."""
    parts = COUNTED.split(text) if COUNTED.search(text) else END.split(text)
    articles = [
        part for part in parts if re.search(r"^[ \t]{0,99}length[ \t]{0,9}:", part, re.M | re.I)
    ]
    for number, part in enumerate(articles, 1):
        here = f"{where}: article {number}"
        try:
            yield read_article(END.sub("", part)).build(here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def read_article(part: str) -> Draft:
    lines = repair_text(part).replace("\r\n", "\n").split("\n")
    labels: dict[str, str] = {}
    head: list[str] = []
    body: list[str] = []
    has_body_mark = any(BODY.match(line) for line in lines)
    in_body = False
    for line in lines:
        label = LABEL.match(line)
        if BODY.match(line) and not in_body:
            in_body = True
        elif in_body and AFTER_BODY.match(line):
            in_body = False
        elif label and (not in_body or label["label"].lower() not in HEAD_LABELS):
            labels.setdefault(label["label"].lower(), label["value"].strip())
            is_last = label["label"].lower() in ("load-date", "graphic", "subject", "language")
            if in_body and is_last:
                break
            in_body = in_body or (not has_body_mark and label["label"].lower() == "length")
        elif in_body:
            body.append(line)
        elif line.strip():
            head.append(line.strip())
    return make_draft(head, labels, unwrap_text("\n".join(body)))


def make_draft(head: list[str], labels: dict[str, str], text: str) -> Draft:
    """Return an article of its first lines, the labelled ones and its text."""
    if not text.strip():
        raise Broken("it has no text")
    day, title, publisher = "", labels.get("headline", ""), labels.get("source", "")
    for i, line in enumerate(head):
        if COPYRIGHT.match(line):
            continue
        if not day and (found := find_written_day(line)):
            day = found
            publisher = publisher or (head[i - 1] if i else "")
            before = [other for other in head[: max(i - 1, 0)] if not COPYRIGHT.match(other)]
            after = [
                other
                for other in head[i + 1 :]
                if not COPYRIGHT.match(other) and not EDITION.search(other)
            ]
            title = title or " ".join(before) or next(iter(after), "")
    names = [name for name in split_byline(labels.get("byline", "")) if is_person(name)]
    return Draft(
        title=title or next(iter(head), ""),
        text=text,
        day=day or find_written_day(labels.get("load-date", "")),
        url=labels.get("url", ""),
        publisher=publisher,
        author=", ".join(names),
        section=labels.get("section", "").partition(";")[0].strip(),
        licence=next((line for line in head if COPYRIGHT.match(line)), labels.get("copyright", "")),
    )
