"""Time expressions of news, such as "late Thursday" or "on Dec. 3", and the days that they mean."""

import re
from datetime import date, timedelta

from claims.extraction.lexicon.time import (
    MONTH_PREFIXES,
    MONTHS,
    NUMBER_WORDS,
    WEEKDAY_PREFIXES,
    WEEKDAYS,
)
from claims.extraction.lexicon.words import build_alternation

LATEST_DAYS_AFTER_PUBLICATION = 1  # for publishers in zones where the next day has begun
YEARS_TO_A_LEAP_DAY = 8  # from one 29 February to the next, at most

WEEKDAY_NAME = (
    rf"(?:{build_alternation(WEEKDAYS)}|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.)"
)
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"
WEEKDAY = rf"{WEEKDAY_NAME}(?!['’\w-]|\s{PART_OF_DAY}['’])"
MONTH_NAME = (
    rf"(?:{build_alternation(MONTHS)}|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
DAY_NUMBER = r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?![\d%$]|[.,]\d|\s?[-–/]\s?\d)"
YEAR_NUMBER = r"(?:19|20)\d\d(?!\d|\s?[-–/]\s?\d)"
CALENDAR_DATE = (
    rf"(?:{MONTH_NAME}\s{DAY_NUMBER}(?:,?\s{YEAR_NUMBER}\b)?|"
    rf"(?:the\s)?{DAY_NUMBER}\s(?:of\s)?{MONTH_NAME}(?!\w)(?:,?\s{YEAR_NUMBER}\b)?|"
    rf"{YEAR_NUMBER}-[01]\d-[0-3]\d\b)"
)
EARLY_OR_LATE = r"(?:[Ee]arlier|[Ll]ater?|[Ee]arly)"
SEASON = r"summer|spring|autumn|fall|winter"
SMALL_NUMBER = "|".join(NUMBER_WORDS[1:])
COUNT_OF_DAYS = rf"(?:\d{{1,2}}|an?|{SMALL_NUMBER}|(?:a\s)?few|several|a\scouple\sof)"
WEEKDAY_OR_DATE = (
    rf"(?:{WEEKDAY}(?:\s{PART_OF_DAY}\b)?(?:,?\s\(?{CALENDAR_DATE}\)?)?|{CALENDAR_DATE})"
)

# An alternation keeps its order: the first part that matches counts.
ON_DAY = (
    rf"(?:{EARLY_OR_LATE}\s(?:in\sthe\sday\s)?)?(?:on\s|On\s)"
    rf"(?:{EARLY_OR_LATE}\s)?{WEEKDAY_OR_DATE}"
)
DAY_WITHOUT_ON = rf"(?:{EARLY_OR_LATE}\s)?(?:(?:[Ll]ast|[Tt]his)\s)?{WEEKDAY_OR_DATE}"
TODAY_OR_YESTERDAY = (
    rf"(?:{EARLY_OR_LATE}\s)?(?:[Tt]oday|[Yy]esterday(?:\s{PART_OF_DAY})?|[Tt]onight)(?!['’\w-])"
)
THIS_OR_LAST_PERIOD = (
    r"(?:[Ee]arlier\s|[Ll]ate\s|[Ee]arly\s)?"
    rf"(?:[Tt]his\s(?:{PART_OF_DAY}|week|month|year|{SEASON}|weekend)"
    rf"|[Ll]ast\s(?:night|week|month|year|{SEASON}|weekend))(?!['’\w-])"
)
TIME_AGO = rf"{COUNT_OF_DAYS}\s(?:day|week|month|year|hour)s?\s(?:ago|earlier)\b"
DAY_BEFORE = r"[Tt]he\s(?:day\sbefore(?:\syesterday)?|previous\sday|same\sday)\b"
EARLIER_IN_PERIOD = r"[Ee]arlier\sin\sthe\s(?:day|week|month|year)\b"
AT_WEEKEND = r"(?:[Oo]ver|[Aa]t)\sthe\sweekend\b"
IN_MONTH_OR_YEAR = (
    rf"(?:[Ii]n|[Bb]ack\sin)\s(?:{EARLY_OR_LATE}\s|late\s|mid-)?"
    rf"(?:{MONTH_NAME}(?!\s\d?\d\b)(?:\s(?:of\s)?{YEAR_NUMBER})?|{YEAR_NUMBER})(?!['’\w-])"
)
TIME_EXPRESSION = (
    rf"(?:{ON_DAY}|{DAY_WITHOUT_ON}|{TODAY_OR_YESTERDAY}|{THIS_OR_LAST_PERIOD}|{TIME_AGO}"
    rf"|{DAY_BEFORE}|{EARLIER_IN_PERIOD}|{AT_WEEKEND}|{IN_MONTH_OR_YEAR})"
)

