"""Articles that are one are merged: decisions stay, addresses lead on, and it is undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from claims.actors.merging import MergeRefused
from claims.actors.undoing import undo_merge
from claims.history import journal
from claims.intake.merging_articles import merge_articles, plan_article_merge
from claims.intake.readers import Document
from claims.intake.storing_articles import store_document
from claims.models import (
    Actor,
    Article,
    ArticleAddress,
    ArticleVersion,
    CopyPair,
    Fingerprint,
    Merge,
    Quote,
    Report,
    Sample,
    SampleItem,
    Uncompared,
)
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

BELL = "Ana Bell said that the bridge is safe, and left the hall."
REZA = "Omar Reza denied that the ferry is late; nobody had asked him."
RAIN = "Rain fell over the town all day, and the harbour was closed."
TEXT = f"{BELL}\n{REZA}"
SAFE = "that the bridge is safe"
LATE = "that the ferry is late"


def make_copy(text: str = TEXT, **values: Any) -> Article:
    """An article with what Ana Bell says and what Omar Reza denies, as far as its text has them."""
    article = make_article(text, **values)
    if BELL in text:
        make_quote(article=article, actor=make_actor("Ana Bell", "person"), content=SAFE)
    if REZA in text:
        omar = make_actor("Omar Reza", "person")
        make_quote(article=article, actor=omar, cue="denied", content=LATE, act="deny")
    return article


def get_quote(article: Article, cue: str) -> Quote:
    return Quote.objects.get(article=article, cue=cue)


def decide(article: Article, cue: str, status: str = "corrected", act: str = "warn") -> Quote:
    Quote.objects.filter(article=article, cue=cue).update(status=status, act=act)
    return get_quote(article, cue)


def merge(kept: Article, gone: Article) -> Merge:
    return merge_articles(kept.pk, gone.pk, None, "one article")


def list_quotes(article: Article) -> list[tuple[str, str, bool]]:
    """Cue, status and whether it stands in the text of now, of each quote."""
    quotes = Quote.objects.filter(article=article).order_by("cue_start", "pk")
    return [(quote.cue, quote.status, quote.version_id is None) for quote in quotes]


def dump_rows() -> dict[str, list[str]]:
    """Every row of what merging articles may touch, as PostgreSQL writes it."""
    rows = {}
    with connection.cursor() as cursor:
        for model in journal.JOURNALED_MODELS["article"]:
            table = model._meta.db_table
            cursor.execute(f"SELECT row::text FROM (SELECT * FROM {table} ORDER BY id) row")
            rows[table] = [line for (line,) in cursor.fetchall()]
    return rows


# What becomes of the quotes


def test_of_two_articles_with_one_text_the_quotes_are_one_and_their_addresses_lead_on(
    client: Client,
) -> None:
    kept, gone = make_copy(), make_copy()
    said, denied = get_quote(gone, "said"), get_quote(gone, "denied")

    merge(kept, gone)

    assert list_quotes(kept) == [("said", "unreviewed", True), ("denied", "unreviewed", True)]
    assert not Article.objects.filter(pk=gone.pk).exists()
    assert not kept.versions.exists()
    for old, now in ((said, get_quote(kept, "said")), (denied, get_quote(kept, "denied"))):
        response = client.get(f"/quotes/{old.pk}/")
        assert (response.status_code, response["Location"]) == (301, f"/quotes/{now.pk}/")
        assert client.get(f"/quotes/{old.pk}/report/")["Location"] == f"/quotes/{now.pk}/report/"
        told = client.get(f"/api/v1/quotes/{old.pk}/")
        assert told["Location"] == f"http://testserver/api/v1/quotes/{now.pk}/"


@pytest.mark.parametrize("status", ["accepted", "corrected", "rejected"])
@pytest.mark.parametrize(
    "text", [TEXT, f"{RAIN}\n{REZA}\n{BELL}"], ids=["the same text", "another text"]
)
def test_a_decision_takes_the_place_of_the_quote_that_nobody_decided_on(
    status: str, text: str
) -> None:
    kept, gone = make_copy(text), make_copy()
    undecided = get_quote(kept, "said")
    decided = decide(gone, "said", status)

    merge(kept, gone)

    now = get_quote(kept, "said")
    assert (now.pk, now.status, now.act, now.version) == (decided.pk, status, "warn", None)
    assert now.cue_start == text.index("said")
    assert [text[span.start : span.end] for span in now.spans.all()] == [SAFE]
    assert undecided.pk not in set(Quote.objects.values_list("pk", flat=True))


def test_two_decisions_that_differ_both_stay() -> None:
    kept, gone = make_copy(), make_copy()
    own = decide(kept, "said", "accepted")
    others = decide(gone, "said", "rejected")

    merge(kept, gone)

    own.refresh_from_db()
    others.refresh_from_db()
    assert (own.status, own.version) == ("accepted", None)
    assert (others.status, others.article, others.text) == ("rejected", kept, TEXT)
    assert others.version is not None


def test_two_decisions_that_are_the_same_are_one() -> None:
    kept, gone = make_copy(), make_copy()
    for article in (kept, gone):
        decide(article, "said", "accepted")

    merge(kept, gone)

    assert list_quotes(kept) == [("said", "accepted", True), ("denied", "unreviewed", True)]


def test_a_quote_whose_words_are_not_there_stays_with_the_text_that_has_them(
    client: Client,
) -> None:
    kept, gone = make_copy(REZA), make_copy()
    said = decide(gone, "said", "accepted")

    merge(kept, gone)

    said.refresh_from_db()
    assert (said.article, said.status, said.text) == (kept, "accepted", TEXT)
    assert client.get(f"/quotes/{said.pk}/").status_code == 200
    assert [version.text for version in kept.versions.all()] == [TEXT]


def test_the_versions_of_the_one_that_goes_are_those_of_the_other() -> None:
    kept, gone = make_copy(), make_copy(TEXT)
    Quote.objects.filter(article=gone).delete()
    Article.objects.filter(pk=gone.pk).update(text=RAIN)

    merge(kept, gone)

    texts = {version.text for version in ArticleVersion.objects.filter(article=kept)}
    assert texts == {TEXT, RAIN}


def test_reports_and_samples_of_a_quote_go_with_it() -> None:
    kept, gone = make_copy(), make_copy()
    said = get_quote(gone, "said")
    report = Report.objects.create(quote=said, problem="speaker")
    sample = Sample.objects.create(name="spring", seed=1, design=[])
    item = SampleItem.objects.create(
        sample=sample, quote=said, position=0, stratum=0, double=False, shown={}
    )

    merge(kept, gone)

    report.refresh_from_db()
    item.refresh_from_db()
    assert report.quote == get_quote(kept, "said")
    assert item.quote is None


def test_actors_of_one_name_that_each_article_alone_knows_become_one() -> None:
    kept, gone = make_article(TEXT), make_article(TEXT)
    for article in (kept, gone):
        bell = Actor.objects.create(
            name="Bell", kind="person", slug=f"bell-{article.pk}", article=article
        )
        make_quote(article=article, actor=bell, source="Ana Bell", content=SAFE)
    mayor = Actor.objects.create(name="Dent", kind="person", slug="dent", article=gone)

    merge(kept, gone)

    assert list(kept.actors.order_by("name").values_list("name", flat=True)) == ["Bell", "Dent"]
    assert get_quote(kept, "said").actor == kept.actors.get(name="Bell")
    mayor.refresh_from_db()
    assert mayor.article == kept


# Addresses


def test_the_old_article_leads_to_the_one_that_is_kept(client: Client) -> None:
    kept, gone = make_copy(), make_copy()
    merge(kept, gone)

    page = client.get(f"/articles/{gone.pk}/?part=1")
    versions = client.get(f"/articles/{gone.pk}/versions/")
    told = client.get(f"/api/v1/articles/{gone.pk}/")

    assert (page.status_code, page["Location"]) == (301, f"/articles/{kept.pk}/?part=1")
    assert page["Cache-Control"] == "no-cache"
    assert versions["Location"] == f"/articles/{kept.pk}/versions/"
    assert told["Location"] == f"http://testserver/api/v1/articles/{kept.pk}/"
    assert client.get("/articles/999999/").status_code == 404
    assert client.get("/api/v1/articles/999999/").status_code == 404


def test_a_chain_of_merges_leads_to_its_end(client: Client) -> None:
    first, second, third = make_copy(), make_copy(), make_copy()
    said = get_quote(first, "said")
    merge(second, first)
    merge(third, second)

    assert client.get(f"/articles/{first.pk}/")["Location"] == f"/articles/{third.pk}/"
    now = get_quote(third, "said")
    assert client.get(f"/quotes/{said.pk}/")["Location"] == f"/quotes/{now.pk}/"


@pytest.mark.parametrize(
    ("key", "url"),
    [("https://a.org/2", "https://a.org/2"), ("id:Harbour Herald/2", "")],
    ids=["with an address", "without"],
)
def test_documents_of_the_one_that_went_come_to_the_one_that_is_kept(key: str, url: str) -> None:
    kept, gone = make_copy(), make_copy(key=key, url=url)
    ArticleAddress.objects.create(article=kept, address="https://a.org/1")
    if url:
        ArticleAddress.objects.create(article=gone, address=url)
    merge(kept, gone)
    told = Document(key, "Talks", TEXT, gone.published_on, url, "Harbour Herald", "f")

    stored = store_document(told, [], "test")

    assert stored.outcome == "updated"
    assert Article.objects.get() == kept


def test_articles_that_were_offered_are_offered_no_more() -> None:
    kept, gone = make_copy(), make_copy()
    ArticleAddress.objects.create(article=kept, address="https://a.org/1")
    ArticleAddress.objects.create(article=gone, address="https://a.org/1", of_another=True)

    merge(kept, gone)

    assert not ArticleAddress.objects.doubled().exists()


# Undoing


@pytest.mark.parametrize("text", [TEXT, f"{RAIN}\n{REZA}"], ids=["the same text", "another text"])
def test_undoing_puts_every_row_back(text: str, client: Client) -> None:
    kept, gone = make_copy(text), make_copy()
    decide(gone, "denied", "accepted")
    decide(gone, "said", "rejected")
    Report.objects.create(quote=get_quote(gone, "said"), problem="speaker")
    ArticleAddress.objects.create(article=gone, address="https://a.org/2")
    Actor.objects.create(name="Dent", kind="person", slug="dent", article=gone)
    before = dump_rows()
    done = merge(kept, gone)

    undo_merge(done.pk, None, "two articles")

    assert dump_rows() == before
    assert client.get(f"/articles/{gone.pk}/").status_code == 200


def test_what_a_person_decided_since_stays_decided_when_it_is_undone() -> None:
    kept, gone = make_copy(), make_copy()
    said = decide(gone, "said", "accepted")
    done = merge(kept, gone)
    Quote.objects.filter(pk=said.pk).update(status="rejected")

    undo_merge(done.pk, None, "two articles")

    said.refresh_from_db()
    assert (said.article, said.status) == (gone, "rejected")


# What is refused


def test_a_merge_needs_a_reason_and_two_articles() -> None:
    kept, gone = make_copy(), make_copy()

    with pytest.raises(MergeRefused, match="Say why"):
        merge_articles(kept.pk, gone.pk, None, " ")
    with pytest.raises(MergeRefused, match="two articles"):
        merge_articles(kept.pk, kept.pk, None, "one")
    with pytest.raises(MergeRefused, match="no longer"):
        merge_articles(kept.pk, gone.pk + 1000, None, "one")


def test_another_plan_than_was_shown_is_refused() -> None:
    kept, gone = make_copy(), make_copy()
    token = plan_article_merge(kept, gone).token
    decide(gone, "said")

    with pytest.raises(MergeRefused, match="look again"):
        merge_articles(kept.pk, gone.pk, None, "one", token)

    assert Article.objects.count() == 2


def test_who_merged_them_and_why_is_told() -> None:
    kept, gone = make_copy(title="Bridge"), make_copy(title="The bridge")
    user = User.objects.create_user("Clara")

    done = merge_articles(kept.pk, gone.pk, user, " one article ")

    assert (done.made_by, done.reason, done.table) == (user, "one article", "article")
    assert str(done) == "“The bridge” into “Bridge”"
    assert list(Merge.objects.of(kept.pk, "article")) == [done]
    assert not Merge.objects.of(kept.pk)


def test_every_table_that_points_to_an_article_is_thought_of() -> None:
    """One that is not would be lost, or keep an article from being merged.

    What tells copies goes with its article, and comes again when that is put back: triggers see to
    it.
    """
    pointing = {
        relation.related_model
        for relation in Article._meta.related_objects
        if getattr(relation.field, "db_constraint", False)
    }

    of_copies = {CopyPair, Fingerprint, Uncompared}
    assert pointing - of_copies <= set(journal.JOURNALED_MODELS["article"])
