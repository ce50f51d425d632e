import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Actor, ActorName, Article, Claim, Outlet, Quote, Span
from tests.claims.test_ingest import DENIAL, SAYING, TEXT, at, attribution, store
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db

QUOTES = "/admin/claims/quote/"
HOSTILE = "<script>alert('said')</script>"
SPOKEN = "The bridge, built in May, is safe, Veldania said on Monday. Ana Bell denied it."


@pytest.fixture
def curator(client: Client) -> Client:
    """The browser of a superuser who is logged in."""
    client.force_login(User.objects.create_superuser("Clara"))
    return client


@pytest.fixture
def staff(client: Client) -> Callable[..., Client]:
    """The browser of one of the staff who has the permissions named, and no other."""

    def made(*permissions: str) -> Client:
        user = User.objects.create_user("Sam", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return made


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def change_page(row: Any) -> str:
    return f"/admin/claims/{row._meta.model_name}/{row.pk}/change/"


def make_spoken(**values: Any) -> Quote:
    """A quote whose content is in two parts, with much in its article that it could be corrected to."""
    return make_quote(article=make_article(SPOKEN), content=("The bridge", "is safe"), **values)


def form_of(quote: Quote) -> dict[str, Any]:
    """What the form of a quote sends when nothing is changed."""
    names = ("actor_id", "act", "kind", "status", "source_start", "source_end", "cue_start", "cue_end")
    values = {name.removesuffix("_id"): getattr(quote, name) for name in names}
    spans = list(quote.spans.all())
    sent: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    sent |= {"spans-TOTAL_FORMS": len(spans), "spans-INITIAL_FORMS": len(spans)}
    for number, span in enumerate(spans):
        sent |= {f"spans-{number}-{name}": getattr(span, name) for name in ("start", "end")}
        sent |= {f"spans-{number}-id": span.pk, f"spans-{number}-quote": quote.pk}
    return sent


def place(words: str, prefix: str) -> dict[str, int]:
    """The fields of the span of the text that these words are."""
    start = SPOKEN.index(words)
    return {f"{prefix}start": start, f"{prefix}end": start + len(words)}


def correct(client: Client, quote: Quote, **changes: Any) -> Quote:
    """The quote as it is stored after its form was sent with changes, which must have been taken."""
    response = client.post(change_page(quote), {**form_of(quote), **changes})
    assert response.status_code == 302, errors(response)
    connection.check_constraints()
    return Quote.objects.get(pk=quote.pk)


def errors(response: Any) -> str:
    found = re.findall(r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>|\s+", " ", " ".join(found)))


def state(quote: Quote) -> tuple[Any, ...]:
    """All that is stored of a quote and its spans."""
    return (
        Quote.objects.filter(pk=quote.pk).values().get(),
        list(Span.objects.filter(quote=quote).order_by("start").values()),
        Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk).count(),  # type: ignore[attr-defined]
    )


# The pages open


@pytest.mark.parametrize("model", [model._meta.label_lower for model in admin.site._registry])
@pytest.mark.parametrize("query", ["", "?q=bridge", "?q=%00", "?p=99", "?o=1.-2", "?nonsense=1&e=1"])
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
def test_search_finds_what_has_the_words_and_nothing_else(curator: Client, model: str, found: str, other: str) -> None:
    make_actor("Veldania", names=("the republic",))
    article = make_article("Veldania said the bridge is safe.", title="Frost", outlet="Harbour Herald")
    make_quote(actor="Veldania", article=article, content="the bridge is safe")

    shown = {words: curator.get(f"/admin/claims/{model}/?q={words}").context["cl"].result_count for words in (found, other)}

    assert shown == {found: 1, other: 0}


@pytest.mark.parametrize("model", [Outlet, Article, Actor, Claim, Quote])
@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_every_page_of_a_row_opens(curator: Client, model: type[Any], name: str) -> None:
    make_quote(actor="Veldania")
    row = model.objects.get()

    assert str(row)[:20] in page(curator, change_page(row).replace("change", name))


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

    found = page(curator, f"{QUOTES}?{query}")

    assert ">the one<" in found
    assert ">the other<" not in found


@pytest.mark.parametrize("model", ["quote", "article", "claim"])
def test_what_comes_from_extraction_is_not_added_by_hand(curator: Client, model: str) -> None:
    assert curator.get(f"/admin/claims/{model}/add/").status_code == 403
    assert curator.post(f"/admin/claims/{model}/add/", {"text": "x"}).status_code == 403


@pytest.mark.parametrize("pk", ["404", "0", "-1", "one", "99999999999999999999999", "_00"])
@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_a_row_that_does_not_exist_has_no_page(curator: Client, pk: str, name: str) -> None:
    response = curator.get(f"{QUOTES}{pk}/{name}/")

    assert response.status_code in (302, 404)


@pytest.mark.parametrize(
    ("field", "term", "found"),
    [
        ("quote&field_name=actor", "mayor", "Ana Bell"),
        ("actor&field_name=article", "fros", "Frost"),
        ("article&field_name=outlet", "wire", "Northern Wire"),
    ],
)
def test_a_row_is_looked_up_by_its_names(curator: Client, field: str, term: str, found: str) -> None:
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
        page(curator, f"/admin/claims/{model}/")


def test_the_page_of_a_quote_shows_it_in_its_article(curator: Client) -> None:
    quote = make_spoken()

    shown = page(curator, change_page(quote))

    for words in ("The bridge", "is safe", "Veldania", "said"):
        assert f"<mark>{words}</mark>" in shown
    assert f"0–{len(SPOKEN)}: " in shown
    assert quote.article.get_absolute_url() in shown


# Who may do what


@pytest.mark.parametrize("address", ["", "claims/quote/", "claims/quote/{}/change/", "claims/quote/{}/history/", "auth/user/"])
def test_whoever_is_not_logged_in_is_led_to_the_login(client: Client, address: str) -> None:
    address = "/admin/" + address.format(make_quote().pk)

    for response in (client.get(address), client.post(address, {"status": "rejected"})):
        assert response.status_code == 302
        assert response["Location"] == f"/admin/login/?next={address}"


def test_whoever_is_not_of_the_staff_is_led_to_the_login(client: Client) -> None:
    client.force_login(User.objects.create_user("Reader"))

    assert client.get(QUOTES)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("model", [Outlet, Article, Actor, Claim, Quote])
def test_staff_without_permission_are_refused(staff: Callable[..., Client], model: type[Any]) -> None:
    quote = make_quote(actor="Veldania")
    row, before = model.objects.get(), state(quote)
    browser = staff()

    for address in (f"/admin/claims/{row._meta.model_name}/", change_page(row), change_page(row).replace("change", "history")):
        assert browser.get(address).status_code == 403, address
    assert browser.post(change_page(row), {**form_of(quote), "act": "deny"}).status_code == 403
    assert browser.post(change_page(row).replace("change", "delete"), {"post": "yes"}).status_code == 403

    assert state(quote) == before
    assert model.objects.filter(pk=row.pk).exists()


def test_staff_who_may_view_can_look_and_not_touch(staff: Callable[..., Client]) -> None:
    quote = make_spoken()
    before = state(quote)
    browser = staff("view_quote", "view_span")

    assert 'name="act"' not in page(browser, change_page(quote))
    assert "<mark>is safe</mark>" in page(browser, change_page(quote))
    assert "made" in page(browser, change_page(quote).replace("change", "history"))
    assert browser.post(change_page(quote), {**form_of(quote), "act": "deny"}).status_code == 403
    for action in ("accept", "reject", "unreview", "delete_selected"):
        assert f'value="{action}"' not in page(browser, QUOTES)
        browser.post(QUOTES, {"action": action, "_selected_action": [quote.pk], "post": "yes"})

    assert state(quote) == before


def test_staff_who_may_change_quotes_alone_cannot_move_spans(staff: Callable[..., Client]) -> None:
    quote = make_spoken()
    browser = staff("view_quote", "change_quote", "view_actor", "view_span")

    corrected = correct(browser, quote, act="deny", **place("in May", "spans-0-"))

    assert (corrected.act, corrected.content) == ("deny", "The bridge … is safe")


def test_a_form_from_elsewhere_is_refused() -> None:
    quote = make_quote()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("Clara"))

    assert browser.post(change_page(quote), form_of(quote)).status_code == 403


