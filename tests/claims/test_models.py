"""What must hold of the rows is held by PostgreSQL, so most of these write past Django, by raw SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES
from claims.models import Actor, ActorName, Article, Claim, Quote, QuoteStatus, Span, unused_slug
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db

TRACKED: list[type[Model]] = [Actor, ActorName, Quote, Span]


def execute(sql: str, *values: Any) -> int:
    """Run raw SQL; the number of rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@contextmanager
def allowed() -> Iterator[None]:
    """What is done within passes every check, those at the end of a transaction too."""
    with transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done within is refused by the database, at the latest when the transaction ends.

    What was done before is checked before: else its checks, deferred, would do the work of those that are tested.
    """
    connection.check_constraints()
    with pytest.raises(IntegrityError, match=words), allowed():
        yield


# Spans select the texts


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param("cue = 'told'", "the cue is not what its span selects", id="another cue"),
        pytest.param("cue = ''", "the cue is not what its span selects", id="no cue"),
        pytest.param("cue_start = cue_start + 1", "the cue is not what its span selects", id="a cue moved"),
        pytest.param("cue_end = 5000", "a span lies outside the text", id="a cue past the end"),
        pytest.param("cue_end = cue_start", "quote_cue_is_a_span", id="an empty cue"),
        pytest.param("cue_start = -1", "cue_start", id="a cue before the start"),
        pytest.param("source_text = 'Veldanla'", "the source is not what its span selects", id="another source"),
        pytest.param("source_text = ''", "the source is not what its span selects", id="no text for a source"),
        pytest.param("source_start = source_start - 1", "the source is not what its span selects", id="a source moved"),
        pytest.param("source_end = 5000", "a span lies outside the text", id="a source past the end"),
        pytest.param("source_end = source_start", "quote_source_is_a_span_or_absent", id="an empty source"),
        pytest.param("source_end = NULL", "quote_source_is_a_span_or_absent", id="half a source"),
        pytest.param("source_start = NULL", "quote_source_is_a_span_or_absent", id="the other half of a source"),
        pytest.param(
            "source_start = NULL, source_end = NULL", "the source is not what its span selects", id="a text without a span"
        ),
        pytest.param("content = 'the bridge is unsafe'", "the content is not what its spans select", id="another content"),
        pytest.param("content = content || ' '", "the content is not what its spans select", id="a content with a space more"),
    ],
)
def test_a_quote_whose_texts_are_not_what_its_spans_select_is_refused(change: str, told: str) -> None:
    quote = make_quote(source="Veldania", cue="said", content="the bridge is safe")

    with refused(told):
        assert execute(f"UPDATE claims_quote SET {change} WHERE id = %s", quote.pk) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param('"end" = "end" - 1', "the content is not what its spans select", id="shortened"),
        pytest.param('start = start - 1, "end" = "end" - 1', "the content is not what its spans select", id="moved"),
        pytest.param('"end" = 5000', "a span lies outside the text", id="past the end"),
        pytest.param('"end" = start', "span_is_not_empty", id="empty"),
        pytest.param('start = "end", "end" = start', "span_is_not_empty", id="turned round"),
        pytest.param("start = -1", "start", id="before the start"),
    ],
)
def test_a_content_span_that_does_not_select_the_content_is_refused(change: str, told: str) -> None:
    quote = make_quote(content="the bridge is safe")

    with refused(told):
        assert execute(f"UPDATE claims_span SET {change} WHERE quote_id = %s", quote.pk) == 1


@pytest.mark.parametrize("field", ["cue", "source_text", "content"])
def test_what_raw_sql_cannot_do_the_models_cannot_either(field: str) -> None:
    quote = make_quote()
    setattr(quote, field, "something else")

    with refused("is not what"):
        quote.save()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((0, 10), (5, 15), id="crossing"),
        pytest.param((0, 15), (5, 10), id="one within the other"),
        pytest.param((0, 10), (9, 15), id="by one character"),
    ],
)
def test_content_spans_that_overlap_are_refused(first: tuple[int, int], second: tuple[int, int]) -> None:
    text = "The bridge is safe and open, Veldania said."
    quote = make_quote(article=make_article(text=text), cue="said", content="The bridge is safe")

    with refused("its content spans overlap"):
        quote.spans.all().delete()
        Span.objects.bulk_create([Span(quote=quote, start=start, end=end) for start, end in (first, second)])
        Quote.objects.filter(pk=quote.pk).update(content=" … ".join(text[a:b] for a, b in (first, second)))


def test_two_content_spans_with_one_start_are_refused() -> None:
    quote = make_quote()
    span = quote.spans.get()

    with refused("span_starts_once"):
        Span.objects.create(quote=quote, start=span.start, end=span.end - 1)


def test_content_spans_may_touch() -> None:
    text = "The bridge is safe, Veldania said."
    quote = make_quote(article=make_article(text=text), cue="said", content="The bridge is safe")

    with allowed():
        quote.spans.all().delete()
        Span.objects.bulk_create([Span(quote=quote, start=0, end=10), Span(quote=quote, start=10, end=18)])
        Quote.objects.filter(pk=quote.pk).update(content="The bridge …  is safe")

    assert Quote.objects.get(pk=quote.pk).content_parts == ["The bridge", " is safe"]


def test_the_parts_of_a_content_are_joined_in_the_order_of_the_text() -> None:
    quote = make_quote(content=("the bridge", "is safe"))
    spans = list(quote.spans.values_list("start", "end"))

    with refused("the content is not what its spans select"):
        execute("UPDATE claims_quote SET content = 'is safe … the bridge' WHERE id = %s", quote.pk)
    with allowed():
        quote.spans.all().delete()
        Span.objects.bulk_create([Span(quote=quote, start=start, end=end) for start, end in reversed(spans)])

    assert Quote.objects.get(pk=quote.pk).content_parts == ["the bridge", "is safe"]


def test_a_quote_always_has_a_content() -> None:
    quote = make_quote()

    with refused("has no content"):
        execute("DELETE FROM claims_span WHERE quote_id = %s", quote.pk)


def test_a_content_span_stays_with_its_quote() -> None:
    text = "The bridge is safe and open, Veldania said, and Ana Bell agreed."
    article = make_article(text=text)
    giver = make_quote(article=article, cue="said", content=("The bridge", "is safe"))
    taker = make_quote(article=article, actor="Ana Bell", cue="agreed", content="open")

    with refused("belongs to its quote"):
        execute("UPDATE claims_span SET quote_id = %s WHERE quote_id = %s AND start = 0", taker.pk, giver.pk)
        execute("UPDATE claims_quote SET content = 'The bridge … open' WHERE id = %s", taker.pk)


def test_a_new_quote_without_content_is_refused() -> None:
    quote = make_quote()

    with refused("has no content"):
        Quote.objects.create(
            article=quote.article,
            claim=quote.claim,
            act="say",
            kind="indirect",
            stance="asserts",
            cue_start=0,
            cue_end=2,
            cue="It",
            content="",
            confidence=0.5,
            extractor="test",
        )


def test_a_quote_cannot_move_to_an_article_with_another_text() -> None:
    quote = make_quote()
    other = make_article(text="Nobody spoke.")

    with refused("outside the text"):
        execute("UPDATE claims_quote SET article_id = %s WHERE id = %s", other.pk, quote.pk)


def test_offsets_count_characters_and_not_bytes_or_halves_of_pairs() -> None:
    content = "żółte 🦊🦊 stay"
    article = make_article(text=f"🌧 naïve 👩‍👩‍👧 Veldania said 𝒏𝒐𝒘 {content}. Ω")

    with allowed():
        quote = make_quote(article=article, content=content)

    span = quote.spans.get()
    assert article.text[span.start : span.end] == Quote.objects.get(pk=quote.pk).content == content


def test_deleting_a_quote_takes_its_spans_with_it() -> None:
    quote = make_quote()

    with allowed():
        quote.delete()

    assert not Span.objects.exists()


# The article's text


@pytest.mark.parametrize("text", ["It was noon", "", "It was noon. Veldania said the bridge is safe. Rain fell. More"])
def test_the_text_of_an_article_cannot_change_under_its_quotes(text: str) -> None:
    article = make_quote(source="Veldania").article

    with refused("cannot change while quotes point into it"):
        execute("UPDATE claims_article SET text = %s WHERE id = %s", text, article.pk)
    with refused("cannot change while quotes point into it"):
        article.text = text
        article.save()


def test_all_else_of_an_article_can_change_under_its_quotes() -> None:
    article = make_quote().article

    with allowed():
        execute("UPDATE claims_article SET title = 'Anew', text = text, published_on = '2024-01-01'")

    article.refresh_from_db()
    assert (article.title, article.published_on) == ("Anew", date(2024, 1, 1))


def test_the_text_of_an_article_without_quotes_can_change() -> None:
    article = make_article(text="Nobody spoke.")

    with allowed():
        execute("UPDATE claims_article SET text = 'Nobody sang.' WHERE id = %s", article.pk)

    article.refresh_from_db()
    assert article.text == "Nobody sang."


def test_the_text_is_free_again_when_its_quotes_are_gone() -> None:
    article = make_quote().article
    article.quotes.all().delete()

    with allowed():
        Article.objects.filter(pk=article.pk).update(text="Nobody spoke.")

    article.refresh_from_db()
    assert article.text == "Nobody spoke."


def test_an_article_takes_its_quotes_with_it_and_leaves_claims_and_actors() -> None:
    quote = make_quote(actor="Veldania")

    with allowed():
        quote.article.delete()

    assert not Quote.objects.exists()
    assert Claim.objects.filter(pk=quote.claim_id).exists()
    assert Actor.objects.filter(slug="veldania").exists()


# Closed sets, keys and shares


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("act", "shout", "quote_act_is_known"),
        ("act", "", "quote_act_is_known"),
        ("act", "Say", "quote_act_is_known"),
        ("kind", "sung", "quote_kind_is_known"),
        ("stance", "doubts", "quote_stance_is_known"),
        ("status", "pending", "quote_status_is_known"),
    ],
)
def test_a_value_outside_a_closed_set_is_refused(column: str, value: str, constraint: str) -> None:
    quote = make_quote()

    with refused(constraint):
        execute(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)
    with refused(constraint):
        Quote.objects.filter(pk=quote.pk).update(**{column: value})


@pytest.mark.parametrize(
    ("column", "values"), [("act", ACTS), ("kind", KINDS), ("stance", STANCES), ("status", QuoteStatus.values)]
)
def test_every_value_of_a_closed_set_can_be_stored(column: str, values: list[str]) -> None:
    quote = make_quote()

    for value in values:
        with allowed():
            assert execute(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk) == 1


def test_an_actor_is_of_a_known_kind() -> None:
    actor = make_actor("Ana Bell", "person")

    with refused("actor_kind_is_known"):
        execute("UPDATE claims_actor SET kind = 'robot' WHERE id = %s", actor.pk)
    for kind in ACTOR_KINDS:
        with allowed():
            assert execute("UPDATE claims_actor SET kind = %s WHERE id = %s", kind, actor.pk) == 1


@pytest.mark.parametrize("column", ["confidence", "actor_confidence"])
@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_confidence_is_a_share(column: str, value: float) -> None:
    quote = make_quote()

    with refused(f"quote_{column}_is_a_share"):
        execute(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)


def test_a_cue_of_an_article_makes_one_quote() -> None:
    quote = make_quote(cue="said", content="the bridge is safe")

    with refused("quote_is_one_row_per_cue"):
        make_quote(article=quote.article, cue="said", content="the bridge")


def test_the_same_words_elsewhere_make_another_quote() -> None:
    article = make_article(text="Veldania said it rains. Ana Bell said it rains.")

    with allowed():
        make_quote(article=article, actor="Veldania", content="it rains")
        make_quote(article=article, actor="Ana Bell", content="it rains")

    assert article.quotes.count() == 2
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        pytest.param("INSERT INTO claims_claim (text, key) SELECT 'other', key FROM claims_claim", "key", id="claim"),
        pytest.param(
            "INSERT INTO claims_actor (name, slug, kind) SELECT name, 'other', kind FROM claims_actor",
            "actor_is_one_row_per_name",
            id="actor by name",
        ),
        pytest.param(
            "INSERT INTO claims_actor (name, slug, kind) SELECT 'Other', slug, kind FROM claims_actor",
            "slug",
            id="actor by slug",
        ),
        pytest.param(
            "INSERT INTO claims_actorname (name, actor_id) SELECT name, actor_id FROM claims_actorname",
            "actor_name_is_given_once",
            id="name",
        ),
        pytest.param(
            "INSERT INTO claims_outlet (name, slug, host) SELECT name, 'other', host FROM claims_outlet", "host", id="outlet"
        ),
        pytest.param(
            "INSERT INTO claims_article (key, outlet_id, url, title, text, published_on, extractor, added_at)"
            " SELECT key, outlet_id, url, title, text, published_on, extractor, added_at FROM claims_article",
            "key",
            id="article",
        ),
    ],
)
def test_the_same_thing_is_one_row(sql: str, constraint: str) -> None:
    make_quote()

    with refused(constraint):
        execute(sql)


def test_a_name_known_in_one_article_alone_is_an_actor_for_each_article() -> None:
    first, second = make_article(), make_article()

    with allowed():
        for number, article in enumerate((first, second, None)):
            Actor.objects.create(name="Bell", slug=f"bell-{number}", kind="person", article=article)
    with refused("actor_is_one_row_per_name"):
        Actor.objects.create(name="Bell", slug="bell-3", kind="person", article=first)

    assert Actor.objects.count() == 3


# Claims


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("the bridge is safe", "The Bridge is SAFE", id="case"),
        pytest.param("the bridge is safe", "“the bridge is safe,”", id="punctuation"),
        pytest.param("the bridge is safe", " the\n bridge\u00a0is  safe ", id="white space"),
        pytest.param("the bridge is safe", "that the bridge is safe", id="a leading that"),
        pytest.param("it isn't safe", "it isn’t safe", id="kind of apostrophe"),
        pytest.param("die STRASSE", "die Straße", id="case that changes length"),
    ],
)
def test_contents_that_differ_in_form_alone_are_one_claim(first: str, second: str) -> None:
    assert Claim.key_of(first) == Claim.key_of(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("the bridge is safe", "the bridge is not safe", id="words"),
        pytest.param("that is that", "is", id="only one that is dropped"),
        pytest.param("…", "?", id="no words at all"),
        pytest.param("мост цел", "мост закрыт", id="other scripts"),
    ],
)
def test_contents_that_say_different_things_are_different_claims(first: str, second: str) -> None:
    assert Claim.key_of(first) != Claim.key_of(second)


def test_a_claim_stays_while_quotes_make_it() -> None:
    quote = make_quote()

    with refused("claims_quote"):
        execute("DELETE FROM claims_claim WHERE id = %s", quote.claim_id)


def test_a_quote_takes_texts_claim_and_stance_anew_from_its_spans_and_act() -> None:
    text = "Veldania denied the delay. The bridge, built in May, is safe."
    quote = make_quote(article=make_article(text=text), cue="denied", content="the delay", act="say")
    quote.source_start, quote.source_end, quote.act = None, None, "deny"
    quote.cue_start, quote.cue_end = text.index("built"), text.index(" in May")

    with allowed():
        quote.spans.all().delete()
        for part in ("is safe", "The bridge"):
            quote.spans.create(start=text.index(part), end=text.index(part) + len(part))
        quote.select_texts()
        quote.save()

    quote.refresh_from_db()
    assert (quote.source_text, quote.cue, quote.content) == ("", "built", "The bridge … is safe")
    assert quote.content_parts == ["The bridge", "is safe"]
    assert (quote.stance, quote.claim.text) == ("denies", "The bridge … is safe")


# Actors


def test_a_quote_may_have_no_actor_and_no_source() -> None:
    with allowed():
        quote = make_quote(actor=None, source="")

    stored = Quote.objects.get(pk=quote.pk)
    assert (stored.actor, stored.source_start, stored.source_end, stored.source_text) == (None, None, None, "")


def test_a_deleted_actor_leaves_its_quotes_without_one() -> None:
    quote = make_quote(actor="Veldania")
    assert quote.actor

    with allowed():
        quote.actor.delete()

    quote.refresh_from_db()
    assert quote.actor is None
    assert quote.source_text == "Veldania"


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        pytest.param("Ana Bell", ["ana-bell", "ana-bell-2", "ana-bell-3"], id="a name"),
        pytest.param("王毅", ["unnamed", "unnamed-2", "unnamed-3"], id="no Latin letters"),
        pytest.param("a" * 300, ["a" * 80, "a" * 80 + "-2", "a" * 80 + "-3"], id="a long name"),
    ],
)
def test_each_actor_of_a_name_gets_a_slug_of_its_own(name: str, slugs: list[str]) -> None:
    for slug in slugs:
        assert unused_slug(Actor, name) == slug
        Actor.objects.create(name=name, slug=slug, kind="person", article=make_article())


def test_rows_are_shown_by_their_names() -> None:
    quote = make_quote(actor="Veldania", cue="said", content="the bridge is safe")

    assert str(quote) == "Veldania said: the bridge is safe"
    assert str(quote.actor) == "Veldania"
    assert str(quote.claim) == "the bridge is safe"
    assert str(quote.article) == quote.article.title
    assert str(make_outlet("Northern Wire")) == "Northern Wire"
    assert str(Span(start=3, end=7)) == "3–7"


# Full text


@pytest.mark.parametrize("asked", ["bridge", "bridges", "SAFE", '"bridge is safe"', "bridge -ferry", "ferry or bridge"])
def test_a_quote_and_its_claim_are_found_by_the_words_of_the_content(asked: str) -> None:
    quote = make_quote(content="the bridge is safe")
    make_quote(content="the ferry is late")

    assert quote in Quote.objects.search(asked)
    assert quote.claim in Claim.objects.search(asked)


def test_words_outside_the_content_do_not_find_a_quote() -> None:
    make_quote(source="Veldania", cue="said", content="the bridge is safe")

    assert not Quote.objects.search("Veldania")
    assert not Quote.objects.search("noon")


def test_an_article_is_found_by_its_title_and_by_its_text() -> None:
    article = make_article(title="Frost on the bridge", text="Nobody spoke.")
    make_article(title="Ferries", text="They sang.")

    assert list(Article.objects.search("frosts")) == [article]
    assert list(Article.objects.search("spoke")) == [article]


def test_full_text_follows_raw_sql() -> None:
    quote = make_quote(content="the bridge is safe")

    with allowed():
        execute("UPDATE claims_claim SET text = 'the tunnel holds'")
        execute("UPDATE claims_article SET title = 'Tunnels'")
        execute("UPDATE claims_span SET start = start + 4")
        execute("UPDATE claims_quote SET content = 'bridge is safe'")

    assert list(Claim.objects.search("tunnel")) == [quote.claim]
    assert list(Article.objects.search("tunnel")) == [quote.article]
    assert list(Quote.objects.search('"bridge is safe"')) == [quote]


# History


def labels(model: type[Model], pk: Any) -> list[str]:
    """What happened to a row, in order."""
    events = model.pgh_event_model.objects  # type: ignore[attr-defined]
    return list(events.filter(pgh_obj_id=pk).order_by("pgh_id").values_list("pgh_label", flat=True))


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_keeps_that_a_row_was_made_and_deleted_by_the_models(model: type[Model]) -> None:
    make_quote(actor="Veldania")
    pk = model._default_manager.get().pk

    with allowed():
        Quote.objects.all().delete()
        Actor.objects.all().delete()

    assert labels(model, pk) == ["insert", "delete"]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_keeps_that_a_row_was_changed_by_the_models(model: type[Model]) -> None:
    quote = make_quote(actor="Veldania", content="the bridge is safe")
    row = model._default_manager.get()
    change: dict[type[Model], dict[str, Any]] = {
        Actor: {"name": "Norland"},
        ActorName: {"name": "Norland"},
        Quote: {"status": "accepted"},
        Span: {"start": quote.spans.get().start + 4},
    }
    for name, value in change[model].items():
        setattr(row, name, value)

    with allowed():
        row.save()
        quote.refresh_from_db()
        quote.select_texts()
        Quote.objects.filter(pk=quote.pk).update(content=quote.content)

    assert labels(model, row.pk) == ["insert", "update"]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_keeps_what_bulk_writes_do(model: type[Model]) -> None:
    make_quote(actor="Veldania")
    row = model._default_manager.get()
    field = {Actor: "name", ActorName: "name", Quote: "status", Span: "start"}[model]
    value = {"name": "Norland", "status": "accepted", "start": 0}[field]

    model._default_manager.filter(pk=row.pk).update(**{field: value})

    assert labels(model, row.pk) == ["insert", "update"]
    model._default_manager.filter(pk=row.pk).update(**{field: getattr(row, field)})  # so that the spans select the text


RAW = {
    "actor": (
        "INSERT INTO claims_actor (id, name, slug, kind) VALUES (7000, 'Ana Bell', 'ana-bell', 'person')",
        "UPDATE claims_actor SET name = 'Ana Lund' WHERE id = 7000",
        "DELETE FROM claims_actor WHERE id = 7000",
    ),
    "actorname": (
        "INSERT INTO claims_actorname (id, name, actor_id) SELECT 7000, 'the mayor', id FROM claims_actor",
        "UPDATE claims_actorname SET name = 'the envoy' WHERE id = 7000",
        "DELETE FROM claims_actorname WHERE id = 7000",
    ),
    "span": (
        'INSERT INTO claims_span (id, quote_id, start, "end") SELECT 7000, id, 0, 2 FROM claims_quote',
        'UPDATE claims_span SET "end" = 1 WHERE id = 7000',
        "DELETE FROM claims_span WHERE id = 7000",
    ),
    "quote": (
        "INSERT INTO claims_quote (id, article_id, claim_id, stance, kind, act, source_text, cue_start, cue_end, cue, content,"
        " confidence, actor_method, extractor, status, added_at)"
        " SELECT 7000, article_id, claim_id, stance, kind, act, '', 0, 2, 'It', content, 0.5, '', 'test', status, added_at"
        " FROM claims_quote",
        "UPDATE claims_quote SET act = 'deny', stance = 'denies' WHERE id = 7000",
        "DELETE FROM claims_quote WHERE id = 7000",
    ),
}


@pytest.mark.parametrize(("table", "statements"), RAW.items(), ids=RAW)
def test_history_keeps_what_raw_sql_does(table: str, statements: tuple[str, ...]) -> None:
    make_quote(actor="Veldania")
    model = {model._meta.model_name: model for model in TRACKED}[table]

    for statement in statements:
        assert execute(statement) == 1

    assert labels(model, 7000) == ["insert", "update", "delete"]


def test_history_keeps_the_values_at_each_moment() -> None:
    quote = make_quote(act="say")

    execute("UPDATE claims_quote SET act = 'deny', stance = 'denies' WHERE id = %s", quote.pk)

    events = Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(events.values_list("act", "stance", "content")) == [
        ("say", "asserts", quote.content),
        ("deny", "denies", quote.content),
    ]


def test_a_write_that_changes_nothing_is_no_event() -> None:
    quote = make_quote()

    quote.save()
    execute("UPDATE claims_quote SET act = act")

    assert labels(Quote, quote.pk) == ["insert"]


def test_history_outlives_the_row() -> None:
    quote = make_quote()
    pk = quote.pk

    quote.article.delete()

    assert labels(Quote, pk) == ["insert", "delete"]
