"""Which names are one actor's, by what articles say together: whatever the order in which they come."""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims import jobs
from claims.actors import joining
from claims.actors.bare_names import MOST_OFTEN_REASON, find_bearer_meant
from claims.actors.evidence import SIGNS_OF_BARE_NAMES, SIGNS_OF_FULL_NAMES
from claims.actors.joining import (
    JOINING_LOCK,
    have_all_names_joined,
    have_names_joined,
    join_all_waiting_names,
    join_waiting_names,
)
from claims.actors.merging import merge_actors
from claims.actors.named_people import FoundJoin, NamedPerson
from claims.actors.undoing import preview_undo, undo_merge
from claims.desk.correcting import set_speaker
from claims.desk.deciding import Decider
from claims.desk.quote_values import compute_quote_state
from claims.desk.undoing import undo_decisions
from claims.extraction.schema import ActorKind, Attribution, Span, Speaker
from claims.gathering.grouping import GROUPING_LOCK
from claims.intake.readers import Document
from claims.intake.storing_articles import ReadDocument, store_documents
from claims.models import (
    Actor,
    ActorJoin,
    Article,
    ArticleVersion,
    ExternalId,
    Merge,
    MergeCandidate,
    Quote,
    QuoteStatus,
    Unjoined,
)

pytestmark = pytest.mark.django_db

STORY = "All of it happened when Orlen, Tamsin, Brevik and Quillon met near Lake Hodder"
OTHER_STORY = "The boats of Vintry, Marrow, Castel and Dunmore raced off Cape Pellow"


@dataclass(frozen=True)
class Report:
    """An article of a story, in which somebody says something."""

    number: int
    name: str
    story: str = STORY
    day: date | None = date(2024, 3, 5)
    kind: ActorKind = "person"
    alone: bool | None = None
    mention: str = ""
    says: str = ""
    also: tuple[str, ...] = ()  # names of others who speak

    def build_document(self) -> ReadDocument:
        text = f"{self.story}."
        attributions = []
        for name in (self.name, *self.also):
            start = len(text) + 1
            says = self.says or f"it was number {self.number} of the day"
            text += f" {name} said {says}."
            cue = Span(start + len(name) + 1, start + len(name) + 5)
            alone = " " in name if self.alone is None else self.alone
            speaker = Speaker(
                name, self.kind, 0.9, "name", alone=alone, mention=self.mention or name
            )
            content = Span(cue.end + 1, cue.end + 1 + len(says))
            source = Span(start, start + len(name))
            attributions.append(
                Attribution(source, cue, (content,), "indirect", "say", 0.9, speaker)
            )
        url = f"https://herald.example/{self.number}"
        document = Document(
            key=url,
            url=url,
            title=f"Report {self.number}",
            text=text,
            published_on=self.day,
            where=url,
            publisher="Harbour Herald",
        )
        return ReadDocument(document, attributions)


def store(reports: Iterable[Report]) -> None:
    for report in reports:
        store_documents([report.build_document()], "test")


def join() -> int:
    return sum(join_all_waiting_names())


def list_groups() -> list[list[tuple[int, str]]]:
    """Return who says what: the numbers of the articles and the sources of each actor's quotes."""
    groups: dict[int, list[tuple[int, str]]] = {}
    for url, source, actor in Quote.objects.values_list("article__url", "source_text", "actor"):
        groups.setdefault(actor, []).append((int(url.rsplit("/", 1)[1]), source))
    return sorted(sorted(group) for group in groups.values())


def list_shown() -> list[tuple[str, str, str]]:
    """Return each quote with its article and the name of the actor it is shown under."""
    rows = Quote.objects.values_list("article__url", "content", "actor__name")
    return sorted(rows)


