from typing import Any

import pytest
from django.db.models import Model

from claims.history.log import TRACKED_TABLES as ALL_TRACKED
from claims.models import Actor, ActorName, Detail, FactCheck, Quote, Sample, SampleItem, Span
from tests.claims.writes import execute_sql, expect_allowed
from tests.factories import make_actor, make_article, make_detail, make_quote

pytestmark = pytest.mark.django_db

TRACKED: list[type[Model]] = [Actor, ActorName, Quote, Span, Detail]


def list_labels(model: type[Model], pk: Any) -> list[str]:
    """Return what happened to a row, in order."""
    events = model.pgh_event_model.objects  # type: ignore[attr-defined]
    return list(events.filter(pgh_obj_id=pk).order_by("pgh_id").values_list("pgh_label", flat=True))


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_keeps_that_a_row_was_made_and_deleted_by_the_models(model: type[Model]) -> None:
    make_detail(make_quote(actor="Veldania"), "occasion", "noon")
    pk = model._default_manager.get().pk

    with expect_allowed():
        Quote.objects.all().delete()
        Actor.objects.all().delete()

    assert list_labels(model, pk) == ["insert", "delete"]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_keeps_that_a_row_was_changed_by_the_models(model: type[Model]) -> None:
    quote = make_quote(actor="Veldania", content="the bridge is safe")
    make_detail(quote, "occasion", "noon")
    row = model._default_manager.get()
    change: dict[type[Model], dict[str, Any]] = {
        Actor: {"name": "Norland"},
        ActorName: {"name": "Norland"},
        Quote: {"status": "accepted"},
        Span: {"start": quote.spans.get().start + 4},
        Detail: {"role": "basis"},
    }
    for name, value in change[model].items():
        setattr(row, name, value)

    with expect_allowed():
        row.save()
        quote.refresh_from_db()
        quote.select_texts()
        Quote.objects.filter(pk=quote.pk).update(content=quote.content)

    assert list_labels(model, row.pk) == ["insert", "update"]


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_history_keeps_what_bulk_writes_do(model: type[Model]) -> None:
    make_detail(make_quote(actor="Veldania"), "occasion", "noon")
    row = model._default_manager.get()
    field = {Actor: "name", ActorName: "name", Quote: "status", Span: "start", Detail: "role"}[
        model
    ]
    value = {"name": "Norland", "status": "accepted", "start": 0, "role": "basis"}[field]

    model._default_manager.filter(pk=row.pk).update(**{field: value})

    assert list_labels(model, row.pk) == ["insert", "update"]
    model._default_manager.filter(pk=row.pk).update(
        **{field: getattr(row, field)}
    )  # so that the spans select the text


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
    "detail": (
        'INSERT INTO claims_detail (id, quote_id, role, start, "end", text)'
        " SELECT 7000, id, 'hedge', 0, 2, 'It' FROM claims_quote",
        "UPDATE claims_detail SET role = 'basis' WHERE id = 7000",
        "DELETE FROM claims_detail WHERE id = 7000",
    ),
    "quote": (
        "INSERT INTO claims_quote (id, article_id, wording_id, stance, kind, act, source_text, cue_start, cue_end, cue,"
        " content, confidence, actor_method, extractor, status, added_at)"
        " SELECT 7000, article_id, wording_id, stance, kind, act, '', 0, 2, 'It', content, 0.5, '', 'test', status, added_at"
        " FROM claims_quote",
        "UPDATE claims_quote SET act = 'deny', stance = 'denies' WHERE id = 7000",
        "DELETE FROM claims_quote WHERE id = 7000",
    ),
}


