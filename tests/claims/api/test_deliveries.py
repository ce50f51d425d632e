"""What programs learn of a delivery."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims.api.views.deliveries import ArrivalSerializer, DeliverySerializer
from claims.intake.arriving import deliver_files
from claims.models import Arrival, ArrivalState
from tests.arrivals import make_arrival, make_delivery
from tests.claims.api_client import API, get_json
from tests.claims.intake.arrivals import run_jobs
from tests.claims.intake.quick_readers import TEXT

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def test_each_document_of_a_delivery_is_told_with_what_became_of_it(client: Client) -> None:
    text = f"Title: Bridge and ferry\nDate: 2024-03-05\n\n{TEXT}".encode()
    delivery = deliver_files([("a.txt", text), ("b.txt", b"Short.")], keeps_itself=True)
    waiting = get_json(client, f"{API}/deliveries/{delivery.token}/")
    run_jobs()

    told = get_json(client, f"{API}/deliveries/{delivery.token}/")

    assert (waiting["is_settled"], told["is_settled"]) == (False, True)
    assert [each["state"] for each in waiting["documents"]] == ["queued", "queued"]
    kept, refused = told["documents"]
    article = get_json(client, kept["article"])
    assert (kept["state"], kept["outcome"], kept["title"]) == ("kept", "new", article["title"])
    assert (refused["state"], refused["article"]) == ("refused", None)
    assert "too little text" in refused["reason"]


def test_what_keeps_itself_is_not_settled_before_it_is_kept(client: Client) -> None:
    delivery = make_delivery(keeps_itself=True)
    arrival = make_arrival(delivery)
    address = f"{API}/deliveries/{delivery.token}/"

    told = [get_json(client, address)["is_settled"]]
    Arrival.objects.filter(pk=arrival.pk).update(reason="the database refused it")
    told.append(get_json(client, address)["is_settled"])

    assert told == [False, True]


def test_what_is_read_has_its_title_before_it_is_kept(client: Client) -> None:
    delivery = deliver_files([("a.txt", f"Title: Bridge\n\n{TEXT}".encode())])
    run_jobs()

    (document,) = get_json(client, f"{API}/deliveries/{delivery.token}/")["documents"]

    assert (document["state"], document["title"]) == ("read", "Bridge")


def test_a_delivery_of_many_documents_takes_two_queries(
    client: Client, django_assert_num_queries: Any
) -> None:
    delivery = deliver_files([(f"{number}.txt", TEXT.encode()) for number in range(20)])

    with django_assert_num_queries(2):
        get_json(client, f"{API}/deliveries/{delivery.token}/")


def test_a_delivery_is_found_by_its_secret_name_alone(client: Client) -> None:
    delivery = deliver_files([("a.txt", b"Short.")])

    get_json(client, f"{API}/deliveries/{delivery.pk}/", 404)
    told = get_json(client, f"{API}/deliveries/{delivery.token}/?state=read", 400)
    assert "There is no parameter “state” here." in str(told)


def test_all_that_is_told_is_documented() -> None:
    words = DOCS.read_text()

    for name in (
        *DeliverySerializer.Meta.fields,
        *ArrivalSerializer.Meta.fields,
        *ArrivalState.values,
    ):
        assert f"`{name}`" in words
