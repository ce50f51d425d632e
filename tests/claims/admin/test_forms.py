from typing import Any

import pytest
from django.test import Client

from claims.models import Actor, Article, Claim, Quote, Span
from tests.claims.admin_client import (
    build_form_values,
    build_span_fields,
    correct_quote,
    get_change_address,
    get_page,
    make_spoken,
    read_form_errors,
    read_stored_quote,
)
from tests.factories import make_actor, make_article, make_detail, make_outlet, make_quote

pytestmark = pytest.mark.django_db


# A curator corrects a quote


def test_another_actor_is_the_curators(curator: Client) -> None:
    quote = make_spoken(actor="Veldania", actor_confidence=0.4, actor_method="pronoun")
    actor = make_actor("Norland")

    corrected = correct_quote(curator, quote, actor=actor.pk)

    assert corrected.actor == actor
    assert (corrected.actor_method, corrected.actor_confidence, corrected.status) == (
        "curator",
        1.0,
        "corrected",
    )
    assert (corrected.source_text, corrected.extractor) == ("Veldania", "test")


def test_what_a_curator_set_is_no_longer_in_doubt(curator: Client) -> None:
    others = [{"name": "Norland", "kind": "state", "confidence": 0.3}]
    quote = make_spoken(actor_confidence=0.4, act_confidence=0.3, runners_up=others)

    kept = correct_quote(curator, quote, kind="mixed")
    assert (kept.act_confidence, kept.runners_up) == (0.3, others)

    quote = correct_quote(curator, kept, act="warn", actor=make_actor("Omar Reza").pk)
    assert (quote.act_confidence, quote.actor_confidence, quote.runners_up) == (1.0, 1.0, [])


def test_the_form_shows_what_is_known_of_a_quote(curator: Client) -> None:
    others = [{"name": "Norland", "kind": "state", "confidence": 0.3}]
    quote = make_spoken(runners_up=others, said_on="2024-03-04")
    make_detail(quote, "occasion", "on Monday")

    shown = get_page(curator, get_change_address(quote))

    for words in ("Norland, state (30%)", "4 Mar 2024", "<p>occasion: on Monday</p>"):
        assert words in shown


def test_an_actor_that_is_taken_away_leaves_no_method(curator: Client) -> None:
    corrected = correct_quote(curator, make_spoken(), actor="")

    assert (corrected.actor, corrected.actor_method, corrected.actor_confidence) == (None, "", None)
    assert corrected.status == "corrected"


@pytest.mark.parametrize(
    ("act", "stance"), [("deny", "denies"), ("question", "questions"), ("no_comment", "asserts")]
)
def test_the_stance_follows_the_act(curator: Client, act: str, stance: str) -> None:
    corrected = correct_quote(curator, make_spoken(act="warn"), act=act)

    assert (corrected.act, corrected.stance, corrected.status) == (act, stance, "corrected")
    assert corrected.actor_method == "name"


def test_texts_and_claim_follow_the_spans(curator: Client) -> None:
    quote = make_spoken()
    changes = {
        **build_span_fields("Ana Bell", "source_"),
        **build_span_fields("denied", "cue_"),
        **build_span_fields("built in May", "spans-1-"),
    }

    corrected = correct_quote(curator, quote, **changes)

    assert (corrected.source_text, corrected.cue) == ("Ana Bell", "denied")
    assert corrected.content == corrected.claim.text == "The bridge … built in May"
    assert corrected.content_parts == ["The bridge", "built in May"]
    assert corrected.claim_id != quote.claim_id
    assert corrected.status == "corrected"


def test_a_span_can_be_added_and_another_taken_away(curator: Client) -> None:
    quote = make_spoken()
    added = {
        "spans-TOTAL_FORMS": 3,
        "spans-2-id": "",
        "spans-2-quote": quote.pk,
        **build_span_fields("on Monday", "spans-2-"),
    }

    corrected = correct_quote(curator, quote, **added, **{"spans-0-DELETE": "on"})

    assert corrected.content_parts == ["is safe", "on Monday"]
    assert corrected.content == corrected.claim.text == "is safe … on Monday"


@pytest.mark.parametrize(
    ("places", "content"),
    [
        pytest.param(
            {**build_span_fields("is safe", "spans-0-"), "spans-1-DELETE": "on"},
            "is safe",
            id="merged",
        ),
        pytest.param(
            {
                **build_span_fields("is safe", "spans-0-"),
                **build_span_fields("The bridge", "spans-1-"),
            },
            "The bridge … is safe",
            id="swapped",
        ),
        pytest.param(
            {
                **build_span_fields("is safe", "spans-0-"),
                **build_span_fields("on Monday", "spans-1-"),
            },
            "is safe … on Monday",
            id="each the next one",
        ),
    ],
)
def test_a_span_can_take_the_place_of_another_that_leaves_it(
    curator: Client, places: dict[str, Any], content: str
) -> None:
    corrected = correct_quote(curator, make_spoken(), **places)

    assert corrected.content == corrected.claim.text == content
    assert corrected.content_parts == content.split(" … ")


