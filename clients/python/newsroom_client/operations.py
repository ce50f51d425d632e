"""Every operation of the REST API. Written by `python -m clients.generate`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Unpack

from newsroom_client.models import (
    ActEnum,
    Actor,
    ActorKind,
    Article,
    ArticleList,
    Bounds,
    Changes,
    Claim,
    Comparison,
    Decided,
    Delivery,
    FacetList,
    FactCheck,
    Filters,
    History,
    Kind,
    MadeWebhook,
    Match,
    MatchKindEnum,
    Merged,
    Outlet,
    Overview,
    Quote,
    SideEnum,
    Timeline,
    Topic,
    Trust,
    Undone,
    Versions,
    WantedState,
    Webhook,
    Webhooks,
    WhatEnum,
    Wording,
)
from newsroom_client.paging import Pages
from newsroom_client.transport import Transport, join_by_commas, place


class Operations(Transport):
    """The operations of the API, each by the name that its schema gives it."""

    def list_actors(
        self,
        *,
        copies: Literal["all", "once"] | None = None,
        cursor: str | None = None,
        kind: ActorKind | None = None,
        page_size: int | None = None,
        q: str | None = None,
        slug__in: str | int | Sequence[str | int] | None = None,
    ) -> Pages[Actor]:
        """People, organizations, states, groups and documents that say things."""
        return self.list_rows(
            "/api/v1/actors/",
            {
                "copies": copies,
                "cursor": cursor,
                "kind": kind,
                "page_size": page_size,
                "q": q,
                "slug__in": join_by_commas(slug__in),
            },
            Actor,
        )

    def get_actor(self, slug: str, *, copies: Literal["all", "once"] | None = None) -> Actor:
        """The actor of this slug; one that was merged into another, or is taken for it, leads to
        that one.
        """
        return self.get(place("/api/v1/actors/{slug}/", slug=slug), {"copies": copies}, Actor)

    def merge_actors(
        self, slug: str, *, others: Sequence[str], reason: str, sure: bool | None = None
    ) -> Merged:
        """Merges other actors into this one.

        A token needs the scope `write:merges`.
        """
        return self.send(
            place("/api/v1/actors/{slug}/merges/", slug=slug),
            {"others": others, "reason": reason, "sure": sure},
            Merged,
        )

    def list_articles(
        self,
        *,
        copies: Literal["all", "once"] | None = None,
        cursor: str | None = None,
        id__in: str | int | Sequence[str | int] | None = None,
        language: str | None = None,
        ordering: Literal["-id", "-published", "id", "published"] | None = None,
        outlet: str | None = None,
        page_size: int | None = None,
        published__gte: date | str | None = None,
        published__lte: date | str | None = None,
        q: str | None = None,
    ) -> Pages[ArticleList]:
        """Articles. The detail carries the text that the offsets of quotes point into."""
        return self.list_rows(
            "/api/v1/articles/",
            {
                "copies": copies,
                "cursor": cursor,
                "id__in": join_by_commas(id__in),
                "language": language,
                "ordering": ordering,
                "outlet": outlet,
                "page_size": page_size,
                "published__gte": published__gte,
                "published__lte": published__lte,
                "q": q,
            },
            ArticleList,
        )

    def get_article(self, id: int) -> Article:
        """The article of this id; one that was merged into another leads to that one."""
        return self.get(place("/api/v1/articles/{id}/", id=id), {}, Article)

    def list_article_versions(self, id: int) -> Versions:
        """The texts that an article has had."""
        return self.get(place("/api/v1/articles/{id}/versions/", id=id), {}, Versions)

    def list_changes(
        self, *, page_size: int | None = None, since: str | datetime | None = None
    ) -> Changes:
        """Rows written since a moment, in an order in which none ever comes in before one that was
        read.

        Without `since` it gives no rows, and the `since` of now: with that you begin, then read
        the lists, and then follow. A row comes again whenever it is written; what is told of it
        is what is so when you ask.
        """
        return self.get("/api/v1/changes/", {"page_size": page_size, "since": since}, Changes)

    def list_claims(
        self,
        *,
        copies: Literal["all", "once"] | None = None,
        cursor: str | None = None,
        disputed: Literal["credit", "denied", "figures", "yes"] | None = None,
        id__in: str | int | Sequence[str | int] | None = None,
        page_size: int | None = None,
        q: str | None = None,
    ) -> Pages[Claim]:
        """Propositions that quotes assert, deny or question."""
        return self.list_rows(
            "/api/v1/claims/",
            {
                "copies": copies,
                "cursor": cursor,
                "disputed": disputed,
                "id__in": join_by_commas(id__in),
                "page_size": page_size,
                "q": q,
            },
            Claim,
        )

    def get_claim(self, id: int, *, copies: Literal["all", "once"] | None = None) -> Claim:
        """The claim of this id; the number of another of its wordings leads to it."""
        return self.get(place("/api/v1/claims/{id}/", id=id), {"copies": copies}, Claim)

    def compare_actors(self, **filters: Unpack[Filters]) -> Comparison:
        """Two actors side by side: how much, in which acts, where, and on which claims they spoke.

        The parameters are those of quotes, with `actor` given twice.
        """
        return self.get("/api/v1/comparison/", {**filters}, Comparison)

    def undo_decision(self, decision: str) -> Undone:
        """Takes back a decision of yours, as long as its quotes are as it left them.

        A token needs the scope `write:decisions`.
        """
        return self.send(place("/api/v1/decisions/{decision}/undo/", decision=decision), {}, Undone)

    def add_article(
        self,
        *,
        url: str | None = None,
        text: str | None = None,
        title: str | None = None,
        date: date | str | None = None,
        keep: bool | None = None,
    ) -> Delivery:
        """Hands in an article, by its address or as a text; what becomes of it is told at the
        address that is given back.

        A token needs the scope `write:articles`.
        """
        return self.send(
            "/api/v1/deliveries/",
            {"url": url, "text": text, "title": title, "date": date, "keep": keep},
            Delivery,
        )

    def get_delivery(self, token: str) -> Delivery:
        """What somebody handed in, by the secret name that its page has: what became of each
        document.
        """
        return self.get(place("/api/v1/deliveries/{token}/", token=token), {}, Delivery)

    def get_facets(
        self,
        *,
        find: str | None = None,
        more: Literal["about", "actor", "outlet"] | None = None,
        **filters: Unpack[Filters],
    ) -> FacetList:
        """What a list of quotes can be narrowed by, with how many quotes each value leaves.

        The parameters are those of quotes.
        """
        return self.get("/api/v1/facets/", {"find": find, "more": more, **filters}, FacetList)

    def list_factchecks(
        self,
        *,
        claim: int | None = None,
        cursor: str | None = None,
        id__in: str | int | Sequence[str | int] | None = None,
        page_size: int | None = None,
    ) -> Pages[FactCheck]:
        """What others found of claims: their judgement, with the claims here that seem to be
        meant.
        """
        return self.list_rows(
            "/api/v1/factchecks/",
            {
                "claim": claim,
                "cursor": cursor,
                "id__in": join_by_commas(id__in),
                "page_size": page_size,
            },
            FactCheck,
        )

    def get_factcheck(self, id: int) -> FactCheck:
        """What others found of claims: their judgement, with the claims here that seem to be
        meant.
        """
        return self.get(place("/api/v1/factchecks/{id}/", id=id), {}, FactCheck)

    def list_matches(
        self,
        *,
        claim: int | None = None,
        cursor: str | None = None,
        id__in: str | int | Sequence[str | int] | None = None,
        kind: MatchKindEnum | None = None,
        page_size: int | None = None,
        wording: int | None = None,
    ) -> Pages[Match]:
        """How two wordings relate, where that is sure or a person confirmed it."""
        return self.list_rows(
            "/api/v1/matches/",
            {
                "claim": claim,
                "cursor": cursor,
                "id__in": join_by_commas(id__in),
                "kind": kind,
                "page_size": page_size,
                "wording": wording,
            },
            Match,
        )

    def get_match(self, id: int) -> Match:
        """How two wordings relate, where that is sure or a person confirmed it."""
        return self.get(place("/api/v1/matches/{id}/", id=id), {}, Match)

    def undo_merge(self, id: int, *, reason: str) -> Merged:
        """Takes back a merge of actors.

        A token needs the scope `write:merges`.
        """
        return self.send(place("/api/v1/merges/{id}/undo/", id=id), {"reason": reason}, Merged)

    def list_outlets(
        self,
        *,
        copies: Literal["all", "once"] | None = None,
        cursor: str | None = None,
        page_size: int | None = None,
        slug__in: str | int | Sequence[str | int] | None = None,
    ) -> Pages[Outlet]:
        """Who publishes."""
        return self.list_rows(
            "/api/v1/outlets/",
            {
                "copies": copies,
                "cursor": cursor,
                "page_size": page_size,
                "slug__in": join_by_commas(slug__in),
            },
            Outlet,
        )

    def get_outlet(self, slug: str, *, copies: Literal["all", "once"] | None = None) -> Outlet:
        """The outlet of this slug; one that was merged into another leads to that one."""
        return self.get(place("/api/v1/outlets/{slug}/", slug=slug), {"copies": copies}, Outlet)

    def get_overview(self, **filters: Unpack[Filters]) -> Overview:
        """Quotes at a glance: who is quoted most and when, acts by outlet, who accuses whom, and
        how often a speaker has no name. The parameters are those of quotes.
        """
        return self.get("/api/v1/overview/", {**filters}, Overview)

    def list_quotes(
        self,
        *,
        cursor: str | None = None,
        expand: str | int | Sequence[str | int] | None = None,
        id__in: str | int | Sequence[str | int] | None = None,
        page_size: int | None = None,
        **filters: Unpack[Filters],
    ) -> Pages[Quote]:
        """Attributed quotes. The parameters are those of the front page; a repeatable one may be
        given several times.
        """
        return self.list_rows(
            "/api/v1/quotes/",
            {
                "cursor": cursor,
                "expand": join_by_commas(expand),
                "id__in": join_by_commas(id__in),
                "page_size": page_size,
                **filters,
            },
            Quote,
        )

    def get_quote(self, id: int, *, expand: str | int | Sequence[str | int] | None = None) -> Quote:
        """The quote of this id; one that is one with another now leads to that one."""
        return self.get(
            place("/api/v1/quotes/{id}/", id=id), {"expand": join_by_commas(expand)}, Quote
        )

    def decide_quote(
        self,
        id: int,
        *,
        what: WhatEnum,
        state: str,
        why: str | None = None,
        actor: str | None = None,
        runner_up: int | None = None,
        name: str | None = None,
        kind_of_actor: ActorKind | None = None,
        act: ActEnum | None = None,
        kind: Kind | None = None,
        who: Bounds | None = None,
        cue: Bounds | None = None,
        contents: Sequence[Bounds] | None = None,
        following: int | None = None,
    ) -> Decided:
        """Decides on a quote: accepts or rejects it, corrects who said it, what, and where it
        begins and ends, splits it, joins it with the next, or adds one that was missed.

        A token needs the scope `write:decisions`.
        """
        return self.send(
            place("/api/v1/quotes/{id}/decisions/", id=id),
            {
                "what": what,
                "state": state,
                "why": why,
                "actor": actor,
                "runner_up": runner_up,
                "name": name,
                "kind_of_actor": kind_of_actor,
                "act": act,
                "kind": kind,
                "who": who,
                "cue": cue,
                "contents": contents,
                "following": following,
            },
            Decided,
        )

    def get_quote_history(self, id: int) -> History:
        """What was done to a quote, and the state that this led to."""
        return self.get(place("/api/v1/quotes/{id}/history/", id=id), {}, History)

    def get_timeline(self, **filters: Unpack[Filters]) -> Timeline:
        """How many quotes were published when, in steps that grow with the time there is to show.

        The parameters are those of quotes.
        """
        return self.get("/api/v1/timeline/", {**filters}, Timeline)

    def get_topic(
        self, *, page: int | None = None, side: SideEnum | None = None, **filters: Unpack[Filters]
    ) -> Topic:
        """Everybody who spoke on what words ask for, as `/topics/` shows them."""
        return self.get("/api/v1/topics/", {"page": page, "side": side, **filters}, Topic)

    def get_trust(self) -> Trust:
        """How many of the quotes are right, as people judged a random sample of them."""
        return self.get("/api/v1/trust/", {}, Trust)

    def list_webhooks(self) -> Webhooks:
        """Webhooks of whoever shows a token: what changes is posted to an address of theirs,
        signed.
        """
        return self.get("/api/v1/webhooks/", {}, Webhooks)

    def add_webhook(self, *, name: str, address: str, query: str | None = None) -> MadeWebhook:
        """Webhooks of whoever shows a token: what changes is posted to an address of theirs,
        signed.

        A token needs the scope `write:webhooks`.
        """
        return self.send(
            "/api/v1/webhooks/", {"name": name, "address": address, "query": query}, MadeWebhook
        )

    def get_webhook(self, id: int) -> Webhook:
        """A webhook of whoever shows a token."""
        return self.get(place("/api/v1/webhooks/{id}/", id=id), {}, Webhook)

    def change_webhook(self, id: int, *, state: WantedState | None = None) -> Webhook:
        """A webhook of whoever shows a token.

        A token needs the scope `write:webhooks`.
        """
        return self.change(place("/api/v1/webhooks/{id}/", id=id), {"state": state}, Webhook)

    def remove_webhook(self, id: int) -> None:
        """A webhook of whoever shows a token.

        A token needs the scope `write:webhooks`.
        """
        self.remove(place("/api/v1/webhooks/{id}/", id=id))

    def list_wordings(
        self,
        *,
        claim: int | None = None,
        cursor: str | None = None,
        id__in: str | int | Sequence[str | int] | None = None,
        page_size: int | None = None,
        q: str | None = None,
    ) -> Pages[Wording]:
        """The words of claims, whatever their case and marks."""
        return self.list_rows(
            "/api/v1/wordings/",
            {
                "claim": claim,
                "cursor": cursor,
                "id__in": join_by_commas(id__in),
                "page_size": page_size,
                "q": q,
            },
            Wording,
        )

    def get_wording(self, id: int) -> Wording:
        """The words of claims, whatever their case and marks."""
        return self.get(place("/api/v1/wordings/{id}/", id=id), {}, Wording)
