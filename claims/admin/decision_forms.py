"""What a curator decides of a quote, read from the forms of the desk."""

from django.http import HttpRequest, QueryDict

from claims.admin.requests import check_permission
from claims.desk.deciding import DeskAction, DeskDecision
from claims.desk.parts import QuoteParts
from claims.desk.refusals import DecisionRefused
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, Span
from claims.models import Actor
from newsroom.row_numbers import read_row_number

ACTIONS_AT_DESK = set(DeskAction) - {DeskAction.UNREVIEW}
EXTRA_PERMISSIONS = {
    DeskAction.ADD: "claims.add_quote",
    DeskAction.SPLIT: "claims.add_quote",
    DeskAction.GIVE_NEW_SPEAKER: "claims.add_actor",
}
# After these the quote is done with, even for a curator who stays at quotes that they correct.
FINISHING_ACTIONS = {DeskAction.ACCEPT, DeskAction.REJECT}
RUNNER_UP_NUMBERS = tuple("0123456789")


def split_button_value(sent: QueryDict) -> QueryDict:
    """Return the values that were sent, a choice that the pressed button carries as one of its own.

    The button "actor:12" stands for the action "actor" and the value 12 of `actor`.
    """
    action, _, choice = sent.get("what", "").partition(":")
    values = sent.copy()
    if choice:
        values[action] = choice
    values["what"] = action
    return values


def read_action(values: QueryDict) -> DeskAction | None:
    """Return the action that was chosen, None if there is none of this name at the desk."""
    name = values.get("what", "")
    return DeskAction(name) if name in ACTIONS_AT_DESK else None


def check_action_permission(request: HttpRequest, action: DeskAction | None) -> None:
    """Raise `PermissionDenied` if the action needs a permission of its own which the user lacks."""
    if action is not None and action in EXTRA_PERMISSIONS:
        check_permission(request, EXTRA_PERMISSIONS[action])


def read_decision(action: DeskAction | None, values: QueryDict) -> DeskDecision:
    """Return the decision on an action, with the values that it needs.

    Raise `DecisionRefused` where one is missing or makes no sense.
    """
    match action:
        case None:
            raise DecisionRefused("Choose what to do.")
        case DeskAction.GIVE_SPEAKER:
            return DeskDecision(action, actor=read_chosen_actor(values))
        case DeskAction.GIVE_RUNNER_UP:
            number = int(read_choice(values, "runner", RUNNER_UP_NUMBERS))
            return DeskDecision(action, runner_up=number)
        case DeskAction.GIVE_NEW_SPEAKER:
            kind_of_actor = read_choice(values, "kind_of_actor", ACTOR_KINDS)
            return DeskDecision(action, name=values.get("name", ""), kind_of_actor=kind_of_actor)
        case DeskAction.GIVE_ACT:
            return DeskDecision(action, act=read_choice(values, "act", ACTS))
        case DeskAction.GIVE_KIND:
            return DeskDecision(action, kind=read_choice(values, "kind", KINDS))
        case DeskAction.GIVE_PARTS | DeskAction.SPLIT | DeskAction.ADD:
            return read_decision_on_parts(action, read_parts(values), values)
        case DeskAction.JOIN:
            return DeskDecision(action, following=read_row_number(values.get("other", "")))
    return DeskDecision(action)


def read_decision_on_parts(
    action: DeskAction, parts: QuoteParts, values: QueryDict
) -> DeskDecision:
    """Return the decision on an action whose parts are known; a quote that is added has an act."""
    act = read_choice(values, "act", ACTS) if action is DeskAction.ADD else ""
    return DeskDecision(action, parts=parts, act=act)


def read_choice(values: QueryDict, name: str, known: tuple[str, ...]) -> str:
    value = values.get(name, "")
    if value not in known:
        raise DecisionRefused(f"Choose the {name.replace('_', ' ')} from the list.")
    return value


def read_chosen_actor(values: QueryDict) -> Actor:
    number = read_row_number(values.get("actor", ""))
    actor = Actor.objects.filter(pk=number).first() if number is not None else None
    if actor is None:
        raise DecisionRefused("There is no such actor any more: choose another.")
    return actor


def read_parts(values: QueryDict) -> QuoteParts:
    """Return the parts of a quote as the editor of the page sends them, in three fields."""
    sources = read_spans(values, "source")
    cues = read_spans(values, "cue")
    contents = read_spans(values, "contents")
    if len(sources) > 1 or len(cues) != 1 or not contents:
        raise DecisionRefused("A quote has at most one source, one cue, and words that it says.")
    return QuoteParts(sources[0] if sources else None, cues[0], contents)


def read_spans(values: QueryDict, name: str) -> list[Span]:
    """Return spans that are sent as "12-34,56-78"."""
    spans = []
    try:
        for text in values.get(name, "").split(","):
            if text.strip():
                start, end = text.split("-")
                spans.append(Span(int(start), int(end)))
    except ValueError as error:
        raise DecisionRefused(f"The {name} is not understood: choose words of the text.") from error
    return spans
