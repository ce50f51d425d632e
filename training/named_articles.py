"""Reads who is named in attributed articles, as the site stores it, without a database.

What the site works out by SQL (`claims/actors/sightings.py`) is worked out here from files, so that
weights are fitted in seconds. `benchmarks.actors` measures the site itself.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from claims.actors.forms import build_form_key
from claims.actors.likeness import split_person_name
from claims.actors.named_people import NamedPerson, OfficeHeld, Sighting
from claims.actors.offices import find_offices
from claims.actors.resolution import ReadArticle, list_named, list_names_given
from claims.actors.sightings import (
    LETTERS_OF_QUOTATION,
    WORDS_BEFORE_BARE_NAMES,
    Namesakes,
    find_titles,
    list_offices_of_titles,
)
from claims.actors.stories import Signature, build_signature, is_same_story
from claims.extraction.records import read_attributions
from claims.models import Actor
from claims.models.names import build_name_key

FormKey = tuple[str, str, int | None]


@dataclass
class StoredActor:
    """An actor as the site would store it."""

    number: int
    kind: str
    key: str
    article: int | None
    called: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    quotations: set[int] = field(default_factory=set)
    offices: set[OfficeHeld] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class StoredArticle:
    number: int
    url: str
    day: date | None
    text: str


class NamedArticles:
    """All actors of some articles; `mentions` has the actor of a name in an article."""

    def __init__(self, paths: Iterable[Path]):
        self.articles: list[StoredArticle] = []
        self.actors: dict[FormKey, StoredActor] = {}
        self.mentions: dict[tuple[str, str], int] = {}
        self.signatures: dict[int, Signature] = {}
        self.ignored: Signature = frozenset()
        for path in paths:
            for line in path.read_text(encoding="utf-8").splitlines():
                self.read(json.loads(line))
        self.by_word: defaultdict[str, list[StoredActor]] = defaultdict(list)
        self.by_number = {actor.number: actor for actor in self.actors.values()}
        for actor in self.actors.values():
            if actor.kind == "person":
                for word in set(actor.key.split()):
                    self.by_word[word].append(actor)

    def read(self, record: dict[str, Any]) -> None:
        text, url = record["text"], record.get("url", "")
        number = len(self.articles) + 1
        day = date.fromisoformat(record["date"]) if record.get("date") else None
        self.articles.append(StoredArticle(number, url, day, text))
        attributions = read_attributions(record["attributions"], text)
        host = url.split("/")[2] if "//" in url else ""
        named = list_named(ReadArticle(number, attributions, text, host))
        for speaker, form in named.forms.items():
            if not speaker.alone and speaker not in named.speakers:
                continue
            key = build_form_key(form)
            actor = self.actors.setdefault(
                key, StoredActor(len(self.actors) + 1, key[0], key[1], form[2])
            )
            actor.articles.add(number)
            for name in list_names_given(speaker, Actor(name=form[1], kind=form[0])):
                actor.called.add(build_name_key(name))
            if actor.kind == "person":
                for office in find_offices(form[1], text, (speaker.mention,)):
                    actor.offices.add(OfficeHeld(office.title, office.place, day))
            if speaker in named.speakers:
                self.mentions[url, speaker.name] = actor.number
        for attribution in attributions:
            words = " ".join(text[span.start : span.end] for span in attribution.contents)
            if attribution.speaker and len(words) >= LETTERS_OF_QUOTATION:
                form = named.forms[attribution.speaker]
                saying = " ".join(build_name_key(words).split())
                self.actors[build_form_key(form)].quotations.add(hash(saying))

    def read_namesakes(self, word: str, *, with_bare: bool, heads: dict[int, int]) -> Namesakes:
        """Return what `sightings.read_namesakes` would."""
        full = [each for each in self.by_word[word] if each.article is None]
        keys = {word, *(f"{title} {word}" for title in WORDS_BEFORE_BARE_NAMES)}
        bare = []
        if with_bare:
            bare = [each for each in self.by_word[word] if each.article and each.key in keys]
        return Namesakes(
            full=[self.build_person(each) for each in full],
            former=[],
            bare=[self.build_person(each) for each in bare],
            titles={each.number: find_titles(each.called | {each.key}) for each in bare},
            heads=heads,
            apart=set(),
        )

    def build_person(self, actor: StoredActor) -> NamedPerson:
        sightings = []
        for number in actor.articles:
            article = self.articles[number - 1]
            sightings.append(Sighting(number, article.url, article.day))
        return NamedPerson(
            number=actor.number,
            key=actor.key,
            name=split_person_name(actor.key),
            sightings=tuple(sorted(sightings, key=lambda seen: seen.key)),
            called=frozenset(actor.called),
            offices=frozenset(actor.offices) | list_offices_of_titles(actor.called),
            quotations=frozenset(actor.quotations),
        )

    def count_story(self, here: Sighting, near: Sequence[Sighting]) -> int:
        """Return how many of the articles near to one in time are of its story."""
        own = self.get_signature(here.article)
        number = 0
        for seen in near:
            is_same = seen.article == here.article
            number += is_same or is_same_story(own, self.get_signature(seen.article), self.ignored)
        return number

    def get_signature(self, article: int) -> Signature:
        if article not in self.signatures:
            self.signatures[article] = build_signature(self.articles[article - 1].text)
        return self.signatures[article]
