"""The verbs that pages, API and exports chain: `Quote.objects.by("russia").doing("deny").search("troops")`."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import models
from django.db.models import Count, Exists, F, FloatField, Func, OuterRef, Prefetch, Q, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from claims.common_words import COMMON
from claims.marking import HIT_END, HIT_START
from claims.naming import Listed
from claims.review import REVIEW_BELOW

if TYPE_CHECKING:  # named in the base classes below, where ruff does not look
    from django.contrib.auth.base_user import AbstractBaseUser

    from claims.models import (  # noqa: F401
        Actor,
        Article,
        Claim,
        Decision,
        Lease,
        Merge,
        MergeCandidate,
        Outlet,
        Quote,
        Report,
    )


# Typographic marks as plain ones, in what is searched and in what is asked.
MARKS = "“”„«»‘’‚‛`´\u00a0"
PLAIN_MARKS = '"' * 5 + "'" * 6 + " "
ALIKE_SHOWN = 20  # of each side of a pair
SCANNED = 50_000  # quotes in which a phrase is looked for that the index cannot help to find
UNKNOWN = "unknown"  # the slug of those whom no article makes clear; no actor has it
SPEAKERS = ("named", "unnamed", UNKNOWN)  # how much is known of who speaks
PHRASE = re.compile(r'(?<![\w-])"([^"]*\w[^"]*)"')


def plain(column: str) -> Func:
    return Func(F(column), Value(MARKS), Value(PLAIN_MARKS), function="translate", output_field=TextField())


def typed(text: str) -> str:
    """What is asked, with plain marks."""
    return text.translate(str.maketrans(MARKS, PLAIN_MARKS))


def words(text: str) -> SearchQuery:
    """Words, "phrases", -not, or: the language of web searches."""
    return SearchQuery(typed(text), search_type="websearch", config="english")


def only_common(text: str) -> bool:
    """Whether the index knows none of the words that are asked for."""
    asked = [part for word in typed(text).casefold().split() for part in word.strip("\"'-.,;:!?()").split("'") if part]
    return bool(asked) and COMMON.issuperset(asked)


def phrases(text: str) -> list[str]:
    """A pattern for each phrase in quotation marks, which must stand so but for case; none where "or" leaves a choice."""
    asked = typed(text).casefold()
    found = [] if re.search(r"\bor\b", PHRASE.sub("", asked)) else PHRASE.findall(asked)
    return [r"(^|\W)" + r"\s+".join(re.escape(word) for word in phrase.split()) + r"(\W|$)" for phrase in found]


# Columns of a quote, its actor and its article that tell it in a line or two; and those that a line of a list shows.
GIST = (
    *("claim", "cue", "cue_start", "content", "stance", "status", "actor_confidence", "within", "actor__name", "actor__slug"),
    *("article__title", "article__published_on", "article__outlet__name"),
)
LINE = (*GIST, "source_text", "source_start", "kind", "act", "within__status", "within__source_text", "within__actor__name")
# The same for the reader of its article, and of whoever is named.
READ = (
    *("act", "cue_start", "cue_end", "source_start", "source_end", "source_text"),
    *("content", "status", "actor_confidence", "within"),
)
NAMED = ("actor__name", "actor__slug", "actor__kind")
TOLD = ("slug", "name", "kind", "article__outlet__name", "article__published_on", "article__title")

SPEAKER_UNKNOWN = Q(actor__isnull=True, source_start__isnull=False)
SPEAKER_IN_DOUBT = Q(actor__isnull=False, actor_confidence__lt=REVIEW_BELOW)
QUOTE_IN_DOUBT = Q(confidence__lt=REVIEW_BELOW)


class QuoteQuerySet(models.QuerySet["Quote"]):
    def standing(self) -> Self:
        """What readers see: all but what a curator rejected, and what its article no longer says."""
        return self.present().exclude(status="rejected")

    def present(self) -> Self:
        """Those whose words stand in their article as it is now."""
        return self.filter(version__isnull=True)

    def absent(self) -> Self:
        """Those whose words, or their place, an edited article no longer has."""
        return self.filter(version__isnull=False)

    def decided(self) -> Self:
        """Those that a person has touched."""
        return self.exclude(status="unreviewed")

    def orphaned(self) -> Self:
        """Decisions on words that their article no longer has, for a curator to put to new words or to leave."""
        return self.absent().decided()

    def by(self, *slugs: str) -> Self:
        """Quotes of one of these actors; “unknown” is nobody whom the article makes clear."""
        nobody = Q(actor__isnull=True) if UNKNOWN in slugs else Q()
        return self.filter(Q(actor__slug__in=slugs) | nobody)

    def with_speaker(self, *sorts: str) -> Self:
        """Quotes whose speaker has a name, has none in the article, or is not clear: “named”, “unnamed”, “unknown”."""
        each = {
            "named": Q(actor__isnull=False) & ~Q(actor__kind="unnamed"),
            "unnamed": Q(actor__kind="unnamed"),
            UNKNOWN: Q(actor__isnull=True),
        }
        return self.filter(reduce(or_, (each[sort] for sort in sorts)))

    def about(self, *slugs: str) -> Self:
        """Quotes whose content names one of these actors."""
        named = apps.get_model("claims", "About")._default_manager.filter(actor__slug__in=slugs)
        return self.filter(pk__in=named.values("quote"))

    def doing(self, *acts: str) -> Self:
        return self.filter(act__in=acts)

    def denying(self) -> Self:
        return self.doing("deny")

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def taking(self, *stances: str) -> Self:
        return self.filter(stance__in=stances)

    def in_outlets(self, *slugs: str) -> Self:
        return self.filter(article__outlet__slug__in=slugs)

    def published(self, since: date | None = None, until: date | None = None) -> Self:
        """In articles of these dates, both included."""
        found = self.filter(article__published_on__gte=since) if since else self
        return found.filter(article__published_on__lte=until) if until else found

    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def unreviewed(self) -> Self:
        return self.present().with_status("unreviewed")

    def speaker_unknown(self) -> Self:
        """Unreviewed ones that have a source, and nobody knows who it is."""
        return self.unreviewed().filter(SPEAKER_UNKNOWN)

    def speaker_in_doubt(self) -> Self:
        """Unreviewed ones whose speaker may well be wrong."""
        return self.unreviewed().filter(SPEAKER_IN_DOUBT)

    def quote_in_doubt(self) -> Self:
        """Unreviewed ones that may well be no quotes, or end elsewhere."""
        return self.unreviewed().filter(QUOTE_IN_DOUBT)

    def in_doubt(self) -> Self:
        """Those that a person should look at, for any of these reasons."""
        return self.unreviewed().filter(SPEAKER_UNKNOWN | SPEAKER_IN_DOUBT | QUOTE_IN_DOUBT)

    def free_for(self, curator: "AbstractBaseUser") -> Self:
        """Those that no other curator has before them."""
        taken = apps.get_model("claims", "Lease").objects.of_others(curator).filter(quote=OuterRef("pk"))
        return self.filter(~Exists(taken))

    def reported(self) -> Self:
        """Those of which a reader's report is open."""
        reports = apps.get_model("claims", "Report").objects.unsettled().filter(quote=OuterRef("pk"))
        return self.filter(Exists(reports))

    def search(self, text: str) -> Self:
        """Quotes whose content has these words; the index knows stems alone, so a phrase is also looked for as it stands.

        A phrase of words that the index leaves out ("to be") is looked for in each of the quotes stored last.
        """
        patterns = phrases(text)
        found = self.stored_last() if patterns and only_common(text) else self.filter(search_content=words(text))
        for pattern in patterns:
            found = found.alias(plain_content=Lower(plain("content"))).filter(plain_content__regex=pattern)
        return found

    def stored_last(self) -> Self:
        return self.filter(pk__in=self.model._default_manager.order_by("-pk").values("pk")[:SCANNED])

    def by_relevance(self, text: str) -> Self:
        """The rank is of double precision, so that what is read of it can be compared with it again (by cursors)."""
        rank = SearchRank(F("search_content"), words(text), cover_density=True)
        return self.annotate(rank=Cast(rank, FloatField())).order_by("-rank", "-id")

    def with_hits(self, text: str) -> Self:
        """With `hits`: the content, the words asked for between marks (`marking.HIT_START`, `HIT_END`)."""
        marks = SearchHeadline(
            "content", words(text), config="english", start_sel=HIT_START, stop_sel=HIT_END, highlight_all=True
        )
        return self.annotate(hits=marks)

    def newest(self) -> Self:
        return self.order_by("-article__published_on", "-article_id", "cue_start", "pk")

    def oldest(self) -> Self:
        return self.order_by("article__published_on", "article_id", "cue_start", "pk")

    def for_display(self) -> Self:
        """With all that a quote's line shows, in a constant number of queries."""
        return self.select_related("article__outlet", "actor", "claim").prefetch_related("spans", "details")

    def for_list(self) -> Self:
        """With what a line of a list shows, and without all else."""
        return self.for_gist().select_related("within__actor").only(*LINE)

    def for_gist(self) -> Self:
        """With what tells a quote in a line or two, and where it stands among others, and without all else."""
        return self.select_related("article__outlet", "actor").only(*GIST)

    def for_reader(self) -> Self:
        """With all that the reader of their article shows, in a constant number of queries.

        Spans are `parts` and whom each names is `naming`: lists, which cost less than managers.
        """
        about = apps.get_model("claims", "About")._default_manager.select_related("actor").only("quote", *NAMED)
        having = Prefetch("spans", to_attr="parts"), Prefetch("named", about, to_attr="naming")
        return self.select_related("actor").only(*READ, *NAMED).prefetch_related(*having).order_by("cue_start", "pk")

    def with_outer(self) -> Self:
        """With the quote that each stands within, and who said that."""
        return self.select_related("within__actor")

    def with_version(self) -> Self:
        """With the text in which each stood whose article no longer has its words."""
        return self.select_related("version")

    def denials_of(self, quote: "Quote") -> Self:
        """Denials in the same article by actors whom a quote names, and by anybody of its claim wherever."""
        named = apps.get_model("claims", "About")._default_manager.filter(quote=quote).values("actor")
        here = Q(article=quote.article_id, actor__in=named, act="deny")
        return self.filter(here | Q(claim=quote.claim_id, stance="denies")).exclude(pk=quote.pk)

    def denied_by(self, denial: "Quote") -> Self:
        """What a denial may be of, the other way round: what others say in the same article of who denies."""
        if denial.act != "deny" or not denial.actor_id:
            return self.none()
        return self.filter(article=denial.article_id, about=denial.actor_id).exclude(actor=denial.actor_id)

    def per_stance(self) -> list[tuple[str, int]]:
        """Each stance taken, with how many quotes take it."""
        return list(self.order_by("stance").values_list("stance").annotate(Count("pk")))