def test_a_source_can_be_taken_away(curator: Client) -> None:
    corrected = correct_quote(curator, make_spoken(), source_start="", source_end="")

    assert (corrected.source_start, corrected.source_end, corrected.source_text) == (None, None, "")


def test_a_corrected_content_joins_the_claim_that_says_the_same(curator: Client) -> None:
    claim = make_quote(content="Is safe on Monday!").claim
    quote = make_spoken()
    added = {
        "spans-TOTAL_FORMS": 3,
        "spans-2-id": "",
        "spans-2-quote": quote.pk,
        **build_span_fields("on Monday", "spans-2-"),
    }

    corrected = correct_quote(curator, quote, **added, **{"spans-0-DELETE": "on"})

    assert corrected.content == "is safe … on Monday"
    assert corrected.claim == claim


def test_a_claim_that_nobody_makes_any_more_is_gone(curator: Client) -> None:
    alone, shared = make_spoken(), make_quote(content="the ferry is late")
    make_quote(content="the ferry is late")

    correct_quote(curator, alone, **{"spans-0-DELETE": "on"})
    correct_quote(curator, shared, **{"spans-0-start": shared.spans.get().start + 4})

    assert set(Claim.objects.values_list("text", flat=True)) == {
        "is safe",
        "the ferry is late",
        "ferry is late",
    }


@pytest.mark.parametrize("status", ["accepted", "rejected", "corrected"])
def test_a_decision_alone_changes_nothing_else(curator: Client, status: str) -> None:
    quote = make_spoken()
    before = Quote.objects.values().get(pk=quote.pk)

    correct_quote(curator, quote, status=status)

    assert Quote.objects.values().get(pk=quote.pk) == {**before, "status": status}


def test_a_decision_beside_a_correction_stands(curator: Client) -> None:
    corrected = correct_quote(curator, make_spoken(), act="deny", status="rejected")

    assert (corrected.act, corrected.status) == ("deny", "rejected")


def test_an_accepted_quote_that_is_changed_is_corrected(curator: Client) -> None:
    assert correct_quote(curator, make_spoken(status="accepted"), act="deny").status == "corrected"


def test_a_form_sent_without_a_change_changes_nothing(curator: Client) -> None:
    quote = make_spoken()
    before = read_stored_quote(quote)

    correct_quote(curator, quote)

    assert read_stored_quote(quote) == before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param(
            {"spans-1-end": 5000},
            "The span ends at 5000, and the article's text at",
            id="content past the end",
        ),
        pytest.param(
            {"spans-0-end": 0}, "ends (0) where it starts (0) or before", id="empty content"
        ),
        pytest.param(
            {"spans-1-start": 30, "spans-1-end": 28},
            "ends (28) where it starts (30)",
            id="content turned round",
        ),
        pytest.param({"spans-1-start": 5}, "overlaps the one before it", id="overlapping contents"),
        pytest.param(
            {"spans-1-start": 0}, "correct the duplicate data", id="contents with one start"
        ),
        pytest.param(
            {"spans-0-DELETE": "on", "spans-1-DELETE": "on"},
            "at least one content span",
            id="no content left",
        ),
        pytest.param(
            {"spans-TOTAL_FORMS": 0, "spans-INITIAL_FORMS": 0},
            "at least one content span",
            id="no content sent",
        ),
        pytest.param({"spans-0-start": ""}, "required", id="content without a start"),
        pytest.param(
            {"spans-0-start": "x"}, "whole number", id="content that starts with a letter"
        ),
        pytest.param(
            {"spans-0-start": -1}, "greater than or equal to 0", id="content before the start"
        ),
        pytest.param(
            {"spans-0-end": 10**30},
            "less than or equal to 2147483647",
            id="content with a huge end",
        ),
        pytest.param({"cue_end": 5000}, "The span ends at 5000", id="cue past the end"),
        pytest.param({"cue_end": 10**30}, "The span ends at 1000", id="cue with a huge end"),
        pytest.param(
            {"cue_start": 50, "cue_end": 50}, "ends (50) where it starts (50)", id="empty cue"
        ),
        pytest.param(
            {"cue_start": 50, "cue_end": 40},
            "ends (40) where it starts (50)",
            id="cue turned round",
        ),
        pytest.param({"cue_start": ""}, "required", id="cue without a start"),
        pytest.param({"cue_start": -1}, "greater than or equal to 0", id="cue before the start"),
        pytest.param(
            build_span_fields("denied", "cue_"),
            "Another quote of this article has this cue",
            id="cue taken",
        ),
        pytest.param({"source_end": 5000}, "The span ends at 5000", id="source past the end"),
        pytest.param({"source_end": ""}, "needs a start and an end", id="source without an end"),
        pytest.param({"source_start": ""}, "needs a start and an end", id="source without a start"),
        pytest.param(
            {"source_start": 5, "source_end": 5}, "ends (5) where it starts (5)", id="empty source"
        ),
        pytest.param({"source_start": "x"}, "whole number", id="source that starts with a letter"),
        pytest.param({"act": "shout"}, "Select a valid choice", id="unknown act"),
        pytest.param({"kind": ""}, "required", id="no kind"),
        pytest.param({"status": "lost"}, "Select a valid choice", id="unknown status"),
        pytest.param({"actor": 404}, "Select a valid choice", id="unknown actor"),
    ],
)
def test_an_error_is_shown_on_the_form_and_changes_nothing(
    curator: Client, changes: dict[str, Any], told: str
) -> None:
    quote = make_spoken()
    make_quote(article=quote.article, actor="Ana Bell", cue="denied", content="it")
    before = read_stored_quote(quote)

    response = curator.post(get_change_address(quote), {**build_form_values(quote), **changes})

    assert response.status_code == 200
    assert told in read_form_errors(response)
    assert read_stored_quote(quote) == before


