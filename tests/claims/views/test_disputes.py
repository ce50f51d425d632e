"""What is disputed: who says so and who denies it, other figures, and words credited to two."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from claims.models import Quote, Wording
from claims.pages.related import find_related_quotes
from claims.search import disputed
from claims.search.columns import get_current_columns
from claims.search.disputed import build_told_sides, find_replies, get_told_sides
from tests.claims.views.test_claims import LATE, SAFE, tell
from tests.claims.views.test_views import text_of
from tests.factories import make_actor, make_article, make_match, make_quote

pytestmark = pytest.mark.django_db

Sides = list[list[str]]


def read_disputes(client: Client, query: str = "") -> list[tuple[str, Sides]]:
    """The disputes on the page: the words of each claim, and who is named on either side."""
    page = text_of(client, f"/disputes/{query}")
    found = []
    for item in page.split('<h3 class="words">')[1:]:
        claim = re.search(r">([^<]*)</a>", item)
        assert claim
        sides = [
            re.findall(r'class="(?:actor|unknown)"[^>]*>([^<]*)<', side)
            for side in item.split('<section class="side')[1:]
        ]
        found.append((claim[1], sides))
    return found


def tell_by_person(name: str, content: str, outlet: str) -> Quote:
    make_actor(name, "person")
    quote = tell(content, actor=name, outlet=outlet)
    quote.actor = make_actor(name, "person")
    quote.save()
    return quote


def test_both_sides_of_a_denial_and_of_two_figures_stand_side_by_side(client: Client) -> None:
    safe, late = tell(SAFE, day=1), tell(LATE, day=2)
    make_match(safe, tell("any such safety", actor="Veldania", act="deny", day=3))
    make_match(late, tell("that the ferry sank", actor="Omar Reza", day=4), kind="conflicts")
    make_match(late, tell("all of it", actor="Not Sure", act="deny"), status="proposed")
    make_match(tell("that it snows"), tell("that it snowed"), kind="paraphrase")

    assert read_disputes(client) == [
        (LATE, [["Ana Bell"], ["Omar Reza"]]),
        (SAFE, [["Ana Bell"], ["Veldania"]]),
    ]


def test_a_claim_that_one_asserts_and_another_denies_in_the_same_words_is_disputed(
    client: Client,
) -> None:
    tell(SAFE)
    tell(SAFE, actor="Veldania", act="deny")

    assert read_disputes(client) == [(SAFE, [["Ana Bell"], ["Veldania"]])]


def test_the_same_words_credited_to_two_people_in_two_outlets_are_disputed(client: Client) -> None:
    tell_by_person("Ana Bell", SAFE, "Harbour Herald")
    tell_by_person("Omar Reza", SAFE, "Northern Wire")

    assert read_disputes(client, "?kind=credit") == [(SAFE, [["Omar Reza"], ["Ana Bell"]])]


@pytest.mark.parametrize(
    ("name", "outlet", "content", "confidence"),
    [
        ("Mayor Bell", "Northern Wire", SAFE, 0.9),  # a name that may be hers
        ("Anna Bel", "Northern Wire", SAFE, 0.9),  # nor is a slip another name
        ("Omar Reza", "Harbour Herald", SAFE, 0.9),  # by one outlet
        ("Omar Reza", "Northern Wire", "that it is so", 0.9),  # other words
        ("Omar Reza", "Northern Wire", SAFE, 0.5),  # a speaker in doubt
    ],
)
def test_words_that_need_not_be_credited_to_two_are_not_disputed(
    client: Client, name: str, outlet: str, content: str, confidence: float
) -> None:
    first = tell_by_person("Ana Bell", SAFE, "Harbour Herald")
    second = tell_by_person(name, content, outlet)
    Quote.objects.filter(pk=second.pk).update(actor_confidence=confidence)
    Wording.objects.filter(pk=second.wording_id).update(claim=first.wording_id)

    assert read_disputes(client) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=denied", [SAFE]),
        ("?kind=figures", [LATE]),
        ("?actor=veldania", [SAFE]),
        ("?actor=ana-bell", [LATE, SAFE]),
        ("?outlet=northern-wire", [LATE]),
        ("?since=2024-03-04", [LATE]),
        ("?q=wagons", [SAFE]),
        ("?q=submarine", []),
    ],
)
def test_disputes_are_narrowed_by_what_either_side_said(
    client: Client, query: str, found: list[str]
) -> None:
    safe, late = tell(SAFE, day=1), tell(LATE, day=2)
    make_match(safe, tell("any such safety", actor="Veldania", act="deny", day=3))
    sunk = tell("that the ferry sank", actor="Omar Reza", outlet="Northern Wire", day=4)
    make_match(late, sunk, kind="conflicts")

    assert [claim for claim, _ in read_disputes(client, query)] == found


def test_a_dispute_of_which_readers_see_one_side_alone_is_none(client: Client) -> None:
    safe = tell(SAFE)
    make_match(safe, tell("any such safety", act="deny", status="rejected"))
    make_match(tell(LATE, status="rejected"), tell("all of it", act="deny"))

    assert read_disputes(client) == []
    assert "Nothing here yet" in text_of(client, "/disputes/")


def tell_denial_of_all(article_text: str, actor: str) -> Quote:
    """A denial in words that say nothing by themselves, behind what an article tells."""
    article = make_article(f"{article_text} {actor} denied all the allegations.")
    denial = make_quote(
        article=article, actor=actor, cue="denied", content="all the allegations", act="deny"
    )
    Wording.objects.filter(pk=denial.wording_id).update(is_proposition=False)
    return denial


def tell_denials_of_two_matters() -> tuple[Quote, Quote, Quote]:
    """What Ana Bell says of Ola Olsen, whose denial has the words of Jon Smith's of another matter."""
    denial = tell_denial_of_all("Ana Bell said that Ola Olsen stole the funds.", "Ola Olsen")
    stolen = make_quote(
        article=denial.article, actor="Ana Bell", content="that Ola Olsen stole the funds"
    )
    make_match(stolen, denial)
    other = tell_denial_of_all("The ferry of Harwick was sold.", "Jon Smith")
    return stolen, denial, other


