"""The review desk as curators use it: by keys alone, without JavaScript, and when somebody else was quicker."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Actor, Decision, Quote, Report
from tests.browser.axe import check_nothing_is_found
from tests.claims.desk_client import dump_decision_rows, make_doubtful
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

# A character that JavaScript counts as two stands before the quote.
TEXT = "It was noon 🌧 then. The bridge is safe, Veldania said on Monday.\nAna Bell denied the ferry is late."
OTHERS = [{"name": "Norland", "kind": "state", "confidence": 0.3}]


@pytest.fixture
def address(live_server: LiveServer, client: Client) -> str:
    client.force_login(User.objects.create_superuser("Clara"))
    return f"{live_server.url}/admin/claims/quote/desk/"


@pytest.fixture
def quotes() -> list[Quote]:
    """Three that wait, in this order."""
    for name in ("Norland", "Norwood"):
        make_actor(name)
    return [
        make_doubtful(
            article=make_article(TEXT),
            content="The bridge is safe",
            confidence=share,
            runners_up=OTHERS,
        )
        for share in (0.1, 0.2, 0.3)
    ]


def log_in(context: BrowserContext, client: Client, address: str) -> None:
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


@pytest.fixture
def at_desk(page: Page, client: Client, address: str, quotes: list[Quote]) -> Page:
    log_in(page.context, client, address)
    page.goto(address)
    shows(page, quotes[0])
    return page


def shows(page: Page, quote: Quote) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-lease", re.compile(f"/{quote.pk}/"))
    expect(page.locator("#desk-heading")).to_be_focused()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_quotes_are_decided_by_keys_alone_and_no_page_is_loaded(
    at_desk: Page, quotes: list[Quote]
) -> None:
    loads: list[str] = []
    at_desk.on("framenavigated", lambda frame: loads.append(frame.url))
    before = dump_decision_rows()

    press(at_desk, "a")
    shows(at_desk, quotes[1])
    press(at_desk, "x")
    shows(at_desk, quotes[2])
    press(at_desk, "1")
    expect(at_desk.locator("#desk-heading")).to_contain_text("Nothing is left to review")
    assert [quote.status for quote in Quote.objects.order_by("pk")] == [
        "accepted",
        "rejected",
        "corrected",
    ]
    assert Quote.objects.get(pk=quotes[2].pk).actor == Actor.objects.get(name="Norland")

    for quote in reversed(quotes):
        press(at_desk, "u")
        shows(at_desk, quote)
    assert dump_decision_rows() == before
    assert loads == []


def test_two_quotes_of_one_source_are_joined_and_parted_again_by_keys(
    at_desk: Page, quotes: list[Quote]
) -> None:
    article, late = quotes[0].article, "the ferry is late"
    other = make_quote(
        article=article, actor="Veldania", source="Ana Bell", cue="denied", content=late
    )
    at_desk.reload()
    shows(at_desk, quotes[0])
    before = dump_decision_rows()

    press(at_desk, "j")
    shows(at_desk, quotes[1])
    assert [Quote.objects.get(pk=quote.pk).status for quote in (quotes[0], other)] == [
        "corrected",
        "rejected",
    ]
    assert Quote.objects.get(pk=quotes[0].pk).content == "The bridge is safe … the ferry is late"

    press(at_desk, "u")
    shows(at_desk, quotes[0])
    assert dump_decision_rows() == before


def test_a_quote_is_skipped_by_space(at_desk: Page, quotes: list[Quote]) -> None:
    press(at_desk, " ")

    shows(at_desk, quotes[1])
    assert Quote.objects.get(pk=quotes[0].pk).status == "unreviewed"


def test_a_speaker_is_found_while_typing(at_desk: Page, quotes: list[Quote]) -> None:
    press(at_desk, "s")
    find(at_desk, "nor")
    expect(at_desk.locator("#desk-found button")).to_have_count(2)
    press(at_desk, "ArrowDown", "ArrowDown", "Enter")

    shows(at_desk, quotes[1])
    assert Quote.objects.get(pk=quotes[0].pk).actor == Actor.objects.get(name="Norwood")


def find(page: Page, typed: str) -> None:
    """Type this, and wait until what stands under it is the answer to all of it."""
    page.keyboard.type(typed)
    expect(page.locator(f'#desk-found ul[data-find="{typed}"]')).to_be_visible()


def test_who_types_faster_than_the_site_answers_finds_what_was_typed_last(at_desk: Page) -> None:
    early: list[Route] = []
    at_desk.route("**/actors/?*", lambda route: route.continue_() if early else early.append(route))

    press(at_desk, "s")  # is answered by nobody
    find(at_desk, "norw")

    expect(at_desk.locator("#desk-found button")).to_have_text(re.compile("Norwood"))
    assert len(early) == 1


def test_who_chooses_faster_than_the_site_answers_chooses_nobody(
    at_desk: Page, quotes: list[Quote]
) -> None:
    late: list[Route] = []
    press(at_desk, "s")
    find(at_desk, "nor")
    at_desk.route("**/actors/?find=norw", lambda route: late.append(route))
    at_desk.keyboard.type("w")
    press(at_desk, "Enter")  # Norland stands first, as the answer to "nor"
    press(at_desk, "ArrowDown", "ArrowDown")
    expect(at_desk.get_by_role("button", name="Norwood")).to_be_focused()
    wait_for(at_desk, late)
    at_desk.evaluate(
        "htmx.config.defaultSettleDelay = 60000"
    )  # as for keys that come before htmx knows the new buttons
    late[0].continue_()
    expect(at_desk.locator('#desk-found ul[data-find="norw"]')).to_be_visible()

    expect(
        at_desk.get_by_role("button", name="Norwood")
    ).to_be_focused()  # though the list is another one
    assert Quote.objects.get(pk=quotes[0].pk).status == "unreviewed"
    press(at_desk, "Enter")
    shows(at_desk, quotes[1])
    assert Quote.objects.get(pk=quotes[0].pk).actor == Actor.objects.get(name="Norwood")


def test_keys_go_on_from_the_field_when_what_was_chosen_is_no_answer_any_more(
    at_desk: Page,
) -> None:
    late: list[Route] = []
    press(at_desk, "s")
    find(at_desk, "nor")
    at_desk.route("**/actors/?find=norw", lambda route: late.append(route))
    at_desk.keyboard.type("w")
    press(at_desk, "ArrowDown")
    wait_for(at_desk, late)
    late[0].continue_()

    expect(at_desk.locator("#desk-find")).to_be_focused()


def wait_for(page: Page, routes: list[Route]) -> None:
    """Wait until the page has asked for what is held up."""
    while not routes:
        page.wait_for_timeout(20)


def test_a_new_speaker_is_made(at_desk: Page, quotes: list[Quote]) -> None:
    press(at_desk, "w")
    at_desk.keyboard.type("Ruth Okafor")
    press(at_desk, "Tab")
    at_desk.keyboard.type("person")
    press(at_desk, "Enter")

    shows(at_desk, quotes[1])
    actor = Quote.objects.get(pk=quotes[0].pk).actor
    assert actor is not None
    assert (actor.name, actor.kind) == ("Ruth Okafor", "person")


@pytest.mark.parametrize(("key", "typed", "name"), [("t", "den", "act"), ("k", "dir", "kind")])
def test_act_and_kind_are_chosen_by_their_beginning(
    at_desk: Page, quotes: list[Quote], key: str, typed: str, name: str
) -> None:
    press(at_desk, key)
    at_desk.keyboard.type(typed)
    press(at_desk, "Enter")

    shows(at_desk, quotes[1])
    assert (
        getattr(Quote.objects.get(pk=quotes[0].pk), name) == {"act": "deny", "kind": "direct"}[name]
    )


def test_more_than_one_thing_is_corrected_where_one_stays(
    at_desk: Page, quotes: list[Quote]
) -> None:
    press(at_desk, "h", "1")
    expect(at_desk.locator(".desk-told")).to_contain_text("Given another speaker:")
    shows(at_desk, quotes[0])
    press(at_desk, "t")
    at_desk.keyboard.type("den")
    press(at_desk, "Enter")
    expect(at_desk.locator(".desk-told")).to_contain_text("Given another act:")
    press(at_desk, "n")

    shows(at_desk, quotes[1])
    quote = Quote.objects.get(pk=quotes[0].pk)
    assert (str(quote.actor), quote.act, quote.status) == ("Norland", "deny", "corrected")


def test_spans_are_adjusted_by_keys_and_count_characters_as_the_article_does(
    at_desk: Page, quotes: list[Quote]
) -> None:
    press(at_desk, "e")
    expect(at_desk.locator("#desk-editor")).to_be_visible()
    # From the cue to the words after it, and these are the content now.
    press(at_desk, "End", *["ArrowLeft"] * 1, *["Shift+ArrowLeft"] * 6, "3", "Enter")

    shows(at_desk, quotes[1])
    quote = Quote.objects.get(pk=quotes[0].pk)
    assert (quote.content, quote.cue, quote.source_text) == ("Monday", "said", "Veldania")


def test_an_adjustment_is_given_up_by_escape(at_desk: Page, quotes: list[Quote]) -> None:
    before = dump_decision_rows()

    press(at_desk, "e", "End", "Shift+Home", "3", "x", "Backspace", "Escape")
    expect(at_desk.locator("#desk-editor")).to_be_hidden()
    expect(at_desk.locator("mark.content")).to_have_text("The bridge is safe")
    press(at_desk, "n")

    shows(at_desk, quotes[1])
    assert dump_decision_rows() == before


def test_a_missed_quote_is_added_by_keys(at_desk: Page, quotes: list[Quote]) -> None:
    press(at_desk, "m")
    expect(at_desk.locator("#desk-editor")).to_be_visible()
    press(at_desk, "Control+End", "ArrowLeft", *["Shift+ArrowLeft"] * 17, "3")  # the ferry is late
    press(at_desk, "Home", *["Shift+ArrowRight"] * 8, "1")  # Ana Bell
    press(at_desk, "ArrowRight", *["Shift+ArrowRight"] * 6, "2", "Enter")  # denied
    expect(at_desk.locator(".desk-told")).to_contain_text("Added:")

    made = Quote.objects.get(extractor="curator")
    assert (made.source_text, made.cue, made.content) == ("Ana Bell", "denied", "the ferry is late")
    assert (made.article, made.status) == (quotes[0].article, "accepted")


def test_words_are_chosen_with_the_mouse(at_desk: Page, quotes: list[Quote]) -> None:
    press(at_desk, "e")
    at_desk.evaluate(
        """() => {
            const text = document.querySelectorAll("#desk-text p")[1].firstChild;
            const start = text.data.indexOf("the ferry");
            window.getSelection().setBaseAndExtent(text, start, text, start + "the ferry ".length);
        }"""
    )
    at_desk.get_by_role("button", name="Content 3", exact=True).click()
    at_desk.get_by_role("button", name="Save").click()

    shows(at_desk, quotes[1])
    assert Quote.objects.get(pk=quotes[0].pk).content == "the ferry"


def test_keys_of_a_quote_do_not_fall_on_the_next(at_desk: Page, quotes: list[Quote]) -> None:
    held: list[Route] = []  # the answer comes only after all keys, however fast the site is

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    at_desk.route("**/*", hold)
    with at_desk.expect_request(lambda request: request.method == "POST"):
        press(at_desk, "x", "x", "x")
    for route in held:
        route.continue_()

    shows(at_desk, quotes[1])
    assert len(held) == 1
    assert [quote.status for quote in Quote.objects.order_by("pk")] == [
        "rejected",
        "unreviewed",
        "unreviewed",
    ]


def test_keys_are_shown_and_explained(at_desk: Page) -> None:
    expect(at_desk.get_by_role("button", name="Accept a")).to_be_visible()
    expect(at_desk.locator("#desk-help dl")).to_be_hidden()

    press(at_desk, "?")

    expect(at_desk.locator("#desk-help dl")).to_be_visible()


def test_a_decision_on_a_stale_page_is_refused_and_told(
    failing_page: Page, client: Client, address: str, quotes: list[Quote]
) -> None:
    page = failing_page
    log_in(page.context, client, address)
    page.goto(address)
    shows(page, quotes[0])
    Quote.objects.filter(pk=quotes[0].pk).update(act="warn")

    press(page, "x")

    expect(page.get_by_text("This quote was changed while you looked at it.").first).to_be_visible()
    expect(page.locator(".desk-told.stale")).to_contain_text("act: say → warn")
    expect(page.locator("#desk-act")).to_have_value("warn")
    assert Quote.objects.get(pk=quotes[0].pk).status == "unreviewed"
    press(page, "x")
    shows(page, quotes[1])
    assert Quote.objects.get(pk=quotes[0].pk).status == "rejected"


def test_everything_is_possible_without_javascript(
    browser: Browser, client: Client, address: str, quotes: list[Quote]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    log_in(context, client, address)
    page = context.new_page()
    page.set_default_timeout(10_000)
    before = dump_decision_rows()

    page.goto(address)
    page.get_by_role("button", name="Accept").click()
    page.select_option("#desk-act", "deny")
    page.locator("button[value=act]").click()
    page.fill("#desk-find", "norw")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Norwood").click()
    assert [quote.status for quote in Quote.objects.order_by("pk")] == [
        "accepted",
        "corrected",
        "corrected",
    ]
    assert str(Quote.objects.get(pk=quotes[2].pk).actor) == "Norwood"
    for _ in quotes:
        page.get_by_role("button", name="Undo").click()
    assert dump_decision_rows() == before
    page.goto(f"{address}{quotes[0].pk}/")
    page.get_by_role("link", name="Adjust").click()
    page.fill("#words-contents", "no such words")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("stand nowhere in the article")
    page.fill("#words-contents", "bridge is safe")
    page.get_by_role("button", name="Save").click()
    assert Quote.objects.get(pk=quotes[0].pk).content == "bridge is safe"
    for number, work in ((0, "Add a missed quote"), (1, "Split in two")):
        page.goto(f"{address}{quotes[number].pk}/")
        page.get_by_role("link", name=work).click()
        page.fill("#words-source", "Ana Bell")
        page.fill("#words-cue", "denied")
        page.fill("#words-contents", ["the ferry is late", "is safe"][number])
        page.get_by_role("button", name="Save").click()
        assert Quote.objects.filter(article=quotes[number].article, cue="denied").count() == 1
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    assert dump_decision_rows() == before
    page.get_by_role("link", name="All fields").click()
    expect(page.locator("#id_cue_start")).to_be_visible()
    context.close()


def test_axe_finds_nothing_at_the_desk(
    failing_page: Page, client: Client, address: str, quotes: list[Quote]
) -> None:
    Report.objects.create(quote=quotes[0], problem="speaker", note="It was the mayor.", sender="s")
    make_quote(
        article=quotes[0].article,
        actor="Ana Bell",
        cue="denied",
        content="the ferry is late",
        within=quotes[0],
    )
    page = failing_page
    log_in(page.context, client, address)
    page.goto(address)
    states = {
        "shown": [],
        "choosing": ["s"],
        "editing": ["Escape", "e"],
        "done": ["Escape", "x"],
        "help": ["?"],
    }

    for state, keys in states.items():
        press(page, *keys)
        page.wait_for_timeout(400)
        check_nothing_is_found(page, state, "#desk")


def test_axe_finds_nothing_where_words_are_given(
    failing_page: Page, client: Client, address: str, quotes: list[Quote]
) -> None:
    page = failing_page
    log_in(page.context, client, address)
    page.goto(f"{address}{quotes[0].pk}/words/add/")
    page.fill("#words-source", "Bell")
    page.fill("#words-cue", "is")  # twice
    page.fill("#words-contents", "the ferry sank")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("group", name="Which “is” is the cue?")).to_be_visible()

    check_nothing_is_found(page, "words", "#desk")


def test_why_is_typed_once_and_goes_with_the_decision(
    at_desk: Page, client: Client, quotes: list[Quote]
) -> None:
    press(at_desk, "y")
    at_desk.keyboard.type("a headline")
    press(at_desk, "Escape", "x")
    shows(at_desk, quotes[1])
    press(at_desk, "x")
    shows(at_desk, quotes[2])

    assert (
        "a headline" in client.get(f"/admin/claims/quote/{quotes[0].pk}/history/").content.decode()
    )
    assert (
        "a headline"
        not in client.get(f"/admin/claims/quote/{quotes[1].pk}/history/").content.decode()
    )


def test_axe_finds_nothing_in_the_history_and_where_it_is_reverted(
    failing_page: Page, client: Client, address: str, quotes: list[Quote]
) -> None:
    page = failing_page
    log_in(page.context, client, address)
    page.goto(address)
    press(page, "x")
    shows(page, quotes[1])
    base = address.removesuffix("quote/desk/")

    for place in (
        "decision/log/",
        "decision/log/decision/1/revert/",
        f"quote/{quotes[0].pk}/history/",
        "actor/1/history/",
    ):
        number = Decision.pgh_event_model.objects.get().pk  # type: ignore[attr-defined]
        actor = quotes[0].actor_id
        page.goto(
            base
            + place.replace("decision/1/", f"decision/{number}/").replace(
                "actor/1/", f"actor/{actor}/"
            )
        )
        expect(page.get_by_role("table").first).to_be_visible()
        check_nothing_is_found(page, place, "#content")


def test_axe_finds_nothing_where_many_are_decided_at_once(
    failing_page: Page, client: Client, address: str, quotes: list[Quote]
) -> None:
    Quote.objects.filter(pk=quotes[0].pk).update(status="accepted")
    page = failing_page
    page.set_default_timeout(10_000)
    log_in(page.context, client, address.removesuffix("desk/"))
    page.goto(address.removesuffix("desk/"))
    for box in page.locator("[name=_selected_action]").all():
        box.check()
    page.select_option("[name=action]", "speaker")
    page.get_by_role("button", name="Go").click()

    expect(page.get_by_label("Name of the speaker")).to_be_visible()
    check_nothing_is_found(page, "asked", "#content-main")
    page.get_by_label("Name of the speaker").fill("nor")
    page.get_by_role("button", name="Find").click()
    check_nothing_is_found(page, "found", "#content-main")
    page.get_by_role("button", name="Norland").click()
    expect(page.get_by_text("A person has decided 1 of these already")).to_be_visible()
    check_nothing_is_found(page, "preview", "#content-main")
    Quote.objects.filter(pk=quotes[1].pk).update(act="warn")
    page.get_by_role("button", name="Give another speaker: 3 quotes").click()
    expect(page.get_by_text("Some of these quotes changed since the preview.")).to_be_visible()
    check_nothing_is_found(page, "refused", "#content-main")
