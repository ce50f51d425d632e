"""Quotes and claims in frames of other sites, and how these find them by oEmbed."""

import re
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.intake.versions import compute_text_digest
from claims.models import ArticleVersion, FormerQuote, Quote
from tests.factories import make_article, make_match, make_nested_quotes, make_quote

pytestmark = pytest.mark.django_db

DENIAL = "that he formed an irregular channel"
MARKUP = re.compile(r"<[^>]+>")


def make_denial(**values: Any) -> Quote:
    return make_quote(
        actor="Kurt Volker",
        cue="denied",
        content=DENIAL,
        act="deny",
        **{"confidence": 0.9, **values},
    )


def read_frame(client: Client, address: str, status: int = 200) -> str:
    """Return the words of a frame, which runs nothing and which every site may show."""
    response = client.get(address)
    assert response.status_code == status
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in response
    page = response.content.decode()
    assert "<script" not in page
    words = MARKUP.sub(" ", page.partition("<body>")[2])
    return " ".join(unescape(words).split())


def test_no_other_page_may_be_framed(client: Client) -> None:
    response = client.get(make_quote().get_absolute_url())

    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_denial_stays_one_in_a_frame(client: Client) -> None:
    quote = make_denial()

    words = read_frame(client, f"/quotes/{quote.pk}/embed/")

    assert f"Kurt Volker denied {DENIAL}." in words
    assert "Harbour Herald, 5 Mar 2024" in words
    assert "unsure" not in words


def test_the_title_of_a_frame_is_not_cut_after_who_denied_it(client: Client) -> None:
    source = "the agency for " + "waters and " * 20 + "roads"
    quote = make_quote(
        actor=None, source=source, cue="denied", content=DENIAL, act="deny", confidence=0.9
    )

    told = client.get("/oembed/", {"url": f"http://testserver{quote.get_absolute_url()}"}).json()

    assert told["title"].endswith(f"denied {DENIAL}")
    assert f'title="{escape(told["title"])}"' in told["html"]


def test_a_question_ends_as_one_in_a_frame(client: Client) -> None:
    quote = make_quote(cue="asked", content="“Is it safe?”", kind="direct", confidence=0.9)

    words = read_frame(client, f"/quotes/{quote.pk}/embed/")

    assert "Veldania asked: “Is it safe?” " in words


def test_a_frame_tells_who_told_it(client: Client) -> None:
    article = make_article(
        "Mayor Ana Bell said Omar Reza, the city engineer, had told her that"
        ' "the bridge will stand for a hundred years". Officials in Veldania denied any part in'
        " the delay."
    )
    make_nested_quotes(article)

    inner = Quote.objects.get(within__isnull=False)

    assert "according to Ana Bell" in read_frame(client, f"/quotes/{inner.pk}/embed/")


def test_a_doubt_of_the_speaker_is_shown(client: Client) -> None:
    quote = make_denial(actor_confidence=0.4)

    assert "unsure: the speaker may be another" in read_frame(client, f"/quotes/{quote.pk}/embed/")


def test_a_rejected_quote_says_so_and_is_told_no_more(client: Client) -> None:
    quote = make_denial(status="rejected")

    words = read_frame(client, f"/quotes/{quote.pk}/embed/")

    assert "Withdrawn: a curator found that this quote is wrong." in words
    assert DENIAL not in words


def test_words_that_the_article_lost_are_shown_as_they_stood(client: Client) -> None:
    quote = make_denial()
    article = quote.article
    moment = datetime(2024, 3, 6, tzinfo=UTC)
    version = ArticleVersion.objects.create(
        article=article,
        text=article.text,
        title=article.title,
        sha256=compute_text_digest(article.text),
        seen_at=moment,
        superseded_at=moment,
    )
    Quote.objects.filter(pk=quote.pk).update(version=version)

    words = read_frame(client, f"/quotes/{quote.pk}/embed/")

    assert "The article no longer has these words" in words
    assert DENIAL in words


def test_a_quote_that_is_gone_says_so_and_one_that_moved_leads_on(client: Client) -> None:
    quote = make_quote()
    FormerQuote.objects.create(number=quote.pk + 1000, quote=quote)

    gone = read_frame(client, "/quotes/999999/embed/", status=404)
    moved = client.get(f"/quotes/{quote.pk + 1000}/embed/")

    assert "This is no longer here." in gone
    assert (moved.status_code, moved["Location"]) == (301, f"/quotes/{quote.pk}/embed/")


