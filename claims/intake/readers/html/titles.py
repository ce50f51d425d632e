"""The title of an article, without the name of the site that pages put before or behind it."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

SEPARATORS = re.compile(r"\s[|•·»«:–—-]{1,3}\s|\s?[|•»«]\s?|\s::\s|:\s")
STRONG_SEPARATORS = re.compile(r"\s(?:[|•·»«–—-]{1,3}|::)\s|\s?[|•»«]\s?")
CUT_SHORT = re.compile(r"\s?(?:…|\.\.\.)\s?$")
FEWEST_WORDS = 2  # of a title
LONGEST_HEADLINE = 1000  # characters
SHORTEST_START = 3  # letters in which two names of a site may agree
LONGEST_REST = 10  # letters by which one may then be longer
SHARED_WORDS = 0.5  # of a headline's words in what machines are told, at least
GENERIC_HOST_PARTS = frozenset(
    ["www", "com", "org", "net", "co", "uk", "news", "edition", "m", "amp"]
)
TYPOGRAPHIC = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "}
)


def read_words(element: HtmlElement) -> str:
    """Return the text of an element, with single blanks."""
    return " ".join(str(element.text_content()).split())


def fold(text: str) -> str:
    """Return a text as it is compared: without case, typography and double blanks."""
    return " ".join(text.translate(TYPOGRAPHIC).casefold().split())


def fold_name(text: str) -> str:
    """Return a site's name as it is compared: "The Harbour Herald" and "harbourherald" alike."""
    words = re.findall(r"\w+", text.casefold())
    if words[:1] == ["the"]:
        words = words[1:]
    return "".join(words)


def is_longer_name(name: str, other: str) -> bool:
    """Whether one name is the other with a word or two behind it: "BBC" and "BBC News"."""
    shorter, longer = sorted((name, other), key=len)
    is_long_enough = len(shorter) > SHORTEST_START or shorter == other
    return (
        is_long_enough and longer.startswith(shorter) and len(longer) - len(shorter) <= LONGEST_REST
    )


class TitleCleaner:
    """Takes the name of a site off titles; `site_name` is then what a title itself called it."""

    def __init__(self, site_names: Sequence[str], url: str):
        self.names = {fold_name(name) for name in site_names if name}
        host = urlsplit(url).hostname or ""
        parts = [part for part in host.split(".") if part not in GENERIC_HOST_PARTS]
        self.host_names = {part.replace("-", "") for part in parts if len(part) > 2}
        self.site_name = ""

    def is_site(self, part: str) -> bool:
        """Whether a part of a title names the site: as the page has it, or as its host."""
        name = fold_name(part)
        if not name:
            return False
        if name in self.names or name in self.host_names:
            return True
        hosts = [name.removesuffix(end) for end in ("com", "org", "net", "news", "couk")]
        if self.host_names.intersection(hosts):
            return True
        return any(is_longer_name(name, known) for known in self.names | self.host_names)

    def clean(self, title: str) -> str:
        """Return a title without the site's name at either end, and without sections behind it."""
        title = " ".join(title[:LONGEST_HEADLINE].split())
        while match := self.find_site_behind(title):
            self.site_name = self.site_name or title[match.end() :].strip()
            title = title[: match.start()].strip()
        first = SEPARATORS.search(title)
        if first and self.is_site(title[: first.start()]):
            rest = title[first.end() :].strip()
            if len(rest.split()) >= FEWEST_WORDS:
                self.site_name = self.site_name or title[: first.start()].strip()
                title = rest
        return title

    def find_site_behind(self, title: str) -> re.Match[str] | None:
        """Return the first separator with nothing but the site, or sections and the site, behind
        it.
        """
        matches = list(STRONG_SEPARATORS.finditer(title))
        for i, match in enumerate(matches):
            kept = title[: match.start()]
            if len(kept.split()) < FEWEST_WORDS:
                continue
            ends = [later.start() for later in matches[i + 1 :]] + [len(title)]
            starts = [match.end()] + [later.end() for later in matches[i + 1 :]]
            parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
            short = all(len(part.split()) <= 4 for part in parts[:-1])
            if self.is_site(parts[-1]) and short:
                return match
        return None


def choose_title(page: HtmlElement, headlines: Sequence[str], cleaner: TitleCleaner) -> str:
    """Return the headline that readers see if it is one of those told to machines, else the surest
    of these.
    """
    cleaned = [cleaner.clean(headline) for headline in headlines]
    whole = [title for title in cleaned if title and not CUT_SHORT.search(title)]
    told = whole or [title for title in cleaned if title]
    shown = find_shown_headline(page, told, cleaner)
    if shown:
        return shown
    if told:
        return told[0]
    return ""


def find_shown_headline(page: HtmlElement, told: Sequence[str], cleaner: TitleCleaner) -> str:
    """Return the heading of the page that shares the most words with what machines are told."""
    best, best_share = "", 0.0
    headings = [*page.iter("h1"), *page.xpath(".//*[@itemprop='headline'][not(self::meta)]")]
    for element in headings:
        words = cleaner.clean(read_words(element))
        if len(words.split()) < FEWEST_WORDS or cleaner.is_site(words) or len(words) > 400:
            continue
        share = max((measure_shared_words(words, title) for title in told), default=SHARED_WORDS)
        if share > best_share:
            best, best_share = words, share
    return best if best_share >= SHARED_WORDS else ""


def measure_shared_words(one: str, other: str) -> float:
    """Return the share of the words of either title, whichever has fewer of them in it, in the
    other.
    """
    first, second = set(re.findall(r"\w+", fold(one))), set(re.findall(r"\w+", fold(other)))
    if not first or not second:
        return 0.0
    return len(first & second) / max(len(first), len(second))