# The first words of such an expression, for patterns that need only know where one begins.
START_OF_TIME_EXPRESSION = (
    rf"(?:{WEEKDAY}(?!\s[A-Z])|{MONTH_NAME}\s\d|{EARLY_OR_LATE}\s(?:on|this|last|{WEEKDAY_NAME})"
    r"|(?:today|yesterday|tonight)(?!['’\w-])"
    rf"|(?:[Ll]ast|[Tt]his)\s"
    rf"(?:{PART_OF_DAY}|{WEEKDAY_NAME}|week|weekend|month|year|{SEASON})(?!['’\w-])"
    rf"|{COUNT_OF_DAYS}\s(?:day|week|month|year)s?\s(?:ago|earlier))"
)

ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
DAY_NAME = re.compile(
    r"(?P<last>[Ll]ast\s)?\b(?P<name>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day\b|[a-z]*\.)"
)
DAY_OF_MONTH = re.compile(
    rf"(?P<month>{MONTH_NAME})\s(?P<day>\d\d?)(?!\d)(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))?"
    r"|(?P<day_first>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?"
    rf"(?P<month_second>{MONTH_NAME})(?:,?\s(?P<year_third>\d{{4}}))?"
)
TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.I)
YESTERDAY = re.compile(r"\b(?:yesterday|last night)\b", re.I)
DAY_BEFORE_YESTERDAY = re.compile(r"\bday before yesterday\b", re.I)
DAYS_AGO = re.compile(rf"\b(?P<count>\d{{1,2}}|a|{SMALL_NUMBER}) days? ago\b", re.I)


def resolve_day(words: str, published: date | None) -> date | None:
    """Return the day that a time expression means, or None where it means none.

    A date that gives its year needs no day of publication; all else is reckoned from it. What
    would lie more than a day after publication means no day.
    """
    words = re.sub(r"\s", " ", words)
    iso_date = ISO_DATE.search(words)
    if iso_date:
        year, month, day_number = map(int, iso_date.groups())
        return reject_future_day(build_day(year, month, day_number), published)
    day_of_month = DAY_OF_MONTH.search(words)
    if day_of_month:
        day = resolve_day_of_month(day_of_month, published)
        weekday = DAY_NAME.search(words)
        if day and weekday and get_weekday_number(weekday) != day.weekday():
            return None
        return day
    if published is None:
        return None
    try:
        return resolve_relative_day(words, published)
    except OverflowError:  # before the year 1
        return None


def resolve_relative_day(words: str, published: date) -> date | None:
    """Return the day that is told by its name or by how long ago it was."""
    days_ago = DAYS_AGO.search(words)
    if days_ago:
        return published - timedelta(days=read_small_number(days_ago["count"].casefold()))
    if DAY_BEFORE_YESTERDAY.search(words):
        return published - timedelta(days=2)
    if YESTERDAY.search(words):
        return published - timedelta(days=1)
    if TODAY.search(words):
        return published
    weekday = DAY_NAME.search(words)
    if weekday is None:
        return None
    days_back = (published.weekday() - get_weekday_number(weekday)) % 7
    if days_back == 0 and weekday["last"]:
        days_back = 7
    return published - timedelta(days=days_back)


def read_small_number(word: str) -> int:
    """Return the number that a figure, "a" or a number word stands for."""
    if word.isdigit():
        return int(word)
    if word == "a":
        return 1
    return NUMBER_WORDS.index(word)


def get_weekday_number(weekday: re.Match[str]) -> int:
    """Return the number of a day found by `DAY_NAME`, 0 for Monday."""
    return WEEKDAY_PREFIXES.index(weekday["name"].casefold())


def resolve_day_of_month(date_found: re.Match[str], published: date | None) -> date | None:
    """Return the day that a date found by `DAY_OF_MONTH` means: without a year, the latest one."""
    month_name = date_found["month"] or date_found["month_second"]
    month = MONTH_PREFIXES.index(month_name[:3].casefold()) + 1
    day_number = int(date_found["day"] or date_found["day_first"])
    year = date_found["year"] or date_found["year_third"]
    if year:
        return reject_future_day(build_day(int(year), month, day_number), published)
    if published is None:
        return None
    for past_year in range(published.year + 1, published.year - YEARS_TO_A_LEAP_DAY - 1, -1):
        day = reject_future_day(build_day(past_year, month, day_number), published)
        if day:
            return day
    return None


def build_day(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def reject_future_day(day: date | None, published: date | None) -> date | None:
    """Return the day, or None if it lies too long after publication to have been told of."""
    if day is None or published is None:
        return day
    days_after = (day - published).days
    return None if days_after > LATEST_DAYS_AFTER_PUBLICATION else day
