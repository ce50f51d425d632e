"""Pairs that rules make of one quote: copies of it, and quotes that differ from it in one thing."""

import random
import re
from collections.abc import Callable, Iterator

from claims.extraction.lexicon.time import MONTHS, WEEKDAYS
from claims.extraction.schema import Span
from claims.relating.names import list_names
from claims.relating.profiles import read_profile
from claims.relating.quantities import list_quantities
from claims.relating.utterances import Relation, Utterance
from claims.relating.wording import mark_quoted, read_words
from claims.relating.words import SMALL_WORDS

Change = Callable[[Utterance, str, random.Random], str | None]
MadePair = tuple[Utterance, Utterance, Relation, str]

FEWEST_WORDS_TO_TRIM = 10
FEWEST_WORDS_TO_SHIFT = 9
FEWEST_WORDS_TO_CHANGE = 5
REPORTED_FORM = {
    "i": "he", "we": "they", "my": "his", "our": "their", "me": "him", "us": "them",
    "am": "was", "is": "was", "are": "were", "will": "would", "can": "could", "have": "had",
    "has": "had", "may": "might", "i'm": "he was", "we're": "they were", "don't": "did not",
    "we'll": "they would", "i'll": "he would", "this": "that",
}  # fmt: skip
WHICH = ("this", "next", "last")
PERIODS = ("week", "month", "year", "weekend", "summer", "spring")
DENIALS = ("denied that", "dismissed reports that", "rejected claims that", "denied")
NO_ANSWERS = (
    "declined to comment on the report", "could not confirm the report", "had no comment",
    "did not respond to a request for comment", "would neither confirm nor deny the claim",
    "said the company does not comment on rumours", "refused to discuss the matter",
)  # fmt: skip
CALLED_FALSE = (
    "called the report “false”", "said the claim was “totally untrue”",
    "described the story as “a complete fabrication”", "said there was no truth in the reports",
)  # fmt: skip


def make_pairs(quote: Utterance, chance: random.Random) -> Iterator[MadePair]:
    """Yield pairs of a quote and what rules make of it, each with its relation and its kind."""
    plain = write_out(quote)
    word_count = len(plain.split())
    if word_count < FEWEST_WORDS_TO_CHANGE:
        return
    copies = (("trimmed", trim), ("shifted", shift), ("ellipsis", cut_out))
    for kind, change in copies:
        changed = change(quote, plain, chance)
        if changed:
            yield quote, rewrite(quote, changed), "same-words", kind
    others: tuple[tuple[str, Relation, Change], ...] = (
        ("number", "different", change_number),
        ("name", "different", change_name),
        ("time", "different", change_time),
        ("object", "different", change_object),
        ("negation", "denies", negate),
    )
    for kind, relation, change in others:
        changed = change(quote, plain, chance)
        if changed:
            yield quote, rewrite(quote, changed), relation, kind
    if read_profile(quote).act in ("say", "claim", "report", "accuse"):
        yield quote, make_reply(plain, chance.choice(DENIALS)), "denies", "denied"
        yield quote, make_remark(chance.choice(CALLED_FALSE)), "denies", "called false"
        yield quote, make_remark(chance.choice(NO_ANSWERS)), "answers", "no answer"


def write_out(quote: Utterance) -> str:
    """Return a content with its own marks around what stands inside marks in its article."""
    quoted = mark_quoted(quote.text)
    parts = []
    for span in quote.content:
        part = span.of(quote.text)
        is_quoted = quoted[span.start] and quoted[span.end - 1]
        if is_quoted:
            part = "“" + part.strip("\"'“”‘’ ") + "”"
        parts.append(part)
    return " … ".join(parts)


def rewrite(quote: Utterance, content: str) -> Utterance:
    """Return a quote of another article, of the same cue and speaker, with another content."""
    cue = quote.get_cue() or "said"
    name = quote.speaker
    text = f"{content} — {name} {cue}."
    start = len(content) + 3 + len(name) + 1
    return Utterance(
        text=text,
        content=(Span(0, len(content)),),
        cue=Span(start, start + len(cue)),
        source=(Span(len(content) + 3, start - 1),) if name else (),
        speaker=name,
        article=f"{quote.article} rewritten",
        published=quote.published,
    )


def make_reply(content: str, cue: str) -> Utterance:
    plain = re.sub('[“”"]', "", content)
    text = f"He {cue} {plain}"
    start = len(f"He {cue} ")
    return Utterance(text, (Span(start, len(text)),), Span(3, 3 + len(cue)), (Span(0, 2),))


def make_remark(remark: str) -> Utterance:
    cue = remark.split(" ", 1)[0]
    text = f"He {remark}"
    start = len(f"He {cue} ")
    return Utterance(text, (Span(start, len(text)),), Span(3, 3 + len(cue)), (Span(0, 2),))


