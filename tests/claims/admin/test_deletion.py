from typing import Any

import pytest
from django.db import connection
from django.test import Client

from claims.history.quotes import get_reason_of_event
from claims.models import Actor, ActorName, Article, Claim, Outlet, Quote, Span
from tests.claims.admin_client import QUOTES, get_change_address, get_page, make_spoken
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


def test_an_actor_is_deleted_and_its_quotes_stay_without_one(curator: Client) -> None:
    quote = make_quote(actor="Veldania")
    actor = make_actor("Veldania")

    response = curator.post(get_change_address(actor).replace("change", "delete"), {"post": "yes"})

    connection.check_constraints()
    assert response.status_code == 302
    quote.refresh_from_db()
    assert (quote.actor, quote.source_text) == (None, "Veldania")
    assert not Actor.objects.exists()
    assert not ActorName.objects.exists()


def test_an_article_is_deleted_with_its_quotes_and_their_spans(curator: Client) -> None:
    quote = make_spoken()
    Actor.objects.create(name="Bell", slug="bell", kind="person", article=quote.article)

    response = curator.post(
        get_change_address(quote.article).replace("change", "delete"), {"post": "yes"}
    )

    connection.check_constraints()
    assert response.status_code == 302
    assert not Article.objects.exists()
    assert not Quote.objects.exists()
    assert not Span.objects.exists()
    assert list(Actor.objects.values_list("name", flat=True)) == ["Veldania"]


def test_a_quote_is_rejected_and_not_deleted_since_it_would_come_back(
    curator: Client,
) -> None:
    quote = make_spoken()
    address = get_change_address(quote).replace("change", "delete")
    many = {"action": "delete_selected", "_selected_action": [quote.pk], "post": "yes"}

    assert address not in get_page(curator, get_change_address(quote))
    assert 'value="delete_selected"' not in get_page(curator, QUOTES)
    assert curator.post(address, {"post": "yes"}).status_code == 403
    curator.post(QUOTES, many)

    assert Quote.objects.filter(pk=quote.pk).exists()


@pytest.mark.parametrize("model", [Claim, Outlet])
def test_what_quotes_or_articles_need_is_not_deleted(curator: Client, model: type[Any]) -> None:
    make_quote()
    row = model.objects.get()

    response = curator.post(get_change_address(row).replace("change", "delete"), {"post": "yes"})

    assert response.status_code in (200, 403)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Article, Actor])
def test_many_rows_are_deleted_at_once(curator: Client, model: type[Any]) -> None:
    make_quote(actor="Veldania")
    make_quote(actor="Ana Bell")
    sent = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in model.objects.all()],
    }
    address = f"/admin/claims/{model._meta.model_name}/"

    asked = curator.post(address, sent)
    curator.post(address, {**sent, "post": "yes"})

    connection.check_constraints()
    assert "Are you sure" in asked.content.decode()
    assert not model.objects.exists()


@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
def test_whoever_deletes_may_say_why(curator: Client, many: bool) -> None:
    actor, article = make_actor("Veldania"), make_quote(actor="Ana Bell").article
    for row, why in (
        (actor, "no actor at all"),
        (article, "twice in the archive"),
        (make_actor("Norland"), ""),
    ):
        address = get_change_address(row).replace("change", "delete")
        sent: dict[str, Any] = {}
        if many:
            address = f"/admin/claims/{row._meta.model_name}/"
            sent = {"action": "delete_selected", "_selected_action": [row.pk]}
        asked = curator.post(address, sent) if many else curator.get(address)
        curator.post(address, {**sent, "post": "yes", "why": why})

        assert 'name="why"' in asked.content.decode()
        event = row.pgh_event_model.objects.filter(pgh_obj_id=row.pk).latest("pgh_id")  # type: ignore[union-attr]
        assert (event.pgh_label, get_reason_of_event(event)) == ("delete", why)

    told = get_page(curator, "/admin/claims/decision/log/")
    assert "no actor at all" in told
    assert "twice in the archive" in told
