"""A topic in the REST API: the sides of the page, and what is refused."""

import pytest
from django.test import Client

from tests.claims.views.test_claims import SAFE, tell
from tests.factories import make_match

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/topics/"


def test_a_topic_has_its_sides_with_whoever_takes_them(client: Client) -> None:
    safe = tell(SAFE)
    denial = tell("any such safety", actor="Veldania", act="deny")
    make_match(safe, denial)

    found = client.get(ADDRESS, {"q": "wagons"}).json()

    assert found["quotes"] == 2
    asserts, denies = found["sides"]
    assert (asserts["side"], asserts["number"], asserts["quotes"]) == ("asserts", 1, 1)
    assert denies["speakers"] == [
        {
            "actor": "veldania",
            "name": "Veldania",
            "is_unsure": False,
            "quote": denial.pk,
            "cue": "denied",
            "content": "any such safety",
            "outlet": "Harbour Herald",
            "published_on": "2024-03-05",
            "others": 0,
            "replies_to": safe.wording_id,
            "is_near": False,
        }
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("?q=the", "q"),
        ("?q=bridge&side=maybe", "side"),
        ("?q=bridge&outlet=nowhere", "outlet"),
        ("?q=bridge&colour=red", "colour"),
        ("?q=bridge&side=asserts&page=9", "page"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_its_name(
    client: Client, query: str, parameter: str
) -> None:
    tell(SAFE)

    response = client.get(f"{ADDRESS}{query}")

    assert response.status_code == 400
    assert parameter in response.content.decode()
