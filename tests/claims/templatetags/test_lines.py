"""A quote as a line of a list, and an accusation, in which no text of an article is more than text."""

from datetime import date
from typing import Any

import pytest

from claims.models import Actor, Article, Outlet, Quote
from claims.outputs.tellers import NOBODY, Teller
from claims.pages.accusations import Accusation, AccusationAnswer, AnswerRelation
from claims.pages.charts import ChartRow
from claims.pages.hanging import mark_hanging
from claims.search.filters import Filters
from claims.search.histogram import HistogramBar
from claims.templatetags.counts import bar_rows, chart_rows, narrowing_bars
from claims.templatetags.lines import accusation_item, line

EVIL = '"><script>'
ESCAPED = "&quot;&gt;&lt;script&gt;"


def hostile(pk: int = 7, **values: object) -> Quote:
    """A quote of which everything that an article or a person may write is hostile."""
    article = Article(pk=3, title=EVIL, outlet=Outlet(name=EVIL), published_on=date(2024, 3, 5))
    actor = Actor(pk=2, slug="ana", name=EVIL)
    texts = {"cue": f"denied {EVIL}", "content": EVIL, "source_text": EVIL, "source_start": 0}
    places = {"cue_start": 9, "cue_end": 18}
    given: dict[str, Any] = {
        "actor": actor,
        "act": "deny",
        "kind": "direct",
        "stance": "denies",
        **texts,
        **places,
        **values,
    }
    quote = Quote(pk=pk, article=article, **given)
    quote.why = [("has", [EVIL, EVIL]), ("names", [EVIL])]
    quote.says_from, quote.says_to, quote.bridge, quote.hearer = 19, 31, EVIL, EVIL
    quote.teller = NOBODY
    return quote


def test_a_line_shows_what_it_is_asked_for_and_no_more() -> None:
    bare = line(hostile(), article=False)

    assert 'aria-label="Quote 7"' in bare
    for part in ('class="why"', 'class="stance', 'class="place"', 'class="around"'):
        assert part not in bare
    whole = line(hostile(), listed=True, stance=True)
    for part in (
        'class="why"',
        '<span class="stance stance-denies">',
        'class="place"',
        'class="around"',
    ):
        assert part in whole


def test_a_line_says_why_it_is_there() -> None:
    words = f'<q dir="auto">{ESCAPED}</q>'

    assert f"Why it is here: </span>has {words}, {words}; names {words}</p>" in line(
        hostile(), listed=True
    )


def test_a_line_tells_last_who_told_what_it_stands_within() -> None:
    quote = hostile(within_id=8)
    quote.teller = Teller(EVIL, "asserts", 7)

    assert f', <a class="within" href="/quotes/7/">according to {ESCAPED}</a></p>' in line(quote)


@pytest.mark.parametrize(
    ("stance", "told"), [("denies", "Denied by"), ("questions", "Questioned by")]
)
def test_a_line_tells_first_that_what_it_stands_within_was_denied(stance: str, told: str) -> None:
    quote = hostile(within_id=8)
    quote.teller = Teller(EVIL, stance, 7)

    begun = f'dir="auto"><a class="within" href="/quotes/7/">{told} {ESCAPED}</a>: '
    assert begun in line(quote)


@pytest.mark.parametrize(("stance", "told"), [("asserts", False), ("denies", True)])
def test_a_quote_hangs_under_the_one_it_stands_within_and_still_says_that_it_was_denied(
    stance: str, told: bool
) -> None:
    outer, quote, other = hostile(8), hostile(9, within_id=8), hostile(10)
    quote.teller = Teller("Ana Bell", stance, 8)

    mark_hanging([outer, quote, other])

    assert [each.hangs for each in (outer, quote, other)] == [0, 1, 0]
    assert ("Ana Bell" in line(quote)) is told


def test_who_and_the_verb_stand_before_the_words() -> None:
    quote = hostile(cue="denied", content="any part in it", kind="indirect")
    quote.bridge = quote.hearer = ""

    assert (
        f'<a class="actor" href="/actors/ana/" dir="auto">{ESCAPED}</a> '
        '<em class="verb verb-deny"><bdi>denied</bdi></em> <bdi class="said">any part in it</bdi></p>'
    ) in line(quote)


@pytest.mark.parametrize(
    ("status", "confidence", "doubted"),
    [
        pytest.param("unreviewed", 0.69, True, id="not sure"),
        pytest.param("unreviewed", 0.7, False, id="sure"),
        pytest.param("unreviewed", None, False, id="not measured"),
        pytest.param("accepted", 0.1, False, id="a person has said so"),
    ],
)
def test_a_speaker_is_called_unsure_until_a_person_has_decided(
    status: str, confidence: float | None, doubted: bool
) -> None:
    written = line(hostile(status=status, actor_confidence=confidence))

    assert ('title="The speaker may be wrong: 69% sure">unsure<' in written) is doubted
    assert ("checked by a curator" in written) is (status == "accepted")


def test_a_speaker_who_is_not_stored_has_no_page_and_one_not_clear_is_unknown() -> None:
    unstored, unclear = hostile(actor=Actor(name=EVIL)), hostile(actor=None)

    assert f'<b class="actor" dir="auto">{ESCAPED}</b>' in line(unstored)
    unknown = '<span class="unknown">An unidentified speaker</span>'
    assert f"{unknown} (“<bdi>{ESCAPED}</bdi>”)" in line(unclear)


def test_of_a_long_quote_the_beginning_is_shown_and_where_the_rest_is() -> None:
    short, long = line(hostile(content="a" * 600)), line(hostile(content="<" * 701))

    assert "The whole quote" not in short
    assert "&lt;" * 639 + "…" in long
    assert ">The whole quote<" in long


@pytest.mark.parametrize("how", ["same claim", "denies", "answers", None])
def test_hostile_words_stay_words_in_lines_and_accusations(how: AnswerRelation | None) -> None:
    answer = AccusationAnswer(how, hostile(9)) if how else None
    named = (Actor(slug="omar", name=EVIL),)

    for made in (
        line(hostile(within_id=8), listed=True, stance=True),
        accusation_item(Accusation(hostile(), [EVIL], True, answer)),
        accusation_item(Accusation(hostile(), [EVIL], named=named)),
        chart_rows([ChartRow(EVIL, 1, EVIL, EVIL, EVIL, EVIL)]),
        narrowing_bars(
            [HistogramBar(date(2024, 3, 5), date(2024, 3, 5), EVIL, 1, Filters(), 0, 1, 1)], EVIL
        ),
        bar_rows([HistogramBar(date(2024, 3, 5), date(2024, 3, 5), EVIL, 1, Filters(), 0, 1, 1)]),
    ):
        assert ESCAPED in made
        assert EVIL not in made


def test_only_what_denies_is_called_a_denial() -> None:
    said: dict[str, Any] = {"cue": "said", "act": "say"}
    called = {
        how: accusation_item(
            Accusation(hostile(**said), [], True, AccusationAnswer(how, hostile(9, **said)))
        )
        for how in ("same claim", "denies", "answers")
    }

    assert [how for how, made in called.items() if "deny" not in made] == ["answers"]
    assert "No answer found" in accusation_item(Accusation(hostile(), [], True))
