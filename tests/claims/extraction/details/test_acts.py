import pytest

from claims.extraction.details.acts import (
    is_known_to_report,
    list_signs_of_act,
    load_act_scorer,
)
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.schema import Act, Span

CONTENT = "that the pier might fall"


def classify(cue: str, content: str = CONTENT, source_is_person: bool = True) -> tuple[Act, float]:
    text = f"{cue} {content}"
    contents = [Span(len(cue) + 1, len(text))]
    signs = list_signs_of_act(text, Span(0, len(cue)), contents, source_is_person)
    return load_act_scorer(MODEL_DIR).classify(signs)


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", "say"),
        ("added", "say"),
        ("told", "say"),
        ("put it", "say"),
        (":", "say"),
        ("—", "say"),
        ("pointed out", "say"),
        ("said in a statement", "say"),
        ("claims", "claim"),
        ("insisted", "claim"),
        ("has alleged", "claim"),
        ("reports", "report"),
        ("found", "report"),
        ("admitted", "confirm"),
        ("conceded", "confirm"),
        ("has denied", "deny"),
        ("rejected", "deny"),
        ("ruled out", "deny"),
        ("accused", "accuse"),
        ("lashed out at", "accuse"),
        ("strongly criticised", "accuse"),
        ("praised", "support"),
        ("warned", "warn"),
        ("issued a warning", "warn"),
        ("vowed", "promise"),
        ("made a promise", "promise"),
        ("called for", "demand"),
        ("urged", "demand"),
        ("predicts", "predict"),
        ("asked", "question"),
        ("cast doubt on", "question"),
        ("believes", "believe"),
        ("expressed concern", "believe"),
        ("is confident", "believe"),
        ("was aware", "believe"),
        ("is sceptical", "question"),
    ],
)
def test_the_act_is_that_of_the_reporting_words(cue: str, act: str) -> None:
    assert classify(cue)[0] == act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("declined", "to comment on the claim", "no_comment"),
        ("declined to comment", "on the report", "no_comment"),
        ("did not respond to", "requests for comment", "no_comment"),
        ("refused", "to leave office", "deny"),
        ("did not confirm", "the number of dead", "deny"),
        ("didn’t support", "the bill", "deny"),
        ("did not say", "when he would resign", "say"),
        ("did not accuse", "the ministry", "say"),
        ("avoids condemning", "the invasion", "say"),
        ("stopped short of blaming", "the mayor", "say"),
        ("refused to condemn", "the attack", "say"),
        ("pleaded", "guilty to theft", "confirm"),
        ("pleaded", "not to find her client guilty", "demand"),
        ("rejected", "the guilty plea", "deny"),
        ("pleaded", "not guilty to theft", "deny"),
        ("never warned", "that the pier might fall", "say"),
        ("does not believe", "that the pier will fall", "deny"),
        ("was not aware", "that the pier might fall", "question"),
        ("have no evidence", "that the pier might fall", "question"),
        ("has no doubt", "that the pier will fall", "believe"),
        ("stood by", "the minister", "support"),
        ("is determined", "to rebuild the pier", "promise"),
        ("asked", "whether the pier was safe", "question"),
        ("asked", "the council to rebuild the pier", "demand"),
        ("called", "the plan a disgrace", "accuse"),
        ("called for", "an inquiry", "demand"),
    ],
)
def test_negation_and_what_follows_change_the_act(cue: str, content: str, act: str) -> None:
    assert classify(cue, content)[0] == act


def test_according_to_a_person_is_saying_and_to_a_document_reporting() -> None:
    assert classify("according to", source_is_person=True)[0] == "say"
    assert classify("according to", source_is_person=False)[0] == "report"


@pytest.mark.parametrize(
    ("cue", "known"),
    [
        ("said", True),
        ("a denial", True),
        ("declined", True),
        ("according to", True),
        ("looks forward to", True),
        (":", True),
        ("swam", False),
    ],
)
def test_a_cue_of_the_tables_is_known_to_report(cue: str, known: bool) -> None:
    assert is_known_to_report(cue) is known


def test_a_cue_that_is_known_is_surer_than_one_that_is_not() -> None:
    _, sure = classify("denied")
    _, unsure = classify("swam")

    assert unsure < 0.8 < sure <= 1
