"""Finds the day on which a document was published: as it is given, or as its address has it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from claims.intake.readers.problems import Broken

EARLIEST_DAY = date(1600, 1, 1)  # the first newspapers
TIME_AHEAD = timedelta(days=1)  # somewhere it is tomorrow already
LONGEST_DATE_SHOWN = 40  # characters of what is no date, in a problem
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# /2019/11/20/, /2019/nov/20/, /2019-11-20- and the like
DAY_IN_PATH = re.compile(
    rf"/([12]\d{{3}})([/-])(\d{{1,2}}|{'|'.join(MONTHS)})\2(\d{{1,2}})(?=[/.-]|$)", re.I | re.A
)


def find_day(written: str, url: str) -> date | None:
    """Return the day that a document gives, else the one in its address, else None.

    Raises `Broken` where what is given is no date, or none of a newspaper.
    """
    if written.strip():
        return read_day(written.strip())
    return next(find_days_in_address(url), None)


def read_day(written: str) -> date:
    """Return the date of YYYYMMDD, YYYY-MM-DD or an ISO 8601 date and time. Raises `Broken`."""
    try:
        if re.fullmatch(r"\d{8}", written):
            day = datetime.strptime(written, "%Y%m%d").date()
        else:
            day = datetime.fromisoformat(written).date()
    except ValueError:
        raise Broken(
            f"{written[:LONGEST_DATE_SHOWN]!r} is not a date (YYYYMMDD or YYYY-MM-DD)"
        ) from None
    if day > date.today() + TIME_AHEAD:
        raise Broken(f"its date, {day}, lies in the future")
    if day < EARLIEST_DAY:
        raise Broken(
            f"its date, {day}, is before {EARLIEST_DAY.year}, when there were no newspapers"
        )
    return day


def find_days_in_address(url: str) -> Iterator[date]:
    """Yield the dates in the path of an address that can be those of an article."""
    for match in DAY_IN_PATH.finditer(urlsplit(url).path):
        year, _, month, day = match.groups()
        number = read_month(month)
        try:
            yield read_day(f"{year}-{number:02}-{int(day):02}")
        except Broken:  # a number that only looks like a date
            continue


def read_month(written: str) -> int:
    """Return the number of a month that is written as a number or as three letters."""
    if written.isalpha():
        return MONTHS.index(written.casefold()) + 1
    return int(written)