CASES = [
    pytest.param(
        [Report(1, "Ana Bell"), Report(2, "Bell")], True, id="a surname in the same story"
    ),
    pytest.param(
        [Report(1, "Ana Bell"), Report(2, "Bell", OTHER_STORY)], False, id="in another story"
    ),
    pytest.param(
        [Report(1, "Ana Bell"), Report(2, "Bell", day=date(2024, 9, 5))],
        False,
        id="half a year later",
    ),
    pytest.param(
        [Report(1, "Ana Bell"), Report(2, "Omar Bell"), Report(3, "Bell")],
        False,
        id="two of the surname in the story",
    ),
    pytest.param(
        [Report(1, "Robert Gates"), Report(2, "Bob Gates")], True, id="a short form in the story"
    ),
    pytest.param(
        [Report(1, "Robert Gates"), Report(2, "Bob Gates", OTHER_STORY)],
        False,
        id="a short form in another story",
    ),
    pytest.param(
        [Report(1, "John Kerry"), Report(2, "John F. Kerry", OTHER_STORY)], True, id="an initial"
    ),
    pytest.param([Report(1, "Don Tramp"), Report(2, "Don Tramp Jr.")], False, id="father and son"),
    pytest.param(
        [Report(1, "Nawaf Al-Sabah"), Report(2, "Mishal Al-Sabah"), Report(3, "Al-Sabah")],
        False,
        id="two emirs of a house",
    ),
    pytest.param(
        [Report(1, "Kim Min-jae"), Report(2, "Kim Yeon-koung"), Report(3, "Kim")],
        False,
        id="two of a surname that stands first",
    ),
    pytest.param(
        [Report(1, "Kim Min-jae"), Report(2, "Kim")], True, id="one of a surname that stands first"
    ),
    pytest.param(
        [
            Report(1, "George Bush"),
            Report(2, "George Walker Bush"),
            Report(3, "George Herbert Bush"),
        ],
        False,
        id="a name that may be short for two",
    ),
    pytest.param(
        [
            Report(1, "Ana Bell", says="the bridge over the river is safe for all of us to cross"),
            Report(
                2,
                "Bell",
                OTHER_STORY,
                says="the bridge over the river is safe for all of us to cross",
            ),
        ],
        True,
        id="the same quotation",
    ),
    pytest.param(
        [Report(1, "Omar Bell"), Report(2, "Bell", mention="Mrs Bell")], False, id="a man and Mrs"
    ),
    pytest.param(
        [Report(1, "Joe Tarn"), Report(2, "Joseph R. Tarn Jr")], True, id="a short form without Jr"
    ),
    pytest.param(
        [Report(1, "Joe Tarn", also=("Joseph R. Tarn Jr",)), Report(2, "Joseph R. Tarn Jr")],
        None,
        id="a short form beside Jr",
    ),
    pytest.param(
        [
            Report(1, "Geoff Marn", mention="Senator Geoff Marn"),
            Report(2, "Geoffrey Marn", OTHER_STORY, mention="Senator Geoffrey Marn"),
        ],
        True,
        id="a short form of one who holds the same office",
    ),
    pytest.param(
        [Report(1, "Tayar Erdan"), Report(2, "Recep Tayar Erdan")], True, id="a second given name"
    ),
    pytest.param(
        [Report(1, "Carlo de Vasio"), Report(2, "de Vasio")], True, id="a surname with a particle"
    ),
]


@pytest.mark.parametrize(("reports", "is_one"), CASES)
def test_names_are_one_actors_if_what_articles_say_makes_that_sure(
    reports: Sequence[Report], is_one: bool | None
) -> None:
    store(reports)

    join()

    assert ActorJoin.objects.exists() is bool(is_one)
    if is_one is not None:
        assert len(list_groups()) == (1 if is_one else len(reports))


