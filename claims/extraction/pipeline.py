"""The spaCy pipeline: text in, attributions out.

    nlp = load()
    doc = nlp("Ukraine says Russia has deployed tanks.")
    doc._.quotes   # list of Attribution, in the order of their cues
    doc.spans["sources"], doc.spans["cues"], doc.spans["contents"]
    doc._.quote_vectors   # what each quote says, as a vector

The component works behind any tokenizer, in any pipeline:
`spacy.blank("en").add_pipe("newsroom_quotes")`. What an article's page says of it helps, where it
is known: `doc._.published`, a date, `doc._.publisher` and `doc._.author`.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction.documents import WordTokenizer, get_text, write_reading
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.session import Encoder, PendingEncoding
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.reading_ahead import begin, keep_ahead
from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution
from claims.extraction.steps import (
    ArticleReading,
    Step,
    complete_by_quotation_marks,
    complete_names_of_sources,
    describe_quotes,
    find_datelines,
    find_names,
    find_quotes_by_cues,
    find_speakers,
    learn_who_is_who,
    leave_out_doubtful_quotes,
    leave_out_reasons,
    replace_hearers,
    set_right_by_blocks,
    set_right_by_layout,
    share_sources_of_cues,
    take_steps,
)

# From what the encoder has read to the attributions; `model/MODEL_CARD.md` tells the same in words.
STEPS: tuple[Step, ...] = (
    find_datelines,
    find_names,
    find_quotes_by_cues,
    leave_out_doubtful_quotes,
    set_right_by_blocks,
    complete_by_quotation_marks,
    set_right_by_layout,
    leave_out_doubtful_quotes,
    share_sources_of_cues,
    learn_who_is_who,
    complete_names_of_sources,
    replace_hearers,
    find_speakers,
    describe_quotes,
    leave_out_reasons,
)
LONGEST_TEXT = 20_000_000  # characters


@cache
def get_encoder(folder: str, threads: int) -> Encoder:
    """Return the encoder of a model's folder: one a process, which the components share."""
    return Encoder(Path(folder), threads)


@Language.factory(
    "newsroom_quotes",
    assigns=["doc._.quotes", "doc._.quote_vectors", "doc.spans", "doc.ents", "token.is_sent_start"],
    default_config={"model": str(MODEL_DIR), "threads": 0},
)
class QuotesComponent:
    """Find who said what in a document: one pass of the encoder, and what is read off it."""

    def __init__(self, nlp: Language, name: str, model: str, threads: int):
        self.encoder = get_encoder(model, threads)

    def __call__(self, doc: Doc) -> Doc:
        return self.finish(doc, self.begin(doc)())

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """Yield the documents, each finished while the encoder reads those after it.

        How many are read ahead is up to `keep_ahead`, whatever the `batch_size`.
        """
        begun = ((self.begin(doc), doc) for doc in stream)
        with closing(keep_ahead(begun)) as ahead:
            for encoding, doc in ahead:
                yield self.finish(doc, encoding())

    def begin(self, doc: Doc) -> PendingEncoding:
        """Have the encoder read a document."""
        return self.encoder.begin(doc._.words or self.encoder.split_words(get_text(doc)))

    def finish(self, doc: Doc, encoded: EncodedText) -> Doc:
        """Take the steps that follow the encoder, and write on the document what they find."""
        reading = ArticleReading(
            self.encoder,
            encoded,
            get_text(doc),
            doc._.published,
            doc._.publisher or "",
            doc._.author or "",
        )
        write_reading(doc, take_steps(reading, STEPS))
        return doc


def load(model: Path = MODEL_DIR, threads: int = 0) -> Language:
    """Return the whole pipeline.

    `threads` are those of the encoder, 0 for one a core. Raises `ModelMissing` with the name of the
    file that is not there.
    """
    nlp = Language(max_length=LONGEST_TEXT)
    nlp.tokenizer = WordTokenizer(nlp.vocab, get_encoder(str(model), threads))
    nlp.add_pipe("newsroom_quotes", config={"model": str(model), "threads": threads})
    return nlp


def read_article(
    nlp: Language, text: str, published: date | None = None, publisher: str = ""
) -> list[Attribution]:
    """Return the attributions of an article, read with what its page says of it."""
    return list(begin(nlp, ArticleText(text, published, publisher))())


def version(model: Path = MODEL_DIR) -> str:
    """Return the version of the model, which is stored with every quote."""
    return get_encoder(str(model), 0).version
