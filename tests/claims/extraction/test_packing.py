from datetime import date, datetime

import srsly

from claims.extraction.packing import pack_value, unpack_value
from claims.extraction.schema import Attribution, Detail, RunnerUp, Span, Speaker


def test_a_quote_comes_back_from_its_bytes_as_it_was() -> None:
    rival = RunnerUp("Eva Reza", "person", 0.2)
    quote = Attribution(
        Span(0, 3),
        Span(4, 8),
        (Span(10, 17), Span(20, 24)),
        "direct",
        "say",
        0.9,
        Speaker("Ana Bell", "person", 0.7, "pronoun", runners_up=(rival,)),
        details=(Detail("hedge", Span(11, 14)),),
        said_on=date(2024, 3, 6),
    )

    again = srsly.msgpack_loads(srsly.msgpack_dumps(quote))

    assert again == quote
    assert again.speaker.runners_up == (rival,)


def test_what_is_not_ours_is_left_to_the_next_encoder() -> None:
    moment = datetime(2024, 3, 6, 12, 0)

    assert pack_value(moment) is moment
    assert pack_value(moment, chain=str) == "2024-03-06 12:00:00"
    assert unpack_value({"a": 1}) == {"a": 1}
    assert unpack_value({"a": 1}, chain=len) == 1
