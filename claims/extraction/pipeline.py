"""The spaCy pipeline: text in, attributions out.

    nlp = load()
    doc = nlp("Ukraine says Russia has deployed tanks.")
    doc._.quotes   # list of Attribution, in the order of their cues
    doc.spans["sources"], doc.spans["cues"], doc.spans["contents"]

The tokenizer splits as the encoder reads; the encoder runs once; each later component reads what stands before it in
`doc._.words`, `doc._.encoded`, `doc._.entities` and `doc._.found`.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans
from spacy.vocab import Vocab

from claims.extraction.acts import act_of
from claims.extraction.decoding import log_softmax, spans
from claims.extraction.encoder import Encoded, Encoder
from claims.extraction.features import MODEL_DIR, quoted_characters, read_words
from claims.extraction.kinds import kind_of
from claims.extraction.labels import ENTITIES
from claims.extraction.names import Entity
from claims.extraction.quotes import find_quotes
from claims.extraction.schema import Attribution, Span
from claims.extraction.selection import selected
from claims.extraction.speakers import Article, resolve

for _name in ("words", "encoded", "entities", "found", "quotes"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@cache
def encoder(folder: str, threads: int) -> Encoder:
    """One session a process and folder, shared by the components."""
    return Encoder(Path(folder), threads)


class WordTokenizer:
    """A token for each word of the encoder; white space beyond a single space makes tokens of its own."""

    def __init__(self, vocab: Vocab, reader: Encoder):
        self.vocab, self.reader = vocab, reader

    def __call__(self, text: str) -> Doc:
        words = read_words(text, self.reader.tokenizer)
        tokens: list[str] = []
        spaces: list[bool] = []
        at = 0
        bounds = zip([*words.start.tolist(), len(text)], [*words.end.tolist(), len(text)], strict=True)
        for start, end in bounds:
            gap = text[at:start]
            if gap.startswith(" ") and spaces:
                spaces[-1], gap = True, gap[1:]
            for part in (gap, text[start:end]):
                if part:
                    tokens.append(part)
                    spaces.append(False)
            at = end
        doc = Doc(self.vocab, words=tokens, spaces=spaces)
        doc._.words = words
        return doc


@Language.factory(
    "newsroom_encoder",
    assigns=["doc._.encoded", "doc._.entities", "doc.ents"],
    default_config={"model": str(MODEL_DIR), "threads": 0},
)
class EncoderComponent:
    """One pass of the encoder; entities are read off it at once."""

    def __init__(self, nlp: Language, name: str, model: str, threads: int):
        self.encoder = encoder(model, threads)
        nlp.tokenizer = WordTokenizer(nlp.vocab, self.encoder)

    def __call__(self, doc: Doc) -> Doc:
        doc._.encoded = self.encoder.encode(doc._.words)
        doc._.entities = entities(doc._.encoded)
        doc.set_ents(filter_spans([on_tokens(doc, e.span, e.kind) for e in doc._.entities]))
        return doc


@Language.factory(
    "newsroom_spans",
    requires=["doc._.encoded"],
    assigns=["doc._.found"],
    default_config={"model": str(MODEL_DIR), "threads": 0},
)
class SpansComponent:
    """The spans of each quote that is worth showing."""

    def __init__(self, nlp: Language, name: str, model: str, threads: int):
        self.encoder = encoder(model, threads)

    def __call__(self, doc: Doc) -> Doc:
        found = find_quotes(doc._.encoded, self.encoder.links, doc.text)
        doc._.found = selected(found, doc.text, quoted_characters(doc.text))
        return doc


@Language.component("newsroom_quotes", requires=["doc._.found", "doc._.entities"], assigns=["doc._.quotes", "doc.spans"])
def attribute(doc: Doc) -> Doc:
    """Kind and act by rule, and the speaker: the finished quotes."""
    text = doc.text
    inside = quoted_characters(text)
    article = Article(text, doc._.entities)
    quotes = []
    for quote, speaker in resolve(article, doc._.found):
        content = quote.contents[0].of(text)
        person = speaker is None or speaker.kind in ("person", "unnamed")
        quotes.append(
            Attribution(
                quote.source,
                quote.cue,
                quote.contents,
                kind_of(quote.contents, text, inside),
                act_of(quote.cue.of(text), content, person),
                quote.confidence,
                speaker,
            )
        )
    doc._.quotes = sorted(quotes, key=lambda q: q.cue)
    doc.spans["sources"] = [on_tokens(doc, q.source, "source") for q in doc._.quotes if q.source]
    doc.spans["cues"] = [on_tokens(doc, q.cue, "cue") for q in doc._.quotes]
    doc.spans["contents"] = [on_tokens(doc, span, "content") for q in doc._.quotes for span in q.contents]
    return doc


def entities(encoded: Encoded) -> list[Entity]:
    """The names of the text; none runs from one paragraph into the next."""
    words, scores = encoded.words, log_softmax(encoded.entities)
    made: list[Entity] = []
    for start, end in pairwise([0, *(np.flatnonzero(words.opens[1:]) + 1), len(words)]):
        (found,) = spans(scores[None, start:end], ENTITIES)
        for e in found:
            span = Span(int(words.start[start + e.start]), int(words.end[start + e.end - 1]))
            made.append(Entity(span, e.name))  # type: ignore[arg-type]
    return made


def on_tokens(doc: Doc, span: Span, label: str) -> DocSpan:
    made = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
    assert made is not None, f"no token at {span}"
    return made


def load(model: Path = MODEL_DIR, threads: int = 0) -> Language:
    """The whole pipeline. `threads`: of the encoder, 0 for one a core. Raises `ModelMissing` naming the file."""
    nlp = Language(max_length=20_000_000)
    config = {"model": str(model), "threads": threads}
    nlp.add_pipe("newsroom_encoder", config=config)
    nlp.add_pipe("newsroom_spans", config=config)
    nlp.add_pipe("newsroom_quotes")
    return nlp


def version(model: Path = MODEL_DIR) -> str:
    """Of the model, as it is stored with every quote."""
    return encoder(str(model), 0).version
