"""The encoder's label sets, in the order of its outputs: B- opens a span, I- goes on with it."""

ENTITY_KINDS = ("PER", "ORG", "LOC", "MISC")


def build_bio_labels(*names: str) -> tuple[str, ...]:
    labels = ["O"]
    for name in names:
        labels += [f"B-{name}", f"I-{name}"]
    return tuple(labels)


ROLE_LABELS = build_bio_labels("source", "cue", "content")
LINK_LABELS = build_bio_labels("source", "content")  # a word's part in the quote of one given cue
ENTITY_LABELS = build_bio_labels(*ENTITY_KINDS)