def trim(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    """Return a stretch of the content, half of it or more."""
    words = plain.split()
    if len(words) < FEWEST_WORDS_TO_TRIM:
        return None
    length = chance.randint(max(6, len(words) // 2), len(words) - 2)
    start = chance.choice([0, 0, len(words) - length])
    return balance(" ".join(words[start : start + length]))


def cut_out(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    """Return the content with an ellipsis in place of a few words."""
    words = plain.split()
    if len(words) < FEWEST_WORDS_TO_TRIM + 4:
        return None
    start = chance.randint(4, len(words) - 6)
    return balance(" ".join([*words[:start], "…", *words[start + chance.randint(2, 4) :]]))


def balance(content: str) -> str:
    """Return a content with marks opened and closed where the cut took one of them."""
    first_close, first_open = content.find("”"), content.find("“")
    if first_close >= 0 and (first_open < 0 or first_close < first_open):
        content = "“" + content
    if content.count("“") > content.count("”"):
        content += "”"
    return content


def shift(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    """Return direct speech as reported speech."""
    words = re.sub('[“”"]', "", plain).split()
    if len(words) < FEWEST_WORDS_TO_SHIFT:
        return None
    shifted = [REPORTED_FORM.get(word.casefold(), word) for word in words]
    return "that " + " ".join(shifted)


def change_number(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    found = [
        quantity
        for quantity in list_quantities(plain)
        if quantity.unit not in ("vague", "fraction", "th", "year")
    ]
    if not found:
        return None
    quantity = chance.choice(found)
    told = plain[quantity.start : quantity.end]
    digits = re.search(r"\d+(?:,\d{3})*", told)
    if digits:
        value = int(digits[0].replace(",", ""))
        other = max(1, round(value * chance.choice([0.5, 0.7, 1.3, 2, 3]))) + 1
        changed = told[: digits.start()] + f"{other:,}" + told[digits.end() :]
    else:
        changed = chance.choice(["seven", "nine", "fifteen", "thirty"])
        if changed in told.casefold():
            return None
    return plain[: quantity.start] + changed + plain[quantity.end :]


def change_name(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    """Return the content with a name of the article in place of one of its own."""
    words = list(read_words(plain, 0, len(plain), mark_quoted(plain)))
    own = list_names(quote.text, words)
    everywhere = list_names(
        quote.text, list(read_words(quote.text, 0, len(quote.text), mark_quoted(quote.text)))
    )
    own_words = {word for name in own for word in name}
    others = [name for name in everywhere if not own_words.intersection(name)]
    if not own or not others:
        return None
    name = chance.choice(own)
    other = " ".join(word.strip("=").title() for word in chance.choice(others))
    pattern = r"\W+".join(re.escape(word.strip("=")) for word in name)
    match = re.search(rf"\b{pattern}\b", plain, re.I)
    return plain[: match.start()] + other + plain[match.end() :] if match else None


def change_time(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    for table in (MONTHS, WEEKDAYS):
        match = re.search(rf"\b(?:{'|'.join(table)})\b", plain)
        if match:
            other = chance.choice([word for word in table if word != match[0]])
            return plain[: match.start()] + other + plain[match.end() :]
    match = re.search(rf"\b(?:this|next|last) (?={'|'.join(PERIODS)})", plain)
    if match:
        other = chance.choice([which for which in WHICH if which not in match[0]])
        return plain[: match.start()] + other + plain[match.end() - 1 :]
    return None


def change_object(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    """Return the content with a word of the article in place of one that matters."""
    words = re.findall(r"\b[a-z]{5,}\b", plain)
    own = [word for word in words if word not in SMALL_WORDS]
    known = set(own)
    others = [
        word
        for word in re.findall(r"\b[a-z]{5,}\b", quote.text)
        if word not in SMALL_WORDS and word not in known
    ]
    if len(own) < 2 or not others:
        return None
    chosen = chance.sample(own, min(len(own), 2 if len(own) > 6 else 1))
    for word in chosen:
        plain = re.sub(rf"\b{word}\b", chance.choice(others), plain, count=1)
    return plain


def negate(quote: Utterance, plain: str, chance: random.Random) -> str | None:
    """Return the content with a "not" behind its first auxiliary."""
    match = re.search(
        r"\b(?:is|are|was|were|will|would|can|could|has|have|had|should|may|might)\b(?! not|n['’]t)",
        plain,
    )
    if match is None or re.search(r"\b(?:not|never|no)\b|n['’]t", plain):
        return None
    return plain[: match.end()] + " not" + plain[match.end() :]
