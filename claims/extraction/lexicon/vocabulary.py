"""Words of English as the encoder knows them: about 24,000, in small letters."""

import json
from functools import cache
from pathlib import Path

VOCABULARY = Path(__file__).resolve().parent.parent / "model" / "tokenizer.json"


@cache
def load_words() -> frozenset[str]:
    """Return the whole words of the encoder's vocabulary, without its pieces of words."""
    pieces = json.loads(VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in pieces if piece.isalpha())
