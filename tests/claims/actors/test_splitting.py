"""An actor split in two: what goes, what stays, what lasts, and how it is undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.actors.joining import join_all_waiting_names
from claims.actors.merging import MergeRefused, merge_actors
from claims.actors.splitting import SplitRequest, plan_split, split_actor
from claims.actors.undoing import undo_merge
from claims.extraction.schema import Speaker
from claims.models import About, Actor, ActorName, Merge, MergeCandidate, Quote
from tests.claims.intake.test_ingest import TEXT, attribution, store
from tests.claims.merged import dump_tables, make_pair
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def smith() -> Actor:
    return make_actor("John Smith", "person", names=("Smith", "Jon Smith"))


def names(actor: Actor, *wanted: str) -> tuple[int, ...]:
    return tuple(actor.names.filter(name__in=wanted).values_list("pk", flat=True))


def done(actor: Actor, user: User | None = None, **wanted: Any) -> Merge:
    made = split_actor(actor.pk, SplitRequest(**wanted), user, "two people")
    connection.check_constraints()
    return made


def other_of(made: Merge) -> Actor:
    return Actor.objects.get(pk=made.survivor)


def test_a_name_becomes_a_new_actors_with_the_quotes_of_that_source() -> None:
    actor = smith()
    named, stays = (
        make_quote(actor=actor, source="JON SMITH"),
        make_quote(actor=actor, source="Smith"),
    )

    made = done(actor, names=names(actor, "Jon Smith"), name="Jonathan Smith", kind="person")

    other = other_of(made)
    assert (other.slug, other.article) == ("jonathan-smith", None)
    assert set(other.names.values_list("name", flat=True)) == {"Jon Smith", "Jonathan Smith"}
    assert set(actor.names.values_list("name", flat=True)) == {"John Smith", "Smith"}
    assert list(other.quotes.all()) == [named]
    assert list(actor.quotes.all()) == [stays]


def test_quotes_that_were_chosen_go_and_count_as_corrected_by_a_person() -> None:
    actor = smith()
    chosen, accepted = (
        make_quote(actor=actor, runners_up=[{"name": "x"}]),
        make_quote(actor=actor, status="accepted"),
    )

    done(actor, quotes=(chosen.pk, accepted.pk), name="Another Smith", kind="person")

    for quote, status in ((chosen, "corrected"), (accepted, "accepted")):
        quote.refresh_from_db()
        assert (quote.status, quote.actor_method, quote.actor_confidence, quote.runners_up) == (
            status,
            "curator",
            1,
            [],
        )


def test_a_quote_is_about_whoever_has_the_longest_name_in_it() -> None:
    actor = smith()
    told = [
        make_quote(actor=None, content=f"{name} is late")
        for name in ("Jon Smith", "John Smith", "Smith")
    ]
    About.objects.all().delete()
    About.objects.bulk_create([About(quote=quote, actor=actor) for quote in told])

    other = other_of(
        done(actor, names=names(actor, "Jon Smith"), name="Jonathan Smith", kind="person")
    )

    assert list(About.objects.order_by("quote").values_list("quote", "actor")) == [
        (told[0].pk, other.pk),
        (told[1].pk, actor.pk),
        (told[2].pk, actor.pk),
    ]


def test_names_can_go_to_an_actor_that_there_is() -> None:
    actor, other = smith(), make_actor("Jonathan Smith", "person", names=("Smith",))
    quote = make_quote(actor=actor, source="Smith")
    before = dump_tables()

    made = done(actor, names=names(actor, "Smith"), target=other.pk)

    assert not actor.names.filter(name="Smith").exists()
    assert other.names.filter(name="Smith").count() == 1
    assert Quote.objects.get(pk=quote.pk).actor == other
    undo_merge(made.pk, None, "a mistake")
    assert dump_tables() == before


def test_who_is_split_is_not_asked_about_again_nor_merged_by_mistake() -> None:
    actor, clara = smith(), User.objects.create_user("Clara")

    other = other_of(
        done(actor, clara, names=names(actor, "Smith"), name="Jonathan Smith", kind="person")
    )

    pair = MergeCandidate.objects.get()
    assert ({pair.first, pair.second}, pair.judgement, pair.judged_by) == (
        {actor, other},
        "different",
        clara,
    )
    with pytest.raises(MergeRefused, match="judged different, by Clara"):
        merge_actors(actor.pk, [other.pk], clara, "no")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        pytest.param({"name": "B", "kind": "person"}, "Choose names or quotes", id="nothing"),
        pytest.param(
            {"own": True, "name": "B", "kind": "person"},
            "is what the actor itself is called",
            id="its own name",
        ),
        pytest.param({"some": True}, "Say what the new actor is called", id="no name"),
        pytest.param({"some": True, "name": "B", "kind": "robot"}, "of what kind", id="no kind"),
        pytest.param(
            {"some": True, "name": "John Smith", "kind": "person"},
            "already; choose that one",
            id="a name there is",
        ),
        pytest.param(
            {"some": True, "target": 0, "name": ""}, "Say what the new actor", id="nobody"
        ),
        pytest.param(
            {"some": True, "target": 999999999}, "Choose another actor", id="no such actor"
        ),
    ],
)
def test_what_cannot_be_split_is_refused(wanted: dict[str, Any], told: str) -> None:
    actor = smith()
    own, some = wanted.pop("own", False), wanted.pop("some", False)
    chosen = names(actor, *(["John Smith"] if own else []), *(["Smith"] if some else []))
    before = dump_tables()

    assert told in " ".join(plan_split(actor, SplitRequest(names=chosen, **wanted)).problems)
    with pytest.raises(MergeRefused, match=told):
        done(actor, names=chosen, **wanted)

    assert dump_tables() == before


def test_a_split_needs_a_reason_and_what_was_shown() -> None:
    actor = smith()
    wanted = SplitRequest(names=names(actor, "Smith"), name="B", kind="person")
    token = plan_split(actor, wanted).token
    make_quote(actor=actor, source="Smith")

    with pytest.raises(MergeRefused, match="Say why"):
        split_actor(actor.pk, wanted, None, " ")
    with pytest.raises(MergeRefused, match="look again"):
        split_actor(actor.pk, wanted, None, "why", token)


# Undoing


def test_an_actor_that_has_quotes_since_stays_when_the_split_is_undone() -> None:
    actor = smith()
    quote = make_quote(actor=actor, source="Smith")
    made = done(actor, names=names(actor, "Smith"), name="Jonathan Smith", kind="person")
    other = other_of(made)
    later = make_quote(actor=other)

    left = undo_merge(made.pk, None, "one after all").left

    assert left == ["The actor “Jonathan Smith” stays: 1 row belongs to it since."]
    assert Quote.objects.get(pk=quote.pk).actor == actor
    assert Quote.objects.get(pk=later.pk).actor == other
    assert other.names.get().name == "Jonathan Smith"
    assert actor.names.filter(name="Smith").exists()


def test_a_name_that_both_have_since_is_one_after_undoing() -> None:
    actor = smith()
    made = done(actor, names=names(actor, "Smith"), name="Jonathan Smith", kind="person")
    again = ActorName.objects.create(actor=actor, name="Smith")

    assert undo_merge(made.pk, None, "one after all").left == []

    assert actor.names.get(name="Smith") == again
    assert Actor.objects.count() == 1


def test_a_pair_that_was_judged_before_is_judged_so_again() -> None:
    actor, other = smith(), make_actor("Jonathan Smith", "person")
    make_pair(actor, other, "unsure")
    before = dump_tables()
    made = done(actor, names=names(actor, "Smith"), target=other.pk)
    assert MergeCandidate.objects.get().judgement == "different"

    undo_merge(made.pk, None, "a mistake")

    assert dump_tables() == before


def test_a_name_split_off_from_a_merged_actor_keeps_the_merge_from_being_undone_first() -> None:
    actor, other = smith(), make_actor("Jack Smith", "person")
    before = dump_tables()
    merged = merge_actors(actor.pk, [other.pk], None, "one")
    made = done(actor, names=names(actor, "Jack Smith"), name="Jack Smith", kind="person")

    assert other_of(made).slug == "jack-smith-2"
    with pytest.raises(MergeRefused, match="undo that first"):
        undo_merge(merged.pk, None, "two")

    undo_merge(made.pk, None, "one")
    undo_merge(merged.pk, None, "two")
    assert dump_tables() == before


# Reading again


@pytest.mark.django_db(transaction=True)
def test_an_article_read_again_leaves_the_two_apart() -> None:
    saying = attribution(
        "Anna Berg",
        "said",
        '"we wait"',
        speaker=Speaker("Berg", "person", 0.9, "name", alone=False),
    )
    store(saying, text=TEXT)
    quote, actor = Quote.objects.get(), Actor.objects.get()
    other = other_of(done(actor, quotes=(quote.pk,), name="Greta Berg", kind="person"))

    store(saying, text=TEXT, version="2")

    assert Quote.objects.get().actor == other


@pytest.mark.django_db(transaction=True)
def test_a_full_name_that_went_is_the_other_ones_in_new_articles() -> None:
    actor = make_actor("Annabel Berger", "person", names=("Anna Berg",))
    other = other_of(
        done(actor, names=names(actor, "Anna Berg"), name="Anna M. Berg", kind="person")
    )

    store(attribution("Anna Berg", "said", '"we wait"'), text=TEXT)
    sum(join_all_waiting_names())

    assert Quote.objects.get().actor == other
    assert make_article().pk
