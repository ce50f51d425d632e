"""What a quote's page says beyond who, how and what; and quotes within quotes, wherever they are listed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import Quote, Wording
from claims.pages.related import find_reply_wordings
from tests.claims.admin_client import decide_in_bulk
from tests.claims.reads import count_rows_read
from tests.claims.views.test_views import text_of
from tests.factories import make_article, make_detail, make_match, make_quote

pytestmark = pytest.mark.django_db

TEXT = "Ana Bell may have told the Herald on Monday, citing a report, that Omar Reza denied that it rains."
INSIDE = "that Omar Reza denied that it rains"


def make_outer(**values: Any) -> Quote:
    return make_quote(
        article=make_article(TEXT), actor="Ana Bell", cue="told", content=INSIDE, **values
    )


def make_nested(actor: str | None = "Ana Bell") -> tuple[Quote, Quote]:
    outer = make_quote(
        article=make_article(TEXT),
        actor=actor,
        source="Ana Bell",
        cue="told",
        content="that Omar Reza denied that it rains",
    )
    inner = make_quote(
        article=outer.article,
        actor="Omar Reza",
        cue="denied",
        content="that it rains",
        act="deny",
        within=outer,
    )
    return outer, inner


@pytest.mark.parametrize(
    ("role", "words", "heading"),
    [
        ("addressee", "the Herald", "Told to"),
        ("target", "Omar Reza", "Against"),
        ("occasion", "on Monday", "Occasion"),
        ("basis", "a report", "On the basis of"),
        ("hedge", "may", "Hedged by"),
        ("anonymity", "citing a report", "Why unnamed"),
    ],
)
def test_each_detail_stands_under_its_heading(
    client: Client, role: str, words: str, heading: str
) -> None:
    quote = make_outer()
    address = quote.get_absolute_url()
    assert f"<dt>{heading}</dt>" not in text_of(client, address)

    make_detail(quote, role, words)

    assert f'<dt>{heading}</dt><dd><q class="words" dir="auto">{words}</q></dd>' in text_of(
        client, address
    )


def test_the_day_it_was_said_is_told_where_it_is_known(client: Client) -> None:
    assert "Said on" not in text_of(client, make_outer().get_absolute_url())
    assert "4 March 2024" in text_of(
        client, make_outer(said_on=date(2024, 3, 4)).get_absolute_url()
    )


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.93, "93% sure"),
        (0.75, "75% sure"),
        (0.4, "40% sure"),
    ],
)
def test_how_sure_the_verb_is_is_told(client: Client, confidence: float, words: str) -> None:
    page = text_of(client, make_outer(act_confidence=confidence, act="warn").get_absolute_url())

    assert f"read as <strong>warned</strong>; {words}" in page


def test_an_act_that_was_not_measured_has_no_confidence(client: Client) -> None:
    assert "read as <strong>said</strong></dd>" in text_of(client, make_outer().get_absolute_url())


def test_others_whom_the_source_may_mean_are_named_with_how_likely_they_are(client: Client) -> None:
    others = [
        {"name": "Anna Bell", "kind": "person", "confidence": 0.3},
        {"name": "Bell Ltd", "kind": "group", "confidence": 0.1},
    ]

    page = text_of(client, make_outer(runners_up=others).get_absolute_url())

    assert (
        "<dt>Or perhaps</dt><dd><bdi>Anna Bell</bdi>, person; 30% sure · <bdi>Bell Ltd</bdi>, group; 10% sure</dd>"
        in page
    )


# Quotes within quotes


@pytest.mark.parametrize(
    ("actor", "said"),
    [("Ana Bell", "Ana Bell"), (None, "Ana Bell")],
    ids=["known", "by its source"],
)
@pytest.mark.parametrize("place", ["list", "page"])
def test_an_inner_quote_leads_to_the_one_around_it(
    client: Client, place: str, actor: str | None, said: str
) -> None:
    outer, inner = make_nested(actor)

    page = text_of(client, f"/?act={inner.act}" if place == "list" else inner.get_absolute_url())

    told = f'<a class="within" href="{outer.get_absolute_url()}">according to {said}</a>'
    assert told in page


def test_a_quote_lists_those_inside_it(client: Client) -> None:
    outer, inner = make_nested()

    page = text_of(client, outer.get_absolute_url())

    assert "Quotes inside it" in page
    assert inner.get_absolute_url() in page
    assert "Quotes inside it" not in text_of(client, inner.get_absolute_url())


def test_a_quote_that_was_rejected_is_neither_around_nor_inside_another(client: Client) -> None:
    outer, inner = make_nested()

    Quote.objects.filter(pk=outer.pk).update(status="rejected")
    told = text_of(client, inner.get_absolute_url()) + text_of(client, "/")
    assert "according to" not in told
    assert "hangs-" not in told

    Quote.objects.update(status="unreviewed")
    Quote.objects.filter(pk=inner.pk).update(status="rejected")
    assert "Quotes inside it" not in text_of(client, outer.get_absolute_url())


def test_both_are_found_each_by_its_own_actor_and_words(client: Client) -> None:
    make_nested()

    by = {slug: text_of(client, f"/?actor={slug}") for slug in ("ana-bell", "omar-reza")}

    assert all("1 quote<" in page for page in by.values())
    assert "2 quotes<" in text_of(client, "/?q=rains")


def test_an_article_marks_a_quote_within_a_quote_and_says_in_which(client: Client) -> None:
    _, inner = make_nested()

    page = text_of(client, inner.article.get_absolute_url())

    assert f'<a class="content nested" href="{inner.get_absolute_url()}"' in page
    assert '<li class="hangs-1" data-quotes="2">' in page


def test_the_reader_of_an_article_leads_to_how_others_report_the_same(client: Client) -> None:
    quote, alone = make_quote(), make_quote(content="the ferry is late today")
    make_quote(actor="Ana Bell")

    page = text_of(client, quote.article.get_absolute_url())

    assert f'href="{quote.claim.get_absolute_url()}">How others report it</a>' in page
    assert "How others report it" not in text_of(client, alone.article.get_absolute_url())


@pytest.mark.parametrize("depth", [1, 20])
def test_quotes_within_quotes_take_no_more_queries(
    client: Client,
    depth: int,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    text = " ".join(f"Speaker {n} said that{n}" for n in range(depth)) + " it rains."
    article, outer = make_article(text), None
    for n in range(depth):
        content = text[text.index(f"that{n}") : -1]
        cue = text.index(f"Speaker {n} said") + len(f"Speaker {n} ")
        outer = make_quote(
            article=article,
            actor=f"Speaker {n}",
            cue=text[cue : cue + 4],
            content=content,
            within=outer,
        )

    for address, most in (
        ("/", 7),
        (article.get_absolute_url(), 4),
        (article.quotes.order_by("cue_start")[0].get_absolute_url(), 10),
    ):
        keep_columns()
        with django_assert_max_num_queries(most):
            text_of(client, address)


def test_the_quotes_before_and_after_it_in_the_article_are_linked(client: Client) -> None:
    article = make_article(
        "Ana Bell said it rains. Omar Reza said it snows. Veldania said it hails. Ana Bell said no."
    )
    first = make_quote(article=article, actor="Ana Bell", content="it rains")
    second = make_quote(article=article, actor="Omar Reza", content="it snows")
    make_quote(article=article, actor="Veldania", content="it hails", status="rejected")
    links = '<a rel="{}" href="{}">'

    page = text_of(client, first.get_absolute_url())
    assert links.format("next", second.get_absolute_url()) in page
    assert 'rel="prev"' not in page
    page = text_of(client, second.get_absolute_url())
    assert links.format("prev", first.get_absolute_url()) in page
    assert 'rel="next"' not in page


def make_accusation_and_denial() -> tuple[Quote, Quote]:
    text = (
        "Ana Bell accused Omar Reza of fraud. Omar Reza denied any fraud."
        " Veldania denied the ferry is late."
    )
    article = make_article(text)
    accusation = make_quote(
        article=article, actor="Ana Bell", cue="accused", content="Omar Reza of fraud", act="accuse"
    )
    denial = make_quote(
        article=article, actor="Omar Reza", cue="denied", content="any fraud", act="deny"
    )
    make_quote(
        article=article, actor="Veldania", cue="denied", content="the ferry is late", act="deny"
    )
    return accusation, denial


def test_who_denies_it_is_told_and_nobody_else(client: Client) -> None:
    accusation, denial = make_accusation_and_denial()
    make_match(accusation, denial)

    page = text_of(client, accusation.get_absolute_url())

    told = page.split("Who denies it")[1]
    assert "any fraud" in told
    assert "the ferry is late" not in told


def test_a_denial_tells_what_it_denies(client: Client) -> None:
    accusation, denial = make_accusation_and_denial()
    make_match(accusation, denial)

    page = text_of(client, denial.get_absolute_url())

    told = page.split("What it denies")[1].split("The claim")[0]
    assert accusation.get_absolute_url() in told
    assert "the ferry is late" not in told
    assert "What it denies" not in text_of(client, accusation.get_absolute_url())


def test_who_was_asked_and_did_not_answer_is_told(client: Client) -> None:
    accusation, silence = make_accusation_and_denial()
    make_match(accusation, silence, kind="answers")

    page = text_of(client, accusation.get_absolute_url())

    assert "Who denies it" not in page
    assert silence.get_absolute_url() in page.split("did not answer it")[1]
    answer = text_of(client, silence.get_absolute_url())
    assert accusation.get_absolute_url() in answer.split("What it answers")[1]


@pytest.mark.parametrize("status", ["proposed", "refused"])
def test_what_is_not_sure_is_told_to_no_reader(client: Client, status: str) -> None:
    accusation, denial = make_accusation_and_denial()
    decided_at = timezone.now() if status == "refused" else None
    make_match(accusation, denial, status=status, decided_at=decided_at)

    assert "Who denies it" not in text_of(client, accusation.get_absolute_url())
    assert "What it denies" not in text_of(client, denial.get_absolute_url())


def test_what_was_rejected_is_denied_by_nobody(client: Client) -> None:
    accusation, denial = make_accusation_and_denial()
    make_match(accusation, denial)

    Quote.objects.filter(pk=accusation.pk).update(status="rejected")

    assert "What it denies" not in text_of(client, denial.get_absolute_url())


def test_other_wordings_of_the_claim_are_told(client: Client) -> None:
    first = make_quote(actor="Ana Bell", content="the bridge is safe")
    second = make_quote(actor="Ana Bell", content="the bridge is quite safe", article=None)
    Wording.objects.filter(pk=second.wording_id).update(claim=first.wording_id)

    page = text_of(client, second.get_absolute_url())

    told = page.split("How others report it")[1]
    assert first.get_absolute_url() in told
    assert f'<a href="/claims/{first.wording_id}/"' in page


def test_a_denial_of_the_same_claim_is_found_wherever_it_stands(client: Client) -> None:
    claimed = make_quote(actor="Ana Bell", content="that the ferry is late")
    denial = make_quote(
        actor="Omar Reza", cue="denied", content="that the ferry is late", act="deny"
    )

    page = text_of(client, claimed.get_absolute_url())

    assert denial.get_absolute_url() in page.split("Who denies it")[1]
    assert "Who denies it" not in text_of(client, denial.get_absolute_url())


def test_the_history_names_no_curator_to_readers(client: Client, curator: Client) -> None:
    quote = make_outer()
    decide_in_bulk(curator, "accept", [quote])

    assert "by Clara" in text_of(curator, quote.get_absolute_url()).replace("<bdi>", "").replace(
        "</bdi>", ""
    )
    shown = text_of(Client(), quote.get_absolute_url())
    assert "by a curator: changed" in shown
    assert "Clara" not in shown


@pytest.mark.parametrize("content", ["the bridge is safe for wagons", "a safe bridge for wagons"])
def test_who_is_shown_other_wordings_is_led_to_why_they_are_one_claim(
    client: Client, content: str
) -> None:
    told = make_quote(content="the bridge is safe for wagons")
    other = make_quote(content=content)
    Wording.objects.update(claim=told.wording_id)

    page = text_of(client, told.get_absolute_url())

    is_led = f'href="/claims/{told.wording_id}/#wordings"' in page
    assert is_led == (other.wording_id != told.wording_id)


def test_what_replies_to_a_quote_is_looked_up_and_not_looked_for() -> None:
    told = make_quote(content="the bridge is safe for wagons")
    denial = make_quote(content="any such safety", cue="denied", act="deny")
    make_match(told, denial)
    for number in range(30):
        other = make_quote(content=f"that the ferry number {number} is late")
        make_match(other, make_quote(content=f"any delay of ferry {number}", act="deny"))

    with count_rows_read("claims_match") as read:
        found = find_reply_wordings(told)

    assert found.replying["denies"] == {denial.wording_id}
    assert read[0] < 20
