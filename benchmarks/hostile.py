"""Time of every pattern over texts that are made to be slow.

    python -m benchmarks.hostile [--length CHARACTERS] [--growth TIMES] [--limit SECONDS] [--only NAME]

A pattern is slow where it tries the same characters again and again. Each pattern of the project is taken apart, and for each
of its repetitions a text is made on which that goes wrong if it can: what comes before the repetition, then what it repeats
many times, then something at which the match fails. Such texts are read at two lengths, one four times the other; where
the time grows faster than the length, by more than `--growth`, the pattern is told. A run that takes too long is stopped, so
that one that would take for ever is told, too.
"""

import argparse
import ast
import importlib
import pkgutil
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

from claims.extraction.text.phrases import PhraseRule

ROOT = Path(__file__).resolve().parents[1]
FACTOR = 4  # times as long is the longer text
FLOOR = 0.03  # seconds of the longer text below which nothing is told by a clock
# Patterns that the code lets read so many characters at once, at most: no text can make them slow.
STRETCHES: dict[str, int] = {
    "roles.LOWERCASE_WORD_AT_END": 30,
    "article.BYLINE": 600,
    "datelines.DATELINE": 120,
    "relative_pronouns.NOUN_BEFORE_OF_NAME": 100,
    "quotes.BEGINS": 6,
    "sentences.LAST_WORD": 20,
    "phrases.AUXILIARIES": 60,
    "phrases.SUBJECT": 120,
    "relative_pronouns.WORD_OF_ANTECEDENT": 120,
    "hearers.AND_TOLD": 200,
    "hearers.IS_TOLD": 80,
}
STOPPED = float("inf")
TINY = 1e-6  # seconds, of a clock that may not have moved
SHORT = 160  # characters, on which what doubles with each word takes for ever already
FAILING = "\x01"  # no pattern asks for it, and most that are fussy fail at it
MOST_TEXTS = 60  # of one pattern


# Patterns


@dataclass(frozen=True)
class PatternFound:
    """A pattern, where it stands ("claims.extraction.quotes.hearers.AND_TOLD"), and whether it is looked for at each place.

    One that is not is tried at one place, by `match` or `fullmatch`: `ways` are what the code calls.
    """

    name: str
    pattern: re.Pattern[str]
    ways: frozenset[str]

    @property
    def everywhere(self) -> bool:
        return not self.ways <= AT_ONE_PLACE


# Patterns that reach the place of their use by another name, as an argument or out of a table, and are matched there.
HANDED_OVER = (
    "addressees.TO",
    "addressees.THAT",
    "hearers.TOLD_IN",
    "hearers.BY",
    "hedges.RULES",
    "occasions.BEFORE_",
    "occasions.JOIN",
    "occasions.LEAD",
    "occasions.CLOSED",
    "occasions.FILLER",
    "targets.OBJECT",
)
AT_ONE_PLACE = frozenset(["match", "fullmatch"])


