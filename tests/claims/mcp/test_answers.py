"""What an assistant is told: sentences that keep their denials, with their links and doubts."""

from datetime import date
from typing import Any

import pytest

from claims.mcp import answers
from claims.models import Claim, Wording
from claims.models.refusals import Refused
from tests.factories import make_actor, make_article, make_match, make_quote

pytestmark = pytest.mark.django_db
SITE = "https://news.example"


def search(limit: int = 10, **asked: str) -> answers.Quotes:
    return answers.search_quotes(SITE, asked, limit)


def test_a_quote_is_told_as_a_sentence_with_its_link_and_its_doubt() -> None:
    quote = make_quote(cue="denied", act="deny", content="that the bridge is safe")

    (told,) = search(actor="Veldania").quotes

    assert told.sentence == "Veldania denied that the bridge is safe (Harbour Herald, 5 Mar 2024)."
    assert told.link == f"{SITE}/quotes/{quote.pk}/"
    assert (told.stance, told.claim) == ("denies", quote.claim_id)
    assert told.doubt == (
        "Found by a program, checked by nobody: 90% sure that it is a quote, and 90% that this is"
        " the speaker."
    )


@pytest.mark.parametrize(
    ("values", "doubt"),
    [
        ({"actor_confidence": 0.5}, "The speaker may well be somebody else."),
        ({"actor": None, "source": "one engineer"}, "Who said it is not clear."),
        ({"confidence": 0.4}, "It may be no quote, or begin or end elsewhere."),
        ({"status": "accepted"}, "A person checked this quote and accepted it."),
        ({"status": "corrected"}, "A person checked this quote and corrected it."),
    ],
)
def test_every_doubt_is_told_in_words(values: dict[str, Any], doubt: str) -> None:
    make_quote(**values)

    (told,) = search().quotes

    assert told.doubt.endswith(doubt)


def test_no_more_is_told_than_was_asked_for_and_how_many_there_are() -> None:
    for day in (1, 2, 3):
        article = make_article("Veldania said it is safe.", published_on=date(2024, 3, day))
        make_quote(article=article, content="it is safe")

    found = search(limit=2, since="2024-03-01", actor="veldania")

    assert (found.total, [quote.published_on for quote in found.quotes]) == (
        3,
        [date(2024, 3, 3), date(2024, 3, 2)],
    )
    assert found.page == f"{SITE}/?actor=veldania&since=2024-03-01"
    assert answers.limit_rows(10_000) == answers.MOST_ROWS


def test_a_speaker_may_be_named_in_any_way_that_is_clear() -> None:
    quote = make_quote(actor=make_actor("Ruth Okafor", "person", names=("Mayor Okafor",)))

    for name in ("ruth-okafor", "Ruth Okafor", "Mayor Okafor", "ruth"):
        assert [told.quote for told in search(actor=name).quotes] == [quote.pk], name


def test_a_name_that_may_be_several_is_refused_with_whom_it_may_mean() -> None:
    for name in ("Ruth Okafor", "Ruth Bell"):
        make_quote(actor=make_actor(name, "person"))

    with pytest.raises(Refused, match=r"`ruth-okafor`\).*`ruth-bell`.*one of the slugs"):
        search(actor="Ruth")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"actor": "Nobody"}, "Nobody called “Nobody” is quoted here"),
        ({"outlet": "Nowhere"}, "There is no outlet “Nowhere”"),
        ({"act": "shout"}, "There is no act “shout”; there are"),
        ({"since": "yesterday"}, "since"),
        ({"q": "the"}, "too common to search for"),
        ({"q": "x" * 301}, "longer than 300 characters"),
        ({"q": "a\0b"}, "holds NUL"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        search(**asked)


def test_a_claim_is_told_with_who_denies_it_in_other_words() -> None:
    said = make_quote(actor="Veldania", content="the bridge is safe")
    denied = make_quote(actor="Ana Bell", content="the bridge will fall", cue="warned", act="warn")
    make_match(said, denied, "denies")

    told = answers.get_claim(SITE, said.claim_id, 5)

    assert told.about == "the bridge is safe"
    assert {side.side: [quote.quote for quote in side.quotes] for side in told.sides} == {
        "asserts": [said.pk],
        "denies": [denied.pk],
    }


def test_a_claim_is_found_by_the_number_of_any_of_its_wordings() -> None:
    first, second = make_quote(content="it is safe"), make_quote(content="it is quite safe")
    Wording.objects.filter(pk=second.wording_id).update(claim=first.claim_id)
    Claim.objects.filter(pk=second.wording_id).delete()

    assert answers.find_claim(second.wording_id).pk == first.claim_id


@pytest.mark.usefixtures("varied")
def test_a_topic_is_told_by_sides() -> None:
    told = answers.find_who_said(SITE, "bridge", "", "", 5)

    assert {side.side: side.speakers for side in told.sides} == {"asserts": 2, "questions": 1}
    assert told.total == 3
    assert told.page == f"{SITE}/topics/?q=bridge"
    dated = answers.find_who_said(SITE, "bridge", "2024-01-02", "2024-12-30", 5)
    assert dated.page == f"{SITE}/topics/?since=2024-01-02&until=2024-12-30&q=bridge"
    with pytest.raises(Refused, match="Give words"):
        answers.find_who_said(SITE, "", "", "", 5)


def test_an_actor_and_an_article_are_told_with_their_quotes() -> None:
    quote = make_quote(actor=make_actor("Ruth Okafor", "person", names=("Mayor Okafor",)))
    make_quote(
        status="rejected",
        article=quote.article,
        content="is safe",
        source="the bridge",
        actor=None,
        cue="the bridge",
    )

    actor = answers.get_actor(SITE, "Mayor Okafor", 5)
    article = answers.get_article(SITE, quote.article_id, 5)

    assert (actor.slug, actor.names) == ("ruth-okafor", ["Mayor Okafor", "Ruth Okafor"])
    assert [told.quote for told in actor.latest] == [quote.pk]
    assert (article.outlet, article.total) == ("Harbour Herald", 1)
    assert [told.quote for told in article.quotes] == [quote.pk]
    for refused in (
        lambda: answers.get_article(SITE, 999_999, 5),
        lambda: answers.get_claim(SITE, 999_999, 5),
        lambda: answers.list_changes(SITE, "soon", 5),
        lambda: answers.limit_rows(0),
    ):
        with pytest.raises(Refused):
            refused()
