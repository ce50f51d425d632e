"""What an actor's page tells of it beside its quotes."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from claims.models import Actor, Match, Quote, Wording
from claims.pages import accusations, profile
from claims.pages.accusations import Accusation
from claims.pages.profile import ActorProfile
from tests.factories import make_actor, make_article, make_detail, make_quote

pytestmark = pytest.mark.django_db


def profile_of(slug: str = "veldania") -> ActorProfile:
    return profile.build_profile(Actor.objects.with_other_names().get(slug=slug))


def rows(made: ActorProfile, key: str) -> list[tuple[str, int]]:
    charts = [listing.chart for listing in made.listings if listing.chart.key == f"profile-{key}"]
    return [(row.label, row.count) for chart in charts for row in chart.rows]


def accused(
    by: str = "Ana Bell", target: str = "Veldania", after: str = "", **values: object
) -> Quote:
    """A quote that accuses Veldania, whose article goes on with `after`."""
    make_actor("Veldania")
    article = make_article(
        f"It was noon. {by} accused {target} of hiding the bill. {after}",
        published_on=date(2024, 3, 5),
    )
    content = f"{target} of hiding the bill"
    values |= {"article": article, "content": content}
    quote = make_quote(actor=by, cue="accused", act="accuse", **values)  # type: ignore[arg-type]
    make_detail(quote, "target", target)
    return quote


def received(slug: str = "veldania") -> list[Accusation]:
    return profile_of(slug).accusations.received


# What is counted


def test_an_actor_is_told_by_how_many_quotes_articles_outlets_and_days_it_has() -> None:
    article = make_article(
        "Veldania said it rains and added it pours.", published_on=date(2024, 1, 2)
    )
    for cue, content in (("said", "it rains"), ("added", "it pours")):
        make_quote(article=article, cue=cue, content=content)
    make_quote(
        article=make_article(
            "Veldania said no.", outlet="Northern Wire", published_on=date(2024, 3, 4)
        ),
        content="no",
    )
    make_quote(content="never said", status="rejected")

    facts = profile_of().facts

    assert facts == profile.ProfileFacts(3, 2, 2, date(2024, 1, 2), date(2024, 3, 4))


def test_acts_have_their_share_of_the_quotes_that_stand() -> None:
    for act in ("say", "say", "deny"):
        make_quote(act=act)
    make_quote(act="warn", status="rejected")

    (listing, *_) = profile_of().listings

    assert [(row.label, row.count, row.note) for row in listing.chart.rows] == [
        ("said", 2, "67%"),
        ("denied", 1, "33%"),
    ]


def test_whom_one_talks_about_and_who_talks_about_one_leave_out_oneself_and_the_unknown() -> None:
    make_actor("Ana Bell")
    make_quote(actor="Veldania", content="that Ana Bell left Veldania")
    make_quote(actor="Veldania", content="that it rains")
    make_quote(actor="Ana Bell", content="that Veldania is large")
    make_quote(actor=None, content="that Veldania is small")

    made = profile_of()

    assert rows(made, "about") == [("Ana Bell", 1)]
    assert rows(made, "actor") == [("Ana Bell", 1)]


def test_only_the_most_frequent_are_shown_and_the_rest_is_linked() -> None:
    for number in range(profile.PROFILE_ROWS_SHOWN + 2):
        make_quote(
            article=make_article("Veldania said yes.", outlet=f"Outlet {number}"), content="yes"
        )
    make_quote(article=make_article("Veldania said no.", outlet="Outlet 3"), content="no")

    listing = profile_of().listings[-1]

    assert len(listing.chart.rows) == profile.PROFILE_ROWS_SHOWN
    assert (listing.chart.rows[0].label, listing.chart.rows[0].count) == ("Outlet 3", 2)
    assert listing.rest == "/actors/veldania/?more=outlet#facet-outlet"


def test_a_single_quote_says_it_all_but_who_talks_about_its_actor() -> None:
    make_quote(actor="Veldania", content="that it rains")
    make_quote(actor="Ana Bell", content="that Veldania is large")

    assert [listing.chart.key for listing in profile_of().listings] == ["profile-actor"]
    assert not profile_of("ana-bell")


def test_names_and_descriptions_are_counted_and_pronouns_apart() -> None:
    sources = ["Officials in Veldania", "Officials  in\nVeldania", "the republic", "It", ""]
    for number, source in enumerate(sources):
        make_quote(
            source=source,
            content=f"that {number} is safe",
            article=make_article(f"{source} said that {number} is safe."),
        )

    given = profile_of().given

    assert given.names == [("Officials in Veldania", 2), ("the republic", 1)]
    assert (given.pronouns, given.more, given.of) == (1, 0, 5)


# Claims


def test_a_claim_that_is_repeated_says_who_asserts_and_who_denies_it() -> None:
    for _ in range(2):
        make_quote(actor="Veldania", content="the bridge is safe")
    make_quote(actor="Ana Bell", content="the bridge is safe", act="deny")
    make_quote(actor=None, content="the bridge is safe")
    make_quote(actor="Omar Reza", content="the bridge is safe", status="rejected")
    make_quote(actor="Veldania", content="the ferry is late")

    (found,) = profile_of().claims

    assert found.claim.text == "the bridge is safe"
    assert (found.own, found.others) == ([("asserts", 2)], [("denies", 1)])
    assert (found.quotes, found.articles) == (4, 4)


def test_the_claims_made_most_often_come_first_and_then_those_of_most_articles() -> None:
    for content, others in (("the toll will rise", 1), ("the ferry is late", 3)):
        make_quote(actor="Veldania", content=content)
        for _ in range(others):
            make_quote(actor="Ana Bell", content=content)
    for _ in range(2):
        make_quote(actor="Veldania", content="the bridge is safe")

    assert [each.claim.text for each in profile_of().claims] == [
        "the bridge is safe",
        "the ferry is late",
        "the toll will rise",
    ]


def test_a_word_or_two_said_twice_in_one_article_is_no_repeated_claim() -> None:
    article = make_article("Veldania said it rains and added it rains.")
    for cue in ("said", "added"):
        make_quote(article=article, cue=cue, content="it rains")

    assert profile_of().claims == []


# Accusations and answers


def test_an_accusation_is_against_whom_the_article_says_and_not_against_all_it_names() -> None:
    accused()
    other = make_quote(
        actor="Omar Reza", content="Ana Bell of leaving Veldania", cue="accused", act="accuse"
    )
    make_detail(other, "target", "Ana Bell")
    make_quote(actor="Omar Reza", content="that Veldania is a fraud", act="accuse")

    found = profile_of().accusations

    assert [each.quote.actor and each.quote.actor.name for each in found.received] == ["Ana Bell"]
    assert (found.named, found.by_itself) == (3, 0)


def test_ones_own_accusations_are_made_and_not_received() -> None:
    quote = make_quote(content="Ana Bell of harming Veldania", cue="accused", act="accuse")
    make_detail(quote, "target", "Ana Bell")

    found = profile_of().accusations

    assert [(each.quote, each.targets) for each in found.made] == [(quote, ["Ana Bell"])]
    assert found.received == []
    assert (found.made_count, found.named, found.by_itself) == (1, 1, 1)


def relate(quote: Quote, reply: Quote, kind: str = "denies", status: str = "sure") -> None:
    """Say that a reply was found to be about a quote."""
    Match.objects.create(
        first=quote.wording, second=reply.wording, kind=kind, score=0.9, status=status, found="sure"
    )


def test_a_denial_of_the_same_claim_answers_wherever_it_stands() -> None:
    quote = accused(after="Veldania denied any part in it.")
    reply = make_quote(article=quote.article, cue="denied", content="any part in it", act="deny")
    relate(quote, reply)
    denial = make_quote(content=quote.content, act="deny", cue="denied")

    (found,) = received()

    assert found.answer is not None
    assert (found.answer.how, found.answer.quote) == ("same claim", denial)


def test_a_denial_in_other_words_answers_before_what_leaves_open_whether_it_is_true() -> None:
    quote = accused(after="Veldania said it rains. Veldania denied any part in it.")
    comment = make_quote(article=quote.article, cue="said", content="it rains")
    relate(quote, comment, "answers")
    denial = make_quote(article=quote.article, cue="denied", content="any part in it", act="deny")
    relate(quote, denial)

    (found,) = received()

    assert found.answer is not None
    assert (found.answer.how, found.answer.quote) == ("denies", denial)


def test_a_refusal_to_comment_answers_and_is_not_called_a_denial(client: Client) -> None:
    quote = accused(after="Veldania declined to comment.")
    relate(
        quote, make_quote(article=quote.article, cue="declined", content="to comment"), "answers"
    )

    page = page_of(client)

    assert "They answer, and leave open whether it is true:" in page
    assert "No answer found" not in page


@pytest.mark.parametrize(
    ("after", "by"),
    [
        pytest.param("Veldania said it rains.", "Veldania", id="own"),
        pytest.param("Omar Reza said it rains.", "Omar Reza", id="another's"),
    ],
)
def test_what_merely_comes_later_is_not_called_an_answer(
    client: Client, after: str, by: str
) -> None:
    quote = accused(after=after)
    make_quote(article=quote.article, actor=by, cue="said", content="it rains")

    assert "No answer found in these articles." in page_of(client)


@pytest.mark.parametrize(
    ("values", "relation"),
    [
        pytest.param({"status": "rejected"}, {}, id="rejected"),
        pytest.param({"actor": "Omar Reza"}, {}, id="somebody else's"),
        pytest.param({"article": None}, {}, id="words that say nothing, in another article"),
        pytest.param({}, {"status": "proposed"}, id="only proposed"),
        pytest.param({}, {"kind": "conflicts"}, id="another figure"),
    ],
)
def test_what_does_not_answer(values: dict[str, object], relation: dict[str, str]) -> None:
    quote = accused(after="Veldania denied any part. Omar Reza denied any part.")
    defaults = {
        "article": quote.article,
        "actor": "Veldania",
        "cue": "denied",
        "content": "any part",
        "act": "deny",
    }
    reply = make_quote(**{**defaults, **values})  # type: ignore[arg-type]
    Wording.objects.filter(pk=reply.wording_id).update(is_proposition=False)
    relate(quote, reply, **relation)

    (found,) = received()

    assert found.answer is None


def test_what_the_accuser_says_that_the_accused_said_is_no_answer() -> None:
    quote = accused(after="Veldania denied any part.")
    reply = make_quote(
        article=quote.article, cue="denied", content="any part", act="deny", within=quote
    )
    relate(quote, reply)

    assert received()[0].answer is None


def test_the_quote_in_which_the_accused_tells_of_an_accusation_is_no_answer() -> None:
    quote = accused(after="Veldania denied that Ana Bell accused it.")
    around = make_quote(
        article=quote.article, cue="denied", content="that Ana Bell accused it", act="deny"
    )
    relate(quote, around)
    assert received()[0].answer is not None

    Quote.objects.filter(pk=quote.pk).update(within=around)

    assert received()[0].answer is None


def test_doubt_about_who_accuses_and_who_answers_is_shown(client: Client) -> None:
    quote = accused(after="Veldania denied any part.", actor_confidence=0.5)
    assert page_of(client).count(">unsure<") == 1

    reply = make_quote(
        article=quote.article, cue="denied", content="any part", act="deny", actor_confidence=0.5
    )
    relate(quote, reply)

    assert page_of(client).count(">unsure<") == 2


def test_the_newest_accusations_are_shown_and_all_are_counted() -> None:
    for _ in range(accusations.ACCUSATIONS_SHOWN + 2):
        accused()

    found = profile_of().accusations

    assert len(found.received) == accusations.ACCUSATIONS_SHOWN
    assert found.named == accusations.ACCUSATIONS_SHOWN + 2
    assert profile_of("ana-bell").accusations.made_count == accusations.ACCUSATIONS_SHOWN + 2


# The page


def page_of(client: Client) -> str:
    """The profile, as the actor's page has it."""
    page = client.get("/actors/veldania/").content.decode()
    return page[page.index('id="profile"') : page.index('id="results"')]


