"""Previews of links, as a stranger reads them aloud: what the article says, and not its opposite."""

import pytest

from claims.extraction.schema import Act
from claims.models import Quote
from claims.pages.cards import build_quote_card
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

LONG = (
    "the long bridge over the wide water of the old harbour was never checked, repaired or closed"
)
# The text with source, cue and content; the act, the kind, and the title of the preview.
READ: list[tuple[str, str, str, str, Act, str, str]] = [
    (
        "Ms. Bell denied that she hid a report.",
        "Ms. Bell",
        "denied",
        "that she hid a report",
        "deny",
        "indirect",
        "Ana Bell denied that she hid a report",
    ),
    (
        "Ms. Bell, denying knowledge of the report, left.",
        "Ms. Bell",
        "denying",
        "knowledge of the report",
        "deny",
        "indirect",
        "Ana Bell denied knowledge of the report",
    ),
    (
        "Ms. Bell rejected claims that she had hidden it.",
        "Ms. Bell",
        "rejected claims",
        "that she had hidden it",
        "deny",
        "indirect",
        "Ana Bell rejected claims that she had hidden it",
    ),
    (
        "“I never said that,” Ms. Bell said.",
        "Ms. Bell",
        "said",
        "“I never said that,”",
        "deny",
        "direct",
        "Ana Bell said: “I never said that”",
    ),
    (
        "Ms. Bell did not say the bridge was safe.",
        "Ms. Bell",
        "did not say",
        "the bridge was safe",
        "deny",
        "indirect",
        "Ana Bell did not say the bridge was safe",
    ),
    (
        "Ms. Bell refused to confirm that the bridge would close.",
        "Ms. Bell",
        "refused to confirm",
        "that the bridge would close",
        "no_comment",
        "indirect",
        "Ana Bell refused to confirm that the bridge would close",
    ),
    (
        "Ms. Bell questioned whether the bridge is safe.",
        "Ms. Bell",
        "questioned",
        "whether the bridge is safe",
        "question",
        "indirect",
        "Ana Bell questioned whether the bridge is safe",
    ),
    (
        "Ms. Bell said it would last “a hundred years”.",
        "Ms. Bell",
        "said",
        "it would last “a hundred years”",
        "say",
        "mixed",
        "Ana Bell said it would last “a hundred years”",
    ),
    (
        "According to Ms. Bell, the bridge is safe.",
        "Ms. Bell",
        "According to",
        "the bridge is safe",
        "say",
        "indirect",
        "According to Ana Bell, the bridge is safe",
    ),
    (
        f"Ms. Bell denied that {LONG} in time.",
        "Ms. Bell",
        "denied",
        f"that {LONG} in time",
        "deny",
        "indirect",
        f"Ana Bell denied that {LONG} in time",
    ),
]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "act", "kind", "title"), READ, ids=[row[0] for row in READ]
)
def test_a_preview_says_what_the_article_says(
    text: str, source: str, cue: str, content: str, act: Act, kind: str, title: str
) -> None:
    quote = make_quote(
        actor=make_actor("Ana Bell", "person"),
        article=make_article(text),
        source=source,
        cue=cue,
        content=content,
        act=act,
        kind=kind,
    )

    card = build_quote_card(Quote.objects.for_display().with_version().get(pk=quote.pk))

    assert card.title == title
