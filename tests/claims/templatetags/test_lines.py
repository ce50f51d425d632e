"""A quote as a line of a list, and an accusation, in which no text of an article is more than text."""

from datetime import date

import pytest

from claims.models import Actor, Article, Outlet, Quote
from claims.pages.accusations import Accusation, AccusationAnswer, AnswerRelation
from claims.pages.charts import ChartRow
from claims.search.filters import Filters
from claims.search.histogram import HistogramBar
from claims.templatetags.counts import bar_rows, chart_rows, narrowing_bars
from claims.templatetags.lines import accusation_item, line, outer_quote

EVIL = '"><script>'
ESCAPED = "&quot;&gt;&lt;script&gt;"


def hostile(pk: int = 7, **values: object) -> Quote:
    """A quote of which everything that an article or a person may write is hostile."""
    article = Article(pk=3, title=EVIL, outlet=Outlet(name=EVIL), published_on=date(2024, 3, 5))
    actor = Actor(pk=2, slug="ana", name=EVIL)
    texts = {"cue": EVIL, "content": EVIL, "source_text": EVIL, "source_start": 0, "cue_start": 9}
    quote = Quote(
        pk=pk,
        article=article,
        actor=actor,
        act="deny",
        kind="direct",
        stance="denies",
        **texts,
        **values,
    )
    quote.why = [("has", [EVIL, EVIL]), ("names", [EVIL])]
    return quote


def test_a_line_shows_what_it_is_asked_for_and_no_more() -> None:
    bare = line(hostile(), outer=False, article=False)

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


@pytest.mark.parametrize(
    ("stance", "verb"), [("asserts", "said"), ("denies", "denied"), ("questions", "questioned")]
)
def test_a_line_tells_that_what_it_stands_within_was_denied(stance: str, verb: str) -> None:
    outer = hostile(8)
    outer.stance = stance

    assert f"</bdi> {verb}</a>" in outer_quote(hostile(within=outer, within_id=8))


@pytest.mark.parametrize(("status", "told"), [("unreviewed", True), ("rejected", False)])
def test_a_line_tells_the_quote_that_it_stands_within_unless_a_curator_rejected_that(
    status: str, told: bool
) -> None:
    outer = hostile(8, status=status)
    outer.stance = "asserts"
    quote = hostile(within=outer, within_id=8)

    shown = f'<p class="within">Within what <a href="/quotes/8/"><bdi>{ESCAPED}</bdi> said</a></p>'
    assert outer_quote(quote) == (shown if told else "")
    assert (shown in line(quote)) is told


@pytest.mark.parametrize("how", ["same claim", "denies", "answers", None])
def test_hostile_words_stay_words_in_lines_and_accusations(how: AnswerRelation | None) -> None:
    answer = AccusationAnswer(how, hostile(9)) if how else None
    named = (Actor(slug="omar", name=EVIL),)

    for made in (
        line(hostile(within=hostile(8), within_id=8), listed=True, stance=True),
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
    called = {
        how: accusation_item(Accusation(hostile(), [], True, AccusationAnswer(how, hostile(9))))
        for how in ("same claim", "denies", "answers")
    }

    assert [how for how, made in called.items() if "deny" not in made] == ["answers"]
    assert "No answer found" in accusation_item(Accusation(hostile(), [], True))