def links_with_counts(part: str) -> Iterator[tuple[str, int]]:
    """Each address of the profile that leads to quotes, with the number beside it."""
    for row in re.findall(r'<tr><th scope="row">.*?</tr>', part, re.S):
        address, count = re.search(r'href="([^"]+)"', row), re.search(r"<td>([\d,]+)", row)
        assert address
        assert count
        yield unescape(address[1]), int(count[1])
    for address, count in re.findall(r'<a href="([^"]+)">(\d+) quotes? ', part):
        yield unescape(address), int(count)


def test_every_number_is_the_total_of_the_list_that_it_leads_to(
    client: Client, varied: None
) -> None:
    accused()
    make_quote(
        actor="Veldania", content="Ana Bell of harming Veldania", cue="accused", act="accuse"
    )
    make_quote(actor="Veldania", content="that Ana Bell left", status="rejected")

    found = list(links_with_counts(page_of(client)))

    assert len(found) > 8
    for address, count in found:
        page = client.get(
            address if address.startswith("/") else f"/actors/veldania/{address}"
        ).content.decode()
        assert f'tabindex="-1">{count} quote' in page, address


def test_the_profile_is_of_all_quotes_whatever_the_list_is_narrowed_to(client: Client) -> None:
    make_quote(act="deny")
    make_quote(act="say")

    page = client.get("/actors/veldania/?act=deny").content.decode()

    assert "2 quotes in 2 articles" in page
    assert "1 quote</h2>" in page


