"""Actors that may be one: found when an article brings a new one, judged by persons."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from claims.actors.company import OFTEN_QUOTED
from claims.actors.near_names import (
    MOST_ACTORS_OF_RARE_WORD,
    MOST_BARE_NAMES_COMPARED,
    SHARED_WORDS_SQL,
)
from claims.actors.proposing import MOST_CANDIDATES, propose_candidates
from claims.extraction.schema import ActorKind, Speaker
from claims.models import Actor, Article, MergeCandidate
from tests.claims.admin_client import get_page
from tests.claims.intake.test_ingest import attribution, store
from tests.claims.views.test_views import text_of
from tests.claims.writes import execute_sql, expect_refused
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

CANDIDATES = "/admin/claims/mergecandidate/"


def quoted(*actors: Actor | str, kind: str = "person") -> tuple[Article, list[Actor]]:
    """An article that quotes these actors; those given by name are new with it."""
    names = [actor if isinstance(actor, str) else actor.name for actor in actors]
    article = make_article(
        " ".join(f"{name} said rain {number} fell." for number, name in enumerate(names))
    )
    rows = [make_actor(actor, kind) if isinstance(actor, str) else actor for actor in actors]
    for number, actor in enumerate(rows):
        make_quote(article=article, actor=actor, content=f"rain {number} fell")
    return article, [row for row, given in zip(rows, actors, strict=True) if isinstance(given, str)]


def bare(surname: str, *, called: str = "") -> tuple[Article, list[Actor]]:
    """An article that quotes somebody by a surname alone."""
    article = make_article(f"{surname} said it rains.")
    actor = Actor.objects.create(
        name=surname, kind="person", slug=f"{surname.lower()}-{article.pk}", article=article
    )
    for name in {surname, called or surname}:
        actor.names.create(name=name)
    make_quote(article=article, actor=actor, content="it rains")
    return article, [actor]


def pairs() -> dict[frozenset[str], float]:
    return {
        frozenset((pair.first.name, pair.second.name)): pair.score
        for pair in MergeCandidate.objects.all()
    }


def reasons() -> list[str]:
    return list(MergeCandidate.objects.get().reasons)


# Which pairs


@pytest.mark.parametrize(
    ("known", "new", "kind", "score"),
    [
        pytest.param("Jennifer Psaki", "Jen Psaki", "person", 0.65, id="a short form"),
        pytest.param(
            "Bill Clinton", "Hillary Clinton", "person", 0.1, id="two people of a surname"
        ),
        pytest.param(
            "Volodymyr Zelensky",
            "Volodymyr Zelenskiy",
            "person",
            0.6,
            id="another spelling of the surname",
        ),
        pytest.param(
            "North Atlantic Treaty Organization",
            "NATO",
            "organization",
            0.75,
            id="an acronym that is new",
        ),
        pytest.param(
            "NATO",
            "North Atlantic Treaty Organization",
            "organization",
            0.75,
            id="an acronym that was known",
        ),
        pytest.param(
            "Ministry of Defence",
            "British Ministry of Defence",
            "organization",
            0.5,
            id="a longer name",
        ),
        pytest.param("Ana Bell", "Omar Reza", "person", None, id="nothing in common"),
        pytest.param("Ana Bell", "Ana Lund", "person", None, id="a given name"),
    ],
)
def test_a_new_actor_is_compared_with_those_that_share_a_word(
    known: str, new: str, kind: str, score: float | None
) -> None:
    quoted(known, kind=kind)

    propose_candidates(*quoted(new, kind=kind))

    assert pairs() == ({} if score is None else {frozenset((known, new)): score})


def test_a_surname_hangs_on_the_full_name_whichever_comes_first() -> None:
    propose_candidates(*bare("Psaki"))
    propose_candidates(*quoted("Jen Psaki"))
    propose_candidates(*bare("Psaki"))

    assert list(MergeCandidate.objects.values_list("first__name", "second__name", "score")) == [
        ("Psaki", "Jen Psaki", 0.6),
        ("Jen Psaki", "Psaki", 0.6),
    ]


def test_a_surname_alone_in_many_articles_makes_a_chain_and_not_every_pair() -> None:
    for _ in range(5):
        propose_candidates(*bare("Obama"))

    assert MergeCandidate.objects.count() == 4


def test_two_bearers_of_one_surname_are_shown_and_make_a_bare_one_doubtful() -> None:
    propose_candidates(*quoted("Bill Clinton"))
    propose_candidates(*quoted("Hillary Clinton"))
    propose_candidates(*bare("Clinton"))

    assert pairs() == {
        frozenset(("Bill Clinton", "Hillary Clinton")): 0.1,
        frozenset(("Bill Clinton", "Clinton")): 0.3,
        frozenset(("Hillary Clinton", "Clinton")): 0.3,
    }
    assert (
        MergeCandidate.objects.filter(
            reasons__contains="several people of this surname are known"
        ).count()
        == 2
    )


def test_what_was_proposed_of_a_surname_is_less_likely_when_another_bearer_comes_unless_it_is_judged() -> (
    None
):
    propose_candidates(*quoted("Bill Clinton"))
    propose_candidates(*bare("Clinton"))
    propose_candidates(*bare("Clinton"))
    judged, left = MergeCandidate.objects.order_by("pk")
    MergeCandidate.objects.filter(pk=judged.pk).judge("same", User.objects.create_user("Clara"))

    propose_candidates(*quoted("Hillary Clinton"))

    judged.refresh_from_db()
    left.refresh_from_db()
    assert (judged.score, len(judged.reasons)) == (0.6, 1)
    assert (left.score, left.reasons[1:]) == (0.3, ["several people of this surname are known"])


def test_roles_in_the_names_speak_for_a_pair() -> None:
    make_actor("Jen Psaki", "person", names=("White House Press Secretary Jen Psaki",))

    propose_candidates(*bare("Psaki", called="Press Secretary Psaki"))

    assert pairs() == {frozenset(("Jen Psaki", "Psaki")): 0.7}
    assert reasons() == [
        "“Psaki” may be short for “Jen Psaki”",
        "both are called “press, secretary”",
    ]


def test_the_company_they_keep_speaks_for_a_pair() -> None:
    _, (other, _) = quoted("Omar Reza", "Jennifer Psaki")

    propose_candidates(*quoted(other, "Jen Psaki"))

    assert pairs() == {frozenset(("Jennifer Psaki", "Jen Psaki")): 0.75}
    assert reasons()[1:] == ["both are quoted beside Omar Reza"]


def test_the_company_of_those_whom_everybody_quotes_says_nothing() -> None:
    _, (other, _) = quoted("Omar Reza", "Jennifer Psaki")
    for _ in range(OFTEN_QUOTED):
        quoted(other)

    propose_candidates(*quoted(other, "Jen Psaki"))

    assert pairs() == {frozenset(("Jennifer Psaki", "Jen Psaki")): 0.65}


def test_two_full_names_in_one_article_are_hardly_one_actor() -> None:
    propose_candidates(*quoted("Jennifer Psaki", "Jen Psaki"))

    assert pairs() == {frozenset(("Jennifer Psaki", "Jen Psaki")): 0.35}
    assert reasons()[1:] == ["one article quotes both, under two names"]


def test_an_article_may_well_call_one_actor_by_a_full_name_and_by_the_surname() -> None:
    article = make_article("Jen Psaki said it rains. Later Psaki said it pours.")
    surname = Actor.objects.create(name="Psaki", kind="person", slug="psaki", article=article)
    full = make_actor("Jen Psaki", "person")
    make_quote(article=article, actor=full, content="it rains")
    make_quote(article=article, actor=surname, source="Later Psaki", content="it pours")

    propose_candidates(article, [surname, full])

    assert pairs() == {frozenset(("Jen Psaki", "Psaki")): 0.6}


@pytest.mark.parametrize("kind", ["unnamed", "group"])
def test_those_who_are_not_named_are_nobodys_candidates(kind: ActorKind) -> None:
    quoted("US officials", kind=kind)

    propose_candidates(*quoted("senior US officials", kind=kind))

    assert pairs() == {}


def test_a_common_word_leads_nowhere() -> None:
    for number in range(MOST_ACTORS_OF_RARE_WORD + 1):
        make_actor(f"Ministry {number}", "organization")

    propose_candidates(*quoted("Ministry of Rain", kind="organization"))

    assert pairs() == {}


def test_a_surname_of_many_is_followed_to_the_likeliest() -> None:
    for number in range(MOST_ACTORS_OF_RARE_WORD + 10):
        make_actor(f"X{number} Smith", "person")
    make_actor("Jonathan Smith", "person")

    propose_candidates(*quoted("Jon Smith"))

    assert MergeCandidate.objects.count() == MOST_CANDIDATES


# Ingestion


@pytest.mark.django_db(transaction=True)
def test_ingesting_an_article_proposes_for_its_new_actors_once() -> None:
    text = "Jennifer Psaki said it rains."

    def read(name: str, key: str, version: str = "1") -> None:
        who = Speaker(name, "person", 0.9, "name")
        store(
            attribution(
                name, "said", "it rains", text=text.replace("Jennifer Psaki", name), speaker=who
            ),
            key=key,
            text=text.replace("Jennifer Psaki", name),
            version=version,
        )

    read("Jennifer Psaki", "https://example.org/a")
    read("Jen Psaki", "https://example.org/b")
    MergeCandidate.objects.all().delete()
    read("Jen Psaki", "https://example.org/c")
    read("Jen Psaki", "https://example.org/b", version="2")

    assert MergeCandidate.objects.count() == 0


# Judgements


def make_pair(score: float = 0.6) -> MergeCandidate:
    first, second = make_actor("Jen Psaki", "person"), make_actor("Jennifer Psaki", "person")
    return MergeCandidate.objects.create(
        first=first, second=second, score=score, reasons=["a reason"]
    )


@pytest.mark.parametrize("judgement", ["same", "different", "unsure"])
def test_a_judged_pair_is_not_proposed_anew(judgement: str) -> None:
    propose_candidates(*quoted("Jennifer Psaki"))
    article, made = quoted("Jen Psaki")
    propose_candidates(article, made)
    MergeCandidate.objects.judge(judgement, User.objects.create_user("Clara"))
    before = MergeCandidate.objects.values().get()

    propose_candidates(article, made)

    assert MergeCandidate.objects.values().get() == before


@pytest.mark.django_db(transaction=True)
def test_an_actor_of_whom_a_person_judged_stays_when_its_quotes_are_gone() -> None:
    text = "Ana Bell said it rains. Omar Reza said it pours."
    found = [
        attribution("Ana Bell", "said", "it rains", text=text),
        attribution("Omar Reza", "said it", "it pours", text=text),
    ]
    store(*found[:1], text=text)
    other = make_actor("Anna Bell", "person")
    first, second = sorted((Actor.objects.get(slug="ana-bell"), other), key=lambda actor: actor.pk)
    MergeCandidate.objects.create(first=first, second=second, score=0.5, reasons=[])
    MergeCandidate.objects.judge("different", User.objects.create_user("Clara"))

    store(text=text, version="2")

    assert MergeCandidate.objects.get().judgement == "different"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("first_id = second_id, second_id = first_id", "candidate_pair_has_one_order"),
        ("second_id = first_id", "candidate_pair_has_one_order"),
        ("score = 1.01", "candidate_score_is_a_share"),
        ("score = -0.01", "candidate_score_is_a_share"),
        ("judgement = 'perhaps', judged_at = now()", "candidate_judgement_is_known"),
        ("judgement = 'same'", "candidate_judgement_has_its_time"),
        ("judged_at = now()", "candidate_judgement_has_its_time"),
    ],
)
def test_what_is_no_candidate_is_refused(change: str, constraint: str) -> None:
    make_pair()

    with expect_refused(constraint):
        execute_sql(f"UPDATE claims_mergecandidate SET {change}")


def test_a_pair_is_one_row() -> None:
    make_pair()

    with expect_refused("candidate_is_one_row_per_pair"):
        make_pair()


@pytest.mark.parametrize("action", ["same", "different", "unsure"])
def test_a_curator_judges_in_the_admin_and_the_actors_stay_two(
    curator: Client, action: str
) -> None:
    pair = make_pair()

    chosen = {"action": action, "_selected_action": [pair.pk]}
    shown = curator.post(CANDIDATES, chosen).content.decode()
    assert "Jennifer Psaki" in shown
    assert MergeCandidate.objects.unjudged().count() == 1

    curator.post(CANDIDATES, {**chosen, "confirmed": "yes"})

    pair.refresh_from_db()
    assert (pair.judgement, str(pair.judged_by)) == (action, "Clara")
    assert pair.judged_at
    assert Actor.objects.count() == 2


def test_history_keeps_what_was_judged() -> None:
    pair = make_pair()
    clara = User.objects.create_user("Clara")

    for judgement in ("same", "unsure"):
        MergeCandidate.objects.judge(judgement, clara)

    events = MergeCandidate.pgh_event_model.objects.filter(pgh_obj_id=pair.pk)  # type: ignore[attr-defined]
    assert list(events.order_by("pgh_id").values_list("judgement", "judged_by")) == [
        (None, None),
        ("same", clara.pk),
        ("unsure", clara.pk),
    ]


def test_the_admin_shows_both_actors_the_score_and_the_reasons(curator: Client) -> None:
    pair = make_pair(score=0.65)

    shown = get_page(curator, CANDIDATES)

    for actor in (pair.first, pair.second):
        assert f'<a href="{actor.get_absolute_url()}"><bdi>{actor.name}</bdi></a>, person' in shown
    assert "65%" in shown
    assert "<bdi>a reason</bdi>" in shown


def test_the_admin_lists_what_is_judged_and_what_is_not(curator: Client) -> None:
    make_pair()
    unjudged, judged = f"{CANDIDATES}?judged=no", f"{CANDIDATES}?judged=different"
    assert "a reason" in get_page(curator, unjudged)
    assert "a reason" not in get_page(curator, judged)

    MergeCandidate.objects.judge("different", User.objects.get())

    assert "a reason" not in get_page(curator, unjudged)
    assert "a reason" in get_page(curator, judged)
    assert "different, Clara, " in get_page(curator, judged)


def test_who_may_only_look_does_not_judge(client: Client) -> None:
    pair = make_pair()
    viewer = User.objects.create_user("Vera", is_staff=True)
    viewer.user_permissions.add(
        *viewer.user_permissions.model.objects.filter(codename="view_mergecandidate")
    )
    client.force_login(viewer)

    client.post(CANDIDATES, {"action": "same", "_selected_action": [pair.pk], "confirmed": "yes"})

    pair.refresh_from_db()
    assert pair.judgement is None


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_candidates_takes_few_queries(
    curator: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        propose_candidates(*bare("Psaki"))
    propose_candidates(*quoted("Jen Psaki"))

    with django_assert_max_num_queries(6):
        get_page(curator, CANDIDATES)


# The actor's page


def test_an_actors_page_leads_to_those_that_may_be_the_same(client: Client) -> None:
    pair = make_pair()

    for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
        shown = text_of(client, one.get_absolute_url())
        assert "May also be" in shown
        assert f'href="{other.get_absolute_url()}"' in shown
        assert ">unsure<" in shown


@pytest.mark.parametrize(
    ("score", "judgement", "words"),
    [
        pytest.param(0.6, "same", "a curator says so", id="the same"),
        pytest.param(0.6, "unsure", ">unsure<", id="not to be told"),
    ],
)
def test_an_actors_page_says_how_sure_that_is(
    client: Client, score: float, judgement: str | None, words: str
) -> None:
    pair = make_pair(score)
    if judgement:
        MergeCandidate.objects.judge(judgement, User.objects.create_user("Clara"))

    assert words in text_of(client, pair.first.get_absolute_url())


def test_an_actors_page_names_nobody_of_whom_nothing_makes_it_likely(client: Client) -> None:
    pair = make_pair(0.1)

    assert pair.second.get_absolute_url() not in text_of(client, pair.first.get_absolute_url())


def test_an_actors_page_is_silent_of_those_that_a_person_told_apart(client: Client) -> None:
    pair = make_pair()
    MergeCandidate.objects.judge("different", User.objects.create_user("Clara"))

    assert pair.second.get_absolute_url() not in text_of(client, pair.first.get_absolute_url())


def test_an_actors_page_tells_its_like_apart_in_few_queries(
    client: Client,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(12):
        propose_candidates(*bare("Psaki"))
    propose_candidates(*quoted("Jen Psaki"))

    keep_columns()
    with django_assert_max_num_queries(7):
        shown = text_of(client, "/actors/jen-psaki/")

    assert len(set(shown.split('<small dir="auto">'))) > 10


# Cost


def test_the_number_of_queries_does_not_grow(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def cost(number: int) -> int:
        article, made = quoted(*(f"Speaker{n} Of{number}" for n in range(number)))
        with CaptureQueriesContext(connection) as queries:
            propose_candidates(article, made)
        return len(queries)

    assert cost(2) == cost(20) == 5


def test_what_is_read_for_an_article_has_a_limit() -> None:
    """However many actors bear a name, so many are read; each part of the question goes by an index."""
    values: dict[str, Any] = {
        "words": ["smith"],
        "are_surnames": [True],
        "first_new": 2**31,
        "rare": MOST_ACTORS_OF_RARE_WORD,
        "bare": MOST_BARE_NAMES_COMPARED,
    }
    article = make_article()
    Actor.objects.bulk_create(
        [Actor(name=f"N{n} Smith", kind="person", slug=f"smith-{n}") for n in range(3000)]
        + [Actor(name="Smith", kind="person", slug="smith", article=article)]
    )

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_actor")
        cursor.execute("SET LOCAL enable_seqscan = off")  # this table is small
        cursor.execute(f"EXPLAIN {SHARED_WORDS_SQL}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute(SHARED_WORDS_SQL, values)
        found = cursor.fetchall()
        cursor.execute(SHARED_WORDS_SQL, {**values, "are_surnames": [False]})
        found_by_common_word = cursor.fetchall()

    assert [
        index for index in ("actor_words", "actor_initials", "actor_key") if index not in plan
    ] == []
    assert len(found) == MOST_ACTORS_OF_RARE_WORD + 2
    assert [(word, actor) for word, actor, *_ in found_by_common_word] == [("smith", None)]
