"""Fetches what is at an address of the public web, and nothing else: never an inner service, never without end.

The guard stands where connections are made (`connecting.py`): a name is looked up once, all that it
stands for has to be public, and the connection goes to that very address. What is asked for, by a
person or by a page that leads elsewhere, goes through it alike.
"""

from claims.intake.fetching.contents import Fetched
from claims.intake.fetching.fetcher import Revisiting, fetch, fetch_conditionally
from claims.intake.fetching.refusals import FetchRefused
from claims.intake.fetching.robots import may_crawl, refuse_where_kept_out

__all__ = [
    "FetchRefused",
    "Fetched",
    "Revisiting",
    "fetch",
    "fetch_conditionally",
    "may_crawl",
    "refuse_where_kept_out",
]
