"""Characters that break words, and those that stand for others, before a text is read."""

import pytest

from claims.extraction.schema import Span
from claims.extraction.text.cleaning import clean_text, list_names_shortened


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("Ana Bell sa\u00adid", "Ana Bell said", id="a soft hyphen"),
        pytest.param("clo\u200bsed\ufeff", "closed", id="characters without width"),
        pytest.param("\u202aAna\u202c", "Ana", id="marks of direction"),
        pytest.param("cut\u00ad\nting", "cut\u00ad\nting", id="a hyphen at the end of a line"),
        pytest.param("Jose\u0301 Nun\u0303ez", "José Nuñez", id="accents apart"),
        pytest.param("o\ufb03ce", "office", id="a ligature"),
        pytest.param("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", id="one smiley of several"),
        pytest.param("می\u200cروم", "می\u200cروم", id="what other scripts need"),
        pytest.param("&ldquo;So&#39;s it&amp;quot;", "“So's it\"", id="entities"),
        pytest.param("R&D; a &zzz; b", "R&D; a &zzz; b", id="no entities"),
        pytest.param(
            "â€œIt isnâ€™tâ€\u009d â€“ Â£5, JosÃ©", "“It isn’t” – £5, José", id="wrong encoding"
        ),
        pytest.param(
            "â€œIt isâ€, he said", "“It is”, he said", id="a mark that lost its last byte"
        ),
        pytest.param("MAÇÃ” «à» Ärzte», é", "MAÇÃ” «à» Ärzte», é", id="letters that are right"),
        pytest.param(
            "at https://a.example/b_c.html?x=1&y=2.", "at link.", id="an address, and a full stop"
        ),
        pytest.param("to ana_bell@news.example,", "to link,", id="a mail"),
        pytest.param("the final_T3.v2.pdf of May", "the link of May", id="a file"),
        pytest.param("said news.example.", "said newsexample.", id="a host"),
        pytest.param("at 5 p.m. in the U.S.A. of 2.5", "at 5 p.m. in the U.S.A. of 2.5", id="none"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_text(text).text == cleaned


def test_what_is_read_is_found_in_the_text_as_it_was() -> None:
    text = "Mar\u00adgaret Os\u200bgood said “&nbsp;it isn&rsquo;t at https://a.example/x.”"
    cleaned = clean_text(text)

    found = {}
    for words in ("Margaret Osgood", "it isn’t", "link"):
        start = cleaned.text.index(words)
        found[words] = cleaned.find_original(Span(start, start + len(words))).of(text)

    assert found == {
        "Margaret Osgood": "Mar\u00adgaret Os\u200bgood",
        "it isn’t": "it isn&rsquo;t",
        "link": "https://a.example/x",
    }


def test_a_host_may_be_a_name() -> None:
    text = "It was closed, news.example said."

    assert list_names_shortened(text, clean_text(text)) == {"newsexample": "news.example"}
