"""Who is heard in an article, in how many words, and who is talked about and not heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.models.naming import ListedActor, list_qualifiers
from claims.pages.numbered_quotes import NumberedQuote
from claims.passages.quotations import TextStretch, TextWords
from claims.passages.shares import describe_share

if TYPE_CHECKING:
    from claims.models import Actor


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """Someone quoted, or all whose names are not known (`actor` is None), and the words in the
    content of their quotes.

    `quoted` is how many words lie in the content of anyone's quotes, `all_words` how many the
    article has.
    """

    actor: "Actor | None"
    qualifier: str
    entries: tuple[NumberedQuote, ...]
    words: int
    quoted: int
    all_words: int

    @property
    def of_quoted(self) -> str:
        return describe_share(self.words, self.quoted)

    @property
    def of_all(self) -> str:
        return describe_share(self.words, self.all_words)

    @property
    def width(self) -> float:
        """Return the width of a bar that is 100 wide when nobody else is quoted."""
        return round(100 * self.words / (self.quoted or 1), 1)


@dataclass(frozen=True, slots=True)
class UnheardActor:
    """An actor whom quotes name and who is not quoted."""

    name: str
    qualifier: str
    slug: str
    named_in: tuple[NumberedQuote, ...]


def find_words_quoted(entries: Iterable[NumberedQuote], words: TextWords) -> set[int]:
    """Return the words that lie in the content of any of these quotes, each by its number."""
    stretches: list[TextStretch] = []
    for entry in entries:
        stretches.extend(entry.contents)
    return words.within(stretches)


def list_quoted_speakers(entries: Sequence[NumberedQuote], words: TextWords) -> list[QuotedSpeaker]:
    """Return the speakers, the most quoted first; those who are not known come last, as one."""
    by_actor: dict[Actor | None, list[NumberedQuote]] = {}
    for entry in entries:
        by_actor.setdefault(entry.quote.actor, []).append(entry)
    words_of: dict[Actor | None, int] = {}
    quoted: set[int] = set()
    for actor, own_entries in by_actor.items():
        own_words = find_words_quoted(own_entries, words)
        words_of[actor] = len(own_words)
        quoted |= own_words

    def rank(actor: "Actor | None") -> tuple[bool, int, int]:
        return actor is None, -words_of[actor], by_actor[actor][0].number

    actors = sorted(by_actor, key=rank)
    speakers = []
    for actor, qualifier in zip(actors, list_speaker_qualifiers(actors), strict=True):
        entries_of_actor = tuple(by_actor[actor])
        word_counts = (words_of[actor], len(quoted), len(words))
        speakers.append(QuotedSpeaker(actor, qualifier, entries_of_actor, *word_counts))
    return speakers


def list_speaker_qualifiers(actors: Iterable["Actor | None"]) -> list[str]:
    """Return what tells actors of one name apart.

    All stand in one article, so that it need not be named.
    """
    listed = []
    for actor in actors:
        if actor is None:
            listed.append(ListedActor("", "", ""))
        else:
            listed.append(ListedActor(actor.slug, actor.name, actor.kind))
    return list_qualifiers(listed)


def list_unheard_actors(entries: Sequence[NumberedQuote]) -> list[UnheardActor]:
    """Return those whom quotes name and who are not quoted, those named in most quotes first."""
    heard = {entry.quote.actor_id for entry in entries}
    named_in: dict[Actor, list[NumberedQuote]] = {}
    for entry in entries:
        for about in entry.quote.naming:
            if about.actor_id not in heard:
                named_in.setdefault(about.actor, []).append(entry)
    actors = sorted(named_in, key=lambda actor: (-len(named_in[actor]), actor.name, actor.pk))
    unheard = []
    for actor, qualifier in zip(actors, list_speaker_qualifiers(actors), strict=True):
        unheard.append(UnheardActor(actor.name, qualifier, actor.slug, tuple(named_in[actor])))
    return unheard
