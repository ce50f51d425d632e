"""A curator says that two articles are no copies of one text, and may take it back."""

import random
from collections.abc import Callable

import pytest
from django.test import Client

from claims.intake.copies import compare_waiting_texts
from claims.models import Article, CopyPair, Fingerprint
from tests.claims.admin_client import get_page
from tests.claims.stories import make_paragraphs
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = "/admin/claims/copypair/"


@pytest.fixture
def pair() -> CopyPair:
    text = "\n".join(make_paragraphs(random.Random(1)))
    for outlet in ("Harbour Herald", "Evening Post"):
        make_article(text, title=f"Frost, says the {outlet}", outlet=outlet)
    compare_waiting_texts()
    return CopyPair.objects.get()


def act(client: Client, action: str, pair: CopyPair) -> str:
    chosen = {"action": action, "_selected_action": [pair.pk]}
    return client.post(PAIRS, chosen, follow=True).content.decode()


def count_copies() -> int:
    return Fingerprint.objects.filter(shared_text__isnull=False).count()


def test_what_is_no_copy_leaves_the_group_and_comes_back(curator: Client, pair: CopyPair) -> None:
    assert "Frost, says the Evening Post" in get_page(curator, PAIRS)
    assert count_copies() == 2

    assert "1 pair counts as no copies now" in act(curator, "are_no_copies", pair)
    pair.refresh_from_db()
    assert str(pair.refused_by) == "Clara"
    assert count_copies() == 0

    assert "1 pair counts as copies again" in act(curator, "are_copies", pair)
    assert count_copies() == 2
    assert CopyPair.objects.get().refused_by is None


def test_an_article_with_copies_can_be_deleted(curator: Client, pair: CopyPair) -> None:
    response = curator.post(f"/admin/claims/article/{pair.first_id}/delete/", {"post": "yes"})

    assert response.status_code == 302
    assert Article.objects.count() == 1
    assert not CopyPair.objects.exists()


def test_nobody_decides_without_the_permission(
    staff: Callable[..., Client], pair: CopyPair
) -> None:
    client = staff("view_copypair")

    act(client, "are_no_copies", pair)

    pair.refresh_from_db()
    assert pair.refused_at is None
