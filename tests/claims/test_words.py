from datetime import UTC, date, datetime

import pytest

from claims.templatetags.words import day


@pytest.mark.parametrize(
    ("of", "written"),
    [
        pytest.param(date(2024, 3, 5), '<time datetime="2024-03-05">5 March 2024</time>', id="a date"),
        pytest.param(date(987, 11, 30), '<time datetime="0987-11-30">30 November 987</time>', id="long ago"),
        pytest.param(
            datetime(2024, 3, 5, 23, tzinfo=UTC), '<time datetime="2024-03-05">5 March 2024</time>', id="a moment"
        ),
    ],
)
def test_a_day_is_written_for_people_and_for_programs(of: date, written: str) -> None:
    assert day(of) == written