ALL_REPORTS = [
    Report(1, "Ana Bell"),
    Report(2, "Bell"),
    Report(3, "Robert Gates", also=("Ana Bell",)),
    Report(4, "Bob Gates"),
    Report(5, "Gates", OTHER_STORY),
    Report(6, "Bell", OTHER_STORY, also=("Omar Bell",)),
    Report(7, "Omar Bell", OTHER_STORY),
    Report(8, "John Kerry"),
    Report(9, "John F. Kerry", OTHER_STORY),
    Report(10, "Kerry"),
    Report(11, "Ana M. Bell", day=date(2024, 3, 20)),
    Report(12, "Kim Min-jae"),
    Report(13, "Kim"),
    Report(14, "Kim Yeon-koung", OTHER_STORY),
    Report(15, "Kim", OTHER_STORY),
    Report(16, "Ana Bella", also=("Bell", "Gates")),
]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_in_which_articles_come_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    store(ALL_REPORTS)
    join()
    groups, shown = list_groups(), list_shown()
    Article.objects.all().delete()
    Actor.objects.all().delete()
    shuffled = rng.sample(ALL_REPORTS, len(ALL_REPORTS))

    for report in shuffled:
        store([report])
        if rng.random() < 0.4:  # passes come at any time
            join()
    join()

    assert list_groups() == groups
    assert list_shown() == shown


def test_a_second_pass_over_everything_changes_nothing() -> None:
    store(ALL_REPORTS)
    join()
    before = list(ActorJoin.objects.order_by("pk").values_list("pk", "alias", "actor"))

    have_all_names_joined()

    assert join() == 0
    assert list(ActorJoin.objects.order_by("pk").values_list("pk", "alias", "actor")) == before
    assert not Unjoined.objects.exists()


def test_a_pass_that_is_killed_is_made_up_for(monkeypatch: Any) -> None:
    store(ALL_REPORTS)

    def fail(*arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("claims.actors.writing_joins.move_quotes", fail)
        with pytest.raises(KeyboardInterrupt):
            join_waiting_names()

    assert Unjoined.objects.exists()
    assert not ActorJoin.objects.exists()
    assert join() > 0
    assert {name for _, _, name in list_shown()}.isdisjoint({"Robert Gates", "Kerry"})


def test_evidence_that_comes_later_takes_a_join_back() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    join()
    joined = list_groups()

    store([Report(3, "Omar Bell")])
    join()

    assert joined == [[(1, "Ana Bell"), (2, "Bell")]]
    assert list_groups() == [[(1, "Ana Bell")], [(2, "Bell")], [(3, "Omar Bell")]]
    assert not Quote.objects.filter(named_as__isnull=False).exists()


def test_an_article_by_a_name_that_is_taken_for_anothers_goes_to_that_at_once() -> None:
    store([Report(1, "Robert Gates"), Report(2, "Robert Gates"), Report(3, "Bob Gates")])
    join()

    store([Report(4, "Bob Gates")])

    fourth = Quote.objects.get(article__url__endswith="/4")
    assert fourth.actor
    assert fourth.named_as
    assert (fourth.actor.name, fourth.named_as.name) == ("Robert Gates", "Bob Gates")


def test_what_a_person_found_to_be_two_is_never_joined_and_can_be_joined_again() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    join()
    pair = ActorJoin.objects.get()
    curator = User.objects.create(username="curator")
    first, second = sorted((pair.alias_id, pair.actor_id))
    judged, _ = MergeCandidate.objects.get_or_create(
        first_id=first, second_id=second, defaults={"score": 0.5, "reasons": []}
    )
    judgements = MergeCandidate.objects.filter(pk=judged.pk)

    judgements.judge("different", curator)
    join()
    parted = list_groups()
    judgements.judge("unsure", curator)
    join()

    assert parted == [[(1, "Ana Bell")], [(2, "Bell")]]
    assert list_groups() == [[(1, "Ana Bell"), (2, "Bell")]]


def test_a_quote_that_a_person_accepted_goes_with_its_speaker_and_comes_back() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    Quote.objects.filter(article__url__endswith="/2").update(status="accepted")
    join()
    joined = list_groups()

    store([Report(3, "Omar Bell")])
    join()

    assert joined == [[(1, "Ana Bell"), (2, "Bell")]]
    assert len(list_groups()) == 3


def test_a_quote_to_which_a_person_gave_another_speaker_stays_with_that() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell"), Report(3, "Rita Orlen")])
    join()
    other = Actor.objects.get(name="Rita Orlen")
    corrected = Quote.objects.filter(article__url__endswith="/2")
    corrected.update(status="corrected", actor=other)

    store([Report(4, "Omar Bell")])
    join()

    assert corrected.get().actor == other


def test_initials_are_the_body_that_articles_alone_call_so() -> None:
    store(
        [
            Report(1, "Harbour Safety Board", kind="organization", mention="HSB"),
            Report(2, "HSB", OTHER_STORY, kind="organization", alone=True),
            Report(3, "Hill Sports Bureau", OTHER_STORY, kind="organization"),
        ]
    )

    join()

    assert [(1, "Harbour Safety Board"), (2, "HSB")] in list_groups()
    assert len(list_groups()) == 2


# Beside others


@contextmanager
def hold_elsewhere(number: int) -> Iterator[None]:
    """Have another connection hold an advisory lock, and none wait for it for long."""
    other = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        yield
    finally:
        other.close()


def test_the_chore_ends_at_once_where_another_joins() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])

    with hold_elsewhere(JOINING_LOCK):
        jobs.join_names(0)

    assert Unjoined.objects.exists()
    assert not ActorJoin.objects.exists()


