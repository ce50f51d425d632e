"""Whom quotes name."""

import re
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from claims.models.actors import Actor
from claims.models.changes import build_change_triggers, build_join_triggers

if TYPE_CHECKING:
    from claims.models.quotes import Quote


class About(models.Model):
    """An actor whom the content of a quote names; it need not have said anything itself."""

    # Found by `about_is_noted_once`.
    quote = models.ForeignKey("claims.Quote", models.CASCADE, related_name="named", db_index=False)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="named_in")
    named_as = models.ForeignKey(
        Actor,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="whom the content names, where that is taken for the actor",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quote", "actor"], name="about_is_noted_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["named_as"], condition=Q(named_as__isnull=False), name="about_named_as"
            )
        ]
        triggers: ClassVar = [
            *build_change_triggers("about", "quote_id"),
            *build_join_triggers(
                "about",
                ("actor_id", "named_as_id"),
                "coalesce(old_row.named_as_id, old_row.actor_id)"
                " <> coalesce(new_row.named_as_id, new_row.actor_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"quote {self.quote_id} about {self.actor_id}"


def note_actors_named(quote: "Quote") -> None:
    """Store whom a quote names, after a person has changed its spans.

    Only actors who say something or are named in the article already are looked for, by any of
    their names.
    """
    quoted_here = Q(quotes__article=quote.article_id)
    named_here = Q(named_in__quote__article=quote.article_id)
    known_here = Actor.objects.filter(quoted_here | named_here).distinct()
    named = []
    for actor in known_here.prefetch_related("names"):
        names = {actor.name, *(given.name for given in actor.names.all())}
        if any(is_name_in_text(quote.content, name) for name in names):
            named.append(actor)
    quote.about.set(named)


def is_name_in_text(text: str, name: str) -> bool:
    """Return whether a name stands in a text as it is written, and not as a part of a word."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
