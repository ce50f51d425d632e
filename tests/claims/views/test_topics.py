"""A topic: who says something of it, who denies it and who declined to comment."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.mcp.answers import get_claim
from claims.models import Fingerprint
from tests.claims.views.test_claims import LATE, SAFE, STURDY, join, tell
from tests.claims.views.test_views import text_of
from tests.factories import make_match, make_quote

pytestmark = pytest.mark.django_db


def read_sides(client: Client, query: str) -> dict[str, list[str]]:
    """Whom the page of a topic names on each side, in its order."""
    page = text_of(client, f"/topics/{query}")
    sides = {}
    for section in page.split('<section class="side side-')[1:]:
        name = section.split('"')[0]
        sides[name] = re.findall(r'class="(?:actor|unknown)"[^>]*>([^<]*)<', section)
    return sides


def test_everybody_stands_on_the_side_that_they_take_heard_last_first(client: Client) -> None:
    tell(SAFE, day=1)
    tell(STURDY, actor="Omar Reza", outlet="Northern Wire", day=3)
    tell(STURDY, actor=None, day=2)
    tell("that the bridge was ever closed", actor="Veldania", act="deny", day=4)
    tell("to speak of the bridge", actor="Ruth Okafor", act="no_comment")
    tell(LATE, actor="Nobody Asked")

    sides = read_sides(client, "?q=bridge")

    assert sides == {
        "asserts": ["Omar Reza", "An unidentified speaker", "Ana Bell"],
        "denies": ["Veldania"],
        "answers": ["Ruth Okafor"],
    }


def test_a_denial_and_an_answer_are_found_though_they_lack_the_words(client: Client) -> None:
    safe = tell(SAFE)
    denial = tell("any such safety", actor="Veldania", act="deny")
    make_match(safe, denial)
    make_match(
        safe, tell("to say more", actor="Omar Reza", act="no_comment"), kind="answers", score=0.8
    )
    make_match(tell(LATE), tell("all of it", actor="Nobody Asked", act="deny"))
    make_match(safe, tell("it all", actor="Not Yet Sure", act="deny"), status="proposed")

    page = text_of(client, "/topics/?q=wagons")

    assert read_sides(client, "?q=wagons") == {
        "asserts": ["Ana Bell"],
        "denies": ["Veldania"],
        "answers": ["Omar Reza"],
    }
    answer = page.split(">Veldania</a>")[1].split("</li>")[0]
    assert f'denies <a href="/claims/{safe.wording_id}/" dir="auto">{SAFE}</a>' in answer


def test_who_says_the_same_in_other_words_speaks_of_it_too(client: Client) -> None:
    join(tell(SAFE, day=2), tell("that it will hold", actor="Omar Reza", day=1))

    assert read_sides(client, "?q=wagons") == {"asserts": ["Ana Bell", "Omar Reza"]}


def test_who_declined_to_comment_in_such_an_article_is_named_unless_asked_something_else(
    client: Client,
) -> None:
    article = tell(SAFE).article
    article.text += " Omar Reza declined to comment. Ruth Okafor would not discuss fares."
    article.save()
    make_quote(
        article=article,
        actor="Omar Reza",
        cue="declined",
        content="to comment",
        act="no_comment",
    )
    fares = make_quote(
        article=article,
        actor="Ruth Okafor",
        cue="would not discuss",
        content="fares",
        act="no_comment",
    )
    make_match(tell(LATE), fares, kind="answers")

    page = text_of(client, "/topics/?q=wagons")

    assert read_sides(client, "?q=wagons")["answers"] == ["Omar Reza"]
    assert "in an article in which others speak of it" in page


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("outlet=northern-wire", {"asserts": ["Omar Reza"]}),
        ("since=2024-03-05", {"denies": ["Veldania"]}),
        ("until=2024-03-02", {"asserts": ["Ana Bell"]}),
        ("actor=veldania", {"denies": ["Veldania"]}),
        ("side=denies", {"denies": ["Veldania"]}),
        ("side=questions", {}),
    ],
)
def test_a_topic_can_be_narrowed(client: Client, query: str, named: dict[str, list[str]]) -> None:
    safe = tell(SAFE, day=1)
    tell(STURDY, actor="Omar Reza", outlet="Northern Wire", day=3)
    make_match(safe, tell("any such safety", actor="Veldania", act="deny", day=5))

    assert read_sides(client, f"?q=bridge&{query}") == named


def test_of_a_speaker_the_latest_quote_is_shown_and_the_others_are_a_click_away(
    client: Client,
) -> None:
    for day in range(1, 5):
        tell(f"that the bridge has {day} arches", day=day)

    page = text_of(client, "/topics/?q=bridge")

    assert "that the bridge has 4 arches" in page
    assert "that the bridge has 3 arches" not in page
    found = re.findall(r'href="(\?[^"]*)">3 others', page)
    every = text_of(client, f"/topics/{found[0].replace('&amp;', '&')}")
    assert len(re.findall("that the bridge has . arches", every)) == 4


def test_many_speakers_are_shown_in_part_and_all_of_a_side_in_pages(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("claims.pages.topics.SPEAKERS_SHOWN", 2)
    monkeypatch.setattr("claims.pages.topics.SPEAKERS_PER_PAGE", 3)
    for number in range(5):
        said = tell(f"that the bridge has {number} arches", actor=f"Speaker {number}", day=1)
        make_match(said, tell(f"plan {number}", actor=f"Denier {number}", act="deny"))

    with django_assert_max_num_queries(5 + len(("columns", "about"))):  # read in a transaction
        sides = read_sides(client, "?q=bridge")
    second = read_sides(client, "?q=bridge&side=denies&page=2")

    assert [len(named) for named in sides.values()] == [2, 2]
    assert ">All 5<" in text_of(client, "/topics/?q=bridge")
    assert [len(named) for named in second.values()] == [2]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "Type what it is about"),
        ("?q=", "Type what it is about"),
        ("?q=the+of", "only words too common"),
        ("?q=submarine", "Nobody spoke on this in these articles"),
        ("?q=bridge&side=maybe", "There is no side “maybe”"),
        ("?q=bridge&outlet=nowhere", "There is no outlet “nowhere”."),
    ],
)
def test_what_finds_nothing_says_so(client: Client, query: str, told: str) -> None:
    tell(SAFE)

    assert told in text_of(client, f"/topics/{query}")


def test_without_words_whom_most_quotes_name_is_offered(client: Client) -> None:
    tell(SAFE, actor="Ana Bell")
    tell("that Ana Bell is wrong", actor="Omar Reza")

    assert 'href="?q=Ana%20Bell"' in text_of(client, "/topics/")


def test_a_copy_counts_only_where_every_copy_is_asked_for(client: Client) -> None:
    first, second = tell(SAFE), tell(SAFE, outlet="Northern Wire", day=6)
    for article in (first.article, second.article):
        Fingerprint.objects.create(article=article, bands=[], shared_text=7)

    assert "1 quote on" in text_of(client, "/topics/?q=bridge")
    assert "2 quotes on" in text_of(client, "/topics/?q=bridge&copies=all")


def test_who_denies_or_questions_the_words_of_a_denial_denies_nothing(client: Client) -> None:
    said = tell("that the vaccine is safe for everybody")
    against = "that syringes make children ill"
    make_match(said, tell(against, actor="Omar Reza"))
    denial_of_it = tell(against, actor="Zora Lind", act="deny")
    tell(against, actor="Jon Okafor", act="question")

    sides = read_sides(client, "?q=vaccine")
    page = text_of(client, f"/claims/{said.claim_id}/")
    disputes = client.get("/disputes.jsonfeed").json()["items"]
    (dispute,) = [each["content_html"] for each in disputes if "vaccine" in each["title"]]
    quote_page = text_of(client, f"/quotes/{said.pk}/")
    other_page = text_of(client, f"/quotes/{denial_of_it.pk}/")

    assert sides == {"asserts": ["Ana Bell"], "denies": ["Omar Reza"]}
    for shown in (page, dispute, quote_page):
        assert "Omar Reza" in shown
        assert "Zora Lind" not in shown
        assert "Jon Okafor" not in shown
    assert "vaccine" not in other_page
    told = get_claim("https://news.example", said.claim_id, 10)
    assert "Zora Lind" not in str(told)
