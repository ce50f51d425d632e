"""What an article itself calls each person, for where a full name is too long."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from claims.passages.quotations import WORD_WITH_MARKS

if TYPE_CHECKING:
    from claims.models import Actor, Quote


def find_short_names(quotes: Iterable["Quote"]) -> dict[int, str]:
    """Return what the article itself calls each person, by the person's key.

    It counts as far as it is a part of the name ("Mr. Xi" is Xi, as Xi Jinping is), and only where
    it has a word that no other person's name has here.
    """
    forms_of_person: dict[Actor, set[str]] = {}
    for quote in quotes:
        person = quote.actor
        if person and person.kind == "person":
            forms = forms_of_person.setdefault(person, {person.name})
            forms.add(select_words_of_name(person.name, quote.source_text))

    bearers: Counter[str] = Counter()
    for person in forms_of_person:
        bearers.update(set(WORD_WITH_MARKS.findall(person.name)))

    short_names = {}
    for person, forms in forms_of_person.items():
        telling = [form for form in forms if has_telling_word(form, bearers)]
        short_names[person.pk] = min([person.name, *telling], key=len)
    return short_names


def select_words_of_name(name: str, source: str) -> str:
    """Return the words of a source that are words of the name."""
    known = set(WORD_WITH_MARKS.findall(name))
    return " ".join(word for word in WORD_WITH_MARKS.findall(source) if word in known)


def has_telling_word(form: str, bearers: Counter[str]) -> bool:
    """Tell whether a form of a name has a capitalized word, more than an initial, that a single
    speaker bears.
    """
    for word in form.split():
        is_initial = len(word) == 1
        if word[0].isupper() and not is_initial and bearers[word] == 1:
            return True
    return False
