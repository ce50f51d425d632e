"""The encoder's opinion beside that of the places of names."""

import random
import re

import pytest

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext, NameShares
from claims.extraction.speakers.resolving import resolve_speakers
from tests.claims.extraction.speakers.articles import find_span, list_entities


def share_names(text: str, given: dict[str, float]) -> NameShares:
    """What the encoder thinks: the share of each name."""
    return lambda at, names: [given.get(name.of(text), 0.0) for name in names]


@pytest.mark.parametrize(
    ("given", "name", "sure"),
    [
        pytest.param({}, None, None, id="two persons and no opinion"),
        pytest.param({"Ana Bell": 0.9}, "Ana Bell", 0.81, id="likely"),
        pytest.param({"Ana Bell": 0.5, "Eva Reza": 0.4}, None, None, id="not likely enough"),
    ],
)
def test_the_encoder_tells_whom_a_pronoun_means_where_nothing_else_does(
    given: dict[str, float], name: str | None, sure: float | None
) -> None:
    text = "Ana Bell met Eva Reza. She said it would rain."
    quote = FoundQuote(
        find_span(text, "She"), find_span(text, "said"), (find_span(text, "it would rain"),), 0.9
    )
    known = list_entities(text, {"Ana Bell": "PER", "Eva Reza": "PER"})

    found = resolve_speakers(ArticleContext(text, known, share_names(text, given)), [quote])[
        0
    ].speaker

    assert (found and found.name, found and found.confidence) == (name, sure)


def test_two_opinions_that_differ_make_the_speaker_unsure_and_name_the_other() -> None:
    text = "Ana Bell said it was late.\nShe met Eva Reza. She said it would rain."
    first = FoundQuote(
        find_span(text, "Ana Bell"), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )
    second = FoundQuote(
        find_span(text, "She", "Reza"),
        find_span(text, "said", "Reza"),
        (find_span(text, "it would rain"),),
        0.9,
    )
    known = list_entities(text, {"Ana Bell": "PER", "Eva Reza": "PER"})

    found = resolve_speakers(
        ArticleContext(text, known, share_names(text, {"Eva Reza": 0.2, "Ana Bell": 0.7})),
        [first, second],
    )[1].speaker

    assert found
    assert found.name == "Eva Reza"
    assert found.confidence < 0.7
    assert [(other.name, other.confidence) for other in found.runners_up] == [
        ("Ana Bell", found.confidence)
    ]


def test_of_two_opinions_that_differ_the_encoders_is_told_where_it_is_firm_and_the_surer() -> None:
    text = "Ana Bell said it was late.\nShe met Eva Reza. She said it would rain."
    first = FoundQuote(
        find_span(text, "Ana Bell"), find_span(text, "said"), (find_span(text, "it was late"),), 0.9
    )
    second = FoundQuote(
        find_span(text, "She", "Reza"),
        find_span(text, "said", "Reza"),
        (find_span(text, "it would rain"),),
        0.9,
    )
    known = list_entities(text, {"Ana Bell": "PER", "Eva Reza": "PER"})

    found = resolve_speakers(
        ArticleContext(text, known, share_names(text, {"Ana Bell": 0.95})), [first, second]
    )[1].speaker

    assert found
    assert (found.name, found.confidence) == ("Ana Bell", 0.546)
    assert [(other.name, other.confidence) for other in found.runners_up] == [("Eva Reza", 0.446)]


def test_nobody_is_told_whose_runner_up_is_likelier() -> None:
    """Over articles in which a few people are named and speak in any order, and any opinion of the encoder."""
    rng = random.Random(7)
    told = []

    for _ in range(400):
        lines = [
            f"{rng.choice(SAYERS)} {rng.choice(('said', 'met Eva Reza and said'))} it was late."
            for _ in range(8)
        ]
        text = rng.choice((" ", "\n")).join(lines)
        quotes = [
            FoundQuote(Span(*m.span(1)), Span(*m.span(2)), (Span(*m.span(3)),), 0.9)
            for m in SAID.finditer(text)
        ]
        known = list_entities(text, dict.fromkeys(re.findall(r"[A-Z]\w+ [A-Z]\w+", text), "PER"))
        shares = dict(zip(("Ana Bell", "Eva Reza", "Omar Diaz"), some_shares(rng), strict=True))
        told += [
            each.speaker
            for each in resolve_speakers(
                ArticleContext(text, known, share_names(text, shares)), quotes
            )
            if each.speaker
        ]

    rivals = [(speaker, speaker.runners_up[0]) for speaker in told if speaker.runners_up]
    assert len(rivals) > 200
    assert all(rival.confidence <= speaker.confidence for speaker, rival in rivals)


SAYERS = ("Ana Bell", "Omar Diaz", "He", "She", "An official", "A woman")


SAID = re.compile(
    r"(Ana Bell|Omar Diaz|He|She|An official|A woman) (?:met Eva Reza and )?(said) (it was late)"
)


def some_shares(rng: random.Random) -> tuple[float, float, float]:
    """Three shares of 1; most of it goes to one or two, as the encoder has it."""
    parts = [rng.random() ** 3 + 1e-6 for _ in range(4)]
    first, second, third, _ = (part / sum(parts) for part in parts)
    return first, second, third
