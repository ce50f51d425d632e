"""Which speaker is which actor, across articles."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actors.joining import have_all_names_joined, join_all_waiting_names
from claims.actors.resolution import resolve_actors
from claims.extraction.schema import ActorKind, Attribution, Span, Speaker
from claims.models import Actor, ActorJoin, Article
from claims.models.slugs import find_unused_slugs
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db


def speaker(
    name: str, kind: ActorKind = "person", *, alone: bool = True, mention: str = ""
) -> Speaker:
    return Speaker(name, kind, 0.9, "name", alone=alone, mention=mention)


def resolved(*speakers: Speaker, article: Article | None = None) -> list[Actor]:
    found = [
        Attribution(None, Span(0, 1), (Span(2, 3),), "indirect", "say", 0.9, each)
        for each in speakers
    ]
    actors = resolve_actors(article or make_article(), found).actors
    return [actors[each] for each in speakers]


@pytest.mark.parametrize(
    ("known", "named", "kind"),
    [
        pytest.param("Ana Bell", "Ana Bell", "person", id="the same name"),
        pytest.param("Ana Bell", "ANA BELL", "person", id="case"),
        pytest.param("Beyoncé Knowles", "Beyonce Knowles", "person", id="accents"),
        pytest.param("James O’Neill", "James O'Neill", "person", id="apostrophes"),
        pytest.param("Ban Ki-moon", "Ban Ki Moon", "person", id="hyphens"),
        pytest.param("John F. Kerry", "John F Kerry", "person", id="full stops"),
        pytest.param("Home Office", "the Home Office", "organization", id="a leading the"),
        pytest.param("NATO", "Nato", "organization", id="an acronym written as a word"),
        pytest.param("Russia", "Russia", "state", id="a state"),
    ],
)
def test_a_name_written_otherwise_is_the_same_actor(
    known: str, named: str, kind: ActorKind
) -> None:
    actor = make_actor(known, kind)

    (found,) = resolved(speaker(named, kind))

    assert found == actor
    assert named in set(actor.names.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("known", "named"),
    [
        pytest.param(("Donald Trump", "person"), speaker("Donald Trump Jr"), id="a son"),
        pytest.param(
            ("George Bush Sr.", "person"), speaker("George Bush Jr."), id="father and son"
        ),
        pytest.param(
            ("Washington", "state"), speaker("Washington", "organization"), id="another kind"
        ),
        pytest.param(("Ana Bell", "person"), speaker("Anna Bell"), id="another spelling"),
        pytest.param(("Ana Bell", "person"), speaker("Bell"), id="a surname"),
        pytest.param(
            ("Ana Bell", "person"),
            speaker("Ana Bell", alone=False),
            id="a name that does not tell who is meant",
        ),
        pytest.param(("US officials", "unnamed"), speaker("Officials", "unnamed"), id="unnamed"),
    ],
)
def test_a_name_that_may_be_anothers_is_another_actor(
    known: tuple[str, str], named: Speaker
) -> None:
    actor = make_actor(*known)

    (found,) = resolved(named)

    assert found != actor


@pytest.mark.parametrize(
    ("kind", "name", "also", "named", "joined"),
    [
        pytest.param("person", "Robert Gates", "Bob Gates", "Bob Gates", True, id="a full name"),
        pytest.param(
            "person",
            "Robert Gates",
            "BOB GATES",
            "Bob Gates",
            True,
            id="a full name, written otherwise",
        ),
        pytest.param("person", "Robert Gates", "Gates", "Gates", False, id="a surname"),
        pytest.param(
            "person",
            "Robert Gates",
            "Secretary Gates",
            "Secretary Gates",
            False,
            id="a title and a surname",
        ),
        pytest.param(
            "organization",
            "Federal Bureau of Investigation",
            "the FBI",
            "FBI",
            True,
            id="an organization",
        ),
        pytest.param(
            "unnamed", "a US official", "the official", "the official", False, id="unnamed"
        ),
    ],
)
def test_a_name_by_which_one_actor_alone_is_known_is_that_actor_if_it_is_full(
    kind: ActorKind, name: str, also: str, named: str, joined: bool
) -> None:
    actor = make_actor(name, kind, names=(also,))
    resolved(speaker(named, kind))
    have_all_names_joined()

    sum(join_all_waiting_names())

    (found,) = resolved(speaker(named, kind))
    heads = {join.alias: join.actor for join in ActorJoin.objects.all()}
    assert (heads.get(actor, actor) == found) is joined


def test_a_name_by_which_two_actors_are_known_is_neither() -> None:
    actors = {
        make_actor(name, "person", names=("Bob Gates",))
        for name in ("Robert Gates", "Roberta Gates")
    }

    (found,) = resolved(speaker("Bob Gates"))

    assert found not in actors


def test_an_actors_own_name_goes_before_what_another_is_called() -> None:
    make_actor("Robert Gates", "person", names=("Bob Gates",))
    own = make_actor("Bob Gates", "person")

    assert resolved(speaker("Bob Gates")) == [own]


def test_of_two_that_are_written_alike_the_one_written_so_is_meant_and_else_neither() -> None:
    hyphen, space = (make_actor(name, "person") for name in ("Ban Ki-moon", "Ban Ki moon"))

    assert resolved(speaker("Ban Ki-moon"), speaker("Ban Ki moon")) == [hyphen, space]
    assert resolved(speaker("BAN KI-MOON"))[0] not in (hyphen, space)


def test_a_bare_surname_is_one_actor_in_its_article_and_another_elsewhere() -> None:
    first, second = make_article(), make_article()

    here = resolved(speaker("Bell", alone=False), speaker("BELL", alone=False), article=first)
    again = resolved(speaker("bell", alone=False), article=first)
    there = resolved(speaker("Bell", alone=False), article=second)

    assert len({*here, *again}) == 1
    assert there[0] not in here
    assert [actor.article for actor in (here[0], there[0])] == [first, second]


def test_one_article_makes_one_actor_of_a_name_that_it_writes_in_two_ways() -> None:
    one, other = resolved(speaker("Ban Ki-moon"), speaker("Ban Ki Moon"))

    assert one == other
    assert one.name == "Ban Ki-moon"


def test_those_that_are_new_are_told() -> None:
    make_actor("Ana Bell", "person")
    found = [
        Attribution(None, Span(0, 1), (Span(2, 3),), "indirect", "say", 0.9, speaker(n))
        for n in ("Ana Bell", "Omar Reza")
    ]

    assert [actor.name for actor in resolve_actors(make_article(), found).made] == ["Omar Reza"]


def test_what_an_article_calls_an_actor_is_among_its_names() -> None:
    (actor,) = resolved(speaker("Ana Bell", mention="Mayor  Ana\nBell"))

    assert list(actor.names.values_list("name", flat=True)) == ["Ana Bell", "Mayor Ana Bell"]


def test_names_without_letters_and_names_without_end_are_actors_too() -> None:
    odd, same, endless = resolved(
        speaker("???", "group"), speaker("!!!", "group"), speaker("ﷺ" * 400)
    )

    assert odd != same
    assert len(endless.name) == 300


def test_the_number_of_queries_does_not_grow_with_the_speakers() -> None:
    def cost(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            resolved(*(speaker(f"Speaker {n} of {number}") for n in range(number)), article=article)
        return len(queries)

    article: Any = make_article()

    assert cost(2) == cost(40) == 7


@pytest.mark.parametrize(
    ("kind", "mention", "kept"),
    [
        ("person", "Bell’s", "Bell"),
        ("person", "Davis'", "Davis"),
        ("person", "O’Neill", "O’Neill"),
        ("organization", "Moody’s", "Moody’s"),
    ],
    ids=["a person’s", "of a name in s", "inside a name", "an organization named so"],
)
def test_a_persons_name_is_kept_without_its_genitive(
    kind: ActorKind, mention: str, kept: str
) -> None:
    (actor,) = resolved(speaker("Some Name", kind, mention=mention))

    assert set(actor.names.values_list("name", flat=True)) == {"Some Name", kept}


# Slugs


def test_a_slug_that_a_thousand_have_is_numbered_in_a_few_queries() -> None:
    slugs = ["report", *(f"report-{number}" for number in range(2, 1002))]
    Actor.objects.bulk_create(Actor(name=slug, kind="document", slug=slug) for slug in slugs)

    with CaptureQueriesContext(connection) as queries:
        given = find_unused_slugs(Actor, ["Report", "Rain", "Report", "Report 1002"])

    assert given == ["report-1002", "rain", "report-1003", "report-1002-2"]
    assert len(queries) < 20


def test_a_slug_that_was_given_back_may_be_given_again_but_none_twice() -> None:
    slugs = ["report", *(f"report-{number}" for number in range(2, 100) if number not in (3, 64))]
    Actor.objects.bulk_create(Actor(name=slug, kind="document", slug=slug) for slug in slugs)

    given = find_unused_slugs(Actor, ["Report"] * 50)

    assert len({*given, *slugs}) == 50 + len(slugs)
