from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.models import Article, Outlet, Quote
from claims.pages.charts import LinkedCount
from claims.pages.overview_tables import OverviewName
from claims.pages.reasons import phrase_evidence
from claims.relating.reading import list_reasons
from claims.search.facets import Facet, FacetValue
from claims.templatetags.counts import count_cells, count_link, facet_values, name_link
from claims.templatetags.words import (
    ago,
    as_written,
    context_fold,
    day,
    language_name,
    place,
)

EVIL = '"><script>'
ESCAPED = "&quot;&gt;&lt;script&gt;"


@pytest.mark.parametrize(
    ("of", "written"),
    [
        pytest.param(
            date(2024, 3, 5), '<time datetime="2024-03-05">5 March 2024</time>', id="a date"
        ),
        pytest.param(
            date(987, 11, 30), '<time datetime="0987-11-30">30 November 987</time>', id="long ago"
        ),
        pytest.param(
            datetime(2024, 3, 5, 23, tzinfo=UTC),
            '<time datetime="2024-03-05">5 March 2024</time>',
            id="a moment",
        ),
    ],
)
def test_a_day_is_written_for_people_and_for_programs(of: date, written: str) -> None:
    assert day(of) == written


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=90), "1\xa0minute ago"),
        (timedelta(hours=2), "2\xa0hours ago"),
    ],
    ids=str,
)
def test_how_long_ago_something_was_is_told_as_people_do(passed: timedelta, told: str) -> None:
    assert ago(timezone.now() - passed) == told


@pytest.mark.parametrize(
    ("code", "name"), [("en", "English"), ("en-GB", "British English"), ("x-klingon", "x-klingon")]
)
def test_a_language_is_called_by_its_name_where_that_is_known(code: str, name: str) -> None:
    assert language_name(code) == name


SOURCE, CUE = f'<span class="source">{ESCAPED}</span>', f'<span class="cue">said {ESCAPED}</span>'


@pytest.mark.parametrize(
    ("source", "start", "written"),
    [
        pytest.param(EVIL, 0, f"{SOURCE} {CUE}", id="who comes first"),
        pytest.param(EVIL, 90, f"{CUE} {SOURCE}", id="who comes last"),
        pytest.param("", None, CUE, id="nobody"),
    ],
)
def test_source_and_cue_stand_in_the_order_of_the_article(
    source: str, start: int | None, written: str
) -> None:
    quote = Quote(source_text=source, source_start=start, cue=f"said {EVIL}", cue_start=40)

    assert as_written(quote) == written


def test_a_number_leads_to_its_quotes_and_nothing_leads_nowhere() -> None:
    some, none = LinkedCount(1234, f"act=say&q={EVIL}", "under 1%", 2), LinkedCount(0, "")

    assert count_link(some, "/") == f'<a href="/?act=say&amp;q={ESCAPED}">1,234</a>'
    assert count_link(none, "/") == ""
    assert (
        count_cells([some, none], "/")
        == f'<td class="tone-2">{count_link(some, "/")} <small>under 1%</small></td><td></td>'
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param(
            OverviewName("ana", EVIL, "/actors/ana/"),
            f'<a href="/actors/ana/" dir="auto">{ESCAPED}</a>',
            id="with a page",
        ),
        pytest.param(
            OverviewName("unknown", "Unknown speaker"),
            '<span class="unknown">Unknown speaker</span>',
            id="without one",
        ),
        pytest.param(
            OverviewName("ana", "Ana", "/actors/ana/", EVIL),
            f'<a href="/actors/ana/" dir="auto">Ana</a> <small class="qualifier" dir="auto">{ESCAPED}</small>',
            id="one of two",
        ),
    ],
)
def test_a_name_leads_to_its_page_and_is_told_from_others(name: OverviewName, written: str) -> None:
    assert name_link(name) == written


def test_a_value_of_a_filter_is_offered_with_what_it_leaves() -> None:
    chosen, other = (
        FacetValue("ana", EVIL, 1234, True, f"q={EVIL}"),
        FacetValue("omar", "Omar", 0, False, "", EVIL),
    )

    written = facet_values(Facet("actor", "Who", [chosen, other], 0, ""), f"/actors/{EVIL}/")

    assert written == (
        f'<li><a id="actor-ana" href="?q={ESCAPED}" hx-get="/actors/{ESCAPED}/?q={ESCAPED}" class="chosen" aria-current="true">'
        f'<span class="label" dir="auto">{ESCAPED}</span> <span class="count">1,234</span></a></li>'
        f'<li><a id="actor-omar" href="?" hx-get="/actors/{ESCAPED}/?"><span class="label" dir="auto">Omar '
        f'<small class="qualifier" dir="auto">{ESCAPED}</small></span> <span class="count">0</span></a></li>'
    )


def test_a_quote_unfolds_its_paragraph_and_leads_there_without_a_script() -> None:
    written = context_fold(Quote(pk=7, kind="mixed", cue="said"))

    assert "(partly in quotation marks)" in written
    assert f'hx-get="{reverse("quote-context", args=[7])}"' in written
    assert '<a href="/quotes/7/">Read it in its paragraph</a>' in written


def test_a_quote_stands_in_its_article_of_an_outlet_and_a_day() -> None:
    article = Article(pk=3, title=EVIL, outlet=Outlet(name=EVIL), published_on=date(2024, 3, 5))

    assert place(Quote(pk=7, article=article, cue_start=9)) == (
        f'<span class="place"><span class="outlet" dir="auto">{ESCAPED}</span>, '
        f'<time datetime="2024-03-05">5 March 2024</time></span> '
        f'<a class="title" href="/articles/3/#quote-7" dir="auto">{ESCAPED}</a>'
    )


def test_each_reason_for_which_wordings_are_joined_has_words_for_readers() -> None:
    every_feature: dict[str, float] = defaultdict(lambda: 5.0)

    reasons = list(list_reasons(every_feature))

    assert len(reasons) >= 7
    assert all(phrase_evidence(reason) for reason in reasons)
