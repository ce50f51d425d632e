"""What curators write: decisions on quotes, merged actors, and taking either back.

The rules are those of the desk: nobody decides on what they have not seen, nor on what somebody else
has before them now, and all of it can be undone.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pghistory
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ParseError, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.actors import merging, undoing
from claims.actors.merge_plans import plan_merge
from claims.api.problems import Changed, TooLarge
from claims.api.serializers import QuoteSerializer
from claims.api.viewsets import refuse_unknown_parameters
from claims.desk.deciding import Decider, DeskAction, DeskDecision
from claims.desk.leases import find_other_holder
from claims.desk.parts import QuoteParts
from claims.desk.quote_values import compute_quote_state
from claims.desk.refusals import DecisionRefused, StaleQuote
from claims.desk.undoing import undo_decisions
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, Span
from claims.models import Actor, Merge, Quote, TokenScope
from claims.models.merges import LONGEST_MERGE_REASON, MergeTable
from newsroom.row_numbers import read_row_number

LARGEST_BODY = 5_000_000  # bytes: the longest text that is handed in, and what is around it
LARGEST_OFFSET = 2**31 - 1
LONGEST_NAME = 300  # characters
LONGEST_WHY = 1000
MOST_SPANS = 100
EXTRA_PERMISSIONS = {
    DeskAction.ADD: "claims.add_quote",
    DeskAction.SPLIT: "claims.add_quote",
    DeskAction.GIVE_NEW_SPEAKER: "claims.add_actor",
}
ID_PARAMETER = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


# Decisions


class BoundsSerializer(serializers.Serializer[Any]):
    """Where words stand in the article's text, in code points; the end is not included."""

    start = serializers.IntegerField(min_value=0, max_value=LARGEST_OFFSET)
    end = serializers.IntegerField(min_value=0, max_value=LARGEST_OFFSET)

    def validate(self, bounds: dict[str, int]) -> dict[str, int]:
        if bounds["start"] >= bounds["end"]:
            raise serializers.ValidationError({"end": ["The end comes after the start."]})
        return bounds


class DecisionSerializer(serializers.Serializer[Any]):
    """What is decided of a quote. Which fields are needed depends on `what`."""

    what = serializers.ChoiceField(
        choices=[action.value for action in DeskAction],
        help_text=(
            "`accept`, `reject`, `unreview`; correct it by `actor`, `unknown`, `runner` or `new`"
            " (who said it), `act`, `kind`, `spans` (its limits), `split`, `join`; or `add` another"
        ),
    )
    state = serializers.CharField(
        max_length=64, help_text="the quote's `state`, from its history: what you decide on"
    )
    why = serializers.CharField(
        required=False, max_length=LONGEST_WHY, help_text="kept in the history"
    )
    actor = serializers.CharField(
        required=False, max_length=100, help_text="slug, for `what`: `actor`"
    )
    runner_up = serializers.IntegerField(
        required=False, min_value=0, max_value=9, help_text="place in `runners_up`, for `runner`"
    )
    name = serializers.CharField(required=False, max_length=LONGEST_NAME, help_text="for `new`")
    kind_of_actor = serializers.ChoiceField(
        required=False, choices=ACTOR_KINDS, help_text="for `new`"
    )
    act = serializers.ChoiceField(required=False, choices=ACTS, help_text="for `act` and `add`")
    kind = serializers.ChoiceField(required=False, choices=KINDS, help_text="for `kind`")
    who = BoundsSerializer(
        required=False, allow_null=True, help_text="for `spans`, `split`, `add`; null: none"
    )
    cue = BoundsSerializer(required=False, help_text="for `spans`, `split` and `add`")
    contents = BoundsSerializer(
        many=True, required=False, help_text="for `spans`, `split` and `add`"
    )
    following = serializers.IntegerField(
        required=False, min_value=0, help_text="id of the next quote, for `join`"
    )

    def validate_contents(self, contents: list[Any]) -> list[Any]:
        if len(contents) > MOST_SPANS:
            raise serializers.ValidationError(f"Give {MOST_SPANS} at most.")
        return contents


class DecidedSerializer(serializers.Serializer[Any]):
    decision = serializers.UUIDField(help_text="by which it is undone")
    state = serializers.CharField(help_text="of the quote now")
    quote = QuoteSerializer()
    added = QuoteSerializer(allow_null=True, help_text="the quote that is new by this")


