"""The day that a time expression of news means, such as "late Thursday" or "on Dec. 3", seen from the day of publication."""

import re
from datetime import date, timedelta

WEEKDAY_PREFIXES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH_PREFIXES = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
NUMBER_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)

WEEKDAY_NAME = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
WEEKDAY = rf"{WEEKDAY_NAME}(?!['’\w-]|\s{PART_OF_DAY}['’])"
MONTH_NAME = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
DAY_NUMBER = r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d%$]|[.,]\d|\s?[-–/]\s?\d)"
YEAR_NUMBER = r"(?:19|20)\d\d(?!\d|\s?[-–/]\s?\d)"
CALENDAR_DATE = (
    rf"(?:{MONTH_NAME}\s{DAY_NUMBER}(?:,?\s{YEAR_NUMBER}\b)?|(?:the\s)?{DAY_NUMBER}\s(?:of\s)?{MONTH_NAME}(?!\w)(?:,?\s{YEAR_NUMBER}\b)?|"
    rf"{YEAR_NUMBER}-[01]\d-[0-3]\d\b)"
)
EARLY_OR_LATE = r"(?:[Ee]arlier|[Ll]ater?|[Ee]arly)"
COUNT_OF_DAYS = rf"(?:\d{{1,2}}|an?|{'|'.join(NUMBER_WORDS[1:])}|(?:a\s)?few|several|a\scouple\sof)"
WEEKDAY_OR_DATE = (
    rf"(?:{WEEKDAY}(?:\s{PART_OF_DAY}\b)?(?:,?\s\(?{CALENDAR_DATE}\)?)?|{CALENDAR_DATE})"
)
TIME_EXPRESSION = (
    rf"(?:(?:{EARLY_OR_LATE}\s(?:in\sthe\sday\s)?)?(?:on\s|On\s)(?:{EARLY_OR_LATE}\s)?{WEEKDAY_OR_DATE}"
    rf"|(?:{EARLY_OR_LATE}\s)?(?:(?:[Ll]ast|[Tt]his)\s)?{WEEKDAY_OR_DATE}"
    rf"|(?:{EARLY_OR_LATE}\s)?(?:[Tt]oday|[Yy]esterday(?:\s{PART_OF_DAY})?|[Tt]onight)(?!['’\w-])"
    rf"|(?:[Ee]arlier\s|[Ll]ate\s|[Ee]arly\s)?(?:[Tt]his\s(?:{PART_OF_DAY}|week|month|year|summer|spring|autumn|fall|winter|weekend)"
    rf"|[Ll]ast\s(?:night|week|month|year|summer|spring|autumn|fall|winter|weekend))(?!['’\w-])"
    rf"|{COUNT_OF_DAYS}\s(?:day|week|month|year|hour)s?\s(?:ago|earlier)\b|[Tt]he\s(?:day\sbefore(?:\syesterday)?|previous\sday|same\sday)\b"
    rf"|[Ee]arlier\sin\sthe\s(?:day|week|month|year)\b|(?:[Oo]ver|[Aa]t)\sthe\sweekend\b"
    rf"|(?:[Ii]n|[Bb]ack\sin)\s(?:{EARLY_OR_LATE}\s|late\s|mid-)?(?:{MONTH_NAME}(?!\s\d?\d\b)(?:\s(?:of\s)?{YEAR_NUMBER})?|{YEAR_NUMBER})(?!['’\w-]))"
)
# The first word of such an expression, for patterns that only need to know where one begins.
START_OF_TIME_EXPRESSION = (
    rf"(?:{WEEKDAY}(?!\s[A-Z])|{MONTH_NAME}\s\d|{EARLY_OR_LATE}\s(?:on|this|last|{WEEKDAY_NAME})|(?:today|yesterday|tonight)(?!['’\w-])|"
    rf"(?:[Ll]ast|[Tt]his)\s(?:{PART_OF_DAY}|{WEEKDAY_NAME}|week|weekend|month|year|summer|spring|autumn|fall|winter)(?!['’\w-])|"
    rf"{COUNT_OF_DAYS}\s(?:day|week|month|year)s?\s(?:ago|earlier))"
)
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
DAY_NAME = re.compile(
    r"(?P<last>[Ll]ast\s)?\b(?P<name>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day\b|[a-z]*\.)"
)
DAY_OF_MONTH = re.compile(
    rf"(?P<month>{MONTH_NAME})\s(?P<day>\d\d?)(?!\d)(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{MONTH_NAME})(?:,?\s(?P<year2>\d{{4}}))?"
)
TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.I)
YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b", re.I)
DAYS_AGO = re.compile(rf"\b(\d{{1,2}}|a|{'|'.join(NUMBER_WORDS[1:])}) days? ago\b", re.I)


def resolve_day(words: str, published: date | None) -> date | None:
    """The day that `words` mean, on or before `published`; None for what is no day, or for a day still to come.

    A date that gives its year needs no `published`. One day after it is allowed to dates, for publishers in other zones.
    """
    words = re.sub(r"\s", " ", words)
    if found := ISO_DATE.search(words):
        return reject_future_day(build_day(*map(int, found.groups())), published)
    if found := DAY_OF_MONTH.search(words):
        day = resolve_day_of_month(found, published)
        named = DAY_NAME.search(words)
        return (
            None
            if day and named and WEEKDAY_PREFIXES.index(named["name"].casefold()) != day.weekday()
            else day
        )
    return resolve_relative_day(words, published) if published else None


def resolve_relative_day(words: str, published: date) -> date | None:
    """Days that are told from the day of publication, by name or by distance."""
    try:
        if found := DAYS_AGO.search(words):
            count = found[1].casefold()
            far = (
                int(count) if count.isdigit() else 1 if count == "a" else NUMBER_WORDS.index(count)
            )
            return published - timedelta(days=far)
        if re.search(r"\bday before yesterday\b", words, re.I):
            return published - timedelta(days=2)
        if YESTERDAY.search(words):
            return published - timedelta(days=1)
        if TODAY.search(words):
            return published
        if found := DAY_NAME.search(words):
            back = (published.weekday() - WEEKDAY_PREFIXES.index(found["name"].casefold())) % 7
            return published - timedelta(days=back or (7 if found["last"] else 0))
    except OverflowError:
        return None
    return None


def resolve_day_of_month(found: re.Match[str], published: date | None) -> date | None:
    """A day of the month: of its year, or else the latest such day."""
    month = MONTH_PREFIXES.index((found["month"] or found["month2"])[:3].casefold()) + 1
    day, year = int(found["day"] or found["day2"]), found["year"] or found["year2"]
    if year:
        return reject_future_day(build_day(int(year), month, day), published)
    if not published:
        return None
    years = range(published.year + 1, published.year - 9, -1)  # eight years reach a 29 February
    days = (build_day(year, month, day) for year in years)
    return next((some for some in days if some and reject_future_day(some, published)), None)


def build_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def reject_future_day(day: date | None, published: date | None) -> date | None:
    """The day, if it is no later than a day after publication."""
    return None if day is None or (published and (day - published).days > 1) else day
