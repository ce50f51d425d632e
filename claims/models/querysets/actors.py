"""The verbs of actors, of the pairs that may be one, and of what was merged."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q, TextField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from claims.models.naming import ListedActor
from claims.models.querysets.quotes import build_quote_count, build_quote_exists
from claims.models.querysets.words import build_beginning_condition, replace_typographic_marks

if TYPE_CHECKING:  # named in the base classes below, where ruff does not look
    from django.contrib.auth.base_user import AbstractBaseUser

    from claims.models import Actor, Merge, MergeCandidate  # noqa: F401


ALIKE_SHOWN = 20  # of each side of a pair
LIKELY_SCORE = 0.4  # from this score on, two actors may well be one
ALIKE_FIELDS = (
    "slug",
    "name",
    "kind",
    "article__outlet__name",
    "article__published_on",
    "article__title",
)


class ActorQuerySet(models.QuerySet["Actor"]):
    def standing(self) -> Self:
        """What readers see in lists: those of whom a quote stands."""
        return self.filter(build_quote_exists("actor"))

    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count())

    def most_quoted(self) -> Self:
        return self.counted().order_by("-quote_count", "name", "pk")

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def for_list(self) -> Self:
        """With the article that an actor is known in alone, and without its long texts."""
        return self.select_related("article__outlet").defer("article__text", "article__search")

    def listed(self, numbers: Iterable[int]) -> dict[int, ListedActor]:
        """What tells these actors from others of their names, by their numbers."""
        return {
            pk: ListedActor(*told)
            for pk, *told in self.filter(pk__in=numbers).order_by().values_list("pk", *ALIKE_FIELDS)
        }

    def unquoted(self) -> Self:
        """Those whom no quote is left of or about, and nothing that a person decided: a judgement, a merge, a number."""
        judged = Q(as_first__judgement__isnull=False) | Q(as_second__judgement__isnull=False)
        merged = Q(former__isnull=False) | Q(external_ids__isnull=False)
        return (
            self.filter(quotes__isnull=True, named_in__isnull=True).exclude(judged).exclude(merged)
        )

    def with_other_names(self) -> Self:
        """With `other_names`: what else articles call an actor."""
        return self.annotate(other_names=RawSQL(OTHER_NAMES_SQL, [], TEXTS_FIELD))

    def with_items(self) -> Self:
        """With `items`: what an actor is in Wikidata."""
        return self.annotate(items=RawSQL(WIKIDATA_ITEMS_SQL, [], TEXTS_FIELD))

    def with_alike(self) -> Self:
        """With `alike_first` and `alike_second`: the likeliest others to be the same actor; `naming.alike` reads them."""
        return self.annotate(
            **{
                f"alike_{other}": RawSQL(build_alike_sql(own, other), [ALIKE_SHOWN], JSON_FIELD)
                for own, other in PAIR_SIDES
            }
        )

    def per_kind(self) -> list[tuple[str, int]]:
        """Each kind there is, with how many actors are of it."""
        return list(self.order_by("kind").values_list("kind").annotate(Count("pk", distinct=True)))

    def called(self, text: str) -> Self:
        """Actors one of whose names holds these letters."""
        return self.filter(Q(name__icontains=text) | Q(names__name__icontains=text)).distinct()

    def beginning_with(self, text: str) -> Self:
        """Actors one of whose names has, for each word typed, a word that begins so."""
        having = build_beginning_condition("name", text)
        given = (
            apps.get_model("claims", "ActorName")._default_manager.filter(having).values("actor")
        )
        return self.filter(having | Q(pk__in=given))

    def meant_by(self, text: str) -> Self:
        """Actors one of whose names has a word that begins with each of these words, of three letters or more."""
        asked = replace_typographic_marks(text).replace('"', " ").split()
        if not asked or any(len(word) < 3 or word.startswith("-") for word in asked):
            return self.none()
        return self.beginning_with(text)


# What stands beside an actor's row, as text: expressions would take longer to be written as SQL than its page to be found.
OTHER_NAMES_SQL = """
    ARRAY(SELECT n.name FROM claims_actorname n WHERE n.actor_id = claims_actor.id AND n.name <> claims_actor.name ORDER BY 1)
"""
WIKIDATA_ITEMS_SQL = "ARRAY(SELECT e.value FROM claims_externalid e WHERE e.actor_id = claims_actor.id AND e.scheme = 'wikidata' ORDER BY 1)"
PAIR_SIDES = ("first", "second"), ("second", "first")
JSON_FIELD = models.JSONField()
TEXTS_FIELD: "ArrayField[list[str], list[str]]" = ArrayField(TextField())


def build_alike_sql(own: str, other: str) -> str:
    """What a page shows of the actors that pairs have on one side, and of the pairs, for the actor on its own side."""
    return f"""
        SELECT coalesce(jsonb_agg(found.pair), '[]') FROM (
            SELECT jsonb_build_object(
                'slug', a.slug, 'name', a.name, 'kind', a.kind, 'outlet', o.name, 'day', t.published_on, 'title', t.title,
                'score', c.score, 'reasons', c.reasons, 'judgement', c.judgement) AS pair
              FROM claims_mergecandidate c JOIN claims_actor a ON a.id = c.{other}_id
              LEFT JOIN claims_article t ON t.id = a.article_id LEFT JOIN claims_outlet o ON o.id = t.outlet_id
             WHERE c.{own}_id = claims_actor.id AND c.judgement IS DISTINCT FROM 'different'
             ORDER BY c.score DESC, c.id LIMIT %s) found
    """


class MergeCandidateQuerySet(models.QuerySet["MergeCandidate"]):
    def standing(self) -> Self:
        """All but those that a person judged to be two."""
        return self.exclude(judgement="different")

    def unjudged(self) -> Self:
        return self.filter(judgement__isnull=True)

    def judge(self, judgement: str, user: "AbstractBaseUser") -> int:
        """Record what a person decided; how many pairs that was."""
        return self.order_by().update(judgement=judgement, judged_by=user, judged_at=timezone.now())

    def for_list(self) -> Self:
        """With both actors, and the articles that they are known in alone."""
        actors = self.select_related(
            "first__article__outlet", "second__article__outlet", "judged_by"
        )
        texts = (
            f"{side}__article__{name}"
            for side in ("first", "second")
            for name in ("text", "search")
        )
        return actors.defer(*texts)


class MergeQuerySet(models.QuerySet["Merge"]):
    def of(self, actor: int) -> Self:
        """What was merged, split and undone of an actor."""
        return self.filter(actors__contains=[actor])

    def standing(self) -> Self:
        """Those that nobody has undone."""
        return self.filter(undone_at__isnull=True)
