"""Newsroom beside what else can be installed: speed and scores of both, in one run.

    python -m benchmarks.peers DOCUMENTS.jsonl[.gz] --silver SILVER.jsonl[.gz] [--out RESULT.json]

The peer is textacy's `direct_quotations`, which needs a parse. spaCy's English pipelines are not on
the package index, so one of the same make (a small convolutional encoder, tagger, parser,
lemmatizer) is trained on the automatic annotation of SILVER and kept in the folder --parser. Needs
`benchmarks/requirements.txt` beside `requirements.lock`.
"""

import random
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from benchmarks.report import build_parser, report
from claims.extraction.records import build_record, read_records
from claims.extraction.scoring import ScoreTally, score_document

# The Penn Treebank's tags under the universal ones, as the silver annotation has them.
TAGS_OF_UNIVERSAL = {
    "NOUN": "NN NNS",
    "PROPN": "NNP NNPS",
    "VERB": "VB VBD VBG VBN VBP VBZ",
    "AUX": "MD",
    "PRON": "PRP PRP$ WP",
    "ADJ": "JJ JJR JJS",
    "ADV": "RB RBR RBS WRB",
    "ADP": "IN",
    "DET": "DT WDT PDT",
    "CCONJ": "CC",
    "NUM": "CD",
    "PART": "TO POS RP",
    "PUNCT": "`` '' , . : -LRB- -RRB-",
}
Record = dict[str, Any]
UNIVERSAL_TAG_OF = {tag: pos for pos, tags in TAGS_OF_UNIVERSAL.items() for tag in tags.split()}
SCORE_ROWS_COMPARED = (
    "source exact",
    "cue exact",
    "content exact",
    "attribution",
    "attribution-exact",
)
LONGEST_SENTENCE_LEARNT = 60  # tokens
EXAMPLES_TO_INITIALIZE = 5000
BATCH_SIZE = 64


class SilverToken(NamedTuple):
    """A token of the silver annotation.

    `start` and `end` are characters, `head` is the number of a token of the text.
    """

    start: int
    end: int
    tag: str
    entity: Any
    lemma: str
    head: int
    relation: str
    begins_sentence: bool


def build_parser_examples(records: list[Record], vocab: spacy.vocab.Vocab) -> Iterator[Example]:
    """Yield the sentences of the silver annotation that can be learnt from."""
    for record in records:
        tokens = [SilverToken(*token[:8]) for token in record.get("tokens") or []]
        starts = [number for number, token in enumerate(tokens) if token.begins_sentence]
        for start, end in pairwise([*starts, len(tokens)]):
            example = build_parser_example(record["text"], tokens[start:end], start, vocab)
            if example:
                yield example


def build_parser_example(
    text: str, sentence: list[SilverToken], start: int, vocab: spacy.vocab.Vocab
) -> Example | None:
    """Return a sentence that begins with the token `start`; None where it is too long or not whole.

    In spaCy's examples roots head themselves.
    """
    heads = [token.head - start for token in sentence]
    words = [text[token.start : token.end] for token in sentence]
    if not 0 < len(sentence) <= LONGEST_SENTENCE_LEARNT or not all(words):
        return None
    if not all(0 <= head < len(sentence) for head in heads):
        return None
    relations = [token.relation for token in sentence]
    for number, head in enumerate(heads):
        if head == number:
            relations[number] = "ROOT"
    annotation = {
        "heads": heads,
        "deps": relations,
        "tags": [token.tag for token in sentence],
        "lemmas": [token.lemma.lower() for token in sentence],
        "sent_starts": [number == 0 for number in range(len(sentence))],
    }
    return Example.from_dict(Doc(vocab, words=words), annotation)