def test_a_claim_has_both_sides_in_its_frame(client: Client) -> None:
    said = make_quote(actor="Gordon Sondland", content=DENIAL)
    denied = make_denial()
    assert said.claim_id == denied.claim_id

    words = read_frame(client, f"/claims/{said.claim_id}/embed/")

    assert f"Disputed claim: “{DENIAL}”" in words
    assert "1 quote asserts it; 1 quote denies it" in words
    assert f"Kurt Volker denied {DENIAL}" in words
    assert "Gordon Sondland said" in words


def test_a_claim_that_is_denied_in_other_words_is_disputed_in_its_frame_too(client: Client) -> None:
    said = make_quote(actor="Gordon Sondland", content=DENIAL)
    denied = make_quote(
        actor="Kurt Volker", cue="rejected", content="the tale of a back door", act="deny"
    )
    make_match(said, denied)
    assert said.claim_id != denied.claim_id

    words = read_frame(client, f"/claims/{said.claim_id}/embed/")
    page = client.get(said.claim.get_absolute_url()).content.decode()

    assert f"Disputed claim: “{DENIAL}”" in words
    assert "1 quote asserts it; 1 quote denies it" in words
    assert "Kurt Volker rejected the tale of a back door" in words
    assert "1 quote asserts it; 1 quote denies it" in page


def test_who_did_not_answer_a_claim_stands_in_its_frame(client: Client) -> None:
    said = make_quote(actor="Gordon Sondland", content=DENIAL)
    silent = make_quote(actor="Kurt Volker", cue="declined", content="to speak of the channel")
    make_match(said, silent, "answers")

    words = read_frame(client, f"/claims/{said.claim_id}/embed/")

    assert "1 quote asserts it; 1 quote declines to answer it" in words
    assert "Kurt Volker declined to speak of the channel" in words


def test_what_anybody_sees_in_a_frame_does_not_hang_on_who_is_signed_in(client: Client) -> None:
    quote = make_quote()
    client.force_login(User.objects.create_superuser("Clara"))

    response = client.get(f"/quotes/{quote.pk}/embed/")

    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=300"


# oEmbed


@pytest.mark.parametrize("kind", ["quote", "claim"])
def test_the_page_names_where_its_frame_is_asked_for(client: Client, kind: str) -> None:
    quote = make_denial()
    page = quote if kind == "quote" else quote.claim
    html = client.get(page.get_absolute_url()).content.decode()
    found = re.search(r'type="application/json\+oembed" title="[^"]+" href="([^"]+)"', html)
    assert found
    address = urlsplit(unescape(found[1]))
    assert parse_qs(address.query) == {"url": [f"http://testserver{page.get_absolute_url()}"]}

    told = client.get(f"{address.path}?{address.query}").json()

    assert (told["type"], told["version"]) == ("rich", "1.0")
    frame = re.search(r'<iframe src="([^"]+)" title="([^"]+)" width="600"', told["html"])
    assert frame
    assert f'<iframe src="{frame[1]}"' in unescape(html)
    assert "<iframe" not in html  # the page has the code to copy, and no frame
    assert unescape(frame[2]) == told["title"]
    read_frame(client, frame[1].removeprefix("http://testserver"))


def test_a_frame_is_as_large_as_the_other_site_has_room_for(client: Client) -> None:
    page = f"http://testserver{make_denial().get_absolute_url()}"

    told = client.get("/oembed/", {"url": page, "maxwidth": "320", "maxheight": "150"}).json()

    assert (told["width"], told["height"]) == (320, 150)
    assert 'width="320" height="150"' in told["html"]


def test_an_article_is_a_link(client: Client) -> None:
    article = make_quote().article
    html = client.get(article.get_absolute_url()).content.decode()

    told = client.get("/oembed/", {"url": f"http://testserver{article.get_absolute_url()}"}).json()

    assert "application/json+oembed" in html
    assert (told["type"], told["title"]) == ("link", article.title)
    assert told["author_name"] == "Harbour Herald"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://elsewhere.example/quotes/1/", 404),
        ("http://testserver/", 404),
        ("http://testserver/quotes/999999/", 404),
        ("http://[", 404),
        ("javascript:alert(1)", 404),
        ("", 404),
    ],
)
def test_no_other_address_is_told(client: Client, address: str, status: int) -> None:
    response = client.get("/oembed/", {"url": address})

    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/oembed/", {"url": address, "format": "xml"}).status_code == 501