# A curator corrects a quote


def test_another_actor_is_the_curators(curator: Client) -> None:
    quote = make_spoken(actor="Veldania", actor_confidence=0.4, actor_method="pronoun")
    actor = make_actor("Norland")

    corrected = correct(curator, quote, actor=actor.pk)

    assert corrected.actor == actor
    assert (corrected.actor_method, corrected.actor_confidence, corrected.status) == ("curator", 1.0, "corrected")
    assert (corrected.source_text, corrected.extractor) == ("Veldania", "test")


def test_an_actor_that_is_taken_away_leaves_no_method(curator: Client) -> None:
    corrected = correct(curator, make_spoken(), actor="")

    assert (corrected.actor, corrected.actor_method, corrected.actor_confidence) == (None, "", None)
    assert corrected.status == "corrected"


@pytest.mark.parametrize(("act", "stance"), [("deny", "denies"), ("question", "questions"), ("no_comment", "asserts")])
def test_the_stance_follows_the_act(curator: Client, act: str, stance: str) -> None:
    corrected = correct(curator, make_spoken(act="warn"), act=act)

    assert (corrected.act, corrected.stance, corrected.status) == (act, stance, "corrected")
    assert corrected.actor_method == "name"


def test_texts_and_claim_follow_the_spans(curator: Client) -> None:
    quote = make_spoken()
    changes = {**place("Ana Bell", "source_"), **place("denied", "cue_"), **place("built in May", "spans-1-")}

    corrected = correct(curator, quote, **changes)

    assert (corrected.source_text, corrected.cue) == ("Ana Bell", "denied")
    assert corrected.content == corrected.claim.text == "The bridge … built in May"
    assert corrected.content_parts == ["The bridge", "built in May"]
    assert corrected.claim_id != quote.claim_id
    assert corrected.status == "corrected"


