"""What the REST API sends, as its schema tells it. Written by `python -m clients.generate`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypedDict

ActEnum = Literal[
    "say",
    "claim",
    "report",
    "confirm",
    "deny",
    "accuse",
    "support",
    "warn",
    "promise",
    "demand",
    "predict",
    "question",
    "believe",
    "no_comment",
]

ActorKind = Literal["person", "organization", "state", "group", "document", "unnamed"]

ArrivalState = Literal["queued", "reading", "read", "kept", "refused"]

ByEnum = Literal["program", "curator"]

ChangeEnum = Literal["present", "moved", "gone"]

DeliveryState = Literal["waiting", "done", "dead"]

FoundInEnum = Literal["words", "title", "article", "speaker"]

Kind = Literal["direct", "mixed", "indirect"]

MatchKindEnum = Literal["copy", "paraphrase", "denies", "answers", "narrows", "conflicts"]

MatchStatusEnum = Literal["sure", "confirmed"]

ParameterEnum = Literal["actor", "speaker", "about", "act", "kind", "stance", "outlet", "status"]

QuoteStatusEnum = Literal["unreviewed", "accepted", "corrected", "rejected"]

ResourceEnum = Literal[
    "actor", "article", "claim", "factcheck", "match", "outlet", "quote", "wording"
]

RoleEnum = Literal["basis", "addressee", "target", "occasion", "hedge", "anonymity"]

SideEnum = Literal["asserts", "denies", "questions", "answers"]

StanceEnum = Literal["asserts", "denies", "questions"]

StepEnum = Literal["day", "week", "month", "quarter", "year", "decade"]

WantedState = Literal["active", "stopped"]

WebhookState = Literal["active", "failing", "stopped"]

WhatEnum = Literal[
    "accept",
    "reject",
    "unreview",
    "actor",
    "unknown",
    "runner",
    "new",
    "act",
    "kind",
    "spans",
    "split",
    "join",
    "add",
]

WhereEnum = Literal["query", "body"]

Ending = Literal[
    "csv",
    "xlsx",
    "jsonl",
    "parquet",
    "sqlite",
    "jsonld",
    "anno",
    "bib",
    "ris",
    "csl",
    "txt",
    "bundle",
    "atom",
    "rss",
    "jsonfeed",
    "csvw",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    slug: str
    name: str
    kind: ActorKind
    names: list[str]  # as articles give them
    article: int | None  # set when the name alone does not tell who is meant outside it
    page: str  # address of its page
    same_as: list[str]  # addresses of its items of Wikidata
    quote_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    slug: str
    name: str
    kind: ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    where: str  # its file, or its address
    state: ArrivalState
    reason: str  # why it is not in, or is waiting again
    title: str  # as it was read; empty until then
    outcome: str  # new, updated or unchanged, once it is kept
    article: str | None  # address of the article here, once it is kept; else null
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletName:
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    since: date
    until: date  # included
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Where words stand in the article's text, in code points; the end is not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """A row that was made, changed or removed."""

    at: datetime  # when the database wrote it down
    resource: ResourceEnum
    key: str  # its id, or slug
    # what is so now: it is there, it is one with another, or it is there no more
    change: ChangeEnum
    address: str  # of it in this API
    moved_to: str | None  # address of the one that it is now


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    id: int
    text: str  # in the words of the first quote
    page: str  # address of its page
    wordings: list[int]  # the ways in which it is worded; the first is its own
    quote_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedActor:
    slug: str
    name: str
    quote_count: int
    naming_count: int  # quotes that name the other one


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedClaim:
    claim: int  # id of a claim that both spoke of
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    label: str
    counts: list[int]  # of each actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A stretch of the article's text."""

    text: str
    start: int  # code points into the article's text
    end: int  # not included


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A stretch of the article's text."""

    text: str
    start: int  # code points into the article's text
    end: int  # not included
    role: RoleEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    value: str  # as the filter takes it
    label: str
    qualifier: str  # tells it from another of its label
    count: int  # quotes that it would leave
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A wording of a claim here that a fact-check is about."""

    wording: int
    claim: int
    status: str  # sure by the words of both, or confirmed by a person
    score: float  # how likely that is, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryChange:
    when: datetime
    by: ByEnum
    word: str  # made, changed or deleted
    what: list[str]  # a line for each value


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An actor, outlet or value that heads a row or column."""

    slug: str  # as the filter takes it; empty for all together
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDelivery:
    message: str  # its `webhook-id`
    state: DeliveryState
    entries: int  # changes in it
    attempts: int
    status: int | None  # number of the last answer
    reason: str  # why it was not taken; empty if it was
    made_at: datetime
    tried_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    id: int
    first: int  # a wording
    second: int  # the wording that says the same, or denies or answers the first
    kind: MatchKindEnum
    status: MatchStatusEnum
    score: float  # how likely that is, 0 to 1
    evidence: list[str]  # what speaks for and against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of all quotes, estimated from a sample."""

    value: float
    low: float  # from where it lies with 95 % confidence
    high: float  # to where
    right: int  # of the sample
    number: int  # in the sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What was merged: by its `id` it is undone."""

    id: int
    title: str
    reason: str
    made_at: datetime
    undone_at: datetime | None
    left: list[str]  # rows that undoing left alone, a sentence for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    slug: str
    name: str
    host: str  # the first of its hosts
    hosts: list[str]  # where it publishes
    page: str  # address of its page
    article_count: int
    quote_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemError:
    """One thing that is wrong with a request."""

    where: WhereEnum  # in the address or in the body
    name: str  # the parameter or field
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerUp:
    """Another actor that the source may mean."""

    name: str
    kind: ActorKind
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text that the article had before it was edited."""

    id: int
    seen_at: datetime  # when it was first seen
    sha256: str  # of the text, as UTF-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who takes a side, by the latest quote."""

    actor: str | None  # slug; null: unknown
    name: str  # of the actor; empty: unknown
    is_unsure: bool  # whether the speaker may be wrong
    quote: int  # number of the latest quote
    cue: str
    content: str
    outlet: str
    published_on: date | None
    others: int  # how many other quotes there are
    # number of the claim that is denied or answered in other words; else null
    replies_to: int | None
    is_near: bool  # whether the article alone ties it to the topic


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    key: str  # its id, or “now”
    title: str
    text: str
    sha256: str  # of the text, as UTF-8
    seen_at: datetime  # when it was first seen
    superseded_at: datetime | None  # null: it is the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    what: str  # what was undone, in words
    quotes: list[int]  # ids of the quotes that are as before


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    id: int
    text: str  # in the words of the first quote
    claim: int
    # false: words that say nothing by themselves, and are in no list of claims
    is_proposition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    token: str
    made_at: datetime
    keeps_itself: bool
    is_settled: bool  # whether nothing waits any more
    documents: list[Arrival]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleList:
    id: int
    title: str
    url: str
    published_on: date | None  # null: not known
    outlet: OutletName
    page: str  # address of its page
    author: str  # who wrote it; empty where nobody is named
    section: str  # of its outlet, such as Politics
    language: str  # as BCP 47 names it, such as en-GB
    licence: str  # under what terms it may be used, as its page says
    quote_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleName:
    id: int
    title: str
    url: str
    published_on: date | None  # null: not known
    outlet: OutletName
    page: str  # address of its page


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    step: StepEnum
    undated: int  # quotes of articles without a date
    bars: list[Bar]  # one after the other, the empty ones too


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    since: str  # what to ask with next time, to go on from here
    next: str | None  # address of what comes after; null: that is all for now
    results: list[ChangeEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTable:
    key: str
    title: str
    lines: list[ComparedLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    text: str  # the parts joined by “ … ”
    spans: list[Selected]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    parameter: ParameterEnum
    more: int  # values that are not among these
    values: list[FacetValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheck:
    id: int
    address: str  # where the reviewer says so
    reviewer: str
    rating: str  # in the reviewer's words
    claim: str  # what was reviewed, in the reviewer's words
    said_by: str  # whose claim it is, as the reviewer has it
    said_on: date | None  # when it was made
    reviewed_on: date | None
    claims: list[Subject]  # the claims here that it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    state: str  # another one as soon as the quote is; it is sent with a decision
    changes: list[HistoryChange]  # the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    name: Name
    total: int
    counts: list[int]  # one for each head


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWebhook:
    id: int
    name: str
    address: str
    query: str  # query string of the filters; empty: all rows
    state: WebhookState
    problem: str  # why it is failing or stopped
    made_at: datetime
    told_at: datetime | None
    deliveries: list[WebhookDelivery]  # the last 20, the newest first
    secret: str  # by which you check signatures; it is not told again


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    id: int
    name: str
    address: str
    query: str  # query string of the filters; empty: all rows
    state: WebhookState
    problem: str  # why it is failing or stopped
    made_at: datetime
    told_at: datetime | None
    deliveries: list[WebhookDelivery]  # the last 20, the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredQuestion:
    label: str
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, as RFC 9457 has it."""

    type: str  # address of what is written about this kind of problem
    title: str  # what the status is called
    status: int
    detail: str  # what went wrong here, for a person
    instance: str  # the path that was asked for
    errors: list[ProblemError] | None = None  # each parameter or field that is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    side: SideEnum
    number: int  # of those who take it
    quotes: int  # by them
    speakers: list[Speaker]  # those heard last first


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    results: list[TextVersion]  # the first first, that of now last


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    id: int
    title: str
    url: str
    published_on: date | None  # null: not known
    outlet: OutletName
    page: str  # address of its page
    author: str  # who wrote it; empty where nobody is named
    section: str  # of its outlet, such as Politics
    language: str  # as BCP 47 names it, such as en-GB
    licence: str  # under what terms it may be used, as its page says
    quote_count: int
    copies: list[ArticleName]  # other articles with nearly all of its text
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    actor: Name
    count: int
    timeline: Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    actors: list[ComparedActor]
    tables: list[ComparedTable]
    claims: list[ComparedClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetList:
    count: int  # quotes in all
    facets: list[Facet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    heads: list[Name]
    whole: Line  # over all rows
    lines: list[Line]
    more: int  # rows that are not among these


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    results: list[Webhook]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleResults:
    name: str
    closed_at: datetime
    size: int
    headline: Share | None  # right in quote and speaker
    questions: list[MeasuredQuestion]
    articles_read_since: int  # articles that another version of the extractor has read


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    quotes: int  # on the topic, of all sides
    sides: list[Side]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """The rows behind a quote, those that were asked for."""

    actor: Actor | None = None
    claim: Claim | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    count: int  # quotes in all
    actors: list[Trend]  # those quoted most
    acts: Table  # by outlet
    accusations: Table  # who accuses, by who is named
    sources: Table  # unnamed and unknown speakers by outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    sample: SampleResults | None  # null: none has been judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    id: int
    page: str  # address of its page
    actor: ActorName | None  # null: unknown
    actor_confidence: float | None  # that the actor is right, 0 to 1
    actor_method: str  # how the actor was found
    runners_up: list[RunnerUp]  # other actors that the source may mean, the likeliest first
    who: Selected | None  # the source in the article's words; null where it gives none
    cue: Selected  # the reporting words
    content: Content  # what was said, in the article's words
    kind: Kind
    act: ActEnum
    act_confidence: float | None  # that the act is right, 0 to 1
    stance: StanceEnum
    wording: int
    claim: int
    confidence: float  # that this is a quote with these spans, 0 to 1
    said_on: date | None  # the day it was said, where the article tells
    within: int | None  # the quote in whose content this one stands
    details: list[Detail]  # words of the article that say more of the quote
    extractor: str  # version of the extractor that found it
    status: QuoteStatusEnum
    article: ArticleName
    # in which it stood, and into which its offsets are; null: the article as it is now
    version: Version | None
    # with `expand`: the rows behind it, as their own addresses give them
    expanded: Expanded | None = None
    # with `where`: in which of these places the words of `q` stand
    found_in: list[FoundInEnum] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    decision: str  # by which it is undone
    state: str  # of the quote now
    quote: Quote
    added: Quote | None  # the quote that is new by this


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A quote with all that stands beside it, as one flat row: the columns of the files."""

    id: int  # number of the quote; it lasts
    address: str  # address of the page of the quote
    quote: str  # what was said, in the article's words; “ … ” between its parts
    sentence: str  # who said it, how and where, as one sentence ready to print
    speaker: str  # who said it, in the article's words
    actor: str  # name of who said it; empty: not clear
    actor_slug: str  # the actor in addresses and filters
    actor_kind: str  # person, organization, state, group, document or unnamed
    wikidata: str  # item of Wikidata that a person gave the actor, such as Q7747
    speaker_unsure: bool  # whether the speaker may well be wrong
    cue: str  # the reporting words, as the article has them
    act: str  # what the cue does: say, claim, report, deny and so on
    stance: str  # towards the claim: asserts, denies or questions
    kind: str  # direct, mixed or indirect
    claim_id: int  # number of the claim that the quote makes, or takes a stance to
    within_id: int | None  # number of the quote in whose content this one stands
    within_stance: str  # of who tells it there: asserts, denies or questions
    said_on: date | None  # the day it was said, where the article tells
    article_id: int  # number of the article
    article_title: str  # title of the article
    article_address: str  # address of the article where it was published
    published_on: date | None  # date of the article; empty: nobody knows it
    language: str  # language of the article as BCP 47 names it, such as en-GB
    section: str  # section of its outlet, such as Politics
    author: str  # who wrote the article
    licence: str  # terms under which the article may be used, as its page says
    outlet: str  # name of who published the article
    outlet_slug: str  # the outlet in addresses and filters
    confidence: float  # that this is a quote and ends here, 0 to 1
    actor_confidence: float | None  # that the actor is right, 0 to 1
    status: str  # of a person's review: unreviewed, accepted, corrected or rejected
    version: int  # which text of the article the offsets are in: 1 for the first
    extractor: str  # version of the engine that found the quote
    added_at: datetime  # when the quote came in
    source_start: int | None  # where the speaker begins in the text, in characters
    source_end: int | None  # where the speaker ends, that character not included
    cue_start: int  # where the cue begins
    cue_end: int  # where the cue ends
    content_spans: str  # where the parts of the quote begin and end: 12-40 52-60


class Filters(TypedDict, total=False):
    """The filters of quotes, the same in every list, count and file. Of those that take
    several values any of them may be given.
    """

    about: str | Sequence[str] | None  # slug of an actor that the content names
    act: ActEnum | Sequence[ActEnum] | None  # what the cue does
    actor: str | Sequence[str] | None  # who said it: slug of an actor
    # whether copies of one text count once or all; without it once, but all where an outlet is
    # given
    copies: Literal["all", "once"] | None
    kind: Kind | Sequence[Kind] | None  # direct, mixed or indirect
    # newest by default, relevance when q is given
    order: Literal["arrived", "newest", "oldest", "relevance"] | None
    outlet: str | Sequence[str] | None  # slug of an outlet
    q: str | None  # words in the content: words, "phrases", -not, or
    since: date | str | None  # article published on this day or later
    # what is known of who speaks
    speaker: (
        Literal["named", "unknown", "unnamed"]
        | Sequence[Literal["named", "unknown", "unnamed"]]
        | None
    )
    stance: StanceEnum | Sequence[StanceEnum] | None  # towards the claim
    # of review; without it, all but rejected
    status: QuoteStatusEnum | Sequence[QuoteStatusEnum] | None
    until: date | str | None  # article published on this day or earlier
    # where the words of q stand: in the content (words, the default), in the title or anywhere in
    # the article, or in a name of the speaker
    where: FoundInEnum | Sequence[FoundInEnum] | None
