from datetime import UTC, date, datetime

import pytest

from claims.models import Actor, Quote
from claims.overview import Count, Name
from claims.templatetags.counts import cells, linked, named
from claims.templatetags.words import as_written, day, speaker

EVIL = '"><script>'
ESCAPED = "&quot;&gt;&lt;script&gt;"


@pytest.mark.parametrize(
    ("of", "written"),
    [
        pytest.param(date(2024, 3, 5), '<time datetime="2024-03-05">5 March 2024</time>', id="a date"),
        pytest.param(date(987, 11, 30), '<time datetime="0987-11-30">30 November 987</time>', id="long ago"),
        pytest.param(datetime(2024, 3, 5, 23, tzinfo=UTC), '<time datetime="2024-03-05">5 March 2024</time>', id="a moment"),
    ],
)
def test_a_day_is_written_for_people_and_for_programs(of: date, written: str) -> None:
    assert day(of) == written


@pytest.mark.parametrize(
    ("status", "confidence", "doubted"),
    [
        pytest.param("unreviewed", 0.69, True, id="not sure"),
        pytest.param("unreviewed", 0.7, False, id="sure"),
        pytest.param("unreviewed", None, False, id="not measured"),
        pytest.param("accepted", 0.1, False, id="a person has said so"),
    ],
)
def test_a_speaker_is_called_unsure_until_a_person_has_decided(status: str, confidence: float | None, doubted: bool) -> None:
    quote = Quote(actor=Actor(slug="ana", name=EVIL), status=status, actor_confidence=confidence)

    written = speaker(quote)

    assert written.startswith(f'<a class="actor" href="/actors/ana/" dir="auto">{ESCAPED}</a>')
    assert ('title="The speaker may be wrong: confidence 69%">unsure<' in written) is doubted


def test_a_speaker_who_is_not_clear_is_unknown() -> None:
    assert speaker(Quote(actor=None)) == '<span class="unknown">Unknown speaker</span>'


SOURCE, CUE = f'<span class="source">{ESCAPED}</span>', f'<span class="cue">said {ESCAPED}</span>'


@pytest.mark.parametrize(
    ("source", "start", "written"),
    [
        pytest.param(EVIL, 0, f"{SOURCE} {CUE}", id="who comes first"),
        pytest.param(EVIL, 90, f"{CUE} {SOURCE}", id="who comes last"),
        pytest.param("", None, CUE, id="nobody"),
    ],
)
def test_source_and_cue_stand_in_the_order_of_the_article(source: str, start: int | None, written: str) -> None:
    quote = Quote(source_text=source, source_start=start, cue=f"said {EVIL}", cue_start=40)

    assert as_written(quote) == written


def test_a_number_leads_to_its_quotes_and_nothing_leads_nowhere() -> None:
    some, none = Count(1234, f"act=say&q={EVIL}", "under 1%", 2), Count(0, "")

    assert linked(some, "/") == f'<a href="/?act=say&amp;q={ESCAPED}">1,234</a>'
    assert linked(none, "/") == ""
    assert cells([some, none], "/") == f'<td class="tone-2">{linked(some, "/")} <small>under 1%</small></td><td></td>'


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param(Name("ana", EVIL, "/actors/ana/"), f'<a href="/actors/ana/" dir="auto">{ESCAPED}</a>', id="with a page"),
        pytest.param(Name("unknown", "Unknown speaker"), '<span class="unknown">Unknown speaker</span>', id="without one"),
        pytest.param(
            Name("ana", "Ana", "/actors/ana/", EVIL),
            f'<a href="/actors/ana/" dir="auto">Ana</a> <small class="qualifier" dir="auto">{ESCAPED}</small>',
            id="one of two",
        ),
    ],
)
def test_a_name_leads_to_its_page_and_is_told_from_others(name: Name, written: str) -> None:
    assert named(name) == written