def test_a_span_can_be_added_and_another_taken_away(curator: Client) -> None:
    quote = make_spoken()
    added = {"spans-TOTAL_FORMS": 3, "spans-2-id": "", "spans-2-quote": quote.pk, **place("on Monday", "spans-2-")}

    corrected = correct(curator, quote, **added, **{"spans-0-DELETE": "on"})

    assert corrected.content_parts == ["is safe", "on Monday"]
    assert corrected.content == corrected.claim.text == "is safe … on Monday"


def test_a_source_can_be_taken_away(curator: Client) -> None:
    corrected = correct(curator, make_spoken(), source_start="", source_end="")

    assert (corrected.source_start, corrected.source_end, corrected.source_text) == (None, None, "")


def test_a_corrected_content_joins_the_claim_that_says_the_same(curator: Client) -> None:
    claim = make_quote(content="Is safe!").claim

    corrected = correct(curator, make_spoken(), **{"spans-0-DELETE": "on"})

    assert corrected.content == "is safe"
    assert corrected.claim == claim


def test_a_claim_that_nobody_makes_any_more_is_gone(curator: Client) -> None:
    alone, shared = make_spoken(), make_quote(content="the ferry is late")
    make_quote(content="the ferry is late")

    correct(curator, alone, **{"spans-0-DELETE": "on"})
    correct(curator, shared, **{"spans-0-start": shared.spans.get().start + 4})

    assert set(Claim.objects.values_list("text", flat=True)) == {"is safe", "the ferry is late", "ferry is late"}


@pytest.mark.parametrize("status", ["accepted", "rejected", "corrected"])
def test_a_decision_alone_changes_nothing_else(curator: Client, status: str) -> None:
    quote = make_spoken()
    before = Quote.objects.values().get(pk=quote.pk)

    correct(curator, quote, status=status)

    assert Quote.objects.values().get(pk=quote.pk) == {**before, "status": status}


