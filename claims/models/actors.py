"""Who says things, and by which names."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from claims.extraction.schema import ACTOR_KINDS
from claims.models.addresses import get_address
from claims.models.articles import Article
from claims.models.changed_rows import build_log_triggers
from claims.models.changes import ACTOR_GONE_TRIGGER, ACTOR_NOTE_TRIGGER
from claims.models.names import (
    build_holding_condition,
    build_initials_column,
    build_key_column,
)
from claims.models.naming import ListedActor, build_listed_actor
from claims.models.rules import build_field_choices, build_one_of_constraint, track_history
from claims.models.standing import build_quote_count, build_quote_exists
from claims.models.text_search import (
    NAME_WORDS,
    build_beginning_query,
    build_name_query,
    replace_typographic_marks,
)

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote

UNKNOWN_SLUG = "unknown"  # the slug of those whom no article makes clear; no actor has it
SPEAKER_VALUES = ("named", "unnamed", UNKNOWN_SLUG)  # how much is known of who speaks
ALIKE_SHOWN = 20  # on each side of a pair
LEAST_LETTERS_MEANT = 3  # of a word by which somebody may mean an actor
LISTED_FIELDS = (
    "slug",
    "name",
    "kind",
    "article__outlet__name",
    "article__published_on",
    "article__title",
)
IS_KNOWN_EVERYWHERE = Q(article__isnull=True) & ~Q(kind="unnamed")

# What stands beside an actor's row is written as text: Django would take longer to turn
# expressions into SQL than PostgreSQL takes to find the page.
JSON_FIELD = models.JSONField()
TEXTS_FIELD: "ArrayField[list[str], list[str]]" = ArrayField(TextField())
OTHER_NAMES_SQL = """
    ARRAY(SELECT n.name FROM claims_actorname n WHERE n.actor_id = claims_actor.id AND n.name <> claims_actor.name
           UNION
          SELECT n.name FROM claims_actorjoin j JOIN claims_actorname n ON n.actor_id = j.alias_id
           WHERE j.actor_id = claims_actor.id AND n.name <> claims_actor.name
           ORDER BY 1)
"""
WIKIDATA_ITEMS_SQL = """
    ARRAY(SELECT e.value FROM claims_externalid e WHERE e.actor_id = claims_actor.id AND e.scheme = 'wikidata' ORDER BY 1)
"""


# The offices that articles give an actor in which it is quoted or named, those of one title and
# place together: the first and the last year, which outlets and how many articles tell it.
OFFICES_SQL = """
    (SELECT coalesce(jsonb_agg(to_jsonb(told) ORDER BY told.articles DESC, told.title, told.place), '[]')
       FROM (SELECT o.title, o.place, extract(year FROM min(t.published_on))::int AS since,
                    extract(year FROM max(t.published_on))::int AS until,
                    jsonb_agg(DISTINCT t.outlet_id) AS outlets, count(DISTINCT t.id) AS articles
               FROM claims_office o JOIN claims_article t ON t.id = o.article_id
              WHERE o.key IN (
                    SELECT n.key FROM claims_actorname n WHERE n.actor_id = claims_actor.id
                     UNION
                    SELECT n.key FROM claims_actorjoin j JOIN claims_actorname n ON n.actor_id = j.alias_id
                     WHERE j.actor_id = claims_actor.id)
                AND (EXISTS (SELECT FROM claims_quote q
                              WHERE q.article_id = o.article_id AND q.actor_id = claims_actor.id
                                AND q.version_id IS NULL AND q.status <> 'rejected')
                     OR EXISTS (SELECT FROM claims_about b JOIN claims_quote q ON q.id = b.quote_id
                                 WHERE q.article_id = o.article_id AND b.actor_id = claims_actor.id
                                   AND q.version_id IS NULL AND q.status <> 'rejected'))
              GROUP BY o.title, o.place) told)
"""
HEAD_SQL = """
    (SELECT head.slug FROM claims_actorjoin j JOIN claims_actor head ON head.id = j.actor_id WHERE j.alias_id = claims_actor.id)
