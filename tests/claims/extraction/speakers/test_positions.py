"""Whom "he" and "she" mean by where persons are named and speak."""

from dataclasses import replace

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, find_speaker, list_entities


def test_he_is_the_only_man_before_him() -> None:
    text = "John Mwangi opened the bridge. He said it was safe."

    found = find_speaker(text, "He", "said", "it was safe", John_Mwangi="PER")

    assert found
    assert (found.name, found.method) == ("John Mwangi", "pronoun")
    assert found.confidence < 0.95


def test_he_between_two_men_is_unknown() -> None:
    text = "John Mwangi met Peter Otieno. He said it was safe."

    assert (
        find_speaker(text, "He", "said", "it was safe", John_Mwangi="PER", Peter_Otieno="PER")
        is None
    )


def test_he_with_nobody_near_is_unknown() -> None:
    text = "John Mwangi opened the bridge.\nIt rained.\nThe river rose.\nHe said it was safe."

    assert find_speaker(text, "He", "said", "it was safe", John_Mwangi="PER") is None


@pytest.mark.parametrize(
    ("between", "name"),
    [
        pytest.param("“It is safe. It always was.”", "Grace Wanjiru", id="a quotation"),
        pytest.param("“It is safe.”\n“It always was.”", "Grace Wanjiru", id="two quotations"),
        pytest.param("It rained.", None, id="something else"),
    ],
)
def test_she_may_be_named_before_a_quotation_of_whole_paragraphs(
    between: str, name: str | None
) -> None:
    text = f"Grace Wanjiru opened the bridge.\n{between}\nIt holds, she said."

    found = find_speaker(text, "she", "said", "It holds", Grace_Wanjiru="PER")

    assert (found.name if found else None) == name


def test_he_is_not_whom_somebody_without_a_name_has_just_spoken_of() -> None:
    text = "The official spokesman said Omar Bell was well. He said it was late."
    first = FoundQuote(
        find_span(text, "The official spokesman"),
        find_span(text, "said"),
        (find_span(text, "Omar Bell was well"),),
        0.9,
    )
    second = FoundQuote(
        find_span(text, "He"),
        find_span(text, "said", after="He"),
        (find_span(text, "it was late"),),
        0.9,
    )

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Omar Bell": "PER"})), [first, second]
    )[1].speaker

    assert found is None


@pytest.mark.parametrize(
    ("between", "name"),
    [
        ("Dent hit back.", "Sue Dent"),
        ("Mr. Dent’s aide left.", "Ann Cole"),
        ("Cole and Dent met.", "Ann Cole"),
        ("", "Ann Cole"),
    ],
)
def test_she_is_whom_the_sentence_before_begins_with(between: str, name: str) -> None:
    text = f"Ann Cole met Sue Dent. Cole said it rained. {between} She said it was late."
    names: dict[str, EntityKind] = {
        "Ann Cole": "PER",
        "Sue Dent": "PER",
        "Cole": "PER",
        "Dent": "PER",
    }
    first = FoundQuote(
        find_span(text, "Cole", after="Sue"),
        find_span(text, "said"),
        (find_span(text, "it rained"),),
        0.9,
    )
    second = FoundQuote(
        find_span(text, "She"),
        find_span(text, "said", after="She"),
        (find_span(text, "it was late"),),
        0.9,
    )

    found = resolve_speakers(ArticleContext(text, list_entities(text, names)), [first, second])[
        1
    ].speaker

    assert found
    assert found.name == name


@pytest.mark.parametrize(
    ("second", "pronoun", "name"),
    [
        ("A spokesman for the board", "He", "spokesman for the board"),
        ("A spokeswoman for the board", "He", "Omar Bell"),
        ("The spokesman", "He", "Omar Bell"),
        ("A reporter", "He", "Omar Bell"),
    ],
)
def test_he_may_be_somebody_without_a_name(second: str, pronoun: str, name: str) -> None:
    text = (
        f"Omar Bell said it was late.\n{second} said it was dark. {pronoun} added that it was cold."
    )
    quotes = [
        FoundQuote(
            find_span(text, "Omar Bell"),
            find_span(text, "said"),
            (find_span(text, "it was late"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, second),
            find_span(text, "said", "\n"),
            (find_span(text, "it was dark"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, pronoun, "dark"),
            find_span(text, "added"),
            (find_span(text, "it was cold"),),
            0.9,
        ),
    ]

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Omar Bell": "PER"})), quotes
    )[2].speaker

    assert found
    assert found.name == name


@pytest.mark.parametrize("within", [True, False])
def test_he_is_not_who_is_only_said_to_have_spoken(within: bool) -> None:
    text = "Omar Bell said that Emil Reza had claimed it was late. He added that it was cold."
    quotes = [
        FoundQuote(
            find_span(text, "Omar Bell"),
            find_span(text, "said"),
            (find_span(text, "that Emil Reza had claimed it was late"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, "Emil Reza"),
            find_span(text, "had claimed"),
            (find_span(text, "it was late"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, "He", "late"),
            find_span(text, "added"),
            (find_span(text, "that it was cold"),),
            0.9,
        ),
    ]
    if within:
        quotes[1] = replace(quotes[1], within=quotes[0].cue)

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Omar Bell": "PER", "Emil Reza": "PER"})), quotes
    )[2].speaker

    assert found
    assert found.name == ("Omar Bell" if within else "Emil Reza")


@pytest.mark.parametrize(
    ("second", "pronoun", "name"),
    [
        ("Her sister", "She", "sister"),
        ("Bell's brother", "He", "Bell's brother"),
        ("The suspect", "He", None),
        ("A spokeswoman for the board", "She", "spokeswoman for the board"),
    ],
)
def test_a_pronoun_after_somebody_without_a_name_is_not_who_was_named_before(
    second: str, pronoun: str, name: str | None
) -> None:
    more = f"{pronoun} added that it was cold. {pronoun} went on that it was wet."
    text = f"Sam Bell said it was late.\n{second} said it was dark. {more}"
    quotes = [
        FoundQuote(
            find_span(text, "Sam Bell"),
            find_span(text, "said"),
            (find_span(text, "it was late"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, second),
            find_span(text, "said", "\n"),
            (find_span(text, "it was dark"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, pronoun, "dark"),
            find_span(text, "added"),
            (find_span(text, "it was cold"),),
            0.9,
        ),
        FoundQuote(
            find_span(text, pronoun, "cold"),
            find_span(text, "went on"),
            (find_span(text, "it was wet"),),
            0.9,
        ),
    ]

    third, last = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Sam Bell": "PER"})), quotes
    )[2:]

    assert (third.speaker and third.speaker.name) == name
    assert name is None or (last.speaker and last.speaker.name) == name


@pytest.mark.parametrize(
    ("cue", "content", "name"),
    [
        ("replied", "whether it was late", "Omar Bell"),
        ("replied", "to wait", "Emil Reza"),
        ("added", "whether it was late", "Emil Reza"),
    ],
)
def test_who_replies_is_not_who_asked(cue: str, content: str, name: str) -> None:
    text = f"Emil Reza asked Omar Bell {content}.\nHe {cue} that it was."
    quotes = [
        FoundQuote(
            find_span(text, "Emil Reza"), find_span(text, "asked"), (find_span(text, content),), 0.9
        ),
        FoundQuote(
            find_span(text, "He"), find_span(text, cue), (find_span(text, "that it was."),), 0.9
        ),
    ]

    found = resolve_speakers(
        ArticleContext(text, list_entities(text, {"Omar Bell": "PER", "Emil Reza": "PER"})), quotes
    )[1].speaker

    assert found
    assert found.name == name