NEEDED_FIELDS: dict[DeskAction, tuple[str, ...]] = {
    DeskAction.GIVE_SPEAKER: ("actor",),
    DeskAction.GIVE_RUNNER_UP: ("runner_up",),
    DeskAction.GIVE_NEW_SPEAKER: ("name", "kind_of_actor"),
    DeskAction.GIVE_ACT: ("act",),
    DeskAction.GIVE_KIND: ("kind",),
    DeskAction.GIVE_PARTS: ("cue", "contents"),
    DeskAction.SPLIT: ("cue", "contents"),
    DeskAction.ADD: ("cue", "contents", "act"),
    DeskAction.JOIN: ("following",),
}


class DecisionsView(APIView):
    """Decides on a quote: accepts or rejects it, corrects who said it, what, and where it begins and
    ends, splits it, joins it with the next, or adds one that was missed.
    """

    tag = "curation"
    scope, permission = TokenScope.DECISIONS, "claims.change_quote"

    @extend_schema(
        operation_id="decide_quote",
        summary="Decide on a quote",
        parameters=[ID_PARAMETER],
        request=DecisionSerializer,
        responses={201: DecidedSerializer},
    )
    def post(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        values = read_body(DecisionSerializer, request)
        action = DeskAction(values["what"])
        check_needed_fields(action, values)
        check_extra_permission(request, action)
        number = read_row_number(pk) or 0
        decider = Decider(get_user(request))
        with write(values.get("why", "")):
            quote = lock_quote_as_read(number, values["state"], decider.curator)
            added = decider.carry_out(quote, build_decision(action, values))
        return Response(describe_decided(decider, number, added, request), status=201)


def check_needed_fields(action: DeskAction, values: dict[str, Any]) -> None:
    missing = [name for name in NEEDED_FIELDS.get(action, ()) if name not in values]
    if missing:
        raise ValidationError({name: [f"“{action}” needs this."] for name in missing})


def check_extra_permission(request: Request, action: DeskAction) -> None:
    needed = EXTRA_PERMISSIONS.get(action)
    if needed and not get_user(request).has_perm(needed):
        raise PermissionDenied


def build_decision(action: DeskAction, values: dict[str, Any]) -> DeskDecision:
    """Return what is to be done. Raises `DecisionRefused` where the actor is not there."""
    parts = None
    if "cue" in values and "contents" in values:
        who = values.get("who")
        contents = [build_span(bounds) for bounds in values["contents"]]
        parts = QuoteParts(build_span(who) if who else None, build_span(values["cue"]), contents)
    actor = None
    if action is DeskAction.GIVE_SPEAKER:
        actor = Actor.objects.filter(slug=values["actor"]).first()
        if actor is None:
            raise DecisionRefused("There is no such actor.")
    return DeskDecision(
        action,
        actor=actor,
        name=values.get("name", ""),
        kind_of_actor=values.get("kind_of_actor", ""),
        runner_up=values.get("runner_up", 0),
        act=values.get("act", ""),
        kind=values.get("kind", ""),
        parts=parts,
        following=values.get("following"),
    )


def build_span(bounds: dict[str, int]) -> Span:
    return Span(bounds["start"], bounds["end"])


def lock_quote_as_read(pk: int, state: str, curator: User) -> Quote:
    """Return the quote, locked.

    Raises `StaleQuote` if it is not as it was read, or if somebody else has it before them.
    """
    locked = Quote.objects.select_for_update(of=("self",))
    related = locked.select_related("article", "wording", "actor", "within")
    quote = related.defer("article__search", "wording__search", "search_content").filter(pk=pk)
    found = quote.first()
    if found is None:
        raise Http404
    if compute_quote_state(found) != state:
        raise StaleQuote("This quote has changed since you read it. Nothing was written.")
    holder = find_other_holder(pk, curator)
    if holder:
        raise StaleQuote(f"{holder} is looking at this quote now. Nothing was written.")
    return found


def describe_decided(
    decider: Decider, pk: int, added: Quote | None, request: Request
) -> dict[str, Any]:
    quotes = Quote.objects.for_display().with_version().in_bulk([pk, added.pk if added else pk])
    decided = {
        "decision": decider.group,
        "state": compute_quote_state(quotes[pk]),
        "quote": quotes[pk],
        "added": quotes.get(added.pk) if added else None,
    }
    return DecidedSerializer(decided, context={"request": request}).data


class UndoneSerializer(serializers.Serializer[Any]):
    what = serializers.CharField(help_text="what was undone, in words")
    quotes = serializers.ListField(
        child=serializers.IntegerField(), help_text="ids of the quotes that are as before"
    )


class DecisionUndoView(APIView):
    """Takes back a decision of yours, as long as its quotes are as it left them."""

    tag = "curation"
    scope, permission = TokenScope.DECISIONS, "claims.change_quote"

    @extend_schema(
        operation_id="undo_decision",
        summary="Undo a decision",
        parameters=[OpenApiParameter("decision", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        request=None,
        responses={200: UndoneSerializer},
    )
    def post(self, request: Request, decision: uuid.UUID) -> Response:
        refuse_unknown_parameters(request, ())
        undone = undo_decisions(decision, get_user(request))
        return Response(UndoneSerializer(undone).data)


# Merges


class MergeSerializer(serializers.Serializer[Any]):
    others = serializers.ListField(
        child=serializers.CharField(max_length=100),
        min_length=1,
        max_length=merging.MOST_ACTORS_MERGED - 1,
        help_text="slugs of the actors that are one with this",
    )
    reason = serializers.CharField(max_length=LONGEST_MERGE_REASON)
    sure = serializers.BooleanField(
        default=False, help_text="that you have looked at the doubts, where there are any"
    )


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_MERGE_REASON)


class MergedSerializer(serializers.ModelSerializer[Merge]):
    """What was merged: by its `id` it is undone."""

    left = serializers.ListField(
        child=serializers.CharField(), help_text="rows that undoing left alone, a sentence for each"
    )

    class Meta:
        model = Merge
        fields = ("id", "title", "reason", "made_at", "undone_at", "left")


class ActorMergesView(APIView):
    """Merges other actors into this one."""

    tag = "curation"
    scope, permission = TokenScope.MERGES, "claims.merge_actor"

    @extend_schema(
        operation_id="merge_actors",
        summary="Merge actors",
        parameters=[OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH)],
        request=MergeSerializer,
        responses={201: MergedSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        refuse_unknown_parameters(request, ())
        values = read_body(MergeSerializer, request)
        survivor = Actor.objects.filter(slug=slug).first() if "\0" not in slug else None
        if survivor is None:
            raise Http404
        others = find_actors(values["others"])
        plan = plan_merge(survivor, others)
        if plan.doubts and not values["sure"]:
            doubts = " ".join(plan.doubts)
            raise merging.MergeRefused(f"Say that you are sure, for there are doubts: {doubts}")
        user, pks = get_user(request), [actor.pk for actor in others]
        with write(values["reason"]):
            done = merging.merge_actors(survivor.pk, pks, user, values["reason"], plan.token)
        return Response(MergedSerializer(done).data, status=201)


def find_actors(slugs: list[str]) -> list[Actor]:
    """Return the actors of these slugs. Raises `ValidationError` for one that there is not."""
    rows = {actor.slug: actor for actor in Actor.objects.filter(slug__in=slugs)}
    missing = [slug for slug in slugs if slug not in rows]
    if missing:
        raise ValidationError({"others": [f"There is no actor “{slug}”." for slug in missing]})
    return [rows[slug] for slug in slugs]


class MergeUndoView(APIView):
    """Takes back a merge of actors."""

    tag = "curation"
    scope, permission = TokenScope.MERGES, "claims.merge_actor"

    @extend_schema(
        operation_id="undo_merge",
        summary="Undo a merge",
        parameters=[ID_PARAMETER],
        request=ReasonSerializer,
        responses={200: MergedSerializer},
    )
    def post(self, request: Request, pk: str) -> Response:
        refuse_unknown_parameters(request, ())
        reason = read_body(ReasonSerializer, request)["reason"]
        merge = Merge.objects.filter(pk=read_row_number(pk) or 0, table=MergeTable.ACTOR).first()
        if merge is None:
            raise Http404
        with write(reason):
            undone = undoing.undo_merge(merge.pk, get_user(request), reason)
        return Response(MergedSerializer(undone).data)


# What all of them do


def read_body(serializer_class: type[serializers.Serializer[Any]], request: Request) -> Any:
    """Return the values of the body. Raises `ValidationError` for what is unknown or makes no sense."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooLarge
    try:
        serializer = serializer_class(data=request.data)
    except RecursionError as error:
        raise ParseError("The body is nested too deeply.") from error
    serializer.is_valid(raise_exception=True)
    unknown = [name for name in request.data if name not in serializer.fields]
    if unknown:
        raise ValidationError({name: [f"There is no field “{name}” here."] for name in unknown})
    return serializer.validated_data


def get_user(request: Request) -> User:
    """Return who writes; `MayWrite` lets nobody else come so far."""
    return cast("User", request.user)


@contextmanager
def write(why: str) -> Iterator[None]:
    """Run the block in one transaction whose reason is kept in the history.

    Raises `Changed` where the database refuses what somebody else has made impossible since.
    """
    try:
        with transaction.atomic(), pghistory.context(**({"why": why} if why else {})):
            yield
    except IntegrityError as error:
        raise Changed("The database refused this. Nothing was written.") from error
