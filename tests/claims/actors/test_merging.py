"""Actors merged into one: what moves, what gives way, what is refused, and what undoing leaves alone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actors import undo_plans
from claims.actors.merge_plans import plan_merge
from claims.actors.merging import MergeRefused, merge_actors
from claims.actors.undoing import undo_merge
from claims.history import journal
from claims.models import (
    About,
    Actor,
    ActorJoin,
    ActorName,
    ExternalId,
    FormerSlug,
    Merge,
    MergeCandidate,
    Quote,
)
from claims.search import columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.reading import ChosenRow
from tests.claims.intake.test_ingest import TEXT, attribution, store
from tests.claims.merged import dump_tables, make_pair
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def clara() -> User:
    return User.objects.create_user("Clara")


def two() -> tuple[Actor, Actor]:
    return make_actor("Jennifer Psaki", "person"), make_actor("Jen Psaki", "person")


def merged(survivor: Actor, *others: Actor, user: User | None = None) -> Merge:
    done = merge_actors(
        survivor.pk, [other.pk for other in others], user, "the same press secretary"
    )
    connection.check_constraints()
    return done


def undone(done: Merge) -> Merge:
    found = undo_merge(done.pk, None, "a mistake")
    connection.check_constraints()
    return found


# What moves


def test_quotes_go_to_the_survivor_whatever_was_decided_of_them() -> None:
    jennifer, jen = two()
    quotes = [
        make_quote(actor=jen, status=status)
        for status in ("unreviewed", "accepted", "corrected", "rejected")
    ]
    found = plan_merge(jennifer, [jen])

    merged(jennifer, jen)

    assert (len(found.quotes.moved), found.decided, found.rejected) == (4, 3, 1)
    assert set(jennifer.quotes.values_list("pk", "status")) == {
        (quote.pk, quote.status) for quote in quotes
    }
    assert not Actor.objects.filter(pk=jen.pk).exists()


def test_of_two_same_names_the_survivors_stays() -> None:
    jennifer, jen = two()
    own = jennifer.names.create(name="Psaki")
    jen.names.create(name="Psaki")
    jen.names.create(name="Press Secretary Psaki")

    found = plan_merge(jennifer, [jen])
    merged(jennifer, jen)

    assert (len(found.names.moved), len(found.names.dropped)) == (2, 1)
    assert set(jennifer.names.values_list("name", flat=True)) == {
        "Jennifer Psaki",
        "Jen Psaki",
        "Psaki",
        "Press Secretary Psaki",
    }
    assert jennifer.names.get(name="Psaki") == own


def test_a_quote_about_both_is_about_the_survivor_once() -> None:
    jennifer, jen = two()
    both = make_quote(actor=None, content="Jennifer Psaki and Jen Psaki are one")
    one = make_quote(actor=None, content="Jen Psaki is late")

    merged(jennifer, jen)

    assert sorted(About.objects.values_list("quote", "actor")) == sorted(
        [(both.pk, jennifer.pk), (one.pk, jennifer.pk)]
    )


def test_several_are_merged_at_once() -> None:
    jennifer, jen = two()
    third = make_actor("J. Psaki", "person")
    for actor in (jen, third):
        make_quote(actor=actor)
        actor.names.create(name="Psaki")

    before = dump_tables()
    done = merged(jennifer, jen, third)

    assert jennifer.quotes.count() == 2
    assert jennifer.names.filter(name="Psaki").count() == 1
    assert set(FormerSlug.objects.values_list("slug", "actor")) == {
        ("jen-psaki", jennifer.pk),
        ("j-psaki", jennifer.pk),
    }
    undone(done)
    assert dump_tables() == before


def test_numbers_elsewhere_and_addresses_from_before_go_along() -> None:
    jennifer, jen = two()
    ExternalId.objects.create(actor=jen, value="Q10853588")
    merged(jen, make_actor("J. Psaki", "person"))

    merged(jennifer, jen)

    assert jennifer.external_ids.get().value == "Q10853588"
    assert set(FormerSlug.objects.filter(actor=jennifer).values_list("slug", flat=True)) == {
        "jen-psaki",
        "j-psaki",
    }


def test_the_list_of_quotes_counts_what_moved() -> None:
    jennifer, jen = two()
    make_quote(actor=jen)
    make_quote(actor=jennifer)
    columns.get_current_columns()

    merged(jennifer, jen)

    asked = Filters(
        actor=(jennifer.slug,), rows={("actor", jennifer.slug): ChosenRow(jennifer.pk, "")}
    )
    assert MatchingQuotes(columns.get_current_columns(), asked).total == 2


def test_a_merge_keeps_who_when_why_and_every_row(clara: User) -> None:
    jennifer, jen = two()
    quote = make_quote(actor=jen)

    done = merged(jennifer, jen, user=clara)

    assert (done.made_by, done.reason, done.work) == (clara, "the same press secretary", "merge")
    assert str(done) == "“Jen Psaki” into “Jennifer Psaki”"
    kept = {row.table: (row.row, row.before or {}, row.after) for row in done.rows.all()}
    pk, before, after = kept["quote"]
    assert (pk, before["actor_id"], before["cue"], after) == (
        quote.pk,
        jen.pk,
        "said",
        {**before, "actor_id": jennifer.pk},
    )
    pk, before, after = kept["actor"]
    assert (pk, before["slug"], before["name"], after) == (jen.pk, "jen-psaki", "Jen Psaki", None)


def test_every_table_that_points_to_an_actor_is_thought_of() -> None:
    """One that is not would keep an actor from being merged, as soon as there is a row of it."""
    pointing = {
        relation.related_model
        for relation in Actor._meta.related_objects
        if not relation.many_to_many and getattr(relation.field, "db_constraint", False)
    }

    journaled = set(journal.JOURNALED_MODELS["actor"])
    assert pointing == journaled - {Actor} | {ActorJoin}  # joins are found anew after a merge


# Pairs


def test_the_pair_of_those_that_are_merged_goes_and_the_others_follow() -> None:
    jennifer, jen = two()
    third = make_actor("John Psaki", "person")
    make_pair(jennifer, jen)
    follows = make_pair(jen, third)

    merged(jennifer, jen)

    pair = MergeCandidate.objects.get()
    assert (pair.pk, {pair.first_id, pair.second_id}) == (follows.pk, {jennifer.pk, third.pk})


@pytest.mark.parametrize(
    ("own", "others", "left"),
    [
        (None, "different", "different"),
        ("unsure", "same", "same"),
        ("same", "unsure", "same"),
        ("unsure", None, "unsure"),
    ],
)
def test_of_two_pairs_with_one_actor_the_firmer_judgement_stays(
    own: str | None, others: str | None, left: str
) -> None:
    jennifer, jen = two()
    third = make_actor("John Psaki", "person")
    kept = make_pair(jennifer, third, own, score=0.2, reasons=["own"])
    make_pair(jen, third, others, score=0.4, reasons=["other"])

    before = dump_tables()
    done = merged(jennifer, jen)

    pair = MergeCandidate.objects.get()
    assert (pair.pk, pair.judgement, pair.score, pair.reasons) == (kept.pk, left, 0.4, ["other"])
    undone(done)
    assert dump_tables() == before


def test_what_a_person_judged_different_is_not_merged(clara: User) -> None:
    jennifer, jen = two()
    pair = make_pair(jennifer, jen, "different", clara)
    before = dump_tables()

    (conflict,) = plan_merge(jennifer, [jen]).conflicts
    with pytest.raises(MergeRefused, match="judged different, by Clara on "):
        merged(jennifer, jen)

    assert conflict.pair == pair
    assert dump_tables() == before


def test_one_who_is_the_same_as_the_one_and_not_as_the_other_is_a_contradiction() -> None:
    jennifer, jen = two()
    third = make_actor("John Psaki", "person")
    make_pair(jennifer, third, "same")
    make_pair(jen, third, "different")

    with pytest.raises(
        MergeRefused, match=r"judged the same, by Judge on .* but .* different, by Judge on "
    ):
        merged(jennifer, jen)


# Doubts


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        pytest.param(
            ("Ana Smith", "person"),
            ("Omar Smith", "person"),
            "Two people of one surname",
            id="a surname",
        ),
        pytest.param(
            ("Kremlin", "state"),
            ("The Kremlin", "organization"),
            "different kinds: organization, state",
            id="kinds",
        ),
        pytest.param(("Jennifer Psaki", "person"), ("Jen Psaki", "person"), "", id="none"),
    ],
)
def test_doubts_are_told_before_anything_is_done(one: Any, other: Any, told: str) -> None:
    found = plan_merge(make_actor(*one), [make_actor(*other)])

    assert told in " ".join(found.doubts)
    assert bool(found.doubts) == bool(told)


def test_two_numbers_in_one_collection_are_a_doubt() -> None:
    jennifer, jen = two()
    for number, actor in enumerate((jennifer, jen), 1):
        ExternalId.objects.create(actor=actor, value=f"Q{number}")

    (doubt,) = plan_merge(jennifer, [jen]).doubts

    assert doubt == "They have different numbers at wikidata: Q1, Q2."


# Refusals


def test_a_merge_needs_a_reason_and_two_actors() -> None:
    jennifer, jen = two()

    with pytest.raises(MergeRefused, match="Say why"):
        merge_actors(jennifer.pk, [jen.pk], None, "  ")
    for others in ([], [jennifer.pk], [jen.pk, jen.pk]):
        with pytest.raises(MergeRefused, match="each once"):
            merge_actors(jennifer.pk, others, None, "why")
    with pytest.raises(MergeRefused, match="no longer"):
        merge_actors(jennifer.pk, [0], None, "why")


def test_what_has_changed_since_it_was_shown_is_shown_again() -> None:
    jennifer, jen = two()
    token = plan_merge(jennifer, [jen]).token
    make_quote(actor=jen)

    with pytest.raises(MergeRefused, match="look again"):
        merge_actors(jennifer.pk, [jen.pk], None, "why", token)

    merge_actors(jennifer.pk, [jen.pk], None, "why", plan_merge(jennifer, [jen]).token)


def test_the_number_of_queries_does_not_grow() -> None:
    def cost(number: int) -> int:
        one, other = make_actor(f"One {number}", "person"), make_actor(f"Other {number}", "person")
        for _ in range(number):
            quote = make_quote(actor=other, content=f"Other {number} is here")
            other.names.create(name=f"Name {quote.pk}")
            make_pair(other, make_actor(f"Third {quote.pk}", "person"))
        with CaptureQueriesContext(connection) as queries:
            done = merge_actors(one.pk, [other.pk], None, "why")
            undo_merge(done.pk, None, "why")
        return len(queries)

    assert cost(2) == cost(9)


# Undoing


def test_undoing_tells_who_when_and_why(clara: User) -> None:
    done = merged(*two())

    undo_merge(done.pk, clara, "two people")

    done.refresh_from_db()
    assert (done.undone_by, done.undone_because, done.left) == (clara, "two people", [])
    assert done.undone_at
    with pytest.raises(MergeRefused, match="already"):
        undo_merge(done.pk, clara, "again")
    with pytest.raises(MergeRefused, match="why"):
        undo_merge(done.pk, clara, "")


def test_a_quote_that_a_person_gave_to_another_since_stays_there_and_is_told() -> None:
    jennifer, jen = two()
    quote, other = make_quote(actor=jen), make_quote(actor=jen)
    done = merged(jennifer, jen)
    omar = make_actor("Omar Reza", "person")
    Quote.objects.filter(pk=quote.pk).update(actor=omar, actor_method="curator")

    left = undone(done).left

    assert left == [f"Quote {quote.pk} (“the bridge is safe”) has been decided or read anew since."]
    assert Quote.objects.get(pk=quote.pk).actor == omar
    assert Quote.objects.get(pk=other.pk).actor == jen


def test_a_quote_that_a_person_gave_to_the_survivor_since_stays_there() -> None:
    jennifer, jen = two()
    quote = make_quote(actor=jen)
    done = merged(jennifer, jen)
    Quote.objects.filter(pk=quote.pk).update(
        actor=jennifer, actor_method="curator", actor_confidence=1
    )

    assert len(undone(done).left) == 1
    assert Quote.objects.get(pk=quote.pk).actor == jennifer


def test_what_was_changed_of_a_quote_besides_its_actor_stays_changed() -> None:
    jennifer, jen = two()
    quote = make_quote(actor=jen)
    done = merged(jennifer, jen)
    Quote.objects.filter(pk=quote.pk).update(status="accepted", confidence=0.5)

    assert undone(done).left == []
    quote.refresh_from_db()
    assert (quote.actor, quote.status, quote.confidence) == (jen, "accepted", 0.5)


def test_the_survivors_new_name_stays() -> None:
    jennifer, jen = two()
    done = merged(jennifer, jen)
    Actor.objects.filter(pk=jennifer.pk).update(name="Jennifer R. Psaki")

    undone(done)

    assert set(Actor.objects.values_list("name", flat=True)) == {"Jennifer R. Psaki", "Jen Psaki"}


def test_a_pair_that_is_judged_since_stays_judged() -> None:
    jennifer, jen = two()
    third = make_actor("John Psaki", "person")
    pair = make_pair(jen, third)
    done = merged(jennifer, jen)
    MergeCandidate.objects.judge("different", User.objects.create_user("Olga"))

    assert undone(done).left == [f"The pair {pair.pk} has been decided or read anew since."]
    kept = MergeCandidate.objects.get()
    assert (kept.judgement, {kept.first_id, kept.second_id}) == (
        "different",
        {jennifer.pk, third.pk},
    )


def test_rows_that_are_gone_since_are_told() -> None:
    jennifer, jen = two()
    quote, talk = (
        make_quote(actor=jen),
        make_quote(actor=None, content="Jennifer Psaki and Jen Psaki are one"),
    )
    done = merged(jennifer, jen)
    gone = quote.pk, talk.pk
    Quote.objects.filter(pk__in=gone).delete()

    assert undone(done).left == [
        f"Quote {gone[0]} (“the bridge is safe”) is gone since.",
        f"The note that quote {gone[1]} is about it cannot go back: what it belonged to is gone.",
    ]


def test_it_is_refused_while_another_actor_has_the_name() -> None:
    jennifer, jen = two()
    done = merged(jennifer, jen)
    Actor.objects.create(name="Jen Psaki", kind="person", slug="jen-psaki-2")
    before = dump_tables()

    with pytest.raises(MergeRefused, match="another actor “Jen Psaki” of kind person now"):
        undo_merge(done.pk, None, "a mistake")

    assert dump_tables() == before


def test_it_is_refused_while_the_article_is_gone_that_it_was_known_in() -> None:
    jennifer = make_actor("Jennifer Psaki", "person")
    article = make_article("Psaki said it rains.")
    psaki = Actor.objects.create(name="Psaki", kind="person", slug="psaki", article=article)
    done = merged(jennifer, psaki)
    article.delete()

    with pytest.raises(MergeRefused, match="The article in which alone “Psaki” was known is gone"):
        undo_merge(done.pk, None, "a mistake")


def test_a_later_merge_of_the_same_rows_is_undone_first() -> None:
    jennifer, jen = two()
    third = make_actor("J. Psaki", "person")
    make_quote(actor=jen)
    before = dump_tables()
    first = merged(jennifer, jen)
    second = merged(third, jennifer)

    with pytest.raises(
        MergeRefused,
        match=r"“Jennifer Psaki” into “J\. Psaki” was done to the same since; undo that first",
    ):
        undo_merge(first.pk, None, "a mistake")

    undone(second)
    undone(first)
    assert dump_tables() == before


def test_what_came_since_is_counted_and_stays_with_the_survivor() -> None:
    jennifer, jen = two()
    done = merged(jennifer, jen)
    quote = make_quote(actor=jennifer)

    assert undo_plans.plan_undo(done).new_quotes == 1
    undone(done)
    assert Quote.objects.get().actor == jennifer == quote.actor


# Reading again


def read_again(name: str, *, alone: bool = True, version: str) -> None:
    from claims.extraction.schema import Speaker

    store(
        attribution(
            "Anna Berg",
            "said",
            '"we wait"',
            speaker=Speaker(name, "person", 0.9, "name", alone=alone),
        ),
        text=TEXT,
        version=version,
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "alone"), [("Anna Berg", True), ("ANNA BERG", True), ("Berg", False)]
)
def test_an_article_read_again_says_what_a_merge_said(name: str, alone: bool) -> None:
    read_again(name, alone=alone, version="1")
    read = Actor.objects.get()
    survivor = make_actor("Annabel Berger", "person")
    merged(survivor, read)
    another = make_actor("Anna Bergen", "person")
    ActorName.objects.create(
        actor=another, name="Anna Berg"
    )  # two are known by the name, which alone would tell nothing

    read_again(name, alone=alone, version="2")

    assert Quote.objects.get().actor == survivor
    assert set(Actor.objects.all()) == {survivor, another}


@pytest.mark.django_db(transaction=True)
def test_an_article_read_again_keeps_no_one_from_undoing() -> None:
    read_again("Anna Berg", version="1")
    read = Actor.objects.get()
    done = merged(make_actor("Annabel Berger", "person"), read)
    read_again("Anna Berg", version="2")

    assert undone(done).left == []
    assert (Quote.objects.get().actor, Quote.objects.get().extractor) == (read, "2")


@pytest.mark.django_db(transaction=True)
def test_a_survivor_stays_when_its_quotes_are_gone() -> None:
    read_again("Anna Berg", version="1")
    other = make_actor("Annabel Berger", "person")
    merged(Actor.objects.get(name="Anna Berg"), other)

    store(text=TEXT, version="2")

    assert Actor.objects.get().former.get().slug == "annabel-berger"
