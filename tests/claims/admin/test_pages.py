from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Actor, Article, Claim, Outlet, Quote
from tests.claims.admin_client import (
    QUOTES,
    SPOKEN,
    correct_quote,
    get_change_address,
    get_page,
    make_spoken,
)
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert('said')</script>"


@pytest.mark.parametrize("model", [model._meta.label_lower for model in admin.site._registry])
@pytest.mark.parametrize(
    "query", ["", "?q=bridge", "?q=%00", "?p=99", "?o=1.-2", "?nonsense=1&e=1"]
)
def test_every_list_opens_and_is_searched(curator: Client, model: str, query: str) -> None:
    make_quote(actor="Veldania", content="the bridge is safe")

    response = curator.get(f"/admin/{model.replace('.', '/')}/{query}", follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("model", "found", "other"),
    [
        ("quote", "bridge", "ferry"),
        ("quote", "Veldania", "Norland"),
        ("actor", "Veldan", "Norlan"),
        ("actor", "the republic", "the kingdom"),
        ("claim", "bridge", "ferry"),
        ("article", "Frost", "Thaw"),
        ("outlet", "herald", "gazette"),
    ],
)
def test_search_finds_what_has_the_words_and_nothing_else(
    curator: Client, model: str, found: str, other: str
) -> None:
    make_actor("Veldania", names=("the republic",))
    article = make_article(
        "Veldania said the bridge is safe.", title="Frost", outlet="Harbour Herald"
    )
    make_quote(actor="Veldania", article=article, content="the bridge is safe")

    shown = {
        words: curator.get(f"/admin/claims/{model}/?q={words}").context["cl"].result_count
        for words in (found, other)
    }

    assert shown == {found: 1, other: 0}


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (model, name)
        for model in (Outlet, Article, Actor, Claim, Quote)
        for name in ("change", "history", "delete")
        if (model, name) != (Quote, "delete")
    ],
)
def test_every_page_of_a_row_opens(curator: Client, model: type[Any], name: str) -> None:
    make_quote(actor="Veldania")
    row = model.objects.get()

    assert str(row)[:20] in get_page(curator, get_change_address(row).replace("change", name))


@pytest.mark.parametrize(
    "query",
    [
        "act__exact=deny",
        "kind__exact=direct",
        "status__exact=accepted",
        "article__published_on__year=2024",
        "actor_method=name",
    ],
)
def test_quotes_are_filtered(curator: Client, query: str) -> None:
    make_quote(actor="Veldania", content="the one", act="deny", kind="direct", status="accepted")
    other = make_article("Somebody said the other.", published_on="2023-01-01")
    make_quote(actor=None, source="Somebody", article=other, content="the other")

    found = get_page(curator, f"{QUOTES}?{query}")

    assert ">the one<" in found
    assert ">the other<" not in found


@pytest.mark.parametrize(
    "query",
    [
        "act__exact=a%00b",
        "article__published_on__year=" + "9" * 30,
        "act__exact=²&act__exact=say",
        "e=1&o=%00",
    ],
)
def test_a_filter_that_no_quote_can_have_leads_to_the_whole_list(
    curator: Client, query: str
) -> None:
    make_quote(content="the one")

    response = curator.get(f"{QUOTES}?{query}", follow=True)

    assert response.redirect_chain == [(f"{QUOTES}?e=1", 302)]
    assert ">the one<" in response.content.decode()


@pytest.mark.parametrize("typed", ["²", "9" * 30])
def test_any_number_is_searched_for(curator: Client, typed: str) -> None:
    make_quote(content=f"the toll is {typed}")
    make_quote(content="the toll is high")

    found = get_page(curator, f"{QUOTES}?q={typed}")

    assert f">the toll is {typed}<" in found
    assert ">the toll is high<" not in found


@pytest.mark.parametrize("model", ["quote", "article", "claim"])
def test_what_comes_from_extraction_is_not_added_by_hand(curator: Client, model: str) -> None:
    assert curator.get(f"/admin/claims/{model}/add/").status_code == 403
    assert curator.post(f"/admin/claims/{model}/add/", {"text": "x"}).status_code == 403


@pytest.mark.parametrize("pk", ["404", "0", "-1", "one", "99999999999999999999999", "_00"])
@pytest.mark.parametrize("address", ["quote/{}/change", "quote/{}/history", "article/{}/delete"])
def test_a_row_that_does_not_exist_has_no_page(curator: Client, pk: str, address: str) -> None:
    response = curator.get(f"/admin/claims/{address.format(pk)}/")

    assert response.status_code in (302, 404)


@pytest.mark.parametrize(
    ("field", "term", "found"),
    [
        ("quote&field_name=actor", "mayor", "Ana Bell"),
        ("actor&field_name=article", "fros", "Frost"),
        ("article&field_name=outlet", "wire", "Northern Wire"),
    ],
)
def test_a_row_is_looked_up_by_its_names(
    curator: Client, field: str, term: str, found: str
) -> None:
    make_actor("Ana Bell", "person", names=("the mayor",))
    make_actor("Omar Reza", "person")
    make_article(title="Frost", outlet="Northern Wire")
    make_article(title="Thaw", outlet="Harbour Herald")

    response = curator.get(f"/admin/autocomplete/?app_label=claims&model_name={field}&term={term}")

    assert [row["text"] for row in response.json()["results"]] == [found]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("model", ["quote", "actor", "claim", "article", "outlet"])
def test_a_list_takes_few_queries_whatever_it_holds(
    curator: Client, model: str, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")

    with django_assert_max_num_queries(12):
        get_page(curator, f"/admin/claims/{model}/")


def test_the_page_of_a_quote_shows_it_in_its_article(curator: Client) -> None:
    quote = make_spoken()

    shown = get_page(curator, get_change_address(quote))

    for words in ("The bridge", "is safe", "Veldania", "said"):
        assert f"<mark>{words}</mark>" in shown
    assert f"0–{len(SPOKEN)}: " in shown
    assert quote.article.get_absolute_url() in shown


# Hostile text


def test_hostile_text_is_shown_and_never_run(curator: Client) -> None:
    curator.force_login(User.objects.create_superuser(f"Clara {HOSTILE}"))
    article = make_article(
        f"Evil {HOSTILE} said {HOSTILE}.", title=HOSTILE, url="javascript:alert(1)"
    )
    make_outlet(HOSTILE)
    actor = make_actor(f"Evil {HOSTILE}", names=(f"{HOSTILE} again",))
    quote = make_quote(article=article, actor=actor, source=f"Evil {HOSTILE}", content=HOSTILE)
    quote = correct_quote(curator, quote, source_end=len("Evil <script>"))
    rows = [quote, article, actor, quote.claim, *Outlet.objects.all()]
    lists = {f"/admin/claims/{row._meta.model_name}/" for row in rows}
    own = {
        get_change_address(row).replace("change", name)
        for row in rows
        for name in ("change", "history", "delete")
    }
    own.remove(get_change_address(quote).replace("change", "delete"))

    for address in sorted(lists | own):
        shown = get_page(curator, address)
        assert "<script>alert" not in shown, address
        assert 'href="javascript:' not in shown, address

    assert "&lt;script&gt;alert" in get_page(curator, QUOTES)
