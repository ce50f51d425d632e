"""The encoder's label sets, in the order of its outputs (BIO: B- opens a span, the next label goes on with it)."""

ENTITY_NAMES = ("PER", "ORG", "LOC", "MISC")


def bio(*names: str) -> tuple[str, ...]:
    return ("O", *(prefix + name for name in names for prefix in ("B-", "I-")))


ROLES = bio("source", "cue", "content")
LINKED = bio("source", "content")  # a word's part in the attribution of one given cue
ENTITIES = bio(*ENTITY_NAMES)