def quoted(prefix: str = "") -> Count:
    """How many quotes that readers see stand behind a row."""
    seen = Q(**{f"{prefix}quotes__version__isnull": True}) & ~Q(**{f"{prefix}quotes__status": "rejected"})
    return Count(f"{prefix}quotes", filter=seen, distinct=True)


def quoted_still(column: str) -> Exists:
    """Whether a quote that readers see points to a row, by this column."""
    quotes = apps.get_model("claims", "Quote")._default_manager
    return Exists(quotes.filter(**{column: OuterRef("pk"), "version__isnull": True}).exclude(status="rejected"))


class ActorQuerySet(models.QuerySet["Actor"]):
    def standing(self) -> Self:
        """What readers see in lists: those of whom a quote stands."""
        return self.filter(quoted_still("actor"))

    def counted(self) -> Self:
        return self.annotate(quote_count=quoted())

    def most_quoted(self) -> Self:
        return self.counted().order_by("-quote_count", "name", "pk")

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def for_list(self) -> Self:
        """With the article that an actor is known in alone, and without its long texts."""
        return self.select_related("article__outlet").defer("article__text", "article__search")

    def listed(self, numbers: Iterable[int]) -> dict[int, Listed]:
        """What tells these actors from others of their names, by their numbers."""
        return {pk: Listed(*told) for pk, *told in self.filter(pk__in=numbers).order_by().values_list("pk", *TOLD)}

    def unquoted(self) -> Self:
        """Those whom no quote is left of or about, and nothing that a person decided: a judgement, a merge, a number."""
        judged = Q(as_first__judgement__isnull=False) | Q(as_second__judgement__isnull=False)
        merged = Q(former__isnull=False) | Q(external_ids__isnull=False)
        return self.filter(quotes__isnull=True, named_in__isnull=True).exclude(judged).exclude(merged)

    def with_other_names(self) -> Self:
        """With `other_names`: what else articles call an actor."""
        return self.annotate(other_names=RawSQL(OTHER_NAMES, [], TEXTS))

    def with_items(self) -> Self:
        """With `items`: what an actor is in Wikidata."""
        return self.annotate(items=RawSQL(ITEMS, [], TEXTS))

    def with_alike(self) -> Self:
        """With `alike_first` and `alike_second`: the likeliest others to be the same actor; `naming.alike` reads them."""
        return self.annotate(**{f"alike_{other}": RawSQL(alike_sql(own, other), [ALIKE_SHOWN], JSON) for own, other in SIDES})

    def per_kind(self) -> list[tuple[str, int]]:
        """Each kind there is, with how many actors are of it."""
        return list(self.order_by("kind").values_list("kind").annotate(Count("pk", distinct=True)))

    def called(self, text: str) -> Self:
        """Actors one of whose names holds these letters."""
        return self.filter(Q(name__icontains=text) | Q(names__name__icontains=text)).distinct()

    def beginning_with(self, text: str) -> Self:
        """Actors one of whose names has, for each word typed, a word that begins so."""
        having = beginning("name", text)
        given = apps.get_model("claims", "ActorName")._default_manager.filter(having).values("actor")
        return self.filter(having | Q(pk__in=given))

    def meant_by(self, text: str) -> Self:
        """Actors one of whose names has a word that begins with each of these words, of three letters or more."""
        asked = typed(text).replace('"', " ").split()
        if not asked or any(len(word) < 3 or word.startswith("-") for word in asked):
            return self.none()
        return self.beginning_with(text)


