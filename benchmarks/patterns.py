"""The regular expressions of the project: where each stands, and how it is used."""

import ast
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from claims.extraction.text.phrases import PhraseRule

# Patterns that the code lets read so many characters at once, at most: no text can make them slow.
LONGEST_STRETCHES: dict[str, int] = {
    "roles.LOWERCASE_WORD_AT_END": 30,
    "article.BYLINE": 600,
    "datelines.DATELINE": 120,
    "boundaries.START_OF_SENTENCE": 6,
    "sentences.WORD_BEFORE_STOP": 20,
    "phrases.AUXILIARIES_AT_END": 60,
    "phrases.SUBJECT_AT_END": 120,
    "antecedents.WORD_OF_ANTECEDENT": 120,
    "hearers.VERDICT_AND_PASSIVE_OF_TELLING": 200,
    "hearers.PASSIVE_OF_TELLING": 80,
}
# Patterns that reach the place of their use by another name, as an argument or out of a table, and are matched there.
PATTERNS_HANDED_OVER = (
    "addressees.ADDRESSEE_AFTER_TO",
    "addressees.ADDRESSEE_BEFORE_INFINITIVE",
    "addressees.ADDRESSEE_BEFORE_THAT",
    "hearers.TELLER_AFTER_ACT_NOUN",
    "hearers.TELLER_AFTER_BY",
    "hearers.BY_AFTER_PARTICIPLE",
    "hedges.HEDGE_RULES",
    "labels.LABEL_BEFORE_STOP",
    "labels.LABEL_BEFORE_TIME",
    "occasions.WORDS_BEFORE_CUE",
    "occasions.WORDS_BEFORE_SOURCE",
    "occasions.WORDS_BEFORE_SOURCELESS_CUE",
    "occasions.COMMA_BETWEEN_PHRASES",
    "occasions.CONJUNCTION_AT_START",
    "occasions.CLOSE_OF_CONTENT",
    "occasions.ADVERBS_BEFORE_OCCASION",
    "targets.TARGET_AS_OBJECT",
    "targets.TARGET_BEFORE_OF",
)
CALLS_AT_ONE_PLACE = frozenset(["match", "fullmatch"])
DEEPEST_TABLE = 3  # levels of tables within tables in which patterns are looked for


@dataclass(frozen=True)
class PatternFound:
    """A pattern with where it stands, such as "claims.extraction.quotes.datelines.DATELINE".

    `calls` are the methods that the code calls on it. With `match` and `fullmatch` alone it is
    tried at one place of a text, else at each place.
    """

    name: str
    pattern: re.Pattern[str]
    calls: frozenset[str]

    @property
    def is_tried_everywhere(self) -> bool:
        return not self.calls <= CALLS_AT_ONE_PLACE

    @property
    def longest_stretch(self) -> int:
        """The most characters that the code lets it read at once."""
        for name, longest in LONGEST_STRETCHES.items():
            if self.name.endswith(f".{name}"):
                return longest
        return sys.maxsize


def list_patterns(package: str) -> list[PatternFound]:
    """Return every pattern that the modules of a package hold, in whatever table, or write where
    they use it.
    """
    names: dict[re.Pattern[str], str] = {}
    calls: dict[re.Pattern[str], set[str]] = defaultdict(set)
    for module in import_modules(package):
        for name, value in vars(module).items():
            for where, pattern in find_patterns_in(value, f"{module.__name__}.{name}"):
                names.setdefault(pattern, where)
        for where, pattern, call in find_calls_in(module):
            names.setdefault(pattern, where)
            calls[pattern].add(call)
    return [
        PatternFound(name, pattern, frozenset(calls[pattern] or guess_calls(name)))
        for pattern, name in names.items()
    ]


def list_stale_names(patterns: Sequence[PatternFound]) -> list[str]:
    """Return the names in the tables of this file that no pattern has any longer."""
    names = [pattern.name.partition("[")[0] for pattern in patterns]
    return [
        name
        for name in (*LONGEST_STRETCHES, *PATTERNS_HANDED_OVER)
        if not any(each.endswith(f".{name}") for each in names)
    ]


def guess_calls(name: str) -> set[str]:
    """Return how a pattern is used of which no call is seen."""
    constant = name.partition("[")[0]
    is_handed_over = any(constant.endswith(f".{handed}") for handed in PATTERNS_HANDED_OVER)
    return {"match"} if is_handed_over else {"finditer"}


def import_modules(package: str) -> Iterator[ModuleType]:
    """Yield every module of a package but its migrations."""
    top = importlib.import_module(package)
    yield top
    for info in pkgutil.walk_packages(top.__path__, f"{package}."):
        if "migrations" not in info.name and not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def find_patterns_in(
    value: Any, name: str, depth: int = 0
) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns that a value holds: itself, in a table, or as an attribute of a class of
    this project.
    """
    if depth > DEEPEST_TABLE:
        return
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield name, value
    elif isinstance(value, PhraseRule):
        yield name, value.compiled
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from find_patterns_in(item, f"{name}[{key!r}]", depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for number, item in enumerate(value):
            yield from find_patterns_in(item, f"{name}[{number}]", depth + 1)
    elif isinstance(value, type) and value.__module__.startswith("claims."):
        for key, item in vars(value).items():
            yield from find_patterns_in(item, f"{name}.{key}", depth + 1)


def find_calls_in(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield the patterns that a module calls methods of: where, which, and by what method.

    Both `STOP.finditer(text)` and `re.sub(r"['’]s?$", "", words)` are seen.
    """
    if not module.__file__:
        return
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if not isinstance(node.func.value, ast.Name):
            continue
        where = f"{module.__name__}:{node.lineno}"
        holder = node.func.value.id
        method = node.func.attr
        if holder == "re" and method != "compile":
            written = read_written_pattern(node)
            if written:
                yield where, written, method
        else:
            held = vars(module).get(holder)
            for _, pattern in find_patterns_in(held, "", depth=DEEPEST_TABLE):
                yield where, pattern, method


def read_written_pattern(call: ast.Call) -> re.Pattern[str] | None:
    """Return the pattern that a call of `re` gives as a constant, with its flags."""
    first = call.args[0] if call.args else None
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return None
    others = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    written = " ".join(map(ast.unparse, others))
    flags = re.NOFLAG
    if re.search(r"\bre\.I\b", written):
        flags |= re.I
    if re.search(r"\bre\.M\b", written):
        flags |= re.M
    return re.compile(first.value, flags)