def load_or_train_parser(records: list[Record], folder: Path, epochs: int) -> Language:
    """Return a parser of spaCy's own making, trained on silver annotation.

    It is read back from the folder if it is there.
    """
    if (folder / "meta.json").exists():
        return spacy.load(folder)
    nlp = spacy.blank("en")
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": listener,
    }
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger})
    examples = list(build_parser_examples(records, nlp.vocab))
    optimizer = nlp.initialize(lambda: examples[:EXAMPLES_TO_INITIALIZE])
    for _ in range(epochs):
        random.Random(1).shuffle(examples)
        for start in range(0, len(examples), BATCH_SIZE):
            nlp.update(examples[start : start + BATCH_SIZE], sgd=optimizer, drop=0.1)
    universal = nlp.add_pipe("attribute_ruler")
    for tag, pos in UNIVERSAL_TAG_OF.items():
        universal.add(patterns=[[{"TAG": tag}]], attrs={"POS": pos})  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return nlp


def build_textacy_reader(nlp: Language) -> Callable[[str], list[Record]]:
    """Return what finds quotes in a text as textacy does."""
    from textacy import extract

    def read(text: str) -> list[Record]:
        return [build_textacy_record(quote) for quote in extract.direct_quotations(nlp(text))]

    return read


def build_textacy_record(quote: Any) -> Record:
    """Return a quote of textacy's as an attribution of ours."""
    return {
        "source": list_bounds(quote.speaker),
        "cue": list_bounds(quote.cue),
        "content": [[quote.content.start_char, quote.content.end_char]],
        "speaker": " ".join(token.text for token in quote.speaker) or None,
        "act": "say",
    }


def list_bounds(tokens: Any) -> list[list[int]]:
    """Return where some tokens begin and end in their text, in characters.

    There is nothing where there are none.
    """
    if not tokens:
        return []
    return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]]


def build_newsroom_reader() -> Callable[[str], list[Record]]:
    from claims.extraction.pipeline import load

    nlp = load()
    return lambda text: [build_record(quote) for quote in nlp(text)._.quotes]


def measure_reader(read: Callable[[str], list[Record]], documents: list[Record]) -> Record:
    """Return the speed and the scores of a reader.

    Where it fails on a document, it has found nothing in it.
    """
    tally = ScoreTally()
    failed = 0
    spent = 0.0
    read(documents[0]["text"])
    for document in documents:
        began = time.perf_counter()
        try:
            attributions = read(document["text"])
        except Exception:
            failed += 1
            attributions = []
        spent += time.perf_counter() - began
        score_document(tally, document["text"], document["attributions"], attributions)
    words = sum(len(document["text"].split()) for document in documents)
    result: Record = {"words_a_second": round(words / spent), "documents_failed": failed}
    for row in SCORE_ROWS_COMPARED:
        score = tally.score(row)
        result[row] = {
            "P": round(score.precision, 3),
            "R": round(score.recall, 3),
            "F1": round(score.f1, 3),
        }
    return result


def compute_ratios(ours: Record, theirs: Record) -> Record:
    """Return how many times theirs each of our figures is."""
    ratios = {"speed": round(ours["words_a_second"] / theirs["words_a_second"], 2)}
    for row in SCORE_ROWS_COMPARED:
        if theirs[row]["F1"]:
            ratios[row] = round(ours[row]["F1"] / theirs[row]["F1"], 2)
    return ratios


def read_all_records(path: Path) -> list[Record]:
    """Return the records of a file that can be read."""
    return [record for _, record in read_records(path) if not isinstance(record, ValueError)]


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--silver", type=Path, required=True)
    parser.add_argument("--parser", type=Path, default=Path("var/silver-parser"))
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    documents = read_all_records(options.documents)
    silver = read_all_records(options.silver)
    newsroom = measure_reader(build_newsroom_reader(), documents)
    nlp = load_or_train_parser(silver, options.parser, options.epochs)
    peer = measure_reader(build_textacy_reader(nlp), documents)
    result = {
        "newsroom": newsroom,
        "textacy direct_quotations": peer,
        "newsroom against textacy": compute_ratios(newsroom, peer),
    }
    report(result, options.out)


if __name__ == "__main__":
    main()