def test_words_that_say_nothing_by_themselves_deny_a_claim_in_its_articles_alone(
    client: Client,
) -> None:
    stolen, _, _ = tell_denials_of_two_matters()

    assert read_disputes(client) == [(stolen.content, [["Ana Bell"], ["Ola Olsen"]])]


def test_who_denies_another_matter_leads_to_no_dispute(client: Client) -> None:
    stolen, _, _ = tell_denials_of_two_matters()

    of_olsen = read_disputes(client, "?actor=ola-olsen")
    of_smith = read_disputes(client, "?actor=jon-smith")

    assert [claim for claim, _ in of_olsen] == [stolen.content]
    assert of_smith == []


def test_who_denies_another_matter_takes_no_side_of_a_claim(client: Client) -> None:
    stolen, _, _ = tell_denials_of_two_matters()

    page = text_of(client, f"/claims/{stolen.wording_id}/")

    assert "Ola Olsen</a>" in page
    assert "Jon Smith" not in page


def test_who_denies_another_matter_takes_no_side_of_a_topic(client: Client) -> None:
    tell_denials_of_two_matters()

    page = text_of(client, "/topics/?q=funds&side=denies")

    assert "Ola Olsen</a>" in page
    assert "Jon Smith" not in page


def test_who_denies_another_matter_is_not_told_beside_a_quote() -> None:
    stolen, denial, other = tell_denials_of_two_matters()
    known = get_current_columns()

    assert find_related_quotes(known, stolen)["denials"] == [denial]
    assert find_related_quotes(known, denial)["denied"] == [stolen]
    assert find_related_quotes(known, other)["denied"] == []


def test_a_claim_that_is_denied_nowhere_near_is_not_disputed(client: Client) -> None:
    denial = tell_denial_of_all("The ferry of Harwick was sold.", "Jon Smith")
    make_match(tell(SAFE), denial)

    assert read_disputes(client) == []


def test_figures_of_two_sides_are_no_dispute(client: Client) -> None:
    ours = tell("that we have ten boats")
    theirs = tell("that they have twelve boats", actor="Veldania")
    make_match(ours, theirs, kind="conflicts", evidence=["other figure", "other side"])

    assert read_disputes(client) == []
    assert "Of another side, so both may be right." in text_of(
        client, f"/claims/{ours.wording_id}/"
    )


def test_what_one_request_keeps_of_the_sides_is_not_told_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = get_current_columns()
    of_another = (before, build_told_sides(before))

    class TakenOver(list[object]):
        """What was kept, which another request replaces at once."""

        def __setitem__(self, where: object, kept: object) -> None:
            super().__setitem__(slice(None), [of_another])

    monkeypatch.setattr(disputed, "_last_sides", TakenOver())
    told = tell(SAFE)

    sides = get_told_sides(get_current_columns())

    assert told.wording_id in sides.said


def test_a_curator_is_led_to_those_that_wait(client: Client) -> None:
    make_match(tell(SAFE), tell("any such safety", act="deny"), status="proposed")
    curator = User.objects.create_user("curator", is_staff=True)
    curator.user_permissions.add(Permission.objects.get(codename="change_match"))

    to_reader = text_of(client, "/disputes/")
    client.force_login(curator)
    to_curator = text_of(client, "/disputes/")

    assert "at the desk" not in to_reader
    assert "1 more may be: judge them at the desk" in to_curator


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        content = f"that gate number {number} of the old harbour is shut"
        said = tell_by_person("Ana Bell", content, "Harbour Herald")
        tell_by_person("Omar Reza", content, "Northern Wire")
        make_match(said, tell(f"plan {number}", actor=f"Denier {number}", act="deny"))

    with django_assert_max_num_queries(6 + len(("columns", "about"))):  # read in a transaction
        disputes = read_disputes(client)

    assert len(disputes) == 10


def test_what_is_disputed_is_found_by_an_index_of_its_own() -> None:
    for number in range(30):
        make_match(make_quote(content=f"number {number}"), make_quote(), kind="copy")

    with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")
        find_replies()
        sql = next(each["sql"] for each in queries if "claims_match" in each["sql"])
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "match_disputed" in plan
