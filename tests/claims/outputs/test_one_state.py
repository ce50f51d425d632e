"""One state of the filters, every output: the same ids and totals on the page, in the API and in each format."""

import random
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.extraction.schema import ACTS, KINDS, STANCES
from tests.claims.api_client import API, get_json
from tests.claims.outputs.reading import READERS
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

STATES = 100
CHOICES: dict[str, list[str]] = {
    "actor": ["veldania", "ana-bell", "omar-reza", "unknown"],
    "speaker": ["named", "unknown"],
    "about": ["veldania"],
    "act": ["say", "deny", "promise", "predict", *ACTS],
    "kind": list(KINDS),
    "stance": list(STANCES),
    "outlet": ["harbour-herald", "northern-wire", "evening-post"],
    "status": ["unreviewed", "accepted", "rejected"],
    "since": ["2024-03-02"],
    "until": ["2024-03-06", "2024-03-30"],
    "q": ["bridge", "ferry or toll", "-bridge ferry"],
    "where": ["words", "title", "article", "speaker"],
    "copies": ["all", "once"],
    "order": ["newest", "oldest", "arrived"],
}


def make_state(chance: random.Random) -> str:
    """A query string of a few parameters, some of them with several values."""
    pairs = []
    for name in chance.sample(list(CHOICES), chance.randint(0, 3)):
        most = 2 if name not in ("since", "until", "q", "copies", "order") else 1
        values = chance.sample(CHOICES[name], min(chance.randint(1, most), len(CHOICES[name])))
        pairs += [(name, value) for value in values]
    if any(name == "where" for name, _ in pairs) and not any(name == "q" for name, _ in pairs):
        pairs.append(("q", chance.choice([*CHOICES["q"], "veldania", "spokesperson or bell"])))
    return urlencode(pairs)


def told_by_page(client: Client, query: str) -> tuple[list[int], int]:
    page = client.get(f"/?{query}", headers={"HX-Request": "true"}).content.decode()
    total = re.search(r'id="total"[^>]*>([\d,]+) quote', page)
    assert total
    ids = [int(pk) for pk in re.findall(r'aria-label="Quote (\d+)"', page)]
    return ids, int(total[1].replace(",", ""))


def told_by_api(client: Client, query: str) -> tuple[list[int], int]:
    listed = get_json(client, f"{API}/quotes/?{query}")
    return [row["id"] for row in listed["results"]], listed["count"]


@pytest.mark.usefixtures("varied")
def test_a_hundred_states_have_the_same_quotes_in_every_output(
    client: Client, tmp_path: Path
) -> None:
    chance = random.Random(19)
    endings = list(READERS)
    sizes = set()

    for number in range(STATES):
        query = make_state(chance)
        ids, total = told_by_page(client, query)
        ending = endings[number % len(endings)]
        outputs = {
            "API": told_by_api(client, query),
            ending: READERS[ending](client, f"/quotes.{ending}?{query}", tmp_path),
        }
        sizes.add(total)
        for name, (ids_told, total_told) in outputs.items():
            expected = sorted(ids) if name == "sqlite" else ids
            assert (ids_told, total_told) == (expected, total), (name, query)

    assert len(sizes) > 4  # states that differ


@pytest.mark.parametrize("ending", READERS)
def test_a_claim_and_a_quote_go_out_in_every_format(
    client: Client, tmp_path: Path, ending: str
) -> None:
    first = make_quote(content="the bridge is safe now")
    second = make_quote(actor="Ana Bell", content="the bridge is safe now")
    second.wording = first.wording
    second.save()
    make_quote(content="something else")

    of_claim = READERS[ending](client, f"/claims/{first.claim_id}.{ending}", tmp_path)
    of_quote = READERS[ending](client, f"/quotes/{first.pk}.{ending}", tmp_path)

    assert (sorted(of_claim[0]), of_claim[1]) == ([first.pk, second.pk], 2)
    assert of_quote == ([first.pk], 1)


@pytest.mark.parametrize("ending", ["atom", "rss", "jsonfeed"])
def test_a_feed_in_order_of_arrival_begins_with_what_came_last(
    client: Client, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.outputs.feeds.ENTRIES_PER_PAGE", 2)
    days = ("2024-03-05", "2024-03-09", "2024-03-01")
    made = [
        make_quote(article=make_article("Veldania said it.", published_on=day), content="it").pk
        for day in days
    ]

    arrived = READERS[ending](client, f"/quotes.{ending}?order=arrived", tmp_path)
    published = READERS[ending](client, f"/quotes.{ending}", tmp_path)

    assert arrived == (made[::-1], 3)
    assert published == ([made[1], made[0], made[2]], 3)