def modules(package: str) -> Iterator[ModuleType]:
    """Every module of a package but its migrations."""
    top = importlib.import_module(package)
    yield top
    for info in pkgutil.walk_packages(top.__path__, f"{package}."):
        if "migrations" not in info.name and not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def patterns_of(package: str) -> list[PatternFound]:
    """Every pattern that the modules of a package hold, in whatever table, or write where they use it."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    ways: dict[tuple[str, int], set[str]] = {}
    for module in modules(package):
        for name, value in vars(module).items():
            for where, pattern in patterns_in(value, f"{module.__name__}.{name}", depth=0):
                found.setdefault((pattern.pattern, pattern.flags), (where, pattern))
        for where, pattern, way in patterns_used_in(module):
            found.setdefault((pattern.pattern, pattern.flags), (where, pattern))
            ways.setdefault((pattern.pattern, pattern.flags), set()).add(way)
    return [
        PatternFound(name, pattern, frozenset(ways.get(key) or way_of(name)))
        for key, (name, pattern) in found.items()
    ]


def way_of(name: str) -> set[str]:
    """How a pattern is used of which no use is seen."""
    return {"match" if any(each in name for each in HANDED_OVER) else "finditer"}


def patterns_in(value: Any, name: str, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that a value holds: itself, in a table, or as an attribute of a class of this project."""
    if depth > 3:
        return
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield name, value
    elif isinstance(value, PhraseRule):
        yield name, value.compiled
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from patterns_in(each, f"{name}[{key!r}]", depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for number, each in enumerate(value):
            yield from patterns_in(each, f"{name}[{number}]", depth + 1)
    elif isinstance(value, type) and value.__module__.startswith("claims."):
        for key, each in vars(value).items():
            yield from patterns_in(each, f"{name}.{key}", depth + 1)


def patterns_used_in(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Patterns in calls, each with what is called: `STOP.finditer(text)`, `re.sub(r"['’]s?$", "", words)`."""
    source = Path(module.__file__ or "").read_text() if module.__file__ else ""
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            continue
        where, way = f"{module.__name__}:{node.lineno}", node.func.attr
        if node.func.value.id == "re" and way != "compile":
            if written := pattern_written(node):
                yield where, written, way
        else:
            for _, pattern in patterns_in(vars(module).get(node.func.value.id), "", depth=3):
                yield where, pattern, way


def pattern_written(call: ast.Call) -> re.Pattern[str] | None:
    """The pattern that a call of `re` gives as a constant."""
    first = call.args[0] if call.args else None
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return None
    others = " ".join(
        ast.unparse(each)
        for each in (*call.args[1:], *(keyword.value for keyword in call.keywords))
    )
    flags = re.I if re.search(r"\bre\.I\b", others) else re.NOFLAG
    return re.compile(first.value, flags | (re.M if re.search(r"\bre\.M\b", others) else re.NOFLAG))


# Hostile texts


Pumped = tuple[str, str, str]  # what comes before, what is repeated, what comes after

COMMON: tuple[Pumped, ...] = (
    *(("", unit, end) for unit in (" ", "\t", "\u00a0", "\n", " \n") for end in ("", "\nx")),
    *(("", unit, FAILING) for unit in (" ", "\t", "\n", "\u00a0", "\u2003", " \n", "\n ", "\r\n")),
    *(("x", unit, "x") for unit in (" ", "\t", "\u00a0", " \t")),
    *(
        ("", unit, "")
        for unit in (
            "a",
            "A",
            "1",
            ".",
            ",",
            "“",
            "”",
            '"',
            "'",
            "’",
            "-",
            "—",
            "(",
            ")",
            "[",
            "…",
            "?",
            "_",
            "é",
        )
    ),
    *(
        ("", unit, FAILING)
        for unit in (
            "a ",
            "A ",
            "Aa ",
            "Aa",
            "1 ",
            ", ",
            "a, ",
            ". ",
            "a. ",
            "A.",
            "a-",
            "a'",
            "'a ",
            '"a ',
            "“a ",
        )
    ),
    *(
        ("", unit, FAILING)
        for unit in (
            "X and X and ",
            "Aa Bb and ",
            "only ",
            "newly ",
            "was ",
            "the ",
            "of the ",
            "said ",
            "“a” said ",
        )
    ),
)

# Texts for what reads whole articles.
PAGE: tuple[Pumped, ...] = (
    *(
        ("It rained.", unit, "")
        for unit in (
            " ",
            "\t\u00a0",
            "\n",
            " \n",
            "\r\n",
            "a",
            "a ",
            "Aa Bb and ",
            "1 ",
            ".",
            ". ",
            ", ",
        )
    ),
    *(
        ("It rained.", unit, "\nIt rained.")
        for unit in ("“", "”", '"', "'", "a'", "'a ", "“a” ", '"a" ', "„a“ ", "»a« ", "(", "“a\n")
    ),
    *(
        ("", unit, "")
        for unit in (
            "Ann Lee said it rained. ",
            "“It rained,” Ann Lee said. ",
            "ANN LEE: It rained.\n",
        )
    ),
)


def texts_for(pattern: re.Pattern[str]) -> list[Pumped]:
    """Texts that drive each repetition of a pattern on, and then fail."""
    made = dict.fromkeys(pumped(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)))
    own = [(before, unit, end) for before, unit in made if unit for end in (FAILING, " " + FAILING)]
    if len(own) > MOST_TEXTS:
        own = random.Random(1).sample(own, MOST_TEXTS)
    return own


def pumped(parsed: Any) -> Iterator[tuple[str, str]]:
    """For each repetition in a pattern: a text up to it, and each thing that it repeats."""
    before = ""
    for op, value in parsed:
        for inside in parts_of(op, value):
            for start, unit in pumped(inside):
                yield before + start, unit
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT) and value[1] > 3:
            for unit in dict.fromkeys(ways(value[2])):
                yield before, unit
        before += one_way(op, value)


def parts_of(op: Any, value: Any) -> list[Any]:
    """The patterns within a part of a pattern."""
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is codes.BRANCH:
        return list(value[1])
    if op is codes.SUBPATTERN:
        return [value[3]]
    if op in (codes.ASSERT, codes.ATOMIC_GROUP):
        return [value[1] if op is codes.ASSERT else value]
    return []


def ways(parsed: Any) -> Iterator[str]:
    """Texts that a pattern matches: with each of the branches in it, and with each kind of character that it may have."""
    texts = [""]
    for op, value in parsed:
        if op is codes.BRANCH:
            ends = [text for branch in value[1] for text in ways(branch)]
        elif op is codes.SUBPATTERN:
            ends = list(ways(value[3]))
        elif op is codes.IN:
            ends = list(dict.fromkeys(kinds_of(value)))
        else:
            ends = [one_way(op, value)]
        texts = [text + end for text in texts[:20] for end in ends[:40]]
    yield from texts


def one_way(op: Any, value: Any) -> str:
    """One text that a part of a pattern matches, or about so."""
    if op is codes.LITERAL:
        return chr(value)
    if op is codes.NOT_LITERAL:
        return "a" if chr(value) != "a" else "b"
    if op is codes.ANY:
        return "a"
    if op is codes.IN:
        return kinds_of(value)[0]
    if op is codes.BRANCH:
        return whole_way(value[1][0])
    if op is codes.SUBPATTERN:
        return whole_way(value[3])
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        times: int = min(max(value[0], 0), 3)
        return whole_way(value[2]) * times
    if op is codes.ATOMIC_GROUP:
        return whole_way(value)
    return ""


def whole_way(parsed: Any) -> str:
    return "".join(one_way(op, value) for op, value in parsed)


CATEGORIES = {
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_SPACE: "a",
}


def kinds_of(members: Any) -> list[str]:
    """Some of the characters of a set."""
    negated = members[0][0] is codes.NEGATE
    inside = set_of(members[1:] if negated else members)
    if not negated:
        return inside or ["a"]
    asked = re.compile("".join(("[", "".join(re.escape(each) for each in inside) or "\x00", "]")))
    return [each for each in ("a", " ", "A", "1", ",") if not asked.match(each)] or ["é"]


def set_of(members: Any) -> list[str]:
    found = []
    for op, value in members:
        if op is codes.LITERAL:
            found.append(chr(value))
        elif op is codes.RANGE:
            found.append(chr(value[0]))
        elif op is codes.CATEGORY:
            found.append(CATEGORIES.get(value, "-"))
    return found


def grown(text: Pumped, length: int) -> str:
    before, unit, after = text
    return before + unit * max((length - len(before) - len(after)) // len(unit), 1) + after


# Time


class TooLong(Exception):
    pass


def give_up(signum: int, frame: FrameType | None) -> None:
    raise TooLong


def seconds(work: Callable[[], object], limit: float) -> float:
    """Seconds of this process alone that the work takes, and `STOPPED` where it takes longer than `limit`.

    The clock is the process's own, so that others on the machine do not count.
    """
    before = signal.signal(signal.SIGVTALRM, give_up)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        work()
        return time.process_time() - began
    except TooLong:
        return STOPPED
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@dataclass(frozen=True)
class Slow:
    """A pattern that takes `times` as long on a text that is `FACTOR` times as long, of which the longer took `seconds`."""

    found: PatternFound
    text: Pumped
    times: float
    seconds: float

    def __str__(self) -> str:
        before, unit, after = self.text
        way = "everywhere" if self.found.everywhere else "at one place"
        seen = f"{self.times:.1f} times as long on {FACTOR} times the text, {self.seconds:.3f} s"
        return f"{self.found.name}, {way}: {seen}: {before[-80:]!r}, again and again {unit[:40]!r}, {after!r}"


def run(found: PatternFound) -> Callable[[str], object]:
    if found.everywhere:
        return lambda text: sum(1 for _ in found.pattern.finditer(text))
    return lambda text: [getattr(found.pattern, way)(text) for way in found.ways]


def growth(
    work: Callable[[str], object], text: Pumped, length: int, limit: float
) -> tuple[float, float]:
    """How many times as long the work takes on the text of `length` as on one a fourth of it, and the seconds of the longer.

    0 times where it takes next to no time; `STOPPED` where it takes longer than `limit`. The least of several, as a machine has
    other things to do.
    """
    if seconds(lambda: work(grown(text, SHORT)), limit / 4) is STOPPED:
        return STOPPED, STOPPED
    short, long = grown(text, length // FACTOR), grown(text, length)
    second = seconds(lambda: work(long), limit)
    if second is STOPPED:
        return STOPPED, STOPPED
    if second <= FLOOR:
        return 0.0, second
    first = seconds(lambda: work(short), limit)
    for _ in range(3 if second < limit / 8 else 1):
        if second <= FACTOR * max(first, TINY):
            break
        first, second = (
            min(first, seconds(lambda: work(short), limit)),
            min(second, seconds(lambda: work(long), limit)),
        )
    return second / max(first, TINY), second


def excess(
    work: Callable[[str], object], text: Pumped, length: int, most: float, limit: float
) -> tuple[float, float]:
    """The growth where it is more than `most` × `FACTOR`, at `length` and, since that may be chance, at twice that; else 0."""
    times, took = growth(work, text, length, limit)
    if FACTOR * most < times < STOPPED:
        times, took = growth(work, text, 2 * length, limit)
    return (times if times > FACTOR * most else 0.0), took


def slow_patterns(
    found: Iterable[PatternFound], length: int, most: float, limit: float
) -> Iterator[Slow]:
    """The patterns that take more than `most` × `FACTOR` times as long on a text `FACTOR` times as long; each once.

    Of one that reads no more than a stretch of the text it is asked that it does not take longer than `limit` there.
    """
    for each in found:
        for text in (*COMMON, *texts_for(each.pattern)):
            times, took = excess_of_pattern(each, text, length, most, limit)
            if times:
                yield Slow(each, text, times, took)
                break


def excess_of_pattern(
    found: PatternFound, text: Pumped, length: int, most: float, limit: float
) -> tuple[float, float]:
    work, longest = run(found), longest_stretch(found.name)
    if longest >= length:
        return excess(work, text, length, most, limit)
    took = seconds(lambda: work(grown(text, longest)), limit)
    return (STOPPED if took is STOPPED else 0.0), took


def longest_stretch(name: str) -> int:
    return next((longest for end, longest in STRETCHES.items() if name.endswith(end)), sys.maxsize)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--length", type=int, default=200_000, help="characters of the longer text")
    parser.add_argument(
        "--growth", type=float, default=1.3, help="times the growth of the text that is allowed"
    )
    parser.add_argument(
        "--limit", type=float, default=10.0, help="seconds after which a run is stopped"
    )
    parser.add_argument("--only", default="", help="patterns whose name has this in it")
    options = parser.parse_args()
    found = [each for each in patterns_of("claims") if options.only in each.name]
    slow = 0
    for each in slow_patterns(found, options.length, options.growth, options.limit):
        slow += 1
        print(each, flush=True)
    print(f"{slow} of {len(found)} patterns are slow.", file=sys.stderr)
    sys.exit(slow > 0)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    main()
