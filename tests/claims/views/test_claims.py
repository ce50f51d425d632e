"""The list of claims and the page of one: who says what of it, where, and in which words."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import Quote, Wording
from tests.claims.views.test_views import text_of
from tests.factories import make_article, make_match, make_quote

pytestmark = pytest.mark.django_db

SAFE = "that the bridge is safe for wagons"
STURDY = "that the old bridge is safe for all wagons"
LATE = "that the ferry is late again"


def tell(
    content: str,
    *,
    actor: str | None = "Ana Bell",
    outlet: str = "Harbour Herald",
    day: int = 5,
    **values: Any,
) -> Quote:
    cue = "denied" if values.get("act") == "deny" else "said"
    text = f"It was noon. {actor or 'Somebody'} {cue} {content}. Rain fell."
    article = make_article(text, outlet=outlet, published_on=date(2024, 3, day))
    source = None if actor else "Somebody"
    return make_quote(
        actor=actor, source=source, article=article, cue=cue, content=content, **values
    )


def join(*quotes: Quote) -> None:
    """Make the wordings of these quotes one claim, that of the first."""
    first, *others = quotes
    for quote in others:
        make_match(first, quote, kind="paraphrase", evidence=["run of 4 words", "same names"])
        Wording.objects.filter(pk=quote.wording_id).update(claim=first.wording_id)


def list_claims(client: Client, query: str = "") -> list[str]:
    """The texts of the claims on the list, in their order."""
    page = text_of(client, f"/claims/{query}")
    return re.findall(r'<li><p class="words"><a [^>]*>([^<]*)</a>', page)


# The list


def test_what_most_outlets_tell_comes_first_and_then_the_latest(client: Client) -> None:
    tell("it snows in the north", day=7)
    tell("it hails in the south", day=9)
    tell(LATE, day=1)
    tell(LATE, outlet="Northern Wire", day=2)
    join(tell(SAFE, day=1), tell(STURDY, outlet="Northern Wire", day=3))

    assert list_claims(client) == [SAFE, LATE, "it hails in the south", "it snows in the north"]


def test_a_claim_says_who_asserts_and_who_denies_it_and_where_and_when(client: Client) -> None:
    first = tell(SAFE, day=1)
    join(first, tell(STURDY, actor="Omar Reza", outlet="Northern Wire", day=3))
    denial = tell("any such safety", actor="Veldania", outlet="Evening Post", act="deny", day=4)
    make_match(first, denial)
    tell(SAFE, actor=None, day=2)

    page = text_of(client, "/claims/")

    item = page.split(f">{SAFE}</a>")[1].split("</li>")[0]
    said, denied = item.split("said by")[1].split("denied by")
    assert "Ana Bell" in said
    assert "Omar Reza" in said
    assert "an unknown speaker" in said
    assert "Veldania" in denied
    assert "3 quotes</span> in" in item
    assert "Harbour Herald" in item
    assert "Northern Wire" in item
    assert '<time datetime="2024-03-01">' in item
    assert '<time datetime="2024-03-03">' in item


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?actor=omar-reza", [LATE]),
        ("?outlet=northern-wire", [LATE]),
        ("?stance=denies", [LATE]),
        ("?actor=ana-bell&stance=denies", []),
        ("?since=2024-03-06", [LATE]),
        ("?disputed=yes", [LATE, SAFE]),
        ("?q=ferry", [LATE]),
        ("?q=wagons", [SAFE]),
        ("?disputed=yes&q=bridge", [SAFE]),
        ("?disputed=denied", [LATE, SAFE]),
        ("?disputed=figures", []),
    ],
)
def test_claims_are_found_by_what_one_of_their_quotes_is(
    client: Client, query: str, found: list[str]
) -> None:
    safe = tell(SAFE)
    make_match(safe, tell("any such safety", actor="Veldania", act="deny"))
    tell(LATE, actor="Omar Reza", outlet="Northern Wire", act="deny", day=6)
    tell(LATE, actor="Ana Bell", day=4)
    tell("it snows in the north")
    Wording.objects.filter(text="any such safety").update(is_proposition=False)

    assert list_claims(client, query) == found


def test_a_search_finds_a_claim_by_any_of_its_wordings(client: Client) -> None:
    join(tell(SAFE), tell(STURDY))

    assert list_claims(client, "?q=old") == [SAFE]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("?actor=nobody", "There is no actor “nobody”."),
        ("?outlet=nowhere", "There is no outlet “nowhere”."),
        ("?since=soon", "“since” is left out."),
        ("?stance=maybe", "“stance” is left out."),
    ],
)
def test_what_cannot_be_asked_for_is_told_and_left_out(
    client: Client, query: str, problem: str
) -> None:
    tell(SAFE)

    page = text_of(client, f"/claims/{query}")

    assert problem in page
    assert SAFE in page


def test_an_active_filter_can_be_taken_away(client: Client) -> None:
    tell(SAFE)

    page = text_of(client, "/claims/?actor=ana-bell&stance=asserts")

    assert 'href="?stance=asserts"' in page
    assert 'href="?actor=ana-bell"' in page


def test_words_that_say_nothing_by_themselves_are_no_claim_and_keep_their_page(
    client: Client,
) -> None:
    quote = tell("to comment", act="no_comment")
    Wording.objects.filter(pk=quote.wording_id).update(is_proposition=False)
    tell(SAFE)

    assert list_claims(client) == [SAFE]
    assert "in no list of claims" in text_of(client, f"/claims/{quote.wording_id}/")


def test_a_long_list_takes_as_many_queries_as_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        content = f"that gate number {number} is shut"
        make_match(
            tell(content, actor=f"Speaker {number}", outlet=f"Outlet {number}"),
            tell(f"plan {number}", actor=f"Denier {number}", act="deny"),
        )

    with django_assert_max_num_queries(5 + len(("columns", "about"))):  # read in a transaction
        text_of(client, "/claims/")


# One claim


def test_both_sides_stand_side_by_side(client: Client) -> None:
    first = tell(SAFE)
    denial = tell("any such safety", actor="Veldania", act="deny")
    silence = tell("to comment on it", actor="Omar Reza", act="no_comment")
    make_match(first, denial)
    make_match(first, silence, kind="answers")
    make_match(first, tell(LATE, actor="Nobody Told", act="deny"), status="proposed")

    page = text_of(client, first.claim.get_absolute_url())

    says, rest = page.split("Who says so")[1].split("Who denies it")
    denies, answers = rest.split("Who was asked, and did not answer it")
    assert "Ana Bell" in says
    assert "Veldania" in denies
    assert "Omar Reza" in answers.split("</section>")[0]
    assert "Nobody Told" not in page


def test_its_wordings_stand_in_the_order_in_which_they_were_published(client: Client) -> None:
    first = tell(SAFE, day=4)
    join(
        first,
        tell(STURDY, outlet="Northern Wire", day=2),
        tell("that it is a safe bridge for wagons", outlet="Evening Post", day=6),
    )

    page = text_of(client, first.claim.get_absolute_url())

    told = page.split("Also reported as</h2>")[1].split("</ol>")[0]
    outlets = re.findall(r'class="outlet" [^>]*>([^<]*)</span>', told)
    assert outlets == ["Northern Wire", "Harbour Herald", "Evening Post"]
    assert "<ins>" in told
    assert "Why it is here: the same in other words; 4 words in a row; the same names" in told


def test_other_figures_and_what_it_denies_lead_to_their_claims(client: Client) -> None:
    first, other = tell(SAFE), tell("that the bridge is safe for nine wagons", actor="Omar Reza")
    make_match(first, other, kind="conflicts")
    make_match(tell(LATE), first)

    page = text_of(client, first.claim.get_absolute_url())

    figures, denied = page.split("Other figures for it")[1].split("What it denies")
    assert f'href="/claims/{other.wording_id}/"' in figures
    assert "Omar Reza" in figures
    assert LATE in denied


def test_what_was_passed_on_counts_once_beside_the_raw_count(client: Client) -> None:
    first, second, third = tell(SAFE), tell(STURDY), tell("the bridge stands safe for wagons")
    make_match(first, second, kind="copy")
    make_match(first, third, kind="paraphrase")
    Wording.objects.update(claim=first.wording_id)

    page = text_of(client, first.claim.get_absolute_url())

    assert "3 quotes; 2 not copied from another" in page


def test_the_list_tells_both_counts_too_where_they_differ(client: Client) -> None:
    first, second, third = tell(SAFE), tell(STURDY), tell("the bridge stands safe for wagons")
    make_match(first, second, kind="copy")
    make_match(first, third, kind="paraphrase")
    Wording.objects.update(claim=first.wording_id)
    tell(LATE)

    page = text_of(client, "/claims/")

    told = page.split("3 quotes</span>")[1].split("</li>")[0]
    assert "; 2 not copied from another" in told
    assert page.count("not copied from another") == 1


def test_outlets_that_passed_words_on_do_not_count_among_those_that_had_them_first(
    client: Client,
) -> None:
    first = tell(SAFE, day=3)
    passed_on = tell(STURDY, outlet="Northern Wire", day=4)
    own = tell("the bridge stands safe for wagons", outlet="Evening Post", day=5)
    make_match(first, passed_on, kind="copy")
    make_match(first, own, kind="paraphrase")
    Wording.objects.update(claim=first.wording_id)

    page = text_of(client, "/claims/")

    assert "; 2 not copied from another, first in 2 outlets" in page


def test_words_that_say_nothing_alone_deny_what_their_own_article_has(client: Client) -> None:
    elsewhere = tell(SAFE, outlet="Northern Wire", day=9)
    article = make_article(f"Ana Bell said {SAFE}. Veldania denied any such safety. Rain fell.")
    here = make_quote(actor="Ana Bell", article=article, cue="said", content=SAFE)
    vague = make_quote(
        actor="Veldania", article=article, cue="denied", content="any such safety", act="deny"
    )
    make_match(here, vague)
    Wording.objects.filter(pk=vague.wording_id).update(is_proposition=False)

    page = text_of(client, f"/claims/{vague.wording_id}/")

    denied = page.split("What it denies")[1].split("</section>")[0]
    assert here.get_absolute_url() in denied
    assert elsewhere.get_absolute_url() not in denied


def test_a_claim_of_many_wordings_takes_as_many_queries_as_one_of_two(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = tell(SAFE)
    join(first, *(tell(f"{SAFE} number {number}") for number in range(12)))

    with django_assert_max_num_queries(8 + len(("columns", "about"))):  # read in a transaction
        text_of(client, first.claim.get_absolute_url())


def test_of_a_claim_of_very_many_wordings_some_are_shown_and_the_rest_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.pages.claim_page.WORDINGS_SHOWN", 3)
    first = tell(SAFE)
    join(first, *(tell(f"{SAFE} number {number}") for number in range(5)))
    for number in range(4):
        untold = tell(f"{LATE} on day {number}")
        make_match(first, untold, kind="paraphrase", status="proposed")

    with CaptureQueriesContext(connection) as queries:
        page = text_of(client, first.claim.get_absolute_url())

    assert page.count('<p class="when">') == 3
    assert 'and 3 other wordings, <a href="#results">among the quotes below</a>' in page
    asked = [query["sql"] for query in queries if "claims_match" in query["sql"]]
    assert asked
    assert not [sql for sql in asked if '"search"' in sql or "proposed" in sql]


# Curators


def test_only_a_curator_is_offered_to_say_that_they_are_not_the_same(client: Client) -> None:
    first = tell(SAFE)
    join(first, tell(STURDY))
    address = first.claim.get_absolute_url()
    curator = User.objects.create_user("curator", is_staff=True)
    curator.user_permissions.add(Permission.objects.get(codename="change_match"))

    to_reader = text_of(client, address)
    client.force_login(curator)
    to_curator = text_of(client, address)

    assert "Not the same" not in to_reader
    assert "Not the same" in to_curator


def test_a_curator_is_led_to_what_may_belong_to_the_claim(client: Client) -> None:
    first = tell(SAFE)
    make_match(first, tell(STURDY), kind="paraphrase", status="proposed")
    curator = User.objects.create_user("curator", is_staff=True)
    curator.user_permissions.add(Permission.objects.get(codename="change_match"))
    client.force_login(curator)

    page = text_of(client, first.claim.get_absolute_url())

    assert f'?claim={first.wording_id}">1 wording that may belong here</a>' in page


def test_saying_so_makes_two_claims_of_it_at_once(client: Client) -> None:
    first, second = tell(SAFE), tell(STURDY)
    join(first, second)
    match = first.wording.claim.wordings.get(pk=second.wording_id)
    curator = User.objects.create_user("curator", is_staff=True)
    curator.user_permissions.add(Permission.objects.get(codename="change_match"))
    client.force_login(curator)
    page = text_of(client, first.claim.get_absolute_url())
    address = re.findall(r'action="(/admin/claims/match/\d+/decide/)"', page)[0]

    response = client.post(address, {"status": "refused", "next": f"/claims/{first.wording_id}/"})

    assert (response.status_code, response["Location"]) == (302, f"/claims/{first.wording_id}/")
    match.refresh_from_db()
    assert match.claim_id == second.wording_id
    response = client.post("/admin/claims/match/desk/", {"undo": "yes"})
    match.refresh_from_db()
    assert match.claim_id == first.wording_id


def test_a_decision_leads_to_no_other_site(client: Client) -> None:
    match = make_match(tell(SAFE), tell(STURDY), kind="copy", status="proposed")
    curator = User.objects.create_user("curator", is_staff=True)
    curator.user_permissions.add(Permission.objects.get(codename="change_match"))
    client.force_login(curator)

    response = client.post(
        f"/admin/claims/match/{match.pk}/decide/",
        {"status": "confirmed", "next": "https://evil.example/"},
    )

    assert response["Location"] == "/admin/claims/match/desk/"
    match.refresh_from_db()
    assert (match.status, match.decided_by) == ("confirmed", curator)
    assert match.decided_at is not None
    assert match.decided_at <= timezone.now()


@pytest.mark.parametrize(
    ("way", "label"),
    [
        ("yes", "disputed in some way"),
        ("denied", "denied"),
        ("figures", "other figures"),
        ("credit", "credited to two"),
    ],
)
def test_how_claims_are_disputed_is_called_the_same_in_the_chip_and_the_choice(
    client: Client, way: str, label: str
) -> None:
    page = client.get(f"/claims/?disputed={way}").content.decode()

    assert f'<span dir="auto">{label}</span> <span aria-hidden="true">×</span>' in page
    assert f'<option value="{way}" selected>{label}</option>' in page
