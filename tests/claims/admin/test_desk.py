"""The review desk without JavaScript: what waits, in which order, and what a decision does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.desk.conflicts import list_conflicting_quotes
from claims.desk.queue import REVIEW_REASONS, ReviewQueue
from claims.models import Decision, Quote, Report
from tests.claims.admin_client import QUOTES, decide_in_bulk, read_hidden_fields
from tests.claims.desk_client import (
    DESK,
    SPOKEN,
    decide_quote,
    dump_decision_rows,
    format_desk_span,
    get_quote_on_desk,
    get_quote_state,
    make_doubtful,
    read_desk_message,
    send_decision,
    send_undo,
)
from tests.claims.samples import RIGHT_ANSWERS, make_sample
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "desk"}
HOSTILE = "<script>alert('said')</script>"


def make_contradiction(**values: Any) -> list[Quote]:
    """Store the same words in quotation marks, in two articles, of two speakers."""
    quotes = [("Veldania", "the ferry is late"), ("Norland", "the ferry is late")]
    return [
        make_quote(actor=actor, content=content, kind="direct", **values)
        for actor, content in quotes
    ]


def make_reported(**values: Any) -> Quote:
    quote = make_doubtful(confidence=0.9, **values)
    Report.objects.create(quote=quote, problem="speaker", note="It was the mayor.", sender="s")
    return quote


# What waits


def test_what_matters_most_comes_first(curator: Client) -> None:
    sure = make_doubtful(confidence=0.9)
    waiting = [
        make_doubtful(confidence=0.9, actor_confidence=0.6),
        make_doubtful(confidence=0.9, actor_confidence=0.3),
        make_doubtful(confidence=0.9, actor=None, source="Ana Bell", cue="denied"),
        make_doubtful(confidence=0.6),
        make_doubtful(confidence=0.2),
        make_reported(status="accepted"),
        make_reported(),
    ]
    # The older of two reports is first.
    expected = [5, 6, 4, 3, 2, 1, 0]

    got = []
    while pk := get_quote_on_desk(curator):
        got.append(pk)
        decide_quote(curator, Quote.objects.get(pk=pk), "accept")

    assert got == [waiting[number].pk for number in expected]
    assert sure.pk not in got


@pytest.mark.parametrize(
    ("reason", "number"),
    [("reported", 1), ("quote", 2), ("unknown", 1), ("speaker", 1), ("nonsense", 5)],
)
def test_a_reason_can_be_chosen(curator: Client, reason: str, number: int) -> None:
    make_doubtful(), make_doubtful(), make_reported()
    make_doubtful(confidence=0.9, actor=None, source="Ana Bell", cue="denied")
    make_doubtful(confidence=0.9, actor_confidence=0.3)

    got = 0
    while pk := get_quote_on_desk(curator, f"?reason={reason}"):
        decide_quote(curator, Quote.objects.get(pk=pk), "accept")
        got += 1

    assert got == number


def test_what_contradicts_another_waits_with_that_as_its_reason(curator: Client) -> None:
    make_quote(content="the bridge is open", kind="indirect", actor="Veldania")
    # Two may say the same in their own words.
    make_quote(content="the bridge is open", kind="indirect", actor="Norland")
    first, second = make_contradiction()
    both = [make_quote(content="the toll is fair", act=act) for act in ("say", "deny")]

    page = curator.get(f"{DESK}?reason=conflict").content.decode()
    assert "conflicting" in page
    waiting = {quote.pk for quote in Quote.objects.filter(pk__in=list_conflicting_quotes())}
    assert waiting == {quote.pk for quote in (first, second, *both)}
    decide_quote(curator, first, "reject")

    assert set(list_conflicting_quotes()) == {quote.pk for quote in both}
    decide_quote(curator, both[0], "accept")
    assert list_conflicting_quotes() == [both[1].pk]  # what was decided stands; the other waits


def test_a_random_sample_waits_in_the_queue_until_it_is_judged(curator: Client) -> None:
    make_quote(), make_quote(content="the ferry is late")
    sample = make_sample(2)
    address = f"/admin/claims/sample/{sample.pk}/judge/"
    assert (
        f'<a href="{address}">random sample “<bdi>spring</bdi>” <span class="number">2</span>'
        in curator.get(DESK).content.decode()
    )

    for position in (1, 2):
        curator.post(f"{address}{position}/", RIGHT_ANSWERS)

    assert "random sample" not in curator.get(DESK).content.decode()


def test_an_outlet_can_be_chosen_and_what_is_left_is_counted(curator: Client) -> None:
    here = make_doubtful(article=make_article(SPOKEN, outlet="Northern Wire"))
    make_doubtful(), make_reported()

    shown = curator.get(f"{DESK}?outlet=northern-wire")

    assert shown.context["quote"] == here
    assert [number for _, number, _ in shown.context["counts"]] == [0, 0, 1, 0, 0]
    assert [number for _, number, _ in ReviewQueue().count_by_reason()] == [1, 0, 2, 0, 0]
    page = shown.content.decode()
    assert "Northern Wire (1)" in page
    assert "Harbour Herald (2)" in page


def test_what_is_skipped_comes_back_when_asked_for(curator: Client) -> None:
    first, second = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)
    assert get_quote_on_desk(curator) == first.pk

    curator.post(f"{DESK}{first.pk}/skip/")
    assert get_quote_on_desk(curator) == second.pk
    curator.post(f"{DESK}{second.pk}/skip/")
    assert "You skipped 2 quotes" in curator.get(DESK).content.decode()
    curator.post(f"{DESK}skipped/")

    assert get_quote_on_desk(curator) == first.pk
    assert not Decision.objects.exists()


def test_nothing_left_is_said(curator: Client) -> None:
    make_doubtful(confidence=0.9)

    page = curator.get(DESK).content.decode()

    assert "Nothing is left to review" in page
    assert "You skipped" not in page


@pytest.mark.parametrize(
    "name", [reason.name for reason in REVIEW_REASONS if reason.name != "conflict"]
)  # that has its keys given
def test_a_queue_is_read_from_an_index(name: str) -> None:
    clara = User.objects.create_user("Clara")
    reason = next(each for each in REVIEW_REASONS if each.name == name)
    make_contradiction()
    index = {
        "reported": "report_open",
        "quote": "quote_in_doubt",
        "unknown": "quote_speaker_unknown",
        "speaker": "quote_speaker_in_doubt",
    }[name]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_quote, claims_wording, claims_lease")
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
        )

    plan = (
        reason.order(reason.select(ReviewQueue().select_quotes()).free_for(clara))
        .values_list("pk")[:1]
        .explain()
    )

    assert index in plan


# One quote


def test_a_quote_is_shown_with_all_that_a_decision_needs(curator: Client) -> None:
    others = [{"name": "Norland", "kind": "state", "confidence": 0.3}]
    quote = make_reported(runners_up=others, actor_confidence=0.4, act="warn")

    page = curator.get(f"{DESK}{quote.pk}/").content.decode()

    for words in (
        '<mark class="source">Veldania</mark>',
        '<mark class="cue">said</mark>',
        '<mark class="content">is safe</mark>',
        "Veldania</bdi>, state, by name, 40% sure",
        'value="runner:0" data-key="1"',
        "Norland</bdi>",
        "state, 30%",
        "somebody else said it",
        "It was the mayor.",
        '<option value="warn" selected>',
        "speaker in doubt",
    ):
        assert words in page, words


def test_the_quote_that_it_stands_within_is_shown(curator: Client) -> None:
    quote = make_doubtful()
    inner = make_doubtful(
        article=quote.article, actor="Ana Bell", cue="denied", content="it", within=quote
    )

    page = curator.get(f"{DESK}{inner.pk}/").content.decode()

    assert "Stands within what <bdi>Veldania</bdi> said" in page


def test_the_whole_article_is_there_to_mark_a_missed_quote_in(curator: Client) -> None:
    text = "One.\n\nTwo.\nVeldania said the bridge is safe.\nFour.\nFive."
    quote = make_quote(article=make_article(text))

    page = curator.get(f"{DESK}{quote.pk}/text/").content.decode()

    assert 'data-start="0">One.' in page
    assert f'data-start="{text.index("Five")}">Five.' in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Ana Bell", "Veldania"]),
        ("...", ["Ana Bell", "Veldania"]),
        ("vel", ["Veldania", "Velma Gray"]),
        ("gra", ["Velma Gray"]),
        ("nobody", []),
    ],
)
def test_actors_are_offered_those_of_the_article_first(
    curator: Client, typed: str, found: list[str]
) -> None:
    for _ in range(3):
        make_quote(actor=make_actor("Velma Gray", "person"))
    make_actor("Velma Stone", "person", article=make_article())
    quote = make_doubtful()
    make_quote(article=quote.article, actor="Ana Bell", cue="denied", content="it")

    response = curator.get(f"{DESK}{quote.pk}/actors/?find={typed}")

    page = response.content.decode()
    assert re.findall(r"<bdi>(.*?)</bdi>", page) == found
    assert ("No actor is called so" in page) == (not found)


def test_a_page_takes_as_many_queries_whatever_waits(curator: Client) -> None:
    costs = []
    for number in (1, 25):
        for _ in range(number):
            make_reported(runners_up=[{"name": "Norland", "kind": "state", "confidence": 0.3}])
        with CaptureQueriesContext(connection) as queries:
            get_quote_on_desk(curator)
        costs.append(len(queries))

    assert costs[0] >= costs[1]
    assert costs[1] < 40


def test_hostile_text_is_shown_and_never_run(curator: Client) -> None:
    article = make_article(f"Evil {HOSTILE} said {HOSTILE}.", title=HOSTILE)
    others = [{"name": HOSTILE, "kind": "person", "confidence": 0.3}]
    quote = make_doubtful(
        article=article,
        actor=make_actor(f"Evil {HOSTILE}"),
        source=f"Evil {HOSTILE}",
        content=HOSTILE,
        runners_up=others,
    )
    Report.objects.create(quote=quote, problem="other", note=HOSTILE, sender="s")

    for page in (
        curator.get(DESK),
        curator.get(f"{DESK}{quote.pk}/?find={HOSTILE}"),
        send_decision(curator, quote, "nonsense"),
    ):
        assert "<script>alert" not in page.content.decode()


def test_the_page_needs_no_inline_script_or_style(curator: Client) -> None:
    make_doubtful()

    page = curator.get(DESK).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert all(" src=" in tag for tag in page.split("<script")[1:])


# Deciding


@pytest.mark.parametrize(
    ("what", "values", "expected"),
    [
        ("accept", {}, {"status": "accepted", "actor_method": "name", "confidence": 0.4}),
        ("reject", {}, {"status": "rejected"}),
        ("unknown", {}, {"status": "corrected", "actor_id": None, "actor_method": ""}),
        (
            "act",
            {"act": "deny"},
            {"status": "corrected", "act": "deny", "stance": "denies", "act_confidence": 1.0},
        ),
        ("kind", {"kind": "direct"}, {"status": "corrected", "kind": "direct"}),
        (
            "spans",
            {
                "source": "",
                "cue": format_desk_span("denied"),
                "contents": format_desk_span("is safe"),
            },
            {"status": "corrected", "source_text": "", "cue": "denied", "content": "is safe"},
        ),
    ],
)
def test_a_decision_is_taken(
    curator: Client, what: str, values: dict[str, str], expected: dict[str, Any]
) -> None:
    quote = decide_quote(curator, make_doubtful(), what, **values)

    assert {name: getattr(quote, name) for name in expected} == expected
    decision = Decision.objects.get()
    assert decision.curator is not None
    assert (decision.curator.get_username(), decision.quote) == ("Clara", quote)
    assert decision.before is not None
    assert decision.before["quote"]["status"] == "unreviewed"
    assert decision.after["quote"]["status"] == expected["status"]


def test_a_decision_is_in_the_history_with_whose_it_is(curator: Client) -> None:
    quote = make_doubtful()

    decide_quote(curator, quote, "act", act="deny")

    event = Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk).latest("pgh_id")  # type: ignore[attr-defined]
    assert (event.act, event.pgh_context.metadata["user"]) == ("deny", User.objects.get().pk)


def test_after_a_decision_the_next_is_there_without_a_new_page(curator: Client) -> None:
    first, second = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)
    sent = {"what": "reject", "state": get_quote_state(first)}

    response = curator.post(f"{DESK}{first.pk}/decide/", sent, headers=HTMX)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert response.context["quote"] == second
    assert "Rejected" in read_desk_message(response)


def test_whoever_wants_to_stays_at_a_corrected_quote(curator: Client) -> None:
    first, _ = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)

    response = send_decision(curator, first, "act", act="deny", stay="yes")
    assert response["Location"] == f"{DESK}{first.pk}/"

    assert send_decision(curator, first, "accept", stay="yes")["Location"] == DESK


def test_the_part_of_the_queue_stays_chosen(curator: Client) -> None:
    quote = make_doubtful()

    response = send_decision(curator, quote, "accept", reason="quote", outlet="harbour-herald")

    assert response["Location"] == f"{DESK}?reason=quote&outlet=harbour-herald"


@pytest.mark.parametrize(
    ("what", "values", "why"),
    [
        ("", {}, "Choose what to do"),
        ("sing", {}, "Choose what to do"),
        ("act", {"act": "shout"}, "Choose the act from the list"),
        ("kind", {}, "Choose the kind from the list"),
        ("actor", {"actor": "404"}, "no such actor"),
        ("actor", {"actor": "²"}, "no such actor"),
        ("actor", {"actor": "9" * 30}, "no such actor"),
        ("runner:7", {}, "no such other speaker"),
        ("runner:x", {}, "Choose the runner"),
        ("new", {"name": "", "kind_of_actor": "person"}, "A name has between"),
        ("new", {"name": "Ruth Okafor", "kind_of_actor": "ghost"}, "Choose the kind of actor"),
        ("spans", {"cue": "1-4", "contents": ""}, "one cue, and words"),
        ("spans", {"cue": "4-1", "contents": "5-9"}, "not understood"),
        ("spans", {"cue": "x", "contents": "5-9"}, "not understood"),
        ("spans", {"cue": "1-4", "contents": "5-99999"}, "ends at 99999"),
        ("add", {"cue": format_desk_span("said"), "contents": "5-9", "act": "say"}, "has this cue"),
        ("join", {"other": "1"}, "Another quote follows"),
    ],
)
def test_what_cannot_be_is_refused_told_and_not_written(
    curator: Client, what: str, values: dict[str, str], why: str
) -> None:
    quote = make_doubtful()
    before = dump_decision_rows()

    response = send_decision(curator, quote, what, **values)

    assert response.status_code in (409, 422)
    assert why in read_desk_message(response)
    assert dump_decision_rows() == before
    assert not Decision.objects.exists()


# A page that is no longer true


@pytest.mark.parametrize("what", ["accept", "unknown", "act", "spans"])
def test_a_decision_on_a_stale_page_is_refused_with_what_changed(
    curator: Client, what: str
) -> None:
    quote = make_doubtful()
    stale = read_hidden_fields(curator.get(DESK))
    Quote.objects.filter(pk=quote.pk).update(act="warn", status="corrected")
    before = dump_decision_rows()

    values = {
        "act": "deny",
        "cue": format_desk_span("denied"),
        "contents": format_desk_span("is safe"),
    }
    response = curator.post(f"{DESK}{quote.pk}/decide/", {**stale, **values, "what": what})

    assert response.status_code == 409
    assert "changed while you looked at it" in read_desk_message(response)
    assert "act: say → warn" in read_desk_message(response)
    assert dump_decision_rows() == before
    assert response.context["quote"].act == "warn"
    assert response.context["state"] == get_quote_state(quote)


def test_a_quote_whose_spans_changed_is_stale(curator: Client) -> None:
    quote = make_doubtful()
    stale = read_hidden_fields(curator.get(DESK))
    span = quote.spans.get(start=0)
    quote.spans.create(start=span.start, end=span.end)
    span.delete()

    assert curator.post(f"{DESK}{quote.pk}/decide/", {**stale, "what": "accept"}).status_code == 409
    assert Quote.objects.get().status == "unreviewed"


def test_a_quote_that_is_gone_is_told_and_the_next_shown(curator: Client) -> None:
    gone, following = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)
    stale = read_hidden_fields(curator.get(DESK))
    Quote.objects.filter(pk=gone.pk).delete()

    response = curator.post(f"{DESK}{gone.pk}/decide/", {**stale, "what": "accept"})

    assert response.status_code == 409
    assert "This quote is gone" in read_desk_message(response)
    assert response.context["quote"] == following


@pytest.mark.parametrize(
    "seen", ["", "yesterday", "1", "1-", "²-1", "1-2-3", "0" * 400, f"1-{'9' * 30}"]
)
def test_what_a_page_says_it_has_seen_may_be_anything(curator: Client, seen: str) -> None:
    quote = make_doubtful()

    response = curator.post(
        f"{DESK}{quote.pk}/decide/", {"what": "accept", "state": "x", "seen": seen}
    )

    assert response.status_code == 409


# Who may


def test_whoever_may_only_look_at_quotes_has_no_desk(staff: Callable[..., Client]) -> None:
    quote, browser = make_doubtful(), staff("view_quote", "add_quote")
    state, before = get_quote_state(quote), dump_decision_rows()

    for address in (
        "",
        f"{quote.pk}/",
        f"{quote.pk}/actors/",
        f"{quote.pk}/text/",
        "999999/",
        "999999/text/",
    ):
        assert browser.get(DESK + address).status_code == 403, address
    for address in (
        f"{quote.pk}/decide/",
        f"{quote.pk}/skip/",
        f"{quote.pk}/lease/",
        "undo/",
        "skipped/",
        "999999/decide/",
    ):
        assert (
            browser.post(DESK + address, {"what": "reject", "state": state}).status_code == 403
        ), address
    sent = {"what": "reject", "quotes": quote.pk, "confirm": "yes"}
    assert browser.post(f"{QUOTES}bulk/", sent).status_code == 403

    assert dump_decision_rows() == before


@pytest.mark.parametrize("what", ["add", "split"])
def test_to_add_a_quote_needs_a_permission_of_its_own(
    staff: Callable[..., Client], what: str
) -> None:
    quote, browser = make_doubtful(), staff("view_quote", "change_quote")
    values = {
        "cue": format_desk_span("denied"),
        "contents": format_desk_span("is safe"),
        "act": "say",
    }

    assert send_decision(browser, quote, what, **values).status_code == 403

    assert Quote.objects.count() == 1
    assert 'data-edit="add"' not in browser.get(f"{DESK}{quote.pk}/").content.decode()


def test_to_make_an_actor_needs_a_permission_of_its_own(staff: Callable[..., Client]) -> None:
    quote, browser = make_doubtful(), staff("view_quote", "change_quote")

    assert (
        send_decision(browser, quote, "new", name="Ruth Okafor", kind_of_actor="person").status_code
        == 403
    )
    assert send_decision(browser, quote, "accept").status_code == 302


def test_whoever_is_not_logged_in_is_led_to_the_login(client: Client) -> None:
    quote = make_doubtful()

    for response in (
        client.get(DESK),
        client.post(f"{DESK}{quote.pk}/decide/", {"what": "reject"}),
    ):
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_a_decision_from_elsewhere_is_refused() -> None:
    quote = make_doubtful()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("Clara"))

    assert send_decision(browser, quote, "reject").status_code == 403
    assert Quote.objects.get().status == "unreviewed"


@pytest.mark.parametrize("address", ["{}/decide/", "{}/skip/", "{}/lease/", "undo/", "skipped/"])
def test_nothing_is_written_by_a_link(curator: Client, address: str) -> None:
    assert curator.get(DESK + address.format(make_doubtful().pk)).status_code == 405


@pytest.mark.parametrize("pk", ["404", "0", "99999999999999999999999"])
@pytest.mark.parametrize("address", ["", "text/", "actors/"])
def test_a_quote_that_never_was_has_no_page(curator: Client, pk: str, address: str) -> None:
    assert curator.get(f"{DESK}{pk}/{address}").status_code == 404


# Many at once


def test_a_bulk_decision_is_shown_before_it_is_done(curator: Client) -> None:
    quotes = [make_doubtful(), make_doubtful(status="accepted"), make_doubtful(status="rejected")]
    before = dump_decision_rows()

    response = curator.post(
        QUOTES, {"action": "reject", "_selected_action": [quote.pk for quote in quotes]}
    )

    page = response.content.decode()
    assert "2 of 3 quotes would change" in page
    assert "review: unreviewed → rejected" in page
    assert "review: accepted → rejected" in page
    assert "A person has decided 2 of these already" in page
    assert dump_decision_rows() == before


@pytest.mark.parametrize(
    ("action", "choice", "expected"),
    [
        ("act", {"act": "deny"}, {"act": "deny", "stance": "denies", "status": "corrected"}),
        (
            "speaker",
            {"actor": "unknown"},
            {"actor_id": None, "actor_method": "", "status": "corrected"},
        ),
        ("reject", {}, {"status": "rejected", "act": "say"}),
    ],
)
def test_a_bulk_decision_is_done_once_confirmed(
    curator: Client, action: str, choice: dict[str, str], expected: dict[str, Any]
) -> None:
    chosen, other = [make_doubtful(), make_doubtful()], make_doubtful()

    page = decide_in_bulk(curator, action, chosen, **choice)

    assert "2 quotes are decided" in page
    for quote in chosen:
        quote.refresh_from_db()
        assert {name: getattr(quote, name) for name in expected} == expected
    assert Quote.objects.get(pk=other.pk).status == "unreviewed"
    assert len({decision.group for decision in Decision.objects.all()}) == 1


def test_a_speaker_for_many_is_found_by_name(curator: Client) -> None:
    quote, norland = make_doubtful(), make_actor("Norland")
    elsewhere = make_actor("Norbert", "person", article=make_article())
    begun = curator.post(QUOTES, {"action": "speaker", "_selected_action": [quote.pk]})

    found = curator.post(f"{QUOTES}bulk/", {**read_hidden_fields(begun), "find": "nor"})
    assert f'name="actor" value="{norland.pk}"' in found.content.decode()
    assert f'name="actor" value="{elsewhere.pk}"' not in found.content.decode()
    decide_in_bulk(curator, "speaker", [quote], actor=norland.pk)

    assert Quote.objects.get().actor == norland


def test_a_bulk_decision_on_a_stale_preview_is_refused(curator: Client) -> None:
    quotes = [make_doubtful(), make_doubtful()]
    preview = curator.post(
        QUOTES, {"action": "reject", "_selected_action": [quote.pk for quote in quotes]}
    )
    Quote.objects.filter(pk=quotes[0].pk).update(status="accepted")
    before = dump_decision_rows()

    response = curator.post(f"{QUOTES}bulk/", {**read_hidden_fields(preview), "confirm": "yes"})

    assert response.status_code == 409
    assert "changed since the preview" in response.content.decode()
    assert dump_decision_rows() == before


@pytest.mark.parametrize("quotes", ["", "x", "1;2", ",".join(["1"] * 501)])
def test_a_bulk_decision_about_nothing_or_too_much_is_refused(curator: Client, quotes: str) -> None:
    assert (
        curator.post(
            f"{QUOTES}bulk/", {"what": "reject", "quotes": quotes, "confirm": "yes"}
        ).status_code
        == 403
    )


def test_the_list_of_quotes_leads_to_the_desk(curator: Client) -> None:
    assert f'href="{DESK}"' in curator.get(QUOTES).content.decode()


def test_an_undone_quote_is_before_the_curator_again(curator: Client) -> None:
    first, _ = make_doubtful(confidence=0.1), make_doubtful(confidence=0.2)
    decide_quote(curator, first, "reject")

    response = send_undo(curator)

    assert response["Location"] == f"{DESK}{first.pk}/"