def test_a_decision_beside_a_correction_stands(curator: Client) -> None:
    corrected = correct(curator, make_spoken(), act="deny", status="rejected")

    assert (corrected.act, corrected.status) == ("deny", "rejected")


def test_an_accepted_quote_that_is_changed_is_corrected(curator: Client) -> None:
    assert correct(curator, make_spoken(status="accepted"), act="deny").status == "corrected"


def test_a_form_sent_without_a_change_changes_nothing(curator: Client) -> None:
    quote = make_spoken()
    before = state(quote)

    correct(curator, quote)

    assert state(quote) == before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"spans-1-end": 5000}, "The span ends at 5000, and the article's text at", id="content past the end"),
        pytest.param({"spans-0-end": 0}, "ends (0) where it starts (0) or before", id="empty content"),
        pytest.param({"spans-1-start": 30, "spans-1-end": 28}, "ends (28) where it starts (30)", id="content turned round"),
        pytest.param({"spans-1-start": 5}, "overlaps the one before it", id="overlapping contents"),
        pytest.param({"spans-1-start": 0}, "correct the duplicate data", id="contents with one start"),
        pytest.param({"spans-0-DELETE": "on", "spans-1-DELETE": "on"}, "at least one content span", id="no content left"),
        pytest.param({"spans-TOTAL_FORMS": 0, "spans-INITIAL_FORMS": 0}, "at least one content span", id="no content sent"),
        pytest.param({"spans-0-start": ""}, "required", id="content without a start"),
        pytest.param({"spans-0-start": "x"}, "whole number", id="content that starts with a letter"),
        pytest.param({"spans-0-start": -1}, "greater than or equal to 0", id="content before the start"),
        pytest.param({"spans-0-end": 10**30}, "less than or equal to 2147483647", id="content with a huge end"),
        pytest.param({"cue_end": 5000}, "The span ends at 5000", id="cue past the end"),
        pytest.param({"cue_end": 10**30}, "The span ends at 1000", id="cue with a huge end"),
        pytest.param({"cue_start": 50, "cue_end": 50}, "ends (50) where it starts (50)", id="empty cue"),
        pytest.param({"cue_start": 50, "cue_end": 40}, "ends (40) where it starts (50)", id="cue turned round"),
        pytest.param({"cue_start": ""}, "required", id="cue without a start"),
        pytest.param({"cue_start": -1}, "greater than or equal to 0", id="cue before the start"),
        pytest.param(place("denied", "cue_"), "Another quote of this article has this cue", id="cue taken"),
        pytest.param({"source_end": 5000}, "The span ends at 5000", id="source past the end"),
        pytest.param({"source_end": ""}, "needs a start and an end", id="source without an end"),
        pytest.param({"source_start": ""}, "needs a start and an end", id="source without a start"),
        pytest.param({"source_start": 5, "source_end": 5}, "ends (5) where it starts (5)", id="empty source"),
        pytest.param({"source_start": "x"}, "whole number", id="source that starts with a letter"),
        pytest.param({"act": "shout"}, "Select a valid choice", id="unknown act"),
        pytest.param({"kind": ""}, "required", id="no kind"),
        pytest.param({"status": "lost"}, "Select a valid choice", id="unknown status"),
        pytest.param({"actor": 404}, "Select a valid choice", id="unknown actor"),
    ],
)
def test_an_error_is_shown_on_the_form_and_changes_nothing(curator: Client, changes: dict[str, Any], told: str) -> None:
    quote = make_spoken()
    make_quote(article=quote.article, actor="Ana Bell", cue="denied", content="it")
    before = state(quote)

    response = curator.post(change_page(quote), {**form_of(quote), **changes})

    assert response.status_code == 200
    assert told in errors(response)
    assert state(quote) == before


def test_a_span_of_another_quote_is_not_taken(curator: Client) -> None:
    quote, other = make_spoken(), make_quote()
    before = list(Span.objects.order_by("pk").values())

    curator.post(change_page(quote), {**form_of(quote), "spans-0-id": other.spans.get().pk})

    assert list(Span.objects.order_by("pk").values()) == before


