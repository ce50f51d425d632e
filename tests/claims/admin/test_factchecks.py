"""Curators say whether a fact-check is about a claim."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from claims.models import FactCheckMatch
from tests.factories import make_factcheck, make_quote

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/factcheckmatch/"


@pytest.fixture
def curator(client: Client) -> Client:
    user = User.objects.create_user("clara", is_staff=True)
    names = ("change_factcheckmatch", "view_factcheckmatch", "view_factcheck", "bulk_quote")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def test_a_curator_decides_on_the_page_of_the_claim_and_takes_it_back(curator: Client) -> None:
    quote = make_quote()
    match = make_factcheck(quote, status="proposed").matches.get()
    page = quote.claim.get_absolute_url()
    decide = f"{LIST}{match.pk}/decide/"

    offered = curator.get(page).content.decode()
    refused = curator.post(decide, {"status": "refused", "next": page})
    stood = FactCheckMatch.objects.get().status
    undo = curator.get(page).content.decode()
    curator.post(decide, {"status": "taken back", "next": page})

    assert "It is of another" in offered
    assert (refused.status_code, refused["Location"], stood) == (302, page, "refused")
    assert "Take that back" in undo
    assert FactCheckMatch.objects.get().status == "proposed"


def test_who_may_not_decide_does_not(client: Client) -> None:
    match = make_factcheck(make_quote(), status="proposed").matches.get()
    client.force_login(User.objects.create_user("val", is_staff=True))

    response = client.post(f"{LIST}{match.pk}/decide/", {"status": "confirmed"})

    assert response.status_code == 403
    assert FactCheckMatch.objects.get().status == "proposed"


def test_a_form_leads_to_no_other_site(curator: Client) -> None:
    match = make_factcheck(make_quote()).matches.get()
    values = {"status": "confirmed", "next": "https://evil.example/"}

    response = curator.post(f"{LIST}{match.pk}/decide/", values)

    assert response["Location"] == LIST


def test_the_lists_tell_both_and_their_actions_decide(curator: Client) -> None:
    make_factcheck(make_quote(content="the bridge is safe"), rating="Mostly false")

    shown = curator.get(LIST).content.decode()
    checks = curator.get("/admin/claims/factcheck/").content.decode()
    match = FactCheckMatch.objects.get()
    curator.post(LIST, {"action": "confirm", "_selected_action": [match.pk]})

    assert "Mostly false" in shown
    assert "the bridge is safe" in shown
    assert "Mostly false" in checks
    assert FactCheckMatch.objects.get().status == "confirmed"
