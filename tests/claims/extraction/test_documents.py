"""Articles as documents of spaCy: their tokens, what is written on them, and what is left alone."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from claims.extraction.pipeline import load

TEXT = "Ann  Bell of Port Ellery said\n\nthat it rained.  It is cold. "


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.parametrize("text", [TEXT, "", "  ", "\n\nIt rained", "It’s “here”…"])
def test_the_tokens_are_the_text(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)

    assert doc.text == text
    assert len(doc._.words) <= len(doc)


def test_spans_names_and_sentences_are_written_on_the_document(nlp: Language) -> None:
    text = "Ann Bell said that it rained. It is cold."

    doc = nlp(text)

    assert [span.text for span in doc.spans["sources"]] == ["Ann Bell"]
    assert [span.text for span in doc.spans["cues"]] == ["said"]
    assert [span.text for span in doc.spans["contents"]] == ["that it rained"]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ann Bell", "PER")]
    assert [sentence.text for sentence in doc.sents] == [
        "Ann Bell said that it rained.",
        "It is cold.",
    ]
    assert doc._.quote_vectors.shape == (1, 384)


def test_names_and_sentences_that_are_there_stay(nlp: Language) -> None:
    other = spacy.blank("en")
    other.add_pipe("newsroom_quotes")
    doc = other.make_doc("Ann Bell said that it rained. It is cold.")
    doc.set_ents([Span(doc, 0, 1, "PERSON")])
    doc[3].is_sent_start = True

    read: Doc = other.get_pipe("newsroom_quotes")(doc)

    assert [(entity.text, entity.label_) for entity in read.ents] == [("Ann", "PERSON")]
    assert [sentence.text for sentence in read.sents][:1] == ["Ann Bell said"]
    assert [quote.cue.of(read.text) for quote in read._.quotes] == ["said"]
