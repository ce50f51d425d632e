"""Made-up reports for tests of copies: paragraphs of words drawn at random, which no two share by chance."""

import random
from collections.abc import Sequence

WORDS_TEXT = """
harbour bridge ferry council mayor engineer winter toll road river storm school market tunnel night
morning report plan vote money letter crew captain island valley station train delay repair budget
union strike doctor nurse court judge witness fire smoke rain snow ice wind farm field cattle grain
price tax rent house street square tower bell church museum picture song dance film book teacher
pupil summer spring harvest orchard apple bread baker butcher fish boat net anchor rope sail port
said told asked found lost built broke moved stayed opened closed raised cut paid owed sold bought
will may must cannot never always soon late early again twice nearly hardly before after between
the a this that every another no some many few of in on at by for with without under over against
old new long short high low red green cold warm dry wet quiet loud heavy light narrow wide empty
"""
WORDS = WORDS_TEXT.split()


def make_sentence(rng: random.Random, words: int = 18) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def make_paragraph(rng: random.Random, sentences: int = 2) -> str:
    return " ".join(make_sentence(rng) for _ in range(sentences))


def make_paragraphs(rng: random.Random, number: int = 10) -> list[str]:
    return [make_paragraph(rng) for _ in range(number)]


def cut_paragraphs(rng: random.Random, paragraphs: Sequence[str], number: int = 2) -> list[str]:
    """The paragraphs without so many of them, as an outlet cuts a report to its space."""
    left_out = set(rng.sample(range(1, len(paragraphs)), number))
    return [each for place, each in enumerate(paragraphs) if place not in left_out]


def make_copies(rng: random.Random, paragraphs: Sequence[str], number: int = 8) -> list[str]:
    """The texts of so many outlets that print one report, each with two paragraphs cut."""
    return ["\n".join(cut_paragraphs(rng, paragraphs)) for _ in range(number)]


def make_stories_of_one_event(rng: random.Random) -> tuple[str, str]:
    """Two different reports of one event: both have its background, a long quotation and the note at the end."""
    background = make_paragraphs(rng, 2)
    quotation = f"“{make_paragraph(rng, 3)}” said {rng.choice(WORDS)} {rng.choice(WORDS)}."
    note = make_sentence(rng, 25)
    texts = []
    for _ in range(2):
        own = make_paragraphs(rng, 7)
        texts.append("\n".join([*own[:3], quotation, *own[3:], *background, note]))
    return texts[0], texts[1]
