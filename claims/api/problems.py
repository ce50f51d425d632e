"""What went wrong, as problem details (RFC 9457): one form for every error of the REST API."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from psycopg.errors import LockNotAvailable, QueryCanceled
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotAcceptable, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from claims.desk.refusals import StaleQuote
from claims.models.refusals import Refused

PROBLEM_MEDIA_TYPE = "application/problem+json"
# What each status means here: the name of the problem, which is its anchor on the page of the API,
# and a sentence for those whose cause says nothing more.
PROBLEMS: dict[int, tuple[str, str]] = {
    400: ("invalid", "Something of the request is unknown or makes no sense."),
    401: ("not-signed-in", "This needs a token, or to be signed in."),
    403: ("not-permitted", "Your token or account may not do this."),
    404: ("not-found", "There is nothing at this address."),
    405: ("wrong-method", "This address does not take this method."),
    406: ("no-such-format", "This is given as JSON alone."),
    409: ("changed", "What you decide on has changed since you read it. Nothing was written."),
    410: ("too-old", "What you ask for is no longer kept."),
    413: ("too-large", "The request is too large."),
    415: ("no-such-media-type", "A body should be JSON, as “application/json”."),
    422: ("refused", "The rules of the desk refuse this. Nothing was written."),
    429: ("too-many", "You have asked as often as you may; wait, and ask again."),
    500: ("failed", "This failed on our side, and is noted."),
    503: ("unavailable", "The database cannot be reached for now; ask again in a moment."),
}
OTHER_PROBLEM = ("other", "The request cannot be answered.")


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong with a request."""

    where = serializers.ChoiceField(
        choices=("query", "body"), help_text="in the address or in the body"
    )
    name = serializers.CharField(help_text="the parameter or field")
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """What went wrong, as RFC 9457 has it."""

    type = serializers.CharField(help_text="address of what is written about this kind of problem")
    title = serializers.CharField(help_text="what the status is called")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="what went wrong here, for a person")
    instance = serializers.CharField(help_text="the path that was asked for")
    errors = ProblemErrorSerializer(  # type: ignore[assignment] # a field of this name, no more
        many=True, required=False, help_text="each parameter or field that is wrong"
    )


class Changed(APIException):
    """What somebody decides on is not what they saw."""

    status_code = 409
    default_detail = PROBLEMS[409][1]


class TooOld(APIException):
    """What is asked for was kept once, and no longer is."""

    status_code = 410
    default_detail = PROBLEMS[410][1]


class TooLarge(APIException):
    status_code = 413
    default_detail = PROBLEMS[413][1]


class Unavailable(APIException):
    status_code = 503
    default_detail = PROBLEMS[503][1]


class TooSlow(APIException):
    """What would take longer than the site lets anybody wait."""

    status_code = 503
    default_detail = "This takes too long, and was stopped; ask for less."


class DeskRefusal(APIException):
    """What the rules of the desk refuse."""

    status_code = 422
    default_detail = PROBLEMS[422][1]


def answer_with_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return the problem details of an error that was raised while a request was answered.

    None for one that nobody foresaw: the site answers with 500 then (`headers.py`).
    """
    if isinstance(error, StaleQuote):
        error = Changed(str(error))
    elif isinstance(error, Refused):
        error = DeskRefusal(str(error))
    elif isinstance(error, OperationalError):
        is_stopped = isinstance(error.__cause__, QueryCanceled | LockNotAvailable)
        error = TooSlow() if is_stopped else Unavailable()
    elif isinstance(error, NotAcceptable):
        error = NotAcceptable(PROBLEMS[406][1])
    response = exception_handler(error, context)
    if response is None:
        return None
    request = context["request"]
    where = "query" if request.method in ("GET", "HEAD", "OPTIONS") else "body"
    errors = []
    detail = ""
    if isinstance(error, ValidationError):
        errors = list_errors(response.data, where)
        detail = " ".join(each["detail"] for each in errors)
    elif isinstance(response.data, dict):
        detail = str(response.data.get("detail", ""))
    response.data = build_problem(response.status_code, request.path, detail, errors)
    response.content_type = PROBLEM_MEDIA_TYPE
    return response


def list_errors(messages: Any, where: str) -> list[dict[str, str]]:
    """Return what is wrong, each with the name of its parameter or field."""
    return [
        {"where": where, "name": name, "detail": message}
        for name, message in list_named_messages(messages, "")
    ]


def list_named_messages(messages: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield each message with the name that it is for; that within another comes after a dot."""
    if isinstance(messages, Mapping):
        for part, of_part in messages.items():
            yield from list_named_messages(of_part, f"{name}.{part}" if name else str(part))
    elif isinstance(messages, Sequence) and not isinstance(messages, str):
        for message in messages:
            yield from list_named_messages(message, name)
    else:
        yield write_whole(name or "body"), write_whole(str(messages))


def write_whole(words: str) -> str:
    """Return words with a mark in the place of half characters, which no answer can carry."""
    return words.encode("utf-8", "replace").decode("utf-8")


def build_problem(
    status: int, path: str, detail: str = "", errors: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    anchor, sentence = PROBLEMS.get(status, OTHER_PROBLEM)
    problem: dict[str, Any] = {
        "type": f"/api/docs/#{anchor}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or sentence,
        "instance": path,
    }
    if errors:
        problem["errors"] = list(errors)
    return problem


def build_problem_response(request: HttpRequest, status: int, detail: str = "") -> JsonResponse:
    """Return the problem details of a request that the REST framework did not answer."""
    problem = build_problem(status, request.path, detail)
    return JsonResponse(problem, status=status, content_type=PROBLEM_MEDIA_TYPE)