# What stands beside an actor's row, as text: expressions would take longer to be written as SQL than its page to be found.
OTHER_NAMES = """
    ARRAY(SELECT n.name FROM claims_actorname n WHERE n.actor_id = claims_actor.id AND n.name <> claims_actor.name ORDER BY 1)
"""
ITEMS = "ARRAY(SELECT e.value FROM claims_externalid e WHERE e.actor_id = claims_actor.id AND e.scheme = 'wikidata' ORDER BY 1)"
SIDES = ("first", "second"), ("second", "first")
JSON = models.JSONField()
TEXTS: "ArrayField[list[str], list[str]]" = ArrayField(TextField())


def alike_sql(own: str, other: str) -> str:
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


LIKELY = 0.4  # from this score on, two actors may well be one


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
        actors = self.select_related("first__article__outlet", "second__article__outlet", "judged_by")
        texts = (f"{side}__article__{name}" for side in ("first", "second") for name in ("text", "search"))
        return actors.defer(*texts)


class MergeQuerySet(models.QuerySet["Merge"]):
    def of(self, actor: int) -> Self:
        """What was merged, split and undone of an actor."""
        return self.filter(actors__contains=[actor])

    def standing(self) -> Self:
        """Those that nobody has undone."""
        return self.filter(undone_at__isnull=True)


