import pytest

from claims.models import Actor, ActorName
from claims.models.names import (
    CHARACTERS_DROPPED,
    CHARACTERS_SPACED,
    build_initials,
    build_name_key,
)
from tests.factories import make_actor

NAMES = [
    ("Ana Bell", "ana bell"),
    ("ANA  BELL", "ana bell"),
    ("Beyoncé Knowles-Carter", "beyonce knowles carter"),
    ("Željko Łukasz", "zeljko łukasz"),
    ("O’Neill", "oneill"),
    ("O'Neill", "oneill"),
    ("J. D. Vance", "j d vance"),
    ("U.S. Treasury", "us treasury"),
    ("The Home Office", "home office"),
    ("The", "the"),
    ("Jean‑Luc – Picard", "jean luc picard"),
    ("Martin Luther King, Jr.", "martin luther king jr"),
    ("AT&T", "at t"),
    ("“Evening\u00a0Post”", "evening post"),
    ("王毅", "王毅"),
    ("Δημοκρατία", "δημοκρατια"),
    ("ﷺ ﬁne", "صلى الله عليه وسلم fine"),
    (CHARACTERS_SPACED + CHARACTERS_DROPPED, ""),
    ("ﷺ" * 300, None),
]


@pytest.mark.parametrize(("name", "key"), [pair for pair in NAMES if pair[1] is not None])
def test_names_that_differ_in_form_alone_have_one_key(name: str, key: str) -> None:
    assert build_name_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald Trump", "Donald Trump Jr"),
        ("George Bush Sr", "George Bush Jr"),
        ("Ana Bell", "Anna Bell"),
        ("Iran", "Iraq"),
    ],
)
def test_names_that_differ_in_words_do_not(one: str, other: str) -> None:
    assert build_name_key(one) != build_name_key(other)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, _ in NAMES])
def test_the_database_keeps_the_same_key(name: str) -> None:
    actor = make_actor(name[:300])

    actor.refresh_from_db()

    key = build_name_key(name[:300])
    assert (actor.key, actor.words, actor.initials) == (
        key,
        key.split(" ") if key else [],
        build_initials(key),
    )
    assert ActorName.objects.get().key == key


@pytest.mark.django_db
def test_a_key_follows_its_name_whoever_writes_it() -> None:
    actor = make_actor("Ana Bell")

    Actor.objects.filter(pk=actor.pk).update(name="Ana Lund-Bell")

    actor.refresh_from_db()
    assert (actor.key, actor.words) == ("ana lund bell", ["ana", "lund", "bell"])


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("North Atlantic Treaty Organization", "nato"),
        ("Federal Bureau of Investigation", "fbi"),
        ("NATO", "n"),
        ("", ""),
    ],
)
def test_initials_leave_small_words_out(name: str, initials: str) -> None:
    assert build_initials(build_name_key(name)) == initials
