"""Figures of the heads that `manage.py evaluate` does not show: `python -m training.assess --help`.

References: on GAP's validation part, which training does not read, F1 of "the name is meant" at a
share of one half, and how often the likelier of two names is right where one is. Vectors: how near
those of contents lie to the teacher's, and how often the teacher's nearest content is the content
itself.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.schema import Span
from training.data import MEANT, Document, read_corpus, read_referents
from training.references import ReferenceScorer
from training.teacher import encode_texts

LEAST_SHARE_MEANT = 0.5


def assess_references(encoder: Encoder, passages: list[Document]) -> str:
    references = ReferenceScorer.load(encoder.folder / "references.npz")
    hits = told = meant = right = asked = 0
    for passage in passages:
        ((at, names),) = passage["referents"]
        spans = [Span(start, end) for start, end, _ in names]
        shares = references.share_among_names(encoder(passage["text"]), at, spans)
        gold = [refers == MEANT for _, _, refers in names]
        for is_meant, share in zip(gold, shares, strict=True):
            is_told = share >= LEAST_SHARE_MEANT
            told += is_told
            meant += is_meant
            hits += is_told and is_meant
        if any(gold):
            asked += 1
            right += gold[int(np.argmax(shares))]
    precision, recall = hits / told, hits / meant
    f1 = 2 * precision * recall / (precision + recall)
    figures = f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    return f"references: {figures}; the right one of two names {right / asked:.3f}"


def assess_vectors(encoder: Encoder, documents: list[Document], start: Path) -> str:
    vectors, texts = [], []
    for document in documents:
        contents = [
            [Span(*span) for span in attribution["content"]]
            for attribution in document["attributions"]
            if attribution.get("content")
        ]
        vectors.append(encoder.vectors.vectorize(encoder(document["text"]), contents))
        for content in contents:
            texts.append(" ".join(span.of(document["text"]) for span in content))
    ours = torch.from_numpy(np.concatenate(vectors))
    theirs = encode_texts(texts, start)
    likeness = ours @ theirs.T
    is_own = likeness.argmax(1) == torch.arange(len(texts))
    own = is_own.float().mean()
    cosine = likeness.diag().mean()
    return (
        f"vectors: cosine to the teacher's {cosine:.3f}; "
        f"the nearest of {len(texts):,} is its own {own:.3f}"
    )


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
    print(assess_references(encoder, read_referents(options.referents)))
    print(assess_vectors(encoder, read_corpus(options.quotes), options.start))


if __name__ == "__main__":
    main()