def test_a_swap_of_the_list_is_spared_the_queries_of_the_profile(
    client: Client, keep_columns: Callable[[], None]
) -> None:
    quote = make_quote()
    assert quote.actor
    keep_columns()
    with CaptureQueriesContext(connection) as of_profile:
        profile.build_profile(quote.actor)
    with CaptureQueriesContext(connection) as of_page:
        client.get("/actors/veldania/")

    with CaptureQueriesContext(connection) as of_swap:
        client.get("/actors/veldania/", headers={"HX-Request": "true", "HX-Target": "results"})

    assert len(of_profile) > 0
    assert len(of_swap) <= len(of_page) - len(of_profile)


def test_an_actor_of_whom_nothing_stands_has_no_profile(client: Client) -> None:
    make_quote(status="rejected")

    page = client.get("/actors/veldania/").content.decode()

    assert "0 quotes<" in page
    assert 'id="profile"' not in page


@pytest.mark.parametrize("times", [1, 12])
def test_an_actors_page_takes_few_queries_whatever_it_holds(
    client: Client,
    times: int,
    keep_columns: Callable[[], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(times):
        quote = accused(by=f"Accuser {number}", after=f"Veldania denied any part in {number}.")
        reply = make_quote(
            article=quote.article, cue="denied", content=f"any part in {number}", act="deny"
        )
        relate(quote, reply)
        own = make_quote(content=f"Accuser {number} of lying", cue="accused", act="accuse")
        make_detail(own, "target", f"Accuser {number}")
        for _ in range(2):
            make_quote(content=f"that number {number} is safe")

    keep_columns()
    with django_assert_num_queries(13):
        client.get("/actors/veldania/")


def test_hostile_words_are_shown_and_never_run(client: Client) -> None:
    evil = "<script>alert('said')</script>"
    make_actor("Veldania")
    quote = accused(
        by=f"Evil {evil}",
        target=f"Veldania {evil}",
        after=f"Veldania {evil} denied {evil} and more.",
    )
    reply = make_quote(
        article=quote.article,
        source=f"Veldania {evil}",
        cue="denied",
        content=f"{evil} and more",
        act="deny",
    )
    relate(quote, reply)
    make_quote(content=f"{evil} and more", cue="denied")

    page = client.get("/actors/veldania/").content.decode()

    assert "They deny it:" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
