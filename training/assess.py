"""How near the vectors of contents lie to the teacher's, which `manage.py evaluate` does not show,
and how often the teacher's nearest content is the content itself: `python -m training.assess
--help`.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.schema import Span
from training.data import Document, read_corpus
from training.teacher import encode_texts


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
    parser.add_argument(
        "--start", type=Path, required=True, help="folder of the pretrained encoder"
    )
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    options = parser.parse_args()
    encoder = Encoder(options.model)
    print(assess_vectors(encoder, read_corpus(options.quotes), options.start))


if __name__ == "__main__":
    main()
