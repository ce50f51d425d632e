"""A small typed client of Newsroom's REST API: who said what in the news."""

from newsroom_client.changes import ChangeFeed
from newsroom_client.client import Newsroom
from newsroom_client.downloads import Download, Rows
from newsroom_client.models import Filters, Problem, Quote, Row
from newsroom_client.paging import Page, Pages
from newsroom_client.problems import (
    Changed,
    Invalid,
    NewsroomError,
    NotFound,
    NotPermitted,
    NotSignedIn,
    ProblemError,
    Refused,
    TooLarge,
    TooMany,
    TooOld,
    Unavailable,
    Unreachable,
    Unreadable,
)

__all__ = [
    "ChangeFeed",
    "Changed",
    "Download",
    "Filters",
    "Invalid",
    "Newsroom",
    "NewsroomError",
    "NotFound",
    "NotPermitted",
    "NotSignedIn",
    "Page",
    "Pages",
    "Problem",
    "ProblemError",
    "Quote",
    "Refused",
    "Row",
    "Rows",
    "TooLarge",
    "TooMany",
    "TooOld",
    "Unavailable",
    "Unreachable",
    "Unreadable",
]