def test_what_the_form_cannot_change_is_not_taken_from_it(curator: Client) -> None:
    quote = make_spoken()
    before = state(quote)
    other = make_quote(content="the ferry is late")

    sent = {"content": "x", "cue": "x", "source_text": "x", "stance": "denies", "claim": other.claim_id}
    correct(curator, quote, **sent, confidence=0, extractor="x", actor_method="x", article=other.article_id)

    assert state(quote) == before


# Bulk decisions


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("reject", "rejected"), ("unreview", "unreviewed")])
def test_many_quotes_are_decided_at_once(curator: Client, action: str, status: str) -> None:
    chosen = [make_quote(status="corrected"), make_quote(), make_quote(status="rejected")]
    other = make_quote(status="corrected")

    response = curator.post(QUOTES, {"action": action, "_selected_action": [quote.pk for quote in chosen]}, follow=True)

    assert f"3 quotes are {status} now." in response.content.decode()
    assert {quote.status for quote in Quote.objects.exclude(pk=other.pk)} == {status}
    other.refresh_from_db()
    assert other.status == "corrected"


def test_all_that_a_search_finds_is_decided_at_once(curator: Client) -> None:
    for number in range(3):
        make_quote(actor=f"Speaker {number}", content="the bridge is safe")
    other = make_quote(content="the ferry is late")
    some = Quote.objects.exclude(pk=other.pk)[:1]

    sent = {"action": "reject", "select_across": 1, "_selected_action": [quote.pk for quote in some]}
    curator.post(f"{QUOTES}?q=bridge&o=1", sent)

    assert list(Quote.objects.exclude(status="rejected")) == [other]


def test_a_decision_without_a_choice_decides_nothing(curator: Client) -> None:
    quote = make_quote()
    before = state(quote)

    curator.post(QUOTES, {"action": "reject", "index": 0})

    assert state(quote) == before


# Deletion


def test_an_actor_is_deleted_and_its_quotes_stay_without_one(curator: Client) -> None:
    quote = make_quote(actor="Veldania")
    actor = make_actor("Veldania")

    response = curator.post(change_page(actor).replace("change", "delete"), {"post": "yes"})

    connection.check_constraints()
    assert response.status_code == 302
    quote.refresh_from_db()
    assert (quote.actor, quote.source_text) == (None, "Veldania")
    assert not Actor.objects.exists()
    assert not ActorName.objects.exists()


def test_an_article_is_deleted_with_its_quotes_and_their_spans(curator: Client) -> None:
    quote = make_spoken()
    Actor.objects.create(name="Bell", slug="bell", kind="person", article=quote.article)

    response = curator.post(change_page(quote.article).replace("change", "delete"), {"post": "yes"})

    connection.check_constraints()
    assert response.status_code == 302
    assert not Article.objects.exists()
    assert not Quote.objects.exists()
    assert not Span.objects.exists()
    assert list(Actor.objects.values_list("name", flat=True)) == ["Veldania"]


def test_a_quote_is_deleted_with_its_spans(curator: Client) -> None:
    quote = make_spoken()

    curator.post(change_page(quote).replace("change", "delete"), {"post": "yes"})

    connection.check_constraints()
    assert not Quote.objects.exists()
    assert not Span.objects.exists()


@pytest.mark.parametrize("model", [Claim, Outlet])
def test_what_quotes_or_articles_need_is_not_deleted(curator: Client, model: type[Any]) -> None:
    make_quote()
    row = model.objects.get()

    response = curator.post(change_page(row).replace("change", "delete"), {"post": "yes"})

    assert response.status_code in (200, 403)
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Quote, Article, Actor])
def test_many_rows_are_deleted_at_once(curator: Client, model: type[Any]) -> None:
    make_quote(actor="Veldania")
    make_quote(actor="Ana Bell")
    sent = {"action": "delete_selected", "_selected_action": [row.pk for row in model.objects.all()]}
    address = f"/admin/claims/{model._meta.model_name}/"

    asked = curator.post(address, sent)
    curator.post(address, {**sent, "post": "yes"})

    connection.check_constraints()
    assert "Are you sure" in asked.content.decode()
    assert not model.objects.exists()


