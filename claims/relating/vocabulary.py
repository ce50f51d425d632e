"""What single words mean, as vectors, and how rare they are: shipped with the model."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MODEL_DIR = Path(__file__).parent / "model"
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """The rarity of words in news, 0 to 1, how often they are verbs, and a vector of length 1 of
    each that is known.
    """

    places: dict[str, int]
    rarities: Floats
    vectors: Floats
    verb_shares: Floats

    def get_rarity(self, form: str) -> float:
        place = self.places.get(form)
        return 1.0 if place is None else float(self.rarities[place])

    def get_verb_share(self, form: str) -> float:
        """Return how often a word stands where verbs do: of verbs .1 and more."""
        place = self.places.get(form)
        return 0.0 if place is None else float(self.verb_shares[place])

    def stack(self, forms: list[str]) -> Floats:
        """Return the vectors of some words, (words, size); of unknown words they are zero."""
        stacked = np.zeros((len(forms), self.vectors.shape[1]), np.float32)
        for row, form in enumerate(forms):
            place = self.places.get(form)
            if place is not None:
                stacked[row] = self.vectors[place]
        return stacked


@cache
def load_vocabulary(folder: Path = MODEL_DIR) -> Vocabulary:
    with np.load(folder / "words.npz") as stored:
        words = bytes(stored["words"]).decode().split("\n")
        places = {word: place for place, word in enumerate(words)}
        vectors = stored["vectors"].astype(np.float32)
        rarities = stored["rarities"].astype(np.float32) / 255
        verb_shares = stored["verbs"].astype(np.float32) / 255
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Vocabulary(places, rarities, vectors / np.maximum(lengths, 1e-6), verb_shares)
