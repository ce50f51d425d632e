"""Numbers with what they count, and whether two of them may be one."""

import re
from dataclasses import dataclass

from claims.extraction.text.quotation import PLAIN_MARKS
from claims.relating.number_words import (
    FRACTIONS,
    MULTIPLIERS,
    ORDINALS,
    SMALL_NUMBERS,
    TENS,
)

NUMBER_WORD = "|".join([*SMALL_NUMBERS, *TENS])
MULTIPLIER = "hundred|thousand|million|billion|trillion"
ABOUT = (
    r"about|around|roughly|approximately|nearly|almost|some|an estimated|estimated|close to"
    r"|up to|as many as|circa|or so|more or less|over|more than|at least|above|exceeding"
    r"|less than|fewer than|under|below|just over|just under|upwards of|a mere|only"
)
QUANTITY_PATTERN = re.compile(
    rf"(?P<about>\b(?:{ABOUT})\s+(?:the\s+|a\s+)?)?"
    r"(?P<currency>US\$|[$£€¥]|\bUSD\s?|\bEUR\s?|\bRs\.?\s?)?"
    r"(?:"
    rf"(?P<fraction>\b(?:a|one|two|three|four|half|1/[234])[\s-](?:of\s)?(?:a\s)?"
    r"(?:half|thirds?|quarters?|fifths?|tenth)\b(?!\s(?:of\s\d{4}|quarter))|\bhalf\b"
    r"|\bone\s(?:in|out of)\s(?:two|three|four|five|ten)\b)"
    r"|(?P<digits>(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])\d+(?:\.\d+)?)"
    rf"(?P<suffix>(?:st|nd|rd|th)\b|[\s-]?(?:{MULTIPLIER})\b|(?:k|m|mn|bn|b|tn)\b)?"
    rf"|(?P<words>\b(?:{NUMBER_WORD})(?:[\s-](?:and\s)?(?:{NUMBER_WORD}|{MULTIPLIER}))*\b"
    rf"|\ba\s(?:{MULTIPLIER})\b)"
    r"|(?P<dozen>\b(?:(?:a|two|three|half a)\s)?(?:dozen|decade)\b)"
    rf"|(?P<vague>\b(?:dozens|scores|hundreds|thousands|millions|billions|several|tens of thousands)\b)"
    rf"|(?P<ordinal>\b(?:{'|'.join(ORDINALS)})\b)"
    r")"
    r"(?P<unit>\s?%|[\s-](?:percent|per\scent|pc)\b|(?:[\s-]+[A-Za-z]+){0,3})?",
    re.I,
)
MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
SHARE = "%"
YEAR_FROM, YEAR_TO = 1900, 2100
TOLERANCE = 0.06  # of a number that is told "about"
ROUNDING = 0.015


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is told.

    `unit` is "%", a currency, "th" of an ordinal, "year", "fraction", "day of month", "others" of
    "12 others", "vague" or "". `noun`
    is the word behind it, which it may count. `least` and `most` are what it allows.
    """

    value: float
    unit: str
    noun: str
    is_about: bool
    start: int
    end: int

    def may_be(self, other: "Quantity") -> bool:
        """Return whether one number may be told in both, rounded perhaps."""
        if self.is_vague or other.is_vague:
            return self.noun == other.noun or self.value == other.value
        greater = max(abs(self.value), abs(other.value), 1e-9)
        off = abs(self.value - other.value) / greater
        is_about = self.is_about or other.is_about or "fraction" in (self.unit, other.unit)
        return off <= (TOLERANCE if is_about else ROUNDING if greater >= 100 else 0.0)

    @property
    def is_vague(self) -> bool:
        return self.unit == "vague"

    @property
    def dimension(self) -> str:
        """What it may be compared with: shares with shares, money with money."""
        if self.unit in ("%", "fraction"):
            return "share"
        return self.unit


def list_quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text, with offsets into it."""
    plain = text.translate(PLAIN_MARKS)
    found = []
    for match in QUANTITY_PATTERN.finditer(plain):
        quantity = read_quantity(match)
        if quantity:
            found.append(quantity)
    return found


