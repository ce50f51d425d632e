"""The encoder's label sets, in the order of its outputs (BIO: B- opens a span, the next label goes on with it)."""

ENTITY_KINDS = ("PER", "ORG", "LOC", "MISC")


def build_bio_labels(*names: str) -> tuple[str, ...]:
    return ("O", *(prefix + name for name in names for prefix in ("B-", "I-")))


ROLE_LABELS = build_bio_labels("source", "cue", "content")
LINK_LABELS = build_bio_labels(
    "source", "content"
)  # a word's part in the attribution of one given cue
ENTITY_LABELS = build_bio_labels(*ENTITY_KINDS)
