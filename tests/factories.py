"""Rows for tests: plain functions with defaults, whose spans select their texts."""

from datetime import date
from itertools import count
from typing import Any

from django.db import transaction

from claims.extraction.schema import Act, get_stance_of_act
from claims.models import (
    CONTENT_GAP,
    About,
    Actor,
    ActorName,
    Article,
    Detail,
    FactCheck,
    FactCheckMatch,
    Match,
    Outlet,
    OutletHost,
    Quote,
    Span,
    Wording,
    find_unused_slug,
)

numbers = count(1)

TOLD = 'Omar Reza, the city engineer, had told her that "the bridge will stand for a hundred years"'


def make_outlet(name: str = "Harbour Herald") -> Outlet:
    if found := Outlet.objects.filter(name=name).first():
        return found
    slug = find_unused_slug(Outlet, name)
    outlet = Outlet.objects.create(name=name, slug=slug)
    OutletHost.objects.create(outlet=outlet, host=f"{slug}.example")
    return outlet


def make_article(
    text: str = "Nobody spoke.", *, outlet: str | Outlet = "Harbour Herald", **values: Any
) -> Article:
    number = next(numbers)
    defaults = {
        "key": f"https://example.org/{number}",
        "url": f"https://example.org/{number}",
        "title": f"Article {number}",
        "published_on": date(2024, 3, 5),
        "extractor": "test",
    }
    made = outlet if isinstance(outlet, Outlet) else make_outlet(outlet)
    return Article.objects.create(text=text, outlet=made, **{**defaults, **values})


def make_actor(
    name: str = "Veldania", kind: str = "state", *, names: tuple[str, ...] = (), **values: Any
) -> Actor:
    found = Actor.objects.filter(name=name, kind=kind).first()
    actor = found or Actor.objects.create(
        **{"slug": find_unused_slug(Actor, name), **values}, name=name, kind=kind
    )
    if names or not found:
        ActorName.objects.bulk_create(
            [ActorName(actor=actor, name=each) for each in (name, *names)], ignore_conflicts=True
        )
    return actor


def make_quote(
    *,
    actor: str | Actor | None = "Veldania",
    article: Article | None = None,
    source: str | None = None,
    cue: str = "said",
    content: str | tuple[str, ...] = "the bridge is safe",
    act: Act = "say",
    **values: Any,
) -> Quote:
    """A quote in an article of its own, whose text is made for it, or in `article`, whose text must hold its parts.

    `source` is the actor's name unless given; an empty one leaves the quote without a source.
    """
    who = make_actor(actor) if isinstance(actor, str) else actor
    source = source if source is not None else (who.name if who else "somebody")
    contents = (content,) if isinstance(content, str) else content
    if article is None:
        article = make_article(
            f"It was noon. {source} {cue} {', as all know, '.join(contents)}. Rain fell."
        )
    spans = locate_parts(article.text, source, cue, contents)
    whole = CONTENT_GAP.join(contents)
    key = Wording.key_of(whole, article.key)
    wording, _ = Wording.objects.get_or_create(key=key, defaults={"text": whole})
    defaults: dict[str, Any] = {
        "kind": "indirect",
        "confidence": 0.9,
        "actor_confidence": 0.9 if who else None,
        "actor_method": "name" if who else "",
        "extractor": "test",
    }
    with transaction.atomic():
        quote = Quote.objects.create(
            **{**defaults, **values},
            article=article,
            actor=who,
            wording=wording,
            act=act,
            stance=get_stance_of_act(act),
            source_start=spans["source"][0] if source else None,
            source_end=spans["source"][1] if source else None,
            source_text=source,
            cue_start=spans["cue"][0],
            cue_end=spans["cue"][1],
            cue=cue,
            content=whole,
        )
        Span.objects.bulk_create([Span(quote=quote, start=a, end=b) for a, b in spans["contents"]])
        About.objects.bulk_create(
            [About(quote=quote, actor=each) for each in Actor.objects.all() if each.name in whole]
        )
    return quote


