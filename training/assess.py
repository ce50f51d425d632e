"""Figures of the heads that `manage.py evaluate` does not show: `python -m training.assess --help`.

References: on GAP's validation part, which training does not read, F1 of "the name is meant" at a share of one half, and how
often the likelier of two names is right where one is. Vectors: how near those of contents lie to the teacher's, and how often
the teacher's nearest content is the content itself.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.encoder.session import Encoder
from claims.extraction.schema import Span
from training.data import Document, read_corpus, read_referents
from training.teacher import encoded


def references(encoder: Encoder, passages: list[Document]) -> str:
    hits = made = meant = right = asked = 0
    for passage in passages:
        ((at, names),) = passage["referents"]
        shares = encoder.references.share_among_names(
            encoder(passage["text"]), at, [Span(a, b) for a, b, _ in names]
        )
        gold = [refers == 2 for _, _, refers in names]
        hits += sum(g and share >= 0.5 for g, share in zip(gold, shares, strict=True))
        made += sum(share >= 0.5 for share in shares)
        meant += sum(gold)
        asked += any(gold)
        right += any(gold) and gold[int(np.argmax(shares))]
    precision, recall = hits / made, hits / meant
    f1 = 2 * precision * recall / (precision + recall)
    return f"references: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; the right one of two names {right / asked:.3f}"


def vectors(encoder: Encoder, documents: list[Document], start: Path) -> str:
    made, texts = [], []
    for document in documents:
        contents = [
            [Span(*span) for span in a["content"]]
            for a in document["attributions"]
            if a.get("content")
        ]
        made.append(encoder.vectors.vectorize(encoder(document["text"]), contents))
        texts += [" ".join(span.of(document["text"]) for span in content) for content in contents]
    ours, theirs = torch.from_numpy(np.concatenate(made)), encoded(texts, start)
    likeness = ours @ theirs.T
    found = (likeness.argmax(1) == torch.arange(len(texts))).float().mean()
    return f"vectors: cosine to the teacher's {likeness.diag().mean():.3f}; the nearest of {len(texts):,} is its own {found:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quotes",
        type=Path,
        required=True,
        help="documents with attributions that training did not read",
    )
    parser.add_argument("--referents", type=Path, required=True, help="GAP's validation part")
    parser.add_argument(
        "--start", type=Path, required=True, help="folder of the pretrained encoder"
    )
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    options = parser.parse_args()
    encoder = Encoder(options.model)
    print(references(encoder, read_referents(options.referents)))
    print(vectors(encoder, read_corpus(options.quotes), options.start))


if __name__ == "__main__":
    main()
