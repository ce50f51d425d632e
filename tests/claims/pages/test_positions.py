"""Where an actor's page says that it has changed position."""

from datetime import date

import pytest
from django.test import Client

from claims.models import Actor, Match, Quote, Wording
from claims.pages import profile
from tests.claims.views.test_views import text_of
from tests.factories import make_article, make_match, make_quote

pytestmark = pytest.mark.django_db

SAFE = "that the bridge is safe for wagons"


def tell(content: str, day: int | None, *, actor: str = "Veldania", **values: object) -> Quote:
    cue = "denied" if values.get("act") == "deny" else "said"
    published_on = date(2024, 3, day) if day else None
    article = make_article(f"{actor} {cue} {content}.", published_on=published_on)
    return make_quote(actor=actor, article=article, cue=cue, content=content, **values)  # type: ignore[arg-type]


def list_changes() -> list[tuple[str, str, str]]:
    """What Veldania's page says of changes: the sort, and the words of both quotes."""
    veldania = Actor.objects.with_other_names().get(slug="veldania")
    changes = profile.build_profile(veldania).changes
    return [(change.sort, change.earlier.content, change.later.content) for change in changes]


def test_a_claim_that_was_asserted_and_later_denied_is_a_change_and_the_other_way_too() -> None:
    late = "that the ferry is late again"
    tell(SAFE, 1)
    tell(SAFE, 4, act="deny")
    tell(late, 2, act="deny")
    tell(late, 3)

    assert list_changes() == [("denied", SAFE, SAFE), ("asserted", late, late)]


def test_a_sure_denial_or_other_figure_in_other_words_is_a_change() -> None:
    safe = tell(SAFE, 1)
    make_match(safe, tell("any such safety", 3, act="deny"))
    nine, ten = tell("that nine wagons fell", 5), tell("that ten wagons fell", 4)
    make_match(nine, ten, kind="conflicts", status="confirmed", decided_at=nine.article.added_at)

    assert list_changes() == [
        ("figure", "that ten wagons fell", "that nine wagons fell"),
        ("denied", SAFE, "any such safety"),
    ]


def test_who_denies_a_claim_and_asserts_what_speaks_against_it_has_not_changed_position() -> None:
    unsafe = "that the bridge may fall"
    match = make_match(tell(SAFE, 2, actor="Ana Bell"), tell(unsafe, 3, actor="Omar Reza"))
    Match.objects.filter(pk=match.pk).decide("confirmed", None)
    tell(SAFE, 1, act="deny")
    tell(unsafe, 5)

    assert list_changes() == []


def test_who_asserts_what_another_denies_in_other_words_has_not_changed_position() -> None:
    stands = "that the bridge will stand"
    denial = tell(stands, 3, actor="Omar Reza", act="deny")
    make_match(tell(SAFE, 1), denial)
    tell(stands, 5)

    assert list_changes() == []


def test_words_that_say_nothing_by_themselves_are_no_change() -> None:
    denial = tell("all the allegations", 4, act="deny")
    Wording.objects.filter(pk=denial.wording_id).update(is_proposition=False)
    make_match(tell(SAFE, 1), denial)

    assert list_changes() == []


def test_figures_of_two_sides_are_no_change() -> None:
    ours, theirs = tell("that we have ten boats", 1), tell("that they have twelve boats", 4)
    make_match(ours, theirs, kind="conflicts", evidence=["other side"])

    assert list_changes() == []


@pytest.mark.parametrize(
    "status",
    ["proposed", "refused"],
)
def test_what_is_not_sure_is_no_change(status: str) -> None:
    match = make_match(tell(SAFE, 1), tell("any such safety", 3, act="deny"), status="proposed")
    if status == "refused":
        Match.objects.filter(pk=match.pk).decide(status, None)

    assert list_changes() == []


@pytest.mark.parametrize(
    ("day", "actor", "confidence"),
    [
        (1, "Veldania", 0.9),  # on one day
        (None, "Veldania", 0.9),  # who knows when
        (4, "Ana Bell", 0.9),  # somebody else
        (4, "Veldania", 0.5),  # perhaps somebody else
    ],
)
def test_who_may_not_have_said_it_later_has_not_changed_position(
    day: int | None, actor: str, confidence: float
) -> None:
    tell("that it rains", 9)
    tell(SAFE, 1)
    tell(SAFE, day, actor=actor, act="deny", actor_confidence=confidence)

    assert list_changes() == []


def test_the_page_of_an_actor_shows_both_with_outlet_and_day(client: Client) -> None:
    tell(SAFE, 1)
    tell(SAFE, 4, act="deny")

    page = text_of(client, "/actors/veldania/")

    changed = page.split("Changed position</h3>")[1].split("</details>")[0]
    assert changed.index('datetime="2024-03-01"') < changed.index('datetime="2024-03-04"')
    assert "later they denied it" in changed
    assert "Harbour Herald" in changed
