"""What a form of the desk says is read as one decision, or refused with the reason."""

from typing import Any

import pytest
from django.http import QueryDict

from claims.admin.decision_forms import read_action, read_decision, split_button_value
from claims.desk.deciding import DeskAction, DeskDecision
from claims.desk.parts import QuoteParts
from claims.desk.refusals import DecisionRefused
from claims.extraction.schema import Span
from tests.factories import make_actor

PARTS = QuoteParts(Span(0, 4), Span(5, 9), [Span(10, 12), Span(14, 20)])
PARTS_SENT = "source=0-4&cue=5-9&contents=10-12,14-20"


def read_form(sent: str) -> DeskDecision:
    values = split_button_value(QueryDict(sent))
    return read_decision(read_action(values), values)


@pytest.mark.parametrize(
    ("sent", "action", "values"),
    [
        ("what=accept", DeskAction.ACCEPT, {}),
        ("what=unknown", DeskAction.GIVE_NO_SPEAKER, {}),
        ("what=runner:2", DeskAction.GIVE_RUNNER_UP, {"runner_up": 2}),
        (
            "what=new&name=Ana Bell&kind_of_actor=person",
            DeskAction.GIVE_NEW_SPEAKER,
            {"name": "Ana Bell", "kind_of_actor": "person"},
        ),
        ("what=act&act=deny", DeskAction.GIVE_ACT, {"act": "deny"}),
        ("what=kind&kind=mixed", DeskAction.GIVE_KIND, {"kind": "mixed"}),
        (f"what=spans&{PARTS_SENT}", DeskAction.GIVE_PARTS, {"parts": PARTS}),
        (f"what=split&{PARTS_SENT}&act=deny", DeskAction.SPLIT, {"parts": PARTS}),
        (f"what=add&{PARTS_SENT}&act=deny", DeskAction.ADD, {"parts": PARTS, "act": "deny"}),
        ("what=join&other=12", DeskAction.JOIN, {"following": 12}),
    ],
)
def test_a_form_is_read_as_a_decision(
    sent: str, action: DeskAction, values: dict[str, Any]
) -> None:
    assert read_form(sent) == DeskDecision(action, **values)


@pytest.mark.django_db
def test_a_button_carries_the_speaker_that_it_stands_for() -> None:
    actor = make_actor("Ana Bell", "person")

    decision = read_form(f"what=actor:{actor.pk}")

    assert decision == DeskDecision(DeskAction.GIVE_SPEAKER, actor=actor)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ("", "Choose what to do"),
        ("what=unreview", "Choose what to do"),
        ("what=actor:x", "no such actor"),
        ("what=runner:10", "Choose the runner"),
        ("what=new&name=Ana&kind_of_actor=ghost", "Choose the kind of actor"),
        ("what=act&act=sing", "Choose the act"),
        ("what=spans&source=0-4&cue=5-9,10-11&contents=10-12", "one cue"),
        ("what=spans&source=0-4&cue=5-9&contents=", "words that it says"),
        ("what=spans&source=4-0&cue=5-9&contents=10-12", "The source is not understood"),
        ("what=spans&source=a&cue=5-9&contents=10-12", "The source is not understood"),
        (f"what=add&{PARTS_SENT}", "Choose the act"),
    ],
)
def test_what_makes_no_sense_is_refused(sent: str, why: str) -> None:
    with pytest.raises(DecisionRefused, match=why):
        read_form(sent)
