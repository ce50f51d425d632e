from claims.passages.excerpts import build_excerpt, find_paragraphs
from claims.passages.marking import Mark, MarkedParagraph

TEXT = "Ana Bell said Omar Reza told her that the bridge is safe.\n\nThe mayor denied it."


def written(paragraph: MarkedParagraph) -> str:
    return "".join(segment.text for segment in paragraph)


def test_an_excerpt_is_the_paragraph_of_the_quote() -> None:
    start = TEXT.index("denied")
    denied = Mark(start, start + len("denied"), "cue", 1)

    found = build_excerpt(TEXT, [denied])

    assert [written(line) for line in found.paragraphs] == ["The mayor denied it."]
    assert (found.cut_before, found.cut_after) == (False, False)


def test_an_excerpt_of_a_long_paragraph_says_that_it_is_cut() -> None:
    text = "x " * 1000 + "She agreed" + " y" * 1000
    agreed = Mark(2004, 2010, "cue", 1)

    found = build_excerpt(text, [agreed], reach=20)

    assert "agreed" in [segment.text for segment in found.paragraphs[0] if segment.marks]
    assert (found.cut_before, found.cut_after) == (True, True)
    assert len(written(found.paragraphs[0])) < 50


def test_an_excerpt_has_the_paragraphs_beside_as_asked() -> None:
    text = "One.\n\nTwo.\nShe agreed.\n\n\nFour.\nFive."
    start = text.index("agreed")

    found = build_excerpt(text, [Mark(start, start + 6, "cue", 1)], paragraphs_beside=1)

    assert [written(line) for line in found.paragraphs if line] == ["Two.", "She agreed.", "Four."]
    assert text[found.start :].startswith("Two.")
    assert (found.cut_before, found.cut_after) == (False, False)


def test_paragraphs_around_characters_that_lie_outside_of_the_text_are_all_of_it() -> None:
    assert find_paragraphs(TEXT, -100, len(TEXT) + 100) == (0, len(TEXT))
