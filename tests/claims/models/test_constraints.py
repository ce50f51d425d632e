import pytest

from claims.extraction.schema import ACTOR_KINDS, ACTS, DETAIL_ROLES, KINDS, STANCES
from claims.models import Actor, Claim, Detail, Quote, QuoteStatus
from tests.claims.writes import execute_sql, expect_allowed, expect_refused
from tests.factories import make_actor, make_article, make_detail, make_quote

pytestmark = pytest.mark.django_db


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

    with expect_refused(constraint):
        execute_sql(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)
    with expect_refused(constraint):
        Quote.objects.filter(pk=quote.pk).update(**{column: value})


@pytest.mark.parametrize(
    ("column", "values"),
    [("act", ACTS), ("kind", KINDS), ("stance", STANCES), ("status", QuoteStatus.values)],
)
def test_every_value_of_a_closed_set_can_be_stored(column: str, values: list[str]) -> None:
    quote = make_quote()

    for value in values:
        with expect_allowed():
            assert (
                execute_sql(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)
                == 1
            )


def test_an_actor_is_of_a_known_kind() -> None:
    actor = make_actor("Ana Bell", "person")

    with expect_refused("actor_kind_is_known"):
        execute_sql("UPDATE claims_actor SET kind = 'robot' WHERE id = %s", actor.pk)
    for kind in ACTOR_KINDS:
        with expect_allowed():
            assert (
                execute_sql("UPDATE claims_actor SET kind = %s WHERE id = %s", kind, actor.pk) == 1
            )


@pytest.mark.parametrize("column", ["confidence", "actor_confidence", "act_confidence"])
@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_confidence_is_a_share(column: str, value: float) -> None:
    quote = make_quote()

    with expect_refused(f"quote_{column}_is_a_share"):
        execute_sql(f"UPDATE claims_quote SET {column} = %s WHERE id = %s", value, quote.pk)


def test_a_cue_of_an_article_makes_one_quote() -> None:
    quote = make_quote(cue="said", content="the bridge is safe")

    with expect_refused("quote_is_one_row_per_cue"):
        make_quote(article=quote.article, cue="said", content="the bridge")


def test_the_same_words_elsewhere_make_another_quote() -> None:
    article = make_article(text="Veldania said it rains. Ana Bell said it rains.")

    with expect_allowed():
        make_quote(article=article, actor="Veldania", content="it rains")
        make_quote(article=article, actor="Ana Bell", content="it rains")

    assert article.quotes.count() == 2
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        pytest.param(
            "INSERT INTO claims_wording (text, key) SELECT 'other', key FROM claims_wording",
            "key",
            id="claim",
        ),
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
            "INSERT INTO claims_outlethost (outlet_id, host) SELECT outlet_id, host FROM claims_outlethost",
            "host",
            id="outlet",
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

    with expect_refused(constraint):
        execute_sql(sql)


def test_a_name_known_in_one_article_alone_is_an_actor_for_each_article() -> None:
    first, second = make_article(), make_article()

    with expect_allowed():
        for number, article in enumerate((first, second, None)):
            Actor.objects.create(name="Bell", slug=f"bell-{number}", kind="person", article=article)
    with expect_refused("actor_is_one_row_per_name"):
        Actor.objects.create(name="Bell", slug="bell-3", kind="person", article=first)

    assert Actor.objects.count() == 3


# Details


def test_a_detail_has_a_role_of_the_closed_set() -> None:
    quote = make_quote()

    for role in DETAIL_ROLES:
        with expect_allowed():
            make_detail(quote, role, "noon")
    with expect_refused("detail_role_is_known"):
        execute_sql("UPDATE claims_detail SET role = 'mood'")


