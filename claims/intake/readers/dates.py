"""The day on which a document was published: as it is given, or as the address has it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from claims.intake.readers.problems import Broken

EARLIEST = date(1600, 1, 1)  # the first newspapers
AHEAD = timedelta(days=1)  # somewhere it is tomorrow already
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# /2019/11/20/, /2019/nov/20/, /2019-11-20- and the like
IN_PATH = re.compile(
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
    """Return the date of YYYYMMDD, YYYY-MM-DD or an ISO 8601 date and time."""
    try:
        if re.fullmatch(r"\d{8}", written):
            day = datetime.strptime(written, "%Y%m%d").date()
        else:
            day = datetime.fromisoformat(written).date()
    except ValueError:
        raise Broken(f"{written[:40]!r} is not a date (YYYYMMDD or YYYY-MM-DD)") from None
    if day > date.today() + AHEAD:
        raise Broken(f"its date, {day}, lies in the future")
    if day < EARLIEST:
        raise Broken(f"its date, {day}, is before {EARLIEST.year}, when there were no newspapers")
    return day


def find_days_in_address(url: str) -> Iterator[date]:
    """Yield the dates in the path of an address that can be those of an article."""
    for found in IN_PATH.finditer(urlsplit(url).path):
        year, _, month, day = found.groups()
        number = MONTHS.index(month.casefold()) + 1 if month.isalpha() else int(month)
        try:
            yield read_day(f"{year}-{number:02}-{int(day):02}")
        except Broken:  # a number that only looks like a date
            continue
