"""An article as spaCy's document: the encoder's words as its tokens, and what was found on it."""

from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan
from spacy.util import filter_spans
from spacy.vocab import Vocab

import claims.extraction.packing  # noqa: F401  (what it registers)
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.session import Encoder
from claims.extraction.schema import Span
from claims.extraction.steps import ArticleReading
from claims.extraction.text.article_text import Text

# The text that a document was made from, which is slow to put together again from its tokens.
TEXT_KEY = "newsroom_text"

for _name in ("words", "quotes", "quote_vectors", "published", "publisher", "author"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class WordTokenizer:
    """Make a token of each word of the encoder.

    White space beyond a single space makes tokens of its own.
    """

    def __init__(self, vocab: Vocab, encoder: Encoder):
        self.vocab = vocab
        self.encoder = encoder

    def __call__(self, text: str) -> Doc:
        text = Text.of(text)
        words = self.encoder.split_words(text)
        starts = [*words.start.tolist(), len(text)]
        ends = [*words.end.tolist(), len(text)]
        tokens: list[str] = []
        spaces: list[bool] = []  # whether a space follows each token
        end_before = 0
        for start, end in zip(starts, ends, strict=True):
            gap = text[end_before:start]
            if gap.startswith(" ") and spaces:
                spaces[-1] = True
                gap = gap[1:]
            for token in (gap, text[start:end]):
                if token:
                    tokens.append(token)
                    spaces.append(False)
            end_before = end
        doc = Doc(self.vocab, words=tokens, spaces=spaces)
        doc._.words = words
        doc.user_data[TEXT_KEY] = text
        return doc


def get_text(doc: Doc) -> Text:
    return Text.of(doc.user_data.get(TEXT_KEY) or doc.text)


def write_reading(doc: Doc, reading: ArticleReading) -> None:
    """Write on a document what was read in it; names and sentences that are there already stay."""
    quotes = reading.attributions
    contents = [quote.contents for quote in quotes]
    doc._.quotes = list(quotes)
    doc._.quote_vectors = reading.encoder.vectors.vectorize(reading.encoded, contents)
    sources = [quote.source for quote in quotes if quote.source]
    doc.spans["sources"] = build_token_spans(doc, sources, "source")
    doc.spans["cues"] = build_token_spans(doc, [quote.cue for quote in quotes], "cue")
    all_contents = [span for spans in contents for span in spans]
    doc.spans["contents"] = build_token_spans(doc, all_contents, "content")
    if not doc.has_annotation("ENT_IOB"):
        names = [build_token_span(doc, name.span, name.kind) for name in reading.names]
        doc.set_ents(filter_spans(names))
    if not doc.has_annotation("SENT_START"):
        doc.from_array(["SENT_START"], mark_sentence_starts(doc, reading.encoded))


def build_token_spans(doc: Doc, spans: list[Span], label: str) -> list[TokenSpan]:
    return [build_token_span(doc, span, label) for span in spans]


def build_token_span(doc: Doc, span: Span, label: str) -> TokenSpan:
    """Return the tokens that have characters of a span."""
    tokens = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
    assert tokens is not None, f"no token at {span}"
    return tokens


def mark_sentence_starts(doc: Doc, encoded: EncodedText) -> Any:
    """Return 1 for each token that begins a sentence, and -1 (as spaCy has it) for every other."""
    if len(doc) == 0:
        return np.zeros(0, np.uint64)
    begins = (encoded.sentences.argmax(-1) == 1) | (encoded.words.opens == 1)
    starts_of_sentences = encoded.words.start[begins]
    length, has_space_after = doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).T
    ends = np.cumsum(length + has_space_after)
    starts_of_tokens = np.concatenate([[0], ends[:-1]])
    marks = np.where(np.isin(starts_of_tokens, starts_of_sentences), 1, -1)
    marks[0] = 1
    return marks.astype(np.int64).view(np.uint64)
