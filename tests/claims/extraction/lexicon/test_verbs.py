import pytest

from claims.extraction.lexicon.verbs import (
    ACT_OF_NOUN,
    ACT_OF_VERB,
    LEMMA_OF_FORM,
    LIGHT_VERBS,
    NOUNS_BY_ACT,
    VERBS_BY_ACT,
    list_forms_of_verbs,
    list_verb_forms,
)
from claims.extraction.schema import ACTS


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("urge", {"urge", "urges", "urged", "urging", "urgeing"}),
        ("stress", {"stress", "stresses", "stressed", "stressing"}),
        ("beg", {"beg", "begs", "begged", "begging", "beged", "beging"}),
        ("say", {"say", "says", "sayed", "saying", "sayyed", "sayying"}),
    ],
)
def test_a_verb_has_its_regular_forms(verb: str, forms: set[str]) -> None:
    assert set(list_verb_forms(verb)) == forms


def test_the_forms_of_verbs_have_the_irregular_ones_among_them() -> None:
    forms = list_forms_of_verbs(["tell", "warn"])

    assert {"tells", "told", "warned"} <= forms
    assert "said" not in forms


@pytest.mark.parametrize(
    ("form", "verb"),
    [("said", "say"), ("denies", "deny"), ("begging", "beg"), ("made", "make"), ("pled", "plead")],
)
def test_a_form_is_of_its_verb(form: str, verb: str) -> None:
    assert LEMMA_OF_FORM[form] == verb


def test_each_act_has_its_row_of_verbs_and_of_nouns() -> None:
    assert tuple(VERBS_BY_ACT) == ACTS
    assert tuple(NOUNS_BY_ACT) == ACTS


def test_a_noun_has_the_act_of_its_singular() -> None:
    assert ACT_OF_NOUN["denials"] == ACT_OF_NOUN["denial"] == "deny"


def test_a_light_verb_that_reports_too_keeps_its_act() -> None:
    assert "share" in LIGHT_VERBS
    assert ACT_OF_VERB["share"] == "say"
