"""Which quotes of many are compared at all."""

from claims.relating import Utterance, find_pairs
from claims.relating.candidates import find_candidates
from claims.relating.profiles import read_profile
from tests.claims.relating.quotes import make_quote

COPIES = [
    "Ada Ross | said | “The harbour will be closed until the last of the wrecks is gone,”",
    "Mia Holm | said | prices of wheat have doubled since the drought began",
    "Ada Ross | said | that the harbour would be closed until the last of the wrecks was gone",
    "Leo Brandt | said | wheat has become twice as dear since the drought",
]


def make_quotes(told: list[str]) -> list[Utterance]:
    return [make_quote(each, article=str(number)) for number, each in enumerate(told)]


def test_copies_and_paraphrases_are_found_among_others() -> None:
    found = {(one, other) for one, other, _ in find_pairs(make_quotes(COPIES))}

    assert found == {(0, 2), (1, 3)}


def test_each_pair_comes_once_the_lower_place_first() -> None:
    pairs = [(one, other) for one, other, _ in find_pairs(make_quotes(COPIES * 2))]

    assert len(pairs) == len(set(pairs))
    assert all(one < other for one, other in pairs)


def test_what_everybody_says_does_not_make_the_work_grow_with_the_square() -> None:
    told = [f"Speaker {number} | said | “no comment at this time of day”" for number in range(400)]
    profiles = [read_profile(quote) for quote in make_quotes(told)]

    candidates = find_candidates(profiles)

    assert len(candidates) <= 50 * len(told)