# Whose rows nothing but a person, or a command, writes.
RAW |= {
    "wording": (
        "INSERT INTO claims_wording (id, text, key) VALUES (7000, 'the ferry is late', 'k')",
        "UPDATE claims_wording SET text = 'the ferry is very late' WHERE id = 7000",
        "DELETE FROM claims_wording WHERE id = 7000",
    ),
    "match": (
        "INSERT INTO claims_match (id, first_id, second_id, kind, score, evidence, status, found)"
        " SELECT 7000, min(id), max(id), 'copy', 0.9, '[]', 'sure', 'sure' FROM claims_wording",
        "UPDATE claims_match SET status = 'proposed' WHERE id = 7000",
        "DELETE FROM claims_match WHERE id = 7000",
    ),
    "decision": (
        'INSERT INTO claims_decision (id, quote_id, what, after, "group", sitting, made_at)'
        " SELECT 7000, id, 'accept', '{}', gen_random_uuid(), '', now() FROM claims_quote",
        "UPDATE claims_decision SET undone_at = now() WHERE id = 7000",
        "DELETE FROM claims_decision WHERE id = 7000",
    ),
    "mergecandidate": (
        "INSERT INTO claims_mergecandidate (id, first_id, second_id, score, reasons)"
        " SELECT 7000, min(id), max(id), 0.5, '[]' FROM claims_actor",
        "UPDATE claims_mergecandidate SET judgement = 'different', judged_at = now() WHERE id = 7000",
        "DELETE FROM claims_mergecandidate WHERE id = 7000",
    ),
    "merge": (
        'INSERT INTO claims_merge (id, work, title, reason, actors, survivor, made_at, undone_because, "left")'
        " VALUES (7000, 'merge', 'Two into one', 'the same', '{1,2}', 1, now(), '', '[]')",
        "UPDATE claims_merge SET undone_at = now(), undone_because = 'not so' WHERE id = 7000",
        "DELETE FROM claims_merge WHERE id = 7000",
    ),
    "externalid": (
        "INSERT INTO claims_externalid (id, actor_id, scheme, value, set_at)"
        " SELECT 7000, min(id), 'wikidata', 'Q7', now() FROM claims_actor",
        "UPDATE claims_externalid SET value = 'Q8' WHERE id = 7000",
        "DELETE FROM claims_externalid WHERE id = 7000",
    ),
    "report": (
        "INSERT INTO claims_report (id, quote_id, problem, note, sender, made_at)"
        " SELECT 7000, id, 'speaker', '', 's', now() FROM claims_quote",
        "UPDATE claims_report SET verdict = 'no_error', settled_at = now() WHERE id = 7000",
        "DELETE FROM claims_report WHERE id = 7000",
    ),
    "outlet": (
        "INSERT INTO claims_outlet (id, name, slug) VALUES (7000, 'Wire', 'wire')",
        "UPDATE claims_outlet SET name = 'Northern Wire' WHERE id = 7000",
        "DELETE FROM claims_outlet WHERE id = 7000",
    ),
    "outlethost": (
        "INSERT INTO claims_outlethost (id, outlet_id, host) SELECT 7000, min(id), 'wire.example' FROM claims_outlet",
        "UPDATE claims_outlethost SET host = 'wire.net' WHERE id = 7000",
        "DELETE FROM claims_outlethost WHERE id = 7000",
    ),
    "article": (
        "INSERT INTO claims_article (id, outlet_id, key, url, title, text, published_on, extractor, added_at)"
        " SELECT 7000, outlet_id, 'k', '', 'Noon', 'It was noon.', published_on, 'test', now() FROM claims_article",
        "UPDATE claims_article SET title = 'Midnight' WHERE id = 7000",
        "DELETE FROM claims_article WHERE id = 7000",
    ),
    "copypair": (
        "INSERT INTO claims_copypair (id, first_id, second_id, share)"
        " SELECT 7000, min(id), max(id), 0.9 FROM claims_article",
        "UPDATE claims_copypair SET refused_at = now() WHERE id = 7000",
        "DELETE FROM claims_copypair WHERE id = 7000",
    ),
    "factcheck": (
        "INSERT INTO claims_factcheck (id, key, address, claim, reviewer, rating, said_by, added_at, runs, read_as)"
        " VALUES (7000, 'k', 'https://checks.example/', 'It is safe.', 'Checks', 'False', '', now(), '{}', '')",
        "UPDATE claims_factcheck SET rating = 'True' WHERE id = 7000",
        "DELETE FROM claims_factcheck WHERE id = 7000",
    ),
    "factcheckmatch": (
        "INSERT INTO claims_factcheckmatch (id, factcheck_id, wording_id, score, evidence, status, found)"
        " SELECT 7000, factcheck.id, wording.key, 0.9, '[]', 'sure', 'sure'"
        " FROM claims_factcheck factcheck, claims_wording wording",
        "UPDATE claims_factcheckmatch SET status = 'refused', decided_at = now() WHERE id = 7000",
        "DELETE FROM claims_factcheckmatch WHERE id = 7000",
    ),
    "sample": (
        "INSERT INTO claims_sample (id, name, drawn_at, seed, design) VALUES (7000, 'May', now(), 1, '{}')",
        "UPDATE claims_sample SET closed_at = now(), results = '{}' WHERE id = 7000",
        "DELETE FROM claims_sample WHERE id = 7000",
    ),
    "samplejudgement": (
        "INSERT INTO claims_samplejudgement (id, item_id, is_quote, limits, speaker, act, settles, made_at)"
        " SELECT 7000, id, 'no', '', '', '', false, now() FROM claims_sampleitem",
        "UPDATE claims_samplejudgement SET is_quote = 'yes', limits = 'yes', speaker = 'no', act = 'yes' WHERE id = 7000",
        "DELETE FROM claims_samplejudgement WHERE id = 7000",
    ),
}


def test_every_table_with_a_history_is_tried() -> None:
    assert set(RAW) == set(ALL_TRACKED)


@pytest.mark.parametrize(("table", "statements"), RAW.items(), ids=RAW)
def test_history_keeps_what_raw_sql_does(table: str, statements: tuple[str, ...]) -> None:
    make_quote(actor="Veldania")
    if table == "mergecandidate":
        make_actor("Norland")
    if table == "copypair":
        make_article()
    if table == "factcheckmatch":
        values = {"key": "k", "address": "https://checks.example/", "claim": "It is safe."}
        FactCheck.objects.create(**values, reviewer="Checks", rating="False")
    if table == "match":
        make_quote(content="the ferry is late again")
    if table == "samplejudgement":
        sample = Sample.objects.create(name="one", seed=1, design={})
        SampleItem.objects.create(sample=sample, position=1, stratum=0, double=False, shown={})
    model = ALL_TRACKED[table]

    for statement in statements:
        assert execute_sql(statement) == 1

    assert list_labels(model, 7000) == ["insert", "update", "delete"]


def test_history_keeps_the_values_at_each_moment() -> None:
    quote = make_quote(act="say")

    execute_sql("UPDATE claims_quote SET act = 'deny', stance = 'denies' WHERE id = %s", quote.pk)

    events = Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert list(events.values_list("act", "stance", "content")) == [
        ("say", "asserts", quote.content),
        ("deny", "denies", quote.content),
    ]


def test_a_write_that_changes_nothing_is_no_event() -> None:
    quote = make_quote()

    quote.save()
    execute_sql("UPDATE claims_quote SET act = act")

    assert list_labels(Quote, quote.pk) == ["insert"]


def test_history_outlives_the_row() -> None:
    quote = make_quote()
    pk = quote.pk

    quote.article.delete()

    assert list_labels(Quote, pk) == ["insert", "delete"]
