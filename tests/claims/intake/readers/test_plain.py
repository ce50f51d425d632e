# ruff: noqa: E501 -- the lines of files made here are long
import textwrap

import pytest

from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_one, read_refusal

HEAD = "Harbour bridge to stay open\nBy Ana Bell\nMarch 5, 2024\n\n"


def wrap(text: str, width: int = 72) -> str:
    """Return a text as old mail programs and archives set it."""
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in text.split("\n"))


def test_a_text_has_its_title_byline_and_date_in_its_first_lines() -> None:
    found = read_one(HEAD + "\n\n".join(PARAGRAPHS), "bridge.txt")

    assert (found.title, found.text) == ("Harbour bridge to stay open", TEXT)
    assert (str(found.published_on), found.author) == ("2024-03-05", "Ana Bell")


@pytest.mark.parametrize("width", [60, 72, 80])
def test_lines_cut_at_a_width_are_whole_paragraphs_again(width: int) -> None:
    found = read_one(HEAD + wrap(TEXT, width), "bridge.txt")

    assert found.text == TEXT


def test_paragraphs_that_only_an_indent_begins_stay_apart() -> None:
    wrapped = "\n".join(textwrap.fill(p, 72, initial_indent="    ") for p in PARAGRAPHS)

    found = read_one(HEAD + wrapped, "bridge.txt")

    assert found.text == TEXT


def test_a_word_cut_at_the_end_of_a_line_is_whole_and_a_compound_keeps_its_hyphen() -> None:
    text = (
        "The bridge over the harbour of the town is to stay open through the win-\n"
        "ter, the mayor said on the day of the vote, and called the plan a state-\n"
        "of-the-art repair by a well-\nknown firm of engineers from the next county, which has built it."
    )

    found = read_one(HEAD + text, "bridge.txt")

    assert "through the winter," in found.text
    assert "a state-of-the-art repair" in found.text
    assert "well-known firm" in found.text


def test_entities_and_text_that_was_encoded_twice_are_repaired() -> None:
    broken = (
        TEXT.replace("“", "â€œ").replace("”", "â€\x9d")
        + "\n\nBell &amp; Kane, caf&eacute; owners, were there too."
    )

    found = read_one(HEAD + broken.replace("\n", "\n\n"), "bridge.txt")

    assert found.text == TEXT + "\nBell & Kane, café owners, were there too."


def test_what_a_page_put_between_its_paragraphs_is_left_out_of_a_pasted_text() -> None:
    pasted = f"{PARAGRAPHS[0]}\n\nADVERTISEMENT\n\n{PARAGRAPHS[1]}\n\nMORE\n\nRead more: A storm\n\n{PARAGRAPHS[2]}\n\n{PARAGRAPHS[3]}"

    found = read_one(HEAD + pasted, "bridge.txt")

    assert found.text == TEXT


def test_a_text_is_known_by_its_words_wherever_it_lies() -> None:
    content = HEAD + "\n\n".join(PARAGRAPHS)

    one, other = read_one(content, "a/bridge.txt"), read_one(content, "b/copy.txt")
    changed = read_one(content.replace("Tuesday", "Monday"), "a/bridge.txt")

    assert one.key == other.key
    assert changed.key != one.key


def test_a_date_may_stand_in_the_name_of_the_file() -> None:
    found = read_one(
        "Harbour bridge to stay open\n\n" + "\n\n".join(PARAGRAPHS), "folder/2024-03-05 bridge.txt"
    )

    assert str(found.published_on) == "2024-03-05"


def test_a_first_line_that_only_begins_like_a_byline_or_holds_a_date_is_text() -> None:
    first = "By Friday morning the whole council had seen the papers of March 5, 2024."

    found = read_one(HEAD + f"{first}\n\n" + "\n\n".join(PARAGRAPHS), "bridge.txt")

    assert found.text == f"{first}\n{TEXT}"
    assert (str(found.published_on), found.author) == ("2024-03-05", "Ana Bell")


@pytest.mark.parametrize(
    "line",
    [
        "Published: Tuesday, March 5, 2024 at 8:15 a.m.",
        "Harbour Herald, 5 March 2024",
        "Updated 2024-03-05 10:20 GMT",
    ],
)
def test_a_line_of_a_date_may_have_names_and_times_in_it(line: str) -> None:
    found = read_one(f"Bridge to stay open\n{line}\n\n{wrap(TEXT)}", "bridge.txt")

    assert (str(found.published_on), found.text) == ("2024-03-05", TEXT)


def test_lines_that_a_mail_program_quoted_are_whole_paragraphs_without_its_marks() -> None:
    cut = wrap(TEXT).replace("\n", "\r\n> ")

    found = read_one(HEAD + f"> {cut}", "bridge.txt")

    assert found.text == TEXT


@pytest.mark.parametrize("width", [64, 72, 78])
def test_lines_with_nothing_between_paragraphs_are_whole_where_their_ends_have_room(
    width: int,
) -> None:
    flush = "\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)

    found = read_one(HEAD + flush, "bridge.txt")

    assert " ".join(found.text.split()) == " ".join(TEXT.split())
    assert set(PARAGRAPHS) & set(found.text.split("\n"))


def test_a_single_sentence_is_a_text_and_no_mere_title() -> None:
    said = "“The bridge is safe, and will be safe next year,” said Ana Bell, the mayor of the town."

    found = read_one(f"Date: 2024-03-05\n\n{said}", "bridge.txt")

    assert (found.text, found.title) == (said, said)


FIRST = "Ana Bell, mayor of Port Ennis, said that the bridge was safe. Rain had fallen for days."


@pytest.mark.parametrize("ending", ["", "”", ")"], ids=["stop", "quotation", "bracket"])
def test_a_short_first_paragraph_of_sentences_is_text_and_keeps_its_quotes(ending: str) -> None:
    found = read_one(f"Date: 2024-03-05\n\n{FIRST}{ending}\n\n{TEXT}", "bridge.txt")

    assert found.text == f"{FIRST}{ending}\n{TEXT}"


def test_a_title_may_end_with_an_abbreviation() -> None:
    title = "Ferry line sues the makers of its engines in the U.S."

    found = read_one(f"{title}\n2024-03-05\n\n{TEXT}", "bridge.txt")

    assert (found.title, found.text) == (title, TEXT)


def test_a_long_first_paragraph_is_no_title_that_breaks_off_in_a_word() -> None:
    paragraph = "The bridge will stay open, whatever the engineers say, " * 5 + "said Ana Bell."

    found = read_one(f"Date: 2024-03-05\n\n{paragraph}\n\n{TEXT}", "bridge.txt")

    assert found.title.endswith(" stay open…")
    assert paragraph.startswith(found.title.removesuffix("…") + ", ")
    assert found.text.startswith(paragraph)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is empty"),
        ("He said no.", "too little text for an article (3 words)"),
        ("Bridge\n\nMarch 5, 2024\n\nOpen.", "too little text for an article (1 word)"),
        ("Harbour bridge to stay open for ten more years after all", "(0 words)"),
        ("Bridge\n\nMarch 5, 2024\n\nIt is open.", "too little text for an article (3 words)"),
        ("Bridge\n\n" + TEXT, "it has no date"),
    ],
    ids=["empty", "one short sentence", "one word", "a title alone", "few words", "no date"],
)
def test_a_text_that_is_no_article_is_refused_with_the_reason(content: str, reason: str) -> None:
    assert reason in read_refusal(content, "bridge.txt")