# The other rows


def test_the_text_of_an_article_is_fixed_while_quotes_point_into_it(curator: Client) -> None:
    article = make_spoken().article
    sent = {"title": "Anew", "outlet": article.outlet_id, "published_on": "2024-01-01", "url": "", "text": "other"}

    response = curator.post(change_page(article), sent)

    article.refresh_from_db()
    assert response.status_code == 302
    assert 'name="text"' not in page(curator, change_page(article))
    assert (article.title, article.text) == ("Anew", SPOKEN)


def test_an_actor_gets_its_slug_from_its_name_and_keeps_it(curator: Client) -> None:
    make_actor("Ana Bell", "group")
    names = {"names-TOTAL_FORMS": 1, "names-INITIAL_FORMS": 0, "names-0-name": "the mayor"}

    curator.post("/admin/claims/actor/add/", {"name": "Ana Bell", "kind": "person", "article": "", **names})
    actor = Actor.objects.get(kind="person")
    sent = {"name": "Ana Lund", "kind": "person", "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    curator.post(change_page(actor), sent)

    renamed = Actor.objects.get(pk=actor.pk)
    assert (renamed.name, renamed.slug, renamed.names.get().name) == ("Ana Lund", "ana-bell-2", "the mayor")


def test_a_second_actor_of_a_name_and_kind_is_an_error_on_the_form(curator: Client) -> None:
    make_actor("Ana Bell", "person")
    sent = {"name": "Ana Bell", "kind": "person", "article": "", "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}

    response = curator.post("/admin/claims/actor/add/", sent)

    assert response.status_code == 200
    assert errors(response)
    assert Actor.objects.count() == 1


def test_an_outlet_of_a_host_that_there_is_is_an_error_on_the_form(curator: Client) -> None:
    outlet = make_outlet("Harbour Herald")

    response = curator.post("/admin/claims/outlet/add/", {"name": "Another", "slug": "another", "host": outlet.host})

    assert "already exists" in errors(response)


# History


def history(client: Client, quote: Quote) -> list[tuple[str, str]]:
    """Who and what, for each line of a quote's history."""
    table = page(client, change_page(quote).replace("change", "history")).split("<tbody>")[1]
    cells = re.findall(r"<td>(.*?)</td>\s*<td>(.*?)</td>", table, re.DOTALL)
    return [(who, unescape(re.sub(r"<[^>]+>", " ", what))) for who, what in cells]


def lines(client: Client, quote: Quote, who: str) -> str:
    return " | ".join(what for name, what in history(client, quote) if name == who)


def test_history_shows_who_changed_what_from_what_to_what(curator: Client) -> None:
    quote = make_spoken(actor="Veldania")
    actor = make_actor("Norland")

    correct(curator, quote, actor=actor.pk, act="deny", **place("built in May", "spans-1-"))

    told = lines(curator, quote, "Clara")
    for words in (
        "actor: Veldania → Norland",
        "act: say → deny",
        "review: unreviewed → corrected",
        "content: The bridge … is safe → The bridge … built in May",
        "content span 12–24 changed",
    ):
        assert words in told
    assert "cue" not in told


def test_history_starts_with_what_was_extracted(curator: Client) -> None:
    told = lines(curator, make_spoken(), "no user (a command)")

    assert "made" in told
    assert "by extractor test: said “The bridge … is safe”" in told


@pytest.mark.django_db(transaction=True)  # whose a write is holds to the end of its transaction
def test_history_tells_what_raw_sql_did_from_what_a_curator_did(curator: Client) -> None:
    quote = make_spoken()
    correct(curator, quote, act="warn")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_quote SET act = 'deny', stance = 'denies' WHERE id = %s", [quote.pk])

    changes = history(curator, quote)
    assert [who for who, _ in changes[:2]] == ["no user (a command)", "Clara"]
    assert "act: warn → deny" in changes[0][1]
    assert "act: say → warn" in changes[1][1]


def test_history_shows_bulk_decisions(curator: Client) -> None:
    quote = make_quote()

    curator.post(QUOTES, {"action": "reject", "_selected_action": [quote.pk]})

    assert "review: unreviewed → rejected" in lines(curator, quote, "Clara")


@pytest.mark.django_db(transaction=True)
def test_history_tells_of_an_actor_that_is_gone(curator: Client) -> None:
    quote, actor = make_quote(actor="Veldania"), make_actor("Norland")
    correct(curator, quote, actor=actor.pk)
    gone = f"actor {actor.pk}, since deleted"

    actor.delete()

    assert f"actor: Veldania → {gone}" in lines(curator, quote, "Clara")
    assert f"actor: {gone} → unknown" in lines(curator, quote, "no user (a command)")


def test_history_outlives_the_user(curator: Client) -> None:
    quote = make_quote()
    correct(curator, quote, act="deny")
    User.objects.get(username="Clara").delete()
    curator.force_login(User.objects.create_superuser("Olga"))

    assert "act: say → deny" in lines(curator, quote, "no user (a command)")


# Hostile text


def test_hostile_text_is_shown_and_never_run(curator: Client) -> None:
    curator.force_login(User.objects.create_superuser(f"Clara {HOSTILE}"))
    article = make_article(f"Evil {HOSTILE} said {HOSTILE}.", title=HOSTILE, url="javascript:alert(1)")
    make_outlet(HOSTILE)
    actor = make_actor(f"Evil {HOSTILE}", names=(f"{HOSTILE} again",))
    quote = make_quote(article=article, actor=actor, source=f"Evil {HOSTILE}", content=HOSTILE)
    quote = correct(curator, quote, source_end=len("Evil <script>"))
    rows = [quote, article, actor, quote.claim, *Outlet.objects.all()]
    lists = {f"/admin/claims/{row._meta.model_name}/" for row in rows}
    own = {change_page(row).replace("change", name) for row in rows for name in ("change", "history", "delete")}

    for address in sorted(lists | own):
        shown = page(curator, address)
        assert "<script>alert" not in shown, address
        assert 'href="javascript:' not in shown, address

    assert "&lt;script&gt;alert" in page(curator, QUOTES)


# Re-extraction


def test_a_corrected_quote_survives_re_extraction(curator: Client) -> None:
    store(DENIAL, SAYING)
    quote, berg = Quote.objects.get(cue="denied"), Actor.objects.get(name="Anna Berg")
    shorter = at(TEXT, "any plan")
    corrected = correct(
        curator, quote, actor=berg.pk, act="warn", **{"spans-0-start": shorter.start, "spans-0-end": shorter.end}
    )
    before = state(corrected)

    store(DENIAL, SAYING, version="2")
    store(attribution("Ukraine", "denied", "plan to attack", act="claim"), version="3")

    assert state(quote) == before
    assert (corrected.actor, corrected.act, corrected.content) == (berg, "warn", "any plan")
    assert Quote.objects.count() == 1


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_decision_survives_re_extraction(curator: Client, action: str) -> None:
    store(DENIAL)
    quote = Quote.objects.get()
    curator.post(QUOTES, {"action": action, "_selected_action": [quote.pk]})
    before = state(quote)

    store(version="2")
    store(DENIAL, SAYING, version="3")

    assert state(quote) == before
    assert Quote.objects.count() == 2


def test_a_quote_put_back_to_unreviewed_is_extractions_again(curator: Client) -> None:
    store(DENIAL)
    quote = Quote.objects.get()
    correct(curator, quote, act="warn")
    curator.post(QUOTES, {"action": "unreview", "_selected_action": [quote.pk]})

    store(DENIAL, version="2")

    quote.refresh_from_db()
    assert (quote.act, quote.status, quote.extractor) == ("deny", "unreviewed", "2")
