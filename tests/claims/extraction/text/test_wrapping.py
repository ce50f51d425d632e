import textwrap

import pytest

from claims.extraction.text.wrapping import find_wrapping, unfold_lines

PARAGRAPHS = (
    "The bridge will stay open, Mayor Carla Dent said on Tuesday, after engineers who had been sent"
    " by the county found no cracks in it, and none in the pier beside it.",
    "“We have checked every bolt,” she told reporters at the ferry pier, where about forty people had"
    " gathered in the rain, some with lanterns and some with dogs.",
    "The union of dock workers disagreed. “It is not safe,” its chairman, Nils Berg, said in the"
    " evening, and asked for another look at all of the papers.",
)
TEXT = "\n".join(PARAGRAPHS)
POEM = """Now the bridge is down and
the river goes by
as if it had never
been told of a bridge at all,
and we stand
where the road was going"""


def wrap(width: int, between: str) -> str:
    return between.join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_cut_at_a_width_are_known(width: int) -> None:
    wrapping = find_wrapping(wrap(width, "\n\n").split("\n"))

    assert wrapping is not None
    assert width - 12 < wrapping.width <= width


@pytest.mark.parametrize(
    "text",
    [TEXT, POEM, "Mayor: no\nUnion: yes\nCouncil: perhaps", "", "One line alone, of a few words"],
    ids=["paragraphs", "a poem", "short lines", "nothing", "one line"],
)
def test_a_text_with_whole_paragraphs_stays_as_it_is(text: str) -> None:
    assert unfold_lines(text).text == text


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "nothing between"])
def test_a_cut_text_has_a_paragraph_a_line_and_each_character_in_its_place(between: str) -> None:
    cut = wrap(72, between)

    unfolded = unfold_lines(cut).text

    assert [line for line in unfolded.split("\n") if line] == list(PARAGRAPHS)
    assert len(unfolded) == len(cut)
    assert unfolded.split() == cut.split()


def test_an_item_of_a_list_and_a_line_that_has_room_begin_lines_of_their_own() -> None:
    items = "- new lamps on the bridge\n- a ferry every ten minutes"
    cut = f"{textwrap.fill(TEXT.replace(chr(10), ' '), 72)}\nWhat is to be done\n{items}\n{wrap(72, chr(10))}"

    lines = unfold_lines(cut).text.split("\n")

    assert "What is to be done" in lines
    assert "- new lamps on the bridge" in lines
    assert "- a ferry every ten minutes" in lines


def test_the_lines_of_an_item_or_of_a_speaker_may_hang_below_it() -> None:
    hanging = "\n".join(
        textwrap.fill(text, 72, initial_indent=mark, subsequent_indent="    ")
        for mark, text in zip(("- ", "NILS BERG: ", "2. "), PARAGRAPHS, strict=True)
    )

    lines = unfold_lines(hanging).text.split("\n")

    assert len(lines) == 3
    assert " ".join(lines[1].split()) == f"NILS BERG: {PARAGRAPHS[1]}"


@pytest.mark.parametrize("first", ["DHAKA: ", "    "], ids=["a dateline", "an indent"])
def test_an_indent_begins_a_paragraph(first: str) -> None:
    cut = "\n".join(
        textwrap.fill(text, 72, initial_indent=first if number == 0 else "    ")
        for number, text in enumerate(PARAGRAPHS)
    )

    lines = [" ".join(line.split()) for line in unfold_lines(cut).text.split("\n")]

    assert lines == [f"{first.strip()} {PARAGRAPHS[0]}".strip(), *PARAGRAPHS[1:]]


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["blank lines", "nothing between"])
def test_dialogue_verse_and_tables_keep_their_lines_among_cut_paragraphs(between: str) -> None:
    dialogue = "“Did you see it?” asked Berg.\n“No,” said Dent.\n“Then who did?”"
    table = "Name            Votes\nCarla Dent      4,120\nNils Berg       3,788"
    cut = wrap(72, between)
    text = between.join([cut, dialogue, cut, POEM, cut, table, cut])

    lines = [line for line in unfold_lines(text).text.split("\n") if line]

    apart = [*dialogue.split("\n"), *POEM.split("\n"), *table.split("\n")]
    assert [line for line in apart if line not in lines] == []
    assert [lines.count(paragraph) for paragraph in PARAGRAPHS] == [4, 4, 4]


def test_paragraphs_may_be_cut_each_at_a_width_of_its_own() -> None:
    widths = (76, 64, 70)
    cut = "\n\n".join(
        textwrap.fill(paragraph, width) for paragraph, width in zip(PARAGRAPHS, widths, strict=True)
    )

    lines = [line for line in unfold_lines(cut).text.split("\n") if line]

    assert lines == list(PARAGRAPHS)


FLUSH = (
    "The ferry will sail again on Monday, the harbour board said.",
    "It had been laid up since the storm, when two of its engines were drowned and the bow was bent"
    " so badly that no yard would take it.",
    "“We looked at it every day, and every day we found another crack in it,” the captain, Olaf"
    " Brandt, told the board. “We thought of the scrapyard. Then the town paid.”",
    "Nobody knows as yet what a ticket will cost.",
    "The board wants to meet again before the end of the week. It has asked the town for a loan, and"
    " the county for a promise that it will be paid.",
)


@pytest.mark.parametrize("width", [60, 61, 64, 72, 80])
def test_a_full_line_may_end_a_paragraph_where_nothing_parts_them(width: int) -> None:
    cut = "\n".join(textwrap.fill(paragraph, width) for paragraph in FLUSH)

    assert unfold_lines(cut).text.split("\n") == list(FLUSH)
