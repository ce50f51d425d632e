"""A quote within a denial is told with the denial, in files and on its page alike."""

import re
from html import unescape

import pytest
from django.test import Client

from claims.extraction.schema import Act
from claims.models import Quote
from claims.outputs.tellers import OuterQuote, find_teller
from tests.claims.outputs.reading import fetch
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

TOLD = "Smith told Jones to stop"


def make_inner(outer_actor: str | None, source: str, cue: str, act: Act, **values: float) -> Quote:
    """What Smith told, within what somebody said of it."""
    article = make_article(f"{source} {cue} {TOLD} at once.", outlet="CBS News")
    outer = make_quote(
        article=article, actor=outer_actor, source=source, cue=cue, content=TOLD, act=act, **values
    )
    return make_quote(
        article=article, actor="Smith", cue="told", content="Jones to stop", within=outer
    )


def read_sentence(client: Client, quote: Quote) -> str:
    """Return the sentence of the files, which is that of the page, and of its title but for order."""
    sentence = fetch(client, f"/quotes/{quote.pk}.txt")[0].decode().strip()
    page = unescape(client.get(quote.get_absolute_url()).content.decode())
    told = sentence.partition(" (CBS News")[0]
    assert sentence in page
    # A preview, whose end may be cut off, begins with the denial.
    title = re.sub(r"^(.*), in what (.*) denied$", r"Denied by \2: \1", told)
    assert f'<meta property="og:title" content="{title}">' in page
    return told


@pytest.mark.parametrize(
    ("actor", "source", "cue", "act", "expected"),
    [
        ("Smith", "Mr. Smith", "denied", "deny", ", in what Smith denied"),
        ("Smith", "Mr. Smith", "said", "say", ""),
        (None, "", "It was denied", "deny", ", in what an unidentified speaker denied"),
        (None, "", "It was said", "say", ", according to an unidentified speaker"),
        ("Bell", "Ms. Bell", "said", "say", ", according to Bell"),
    ],
)
def test_a_denial_of_what_was_said_is_told(
    client: Client, actor: str | None, source: str, cue: str, act: Act, expected: str
) -> None:
    quote = make_inner(actor, source, cue, act)

    told = read_sentence(client, quote)

    assert told.endswith(f"Jones to stop{expected}")


def test_a_teller_in_doubt_is_told_with_the_doubt(client: Client) -> None:
    quote = make_inner("Bell", "Ms. Bell", "said", "say", actor_confidence=0.5)

    assert read_sentence(client, quote).endswith(", according to Bell (attribution uncertain)")

    Quote.objects.filter(inner=quote).update(status="accepted")
    assert read_sentence(client, quote).endswith(", according to Bell")


def test_a_denial_that_a_curator_rejected_is_not_told(client: Client) -> None:
    quote = make_inner("Smith", "Mr. Smith", "denied", "deny")
    Quote.objects.filter(inner=quote).update(status="rejected")

    assert read_sentence(client, quote).endswith("Jones to stop")


def test_a_denial_around_what_another_told_is_told(client: Client) -> None:
    article = make_article("Bell denied Reza said Smith told Jones to stop.", outlet="CBS News")
    denial = make_quote(
        article=article, actor="Bell", cue="denied", content=f"Reza said {TOLD}", act="deny"
    )
    middle = make_quote(article=article, actor="Reza", content=TOLD, within=denial)
    quote = make_quote(
        article=article, actor="Smith", cue="told", content="Jones to stop", within=middle
    )

    told = read_sentence(client, quote)
    listed = client.get("/").content.decode()

    assert told.endswith("Jones to stop, in what Bell denied")
    assert listed.count(f'<a class="within" href="/quotes/{denial.pk}/">Denied by Bell</a>: ') == 2


def test_the_nearest_other_tells_what_all_assert() -> None:
    outers = [
        OuterQuote(2, 1, "asserts", "unreviewed", "Smith", "he", 0.9),
        OuterQuote(1, None, "asserts", "unreviewed", "Bell", "Ms. Bell", 0.9),
    ]

    assert find_teller("Smith", outers) == ("Bell", "asserts", 1)
    assert find_teller("Reza", outers) == ("Smith", "asserts", 2)
