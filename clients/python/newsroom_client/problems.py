"""What can go wrong, as exceptions: one for each kind of problem that the API tells."""

from typing import ClassVar

from newsroom_client.models import Problem


class NewsroomError(Exception):
    """Whatever this client raises by itself."""


class Unreachable(NewsroomError):
    """The site did not answer, also not when it was asked again."""


class Unreadable(NewsroomError):
    """The site answered with what this client does not understand, or was cut short."""


class ProblemError(NewsroomError):
    """The site refused a request, and said why (RFC 9457).

    `problem` has what it said; `retry_after` the seconds that it asks to wait, if it does.
    """

    kind: ClassVar[str] = ""
    code: ClassVar[int] = 0

    def __init__(self, problem: Problem, retry_after: float | None = None):
        super().__init__(f"{problem.status} {problem.title}: {problem.detail}")
        self.problem = problem
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        return self.problem.status


class Invalid(ProblemError):
    """Something of the request is unknown or makes no sense: see `problem.errors`."""

    kind, code = "invalid", 400


class NotSignedIn(ProblemError):
    """This needs a token, or the token is unknown, expired or revoked."""

    kind, code = "not-signed-in", 401


class NotPermitted(ProblemError):
    """The token, or the account of its owner, may not do this."""

    kind, code = "not-permitted", 403


class NotFound(ProblemError):
    """There is nothing at this address."""

    kind, code = "not-found", 404


class WrongMethod(ProblemError):
    """This address does not take this method."""

    kind, code = "wrong-method", 405


class NoSuchFormat(ProblemError):
    """The API gives JSON alone."""

    kind, code = "no-such-format", 406


class Changed(ProblemError):
    """What is decided on has changed since it was read. Nothing was written."""

    kind, code = "changed", 409


class TooOld(ProblemError):
    """What is asked for is no longer kept: a copy must be read anew."""

    kind, code = "too-old", 410


class TooLarge(ProblemError):
    """The request, or the file that it asks for, is too large."""

    kind, code = "too-large", 413


class NoSuchMediaType(ProblemError):
    """A body should be JSON."""

    kind, code = "no-such-media-type", 415


class Refused(ProblemError):
    """The rules of the desk refuse this. Nothing was written."""

    kind, code = "refused", 422


class TooMany(ProblemError):
    """There were more requests than one may make, and the wait is longer than this client's."""

    kind, code = "too-many", 429


class Failed(ProblemError):
    """The site failed."""

    kind, code = "failed", 500


class Unavailable(ProblemError):
    """The site's database could not be reached, also not after some time."""

    kind, code = "unavailable", 503


KINDS: tuple[type[ProblemError], ...] = tuple(ProblemError.__subclasses__())


def build_error(problem: Problem, retry_after: float | None = None) -> ProblemError:
    """Return the exception of a problem, by the kind that the address of its type names.

    What is no page of the API has no kind, and goes by its status.
    """
    name = problem.type.rpartition("#")[2]
    by_name = [each for each in KINDS if each.kind == name]
    by_code = [each for each in KINDS if each.code == problem.status]
    error, *_ = (*by_name, *by_code, ProblemError)
    return error(problem, retry_after)
