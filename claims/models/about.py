"""Whom quotes name."""

import re
from typing import ClassVar

from django.db import models
from django.db.models import Q

from claims.models.actors import Actor
from claims.models.changes import build_change_triggers
from claims.models.quotes import Quote


class About(models.Model):
    """An actor whom the content of a quote names; it need not have said anything itself."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="named")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="named_in")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quote", "actor"], name="about_is_noted_once")
        ]
        triggers: ClassVar = build_change_triggers("about", "quote_id")

    def __str__(self) -> str:
        return f"quote {self.quote_id} about {self.actor_id}"


def note_actors_named(quote: Quote) -> None:
    """Whom a quote names, after a person has changed its spans: those known in the article one of whose names stands there."""
    known = Actor.objects.filter(
        Q(quotes__article=quote.article_id) | Q(named_in__quote__article=quote.article_id)
    )
    found = {
        actor
        for actor in known.distinct().prefetch_related("names")
        if any(
            is_name_in_text(quote.content, name)
            for name in {actor.name, *(each.name for each in actor.names.all())}
        )
    }
    quote.about.set(found)


def is_name_in_text(text: str, name: str) -> bool:
    """Whether a name stands in a text, as it is written and not as a part of a word."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
