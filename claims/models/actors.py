"""Who says things, and by which names."""

from typing import TYPE_CHECKING, ClassVar

import pghistory
from django.db import models
from django.urls import reverse

from claims.extraction.schema import ACTOR_KINDS
from claims.models.articles import Article
from claims.models.rules import choices, kept_events, one_of
from claims.naming import listed
from claims.querysets import ActorQuerySet

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote


@pghistory.track(*kept_events())
class Actor(models.Model):
    """A person, organization, state, group or document that says things.

    `article` is set when the name by itself does not tell who is meant (a bare surname): the actor then stands for
    whoever that article means, and is never joined with another article's by its name.
    """

    if TYPE_CHECKING:
        names: "Manager[ActorName]"
        quotes: "Manager[Quote]"

    qualifier = ""  # what tells it from others of its name in a list, once that has been asked for

    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=choices(ACTOR_KINDS))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="actors", help_text="set when known there only"
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            one_of("kind", ACTOR_KINDS, "actor_kind_is_known"),
            models.UniqueConstraint(fields=["kind", "name", "article"], nulls_distinct=False, name="actor_is_one_row_per_name"),
        ]

    def __str__(self) -> str:
        if self.article_id is None:
            return self.name
        _, qualifier, _ = listed(self).qualifiers()
        return f"{self.name} ({qualifier})"

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


@pghistory.track(*kept_events())
class ActorName(models.Model):
    """A name that articles give an actor ("Mr Biden", "President Joe Biden")."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_is_given_once")]

    def __str__(self) -> str:
        return self.name
