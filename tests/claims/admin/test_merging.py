"""Merging, splitting, undoing and judging actors: shown first, and done with permission alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from claims.actors.merging import merge_actors
from claims.models import Actor, ExternalId, Merge, MergeCandidate
from tests.claims.admin_client import get_change_address, get_page
from tests.claims.merged import dump_tables, make_pair
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

MERGE = "/admin/claims/actor/merge/"
PAIRS = "/admin/claims/mergecandidate/"


@pytest.fixture
def staff(client: Client) -> Callable[..., Client]:
    """Return what signs in one of the staff with the permissions named, and no other."""

    def sign_in(*permissions: str) -> Client:
        user = User.objects.create_user("Sam", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return sign_in


def make_two_actors() -> tuple[Actor, Actor]:
    jennifer, jen = make_actor("Jennifer Psaki", "person"), make_actor("Jen Psaki", "person")
    make_quote(actor=jennifer)
    make_quote(actor=jennifer, content="it pours")
    make_quote(actor=jen, content="it rains", status="accepted")
    return jennifer, jen


def read_token(shown: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', shown)
    assert found
    return found[1]


def build_merge_address(*actors: Actor) -> str:
    return f"{MERGE}?{'&'.join(f'actor={actor.pk}' for actor in actors)}"


def build_merge_form(shown: str, *actors: Actor, **values: Any) -> dict[str, Any]:
    """Return what the form of a merge sends: the first actor stays."""
    return {
        "actor": [a.pk for a in actors],
        "into": actors[0].pk,
        "token": read_token(shown),
        "reason": "one person",
        **values,
    }


# Merging


def test_a_merge_is_shown_then_done_then_undone(curator: Client) -> None:
    jennifer, jen = make_two_actors()
    before = dump_tables()

    shown = get_page(curator, build_merge_address(jen, jennifer))
    assert f'value="{jennifer.pk}" checked' in shown
    assert "1, of which 1 a curator decided on; the decisions stay" in shown
    assert dump_tables() == before
    response = curator.post(MERGE, build_merge_form(shown, jennifer, jen), follow=True)

    done = Merge.objects.get()
    assert (done.reason, str(done.made_by), jennifer.quotes.count()) == ("one person", "Clara", 3)
    undo = f"/admin/claims/merge/{done.pk}/undo/"
    assert undo in response.content.decode()
    assert "1 × quote" in get_page(curator, undo)
    curator.post(undo, {"reason": "two people", "token": read_token(get_page(curator, undo))})
    assert dump_tables() == before
    assert "<strong>Undone</strong> by Clara" in get_page(curator, undo)


def test_actors_are_chosen_in_the_list_or_by_name(curator: Client) -> None:
    jennifer, jen = make_two_actors()

    response = curator.post(
        "/admin/claims/actor/", {"action": "merge", "_selected_action": [jennifer.pk, jen.pk]}
    )

    assert response["Location"].startswith(MERGE)
    assert "What merging would do" in get_page(curator, response["Location"])
    assert f'name="actor" value="{jennifer.pk}"' in get_page(
        curator, f"{build_merge_address(jen)}&name=jennifer"
    )
    assert f"{MERGE}?actor={jen.pk}" in get_page(curator, get_change_address(jen))


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"reason": " "}, "Say why they are one."), ({"token": "stale"}, "look again")],
)
def test_a_merge_that_is_refused_says_why_and_changes_nothing(
    curator: Client, changes: dict[str, Any], told: str
) -> None:
    jennifer, jen = make_two_actors()
    before = dump_tables()

    response = curator.post(
        MERGE,
        build_merge_form(
            get_page(curator, build_merge_address(jennifer, jen)), jennifer, jen, **changes
        ),
    )

    assert response.status_code == 409
    assert told in response.content.decode()
    assert dump_tables() == before


def test_two_people_of_a_surname_are_never_merged_without_a_second_look(curator: Client) -> None:
    ana, omar = make_actor("Ana Smith", "person"), make_actor("Omar Smith", "person")
    shown = get_page(curator, build_merge_address(ana, omar))

    response = curator.post(MERGE, build_merge_form(shown, ana, omar))

    assert "Two people of one surname: Ana Smith and Omar Smith." in shown
    assert response.status_code == 409
    assert Actor.objects.count() == 2
    curator.post(MERGE, build_merge_form(shown, ana, omar, sure="on"))
    assert Actor.objects.get() == ana


def test_what_was_judged_different_is_shown_with_who_and_when_and_has_no_button(
    curator: Client,
) -> None:
    jennifer, jen = make_two_actors()
    pair = make_pair(jennifer, jen, "different", User.objects.get())

    shown = get_page(curator, build_merge_address(jennifer, jen))

    assert "judged different, by Clara on " in shown
    assert f"{PAIRS}{pair.pk}/judge/" in shown
    assert 'name="token"' not in shown


# Splitting


def test_a_split_is_shown_then_done(curator: Client) -> None:
    jennifer, _ = make_two_actors()
    jennifer.names.create(name="Psaki")
    make_quote(actor=jennifer, source="Psaki", content="it snows")
    address = f"/admin/claims/actor/{jennifer.pk}/split/"
    chosen = {
        "name_row": jennifer.names.get(name="Psaki").pk,
        "name": "Greg Psaki",
        "kind": "person",
    }
    before = dump_tables()

    shown = curator.post(address, {**chosen, "preview": "yes"}).content.decode()
    assert "1 quote; they count as corrected" in shown
    assert dump_tables() == before
    curator.post(
        address, {**chosen, "confirm": "yes", "token": read_token(shown), "reason": "her uncle"}
    )

    assert Actor.objects.get(slug="greg-psaki").quotes.get().content == "it snows"
    assert Merge.objects.get().reason == "her uncle"


# Permission


def list_addresses() -> dict[str, str]:
    jennifer, jen = make_two_actors()
    pair = make_pair(jennifer, jen)
    third = make_actor("J. Psaki", "person")
    done = merge_actors(jennifer.pk, [third.pk], None, "one")
    return {
        "merge": build_merge_address(jennifer, jen),
        "split": f"/admin/claims/actor/{jennifer.pk}/split/",
        "undo": f"/admin/claims/merge/{done.pk}/undo/",
        "judge": f"{PAIRS}{pair.pk}/judge/",
        "desk": f"{PAIRS}desk/",
    }


@pytest.mark.parametrize("name", ["merge", "split", "undo", "judge", "desk"])
def test_without_the_permission_nothing_is_shown_and_nothing_done(
    staff: Callable[..., Client], name: str
) -> None:
    address = list_addresses()[name]
    browser = staff("change_actor", "view_actor", "view_mergecandidate", "view_merge")
    before = dump_tables(), Merge.objects.values().get()

    assert browser.get(address).status_code == 403
    assert (
        browser.post(address, {"reason": "why", "confirm": "yes", "judgement": "same"}).status_code
        == 403
    )

    assert (dump_tables(), Merge.objects.values().get()) == before


@pytest.mark.parametrize("name", ["merge", "split", "undo", "judge", "desk"])
def test_whoever_is_not_logged_in_is_led_to_the_login(client: Client, name: str) -> None:
    address = list_addresses()[name]

    assert client.get(address)["Location"].startswith("/admin/login/")
    assert client.post(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("name", ["merge", "split", "undo", "judge"])
def test_a_form_from_elsewhere_is_refused(name: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("Clara"))
    address = list_addresses()[name]
    before = dump_tables()

    assert browser.post(address, {"judgement": "same"}).status_code == 403
    assert dump_tables() == before


def test_the_permission_alone_is_enough(staff: Callable[..., Client]) -> None:
    where = list_addresses()
    browser = staff("merge_actor")

    for name in ("merge", "split", "undo"):
        assert browser.get(where[name]).status_code == 200
    assert browser.get("/admin/claims/merge/").status_code == 200


# History


def test_what_was_done_stands_in_the_history_and_in_the_list_of_merges(curator: Client) -> None:
    jennifer, jen = make_two_actors()
    curator.post(
        MERGE,
        build_merge_form(get_page(curator, build_merge_address(jennifer, jen)), jennifer, jen),
    )
    done = Merge.objects.get()

    history, listed = (
        get_page(curator, get_change_address(jennifer).replace("change", "history")),
        get_page(curator, "/admin/claims/merge/"),
    )

    for shown in (history, listed):
        assert "“Jen Psaki” into “Jennifer Psaki”" in shown
        assert "one person" in shown
        assert "Clara" in shown
        assert f"/admin/claims/merge/{done.pk}/undo/" in shown


# Judging


def test_the_desk_shows_both_sides(curator: Client) -> None:
    jennifer, jen = make_two_actors()
    jen.names.create(name="Press Secretary Psaki")
    article = make_article(
        "Jennifer Psaki said it is late. Jen Psaki said it is early.", title="Both of them"
    )
    make_quote(actor=jennifer, article=article, content="it is late")
    make_quote(actor=jen, article=article, content="it is early")
    pair = make_pair(jennifer, jen)

    response = curator.get(f"{PAIRS}desk/", follow=True)
    shown = response.content.decode()

    assert response.redirect_chain == [(f"{PAIRS}{pair.pk}/judge/", 302)]
    for words in (
        "Press Secretary Psaki",
        "it rains",
        "it pours",
        "Both of them",
        "3 quotes",
        "2 quotes",
        "a reason",
    ):
        assert words in shown


@pytest.mark.parametrize("judgement", ["different", "unsure"])
def test_a_pair_that_is_judged_is_not_asked_again(curator: Client, judgement: str) -> None:
    pair, other = (
        make_pair(*make_two_actors(), score=0.9),
        make_pair(make_actor("A B", "person"), make_actor("A. B", "person"), score=0.5),
    )

    response = curator.post(f"{PAIRS}{pair.pk}/judge/", {"judgement": judgement}, follow=True)

    pair.refresh_from_db()
    assert (pair.judgement, str(pair.judged_by)) == (judgement, "Clara")
    assert response.redirect_chain[-1][0] == f"{PAIRS}{other.pk}/judge/"


def test_the_same_leads_to_what_merging_would_do(curator: Client) -> None:
    pair = make_pair(*make_two_actors())

    response = curator.post(f"{PAIRS}{pair.pk}/judge/", {"judgement": "same"}, follow=True)

    assert "What merging would do" in response.content.decode()
    assert MergeCandidate.objects.get().judgement == "same"
    assert Actor.objects.count() == 2


def test_the_desk_says_when_all_are_judged(curator: Client) -> None:
    make_pair(*make_two_actors(), "unsure")

    assert "All pairs are judged." in curator.get(f"{PAIRS}desk/", follow=True).content.decode()


# Numbers elsewhere


def build_actor_form(actor: Actor, **values: Any) -> dict[str, Any]:
    names = list(actor.names.all())
    form: dict[str, Any] = {"name": actor.name, "kind": actor.kind, "article": ""}
    form |= {"names-TOTAL_FORMS": len(names), "names-INITIAL_FORMS": len(names)}
    for number, name in enumerate(names):
        form |= {
            f"names-{number}-id": name.pk,
            f"names-{number}-actor": actor.pk,
            f"names-{number}-name": name.name,
        }
    return {**form, "external_ids-TOTAL_FORMS": 1, "external_ids-INITIAL_FORMS": 0, **values}


def test_an_item_of_wikidata_is_set_in_the_admin_and_shown_on_the_page(curator: Client) -> None:
    jennifer, _ = make_two_actors()
    item = {"external_ids-0-scheme": "wikidata", "external_ids-0-value": "Q10853588"}

    response = curator.post(get_change_address(jennifer), build_actor_form(jennifer, **item))

    assert response.status_code == 302
    number = ExternalId.objects.get()
    assert (number.actor, str(number.set_by)) == (jennifer, "Clara")
    link = '<a href="https://www.wikidata.org/wiki/Q10853588" rel="nofollow external">'
    assert link in get_page(curator, jennifer.get_absolute_url())


@pytest.mark.parametrize(
    "value", ["7747", "Q", "Q0", "q7747", "Q7747\n1", "https://www.wikidata.org/wiki/Q1"]
)
def test_what_is_no_item_of_wikidata_is_refused(curator: Client, value: str) -> None:
    jennifer, _ = make_two_actors()
    item = {"external_ids-0-scheme": "wikidata", "external_ids-0-value": value}

    response = curator.post(get_change_address(jennifer), build_actor_form(jennifer, **item))

    assert response.status_code == 200
    assert not ExternalId.objects.exists()


def test_an_item_is_of_one_actor(curator: Client) -> None:
    jennifer, jen = make_two_actors()
    ExternalId.objects.create(actor=jen, value="Q1")
    item = {"external_ids-0-scheme": "wikidata", "external_ids-0-value": "Q1"}

    response = curator.post(get_change_address(jennifer), build_actor_form(jennifer, **item))

    assert "Another actor has this number" in response.content.decode()