def make_match(
    first: Quote, second: Quote, kind: str = "denies", status: str = "sure", **values: Any
) -> Match:
    """How the wording of the second quote relates to that of the first, as if it had been found."""
    found = status if status in ("sure", "proposed") else ""
    defaults = {"score": 0.9, "evidence": [], "found": found}
    return Match.objects.create(
        **{**defaults, **values},
        first=first.wording,
        second=second.wording,
        kind=kind,
        status=status,
    )


def make_factcheck(quote: Quote, *, status: str = "sure", **values: Any) -> FactCheck:
    """What somebody found of what a quote says, as if that had been found by its words."""
    number = next(numbers)
    defaults = {
        "key": str(number),
        "address": f"https://checks.example/{number}",
        "claim": quote.content,
        "reviewer": "Harbour Checks",
        "rating": "False",
        "read_as": "test",
    }
    factcheck = FactCheck.objects.create(**{**defaults, **values})
    FactCheckMatch.objects.create(
        factcheck=factcheck, wording=quote.wording, score=0.9, status=status, found=status
    )
    return factcheck


def make_nested_quotes(article: Article) -> None:
    """What Ana Bell said, Omar Reza's quote within it, and a denial, in an article that has their words."""
    bell, reza = make_actor("Ana Bell", "person"), make_actor("Omar Reza", "person")
    outer = make_quote(
        article=article, actor=bell, source="Mayor Ana Bell", cue="said", content=TOLD
    )
    hundred = '"the bridge will stand for a hundred years"'
    make_quote(
        article=article, actor=reza, source="Omar Reza", cue="told", content=hundred, within=outer
    )
    make_quote(
        article=article,
        source="Officials in Veldania",
        cue="denied",
        content="any part in the delay",
        act="deny",
    )


def make_long_article(quotes: int) -> Article:
    """An article with so many quotes, a sentence of some hundred characters each; it is not checked yet."""
    words = [
        f"the bridge number {number} is safe for “zwölf” wagons of coal" for number in range(quotes)
    ]
    lines = [
        f"Veldania said {content} in the morning, when the harbour lay still." for content in words
    ]
    article = make_article("\n".join(lines))
    wording = Wording.objects.create(key=str(quotes), text="safe")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(quotes)]
    made = Quote.objects.bulk_create(
        Quote(
            article=article,
            wording=wording,
            act="say",
            kind="indirect",
            stance="asserts",
            source_start=start,
            source_end=start + 8,
            source_text="Veldania",
            cue_start=start + 9,
            cue_end=start + 13,
            cue="said",
            content=content,
            confidence=0.9,
            extractor="test",
        )
        for start, content in zip(starts, words, strict=True)
    )
    Span.objects.bulk_create(
        Span(quote=quote, start=quote.cue_end + 1, end=quote.cue_end + 1 + len(quote.content))
        for quote in made
    )
    return article


def make_detail(quote: Quote, role: str, words: str) -> Detail:
    """A detail of the quote: the first of these words in its text."""
    start = quote.text.index(words)
    return Detail.objects.create(
        quote=quote, role=role, start=start, end=start + len(words), text=words
    )


def locate_parts(text: str, source: str, cue: str, contents: tuple[str, ...]) -> dict[str, Any]:
    """Where the parts stand: the cue after the source, each content after the one before (from the start, if need be)."""
    start = text.index(source)
    at = start + len(source)
    cue_start = text.index(cue, at) if cue in text[at:] else text.index(cue)
    found, place = [], 0
    for content in contents:
        after = text.find(content, max(place, cue_start + len(cue)))
        begin = after if after >= 0 else text.index(content, place)
        place = begin + len(content)
        found.append((begin, place))
    return {"source": (start, at), "cue": (cue_start, cue_start + len(cue)), "contents": found}
