"""Newsroom beside what else can be installed: speed and scores of both, in one run.

    python -m benchmarks.peers DOCUMENTS.jsonl[.gz] --silver SILVER.jsonl[.gz] [--out RESULT.json]

The peer is textacy's `direct_quotations`, which needs a parse. spaCy's English pipelines are not on the package index, so one
of the same make (a small convolutional encoder, tagger, parser, lemmatizer) is trained on the automatic annotation of SILVER
and kept in the folder --parser. Needs `benchmarks/requirements.txt` beside `requirements.lock`.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from claims.extraction.records import build_record, read_records
from claims.extraction.scoring import ScoreTally, score_document

UNIVERSAL_TAGS = {
    tag: pos
    for pos, tags in {
        "NOUN": "NN NNS", "PROPN": "NNP NNPS", "VERB": "VB VBD VBG VBN VBP VBZ", "AUX": "MD", "PRON": "PRP PRP$ WP",
        "ADJ": "JJ JJR JJS", "ADV": "RB RBR RBS WRB", "ADP": "IN", "DET": "DT WDT PDT", "CCONJ": "CC", "NUM": "CD",
        "PART": "TO POS RP", "PUNCT": "`` '' , . : -LRB- -RRB-",
    }.items()
    for tag in tags.split()
}  # fmt: skip
Record = dict[str, Any]
SCORE_ROWS_COMPARED = (
    "source exact",
    "cue exact",
    "content exact",
    "attribution",
    "attribution-exact",
)
LONGEST_SENTENCE_LEARNT = 60  # tokens of a sentence to learn from


def build_parser_examples(records: list[Record], vocab: spacy.vocab.Vocab) -> Iterator[Example]:
    """Sentences of the silver annotation; roots head themselves."""
    for record in records:
        tokens, text = record.get("tokens") or [], record["text"]
        starts = [i for i, token in enumerate(tokens) if token[7]]
        for a, b in pairwise([*starts, len(tokens)]):
            part = tokens[a:b]
            heads = [token[5] - a for token in part]
            if not 0 < len(part) <= LONGEST_SENTENCE_LEARNT or not all(
                0 <= head < len(part) for head in heads
            ):
                continue
            words = [text[token[0] : token[1]] for token in part]
            if all(words):
                yield Example.from_dict(
                    Doc(vocab, words=words),
                    {
                        "heads": heads,
                        "deps": [
                            "ROOT" if head == i else token[6]
                            for i, (token, head) in enumerate(zip(part, heads, strict=True))
                        ],
                        "tags": [token[2] for token in part],
                        "lemmas": [token[4].lower() for token in part],
                        "sent_starts": [i == 0 for i in range(len(part))],
                    },
                )


def load_or_train_parser(records: list[Record], folder: Path, epochs: int) -> Language:
    """A parser of spaCy's own making, trained on silver annotation; read back from the folder if it is there."""
    if (folder / "meta.json").exists():
        return spacy.load(folder)
    nlp = spacy.blank("en")
    listens = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp.add_pipe("tok2vec")
    nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listens}}
    )
    nlp.add_pipe("parser", config={"model": {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": listens,
    }})  # fmt: skip
    nlp.add_pipe(
        "trainable_lemmatizer",
        config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listens}},
    )
    examples = list(build_parser_examples(records, nlp.vocab))
    optimizer = nlp.initialize(lambda: examples[:5000])
    for _ in range(epochs):
        random.Random(1).shuffle(examples)
        for at in range(0, len(examples), 64):
            nlp.update(examples[at : at + 64], sgd=optimizer, drop=0.1)
    universal = nlp.add_pipe("attribute_ruler")
    for tag, pos in UNIVERSAL_TAGS.items():
        universal.add(patterns=[[{"TAG": tag}]], attrs={"POS": pos})  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return nlp


def build_textacy_reader(nlp: Language) -> Callable[[str], list[Record]]:
    from textacy import extract

    def read(text: str) -> list[Record]:
        made = []
        for quote in extract.direct_quotations(nlp(text)):
            cue, source = quote.cue, quote.speaker
            made.append(
                {
                    "source": [[source[0].idx, source[-1].idx + len(source[-1])]] if source else [],
                    "cue": [[cue[0].idx, cue[-1].idx + len(cue[-1])]] if cue else [],
                    "content": [[quote.content.start_char, quote.content.end_char]],
                    "speaker": " ".join(token.text for token in source) or None,
                    "act": "say",
                }
            )
        return made

    return read


def build_newsroom_reader() -> Callable[[str], list[Record]]:
    from claims.extraction.pipeline import load

    nlp = load()
    return lambda text: [build_record(quote) for quote in nlp(text)._.quotes]


def measure_reader(read: Callable[[str], list[Record]], documents: list[Record]) -> Record:
    tally, failed = ScoreTally(), 0
    read(documents[0]["text"])
    spent = 0.0
    for document in documents:
        began = time.perf_counter()
        try:
            made = read(document["text"])
        except Exception:  # a peer that fails on a document is scored as having found nothing in it
            failed, made = failed + 1, []
        spent += time.perf_counter() - began
        score_document(tally, document["text"], document["attributions"], made)
    words = sum(len(document["text"].split()) for document in documents)
    scores = {row: tally.score(row) for row in SCORE_ROWS_COMPARED}
    return {
        "words_a_second": round(words / spent),
        "documents_failed": failed,
        **{
            row: {"P": round(s.precision, 3), "R": round(s.recall, 3), "F1": round(s.f1, 3)}
            for row, s in scores.items()
        },
    }


def compute_ratios(ours: Record, theirs: Record) -> Record:
    return {
        "speed": round(ours["words_a_second"] / theirs["words_a_second"], 2),
        **{
            row: round(ours[row]["F1"] / theirs[row]["F1"], 2)
            for row in ours
            if isinstance(ours[row], dict) and theirs[row]["F1"]
        },
    }


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("documents", type=Path)
    options.add_argument("--silver", type=Path, required=True)
    options.add_argument("--parser", type=Path, default=Path("var/silver-parser"))
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    documents = [
        record for _, record in read_records(given.documents) if not isinstance(record, ValueError)
    ]
    silver = [
        record for _, record in read_records(given.silver) if not isinstance(record, ValueError)
    ]
    newsroom = measure_reader(build_newsroom_reader(), documents)
    peer = measure_reader(
        build_textacy_reader(load_or_train_parser(silver, given.parser, given.epochs)), documents
    )
    result = {
        "newsroom": newsroom,
        "textacy direct_quotations": peer,
        "newsroom against textacy": compute_ratios(newsroom, peer),
    }
    print(json.dumps(result, indent=2))
    if given.out:
        given.out.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
