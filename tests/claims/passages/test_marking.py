import random

from claims.passages.marking import (
    MARK_ROLES,
    Mark,
    MarkedParagraph,
    MarkRole,
    mark_paragraphs,
    split_at_marks,
)

TEXT = "Ana Bell said Omar Reza told her that the bridge is safe.\n\nThe mayor denied it."


def mark(words: str, role: MarkRole, quote: int = 1, number: int = 1) -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), role, quote, number)


def written(paragraph: MarkedParagraph) -> str:
    return "".join(segment.text for segment in paragraph)


def random_marks(random_: random.Random, length: int) -> list[Mark]:
    marks = []
    for _ in range(random_.randrange(12)):
        start, end = sorted(random_.sample(range(length + 5), 2))
        role = random_.choice(MARK_ROLES)
        marks.append(Mark(start, end, role, random_.randrange(5)))
    return marks


SEEDS = range(200)


def test_paragraphs_joined_are_the_text_again() -> None:
    for seed in SEEDS:
        random_ = random.Random(seed)
        text = "".join(random_.choices("ab \n\n<&ש🌍\r", k=random_.randrange(1, 60)))

        lines = mark_paragraphs(text, random_marks(random_, len(text)))

        assert "\n".join(written(line) for line in lines) == text


def test_each_character_carries_exactly_the_marks_over_it() -> None:
    for seed in SEEDS:
        random_ = random.Random(seed)
        text = "".join(random_.choices("abc \n", k=random_.randrange(1, 60)))
        marks = random_marks(random_, len(text))

        place = 0
        for segment in split_at_marks(text, marks):
            for character in segment.text:
                assert text[place] == character
                assert set(segment.marks) == {
                    mark for mark in marks if mark.start <= place < mark.end
                }
                place += 1
        assert place == len(text)


def test_each_quote_has_one_anchor_where_it_first_shows() -> None:
    for seed in SEEDS:
        random_ = random.Random(seed)
        text = "".join(random_.choices("abc \n", k=random_.randrange(1, 60)))
        marks = random_marks(random_, len(text))

        segments = [segment for line in mark_paragraphs(text, marks) for segment in line]

        anchors = [mark.quote for segment in segments for mark in segment.begins]
        assert sorted(anchors) == sorted(
            {mark.quote for segment in segments for mark in segment.marks}
        )


def test_a_quote_within_a_quote_stays_legible() -> None:
    outer = [
        mark("Ana Bell", "source"),
        mark("said", "cue"),
        mark("Omar Reza told her that the bridge is safe", "content"),
    ]
    inner = [
        mark("Omar Reza", "source", 2, 2),
        mark("told", "cue", 2, 2),
        mark("the bridge is safe", "content", 2, 2),
    ]

    first = mark_paragraphs(TEXT, [*outer, *inner])[0]

    assert [(segment.text, segment.roles) for segment in first] == [
        ("Ana Bell", "source"),
        (" ", ""),
        ("said", "cue"),
        (" ", ""),
        ("Omar Reza", "source content"),
        (" ", "content"),
        ("told", "cue content"),
        (" her that ", "content"),
        ("the bridge is safe", "content nested"),
        (".", ""),
    ]


def test_the_inner_quote_is_the_one_linked() -> None:
    marks = [
        mark("Omar Reza told her that the bridge is safe", "content", 1),
        mark("told", "cue", 2, 2),
    ]

    told = next(segment for segment in mark_paragraphs(TEXT, marks)[0] if segment.text == "told")

    assert told.inner.quote == 2
    assert told.meaning == "verb of quote 2, words of quote 1"


def test_a_source_shared_by_two_quotes_anchors_both() -> None:
    shared = [mark("The mayor", "source", 7, 1), mark("The mayor", "source", 9, 2)]

    (segment, _) = mark_paragraphs(TEXT, shared)[2]

    assert [begun.quote for begun in segment.begins] == [7, 9]
