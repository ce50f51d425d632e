"""Merges two articles that are one, so that it can be undone.

The text of the one that goes stays readable as a version of the one that is kept, and its quotes
are followed from there as after an edit (`versions.py`): one that a person decided on takes the
place of its words, and the quote that stands there undecided gives way. One that nobody decided on
is the same as the quote that stands in its place. All others stay with the version. Whatever gave
way leads to what took its place, and so does every address of the article. `claims.actors.undoing`
takes it all back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pghistory
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from claims.actors.merge_plans import compute_plan_token
from claims.actors.merging import (
    MergeRefused,
    lock_rows,
    merge_actors,
    shorten_merge_title,
)
from claims.history import journal
from claims.history.journal import RowsByModel
from claims.history.writing import wait_for_writers
from claims.intake.copies import wait_for_comparing
from claims.intake.versions import (
    PlacedQuote,
    compute_text_digest,
    find_quote_placement,
    list_quotes_to_place,
    move_quotes,
)
from claims.models import (
    Actor,
    Arrival,
    Article,
    ArticleAddress,
    ArticleVersion,
    FormerArticle,
    FormerQuote,
    FormerSlug,
    Merge,
    Quote,
    Report,
)
from claims.models.merges import MergeTable, MergeWork
from claims.passages.anchoring import Placement

ARTICLES_CHANGED_MESSAGE = (
    "Something of these articles has changed since this page was shown; look again."
)
# What two people who decided alike agree on.
DECIDED_FIELDS = ("status", "actor_id", "act", "kind", "content")

QuoteFate = Literal["placed", "same", "left"]


@dataclass(frozen=True, slots=True)
class FollowedQuote:
    """A quote of the article that goes, and what becomes of it.

    It is `placed` in the text of the article that is kept, where `other` gives way to it if there
    is one; it is the `same` as `other`; or it is `left` with the version that has its words.
    """

    quote: Quote
    fate: QuoteFate
    placement: Placement | None = None
    other: Quote | None = None


@dataclass(frozen=True)
class ArticleMergePlan:
    """What merging would do. `actors` are pairs of one name, known in one of the articles alone."""

    kept: Article
    gone: Article
    followed: list[FollowedQuote]
    actors: list[tuple[Actor, Actor]] = field(default_factory=list)

    def count_quotes(self, fate: QuoteFate) -> int:
        return len(self.select_quotes(fate))

    def select_quotes(self, fate: QuoteFate) -> list[FollowedQuote]:
        return [followed for followed in self.followed if followed.fate == fate]

    @property
    def placed(self) -> int:
        return self.count_quotes("placed")

    @property
    def same(self) -> int:
        return self.count_quotes("same")

    @property
    def left(self) -> int:
        return self.count_quotes("left")

    @property
    def left_decided(self) -> int:
        return sum(followed.quote.touched for followed in self.select_quotes("left"))

    @property
    def has_same_text(self) -> bool:
        return self.kept.text == self.gone.text

    @property
    def token(self) -> str:
        """A digest of the plan, so that nobody confirms another one than was shown."""
        rows = []
        for followed in self.followed:
            other = followed.other.pk if followed.other else None
            rows.append([followed.quote.pk, followed.quote.status, followed.fate, other])
        actors = [[kept.pk, gone.pk] for kept, gone in self.actors]
        texts = [compute_text_digest(article.text) for article in (self.kept, self.gone)]
        return compute_plan_token([self.kept.pk, self.gone.pk, rows, actors, texts])


# What it would do


def plan_article_merge(kept: Article, gone: Article) -> ArticleMergePlan:
    """Return what merging would do; nothing is written or locked."""
    actors = find_actors_of_one_name(kept, gone)
    one_actor = {actor_gone.pk: actor_kept.pk for actor_kept, actor_gone in actors}
    return ArticleMergePlan(kept, gone, follow_quotes(kept, gone, one_actor), actors)


def follow_quotes(kept: Article, gone: Article, one_actor: dict[int, int]) -> list[FollowedQuote]:
    """Return what becomes of each quote of the article that goes, those decided on first.

    `one_actor` has those of its actors that become one with an actor of the article that is kept.
    """
    standing = list(Quote.objects.filter(article=kept).present())
    followed = []
    for quote in list_quotes_to_place(gone):
        quote.article = kept
        quote.actor_id = one_actor.get(quote.actor_id or 0, quote.actor_id)
        placement = find_placement_in(kept, gone, quote)
        one = decide_fate(quote, placement, standing)
        if one.fate == "placed":
            standing = [other for other in standing if other != one.other]
            standing.append(build_placed_copy(quote, placement))
        followed.append(one)
    return followed


def find_placement_in(kept: Article, gone: Article, quote: Quote) -> Placement:
    """Find where the words of a quote stand in the text of the article that is kept."""
    if quote.version is None and kept.text == gone.text:
        return Placement("kept", (((0, len(gone.text)), 0),))
    return find_quote_placement(quote, gone.text)


def build_placed_copy(quote: Quote, placement: Placement) -> Quote:
    """Return a quote as it will stand in its new place, to be compared with others."""
    cue_start, cue_end = placement.at(quote.cue_start, quote.cue_end)
    copy = Quote(pk=quote.pk, cue_start=cue_start, cue_end=cue_end)
    for name in DECIDED_FIELDS:
        setattr(copy, name, getattr(quote, name))
    return copy


def decide_fate(quote: Quote, placement: Placement, standing: Sequence[Quote]) -> FollowedQuote:
    """Return what becomes of a quote, by what stands in its place."""
    if not placement.found or (quote.version_id and not quote.touched):
        return FollowedQuote(quote, "left")
    other = find_quote_at(placement.at(quote.cue_start, quote.cue_end), standing)
    if quote.touched and (other is None or not other.touched):
        return FollowedQuote(quote, "placed", placement, other)
    if other is None:
        return FollowedQuote(quote, "left")
    if not quote.touched or have_same_decision(quote, other):
        return FollowedQuote(quote, "same", placement, other)
    return FollowedQuote(quote, "left")


def find_quote_at(cue: tuple[int, int], standing: Iterable[Quote]) -> Quote | None:
    """Return the quote whose reporting words stand at this place, or reach into it."""
    start, end = cue
    for other in standing:
        if other.cue_start < end and start < other.cue_end:
            return other
    return None


def have_same_decision(one: Quote, other: Quote) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in DECIDED_FIELDS)


def find_actors_of_one_name(kept: Article, gone: Article) -> list[tuple[Actor, Actor]]:
    """Return the pairs of actors that are known in one of the articles alone, by the same name."""
    actors = {(actor.kind, actor.name): actor for actor in Actor.objects.filter(article=kept)}
    pairs = []
    for actor in Actor.objects.filter(article=gone).order_by("pk"):
        other = actors.get((actor.kind, actor.name))
        if other:
            pairs.append((other, actor))
    return pairs


# Doing it


def merge_articles(kept: int, gone: int, user: User | None, reason: str, token: str = "") -> Merge:
    """Merge an article into another.

    Raises `MergeRefused` for what stands in the way, or when `token` is of another plan.
    """
    reason = reason.strip()
    if not reason:
        raise MergeRefused("Say why they are one.")
    try:
        with pghistory.context(why=f"merged: {reason}"), transaction.atomic():
            wait_for_writers()
            wait_for_comparing()
            plan = plan_article_merge(*lock_articles(kept, gone))
            if token and token != plan.token:
                raise MergeRefused(ARTICLES_CHANGED_MESSAGE)
            return apply_article_merge(plan, user, reason)
    except IntegrityError as error:
        first_line = str(error).splitlines()[0]
        raise MergeRefused(f"The database refuses it ({first_line}); nothing is merged.") from error


def lock_articles(kept: int, gone: int) -> tuple[Article, Article]:
    """Return the two articles, locked; their quotes are locked first, as corrections lock them."""
    if kept == gone:
        raise MergeRefused("Choose two articles.")
    lock_rows(Quote.objects.filter(article__in=(kept, gone)))
    rows = Article.objects.filter(pk__in=(kept, gone)).order_by("pk").select_for_update()
    articles = {article.pk: article for article in rows}
    if len(articles) < 2:
        raise MergeRefused("One of these articles is there no longer.")
    return articles[kept], articles[gone]


def apply_article_merge(plan: ArticleMergePlan, user: User | None, reason: str) -> Merge:
    kept, gone = plan.kept, plan.gone
    for actor_kept, actor_gone in plan.actors:
        merge_actors(actor_kept.pk, [actor_gone.pk], user, f"their articles are one: {reason}")
    before = read_rows_of_articles([kept.pk, gone.pk])
    merge = Merge.objects.create(
        work=MergeWork.MERGE,
        table=MergeTable.ARTICLE,
        title=shorten_merge_title(f"“{gone.title}” into “{kept.title}”"),
        reason=reason,
        actors=[kept.pk, gone.pk],
        survivor=kept.pk,
        made_by=user,
    )
    write_quotes(plan)
    ArticleVersion.objects.filter(article=gone).delete()
    for model in (Actor, FormerSlug, Arrival, FormerArticle):
        model._default_manager.filter(article=gone).update(article=kept)
    move_addresses(kept, gone)
    FormerArticle.objects.create(number=gone.pk, article=kept)
    gone_pk = gone.pk
    gone.delete()
    after = read_rows_of_articles([kept.pk, gone_pk], before)
    journal.record_rows(merge, before, after)
    return merge


def write_quotes(plan: ArticleMergePlan) -> None:
    """Bring the quotes of the article that goes to the one that is kept."""
    for followed in plan.followed:
        if followed.fate == "same" and followed.other:
            replace_quote(followed.quote, followed.other)
        elif followed.fate == "placed" and followed.other:
            replace_quote(followed.other, followed.quote)
    leave_quotes_with_versions(plan)
    placed = []
    for followed in plan.select_quotes("placed"):
        if followed.placement:
            placed.append(PlacedQuote(followed.quote, followed.placement))
    pks = [one.quote.pk for one in placed]
    Quote.objects.filter(pk__in=pks).update(article=plan.kept, version=None)
    move_quotes(placed)


def replace_quote(dropped: Quote, stays: Quote) -> None:
    """Have a quote stand for another one, whose address leads to it."""
    Report.objects.filter(quote=dropped.pk).update(quote=stays.pk)
    Quote.objects.filter(within=dropped.pk).exclude(pk=stays.pk).update(within=stays.pk)
    FormerQuote.objects.filter(quote=dropped.pk).update(quote=stays.pk)
    FormerQuote.objects.create(number=dropped.pk, quote_id=stays.pk)
    Quote.objects.filter(pk=dropped.pk).delete()


def leave_quotes_with_versions(plan: ArticleMergePlan) -> None:
    """Have quotes stay with the texts that have their words, as versions of the kept article."""
    left = plan.select_quotes("left")
    by_text: dict[int | None, list[int]] = {None: []}
    for followed in left:
        by_text.setdefault(followed.quote.version_id, []).append(followed.quote.pk)
    versions = list(plan.gone.versions.all())
    for version in versions:
        copy = keep_version(plan.kept, version)
        pks = by_text.get(version.pk, [])
        Quote.objects.filter(pk__in=pks).update(article=plan.kept, version=copy)
    if plan.has_same_text and not by_text[None]:
        return
    text_of_now = build_version_of_now(plan.gone, versions)
    copy = keep_version(plan.kept, text_of_now)
    Quote.objects.filter(pk__in=by_text[None]).update(article=plan.kept, version=copy)


def build_version_of_now(article: Article, versions: Sequence[ArticleVersion]) -> ArticleVersion:
    """Return the text that an article has now as a version of it, which is not stored."""
    last_change = max((version.superseded_at for version in versions), default=article.added_at)
    return ArticleVersion(
        text=article.text,
        title=article.title,
        sha256=compute_text_digest(article.text),
        seen_at=last_change,
        superseded_at=timezone.now(),
    )


def keep_version(kept: Article, version: ArticleVersion) -> ArticleVersion:
    """Return the same version of the article that is kept, made where it is not there yet."""
    copy, _ = ArticleVersion.objects.get_or_create(
        article=kept,
        sha256=version.sha256,
        defaults={
            "text": version.text,
            "title": version.title,
            "seen_at": version.seen_at,
            "superseded_at": version.superseded_at,
            "sightings": version.sightings,
        },
    )
    return copy


def move_addresses(kept: Article, gone: Article) -> None:
    """Have every address of the article that goes be one of the article that is kept."""
    select_shared_addresses(kept, gone).delete()
    ArticleAddress.objects.filter(article=gone).update(article=kept)
    if not gone.url:
        ArticleAddress.objects.create(article=kept, address=gone.key)


def keep_apart(one: Article, other: Article, user: User) -> None:
    """Note who says that two articles with one address are two: they are not offered again."""
    rows = select_shared_addresses(one, other)
    rows.update(kept_apart_by=user, kept_apart_at=timezone.now())


def select_shared_addresses(one: Article, other: Article) -> "QuerySet[ArticleAddress]":
    """Select the addresses of either article that are the other's, too."""
    addresses = ArticleAddress.objects.filter(article=one).values("address")
    shared = ArticleAddress.objects.filter(article=other, address__in=addresses)
    both = ArticleAddress.objects.filter(article__in=(one, other), of_another=True)
    return both.filter(address__in=list(shared.values_list("address", flat=True)))


# Its rows


def read_rows_of_articles(articles: Sequence[int], also: RowsByModel | None = None) -> RowsByModel:
    """Return all rows of these articles, and those that were theirs in `also`."""
    wanted: dict[type[Model], set[int]] = {}
    for model in journal.JOURNALED_MODELS["article"]:
        pks = set(select_rows_of_articles(model, articles).values_list("pk", flat=True))
        pks.update((also or {}).get(model, {}))
        wanted[model] = pks
    return journal.read_rows_by_model(wanted, MergeTable.ARTICLE)


def select_rows_of_articles(model: type[Model], articles: Sequence[int]) -> "QuerySet[Model]":
    fields = {reference.name for reference in model._meta.concrete_fields}
    if model is Article:
        condition = Q(pk__in=articles)
    elif "article" in fields:
        condition = Q(article__in=articles)
    else:
        condition = Q(quote__article__in=articles)
    return model._default_manager.filter(condition).order_by()