class ReportQuerySet(models.QuerySet["Report"]):
    def unsettled(self) -> Self:
        return self.filter(verdict__isnull=True)

    def sent_lately(self, sender: str) -> Self:
        """What this sender has reported within the last hour."""
        return self.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))

    def settle(self, verdict: str, user: "AbstractBaseUser") -> int:
        """Record what a curator found; how many reports that was."""
        return self.unsettled().order_by().update(verdict=verdict, settled_by=user, settled_at=timezone.now())


class LeaseQuerySet(models.QuerySet["Lease"]):
    def lasting(self) -> Self:
        return self.filter(until__gt=timezone.now())

    def of_others(self, curator: "AbstractBaseUser") -> Self:
        """What somebody else has before them now."""
        return self.lasting().exclude(curator=curator.pk)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def last_of(self, curator: "AbstractBaseUser", sitting: str) -> Self:
        """What the curator decided in this sitting and has not undone, the last first."""
        return self.filter(curator=curator.pk, sitting=sitting, undone_at__isnull=True).order_by("-pk")


class ArticleQuerySet(models.QuerySet["Article"]):
    def counted(self) -> Self:
        return self.annotate(quote_count=quoted())

    def search(self, text: str) -> Self:
        return self.filter(search=words(text))

    def in_outlets(self, *slugs: str) -> Self:
        return self.filter(outlet__slug__in=slugs)

    def for_list(self) -> Self:
        """With what a line of a list shows, and without the long texts that it does not; newest first."""
        return self.counted().select_related("outlet").defer("text", "search").order_by("-published_on", "-pk")

    def per_outlet(self) -> list[tuple[str, str, int]]:
        """Slug and name of each outlet there is, with how many articles are its own, most first."""
        counted = self.order_by().values_list("outlet__slug", "outlet__name").annotate(count=Count("pk"))
        return list(counted.order_by("-count", "outlet__name"))


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> Self:
        """What readers see in lists: those of which a quote stands."""
        return self.filter(quoted_still("claim"))

    def counted(self) -> Self:
        return self.annotate(quote_count=quoted())

    def most_quoted(self) -> Self:
        return self.counted().order_by("-quote_count", "-pk")

    def search(self, text: str) -> Self:
        return self.filter(search=words(text))


def beginning(column: str, text: str) -> Q:
    """That a column has, for each word typed, a word that begins so."""
    asked = typed(text).replace('"', " ").split()
    patterns = [r"\m" + re.escape(word).replace("'", "['’]") for word in asked]
    return reduce(and_, (Q(**{f"{column}__iregex": pattern}) for pattern in patterns), Q())


class OutletQuerySet(models.QuerySet["Outlet"]):
    def counted(self) -> Self:
        return self.annotate(article_count=Count("articles", distinct=True), quote_count=quoted("articles__"))

    def beginning_with(self, text: str) -> Self:
        """Outlets whose name has, for each word typed, a word that begins so."""
        return self.filter(beginning("name", text))

    def named(self, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Slug and name of these outlets by their numbers."""
        return {pk: (slug, name) for pk, slug, name in self.filter(pk__in=numbers).order_by().values_list("pk", "slug", "name")}

    def with_slugs(self, slugs: Iterable[str]) -> Self:
        return self.filter(slug__in=slugs)