def test_a_detail_is_given_once_but_the_same_words_may_play_two_roles() -> None:
    quote = make_quote()

    with expect_allowed():
        make_detail(quote, "occasion", "noon")
        make_detail(quote, "basis", "noon")
    with expect_refused("detail_is_given_once"):
        make_detail(quote, "basis", "noon")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param("text = 'dawn'", "a detail is not what its span selects", id="another text"),
        pytest.param("text = ''", "a detail is not what its span selects", id="no text"),
        pytest.param("start = start + 1", "a detail is not what its span selects", id="moved"),
        pytest.param('"end" = "end" - 1', "a detail is not what its span selects", id="shortened"),
        pytest.param('"end" = 5000', "a detail lies outside the text", id="past the end"),
        pytest.param('"end" = start', "detail_is_not_empty", id="empty"),
        pytest.param("start = -1", "start", id="before the start"),
    ],
)
def test_a_detail_is_a_slice_of_its_article(change: str, told: str) -> None:
    make_detail(make_quote(), "occasion", "noon")

    with expect_refused(told):
        assert execute_sql(f"UPDATE claims_detail SET {change}") == 1


def test_a_detail_does_not_go_to_another_article_by_itself_or_with_its_quote() -> None:
    quote = make_quote(source="Veldania", content="the bridge is safe")
    detail = make_detail(quote, "occasion", "noon")
    other = make_article(text=quote.article.text.replace("noon", "late"))

    with expect_refused("a detail is not what its span selects"):
        execute_sql("UPDATE claims_quote SET article_id = %s WHERE id = %s", other.pk, quote.pk)
    with expect_refused("a detail is not what its span selects"):
        there = make_quote(source="Veldania", content="the bridge is safe", article=other)
        execute_sql("UPDATE claims_detail SET quote_id = %s WHERE id = %s", there.pk, detail.pk)


def test_details_go_with_their_quote() -> None:
    quote = make_quote()
    make_detail(quote, "occasion", "noon")

    with expect_allowed():
        quote.delete()

    assert not Detail.objects.exists()


# Quotes within quotes


def nested() -> list[Quote]:
    """Three quotes, each within the one before."""
    article = make_article("Ana Bell said Omar Reza denied that Veldania promised rain.")
    contents = ["Omar Reza denied that Veldania promised rain", "Veldania promised rain", "rain"]
    parts = zip(
        ("Ana Bell", "Omar Reza", "Veldania"), ("said", "denied", "promised"), contents, strict=True
    )
    quotes: list[Quote] = []
    for actor, cue, content in parts:
        outer = quotes[-1] if quotes else None
        quotes.append(
            make_quote(article=article, actor=actor, cue=cue, content=content, within=outer)
        )
    return quotes


def test_quotes_stand_within_one_another_at_any_depth() -> None:
    with expect_allowed():
        outer, inner, innermost = nested()

    assert [quote.within for quote in (outer, inner, innermost)] == [None, outer, inner]


@pytest.mark.parametrize(
    ("row", "outer", "told"), [(0, 0, "quote_is_not_within_itself"), (0, 2, "stands within itself")]
)
def test_a_quote_does_not_stand_within_itself(row: int, outer: int, told: str) -> None:
    quotes = nested()

    with expect_refused(told):
        execute_sql(
            "UPDATE claims_quote SET within_id = %s WHERE id = %s", quotes[outer].pk, quotes[row].pk
        )


def test_a_quote_and_the_one_within_it_are_of_one_article() -> None:
    outer, inner, _ = nested()
    elsewhere = make_quote()
    twin = make_article(text=outer.article.text)

    with expect_refused("are of two articles"):
        execute_sql("UPDATE claims_quote SET within_id = %s WHERE id = %s", elsewhere.pk, inner.pk)
    with expect_refused("are of two articles"):
        make_quote(within=outer)
    with expect_refused("are of two articles"):
        execute_sql("UPDATE claims_quote SET article_id = %s WHERE id = %s", twin.pk, outer.pk)


def test_a_quote_outlives_the_one_around_it() -> None:
    outer, inner, innermost = nested()

    with expect_allowed():
        outer.delete()

    inner.refresh_from_db()
    innermost.refresh_from_db()
    assert (inner.within, innermost.within) == (None, inner)