"""


def build_alike_sql(own: str, other: str) -> str:
    """Return the SQL of what a page shows of likely pairs: those in which the actor stands on
    its `own` side, and of each the actor on the `other` side.

    The sides are "first" and "second".
    """
    return f"""
        SELECT coalesce(jsonb_agg(found.pair), '[]') FROM (
            SELECT jsonb_build_object(
                'slug', a.slug, 'name', a.name, 'kind', a.kind, 'outlet', o.name, 'day', t.published_on, 'title', t.title,
                'score', c.score, 'reasons', c.reasons, 'judgement', c.judgement) AS pair
              FROM claims_mergecandidate c JOIN claims_actor a ON a.id = c.{other}_id
              LEFT JOIN claims_article t ON t.id = a.article_id LEFT JOIN claims_outlet o ON o.id = t.outlet_id
             WHERE c.{own}_id = claims_actor.id AND c.judgement IS DISTINCT FROM 'different'
               AND NOT EXISTS (SELECT FROM claims_actorjoin j WHERE j.alias_id = a.id)
             ORDER BY c.score DESC, c.id LIMIT %s) found
    """


def build_words_column(column: str) -> Func:
    """Return the SQL of the words of a name's key."""
    return Func(
        build_key_column(column),
        Value(" "),
        function="string_to_array",
        output_field=ArrayField(models.TextField()),
    )


class ActorQuerySet(models.QuerySet["Actor"]):
    def standing(self) -> Self:
        """Return what readers see in lists: the actors who have a quote that readers see."""
        return self.filter(build_quote_exists(self.model))

    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count("actor"))

    def most_quoted(self) -> Self:
        return self.counted().order_by("-quote_count", "name", "pk")

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def for_list(self) -> Self:
        """Fetch the article that an actor is known in alone, but not its long texts."""
        return self.select_related("article__outlet").defer("article__text", "article__search")

    def listed(self, numbers: Iterable[int]) -> dict[int, ListedActor]:
        """Return what tells these actors from others of their names, by their primary keys."""
        rows = self.filter(pk__in=numbers).order_by().values_list("pk", *LISTED_FIELDS)
        return {pk: ListedActor(*values) for pk, *values in rows}

    def unquoted(self) -> Self:
        """Return the actors whom no quote is left of or about, and nothing that a person
        decided on.

        A person decides by a judgement, a merge or an external number.
        """
        judged = Q(as_first__judgement__isnull=False) | Q(as_second__judgement__isnull=False)
        merged = Q(former__isnull=False) | Q(external_ids__isnull=False)
        merged |= Q(item_matches__judged_at__isnull=False)
        silent = self.filter(quotes__isnull=True, named_in__isnull=True)
        silent = silent.filter(quotes_named__isnull=True, joins__isnull=True)
        return silent.exclude(judged).exclude(merged)

    def with_other_names(self) -> Self:
        """Annotate `other_names`: what else articles call an actor."""
        return self.annotate(other_names=RawSQL(OTHER_NAMES_SQL, [], TEXTS_FIELD))

    def with_items(self) -> Self:
        """Annotate `items`: what an actor is in Wikidata."""
        return self.annotate(items=RawSQL(WIKIDATA_ITEMS_SQL, [], TEXTS_FIELD))

    def with_offices(self) -> Self:
        """Annotate `offices_told`: which offices articles give an actor.

        `pages.offices` reads them.
        """
        return self.annotate(offices_told=RawSQL(OFFICES_SQL, [], JSON_FIELD))

    def with_head(self) -> Self:
        """Annotate `taken_for`: the slug of the actor that it is one with, by what articles say."""
        return self.annotate(taken_for=RawSQL(HEAD_SQL, [], TextField()))

    def with_alike(self) -> Self:
        """Annotate `alike_first` and `alike_second`: the likeliest others to be the same actor.

        `naming.list_alike_actors` reads them.
        """
        first = RawSQL(build_alike_sql("second", "first"), [ALIKE_SHOWN], JSON_FIELD)
        second = RawSQL(build_alike_sql("first", "second"), [ALIKE_SHOWN], JSON_FIELD)
        return self.annotate(alike_second=second, alike_first=first)

    def called(self, text: str) -> Self:
        """Return the actors one of whose names holds these letters, whatever their accents,
        apostrophes and hyphens.
        """
        holds = build_holding_condition(text)
        given_names = ActorName.objects.filter(holds)
        return self.filter(holds | Q(pk__in=given_names.values("actor")))

    def beginning_with(self, text: str) -> Self:
        """Return the actors one of whose names has, for each word typed, a word that
        begins with it, whatever its accents and apostrophes; nobody where no word is typed.
        """
        words = build_beginning_query(text)
        if words is None:
            return self.none()
        return self.filter(pk__in=select_by_name_words(words))

    def named_by(self, text: str) -> Self:
        """Return the actors one of whose names has these words: as a web search, -not and or too."""
        words = build_name_query(text)
        if words is None:
            return self.none()
        return self.filter(pk__in=select_by_name_words(words))

    def list_speaking(self, text: str) -> models.QuerySet["Actor", int]:
        """Return the numbers of the actors who say what somebody says with these words in the name."""
        named = self.named_by(text).order_by()
        return named.values_list(Coalesce("join__actor", "pk"), flat=True)

    def meant_by(self, text: str) -> Self:
        """Return the actors whom somebody may mean who searches for these words.

        That is nobody where a word is short, is to be missing ("-not"), or where all are marks ("...").
        """
        words = replace_typographic_marks(text).replace('"', " ").split()
        if not words:
            return self.none()
        for word in words:
            if len(word) < LEAST_LETTERS_MEANT or word.startswith("-"):
                return self.none()
        return self.beginning_with(text)


