"""Who says things, by which names, and who may be the same as whom."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from claims.extraction.schema import ACTOR_KINDS
from claims.models.addresses import get_address
from claims.models.articles import Article
from claims.models.changes import ACTOR_NOTE_TRIGGER
from claims.models.names import build_initials_column, build_key_column
from claims.models.naming import build_listed_actor
from claims.models.querysets import ActorQuerySet, MergeCandidateQuerySet
from claims.models.rules import build_field_choices, build_one_of_constraint, track_history

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote

IS_KNOWN_EVERYWHERE = Q(article__isnull=True) & ~Q(kind="unnamed")


def build_words_column(column: str) -> Func:
    """The words of a name's key."""
    return Func(
        build_key_column(column),
        Value(" "),
        function="string_to_array",
        output_field=ArrayField(models.TextField()),
    )


@track_history("key", "words", "initials")
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
    kind = models.CharField(max_length=12, choices=build_field_choices(ACTOR_KINDS))
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="actors",
        help_text="set when known there only",
    )
    key = models.GeneratedField(
        expression=build_key_column("name"), output_field=models.TextField(), db_persist=True
    )
    words = models.GeneratedField(
        expression=build_words_column("name"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )
    initials = models.GeneratedField(
        expression=build_initials_column("name"), output_field=models.TextField(), db_persist=True
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            build_one_of_constraint("kind", ACTOR_KINDS, "actor_kind_is_known"),
            models.UniqueConstraint(
                fields=["kind", "name", "article"],
                nulls_distinct=False,
                name="actor_is_one_row_per_name",
            ),
        ]
        indexes: ClassVar = [
            # With the article: of those that are known in one alone, thousands may be called the same.
            models.Index(fields=["key", "article"], name="actor_key"),
            models.Index(fields=["name", "article"], name="actor_name"),
            # As an expression, since no other index has it: else one of those above is read from end to end for each word, as
            # long as PostgreSQL thinks the table small. Without a list of what is still to be put in order, which each reads.
            GinIndex(
                Case(When(IS_KNOWN_EVERYWHERE, then=F("words"))),
                fastupdate=False,
                name="actor_words",
            ),
            models.Index(fields=["initials", "article"], name="actor_initials"),
        ]
        triggers: ClassVar = [ACTOR_NOTE_TRIGGER]
        permissions: ClassVar = [("merge_actor", "Can merge and split actors, and undo that")]

    def __str__(self) -> str:
        if self.article_id is None:
            return self.name
        _, qualifier, _ = build_listed_actor(self).qualifiers()
        return f"{self.name} ({qualifier})"

    def get_absolute_url(self) -> str:
        return get_address("actor", self.slug)


@track_history("key")
class ActorName(models.Model):
    """A name that articles give an actor ("Mr Biden", "President Joe Biden")."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    key = models.GeneratedField(
        expression=build_key_column("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "name"], name="actor_name_is_given_once")
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="actor_name_key")]

    def __str__(self) -> str:
        return self.name


class Judgement(models.TextChoices):
    SAME = "same", "same"
    DIFFERENT = "different", "different"
    UNSURE = "unsure", "unsure"


@track_history()
class MergeCandidate(models.Model):
    """Two actors that may be one, how likely that is, and why. What a person judged of them is not asked again."""

    first = models.ForeignKey(Actor, models.CASCADE, related_name="as_first")
    second = models.ForeignKey(Actor, models.CASCADE, related_name="as_second")
    score = models.FloatField(help_text="how likely they are one, 0 to 1")
    reasons = models.JSONField(help_text="for and against, a short sentence each")
    judgement = models.CharField(max_length=9, null=True, blank=True, choices=Judgement)  # noqa: DJ001 (null: not judged)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = MergeCandidateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], name="candidate_is_one_row_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="candidate_pair_has_one_order"
            ),
            models.CheckConstraint(
                condition=Q(score__range=(0, 1)), name="candidate_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=True) | Q(judgement__in=Judgement.values),
                name="candidate_judgement_is_known",
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=True, judged_at__isnull=True)
                | Q(judgement__isnull=False, judged_at__isnull=False),
                name="candidate_judgement_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