def test_names_are_joined_while_another_gathers_what_was_said() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])

    with hold_elsewhere(GROUPING_LOCK):
        jobs.join_names(0)

    assert len(list_groups()) == 1


def keep_version(article: Article) -> ArticleVersion:
    now = timezone.now()
    return ArticleVersion.objects.create(
        article=article,
        text=article.text,
        title=article.title,
        sha256=64 * "0",
        seen_at=now,
        superseded_at=now,
    )


@pytest.mark.parametrize(
    "changed",
    [{"status": "rejected"}, {"status": "corrected", "actor": None}, {"version": True}],
    ids=["rejected", "given to nobody", "left to an earlier version"],
)
def test_quotes_that_no_longer_say_whom_a_name_means_are_no_evidence(
    changed: dict[str, Any],
) -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell"), Report(3, "Ana Bell", OTHER_STORY)])
    join()
    joined = len(list_groups())
    first = Quote.objects.filter(article__url__endswith="/1")
    if "version" in changed:
        changed = {"version": keep_version(first.get().article)}

    first.update(**changed)
    join()

    assert joined == 1
    assert not ActorJoin.objects.exists()


def test_a_speaker_that_a_person_gives_is_whom_the_quote_names() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell"), Report(3, "Rita Orlen")])
    join()
    quote = Quote.objects.get(article__url__endswith="/2")

    set_speaker(quote, Actor.objects.get(name="Rita Orlen"))

    assert quote.named_as is None


def test_quotes_stored_while_a_pass_joins_their_name_are_given_to_its_actor() -> None:
    store(Report(number, "Robert Gates") for number in (1, 2, 5))
    store([Report(3, "Bob Gates")])
    join()
    found = ActorJoin.objects.get()
    store([Report(4, "Bob Gates")])
    late = Quote.objects.filter(article__url__endswith="/4")
    late.update(actor=found.alias, named_as=None)  # as it is stored by who does not see the join
    have_names_joined([found.alias_id])

    join()

    assert late.get().actor_id == found.actor_id
    assert late.get().named_as_id == found.alias_id


def test_quotes_stored_while_a_pass_parts_their_name_are_given_back_to_it() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Omar Bell"), Report(3, "Bell")])
    join()
    bare, full = Actor.objects.get(name="Bell"), Actor.objects.get(name="Ana Bell")
    late = Quote.objects.filter(article__url__endswith="/3")
    late.update(actor=full, named_as=bare)  # as it is stored by who still sees a join
    have_names_joined([bare.pk])

    join()

    assert late.get().actor_id == bare.pk
    assert late.get().named_as_id is None