def select_by_name_words(words: SearchQuery) -> models.QuerySet[Any, Any]:
    """Return the numbers of the actors one of whose names has these words, by an index."""
    own = Actor.objects.alias(name_words=NAME_WORDS).filter(name_words=words)
    given = ActorName.objects.alias(name_words=NAME_WORDS).filter(name_words=words)
    return own.order_by().values("pk").union(given.order_by().values("actor"))


@track_history("key", "words", "initials", unindexed=("article", "pgh_context"))
class Actor(models.Model):
    """A person, organization, state, group or document that says things.

    `article` is set when the name by itself does not tell who is meant (a bare surname): the
    actor then stands for whoever that article means, and is never joined with another
    article's by its name.
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
            # With the article: of those that are known in one alone, thousands may be called the
            # same.
            models.Index(fields=["key", "article"], name="actor_key"),
            models.Index(fields=["name", "article"], name="actor_name"),
            # As an expression, since no other index has it: else one of those above is read from
            # end to end for each word, as long as PostgreSQL thinks the table small. Without a
            # list of what is still to be put in order, which each reads.
            GinIndex(
                Case(When(IS_KNOWN_EVERYWHERE, then=F("words"))),
                fastupdate=False,
                name="actor_words",
            ),
            models.Index(fields=["initials", "article"], name="actor_initials"),
            GinIndex(NAME_WORDS, name="actor_own_words"),
        ]
        triggers: ClassVar = [
            ACTOR_NOTE_TRIGGER,
            ACTOR_GONE_TRIGGER,
            *build_log_triggers("actor", "SELECT 'actor', slug FROM {rows}"),
        ]
        permissions: ClassVar = [("merge_actor", "Can merge and split actors, and undo that")]

    def __str__(self) -> str:
        if self.article_id is None:
            return self.name
        _, qualifier, _ = build_listed_actor(self).qualifiers()
        return f"{self.name} ({qualifier})"

    def get_absolute_url(self) -> str:
        return get_address("actor", self.slug)


@track_history("key", unindexed=("pgh_context",))
class ActorName(models.Model):
    """A name that articles give an actor ("Mr Biden", "President Joe Biden")."""

    # Found by `actor_name_is_given_once`.
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names", db_index=False)
    name = models.CharField(max_length=300)
    key = models.GeneratedField(
        expression=build_key_column("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "name"], name="actor_name_is_given_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="actor_name_key"),
            GinIndex(NAME_WORDS, name="actor_name_words"),
        ]
        triggers: ClassVar = [
            *build_log_triggers(
                "name",
                "SELECT 'actor', slug FROM {rows} one JOIN claims_actor ON claims_actor.id = actor_id",
            )
        ]

    def __str__(self) -> str:
        return self.name