def read_quantity(match: re.Match[str]) -> Quantity | None:
    """Return the number of a match, or None where it is none: "one of them", "second thoughts"."""
    unit_words = (match["unit"] or "").casefold().replace("-", " ").split()
    noun = unit_words[-1] if unit_words else ""
    about = bool(match["about"])
    unit = ""
    before = match.string[max(0, match.start() - 12) : match.start()].casefold()
    if unit_words and unit_words[0] in ("%", "percent", "per", "pc"):
        unit, noun = SHARE, ""
    if match["currency"]:
        unit = "money"
    scale = 0.01 if unit == SHARE else 1.0
    if match["fraction"]:
        return Quantity(
            read_fraction(match["fraction"].casefold()), "fraction", noun, about,
            match.start("fraction"), match.end("fraction"),
        )  # fmt: skip
    if match["vague"]:
        return Quantity(0.0, "vague", match["vague"].casefold(), True, *match.span("vague"))
    if match["dozen"]:
        words = match["dozen"].casefold()
        count = {"two": 2, "three": 3, "half": 0.5}.get(words.split()[0], 1)
        size = 10 if "decade" in words else 12
        return Quantity(count * size, unit, noun, True, *match.span("dozen"))
    if unit_words[:1] and unit_words[0] in ("other", "others", "more", "additional", "further"):
        unit = "others"
    if match["ordinal"]:
        word = match["ordinal"].casefold()
        if word in ("first", "second"):
            return None
        return Quantity(ORDINALS[word], "th", noun, about, *match.span("ordinal"))
    if match["words"]:
        value = read_number_words(match["words"].casefold())
        if value == 1 and unit_words[:1] != ["million"]:
            return None
        if any(word in unit_words[:2] for word in ("dollars", "pounds", "euros")):
            unit = "money"
        return Quantity(value * scale, unit, noun, about, *match.span("words"))
    value = float(match["digits"].replace(",", ""))
    suffix = (match["suffix"] or "").strip(" -").casefold()
    if suffix in ("st", "nd", "rd", "th"):
        unit = "th"
    elif suffix:
        value *= MULTIPLIERS[suffix]
    if any(word in unit_words[:2] for word in ("dollars", "pounds", "euros")):
        unit = "money"
    is_date = re.search(rf"(?:{MONTHS})[a-z]*\.?\s?$", before) or re.match(
        rf"(?:of\s)?(?:{MONTHS})", " ".join(unit_words)
    )
    if is_date and value <= 31:
        return Quantity(value, "day of month", "", about, *match.span("digits"))
    if not unit and not suffix and YEAR_FROM <= value <= YEAR_TO and "," not in match["digits"]:
        return Quantity(value, "year", "", about, *match.span("digits"))
    return Quantity(value * scale, unit, noun, about, *match.span("digits"))


def read_fraction(words: str) -> float:
    parts = re.split(r"[\s-]+", words)
    counts = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "half": 1}
    if "in" in parts or "out" in parts:
        return 1 / SMALL_NUMBERS[parts[-1]]
    if parts == ["half"]:
        return 0.5
    if parts[0].startswith("1/"):
        return 1 / int(parts[0][2:])
    return counts.get(parts[0], 1) * FRACTIONS[parts[-1]]


def read_number_words(words: str) -> float:
    """Return what "two hundred and fifty thousand" counts."""
    total = 0.0
    current = 0.0
    for word in re.split(r"[\s-]+", words):
        if word in SMALL_NUMBERS:
            current += SMALL_NUMBERS[word]
        elif word in TENS:
            current += TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in MULTIPLIERS:
            total += max(current, 1) * MULTIPLIERS[word]
            current = 0.0
    return total + current


@dataclass(frozen=True, slots=True)
class QuantityComparison:
    """How the numbers of two quotes stand to each other.

    `shared` are in both; `alone` are those of the quote that has fewer, which the other lacks;
    `rivals` differ although they count the same kind of thing.
    """

    shared: int
    alone_in_a: int
    alone_in_b: int
    rivals: int


def compare_quantities(of_a: list[Quantity], of_b: list[Quantity]) -> QuantityComparison:
    left_a = list(of_a)
    left_b = list(of_b)
    shared = 0
    for quantity in of_a:
        for other in left_b:
            if are_comparable(quantity, other) and quantity.may_be(other):
                left_a.remove(quantity)
                left_b.remove(other)
                shared += 1
                break
    left_a = [quantity for quantity in left_a if not quantity.is_vague]
    left_b = [quantity for quantity in left_b if not quantity.is_vague]
    rivals = sum(any(are_rivals(quantity, other) for other in left_b) for quantity in left_a)
    return QuantityComparison(shared, len(left_a), len(left_b), rivals)


def are_comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers tell of the same kind of thing: "11 quarters", "an 11th"."""
    if one.dimension == other.dimension:
        return True
    counts = ("", "th")
    return one.dimension in counts and other.dimension in counts and one.value == other.value


def are_rivals(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers that differ may tell of one thing, and so contradict."""
    if one.dimension == other.dimension:
        return True
    is_beside = {one.dimension, other.dimension} == {"", "others"}  # "12", "12 others"
    return is_beside and one.value == other.value