def test_what_a_person_does_has_the_names_of_that_joined_at_once_and_no_others(
    django_capture_on_commit_callbacks: Any,
) -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    store([Report(3, "Robert Gates"), Report(4, "Bob Gates")])

    with django_capture_on_commit_callbacks(execute=True):
        have_names_joined([Actor.objects.get(name="Bell").pk])

    assert {join.alias.name for join in ActorJoin.objects.select_related("alias")} == {"Bell"}
    assert Unjoined.objects.exists()


def test_one_name_that_cannot_be_joined_keeps_no_other_waiting(
    monkeypatch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    store([Report(3, "Robert Gates"), Report(4, "Bob Gates")])
    find_bearer = find_bearer_meant

    def take_for_itself(bare: NamedPerson, *others: Any) -> FoundJoin:
        found = find_bearer(bare, *others)
        assert found
        return replace(found, actor=bare.number)

    with monkeypatch.context() as patch:
        patch.setattr(joining, "find_bearer_meant", take_for_itself)
        join()

    assert [join.alias.key for join in ActorJoin.objects.select_related("alias")] == [
        "robert gates"
    ]
    assert not Unjoined.objects.exists()
    assert "“bell” are set aside" in caplog.text


def test_a_bare_name_into_which_a_full_one_was_merged_is_nobody_elses() -> None:
    store([Report(1, "John Bell"), Report(2, "Bell"), Report(3, "Ana Bell"), Report(4, "Bell")])
    bare = Actor.objects.filter(name="Bell").earliest("pk")
    curator = User.objects.create(username="curator")
    merge_actors(bare.pk, [Actor.objects.get(name="John Bell").pk], curator, "one person")

    join()

    assert not ActorJoin.objects.filter(alias=bare).exists()
    assert Quote.objects.filter(actor=bare).count() == 2
    assert not Unjoined.objects.exists()


@pytest.mark.parametrize("day", [date(2024, 3, 5), None])
def test_a_bare_name_is_never_taken_for_somebody_who_is_only_often_in_the_news(
    day: date | None,
) -> None:
    store(Report(number, "Ana Bell", OTHER_STORY, day) for number in range(1, 8))
    store([Report(8, "Bell", STORY, day)])
    MergeCandidate.objects.all().delete()

    join()

    assert not ActorJoin.objects.exists()
    proposed = MergeCandidate.objects.filter(reasons=[MOST_OFTEN_REASON])
    assert proposed.exists() is (day is not None)


def test_a_pass_takes_some_names_at_a_time_and_finds_the_same(monkeypatch: Any) -> None:
    store(ALL_REPORTS)
    join()
    groups = list_groups()
    ActorJoin.objects.all().delete()
    have_all_names_joined()

    monkeypatch.setattr(joining, "NAMES_AT_ONCE", 2)
    passes = len(list(join_all_waiting_names()))

    assert passes > 5
    assert list_groups() == groups


def test_the_chore_leaves_to_the_next_what_takes_too_long(monkeypatch: Any) -> None:
    store(ALL_REPORTS)
    monkeypatch.setattr(joining, "NAMES_AT_ONCE", 2)
    monkeypatch.setattr(jobs, "LONGEST_JOINING", 0)

    jobs.join_names(0)

    assert Unjoined.objects.exists()


def test_the_texts_of_many_articles_are_read_together() -> None:
    store(Report(number, "Ana Bell", OTHER_STORY) for number in range(1, 13))
    store([Report(13, "Bell")])

    with CaptureQueriesContext(connection) as queries:
        join()

    texts = [
        query
        for query in queries
        if '"claims_article"."text"' in query["sql"] and "pk" in query["sql"]
    ]
    assert len(texts) == 1


# What people see and do


def join_surname() -> tuple[Actor, Actor]:
    """Return Ana Bell, and a Bell whose name is taken for hers."""
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    join()
    found = ActorJoin.objects.select_related("alias", "actor").get()
    return found.actor, found.alias


def test_the_page_of_a_name_leads_to_the_actor_whom_it_is_taken_for(client: Client) -> None:
    actor, alias = join_surname()

    response = client.get(alias.get_absolute_url() + "?q=day")

    assert response.status_code == 302
    assert response["Location"] == f"{actor.get_absolute_url()}?q=day"


def test_the_api_leads_from_the_name_to_the_actor(client: Client) -> None:
    actor, alias = join_surname()

    response = client.get(f"/api/v1/actors/{alias.slug}/")

    assert response.status_code == 302
    assert response["Location"].endswith(f"/api/v1/actors/{actor.slug}/")


def test_an_address_that_filters_by_the_name_filters_by_the_actor(client: Client) -> None:
    _, alias = join_surname()

    found = client.get(f"/api/v1/quotes/?actor={alias.slug}").json()

    assert found["count"] == 2


def test_an_actors_page_has_the_names_that_are_taken_for_its_own(client: Client) -> None:
    actor, _ = join_surname()

    shown = client.get(actor.get_absolute_url()).content.decode()

    assert '<span class="alias" dir="auto">Bell</span>' in shown


def test_an_actors_page_tells_programs_what_it_is_the_same_as(client: Client) -> None:
    actor, _ = join_surname()
    ExternalId.objects.create(actor=actor, scheme="wikidata", value="Q42")

    shown = client.get(actor.get_absolute_url()).content.decode()

    assert '"sameAs":["https://www.wikidata.org/entity/Q42"]' in shown
    assert '"alternateName":["Bell"]' in shown


def test_a_curator_sees_what_a_name_would_have_of_its_own_before_parting_it(
    admin_client: Client,
) -> None:
    actor, _ = join_surname()
    credited = Quote.objects.filter(named_as__isnull=False).get()
    shown = admin_client.get(actor.get_absolute_url()).content.decode()
    address = f"{reverse('admin:claims_actorjoin_changelist')}?actor={actor.pk}"

    listed = admin_client.get(address).content.decode()

    assert f'href="{address}"' in shown
    assert credited.content in listed
    assert '<td class="field-quotes">1</td>' in listed


def test_a_curator_parts_a_name_from_an_actor_and_takes_that_back(admin_client: Client) -> None:
    join_surname()
    joined = ActorJoin.objects.get()
    page = reverse("admin:claims_actorjoin_changelist")
    listed = admin_client.get(page).content.decode()

    admin_client.post(page, {"action": "are_two", "_selected_action": [joined.pk]})
    join()
    parted = list_groups()
    pair = MergeCandidate.objects.get(judgement="different")
    address = reverse("admin:claims_mergecandidate_judge", args=[pair.pk])
    admin_client.post(address, {"judgement": "unsure"})
    join()

    assert "nobody else of this surname is in the stories about it" in listed
    assert parted == [[(1, "Ana Bell")], [(2, "Bell")]]
    assert len(list_groups()) == 1


def test_a_pair_that_is_joined_is_not_asked_about() -> None:
    join_surname()

    assert MergeCandidate.objects.unjudged().exists()
    assert not MergeCandidate.objects.waiting().exists()


def test_merging_actors_with_names_taken_for_them_and_undoing_that_leaves_all_as_it_was() -> None:
    actor, _ = join_surname()
    store([Report(3, "Rita Orlen")])
    join()
    before = list_shown()
    other = Actor.objects.get(name="Rita Orlen")
    curator = User.objects.create(username="curator")

    merge = merge_actors(other.pk, [actor.pk], curator, "one person")
    join()
    merged = list_shown()
    undo_merge(merge.pk, curator, "two persons")
    join()

    assert {name for _, _, name in merged} == {"Rita Orlen"}
    assert list_shown() == before


def test_a_merge_is_undone_whose_survivor_is_taken_for_another_since() -> None:
    store([Report(1, "Bob Gates"), Report(2, "Rita Orlen")])
    join()
    before = list_shown()
    bob, rita = Actor.objects.get(name="Bob Gates"), Actor.objects.get(name="Rita Orlen")
    curator = User.objects.create(username="curator")
    merge = merge_actors(bob.pk, [rita.pk], curator, "one person")
    store(Report(number, "Robert Gates") for number in (3, 4, 5))
    robert = Actor.objects.get(name="Robert Gates")
    ExternalId.objects.create(actor=robert, scheme="wikidata", value="Q42")
    join()
    taken = ActorJoin.objects.get()

    shown = preview_undo(Merge.objects.get(pk=merge.pk))
    is_kept = ActorJoin.objects.exists()
    undone = undo_merge(merge.pk, curator, "two persons", shown.token)

    assert taken.alias_id == bob.pk
    assert is_kept
    assert not [left for left in undone.left if left.startswith("Quote")]
    assert [row for row in list_shown() if row[0].endswith(("/1", "/2"))] == before


def test_a_name_is_merged_after_a_quote_by_it_was_given_another_speaker() -> None:
    actor, alias = join_surname()
    store([Report(3, "Rita Orlen")])
    rita = Actor.objects.get(name="Rita Orlen")
    corrected = Quote.objects.filter(article__url__endswith="/2")
    corrected.update(actor=rita, status="corrected")

    merge_actors(actor.pk, [alias.pk], User.objects.create(username="curator"), "one person")

    connection.check_constraints()
    assert corrected.get().named_as is None
    assert corrected.get().actor == rita


def test_a_decision_is_undone_whatever_name_is_taken_for_whom_since() -> None:
    store([Report(1, "Ana Bell"), Report(2, "Bell")])
    decider = Decider(User.objects.create(username="curator"), "a sitting")
    quote = Quote.objects.get(article__url__endswith="/2")
    state = compute_quote_state(quote)
    decider.set_status(quote, QuoteStatus.ACCEPTED)
    join()
    decided = Quote.objects.get(pk=quote.pk)

    undo_decisions(decider.group, decider.curator)

    undone = Quote.objects.get(pk=quote.pk)
    assert decided.actor_id != quote.actor_id
    assert (undone.actor_id, undone.named_as_id) == (decided.actor_id, quote.actor_id)
    assert compute_quote_state(undone) == state


def test_the_command_finds_all_joins_anew(capsys: pytest.CaptureFixture[str]) -> None:
    store(ALL_REPORTS)
    join()
    groups = list_groups()
    ActorJoin.objects.all().delete()

    call_command("actors", "join")

    assert "changed" in capsys.readouterr().out
    assert list_groups() == groups


def test_what_people_judged_of_pairs_goes_out_with_its_evidence(tmp_path: Path) -> None:
    store([Report(1, "Robert Gates"), Report(2, "Bob Gates")])
    store([Report(3, "Ana Bell", OTHER_STORY), Report(4, "Bell", day=date(2024, 9, 5))])
    curator = User.objects.create(username="curator")
    for one, other, judgement in (
        ("Robert Gates", "Bob Gates", "same"),
        ("Ana Bell", "Bell", "different"),
    ):
        numbers = sorted(Actor.objects.get(name=name).pk for name in (one, other))
        pair, _ = MergeCandidate.objects.get_or_create(
            first_id=numbers[0], second_id=numbers[1], defaults={"score": 0.5, "reasons": []}
        )
        MergeCandidate.objects.filter(pk=pair.pk).judge(judgement, curator)
    file = tmp_path / "pairs.jsonl"

    call_command("decisions", "export", str(file), "--actors")

    full, bare = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (full["question"], full["group"], full["judgement"]) == ("full", "gates", "same")
    assert (bare["question"], bare["group"], bare["judgement"]) == ("bare", "bell", "different")
    assert full["evidence"]["same_story"] == 1
    assert set(full["evidence"]) == set(SIGNS_OF_FULL_NAMES)
    assert set(bare["evidence"]) == set(SIGNS_OF_BARE_NAMES)
