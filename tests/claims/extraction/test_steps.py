import pytest
from spacy.language import Language

from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.pipeline import STEPS, get_encoder, load
from claims.extraction.steps import ArticleReading, find_speakers, take_steps
from claims.extraction.text.article_text import Text

TEXT = "Ann Bell said the mill had claimed that the dust was harmless."


@pytest.fixture(scope="module")
def reading() -> ArticleReading:
    encoder = get_encoder(str(MODEL_DIR), 0)
    return ArticleReading(encoder, encoder(TEXT), Text(TEXT), None, "")


def test_each_step_leaves_what_it_was_given_as_it_was(reading: ArticleReading) -> None:
    states = [reading]

    for step in STEPS:
        states.append(step(states[-1]))

    assert states[0].quotes == ()
    assert states[-1].attributions == take_steps(reading, STEPS).attributions
    assert [len(state.attributions) for state in states] == [0] * (len(STEPS) - 1) + [2, 2]
    assert [bool(state.quotes) for state in states[:4]] == [False, False, False, True]


def test_who_says_it_cannot_be_told_before_who_is_who(reading: ArticleReading) -> None:
    with pytest.raises(RuntimeError, match="learn_who_is_who"):
        find_speakers(reading)


def test_the_pipeline_takes_all_steps(reading: ArticleReading) -> None:
    nlp: Language = load()

    assert nlp(TEXT)._.quotes == take_steps(reading, STEPS).attributions