def test_a_span_of_another_quote_is_not_taken(curator: Client) -> None:
    quote, other = make_spoken(), make_quote()
    before = list(Span.objects.order_by("pk").values())

    curator.post(
        get_change_address(quote), {**build_form_values(quote), "spans-0-id": other.spans.get().pk}
    )

    assert list(Span.objects.order_by("pk").values()) == before


def test_what_the_form_cannot_change_is_not_taken_from_it(curator: Client) -> None:
    quote = make_spoken()
    before = read_stored_quote(quote)
    other = make_quote(content="the ferry is late")

    sent = {
        "content": "x",
        "cue": "x",
        "source_text": "x",
        "stance": "denies",
        "claim": other.claim_id,
    }
    correct_quote(
        curator,
        quote,
        **sent,
        confidence=0,
        extractor="x",
        actor_method="x",
        article=other.article_id,
    )

    assert read_stored_quote(quote) == before


# The other rows


@pytest.mark.parametrize("quoted", [True, False])
def test_an_article_stays_as_its_document_says_and_the_page_tells_why(
    curator: Client, quoted: bool
) -> None:
    article = make_spoken().article if quoted else make_article()
    before = Article.objects.values().get()
    sent = {
        "title": "Anew",
        "outlet": make_outlet("Another").pk,
        "published_on": "2024-01-01",
        "url": "",
        "text": "other",
    }

    response = curator.post(get_change_address(article), sent)

    assert response.status_code == 403
    assert Article.objects.values().get() == before
    shown = get_page(curator, get_change_address(article))
    assert "would be overwritten" in shown
    assert not [name for name in sent if f'name="{name}"' in shown]


NO_NUMBERS = {"external_ids-TOTAL_FORMS": 0, "external_ids-INITIAL_FORMS": 0}


def test_an_actor_gets_its_slug_from_its_name_and_keeps_it(curator: Client) -> None:
    make_actor("Ana Bell", "group")
    names = {
        "names-TOTAL_FORMS": 1,
        "names-INITIAL_FORMS": 0,
        "names-0-name": "the mayor",
        **NO_NUMBERS,
    }

    curator.post(
        "/admin/claims/actor/add/", {"name": "Ana Bell", "kind": "person", "article": "", **names}
    )
    actor = Actor.objects.get(kind="person")
    sent = {
        "name": "Ana Lund",
        "kind": "person",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
        **NO_NUMBERS,
    }
    curator.post(get_change_address(actor), sent)

    renamed = Actor.objects.get(pk=actor.pk)
    assert (renamed.name, renamed.slug, renamed.names.get().name) == (
        "Ana Lund",
        "ana-bell-2",
        "the mayor",
    )


def test_a_second_actor_of_a_name_and_kind_is_an_error_on_the_form(curator: Client) -> None:
    make_actor("Ana Bell", "person")
    sent = {
        "name": "Ana Bell",
        "kind": "person",
        "article": "",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
        **NO_NUMBERS,
    }

    response = curator.post("/admin/claims/actor/add/", sent)

    assert response.status_code == 200
    assert read_form_errors(response)
    assert Actor.objects.count() == 1


def test_an_outlet_of_a_host_that_there_is_is_an_error_on_the_form(curator: Client) -> None:
    outlet = make_outlet("Harbour Herald")

    sent = {
        "name": "Another",
        "slug": "another",
        "hosts-TOTAL_FORMS": 1,
        "hosts-INITIAL_FORMS": 0,
        "hosts-0-host": outlet.host,
    }
    response = curator.post("/admin/claims/outlet/add/", sent)

    assert "already exists" in read_form_errors(response)
